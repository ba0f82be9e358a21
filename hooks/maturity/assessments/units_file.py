"""The file `units.yaml`: which units there are, what they belong to, aim at and inherit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from ..definition.ids import DimensionId, Id, LevelId, PracticeId
from ..definition.model import Framework
from ..definition.parts import Part
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.text import Text
from ..definition.values import Day
from ..definition.yaml_files import load_tree
from ..definition.yaml_tree import Misread, Node
from ..framework.days import is_day

#: Its name, and that of the folder in which it and the folders of the units lie.
FILE, FOLDER = "units.yaml", "assessments"
#: How many units there may be: pages that set them side by side stay readable up to here.
MOST_UNITS = 500


class Target(Part):
    """What a unit aims at: levels to complete by a day."""

    by: Day
    level: LevelId | None = None
    """The level to complete in every dimension."""
    levels: dict[DimensionId, LevelId] = {}
    """Those of single dimensions, in place of `level`."""


class Unit(Part):
    """A team, product line or company that is assessed, or a group of them."""

    title: Text
    part_of: Id | None = None
    """The unit or group that it belongs to."""
    target: Target | None = None
    inherits: dict[Id, list[PracticeId]] = {}
    """Practices that another unit answers for it, by that unit; its own answers go first."""


class UnitsFile(Part):
    """All units, in the order in which pages show them."""

    as_of: Day | None = None
    """The day on which evidence counts; by default that of the build."""
    units: Annotated[dict[Id, Unit], Field(min_length=1, max_length=MOST_UNITS)]


_NOWHERE = Node(None, Position(Path(FILE)), Position(Path(FILE)))


@dataclass(frozen=True)
class Units:
    """The units of a site and where each stands in its file.

    `as_of` is the day on which evidence counts, as 2026-11-24; empty for that of the build.
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    root: Node = _NOWHERE
    as_of: str = ""

    def aims(self, unit: str, framework: Framework) -> dict[str, str]:
        """Return the level that a unit aims at, by dimension; without those it has no aim in."""
        target = self.units[unit].target
        if target is None:
            return {}
        aims = {name: target.levels.get(name, target.level) for name in framework.dimensions}
        return {name: level for name, level in aims.items() if level}


def load_units(file: Path, framework: Framework, today: str) -> Units:
    """Load the units; raises FrameworkError with everything that is wrong with them.

    `today` is the last day that evidence may count as of.
    """
    hint = f"list the units: units: {{my-unit: {{title: My unit}}}}; see the guide, {FOLDER}/"
    root, problems = load_tree(file, hint)
    try:
        read = UnitsFile.model_validate(_plain(root))
    except ValidationError as error:
        problems += [_described(root, dict(one)) for one in error.errors()]
        raise FrameworkError(dict.fromkeys(problems)) from None
    problems += [*_wrong_day(root, read.as_of, today)]
    problems += _Check(root, read.units, framework).problems()
    if problems:
        raise FrameworkError(problems)
    return Units(read.units, root, read.as_of or "")


def _wrong_day(root: Node, as_of: str | None, today: str) -> Iterator[Problem]:
    where = root.nearest("as_of").at
    if as_of and not is_day(as_of):
        yield Problem(where, f"as_of: {as_of} is no day of the calendar")
    elif as_of and as_of > today:
        hint = f"nobody knows yet what counts then; today is {today}"
        yield Problem(where, f"as_of: {as_of} is still to come", hint)


def _plain(node: Node) -> Any:
    """Return the value of a node; a date, which YAML makes an object of, as it is written."""
    if isinstance(node.value, Misread):
        return node.raw
    if isinstance(node.value, dict):
        return {key: _plain(one) for key, one in node.value.items()}
    return [_plain(one) for one in node.value] if isinstance(node.value, list) else node.value


#: The keys of each part, by how deep it lies.
_KEYS = {0: [*UnitsFile.model_fields], 2: [*Unit.model_fields], 3: [*Target.model_fields]}


#: How maps are written.
_MAPS = {
    "units": "such as my-unit: {title: My unit}",
    "target": "such as target: {by: 2027-06-30, level: LEVEL}",
    "levels": "such as levels: {DIMENSION: LEVEL}",
    "inherits": "such as inherits: {UNIT: [PRACTICE]}",
}


def _described(root: Node, details: dict[str, Any]) -> Problem:
    """Return one of the model's complaints as a problem at its place."""
    path = tuple(key for key in details["loc"] if key != "[key]")
    node, kind, name = root.nearest(*path), details["type"], path[-1] if path else FILE
    start = f"unit {path[1]}: " if len(path) > 2 else ""
    if kind == "extra_forbidden":
        known = _KEYS[len(path) - 1]
        return Problem(node.key, f'{start}unknown key "{name}"', suggestion(name, known, "keys"))
    if kind == "missing":
        return Problem(node.key, f'{start}"{name}" is missing', "see the guide")
    if kind == "string_pattern_mismatch":
        wanted = (
            "a day, such as 2027-06-30"
            if name in ("by", "as_of")
            else "small letters, digits, hyphens"
        )
        return Problem(node.key, f"{start}{name} must be {wanted}")
    if kind in ("dict_type", "model_type"):
        return Problem(
            node.at, f"{start}{name} must be a map", _MAPS.get(str(name), _MAPS["units"])
        )
    return Problem(node.at, f"{start}{name}: {details['msg'][:1].lower()}{details['msg'][1:]}")


class _Check:
    """The rules across units, and between them and the framework."""

    def __init__(self, root: Node, units: Mapping[str, Unit], framework: Framework) -> None:
        self.root = root
        self.units = units
        self.framework = framework

    def problems(self) -> list[Problem]:
        """Return every broken rule."""
        found = [problem for name in self.units for problem in self._unit(name)]
        parents = {name: [unit.part_of] for name, unit in self.units.items() if unit.part_of}
        found += self._circles(parents, "part_of", "is part of")
        inherited = {name: [*unit.inherits] for name, unit in self.units.items()}
        return [*found, *self._circles(inherited, "inherits", "inherits from")]

    def _unit(self, name: str) -> Iterator[Problem]:
        unit = self.units[name]
        if unit.part_of and unit.part_of not in self.units:
            yield self._unknown(name, ("part_of",), "unit", unit.part_of, self.units)
        for other, practices in unit.inherits.items():
            if other not in self.units:
                yield self._unknown(name, ("inherits", other), "unit", other, self.units)
            for index, practice in enumerate(practices):
                if practice not in self.framework.practices:
                    yield self._practice(name, other, index, practice)
        if unit.target:
            yield from self._target(name, unit.target)

    def _practice(self, name: str, other: str, index: int, practice: str) -> Problem:
        practices = self.framework.practices
        now = next((new for new, one in practices.items() if practice in one.formerly), None)
        path = ("inherits", other, index)
        if now is None:
            return self._unknown(name, path, "practice", practice, practices)
        where = self.root.nearest("units", name, *path).at
        return Problem(where, f"unit {name}: {practice} is now {now}", f"write {now}")

    def _target(self, name: str, target: Target) -> Iterator[Problem]:
        levels, dimensions = self.framework.levels, self.framework.dimensions
        if not is_day(target.by):
            where = self.root.nearest("units", name, "target", "by").at
            yield Problem(where, f"unit {name}: {target.by} is no day of the calendar")
        if not (target.level or target.levels):
            where = self.root.nearest("units", name, "target").key
            hint = "write level: LEVEL, or levels: {DIMENSION: LEVEL}"
            yield Problem(where, f"unit {name}: the target names no level", hint)
        if target.level and target.level not in levels:
            yield self._unknown(name, ("target", "level"), "level", target.level, levels)
        for dimension, level in target.levels.items():
            path = ("target", "levels", dimension)
            if dimension not in dimensions:
                yield self._unknown(name, path, "dimension", dimension, dimensions)
            if level not in levels:
                yield self._unknown(name, path, "level", level, levels)

    def _unknown(
        self, name: str, path: tuple[str | int, ...], kind: str, word: str, known: Mapping[str, Any]
    ) -> Problem:
        node = self.root.nearest("units", name, *path)
        where = node.key if path[-1] == word else node.at
        return Problem(where, f"unit {name}: no {kind} {word}", suggestion(word, known, f"{kind}s"))

    def _circles(self, after: Mapping[str, list[str]], key: str, verb: str) -> Iterator[Problem]:
        """Yield a problem for each circle, at the unit of it that comes first in the file."""
        reported: set[str] = set()
        for name in after:
            circle = _circle(name, after)
            if circle and reported.isdisjoint(circle):
                reported.update(circle)
                way = f" {verb} ".join([*circle, name])
                where = self.root.nearest("units", name, key).key
                yield Problem(where, f"unit {name}: a circle: {way}", "take one of these out")


def _circle(start: str, after: Mapping[str, list[str]]) -> list[str]:
    """Return the units on a way from one back to itself, empty if there is none."""
    waiting, seen = [[start]], set[str]()
    while waiting:
        way = waiting.pop()
        for following in after.get(way[-1], []):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                waiting.append([*way, following])
    return []
