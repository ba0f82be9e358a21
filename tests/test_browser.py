"""The site in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from audit import COLUMNS_ARE_HIGH, violations
from engines import DRAWN, Visit
from judges import PAGES, Walk, look
from kinds import KINDS
from playwright.sync_api import Browser, Page, PdfMargins, expect
from reader import COLORS, forget, loaded, until

#: Pixels that the bar by which one scrolls takes of a window; here it takes none.
BAR = 15
#: A desktop, as wide as its bar leaves it; at 200 %; a phone; what 1280 pixels are at 400 %.
WIDTHS = (1280 - BAR, 640, 390, 320)
#: The focused element: what it is, and what keeps a reader from seeing that it has the focus.
FOCUSED = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const seen = stop.matches(".md-option") ? stop.nextElementSibling : stop;
  const box = seen.getBoundingClientRect(), header = document.querySelector(".md-header");
  const covered = header.getBoundingClientRect().bottom;
  const inside = header.contains(seen) || stop.matches(".md-skip");
  const hidden = !seen.checkVisibility({ visibilityProperty: true })
    || box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight;
  const wrong = [
    hidden && "out of sight", !inside && box.top < covered - 1 && "below the header",
    getComputedStyle(seen).outlineStyle === "none" && "not marked",
  ].filter(Boolean);
  return [stop.outerHTML.slice(0, 120), wrong.join(", ")];
}"""


@dataclass
class Seen:
    """What there was to see on a page of every kind."""

    fetched: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    too_wide: list[tuple[str, int]] = field(default_factory=list)
    axe: list[tuple[str, str]] = field(default_factory=list)
    walk: Walk = field(default_factory=Walk)


class Window(Visit):
    """The window of the tests' Chromium, for what is judged in every browser."""

    def __init__(self, page: Page) -> None:
        """Take over the page that is open."""
        self.engine, self.page = "chromium", page

    def js(self, code: str, *values: object) -> Any:
        return self.page.evaluate(f"(all) => (function () {{ {code} }})(...all)", list(values))

    def until(self, code: str, *values: object) -> None:
        until(self.page, f"(all) => (function () {{ return {code} }})(...all)", list(values))

    def click(self, role: str, name: str = "", inside: object = None) -> None:
        assert (role, inside) == ("button", None)
        self.page.get_by_role("button", name=name).click()

    def fill(self, name: str, text: str, inside: object = None) -> None:
        assert inside is None
        self.page.get_by_label(name).fill(text)

    def narrow(self) -> None:
        self.page.set_viewport_size({"width": 390 - BAR, "height": 780})
        self.page.evaluate(f"new Promise((...arguments) => {DRAWN})")

    def widen(self) -> None:
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def printed(self) -> bytes:
        margin: PdfMargins = {"top": "1cm", "right": "1cm", "bottom": "1cm", "left": "1cm"}
        return self.page.pdf(width="21cm", height="29.7cm", margin=margin)

    def _force_colors(self, forced: bool) -> None:
        self.page.emulate_media(forced_colors="active" if forced else "none")


@pytest.fixture(scope="module")
def seen(browser: Browser, address: str) -> Seen:
    """A page of every kind, opened once for all the tests that look at each of them."""
    page = browser.new_page(reduced_motion="reduce")
    window, found = Window(page), Seen()
    window.widen()
    page.on("request", lambda request: found.fetched.add(request.url))
    page.on("console", lambda message: found.said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: found.said.append(f"{page.url}: {error}"))
    for kind in PAGES:
        page.goto(address + kind)
        loaded(page)
        if kind in KINDS:
            look_closely(window, kind, found)
        look(window, kind, found.walk)
    page.close()
    return found


def look_closely(window: Window, kind: str, found: Seen) -> None:
    """Look at a page in all widths and with axe, and leave it wide and light."""
    page = window.page
    for width in WIDTHS:
        if width < WIDTHS[0]:
            page.set_viewport_size({"width": width, "height": 450 if width == 640 else 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.too_wide.append((kind, width))
    window.widen()
    until(page, COLUMNS_ARE_HIGH)
    found.axe += [(kind, violation) for violation in violations(page)]
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    found.axe += [(f"{kind} dark", violation) for violation in violations(page, *COLORS)]
    page.evaluate("document.body.dataset.mdColorScheme = 'default'")


@pytest.fixture
def tab(window: Page, address: str) -> Iterator[Page]:
    """The window of who has never been here, as wide as a desktop."""
    window.set_viewport_size({"width": 1280, "height": 900})
    forget(window, address)
    yield window
    window.unroute_all()
    window.emulate_media(media="null", reduced_motion="null")


def test_nothing_is_fetched_from_elsewhere(seen: Seen, address: str) -> None:
    parts = map(urlsplit, seen.fetched)
    origins = {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme.startswith("http")}
    assert origins == {address}


@pytest.mark.engine("chromium")
def test_every_kind_of_page_opens_in_silence_and_no_wider_than_the_window(seen: Seen) -> None:
    assert seen.said == []
    assert seen.walk.too_wide == []


def test_no_page_scrolls_sideways_at_any_width_or_zoom(seen: Seen) -> None:
    assert seen.too_wide == []


def test_axe_finds_nothing_on_any_page_in_either_scheme(seen: Seen) -> None:
    assert seen.axe == []


@pytest.mark.engine("chromium")
def test_paper_is_readable_whole_and_has_no_heading_at_its_end(seen: Seen) -> None:
    assert seen.walk.paper == []


@pytest.mark.engine("chromium")
def test_every_state_shows_in_colors_that_the_reader_forces(seen: Seen) -> None:
    assert seen.walk.alike == []


@pytest.mark.engine("chromium")
def test_what_stands_in_the_foot_of_a_sheet_stands_apart(seen: Seen) -> None:
    assert seen.walk.gaps_of_foot
    assert min(seen.walk.gaps_of_foot) > 12


@pytest.mark.engine("chromium")
def test_text_twice_as_large_leaves_nothing_out_of_reach(seen: Seen) -> None:
    assert seen.walk.out_of_reach == []


def test_colors_inside_of_what_has_no_box_are_looked_at_on_a_long_page(tab: Page) -> None:
    plain = "<div><b>Read</b></div>" * 300
    pale = "<div><div style='display: contents'><p style='color: #eee'>Pale</p></div></div>"
    tab.goto("about:blank")
    tab.set_content(f"<!doctype html><html lang=en><title>Long</title><main>{plain}{pale}</main>")
    assert [one for one in violations(tab, *COLORS) if "Pale" in one]


def test_changing_colors_compares_no_element_with_what_it_was(tab: Page, address: str) -> None:
    """A transition of no length is worked out too, for every property of every element."""
    tab.goto(address)
    tab.evaluate("document.body.dataset.mdColorSwitching = ''")
    compared = """() => [...document.body.querySelectorAll("*")].filter(
      (element) => getComputedStyle(element).transitionProperty !== "none").length"""
    assert tab.evaluate(compared) == 0


#: Stands between the keys and where they would lead, and marks the page where they would.
WATCHED = """() => {
  document.addEventListener("click", (event) => event.preventDefault(), true);
  document.addEventListener("click", () => { document.documentElement.id = "followed"; }, true);
  document.activeElement?.blur();
}"""


@pytest.mark.parametrize("path", ["/score/", "/team/", "/practices/data-audit/"])
def test_no_single_letter_leads_away_from_what_the_reader_is_at(
    tab: Page, address: str, path: str
) -> None:
    """The theme follows the links at the foot, or opens the search, at these keys."""
    tab.goto(address + path)
    loaded(tab)
    tab.evaluate(WATCHED)
    for here in ("body", "main input[type=radio], main button, main a"):
        if here != "body":
            tab.locator(here).first.focus()
        for key in "np.,/sf":
            tab.keyboard.press(key)
            assert not tab.evaluate("document.activeElement.matches('.md-search__input')"), key
    assert tab.locator("html").get_attribute("id") is None
    assert urlsplit(tab.url).path == path


def test_only_who_searches_fetches_the_index(seen: Seen, tab: Page, address: str) -> None:
    index = f"{address}/search/search_index.json"
    assert index not in seen.fetched
    tab.goto(address)
    with tab.expect_request(index):
        tab.locator(".md-search__input").click()
    tab.keyboard.type("data audit")
    first = tab.locator(".md-search-result__link").first
    expect(first).to_contain_text("Audit the data")
    assert violations(tab) == []
    first.click()
    expect(tab.locator("mark[data-md-highlight]").first).to_be_visible()
    assert urlsplit(tab.url).query.startswith("h=")


#: Asks the worker of the page's own search, one query after the other; lists the pages of each.
SEARCHED = """async (queries) => {
  const { base, search } = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(new URL(search, location.href));
  const ask = (type, data) => new Promise((resolve) => {
    worker.addEventListener("message", (event) => resolve(event.data.data), { once: true });
    worker.postMessage({ type, data });
  });
  const file = await fetch(new URL(`${base}/search/search_index.json`, location.href));
  const index = await file.json();
  await ask(0, { ...index, options: { suggest: false } });
  const pages = [];
  for (const query of queries) {
    const { items } = await ask(2, query);
    pages.push(items.map(([{ location }]) => location.split("#")[0].replace(/\\/$/, "")));
  }
  worker.terminate();
  return pages;
}"""


def test_a_link_to_a_search_shows_it_and_the_right_page_is_first_or_second_in_it(
    tab: Page, address: str
) -> None:
    file = Path(__file__).with_name("search.yaml")
    pages: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    tab.goto(f"{address}/?q=data+audit")
    expect(tab.locator(".md-search-result__link").first).to_contain_text("Audit the data")
    results = dict(zip(pages, tab.evaluate(SEARCHED, list(pages)), strict=True))
    assert not {
        query: results[query][:4] for query in pages if pages[query] not in results[query][:2]
    }


def test_whoever_is_lost_searches_for_what_the_address_speaks_of(
    tab: Page, address: str, site: Path
) -> None:
    tab.route("**/data-audit/nowhere/*", lambda route: route.fulfill(path=site / "404.html"))
    tab.goto(f"{address}/data-audit/nowhere/data%20audit.html")
    expect(tab.get_by_label("Search for")).to_have_value("data audit")
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(tab.locator(".md-search-result__link").first).to_contain_text("Audit the data")


def test_the_invitation_is_copied_with_whole_addresses(tab: Page, address: str) -> None:
    tab.goto(f"{address}/tools/")
    tab.get_by_role("link", name="The invitation").click()
    expect(tab.locator("#invitation")).to_be_in_viewport()
    tab.get_by_role("button", name="Copy the invitation").click()
    expect(tab.locator("maturity-invitation").get_by_role("status")).to_have_text(
        "Copied. Fill in the brackets."
    )
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Where does [unit] stand?")
    assert "\n- Before the meeting, alone" in copied
    assert f"Assess your unit <{address}/score/>\n- By noon" in copied


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [("/", 1280, 900), ("/levels/exploring/", 640, 450), ("/practices/data-audit/", 1280, 900)],
)
def test_whoever_uses_the_keyboard_sees_where_they_are(
    tab: Page, address: str, path: str, width: int, height: int
) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(address + path)
    loaded(tab)
    tab.keyboard.press("Tab")
    assert "Skip to content" in tab.locator(":focus").inner_text()
    stops = [stop for key in ("Tab", "Shift+Tab") for stop in walk(tab, key)]
    assert len(stops) > 80
    assert [stop for stop in stops if stop[1]] == []


#: Notes what has the focus whenever the next Tab comes, from the second on, and lets none go on
#: once nothing has it.
STOPS = f"""() => {{
  const stops = [];
  let presses = 0;
  globalThis.stops = stops;
  globalThis.onkeydown = (event) => {{
    if (event.key !== "Tab" || !presses++) return;
    if (stops.at(-1) !== null) stops.push(({FOCUSED})());
    if (stops.at(-1) === null) event.preventDefault();
  }};
}}"""


def walk(tab: Page, key: str) -> list[list[str]]:
    """What has the focus each time that a held key repeats, up to the end of the page."""
    tab.evaluate(STOPS)
    *others, last = key.split("+")
    for other in others:
        tab.keyboard.down(other)
    for _ in range(15):
        for _ in range(20):
            tab.keyboard.down(last)
        stops: list[list[str]] = tab.evaluate("globalThis.stops")
        if stops[-1] is None:
            for pressed in (last, *others):
                tab.keyboard.up(pressed)
            return stops[:-1]
    raise AssertionError(f"{key} leads to no end")


def test_the_menu_of_a_narrow_window_works_by_keyboard(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 640, "height": 450})
    tab.goto(f"{address}/practices/data-audit/")
    menu = tab.get_by_role("button", name="Navigation")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    level = tab.get_by_role("button", name="Getting Started")
    expect(level).to_be_focused()  # the part of the menu that the page is in, and the way out of it
    assert violations(tab) == []
    level.press("Space")
    expect(level).to_be_focused()  # now the one that leads back
    expect(level).to_have_attribute("aria-expanded", "false")
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").inner_text() == "Exploring"
    tab.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


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


def test_a_checklist_prints_without_the_frame_of_the_site(tab: Page, address: str) -> None:
    tab.emulate_media(media="print")
    for path in ("/checklists/building/", "/practices/data-audit/"):
        tab.goto(address + path)
        for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-content__button"):
            assert not any(element.is_visible() for element in tab.locator(part).all()), part
        assert tab.get_by_role("heading", level=1).is_visible()
