"""What is judged of pages in each browser that opens one of every kind."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass, field

import pypdfium2
from engines import CANNOT, Visit
from kinds import KINDS
from pypdfium2.raw import (
    FPDF_PAGEOBJ_TEXT,
    FPDFTextObj_GetFontSize,
    FPDFTextObj_GetText,
)

#: What looks unlike on a page: in one state, and in none or another.
UNLIKE = {
    "/score/": [
        (".mp-option:has(:checked)", ".mp-option:not(:has(:checked))"),
        (".mp-part-button[aria-current]", ".mp-part-button:not([aria-current])"),
        (".mp-meter::after", ".mp-meter"),
    ],
    "/": [
        (".mp-dot--essential", ".mp-dot:not(.mp-dot--essential)"),
        (".mp-climb .mp-step", ".mp-climb p"),
    ],
    "/levels/exploring/": [(".mp-step[aria-current]", ".mp-step:not([aria-current])")],
    "/map/": [("[data-essential]::before", ".mp-bigmap li:not([data-essential])::before")],
    "/practices/data-audit/": [(".mp-place__here", ".mp-place rect:not(.mp-place__here)")],
    "/matrices/opportunity/": [
        (".mp-places__row :checked + span", ".mp-places__row :not(:checked) + span")
    ],
    "/report/": [(".mp-stairs__mark--shown > path", ".mp-stairs__mark--claimed > path")],
}
#: Those of them that are told apart by answers.
OF_ANSWERS = ("/score/", "/report/")
LOOK = """
  const [element, part] = arguments[0].split("::");
  const style = getComputedStyle(document.querySelector(element), part && `::${part}`);
  const canvas = getComputedStyle(document.body).backgroundColor;
  const isClear = /^transparent$|^rgba.*, 0\\)$/.test(style.backgroundColor);
  const borders = ["Top", "Bottom"].map((side) => {
    const width = style[`border${side}Width`];
    return parseFloat(width) && [width, style[`border${side}Color`]];
  });
  return [isClear ? canvas : style.backgroundColor, style.fill, ...borders];
"""


def faults_of_forced_colors(visit: Visit, path: str) -> list[str]:
    """Force colors on the page that is open, and say what looks like what it must not."""
    if "forced colors" in CANNOT.get(visit.engine, {}):
        return []
    with visit.forced_colors():
        visit.until("matchMedia('(forced-colors: active)').matches")
        for element, _ in UNLIKE[path]:
            visit.until("document.querySelector(arguments[0])", element.split("::")[0])
        return [
            f"{path}: {first}"
            for first, second in UNLIKE[path]
            if visit.js(LOOK, first) == visit.js(LOOK, second)
        ]


#: What is printed, and at most how many pages of paper it may take.
PRINTED = {
    "/": 2, "/practices/data-audit/": 2, "/checklists/building/": 4, "/roles/ml-engineer/": 2,
    "/map/": 1,
    "/matrices/opportunity/": 2, "/worksheets/data-audit-sheet/": 4,
    "/worksheets/buyer-personas-and-journey/": 4, "/worksheets/incident-review-sheet/": 3,
    "/worksheets/model-portfolio-sheet/": 4, "/worksheets/system-register/": 3,
}  # fmt: skip
HEADINGS = """
  return [...document.querySelectorAll("article :is(h1, h2, h3)")].map((one) => {
    const copy = one.cloneNode(true);
    copy.querySelector(".headerlink")?.remove();
    return copy.textContent;
  });
"""


def faults_of_paper(visit: Visit, path: str) -> list[str]:
    """Print the page that is open, and say what is wrong on paper."""
    faults = []
    headings = {bare(heading) for heading in visit.js(HEADINGS)}
    pages = paper(visit.printed())
    if len(pages) > PRINTED[path]:
        faults.append(f"{path} takes {len(pages)} pages")
    for number, (smallest, lines) in enumerate(pages, 1):
        if smallest < 8.95:  # a page that is too wide is printed smaller as a whole
            faults.append(f"{path} is {smallest} points small on page {number}")
        if [bare(line) for line in lines if not FOOT.search(line)][-1] in headings:
            faults.append(f"{path} leaves a heading at the end of page {number}")
    return faults


#: Whether the page scrolls sideways, and what reaches out of the window for good; names on a
#: canvas are placed by a script when the page is laid out anew, and stand in its list as well.
CUT = """
  document.documentElement.style.fontSize = "250%";  // of 16 pixels; the theme's text has 125%
  const scrolls = (one) => one && one !== document.body &&
    (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const seen = [...document.querySelectorAll("article :not(.headerlink, .mp-marker__name, svg *)")];
  // Of what is folded, Firefox gives the box of before, and only then lays it out.
  for (const one of seen) one.getBoundingClientRect();
  const cut = seen.filter((one) => {
    const { right, width } = one.getBoundingClientRect();
    return width > 1 && right > innerWidth + 4 && !scrolls(one);
  });
  return [document.documentElement.scrollWidth > innerWidth, ...cut.map((one) => one.outerHTML)];
"""


#: Titles of a matrix that are larger than their quadrant.
QUADRANTS = """
  return [...document.querySelectorAll(".mp-quadrant")].filter(
    (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1
  ).map((one) => one.innerText).join();
"""
#: Pages whose text is enlarged: their parts are placed beside each other.
LARGE = ("/", "/score/", "/team/", "/report/", "/map/", "/matrices/opportunity/")


def add_idea(visit: Visit, name: str, place: int) -> None:
    """Add an idea to the matrix that is open, at the same place on both axes."""
    visit.fill("Name", name)
    for axis in ("x", "y"):
        visit.js(f"document.querySelector(`.mp-idea [name={axis}][value='{place}']`).click()")
    visit.click("button", "Add the idea")


def faults_of_large_text(visit: Visit, path: str) -> list[tuple[str, str, str]]:
    """Enlarge the text of the page that is open, and say what is out of reach then."""
    if path == "/matrices/opportunity/":
        add_idea(visit, "Search", 7)
    faults = []
    for width in ("wide", "narrow"):
        if width == "narrow":
            visit.narrow()
        seen = [*visit.js(CUT), visit.js(QUADRANTS)]
        faults += [(width, path, str(one)[:120]) for one in seen if one]
    visit.widen()
    return faults


#: Lays out on screen what is for paper, as WebKit's driver does not print; returns the pixels
#: between what stands beside each other in the foot.
GAPS_OF_FOOT = """
  const forPaper = (rules) => [...rules].flatMap((rule) =>
    /print/.test(rule.media?.mediaText) ? [...rule.cssRules].map((inner) => inner.cssText) : []);
  const own = [...document.styleSheets].filter(({ href }) => href?.includes("/assets/"));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(own.flatMap(({ cssRules }) => forPaper(cssRules)).join("\\n"));
  document.adoptedStyleSheets = [sheet];
  const boxes = [...document.querySelectorAll(".mp-foot > *")]
    .map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 0);
  return boxes.slice(1).map(({ left }, index) => left - boxes[index].right);
"""


#: Bytes of a text that says nothing: a space, and the end.
EMPTY = 4
FOOT = re.compile(r"^Page \d+ of \d+$|, version [\d.]+|^http")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def paper(pdf: bytes) -> list[tuple[float, list[str]]]:
    """Return of each page the size of its smallest type, in points, and its lines."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            sizes = []
            for part in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT]):
                size, matrix = ctypes.c_float(), part.get_matrix()
                FPDFTextObj_GetFontSize(part.raw, size)
                if FPDFTextObj_GetText(part.raw, text, None, 0) > EMPTY:
                    sizes.append(abs(size.value * (matrix.d or matrix.b)))
            lines = text.get_text_range().splitlines()
            pages.append((min(sizes), [line for line in lines if line.strip()]))
    return pages


#: What is opened: a page of every kind, and all that is printed.
PAGES = tuple(dict.fromkeys((*KINDS, *PRINTED)))


@dataclass
class Walk:
    """What is wrong on pages that are opened once for all the tests that judge them."""

    said: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    out_of_reach: list[tuple[str, str, str]] = field(default_factory=list)
    gaps_of_foot: list[float] = field(default_factory=list)


def look(visit: Visit, path: str, walk: Walk) -> None:
    """Judge the page that is open by all that is judged of its kind, and add what is wrong."""
    if visit.js("return document.documentElement.scrollWidth > innerWidth"):
        walk.too_wide.append(path)
    if path in PRINTED and "print" not in CANNOT.get(visit.engine, {}):
        walk.paper += faults_of_paper(visit, path)
    if path in UNLIKE and path not in OF_ANSWERS:
        if path == "/matrices/opportunity/":
            visit.js("document.querySelector('.mp-places__row input:last-of-type').click()")
        walk.alike += faults_of_forced_colors(visit, path)
    if path in LARGE:
        walk.out_of_reach += faults_of_large_text(visit, path)
    if path == "/levels/exploring/":
        walk.gaps_of_foot = visit.js(GAPS_OF_FOOT)
