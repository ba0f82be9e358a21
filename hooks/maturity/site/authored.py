"""Hand-written pages: the framework is in their scope, and they may replace generated ones."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from ..definition.files import check_file, load_text
from ..definition.plain_yaml import parse_yaml
from ..definition.problems import FrameworkError, Position, Problem
from ..pages.paths import built_path
from .generate import Site

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)


def render(site: Site, files: dict[str, Path]) -> dict[str, str]:
    """Return the Markdown of the hand-written pages that use the framework, by path.

    `files` are all hand-written files: path below the site's root, and where it lies on disk.
    Raises FrameworkError for those that cannot be read or are none, such as pipes, for mistakes in
    their braces, and for addresses that are taken.
    """
    problems = list(_collisions(site, files))
    generated = {page.path: page for page in site.pages}
    texts: dict[str, str] = {}
    for path, file in files.items():
        try:
            if not path.endswith(".md"):
                check_file(file)
                continue
            text = load_text(file)
            if _uses_macros(text):
                texts[path] = site.renderer.hand_written_page(text, path, file, generated.get(path))
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return texts


def _uses_macros(text: str) -> bool:
    """Tell whether a page has braces to fill in, and no `render_macros: false` that forbids it."""
    if not re.search(r"\{[{%#]", text):
        return False
    front = _FRONT_MATTER.match(text)
    try:
        matter = parse_yaml(front[1]) if front else None
    except yaml.YAMLError:
        return True
    return not (isinstance(matter, dict) and matter.get("render_macros") is False)


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
