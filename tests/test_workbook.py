"""The workbook: the same results as the page, values for readers that compute nothing, safe texts."""

from __future__ import annotations

from typing import Any

import pytest
from maturity.model import Framework
from openpyxl.workbook.workbook import Workbook
from scorer import Sitting, given, whole
from spreadsheet import filled, made, recalculated, table
from test_scoring import CASES, FRAMEWORKS

SITTINGS = {
    f"case{number}": Sitting(FRAMEWORKS[case["framework"]], case["answers"], case.get("start", ""))
    for number, case in enumerate(CASES)
}
LABELS = {"unknown": "Don't know", "not-applicable": "Not applicable"}


def labels(framework: Framework) -> dict[str, str]:
    return LABELS | {name: answer.label for name, answer in framework.scale.items()}


def answered(file: bytes, framework: Framework, sitting: Sitting) -> bytes:
    """A workbook with the answers of a case in it."""
    rows = {
        practice: {
            "answer": labels(framework).get(one["answer"], one["answer"]),
            "evidence": "A record" if one["proven"] else None,
            "reason": "Not here" if one["reasoned"] else None,
        }
        for practice, one in given(sitting).items()
    }
    number = [*framework.levels].index(sitting.start) + 1 if sitting.start else 1
    return filled(file, rows, {"Start with": f"{number} · {[*framework.levels][number - 1]}"})


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """Every case of scoring.yaml, filled in and recalculated."""
    frameworks = {name: whole(framework) for name, framework in FRAMEWORKS.items()}
    empty = {name: made(framework) for name, framework in frameworks.items()}
    files = {
        name: answered(empty[case["framework"]], frameworks[case["framework"]], SITTINGS[name])
        for name, case in zip(SITTINGS, CASES, strict=True)
    }
    return recalculated(files, tmp_path_factory.mktemp("scored"))


def standing(label: Any) -> str:
    """The level in a label such as "2 · Exploring"."""
    return str(label).split(" · ")[-1].replace("Before the first level", "none")


def labelled(book: Workbook, label: str) -> Any:
    """What stands beside a label of the sheet of results."""
    rows = book["Result"].iter_rows(values_only=True)
    return next(row[1] for row in rows if row[0] == label)


def counted(book: Workbook) -> dict[str, int]:
    """The table of counts."""
    (row,) = table(book["Result"], "Answered")
    return row


def result(book: Workbook, framework: Framework) -> dict[str, Any]:
    """What a workbook says, in the form of scoring.yaml."""
    (overall,) = table(book["Computation"], "completed_claimed")
    by_dimension = table(book["Computation"], "dimension")
    practices = {row["practice"]: row for row in table(book["Computation"], "practice")}
    levels = [*framework.levels]
    deciding = [*levels, "none"][overall["deciding"] - 1]
    nearest = [row for row in table(book["Result"], "Practice")]
    claimed = standing(labelled(book, "You say"))
    return {
        "claimed": claimed,
        "evidenced": standing(labelled(book, "You can show")),
        "range": [claimed, standing(labelled(book, "Could still become"))],
        "completed": {row["title"]: row["completed_claimed"] for row in by_dimension},
        "evidenced_completed": {row["title"]: row["completed_evidenced"] for row in by_dimension},
        "progress": {row["title"]: row["progress_claimed"] for row in by_dimension},
        "evidenced_progress": {row["title"]: row["progress_evidenced"] for row in by_dimension},
        "settled": bool(overall["settled"]),
        "may_stop": bool(overall["may_stop"]),
        "deciding": deciding,
        "distance": {}
        if deciding == "none"
        else {
            dimension: [row["Practice"] for row in nearest if row["Dimension"] == dimension]
            for dimension in framework.dimensions
        },
        "show_evidence": {name for name, row in practices.items() if row["waiting"]},
        "not_applicable": {name for name, row in practices.items() if not row["counted"]},
    }


#: What the workbook leaves to the page: the order of next steps, and what comes before them.
ON_THE_PAGE_ONLY = {"steps", "reasons", "answer_first", "find_out"}


@pytest.mark.parametrize("name", SITTINGS)
def test_the_workbook_scores_as_worked_out_by_hand(scored: dict[str, Workbook], name: str) -> None:
    case = CASES[[*SITTINGS].index(name)]
    found = result(scored[name], whole(FRAMEWORKS[case["framework"]]))
    for key, expected in case["expect"].items():
        if key in ON_THE_PAGE_ONLY:
            continue
        numbers = key in ("progress", "evidenced_progress")
        sets = isinstance(found[key], set)
        wanted = (
            pytest.approx(expected, abs=1e-9) if numbers else set(expected) if sets else expected
        )
        assert found[key] == wanted, (case["name"], key)
