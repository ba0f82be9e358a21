"""The oldest browsers that the reference states. None is at hand: a new one gets styles in which
what an old one does not know is spelled so that nobody knows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from audit import violations
from playwright.sync_api import Browser, Page, Route, expect
from projects import ROOT
from reader import COLORS, loaded

#: What the oldest lack, as it stands in our minified style sheets, and as nobody knows it.
LACKING = {
    "subgrid": "none-such", "oklch(from": "oklch(of", "light-dark(": "light-or-dark(",
    '/ ""': '/ "" none-such', "(scripting:": "(none-such:", "text-wrap:": "none-such:",
    "break-after:": "none-such:", "zoom:": "none-such:",
}  # fmt: skip
PAGES = ("/", "/map/", "/levels/scaling/", "/decisions/organization-models/", "/score/")


@pytest.fixture
def old(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")

    def spoil(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        for known, unknown in LACKING.items():
            text = text.replace(known, unknown)
        route.fulfill(response=answer, body=text)

    page.route(re.compile(r"/assets/[\w.]+\.css"), spoil)
    page.add_init_script("delete URL.canParse; delete Element.prototype.checkVisibility")
    yield page
    page.close()


def test_the_reference_states_the_versions_that_the_lint_holds() -> None:
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["browserslist"]
    oldest = dict(entry.split(" >= ") for entry in listed)
    assert oldest["chrome"] == oldest["edge"]
    stated = (
        f"Chrome and Edge from {oldest['chrome']}, Firefox from {oldest['firefox']} and Safari"
        f" from {oldest['safari']}"
    )
    assert stated in " ".join((ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split())


def test_everything_is_readable_in_old_browsers_in_either_scheme(old: Page, address: str) -> None:
    problems = []
    for path in PAGES:
        old.goto(address + path)
        loaded(old)
        for scheme in ("default", "slate"):
            old.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
            problems += [(path, scheme, problem) for problem in violations(old, *COLORS)]
        assert old.evaluate("document.documentElement.scrollWidth") <= 1280, path
    assert problems == []


def test_signs_are_there_in_old_browsers(old: Page, address: str) -> None:
    old.goto(f"{address}/roles/ml-engineer/")
    signs = old.locator(".mp-signs li").evaluate_all(
        "all => all.map((one) => getComputedStyle(one, '::before').content[1])"
    )
    assert set(signs) == {"✓", "!"}


def test_the_menu_opens_by_keyboard_in_old_browsers(old: Page, address: str) -> None:
    old.set_viewport_size({"width": 640, "height": 450})
    old.goto(f"{address}/practices/data-audit/")
    old.get_by_role("button", name="Navigation").press("Enter")
    expect(old.get_by_role("button", name="Getting Started")).to_be_focused()
