"""The whole site as files, for the hook and for `maturity pages`."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import check, exports, words
from .check import Definition
from .model import Framework
from .pages import Page, escaped, pages, redirects
from .problems import Position
from .render import Renderer
from .words import Words


@dataclass(frozen=True)
class Settings:
    """Where things lie; every path absolute."""

    framework: Path
    overlay: Path
    templates: Path
    words: Path


@dataclass(frozen=True)
class Output:
    """A generated file: its path below the site's root, its text, and where its subject stands."""

    path: str
    text: str
    origin: Position | None = None
    in_nav: bool = False


@dataclass(frozen=True)
class Site:
    """Everything that was generated from one definition."""

    definition: Definition
    words: Words
    pages: list[Page]
    renderer: Renderer
    outputs: list[Output] = field(default_factory=list)

    @property
    def framework(self) -> Framework:
        """The framework that the site is made of."""
        return self.definition.framework


def generate(settings: Settings) -> Site:
    """Read, check and render everything; nothing is written.

    Raises FrameworkError with every problem of the definition, the catalog and the templates.
    """
    definition = check.load(settings.framework, settings.overlay)
    about = definition.framework
    catalog = words.load(settings.words, about.framework.language, about.terms)
    made = pages(definition, catalog)
    renderer = Renderer(definition, catalog, settings.templates)
    outputs = [Output(page.path, renderer.page(page), page.origin, in_nav=True) for page in made]
    outputs += [
        Output(redirect.path, renderer.redirect(redirect), redirect.origin)
        for redirect in redirects(definition)
    ]
    outputs += [
        Output("data/framework.json", exports.framework_json(about)),
        Output("data/framework.schema.json", exports.schema_json()),
        Output("data/practices.csv", exports.practices_csv(about)),
    ]
    return Site(definition, catalog, made, renderer, outputs)


def theme_values(site: Site) -> dict[str, Any]:
    """What the theme's own templates print: plain values, escaped for HTML."""
    title = str(site.framework.framework.title)
    starts = [
        page for page in site.pages if "/" not in page.path or page.path.endswith("/index.md")
    ]
    return {
        "version": site.framework.framework.version,
        "made": escaped(
            site.words("footer.made", title=title, version=site.framework.framework.version)
        ),
        "not_found": {
            "title": escaped(site.words("not_found.title")),
            "text": escaped(site.words("not_found.text")),
            "links": [
                {"title": escaped(page.title), "url": page.address.removesuffix("index.html")}
                for page in starts
            ],
        },
    }


def problem_page(report: str) -> str:
    """The page that `serve` shows instead of a site that cannot be made; it renews itself."""
    total = report.rsplit("\n", 1)[-1]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>{html.escape(total)}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }}
pre {{ background: #8881; border-left: 4px solid #b3261e; overflow-x: auto; padding: 1rem; }}
</style>
</head>
<body>
<h1>{html.escape(total)}</h1>
<pre>{html.escape(report)}</pre>
</body>
</html>
"""
