"""What builds keep for the next one, shared by the copies of the project in all processes of a run.

Compiled templates, pictures and PDFs are named by a sum of all that they depend on.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

#: Tells the processes of one run where the folder is.
NAME = "SHARED_BUILD_CACHE"


def _folder() -> Path:
    """Return the folder of this run, which the first process makes, and removes at its end."""
    if NAME not in os.environ:
        folder = tempfile.mkdtemp(prefix="shared-cache-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ[NAME] = folder
    return Path(os.environ[NAME])


SHARED = _folder()
#: Files that a build takes over and adds its pages to, under the name that they had.
_GROWING = ("converted-", "indexed-")


def take(project: Path) -> None:
    """Give a project what the builds of others have kept."""
    _link_files(SHARED, project / ".cache")


def give(project: Path) -> None:
    """Let other projects have what a project's builds have kept."""
    _link_files(project / ".cache", SHARED, replaced=_GROWING)


def _link_files(source: Path, target: Path, replaced: tuple[str, ...] = ()) -> None:
    """Put the files of a folder into another, too; builds replace such files whole.

    A file whose name begins like one of `replaced` takes the place of another.
    """
    with suppress(OSError):  # no folder, another disk, or a process that was faster
        target.mkdir(exist_ok=True)
        there = {entry.name: entry.inode() for entry in os.scandir(target)}
        for file in os.scandir(source):
            if file.name not in there and "." not in file.name and file.is_file():
                with suppress(FileExistsError):
                    os.link(file.path, target / file.name)
            elif file.name.startswith(replaced) and there[file.name] != file.inode():
                draft = target / f"{file.name}.{os.getpid()}"
                os.link(file.path, draft)
                draft.replace(target / file.name)
