"""Scoring in Python, and in a browser, where the modules behave as they do under Node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ages
import cases
import jinja2
import pytest
from htmltree import page
from maturity.assessments.names import Names
from maturity.assessments.picture import picture
from maturity.definition.model import Framework
from maturity.framework import catalog
from maturity.framework.answer_file import Sitting as AnswerSitting
from maturity.framework.days import last_day
from maturity.framework.relations import Relations
from maturity.framework.scoring import Given, Reading, score
from modules import call_in_page
from playwright.sync_api import Browser
from projects import ROOT
from scorer import AGES, CASES, FRAMEWORKS, LIFETIMES, Sitting, aged, expected, given, whole

SCORE = """
async (cases) => {
  const { score } = await import("/content/assets/assessment/scoring.js");
  const { advise } = await import("/content/assets/assessment/advice.js");
  const { quickCheck } = await import("/content/assets/assessment/quick.js");
  const { Ageing } = await import("/content/assets/assessment/ageing.js");
  const { FORMAT, read } = await import("/content/assets/assessment/answers.js");
  const { agedOf, quickOf, resultOf } = await import("/tests/js/result.js");
  const opened = (assessment) => read(JSON.stringify(
    { format: FORMAT, framework: { id: "case", version: "1.0.0" }, assessment })).saved.assessment;
  return [
    cases.scoring.map(({ framework, answers, start }) =>
      resultOf({ advise, score }, cases.questionnaires[framework], answers, start)),
    cases.quick.map(({ framework, answers }) =>
      quickOf({ quickCheck, score }, cases.questionnaires[framework], answers)),
    cases.ages.map(({ framework, sitting, days }) => Object.keys(days).map((day) =>
      agedOf(new Ageing(cases.questionnaires[framework], opened(sitting), day)))),
  ];
}
"""


def test_the_page_scores_as_worked_out_by_hand(browser: Browser, address: str) -> None:
    page = browser.new_page()
    given = cases.cases()
    results, checks, ages = call_in_page(page, address, SCORE, given)
    page.close()
    for case, result in zip(given["scoring"], results, strict=True):
        for key, wanted in case["expect"].items():
            numbers = key.endswith("progress")
            assert result[key] == (pytest.approx(wanted, abs=1e-9) if numbers else wanted), key
    assert checks == [case["expect"] for case in given["quick"]]
    for case, aged_by_day in zip(given["ages"], ages, strict=True):
        for expect, result in zip(case["days"].values(), aged_by_day, strict=True):
            assert {key: result[key] for key in expect} == expect, case["name"]


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


@pytest.mark.parametrize(("on", "lifetime", "last"), LIFETIMES)
def test_python_knows_the_last_day_of_a_lifetime(on: str, lifetime: str, last: str | None) -> None:
    assert last_day(on, lifetime) == last


@pytest.mark.parametrize("case", AGES, ids=lambda case: str(case["name"]))
def test_python_lets_evidence_age_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    framework = whole(FRAMEWORKS[case["framework"]])
    sitting = AnswerSitting.model_validate(aged(case))
    for day, expect in expected(case).items():
        result = ages.result(framework, sitting, day)
        assert {key: result[key] for key in expect} == expect, day


def level(framework: dict[str, Any], reading: Reading) -> str:
    """The level that one is at, as the cases name it."""
    return str(["none", *framework["levels"]][reading.at])


def test_python_draws_what_is_known_of_a_result_and_never_an_open_question_as_zero(
    tmp_path: Path,
) -> None:
    framework = whole(FRAMEWORKS["two-by-two"])
    answers = {name: Given("most", is_proven=True) for name in ("a1", "a2", "a3")}
    (tmp_path / "page.html").write_text(staircase(framework, {**answers, "b1": Given("none")}))
    [drawing] = page(tmp_path / "page.html").all("svg", "mp-stairs__drawing")
    marks = {
        (track.attributes["data-dimension"], mark.attributes["data-mark"]): mark.attributes
        for track in drawing.all("g", "mp-stairs__track")
        for mark in track.all("svg", "mp-stairs__mark")
    }
    for kind in ("claimed", "shown"):
        assert (marks["a", kind]["x"], marks["a", kind].get("display")) == ("50.0%", None)
        assert marks["b", kind]["display"] == "none"
    label = drawing.attributes["aria-label"]
    assert "2 · second: 1 of 2 answered" in label
    assert "1 · first: 1 of 2 answered" in label
    assert "%" not in label
    steps = {step.attributes.get("data-level"): step.attributes for step in drawing.all("g")}
    assert steps["first"]["data-here"] == "claimed_and_shown"
    assert steps["second"]["data-here"] == ""


def test_python_draws_titles_as_they_are_written(tmp_path: Path) -> None:
    framework = whole(FRAMEWORKS["two-by-two"])
    first = framework.levels["first"].model_copy(update={"title": 'R&D "now"'})
    framework = framework.model_copy(update={"levels": {**framework.levels, "first": first}})
    answers = {name: Given("most") for name in ("a1", "a2")}
    (tmp_path / "page.html").write_text(staircase(framework, answers))
    [drawing] = page(tmp_path / "page.html").all("svg", "mp-stairs__drawing")
    assert '1 · R&D "now": not answered' in drawing.attributes["aria-label"]
    readings = [text.words for text in drawing.all("text", "mp-stairs__reading")]
    assert '1 · R&D "now": ' in readings[0]
    assert "2 · second: not answered" in readings[0]


def staircase(framework: Framework, answers: dict[str, Given]) -> str:
    """The drawing of answers to a framework, as its block renders it."""
    relations = Relations(framework)
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "overrides" / "pages"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    block = '{% from "blocks/stairs.md" import stairs with context %}{{ stairs(result) }}'
    return jinja.from_string(block).render(
        framework=framework,
        relations=relations,
        words=words,
        picture=lambda result: picture(Names(words, framework), result),
        result=score(relations, answers),
    )
