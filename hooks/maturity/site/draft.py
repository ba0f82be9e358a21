"""A site is built beside the one that it will replace, and takes its place when it is whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from ..definition.atomic import workroom
from ..definition.files import is_there
from ..definition.problems import FrameworkError, Position, Problem

_HINT = "the site there is as it was: make room, or name another folder for it"
#: What renames on both systems take for the folder at hand, and for "exchange the two".
_HERE, _EXCHANGE = -100, 2


class SiteDraft:
    """A site that is being built: `folder` is where, `target` the folder whose place it takes."""

    def __init__(self, target: Path) -> None:
        """Make the folder, beside the target, or in it where nothing can be made beside it.

        Raises FrameworkError where neither can be written.
        """
        self._named = target
        self.target = self.folder = Path(os.path.realpath(target))
        self.is_whole = False
        self._room = ExitStack()
        try:
            self.folder = self._folder()
            self.folder.mkdir()
        except OSError as error:
            self.discard()
            raise self.refusal(error) from error

    def _folder(self) -> Path:
        if is_there(self.target) and not self.target.is_dir():
            message = "there is something under this name that is no folder"
            raise OSError(0, message, str(self.target))
        if self.target.is_dir() and not os.access(self.target, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(self.target))
        self.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            room = self._room.enter_context(workroom(self.target.parent))
        except OSError:
            if not self.target.is_dir():
                raise
            room = self._room.enter_context(workroom(self.target))
        if self.target.is_dir() and self.target.stat().st_dev != room.stat().st_dev:
            room = self._room.enter_context(workroom(self.target))
        return room / self.target.name

    def refusal(self, error: OSError) -> FrameworkError:
        """Return an error of the system as a problem at its place in the site."""
        place = Path(error.filename2 or error.filename or self.target)
        for folder in (self.folder, self.target):  # by the name that the settings have for it
            if place.is_relative_to(folder):
                place = self._named / place.relative_to(folder)
        ours = place.is_relative_to(self._named) or self.target.is_relative_to(place)
        message = error.strerror or str(error)
        message = f"this cannot be written: {message}" if ours else message
        return FrameworkError([Problem(Position(place), message, _HINT)])

    def discard(self) -> None:
        """Delete what was built; the site is as it was."""
        self._room.close()

    def publish(self) -> None:
        """Put what was built in the place of the site, at once where the system can.

        It cannot where the folder is a mount of its own, or holds what is hidden, such as `.git`:
        then each file takes the place of the former, pages after what they load. Raises
        FrameworkError where nothing can be put there.
        """
        try:
            if not self.target.exists():
                self.folder.rename(self.target)
                return
            shutil.copymode(self.target, self.folder)
            hidden = [*self.target.glob(".*")]
            if hidden or not _exchange(self.folder, self.target):
                _move_files(self.folder, self.target)
        except OSError as error:
            raise self.refusal(error) from error
        finally:
            self.discard()


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, which nobody sees half done; False if the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(libc.renamex_np(*names, _EXCHANGE) == 0)
    rename = getattr(libc, "renameat2", None)  # older C libraries have none
    return rename is not None and rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0


def _move_files(draft: Path, site: Path) -> None:
    """Move each file of a draft into a site, and delete what is left there of the former one."""
    files = [path.relative_to(draft) for path in draft.rglob("*") if path.is_file()]
    for file in sorted(files, key=lambda file: (file.suffix == ".html", file)):
        target = site / file
        _make_way(target, site)
        (draft / file).replace(target)
    for path in sorted(site.rglob("*"), reverse=True):  # what lies in a folder before the folder
        name = path.relative_to(site)
        if name.parts[0].startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in files:
            path.unlink()


def _make_way(target: Path, site: Path) -> None:
    """Make the folder for a file; whatever has the name of the file or of a folder of it goes."""
    for parent in reversed(target.relative_to(site).parents[:-1]):
        if is_there(site / parent) and not (site / parent).is_dir():
            (site / parent).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
