"""The whole site as files, for the hook and for `maturity pages`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import check, exports, pdf, words
from .check import Definition
from .model import Framework
from .pages import Page, escaped, pages, redirects
from .problems import Position
from .render import Renderer
from .words import Words
from .workbook import workbook


@dataclass(frozen=True)
class Settings:
    """Where things lie, every path absolute, and whether PDFs are to be made.

    `address` is where the site will be published; empty if unknown.
    """

    framework: Path
    overlay: Path
    templates: Path
    words: Path
    pdf: bool = False
    address: str = ""


def definition_files(root: Path, chosen: Mapping[str, object]) -> tuple[Path, Path]:
    """The definition and the overlay, as the settings under `extra: maturity:` name them."""
    return (
        root / str(chosen.get("framework", "framework.yaml")),
        root / str(chosen.get("overlay", "overlay.yaml")),
    )


@dataclass(frozen=True)
class Output:
    """A generated file: its path below the site's root, and where its subject stands.

    `content` is text, or bytes where the file is none.
    """

    path: str
    content: str | bytes
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
    #: What whoever builds the site should know; none of it is a mistake.
    notices: list[str] = field(default_factory=list)

    @property
    def framework(self) -> Framework:
        """The framework that the site is made of."""
        return self.definition.framework


def generate(settings: Settings, written: Collection[str] = ()) -> Site:
    """Read, check and render everything; nothing is written.

    `written` are the paths of the hand-written files that will be published beside it.
    Raises FrameworkError with every problem of the definition, the catalog and the templates.
    """
    definition = check.load(settings.framework, settings.overlay)
    about = definition.framework
    catalog = words.load(settings.words, about.framework.language, about.terms)
    made = pages(definition, catalog)
    sheets = settings.pdf and pdf.works()
    address = _published(settings.address)
    renderer = Renderer(
        definition, catalog, settings.templates, written, sheets=sheets, address=address
    )
    outputs = [Output(page.path, renderer.page(page), page.origin, in_nav=True) for page in made]
    outputs += [
        Output(redirect.path, renderer.redirect(redirect), redirect.origin)
        for redirect in redirects(definition)
    ]
    outputs += [
        Output("data/framework.json", exports.framework_json(about)),
        Output("data/framework.schema.json", exports.schema_json()),
        Output("data/answers.schema.json", exports.answers_schema_json()),
        Output("data/practices.csv", exports.practices_csv(about)),
        Output("data/checklists.xlsx", workbook(about, catalog)),
    ]
    if sheets:
        outputs += [
            Output(page.sheet, pdf.make(renderer.sheet(page)), page.origin)
            for page in made
            if page.sheet
        ]
    notices = [pdf.MISSING] if settings.pdf and not sheets else []
    return Site(definition, catalog, made, renderer, outputs, notices)


def _published(address: str) -> str:
    """`address` with a slash at its end; empty where it names nothing but the reader's machine."""
    if not address or re.match(r"https?://(localhost|127\.0\.0\.1)[:/]", address):
        return ""
    return f"{address.rstrip('/')}/"


def footer(site: Site) -> str:
    """The line at the foot of every page, as HTML."""
    about = site.framework.framework
    lines = [site.words("footer.made", title=about.title, version=about.version)]
    if about.licence:
        lines.append(site.words("footer.licence", licence=about.licence))
    return " · ".join(map(escaped, lines))


def paper(site: Site) -> dict[str, str]:
    """What stands at the foot of every printed page: `made` as HTML, `number` as CSS content."""
    about = site.framework.framework
    number = site.words("paper.number", page='" counter(page) "', pages='" counter(pages) "')
    return {
        "made": escaped(site.words("footer.made", title=about.title, version=about.version)),
        "number": f'"{number}"'.replace("<", r"\3c "),
    }


def outdated(site: Site) -> dict[str, str]:
    """What stands above every page of a version that is not the latest, as HTML."""
    version = site.framework.framework.version
    return {
        "text": escaped(site.words("outdated.text", version=version)),
        "link": escaped(site.words("outdated.link")),
    }


def not_found(site: Site) -> dict[str, Any]:
    """What the 404 page prints, as HTML: title, text, and where to start from."""
    starts = [page for page in site.pages if page.item is None]
    return {
        "title": escaped(site.words("not_found.title")),
        "text": escaped(site.words("not_found.text")),
        "links": [
            {"title": escaped(page.title), "url": page.address.removesuffix("index.html")}
            for page in starts
        ],
    }
