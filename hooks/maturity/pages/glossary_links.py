"""A Markdown extension that explains glossary terms where they first appear on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from ..definition.model import GlossaryTerm
from ..framework.plain_text import plain_text
from .paths import path_of

_SKIPPED = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "button", "label"}
#: Class of a block in which terms are left alone.
_LEFT_ALONE = "no-terms"


class TermsExtension(Extension):
    """Links each term's first appearance to the glossary, with its definition as a tooltip."""

    def __init__(self, glossary: Mapping[str, GlossaryTerm]) -> None:
        super().__init__()
        self.lookup = _Lookup(glossary)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what links the terms, to run between inline Markdown and MkDocs's own links.

        Python-Markdown calls this, by this name. Nothing is registered for an empty glossary.
        """
        if self.lookup.glossary:
            md.treeprocessors.register(_TermsProcessor(md, self.lookup), "terms", 6)


class _Lookup:
    """Finds terms in a text; one serves all pages."""

    def __init__(self, glossary: Mapping[str, GlossaryTerm]) -> None:
        self.glossary = glossary
        self.spellings = {
            spelling: name for name, term in glossary.items() for spelling in spellings(term)
        }
        self.pattern = re.compile(rf"(?<![\w-])(?:{_one_of(self.spellings)})(?![\w-])")
        self.known: dict[str, list[re.Match[str]]] = {}

    def matches(self, text: str) -> list[re.Match[str]]:
        """Return every place of `text` where a term stands, the longest where several do.

        Most texts stand on several pages; each is looked through once.
        """
        if (matches := self.known.get(text)) is None:
            matches = self.known[text] = list(self.pattern.finditer(text))
        return matches


def _one_of(texts: Iterable[str]) -> str:
    """Return a pattern for one of the texts, the longest that fits.

    To try hundreds of them at each word would take a twentieth of a build: only those are tried
    that begin with the letter that is there.
    """
    rest: dict[str, list[str]] = {}
    for text in sorted(texts, key=len, reverse=True):
        rest.setdefault(re.escape(text[0]), []).append(re.escape(text[1:]))
    return "|".join(f"{first}(?:{'|'.join(those)})" for first, those in rest.items())


class _TermsProcessor(Treeprocessor):
    def __init__(self, md: Markdown, lookup: _Lookup) -> None:
        super().__init__(md)
        self.lookup = lookup

    def run(self, root: Element) -> None:
        """Link in document order, each term once."""
        self.seen: set[str] = set()
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in _SKIPPED or _LEFT_ALONE in element.get("class", "").split():
            return
        children = list(element)
        if element.text and not element.text.isspace():
            element.text, links = self._split(element.text)
            element[:0] = links
        for child in children:
            self._visit(child)
            if child.tail and not child.tail.isspace():
                child.tail, links = self._split(child.tail)
                if links:
                    place = list(element).index(child) + 1
                    element[place:place] = links

    def _split(self, text: str) -> tuple[str, list[Element]]:
        """Return `text` up to its first new term, and the links with the text that follows each."""
        links: list[Element] = []
        if isinstance(text, AtomicString):
            return text, links
        before, end = "", 0
        for match in self.lookup.matches(text):
            name = self.lookup.spellings[match[0]]
            if name in self.seen:
                continue
            self.seen.add(name)
            gap = text[end : match.start()]
            if links:
                links[-1].tail = gap
            else:
                before = gap
            links.append(self._link(name, match[0]))
            end = match.end()
        if not links:
            return text, links
        links[-1].tail = text[end:]
        return before, links

    def _link(self, name: str, text: str) -> Element:
        link = Element("a", {"class": "mp-term", "href": f"/{path_of('term', name)}"})
        title = plain_text(self.lookup.glossary[name].definition, longest=300)
        # Python-Markdown would leave what looks like an entity as it is.
        link.set("title", title.replace("&", f"{AMP_SUBSTITUTE}amp;"))
        link.text = AtomicString(text)
        return link


def spellings(term: GlossaryTerm) -> set[str]:
    """Return the ways in which a term is written, in a sentence and at its beginning."""
    ways = set()
    for text in (term.term, *term.also):
        ways.add(str(text))
        if not text[:2].isupper():
            ways |= {text[:1].upper() + text[1:], text[:1].lower() + text[1:]}
    return ways
