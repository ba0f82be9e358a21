"""The map: every practice in its place, and its filters; the colors of the levels."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import htmltree
import pytest
from maturity.definition.model import Framework
from maturity.framework.relations import Relations
from paper import sizes, texts
from playwright.sync_api import Page, expect
from projects import ROOT

ROLE = "ml-engineer"
STYLES = ROOT / "content" / "assets"


@pytest.fixture
def map_page(window: Page, address: str) -> Page:
    window.set_viewport_size({"width": 1280, "height": 900})
    window.goto(f"{address}/map/")
    expect(window.get_by_role("searchbox", name="Words in the title")).to_be_visible()
    return window


def shown(page: Page) -> list[str]:
    """The ids of the practices that can be seen."""
    links = page.locator("maturity-map li:visible a")
    return [href.split("/")[-2] for href in links.evaluate_all("all => all.map((a) => a.href)")]


def test_every_practice_stands_in_its_cell_also_without_a_script(
    site: Path, framework: Framework
) -> None:
    document = htmltree.page(site / "map" / "index.html")
    rows = [row for row in document.all("tr") if row.all("td")][1:]
    relations = Relations(framework)
    assert len(rows) == len(framework.levels)
    for row, level in zip(rows, framework.levels, strict=True):
        for cell, dimension in zip(row.all("td"), framework.dimensions, strict=True):
            titles = [str(item.entry.title) for item in relations.cell(level, dimension)]
            found = [re.sub(r" \(Essential\)$", "", link.words) for link in cell.all("a")]
            assert found == titles


def test_filters_hide_what_does_not_match_and_stand_in_the_address(
    map_page: Page, framework: Framework
) -> None:
    page, practices = map_page, framework.practices
    page.get_by_label("Role").select_option(ROLE)
    page.get_by_label("Essential only").check()
    wanted = [
        name
        for name, practice in practices.items()
        if practice.essential and ROLE in (practice.owner, *practice.involved)
    ]
    assert 0 < len(wanted) < len(practices)
    assert sorted(shown(page)) == sorted(wanted)
    said = f"{len(wanted)} of {len(practices)} practices"
    expect(page.get_by_role("status")).to_have_text(said)
    assert parse_qs(urlsplit(page.url).query) == {"role": [ROLE], "essential": ["1"]}

    page.reload()  # as somebody to whom the address was sent
    expect(page.get_by_role("status")).to_have_text(said)
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("status")).to_be_hidden()
    assert len(shown(page)) == len(practices)
    assert urlsplit(page.url).query == ""

    page.get_by_label("Effort").select_option("1")
    quick = [name for name, practice in practices.items() if practice.effort == 1]
    assert sorted(shown(page)) == sorted(quick)


def test_filters_work_by_keyboard_and_take_what_an_address_brings_as_text(
    map_page: Page, framework: Framework
) -> None:
    page = map_page
    page.get_by_role("searchbox", name="Words in the title").focus()
    page.keyboard.type("DECISIONS record")
    assert shown(page) == ["decision-record"]
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Essential only")).to_be_checked()
    assert shown(page) == []

    page.goto(f"{page.url.split('?')[0]}?role=nobody&effort=9&text=<b>&unknown=1")
    expect(page.get_by_role("searchbox", name="Words in the title")).to_have_value("<b>")
    assert page.get_by_label("Role").input_value() == ""
    expect(page.get_by_role("status")).to_have_text(f"0 of {len(framework.practices)} practices")

    standard = "dora-ai-capabilities"
    served = {
        practice
        for clause in framework.standards[standard].clauses.values()
        for practice in clause.served_by
    }
    page.goto(f"{page.url.split('?')[0]}?standard={standard}")
    expect(page.get_by_label("Serves")).to_have_value(standard)
    assert set(shown(page)) == served


def test_it_is_printed_on_one_sheet(map_page: Page, framework: Framework) -> None:
    for paper in ("A4", "Letter"):
        pdf = map_page.pdf(format=paper, prefer_css_page_size=True)
        ((width, height),) = sizes(pdf)
        assert width > height
        text = re.sub(r"\s+", "", texts(pdf)[0])
        for practice in framework.practices.values():
            assert re.sub(r"\s+", "", practice.title) in text
