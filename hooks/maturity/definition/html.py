"""Check that the HTML inside a text in Markdown is complete.

What is not swallows a part of the page that follows it, often without a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from .prose import mask_code

#: Instructions and declarations. Python-Markdown loses its place after them, in code too.
_DECLARATION = re.compile(r"<\?|<!(?!--)")
#: Where a sign < begins no HTML: addresses such as <https://example.org>.
_NO_HTML = re.compile(r"<[\w.+-]+[:@][^<>\s]*>")
#: Elements that have no end, https://html.spec.whatwg.org/multipage/syntax.html#void-elements.
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip


def describe_incomplete(text: str) -> str:
    """Return what is wrong with the HTML in a text, such as `<div> is never closed`; else empty."""
    if match := _DECLARATION.search(text):
        return f"{match[0]} hides what follows"
    tags = _Tags()
    tags.feed(_NO_HTML.sub("", mask_code(text)))
    if tags.stray:
        return f"</{tags.stray}> closes nothing"
    if tags.open:
        return f"<{tags.open[-1]}> is never closed"
    if re.match("<[a-zA-Z/!]", tags.rawdata):
        return f"{tags.rawdata.split()[0]} has no end"
    return ""


class _Tags(HTMLParser):
    """The tags that a text leaves open, and the first that closes none of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.stray = ""

    def handle_starttag(self, tag: str, attrs: Sequence[object]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[object]) -> None:
        # To a browser <div/> is <div>.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.stray = self.stray or tag
