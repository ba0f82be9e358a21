"""Reading built pages: their links, ids and visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """An element with its attributes, children and text."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", cls: str = "") -> list[Element]:
        """Every element inside with this tag and class."""
        return [*self._inside(tag, cls)]

    def first(self, tag: str = "", cls: str = "") -> Element:
        """The first of them; raises IndexError if there is none."""
        for element in self._inside(tag, cls):
            return element
        raise IndexError(f"no {tag} {cls}")

    def _inside(self, tag: str, cls: str) -> Iterator[Element]:
        ahead = self.children[::-1]
        while ahead:
            child = ahead.pop()
            if isinstance(child, str):
                continue
            classes = child.attributes.get("class", "").split() if cls else ()
            if (not tag or child.tag == tag) and (not cls or cls in classes):
                yield child
            ahead += child.children[::-1]

    @property
    def text(self) -> str:
        """The text as a reader sees it, white space folded."""
        if self.tag in ("script", "style"):
            return ""
        parts = [c if isinstance(c, str) else f" {c.text} " if c.tag in BLOCKS else c.text
                 for c in self.children]  # fmt: skip
        return re.sub(r"\s+", " ", "".join(parts)).strip(" ") if self.tag == "" else "".join(parts)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


BLOCKS = {"p", "li", "td", "th", "tr", "div", "section", "h1", "h2", "h3", "dt", "dd", "ul", "br"}


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(file: Path) -> Element:
    """The document in a file."""
    parser = _Parser()
    parser.feed(file.read_text(encoding="utf-8"))
    return parser.root


def article(file: Path) -> Element:
    """The part of a page that is ours: everything but the theme's frame."""
    return page(file).first("article")


#: Where a built site is taken to be.
HOME = "http://site/"


def documents_of(site: Path) -> dict[str, Element]:
    """Every page of a built site by its address."""
    return {
        HOME + file.relative_to(site).as_posix().removesuffix("index.html"): page(file)
        for file in sorted(site.rglob("index.html"))
    }


def links(address: str, document: Element) -> Iterator[str]:
    """Where a page leads on its own site."""
    for element in document.all("a"):
        target = urljoin(address, element.attributes.get("href", ""))
        if target.startswith(HOME):
            yield target


def broken_links(site: Path, documents: dict[str, Element]) -> set[tuple[str, str]]:
    """Links that lead to no page or file of the site, or to no place on the page."""
    ids = {
        address: {element.attributes.get("id") for element in document.all()}
        for address, document in documents.items()
    }
    broken = set()
    for address, document in documents.items():
        for target in links(address, document):
            path, _, anchor = target.partition("#")
            file = site / unquote(urlsplit(path).path).lstrip("/")
            if (path not in documents and not file.is_file()) or (
                anchor and path in ids and unquote(anchor) not in ids[path]
            ):
                broken.add((address, target))
    return broken
