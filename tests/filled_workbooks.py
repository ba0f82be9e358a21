"""Workbooks filled in as a reader would: one as it is published, or many fillings in one file.

An office takes a tenth of a second for a file, whatever is in it, and a hundredth for a sheet. So
each filling has sheets of its own, with the formulas as they were published: "Answers 2" and so on.
Names lead each sheet to the rules and days of its own filling.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from typing import Any

from maturity.framework.answer_file import TABLE_COLUMNS
from xlsxwriter.utility import xl_col_to_name

#: Day 0 of spreadsheets.
ZERO = date(1899, 12, 30)
#: The sheets that hang on what is said of an assessment, and those that hang on its answers too.
#: Nothing is computed from the others, which are to be read.
_ABOUT, _ANSWERED = ("Start", "Lists"), ("Answers", "Result", "Computation")
_PAGES, _BOOK = "xl/worksheets/", "xl/workbook.xml"
#: The parts that have an entry for each sheet.
_PER_SHEET = ("xl/_rels/workbook.xml.rels", "[Content_Types].xml")


@dataclass(frozen=True)
class Filling:
    """Columns of the sheet "Answers" by practice, and fields of the sheet "Start" by label."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)


def filled(
    file: bytes, rows: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any] | None = None
) -> bytes:
    """The workbook with what a reader has filled in. Saved like this no formula has a value."""
    template = _Template(file)
    filling = Filling(rows, about or {})
    pages = {name: template.typed(sheet, filling) for sheet, name in template.pages.items()}
    return _zipped(template.parts | pages)


def many(file: bytes, fillings: Sequence[Filling]) -> bytes:
    """One workbook with every filling; what the first comes to is on "Result", the second on
    "Result 2"."""
    template = _Template(file)
    groups: list[Mapping[str, Any]] = []
    sheets: dict[str, tuple[str, int, int]] = {}
    for number, filling in enumerate(fillings, start=1):
        if filling.about not in groups:
            groups.append(filling.about)
            sheets |= {numbered(name, len(groups)): (name, number, len(groups)) for name in _ABOUT}
        group = groups.index(filling.about) + 1
        sheets |= {numbered(name, number): (name, number, group) for name in _ANSWERED}
    pages = {
        f"{_PAGES}sheet{place}.xml": _led(template.typed(name, fillings[number - 1]), number, group)
        for place, (name, number, group) in enumerate(sheets.values(), start=1)
    }
    rest = {name: text for name, text in template.parts.items() if not name.startswith(_PAGES)}
    return _zipped(rest | pages | _directory(rest, sheets))


def numbered(name: str, number: int) -> str:
    """What a sheet of the filling of that number is called, from 1."""
    return name if number == 1 else f"{name} {number}"


class _Template:
    """A workbook's parts, and where its sheets, practices and fields are."""

    def __init__(self, file: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(file)) as opened:
            self.parts = {name: opened.read(name).decode() for name in opened.namelist()}
        titles = re.findall('<sheet name="([^"]*)"', self.parts[_BOOK])
        names = {title: f"{_PAGES}sheet{n}.xml" for n, title in enumerate(titles, start=1)}
        for name in names.values():
            self.parts[name] = re.sub("</f><v>[^<]*</v>", "</f>", self.parts[name])
        self.pages = {title: names[title] for title in (*_ABOUT, *_ANSWERED)}
        entries = re.findall("<si>(.*?)</si>", self.parts["xl/sharedStrings.xml"], re.DOTALL)
        self.strings = [unescape(re.sub("<[^>]*>", "", entry)) for entry in entries]
        self.rows = {sheet: self._labels(sheet) for sheet in ("Start", "Answers")}

    def _labels(self, sheet: str) -> dict[str, str]:
        """The rows of a sheet by the text of their first cell."""
        cells = re.findall(r'<c r="A(\d+)"[^>]* t="s"><v>(\d+)<', self.parts[self.pages[sheet]])
        return {self.strings[int(text)]: row for row, text in cells}

    def typed(self, sheet: str, filling: Filling) -> str:
        """A sheet with what is typed into its cells."""
        cells: dict[str, Any] = {}
        if sheet == "Start":
            rows = self.rows[sheet]
            cells = {f"B{rows[label]}": value for label, value in filling.about.items()}
        elif sheet == "Answers":
            rows = self.rows[sheet]
            cells = {
                f"{xl_col_to_name(TABLE_COLUMNS.index(column))}{rows[practice]}": value
                for practice, columns in filling.rows.items()
                for column, value in columns.items()
                if value is not None
            }
        page = self.parts[self.pages[sheet]]
        for cell, value in cells.items():
            before, place, after = re.split(
                rf'(<c r="{cell}" s="\d+")(?: t="s"><v>\d+</v></c>|/>)', page
            )
            page = f"{before}{place}{_content(value)}</c>{after}"
        return page


def _content(value: Any) -> str:
    """A day, or a text that stays a text, as a cell holds it."""
    if isinstance(value, date):
        return f"><v>{(value - ZERO).days}</v>"
    text = escape(value, quote=False)
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def _led(text: str, number: int, group: int) -> str:
    """Formulas that look at the sheets of their own filling."""
    numbers = dict.fromkeys(_ABOUT, group) | dict.fromkeys(_ANSWERED, number)
    return re.sub(
        f"'({'|'.join(numbers)})'!",
        lambda match: f"'{numbered(match[1], numbers[match[1]])}'!",
        text,
    )


def _directory(
    parts: Mapping[str, str], sheets: Mapping[str, tuple[str, int, int]]
) -> dict[str, str]:
    """The parts of a workbook that list its sheets and names."""
    places = range(1, len(sheets) + 1)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="page{place}"/>'
        for place, name in zip(places, sheets, strict=True)
    )
    names = re.findall('<definedName name="([a-z_]+)">([^<]*)<', parts[_BOOK])
    local = "".join(
        f'<definedName name="{name}" localSheetId="{place}">{_led(cells, number, group)}'
        "</definedName>"
        for place, (_, number, group) in enumerate(sheets.values())
        for name, cells in names
    )
    book = re.sub("(<sheets>).*(</sheets>)", rf"\1{entries}\2", parts[_BOOK])
    book = re.sub("(<definedNames>).*(</definedNames>)", rf"\1{local}\2", book)
    return {_BOOK: book, **{part: _for_each(parts[part], places) for part in _PER_SHEET}}


def _for_each(text: str, places: Iterable[int]) -> str:
    """A list with an entry for the sheet at each of the places, made from that for the first."""
    first, *_ = entries = re.findall(r"<[^<>]*sheets/sheet\d+\.xml[^<>]*>", text)
    new = "".join(
        first.replace("sheet1.xml", f"sheet{place}.xml").replace("rId1", f"page{place}")
        for place in places
    )
    for entry in entries:
        text = text.replace(entry, new if entry == first else "")
    return text


def _zipped(parts: Mapping[str, str]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return saved.getvalue()
