"""The sections into which the theme's search divides a page, found faster than by its own parser.

That hashes every open element at every tag and text. Here they are names, and the same is done with
them; so this takes the place of no other search than the one that it was written after.
"""

from __future__ import annotations

import hashlib
import math
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from .quick_html import Attributes

#: The theme's file with its search, by its sum: whoever changes it reads what has changed there.
_WRITTEN_AFTER = "cc8a3ac0a8862662d11e87fefcdaa4a42d9ebd70a7943fa921c1c80e2661730b"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_NEVER_READ = frozenset({"object", "script", "style"})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
#: What a page says to the search.
_MARK = re.compile(r'data-search-\w+="[^"]+"')


def replaces(file: Path) -> bool:
    """Return whether `file` is the theme's search that does what is done here."""
    return hashlib.sha256(file.read_bytes()).hexdigest() == _WRITTEN_AFTER


def without_marks(html: str) -> str:
    """Return a page without what it says to the search, and without the space before that."""
    *texts, rest = _MARK.split(html)
    return "".join([*(text[:-1] if text[-1:].isspace() else text for text in texts), rest])


class Section:
    """What stands below a heading, as pieces of HTML; `id` is the heading's.

    `depth` is how many elements are open in it, itself among them.
    """

    def __init__(self, tag: str, depth: float = 0, *, excluded: bool = False) -> None:
        self.tag, self.depth, self.excluded = tag, depth, excluded
        self.id: str | None = None
        self.title: list[str] = []
        self.text: list[str] = []

    def is_excluded(self) -> bool:
        """Return whether the search leaves it out."""
        return self.excluded


class SectionParser(HTMLParser):
    """Divides HTML into sections, which are its `data`."""

    def __init__(self) -> None:
        super().__init__()
        self.data: list[Section] = []
        #: The one that is read; at first what comes before any heading.
        self.section = Section("hx")
        #: The names of the open elements, and of those whose content is skipped.
        self.context: list[str] = []
        self.skip = {*_NEVER_READ}
        #: How many elements are open in the outermost link of a heading to itself; 0 outside.
        self.permalink = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Open an element, and a section where it is a heading."""
        if tag in _VOID:
            return
        self.context.append(tag)
        named = dict(attrs)
        if tag in _HEADINGS and "id" in named:
            self._begin(tag, named)
        elif not self.data:
            self.data.append(self.section)
        if tag == "a" and not self.permalink and named.get("class") == "headerlink":
            self.permalink = len(self.context)
        if "data-search-exclude" in named or named.get("class") == "linenodiv":
            self.skip.add(tag)
        elif tag in _KEPT and self.skip.isdisjoint(self.context):
            self._pieces().append(f"<{tag}>")

    def _begin(self, tag: str, named: dict[str, str | None]) -> None:
        """Begin a section with the heading that has just been opened."""
        depth = len(self.context)
        if tag != "h1" and not self.data:
            self.data.append(self.section)
        self.section = Section(tag, depth, excluded="data-search-exclude" in named)
        if self.data:
            self.section.id = named["id"]
        self.data.append(self.section)

    def _pieces(self) -> list[str]:
        """Return what the next piece is added to."""
        return self.section.title if self.section.tag in self.context else self.section.text

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and the section of a heading in it."""
        if not self.context or self.context[-1] != tag:
            return
        if self.section.depth > len(self.context):
            self._leave()
        self.context.pop()
        if len(self.context) < self.permalink:
            self.permalink = 0
        if tag in self.skip:
            if tag not in _NEVER_READ:
                self.skip.remove(tag)
        elif tag in _KEPT and self.skip.isdisjoint(self.context):
            _close(self._pieces(), tag)

    def _leave(self) -> None:
        """Go on with the last section that is not deeper than the element that ends."""
        for section in reversed(self.data):
            if section.depth <= len(self.context):
                self.section.depth = math.inf
                self.section = section
                return

    def handle_data(self, data: str) -> None:
        """Add a text, with its spaces made one outside of code."""
        if not self.skip.isdisjoint(self.context):
            return
        if not self.data:
            self.data.append(self.section)
        is_code, section = "pre" in self.context, self.section
        if not is_code:
            data = " " if data.isspace() else data.replace("\n", " ")
        if section.tag in self.context:
            if not self.permalink:
                section.title.append(escape(data, quote=False))
        elif not data.isspace():
            section.text.append(escape(data, quote=False))
        elif is_code or not section.text or not section.text[-1].isspace():
            section.text.append(data)


def _close(pieces: list[str], tag: str) -> None:
    """Add an end tag; leave out the element where there is nothing but space in it."""
    start = pieces.index(f"<{tag}>")
    if all(pieces[index].isspace() for index in range(start + 1, len(pieces))):
        del pieces[start:]
    else:
        pieces.append(f"</{tag}>")
