"""What need not be converted again: pages whose Markdown is what it was before.

MkDocs makes every page anew at each edit. Here its events are used to hand it what it made before,
also in an earlier command.

Saves 2.0 s of 6.2 s of a build; in a preview 1.18 s of 2.04 s from
saving a sentence to the fresh page, and 1.19 s of 1.93 s from a title.
Processor time on a busy machine (`make bench PART=shortcuts`).
"""

from __future__ import annotations

import logging
import pickle
import pkgutil
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import markdown.extensions
import mkdocs
from maturity.framework import plain_text
from maturity.pages import glossary_links, paths
from maturity.pages.glossary_links import TermsExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from .kept_pages import KeptPages, sum_of
from .plain_texts import PlainTextsExtension
from .shortcut import Shortcut
from .tags import TagsExtension

#: Files whose names change with what they hold, and Markdown that may link to one of them.
_SUFFIXES = (".js", ".mjs", ".css")
_RENAMED = re.compile(r"\.(?:m?js|css)\b")
#: What of ours converts pages.
_CODE = [Path(str(module.__file__)).read_bytes() for module in (glossary_links, paths, plain_text)]


class Converted(NamedTuple):
    """What a page's Markdown became; `links` to anchors go by the path of their page.

    `toc` is a `TableOfContents` as pickle writes it, as each build has one that others may change.
    """

    html: str
    toc: bytes
    anchors: set[str] | None
    links: dict[str, dict[str, str]] | None


class Conversions(Shortcut):
    """Keep the converted pages of the last build.

    Only pages whose title is in their front matter, as it is found by the conversion otherwise,
    and only those without a warning, which is to be repeated.
    """

    def __init__(self) -> None:
        self.pages = KeptPages[Converted]("converted")
        #: The paths of the pages whose Markdown is another one than before.
        self.changed: set[str] = set()
        self.messages = CountHandler(level=logging.INFO)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Forget all pages once anything has changed that every conversion depends on."""
        self.changed.clear()
        self.pages.open(config, _rules(config, files))
        if self.pages.is_open:
            logging.getLogger("mkdocs").addHandler(self.messages)

    @event_priority(-110)  # after whoever changes it
    def on_page_markdown(self, markdown: str, page: Page, **_: object) -> None:
        """Spare a page that is known the conversion that is next; keep what others become."""
        path = page.file.src_uri
        if not self.pages.is_open or "title" not in page.meta or _RENAMED.search(markdown):
            return
        digest = sum_of(markdown)
        if (known := self.pages.get(path, digest)) is not None:
            page.render = partial(_recall, page, known)  # type: ignore[method-assign]
        else:
            self.pages.forget(path)
            self.changed.add(path)
            keep = self.pages.keeper(path, digest)
            page.render = partial(self._convert, page, page.render, keep)  # type: ignore[method-assign]

    def _convert(
        self,
        page: Page,
        render: Callable[[MkDocsConfig, Files], None],
        keep: Callable[[Converted], None],
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        """Convert a page, and keep what it becomes."""
        before = self._count()
        render(config, files)
        if before == self._count():
            links = page.links_to_anchors
            by_path = None if links is None else {file.src_uri: to for file, to in links.items()}
            toc = pickle.dumps(page.toc)
            keep(Converted(page.content or "", toc, page.present_anchor_ids, by_path))

    def on_post_build(self, **_: object) -> None:
        """Keep the pages for the next command."""
        if not self.serving:
            self.pages.save()

    def _count(self) -> int:
        """Return how many messages there were so far."""
        return sum(count for _, count in self.messages.get_counts())


def _rules(config: MkDocsConfig, files: Files) -> tuple[object, ...] | None:
    """Return whatever conversions depend on beside the page; None if unknown.

    Python-Markdown's own extensions look at nothing but a page, ours at the glossary too; of
    others nobody knows.
    """
    known = {module.name for module in pkgutil.iter_modules(markdown.extensions.__path__)}
    ours = [e for e in config.markdown_extensions if isinstance(e, TermsExtension)]
    own = TermsExtension, PlainTextsExtension, TagsExtension
    others = [e for e in config.markdown_extensions if not isinstance(e, own)]
    if not ours or not known.issuperset(others):
        return None
    settings = [repr(config.mdx_configs), repr(config.validation), config.use_directory_urls]
    glossaries = [extension.lookup.glossary for extension in ours]
    addresses = [
        (file.src_uri, "" if file.src_uri.endswith(_SUFFIXES) else file.url, file.inclusion)
        for file in files
    ]
    versions = markdown.__version__, mkdocs.__version__, _CODE
    level = logging.getLogger("mkdocs").getEffectiveLevel()  # which messages were seen
    return versions, level, others, settings, glossaries, addresses


def _recall(page: Page, known: Converted, config: MkDocsConfig, files: Files) -> None:
    """Leave on a page what `Page.render` left on it before."""
    page.content = known.html
    page.toc = pickle.loads(known.toc)  # noqa: S301  # as safe as the code beside it
    page.present_anchor_ids = known.anchors
    if known.links is not None:
        page.links_to_anchors = {files.src_uris[path]: to for path, to in known.links.items()}
