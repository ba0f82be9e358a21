"""What builds keep for the next one, shared by the copies of the project in all processes of a run.

Pictures, PDFs and what is made of pages are named by a sum of all that they depend on.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import py_compile
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

#: Tells the processes of one run where the folder is.
NAME = "SHARED_BUILD_CACHE"
_HOOKS = Path(__file__).parent.parent / "hooks"


def _folder() -> Path:
    """Return the folder of this run, which the first process makes, and removes at its end."""
    if NAME not in os.environ:
        folder = tempfile.mkdtemp(prefix="shared-cache-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _compile_engine(Path(folder) / _HOOKS.name)
        os.environ[NAME] = folder
    return Path(os.environ[NAME])


def _compile_engine(folder: Path) -> None:
    """Compile the engine in such a way that Python compares a source, and not its time."""
    for file in _HOOKS.rglob("*.py"):
        compiled = importlib.util.cache_from_source(str(folder / file.relative_to(_HOOKS)))
        valid = py_compile.PycInvalidationMode.CHECKED_HASH
        py_compile.compile(str(file), compiled, invalidation_mode=valid)


SHARED = _folder()
#: Files that a build takes over and adds to what is its own, under the name that they had.
_GROWING = ("converted-", "indexed-", "pages-", "theme-")


def take(project: Path) -> None:
    """Give a project what the builds of others have kept."""
    _link_files(SHARED, project / ".cache")


def take_engine(project: Path) -> None:
    """Give a clone the compiled engine, which its first build would compile else."""
    source, target = SHARED / _HOOKS.name, project / _HOOKS.name
    if target.is_dir() and not (target / "__pycache__").exists():
        with suppress(OSError):  # another disk
            shutil.copytree(source, target, copy_function=os.link, dirs_exist_ok=True)


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
        for file in [*os.scandir(source)]:  # another disk would leave it open
            if "." in file.name or not file.is_file():
                continue
            if file.name not in there:
                with suppress(FileExistsError):
                    os.link(file.path, target / file.name)
            elif file.name.startswith(replaced) and there[file.name] != file.inode():
                draft = target / f"{file.name}.{os.getpid()}"
                os.link(file.path, draft)
                draft.replace(target / file.name)
