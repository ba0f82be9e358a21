"""Hide, show again or drop a published version: `make hide`, `make show`, `make drop`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import branch
import click
import drafts
from branch import BRANCH, Branch, RefusedError
from maturity.definition.problems import clip
from mike import commands, git_utils
from mike.jsonpath import Deleted, parse
from mike.versions import Versions

Change = Callable[[str], None]


def hide(version: str) -> None:
    """Leave a version out of the menu of versions; its pages stay.

    To be called inside `drafts.draft`.
    """
    commands.set_properties(
        version, [(parse("hidden"), True)], branch=BRANCH, message="hide", allow_empty=True
    )


def show(version: str) -> None:
    """Put a hidden version back into the menu of versions.

    To be called inside `drafts.draft`.
    """
    commands.set_properties(
        version, [(parse("hidden"), Deleted)], branch=BRANCH, message="show", allow_empty=True
    )


def drop(version: str) -> None:
    """Delete the pages of a version; the branch's history keeps them.

    To be called inside `drafts.draft`.
    """
    commands.delete([version], branch=BRANCH, message="drop", allow_empty=True)


CHANGES: dict[str, Change] = {"hide": hide, "show": show, "drop": drop}
DONE = {
    "hide": "is no longer in the menu of versions",
    "show": "is in the menu of versions",
    "drop": "is no longer published",
}


@click.command()
@click.argument("change", type=click.Choice(list(CHANGES)))
@click.argument("version")
@click.option("--push", is_flag=True, envvar="PUSH", help=f"Push {BRANCH} to origin afterwards.")
def main(change: str, version: str, push: bool) -> None:
    """Hide a published VERSION from the menu of versions, show it again, or drop it altogether."""
    try:
        with drafts.workroom() as folder:
            _change(change, version, folder, push=push)
    except (RefusedError, git_utils.GitError) as error:
        sys.exit(str(error))
    print(f"{version} {DONE[change]}{', on origin too' if push else ''}.")


def _change(change: str, version: str, folder: Path, *, push: bool) -> None:
    before = branch.find(push=push)
    published = branch.versions(before.tip)
    if change == "drop" and push and _waits_for_push(version, published, before):
        branch.push_to_remote(before, before)
        return
    _check(change, version, published)
    if push:
        branch.refuse_pages_without_address(before, version if change == "drop" else "")
    with drafts.draft(folder, before):
        CHANGES[change](version)
        commit = drafts.commit_draft(before, f"{change.capitalize()} {version}")
    branch.finish(before, commit, push=push)


def _waits_for_push(version: str, published: Versions, before: Branch) -> bool:
    """Tell whether an earlier command dropped the version, and could not push."""
    return not published.find(version) and bool(branch.versions(before.there).find(version))


def _check(change: str, version: str, published: Versions) -> None:
    """Raise RefusedError for a version that is not there, and for the one readers see first."""
    names = [str(each.version) for each in published]
    if version not in names:
        known = f"Published are: {', '.join(names)}" if names else "Nothing is published yet."
        raise RefusedError(f'There is no published version "{clip(version, 80)}". {known}')
    if change != "show" and version == branch.latest(published):
        raise RefusedError(
            f"{version} is what readers see first. Publish another version before you {change} it."
        )


if __name__ == "__main__":
    main()
