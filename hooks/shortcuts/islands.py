"""Parts of a page that Markdown and the search need not read, as they find nothing there.

A form, a drawing, or what only paper shows is one element of whole HTML that is left out of the
search. It may be a third of a megabyte, or stand on every page, and both would take it to pieces.
So it is taken out of the page's Markdown, and put back when they are done. Texts that stand beside
each other, five hundred on the page of changes, are HTML to Markdown, but not to the search.

The texts of the page of changes alone save 0.2 s of 6 s. All of it
saves 0.39 s of 3.64 s of a build, and nothing in a preview, where such pages wait.
Processor time on a busy machine (`make bench PART=shortcuts`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from .shortcut import Shortcut

#: None of these elements holds another of its kind.
_ISLAND = re.compile(
    r"\n<(maturity-\w+|aside|svg)\b[^>]* data-search-exclude\b.*?\n</\1>", re.DOTALL
)
#: What stands in their place: a drawing is part of a line of text to Markdown, the rest are blocks.
_PLACEHOLDER = '<{0} data-island="{1}"></{0}>'
#: A block of nothing but paragraphs, each on a line of its own, with the one above it if any is.
_ROW = re.compile(
    r'\n(?:<p class="[^"\n]*">.*</p>\n)?<div class="[^"\n]*">(?:\n<p>.*</p>)+\n</div>(?=\n)'
)
_ROWS_PLACEHOLDER = re.compile(r'<div data-row="(\d+)"></div>')
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class _Parts(NamedTuple):
    """A page taken apart: its Markdown with placeholders, and what belongs in their places.

    `anchors` are those in the islands.
    """

    text: str
    islands: list[str]
    rows: list[str]
    anchors: set[str]


_NO_PARTS = _Parts("", [], [], set())
#: The attribute of a page under which its parts are.
_PARTS = "islands"


class Islands(Shortcut):
    """Take the islands out of generated pages, and put them back."""

    hides_pages = True

    def __init__(self) -> None:
        #: The generated pages by path: the Markdown of each, and what that was taken apart to.
        self.pages: dict[str, tuple[str, _Parts]] = {}

    @event_priority(-100)  # after whoever changes it
    def on_page_markdown(self, markdown: str, page: Page, **_: object) -> str:
        """Return the Markdown of a page with a placeholder for each island and row."""
        path = page.file.src_uri
        if not page.file.generated_by:
            return markdown
        known = self.pages.get(path)
        if known is None or known[0] != markdown:
            self.pages[path] = known = markdown, _apart(markdown)
        vars(page)[_PARTS] = known[1]
        return known[1].text

    @event_priority(90)  # after its anchors are kept for the next build
    def on_page_content(self, html: str, page: Page, **_: object) -> str:
        """Put the blocks of paragraphs back, and let links lead to anchors in islands."""
        parts = _parts(page)
        if parts.anchors and page.present_anchor_ids is not None:
            page.present_anchor_ids = page.present_anchor_ids | parts.anchors
        rows = parts.rows
        return _ROWS_PLACEHOLDER.sub(lambda mark: rows[int(mark[1])], html) if rows else html

    @event_priority(-110)  # after the search
    def on_page_context(self, context: TemplateContext, page: Page, **_: object) -> None:
        """Make the HTML of a page whole again."""
        for number, island in enumerate(_parts(page).islands, start=1):
            page.content = (page.content or "").replace(_placeholder(number, island), island)


def _parts(page: Page) -> _Parts:
    """Return what a page was taken apart to, which a later build may have done otherwise."""
    parts: _Parts = vars(page).get(_PARTS, _NO_PARTS)
    return parts


def _apart(markdown: str) -> _Parts:
    """Take a generated page apart."""
    islands: list[str] = []
    rows: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        islands.append(match[0][1:])
        return f"\n{_placeholder(len(islands), islands[-1])}"

    def row_placeholder(match: re.Match[str]) -> str:
        rows.append(match[0][1:])
        return f'\n<div data-row="{len(rows) - 1}"></div>'

    if "data-search-exclude" in markdown:
        markdown = _ISLAND.sub(placeholder, markdown)
    if "<div data-row=" not in markdown:
        markdown = _ROW.sub(row_placeholder, markdown)
    anchors = {anchor for island in islands for anchor in _ANCHOR.findall(island)}
    return _Parts(markdown, islands, rows, anchors)


def _placeholder(number: int, island: str) -> str:
    return _PLACEHOLDER.format("i" if island.startswith("<svg") else "div", number)
