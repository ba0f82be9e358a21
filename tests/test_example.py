"""The example company in a browser: marked, apart from the reader's own, gone with one press."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from projects import ROOT

COMPANY = json.loads((ROOT / "samples" / "agreed.json").read_text("utf-8"))["assessment"]["unit"]
#: The pages that offer an example, and what shows on each that it is there.
PAGES = {
    "score": ".mp-headline .mp-stand",
    "team": '[data-part="disagree-list"] [data-practice]',
    "compare": '[data-part="sides"] h3',
    "report": ".mp-cover__sentence",
    "matrices/opportunity": ".mp-ranked__head",
}
OWN = """() =>
  JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith("maturity-")))"""


#: What a reader may change in it.
CHANGES = {
    "team": '[data-part="disagree-list"] input[type="radio"]',
    "report": '.mp-report__steps input[name="owner"]',
    "matrices/opportunity": ".mp-ranked__head",
}


def own(page: Page) -> str:
    """All that the site's pages keep in the browser."""
    return str(page.evaluate(OWN))


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Iterator[Page]:
    """A tab of somebody who comes for the first time."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A tab of somebody who has answered a question and placed an idea."""
    page = browser.new_page()
    page.goto(f"{address}/score/")
    page.locator(".mp-option input").first.check()
    page.goto(f"{address}/matrices/opportunity/")
    form = page.locator(".mp-idea")
    form.get_by_label("Name").fill("An idea of mine")
    for axis in ("x", "y"):
        form.locator(f"[name={axis}][value='3']").check()
    form.get_by_role("button", name="Add the idea").click()
    expect(page.locator(".mp-ranked__head")).to_have_count(1)
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_an_example_is_there_for_the_asking_and_gone_when_the_page_is_loaded_anew(
    empty: Page, address: str, path: str
) -> None:
    fetched: list[str] = []
    empty.on("request", lambda request: fetched.append(request.url))
    empty.goto(f"{address}/{path}/")
    offer = empty.locator(".mp-example-offer:visible")
    expect(offer).to_have_text("See an example")
    assert not [url for url in fetched if "/samples/" in url]
    offer.click()
    expect(empty.locator(".mp-sample")).to_contain_text(f"Example: {COMPANY}, a made-up company.")
    expect(empty.locator(PAGES[path]).first).to_be_visible()
    if path in CHANGES:
        control = empty.locator(CHANGES[path]).first
        if control.get_attribute("name") == "owner":
            control.fill("Somebody else")
        elif path == "team":
            control.check()
        else:
            empty.get_by_role("button", name="Remove").first.click()
    empty.reload()
    expect(offer).to_be_visible()
    expect(empty.locator(".mp-sample")).to_have_count(0)
    assert own(empty) == "[]"


@pytest.mark.parametrize("path", PAGES)
def test_a_link_opens_an_example_beside_what_is_the_readers_own_and_one_press_closes_it(
    tab: Page, address: str, path: str
) -> None:
    before = own(tab)
    tab.goto(f"{address}/{path}/#example")
    marked = tab.locator(".mp-sample")
    expect(marked).to_contain_text("made-up")
    expect(tab.locator(PAGES[path]).first).to_be_visible()
    expect(tab.locator("body")).not_to_contain_text("An idea of mine")
    assert own(tab) == before
    assert tab.url == f"{address}/{path}/"
    tab.get_by_role("button", name="Close the example").click()
    expect(marked).to_have_count(0)
    shown = tab.locator("h1, h2, h3, td, option, p:not(.mp-unseen)")
    expect(shown.filter(has_text=COMPANY, visible=True)).to_have_count(0)
    assert own(tab) == before


def test_the_way_back_leads_out_of_an_example(empty: Page, address: str) -> None:
    empty.goto(f"{address}/score/")
    empty.locator(".mp-example-offer:visible").click()
    expect(empty.locator(".mp-sample")).to_be_visible()
    empty.go_back()
    expect(empty.locator(".mp-sample")).to_have_count(0)
    expect(empty.locator(".mp-example-offer:visible")).to_be_visible()
