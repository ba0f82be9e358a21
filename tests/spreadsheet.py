"""Workbooks filled in as a reader would, and recalculated by LibreOffice."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from maturity.definition.model import Framework
from maturity.framework import catalog
from maturity.framework.answer_file import TABLE_COLUMNS
from maturity.outputs.brand import ramp
from maturity.outputs.workbook import workbook
from openpyxl.workbook.workbook import Workbook
from projects import ROOT

#: LibreOffice trusts the values in a file; here it must compute everything anew.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""
#: Every sheet as a CSV file in UTF-8, values as they are shown, with the code of the separator.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,false,-1"


def words_of(framework: Framework) -> catalog.Words:
    """The words of the site, with the terms of a framework."""
    language = framework.framework.language
    return catalog.load(ROOT / "overrides" / "words", language, framework.terms)


def workbook_of(
    framework: Framework, words: catalog.Words | None = None, styles: Iterable[str] = ()
) -> bytes:
    """The workbook of a framework, in the site's own words and colors or in others."""
    brand = (ROOT / "content" / "assets" / "brand.css").read_text(encoding="utf-8")
    return workbook(framework, words or words_of(framework), ramp([brand, *styles]))


def opened(file: bytes | Path, *, values: bool = True) -> Workbook:
    """A workbook: the values that it was saved with, or its formulas."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    return openpyxl.load_workbook(source, data_only=values)


def filled(
    file: bytes, rows: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any] | None = None
) -> bytes:
    """The workbook with columns of the sheet "Answers" filled in, by practice, and fields of the
    sheet "Start", by label. Saved like this no formula has a value."""
    book = opened(file, values=False)
    for row in book["Answers"].iter_rows(min_row=2):
        for column, value in rows.get(str(row[0].value), {}).items():
            put(row[TABLE_COLUMNS.index(column)], value)
    for label, field in book["Start"].iter_rows(max_col=2):
        if about and label.value in about:
            put(field, about[str(label.value)])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(cell: Any, value: Any) -> None:
    """What is typed into a cell; a text stays a text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def converted(
    office: str, files: Mapping[str, bytes], folder: Path, to: str = "xlsx", locale: str = "en-US"
) -> Path:
    """The files, by name, opened, recalculated and saved by LibreOffice; gives their folder."""
    for name, file in files.items():
        (folder / f"{name}.xlsx").write_bytes(file)
    names = [*files]
    workers = min(len(names), os.cpu_count() or 1)
    running = [
        at_work(office, folder, names[start::workers], folder / f"office{start}", to, locale)
        for start in range(workers)
    ]
    for process in running:
        output, _ = process.communicate()
        assert process.returncode == 0, output
    return folder / "converted"


def at_work(
    office: str, folder: Path, names: Iterable[str], profile: Path, to: str, locale: str
) -> subprocess.Popen[str]:
    """A LibreOffice at work, with settings of its own."""
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(SETTINGS.format(locale=locale), encoding="utf-8")
    paths = [str(folder / f"{name}.xlsx") for name in names]
    own = f"-env:UserInstallation={profile.as_uri()}"
    target = ["--outdir", str(folder / "converted")]
    return subprocess.Popen(
        [office, own, "--headless", "--convert-to", to, *target, *paths],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def recalculated(
    office: str, files: Mapping[str, bytes], folder: Path, **more: str
) -> dict[str, Workbook]:
    """The workbooks by name, with the values that LibreOffice computed."""
    after = converted(office, files, folder, **more)
    return {name: opened(after / f"{name}.xlsx") for name in files}


def table_of_answers(
    office: str, file: bytes, folder: Path, separator: str, locale: str
) -> list[list[str]]:
    """The sheet "Answers" as somebody saves it as CSV: the lines of the file."""
    to = CSV.format(separator=ord(separator))
    after = converted(office, {"saved": file}, folder, to, locale)
    text = (after / "saved-Answers.csv").read_text(encoding="utf-8-sig")
    return [*csv.reader(io.StringIO(text, newline=""), delimiter=separator)]


def rows_of(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    """The values of a sheet, row by row."""
    return [*book[sheet].iter_rows(values_only=True)]


def table(book: Workbook, sheet: str, head: str) -> list[dict[str, Any]]:
    """The table whose first column is called `head`, up to an empty line or the next table."""
    lines = iter(rows_of(book, sheet))
    names = next(line for line in lines if line[0] == head)
    found = []
    for line in lines:
        if line[0] in ("", None, *HEADS):
            break
        found.append({name: value for name, value in zip(names, line, strict=True) if name})
    return found


#: What the computation's tables begin with.
HEADS = ("completed_claimed", "dimension", "level", "number", "practice", "ending", "record")
