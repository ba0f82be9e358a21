"""Files of answers and of ideas: the pages read exactly what the published schemas accept."""

from __future__ import annotations

import json
from typing import Any

import node
import pytest
from maturity.framework.idea_file import board
from maturity.outputs.data import answers_schema_json, ideas_schema_json
from projects import our_framework
from schema_cases import Case, around, completed, validator

ANSWERS = json.loads(answers_schema_json())
IDEAS = json.loads(ideas_schema_json())
FRAMEWORK = our_framework()
MATRIX = next(iter(FRAMEWORK.matrices))

RECORD = {"on": "2026-11-20", "link": "https://wiki.example/book", "seen_by": "Bo"}
SITTING: dict[str, Any] = {
    "id": "0123456789ab",
    "unit": "Search",
    "date": "2026-11-24",
    "role": "Lead",
    "name": "Dana",
    "start": "first-oven",
    "changed": "2026-11-24T10:00:00.000Z",
    "answers": {
        "keep-recipes": {
            "answer": "always",
            "asked": "0123456789abcdef",
            "criteria": ["written"],
            "evidence": ["book"],
            "records": {"book": RECORD},
            "proof": "A page",
            "proof_record": RECORD,
            "reason": "None",
            "until": "2027-01-31",
            "note": "Note",
            "owner": "Dana",
            "due": "2026-12-24",
            "confirm": True,
        }
    },
}
ANSWER_FILE: dict[str, Any] = {
    "format": "maturity-answers/1",
    "framework": {"id": "bakery", "version": "1.0.0", "title": "Bakery"},
    "assessment": {
        **SITTING,
        "raters": [{**SITTING, "id": "ba9876543210", "version": "1.0.0-rc.1"}],
        "before": {**SITTING, "id": "before-that-0", "version": "0.9.0"},
    },
}
IDEA_FILE = {
    "format": "maturity-ideas/1",
    "framework": {"id": FRAMEWORK.framework.id, "version": "1.0.0", "title": "Playbook"},
    "matrix": {"id": MATRIX, "title": "Matrix"},
    "ideas": [
        {
            "id": "0123456789ab",
            "name": "An idea",
            "note": "Note",
            "x": 3,
            "y": 4,
            "marks": {"a": "b"},
        }
    ],
}

#: Gives what was read of each text, written again; null where it is refused or not read in full.
READ_ANSWERS = """
value.map((text) => {
  try {
    const { saved, dropped } = read(text);
    return dropped ? null : JSON.parse(write(saved));
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
})
"""
#: The same for ideas. What is sound and belongs to another matrix is "other".
READ_IDEAS = """
value.texts.map((text) => {
  try {
    const { ideas, faults } = read(value.board, text);
    return faults.length ? null : ideas;
  } catch (error) {
    if (!(error instanceof IdeasError)) throw error;
    return error.code.startsWith("other-") ? "other" : null;
  }
})
"""


def disagreements(schema: dict[str, Any], cases: list[Case], read: list[Any]) -> list[str]:
    """The cases that only one of schema and page accepts."""
    judge = validator(schema)
    return [
        f"the {'page' if one is not None else 'schema'} alone accepts {case.name}"
        for case, one in zip(cases, read, strict=True)
        if judge.is_valid(case.document) != (one is not None)
    ]


@pytest.fixture(scope="module")
def answers() -> list[tuple[Case, Any]]:
    """Files of answers around every limit, and what the page reads of each."""
    cases = [*around(ANSWERS, ANSWER_FILE)]
    read = node.call("assessment/answers.js", READ_ANSWERS, [case.text for case in cases])
    return [*zip(cases, read, strict=True)]


@pytest.fixture(scope="module")
def ideas() -> list[tuple[Case, Any]]:
    """Files of ideas around every limit, and what the page reads of each."""
    cases = [*around(IDEAS, IDEA_FILE)]
    given = {"board": board(FRAMEWORK, MATRIX), "texts": [case.text for case in cases]}
    return [*zip(cases, node.call("matrix/ideas.js", READ_IDEAS, given), strict=True)]


def test_the_page_reads_the_answers_that_the_schema_accepts_and_no_others(
    answers: list[tuple[Case, Any]],
) -> None:
    cases, read = map(list, zip(*answers, strict=True))
    assert disagreements(ANSWERS, cases, read) == []


def test_the_page_reads_the_ideas_that_the_schema_accepts_and_no_others(
    ideas: list[tuple[Case, Any]],
) -> None:
    cases, read = map(list, zip(*ideas, strict=True))
    assert disagreements(IDEAS, cases, read) == []


def test_answers_are_read_and_written_without_loss(answers: list[tuple[Case, Any]]) -> None:
    for case, read in answers:
        if read is not None:
            assert read == completed(ANSWERS, case.document), case.name


def test_ideas_are_read_without_loss_but_for_white_space_in_names(
    ideas: list[tuple[Case, Any]],
) -> None:
    for case, read in ideas:
        if read not in (None, "other"):
            wanted = completed(IDEAS, case.document)["ideas"]
            for idea in wanted:
                idea["name"] = " ".join(idea["name"].split())
            assert read == wanted, case.name


def test_both_kinds_of_cases_are_tried(
    answers: list[tuple[Case, Any]], ideas: list[tuple[Case, Any]]
) -> None:
    for read in ([one for _, one in answers], [one for _, one in ideas]):
        assert min(read.count(None), len(read) - read.count(None)) > 50


def test_an_idea_whose_id_stands_in_the_file_before_is_told() -> None:
    twice = {**IDEA_FILE, "ideas": IDEA_FILE["ideas"] * 2}  # type: ignore[operator]
    given = {"board": board(FRAMEWORK, MATRIX), "text": json.dumps(twice)}
    assert node.call("matrix/ideas.js", "read(value.board, value.text).faults", given) == [
        {"at": 2, "name": "An idea", "code": "twice", "field": ""}
    ]
