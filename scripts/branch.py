"""The branch of published versions: found, continued by one commit at a time, pushed.

A killed command leaves the branch as it was or as it was to become. Whatever is made on the way
lies in a folder inside `.git`, with a repository of its own; only the last step moves the branch.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mike import commands
from mike.versions import Versions

BRANCH = "gh-pages"
REMOTE = "origin"
LATEST = "latest"
_HERE = f"refs/heads/{BRANCH}"
_THERE = f"refs/remotes/{REMOTE}/{BRANCH}"
#: What git leaves locked if it is killed while it fetches or moves the branch.
_LOCKS = (f"{_HERE}.lock", f"{_THERE}.lock", "shallow.lock")


class RefusedError(Exception):
    """What keeps a command from being done, in words for whoever ran it."""


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
        """Whether the remote has everything."""
        return self.tip == self.there


# Reading


def git(*command: str) -> str:
    """What git prints; raises RefusedError with git's own words if it fails."""
    done = subprocess.run(["git", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"git {command[0]} failed:\n{_quoted(done.stderr)}")
    return done.stdout.strip()


def succeeds(*command: str) -> bool:
    """Whether git says yes."""
    return subprocess.run(["git", *command], capture_output=True, check=False).returncode == 0


def has_remote() -> bool:
    """Whether there is anywhere to fetch from and to push to."""
    return succeeds("remote", "get-url", REMOTE)


def find() -> Branch:
    """Fetch the branch and see where it stands.

    Raises RefusedError if it cannot be fetched, or has gone two ways.
    """
    here = _commit(_HERE)
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


def versions(commit: str) -> Versions:
    """The versions that a commit of the branch lists, the newest first."""
    try:
        return commands.list_versions(commit) if commit else Versions()
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            f"versions.json on the branch {BRANCH} is damaged: {error}\n"
            f"  git log {BRANCH} -- versions.json    shows when it changed"
        ) from None


def latest(published: Versions) -> str:
    """The version that has the alias `latest`, or nothing."""
    found = published.find(LATEST)
    return found[0] if found else ""


def _commit(reference: str) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def _fetched(here: str) -> str:
    """The remote's commit, after it was fetched; nothing where the remote has no such branch."""
    if not _remotes():
        return ""
    # In a shallow clone, as CI makes them, one commit is enough to continue the branch.
    shallow = not here and git("rev-parse", "--is-shallow-repository") == "true"
    depth = ["--depth=1"] if shallow else []
    refs = f"+{_HERE}:{_THERE}"
    git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *depth, REMOTE, refs)
    return _commit(_THERE)


def _remotes() -> str:
    """The remote's commit, as it says now."""
    return git("ls-remote", REMOTE, _HERE).partition("\t")[0]


def _quoted(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines())


# Writing


@contextmanager
def workroom() -> Iterator[Path]:
    """A folder for what is made on the way. Only one command at a time has it.

    What an earlier, killed one left behind is cleared away first.
    """
    _check()
    common = Path(git("rev-parse", "--git-common-dir")).resolve()
    room = common / "publish"
    room.mkdir(exist_ok=True)
    with (room / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system frees it, even if killed
        except OSError:
            raise RefusedError(f"Another command is changing {BRANCH}: wait for its end.") from None
        _clear(room, common)
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=room))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _check() -> None:
    """Raise RefusedError where the branch cannot be committed to."""
    if not succeeds("var", "GIT_COMMITTER_IDENT"):
        raise RefusedError(
            "git does not know who you are. Tell it:\n"
            '  git config user.name "Your Name"\n  git config user.email you@example.com'
        )
    for tree in git("worktree", "list", "--porcelain").split("\n\n"):
        folder, *lines = tree.splitlines()
        if f"branch {_HERE}" in lines:
            folder = os.path.relpath(folder.removeprefix("worktree "))
            raise RefusedError(
                f"{BRANCH} is checked out in {folder}, which would no longer fit it.\n"
                "  Check out another branch there, or remove it: git worktree remove"
            )


def _clear(room: Path, common: Path) -> None:
    left = list(room.glob("work-*"))
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    for lock in _LOCKS if left else ():
        (common / lock).unlink(missing_ok=True)


@contextmanager
def draft(folder: Path, branch: Branch) -> Iterator[None]:
    """Let mike commit to a branch of the same name in a repository that lies in `folder`.

    Its objects are this repository's, so that nothing has to be copied; its branch is its own.
    """
    repository = folder / "draft.git"
    people = {**_person("AUTHOR"), **_person("COMMITTER")}
    kind = git("rev-parse", "--show-object-format")
    objects = Path(git("rev-parse", "--git-path", "objects")).resolve()
    git("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(repository))
    before = dict(os.environ)
    os.environ |= {"GIT_DIR": str(repository), "GIT_OBJECT_DIRECTORY": str(objects), **people}
    try:
        if branch.tip:
            git("update-ref", _HERE, branch.tip)
        yield
    finally:
        os.environ.clear()
        os.environ |= before


def _person(role: str) -> dict[str, str]:
    """Who commits, as an environment: a draft's repository has no settings of this one."""
    found = re.fullmatch(r"(.*) <(.*)> .*", git("var", f"GIT_{role}_IDENT"))
    return {f"GIT_{role}_NAME": found[1], f"GIT_{role}_EMAIL": found[2]} if found else {}


def drafted(branch: Branch, message: str) -> str:
    """Inside a draft: the commit that continues the branch with all that was drafted.

    Where that is nothing, the branch's own.
    """
    if branch.tip and succeeds("diff", "--quiet", branch.tip, _HERE):
        return branch.tip
    parents = ["-p", branch.tip] if branch.tip else []
    return git("commit-tree", f"{_HERE}^{{tree}}", *parents, "-m", message)


def finish(branch: Branch, commit: str, *, push: bool) -> None:
    """Let the branch stand at `commit`, in one step; then push it if that is wanted.

    Raises RefusedError if somebody else moved it in the meantime, here or on the remote.
    """
    git("update-ref", "-m", "publish", _HERE, commit, branch.here)
    if push:
        push_to_remote(Branch(commit, branch.there, commit), branch)


def push_to_remote(branch: Branch, before: Branch) -> None:
    """Push the branch; where somebody else was faster, put it back to where it was before.

    Raises RefusedError if it could not be pushed.
    """
    try:
        git("push", "--quiet", REMOTE, f"{branch.tip}:{_HERE}")
    except RefusedError as error:
        now = _remotes() if succeeds("ls-remote", REMOTE) else branch.there
        if now == branch.tip:
            return  # it arrived, only the answer did not
        if now != branch.there:
            old = [_HERE, before.here] if before.here else ["-d", _HERE]
            git("update-ref", *old, branch.here)
            raise RefusedError(
                f"Somebody else has changed {BRANCH} on {REMOTE} in the meantime. "
                "Nothing was changed: run this again."
            ) from None
        raise RefusedError(
            f"{error}\n{BRANCH} has the change here, but {REMOTE} has not. "
            "Run the same command again to push it."
        ) from None
