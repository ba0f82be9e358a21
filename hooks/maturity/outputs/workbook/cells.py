"""What spreadsheets are made of: names of sheets, references, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_col_to_name

from ..formula_guard import guarded

#: The longest text of a cell, and the longest name of a sheet; as spreadsheets count.
LONGEST_TEXT = 32_767
_LONGEST_NAME = 31

#: States of an answer, as the formulas number them; open is also what has no answer.
OPEN, ANSWERED, UNKNOWN, LEFT_OUT, ASSUMED = range(5)

#: What a cell can hold.
Value = str | int | float


def quoted(text: str) -> str:
    """Return `text` as a constant inside a formula, where it may have 255 characters."""
    return '"{}"'.format(text.replace('"', '""'))


def cell_content(value: Value) -> Value:
    """Return what a cell holds once `value` is written to it: no text can become a formula."""
    return guarded(value) if isinstance(value, str) else value


def clip_utf16(text: str, longest: int) -> str:
    """Return at most `longest` units of UTF-16, as spreadsheets count: an emoji has two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return titles as names of sheets: allowed, short enough, and none of them twice."""
    names: list[str] = []
    for title in titles:
        base = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '") or "-"
        name, number = clip_utf16(base, _LONGEST_NAME).rstrip(" '"), 1
        while name.casefold() in (other.casefold() for other in names):
            number += 1
            end = f" {number}"
            name = clip_utf16(base, _LONGEST_NAME - len(end)) + end
        names.append(name)
    return names


@dataclass(frozen=True)
class Formula:
    """A formula without its sign, and what it gives while nothing is answered.

    Readers that do not compute show that value.
    """

    text: str
    value: Value


@dataclass(frozen=True)
class Table:
    """Where a table stands: its columns by name, the row of its first entry and their number.

    Rows and columns of a sheet are counted from 0. References carry the sheet where it is named.
    """

    columns: tuple[str, ...]
    top: int
    rows: int
    left: int = 0
    sheet: str = ""

    def on(self, sheet: str) -> Table:
        """Return the table as seen from another sheet than its own, whose name is `sheet`."""
        return replace(self, sheet=sheet)

    def cell(self, column: str, row: int = 0) -> str:
        """Return the reference of one cell; `row` is counted from the first entry, 0."""
        return f"{self._prefix}${self.letter(column)}${self.top + row + 1}"

    def span(self, column: str, first: int = 0, count: int | None = None) -> str:
        """Return the reference of a column's cells, or of `count` of them from the row `first`."""
        letter, start = self.letter(column), self.top + first + 1
        end = start + (self.rows if count is None else count) - 1
        return f"{self._prefix}${letter}${start}:${letter}${end}"

    def whole_column(self, column: str) -> str:
        """Return the reference of the whole column of the sheet, beyond the table too."""
        letter = self.letter(column)
        return f"{self._prefix}${letter}:${letter}"

    def index(self, column: str) -> int:
        """Return the place of a column, named as in `columns`, on its sheet, counted from 0."""
        return self.left + self.columns.index(column)

    def letter(self, column: str) -> str:
        """Return the column's letters."""
        return str(xl_col_to_name(self.index(column)))

    @property
    def _prefix(self) -> str:
        return "'{}'!".format(self.sheet.replace("'", "''")) if self.sheet else ""


@dataclass(frozen=True)
class Part:
    """Some rows of a table, for templates of formulas: `{part.credit}` is their reference.

    Without `count` it is one cell, in the row `first`; without that the sheet's whole column.
    """

    table: Table
    first: int | None = None
    count: int | None = None

    def __getattr__(self, column: str) -> str:
        if self.first is None:
            return self.table.whole_column(column)
        if self.count is None:
            return self.table.cell(column, self.first)
        return self.table.span(column, self.first, self.count)


class Scope(dict[str, Part]):
    """What a row's templates may name: other parts, and the columns of the row itself."""

    def __init__(self, own: Part, **parts: Part) -> None:
        super().__init__(parts)
        self.own = own

    def __missing__(self, column: str) -> str:
        return str(getattr(self.own, column))

    def fill(self, template: str) -> str:
        """Return a template with its references."""
        return template.format_map(self)
