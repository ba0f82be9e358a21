"""Find what merges, editors and other programs leave in a text, and nobody meant to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .characters import MAY_BE_UNSEEN, ODD_SPACE, UNSEEN, describe
from .problems import Problem, place_in
from .prose import mask_code

#: What git writes around the sides of a merge; nobody's text begins so.
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
#: What each of them has in it: looked for first, as it takes a seventh of the time.
_MARKS = ("<" * 7, ">" * 7, "|" * 7, "=" * 7)
#: Alone, it underlines a heading in Markdown.
_MIDDLE = re.compile(r"^={7}\r?$", re.MULTILINE)
_ONE_SIDE = "keep one side and delete the lines with <<<<<<<, ======= and >>>>>>>"
_MARK = r"(?:[-*+>]|\#{1,6}|\d+[.)])"
#: A space that is none where a blank would mean something: it indents the line, or stands behind
#: what makes the line a heading or an item.
_ODD_START = re.compile(
    rf"^[ \t]*(?:(?:{_MARK}[ \t]+)*{_MARK})?(?P<space>[{ODD_SPACE}])", re.MULTILINE
)
#: Behind the colon of a key it makes text of both.
_ODD_IN_YAML = re.compile(
    rf"{_ODD_START.pattern}|^[ ]*(?:-[ ]+)*[\w-]+:(?P<behind_key>[{ODD_SPACE}])", re.MULTILINE
)
#: Any such space, wherever it stands: few texts have one.
_ODD = re.compile(rf"(?P<space>[{ODD_SPACE}])")
#: What holds texts in a style sheet: comments and quotes.
_STYLE_TEXTS = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_LOST = "\ufffd"
#: How many other lines with the same character are named.
_MOST_LINES = 10


def leftovers(text: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for each kind of thing that was left in the `text` of a file.

    These are the marks of a merge conflict, characters that nobody sees, and spaces that are none
    where a blank is needed. Code in Markdown is left alone, but for control characters.
    """
    if (conflict := merge_conflict(text, file)) is not None:
        yield conflict
        return  # its lines make no sense to whoever reads on
    places: dict[str, list[int]] = {}
    for place in MAY_BE_UNSEEN.finditer(text):
        if UNSEEN.match(text, place.start()):
            places.setdefault(place[0], []).append(place.start())
    for character, indexes in places.items():
        yield _unseen(character, indexes, text, file)
    if not text.isascii() and _ODD.search(text):
        yield from _odd_spaces(text, file)


def merge_conflict(text: str, file: Path) -> Problem | None:
    """Return the problem of a merge conflict that was left in the `text` of a file, or None."""
    if not any(mark in text for mark in _MARKS):
        return None
    is_markdown = file.suffix == ".md"
    match = _CONFLICT.search(text) or (None if is_markdown else _MIDDLE.search(text))
    if match is not None and is_markdown:  # unless it is code, in a guide to git
        match = _CONFLICT.search(mask_code(text))
    if match is None:
        return None
    where = place_in(file, text, match.start())
    return Problem(where, "a merge conflict of git stands here", _ONE_SIDE)


def _unseen(character: str, indexes: list[int], text: str, file: Path) -> Problem:
    """Return the problem of a character that nobody sees, at its first place."""
    where, *others = [place_in(file, text, index) for index in indexes[: _MOST_LINES + 1]]
    message, hint = f"nobody sees the character {describe(character)} here", "delete it"
    if character == _LOST:
        message = "U+FFFD stands here for a letter that some program could not read"
        hint = "write the letter again, and save the file as UTF-8"
    elif character < " " or "\x7f" <= character <= "\x9f":
        message = f"the file contains the control character U+{ord(character):04X}"
    if lines := dict.fromkeys(str(other.line) for other in others if other.line != where.line):
        more = ", …" if len(indexes) > _MOST_LINES + 1 else ""
        hint = f"{hint}; also in line{'' if len(lines) == 1 else 's'} {', '.join(lines)}{more}"
    return Problem(where, message, hint)


def _odd_spaces(text: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for each space that is none and stands where a blank is needed."""
    shown, pattern = text, _ODD_START
    if file.suffix == ".md":
        shown = mask_code(text)
    elif file.suffix in (".yaml", ".yml"):
        pattern = _ODD_IN_YAML
    elif file.suffix == ".css":
        shown = _STYLE_TEXTS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        pattern = _ODD
    for match in pattern.finditer(shown):
        name = match.lastgroup or "space"
        message = f"{describe(match[name])} stands here, which looks like a blank and is none"
        yield Problem(place_in(file, text, match.start(name)), message, "write a blank instead")
