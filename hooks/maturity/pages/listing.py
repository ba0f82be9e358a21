"""From a framework to its pages: their addresses, titles, descriptions and places in the nav."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ..definition.check import Definition
from ..definition.model import COLLECTIONS
from ..definition.problems import FrameworkError, Position, Problem
from ..framework.catalog import Words
from ..framework.plain_text import plain_text
from ..framework.relations import Item, Relations
from .paths import BOARD, FOLDERS, UNITS, built_path, path_of

if TYPE_CHECKING:
    from ..assessments.results import UnitsResults


@dataclass(frozen=True)
class Page:
    """A page to be generated.

    `path` is its Markdown file below the site's root, `template` the file that renders it, `item`
    the entry it is about, `origin` where its subject stands in the definition. What it hides
    are the theme's columns of links beside it: `navigation`, `toc`.
    """

    path: str
    template: str
    title: str
    description: str
    origin: Position
    item: Item | None = None
    hide: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The file of the built site that the page becomes; two pages must not share one."""
        return built_path(self.path)

    @property
    def sheet(self) -> str | None:
        """The file with the fillable PDF of the page, if it is of a kind that has one."""
        if self.template not in FILLABLE:
            return None
        return f"data/{posixpath.splitext(self.path)[0]}.pdf"


@dataclass(frozen=True)
class Redirect:
    """A former address that leads to the entries which took its place."""

    path: str
    targets: tuple[Item, ...]
    origin: Position


#: Templates of pages that are there to be filled in.
FILLABLE = ("checklist.md", "worksheet.md")


@dataclass(frozen=True)
class _Single:
    """A page that is about no single entry or kind.

    It is left out where the part of the definition that `needs` names is empty; `framework` never
    is.
    """

    needs: str
    is_wide: bool = False


#: By the name that such a page has in addresses, templates, the catalog and, as `@name`, in a nav.
#: To add one called NAME: a line here, its template `overrides/pages/NAME.md`, `NAME.title` and
#: `NAME.description` in every catalog, "@NAME" in the nav of `mkdocs.yml`, and its address in
#: `scripts/kinds.py`. With `needs="framework"` every site has the page.
SINGLE = {
    "index": _Single("framework", is_wide=True),
    "how-it-works": _Single("scoring"),
    "map": _Single("practices", is_wide=True),
    "tools": _Single("practices", is_wide=True),
    "score": _Single("practices", is_wide=True),
    "team": _Single("practices", is_wide=True),
    "compare": _Single("practices", is_wide=True),
    "report": _Single("practices", is_wide=True),
    "glossary": _Single("glossary"),
    "references": _Single("references"),
    "origins": _Single("framework.origins"),
    "changes": _Single("framework"),
    "differences": _Single("framework"),
    "due": _Single("framework"),
}
_WIDE = ("navigation", "toc")
#: Pages with a "Next" of their own: the theme's, below it, would lead away from what is half done.
_TOOLS = ("tools", "score", "team", "compare", "report")
#: What the pages of a kind, or the list of them, hide besides: they set things side by side.
_HIDDEN: dict[str, tuple[str, ...]] = {
    "levels": _WIDE,
    "level": _WIDE,
    "decision": ("toc",),
    "worksheet": ("toc",),
    "matrix": ("toc", "footer"),
}


def list_pages(
    definition: Definition,
    words: Words,
    without: Collection[str] = (),
    units: UnitsResults | None = None,
) -> list[Page]:
    """Return every generated page, but for those of `SINGLE` that are named in `without`.

    `units` are the results of units, None where there is no page of any.

    Raises FrameworkError where two of them, or a page and a redirect, would share an address.
    """
    single = [page for page in _single(definition, words) if page.template[:-3] not in without]
    pages = [*single, *_indexes(definition, words), *_entries(definition, words)]
    if units:
        pages += _units(units, words)
    _refuse_collisions([*pages, *list_redirects(definition)])
    return pages


def _single(definition: Definition, words: Words) -> Iterator[Page]:
    framework = definition.framework
    for name, single in SINGLE.items():
        if not attrgetter(single.needs)(framework):
            continue
        title = str(framework.framework.title) if name == "index" else words(f"{name}.title")
        summary = plain_text(framework.framework.summary)
        description = summary if name == "index" else words(f"{name}.description")
        origin = definition.source.key_position(*single.needs.split("."))
        hide = (_WIDE if single.is_wide else ()) + (("footer",) if name in _TOOLS else ())
        yield Page(f"{name}.md", f"{name}.md", title, description, origin, hide=hide)


def _indexes(definition: Definition, words: Words) -> Iterator[Page]:
    for kind, folder in FOLDERS.items():
        section = COLLECTIONS.get(kind, "levels")
        if kind == "matrix" or not getattr(definition.framework, section):
            continue  # matrices are listed with the worksheets
        origin = definition.source.key_position(section)
        title, description = words(f"{folder}.title"), words(f"{folder}.description")
        path, hide = f"{folder}/index.md", _HIDDEN.get(folder, ())
        yield Page(path, f"{folder}.md", title, description, origin, hide=hide)


def _entries(definition: Definition, words: Words) -> Iterator[Page]:
    relations = Relations(definition.framework)
    for kind in FOLDERS:
        for item in relations.all("level" if kind == "checklist" else kind):
            title, description = _heading(kind, item, relations, words)
            origin = definition.source.edit_position(COLLECTIONS[item.kind], item.id)
            path, hide = path_of(kind, item.id), _HIDDEN.get(kind, ())
            yield Page(path, f"{kind}.md", title, description, origin, item, hide)


def _units(units: UnitsResults, words: Words) -> Iterator[Page]:
    """Yield the page of all units, their board, and the page of each."""
    root = units.collection.units.root
    for name, kind in (("index", "units"), (BOARD, "board")):
        path, heading, description = (
            f"{UNITS}/{name}.md",
            words(f"{kind}.title"),
            words(f"{kind}.description"),
        )
        yield Page(path, f"{kind}.md", heading, description, root.at, hide=_WIDE)
    for name, unit in units.units.items():
        origin = root.nearest("units", name).key
        title = str(unit.unit.title)
        description = words("unit.description", title=title)
        item = Item("unit", name, unit)
        yield Page(path_of("unit", name), "unit.md", title, description, origin, item, _WIDE)


def _heading(kind: str, item: Item, relations: Relations, words: Words) -> tuple[str, str]:
    """Return the title and the description of an entry's page."""
    entry = item.entry
    if kind == "checklist":
        return (
            words("checklist.title", title=entry.title),
            words("checklist.description", title=entry.title, n=relations.number(item.id)),
        )
    if kind == "role":
        return str(entry.title), plain_text(entry.mission) or words(
            "role.description", title=entry.title
        )
    text = getattr(entry, "summary", None) or getattr(entry, "purpose", None)
    return str(entry.title), plain_text(text) or words(f"{kind}.description", title=entry.title)


def list_redirects(definition: Definition) -> list[Redirect]:
    """Return a redirect for every former id; one that was split leads to all its successors."""
    redirects: dict[str, Redirect] = {}
    relations = Relations(definition.framework)
    for kind, folder in FOLDERS.items():
        section = COLLECTIONS.get(kind, "levels")
        for item in relations.all("level" if kind == "checklist" else kind):
            for index, former in enumerate(item.entry.formerly):
                target = Item(kind, item.id, item.entry)
                path = f"{folder}/{former}.md"
                origin = definition.source.position(section, item.id, "formerly", index)
                before = redirects[path].targets if path in redirects else ()
                redirects[path] = Redirect(path, (*before, target), origin)
    return list(redirects.values())


def _refuse_collisions(pages: Iterable[Page | Redirect]) -> None:
    taken: set[str] = set()
    problems: dict[Position, Problem] = {}
    for page in pages:
        address = built_path(page.path)
        item = page.item if isinstance(page, Page) else page.targets[0]
        if address in taken and item is not None:
            message = f"{item.kind} {item.id}: its page would be /{address}, which is taken"
            hint = "the page of all its kind is there; choose another id"
            problems.setdefault(page.origin, Problem(page.origin, message, hint))
        taken.add(address)
    if problems:
        raise FrameworkError(problems.values())
