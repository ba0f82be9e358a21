"""What a preview need not work out again: pages that read as they did before.

MkDocs makes every page anew at each edit. Here its events are used to hand it what it made before.
"""

from __future__ import annotations

import copy
import logging
import pkgutil
from functools import partial
from typing import Any, NamedTuple

import markdown.extensions
from maturity.pages.glossary_links import TermsExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler


class Converted(NamedTuple):
    """A page's Markdown and what became of it; `links` to anchors go by the path of their page."""

    markdown: str
    html: str
    toc: TableOfContents
    anchors: set[str] | None
    links: dict[str, dict[str, str]] | None


class Conversions:
    """The converted pages of the last build, by path.

    `rules` is what else a conversion depends on; None where nobody knows, and nothing is kept.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Converted] = {}
        self.rules: tuple[object, ...] | None = None
        self.said = CountHandler(level=logging.INFO)
        self.before = 0

    def begin(self, config: MkDocsConfig, files: Files, glossary: object) -> None:
        """Forget all once anything has changed that a conversion depends on.

        Python-Markdown's own extensions look at nothing but a page; of others nobody knows.
        Without a glossary (None) nothing is kept at all.
        """
        known = {module.name for module in pkgutil.iter_modules(markdown.extensions.__path__)}
        given = [e for e in config.markdown_extensions if not isinstance(e, TermsExtension)]
        rules: tuple[object, ...] | None = None
        if glossary is not None and known.issuperset(given):
            settings = [
                repr(config.mdx_configs),
                repr(config.validation),
                config.use_directory_urls,
            ]
            rules = (given, settings, glossary, [(file.src_uri, file.url) for file in files])
        if rules is None or rules != self.rules:
            self.pages.clear()
        self.rules = rules
        if rules is not None:
            logging.getLogger("mkdocs").addHandler(self.said)

    def recall(self, page: Page, text: str) -> None:
        """Spare a page that is known the conversion that is next; forget one that is not."""
        known = self.pages.get(page.file.src_uri) if self._keeps(page) else None
        self.before = self._times_said()
        if known is not None and known.markdown == text:
            page.render = partial(_recalled, page, known)  # type: ignore[method-assign]
        else:
            self.pages.pop(page.file.src_uri, None)

    def keep(self, page: Page, html: str) -> None:
        """Remember what a page was converted to, but where there is a warning to repeat."""
        is_new = page.file.src_uri not in self.pages
        if is_new and self._keeps(page) and self.before == self._times_said():
            links = page.links_to_anchors
            found = None if links is None else {file.src_uri: to for file, to in links.items()}
            self.pages[page.file.src_uri] = Converted(
                page.markdown or "", html, copy.deepcopy(page.toc), page.present_anchor_ids, found
            )

    def _keeps(self, page: Page) -> bool:
        """A page whose title is only found when it is converted is not kept."""
        return self.rules is not None and "title" in page.meta

    def _times_said(self) -> int:
        return sum(count for _, count in self.said.get_counts())


def _recalled(page: Page, known: Converted, config: MkDocsConfig, files: Files) -> None:
    """What `Page.render` leaves on a page."""
    page.content, page.toc = known.html, copy.deepcopy(known.toc)
    page.present_anchor_ids = known.anchors
    if known.links is not None:
        page.links_to_anchors = {files.src_uris[path]: to for path, to in known.links.items()}


class Searched:
    """What the search found on each page of the last build, and on the page as it was then.

    Without an index to add it to (None) nothing is kept.
    """

    def __init__(self) -> None:
        self.pages: dict[str, tuple[tuple[object, ...], list[Any]]] = {}
        self.index: list[Any] | None = None
        self.look: tuple[object, ...] = ()
        self.start = 0

    def begin(self, plugin: object) -> None:
        """Use the index of the theme's search, which is a new one in each build."""
        self.index = getattr(getattr(plugin, "search_index", None), "entries", None)

    def before(self, page: Page) -> None:
        """Spare the search a page that it has read."""
        if self.index is None:
            return
        meta = {name: value for name, value in page.meta.items() if name != "template"}
        self.look = (page.content, repr(meta), str(page.toc), str(page.title), page.url)
        self.start = len(self.index)
        if self._is_known(page):
            page.meta["search"] = {"exclude": True}

    def after(self, page: Page) -> None:
        """Give the search what it found there before, or keep what it has just found."""
        if self.index is None:
            return
        if self._is_known(page):
            self.index.extend(self.pages[page.file.src_uri][1])
        else:
            self.pages[page.file.src_uri] = (self.look, self.index[self.start :])

    def _is_known(self, page: Page) -> bool:
        look, _ = self.pages.get(page.file.src_uri, ((), []))
        return look == self.look
