"""The collection: the folder `assessments/` with its units and their rounds, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..definition.files import is_there, list_files
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..framework.days import is_day
from ..framework.relations import Relations
from .rounds import Round, carry_lines, load_round
from .units_file import FILE, Unit, Units, load_units

_ENDING = ".json"


@dataclass(frozen=True)
class Collection:
    """Units with their rounds, these by day; `day` is that on which evidence counts."""

    units: Units = field(default_factory=Units)
    rounds: Mapping[str, list[Round]] = field(default_factory=dict)
    day: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is any round, and so a page."""
        return any(self.rounds.values())

    def unit(self, name: str) -> Unit:
        """Return a unit; raises KeyError where there is none."""
        return self.units.units[name]

    def latest(self, name: str, day: str) -> Round | None:
        """Return the last round of a unit up to a day; None before its first one."""
        return next((one for one in reversed(self.rounds.get(name, [])) if one.day <= day), None)

    def carry_lines(self, root: Path) -> list[str]:
        """Return what becomes of the answers in the last round of each unit, where not all fit."""
        last = [rounds[-1] for rounds in self.rounds.values() if rounds]
        return [line for one in last for line in carry_lines(one, _short(one.file, root))]


def load_collection(folder: Path, relations: Relations, today: str) -> Collection:
    """Load the units and all their rounds; empty where there is no such folder.

    Evidence counts as of `today`, unless the file of units says another day. Raises FrameworkError
    with everything that is wrong with any file.
    """
    if not is_there(folder):
        return Collection()
    problems: list[Problem] = []
    units: Units | None = None
    try:
        units = load_units(folder / FILE, relations.framework, today)
    except FrameworkError as error:
        problems += error.problems
    known = _listed(folder / FILE) if units is None else [*units.units]
    rounds: dict[str, list[Round]] = {name: [] for name in known}
    files = [file for file in list_files(folder, "") if file.suffix.lower() == _ENDING]
    for file in files:
        try:
            wrong = [*_misplaced(file, folder, rounds if known else None)]
            if wrong:
                problems += wrong
                continue
            one = load_round(file, relations, today)
            problems += _other_day(one)
            rounds.setdefault(file.parent.name, []).append(one)
        except FrameworkError as error:
            problems += error.problems
    problems += [*_after_the_day(units, rounds)] if units else []
    if problems or units is None:
        raise FrameworkError(problems)
    return Collection(units, rounds, units.as_of or today)


def _after_the_day(units: Units, rounds: Mapping[str, list[Round]]) -> Iterator[Problem]:
    """Yield a problem where rounds are of a later day than the one that evidence counts as of."""
    all_of_them = [one for those in rounds.values() for one in those]
    later = max(all_of_them, key=lambda one: one.day, default=None)
    if units.as_of and later and later.day > units.as_of:
        name = f"{later.file.parent.name}/{later.file.name}"
        message = f"as_of: {units.as_of} is before the round {name}"
        hint = f"write {later.day} or later, or leave as_of out: then the day of the build counts"
        yield Problem(units.root.nearest("as_of").at, message, hint)


def _listed(file: Path) -> list[str]:
    """Return the names of units in a file with mistakes, so that no folder is called unknown."""
    from ..definition.yaml_files import load_tree

    try:
        units = load_tree(file)[0].get("units")
    except FrameworkError:
        return []
    return [*units.entries] if units else []


def _misplaced(file: Path, folder: Path, units: Mapping[str, object] | None) -> Iterator[Problem]:
    """Yield what is wrong with the place and the name of a file."""
    where, path = Position(file), file.relative_to(folder)
    if file.suffix != _ENDING:
        yield Problem(where, f"nobody reads {file.name}", f"call it {file.stem}{_ENDING}")
    elif len(path.parts) != 2:
        hint = "file it as UNIT/DAY.json, such as search/2026-09-01.json"
        yield Problem(where, "this is in no folder of a unit", hint)
    elif units is not None and path.parts[0] not in units:
        hint = suggestion(path.parts[0], units, f"units in {FILE}")
        yield Problem(where, f"no unit {path.parts[0]}", hint)
    elif not is_day(file.stem):
        hint = "call it by its day, such as 2026-09-01.json"
        yield Problem(where, f"{file.stem} is no day of the calendar", hint)


def _other_day(one: Round) -> Iterator[Problem]:
    if one.day != one.file.stem:
        message = f"its date is {one.day or 'empty'}, and its name says {one.file.stem}"
        hint = f'call it {one.day or "DAY"}.json, or write "date": "{one.file.stem}" in it'
        yield Problem(Position(one.file), message, hint)


def _short(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
