"""The workshop guide and the facilitator's sheet: hand-written pages that belong together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from forks import small
from htmltree import Element, article
from playwright.sync_api import Browser
from projects import ROOT, Project

#: How long the workshop takes, in minutes.
LENGTH = 90
#: The pages of a PDF; Chromium writes these objects uncompressed.
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def agenda(site: Path, name: str) -> list[tuple[str, int, str]]:
    """The rows of a page's agenda: first cell, minutes, and what happens, in the bold words."""
    tables = article(site / name / "index.html").all("div", "mp-table")
    (table,) = (table for table in tables if table.attributes["aria-label"] == "Agenda")
    cells = [row.all("td") for row in table.all("tr")]
    return [(row[0].words, int(row[1].words), bold(row[2])) for row in cells if row]


def bold(cell: Element) -> str:
    return cell.first("strong").words.rstrip(".:")


def test_the_agenda_fills_ninety_minutes_without_a_gap(site: Path) -> None:
    at = 0
    for start, minutes, what in agenda(site, "workshop"):
        assert start == f"{at // 60}:{at % 60:02}", what
        at += minutes
    assert at == LENGTH


def test_the_sheet_has_the_agenda_of_the_guide(site: Path) -> None:
    *rows, (_, length, _) = agenda(site, "facilitator")
    guide = agenda(site, "workshop")
    assert [row[1:] for row in rows] == [row[1:] for row in guide]
    assert length == LENGTH
    assert not any(clock for clock, _, _ in rows), "the clock is filled in with a pen"


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_sheet_prints_on_one_page(browser: Browser, address: str, size: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/facilitator/")
    printed = page.pdf(format=size)
    page.close()
    assert len(PDF_PAGE.findall(printed)) == 1


def test_guide_and_sheet_lead_to_each_other_and_are_led_to(site: Path) -> None:
    def leads(path: str, target: str) -> bool:
        links = article(site / path / "index.html").all("a")
        return any(link.attributes.get("href", "").split("#")[0] == target for link in links)

    assert leads("workshop", "../facilitator/")
    assert leads("facilitator", "../workshop/")
    assert leads("checklists", "../workshop/")
    assert leads("how-it-works", "../workshop/")


def test_the_guide_knows_no_framework_by_name() -> None:
    text = (ROOT / "content" / "workshop.md").read_text(encoding="utf-8").lower()
    for theirs in (
        "search team",
        "software testing",
        "page are ours",
        "our rule",
        "machine learning",
    ):
        assert theirs not in text


def test_a_fork_can_leave_the_workshop_out(project: Project) -> None:
    small(project).write("content/workshop.md", "# Not published\n")
    project.write("site.yml", "INHERIT: mkdocs.yml\nexclude_docs: workshop.md\n")
    site = project.built("site.yml")
    assert not (site / "workshop").exists()
    for page in ("checklists", "how-it-works"):
        assert "workshop" not in article(site / page / "index.html").words
