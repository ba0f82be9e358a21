"""Plain text out of Markdown, and plain text for HTML."""

from __future__ import annotations

import functools
import re

#: A link or an image. What is inside has no bracket of its own kind, so that a text of brackets
#: takes no more time than another.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")


def escaped(text: str) -> str:
    """`text` for the places where MkDocs writes titles into HTML as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@functools.lru_cache(maxsize=10_000)  # most texts are asked for on several pages
def plain_text(markdown: str | None, longest: int = 155) -> str:
    """Strip Markdown of its marks and cut it at a word, for descriptions and tooltips.

    `longest` is in characters, less the … that ends a text which was cut. None gives "".
    """
    text = _LINK.sub(r"\1", markdown or "")
    text = re.sub(r"(?<!\w)[*_`]+|[*_`]+(?!\w)|^#+ |^[-*>] ", "", text, flags=re.MULTILINE)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    end = text.rfind(" ", 0, longest)
    return text[: end if end > 0 else longest].rstrip(",;:") + "…"
