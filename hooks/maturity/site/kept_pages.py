"""Which pages say who keeps them and when they are due: those of entries, and hand-written ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..definition.check import Definition
from ..definition.files import load_text
from ..definition.model import COLLECTIONS
from ..definition.problems import FrameworkError, Problem
from ..framework.relations import Relations
from ..pages.front_matter import front_matter_position, parse_front_matter, without_front_matter
from ..pages.paths import ANCHORED, path_of
from ..upkeep.due import Subject
from ..upkeep.kept import KEYS, entry_problems, kept_of, kept_of_page, page_problems
from .instead import FOLDER

#: Whether it is worth the time to parse a page's front matter.
_SAYS = re.compile(rf"^(?:{'|'.join(KEYS)})[ \t]*:", re.MULTILINE)
_HEADING = re.compile(r"^# +([^{}\n]+?)[ \t]*(?:\{[^{}\n]*\})?$", re.MULTILINE)


def load_subjects(
    definition: Definition, content: Path, written: Collection[str], today: str
) -> tuple[dict[str, Subject], list[Problem]]:
    """Return the pages that say anything of their upkeep, by path, and what is wrong with that.

    `written` are the paths of the hand-written pages below `content`. One that takes the place of
    an entry's page says it for the entry, as far as it says anything. Mistakes in a page that are
    reported with the page are not reported here.
    """
    default = definition.framework.framework.review_in
    subjects = {one.path: one for one in _entries(definition, default)}
    problems = [*entry_problems(definition.source, today)]
    for path in written:
        for file in (content / FOLDER / path, content / path):
            if path.endswith(".md") and not path.startswith(FOLDER) and file.is_file():
                wrong, subject = _page(path, file, default, today)
                problems += wrong
                if subject:
                    known = subjects.get(path, subject)
                    subjects[path] = replace(subject, kind=known.kind, id=known.id)
                break
    return subjects, problems


def _entries(definition: Definition, default: str | None) -> Iterator[Subject]:
    relations, source = Relations(definition.framework), definition.source
    for kind, section in COLLECTIONS.items():
        for item in relations.all(kind) if kind not in ANCHORED else ():
            if kept := kept_of(item.entry, default):
                key = "reviewed" if kept.reviewed else "keeper"
                where = source.key_position(section, item.id, key)
                path, title = path_of(kind, item.id), str(item.entry.title)
                yield Subject(path, title, kept, where, kind, item.id)


def _page(
    path: str, file: Path, default: str | None, today: str
) -> tuple[list[Problem], Subject | None]:
    """Return what is wrong with the upkeep of a hand-written page, and what it says."""
    try:
        text = load_text(file)
        matter = parse_front_matter(text, file) if _SAYS.search(text) else {}
    except FrameworkError:
        return [], None  # whoever renders the page reports it
    places = {key: front_matter_position(text, key, file) for key in KEYS}
    problems = [*page_problems(matter, places, today)]
    kept = kept_of_page(matter, default)
    if not kept:
        return problems, None
    where = places["reviewed" if kept.reviewed else "keeper"]
    return problems, Subject(path, _title(matter, text, path), kept, where)


def _title(matter: Mapping[str, Any], text: str, path: str) -> str:
    """Return what a page is called: by its front matter, its first heading, or its file."""
    heading = _HEADING.search(without_front_matter(text))
    return str(matter.get("title") or (heading[1] if heading else path))
