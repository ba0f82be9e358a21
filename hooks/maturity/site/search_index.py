"""Weighs pages in the index of the theme's search, gives them their related words and language."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping
from typing import Any

from ..pages.listing import SINGLE, Page
from .generate import Site
from .ownership import OWNERS_PAGES
from .theme_context import theme_language

#: How much an entry in the index counts, by the template of its page. Practices, decisions and
#: roles answer most questions; pages that repeat much of the others would stand before all of them.
_WEIGHTS = {
    "practice.md": 3.0, "decision.md": 3.0, "role.md": 3.0, "worksheet.md": 1.5, "matrix.md": 1.5,
    "level.md": 1.0, "dimension.md": 0.7, "glossary.md": 0.4, "standard.md": 0.2,
    "origins.md": 0.2, "changes.md": 0.2, "differences.md": 0.2, "references.md": 0.15,
    "checklist.md": 0.15,
}  # fmt: skip
_SINGLE, _LIST, _OWNERS = 0.6, 0.5, 0.3
#: How much a word counts: the theme's way, where a title is all that counts, and ours.
_THEMES = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
_FIELDS = {"title": {"boost": 10}, "text": {"boost": 1}, "tags": {"boost": 10}}

#: What of its settings the search takes from the theme's language where they are empty.
_OF_LANGUAGE: dict[str, Any] = {"lang": [], "separator": "", "pipeline": None}


def follow_language(config: Any, language: str) -> None:
    """Let the theme and its search speak `language`, or the nearest that they have.

    It is in the definition, which is loaded when the search has read MkDocs' `config` already;
    whatever the settings of the site say of the search stays.
    """
    nearest = theme_language(language, config.theme.dirs)
    if config.theme["language"] == nearest:
        return  # the search has read its settings in it
    config.theme["language"] = nearest
    search = config.plugins.get("material/search")
    if search is not None:
        chosen = {key for settings in search.config.user_configs for key in settings}
        search.config.update({k: v for k, v in _OF_LANGUAGE.items() if k not in chosen})
        search.on_config(config)


def refine_entries(plugins: Mapping[str, Any], path: str, site: Site | None) -> None:
    """Refine what the theme's search has just taken in of the page at `path`, its Markdown file.

    The first heading goes together with what stands above it, so that a page is no part of
    itself; the words of `also` become the tags of its first entry; each entry gets the weight of
    its page, unless its author has given one. A word in a title counts as much as one of `also`,
    unless the settings weigh `fields`. Does nothing without that search, a path or a site.
    """
    index: Any = getattr(plugins.get("material/search"), "search_index", None)
    entries = getattr(index, "entries", None)
    if not (entries and path and site):
        return
    if index.config["fields"] == _THEMES:
        index.config["fields"] = _FIELDS
    page = site.by_path.get(path)
    address = entries[-1]["location"].partition("#")[0]
    start = len(entries)
    while start and entries[start - 1]["location"].partition("#")[0] == address:
        start -= 1
    entries[start:] = _refined(entries[start:], page, _weight(path, page))


def _refined(
    entries: list[dict[str, Any]], page: Page | None, weight: float
) -> list[dict[str, Any]]:
    first, *rest = ({"boost": weight, **entry} for entry in entries)
    if page and rest and rest[0]["title"] == first["title"]:
        first["text"] = f"{first['text']} {rest.pop(0)['text']}".strip()
    # The theme shows what it finds as HTML.
    words = getattr(page.item.entry, "also", ()) if page and page.item else ()
    return [
        {**first, "tags": [html.escape(text, quote=False) for text in words]} if words else first,
        *rest,
    ]


def _weight(path: str, page: Page | None) -> float:
    """Return the weight of a page; hand-written ones for readers have that of the theme."""
    if page is None:
        return _OWNERS if path in OWNERS_PAGES else 1.0
    if page.template in _WEIGHTS:
        return _WEIGHTS[page.template]
    return _SINGLE if posixpath.splitext(page.template)[0] in SINGLE else _LIST
