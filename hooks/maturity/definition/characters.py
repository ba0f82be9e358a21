"""Tell which characters nobody sees, and which look like a blank or a letter and are none.

Letters of some scripts, and emoji, are joined and divided by characters that have no shape of their
own: between two of these they stay.
"""

from __future__ import annotations

import re
import unicodedata

#: Spaces that are none to a program: they indent nothing, and end no word.
ODD_SPACE = "\xa0\u1680\u2000-\u200a\u202f\u205f"
#: Control characters, soft hyphens, what turns a line around, fillers, marks of byte order, and
#: what programs write for a letter or picture that they could not read.
_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u115f\u1160\u2028-\u202e\u2060-\u206f\u3164"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
)
#: Scripts from Greek on, and symbols: what has joiners. Said by what it is not, as a pattern takes
#: long to compile that has a long range.
_JOINED = "^\x00-\u036f\u2000-\u218f\U000e01f0-\U0010ffff"
_JOINERS = "\u034f\u061c\u180b-\u180f\u200b-\u200f"
_VARIATIONS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
#: What else has variations: that of the digit 1 is the digit in a box.
_VARIED = r"0-9#*\xa9\xae\u203c\u2049\u20e3\u2122\u2139"
_TAGS = "\U000e0000-\U000e007f"

UNSEEN = re.compile(
    f"[{_NEVER}]"
    f"|(?<![{_JOINED}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINED}])"
    f"|(?<![{_JOINED}])(?<![{_VARIED}])[{_VARIATIONS}]"
    r"|(?<=[\w\ufffd])\ufffd|\ufffd(?=[\w\ufffd])"  # alone, somebody writes about it
    f"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]"  # flags of regions are written with them
)
#: Every character that may be one of these, whatever stands beside it: looked for first, as it
#: takes a fifteenth of the time, and few texts have any.
MAY_BE_UNSEEN = re.compile(f"[{_NEVER}{_JOINERS}{_VARIATIONS}\ufffd{_TAGS}]")
_ODD = re.compile(rf"[{ODD_SPACE}\u3000]")


def describe(character: str) -> str:
    """Return a character's number and name, such as `U+200B (zero width space)`."""
    number, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    return f"{number} ({name})" if name else number


def peculiar(word: str, *, is_name: bool) -> list[str]:
    """Describe each character of a word that is not what it looks like; none where all are.

    In a name, such as an id or a key, that is every letter that is not English too.
    """
    return [
        describe(c)
        for c in dict.fromkeys(word)
        if UNSEEN.match(c) or _ODD.match(c) or (is_name and not c.isascii())
    ]
