"""The site in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from reader import settled

#: One page of each kind.
KINDS = (
    "/", "/how-it-works/", "/levels/", "/levels/exploring/", "/dimensions/technical/",
    "/practices/", "/practices/data-audit/", "/roles/", "/roles/ml-engineer/", "/checklists/",
    "/checklists/building/", "/decisions/organization-models/", "/worksheets/",
    "/worksheets/data-audit-sheet/", "/matrices/opportunity/", "/glossary/", "/references/",
    "/customize/", "/workshop/", "/facilitator/", "/data/", "/score/", "/team/", "/compare/",
    "/report/", "/404.html",
)  # fmt: skip


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_nothing_is_fetched_from_elsewhere_and_the_console_stays_empty(
    tab: Page, address: str
) -> None:
    fetched: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.on("console", lambda message: said.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"{tab.url}: {error}"))
    for path in KINDS:
        tab.goto(address + path)
        settled(tab)
    tab.goto(address)
    settled(tab)
    tab.locator(".md-search__input").press_sequentially("data audit")
    tab.locator(".md-search-result__item").first.wait_for()
    origins = {urlsplit(url)._replace(path="", query="", fragment="").geturl() for url in fetched}
    assert {origin for origin in origins if origin.startswith("http")} == {address}
    assert said == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_scrolls_sideways(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    too_wide = {}
    for path in KINDS:
        tab.goto(address + path)
        needed = tab.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide[path] = needed
    assert not too_wide


def test_what_belongs_together_in_the_options_of_a_decision_stands_at_one_height(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/decisions/organization-models/")
    strengths = tab.locator(".mp-alternative__strengths")
    tops = "parts => parts.map(part => Math.round(part.getBoundingClientRect().top))"
    assert strengths.count() == 3
    assert len(set(strengths.evaluate_all(tops))) == 1
    tab.set_viewport_size({"width": 390, "height": 900})
    assert len(set(strengths.evaluate_all(tops))) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_ours(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    found = set()
    for path in KINDS:
        page.goto(address + path)
        results = Axe().run(page, context=".md-content")
        for violation in results.response["violations"]:
            for node in violation["nodes"]:
                found.add((path, violation["id"], node["html"][:120]))
    context.close()
    assert not found


def test_a_checklist_prints_without_the_frame_of_the_site(tab: Page, address: str) -> None:
    tab.emulate_media(media="print")
    for path in ("/checklists/building/", "/practices/data-audit/"):
        tab.goto(address + path)
        for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-content__button"):
            assert not any(element.is_visible() for element in tab.locator(part).all()), part
        assert tab.get_by_role("heading", level=1).is_visible()


def test_every_page_can_be_reached_by_keyboard(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.keyboard.press("Tab")
    assert "Skip to content" in tab.locator(":focus").inner_text()
    seen = set()
    for _ in range(40):
        tab.keyboard.press("Tab")
        seen.add(tab.evaluate("document.activeElement.getAttribute('href') || ''"))
    assert "levels/getting-started/" in seen
    assert "checklists/" in seen
