"""Find and replace links between entries in prose: `[words](practice:audit)`, but not in code.

Every part of the engine that looks at such links does so here, so that a link is one everywhere or
nowhere: in checks, on pages, in notes about changes, in the lines that repair an overlay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .model import COLLECTIONS

#: What a link may say after its address: "in quotes", 'in quotes' or (in brackets).
_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
_TARGET = re.compile(rf"\]\(\s*<?({'|'.join(COLLECTIONS)}):([^)>\s]*)>?{_TITLE}\s*\)")
#: Words may hold an image or other brackets, one deep.
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?)*){_TARGET.pattern}")

#: Code in a line of text: as many backticks before it as after it, within one paragraph.
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)((?:[^\n]|\n(?!\s*\n))+?)(?<!`)\1(?!`)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|:)\s")


class Link(NamedTuple):
    """A link to an entry. `start` and `end` are those of its `kind:id` in the text."""

    kind: str
    id: str
    start: int
    end: int


def links(text: str) -> Iterator[Link]:
    """Yield the links to entries in a text of Markdown, from its beginning."""
    for match in _TARGET.finditer(mask_code(text)):
        yield Link(match[1], match[2], match.start(1), match.end(2))


def replace_targets(text: str, target: Callable[[str, str], str]) -> str:
    """Replace where links to entries lead by what `target` returns for kind and id.

    Their words and titles stay.
    """
    pieces, end = [], 0
    for link in links(text):
        pieces += [text[end : link.start], target(link.kind, link.id)]
        end = link.end
    return "".join([*pieces, text[end:]])


def replace_links(text: str, render: Callable[[str, str, str], str]) -> str:
    """Replace links to entries, words and all, by what `render` returns for words, kind and id."""
    pieces, end = [], 0
    for match in _LINK.finditer(mask_code(text)):
        words = text[match.start(1) : match.end(1)]  # in the match, code is blank
        pieces += [text[end : match.start()], render(words, match[2], match[3])]
        end = match.end()
    return "".join([*pieces, text[end:]])


def lines_of_words(text: str | None) -> list[str]:
    """Return the lines of a text with links to entries replaced by their words; no empty lines.

    None gives [].
    """
    return [line for line in replace_links(text or "", _words_alone).splitlines() if line.strip()]


def _words_alone(words: str, kind: str, name: str) -> str:
    return words


def without_links_to(text: str, kind: str, name: str) -> str:
    """Return `text` with each link to the entry `name` of a kind replaced by its words."""
    pieces, end = [], 0
    for match in _LINK.finditer(mask_code(text)):
        if (match[2], match[3]) == (kind, name):
            pieces += [text[end : match.start()], text[match.start(1) : match.end(1)]]
            end = match.end()
    return "".join([*pieces, text[end:]])


def mask_code(text: str) -> str:
    """Return the text with blanks in place of its code, every other character where it was.

    Code is what Markdown takes for it: between backticks, between fences, and lines that are
    indented by four spaces, or by eight below an item of a list.
    """
    if "`" not in text and "    " not in text and "\t" not in text and "~~~" not in text:
        return text
    return _masked(text)


@lru_cache(maxsize=1000)  # each hand-written page is asked for it half a dozen times in a build
def _masked(text: str) -> str:
    lines = text.split("\n")
    masked = [
        "" if is_code else line for line, is_code in zip(lines, _code_lines(lines), strict=True)
    ]
    whole = "\n".join(new.ljust(len(old)) for old, new in zip(lines, masked, strict=True))
    return _CODE_SPAN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), whole)


def _code_lines(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it is a part of a block of code."""
    fences = _fenced(lines)
    in_list, after_blank, in_code = False, True, False
    for number, line in enumerate(lines):
        is_blank = not line.strip()
        depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if not is_blank:
            in_code = depth >= (8 if in_list else 4) and (after_blank or in_code)
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and (depth > 0 or not after_blank))
        yield number in fences or (in_code and not is_blank)
        after_blank = is_blank


def _fenced(lines: list[str]) -> set[int]:
    """Return the numbers of lines that fences enclose, these included; one alone is no fence."""
    fenced: set[int] = set()
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence and opened is None:
            opened = number, fence[1]
        elif fence and opened and fence[1].startswith(opened[1]) and fence[0] == line.rstrip():
            fenced |= set(range(opened[0], number + 1))
            opened = None
    return fenced
