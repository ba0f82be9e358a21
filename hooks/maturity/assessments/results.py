"""The results of units: each by itself over its rounds, and what holds several of them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..framework.answer_file import (
    NO_DAY,
    Assessment,
    EvidenceRecord,
    Sitting,
    StoredAnswer,
)
from ..framework.catalog import Words
from ..framework.days import is_day
from ..framework.relations import Item, Relations
from ..framework.scoring import Reading, Result
from .account import Account
from .advice import fewest_to_complete, next_step_order
from .clauses import touched_clauses
from .collection import Collection
from .renewals import SOON, Renewal, Renewals
from .rounds import Round
from .standing import result_of, stand
from .units_file import FILE, Unit


@dataclass(frozen=True)
class Moment:
    """What a unit's answers came to on a day."""

    day: str
    result: Result


@dataclass(frozen=True)
class Aim:
    """A level that a unit aims to complete in a dimension, and the practices that it takes."""

    dimension: Item
    level: Item
    practices: list[Item]


@dataclass(frozen=True)
class UnitResult:
    """What the answers of a unit come to.

    `moments` has a result for each round, by day; `account` is that of the last one, as of today.
    `sitting` are its answers, with those that it inherits. `within` are the groups that the unit
    belongs to, the nearest first. `inherited` says of which unit an answer is, by practice.
    """

    id: str
    unit: Unit
    last: Round
    moments: list[Moment]
    sitting: Sitting
    account: Account
    within: list[str]
    inherited: dict[str, str]
    aims: list[Aim]
    renewals: Renewals

    @cached_property
    def runs_out(self) -> list[Renewal]:
        """What has run out, and what will in the next 90 days, by day."""
        return self.renewals.within(SOON)

    @property
    def claimed(self) -> Reading:
        """The answers taken as they are."""
        return self.account.claimed

    @property
    def shown(self) -> Reading:
        """The answers as far as evidence goes."""
        return self.account.shown

    @property
    def lacks(self) -> list[Item]:
        """The fewest practices that complete the level that it is at, in next-step order."""
        relations = self.account.standing.relations
        return relations.named("practice", sorted(self._nearest, key=next_step_order(relations)))

    @cached_property
    def _nearest(self) -> set[str]:
        return self.account.advice.nearest

    def lacking_in(self, dimension: str) -> list[Item]:
        """Return the fewest practices that complete the next level of a dimension, in order."""
        relations = self.account.standing.relations
        done, levels = self.claimed.completed[dimension], list(relations.framework.levels)
        if done == len(levels):
            return []
        return _fewest(relations, self.claimed, levels[done], dimension)

    def unproven_in(self, dimension: str) -> list[Item]:
        """Return the practices of a dimension whose answer needs evidence and has none."""
        relations = self.account.standing.relations
        waiting = relations.named("practice", self.account.advice.show_evidence)
        return [one for one in waiting if one.entry.dimension == dimension]

    def clauses(self, standard: Item) -> list[str]:
        """Return which clauses of a standard the answers touch, in lines, and which they do not."""
        standing, words = self.account.standing, self.account.words
        touched = touched_clauses(standard.entry, standing, self.sitting, self.renewals.on)
        return touched.lines(words)

    def inherited_in(self, dimension: str) -> dict[str, list[Item]]:
        """Return the practices of a dimension that other units answer, by the id of the unit."""
        found: dict[str, list[Item]] = {}
        for practice in self.account.standing.relations.named("practice", self.inherited):
            if practice.entry.dimension == dimension:
                found.setdefault(self.inherited[practice.id], []).append(practice)
        return found


@dataclass(frozen=True)
class Blocker:
    """A practice that keeps several units from completing the level that they are at."""

    practice: Item
    units: list[UnitResult]


@dataclass(frozen=True)
class Ending:
    """A practice that nothing counts for after the day `until`, with the units where it is so."""

    practice: Item
    until: str
    is_over: bool
    units: list[UnitResult]


class UnitsResults:
    """What all units come to: side by side, in the order of their file, never averaged."""

    def __init__(
        self,
        collection: Collection,
        relations: Relations,
        words: Words,
        *,
        shows_answers: bool = False,
    ) -> None:
        """Take a collection; `shows_answers` says whether pages tell the answers as well."""
        self.collection = collection
        self.shows_answers = shows_answers
        self.relations = relations
        self.words = words

    def __bool__(self) -> bool:
        """Tell whether any unit has a result."""
        return bool(self.collection)

    @property
    def day(self) -> str:
        """The day that evidence counts on, as 2026-11-24."""
        return self.collection.day

    @property
    def notice(self) -> str:
        """What the site tells of the units, in a line."""
        rounds = sum(map(len, self.collection.rounds.values()))
        what = "results and answers" if self.shows_answers else "results, and no answers,"
        day = f", as of {self.day} as {FILE} says" if self.is_day_fixed else ""
        return (
            f"The site tells {what} of {_counted(len(self.units), 'unit')} "
            f"({_counted(rounds, 'assessment')}){day}; "
            "notes, names, links and reasons stay in the files"
        )

    @property
    def is_day_fixed(self) -> bool:
        """Whether the file of units says as of which day evidence counts, and not the build."""
        return bool(self.collection.units.as_of)

    @cached_property
    def units(self) -> dict[str, UnitResult]:
        """The units that have rounds, by id, in the order of the file."""
        names = [name for name in self.collection.units.units if self.collection.rounds.get(name)]
        return {name: self._result(name) for name in names}

    @property
    def folders(self) -> dict[str, str]:
        """The folders of units, by their ids and titles in small letters, as pages look for them.

        A title that several units have says of none where it lies.
        """
        units = self.collection.units.units
        titles = [str(unit.title).lower() for unit in units.values()]
        by_title = dict(zip(titles, units, strict=True))
        folders = {name: name for name in units} | by_title
        return {key: name for key, name in folders.items() if titles.count(key) < 2}

    @cached_property
    def groups(self) -> dict[str, str]:
        """What the units with results belong to: titles by id, in the order of the file."""
        used = {group for one in self.units.values() for group in one.within}
        units = self.collection.units.units
        return {name: str(unit.title) for name, unit in units.items() if name in used}

    @property
    def unassessed(self) -> list[str]:
        """The titles of units without a round that are no group of others, in the file's order."""
        units = self.collection.units.units
        left_out = {*self.units, *(unit.part_of for unit in units.values())}
        return [str(unit.title) for name, unit in units.items() if name not in left_out]

    @cached_property
    def blockers(self) -> list[Blocker]:
        """The practices that two units or more lack, those that most lack first."""
        lacking: dict[str, list[UnitResult]] = {}
        for one in self.units.values():
            for practice in one.lacks:
                lacking.setdefault(practice.id, []).append(one)
        order = next_step_order(self.relations)
        shared = [name for name, units in lacking.items() if len(units) > 1]
        shared.sort(key=lambda name: (-len(lacking[name]), *order(name)))
        return [Blocker(self.relations.item(f"practice:{name}"), lacking[name]) for name in shared]

    @cached_property
    def runs_out(self) -> list[Ending]:
        """What has run out in any unit, and what will in the next 90 days, by day.

        A practice that runs out on one day in several units stands there once.
        """
        ends: dict[tuple[str, str], Ending] = {}
        for one in self.units.values():
            for end in one.runs_out:
                practice = self.relations.item(f"practice:{end.practice}")
                new = Ending(practice, end.until, end.is_over, [])
                ends.setdefault((end.until, end.practice), new).units.append(one)
        places = {name: place for place, name in enumerate(self.relations.framework.practices)}
        return sorted(ends.values(), key=lambda one: (one.until, places[one.practice.id]))

    @property
    def aiming(self) -> list[UnitResult]:
        """The units that have a target, by its day, then in the order of the file."""
        aiming = [one for one in self.units.values() if one.aims]
        return sorted(aiming, key=lambda one: one.unit.target.by if one.unit.target else "")

    def standing_at(self, level: str, dimension: str) -> dict[str, list[UnitResult]]:
        """Return the units by how a level of a dimension stands: `shown`, `claimed` or `open`.

        `shown` has those that complete it with evidence, `claimed` those that only claim it, `open`
        those whose next one it is as claimed.
        """
        number = self.relations.number(level)
        stands: dict[str, list[UnitResult]] = {"shown": [], "claimed": [], "open": []}
        for one in self.units.values():
            if one.shown.completed[dimension] >= number:
                stands["shown"].append(one)
            elif one.claimed.completed[dimension] >= number:
                stands["claimed"].append(one)
            elif one.claimed.completed[dimension] == number - 1:
                stands["open"].append(one)
        return stands

    def title(self, name: str) -> str:
        """Return what a unit is called; raises KeyError where there is none."""
        return str(self.collection.unit(name).title)

    def _result(self, name: str) -> UnitResult:
        last = self.collection.rounds[name][-1]
        moments = []
        for one in self.collection.rounds[name]:
            sitting, _ = self._sitting(name, one.day)
            moments.append(Moment(one.day, result_of(self.relations, sitting, one.day)))
        sitting, inherited = self._sitting(name, self.day)
        account = Account(self.words, stand(self.relations, sitting, self.day))
        within = [*self._within(name)]
        aims = [*self._aims(name, account.claimed)]
        unit = self.collection.unit(name)
        renewals = Renewals(account, sitting, self.day)
        return UnitResult(
            name, unit, last, moments, sitting, account, within, inherited, aims, renewals
        )

    def _sitting(self, name: str, day: str) -> tuple[Assessment, dict[str, str]]:
        """Return what counts for a unit on a day, and whose answers it inherits, by practice.

        The unit has a round by then; one that has none answers nothing for others.
        """
        one = self.collection.latest(name, day)
        own = one.sitting if one else None
        answers: dict[str, StoredAnswer] = {**own.answers} if own else {}
        inherited: dict[str, str] = {}
        for other, practices in self.collection.unit(name).inherits.items():
            if self.collection.latest(other, day) is None:
                continue
            theirs, origins = self._sitting(other, day)
            for practice in practices:
                answer = theirs.answers.get(practice)
                mine = answers.get(practice)
                if answer and answer.answer and not (mine and mine.answer):
                    answers[practice] = _dated(answer, theirs.date)
                    inherited[practice] = origins.get(practice, other)
        base = own or Assessment(id="without-rounds", answers={})
        return base.model_copy(update={"answers": answers}), inherited

    def _within(self, name: str) -> Iterator[str]:
        units = self.collection.units.units
        while parent := units[name].part_of:
            yield parent
            name = parent

    def _aims(self, name: str, reading: Reading) -> Iterator[Aim]:
        relations, levels = self.relations, list(self.relations.framework.levels)
        for dimension, aim in self.collection.units.aims(name, relations.framework).items():
            up_to = levels[: levels.index(aim) + 1]
            lacking = [
                practice
                for level in up_to
                for practice in _fewest(relations, reading, level, dimension)
            ]
            items = relations.item(f"dimension:{dimension}"), relations.item(f"level:{aim}")
            yield Aim(*items, lacking)


def _dated(answer: StoredAnswer, date: str) -> StoredAnswer:
    """Return an answer whose evidence has a day wherever it took that of its own assessment."""

    def with_day(record: EvidenceRecord | None) -> EvidenceRecord:
        known = record or EvidenceRecord()
        days = (day for day in (known.on, date) if day == NO_DAY or is_day(day))
        return known.model_copy(update={"on": next(days, NO_DAY)})

    dated = {name: with_day(answer.records.get(name)) for name in answer.evidence}
    return answer.model_copy(
        update={"records": dated, "proof_record": with_day(answer.proof_record)}
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _fewest(relations: Relations, reading: Reading, level: str, dimension: str) -> list[Item]:
    cell, order = reading.cells[level, dimension], next_step_order(relations)
    return relations.named("practice", fewest_to_complete(relations, reading, cell, order))
