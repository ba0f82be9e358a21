"""The whole site as files, for the hook and for `maturity pages`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..definition import check
from ..definition.check import Definition
from ..definition.model import Framework
from ..definition.problems import Position
from ..framework import catalog as words
from ..framework.catalog import Words
from ..framework.plain_text import escaped
from ..outputs import brand, pdf
from ..outputs import data as exports
from ..outputs import share_images as share
from ..outputs.brand import Ramp
from ..pages import snippets
from ..pages.listing import Page, pages, redirects
from ..pages.render import Renderer
from ..versions import snapshots
from ..versions.adaptation import Adaptation, adaptation
from ..versions.history import History, history, with_ancestry
from .settings import Settings

#: Text, or bytes where a file is none.
Content = str | bytes


@dataclass(frozen=True)
class Output:
    """A generated file: its path below the site's root, and where its subject stands.

    `source` is what it holds, or what makes that if it can wait until somebody wants it.
    """

    path: str
    source: Content | Callable[[], Content]
    origin: Position | None = None
    in_nav: bool = False

    @property
    def content(self) -> Content:
        """What the file holds."""
        return self.source() if callable(self.source) else self.source


@dataclass(frozen=True)
class Site:
    """Everything that was generated from one definition."""

    definition: Definition
    history: History
    adaptation: Adaptation | None
    words: Words
    pages: list[Page]
    renderer: Renderer
    colors: Ramp
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
    definition, past = load(settings)
    about = definition.framework
    catalog = words.load(settings.catalogs, about.framework.language, about.terms, settings.words)
    source, releases = settings.framework, settings.releases
    made_from = (
        adaptation(definition, source, releases, settings.cache) if settings.adapted else None
    )
    made = pages(definition, catalog, without=() if made_from else ("differences",))
    sheets = settings.pdf and pdf.works()
    address = settings.public_address
    colors = brand.ramp(file.read_text(encoding="utf-8") for file in settings.styles)
    renderer = Renderer(
        definition,
        past,
        catalog,
        settings.templates,
        colors,
        written,
        adaptation=made_from,
        sheets=sheets,
        address=address,
        cache=settings.cache,
    )
    texts = renderer.pages(made, snippets.read(settings.snippets, made))
    outputs = [Output(page.path, texts[page.path], page.origin, in_nav=True) for page in made]
    outputs += [
        Output(redirect.path, renderer.redirect(redirect), redirect.origin)
        for redirect in redirects(definition)
    ]
    outputs += [
        Output("data/framework.json", partial(exports.framework_json, about)),
        Output("data/framework.schema.json", _schema),
        Output("data/answers.schema.json", exports.answers_schema_json),
        *([Output("data/ideas.schema.json", exports.ideas_schema_json)] if about.matrices else []),
        Output("data/changes.json", partial(exports.changes_json, past)),
        *(
            Output(f"data/releases/{version}.json", partial(exports.questionnaire_json, framework))
            for version, framework in past.earlier.items()
        ),
        Output("data/practices.csv", partial(exports.practices_csv, about)),
        Output("data/checklists.xlsx", partial(_workbook, about, catalog, colors)),
        Output("assets/favicon.svg", brand.icon(len(about.levels), colors)),
    ]
    if sheets:
        names = ["site", *about.levels]
        drawn = share.images(renderer.share([settings.content / font for font in settings.fonts]))
        outputs += [
            Output(share.path(name), image) for name, image in zip(names, drawn, strict=True)
        ]
        outputs += [
            Output(page.sheet, pdf.make(renderer.sheet(page)), page.origin)
            for page in made
            if page.sheet
        ]
    notices = [pdf.MISSING] if settings.pdf and not sheets else []
    return Site(definition, past, made_from, catalog, made, renderer, colors, outputs, notices)


#: Beside the package, for editors; `maturity schema` writes it, and a test holds it to the model.
_SCHEMA = Path(__file__).parents[3] / "framework.schema.json"


def _schema() -> str:
    """The schema as it lies there: to make it anew takes a hundredth of a build."""
    return _SCHEMA.read_text(encoding="utf-8") if _SCHEMA.exists() else exports.schema_json()


def _workbook(framework: Framework, catalog: Words, colors: brand.Ramp) -> bytes:
    # What writes spreadsheets is loaded when one is written: a preview seldom has to.
    from ..outputs.workbook import workbook

    return workbook(framework, catalog, colors)


def load(settings: Settings) -> tuple[Definition, History]:
    """The definition and how it came about; its entries know the ids of all earlier releases.

    Raises FrameworkError with every problem of the definition and of the snapshots.
    """
    definition = check.load(settings.framework, settings.overlay)
    folder = snapshots.folder(settings.releases, definition.framework)
    released = snapshots.read(folder, settings.cache)
    definition = replace(definition, framework=with_ancestry(definition.framework, released))
    return definition, history(definition.framework, released)


def shown(site: Site, settings: Settings, written: Collection[str]) -> dict[str, Any]:
    """What the theme shows on every page.

    `written` are the paths of the hand-written files, less style sheets that are loaded already.
    """
    return {
        "paper": paper(site),
        "fonts": settings.fonts,
        "mark": mark(site),
        "share": share_image(site),
        "outdated": outdated(site),
        "not_found": not_found(site),
        "own_styles": own_styles(written),
    }


def own_styles(written: Collection[str]) -> list[str]:
    """A fork's own style sheets, which every page loads after ours."""
    return sorted(path for path in written if re.fullmatch(r"own/[^/]+\.css", path))


def footer(site: Site) -> str:
    """The line at the foot of every page, as HTML."""
    about = site.framework.framework
    lines = [site.words("footer.made", title=about.title, version=about.version)]
    if about.licence:
        lines.append(site.words("footer.licence", licence=about.licence))
    if site.adaptation is not None:
        source = site.adaptation.upstream.framework
        lines.append(site.words("footer.adapted", title=source.title, version=source.version))
    return " · ".join(map(escaped, lines))


def paper(site: Site) -> dict[str, str]:
    """What stands at the foot of every printed page: `made` as HTML, `number` as CSS content."""
    about = site.framework.framework
    number = site.words("paper.number", page='" counter(page) "', pages='" counter(pages) "')
    return {
        "made": escaped(site.words("footer.made", title=about.title, version=about.version)),
        "number": f'"{number}"'.replace("<", r"\3c "),
    }


def mark(site: Site) -> list[dict[str, float]]:
    """The logo: the rectangles of a drawing 28 wide and 24 high."""
    return [asdict(step) for step in brand.logo_steps(len(site.framework.levels))]


def share_image(site: Site) -> str:
    """The image that links to pages of no level show; empty where none was made."""
    path = share.path("site")
    return path if any(output.path == path for output in site.outputs) else ""


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
