"""Reads HTML for a parser of the standard library's kind, faster than that finds its tags."""

from __future__ import annotations

import functools
import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

Attributes = list[tuple[str, str | None]]

_ATTRIBUTES = re.compile(r"""\s([a-zA-Z][\w-]*)(?:="([^"]*)"|='([^']*)')?""", re.ASCII)
#: An end tag, or a start tag as Markdown and our templates write it. Its groups are the name of
#: either, and a start tag's attributes and slash.
_TAG = re.compile(
    r"""<(?:/([a-z][a-z0-9-]*)|([a-z][a-z0-9-]*)"""
    r"""((?:\s[a-zA-Z][\w-]*(?:="[^"]*"|='[^']*')?)*+)\s*+(/?))>""",
    re.ASCII,
)
#: What is no HTML inside, in one version of Python or another.
_RAW = {
    "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp",
}  # fmt: skip


class StartTag(NamedTuple):
    """A start tag with its attributes; `end` is where it ends."""

    name: str
    attributes: Attributes
    end: int


def start_tag(html: str, index: int) -> StartTag | None:
    """Return the start tag at a place in HTML; None where a parser has to look more closely."""
    match = _TAG.match(html, index)
    if match is None or not match[2] or match[4] or match[2] in _RAW:
        return None
    return StartTag(match[2], _parsed(match[3]), match.end())


def read_html(parser: HTMLParser, html: str) -> None:
    """Hand a parser the tags and texts of a whole text of HTML, as its `feed` and `close` do.

    A text with anything else in it than plain tags, such as comments or scripts, goes to these.
    """
    pieces = _TAG.split(html)
    if any("<" in text for text in pieces[::5]) or not _RAW.isdisjoint(pieces[2::5]):
        parser.feed(html)
        parser.close()
        return
    if pieces[0]:
        parser.handle_data(unescape(pieces[0]))
    rest = iter(pieces[1:])
    for ended, started, attributes, is_empty, text in zip(
        rest, rest, rest, rest, rest, strict=True
    ):
        if ended:
            parser.handle_endtag(ended)
        else:
            parser.handle_starttag(started, _parsed(attributes))
            if is_empty:
                parser.handle_endtag(started)
        if text:
            parser.handle_data(unescape(text))


def _parsed(attributes: str) -> Attributes:
    """Return name and value of each attribute; the value is None where there is no equals sign."""
    return [*_attributes(attributes)] if attributes else []


@functools.lru_cache(1024)  # five of six are like others
def _attributes(text: str) -> tuple[tuple[str, str | None], ...]:
    return tuple(map(_attribute, _ATTRIBUTES.finditer(text)))


def _attribute(match: re.Match[str]) -> tuple[str, str | None]:
    value: str | None = match[2] if match[2] is not None else match[3]
    return match[1].lower(), value and unescape(value)
