"""Standards: what serves which clause, as pages, data and commands say it."""

from __future__ import annotations

import csv
import io
import json

from maturity.definition import check
from maturity.framework.overview import overview_lines
from maturity.framework.relations import Relations
from maturity.outputs.data import mappings_csv, mappings_json
from projects import ROOT

SMALL = check.load(ROOT / "tests" / "small.yaml").framework


def test_a_clause_is_served_in_full_in_part_or_by_nothing() -> None:
    relations = Relations(SMALL)
    coverage = relations.coverage(relations.item("standard:bread-law"))
    assert (list(coverage.full), list(coverage.part)) == (["s-1"], ["s-2"])
    assert list(coverage.none) == ["b-1"]
    served = relations.served_by("compare-shops")
    assert [one.id for one in served["bread-law"]] == ["s-1", "s-2"]
    assert relations.served_by("open-daily") == {}


def test_the_check_lists_what_nothing_serves() -> None:
    assert "  bread-law: nothing serves 1 of 3 clauses: B.1" in list(overview_lines(SMALL))


def test_each_clause_is_a_row_whatever_serves_it() -> None:
    table = list(csv.DictReader(io.StringIO(mappings_csv(SMALL), newline="")))
    named = [(row["code"], row["practice"], row["relation"]) for row in table]
    assert named == [
        ("B.1", "", ""),
        ("S.1", "compare-shops", "equal"),
        ("S.2", "compare-shops", "intersects with"),
    ]
    listed = json.loads(mappings_json(SMALL))
    assert [{key: value or "" for key, value in row.items()} for row in listed] == table


def test_the_codes_are_those_of_the_standards() -> None:
    """Each was compared with two public lists; here so that none goes or comes by accident."""
    standards = check.load(ROOT / "framework.yaml").framework.standards
    codes = {
        name: [clause.code for clause in standard.clauses.values()]
        for name, standard in standards.items()
    }
    outcomes = {
        "GOVERN": (7, 3, 2, 3, 2, 2), "MAP": (6, 3, 5, 2, 2), "MEASURE": (3, 13, 3, 3),
        "MANAGE": (4, 4, 2, 3),
    }  # fmt: skip
    assert codes["nist-ai-rmf"] == [
        f"{function} {category}.{number}"
        for function, sizes in outcomes.items()
        for category, size in enumerate(sizes, 1)
        for number in range(1, size + 1)
    ]
    controls = {
        "2": 4, "3": 3, "4": 6, "5": 5, "6.1": 3, "6.2": 8, "7": 6, "8": 5, "9": 4, "10": 4,
    }  # fmt: skip
    assert codes["iso-iec-42001"] == [
        f"A.{part}.{number}" for part, last in controls.items() for number in range(2, last + 1)
    ]
    assert codes["nist-ai-600-1"] == [f"2.{number}" for number in range(1, 13)]
    assert codes["owasp-llm-top-10"] == [f"LLM{number:02}:2026" for number in range(1, 11)]
    articles = (4, "4a", 5, 6, *range(9, 21), 25, 43, 47, 48, 49, 72, 73, 26, 27, 86, 50, 53, 55)
    assert codes["eu-ai-act"] == [f"Article {number}" for number in articles]
    assert codes["dora-ai-capabilities"] == [
        "Clear and communicated AI stance", "Healthy data ecosystems",
        "AI-accessible internal data", "Strong version control practices",
        "Working in small batches", "User-centric focus", "Quality internal platforms",
    ]  # fmt: skip
