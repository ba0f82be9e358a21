"""Scoring: from answers to levels completed in each dimension, as claimed and as shown.

The rules stand on the site's page "How it works". `content/assets/assessment/scoring.js` follows
them in the browser; both are held to the same cases, `tests/scoring.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..definition.model import NOT_APPLICABLE, UNKNOWN, Answer, Framework, Practice
from .answer_file import StoredAnswer
from .days import is_day
from .evidence import records
from .relations import TOLERANCE, Item, Relations, without_criteria, without_evidence

#: The most that an incomplete level adds to progress, so that it never reads as complete.
NEARLY = 0.99


@dataclass(frozen=True)
class Given:
    """What counts of an answer.

    `is_proven` says whether there is evidence for it, `is_reasoned` whether "not applicable" has
    its reason and has not ended, `is_lacking` whether a criterion of the practice is not ticked.
    """

    answer: str
    is_proven: bool = False
    is_reasoned: bool = False
    is_lacking: bool = False


@dataclass(frozen=True)
class Cell:
    """How the practices of one level in one dimension stand.

    `practices` are those that are not left out, `open` those of them without an answer, `failing`
    the essential ones whose answer is below `passing`; all ids, in their order. `mean` is that of
    the credits, 0 to 1, an open one counting as nothing; 1 where no practice is left.
    """

    practices: tuple[str, ...]
    open: tuple[str, ...]
    failing: tuple[str, ...]
    mean: float
    is_complete: bool

    @property
    def answered(self) -> tuple[int, int] | None:
        """How many questions are answered, and of how many; None where none is open."""
        total = len(self.practices)
        return (total - len(self.open), total) if self.open else None


@dataclass(frozen=True)
class Reading:
    """What the answers come to in one reading.

    `completed` holds by dimension the number of levels completed, `progress` the same and the share
    of the next one, both from 0 to the number of levels. `answered` holds how many questions of the
    next one are answered, and of how many, where one of them is open: the share counts open ones
    as nothing then. None where none is. `overall` is what is completed in every dimension, `at` the
    number of the level one is at: 0 before the first one is achieved. `cells` holds the cells by
    level and dimension, `credit` what each practice counts for, None where its question is open;
    what is left out is not in it.
    """

    completed: dict[str, int]
    progress: dict[str, float]
    answered: dict[str, tuple[int, int] | None]
    overall: int
    at: int
    cells: dict[tuple[str, str], Cell]
    credit: Mapping[str, float | None]


@dataclass(frozen=True)
class Result:
    """The answers read thrice: taken as they are, as far as evidence goes, and as they may become.

    `possible` has every open question at full credit; it is only worked out when asked for, as
    few look at it where many results stand side by side.
    """

    claimed: Reading
    shown: Reading
    relations: Relations

    @cached_property
    def possible(self) -> Reading:
        """What the answers may become."""
        credit = self.claimed.credit
        full = {name: 1.0 if value is None else value for name, value in credit.items()}
        return _reading(self.relations, full)


def counted_answers(
    framework: Framework,
    stored: Mapping[str, StoredAnswer],
    on: str | None = None,
    dated: str = "",
) -> dict[str, Given]:
    """Return what counts of stored answers, by practice, on a day.

    `on` is that day; None leaves days out of it: all evidence counts, and nothing ends. `dated` is
    the date of the assessment, which evidence without a day of its own takes. Left out are
    practices without an answer, and those that the framework does not have.
    """
    return {
        name: _counted(framework, practice, stored[name], on, dated)
        for name, practice in framework.practices.items()
        if name in stored and stored[name].answer
    }


def _counted(
    framework: Framework, practice: Practice, stored: StoredAnswer, on: str | None, dated: str
) -> Given:
    ticked = practice.criteria if stored.criteria is None else stored.criteria
    evidence = records(framework, practice, stored, dated)
    has_ended = on is not None and is_day(stored.until) and on > stored.until
    return Given(
        stored.answer,
        is_proven=any(record.counts(on) for record in evidence),
        is_reasoned=bool(stored.reason.strip()) and not has_ended,
        is_lacking=not {*practice.criteria} <= {*ticked},
    )


def score(relations: Relations, answers: Mapping[str, Given], start: str = "") -> Result:
    """Score answers, by practice; an answer that a practice does not offer counts as none.

    `start` is the id of the level at which the answering began: open practices of earlier levels
    are assumed, and so claimed but not shown. Empty for the first level.
    """
    levels = list(relations.framework.levels)
    assumed = {*levels[: levels.index(start)]} if start in levels else set()
    claimed: dict[str, float | None] = {}
    shown: dict[str, float | None] = {}
    for practice in relations.all("practice"):
        answer = answers.get(practice.id)
        if answer and _is_left_out(practice, answer):
            continue
        claimed[practice.id], shown[practice.id] = _credits(relations, practice, answer)
        if claimed[practice.id] is None and practice.entry.level in assumed:
            claimed[practice.id] = 1.0
    return Result(_reading(relations, claimed), _reading(relations, shown), relations)


def _is_left_out(practice: Item, given: Given) -> bool:
    """Tell whether a practice is left out: as not applicable, with a reason, where it may be."""
    is_excused = given.answer == NOT_APPLICABLE and given.is_reasoned
    return is_excused and bool(practice.entry.may_be_not_applicable)


def _credits(
    relations: Relations, practice: Item, given: Given | None
) -> tuple[float | None, float | None]:
    """Return what an answer counts for as claimed and as shown; None where the question is open."""
    if given and given.answer == UNKNOWN:
        return 0.0, 0.0
    claimed = counted_for(relations, practice.id, given) if given else None
    if not given or not claimed:
        return None, None
    answers = [answer for _, answer, _ in relations.offered(practice.id)]
    needs_more = claimed.needs_evidence and not given.is_proven
    shown = without_evidence(answers, claimed) if needs_more else claimed
    return claimed.value, shown.value


def counted_for(relations: Relations, practice: str, given: Given) -> Answer | None:
    """Return what an answer to a practice counts for by its criteria.

    None where the practice does not offer it, as with "unknown" and "not applicable".
    """
    offered: dict[str, Answer] = {name: one for name, one, _ in relations.offered(practice)}
    if given.answer not in offered:
        return None
    claimed = offered[given.answer]
    if given.is_lacking and claimed.needs_criteria:
        return without_criteria([*offered.values()], claimed)
    return claimed


def _reading(relations: Relations, credit: Mapping[str, float | None]) -> Reading:
    """Return what credits come to: by practice, None where open; without those left out."""
    levels = list(relations.framework.levels)
    cells: dict[tuple[str, str], Cell] = {}
    completed: dict[str, int] = {}
    progress: dict[str, float] = {}
    answered: dict[str, tuple[int, int] | None] = {}
    for dimension in relations.framework.dimensions:
        column = [_cell(relations, level, dimension, credit) for level in levels]
        cells |= {(level, dimension): cell for level, cell in zip(levels, column, strict=True)}
        gap = next((place for place, cell in enumerate(column) if not cell.is_complete), None)
        completed[dimension] = len(levels) if gap is None else gap
        progress[dimension] = float(completed[dimension])
        answered[dimension] = None if gap is None else column[gap].answered
        if gap is not None:
            progress[dimension] += min(NEARLY, column[gap].mean)
    overall = min(completed.values())
    is_working = relations.framework.scoring.level_means == "working"
    at = min(overall + 1, len(levels)) if is_working else overall
    return Reading(completed, progress, answered, overall, at, cells, credit)


def _cell(
    relations: Relations, level: str, dimension: str, credit: Mapping[str, float | None]
) -> Cell:
    """Return how a cell stands; one in which no practice is left is complete."""
    rules = relations.framework.scoring
    left = [one for one in relations.cell(level, dimension) if one.id in credit]
    if not left:
        return Cell((), (), (), 1.0, is_complete=True)
    worth = {one.id: credit[one.id] for one in left}
    unanswered = tuple(name for name, value in worth.items() if value is None)
    failing = tuple(
        one.id
        for one in left
        if one.entry.essential
        and (value := worth[one.id]) is not None
        and value < rules.passing - TOLERANCE
    )
    mean = sum(value or 0.0 for value in worth.values()) / len(left)
    is_complete = not (unanswered or failing) and mean >= rules.threshold - TOLERANCE
    return Cell((*worth,), unanswered, failing, mean, is_complete)
