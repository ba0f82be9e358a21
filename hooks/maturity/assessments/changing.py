"""What changed from one standing to another; `comparison.js` says the same in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from ..definition.model import NOT_APPLICABLE, UNKNOWN
from .standing import Standing


@dataclass(frozen=True)
class Change:
    """What an answer counted for and counts for now, ids; empty where there is none.

    `size` is how far its value moved, -1 to 1.
    """

    practice: str
    before: str
    after: str
    size: float


@dataclass(frozen=True)
class Changes:
    """What changed: the largest first in `rose` and `fell`, the others in the order of practices.

    `fresh` is answered now and was not before, `withdrawn` the other way about; `otherwise` went
    into, out of or between answers that cannot be compared.
    """

    rose: list[Change]
    fell: list[Change]
    fresh: list[Change]
    withdrawn: list[Change]
    otherwise: list[Change]


def compare(before: Standing, after: Standing) -> Changes:
    """Return what changed from one standing to another of the same framework."""
    changes = [_change(before, after, name) for name in after.states]
    both = [one for one in changes if one.before and one.after and one.before != one.after]
    comparable = [one for one in both if one.size and NOT_APPLICABLE not in (one.before, one.after)]
    largest = sorted(comparable, key=lambda one: -abs(one.size))
    return Changes(
        rose=[one for one in largest if one.size > 0],
        fell=[one for one in largest if one.size < 0],
        fresh=[one for one in changes if one.after and not one.before],
        withdrawn=[one for one in changes if one.before and not one.after],
        otherwise=[one for one in both if one not in comparable],
    )


def _change(before: Standing, after: Standing, practice: str) -> Change:
    first, second = _counted(before, practice), _counted(after, practice)
    return Change(practice, first, second, _value(after, second) - _value(after, first))


def _counted(standing: Standing, practice: str) -> str:
    """Return what an answer counts for by its criteria, empty where there is none."""
    if standing.states[practice] in ("open", "assumed"):
        return ""
    return standing.counted.get(practice) or standing.given[practice].answer


def _value(standing: Standing, answer: str) -> float:
    scale = standing.relations.framework.scale
    return scale[answer].value if answer in scale and answer != UNKNOWN else 0.0
