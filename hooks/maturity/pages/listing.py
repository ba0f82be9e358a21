"""From a framework to its pages: their addresses, titles, descriptions and places in the nav."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from ..definition.check import Definition
from ..definition.model import COLLECTIONS
from ..definition.problems import FrameworkError, Position, Problem
from ..framework.catalog import Words
from ..framework.plain_text import plain_text
from ..framework.relations import Item, Relations


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


#: Terms and references are anchors of one page each.
ANCHORED = {"term": "glossary.md", "reference": "references.md"}
#: The folder with the pages of a kind; a level has a checklist besides its own page.
FOLDERS = {kind: section for kind, section in COLLECTIONS.items() if kind not in ANCHORED} | {
    "checklist": "checklists"
}
#: Templates of pages that are there to be filled in.
FILLABLE = ("checklist.md", "worksheet.md")
#: Kinds whose pages set things side by side and need the room.
_BROAD = ("decision", "worksheet", "matrix")
#: Pages that need the whole width.
_ALONE = ("index", "map", "levels", "level", "score", "team", "compare", "report")
#: Pages that stand for themselves: path, part of the definition that must not be empty.
SINGLE = {
    "index": "framework",
    "how-it-works": "scoring",
    "map": "practices",
    "score": "practices",
    "team": "practices",
    "compare": "practices",
    "report": "practices",
    "glossary": "glossary",
    "references": "references",
    "origins": "framework.origins",
    "changes": "framework",
    "differences": "framework",
}


def path_of(kind: str, name: str) -> str:
    """Where the entry `name` of a kind is found: a Markdown path, with an anchor if need be."""
    if kind in ANCHORED:
        return f"{ANCHORED[kind]}#{name}"
    return f"{FOLDERS[kind]}/{name}.md"


def built_path(path: str) -> str:
    """`practices/audit.md` becomes `practices/audit/index.html`; other files stay themselves."""
    stem, extension = posixpath.splitext(path)
    if extension != ".md":
        return path
    folder, name = posixpath.split(stem)
    if name.lower() in ("index", "readme"):
        return posixpath.join(folder, "index.html")
    return posixpath.join(stem, "index.html")


def pages(definition: Definition, words: Words, without: Collection[str] = ()) -> list[Page]:
    """Every generated page, but for those of `SINGLE` that are named in `without`.

    Raises FrameworkError where two of them, or a page and a redirect, would share an address.
    """
    single = [page for page in _single(definition, words) if page.template[:-3] not in without]
    made = [*single, *_indexes(definition, words), *_entries(definition, words)]
    _refuse_collisions([*made, *redirects(definition)])
    return made


def _single(definition: Definition, words: Words) -> Iterator[Page]:
    framework = definition.framework
    for name, section in SINGLE.items():
        if not attrgetter(section)(framework):
            continue
        title = str(framework.framework.title) if name == "index" else words(f"{name}.title")
        summary = plain_text(framework.framework.summary)
        description = summary if name == "index" else words(f"{name}.description")
        origin = definition.source.key_position(*section.split("."))
        path = f"{name}.md"
        yield Page(path, path, title, description, origin, hide=_hidden(name))


def _hidden(name: str) -> tuple[str, ...]:
    return ("navigation", "toc") if name in _ALONE else ()


def _indexes(definition: Definition, words: Words) -> Iterator[Page]:
    for kind, folder in FOLDERS.items():
        section = COLLECTIONS.get(kind, "levels")
        if kind == "matrix" or not getattr(definition.framework, section):
            continue  # matrices are listed with the worksheets
        origin = definition.source.key_position(section)
        title, description = words(f"{folder}.title"), words(f"{folder}.description")
        path, hide = f"{folder}/index.md", _hidden(folder)
        yield Page(path, f"{folder}.md", title, description, origin, hide=hide)


def _entries(definition: Definition, words: Words) -> Iterator[Page]:
    relations = Relations(definition.framework)
    for kind in FOLDERS:
        items = relations.all("level" if kind == "checklist" else kind)
        for item in items:
            title, description = _heading(kind, item, relations, words)
            origin = definition.source.key_position(COLLECTIONS[item.kind], item.id)
            hide = ("toc",) if kind in _BROAD else _hidden(kind)
            path = path_of(kind, item.id)
            yield Page(path, f"{kind}.md", title, description, origin, item, hide)


def _heading(kind: str, item: Item, relations: Relations, words: Words) -> tuple[str, str]:
    """Title and description of an entry's page."""
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


def redirects(definition: Definition) -> list[Redirect]:
    """A page for every former id; one that was split leads to all its successors."""
    found: dict[str, Redirect] = {}
    relations = Relations(definition.framework)
    for kind, folder in FOLDERS.items():
        section = COLLECTIONS.get(kind, "levels")
        for item in relations.all("level" if kind == "checklist" else kind):
            for index, former in enumerate(item.entry.formerly):
                target = Item(kind, item.id, item.entry)
                path = f"{folder}/{former}.md"
                origin = definition.source.position(section, item.id, "formerly", index)
                before = found[path].targets if path in found else ()
                found[path] = Redirect(path, (*before, target), origin)
    return list(found.values())


def _refuse_collisions(made: Iterable[Page | Redirect]) -> None:
    taken: set[str] = set()
    problems: dict[Position, Problem] = {}
    for page in made:
        address = built_path(page.path)
        item = page.item if isinstance(page, Page) else page.targets[0]
        if address in taken and item is not None:
            message = f"{item.kind} {item.id}: its page would be /{address}, which is taken"
            hint = "the page of all its kind is there; choose another id"
            problems.setdefault(page.origin, Problem(page.origin, message, hint))
        taken.add(address)
    if problems:
        raise FrameworkError(problems.values())
