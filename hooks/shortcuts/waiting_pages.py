"""Pages whose Markdown is converted when somebody asks for them, or for what needs all pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

#: The attribute of an unfinished page that says what finishes it.
_LATE = "late"
#: What converts a page as MkDocs does, from its settings and files.
_Render = Callable[[MkDocsConfig, Files], None]


class WaitingPages:
    """The pages of the running build whose conversion waits."""

    def __init__(self) -> None:
        #: What converts each, by its path.
        self._converters: dict[str, Callable[..., None]] = {}

    def add(self, page: Page) -> None:
        """Let the conversion of a page wait, which MkDocs is about to ask for."""
        page.render = partial(self._wait, page, page.render)  # type: ignore[method-assign]

    def _wait(self, page: Page, render: _Render, config: MkDocsConfig, files: Files) -> None:
        page.content, page.toc = "", TableOfContents([])
        self._converters[page.file.src_uri] = partial(_convert, page, render, config, files)

    def convert_linked(self, files: Files) -> None:
        """Convert those to whose anchors hand-written pages lead, before MkDocs checks them."""
        for path in {*self._converters} & _linked_by_hand(files):
            self._converters.pop(path)(is_late=False)

    def leave(self, page: LatePage) -> bool:
        """Leave it to a page to convert itself; return whether it waits."""
        page.convert = self._converters.pop(page.page.file.src_uri, None)
        if page.convert is None:
            return False
        vars(page.page)[_LATE] = page
        page.page.__class__ = _Unfinished
        return True


@dataclass
class LatePage:
    """A page that MkDocs would have made with a template and this context.

    `convert` makes HTML of its Markdown first; None where that is done.
    """

    page: Page
    template: jinja2.Template
    context: TemplateContext
    convert: Callable[..., None] | None = None

    def finish(self) -> None:
        """Convert it, if that is still to be done, and let others change it as in a build."""
        if self.convert is None:
            return
        self.page.__class__ = Page
        try:
            self.convert(is_late=True)
            config, nav = self.context["config"], self.context["nav"]
            self.context = config.plugins.on_page_context(
                self.context, page=self.page, config=config, nav=nav
            )
            self.convert = None
        finally:
            if self.convert is not None:
                self.page.__class__ = _Unfinished

    def make(self) -> str:
        """Return the page as MkDocs makes it."""
        self.finish()
        self.page.active = True
        try:
            text, config = self.template.render(self.context), self.context["config"]
            return config.plugins.on_post_page(text, page=self.page, config=config)
        finally:
            self.page.active = False


class _Unfinished(Page):
    """A page that is finished once the template of another one looks at it."""

    @property
    def content(self) -> str | None:  # type: ignore[override]
        """Its HTML."""
        vars(self)[_LATE].finish()
        return self.content

    @property
    def toc(self) -> TableOfContents:  # type: ignore[override]
        """Its table of contents."""
        vars(self)[_LATE].finish()
        return self.toc


def _convert(
    page: Page,
    render: _Render,
    config: MkDocsConfig,
    files: Files,
    *,
    is_late: bool,
) -> None:
    """Convert a page as MkDocs does; `is_late` is after MkDocs has checked its links to anchors."""
    render(config, files)
    page.content = config.plugins.on_page_content(
        page.content or "", page=page, config=config, files=files
    )
    if is_late:
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)


def _linked_by_hand(files: Files) -> set[str]:
    """Return the paths of the pages to whose anchors hand-written pages lead."""
    pages = [file.page for file in files.documentation_pages() if not file.generated_by]
    return {target.src_uri for page in pages if page for target in page.links_to_anchors or ()}
