"""Plain text out of Markdown, and plain text for HTML."""

from __future__ import annotations

import functools
import html
import re

#: A link or an image. What is inside has no bracket of its own kind, so that a text of brackets
#: takes no more time than another.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
#: What stands for something else than its characters, or for them where they would be a mark:
#: code, escaped marks, comments, addresses, tags and entities. As Python-Markdown reads them.
_SPECIAL = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`]+)(?P=ticks)(?!`)"
    r"|\\(?P<mark>[\\`*_{}\[\]()>#+.!-])"
    r"|<!--.*?-->"
    r"|<(?P<address>[\w.+-]+[:@][^<>\s]*)>"
    r"|</?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>"
    r"|(?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)",
    re.DOTALL,
)
#: Tags with which a new line begins, so that the words around them are two.
_BREAKS = re.compile(r"(?:br|hr|p|div|li|[ou]l|d[dlt]|t[dhr]|table|h[1-6]|pre|blockquote)\Z", re.I)
#: Where a sentence ends: after a word of three letters, which few abbreviations have.
_SENTENCE_END = re.compile(r"\w{3}[.!?][\"'”“»)]?(?= )")
#: Keeps characters from being taken for marks; no text may have these.
_LITERAL = re.compile("\x02([0-9]+)\x03")


def escaped(text: str) -> str:
    """Return `text` for the places where MkDocs writes titles into HTML as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@functools.lru_cache(maxsize=10_000)  # most texts are asked for on several pages
def plain_text(markdown: str | None, longest: int = 155) -> str:
    """Return what a reader sees of a text in Markdown, cut where it may end.

    That is after a sentence if half of the text is left, or else at a comma near the end or a word.

    Marks, tags and comments are left out, entities are the characters that they stand for; so it
    is escaped where it is printed, and once. `longest` is in characters, less the … that ends a
    text which was cut within a sentence. None gives "".
    """
    literals: list[str] = []
    text = _SPECIAL.sub(lambda match: _plain(match, literals), markdown or "")
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"(?<!\w)[*_`]+|[*_`]+(?!\w)|^#+ |^[-*>] ", "", text, flags=re.MULTILINE)
    text = " ".join(_LITERAL.sub(lambda match: literals[int(match[1])], text).split())
    return text if len(text) <= longest else _cut(text, longest)


def _cut(text: str, longest: int) -> str:
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, 0, longest + 1)]
    if sentences and sentences[-1] >= longest / 2:
        return text[: sentences[-1]]
    word = text.rfind(" ", 0, longest)
    comma = max(text.rfind(mark, 0, longest) for mark in (", ", "; ", ": "))
    end = comma if comma >= longest * 0.75 else word
    return text[: end if end > 0 else longest].rstrip(",;:") + "…"


def _plain(match: re.Match[str], literals: list[str]) -> str:
    """Return what is seen of a special part; its text goes to `literals`, and its place there."""
    if tag := match["tag"]:
        return " " if _BREAKS.match(tag) else ""
    seen = (
        match["code"] or match["mark"] or match["address"] or html.unescape(match["entity"] or "")
    )
    if not seen:
        return ""
    literals.append(seen)
    return f"\x02{len(literals) - 1}\x03"
