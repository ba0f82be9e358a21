"""Pages of a fork in place of upstream's hand-written ones, at the same address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..definition.problems import Position, Problem, suggestion
from ..pages.listing import SINGLE
from ..pages.paths import FOLDERS, UNITS

#: Below the content: the page at `instead/workshop.md` takes the place of `workshop.md`.
FOLDER = "instead/"


def put_in_place(files: Mapping[str, Path]) -> tuple[dict[str, Path], list[Problem]]:
    """Return hand-written files by path, those in the folder under the path that they replace.

    Second come the problems of those in the folder that have nothing to replace.
    """
    own = {path.removeprefix(FOLDER): file for path, file in files.items() if _is_own(path)}
    others = {path: file for path, file in files.items() if not _is_own(path)}
    pages = [path for path in others if path.endswith(".md")]
    problems = [_lost(path, file, pages) for path, file in own.items() if path not in pages]
    return {path: own.get(path, file) for path, file in others.items()}, problems


def _lost(path: str, file: Path, pages: list[str]) -> Problem:
    """Return the problem of a page that would take the place of none of the others, `pages`."""
    folder, _, name = path.rpartition("/")
    if folder in (*FOLDERS.values(), UNITS) or (not folder and name.removesuffix(".md") in SINGLE):
        hint = f"move it out of {FOLDER}, to {path}, and it takes that page's place"
        return Problem(Position(file), f"{path} is a generated page", hint)
    content = file.parents[FOLDER.count("/") + path.count("/")]
    if (content / path).is_file():
        message = f"{path} is left out by exclude_docs, so that this page has no place to take"
        return Problem(Position(file), message, "take it out of there: this page stands for it")
    message = f"there is no hand-written page {path} to take the place of"
    known = [page for page in pages if not page.startswith("own/")]
    return Problem(Position(file), message, suggestion(path, known, "there are"))


def settle(files: Any) -> list[Any]:
    """Put pages in the place of those that they replace among the `files` of MkDocs; return all.

    A replaced page is read from the other's file, and edited there.
    """
    for own in [
        file for file in files if _is_own(file.src_uri) and not file.inclusion.is_excluded()
    ]:
        page = files.src_uris[own.src_uri.removeprefix(FOLDER)]
        page.abs_src_path, page.edit_uri = own.abs_src_path, own.src_uri
        files.remove(own)
    return list(files)


def _is_own(path: str) -> bool:
    return path.startswith(FOLDER)
