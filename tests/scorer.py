"""The cases of `scoring.yaml`, in forms that programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import quick_yaml  # noqa: F401
import yaml
from maturity.definition.model import Framework
from projects import ROOT

#: Scoring worked out by hand: the judge of the page's modules and of the workbook.
FILE = yaml.safe_load((ROOT / "tests" / "scoring.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = FILE["cases"]
FRAMEWORKS: dict[str, dict[str, Any]] = FILE["frameworks"]
TEAMS: list[dict[str, Any]] = FILE["teams"]
QUICK: list[dict[str, Any]] = FILE["quick"]


AGES: list[dict[str, Any]] = FILE["ages"]
#: A day, a lifetime, and the last day of it.
LIFETIMES = [[None if one == "none" else str(one) for one in line] for line in FILE["lifetimes"]]


@dataclass(frozen=True)
class Sitting:
    """Answers to a framework: practice to answer, "+" for evidence or a reason, "-" for a
    criterion that is not ticked."""

    framework: dict[str, Any]
    answers: dict[str, str]
    start: str = ""


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


SETTINGS = ("level_means", "threshold", "passing", "evidence_lasts")


def given(sitting: Sitting) -> dict[str, dict[str, Any]]:
    """What counts of the answers, by practice."""
    many = sitting.framework.get("generate", {})
    found: dict[str, dict[str, Any]] = {}
    for name, answer in sitting.answers.items():
        plain = answer.rstrip("+-")
        marks = answer.removeprefix(plain)
        marked = "+" in marks
        counts = {"answer": plain, "proven": marked, "reasoned": marked, "lacking": "-" in marks}
        if name.endswith("*"):
            found = {f"{name[:-1]}{n}": counts for n in range(1, many["count"] + 1)} | found
        else:
            found[name] = counts
    return found


def aged(case: dict[str, Any]) -> dict[str, Any]:
    """The assessment of a case of ages, as a file holds it."""
    return {
        "id": "aged-case",
        "date": str(case.get("date", "")),
        "answers": {name: stored(said) for name, said in case["answers"].items()},
    }


def stored(said: str | dict[str, Any]) -> dict[str, Any]:
    """An answer of a case of ages, as a file holds it."""
    fields = said if isinstance(said, dict) else {"answer": said}
    days = {name: "" if day == "none" else str(day) for name, day in fields.items()}
    answer = days.pop("answer")
    until, text = days.pop("until", ""), days.pop("text", None)
    return {
        "answer": answer.rstrip("-"),
        "criteria": [] if answer.endswith("-") else None,
        "reason": "Because" if answer == "not-applicable" else "",
        "until": until,
        "proof": "Text" if text is not None else "",
        "proof_record": {"on": text} if text else None,
        "evidence": list(days),
        "records": {name: {"on": day} for name, day in days.items() if day},
    }


def expected(case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a case of ages expects, by day; days as texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value if isinstance(value, int | str) else str(value)

    return {
        str(day): {key: plain(value) for key, value in expect.items()}
        for day, expect in case["days"].items()
    }
