"""Scoring in a browser: the built site's modules behave as their sources do under Node."""

from __future__ import annotations

import cases
import pytest
from modules import call_in_page
from playwright.sync_api import Browser

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
