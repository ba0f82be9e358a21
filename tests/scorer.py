"""The page's own scoring modules, run in a browser on small frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from maturity.definition.model import Framework
from maturity.framework.questionnaire import questionnaire
from playwright.sync_api import Page
from projects import ROOT

#: Scoring worked out by hand: the judge of the page's modules and of the workbook.
FILE = yaml.safe_load((ROOT / "tests" / "scoring.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = FILE["cases"]
FRAMEWORKS: dict[str, dict[str, Any]] = FILE["frameworks"]

#: Scores every case, and gives the results in the form of scoring.yaml.
SCORE = """
async ([base, questionnaires, cases]) => {
  const { advise, score } = await import(`${base}/assets/assessment/scoring.js`);
  return cases.map(({ framework, given, start }) => {
    const questionnaire = structuredClone(questionnaires[framework]);
    const result = score(questionnaire, new Map(given), start);
    const advice = advise(questionnaire, result);
    const { claimed, evidenced, possible } = result;
    const level = (at) => Object.keys(questionnaire.levels)[at - 1] ?? "none";
    return {
      claimed: level(claimed.at),
      evidenced: level(evidenced.at),
      completed: claimed.completed,
      evidenced_completed: evidenced.completed,
      progress: claimed.progress,
      evidenced_progress: evidenced.progress,
      range: [level(claimed.at), level(possible.at)],
      settled: result.settled,
      may_stop: result.mayStop,
      deciding: result.deciding ?? "none",
      distance: advice.distance,
      steps: advice.steps.map((step) => step.practice),
      reasons: Object.fromEntries(advice.steps.map((step) => [step.practice, step.reason])),
      answer_first: advice.answerFirst.map((step) => step.practice),
      find_out: advice.findOut.map((step) => step.practice),
      show_evidence: advice.showEvidence,
      not_applicable: advice.notApplicable,
    };
  });
}
"""


@dataclass(frozen=True)
class Sitting:
    """Answers to a framework: practice to answer, "+" for evidence or a reason."""

    framework: dict[str, Any]
    answers: dict[str, str]
    start: str = ""


def score(page: Page, address: str, sittings: list[Sitting]) -> list[dict[str, Any]]:
    """The results of the page's modules, in the form of scoring.yaml; one call for all."""
    page.goto(f"{address}/404.html")
    frameworks = {str(id(sitting.framework)): sitting.framework for sitting in sittings}
    questionnaires = {name: questionnaire(whole(one)) for name, one in frameworks.items()}
    cases = [
        {
            "framework": str(id(sitting.framework)),
            "given": [*given(sitting).items()],
            "start": sitting.start,
        }
        for sitting in sittings
    ]
    results: list[dict[str, Any]] = page.evaluate(SCORE, [address, questionnaires, cases])
    return results


def practices(framework: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The practices of a small framework, generated ones included, in file order."""
    made = dict(framework["practices"])
    if many := framework.get("generate"):
        cell = {"level": many["level"], "dimension": many["dimension"]}
        made |= {f"{many['prefix']}{n}": cell for n in range(1, many["count"] + 1)}
    return made


def whole(framework: dict[str, Any]) -> Framework:
    """A small framework of scoring.yaml as a real one."""
    scale = {name: {"label": name, **answer} for name, answer in framework.get("scale", {}).items()}
    settings = {name: framework[name] for name in SETTINGS if name in framework}
    return Framework.model_validate(
        {
            "framework": {"id": "case", "title": "Case", "version": "1.0.0", "summary": "Case"},
            "levels": {name: {"title": name} for name in framework["levels"]},
            "dimensions": {name: {"title": name} for name in framework["dimensions"]},
            "practices": {
                name: {
                    "title": name,
                    "criteria": {"done": "Done."},
                    **practice,
                    "options": {answer: answer for answer in practice.get("options", ())},
                }
                for name, practice in practices(framework).items()
            },
            **({"scale": scale} if scale else {}),
            "scoring": settings,
        }
    )


SETTINGS = ("level_means", "threshold", "passing")


def given(sitting: Sitting) -> dict[str, dict[str, Any]]:
    """What counts of the answers, by practice."""
    many = sitting.framework.get("generate", {})
    found: dict[str, dict[str, Any]] = {}
    for name, answer in sitting.answers.items():
        marked = answer.endswith("+")
        counts = {"answer": answer.removesuffix("+"), "proven": marked, "reasoned": marked}
        if name.endswith("*"):
            found = {f"{name[:-1]}{n}": counts for n in range(1, many["count"] + 1)} | found
        else:
            found[name] = counts
    return found
