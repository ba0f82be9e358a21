"""Renders pages as Markdown: generated ones, those at former addresses, hand-written ones."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import yaml

from ..definition.problems import FrameworkError, Problem
from ..framework.plain_text import escaped
from ..framework.relations import Item
from ..outputs import share_images
from .environment import VERSION, Scope, environment
from .links import printed_on_page
from .listing import Page, Redirect
from .scripts import refuse_scripts
from .snippets import Snippet, insert_snippet, unplaced_problem
from .template_cache import from_source, template_cache
from .template_problems import reporting_mistakes
from .written_links import resolve_links

#: Written in C where PyYAML was built with libyaml: the same text, ten times as fast.
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Renderer:
    """Renders pages with the templates in a folder.

    `cache` is the folder that keeps compiled templates; None keeps them in memory.
    """

    def __init__(self, scope: Scope, folder: Path, cache: Path | None = None) -> None:
        self.scope = scope
        self.folder = folder
        self.cache = template_cache("pages", VERSION, cache)
        self.environment = environment(folder, scope, printed_on_page, self.cache)

    def pages(self, pages: list[Page], snippets: list[Snippet]) -> dict[str, str]:
        """Render all generated pages, a fork's snippets in them; return their Markdown by path.

        Raises FrameworkError for mistakes in templates and snippets.
        """
        texts = {page.path: self.page(page) for page in pages}
        problems: list[Problem] = []
        for snippet in snippets:
            own = [page for page in pages if snippet.is_for(page)]
            try:
                changed = {page.path: self._placed(texts[page.path], snippet, page) for page in own}
            except FrameworkError as error:
                problems += error.problems
                continue
            texts |= {path: text for path, text in changed.items() if text is not None}
            if not any(changed.values()):
                problems.append(unplaced_problem(snippet, [texts[page.path] for page in own]))
        if problems:
            raise FrameworkError(problems)
        return texts

    def _placed(self, body: str, snippet: Snippet, page: Page) -> str | None:
        text = self.hand_written_page(snippet.text, page.path, snippet.file, page)
        return insert_snippet(body, snippet, text)

    def page(self, page: Page) -> str:
        """Render a generated page, front matter included."""
        name = share_images.name_of(page.item) if self.scope.has_pdfs else None
        image = share_images.path(name) if name else ""
        front = _front_matter_of_page(page.title, page.description, page.hide, image)
        body = self._named(page.template, page.path, page.item)
        return front + self.with_upkeep(body, page.path)

    def with_upkeep(self, text: str, path: str) -> str:
        """Return the Markdown of a page with who keeps it and when it is due, if it says so."""
        if path not in self.scope.upkeep:
            return text
        return f"{text.rstrip()}\n\n{self._named('blocks/kept.md', path)}"

    def redirect(self, redirect: Redirect) -> str:
        """Render the page at a former address; with one successor it moves on."""
        front: dict[str, Any] = {
            "title": escaped(self.scope.words("redirect.title")),
            "search": {"exclude": True},
            "hide": ["navigation", "toc"],
            "robots": "noindex",
        }
        if len(redirect.targets) == 1:
            front["redirect"] = f"../{redirect.targets[0].id}/"
        body = self._named("redirect.md", redirect.path, targets=redirect.targets)
        return _front_matter(front) + body

    def hand_written_page(
        self, text: str, path: str, file: Path, replaced: Page | None = None
    ) -> str:
        """Fill the framework into the text of a hand-written page or snippet.

        `path` is where the page lies below the site's root, `file` where the text stands on disk.
        `replaced` is the generated page whose place it takes, so that it may include its blocks.
        Raises FrameworkError for a mistake in its braces or in links to entries.
        """
        item = replaced.item if replaced else None
        filled = self._render(
            lambda: from_source(self.environment, self.cache, text, path, file), path, item
        )
        return self.with_links(filled, text, path, file)

    def with_links(self, text: str, source: str, path: str, file: Path) -> str:
        """Return Markdown with its links to entries resolved.

        `text` was made of `source`, which stands in `file`; `path` is the page's below the site's
        root. Raises FrameworkError for links that lead nowhere, and for scripts.
        """
        refuse_scripts(text, source, file, self.scope.scripts)
        return resolve_links(text, source, path, file, self.scope.definition.framework)

    def _named(self, name: str, path: str, item: Item | None = None, **values: object) -> str:
        return self._render(lambda: self.environment.get_template(name), path, item, **values)

    def _render(
        self,
        load: Callable[[], jinja2.Template],
        path: str,
        item: Item | None,
        **values: object,
    ) -> str:
        subject = {"path": path, "item": item, "id": item and item.id, "entry": item and item.entry}
        with reporting_mistakes(self.folder, self.scope):
            return load().render(**subject, **values)


def problem_page(report: str, folder: Path) -> str:
    """Render the page that a preview shows in place of a site that cannot be made, as HTML.

    `report` is that of a FrameworkError, whose last line counts the problems; `folder` is that of
    the templates.
    """
    plain = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    total = report.rsplit("\n", 1)[-1]
    return plain.get_template("problems.html").render(report=report, total=total)


@functools.lru_cache(maxsize=10_000)  # a preview asks for most of them at every edit
def _front_matter_of_page(title: str, description: str, hide: tuple[str, ...], image: str) -> str:
    values: dict[str, Any] = {"title": escaped(title)}
    values["description"] = escaped(description).replace('"', "&quot;")
    if hide:
        values["hide"] = list(hide)
    if image:
        values["image"] = image
    return _front_matter(values)


def _front_matter(values: dict[str, Any]) -> str:
    return f"---\n{yaml.dump(values, Dumper=_Dumper, sort_keys=False)}---\n\n"
