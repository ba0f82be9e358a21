"""Ageing: what of an assessment's evidence runs out, when, and which level falls with it.

`content/assets/assessment/ageing.js` follows the same rules in the browser; `tests/scoring.yaml`
holds both to the same cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from ..definition.model import NOT_APPLICABLE
from .answer_file import Sitting, StoredAnswer
from .days import HORIZON, LAST, day_after, day_before, is_day, last_day
from .evidence import Record, records
from .relations import Relations
from .scoring import Given, Reading, Result, counted_answers, counted_for, score


@dataclass(frozen=True)
class RunOut:
    """The day from which on nothing counts for a practice any more.

    `records` are those that counted until then; none where "not applicable" ended, after which the
    question is open.
    """

    day: str
    practice: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Fall:
    """A day on which a level falls in one reading, `shown` or `claimed`.

    Without a `dimension`, `before` and `after` are the numbers of the level one is at, 0 for none;
    with one, how many levels are completed in it. `because` are the practices for which nothing
    counts from that day on, of cells that were complete and counted.
    """

    day: str
    reading: str
    dimension: str | None
    before: int
    after: int
    because: tuple[str, ...]


class Ageing:
    """What becomes of an assessment's evidence from a day on, within two years."""

    def __init__(self, relations: Relations, sitting: Sitting, on: str) -> None:
        """Take the day `on`, such as 2026-11-24; ValueError where the calendar does not have it."""
        self.relations = relations
        self.sitting = sitting
        self.on = on
        self.last = last_day(on, HORIZON) or LAST
        #: What counted when last asked, and what it came to: from day to day it seldom changes.
        self._last: tuple[dict[str, Given], Result] | None = None
        framework = relations.framework
        self._given = counted_answers(framework, sitting.answers)
        #: The records of answers that need evidence, by practice in the order of the file.
        self.records = {
            name: records(framework, framework.practices[name], stored, sitting.date)
            for name, stored in self._known()
            if (counted := counted_for(relations, name, self._given[name]))
            and counted.needs_evidence
        }

    def result(self, day: str) -> Result:
        """Return what the answers come to on a day."""
        answers, dated = self.sitting.answers, self.sitting.date
        counted = counted_answers(self.relations.framework, answers, day, dated)
        if self._last is None or self._last[0] != counted:
            self._last = counted, score(self.relations, counted, self.sitting.start)
        return self._last[1]

    @property
    def runs_out(self) -> list[RunOut]:
        """What runs out after the day, by day, then as in the file."""
        ends = [one for name, stored in self._known() for one in self._ends(name, stored)]
        return sorted(ends, key=lambda one: one.day)

    @property
    def renew(self) -> list[RunOut]:
        """What ran out up to the day and nothing took the place of, by day.

        A practice stands there once, with what ran out last.
        """
        over = [
            end
            for name, all_of_it in self.records.items()
            if not any(record.counts(self.on) for record in all_of_it)
            for end in [_last_end(name, all_of_it, self.on)]
            if end
        ]
        return sorted(over, key=lambda one: one.day)

    @property
    def undated(self) -> dict[str, list[Record]]:
        """Records that have a lifetime and no day from which on, by practice."""
        found = {
            name: [record for record in all_of_it if record.is_undated]
            for name, all_of_it in self.records.items()
        }
        return {name: those for name, those in found.items() if those}

    @property
    def falls(self) -> list[Fall]:
        """The days on which a level falls; of one day the level first, shown before claimed."""
        days = groupby(self.runs_out, key=lambda one: one.day)
        return [fall for day, ends in days for fall in self._falls(day, list(ends))]

    def _falls(self, day: str, ends: list[RunOut]) -> Iterator[Fall]:
        before, after = self.result(day_before(day)), self.result(day)
        all_of_them = {one.practice for one in ends}
        # Evidence does not change what is claimed.
        exempt = {one.practice for one in ends if not one.records}
        yield from self._fallen(day, "shown", (before.shown, after.shown), all_of_them)
        yield from self._fallen(day, "claimed", (before.claimed, after.claimed), exempt)

    def _fallen(
        self, day: str, name: str, readings: tuple[Reading, Reading], ended: Collection[str]
    ) -> Iterator[Fall]:
        before, after = readings
        levels = list(self.relations.framework.levels)

        def because(counted: int, dimension: str | None) -> tuple[str, ...]:
            return tuple(
                one.id
                for one in self.relations.all("practice")
                if one.id in ended
                and dimension in (None, one.entry.dimension)
                and levels.index(one.entry.level) < counted
                and not after.cells[one.entry.level, one.entry.dimension].is_complete
            )

        if after.at < before.at:
            yield Fall(day, name, None, before.at, after.at, because(before.overall, None))
        for dimension, was in before.completed.items():
            if (now := after.completed[dimension]) < was:
                yield Fall(day, name, dimension, was, now, because(was, dimension))

    def _known(self) -> list[tuple[str, StoredAnswer]]:
        """Return the answers that scoring counts, in the order of the file."""
        return [(name, self.sitting.answers[name]) for name in self._given]

    def _ends(self, name: str, stored: StoredAnswer) -> Iterator[RunOut]:
        """Yield each day ahead from which on nothing counts for a practice."""
        if stored.answer == NOT_APPLICABLE:
            practice = self.relations.framework.practices[name]
            may_end = practice.may_be_not_applicable and is_day(stored.until)
            if may_end and self._given[name].is_reasoned and self._is_ahead(stored.until):
                yield RunOut(day_after(stored.until) or LAST, name, ())
        all_of_it = self.records.get(name, [])
        for end in sorted({record.until for record in all_of_it if record.until}):
            day = day_after(end)
            if day and self._is_ahead(end) and not any(one.counts(day) for one in all_of_it):
                yield RunOut(day, name, _ending(all_of_it, end))

    def _is_ahead(self, end: str) -> bool:
        """Tell whether the day after a last day is one that anybody looks at."""
        return self.on <= end < self.last


def _last_end(name: str, all_of_it: list[Record], on: str) -> RunOut | None:
    ends = [record.until for record in all_of_it if record.until and record.until < on]
    day = day_after(max(ends)) if ends else None
    return RunOut(day, name, _ending(all_of_it, max(ends))) if day else None


def _ending(all_of_it: list[Record], end: str) -> tuple[Record, ...]:
    return tuple(record for record in all_of_it if record.until == end)
