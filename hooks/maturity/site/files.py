"""The files of a site on disk: those that somebody wrote, and all of them for another generator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import authored
from .generate import Content, Site


def hand_written_files(folder: Path) -> dict[str, Path]:
    """Return every file in a folder and below, by its path with slashes from there."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def site_files(site: Site, written: Mapping[str, Path]) -> dict[str, Content]:
    """Return what each file of the site holds, by its path below the site's root.

    A hand-written file goes before a generated one, with the framework filled in where it is a
    page. Raises FrameworkError for mistakes in such pages, and for addresses that are taken.
    """
    pages = authored.render(site, dict(written))
    contents: dict[str, Content] = {path: file.read_bytes() for path, file in written.items()}
    for output in site.outputs:
        if output.path not in written:
            contents[output.path] = output.content
    return contents | pages


def write_files(contents: Mapping[Path, Content]) -> None:
    """Write files, in UTF-8 where they are text, and make the folders that they need.

    Raises OSError where that cannot be done.
    """
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
