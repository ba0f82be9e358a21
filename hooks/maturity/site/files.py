"""The files of a site on disk: those that somebody wrote, and all of them for another generator."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ..definition.files import load_bytes
from . import authored
from .generate import Content, Site


def hand_written_files(folder: Path) -> dict[str, Path]:
    """Return every file in a folder and below, by its path with slashes from there.

    What is there but can be no file, such as a link that leads nowhere, is among them, less what
    editors lock files with.
    """
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() or _is_odd(path))
    return {path.relative_to(folder).as_posix(): path for path in files}


def _is_odd(path: Path) -> bool:
    return not (path.is_dir() or path.name.startswith("."))


def site_files(site: Site, written: Mapping[str, Path]) -> dict[str, Content]:
    """Return what each file of the site holds, by its path below the site's root.

    A hand-written file goes before a generated one, with the framework filled in where it is a
    page. Raises FrameworkError for mistakes in such pages, for files that cannot be read, and
    for addresses that are taken.
    """
    pages = authored.render(site, dict(written))
    contents: dict[str, Content] = {
        path: load_bytes(file, largest=math.inf) for path, file in written.items()
    }
    for output in site.outputs:
        if output.path not in written:
            contents[output.path] = output.content
    return contents | pages


def write_folder(folder: Path, contents: Mapping[str, Content]) -> None:
    """Write files into a new or empty folder, by their paths below it; text is written as UTF-8.

    They appear all at once: they are written beside their place, and moved there together. Raises
    OSError where that cannot be done; then nothing is left of them.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as workroom:
        draft = Path(workroom, folder.name)
        write_files({draft / path: content for path, content in contents.items()})
        draft.replace(folder)


def write_files(contents: Mapping[Path, Content]) -> None:
    """Write files, in UTF-8 where they are text, and make the folders that they need.

    Raises OSError where that cannot be done.
    """
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
