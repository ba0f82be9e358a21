"""The standing: a sitting's answers with what they come to, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..definition.model import NOT_APPLICABLE, UNKNOWN, Answer
from ..framework.answer_file import Sitting
from ..framework.questionnaire import fingerprints
from ..framework.relations import Relations, without_criteria
from ..framework.scoring import Cell, Given, Reading, Result, counted_answers, score

#: How a question stands: `assumed` is open, but of a level before the one begun at.
State = Literal["answered", "unknown", "left-out", "assumed", "open"]


@dataclass(frozen=True)
class Standing:
    """All that there is to say of one set of answers, which `standing.js` says in the browser.

    `states` has every practice. `waiting` are practices whose answer needs evidence and has none,
    `lacking` those whose answer counts for less as a criterion is not ticked, `counted` what each
    answer of the scale counts for by its criteria. `to_confirm` are practices that were reworded
    since they were answered, `unconfirmed` those kept from the round before. `deciding` is the
    lowest incomplete level, None where all are complete.
    """

    relations: Relations
    given: Mapping[str, Given]
    result: Result
    states: dict[str, State]
    counted: dict[str, str]
    waiting: list[str]
    lacking: list[str]
    deciding: str | None
    to_confirm: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether open questions cannot change the level."""
        return self.result.claimed.at == self.result.possible.at

    @property
    def may_stop(self) -> bool:
        """Whether, besides, all that decides the level is answered."""
        deciding = [cell for cell in self.cells(self.result.claimed) if cell.open]
        return self.is_settled and not deciding

    def cells(self, reading: Reading) -> list[Cell]:
        """Return the cells of the lowest incomplete level, in the order of the dimensions."""
        dimensions = self.relations.framework.dimensions
        return [reading.cells[self.deciding, name] for name in dimensions] if self.deciding else []

    def in_state(self, *states: State) -> list[str]:
        """Return the practices that stand in one of these ways, in their order."""
        return [name for name, state in self.states.items() if state in states]


def stand(relations: Relations, sitting: Sitting, on: str | None = None) -> Standing:
    """Score the answers of a sitting, given to the present version.

    `on` is the day on which evidence has to count; None for any, so that none has run out.
    """
    practices, stored = relations.framework.practices, sitting.answers
    answered = [name for name in practices if name in stored and stored[name].answer]
    given = counted_answers(relations.framework, stored, on, sitting.date)
    standing = stand_given(relations, given, sitting.start)
    standing.to_confirm.extend(
        name for name in answered if stored[name].asked != fingerprints(relations)[name]
    )
    standing.unconfirmed.extend(name for name in answered if stored[name].confirm)
    return standing


def result_of(relations: Relations, sitting: Sitting, on: str) -> Result:
    """Return what a sitting's answers come to on a day, and nothing else of them."""
    given = counted_answers(relations.framework, sitting.answers, on, sitting.date)
    return score(relations, given, sitting.start)


def stand_given(relations: Relations, given: Mapping[str, Given], start: str = "") -> Standing:
    """Score what counts of answers, by practice; `start` as in `score`."""
    framework = relations.framework
    levels = list(framework.levels)
    result = score(relations, given, start)
    assumed = {*levels[: levels.index(start)]} if start in levels else set()
    states: dict[str, State] = {}
    counted: dict[str, str] = {}
    for name, practice in framework.practices.items():
        state = _state(relations, name, given.get(name))
        states[name] = "assumed" if state == "open" and practice.level in assumed else state
        if state == "answered":
            counted[name] = _counted(relations, name, given[name])
    overall = result.claimed.overall
    return Standing(
        relations,
        given,
        result,
        states,
        counted,
        waiting=[*_waiting(framework.scale, given, counted)],
        lacking=[name for name, answer in counted.items() if answer != given[name].answer],
        deciding=levels[overall] if overall < len(levels) else None,
    )


def _waiting(
    scale: Mapping[str, Answer], given: Mapping[str, Given], counted: Mapping[str, str]
) -> Iterator[str]:
    for name, answer in counted.items():
        if scale[answer].needs_evidence and not given[name].is_proven:
            yield name


def _state(relations: Relations, practice: str, given: Given | None) -> State:
    """Return how a question stands; what is not applicable without its reason is open."""
    if given is None:
        return "open"
    if given.answer == UNKNOWN:
        return "unknown"
    if given.answer == NOT_APPLICABLE:
        entry = relations.framework.practices[practice]
        return "left-out" if entry.may_be_not_applicable and given.is_reasoned else "open"
    offered = [name for name, _, _ in relations.offered(practice)]
    return "answered" if given.answer in offered else "open"


def _counted(relations: Relations, practice: str, given: Given) -> str:
    """Return the id of what an answer of the scale counts for by its criteria."""
    scale = relations.framework.scale
    if not (given.is_lacking and scale[given.answer].needs_criteria):
        return given.answer
    offered = {id(answer): name for name, answer, _ in relations.offered(practice)}
    answers = [answer for _, answer, _ in relations.offered(practice)]
    return offered[id(without_criteria(answers, scale[given.answer]))]
