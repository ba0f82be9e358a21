"""Snippets: a fork's own pieces before and after the parts of generated pages.

The name of a file says where it goes: `practices/keep-recipes.after-criteria.md` comes after the
part `#criteria` of that page, `practices.before.md` before the first part of every page in that
folder. Snippets are Markdown with the page's entry in scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..definition.files import list_files, load_text
from ..definition.problems import Position, Problem, suggestion
from .front_matter import refuse_front_matter
from .listing import Page

_NAME = re.compile(r"(?P<target>.+)\.(?P<side>before|after)(?:-(?P<part>[a-z0-9-]+))?\.md")
_HEADING = re.compile(r"^(#{2,6}) .*\{:? *#([\w-]+) *\}\s*$")
_FORM = (
    "call it PAGE.before.md, PAGE.after-PART.md or the like, such as "
    "practices/keep-recipes.after-criteria.md"
)

#: What editors and systems leave beside a file.
_LEFT_BEHIND = ("~", ".bak", ".orig", ".swp", ".tmp", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Snippet:
    """A piece for a page, `practices/keep-recipes`, or for all pages of a folder, `practices`.

    It comes before or after (`side`) the part with the anchor `part`, or all parts if that is
    empty.
    """

    file: Path
    target: str
    side: str
    part: str

    @property
    def text(self) -> str:
        """What stands in the file.

        Raises FrameworkError where that cannot be read, or begins with front matter.
        """
        text = load_text(self.file)
        refuse_front_matter(text, self.file)
        return text

    def is_for(self, page: Page) -> bool:
        """Tell whether it belongs on a page."""
        folder = page.path.rpartition("/")[0]
        is_one_of_them = page.item is not None and self.target == folder
        return self.target == page.path.removesuffix(".md") or is_one_of_them


def load_snippets(folder: Path, pages: list[Page]) -> tuple[list[Snippet], list[Problem]]:
    """Load the snippets in a folder, those for many pages first; none if there is no such folder.

    `pages` are all generated pages. Second come the problems of files whose names say no place.
    """
    snippets: list[Snippet] = []
    problems = [*_unused_files(folder), *_unused_folders(folder, pages)]
    for file in list_files(folder, ".md"):
        name = file.relative_to(folder).as_posix()
        match = _NAME.fullmatch(name)
        if match is None:
            problems.append(Problem(Position(file), f"{name} does not say where it goes", _FORM))
            continue
        snippet = Snippet(file, match["target"], match["side"], match["part"] or "")
        if not any(snippet.is_for(page) for page in pages):
            folders = dict.fromkeys(page.path.rpartition("/")[0] for page in pages if page.item)
            known = [*folders, *(page.path.removesuffix(".md") for page in pages)]
            hint = suggestion(snippet.target, known, "folders and pages")
            problems.append(Problem(Position(file), f"no generated page {snippet.target}", hint))
            continue
        snippets.append(snippet)
    return sorted(snippets, key=lambda snippet: "/" in snippet.target), problems


def _unused_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file that is no Markdown, less what editors leave behind."""
    for file in list_files(folder, ""):
        if not file.name.endswith((".md", *_LEFT_BEHIND)):
            name = file.relative_to(folder).with_suffix("").as_posix()
            hint = f"call it {name}.md; what is no text belongs in content/own/"
            yield Problem(Position(file), "nobody reads this: snippets are Markdown files", hint)


def _unused_folders(folder: Path, pages: list[Page]) -> Iterator[Problem]:
    """Yield a problem for each folder without a file, if no page lies in one of that name."""
    known = {page.path.rpartition("/")[0] for page in pages} - {""}
    for place in sorted(folder.rglob("*")):
        name = place.relative_to(folder).as_posix()
        if place.is_dir() and name not in known and not list_files(place, ""):
            hint = suggestion(name, sorted(known), "folders")
            yield Problem(Position(place), f"no generated page lies in {name}/", hint)


def insert_snippet(body: str, snippet: Snippet, text: str) -> str | None:
    """Return the Markdown of a page with a snippet's text in its place; None if it has none."""
    lines = body.splitlines()
    headings = list(_headings(lines))
    if not snippet.part:
        first = headings[0][0] if headings and snippet.side == "before" else len(lines)
        return _inserted(lines, first, text)
    for index, (line, depth, part) in enumerate(headings):
        if part == snippet.part:
            later = (start for start, other, _ in headings[index + 1 :] if other <= depth)
            end = next(later, len(lines))
            return _inserted(lines, line if snippet.side == "before" else end, text)
    return None


def unplaced_problem(snippet: Snippet, bodies: list[str]) -> Problem:
    """Return the problem of a snippet whose part is on none of its pages, given as Markdown."""
    parts = [part for body in bodies for _, _, part in _headings(body.splitlines())]
    hint = suggestion(snippet.part, dict.fromkeys(parts), "parts")
    return Problem(Position(snippet.file), f"{snippet.target} has no part #{snippet.part}", hint)


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(lines):
        if match := _HEADING.match(line):
            yield number, len(match[1]), match[2]


def _inserted(lines: list[str], at: int, text: str) -> str:
    return "\n".join([*lines[:at], "", text.strip(), "", *lines[at:], ""])
