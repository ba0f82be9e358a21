"""The account of a standing in words, as in `account.js`: what it comes to, why, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..definition.model import RESERVED_ANSWERS
from ..framework.catalog import Words
from ..framework.relations import TOLERANCE
from ..framework.scoring import Cell
from .advice import Advice, Step, advise
from .names import Names
from .standing import Standing


@dataclass(frozen=True)
class Reason:
    """What an incomplete dimension of a level lacks: what to do, and the rules it follows from."""

    title: str
    todo: str
    rules: list[str]


@dataclass(frozen=True)
class Why:
    """Why it is not the next level; `complete` is what is not in the way, empty if nothing is."""

    title: str
    reasons: list[Reason]
    complete: str


class Account(Names):
    """What there is to say of a standing, in the words of the self-scoring page."""

    def __init__(self, words: Words, standing: Standing) -> None:
        super().__init__(words, standing.relations.framework)
        self.standing = standing
        self.claimed, self.shown = standing.result.claimed, standing.result.shown

    @cached_property
    def advice(self) -> Advice:
        """What to do next."""
        return advise(self.standing)

    @property
    def verdict(self) -> str:
        """The level claimed and the level shown, in a line."""
        claimed, shown = self.level(self.claimed.at), self.level(self.shown.at)
        return self.say("both_readings", claimed=claimed, shown=shown)

    @property
    def meaning(self) -> str:
        """What the level means."""
        if self.standing.deciding:
            first = "" if self.claimed.overall else "_first"
            return self.say(f"meaning.{self.framework.scoring.level_means}{first}")
        is_assumed = bool(self.standing.in_state("assumed"))
        return self.say("meaning.done_assumed" if is_assumed else "meaning.done")

    @property
    def sentences(self) -> list[str]:
        """What the level takes, and why less is shown than claimed, each in a sentence."""
        standing, deciding = self.standing, self.standing.deciding
        parts = [
            self.say("more_in", n=len(names), dimension_title=self.dimension(dimension))
            for dimension, names in self.advice.distance.items()
            if names
        ]
        count = len(self.advice.nearest)
        is_less = self.shown.at < self.claimed.at
        first = (
            self.say(
                "more_complete",
                n=count,
                level_title=self.level_title(deciding),
                list=", ".join(parts),
            )
            if deciding
            else self.meaning
        )
        return [
            first,
            *self._listed_otherwise(),
            *self._counted("shown_less", len(standing.waiting) if is_less else 0),
            *self._counted("to_confirm", len(standing.to_confirm)),
            *self._counted("unconfirmed", len(standing.unconfirmed)),
        ]

    def _listed_otherwise(self) -> list[str]:
        """Return how many of the nearest are not among the steps, and how many come before them."""
        advice, nearest = self.advice, self.advice.nearest

        def among(steps: list[Step]) -> int:
            return sum(step.practice in nearest for step in steps)

        return [
            *self._counted("more_open", among(advice.answer_first)),
            *self._counted("more_unknown", among(advice.find_out)),
            *self._counted("more_before", len(advice.needed) - len(nearest)),
        ]

    def _counted(self, key: str, number: int, **values: object) -> list[str]:
        """Return a text that counts something; nothing where there is none of it."""
        return [self.say(key, n=number, **values)] if number else []

    @property
    def remarks(self) -> list[str]:
        """What has to be said beside the level."""
        standing = self.standing
        total, left = len(standing.states), len(standing.in_state("open"))
        assumed = len(standing.in_state("assumed"))
        ends = {"from": self.level(self.claimed.at), "to": self.level(standing.result.possible.at)}
        return [
            self.say("answered", n=total - left - assumed, total=total),
            *self._counted("settled" if standing.is_settled else "range", left, **ends),
            *self._counted("waiting", len(standing.waiting)),
            *self._counted("assumed", assumed),
            *self._counted("to_confirm", len(standing.to_confirm)),
            *self._counted("unconfirmed", len(standing.unconfirmed)),
            *self._counted("left_out_count", len(self.advice.not_applicable)),
        ]

    @property
    def distance(self) -> str:
        """How far the next level is, in sentences; empty where every level is complete."""
        if not self.standing.deciding:
            return ""
        is_last = self.claimed.at == len(self.levels)
        level = self.level(self.claimed.at + (0 if is_last else 1))
        key = "distance_done" if is_last else "distance"
        far = self.say(key, n=len(self.advice.nearest), level_title=level)
        return " ".join([f"{far}.", *self._listed_otherwise()])

    @property
    def why(self) -> Why | None:
        """Why it is not the next level; None where every level is complete."""
        deciding = self.standing.deciding
        if not deciding:
            return None
        cells = dict(zip(self.framework.dimensions, self.standing.cells(self.claimed), strict=True))
        complete = [self.dimension(name) for name, cell in cells.items() if cell.is_complete]
        level_title = self.level_title(deciding)
        is_last = self.claimed.at == len(self.levels)
        titles = {"level_title": self.level(self.claimed.at)}
        if not is_last:
            titles["next_title"] = self.level(self.claimed.at + 1)
        return Why(
            self.say("why_last" if is_last else "why_not", **titles),
            [self._lacking(name, cell) for name, cell in cells.items() if not cell.is_complete],
            self.say("complete_in", level_title=level_title, list=", ".join(complete))
            if complete
            else "",
        )

    def _lacking(self, dimension: str, cell: Cell) -> Reason:
        """Return what an incomplete cell lacks."""
        rules = self.framework.scoring
        nearest = self.advice.distance[dimension]
        todo = self.say("cell_more", n=len(nearest), list=self._names(nearest))
        texts = self._counted("cell_open", len(cell.open), list=self._names(cell.open))
        if cell.failing:
            answers = [
                self.say("named", practice_title=self.practice(name), answer=self.answer(name))
                for name in cell.failing
            ]
            passing = self.percent(rules.passing)
            texts.append(self.say("cell_failing", passing=passing, list=", ".join(answers)))
        if not cell.open and cell.mean < rules.threshold - TOLERANCE:
            values = {"mean": self.percent(cell.mean), "threshold": self.percent(rules.threshold)}
            texts.append(self.say("cell_mean", **values))
        return Reason(self.dimension(dimension), todo, texts)

    def because(self, step: Step) -> str:
        """Return why a step is there."""
        entry = self.framework.practices[step.practice]
        level_title = self.level_title(entry.level)
        dimension_title = self.dimension(entry.dimension)
        key = "required" if step.reason == "more" and step.before else step.reason
        return self.say(
            f"because.{key}",
            cell=self.say("cell", level_title=level_title, dimension_title=dimension_title),
            level_title=level_title,
            practice_title=self.practice(step.before) if step.before else "",
        )

    def answer(self, practice: str) -> str:
        """Return what the answer to a practice is called, and what it counts as if it is lower."""
        if practice not in self.standing.given:
            return self.say("none")
        answer = self.standing.given[practice].answer
        if practice not in self.standing.lacking:
            return self.answer_title(answer)
        counted = self.answer_title(self.standing.counted[practice])
        return self.say("counts_as", answer=self.answer_title(answer), counted=counted)

    def answer_title(self, answer: str) -> str:
        """Return what an answer is called; one that there is not by its id."""
        if answer in self.framework.scale:
            return str(self.framework.scale[answer].label)
        return str(self.words(f"answers.{answer}")) if answer in RESERVED_ANSWERS else answer

    def _names(self, practices: Iterable[str]) -> str:
        return ", ".join(map(self.practice, practices))
