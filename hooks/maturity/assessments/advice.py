"""Advice: from a standing to what to do next; `advice.js` says the same in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..framework.relations import TOLERANCE, Relations
from ..framework.scoring import Cell, Reading
from .standing import Standing, State

#: `essential`: the gate stays closed without it; `distance`: it is among the fewest that complete
#: its cell; `more`: its cell is incomplete; `required`: another one comes after it.
Reason = Literal["essential", "distance", "more", "required"]
_Order = Callable[[str], tuple[bool, float, int]]


@dataclass(frozen=True)
class Step:
    """A practice to bring further, why, and the practice that it comes before, if that is why."""

    practice: str
    reason: Reason
    before: str | None


@dataclass(frozen=True)
class Advice:
    """What to do next, by the answers as claimed.

    `distance` holds by dimension the fewest practices that complete the deciding level, empty
    where there is no such level; `needed` these and what has to come before them. `walk` is all
    that is to be done, in order; `steps`, `answer_first` and `find_out` are its parts.
    """

    distance: dict[str, list[str]]
    needed: set[str]
    walk: list[Step]
    steps: list[Step]
    answer_first: list[Step]
    find_out: list[Step]
    show_evidence: list[str]
    not_applicable: list[str]

    @property
    def nearest(self) -> set[str]:
        """The fewest practices that complete the deciding level."""
        return {name for names in self.distance.values() for name in names}


def advise(standing: Standing) -> Advice:
    """Return what to do next."""
    relations, claimed = standing.relations, standing.result.claimed
    order = next_step_order(relations)
    dimensions = relations.framework.dimensions if standing.deciding else ()
    distance = {
        name: fewest_to_complete(relations, claimed, cell, order)
        for name, cell in zip(dimensions, standing.cells(claimed), strict=True)
    }
    nearest = {name for names in distance.values() for name in names}
    steps = _walk(standing, _candidates(standing, nearest, order), nearest)

    def those(*states: State) -> list[Step]:
        return [step for step in steps if standing.states[step.practice] in states]

    levels = list(relations.framework.levels)
    practices = relations.framework.practices
    return Advice(
        distance=distance,
        needed=_with_what_comes_before(nearest, steps),
        walk=steps,
        steps=those("answered"),
        answer_first=those("open"),
        find_out=those("unknown"),
        show_evidence=sorted(
            standing.waiting, key=lambda name: (levels.index(practices[name].level), *order(name))
        ),
        not_applicable=standing.in_state("left-out"),
    )


def next_step_order(relations: Relations) -> _Order:
    """Return the key to sort by: essential first, then value for effort, then as in the file."""
    practices = relations.framework.practices
    places = {name: place for place, name in enumerate(practices)}

    def key(name: str) -> tuple[bool, float, int]:
        entry = practices[name]
        return not entry.essential, -entry.value / entry.effort, places[name]

    return key


def fewest_to_complete(
    relations: Relations, reading: Reading, cell: Cell, order: _Order
) -> list[str]:
    """Return the fewest practices to bring to full credit so that a cell is complete, in order."""
    if cell.is_complete:
        return []
    threshold = relations.framework.scoring.threshold
    needed = {*cell.open, *cell.failing}
    rest = {name: reading.credit[name] or 0.0 for name in cell.practices if name not in needed}
    total = len(needed) + sum(rest.values())
    for name in sorted(rest, key=lambda name: (rest[name], *order(name))):
        if total / len(cell.practices) >= threshold - TOLERANCE:
            break
        total += 1 - rest[name]
        needed.add(name)
    return sorted(needed, key=order)


def _candidates(standing: Standing, nearest: set[str], order: _Order) -> list[str]:
    """Return what could be raised at the deciding level, the nearest first."""
    credit = standing.result.claimed.credit
    below = [
        name
        for cell in standing.cells(standing.result.claimed)
        if not cell.is_complete
        for name in cell.practices
        if (credit[name] or 0.0) < 1 - TOLERANCE
    ]
    return sorted(below, key=lambda name: (name not in nearest, *order(name)))


def _walk(standing: Standing, wanted: list[str], nearest: set[str]) -> list[Step]:
    """Return the candidates, each after what it requires."""
    practices = standing.relations.framework.practices
    credit, passing = standing.result.claimed.credit, standing.relations.framework.scoring.passing
    steps: list[Step] = []
    own, visited = {*wanted}, set[str]()

    def fails(name: str) -> bool:
        return name in credit and (credit[name] or 0.0) < passing - TOLERANCE

    def reason(name: str) -> Reason:
        if name not in own:
            return "required"
        if practices[name].essential and fails(name):
            return "essential"
        return "distance" if name in nearest else "more"

    def visit(name: str, before: str | None) -> None:
        if name in visited:
            return
        visited.add(name)
        for other in practices[name].requires:
            if fails(other):
                visit(other, name)
        steps.append(Step(name, reason(name), before))

    for name in wanted:
        visit(name, None)
    return steps


def _with_what_comes_before(practices: Iterable[str], steps: list[Step]) -> set[str]:
    """Return practices and those of the steps that come before one of them."""
    all_of_them = {*practices}
    for step in reversed(steps):
        if step.before in all_of_them:
            all_of_them.add(step.practice)
    return all_of_them
