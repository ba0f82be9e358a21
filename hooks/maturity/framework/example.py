"""A worked example: one cell with answers made up for it, read as claimed and as shown."""

from __future__ import annotations

from dataclasses import dataclass

from ..definition.model import Answer
from .relations import TOLERANCE, Item, Relations, without_evidence


@dataclass(frozen=True)
class Line:
    """A practice, the answer made up for it, and what that counts as in both readings."""

    practice: Item
    id: str
    """Of the answer."""
    answer: Answer
    is_proven: bool
    claimed: float
    shown: float


@dataclass(frozen=True)
class Reading:
    """What the answers come to in one reading."""

    mean: float
    is_complete: bool


@dataclass(frozen=True)
class Example:
    """A cell with an answer for each of its practices."""

    level: Item
    dimension: Item
    lines: list[Line]
    claimed: Reading
    shown: Reading


def example(relations: Relations) -> Example | None:
    """Return the first cell that is complete as claimed and not as shown, with made-up answers.

    Where there is none, return the first cell with practices; None where no cell has any.
    """
    cells = [
        _example(relations, level, dimension)
        for level in relations.all("level")
        for dimension in relations.all("dimension")
        if relations.cell(level.id, dimension.id)
    ]
    telling = [one for one in cells if one.claimed.is_complete and not one.shown.is_complete]
    return next(iter([*telling, *cells]), None)


def _example(relations: Relations, level: Item, dimension: Item) -> Example:
    first, *others = relations.cell(level.id, dimension.id)
    lines = [_line(relations, first, is_proven=True)]
    lines += [_line(relations, practice) for practice in others[:-1]]
    lines += [_line(relations, practice, is_lower=True) for practice in others[-1:]]
    claimed = _reading(relations, [(line.practice, line.claimed) for line in lines])
    shown = _reading(relations, [(line.practice, line.shown) for line in lines])
    return Example(level, dimension, lines, claimed, shown)


def _line(
    relations: Relations, practice: Item, *, is_proven: bool = False, is_lower: bool = False
) -> Line:
    """Return a line with a practice's top answer, or with what that counts as without evidence."""
    offered = {name: answer for name, answer, _ in relations.offered(practice.id)}
    answers = [*offered.values()]
    top, lower = answers[-1], without_evidence(answers, answers[-1])
    answer = lower if is_lower else top
    shown = lower if answer.needs_evidence and not is_proven else answer
    name = next(name for name, one in offered.items() if one is answer)
    return Line(practice, name, answer, is_proven, answer.value, shown.value)


def _reading(relations: Relations, credited: list[tuple[Item, float]]) -> Reading:
    scoring = relations.framework.scoring
    mean = sum(value for _, value in credited) / len(credited)
    gate = [value for practice, value in credited if practice.entry.essential]
    passes = all(value >= scoring.passing - TOLERANCE for value in gate)
    return Reading(mean, passes and mean >= scoring.threshold - TOLERANCE)
