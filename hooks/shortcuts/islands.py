"""Parts of a page that Markdown and the search need not read, as they find nothing there.

A form, a drawing, or what only paper shows is one element of whole HTML that is left out of the
search. It may be a third of a megabyte, or stand on every page, and both would take it to pieces.
So it is taken out of the page's Markdown, and put back when they are done.
"""

from __future__ import annotations

import re

from mkdocs.structure.pages import Page

#: None of these elements holds another of its kind.
_ISLAND = re.compile(
    r"\n<(maturity-\w+|aside|svg)\b[^>]* data-search-exclude\b.*?\n</\1>", re.DOTALL
)
#: What stands in their place: a drawing is part of a line of text to Markdown, the rest are blocks.
_PLACE = '<{0} data-island="{1}"></{0}>'
_ANCHOR = re.compile(r'\sid="([^"]+)"')


class Islands:
    """What was taken out of the pages, by path."""

    def __init__(self) -> None:
        self.pages: dict[str, list[str]] = {}

    def take_out(self, page: Page, markdown: str) -> str:
        """The Markdown of a generated page, with a place in it for each part that was taken out."""
        found: list[str] = []

        def place(match: re.Match[str]) -> str:
            found.append(match[0][1:])
            return f"\n{_place(len(found), found[-1])}"

        if page.file.generated_by and "data-search-exclude" in markdown:
            markdown = _ISLAND.sub(place, markdown)
        self.pages[page.file.src_uri] = found
        return markdown

    def note_anchors(self, page: Page) -> None:
        """Let links lead to what is in these parts."""
        found = self.pages.get(page.file.src_uri, [])
        anchors = {anchor for island in found for anchor in _ANCHOR.findall(island)}
        if anchors and page.present_anchor_ids is not None:
            page.present_anchor_ids = page.present_anchor_ids | anchors

    def put_back(self, page: Page) -> None:
        """Make the HTML of a page whole again."""
        for number, island in enumerate(self.pages.get(page.file.src_uri, []), start=1):
            page.content = (page.content or "").replace(_place(number, island), island)


def _place(number: int, island: str) -> str:
    return _PLACE.format("i" if island.startswith("<svg") else "div", number)
