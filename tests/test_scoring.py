"""Scoring: cases worked out by hand, and what holds for any answers."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from playwright.sync_api import Browser
from scorer import CASES, FRAMEWORKS, Sitting, practices, score, whole


@pytest.fixture(scope="module")
def results(browser: Browser, address: str) -> dict[str, dict[str, Any]]:
    """What the page's modules make of every case."""
    page = browser.new_page()
    sittings = [
        Sitting(FRAMEWORKS[case["framework"]], case["answers"], case.get("start", ""))
        for case in CASES
    ]
    scored = score(page, address, sittings)
    page.close()
    return {case["name"]: result for case, result in zip(CASES, scored, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_page_scores_as_worked_out_by_hand(
    results: dict[str, dict[str, Any]], case: dict[str, Any]
) -> None:
    result = results[case["name"]]
    for key, expected in case["expect"].items():
        numbers = key in ("progress", "evidenced_progress")
        assert result[key] == (pytest.approx(expected, abs=1e-9) if numbers else expected), key


# Properties. The frameworks are those of the cases; the answers are drawn, always the same ones.


def drawn(framework: dict[str, Any], luck: random.Random) -> dict[str, str]:
    """Answers to some of the practices."""
    scale = [*framework.get("scale", {"none": 0, "some": 0, "half": 0, "most": 0})]
    answers = [*scale, *(f"{name}+" for name in scale), "unknown", "not-applicable+"]
    return {
        name: luck.choice(answers)
        for name in practices(framework)
        if luck.random() < SHARE_ANSWERED
    }


SHARE_ANSWERED = 0.85
SMALL = [framework for framework in FRAMEWORKS.values() if len(practices(framework)) <= 20]


def sittings(count: int, seed: int) -> list[Sitting]:
    luck = random.Random(seed)  # noqa: S311
    made = []
    for _ in range(count):
        framework = luck.choice(SMALL)
        start = luck.choice(["", "", *framework["levels"]])
        made.append(Sitting(framework, drawn(framework, luck), start))
    return made


@pytest.fixture
def scorer(browser: Browser, address: str) -> Any:
    page = browser.new_page()
    yield lambda wanted: score(page, address, wanted)
    page.close()


def place(sitting: Sitting, level: str) -> int:
    return ["none", *sitting.framework["levels"]].index(level)


def test_what_is_shown_never_exceeds_what_is_claimed(scorer: Any) -> None:
    some = sittings(400, seed=1)
    for sitting, result in zip(some, scorer(some), strict=True):
        assert place(sitting, result["evidenced"]) <= place(sitting, result["claimed"])
        low, high = result["range"]
        assert low == result["claimed"]
        assert place(sitting, low) <= place(sitting, high)
        for dimension, claimed in result["progress"].items():
            assert result["evidenced_progress"][dimension] <= claimed + 1e-9


def test_the_order_of_answers_does_not_matter(scorer: Any) -> None:
    some = sittings(200, seed=2)
    turned = [
        Sitting(one.framework, dict(reversed(one.answers.items())), one.start) for one in some
    ]
    assert scorer(some) == scorer(turned)


def test_raising_an_answer_never_lowers_a_level(scorer: Any) -> None:
    luck = random.Random(3)  # noqa: S311
    some, raised = [], []
    for sitting in sittings(500, seed=3):
        asked = whole(sitting.framework)
        rising = [
            name
            for name, answer in sitting.answers.items()
            if answer.removesuffix("+") in [*asked.scale][:-1]
        ]
        if not rising:
            continue
        name = luck.choice(rising)
        higher = [*asked.scale][[*asked.scale].index(sitting.answers[name].removesuffix("+")) + 1]
        mark = "+" if sitting.answers[name].endswith("+") else ""
        offered = asked.practices[name].options
        if offered and higher not in offered:
            continue
        some.append(sitting)
        raised.append(
            Sitting(sitting.framework, {**sitting.answers, name: f"{higher}{mark}"}, sitting.start)
        )
    assert len(some) > 200
    for sitting, before, after in zip(some, scorer(some), scorer(raised), strict=True):
        for view in ("claimed", "evidenced"):
            assert place(sitting, before[view]) <= place(sitting, after[view])
        for view in ("progress", "evidenced_progress"):
            for dimension in before[view]:
                assert before[view][dimension] <= after[view][dimension] + 1e-9


def test_the_distance_is_the_smallest_there_is(scorer: Any) -> None:
    """Brute force: no smaller set of practices, brought to full credit, completes the cell."""
    some = [one for one in sittings(150, seed=4) if not one.start]
    questions: list[tuple[str, str]] = []
    tries: list[Sitting] = []
    sizes: list[tuple[int, int]] = []
    for sitting, result in zip(some, scorer(some), strict=True):
        top = [*whole(sitting.framework).scale][-1]
        for dimension, named in result["distance"].items():
            if not named:
                continue
            level = result["deciding"]
            cell = [
                name
                for name, practice in practices(sitting.framework).items()
                if (practice["level"], practice["dimension"]) == (level, dimension)
            ]
            sets = [named]
            sets += [
                list(chosen)
                for size in range(len(named))
                for chosen in itertools.combinations(cell, size)
            ]
            for index, chosen in enumerate(sets):
                tries.append(
                    Sitting(
                        sitting.framework, {**sitting.answers, **dict.fromkeys(chosen, f"{top}+")}
                    )
                )
                questions.append((level, dimension))
                sizes.append((index, len(chosen)))
    for (level, dimension), (index, _), sitting, result in zip(
        questions, sizes, tries, scorer(tries), strict=True
    ):
        number = sitting.framework["levels"].index(level)
        assert (result["completed"][dimension] > number) == (index == 0), (sitting, dimension)
