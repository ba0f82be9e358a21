"""Publish a version of the site on the branch gh-pages, beside the earlier ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import branch
import click
import drafts
from branch import BRANCH, LATEST, Branch, OvertakenError, RefusedError
from maturity.definition.problems import FrameworkError
from maturity.site import security_policy as policy
from maturity.site.settings import is_public
from mike import commands, git_utils
from mike.jsonpath import parse
from mike.versions import Version, Versions
from refusals import BEFORE_BUILDING, Publication

#: How often a version is built and pushed where others push too.
_TURNS = 3


@click.command()
@click.argument("version")
@click.option("--config", type=Path, help="The settings of the site; else as `maturity` says.")
@click.option("--push", is_flag=True, envvar="PUSH", help=f"Push {BRANCH} to origin afterwards.")
@click.option("--again", is_flag=True, envvar="AGAIN", help="Replace a version that is published.")
def main(version: str, config: Path | None, push: bool, again: bool) -> None:
    """Build the site and add it to the branch gh-pages as VERSION.

    VERSION has to be released and committed. It becomes `latest`, what readers see first, if it is
    the highest release.
    """
    try:
        source = branch.git("rev-parse", "HEAD")
        publication = Publication(version, config, source, push)
        refusals = [refusal for check in BEFORE_BUILDING if (refusal := check(publication))]
        if refusals:
            sys.exit("\n".join(refusals))
        if notice := publication.selection.notice:
            print(notice)
        in_turn(lambda: _in_workroom(publication, push=push, again=again))
        if push and (notice := unpushed(publication)):
            print(notice)
    except FrameworkError as error:
        sys.exit(error.report(Path.cwd()))
    except (RefusedError, git_utils.GitError) as error:
        sys.exit(str(error))


def _in_workroom(publication: Publication, *, push: bool, again: bool) -> None:
    with drafts.workroom() as folder:
        publish(publication, folder, push=push, again=again)


def unpushed(publication: Publication) -> str:
    """Say that the commit of a pushed version is on this machine only; empty where it is not."""
    if branch.is_on_remote(publication.source):
        return ""
    name = branch.git("branch", "--show-current") or f"v{publication.version}"
    return (
        f"The commit that {publication.version} was built from, {publication.source[:10]}, is not "
        f"on {branch.REMOTE} yet.\n  Push it too: git push {branch.REMOTE} {name}"
    )


def in_turn(attempt: Callable[[], None]) -> None:
    """Do something, and again after whoever was faster; of three who publish, one waits for two."""
    for turns_left in reversed(range(_TURNS)):
        try:
            attempt()
        except OvertakenError as error:
            if not turns_left:
                raise
            print(f"{error}\nThis does.", flush=True)
        else:
            return


def publish(publication: Publication, folder: Path, *, push: bool, again: bool) -> None:
    """Build a version in `folder` and add it to the branch; print where it is then.

    `again` replaces what is published. Raises RefusedError if something else is published as this
    version already, if the site cannot be built, and where git fails.
    """
    version, before = publication.version, branch.find(push=push)
    published = branch.versions(before.tip)
    if published.find(version) and not again:
        _leave_published(publication, before, push=push)
        return
    print(f"This writes {version} to the branch {BRANCH}{' and pushes it' if push else ''}")
    if push:
        branch.refuse_pages_without_address(before, version)
    site = _built(publication, folder)
    takes_latest = is_latest(version, published)
    with drafts.draft(folder, before):
        _draft(publication, site, takes_latest=takes_latest)
        commit = drafts.commit_draft(
            before, f"Publish {version}\n\nBuilt from {publication.source}"
        )
    branch.finish(before, commit, push=push)
    place = f"is {LATEST}" if takes_latest else f"{LATEST} stays {branch.latest(published)}"
    print(f"{version} is on the branch {BRANCH}{' and on origin' if push else ''}; {place}.")


def is_latest(version: str, published: Versions) -> bool:
    """Tell whether a version is to be what readers see first.

    That is the highest release; a pre-release only while there is no release.
    """
    current = branch.latest(published)
    return not current or _rank(version) >= _rank(current)


def _rank(version: str) -> tuple[bool, Version]:
    return "-" not in version, Version(version)


def _leave_published(publication: Publication, before: Branch, *, push: bool) -> None:
    """Leave a version that was built from this commit as it is; push it if only that is missing.

    Raises RefusedError if it was built from another commit or for another address.
    """
    version, address = publication.version, publication.address
    if branch.source(version, before.tip) != publication.source:
        raise RefusedError(_published_already(publication, before))
    again = f"{publication.command(version)} AGAIN=1"
    if is_public(address) and not branch.has_address(before.tip, version, address):
        raise RefusedError(
            f"{version} is published already, from this commit, but its pages give another "
            f"address than {address}\n  Build it again: {again}"
        )
    if push and not before.is_pushed:
        branch.refuse_pages_without_address(before, version)
        branch.push_to_remote(before, before)
        print(f"{version} was on the branch {BRANCH} already, and is now on origin too.")
        return
    print(f"{version} is published already, from this commit; nothing to do.")
    if branch.has_remote() and not before.is_pushed:
        print(f"  To push {BRANCH} as it is: git push {branch.REMOTE} {BRANCH}")
    print(f"  To build it again all the same: {again}")


def _published_already(publication: Publication, before: Branch) -> str:
    version = publication.version
    source = branch.source(version, before.tip)[:10]
    text = f"{version} is published already{f', built from commit {source}' if source else ''}.\n"
    text += "  Publish the change as a new version: .venv/bin/maturity release VERSION\n"
    if branch.has_remote() and not before.is_pushed:
        text += f"  To push {BRANCH} as it is: git push origin {BRANCH}\n"
    return f"{text}  To replace it all the same: {publication.command(version)} AGAIN=1"


def _built(publication: Publication, folder: Path) -> Path:
    """Build the site into `folder`; stop where that fails, with what MkDocs said."""
    if not is_public(publication.address):
        print("SITE_URL is not set: canonical links will name this machine.", file=sys.stderr)
    environment = {
        **os.environ,
        "VERSION_PROVIDER": "mike",
        "CANONICAL_VERSION": LATEST,
        "NO_MKDOCS_2_WARNING": "1",
    }
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["-f", str(publication.config), "-d", str(site)]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        raise RefusedError(f"The site could not be built, so {BRANCH} is as it was.")
    return site


def _draft(publication: Publication, site: Path, *, takes_latest: bool) -> None:
    """Lay the built site into the branch: its folder, and what readers find at the root."""
    with commands.deploy(
        {"site_dir": str(site), "use_directory_urls": True},
        publication.version,
        aliases=[LATEST] if takes_latest else [],
        update_aliases=True,
        alias_type=commands.AliasType.copy,  # a redirect would not lead to data files
        branch=BRANCH,
        message="site",
        allow_empty=True,
        set_props=[(parse(branch.SOURCE), publication.source)],
    ):
        pass
    if not takes_latest:
        return
    # Its addresses lead to `latest` from anywhere.
    root = {"404.html": (site / "404.html").read_bytes()}
    if not branch.succeeds("cat-file", "-e", f"{BRANCH}:index.html"):
        commands.set_default(LATEST, branch=BRANCH, message="root", allow_empty=True)
        redirect = branch.git("show", f"{BRANCH}:index.html")
        root["index.html"] = policy.secure(redirect, "", {}).encode()
    with git_utils.Commit(BRANCH, "root", allow_empty=True) as commit:
        for name, content in root.items():
            commit.add_file(git_utils.FileInfo(name, content))


if __name__ == "__main__":
    main()
