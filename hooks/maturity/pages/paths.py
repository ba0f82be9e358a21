"""Where pages lie: the Markdown file of an entry, and the file of the site that it becomes."""

from __future__ import annotations

import posixpath

from ..definition.model import COLLECTIONS

#: Terms and references are anchors of one page each.
ANCHORED = {"term": "glossary.md", "reference": "references.md"}
#: The folder with the pages of a kind; a level has a checklist besides its own page.
FOLDERS = {kind: section for kind, section in COLLECTIONS.items() if kind not in ANCHORED} | {
    "checklist": "checklists"
}
#: The folder with the pages of units, and which of them is their board.
UNITS, BOARD = "units", "board"


def path_of(kind: str, name: str) -> str:
    """Return where the entry `name` of a kind is found: a Markdown path, with its anchor if any."""
    if kind == "unit":
        return f"{UNITS}/{name}.md"
    if kind in ANCHORED:
        return f"{ANCHORED[kind]}#{name}"
    return f"{FOLDERS[kind]}/{name}.md"


def built_path(path: str) -> str:
    """Return the file that a page becomes: `practices/audit.md`, `practices/audit/index.html`.

    Files that are no Markdown stay themselves.
    """
    stem, extension = posixpath.splitext(path)
    if extension != ".md":
        return path
    folder, name = posixpath.split(stem)
    if name.lower() in ("index", "readme"):
        return posixpath.join(folder, "index.html")
    return posixpath.join(stem, "index.html")


def address_of(path: str) -> str:
    """Return a page's address below the site's root: `practices/audit/`; empty for the first."""
    return built_path(path).removesuffix("index.html")
