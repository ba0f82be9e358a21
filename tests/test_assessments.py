"""Files of answers without a browser: Python says of them what the page says, figure by figure."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import Any

import agreement
import pytest
from maturity.assessments.account import Account
from maturity.assessments.standing import stand_given
from maturity.framework import catalog
from maturity.framework.relations import Relations
from maturity.framework.scoring import Given
from projects import ROOT
from scorer import CASES, FRAMEWORKS, Sitting, given, whole


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_figure_is_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    small = FRAMEWORKS[case["framework"]]
    framework = whole(small)
    answers = {
        name: Given(one["answer"], one["proven"], one["reasoned"], one["lacking"])
        for name, one in given(Sitting(small, case["answers"])).items()
    }
    standing = stand_given(Relations(framework), answers, case.get("start", ""))
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    figures = agreement.plain(agreement.figures(standing, Account(words, standing)))
    wrong = {
        key: figures[key]
        for key, expected in case["expect"].items()
        if not agreement.is_same(figures[key], expected)
    }
    assert wrong == {}


def test_page_and_python_say_the_same_of_sittings_drawn_at_random() -> None:
    wrong = agreement.differences(40)
    assert {name: found[:1] for name, found in wrong.items() if found} == {}


def test_drawn_sittings_reach_every_level(framework: Any) -> None:
    relations, luck = Relations(framework), Random(1)  # noqa: S311 - no secret
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    said = Counter(
        agreement.said_of(relations, words, json.dumps(agreement.drawn(relations, luck)))[
            "figures"
        ][reading]
        for _ in range(60)
        for reading in ("claimed", "evidenced")
    )
    assert len(said) == len(framework.levels), said
