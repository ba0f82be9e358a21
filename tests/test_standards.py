"""Standards: what serves which clause, as pages, data and commands say it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from maturity.definition import check
from maturity.framework.overview import overview_lines
from maturity.framework.relations import Relations
from maturity.outputs.data import mappings_csv, mappings_json
from maturity.site import generate
from maturity.site.settings import Settings
from maturity.versions.adaptation import load_adaptation
from maturity.versions.report import report_lines
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


def test_no_clause_takes_an_address_that_its_page_needs(tmp_path: Path) -> None:
    text = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    clauses = ("b-1:", "s-1:", "s-2:")
    for clause, taken in zip(clauses, ("how-far:", "part-selling:", "part-other:"), strict=True):
        text = text.replace(clause, taken)
    (tmp_path / "framework.yaml").write_text(
        text.replace("title: Publish prices\n        group: selling", "title: Publish prices"),
        encoding="utf-8",
    )
    settings = Settings(tmp_path / "framework.yaml", ROOT / "overrides", ROOT / "content")
    pages = {page.path: str(page.content) for page in generate.generate(settings).outputs}
    anchors = re.findall(r"^#.*\{: #(\S+)", pages["standards/bread-law.md"], re.M)
    assert len(anchors) == len(set(anchors)) == 7
    assert {"how-far", "part-selling", "part-other"} < set(anchors)


@pytest.mark.parametrize(
    ("overlay", "line"),
    [
        ("standards: null", "  removed standard bread-law"),
        ("standards: {bread-law: {clauses: {b-1: null}}}", "  changed standard bread-law: clauses"),
    ],
)
def test_the_check_says_what_an_overlay_takes_out(tmp_path: Path, overlay: str, line: str) -> None:
    file, own = ROOT / "tests" / "small.yaml", tmp_path / "overlay.yaml"
    own.write_text(f'based_on: "1.0.0"\n{overlay}\n', encoding="utf-8")
    adaptation = load_adaptation(check.load(file, own), file, tmp_path)
    assert adaptation is not None
    assert [*report_lines(adaptation)][1] == line


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
