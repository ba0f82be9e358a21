"""Which files of authors may hold scripts, and that the settings of the site hold none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..definition.files import is_file, load_text
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..pages.scripts import SUFFIXES, script_problems, scripts_in_value
from .configuration import key_position, load

#: Where authors write, below the folder of the settings.
_WRITTEN = ("*", "content/**/*", "snippets/**/*")


def parse(chosen: Any, file: Path) -> tuple[frozenset[Path], list[Problem]]:
    """Parse the files that may hold scripts, as the settings in `file` name them.

    Return them with all links resolved, and the problems: names of no text of an author, and
    scripts in the settings that are not among them.
    """
    names = [str(name) for name in chosen] if isinstance(chosen, list) else []
    problems = [_unknown(name, file) for name in names if not _is_text(file.parent / name)]
    texts = [file.parent / name for name in names if _is_text(file.parent / name)]
    allowed = frozenset(text.resolve() for text in texts)
    scripts = _in_settings(file)
    return allowed, problems + [p for p in scripts if p.where.file.resolve() not in allowed]


def _is_text(file: Path) -> bool:
    return is_file(file) and file.name.lower().endswith(SUFFIXES)


def _unknown(name: str, file: Path) -> Problem:
    root = file.parent
    known = {path for pattern in _WRITTEN for path in root.glob(pattern) if _is_text(path)}
    hint = suggestion(name, sorted(path.relative_to(root).as_posix() for path in known), "files")
    where = key_position(file, "extra", "maturity", "scripts")
    message = f"extra: maturity: scripts: no page or other text {name}"
    return Problem(where, message, hint.partition(" (")[0])


def _in_settings(file: Path) -> Iterator[Problem]:
    """Yield a problem for each script in the settings, which the theme prints as HTML."""
    try:
        settings = load(file)
    except FrameworkError:  # whoever loads them reports it
        return
    for path, value in _texts(settings, ()):
        if scripts := [*scripts_in_value(value)]:
            where = key_position(file, *path)
            place = Position(where.file, where.line, where.column)
            yield from script_problems(scripts, load_text(where.file), place, f"{path[0]}: ")


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text in the settings, keys too, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield (*path, str(key)), str(key)
            yield from _texts(inside, (*path, str(key)))
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside, path)
