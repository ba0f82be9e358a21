"""Workbooks filled in as a reader would, and recalculated by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import find_office
import openpyxl
from conftest import ROOT
from maturity import words, workbook
from maturity.answers import TABLE_COLUMNS
from maturity.model import Framework
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

#: LibreOffice trusts the values in a file; here it must compute everything anew.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
#: Every sheet as CSV in UTF-8, with the separator named first and values as they are shown.
CSV = "csv:Text - txt - csv (StarCalc):{},34,76,1,,0,false,true,false,false,false,-1"


def made(framework: Framework) -> bytes:
    """The workbook of a framework, in the words of the site."""
    about = framework.framework
    return workbook.workbook(
        framework, words.load(ROOT / "overrides" / "words", about.language, framework.terms)
    )


def opened(file: bytes | Path, *, values: bool = True) -> Workbook:
    """A workbook; its values as they were saved, or its formulas."""
    return openpyxl.load_workbook(
        io.BytesIO(file) if isinstance(file, bytes) else file, data_only=values
    )


def filled(
    file: bytes, rows: Mapping[str, Mapping[str, object]], about: Mapping[str, object] | None = None
) -> bytes:
    """The workbook with columns of the sheet "Answers" filled in, by practice, and with what is
    said on the sheet "Start", by label. Saved like this no formula has a value."""
    book = opened(file, values=False)
    answers = book["Answers"]
    for row in answers.iter_rows(min_row=2):
        for column, value in rows.get(str(row[0].value), {}).items():
            row[TABLE_COLUMNS.index(column)].value = value
    for row in book["Start"].iter_rows(max_col=2):
        if row[0].value in (about or {}):
            row[1].value = (about or {})[row[0].value]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def converted(files: Mapping[str, bytes], folder: Path, to: str = "xlsx") -> Path:
    """The files, by name, opened, recalculated and saved by LibreOffice; gives their folder."""
    profile, before, after = folder / "profile", folder / "before", folder / "after"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    before.mkdir()
    for name, file in files.items():
        (before / f"{name}.xlsx").write_bytes(file)
    office = find_office.find()
    assert office, find_office.ADVICE
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        to,
    ]
    paths = [str(before / f"{name}.xlsx") for name in files]
    done = subprocess.run(
        [*command, "--outdir", str(after), *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len([*after.iterdir()]) >= len(files), done.stdout + done.stderr
    return after


def recalculated(files: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """The workbooks by name, with the values that LibreOffice computed."""
    after = converted(files, folder)
    return {name: opened(after / f"{name}.xlsx") for name in files}


def table(sheet: Worksheet, head: str) -> list[dict[str, Any]]:
    """The rows below the first row that begins with `head`, up to a row that begins with nothing,
    a table's head or something bold enough to begin another section."""
    lines = sheet.iter_rows(values_only=True)
    names = next(line for line in lines if line and line[0] == head)
    found = []
    for line in lines:
        if line[0] in (None, "") or (isinstance(line[0], str) and line[0] in HEADS):
            break
        found.append({str(name): value for name, value in zip(names, line, strict=True) if name})
    return found


#: What the computation's tables begin with.
HEADS = ("completed_claimed", "dimension", "level", "number", "practice")


@cache
def word(key: str) -> str:
    """A word of the site that names no term."""
    return words.load(ROOT / "overrides" / "words", "en", Framework.model_fields["terms"].default)(
        key
    )
