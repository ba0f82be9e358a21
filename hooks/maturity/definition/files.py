"""Load files that authors write and list their folders, with every failure as a problem.

Whatever the system says of such a file becomes a `Problem` here and nowhere else: it is missing,
may not be read, is a folder or a pipe, a link that leads nowhere or in a circle, too large, or no
text. Nobody else opens them.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from .leftovers import leftovers
from .problems import LARGEST_FILE, FrameworkError, Position, Problem, place_in

_A_FOLDER = "it must be a folder that you may read"
_CIRCLE = "this is a link to a folder that it lies in"
_NO_CIRCLE = "delete it: there would be no end of folders"
_AS_UTF8 = "save it as UTF-8 in the editor"
#: How files of other programs begin.
_OTHERS = (
    (b"PK\x03\x04", "a ZIP file, or a document of an office program"),
    (b"\xd0\xcf\x11\xe0", "a document of an office program"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document of an office program (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
#: Text that is written with two bytes or four for each letter, with a mark of its own or without.
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
#: What files are that hold no text of their own, by the test that tells them.
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def is_there(file: Path) -> bool:
    """Tell whether there is anything under this name, a link that leads nowhere included.

    Also true where the system denies access: loading the file then reports why.
    """
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


def is_file(file: Path) -> bool:
    """Tell whether a file lies under a name that somebody wrote; not under one too long for any."""
    return os.path.isfile(file)  # noqa: PTH113  # Path.is_file raises for a name that is none


def load_bytes(file: Path, hint: str = "", largest: float = LARGEST_FILE) -> bytes:
    """Load what a file holds.

    `hint` says what to do where it cannot be read. Raises FrameworkError for a file that cannot be
    read, for a folder, pipe or device, and for a file of more than `largest` bytes.
    """
    size = check_file(file, hint)
    if size > largest:
        limit = f"the largest that is read has {largest / 1e6:.0f} MB"
        raise _refusal(Position(file), f"the file has {size / 1e6:.0f} MB", limit)
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error, hint) from error


def check_file(file: Path, hint: str = "") -> int:
    """Return how many bytes a file has, unread.

    Raises FrameworkError for a missing file, one that may not be read, a folder, pipe or device.
    """
    try:
        about = file.stat()
    except OSError as error:
        raise _unreadable(file, error, hint) from error
    except ValueError as error:
        message = "the file cannot be read: no file can have this name"
        raise _refusal(Position(file), message, hint) from error
    if not stat.S_ISREG(about.st_mode):
        kind = next((name for test, name in _KINDS if test(about.st_mode)), "something else")
        raise _refusal(Position(file), f"this is {kind}, not a file", hint)
    if not os.access(file, os.R_OK):
        raise _unreadable(file, PermissionError(errno.EACCES, os.strerror(errno.EACCES)), hint)
    return about.st_size


def load_text(file: Path, hint: str = "") -> str:
    """Load a file of UTF-8, with or without a byte order mark; line ends stay as they are.

    Raises FrameworkError as `load_bytes` does, where it is not UTF-8 or no text at all, and for
    what merges and programs have left in it, such as conflicts or characters that nobody sees.
    """
    data = load_bytes(file, hint)
    _refuse_others(data, file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        where = place_in(file, before, len(before))
        raise _refusal(where, "the file is not UTF-8", _AS_UTF8) from error
    if problems := [*leftovers(text, file)]:
        raise FrameworkError(problems)
    return text


def _refuse_others(data: bytes, file: Path) -> None:
    """Raise FrameworkError for a file of another program, and for text in wide letters."""
    kind = next((name for start, name in _OTHERS if data.startswith(start)), None)
    if kind is not None:
        raise _refusal(Position(file), f"this is {kind}, not text", "put a text file in its place")
    if data.startswith(_WIDE) or b"\0" in data[1:2] + data[:1]:
        raise _refusal(Position(file), "the file is not UTF-8 but UTF-16", _AS_UTF8)


def list_files(folder: Path, ending: str) -> list[Path]:
    """List the files below a folder whose names end so, in the order of their paths.

    Names that begin with a dot are left out: editors lock and save files under such. Empty where
    there is no such folder. Raises FrameworkError for a folder that cannot be read, for a link to a
    folder that it lies in, and for a file.
    """
    if not is_there(folder):
        if is_there(folder.parent) and not folder.parent.is_dir():
            raise _refusal(Position(folder.parent), "this is a file, not a folder", _A_FOLDER)
        return []
    problems: list[Problem] = []
    files = sorted(_walk(folder, ending, problems))
    if problems:
        raise FrameworkError(problems)
    return files


def _walk(folder: Path, ending: str, problems: list[Problem]) -> Iterator[Path]:
    """Yield the files below a folder, links followed; add what is wrong to `problems`."""
    waiting: list[tuple[Path, frozenset[str]]] = [(folder, frozenset())]
    while waiting:
        place, above = waiting.pop()
        real = os.path.realpath(place)
        if real in above:
            problems.append(Problem(Position(place), _CIRCLE, _NO_CIRCLE))
            continue
        try:
            entries = [*os.scandir(place)]
        except OSError as error:
            message = f"the folder cannot be read: {_reason(place, error)}"
            problems.append(Problem(Position(place), message, _A_FOLDER))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if path.is_dir():  # unlike the entry's own, it raises nothing for a link in a circle
                waiting.append((path, above | {real}))
            elif entry.name.endswith(ending):
                yield path


def _reason(file: Path, error: OSError) -> str:
    """Return what the system said, in plainer words where a link is to blame."""
    if isinstance(error, FileNotFoundError) and file.is_symlink():
        return "it is a link that leads nowhere"
    return error.strerror or str(error)


def _unreadable(file: Path, error: OSError, hint: str) -> FrameworkError:
    message = f"the file cannot be read: {_reason(file, error)}"
    return _refusal(Position(file), message, hint)


def _refusal(where: Position, message: str, hint: str) -> FrameworkError:
    return FrameworkError([Problem(where, message, hint)])
