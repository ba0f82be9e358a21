"""What the tests of `tests/js/` read, as JSON: cases of scoring, definitions, texts.

Run as a program it writes the file that they look for; `make node-test` does that.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ages
import yaml
from maturity.definition import check
from maturity.definition.model import Framework, Terms
from maturity.framework import catalog
from maturity.framework.example import example
from maturity.framework.idea_file import board
from maturity.framework.questionnaire import questionnaire
from maturity.framework.relations import Relations
from projects import ROOT, our_framework
from scorer import (
    AGES,
    CASES,
    FRAMEWORKS,
    LIFETIMES,
    QUICK,
    TEAMS,
    Sitting,
    aged,
    expected,
    given,
    whole,
)
from texts import HOSTILE, MARKS

FILE = Path(__file__).resolve().parent.parent / ".cache" / "tests" / "cases.json"


def cases() -> dict[str, Any]:
    """Return everything that they read."""
    return {
        "questionnaires": {
            name: questionnaire(whole(framework)) for name, framework in FRAMEWORKS.items()
        },
        "scoring": [scored(case) for case in CASES],
        "teams": [team(case) for case in TEAMS],
        "quick": [scored(case) for case in QUICK],
        "lifetimes": LIFETIMES,
        "ages": [aged_case(case) for case in AGES],
        "drawn_ages": ages.drawn(),
        "small": questionnaire(check.load(ROOT / "tests" / "small.yaml").framework),
        "boards": boards(),
        "example": worked_example(),
        "words": words(),
        "texts": HOSTILE,
        "marks": MARKS,
    }


def scored(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case of `scoring.yaml` with what counts of its answers."""
    start = case.get("start", "")
    sitting = Sitting(FRAMEWORKS[case["framework"]], case["answers"], start)
    return {**case, "answers": given(sitting), "start": start}


def team(case: dict[str, Any]) -> dict[str, Any]:
    """Return a team of `scoring.yaml` with what counts of everybody's answers."""
    framework = FRAMEWORKS[case["framework"]]
    people = {name: given(Sitting(framework, said)) for name, said in case["answers"].items()}
    return {**case, "answers": people}


def aged_case(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case of ages with its assessment as a file holds it, and what it expects by day."""
    about = {name: case[name] for name in ("name", "framework")}
    return {**about, "sitting": aged(case), "days": expected(case)}


def worked_example() -> dict[str, Any]:
    """Return the example of the page "How it works", with what it says of its cell."""
    framework = our_framework()
    made_up = example(Relations(framework))
    assert made_up
    return {
        "questionnaire": questionnaire(framework),
        "answers": {
            line.practice.id: {"answer": line.id, "proven": line.is_proven, "reasoned": False}
            for line in made_up.lines
        },
        "level": made_up.level.id,
        "dimension": made_up.dimension.id,
        "claimed": asdict(made_up.claimed),
        "shown": asdict(made_up.shown),
    }


def words() -> dict[str, str]:
    """Return what the pages say of files: of those with answers, else of those with ideas."""
    said = catalog.load(ROOT / "overrides" / "words", "en", Terms())
    parts = ("matrix.say", "review.say", "score.say", "table")
    reserved = {"unknown": "Don't know", "not-applicable": "Not applicable"}
    return reserved | {key: text for part in parts for key, text in said.under(part).items()}


def boards() -> dict[str, Any]:
    """Return the boards of the project's own matrix and of a small one, its quadrants reversed."""
    real = our_framework()
    small = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    matrix = small["matrices"]["next-bread"]
    matrix["quadrants"] = dict(reversed(matrix["quadrants"].items()))
    return {
        "real": board(real, "opportunity"),
        "reversed": board(Framework.model_validate(small), "next-bread"),
    }


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(cases()), encoding="utf-8")
