"""Find files of a fork that nobody reads, as their names are nearly right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..assessments.units_file import FILE as UNITS_FILE
from ..definition.problems import FrameworkError, Position, Problem
from .instead import FOLDER
from .settings import Settings

_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
#: The folders of a fork in that of the hand-written pages.
_OWN = ("own", FOLDER.strip("/"))
#: How alike two names must be: `overlays` is `overlay`, `overlay-old` is put aside on purpose.
_ALIKE = 0.85


def check_names(settings: Settings) -> None:
    """Raise FrameworkError for what lies beside the definition, or in `content`, misnamed."""
    folder, releases = settings.framework.parent, settings.releases
    names = ("samples", settings.snippets.name, releases.name, settings.assessments.name)
    problems = [
        *_misnamed_files(folder, (settings.overlay.name, settings.words.name)),
        *_misnamed_files(settings.assessments, (UNITS_FILE,)),
        *_misnamed_folders(folder, names, _ALIKE),
        *_misnamed_folders(settings.content, _OWN, _ALIKE),
        *_misplaced(folder, settings.content),
        *(
            _problem(file, file.with_suffix(".yaml").name)
            for own in _entries(releases)
            for file in _entries(own)
            if file.suffix == ".yml"
        ),
    ]
    if problems:
        raise FrameworkError(problems)


def _misplaced(folder: Path, content: Path) -> Iterator[Problem]:
    """Yield a problem for a fork's pages and styles that lie beside `content`, not in it."""
    for name in _OWN:
        files = [file for file in _entries(folder / name) if file.suffix in (".md", ".css")]
        if folder != content and files:
            hint = f"move it to {content.name}/{name}/"
            yield Problem(Position(files[0]), f"nobody reads the folder {name}/ here", hint)


def misnamed_settings(config: Path) -> list[Problem]:
    """Return the problems of files beside the settings of a site that are nearly `site.yml`."""
    files = _misnamed_files(config.parent, ("site.yml",))
    return [problem for problem in files if problem.where.file != config]


def _misnamed_files(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    stems = {Path(name).stem: name for name in names}
    for file in _entries(folder):
        stem, dot, ending = file.name.partition(".")
        if not file.is_file() or dot + ending.lower() not in _ENDINGS:
            continue
        near = difflib.get_close_matches(stem.lower(), stems, 1, _ALIKE)
        if near and file.name != stems[near[0]]:
            yield _problem(file, stems[near[0]])


def _misnamed_folders(folder: Path, names: Iterable[str], alike: float) -> Iterator[Problem]:
    for place in _entries(folder):
        near = difflib.get_close_matches(place.name.lower(), names, 1, alike)
        # A folder `town` is no `own`.
        is_meant = near and near[0][0] == place.name[0].lower()
        if is_meant and place.is_dir() and place.name not in names:
            yield _problem(place, near[0])


def _problem(file: Path, name: str) -> Problem:
    message = f"nobody reads {file.name}; did you mean {name}?"
    return Problem(Position(file), message, f"call it {name}, or something quite different")


def _entries(folder: Path) -> list[Path]:
    """List what lies in a folder; nothing where that cannot be looked at, which others report."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
