"""Mistakes of authors: where each stands, what is wrong, what to do, and the report on all."""

from __future__ import annotations

import difflib
import functools
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .characters import peculiar

#: Bytes; thousands of practices need about a tenth of it.
LARGEST_FILE = 20_000_000
#: What YAML takes for the end of a line.
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
#: The longest word that a name can be a misspelling of, and the longest that is shown whole.
_LONGEST_NAME = 100
#: The longest message; what it quotes may have a megabyte.
_LONGEST_MESSAGE = 500
#: Longer ones are written by mistake, in a setting that names a file.
_LONGEST_PATH = 500
_LONGEST_HINT = 20_000
#: How many problems are printed; a file that is none may have hundreds of thousands.
_MOST_SHOWN = 200
#: How many characters of one place are named.
_MOST_NAMED = 5
#: What words and emoji are made with: the hard space and the joiners.
_JOINERS = "\xa0\u200c\u200d"


class Position(NamedTuple):
    """A place in a file: `line` and `column` count from 1, `length` is in characters."""

    file: Path
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what is wrong, and what to do about it."""

    where: Position
    message: str
    hint: str = ""

    def heading(self, root: Path) -> str:
        """Return `framework.yaml:214:12: message`, the file relative to `root` where it can be."""
        return f"{self.file(root)}:{self.where.line}:{self.where.column}: {self._line()}"

    def _line(self) -> str:
        return clip(printable(self.message), _LONGEST_MESSAGE)

    def file(self, root: Path) -> str:
        """Return the file's name as a reader of the message would type it from `root`."""
        return _shown(self.where.file, root)

    def excerpt(self) -> str:
        """Return the source line with the place underlined; empty where there is no such line."""
        lines = source_lines(self.where.file)
        line = lines[self.where.line - 1] if self.where.line <= len(lines) else ""
        if not line.strip():
            return ""
        # A window, because a line may be a megabyte long.
        start = max(0, min(self.where.column - 61, len(line) - 120))
        shown = printable(line[start : start + 120].rstrip(), " ")
        gutter = f"  {self.where.line} | "
        offset = self.where.column - 1 - start
        marks = "^" * max(1, min(self.where.length, len(shown) - offset))
        return f"{gutter}{shown}\n{' ' * (len(gutter) - 2)}| {' ' * offset}{marks}"

    def _notes(self) -> list[str]:
        """Say which characters of the place are not what they look like, where it is more than one.

        Where a name is proposed, letters that are not English are named too: ids have none.
        """
        lines = source_lines(self.where.file)
        line = lines[self.where.line - 1] if self.where.line <= len(lines) else ""
        start, length = self.where.column - 1, min(self.where.length, _LONGEST_NAME)
        names = peculiar(line[start : start + length], is_name="did you mean" in self.hint)
        shown = ", ".join(names[:_MOST_NAMED])
        return [f"it contains {shown}"] if names and length > 1 else []

    def text(self, root: Path) -> str:
        """Return heading, source excerpt and hint, each indented below the one before.

        Blank lines inside a hint stay: it may hold lines to paste, with paragraphs in them.
        """
        lines = [clip(printable(line), _LONGEST_HINT) for line in self.hint.rstrip().split("\n")]
        hint = "\n".join(f"  {line}" if line else "" for line in [*lines, *self._notes()])
        return "\n".join(part for part in (self.heading(root), self.excerpt(), hint) if part)


class FrameworkError(Exception):
    """All problems found at once, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=_order)
        super().__init__(f"{len(self.problems)} problems")

    def report(self, root: Path) -> str:
        """Return what is printed: the problems, then how many there are in which files.

        After 200 problems only the number of the others is said.
        """
        count = len(self.problems)
        first = {problem.where.file: problem for problem in reversed(self.problems)}
        files = [problem.file(root) for problem in reversed(first.values())]
        total = f"{count} problem{'' if count == 1 else 's'} in {', '.join(files)}"
        texts = [problem.text(root) for problem in self.problems[:_MOST_SHOWN]]
        more = [f"and {count - _MOST_SHOWN} more"] if count > _MOST_SHOWN else []
        return "\n".join([*texts, *more, total])


@functools.lru_cache(maxsize=64)  # hundreds of thousands of problems stand in one file
def _shown(file: Path, root: Path) -> str:
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    return clip(printable(name), _LONGEST_PATH)


def _order(problem: Problem) -> tuple[str, int, int, int, str]:
    where = problem.where
    # As text, because paths take ten times as long to compare.
    return str(where.file), where.line, where.column, where.length, problem.message


def suggestion(word: Any, known: Iterable[str], label: str) -> str:
    """Return a hint for a misspelled name: the nearest of `known`, and at most twelve of them.

    `label` says in the plural what they are.
    """
    names = list(known)
    near = nearest(str(word), names)
    shown = [clip(name, _LONGEST_NAME) for name in names[:12]]
    listing = f"{label}: {', '.join(shown)}{', …' if len(names) > 12 else ''}"
    if near:
        return f"did you mean {near}? ({listing})"
    return listing if names else f"{label}: none are defined"


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the one of `known` that `word` was most likely meant to be, or None."""
    if len(word) > _LONGEST_NAME:  # comparing takes the product of both lengths
        return None
    names = [name for name in known if len(name) <= _LONGEST_NAME]
    return next(iter(difflib.get_close_matches(word, names, n=1)), None)


def printable(text: str, replacement: str = "�") -> str:
    """Replace each line end, and each character that a terminal obeys or nobody sees."""
    if text.isprintable():  # nearly all are, and a report may have hundreds of thousands
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else replacement for c in text)


def clip(text: str, characters: int) -> str:
    """Return the text, or its beginning and ... where it has more characters than that."""
    return text if len(text) <= characters else f"{text[: characters - 3]}..."


def place_in(file: Path, text: str, index: int) -> Position:
    """Return where the character at `index` of a file's text stands."""
    lines = _LINE_END.split(text[:index])
    return Position(file, len(lines), len(lines[-1]) + 1)


def source_lines(file: Path) -> Sequence[str]:
    """Return the lines of a file without their ends; none where it cannot be read as text."""
    try:
        about = file.stat()
        is_short = stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST_FILE
        return _lines(file, about.st_mtime_ns) if is_short else ()
    except (OSError, ValueError):
        return ()


@functools.lru_cache(maxsize=4)
def _lines(file: Path, _changed: int) -> Sequence[str]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return _LINE_END.split(stream.read())
