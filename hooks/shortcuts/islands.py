"""Parts of a page that Markdown and the search need not read, as they find nothing there.

A form, a drawing, or what only paper shows is one element of whole HTML that is left out of the
search. It may be a third of a megabyte, or stand on every page, and both would take it to pieces.
So it is taken out of the page's Markdown, and put back when they are done.

Saves 0.39 s of 3.64 s of a build, and 0.11 s of 0.70 s from saving a sentence to the fresh page.
Processor time, two rounds on a busy machine (`make bench PART=shortcuts`).
"""

from __future__ import annotations

import re

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
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class Islands(Shortcut):
    """Take the islands out of generated pages, and put them back."""

    hides_pages = True

    def __init__(self) -> None:
        #: The islands of each page in their order, by the page's path.
        self.pages: dict[str, list[str]] = {}

    @event_priority(-100)  # after whoever changes it
    def on_page_markdown(self, markdown: str, page: Page, **_: object) -> str:
        """Return the Markdown of a page with a placeholder for each island."""
        islands: list[str] = []

        def placeholder(match: re.Match[str]) -> str:
            islands.append(match[0][1:])
            return f"\n{_placeholder(len(islands), islands[-1])}"

        if page.file.generated_by and "data-search-exclude" in markdown:
            markdown = _ISLAND.sub(placeholder, markdown)
        self.pages[page.file.src_uri] = islands
        return markdown

    @event_priority(90)  # after its anchors are kept for the next build
    def on_page_content(self, html: str, page: Page, **_: object) -> None:
        """Let links lead to anchors in islands."""
        islands = self.pages.get(page.file.src_uri, [])
        anchors = {anchor for island in islands for anchor in _ANCHOR.findall(island)}
        if anchors and page.present_anchor_ids is not None:
            page.present_anchor_ids = page.present_anchor_ids | anchors

    @event_priority(-110)  # after the search
    def on_page_context(self, context: TemplateContext, page: Page, **_: object) -> None:
        """Make the HTML of a page whole again."""
        for number, island in enumerate(self.pages.get(page.file.src_uri, []), start=1):
            page.content = (page.content or "").replace(_placeholder(number, island), island)


def _placeholder(number: int, island: str) -> str:
    return _PLACEHOLDER.format("i" if island.startswith("<svg") else "div", number)
