"""The files of a site: those that somebody wrote, and all of them with what each holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from ..definition.files import list_files, load_bytes
from ..definition.problems import FrameworkError
from . import authored
from .generate import Content, Site
from .instead import put_in_place


def hand_written_files(folder: Path) -> dict[str, Path]:
    """Return every file in a folder and below, by its path with slashes from there.

    A page that takes the place of another has the path of that one. Raises FrameworkError for
    pages that can take no place, and for folders that cannot be read.
    """
    files, problems = put_in_place(files_below(folder))
    if problems:
        raise FrameworkError(problems)
    return files


def files_below(folder: Path) -> dict[str, Path]:
    """Return every file in a folder and below, by its path with slashes from there.

    Names that begin with a dot are left out, as MkDocs does. What is there but can be no file, such
    as a link that leads nowhere, is among them. Raises FrameworkError for folders that cannot be
    read.
    """
    return {path.relative_to(folder).as_posix(): path for path in list_files(folder, "")}


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


def write_files(contents: Mapping[Path, Content]) -> None:
    """Write files, in UTF-8 where they are text, and make the folders that they need.

    Raises OSError where that cannot be done.
    """
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
