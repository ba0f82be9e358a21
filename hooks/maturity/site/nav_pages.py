"""Check which pages the settings show: that the nav's are there, and that none of ours is lost."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from ..definition.problems import FrameworkError, Position, Problem, suggestion
from . import nav
from .configuration import key_position
from .generate import Site
from .pictures import ELSEWHERE
from .settings import TEXT_FONTS

#: How alike the name of a page and that of a generated one must be to be taken for it.
_ALIKE = 0.85
#: Of what every page loads, a file of each kind.
_LOADED = ("assets/brand.css", "assets/playbook.js", TEXT_FONTS[0])


def nav_problems(
    settings: Mapping[str, Any],
    site: Site,
    written: Mapping[str, Path],
    config: Path,
    *,
    strict: bool,
) -> Iterator[Problem]:
    """Yield a problem for each page of the nav that is not there, and for each that it leaves out.

    `settings` are those in `config`, as they stand there; `written` are the hand-written files by
    path. A nav may leave pages out unless the site is built `strict` and the settings warn of it.
    """
    entries = settings.get("nav")
    if not isinstance(entries, list) or not entries:
        return
    known = {*written, *(output.path for output in site.outputs), *site.sheets}
    yield from _missing(entries, ("nav",), known, config)
    try:
        listed = nav.paths(nav.expand(entries, site, config))
    except FrameworkError as error:
        yield from error.problems
        return
    if strict and _level(settings, "omitted_files") == "warn":
        yield from _left_out(settings, listed, site, written)


def hidden_files(settings: Mapping[str, Any], site: Site, config: Path) -> Iterator[Problem]:
    """Yield a problem for each setting that leaves out what pages of ours lead to or load.

    `settings` are those in `config`.
    """
    ours = [*(output.path for output in site.outputs), *_LOADED]
    for key in ("exclude_docs", "draft_docs"):
        patterns = GitIgnoreSpec.from_lines(str(settings.get(key) or "").splitlines())
        hidden = [path for path in ours if patterns.match_file(path)]
        if hidden:
            more = f" and {len(hidden) - 1} more" if len(hidden) > 1 else ""
            message = f"{key} is not followed for what is ours: {hidden[0]}{more}"
            hint = "other pages lead there or load it; a nav of your own may leave a page out"
            yield Problem(key_position(config, key), message, hint)


def _missing(
    node: object, keys: tuple[str, ...], known: Collection[str], config: Path
) -> Iterator[Problem]:
    """Yield a problem for each page below `node` that is not among the `known` files."""
    if isinstance(node, Mapping):
        for title, inside in node.items():
            yield from _missing(inside, (*keys, str(title)), known, config)
    elif isinstance(node, list):
        for index, inside in enumerate(node):
            yield from _missing(inside, (*keys, str(index)), known, config)
    elif isinstance(node, str) and not _is_elsewhere(node):
        if PurePosixPath(node).as_posix() in known:
            return
        pages = sorted(name for name in known if name.endswith(".md"))
        hint = suggestion(node, pages, "pages").partition(" (")[0]
        yield Problem(key_position(config, *keys), f"nav: no page {node}", hint)


def _is_elsewhere(entry: str) -> bool:
    """Tell whether an entry of the nav is a section of generated pages, or no file of the site."""
    return entry.startswith("@") or ELSEWHERE.match(entry) is not None


def _left_out(
    settings: Mapping[str, Any], listed: Collection[str], site: Site, written: Mapping[str, Path]
) -> Iterator[Problem]:
    """Yield a problem for each page that is neither `listed` nor said to be in no nav."""
    lines = f"{settings.get('not_in_nav') or ''}\n{settings.get('draft_docs') or ''}"
    unlisted = GitIgnoreSpec.from_lines(lines.splitlines())
    for path, file in written.items():
        if path.endswith(".md") and path not in listed and not unlisted.match_file(path):
            hint = f"name {path} under nav:, or under not_in_nav: if other pages lead to it"
            if near := _generated_like(path, site):
                hint = f"did you mean {near}, to take the place of that page? Else {hint}"
            yield Problem(Position(file), "this page is in no nav", hint)


def _generated_like(path: str, site: Site) -> str | None:
    """Return the generated page of which `path` is a misspelling, if it is one."""
    folder = posixpath.dirname(path)
    pages = [page.path for page in site.pages if posixpath.dirname(page.path) == folder]
    return next(iter(difflib.get_close_matches(path, pages, 1, _ALIKE)), None)


def _level(settings: Mapping[str, Any], key: str) -> object:
    """Return what the settings say of a kind of mistake in the nav: such as warn, or info."""
    validation = settings.get("validation")
    levels = validation if isinstance(validation, Mapping) else {}
    inner = levels.get("nav")
    return inner[key] if isinstance(inner, Mapping) and key in inner else levels.get(key)
