"""Evidence that ages in the workbook: many assessments on many days, in one file a framework.

An office takes a second for a file and a moment for a sheet. So the sheets of answers and of the
computation are copied, one for an assessment and one for each of its days, and the names that
formulas use for days and the level to start with are replaced by what they would hold.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ages import drawn_sittings
from maturity.definition.model import Framework
from maturity.framework.answer_file import NO_DAY, TABLE_COLUMNS, UNDATED, EvidenceRecord, Sitting
from maturity.framework.days import is_day
from maturity.outputs.workbook.ageing import months_after
from openpyxl.workbook.workbook import Workbook
from spreadsheet import opened, put, recalculated, table, workbook_of

#: Day 0 of spreadsheets.
_ZERO = date(1899, 12, 30)
_LABELS = {"unknown": "Don't know", "not-applicable": "Not applicable"}


@dataclass(frozen=True)
class Aged:
    """An assessment, and the days on which it is looked at."""

    framework: str
    sitting: Sitting
    days: tuple[str, ...]


def workbook_results(
    office: str, folder: Path, frameworks: Mapping[str, Framework], assessments: Iterable[Aged]
) -> list[dict[str, dict[str, Any]]]:
    """Return what the workbook makes of each assessment on each of its days, as the cases write it.

    Less the falls, and what ran out, of which it names the practice and the first record only.
    """
    listed = [*enumerate(assessments)]
    files = {
        name: _file(framework, [(n, one) for n, one in listed if one.framework == name])
        for name, framework in frameworks.items()
        if any(one.framework == name for _, one in listed)
    }
    books = recalculated(office, files, folder)
    return [
        {
            day: _result(books[one.framework], f"C{number}-{place}", frameworks[one.framework])
            for place, day in enumerate(one.days)
        }
        for number, one in listed
    ]


def comparable(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the cases or Python say of a day, less what the workbook leaves out."""
    first = {"renew": slice(2), "runs_out": slice(3)}
    found = {key: value for key, value in result.items() if key != "falls"}
    for key, part in first.items():
        if key in found:
            found[key] = [[*end[:2], *(end[2][:1] if part.stop > 2 else [])] for end in found[key]]
    return found


def _file(framework: Framework, assessments: Iterable[tuple[int, Aged]]) -> bytes:
    book = opened(workbook_of(framework), values=False)
    for sheet in book.sheetnames[3 : 3 + len(framework.levels)]:
        del book[sheet]
    for number, one in assessments:
        answers = book.copy_worksheet(book["Answers"])
        answers.title = f"A{number}"
        rows = {str(row[0].value): row for row in answers.iter_rows(min_row=2)}
        for name, cells in _cells(framework, one.sitting).items():
            for column, value in cells.items():
                put(rows[name][TABLE_COLUMNS.index(column)], value)
        for place, day in enumerate(one.days):
            _compute(book, f"C{number}-{place}", framework, one.sitting, (f"A{number}", day))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _compute(
    book: Workbook, title: str, framework: Framework, sitting: Sitting, of: tuple[str, str]
) -> None:
    answers, day = of
    levels = [*framework.levels]
    as_of = str(_number(day))
    names = {
        "as_of": as_of,
        "horizon": months_after(as_of, "24"),
        "dated": str(_number(sitting.date)),
        "start": str(levels.index(sitting.start) + 1 if sitting.start in levels else 1),
    }
    sheet = book.create_sheet(title)
    for row in book["Computation"].iter_rows():
        for cell in row:
            value = cell.value
            if isinstance(value, str) and value.startswith("="):
                value = re.sub(r"\b(as_of|horizon|dated|start)\b", lambda m: names[m[1]], value)
                value = value.replace("'Answers'!", f"'{answers}'!")
            if value is not None:
                sheet.cell(cell.row, cell.column, value)


def _number(day: str) -> int:
    return (date.fromisoformat(day) - _ZERO).days if is_day(day) else 0


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


def _result(book: Workbook, sheet: str, framework: Framework) -> dict[str, Any]:
    (overall,) = table(book, sheet, "completed_claimed")
    practices = {str(row["practice"]): row for row in table(book, sheet, "practice")}
    records = table(book, sheet, "record")
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
    """A day that the office has written as a number or, where it looks like one, as a date."""
    number = value if isinstance(value, int | float) else (value.date() - _ZERO).days
    return date.fromordinal(_ZERO.toordinal() + int(number) + more).isoformat()


def differences(office: str, folder: Path, count: int, seed: int) -> tuple[int, list[Any]]:
    """Compare Python and workbook over drawn sittings: on how many days, and where they differ."""
    drawn, sittings = drawn_sittings(count, seed)
    frameworks = {f"drawn{number}": framework for number, framework in enumerate(drawn)}
    listed = [
        Aged(f"drawn{which}", Sitting.model_validate(sitting), tuple(days))
        for which, sitting, days in sittings
    ]
    results = workbook_results(office, folder, frameworks, listed)
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
