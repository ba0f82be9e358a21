"""Scoring in Python, and in a browser, where the modules behave as they do under Node."""

from __future__ import annotations

from typing import Any

import cases
import pytest
from maturity.framework.relations import Relations
from maturity.framework.scoring import Given, Reading, score
from modules import call_in_page
from playwright.sync_api import Browser
from scorer import CASES, FRAMEWORKS, Sitting, given, whole

SCORE = """
async (cases) => {
  const { score } = await import("/content/assets/assessment/scoring.js");
  const { advise } = await import("/content/assets/assessment/advice.js");
  const { quickCheck } = await import("/content/assets/assessment/quick.js");
  const { quickOf, resultOf } = await import("/tests/js/result.js");
  return [
    cases.scoring.map(({ framework, answers, start }) =>
      resultOf({ advise, score }, cases.questionnaires[framework], answers, start)),
    cases.quick.map(({ framework, answers }) =>
      quickOf({ quickCheck, score }, cases.questionnaires[framework], answers)),
  ];
}
"""


def test_the_page_scores_as_worked_out_by_hand(browser: Browser, address: str) -> None:
    page = browser.new_page()
    given = cases.cases()
    results, checks = call_in_page(page, address, SCORE, given)
    page.close()
    for case, result in zip(given["scoring"], results, strict=True):
        for key, expected in case["expect"].items():
            numbers = key.endswith("progress")
            assert result[key] == (pytest.approx(expected, abs=1e-9) if numbers else expected), key
    assert checks == [case["expect"] for case in given["quick"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_python_scores_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    small = FRAMEWORKS[case["framework"]]
    answers = {
        name: Given(
            one["answer"],
            is_proven=one["proven"],
            is_reasoned=one["reasoned"],
            is_lacking=one["lacking"],
        )
        for name, one in given(Sitting(small, case["answers"])).items()
    }
    result = score(Relations(whole(small)), answers, case.get("start", ""))
    expect = case["expect"]
    for reading, at, before in (
        (result.claimed, "claimed", ""),
        (result.shown, "evidenced", "evidenced_"),
    ):
        assert level(small, reading) == expect[at]
        assert reading.completed == expect[f"{before}completed"]
        assert reading.progress == pytest.approx(expect[f"{before}progress"], abs=1e-9)


def level(framework: dict[str, Any], reading: Reading) -> str:
    """The level that one is at, as the cases name it."""
    return str(["none", *framework["levels"]][reading.at])
