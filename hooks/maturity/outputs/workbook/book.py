"""A workbook being written: sheets, cells and styles, on top of XlsxWriter."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..formula_guard import guarded
from .cells import LONGEST_TEXT, Formula, Value, clip_utf16

INK, BRAND, SOFT, LINE, MUTED = "#1E1A2C", "#43308F", "#EBE7F6", "#CFC6D6", "#5C5668"
GOOD, GOOD_SOFT, WAITING = "#17653A", "#D9EFE1", "#FFF0B3"

_BASE: dict[str, Any] = {"font_color": INK, "valign": "top"}
_BOXED = {"border": 1, "border_color": LINE}
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": "#FFFFFF", **_BOXED}
#: Looks of cells; those of conditions, `waiting` and `is-...`, say only what they change. The
#: colors of levels are a framework's own: they come from a `Ramp`, in `sheets.py`.
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 20},
    "lead": {"font_size": 14, "bold": True, "font_color": BRAND},
    "section": {"bold": True, "font_size": 14, "bottom": 2, "bottom_color": BRAND},
    "text": {"text_wrap": True},
    "muted": {"font_color": MUTED, "text_wrap": True},
    "line": {"font_color": MUTED},
    "line-date": {"font_color": MUTED, "num_format": "yyyy-mm-dd", "align": "left"},
    "label": {"bold": True, "text_wrap": True},
    "head": {**_HEAD, "bg_color": INK},
    "head-input": {**_HEAD, "bg_color": BRAND},
    "cell": {"text_wrap": True, **_BOXED},
    "cell-bold": {"text_wrap": True, "bold": True, **_BOXED},
    "cell-center": {"text_wrap": True, "align": "center", **_BOXED},
    "fact": {"font_color": MUTED, "font_size": 9, **_BOXED},
    "fact-link": {"font_color": BRAND, "font_size": 9, "underline": 1, **_BOXED},
    "fact-date": {"font_color": MUTED, "font_size": 9, "num_format": "yyyy-mm-dd", **_BOXED},
    # The format "@" keeps what is typed: an answer called 1, a link, a text that begins with =.
    "input": {"text_wrap": True, "bg_color": SOFT, "num_format": "@", **_BOXED},
    "input-date": {
        "bg_color": SOFT, "num_format": "yyyy-mm-dd", "align": "left", **_BOXED,
    },
    "input-days": {
        "text_wrap": True, "bg_color": SOFT, "num_format": "yyyy-mm-dd", "align": "left", **_BOXED,
    },
    "cell-date": {"num_format": "yyyy-mm-dd", "align": "left", **_BOXED},
    "number": {"num_format": "0.00", "align": "center", **_BOXED},
    "count": {"align": "right", **_BOXED},
    "bar": {"font_color": BRAND, "font_size": 8, "font_name": "Courier New", **_BOXED},
    "bar-shown": {"font_color": GOOD, "font_size": 8, "font_name": "Courier New", **_BOXED},
    "waiting": {"bg_color": WAITING},
    "is-complete": {"bg_color": GOOD, "font_color": "#FFFFFF"},
    "is-claimed": {"bg_color": GOOD_SOFT, "font_color": GOOD},
    "is-assumed": {"bg_color": SOFT, "font_color": MUTED, "italic": True},
}  # fmt: skip

#: The height of a line of the usual size, 11, and the most that a row can have, in points.
_LINE, _SIZE, _HIGHEST = 15.0, 11, 409.0
#: How wide a column is that nothing is said of.
_WIDTH = 8.43
#: A column's width is counted in digits; of letters, words broken, a line holds about as many.
_LETTERS = 1.15

#: A file has a date in it, and two builds of one definition must not differ.
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class _Page(Worksheet):
    """A worksheet whose rows have a height to begin with and grow with what is typed into them.

    Excel fits a row to its text by itself, LibreOffice only if the row had a height that nobody
    set by hand. XlsxWriter calls every height set by hand.

    And it looks through every formula for functions that are newer than ours, which takes half
    the time of a large workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        others = [one for one in attributes or () if tag != "row" or one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, others)


class Book:
    """A workbook; `file` gives its bytes once everything is in it."""

    def __init__(self, title: str, subject: str) -> None:
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"title": title, "subject": subject, "created": _CREATED})
        self._styles: dict[Any, Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, color: str = INK) -> Sheet:
        """Add a sheet after the others; `color` is that of its tab, `#RRGGBB`."""
        page = self._book.add_worksheet(name, _Page)
        page.set_tab_color(color)
        self._sheets.append(Sheet(self, page))
        return self._sheets[-1]

    def style(self, name: str, **more: Any) -> Any:
        """Return the format of one of STYLES with more properties, those of XlsxWriter."""
        key = (name, *sorted(more.items()))
        if key not in self._styles:
            base = {} if name.startswith("is-") or name == "waiting" else _BASE
            self._styles[key] = self._book.add_format({**base, **STYLES[name], **more})
        return self._styles[key]

    def name(self, name: str, reference: str) -> None:
        """Let formulas use `name` for a cell."""
        self._book.define_name(name, f"={reference}")

    def file(self) -> bytes:
        """Close the workbook and return its file; the same for the same content."""
        for sheet in self._sheets:
            sheet.fit_rows()
        self._book.close()
        return self._file.getvalue()


class Sheet:
    """A sheet of a book; rows and columns are counted from 0."""

    def __init__(self, book: Book, page: Any) -> None:
        self.book = book
        self.page = page
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}

    def put(
        self, row: int, column: int, value: Value | Formula | None, style: str, **more: Any
    ) -> None:
        """Write one cell; rows and columns are counted from 0.

        `style` is a key of STYLES, `more` are further properties of XlsxWriter's formats. A text
        that a spreadsheet would take for a formula is guarded; None leaves the cell empty.
        """
        look = self.book.style(style, **more)
        self._make_room(row, column, value, style)
        if isinstance(value, Formula):
            self.page.write_formula(row, column, f"={value.text}", look, value.value)
        elif isinstance(value, str) and value:
            self.page.write_string(row, column, _fitting(guarded(value)), look)
        elif isinstance(value, int | float):
            self.page.write_number(row, column, value, look)
        else:
            self.page.write_blank(row, column, None, look)

    def link(self, row: int, column: int, text: str, target: str, style: str) -> None:
        """Write a text that leads to a cell of another sheet, `'Sheet'!A1`; guarded as in `put`."""
        look = self.book.style(style)
        self._make_room(row, column, text, style)
        self.page.write_url(row, column, f"internal:{target}", look, _fitting(guarded(text)))

    def put_row(self, row: int, values: Sequence[Value | Formula | None], style: str) -> None:
        """Write cells side by side from the first column on."""
        for column, value in enumerate(values):
            self.put(row, column, value, style)

    def set_widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
            self._widths[column] = width

    def fit_rows(self) -> None:
        """Make every row as high as what it holds."""
        for row, height in self._heights.items():
            self.page.set_row(row, min(height, _HIGHEST))

    def _make_room(self, row: int, column: int, value: Value | Formula | None, style: str) -> None:
        held = value.value if isinstance(value, Formula) else value
        if not isinstance(held, str):
            return
        lines = 1
        if STYLES[style].get("text_wrap"):
            width = self._widths.get(column, _WIDTH)
            room = width * _LETTERS
            lines = sum(max(1, ceil(len(line) / room)) for line in held.split("\n"))
        height = lines * _LINE * STYLES[style].get("font_size", _SIZE) / _SIZE
        if height > max(_LINE, self._heights.get(row, 0)):
            self._heights[row] = height

    def set_up_print(
        self, footer: str, heads: int | None = None, *, landscape: bool = True
    ) -> None:
        """Print it one page wide, with `footer`; every page repeats the row `heads`, if any."""
        if landscape:
            self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.set_footer(footer)
        if heads is not None:
            self.page.repeat_rows(heads)

    def hide(self) -> None:
        """Keep the sheet out of sight; a reader can unhide it."""
        self.page.hide()


def _fitting(text: str) -> str:
    """The text, cut where a cell cannot hold more."""
    return (
        text if clip_utf16(text, LONGEST_TEXT) == text else clip_utf16(text, LONGEST_TEXT - 1) + "…"
    )
