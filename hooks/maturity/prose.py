"""What a text in Markdown may not hold, as the page around it would suffer.

HTML that is not complete swallows what follows it, and some marks make Markdown work without end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from pydantic_core import PydanticCustomError

#: What makes Markdown's work grow with its square, or nest until Python gives up; how many of it a
#: text may have, and what it is called.
_TANGLES = (
    (re.compile(r"\["), 500, "opening brackets ["),
    (re.compile(r"<"), 500, "signs <"),
    (re.compile(r"^ {0,3}:\s", re.MULTILINE), 100, "lines that begin with a colon"),
    (re.compile(r"^(?:[ \t]*(?:\d+\.|[-*+:>]))(?=(?:[ \t]*(?:\d+\.|[-*+:>])){20})", re.MULTILINE),
     0, "lines with more than 20 marks of lists in a row"),
)  # fmt: skip

#: Instructions and declarations. Python-Markdown loses its place after them, in code too.
_DECLARATION = re.compile(r"<\?|<!(?!--)")
#: Where a sign < begins no HTML: code, and addresses such as <https://example.org>.
_NO_HTML = re.compile(r"`[^`\n]+`|<[\w.+-]+[:@][^<>\s]*>")
#: Elements that have no end, https://html.spec.whatwg.org/multipage/syntax.html#void-elements.
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip


def refuse(text: str) -> None:
    """Raise PydanticCustomError for a text that a page cannot hold."""
    for pattern, most, what in _TANGLES:
        if (count := len(pattern.findall(text))) > most:
            values = {"count": f"{count:,}", "what": what, "most": most}
            raise PydanticCustomError("tangled", "{count} {what}", values)
    if "<" in text and (wrong := incomplete(text)):
        raise PydanticCustomError("incomplete_html", "{what}", {"what": wrong})


def incomplete(text: str) -> str:
    """What is wrong with the HTML in a text, such as `<div> is never closed`; empty if nothing."""
    if found := _DECLARATION.search(text):
        return f"{found[0]} hides what follows"
    tags = _Tags()
    tags.feed(_NO_HTML.sub("", text))
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
