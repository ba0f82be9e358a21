"""Pages of a fork in place of upstream's hand-written ones, at the same address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..definition.problems import FrameworkError, Position, Problem, suggestion

#: Below the content: the page at `instead/workshop.md` takes the place of `workshop.md`.
FOLDER = "instead/"


def put_in_place(files: Mapping[str, Path]) -> dict[str, Path]:
    """Return hand-written files by path, those in the folder under the path that they replace.

    Raises FrameworkError for those in the folder that have nothing to replace.
    """
    own = {path.removeprefix(FOLDER): file for path, file in files.items() if _is_own(path)}
    others = {path: file for path, file in files.items() if not _is_own(path)}
    pages = [path for path in others if path.endswith(".md")]
    problems = [
        Problem(
            Position(file),
            f"there is no hand-written page {path} to take the place of",
            suggestion(path, pages, "there are"),
        )
        for path, file in own.items()
        if path not in pages
    ]
    if problems:
        raise FrameworkError(problems)
    return {path: own.get(path, file) for path, file in others.items()}


def settle(files: Any) -> list[Any]:
    """Put pages in the place of those that they replace among the `files` of MkDocs; return all.

    A replaced page is read from the other's file, and edited there.
    """
    for own in [file for file in files if _is_own(file.src_uri)]:
        page = files.src_uris[own.src_uri.removeprefix(FOLDER)]
        page.abs_src_path, page.edit_uri = own.abs_src_path, own.src_uri
        files.remove(own)
    return list(files)


def _is_own(path: str) -> bool:
    return path.startswith(FOLDER)
