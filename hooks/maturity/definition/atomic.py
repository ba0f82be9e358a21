"""Write several files or folders so that all of them appear, or none."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from .files import is_there
from .problems import FrameworkError, Position, Problem

#: How the names of folders begin in which drafts are written.
_ROOM = ".maturity-"


@contextmanager
def replacing(*places: Path, hint: str) -> Iterator[list[Path]]:
    """Yield where to write a draft of each place; move them there when the block has ended.

    A draft may be a file or a folder; a folder takes the place of none or of an empty one. What a
    link leads to is replaced, not the link. Where anything fails, in the block too, no place has
    changed and nothing is left: no draft, no folder made for one. Raises FrameworkError with
    `hint` where the system refuses to write.
    """
    targets = [Path(os.path.realpath(place)) for place in places]
    missing = [parent for target in targets for parent in target.parents if not is_there(parent)]
    drafts: dict[Path, Path] = {}
    try:
        with ExitStack() as workrooms:
            for target in targets:
                _make_folder(target.parent)
                room = workrooms.enter_context(workroom(target.parent))
                drafts[room / target.name] = target
            yield list(drafts)
            for draft, target in drafts.items():
                _prepare(draft, target)
            for draft, target in drafts.items():
                draft.replace(target)
    except OSError as error:
        message = f"this cannot be written: {error.strerror or error}"
        where = _place_of(error, drafts) or places[0]
        raise FrameworkError([Problem(Position(where), message, hint)]) from error
    finally:
        for parent in missing:  # of each place, what lies deeper comes first
            with contextlib.suppress(OSError):  # it holds what was written
                parent.rmdir()


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """Yield a new folder in `folder`, for drafts, and delete it at the end.

    What killed commands have left behind is deleted first. Raises OSError, about `folder`, where
    none can be made.
    """
    _clear(folder)
    while True:
        try:
            room = Path(mkdtemp(dir=folder, prefix=_ROOM))
        except OSError as error:  # it names a folder that nobody has asked for
            raise OSError(error.errno, error.strerror, str(folder)) from None
        with _locked(room, otherwise=True) as is_ours:
            if is_ours:
                try:
                    yield room
                finally:
                    shutil.rmtree(room, ignore_errors=True)
                return


def _clear(folder: Path) -> None:
    """Delete the rooms of commands that have ended without doing so."""
    for room in folder.glob(f"{_ROOM}*"):
        with contextlib.suppress(OSError), _locked(room, otherwise=False) as is_free:
            if is_free:
                shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _locked(room: Path, otherwise: bool) -> Iterator[bool]:
    """Lock a folder, and yield whether it is there and nobody else has locked it.

    The system frees it when this process ends, even if it is killed, and there is no file of a
    lock to be left. `otherwise` is yielded where the system knows no locks.
    """
    try:
        handle = os.open(room, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:  # somebody took it for a dead one before it could be locked
        yield False
        return
    try:
        yield _lock(handle, otherwise) and _is_at(handle, room)
    finally:
        os.close(handle)


def _lock(handle: int, otherwise: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return otherwise
    return True


def _is_at(handle: int, room: Path) -> bool:
    return room.exists() and os.path.samestat(os.fstat(handle), room.stat())


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OSError(
            0, "there is something under this name that is no folder", error.filename
        ) from None


def _prepare(draft: Path, target: Path) -> None:
    """Give a draft the rights of what it replaces; raise OSError where it could not replace it."""
    if target.is_symlink():  # one that leads somewhere has been followed
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
    if not target.exists():
        return
    if draft.is_dir():
        if any(target.iterdir()):
            raise OSError(0, "there is something in this folder already", str(target))
    elif not target.is_file():
        raise OSError(0, "there is something under this name that is no file", str(target))
    shutil.copymode(target, draft)


def _place_of(error: OSError, drafts: Mapping[Path, Path]) -> Path | None:
    """Return the place that an error is about, in the words of whoever named it."""
    if not error.filename:
        return None
    path = Path(error.filename)
    places = (target for draft, target in drafts.items() if path.is_relative_to(draft.parent))
    return next(places, path)
