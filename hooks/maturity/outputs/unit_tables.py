"""The results of units as tables: CSV for programs, a spreadsheet for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ..assessments.results import UnitResult, UnitsResults
from .formula_guard import guarded

#: Later versions add only at the end. A row is one dimension of one unit in one round; `completed`
#: counts levels, `progress` has the share of the next one besides.
UNIT_COLUMNS = (
    "unit", "title", "part_of", "day", "level_claimed", "level_shown", "dimension",
    "completed_claimed", "completed_shown", "progress_claimed", "progress_shown",
)  # fmt: skip
_Row = list[str | float]


def units_csv(units: UnitsResults) -> str:
    """Render a row for each unit, round and dimension."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(UNIT_COLUMNS)
    for row in _rows(units):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return table.getvalue()


def units_xlsx(units: UnitsResults) -> bytes:
    """Make a workbook of two sheets: a row for each unit as it stands, and the rows of the CSV."""
    # What writes spreadsheets is loaded when one is written: a preview seldom has to.
    from .workbook.book import Book

    words, about = units.words, units.relations.framework.framework
    book = Book(f"{about.title}: {words('units.title')}", str(words("units.title")))
    sheet = book.sheet(str(words("units.title")))
    rows = [_head(units), *(_row(units, unit) for unit in units.units.values())]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = "cell" if number else "head"
            sheet.put(number, column, cell, "cell-bold" if number and not column else style)
    sheet.page.freeze_panes(1, 1)
    sheet.page.set_column(0, len(rows[0]), 16)
    history = book.sheet(str(words("unit.rounds")))
    lines: list[_Row] = [[*UNIT_COLUMNS], *_rows(units)]
    for number, row in enumerate(lines):
        for column, cell in enumerate(row):
            history.put(number, column, cell, "cell" if number else "head")
    history.page.freeze_panes(1, 0)
    history.page.autofilter(0, 0, 0, len(UNIT_COLUMNS) - 1)
    history.page.set_column(0, len(UNIT_COLUMNS), 16)
    return book.file()


def _rows(units: UnitsResults) -> Iterator[_Row]:
    levels = ["", *units.relations.framework.levels]
    for unit in units.units.values():
        for moment in unit.moments:
            claimed, shown = moment.result.claimed, moment.result.shown
            for name in units.relations.framework.dimensions:
                yield [
                    unit.id, str(unit.unit.title), unit.unit.part_of or "", moment.day,
                    levels[claimed.at], levels[shown.at], name,
                    claimed.completed[name], shown.completed[name],
                    round(claimed.progress[name], 4), round(shown.progress[name], 4),
                ]  # fmt: skip


def _head(units: UnitsResults) -> _Row:
    words = units.words
    plain = ("units.unit", "unit.part_of", "unit.round", "score.bars.claimed", "score.bars.shown")
    head: _Row = [str(words(key)) for key in plain]
    for dimension in units.relations.framework.dimensions.values():
        for key in ("score.bars.shown", "score.bars.claimed"):
            head.append(f"{dimension.title}: {words(key)}")
    return [*head, str(words("units.target")), str(words("units.left"))]


def _row(units: UnitsResults, unit: UnitResult) -> _Row:
    """Return how a unit stands; levels by number, 0 before the first."""
    group = units.title(unit.within[0]) if unit.within else ""
    row: _Row = [str(unit.unit.title), group, unit.moments[-1].day, unit.claimed.at, unit.shown.at]
    for name in units.relations.framework.dimensions:
        row += [unit.shown.completed[name], unit.claimed.completed[name]]
    if unit.unit.target is None:
        return [*row, "", ""]
    return [*row, unit.unit.target.by, sum(len(aim.practices) for aim in unit.aims)]
