"""What a preview need not make again: pages that come out as they did before.

MkDocs makes every page anew at each edit. Here its events are used to hand it what it would make.
Whatever a page depends on is compared; where nobody knows what that is, nothing is kept.
"""

from __future__ import annotations

import copy
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import markdown.extensions
from maturity.terms import TermsExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents


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

    def has(self, page: Page, text: str) -> bool:
        """Whether a page with this Markdown is known; if it is not, it is forgotten."""
        known = self.pages.get(page.file.src_uri) if self._keeps(page) else None
        if known is not None and known.markdown != text:
            del self.pages[page.file.src_uri]
        return known is not None and known.markdown == text

    def recall(self, page: Page, html: str, files: Files) -> str:
        """The HTML of a page, and with it on the page all else that a conversion leaves there."""
        known = self.pages.get(page.file.src_uri) if self._keeps(page) else None
        if known is None:
            self._keep(page, html)
            return html
        page.markdown, page.toc = known.markdown, copy.deepcopy(known.toc)
        page.present_anchor_ids = known.anchors
        if known.links is not None:
            links = {files.src_uris[path]: found for path, found in known.links.items()}
            page.links_to_anchors = links
        return known.html

    def _keeps(self, page: Page) -> bool:
        """What is hand-written is not kept: it may have warnings to repeat."""
        return self.rules is not None and bool(page.file.generated_by) and "title" in page.meta

    def _keep(self, page: Page, html: str) -> None:
        if self._keeps(page):
            links = page.links_to_anchors
            found = None if links is None else {file.src_uri: to for file, to in links.items()}
            self.pages[page.file.src_uri] = Converted(
                page.markdown or "", html, copy.deepcopy(page.toc), page.present_anchor_ids, found
            )


@dataclass
class Rendering:
    """A page as it was made: what from, its HTML, and what the search finds on it."""

    look: tuple[object, ...]
    html: str = ""
    found: list[Any] = field(default_factory=list)


class Renderings:
    """The pages of the last build, by path.

    `frame` is what all of them depend on; None where nobody knows, and nothing is kept.
    """

    #: Plugins of which it is known that they make nothing of a page but what it says.
    KNOWN = frozenset({"search", "material/search", "mike"})

    def __init__(self) -> None:
        self.pages: dict[str, Rendering] = {}
        self.frame: tuple[object, ...] | None = None
        #: Paths of pages that say what they said, and of those that come out as they did.
        self.read: set[str] = set()
        self.kept: set[str] = set()
        self.index: list[Any] = []
        self.start = 0

    def begin(self, config: MkDocsConfig, nav: Navigation | None, files: Files) -> None:
        """Find the pages that come out as before; the theme gets nothing to do for those.

        All pages are converted by now. Without a nav (None) nothing is kept at all.
        """
        index = getattr(config.plugins.get("material/search"), "search_index", None)
        self.index = getattr(index, "entries", [])
        frame = self._frame(config, nav) if nav and hasattr(index, "entries") else None
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        looks = {page.file.src_uri: _look(page) for page in pages} if frame else {}
        known = {path for path, page in self.pages.items() if looks.get(path) == page.look}
        self.read, self.kept = known, known if frame == self.frame else set()
        self.frame = frame
        self.pages = {
            path: self.pages[path] if path in known else Rendering(look)
            for path, look in looks.items()
        }
        for page in pages:
            if page.file.src_uri in self.kept:
                page.meta["template"] = _NOTHING

    def _frame(self, config: MkDocsConfig, nav: Navigation) -> tuple[object, ...] | None:
        others = set(config.plugins) - set(config.hooks) - self.KNOWN
        if others or len(config.hooks) > 1:
            return None
        objects = {"plugins", "hooks", "theme", "markdown_extensions"}
        settings = {name: value for name, value in config.items() if name not in objects}
        theme = {name: config.theme[name] for name in config.theme}
        return repr(settings), repr(theme), str(nav), _stamps(config.theme.custom_dir)

    def before_search(self, page: Page) -> None:
        """The search need not read a page that it has read."""
        if page.file.src_uri in self.read:
            page.meta["search"] = {"exclude": True}
        self.start = len(self.index)

    def after_search(self, page: Page) -> None:
        """What the search finds on a page: what it just found, or what it found before."""
        rendering = self.pages.get(page.file.src_uri)
        if page.file.src_uri in self.read and rendering is not None:
            self.index.extend(rendering.found)
        elif rendering is not None:
            rendering.found = self.index[self.start :]

    def finished(self, page: Page, html: str) -> str:
        """The HTML of a page: what was just made, or what was made before."""
        rendering = self.pages.get(page.file.src_uri)
        if rendering is None:
            return html
        if page.file.src_uri not in self.kept:
            rendering.html = html
        return rendering.html


#: A template that takes no time.
_NOTHING = jinja2.Template("")


def _look(page: Page) -> tuple[object, ...]:
    """What a page's look depends on, beside what is around it on every page."""
    place = (page.url, page.canonical_url, page.edit_url, page.file.inclusion)
    return (page.content, repr(page.meta), str(page.toc), str(page.title), place)


def _stamps(folder: str | None) -> list[tuple[str, int]]:
    """When each file of our own part of the theme was changed; the theme's own stay as they are."""
    files = sorted(Path(folder).rglob("*.*")) if folder else []
    return [(str(file), file.stat().st_mtime_ns) for file in files]
