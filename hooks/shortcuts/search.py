"""What the search need not read again: pages that read as they did before. Others it reads quicker.

Saves 0.6 s of 6.2 s of a build; in a preview 0.72 s of 1.58 s from saving a sentence to the fresh
page, and 1.04 s of 1.78 s from a title: without it, no page can wait to be converted.
Processor time on a busy machine (`make bench PART=shortcuts`). Reading quicker saves
0.43 s of 5.0 s of the first build of a checkout.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from .kept_pages import KeptPages, sum_of
from .on_demand import Contents, OnDemand
from .quick_html import read_html
from .sections import SectionParser, replaces, without_marks
from .shortcut import Shortcut

#: Settings that name files by which Chinese is taken to words.
_DICTIONARIES = ("jieba_dict", "jieba_dict_user")
#: The attributes of a page that say in which index it is, and what the search is spared of it.
_INDEX, _SKIPPED = "index", "skipped"
#: Where the theme's search has its index, below the site's root.
_FILE = "search/search_index.json"

#: What the index holds of a page or of all.
Entries = list[dict[str, Any]]


class SearchEntries(Shortcut):
    """Replay what was added to the index of the theme's search for each page of the last build.

    In a preview the index is made when it is asked for, once somebody searches. Does nothing where
    the theme has no such search.
    """

    hides_pages = True

    def __init__(self, on_demand: OnDemand) -> None:
        self.on_demand = on_demand
        #: What was added, each entry as it was then.
        self.pages = KeptPages[Entries]("indexed")
        #: That of the running build; None where there is nothing to add to.
        self.index: _Index | None = None

    def reads(self, config: MkDocsConfig) -> bool:
        """Tell whether it reads the pages of a site, in the place of the theme's search."""
        plugin = config.plugins.get("material/search")
        has_index = getattr(plugin, "search_index", None) is not None
        return has_index and _parser(plugin) is not None and self in config.plugins.values()

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Take the index of this build."""
        plugin = config.plugins.get("material/search")
        owner, parser = getattr(plugin, "search_index", None), _parser(plugin)
        settings = dict(getattr(plugin, "config", {}))
        is_known = owner is not None and not any(settings.get(name) for name in _DICTIONARIES)
        rules = (version("mkdocs-material"), "jieba" in sys.modules, settings)
        self.pages.open(config, rules if is_known else None)
        waits = self.on_demand.is_asked and self.on_demand in config.plugins.values()
        self.index = None
        if owner is not None and parser is not None:
            self.index = _Index(config, owner, parser, self.pages, {} if waits else None)

    @event_priority(100)
    def _skip_page(self, context: TemplateContext, /, page: Page, **_: object) -> None:
        """Spare the search a page, also where that is finished while the next build runs."""
        index: _Index | None = vars(page).setdefault(_INDEX, self.index)
        if index is not None:
            vars(page)[_SKIPPED] = index.skip(page)

    @event_priority(-100)
    def _replay_entries(self, context: TemplateContext, /, page: Page, **_: object) -> None:
        """Add the entries of a page that was skipped."""
        skipped: _Skipped | None = vars(page).pop(_SKIPPED, None)
        if skipped is not None:
            skipped.index.replay(page, skipped)

    @event_priority(-100)  # when the search has written its own
    def on_post_build(self, config: MkDocsConfig, **_: object) -> None:
        """Keep the entries for the next command; let a preview's index wait."""
        if not self.serving:
            self.pages.save()
        file = Path(config.site_dir) / _FILE
        if self.index is not None and self.index.waiting is not None and file.exists():
            make = partial(self.index.make, self.on_demand.next)
            file.write_bytes(self.on_demand.placeholder(_FILE, make))

    on_page_context = CombinedEvent(_skip_page, _replay_entries)


@dataclass(frozen=True)
class _Skipped:
    """What the search is spared of a page: its entries in an index, settings and HTML."""

    index: _Index
    entries: Entries
    settings: Any
    html: str


@dataclass
class _Index:
    """The index of a build: `owner` is the theme's, and `parser` makes what reads a page for it.

    `waiting` are the pages of a preview with their HTML, by path; None where none waits.
    """

    config: MkDocsConfig
    owner: Any
    parser: Callable[[], Any]
    pages: KeptPages[Entries]
    waiting: dict[str, tuple[Page, str]] | None

    def skip(self, page: Page) -> _Skipped:
        """Let the search pass a page by; return what that is spared."""
        html = page.content or ""
        if self.waiting is None:
            entries = self.entries(page, html)
        else:
            entries, self.waiting[page.file.src_uri] = [], (page, html)
        skipped = _Skipped(self, entries, page.meta.get("search"), html)
        page.meta["search"] = {"exclude": True}
        if self.parser is SectionParser:
            page.content = ""
        return skipped

    def replay(self, page: Page, skipped: _Skipped) -> None:
        """Make a page what it is after the search, and the index too."""
        self.owner.entries.extend(skipped.entries)
        if self.parser is SectionParser:
            page.content = without_marks(skipped.html)
        if skipped.settings is None:
            del page.meta["search"]
        else:
            page.meta["search"] = skipped.settings

    def entries(self, page: Page, html: str) -> Entries:
        """Return the entries of a page, read only where it is not known."""
        if (page.meta.get("search") or {}).get("exclude"):
            return []
        meta = {name: value for name, value in page.meta.items() if name != "template"}
        digest = sum_of((sum_of(html), meta, str(page.toc), str(page.title), page.url))
        known = self.pages.get(page.file.src_uri, digest)
        if known is None:
            known = self._read(page, html)
            self.pages.keeper(page.file.src_uri, digest)(known)
        return known

    def _read(self, page: Page, html: str) -> Entries:
        """Return the entries of a page: what the index does itself, but quicker."""
        parser, start = self.parser(), len(self.owner.entries)
        read_html(parser, html)
        for section in parser.data:
            if not section.is_excluded():
                self.owner.create_entry_for_section(section, page.toc, page.url, page)
        made: Entries = self.owner.entries[start:]
        del self.owner.entries[start:]
        return made

    def make(self, contents: Contents) -> str:
        """Return the file of the index, with the pages that waited; `contents` has them."""
        contents.finish_pages()
        self.owner.entries = []
        for page, html in [*(self.waiting or {}).values()]:
            self.owner.entries.extend(self.entries(page, html))
            # Whoever refines entries does so when their page is ready.
            self.config.plugins.on_post_page("", page=page, config=self.config)
        text: str = self.owner.generate_search_index(None)
        self.owner.entries = []  # when pages are made, nothing is refined again
        return text


def _parser(plugin: object) -> Callable[[], Any] | None:
    """Return what makes that with which the theme's search reads a page; None if there is none."""
    module = sys.modules[type(plugin).__module__]
    theirs: Callable[[], Any] | None = getattr(module, "Parser", None)
    return SectionParser if theirs and replaces(Path(str(module.__file__))) else theirs
