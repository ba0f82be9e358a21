"""Look through everything that a site is made of, as a build does, but write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from ..definition.problems import FrameworkError, Problem
from . import authored, configuration, generate, nav, ownership, wrong_settings
from .blocked import blocked_loads
from .files import files_below
from .generate import Site
from .instead import put_in_place
from .nav_pages import hidden_files, nav_problems
from .settings import Settings
from .theme_files import check_marks, missing_extras


def inspect_site(settings: Settings, config: Path | None = None) -> Site:
    """Generate a site without PDFs, with its hand-written pages, and return it.

    `config` is the file with its settings; None if it has none. Raises FrameworkError with every
    problem that can be told at once, those of the definition, snippets, pages and settings.
    """
    known: dict[str, Any] = {}
    if config is not None:
        known = configuration.load(config)
    written = published_files(settings.content, known)
    site = generate.attempt(replace(settings, pdf=False), written)
    extra = configuration.part(known, config or Path(), "extra", dict)
    theme = known["theme"] if isinstance(known.get("theme"), dict) else {}
    marks = {"theme": theme, "extra": extra, "strict": known.get("strict")}
    inspect_written(site, written, marks, _theme_folders(settings), config)
    return site


def upstreams_pages(settings: Settings, config: Path | None) -> list[str]:
    """Return upstream's hand-written pages that a fork's readers see, by their paths.

    Those that the fork replaces, or leaves out in its settings, are not among them.
    """
    known = configuration.load(config) if config is not None else {}
    written, _ = put_in_place(published_files(settings.content, known))
    return [
        path
        for path, file in written.items()
        if path in ownership.READERS_PAGES and file == settings.content / path
    ]


def inspect_written(
    site: Site,
    written: dict[str, Path],
    settings: Mapping[str, Any],
    folders: Iterable[str],
    config: Path | None,
) -> dict[str, str]:
    """Return the hand-written pages that use the framework, as `authored.render` does.

    Raises FrameworkError with the problems of `site`, of these pages, and of the files, icons and
    pages that the settings and pages name; all parameters as those of `check_marks`, but that
    `settings` also say whether the site is built `strict`. None for `config` leaves the settings
    out.
    """
    written, problems = put_in_place(written)
    shown = {*site.owners_pages, *nav.paths(settings.get("nav") or [])}
    hidden = [path for path in ownership.OWNERS_PAGES if path not in shown]
    pages: dict[str, str] = {}
    try:
        pages = authored.render(site, written, hidden)
    except FrameworkError as error:
        problems += error.problems
    if config is not None:
        problems += _problems_of_settings(settings, site, written, folders, config)
    problems = [*site.problems, *site.certain(problems)]
    if problems:  # some are those of a page's front matter, found twice
        raise FrameworkError(dict.fromkeys(problems))
    return pages


def _problems_of_settings(
    settings: Mapping[str, Any],
    site: Site,
    written: dict[str, Path],
    folders: Iterable[str],
    config: Path,
) -> Iterator[Problem]:
    """Yield the problems of what settings and pages name; parameters as of `inspect_written`."""
    try:
        wrong_settings.check(config)
    except FrameworkError as error:
        yield from error.problems
        return  # what the settings name may be something else once they are right
    known, places = configuration.load(config), [*folders]
    try:
        check_marks(settings, site, written, places, config)
    except FrameworkError as error:
        yield from error.problems
    yield from blocked_loads(known, site, written, config)
    yield from missing_extras(known, site, written, places, config)
    yield from hidden_files(known, site, config)
    yield from nav_problems(known, site, written, config, strict=settings.get("strict") is True)


def _theme_folders(settings: Settings) -> list[str]:
    material = find_spec("material")
    places = (material.submodule_search_locations or []) if material else []
    return [str(settings.overrides), *(f"{place}/templates" for place in places)]


def published_files(content: Path, known: Mapping[str, Any]) -> dict[str, Path]:
    """Return the hand-written files in `content` that MkDocs publishes, by their paths.

    Those that take the place of others are among them as they lie there, not yet in that place.
    `known` are the settings of the site. Raises FrameworkError for folders that cannot be read.
    """
    excluded = str(known.get("exclude_docs") or "")
    patterns = GitIgnoreSpec.from_lines(["/templates/", *excluded.splitlines()])
    files = files_below(content)
    return {path: file for path, file in files.items() if not patterns.match_file(path)}
