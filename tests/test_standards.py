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
