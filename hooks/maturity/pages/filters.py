"""What templates do with texts, whatever page they stand on."""

from __future__ import annotations

import functools
import re

from markupsafe import Markup

from ..definition.text import Prose
from ..versions.word_diff import Pieces, diff_words

#: Characters that can be a mark of Markdown or HTML; the later ones only where a line begins.
_MARKS = re.compile(r"[\\`*_{}\[\]<>&|\"#]|^[-+!:=~]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def escape(value: object) -> Markup:
    """Return a value as text on one line that Markdown and HTML show as it is.

    Characters that either could read as markup become numeric character references, which mean the
    same in Markdown, in raw HTML and in attributes. A float is written in its shortest form.
    """
    if isinstance(value, float):
        return Markup(f"{value:g}")
    return _written_out(str(value))


@functools.lru_cache(maxsize=100_000)  # most texts stand on several pages
def _written_out(text: str) -> Markup:
    if "\n" in text or "\r" in text:
        text = re.sub(r"\s*[\n\r]\s*", " ", text)
    return Markup(_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text))


def attribute(value: object) -> Markup:
    """Write a value out for an attribute of HTML that stands inside of Markdown.

    There attributes are read and written anew, but for each `&` where an entity seems to begin.
    """
    return Markup(str(escape(value)).replace("&", "&amp;"))


def beyond(text: str, label: str) -> str:
    """Return what the text of an answer says beyond its label; "" where that is nothing.

    A text that begins with its label, as in "None: ideas come by chance" or "At least half of the
    staff", goes on behind it, without the punctuation between them.
    """
    rest = text[len(label) :]
    if not text.casefold().startswith(label.casefold()) or re.match(r"\w", rest):
        return text
    return rest.lstrip(" .,:;–—") if re.search(r"\w", rest) else ""


def hang(text: str, width: int = 4) -> Prose:
    """Indent every line of prose but the first by `width`, to keep it inside its list item."""
    return Prose(f"\n{' ' * width}".join(text.splitlines()))


def version_id(version: str) -> str:
    """Return the id of a version's heading: `v1-2-0`; `unreleased` for ""."""
    return re.sub(r"[^0-9A-Za-z]+", "-", f"v{version}") if version else "unreleased"


def short_version(version: str) -> str:
    """Return a version as people say it: 1.1 for 1.1.0."""
    return version.removesuffix(".0") if version.count(".") == 2 else version


@functools.lru_cache(maxsize=10_000)  # a preview asks for the same texts at every edit
def side_by_side(before: str | None, after: str | None) -> tuple[Markup, Markup]:
    """Return two texts as HTML; what is in one alone is marked there as deleted or inserted.

    None is the same as an empty text.
    """
    left, right = diff_words(before or "", after or "")
    return _pieces(left, "del"), _pieces(right, "ins")


def _pieces(pieces: Pieces, tag: str) -> Markup:
    html: list[str] = []
    for text, own in pieces:
        words = text.lstrip(" ")  # a mark under the space before a word looks like a slip
        written = "<br>".join(map(escape, words.split("\n")))
        html.append(" " * (len(text) - len(words)))
        html.append(f"<{tag}>{written}</{tag}>" if own and words else written)
    return Markup("".join(html))
