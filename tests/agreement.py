"""Sittings drawn at random, and whether page and Python say the same of each.

Run as a program it tries 2,000 on three frameworks and fails with the first that differ;
`make fuzz` does that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from maturity.assessments.account import Account
from maturity.assessments.card import Facts, card_html, card_svg
from maturity.assessments.carrying import carry
from maturity.assessments.changing import compare
from maturity.assessments.clauses import touched_clauses
from maturity.assessments.picture import picture
from maturity.assessments.renewals import SOON, Renewals
from maturity.assessments.standing import Standing, stand
from maturity.definition import check
from maturity.definition.model import RESERVED_ANSWERS, Framework
from maturity.framework import catalog
from maturity.framework.answer_file import NO_DAY, AnswerFile
from maturity.framework.catalog import Words
from maturity.framework.questionnaire import fingerprint, questionnaire
from maturity.framework.relations import Relations
from maturity.framework.scoring import Reading
from node import call
from projects import ROOT
from texts import HOSTILE

#: On which files are looked at; "" leaves days out of it.
DAYS = ("", "2026-03-01", "2026-09-30", "2027-02-28", "2028-06-01")
#: What people may call a unit: a name, what is markup to someone, what nobody sees, what is wide.
UNITS = (
    "A unit", *HOSTILE, "  two\tblanks ", "\u202eturned\u2066 \x07\ufffe", "検索" * 30, "a" * 90,
    "ÄRZTE & MWm " * 5, "!1 R&D &2 ~bug $3 %4 100% gl-5 GH-6 www.x.de",
)  # fmt: skip
#: Three that differ in levels, dimensions, scale, and in what a level means.
DEFINITIONS = (
    "framework.yaml",
    "examples/platform-engineering/framework.yaml",
    "examples/team-health/framework.yaml",
)


def differences(count: int, seed: int = 1) -> dict[str, list[Any]]:
    """Return where page and Python differ over so many sittings of each definition.

    Each is a file, the key of what differs first, what the page says and what Python says.
    """
    tasks, from_python = {}, {}
    for definition in DEFINITIONS:
        framework = check.load(ROOT / definition).framework
        relations, luck = Relations(framework), Random(seed)  # noqa: S311 - no secret
        files = [json.dumps(drawn(relations, luck)) for _ in range(count)]
        words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
        said = {**words.under("review.say"), **words.under("score.say"), **words.under("answers")}
        days = [luck.choice(DAYS) for _ in files]
        tasks[definition] = {
            "questionnaire": questionnaire(framework),
            "words": said,
            "standards": standards(framework),
            "days": days,
            "files": files,
        }
        pairs = zip([files[0], *files], files, strict=False)
        from_python[definition] = [
            plain(said_of(relations, words, file, day) | {"changes": changes(relations, *pair)})
            for file, day, pair in zip(files, days, pairs, strict=True)
        ]
    from_page = call("../../tests/js/standing.js", "value.map(sayAll)", [*tasks.values()])
    return {
        definition: [
            (file, *first_difference(page, python))
            for file, page, python in zip(
                tasks[definition]["files"], said, from_python[definition], strict=True
            )
            if not is_same(page, python)
        ]
        for definition, said in zip(DEFINITIONS, from_page, strict=True)
    }


def standards(framework: Framework) -> list[dict[str, Any]]:
    """Return the standards of a definition as a report has them."""
    return [
        {
            "title": standard.label,
            "clauses": [[one.code, [*one.served_by]] for one in standard.clauses.values()],
        }
        for standard in framework.standards.values()
    ]


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return json.loads(json.dumps(value))


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, numbers up to 1e-9."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(is_same(*pair) for pair in pairs)
    if isinstance(one, float) or isinstance(other, float):
        return bool(abs(one - other) < 1e-9)
    return bool(one == other)


def first_difference(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, Any, Any]:
    """Return the key of the first thing that differs, and both values."""
    both = {**one, **one["figures"]}, {**other, **other["figures"]}
    return next(
        (key, both[0][key], both[1].get(key))
        for key in reversed(both[0])
        if not is_same(both[0][key], both[1].get(key))
    )


def drawn(relations: Relations, luck: Random) -> dict[str, Any]:
    """Return a file of answers as a page may have saved it, any version ago."""
    framework = relations.framework
    share = luck.choice([luck.random(), 1.0, 1.0])
    level = luck.choice([luck.random(), 0.9, 0.97, 0.995])
    answers: dict[str, Any] = {}
    for name, practice in framework.practices.items():
        if luck.random() > share:
            continue
        target = luck.choice([name, name, name, *practice.formerly, "gone-long-ago"])
        if luck.random() < 0.9:
            target = name
        answers[target] = _answer(relations, name, luck, level)
    start = luck.choice(["", "", "", *framework.levels])
    about = {"id": framework.framework.id, "version": framework.framework.version}
    unit = UNITS[len(answers) % len(UNITS)]
    sitting = {"id": "drawn-at-random", "unit": unit, "date": "2026-03-01"}
    return {
        "format": "maturity-answers/1",
        "framework": about,
        "assessment": {**sitting, "start": start, "answers": answers},
    }


def _answer(relations: Relations, name: str, luck: Random, level: float) -> dict[str, Any]:
    """Return an answer to a practice: the better the higher `level`, from 0 to 1."""
    entry = relations.framework.practices[name]
    offered = [answer for answer, _, _ in relations.offered(name)]
    best = luck.random() < level
    answer = offered[-1] if best else luck.choice([*offered, *RESERVED_ANSWERS, "nonsense", ""])

    def some(ids: Any) -> list[str]:
        return [one for one in ids if luck.random() < 0.8]

    ticked = None if best else luck.choice([None, [*entry.criteria], some(entry.criteria)])
    evidence = some(entry.evidence) if luck.random() < level else []
    days = [*DAYS, "2025-11-30", "2026-02-30", NO_DAY]
    known = {one: {"on": luck.choice(days)} for one in some(evidence)}
    return {
        "answer": answer,
        "asked": fingerprint(relations, name) if luck.random() < 0.9 else "0123456789abcdef",
        **({} if ticked is None else {"criteria": ticked}),
        "evidence": evidence,
        **({"records": known} if luck.random() < 0.7 else {}),
        "proof_record": luck.choice([None, {"on": luck.choice(days)}]),
        "until": luck.choice(DAYS),
        "proof": "A wiki page" if luck.random() < level else luck.choice(["", " "]),
        "reason": luck.choice(["", " ", "We have none"]),
        "confirm": luck.random() < 0.1,
    }


def said_of(relations: Relations, words: Words, text: str, day: str = "") -> dict[str, Any]:
    """Return what Python says of a file on a day, in the form of tests/js/standing.js."""
    sitting = AnswerFile.model_validate_json(text).assessment
    carried = carry(relations, sitting.answers)
    sitting = sitting.model_copy(update={"answers": carried.answers})
    standing = stand(relations, sitting, day or None)
    account, why = Account(words, standing), Account(words, standing).why
    renewals = Renewals(account, sitting, day) if day else None
    left, assumed = len(standing.in_state("open")), len(standing.in_state("assumed"))
    total = len(standing.states)
    return {
        "figures": figures(standing, account),
        "card": cards(account, Facts(sitting.unit, sitting.date, day)),
        "carried": {
            "kept": carried.kept,
            "reworded": carried.reworded,
            "gone": carried.gone,
            "followed": carried.followed,
            "choices": carried.choices,
        },
        "counts": {
            "total": total, "open": left, "assumed": assumed, "answered": total - left - assumed,
        },
        "to_confirm": standing.to_confirm,
        "unconfirmed": standing.unconfirmed,
        "sentences": account.sentences,
        "remarks": account.remarks,
        "distance": account.distance,
        "because": [account.because(step) for step in account.advice.walk],
        "answers": [account.answer(step.practice) for step in account.advice.walk],
        "progress": [
            account.progress(standing.result.claimed, name)
            for name in relations.framework.dimensions
        ],
        "picture": _picture(account),
        "soon": [
            [one.until, account.practice(one.practice)]
            for one in (renewals.within(SOON) if renewals else ())
        ],
        "falls": renewals.falls if renewals else [],
        "clauses": [
            touched_clauses(standard, standing, sitting, day or None).lines(words)
            for standard in relations.framework.standards.values()
        ],
        "why": why
        and [
            why.title,
            why.complete,
            *(text for one in why.reasons for text in (one.title, one.todo, *one.rules)),
        ],
    }  # fmt: skip


def _picture(account: Account) -> dict[str, Any]:
    """Return the picture of a result, its places as shares of the width."""
    drawn, total = picture(account, account.standing.result), len(account.levels)
    return {
        "here": [drawn.here.get(number + 1, "") for number in range(total)],
        "ahead": [number + 1 > drawn.at for number in range(total)],
        "marks": [
            [
                mark.claimed and mark.claimed / total,
                mark.shown and mark.shown / total,
                None if mark.open is None else mark.open / total,
                mark.reading,
            ]
            for mark in drawn.marks.values()
        ],
        "label": drawn.label,
    }


def cards(account: Account, facts: Facts) -> list[str]:
    """Return both forms of the card of a result."""
    return [card_svg(account, facts), card_html(account, facts)]


def standing_of(relations: Relations, text: str) -> Standing:
    """Return how a file stands under the present version."""
    sitting = AnswerFile.model_validate_json(text).assessment
    answers = carry(relations, sitting.answers).answers
    return stand(relations, sitting.model_copy(update={"answers": answers}))


def changes(relations: Relations, before: str, after: str) -> dict[str, list[list[str]]]:
    """Return what changed from one file to another."""
    compared = compare(standing_of(relations, before), standing_of(relations, after))
    return {
        kind: [[one.practice, one.before, one.after] for one in getattr(compared, kind)]
        for kind in ("rose", "fell", "fresh", "withdrawn", "otherwise")
    }


def figures(standing: Standing, account: Account) -> dict[str, Any]:
    """Return the figures of a standing, in the form of scoring.yaml and what that leaves out."""
    framework, advice = standing.relations.framework, account.advice
    result, level = standing.result, ["none", *standing.relations.framework.levels]
    return {
        "claimed": level[result.claimed.at],
        "evidenced": level[result.shown.at],
        "completed": result.claimed.completed,
        "evidenced_completed": result.shown.completed,
        "progress": result.claimed.progress,
        "evidenced_progress": result.shown.progress,
        "range": [level[result.claimed.at], level[result.possible.at]],
        "settled": standing.is_settled,
        "may_stop": standing.may_stop,
        "deciding": standing.deciding or "none",
        "distance": advice.distance,
        "steps": [step.practice for step in advice.steps],
        "reasons": {step.practice: step.reason for step in advice.steps},
        "answer_first": [step.practice for step in advice.answer_first],
        "find_out": [step.practice for step in advice.find_out],
        "lacking": standing.lacking,
        "show_evidence": advice.show_evidence,
        "not_applicable": advice.not_applicable,
        "needed": sorted(advice.needed),
        "waiting": standing.waiting,
        "states": standing.states,
        "answered": [_answered(result.claimed), _answered(result.shown)],
        "cells": [
            [*_cells(framework, reading)]
            for reading in (result.claimed, result.shown, result.possible)
        ],
    }


def _answered(reading: Reading) -> dict[str, Any]:
    return {name: one and {"n": one[0], "total": one[1]} for name, one in reading.answered.items()}


def _cells(framework: Framework, reading: Reading) -> Iterator[list[Any]]:
    for place in product(framework.levels, framework.dimensions):
        cell = reading.cells[place]
        yield [cell.practices, cell.open, cell.failing, cell.mean, cell.is_complete]


if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    for definition, wrong in differences(2000, seed).items():
        print(f"{definition}: {len(wrong)} of 2,000 sittings differ (seed {seed})")
        if wrong:
            file, key, *both = wrong[0]
            sys.exit(f"{key}: page {both[0]}, Python {both[1]}\n{file}")
