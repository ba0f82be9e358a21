"""Makes every generated file of a site: pages, redirects, data, PDFs and images."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..definition.check import Definition
from ..definition.files import is_there, load_text
from ..definition.messages import entry_prefix
from ..definition.model import Framework
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.sound import Sound, load_sound
from ..definition.source import Source
from ..definition.text import Prose
from ..framework import catalog as words
from ..framework.catalog import Words
from ..framework.days import today
from ..framework.plurals import is_language
from ..framework.relations import Relations, level_of
from ..framework.samples import AGREED, Samples, load_samples
from ..outputs import brand, page_images, render_pool
from ..outputs import data as exports
from ..outputs import share_images as share
from ..outputs.brand import Ramp
from ..pages.environment import Scope
from ..pages.listing import Page, list_pages, list_redirects
from ..pages.render import Renderer
from ..pages.scripts import script_problems, scripts_in_markdown
from ..pages.sheets import SheetRenderer
from ..pages.snippets import Snippet, load_snippets
from ..upkeep.due import Subject
from ..versions import snapshots
from ..versions.adaptation import Adaptation, load_adaptation
from ..versions.history import History, build_history, with_former_ids
from . import one_file, ownership
from .kept_pages import load_subjects
from .misnamed import check_names
from .own_files import is_below_forks
from .own_styles import check_styles
from .settings import ANSWERS, NONE, TEXT_FONTS, Settings

if TYPE_CHECKING:
    from ..assessments.results import UnitsResults

#: Text, or bytes for files that hold no text.
Content = str | bytes
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Output:
    """A generated file: its path below the site's root, and where its subject stands.

    `source` is its content, or a function that returns it, for what is made only when asked for.
    `published_at` is where it is published; empty where that follows from `path`. `is_late` says
    that others make it meanwhile, so that whoever asks late does not wait.
    """

    path: str
    source: Content | Callable[[], Content]
    origin: Position | None = None
    in_nav: bool = False
    published_at: str = ""
    is_late: bool = False

    @property
    def content(self) -> Content:
        """What the file holds."""
        return self.source() if callable(self.source) else self.source

    def place(self, file: Any, folder: str) -> None:
        """Tell a file of MkDocs where its subject is edited, from `folder` on, and its address."""
        if self.origin is not None:
            edited = Path(os.path.relpath(self.origin.file, folder)).as_posix()
            file.edit_uri = f"{edited}#L{self.origin.line}"
        else:
            file.edit_uri = None
        if self.published_at:
            file.dest_uri = self.published_at


@dataclass(frozen=True)
class Site:
    """Everything that was generated from one definition.

    `notices` are what whoever builds the site should know; none of them is a mistake.
    `owners_pages` are the hand-written pages for owners that readers are led to. `problems` are
    those that did not keep it from being made; `unsure` are ids of entries that may come to more
    once these are mended.
    """

    definition: Definition
    history: History
    adaptation: Adaptation | None
    words: Words
    pages: list[Page]
    renderer: Renderer
    colors: Ramp
    snippets: list[Snippet] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    owners_pages: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: frozenset[str] = frozenset()

    def certain(self, problems: Iterable[Problem]) -> list[Problem]:
        """Leave out the problems that name an entry of which it is not sure what it comes to."""
        return [
            problem
            for problem in problems
            if self.unsure.isdisjoint(
                _NAME.findall(f"{problem.where.file.stem} {problem.message} {problem.excerpt()}")
            )
        ]

    @cached_property
    def by_path(self) -> dict[str, Page]:
        """The generated pages by the paths of their Markdown files."""
        return {page.path: page for page in self.pages}

    @property
    def framework(self) -> Framework:
        """The framework that the site is made of."""
        return self.definition.framework

    @property
    def sheets(self) -> list[str]:
        """The paths of the fillable PDFs, also where this build makes none."""
        return [page.sheet for page in self.pages if page.sheet]


def prepare(settings: Settings) -> Settings:
    """Begin what takes a while until it can be used, before anything is read; return `settings`."""
    if settings.pdf:
        render_pool.start()
    return settings


def generate(settings: Settings, written: Collection[str] = ()) -> Site:
    """Load, check and render everything that is generated; write nothing.

    `written` are the paths of the hand-written files that will be published beside it. Raises
    FrameworkError with files whose names are nearly right, or else with every problem of the
    definition, the catalog, the style sheets, the snippets and the templates.
    """
    site = attempt(settings, written)
    if site.problems:
        raise FrameworkError(site.problems)
    return site


def attempt(settings: Settings, written: Collection[str] = ()) -> Site:
    """Generate a site as `generate` does, but keep its problems in it, so that others can be found.

    Of an overlay with mistakes, whatever is sound is taken. Raises FrameworkError for what leaves
    nothing to go on with: files whose names are nearly right, mistakes outside of the overlay.
    """
    check_names(settings)
    loaded, past = _load(settings)
    definition, about, problems = loaded.definition, loaded.definition.framework, _Problems()
    with problems.kept():
        check_styles(settings)
    with problems.kept():
        _refuse_scripts(definition.source, settings.scripts)
    with problems.kept():
        _refuse_language(definition.source, settings.catalogs)
    catalog = _load_words(settings, about, problems)
    adapted = _load_adaptation(settings, definition, problems)
    units = _load_units(settings, definition, catalog, problems)
    upkeep = _load_upkeep(settings, definition, written, problems)
    listed = list_pages(definition, catalog, _left_out(adapted, upkeep), units)
    has_pdfs = settings.pdf and render_pool.works()
    colors = brand.ramp(map(load_text, settings.styles))
    unlisted = ownership.OWNERS_PAGES if _is_forks(settings, definition) else ()
    written = [path for path in written if path not in unlisted]
    owners_pages = [path for path in ownership.OWNERS_PAGES if path in written]
    scope = Scope(definition, past, catalog, colors, written, adapted, has_pdfs, settings.scripts)
    samples = _load_samples(settings, definition, problems)
    scope = replace(scope, samples=samples, units=units, upkeep=upkeep)
    renderer = Renderer(scope, settings.templates, settings.cache)
    lacking = render_pool.MISSING if settings.pdf and not has_pdfs else ""
    notices = [text for text in (settings.notice, lacking, units and units.notice) if text]
    snippets, misplaced = load_snippets(settings.snippets, listed)
    problems += misplaced
    site = Site(definition, past, adapted, catalog, listed, renderer, colors, snippets)
    site = replace(site, notices=notices, owners_pages=owners_pages, unsure=loaded.unsure)
    return _rendered(site, settings, loaded.problems, problems)


def _left_out(adapted: Adaptation | None, upkeep: Mapping[str, Subject]) -> list[str]:
    """Return the names of pages that have nothing to tell: of an overlay, of what is due."""
    return [name for name, there in (("differences", adapted), ("due", upkeep)) if not there]


def _rendered(site: Site, settings: Settings, first: list[Problem], problems: _Problems) -> Site:
    """Return a site with its outputs; those of other programs only where there is no problem.

    `first` are the problems of the definition, `problems` those of the rest by now.
    """
    texts: dict[str, str] = {}
    rendered: list[Output] = []
    of_sheets = _Problems()
    if site.renderer.scope.has_pdfs and not (first or problems):
        with of_sheets.kept():
            rendered = _beside_pages(site, settings)
    with problems.kept():
        texts = site.renderer.pages(site.pages, site.snippets)
    problems += [] if problems else of_sheets  # a block of both is wrong once
    outputs = [*_pages(site, texts), *_redirects(site), *_data(site)]
    outputs += _without_server(site, settings)
    outputs += [] if problems else rendered
    return replace(site, outputs=outputs, problems=[*first, *site.certain(problems)])


class _Problems(list[Problem]):
    """The problems of parts that do not depend on each other."""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the problems that come up inside, and go on."""
        try:
            yield
        except FrameworkError as error:
            self += error.problems


def _load_words(settings: Settings, about: Framework, problems: _Problems) -> Words:
    """Load the words of a framework's language, without the fork's own where these are wrong.

    Raises FrameworkError where there is no catalog, or one that cannot be used.
    """
    language, terms = about.framework.language, about.terms
    with problems.kept():
        return words.load(settings.catalogs, language, terms, settings.words)
    try:
        return words.load(settings.catalogs, language, terms)
    except FrameworkError as error:
        raise FrameworkError(dict.fromkeys([*problems, *error.problems])) from None


def _load_adaptation(
    settings: Settings, definition: Definition, problems: _Problems
) -> Adaptation | None:
    """Load what an overlay changes, which also checks it; None where the site does not tell."""
    with problems.kept():
        adaptation = load_adaptation(
            definition, settings.framework, settings.releases, settings.cache
        )
        return adaptation if settings.adapted else None
    return None


def _load_samples(settings: Settings, definition: Definition, problems: _Problems) -> Samples:
    """Load the example company; of upstream's a fork takes what its definition asks alike."""
    folder, about = settings.samples, definition.framework.framework
    is_others = is_below_forks(folder / AGREED, about.id)
    loaded, unfit = load_samples(folder, Relations(definition.framework), is_others=is_others)
    problems += unfit
    return loaded


def _load_units(
    settings: Settings, definition: Definition, catalog: Words, problems: _Problems
) -> UnitsResults | None:
    """Load the assessments of units; None where there are none, or the site tells none."""
    if not is_there(settings.assessments):
        return None
    # What few sites have is loaded where it is there.
    from ..assessments.collection import load_collection
    from ..assessments.results import UnitsResults

    relations = Relations(definition.framework)
    with problems.kept():
        collection = load_collection(settings.assessments, relations, today())
        if collection and settings.units != NONE:
            shows_answers = settings.units == ANSWERS
            return UnitsResults(collection, relations, catalog, shows_answers=shows_answers)
    return None


def _load_upkeep(
    settings: Settings, definition: Definition, written: Collection[str], problems: _Problems
) -> Mapping[str, Subject]:
    """Load what pages say of who keeps them and when they are due, by path."""
    subjects, wrong = load_subjects(definition, settings.content, written, today())
    problems += wrong
    return subjects


def _refuse_language(source: Source, catalogs: Path) -> None:
    """Raise FrameworkError for a language that is none: its pages would be in English."""
    tag = source.framework.framework.language
    if is_language(tag):
        return
    ours = sorted(file.stem for file in catalogs.glob("*.yaml"))
    hint = suggestion(tag, ours, "whole catalogs of words there are for")
    where = source.position("framework", "language")
    raise FrameworkError([Problem(where, f"{tag} is no language", hint)])


def _refuse_scripts(source: Source, allowed: Collection[Path]) -> None:
    """Raise FrameworkError with the scripts in the Markdown of a definition and its overlay.

    A rule of a site and not of the definition, so that one from elsewhere can be compared.
    """
    problems: list[Problem] = []
    for visit in source.visits:
        if visit.type is not Prose or visit.is_key or not isinstance(visit.node.value, str):
            continue
        where = visit.node.at
        if (
            scripts := [*scripts_in_markdown(visit.node.value)]
        ) and where.file.resolve() not in allowed:
            subject = entry_prefix(visit.path[:2])
            problems += script_problems(scripts, load_text(where.file), where, subject)
    if problems:
        raise FrameworkError(problems)


def _is_forks(settings: Settings, definition: Definition) -> bool:
    """Tell whether a site is a fork's, whose readers are not its owners."""
    is_upstreams = ownership.is_upstreams(definition.framework.framework.id)
    own = (settings.overlay, settings.framework.with_name("site.yml"))
    return not is_upstreams or any(file.exists() for file in own)


def load_definition(settings: Settings) -> tuple[Definition, History]:
    """Load the definition, with the overlay, and its history: what each release changed.

    The former ids that earlier releases gave to an entry are added to its `formerly`. Raises
    FrameworkError with every problem of the definition and of the snapshots.
    """
    loaded, past = _load(settings)
    if loaded.problems:
        raise FrameworkError(loaded.problems)
    return loaded.definition, past


def _load(settings: Settings) -> tuple[Sound, History]:
    """Load what is sound of the definition, and its history; raises FrameworkError for the rest."""
    loaded = load_sound(settings.framework, settings.overlay)
    definition = loaded.definition
    try:
        folder = snapshots.folder_of(settings.releases, definition.framework)
        released = snapshots.load(folder, settings.cache)
    except FrameworkError as error:
        raise FrameworkError([*loaded.problems, *error.problems]) from None
    definition = replace(definition, framework=with_former_ids(definition.framework, released))
    past = build_history(definition.framework, released)
    return replace(loaded, definition=definition), past


def _pages(site: Site, texts: Mapping[str, str]) -> list[Output]:
    """Return every page, with its Markdown by path; empty where that could not be rendered."""
    return [
        Output(page.path, texts.get(page.path, ""), page.origin, in_nav=True) for page in site.pages
    ]


def _redirects(site: Site) -> list[Output]:
    """Render the pages at former addresses."""
    return [
        Output(redirect.path, site.renderer.redirect(redirect), redirect.origin)
        for redirect in list_redirects(site.definition)
    ]


def _data(site: Site) -> list[Output]:
    """Return the files for programs, and the icon; most are made only when asked for."""
    about, past = site.framework, site.history
    schemas = {"answers": exports.answers_schema_json}
    if about.matrices:
        schemas["ideas"] = exports.ideas_schema_json
    tables = {"practices.csv": exports.practices_csv}
    if about.standards:
        tables |= {"mappings.csv": exports.mappings_csv, "mappings.json": exports.mappings_json}
    questionnaires = {
        version: partial(exports.questionnaire_json, framework)
        for version, framework in past.earlier.items()
    }
    return [
        Output("data/framework.json", partial(exports.framework_json, about)),
        Output("data/framework.schema.json", _schema),
        *(Output(f"data/{name}.schema.json", schema) for name, schema in schemas.items()),
        Output("data/changes.json", partial(exports.changes_json, past)),
        *(
            Output(f"data/releases/{version}.json", make)
            for version, make in questionnaires.items()
        ),
        *(Output(f"data/{name}", partial(table, about)) for name, table in tables.items()),
        Output("data/checklists.xlsx", partial(_workbook, about, site.words, site.colors)),
        *(
            Output(f"data/samples/{path}", text)
            for path, text in site.renderer.scope.samples.files().items()
        ),
        *_unit_tables(site.renderer.scope.units),
        Output("assets/favicon.svg", brand.icon(len(about.levels), site.colors)),
    ]


def _unit_tables(units: UnitsResults | None) -> list[Output]:
    """Return the tables of units, if there are any."""
    if not units:
        return []
    from ..outputs import unit_tables  # as in `_load_units`

    return [
        Output("data/units.csv", partial(unit_tables.units_csv, units)),
        Output("data/units.xlsx", partial(unit_tables.units_xlsx, units)),
    ]


def _without_server(site: Site, settings: Settings) -> list[Output]:
    """Return what is there for readers who open files from a drive."""
    if not one_file.has_parts(settings):
        return []
    make = partial(one_file.make_one_file, site.renderer.scope, settings)
    script = partial(one_file.make_drive_script, site.words, settings.content)
    return [Output(one_file.PATH, make), Output(one_file.DRIVE_SCRIPT, script)]


#: Beside the package, for editors; `maturity schema` writes it, and a test holds it to the model.
_SCHEMA = Path(__file__).parents[3] / "framework.schema.json"


def _schema() -> str:
    """Return the schema as it lies there: to make it anew takes a hundredth of a build."""
    return _SCHEMA.read_text(encoding="utf-8") if _SCHEMA.exists() else exports.schema_json()


def _workbook(framework: Framework, catalog: Words, colors: Ramp) -> bytes:
    # What writes spreadsheets is loaded when one is written: a preview seldom has to.
    from ..outputs.workbook import workbook

    return workbook(framework, catalog, colors)


def _beside_pages(site: Site, settings: Settings) -> list[Output]:
    """Return the PDFs and the images for shared links; raises FrameworkError for their templates.

    Call it before pages are rendered: the processes that make PDFs work meanwhile.
    """
    templates = SheetRenderer(
        site.renderer.scope, settings.templates, settings.public_address, settings.cache
    )
    font, sheets = settings.heading_font, {page.sheet: page for page in site.pages if page.sheet}
    pictures = templates.share_images(settings.content / font if font else None)
    jobs = [render_pool.Job("sheet", templates.sheet(page)) for page in sheets.values()]
    images, *files = render_pool.make_all(
        [render_pool.Job("share", pictures), *jobs], settings.cache
    )
    late = [
        Output(path, file, page.origin, is_late=True)
        for (path, page), file in zip(sheets.items(), files, strict=True)
    ]
    return [*_share_images(site, images, settings), *late]


def _share_images(site: Site, images: Callable[[], bytes], settings: Settings) -> list[Output]:
    """Draw the images that shared links show: for the site, each level, and entries by title.

    `images` returns those of the template: of the site, of each level, and of each without text.
    """
    from ..outputs import share_titles  # loads what draws, which only these need

    font, cache = settings.heading_font, settings.cache
    levels = list(site.framework.levels)
    plain = {name: partial(_image, images, n) for n, name in enumerate(["site", *levels])}
    grounds = {name: partial(_image, images, n) for n, name in enumerate(levels, len(plain))}
    outputs = [Output(share.path(name), image) for name, image in plain.items()]
    face = settings.content / (font or TEXT_FONTS[-1])
    data = face.read_bytes() if face.exists() else None
    for page in site.pages:
        name, level = share.name_of(page.item), level_of(page.item)
        if page.item is None or name is None or level is None or name in plain:
            continue
        kind = site.words(
            "terms.practice" if page.item.kind == "practice" else f"{page.item.kind}.name"
        )
        text = share_titles.Text(f"{site.framework.framework.title} · {kind}", page.title)
        if data is not None and share_titles.draws(text, data):
            image = partial(share_titles.titled, grounds[level], text, data, cache)
            outputs.append(Output(share.path(name), image))
        else:
            outputs.append(Output(share.path(name), plain[level]))
    return outputs


def _image(images: Callable[[], bytes], page: int) -> bytes:
    return page_images.image_of(images(), page)
