"""Evidence that ages in the workbook: many assessments on many days, in one file a framework."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ages import drawn_sittings
from filled_workbooks import ZERO, Filling, many
from maturity.definition.model import Framework
from maturity.framework.answer_file import NO_DAY, UNDATED, EvidenceRecord, Sitting
from maturity.framework.days import is_day
from spreadsheet import Computed, recalculated, table, workbook_of

_LABELS = {"unknown": "Don't know", "not-applicable": "Not applicable"}


@dataclass(frozen=True)
class Aged:
    """An assessment, and the days on which it is looked at."""

    framework: str
    sitting: Sitting
    days: tuple[str, ...]


def aged_workbooks(
    frameworks: Mapping[str, Framework], assessments: Iterable[Aged]
) -> dict[str, bytes]:
    """Return a workbook for each framework, with its assessments as on each of their days."""
    fillings: dict[str, list[Filling]] = {name: [] for name in frameworks}
    for one in assessments:
        fillings[one.framework] += _fillings(frameworks[one.framework], one)
    return {
        name: many(workbook_of(frameworks[name]), those)
        for name, those in fillings.items()
        if those
    }


def workbook_results(
    books: Mapping[str, Computed], frameworks: Mapping[str, Framework], assessments: Iterable[Aged]
) -> list[dict[str, dict[str, Any]]]:
    """Return what the computed workbooks make of each assessment on each of its days, as the cases
    write it.

    Less the falls, and what ran out, of which it names the practice and the first record only.
    """
    numbers = {name: count(1) for name in frameworks}
    return [
        {
            day: _result(
                books[one.framework].of(next(numbers[one.framework])), frameworks[one.framework]
            )
            for day in one.days
        }
        for one in assessments
    ]


def comparable(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the cases or Python say of a day, less what the workbook leaves out."""
    first = {"renew": slice(2), "runs_out": slice(3)}
    found = {key: value for key, value in result.items() if key != "falls"}
    for key, part in first.items():
        if key in found:
            found[key] = [[*end[:2], *(end[2][:1] if part.stop > 2 else [])] for end in found[key]]
    return found


def _fillings(framework: Framework, one: Aged) -> list[Filling]:
    """The assessment as somebody fills it in, and the day as of which evidence counts."""
    levels = [*framework.levels]
    start = levels.index(one.sitting.start) if one.sitting.start in levels else 0
    title = framework.levels[levels[start]].title
    about: dict[str, Any] = {"Start with": f"{start + 1} · {title}"}
    if is_day(one.sitting.date):
        about["Date"] = date.fromisoformat(one.sitting.date)
    rows = _cells(framework, one.sitting)
    return [
        Filling(rows, {**about, "Count evidence as of": date.fromisoformat(day)})
        for day in one.days
    ]


def _cells(framework: Framework, sitting: Sitting) -> dict[str, dict[str, Any]]:
    """What a reader fills in, by practice."""
    labels = {name: str(answer.label) for name, answer in framework.scale.items()} | _LABELS
    found: dict[str, dict[str, Any]] = {}
    for name, stored in sitting.answers.items():
        evidence = framework.practices[name].evidence
        named = [artifact for artifact in evidence if artifact in stored.evidence]
        known = [stored.records.get(artifact) for artifact in named]
        lines = [str(evidence[artifact].text) for artifact in named]
        if stored.proof:
            lines.append(stored.proof)
            known.append(stored.proof_record)
        is_partly = stored.criteria == [] and framework.scale.get(stored.answer) is not None
        needs = is_partly and framework.scale[stored.answer].needs_criteria
        label = labels.get(stored.answer, "")
        found[name] = {
            "answer": f"{label}, but not all criteria" if needs else label or None,
            "evidence": "\n".join(lines) or None,
            "evidence_days": _days([one or EvidenceRecord() for one in known]),
            "reason": stored.reason or None,
            "until": stored.until or None,
        }
    return found


def _days(known: list[EvidenceRecord]) -> Any:
    """One day as a date where that is all, otherwise a line for each."""
    days = [UNDATED if one.on == NO_DAY else one.on for one in known]
    if days and len({*days}) == 1 and is_day(days[0]):
        return date.fromisoformat(days[0])
    return "\n".join(days) or None


def _result(book: Computed, framework: Framework) -> dict[str, Any]:
    (overall,) = table(book, "Computation", "completed_claimed")
    practices = {str(row["practice"]): row for row in table(book, "Computation", "practice")}
    records = table(book, "Computation", "record")
    levels = ["none", *framework.levels]
    order = {name: place for place, name in enumerate(framework.practices)}
    artifacts = {
        (name, str(one.text)): artifact
        for name, practice in framework.practices.items()
        for artifact, one in practice.evidence.items()
    }

    def label(row: Mapping[str, Any]) -> str:
        if practices[row["practice"]]["given"] == 3:  # not applicable
            return "until"
        return artifacts.get((row["practice"], str(row["evidence"] or "")), "text")

    ends = [[_day(row["ends"]), row["practice"], label(row)] for row in records if row["ends"]]
    renew = [[_day(row["lapsed"], 1), name] for name, row in practices.items() if row["lapsed"]]
    undated = {
        name: [label(row) for row in records if row["practice"] == name and row["undated"]]
        for name in order
    }
    return {
        "claimed": levels[overall["at_claimed"]],
        "evidenced": levels[overall["at_evidenced"]],
        "show": [name for name in order if practices[name]["waiting"]],
        "undated": [[name, those] for name, those in undated.items() if those],
        "runs_out": sorted(ends, key=lambda end: (end[0], order[end[1]])),
        "renew": sorted(renew, key=lambda end: (end[0], order[end[1]])),
    }


def _day(value: Any, more: int = 0) -> str:
    """A day that the office has saved as a number or, where it looks like one, as 04/02/2026."""
    if isinstance(value, str):
        month, day, year = map(int, value.split("/"))
        return date.fromordinal(date(year, month, day).toordinal() + more).isoformat()
    return date.fromordinal(ZERO.toordinal() + int(value) + more).isoformat()


def differences(office: str, folder: Path, count: int, seed: int) -> tuple[int, list[Any]]:
    """Compare Python and workbook over drawn sittings: on how many days, and where they differ."""
    drawn, sittings = drawn_sittings(count, seed)
    frameworks = {f"drawn{number}": framework for number, framework in enumerate(drawn)}
    listed = [
        Aged(f"drawn{which}", Sitting.model_validate(sitting), tuple(days))
        for which, sitting, days in sittings
    ]
    books = recalculated(office, aged_workbooks(frameworks, listed), folder)
    results = workbook_results(books, frameworks, listed)
    days = [
        (one, day, found[day], comparable(wanted[day]))
        for one, found, (_, _, wanted) in zip(listed, results, sittings, strict=True)
        for day in one.days
    ]
    return len(days), [day for day in days if day[2] != day[3]]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        total, wrong = differences(sys.argv[1], Path(folder), *map(int, sys.argv[2:4]))
    print(f"{len(wrong)} of {total} drawn assessments on a day differ between workbook and Python")
    if wrong:
        sys.exit("\n".join(map(str, wrong[0])))
