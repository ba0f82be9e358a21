"""The picture of a result, as in `picture.js`: where its marks stand, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from ..framework.scoring import Reading, Result
from .names import Names


@dataclass(frozen=True)
class Mark:
    """A dimension on the staircase. Places are numbers of levels; what is None is not drawn.

    `open` is where the level begins in which a question is open. `reading` is both readings in a
    line, once where they are the same.
    """

    claimed: float | None
    shown: float | None
    open: int | None
    reading: str


@dataclass(frozen=True)
class Picture:
    """A result on the staircase: a mark by dimension, and how a level is the one that one is at.

    `at` is the number of the level claimed. `here` holds by number of a level `claimed_and_shown`,
    `claimed` or `shown`. `label` is all that the marks say, for whoever does not see them.
    """

    at: int
    here: dict[int, str]
    marks: dict[str, Mark]
    label: str


def picture(names: Names, result: Result) -> Picture:
    """Return where everything stands on the staircase."""
    claimed, shown = result.claimed, result.shown
    rows = [
        names.say(
            "stairs_row",
            dimension_title=names.dimension(dimension),
            claimed=names.progress(claimed, dimension),
            shown=names.progress(shown, dimension),
        )
        for dimension in names.framework.dimensions
    ]
    is_same = claimed.at == shown.at
    return Picture(
        at=claimed.at,
        here={shown.at: "shown", claimed.at: "claimed_and_shown" if is_same else "claimed"},
        marks={name: _mark(names, result, name) for name in names.framework.dimensions},
        label=" ".join(rows),
    )


def _mark(names: Names, result: Result, dimension: str) -> Mark:
    claimed, shown = result.claimed, result.shown
    return Mark(
        _known(claimed, dimension),
        _known(shown, dimension),
        claimed.completed[dimension] if claimed.answered[dimension] else None,
        _both(names, claimed, shown, dimension),
    )


def _known(reading: Reading, dimension: str) -> float | None:
    """Return how far a dimension is known to have come, without the share of an open level.

    None where nothing of it is known, which is not zero.
    """
    if reading.answered[dimension]:
        return reading.completed[dimension] or None
    return reading.progress[dimension]


def _both(names: Names, claimed: Reading, shown: Reading, dimension: str) -> str:
    """Return both readings in a line."""
    said = [names.progress(reading, dimension) for reading in (claimed, shown)]
    if said[0] == said[1]:
        return said[0]
    done = claimed.completed[dimension]
    has_shares = names.framework.scoring.level_means == "working" and not (
        claimed.answered[dimension] or shown.answered[dimension]
    )
    if not has_shares or shown.completed[dimension] != done:
        return names.say("both_readings", claimed=said[0], shown=said[1])
    return names.say(
        "both_shares",
        level_title=names.level(done + 1),
        claimed=names.percent(claimed.progress[dimension] - done),
        shown=names.percent(shown.progress[dimension] - done),
    )
