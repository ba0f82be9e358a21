"""The site's navigation: the nav of `mkdocs.yml` with its `@names` written out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..definition.model import Dimension, Level
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..framework.plain_text import escaped
from ..pages.listing import SINGLE, Page
from ..pages.paths import BOARD, FOLDERS, UNITS
from .generate import Site

#: A nav of MkDocs: paths, titled paths and titled lists.
Nav = list[Any]


def expand(nav: Nav, site: Site, file: Path) -> Nav:
    """Write the `@names` of a nav out.

    `"@levels"` becomes that section of pages, or nothing where the framework has none, and
    `"@nav.read": [...]` takes its title from the catalog. `file` is where the nav is written.
    Raises FrameworkError for names that mean nothing.
    """
    expanded: Nav = []
    for entry in nav:
        if isinstance(entry, dict):
            for title, inside in entry.items():
                within = expand(inside, site, file) if isinstance(inside, list) else inside
                if within:
                    expanded.append({_title(str(title), site, file): within})
        elif isinstance(entry, str) and entry.startswith("@"):
            if entry[1:] not in _SECTIONS:
                raise _unknown(file, entry, (f"@{name}" for name in _SECTIONS))
            expanded += _SECTIONS[entry[1:]](site)
        else:
            expanded.append(entry)
    return expanded


def paths(nav: Nav) -> set[str]:
    """Return the paths of the pages that a written-out nav leads to."""
    leads_to: set[str] = set()
    for entry in nav:
        for inside in entry.values() if isinstance(entry, dict) else [entry]:
            leads_to |= paths(inside) if isinstance(inside, list) else {str(inside)}
    return leads_to


def leads_on(path: str, other: str, *, side_by_side: bool) -> bool:
    """Return whether a page may name another as its next or previous one in the nav.

    Both are of one kind, such as levels, or about no kind and `side_by_side` in the nav: whoever
    has read the last role is not on the way to the assessment.
    """
    return side_by_side if _kind(path) == _kind(other) == "" else _kind(path) == _kind(other)


def _kind(path: str) -> str:
    """Return the folder of generated pages that a page lies in, matrices among worksheets."""
    folder = path.partition("/")[0]
    if folder not in FOLDERS.values() or folder == path:
        return ""
    return FOLDERS["worksheet"] if folder == FOLDERS["matrix"] else folder


def keep_related(page: Any) -> None:
    """Take from a page of MkDocs what is next and previous to it, unless one leads to the other."""
    for name in ("previous_page", "next_page"):
        other = getattr(page, name)
        if other is not None and not leads_on(
            page.file.src_uri, other.file.src_uri, side_by_side=page.parent is other.parent
        ):
            setattr(page, name, None)


def _title(title: str, site: Site, file: Path) -> str:
    if not title.startswith("@"):
        return title
    try:
        return escaped(site.words(title[1:]))
    except KeyError:
        raise _unknown(file, title, (f"@{key}" for key in site.words.texts)) from None


def _unknown(file: Path, name: str, known: Iterable[str]) -> FrameworkError:
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if name in text), 1)
    column = max(0, lines[line - 1].find(name)) + 1 if lines else 1
    hint = suggestion(name, known, "names")
    return FrameworkError(
        [Problem(Position(file, line, column, len(name)), f"nav: no {name}", hint)]
    )


def _titled(page: Page) -> dict[str, str]:
    # Marked as what it is: the theme escapes titles once more where they are attributes.
    return {Markup(escaped(page.title)): page.path}


def _in_folder(site: Site, folder: str) -> list[Page]:
    return [page for page in site.pages if page.path.startswith(f"{folder}/")]


def _section(site: Site, folder: str, entries: Nav | None = None) -> Nav:
    """Return the index of a folder and, under it, `entries` or all other pages of the folder."""
    pages = _in_folder(site, folder)
    if not pages:
        return []
    index, *others = pages
    inside = entries if entries is not None else [_titled(page) for page in others]
    return [{Markup(escaped(index.title)): [index.path, *inside]}]


#: Above this many pages a level's list is folded by dimension, and a dimension's by position:
#: nobody reads on, and every page repeats the list that it stands in.
_MOST_SIBLINGS = 40
_LONGEST_PART = 25


def _by_level(site: Site, folder: str, field: str) -> Nav:
    """Return a folder's pages, grouped by the level that their entry names in `field`."""
    groups: Nav = []
    for title, pages in _grouped(_in_folder(site, folder)[1:], field, site.framework.levels):
        inside: Nav = [_titled(page) for page in pages]
        if folder == "practices" and len(pages) > _MOST_SIBLINGS:
            cells = _grouped(pages, "dimension", site.framework.dimensions)
            inside = [{name: _folded([_titled(page) for page in cell])} for name, cell in cells]
        groups.append({title: inside})
    return _section(site, folder, groups)


def _folded(pages: Nav) -> Nav:
    """Fold a list that is too long into parts of about one length."""
    if len(pages) <= _MOST_SIBLINGS:
        return pages
    parts = -(-len(pages) // _LONGEST_PART)
    ends = [len(pages) * part // parts for part in range(parts + 1)]
    return [{f"{a + 1}–{b}": pages[a:b]} for a, b in itertools.pairwise(ends)]


def _grouped(
    pages: list[Page], field: str, entries: Mapping[str, Level | Dimension]
) -> Iterator[tuple[str, list[Page]]]:
    """Yield title and pages of each of `entries` that an entry of the pages names in `field`."""
    for name, entry in entries.items():
        named = [p for p in pages if p.item is not None and getattr(p.item.entry, field) == name]
        if named:
            yield escaped(entry.title), named


def _worksheets(site: Site) -> Nav:
    """Return the worksheets, and the matrices among them."""
    matrices = [_titled(page) for page in _in_folder(site, "matrices")]
    sheets = [_titled(page) for page in _in_folder(site, "worksheets")[1:]]
    return _section(site, "worksheets", [*sheets, *matrices]) or matrices


def _units(site: Site) -> Nav:
    """Return the page of all units and their board; each unit is one click away from there."""
    board = [_titled(page) for page in site.pages if page.path == f"{UNITS}/{BOARD}.md"]
    return _section(site, UNITS, board)


def _single(site: Site, path: str) -> Nav:
    return [_titled(page) for page in site.pages if page.path == path]


#: What `@name` in a nav stands for: the pages of a folder, or a page that stands for itself.
_SECTIONS: dict[str, Callable[[Site], Nav]] = {
    **{folder: partial(_section, folder=folder) for folder in FOLDERS.values()},
    UNITS: _units,
    "practices": partial(_by_level, folder="practices", field="level"),
    "roles": partial(_by_level, folder="roles", field="joins"),
    "worksheets": _worksheets,
    "owners": lambda site: [*site.owners_pages],
    **{name: partial(_single, path=f"{name}.md") for name in SINGLE},
}
