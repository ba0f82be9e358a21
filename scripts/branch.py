"""The branch of published versions: where it stands, how it moves in one step and is pushed."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass

from maturity.site.settings import EXAMPLE_ADDRESS, is_public
from mike import commands
from mike.versions import Versions

BRANCH = "gh-pages"
REMOTE = "origin"
LATEST = "latest"
#: Where versions.json says which commit a version was built from.
SOURCE = "source"
HERE = f"refs/heads/{BRANCH}"
THERE = f"refs/remotes/{REMOTE}/{BRANCH}"


class RefusedError(Exception):
    """What keeps a command from being done, in words for whoever ran it."""


class OvertakenError(RefusedError):
    """Somebody else was faster, and nothing was changed: the same may work the next time."""


@dataclass(frozen=True)
class Branch:
    """Where the branch stands, as commits: in this repository, and on the remote; empty for none.

    `tip` is the one that the next commit continues.
    """

    here: str
    there: str
    tip: str

    @property
    def is_pushed(self) -> bool:
        """True if the remote has everything."""
        return self.tip == self.there


def git(*command: str) -> str:
    """Run git; return what it prints, without blanks around it.

    Raises RefusedError with git's own words if it fails.
    """
    done = subprocess.run(["git", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"git {command[0]} failed:\n{_quoted(done.stderr)}")
    return done.stdout.strip()


def succeeds(*command: str) -> bool:
    """Tell whether a git command succeeds; print nothing."""
    return subprocess.run(["git", *command], capture_output=True, check=False).returncode == 0


def has_remote() -> bool:
    """Tell whether there is a remote to fetch from and to push to."""
    return succeeds("remote", "get-url", REMOTE)


def find(*, push: bool) -> Branch:
    """Fetch the branch; return where it stands here and on the remote.

    `push` says that it is to be pushed later, so that there has to be a remote.

    Raises RefusedError if it cannot be fetched, or has gone two ways.
    """
    if push and not has_remote():
        raise RefusedError(
            f"There is no remote called {REMOTE} to push to.\n"
            f"  Leave PUSH out, or name it: git remote add {REMOTE} ADDRESS"
        )
    here = _commit(HERE)
    there = _fetched(here) if has_remote() else ""
    if not there or (here and succeeds("merge-base", "--is-ancestor", there, here)):
        return Branch(here, there, here)
    if not here or succeeds("merge-base", "--is-ancestor", here, there):
        return Branch(here, there, there)
    raise RefusedError(
        f"The branch {BRANCH} has gone two ways: here and on {REMOTE} it has commits that the "
        f"other has not.\n  git log --oneline {REMOTE}/{BRANCH}..{BRANCH}    shows what is only "
        f"here\n  git branch -f {BRANCH} {REMOTE}/{BRANCH}    gives that up; then run this again"
    )


def is_on_remote(commit: str) -> bool:
    """Tell whether the remote has a commit of this repository, in a branch or as a tag.

    Asks the remote, as a clone of a single tag knows nothing of its branches.
    """
    if git("for-each-ref", "--contains", commit, f"refs/remotes/{REMOTE}"):
        return True
    return any(line.startswith(commit) for line in git("ls-remote", REMOTE).splitlines())


def versions(commit: str) -> Versions:
    """Return the versions that a commit of the branch lists, newest first; none if it is empty.

    Raises RefusedError where the list is damaged.
    """
    try:
        return commands.list_versions(commit) if commit else Versions()
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            f"versions.json on the branch {BRANCH} is damaged: {error}\n"
            f"  git log {BRANCH} -- versions.json    shows when it changed"
        ) from None


def source(version: str, commit: str) -> str:
    """Return the commit that a version on the branch was built from; empty where none is known."""
    published = versions(commit)
    if not commit or not published.find(version):
        return ""
    return str((published[version].properties or {}).get(SOURCE, ""))


def names_this_machine(commit: str, version: str) -> bool:
    """Tell whether the pages of a version give no address but this machine's."""
    places = _addresses(commit, version)
    return not places or not all(map(is_public, places))


def has_address(commit: str, version: str, address: str) -> bool:
    """Tell whether the pages of a version give addresses below this one."""
    start = f"{address.rstrip('/')}/"
    places = _addresses(commit, version)
    return bool(places) and all(place.startswith(start) for place in places)


def _addresses(commit: str, version: str) -> list[str]:
    """Return the addresses that the pages of a version give as theirs."""
    sitemap = git("show", f"{commit}:{version}/sitemap.xml")
    return [html.unescape(place) for place in re.findall("<loc>(.*?)</loc>", sitemap)]


def refuse_pages_without_address(branch: Branch, version: str) -> None:
    """Raise RefusedError where a push would take along pages that name this machine.

    That is for versions that the remote does not have like this; `version`, which is built or
    dropped now, is left out.
    """
    for each in (str(info.version) for info in versions(branch.tip)):
        there = _object(f"{branch.there}:{each}") if branch.there else ""
        if each == version or there == _object(f"{branch.tip}:{each}"):
            continue
        if names_this_machine(branch.tip, each):
            raise RefusedError(
                f"{each} is only on your machine, and was built without SITE_URL, "
                "so its pages name this machine.\n"
                f"  Build it again from its commit: git checkout {source(each, branch.tip)[:10]}\n"
                f"  make publish VERSION={each} SITE_URL={EXAMPLE_ADDRESS} PUSH=1 AGAIN=1\n"
                "  Then come back with git checkout -, and run this again."
            )


def latest(published: Versions) -> str:
    """Return the version that has the alias `latest`, empty where none has."""
    key = published.find(LATEST)
    return key[0] if key else ""


def _commit(reference: str) -> str:
    return _object(f"{reference}^{{commit}}")


def _object(name: str) -> str:
    """Return the hash of what a name of git's stands for; empty where there is no such thing."""
    done = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", name],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def _fetched(here: str) -> str:
    """Fetch the remote's commit and return it; empty where the remote has no such branch."""
    if not _remotes():
        return ""
    # In a shallow clone, as CI makes them, one commit is enough to continue the branch.
    shallow = not here and git("rev-parse", "--is-shallow-repository") == "true"
    depth = ["--depth=1"] if shallow else []
    refs = f"+{HERE}:{THERE}"
    git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *depth, REMOTE, refs)
    return _commit(THERE)


def _remotes() -> str:
    """Ask the remote which commit it has now; empty for none."""
    return git("ls-remote", REMOTE, HERE).partition("\t")[0]


def _quoted(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines())


def finish(branch: Branch, commit: str, *, push: bool) -> None:
    """Let the branch stand at `commit`, in one step; then push it if that is wanted.

    Raises RefusedError if somebody else moved it in the meantime, here or on the remote.
    """
    git("update-ref", "-m", "publish", HERE, commit, branch.here)
    if push:
        push_to_remote(Branch(commit, branch.there, commit), branch)


def push_to_remote(branch: Branch, before: Branch) -> None:
    """Push the branch; where somebody else was faster, put it back to where it was before.

    Raises RefusedError if it could not be pushed.
    """
    try:
        git("push", "--quiet", REMOTE, f"{branch.tip}:{HERE}")
    except RefusedError as error:
        now = _remotes() if succeeds("ls-remote", REMOTE) else branch.there
        if now == branch.tip:
            return  # it arrived, only the answer did not
        if now != branch.there:
            old = [HERE, before.here] if before.here else ["-d", HERE]
            git("update-ref", *old, branch.here)
            raise OvertakenError(
                f"Somebody else has changed {BRANCH} on {REMOTE} in the meantime. "
                "Nothing was changed: run this again."
            ) from None
        raise RefusedError(
            f"{error}\n{BRANCH} has the change here, but {REMOTE} has not. "
            "Run the same command again to push it."
        ) from None
