"""Texts that spreadsheets would take for formulas: the same ones wherever cells are written."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import node
import pytest
import yaml
from maturity.definition.model import Framework
from maturity.outputs.data import practices_csv
from maturity.outputs.formula_guard import guarded
from projects import ROOT
from spreadsheet import opened, words_of, workbook_of

TABLE: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "formulas.yaml").read_text(encoding="utf-8")
)
CELLS = {
    **{text: f"'{text}" for text in TABLE["guarded"]},
    **{text: text for text in TABLE["plain"]},
}
#: What stands in the table and in a definition, where white space is folded.
FOLDED = [text for text in CELLS if text == " ".join(text.split()) != "" and text.isprintable()]


@pytest.mark.parametrize(("text", "cell"), CELLS.items(), ids=map(ascii, CELLS))
def test_files_of_the_site_guard_what_would_be_a_formula(text: str, cell: str) -> None:
    assert guarded(text) == cell


def test_tables_that_pages_write_guard_the_same_texts() -> None:
    written = node.call("common/csv.js", "csv(value)", [[text, "end"] for text in CELLS])
    rows = [*csv.reader(io.StringIO(written, newline=""), strict=True)]
    assert [row[0] for row in rows] == [*CELLS.values()]


def test_what_was_guarded_is_read_as_it_was() -> None:
    assert node.call("common/csv.js", "value.map(unguarded)", [*CELLS.values()]) == [*CELLS]


def titled(title: str) -> Framework:
    """A framework that says `title` wherever it can."""
    definition: dict[str, Any] = yaml.safe_load(
        (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    )
    for section in ("dimensions", "levels", "practices", "roles"):
        for entry in definition[section].values():
            entry["title"] = title
    for practice in definition["practices"].values():
        practice["question"] = title
        practice["evidence"] = {"proof": title}
        practice["criteria"] = {"done": title}
    return Framework.model_validate(definition)


@pytest.mark.parametrize("text", FOLDED, ids=ascii)
def test_a_title_is_guarded_in_every_cell_of_the_csv_and_the_workbook(text: str) -> None:
    framework = titled(text)
    cells = [cell for row in csv.reader(io.StringIO(practices_csv(framework))) for cell in row]
    book = opened(workbook_of(framework))
    cells += [
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    ]
    assert cells.count(CELLS[text]) > 3 * len(framework.practices)
    assert text == CELLS[text] or text not in cells


def test_words_of_a_fork_are_guarded_in_the_workbook() -> None:
    framework = titled("Title")
    words = words_of(framework)
    texts = {**words.texts, "workbook.result": "=1+1", "answers.unknown": "＝1"}
    book = opened(workbook_of(framework, replace(words, texts=texts)))
    cells = {value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert {"'=1+1", "'＝1"} <= cells
    assert not {"=1+1", "＝1"} & cells
