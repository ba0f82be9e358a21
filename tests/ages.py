"""Evidence that ages: what Python makes of it, and drawn sittings, always the same ones."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from maturity.definition.model import Framework
from maturity.framework.ageing import Ageing, Fall, RunOut
from maturity.framework.answer_file import Sitting
from maturity.framework.evidence import Record
from maturity.framework.questionnaire import questionnaire
from maturity.framework.relations import Relations
from scorer import whole

#: Agreement was seen once with 500 sittings; the suite draws fewer, as each takes its time.
SITTINGS, DAYS, FRAMEWORKS = 100, 5, 25
_LIFETIMES = (None, "1 day", "30 days", "90 days", "1 month", "6 months", "12 months", "24 months")
_START = date(2027, 12, 1)


def result(framework: Framework, sitting: Sitting, day: str) -> dict[str, Any]:
    """What Python makes of an assessment on a day, as the cases write it."""
    relations = Relations(framework)
    ageing = Ageing(relations, sitting, day)
    found = ageing.result(day)
    names = ["none", *framework.levels]

    def end(one: RunOut) -> list[Any]:
        return [one.day, one.practice, [label(record) for record in one.records] or ["until"]]

    def place(fall: Fall, number: int) -> Any:
        return number if fall.dimension else names[number]

    return {
        "claimed": names[found.claimed.at],
        "evidenced": names[found.shown.at],
        "show": [
            name
            for name, those in ageing.records.items()
            if not any(record.counts(day) for record in those)
        ],
        "renew": [end(one) for one in ageing.renew],
        "undated": [[name, [*map(label, those)]] for name, those in ageing.undated.items()],
        "runs_out": [end(one) for one in ageing.runs_out],
        "falls": [
            [
                fall.day,
                fall.reading,
                fall.dimension or "level",
                place(fall, fall.before),
                place(fall, fall.after),
                [*fall.because],
            ]
            for fall in ageing.falls
        ],
    }


def label(record: Record) -> str:
    """What the cases call a record."""
    return record.artifact or "text"


def drawn(count: int = SITTINGS) -> dict[str, Any]:
    """Return drawn frameworks and sittings, with what Python makes of each on some days."""
    frameworks, sittings = drawn_sittings(count)
    return {
        "questionnaires": [questionnaire(one) for one in frameworks],
        "sittings": [
            {"framework": which, "sitting": sitting, "days": days}
            for which, sitting, days in sittings
        ],
    }


def drawn_sittings(
    count: int = SITTINGS, seed: int = 26
) -> tuple[list[Framework], list[tuple[int, dict[str, Any], dict[str, dict[str, Any]]]]]:
    """Return drawn frameworks, and sittings: which framework, the file, what Python says by day."""
    luck = Random(seed)  # noqa: S311 - no secret hangs on it
    frameworks = [whole(_framework(luck)) for _ in range(FRAMEWORKS)]
    sittings = []
    for number in range(count):
        which = number % FRAMEWORKS
        sitting = _sitting(frameworks[which], luck)
        days = {
            day: result(frameworks[which], Sitting.model_validate(sitting), day)
            for day in (_day(luck) for _ in range(DAYS))
        }
        sittings.append((which, sitting, days))
    return frameworks, sittings


def _day(luck: Random, span: int = 800) -> str:
    """A day around a leap day, often the end of a month."""
    day = _START + timedelta(days=luck.randrange(span))
    return (day.replace(day=1) - timedelta(days=1) if luck.random() < 0.3 else day).isoformat()


def _framework(luck: Random) -> dict[str, Any]:
    levels, dimensions = ["one", "two", "three"][: luck.randint(2, 3)], ["a", "b"]
    practices = {}
    for level in levels:
        for dimension in dimensions:
            for number in range(luck.randint(1, 3)):
                artifacts = luck.sample(["log", "list", "plan"], luck.randint(0, 3))
                practices[f"{level}-{dimension}{number}"] = {
                    "level": level,
                    "dimension": dimension,
                    "essential": luck.random() < 0.3,
                    "evidence": {
                        name: {"text": name, "lasts": luck.choice(_LIFETIMES)} for name in artifacts
                    },
                }
    return {
        "levels": levels,
        "dimensions": dimensions,
        "practices": practices,
        "level_means": luck.choice(["working", "achieved"]),
        "evidence_lasts": luck.choice([None, None, "6 months"]),
    }


def _sitting(framework: Framework, luck: Random) -> dict[str, Any]:
    answers = {
        name: _answer(practice.evidence, luck) for name, practice in framework.practices.items()
    }
    return {
        "id": "drawn-sitting",
        "date": _day(luck, 400) if luck.random() < 0.7 else "",
        "start": luck.choice(["", "", "two"]),
        "answers": {name: answer for name, answer in answers.items() if luck.random() < 0.97},
    }


def _answer(artifacts: Any, luck: Random) -> dict[str, Any]:
    named = [name for name in artifacts if luck.random() < 0.6]
    has_text = not named or luck.random() < 0.2
    answer = luck.choices(["most", "half", "not-applicable", "unknown"], [20, 2, 3, 1])[0]
    return {
        "answer": answer,
        "criteria": None if luck.random() < 0.95 else [],
        "evidence": named,
        "records": {name: {"on": _day(luck, 500)} for name in named if luck.random() < 0.8},
        "proof": "Text" if has_text else "",
        "proof_record": {"on": _day(luck, 500)} if has_text and luck.random() < 0.8 else None,
        "reason": "Because" if luck.random() < 0.9 else "",
        "until": _day(luck, 1000) if luck.random() < 0.7 else "",
    }
