"""Workbooks as they are published, and what LibreOffice makes of them."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from filled_workbooks import numbered
from maturity.definition.model import Framework, Terms
from maturity.framework import catalog
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
#: Every sheet as a CSV file in UTF-8, with the code of the separator: texts in quotes, numbers as
#: they are and not as they are shown.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,true,true,false,false,false,-1"
#: A cell of these files, and what ends it.
CELL = r'(?:"((?:[^"]|"")*)"|([^"{separator}\n]*))({separator}|\n)'

#: The values of a sheet, row by row.
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Computed:
    """The sheets of a workbook as LibreOffice has saved them; those of its first filling, or of
    another."""

    folder: Path
    name: str
    separator: str = ","
    number: int = 1

    def of(self, number: int) -> Computed:
        """The sheets of a filling, from 1."""
        return replace(self, number=number)

    def text(self, sheet: str) -> str:
        """A sheet as its file holds it."""
        file = self.folder / f"{self.name}-{numbered(sheet, self.number)}.csv"
        return file.read_text(encoding="utf-8-sig")

    def lines(self, sheet: str) -> list[list[str]]:
        """A sheet as whoever reads CSV sees it."""
        text = io.StringIO(self.text(sheet), newline="")
        return [*csv.reader(text, delimiter=self.separator)]

    def __getitem__(self, sheet: str) -> Rows:
        """A sheet's values: texts, numbers, None."""
        rows: Rows = []
        row: list[Any] = []
        cell = CELL.format(separator=self.separator)
        for text, plain, end in re.findall(cell, self.text(sheet)):
            row.append(text.replace('""', '"') or (self._number(plain) if plain else None))
            if end == "\n":
                rows.append((*row,))
                row = []
        return rows

    def _number(self, text: str) -> Any:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return text
        return int(value) if value.is_integer() else value


#: What gives the rows of a sheet by its name.
Book = Mapping[str, Rows] | Computed


def words_of(framework: Framework) -> catalog.Words:
    """The words of the site, with the terms of a framework."""
    return _words(framework.framework.language, framework.terms.model_dump_json())


@cache
def _words(language: str, terms: str) -> catalog.Words:
    folder = ROOT / "overrides" / "words"
    return catalog.load(folder, language, Terms.model_validate_json(terms))


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


def saved_values(file: bytes) -> dict[str, Rows]:
    """The values that a workbook was saved with, by sheet."""
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in opened(file)}


def recalculated(
    office: str,
    files: Mapping[str, bytes],
    folder: Path,
    separator: str = ",",
    locale: str = "en-US",
) -> dict[str, Computed]:
    """The workbooks by name, opened, computed and saved as CSV by LibreOffice.

    It takes a second to start: what can be is computed by one.
    """
    profile = folder / "office"
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(SETTINGS.format(locale=locale), encoding="utf-8")
    for name, file in files.items():
        (folder / f"{name}.xlsx").write_bytes(file)
    after = folder / "computed"
    process = subprocess.run(
        [
            *(office, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
            *("--convert-to", CSV.format(separator=ord(separator)), "--outdir", str(after)),
            *(str(folder / f"{name}.xlsx") for name in files),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.returncode == 0, process.stdout
    return {name: Computed(after, name, separator) for name in files}


def table(book: Book, sheet: str, head: str) -> list[dict[str, Any]]:
    """The table whose first column is called `head`, up to an empty line or the next table."""
    lines = iter(book[sheet])
    names = next(line for line in lines if line[0] == head)
    found = []
    for line in lines:
        if line[0] in ("", None, *HEADS):
            break
        found.append({name: value for name, value in zip(names, line, strict=True) if name})
    return found


#: What the computation's tables begin with.
HEADS = ("completed_claimed", "dimension", "level", "number", "practice", "ending", "record")
