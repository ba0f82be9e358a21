"""What comes out of a printer: the pages as a real browser prints them."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from maturity.definition.model import Framework
from maturity.framework.relations import Item, Relations
from maturity.pages.filters import beyond
from paper import sizes, texts
from playwright.sync_api import Browser, BrowserContext, Page
from projects import our_framework

#: Paper, and the scheme in which the reader happens to look at the site.
PAPERS = (("A4", "light"), ("A4", "dark"), ("Letter", "light"))
#: One page of each kind, and at most how many pages of paper it may take.
KINDS = {
    "/": 2,
    "/how-it-works/": 3,
    "/levels/": 1,
    "/levels/exploring/": 4,
    "/dimensions/technical/": 2,
    "/practices/": 2,
    "/practices/data-audit/": 2,
    "/roles/": 2,
    "/roles/ml-engineer/": 2,
    "/decisions/": 1,
    "/decisions/organization-models/": 3,
    "/worksheets/": 2,
    "/worksheets/data-audit-sheet/": 4,
    "/worksheets/retrospective/": 3,
    "/matrices/opportunity/": 2,
    "/glossary/": 6,
}
#: Everything that can be read in print: its text, size, color, and what part of the page it is in.
READABLE = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !parent.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNode(walker.currentNode);
    if (!range.getBoundingClientRect().width) continue;
    const style = getComputedStyle(parent);
    found.push({
      text,
      pixels: parseFloat(style.fontSize),
      color: style.color,
      place: parent.closest(".md-content__button, .headerlink, button") ? "button"
        : parent.closest("article, .mp-foot") ? "content" : "frame",
    });
  }
  return found;
}"""
#: The headings of a page, without the signs that link to them.
HEADINGS = """() => [...document.querySelectorAll("article :is(h1, h2, h3)")]
  .map((one) => one.innerText.replaceAll("¶", ""))"""
NINE_POINTS = 12  # pixels


@dataclass(frozen=True)
class Print:
    """A page as printed: the text of each page of paper, whether that lies on its side, and the
    headings that the page has."""

    pages: list[str]
    broad: list[bool]
    headings: frozenset[str]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


Printer = Callable[[str, str, str], Print]


@pytest.fixture(scope="module")
def printer(browser: Browser, address: str) -> Iterator[Printer]:
    """Prints a page of the site; each only once, and loaded once for papers that follow."""
    contexts = {
        scheme: browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        for scheme in ("light", "dark")
    }
    tabs = {scheme: context.new_page() for scheme, context in contexts.items()}

    @cache
    def printed(path: str, paper: str, scheme: str) -> Print:
        if tabs[scheme].url != address + path:
            tabs[scheme].goto(address + path)
        return to_paper(tabs[scheme], paper)

    yield printed
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def laid_out(browser: Browser) -> Iterator[Page]:
    """A window in which pages are laid out for print, of somebody who looks at them in the dark."""
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    yield page
    page.close()


@pytest.fixture(scope="module")
def framework() -> Framework:
    return our_framework()


@pytest.fixture(scope="module")
def relations(framework: Framework) -> Relations:
    return Relations(framework)


def to_paper(tab: Page, paper: str) -> Print:
    pdf = tab.pdf(format=paper, prefer_css_page_size=True)
    return Print(
        texts(pdf),
        [width > height for width, height in sizes(pdf)],
        frozenset(bare(text) for text in tab.evaluate(HEADINGS)),
    )


def bare(text: object) -> str:
    """Text without what a line's end or a font's ligatures do to it, and without the mark of what
    is essential, which a PDF has in the middle of the title that it stands beside."""
    return re.sub(r"\s+|Essential", "", unicodedata.normalize("NFKC", str(text)))


def asked(relations: Relations, practice: Item) -> list[str]:
    """What a checklist prints of a practice: the question, criteria, each answer in its words."""
    entry = practice.entry
    answers = [
        answer.label + beyond(text, answer.label)
        for _, answer, text in relations.offered(practice.id)
    ]
    return [entry.title, entry.question, *entry.criteria.values(), *answers]


def levels() -> list[str]:
    return list(our_framework().levels)


@pytest.mark.parametrize(("paper", "scheme"), PAPERS)
@pytest.mark.parametrize("level", levels())
def test_a_checklist_is_two_sheets_with_everything_once_and_no_practice_split(
    printer: Printer, relations: Relations, level: str, paper: str, scheme: str
) -> None:
    sheet = printer(f"/checklists/{level}/", paper, scheme)
    assert len(sheet.pages) <= 4
    pages, whole = [bare(page) for page in sheet.pages], bare(sheet.text)
    practices = relations.at_level("practice", level)
    criteria = [text for practice in practices for text in practice.entry.criteria.values()]
    assert [text for text in criteria if whole.count(bare(text)) != 1] == []
    for practice in practices:
        assert any(all(bare(t) in page for t in asked(relations, practice)) for page in pages), (
            practice.id
        )
    for label in ("Owner", "Due", "Evidence", "Its date"):
        assert len(re.findall(rf"\b{label}$|\b{label} ", sheet.text, re.M)) >= len(practices)


@pytest.mark.parametrize("level", levels())
def test_the_title_of_a_dimension_stays_with_its_first_practice(
    printer: Printer, relations: Relations, level: str
) -> None:
    text = bare(printer(f"/checklists/{level}/", "Letter", "light").text)
    for dimension in relations.all("dimension"):
        first = relations.cell(level, dimension.id)[0].entry
        assert bare(dimension.entry.title) + bare(first.title) in text, dimension.id


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    "path", ["/checklists/scaling/", "/roles/ml-engineer/", "/matrices/opportunity/"]
)
def test_every_page_says_at_its_foot_what_it_is_from_and_which_it_is(
    printer: Printer, framework: Framework, path: str, paper: str
) -> None:
    pages = printer(path, paper, "light").pages
    for number, page in enumerate(pages, start=1):
        about = framework.framework
        assert f"{about.title}, version {about.version}" in page
        assert f"http://127.0.0.1:8000{path}" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("path", KINDS)
def test_no_kind_of_page_wastes_paper_or_leaves_a_heading_at_a_page_end(
    printer: Printer, path: str, paper: str
) -> None:
    printed = printer(path, paper, "light")
    assert len(printed.pages) <= KINDS[path]
    for page in printed.pages:
        lines = [bare(line) for line in page.splitlines() if line.strip()]
        body = [line for line in lines if not re.search(r"^Page\d+of\d+$|,version[\d.]+", line)]
        assert body[-1] not in printed.headings


@pytest.mark.parametrize("path", [*KINDS, "/checklists/building/", "/checklists/"])
def test_print_is_dark_on_white_nine_points_or_more_and_nothing_but_content(
    laid_out: Page, address: str, path: str
) -> None:
    laid_out.goto(address + path)
    readable = laid_out.evaluate(READABLE)
    ground = laid_out.evaluate("getComputedStyle(document.body).backgroundColor")
    assert readable
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert [part["text"] for part in readable if part["place"] != "content"] == []
    assert [part["text"] for part in readable if part["pixels"] < NINE_POINTS - 0.01] == []
    colors = {part["color"] for part in readable}
    assert all(max(map(float, re.findall(r"[\d.]+", color)[:3])) <= 60 for color in colors), colors


def test_the_page_of_checklists_prints_all_of_them_each_from_a_new_page(
    printer: Printer, relations: Relations
) -> None:
    sheet = printer("/checklists/", "A4", "light")
    whole = bare(sheet.text)
    criteria = [t for item in relations.all("practice") for t in item.entry.criteria.values()]
    assert [text for text in criteria if whole.count(bare(text)) != 1] == []
    starts = [page for page in sheet.pages if "Checklist: " in page]
    assert len(starts) == len(relations.all("level"))
    alone = sum(
        len(printer(f"/checklists/{level.id}/", "A4", "light").pages)
        for level in relations.all("level")
    )
    assert len(sheet.pages) == alone
    assert "made for a printer and a pen" not in sheet.text


def test_the_search_finds_a_checklist_once(site: Path, relations: Relations) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    criterion = next(iter(relations.all("practice")[0].entry.criteria.values()))
    found = {
        entry["location"].partition("#")[0]
        for entry in index["docs"]
        if bare(criterion) in bare(html.unescape(entry["text"]))
    }
    assert "checklists/" not in found
    assert any(location.startswith("checklists/") for location in found)


def test_a_level_of_forty_practices_breaks_between_them(window: Page, address: str) -> None:
    tab = window
    tab.goto(f"{address}/checklists/building/")
    tab.evaluate("""() => {
      const sheet = document.querySelector(".mp-sheet");
      const [first] = document.querySelectorAll(".mp-sheet > .mp-check");
      for (let number = 1; number <= 40; number++) {
        const copy = first.cloneNode(true);
        copy.querySelector("h3").textContent = `Title ${number}.`;
        copy.querySelector("li:last-child").textContent = `Last criterion ${number}.`;
        sheet.append(copy);
      }
    }""")
    pages = to_paper(tab, "A4").pages
    for number in range(1, 41):
        assert any(f"Title {number}." in p and f"Last criterion {number}." in p for p in pages)


def test_a_matrix_is_one_page_on_its_side_with_its_guide_on_the_back(
    printer: Printer, relations: Relations
) -> None:
    for matrix in relations.all("matrix"):
        for paper in ("A4", "Letter"):
            sheet = printer(f"/matrices/{matrix.id}/", paper, "dark")
            assert sheet.broad == [True, True]
            canvas = bare(sheet.pages[0])
            for quadrant in matrix.entry.quadrants.values():
                assert bare(quadrant.title) in canvas
            assert bare(matrix.entry.x.high) in canvas
            assert bare(matrix.entry.y.low) in canvas


def test_a_role_prints_its_job_description_apart_from_what_those_who_hire_need(
    printer: Printer, framework: Framework
) -> None:
    role = framework.roles["ml-engineer"]
    first, second = (bare(page) for page in printer("/roles/ml-engineer/", "A4", "light").pages)
    assert bare("What you will do") in first
    assert bare("What you bring") in first
    for question in role.interview:
        assert bare(question) not in first
        assert bare(question) in second


def test_a_worksheet_has_room_to_write(laid_out: Page, address: str) -> None:
    tab = laid_out
    for name in ("data-audit-sheet", "retrospective"):
        tab.goto(f"{address}/worksheets/{name}/")
        heights = tab.locator(".mp-table tbody tr").evaluate_all(
            "rows => rows.map(row => row.getBoundingClientRect().height)"
        )
        assert min(heights) >= 10 * 96 / 25.4  # ten millimeters
        lines = tab.locator(".mp-prompts li").evaluate_all(
            "items => items.map(item => parseFloat(getComputedStyle(item, '::after').height))"
        )
        assert min(lines) >= 7 * 96 / 25.4


def test_a_button_prints_the_page_and_is_not_there_without_scripts(
    browser: Browser, context: BrowserContext, address: str
) -> None:
    tab = context.new_page()
    tab.add_init_script("window.print = () => { window.printed = location.pathname; }")
    for path in ("/checklists/", "/checklists/building/", "/roles/ml-engineer/"):
        tab.goto(address + path)
        tab.locator("[data-print]").click()
        assert tab.evaluate("window.printed") == path
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/checklists/building/")
    assert not page.locator("[data-print]").is_visible()
    page.close()
