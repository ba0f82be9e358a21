"""Hand-written pages: the framework is in their scope, and they may replace generated ones."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ..definition.files import load_bytes, load_text
from ..definition.problems import FrameworkError, Position, Problem
from ..pages.front_matter import parse_front_matter, without_front_matter
from ..pages.listing import Page
from ..pages.paths import built_path
from ..pages.scripts import PUBLISHED, refuse_scripts_in_html
from .generate import Site
from .left_in_files import left_empty, left_in_file, misnamed
from .pictures import missing_links, missing_pictures

#: How the front matter of a page begins that the search leaves out.
_HIDDEN = "---\nsearch:\n  exclude: true\n"
_BRACES = re.compile(r"\{[{%#]")


def render(site: Site, files: dict[str, Path], hidden: Collection[str] = ()) -> dict[str, str]:
    """Return the Markdown of the hand-written pages that use the framework, by path.

    `files` are all hand-written files: path below the site's root, and where it lies on disk.
    `hidden` are the paths of pages that the search does not find.
    Raises FrameworkError for those that cannot be read or are none, such as pipes, for mistakes in
    their front matter, braces and links to entries, for scripts in them, for addresses that are
    taken, for pictures and links to pages that are not there, in snippets too, and for snippets of
    pages that hand-written ones replace.
    """
    known = {*files, *(output.path for output in site.outputs), *site.sheets}
    problems = [*_collisions(site, files), *_twins(files)]
    problems += [*_missing_in_snippets(site, known), *_lost_snippets(site, files)]
    texts: dict[str, str] = {}
    for path, file in files.items():
        problems += misnamed(path, file)
        try:
            if not path.endswith(".md"):
                problems += left_in_file(file)
                if path.lower().endswith(PUBLISHED):
                    refuse_scripts_in_html(_html(file), file, site.renderer.scope.scripts)
                continue
            text = load_text(file)
            problems += missing_pictures(text, path, file, known)
            rendered = _rendered(site, text, path, file, site.by_path.get(path), problems)
            problems += missing_links(rendered, text, path, file, known)
            if path in hidden:
                rendered = _HIDDEN + rendered.removeprefix("---\n")
            if rendered != text:
                texts[path] = rendered
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return texts


def _html(file: Path) -> str:
    """Load a page or drawing that is published as it is, in whatever encoding, to be searched."""
    data = load_bytes(file, largest=math.inf)
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def _rendered(
    site: Site,
    text: str,
    path: str,
    file: Path,
    replaced: Page | None,
    problems: list[Problem],
) -> str:
    """Return a page with the framework filled in and links to entries resolved.

    Mistakes in its front matter go to `problems`. With `render_macros: false` braces stay as they
    are; links lead to their entries all the same.
    """
    try:
        matter = parse_front_matter(text, file)
    except FrameworkError as error:
        problems += error.problems
        # Its braces, and nothing else, may be meant to stay.
        text, matter = without_front_matter(text), {"render_macros": False, "template": ""}
    problems += left_empty(text, file, matter)
    if _BRACES.search(text) and matter.get("render_macros") is not False:
        rendered = site.renderer.hand_written_page(text, path, file, replaced)
    else:
        rendered = site.renderer.with_links(text, text, path, file)
    return site.renderer.with_upkeep(rendered, path)


def _missing_in_snippets(site: Site, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for what a snippet shows or links to that is not there.

    It is looked for from the first page that has the snippet.
    """
    for snippet in site.snippets:
        page = next(page for page in site.pages if snippet.is_for(page))
        text, file = snippet.text, snippet.file
        yield from left_empty(text, file, {})
        yield from missing_pictures(text, page.path, file, known)
        try:
            rendered = site.renderer.hand_written_page(text, page.path, file, page)
        except FrameworkError as error:
            yield from error.problems
        else:
            yield from missing_links(rendered, text, page.path, file, known)


def _lost_snippets(site: Site, files: dict[str, Path]) -> Iterator[Problem]:
    """Yield a problem for each snippet whose pages are all replaced by hand-written ones."""
    for snippet in site.snippets:
        paths = [page.path for page in site.pages if snippet.is_for(page)]
        if all(path in files for path in paths):
            content = files[paths[0]].parents[paths[0].count("/")].name
            where = f"{content}/{paths[0] if len(paths) == 1 else snippet.target + '/'}"
            message = f"{snippet.target} is hand-written ({where}), so this snippet stands nowhere"
            yield Problem(Position(snippet.file), message, "move its text there, or delete it")


def _collisions(site: Site, files: dict[str, Path]) -> list[Problem]:
    """Report files that have the address of a generated one without taking its place openly."""
    generated = {built_path(output.path): output.path for output in site.outputs}
    problems = []
    for path, file in files.items():
        taken = generated.get(built_path(path))
        if taken is not None and taken != path:
            message = f"this page has the address of the generated page {taken}"
            hint = f"call it {taken} to take its place, or move it elsewhere"
            problems.append(Problem(Position(file), message, hint))
    return problems


def _twins(files: dict[str, Path]) -> list[Problem]:
    """Report hand-written files that have the address of one before them."""
    firsts: dict[str, str] = {}
    problems = []
    for path, file in files.items():
        first = firsts.setdefault(built_path(path), path)
        if first != path:
            message = f"this page has the address of {first}, and one of them would be lost"
            problems.append(Problem(Position(file), message, "rename one, or move it elsewhere"))
    return problems
