"""Word diffs: the words in which two texts differ, and long texts cut down to what differs."""

from __future__ import annotations

import difflib
import re

#: Words of a text, each with the space before it.
_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
#: Above this many words a text counts as changed as a whole: comparing them would take seconds.
_MOST_TOKENS = 4_000
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
#: Lines that begin a block of Markdown of their own: items, quotes, tables, headings.
_BLOCK_START = re.compile(r"\s*(?:[-*+>]\s|\d+[.)]\s|[|#]|$)")
#: Up to this many characters a text is shown whole.
_SHORT = 240
_LEFT_OUT = "…"

#: A text in pieces, each with whether it is different in the other text.
Pieces = list[tuple[str, bool]]


def diff_words(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Split two texts into (piece, is_changed) pairs, word by word; the pieces add up to the text.

    If one of them has more than 4,000 words and signs, each comes back as one changed piece.
    """
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(left), len(right)) > _MOST_TOKENS:
        return [(old, True)], [(new, True)]
    matcher = difflib.SequenceMatcher(None, left, right)
    codes = matcher.get_opcodes()
    return (
        [("".join(left[i:j]), tag != "equal") for tag, i, j, _, _ in codes if i < j],
        [("".join(right[i:j]), tag != "equal") for tag, _, _, i, j in codes if i < j],
    )


def mark_words(old: str, new: str) -> tuple[str, str]:
    """Return two texts on a line each, what is in one alone marked as `[-old-]` or `{+new+}`."""
    left, right = diff_words(" ".join(old.split()), " ".join(new.split()))
    return _marked(left, "[-", "-]"), _marked(right, "{+", "+}")


def _marked(pieces: Pieces, start: str, end: str) -> str:
    return "".join(
        f"{' ' * (len(text) - len(words))}{start}{words}{end}"
        if is_changed and (words := text.lstrip())
        else text
        for text, is_changed in pieces
    )


def differing_sentences(old: str, new: str, *others: str) -> list[str]:
    """Return the texts with the sentences alone that are not both in `old` and in `new`.

    `…` stands for those that are left out. Short texts come back whole: all of them if none is
    longer than a few lines, or if only the order of sentences differs.
    """
    texts = [old, new, *others]
    if max(map(len, texts)) <= _SHORT:
        return texts
    sides = [{sentence for line in text.splitlines() for sentence in _sentences(line)}
             for text in (old, new)]  # fmt: skip
    if sides[0] == sides[1]:
        return texts
    shared = sides[0] & sides[1]
    return [_without(text, shared) for text in texts]


def without_empty_lines(text: str) -> str:
    """Return a text of `differing_sentences` without the lines of which nothing is left."""
    return "\n".join(line for line in text.splitlines() if line != _LEFT_OUT)


def join_lines(text: str) -> str:
    """Return a text of Markdown with each paragraph and each item on one line.

    Where its author ended a line says nothing then. Texts with blocks of code stay as they are.
    """
    if "```" in text or "~~~" in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].strip() and not _BLOCK_START.match(line):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _sentences(line: str) -> list[str]:
    return [" ".join(part.split()) for part in _SENTENCE_END.split(line) if part.strip()]


def _without(text: str, shared: set[str]) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        left: list[str] = []
        for sentence in _sentences(line):
            if sentence not in shared:
                left.append(sentence)
            elif left[-1:] != [_LEFT_OUT]:
                left.append(_LEFT_OUT)
        if left and not (left == [_LEFT_OUT] and lines[-1:] == [_LEFT_OUT]):
            lines.append(" ".join(left))
    return "\n".join(lines)
