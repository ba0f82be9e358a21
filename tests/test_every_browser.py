"""The ways of readers, the same in Chromium, Firefox and WebKit."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from engines import CANNOT, COLLECTOR, Visit
from judges import (
    FOOT,
    HEADINGS,
    PAGES,
    Walk,
    add_idea,
    bare,
    faults_of_forced_colors,
    look,
    paper,
)
from maturity.definition.model import Framework
from PIL import Image
from selenium.webdriver.common.keys import Keys
from sittings import sitting

TEXT = "((selector) => document.querySelector(selector)?.innerText ?? '')"
#: Whether what has the focus is in the window, whole, and not below the header.
IN_VIEW = """
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const header = document.querySelector(".md-header").getBoundingClientRect();
  return header.bottom - 1 <= top && bottom <= innerHeight + 1;
"""


@pytest.fixture(autouse=True)
def silent(visit: Visit) -> Iterator[None]:
    """Nothing that a reader does makes the console speak, or goes against the policy."""
    yield
    assert visit.said() == []


def test_the_steps_of_the_home_page_come_into_view_by_keyboard(visit: Visit) -> None:
    visit.afresh("/")
    # Once a file is saved, WebKit shows a bar below the page, which takes of its height.
    bars = visit.js("return outerHeight - innerHeight")
    visit.driver.set_window_rect(0, 0, 1280, 640 + bars)
    visit.until("innerHeight < 720")
    out_of_sight = []
    for step in visit.js("return [...document.querySelectorAll('.mp-climb .mp-step')]"):
        visit.tab_to(step)
        if not visit.js(IN_VIEW):
            out_of_sight.append(step.text)
    visit.driver.set_window_rect(0, 0, 1280, 900)
    assert out_of_sight == []


def test_questions_are_there_at_once_and_a_link_to_one_leads_to_it(visit: Visit) -> None:
    visit.afresh("/score/#practice-data-audit")
    seen = (
        "const box = document.getElementById('practice-data-audit').getBoundingClientRect(); return"
    )
    assert visit.js(f"{seen} box.height && box.top >= 0 && box.top < innerHeight / 2")


def test_a_question_is_answered_with_the_mouse_and_the_way_back_leads_to_it(visit: Visit) -> None:
    visit.afresh("/score/")
    first = visit.find("group")
    visit.click("radio", "Most or all", first)
    visit.click("button", "All are true", first)
    visit.until(f"{TEXT}('.mp-panel').includes('1 of ')")
    visit.click("button", "See the result")
    assert visit.find("heading", "Result")
    visit.driver.back()
    assert visit.find("group", "Interview leaders")


def test_a_question_is_answered_by_keyboard_and_the_choice_is_marked(visit: Visit) -> None:
    visit.afresh("/score/")
    visit.tab_to(visit.find("radio", "None"))
    visit.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert visit.focus() == visit.find("radio", "At least half")
    assert visit.focus().is_selected()
    ring = "one => getComputedStyle(one.closest('label')).outlineStyle"
    assert visit.js(f"return ({ring})(arguments[0])", visit.focus()) != "none"
    visit.tab_to(visit.find("button", "Next open question"))
    visit.keys(Keys.ENTER)
    assert visit.until("document.activeElement.innerText.includes('Interview leaders')")


def answer(visit: Visit, unit: str, *choices: str) -> None:
    """Open the self-scoring page, answer its first questions, and say whose answers these are."""
    visit.afresh("/score/")
    visit.click("button", "Your details and files")
    visit.fill("Unit", unit)
    visit.js(
        """const asked = [...document.querySelectorAll("fieldset[data-practice]")];
          for (const [at, choice] of arguments[0].entries())
            asked[at].querySelector(`[value="${choice}"]`).click();""",
        choices,
    )
    visit.until(f"{GIVEN}.length === {len(choices)} && {TEXT}('.mp-panel').includes(' of ')")


#: The details of whose answers these are, unfolded.
OPENED_DETAILS = """((about) => {
  if (about) about.open = true;
  return about;
})(document.querySelector("maturity-score [data-part=about]"))"""
#: What is chosen on the self-scoring page, in its order.
GIVEN = "[...document.querySelectorAll('fieldset[data-practice] :checked')].map((one) => one.value)"


def given(visit: Visit) -> list[str]:
    return list(visit.js(f"return {GIVEN}"))


def filed(framework: Framework, folder: Path, unit: str, *choices: str) -> Path:
    """A file of answers to the first questions, none of their criteria ticked, in a folder.

    A choice of `every` is most, with all criteria ticked.
    """
    answers: dict[str, dict[str, object]] = {}
    for name, choice in zip(framework.practices, choices, strict=False):
        ticked = [*framework.practices[name].criteria] if choice == "every" else []
        answers[name] = {"answer": choice}
        if choice in ("most", "every"):
            answers[name] = {"answer": "most", "criteria": ticked}
    number = len([*folder.iterdir()])
    person = sitting(framework, number, answers, unit=unit, role="", name="")
    file = folder / f"{unit}.json"
    file.write_text(json.dumps(person), encoding="utf-8")
    return file


def test_answers_are_saved_deleted_and_opened_again(visit: Visit, tmp_path: Path) -> None:
    answer(visit, "Search team", "most", "half", "none")
    visit.click("button", "Save to a file")
    file = Path(shutil.move(visit.saved(".json"), tmp_path))
    assert json.loads(file.read_text(encoding="utf-8"))["assessment"]["unit"] == "Search team"
    visit.click("button", "Delete everything")
    visit.click("button", "Delete", visit.until("document.querySelector('dialog[open]')"))
    visit.until("!document.querySelector('dialog[open]')")
    assert given(visit) == []
    visit.bring(file)
    visit.until(f"{TEXT}('.mp-panel').includes('3 of')")
    assert given(visit) == ["most", "half", "none"]
    assert visit.find("field", "Unit").get_attribute("value") == "Search team"


def test_a_browser_that_remembers_a_form_puts_nothing_over_what_is_saved(visit: Visit) -> None:
    answer(visit, "Search team", "most")
    visit.click("button", "All are true")
    visit.until(f"{GIVEN}.length > 1")
    # Elsewhere the answers have become others: what is saved counts, not what stood here.
    visit.js("""for (const [key, text] of Object.entries(localStorage)) {
      const saved = text.startsWith("{") ? JSON.parse(text) : {};
      for (const answer of Object.values(saved.assessment?.answers ?? {}))
        Object.assign(answer, { answer: "half", criteria: [] });
      localStorage[key] = saved.assessment ? JSON.stringify(saved) : text;
    }""")
    # As readers do it: where its driver loads a page anew, Firefox remembers nothing.
    visit.js("window.isBefore = true; setTimeout(() => location.reload())")
    visit.until("!window.isBefore && document.querySelector('maturity-score[data-view]')")
    assert given(visit) == ["half"]


def test_a_copied_link_shows_the_answers_to_somebody_else(visit: Visit) -> None:
    answer(visit, "Search team", "most", "half")
    visit.click("button", "Copy a link")
    visit.until("document.querySelector('[data-notice=file]')")
    visit.afresh("/team/")
    field = visit.find("field", "From a link")
    field.click()
    visit.paste()
    link = str(field.get_attribute("value"))
    assert link.startswith(f"{visit.address}/score/#")
    visit.afresh(link.removeprefix(visit.address))
    visit.until(f"{GIVEN}.length")
    assert given(visit) == ["most", "half"]


def test_every_state_of_answers_shows_in_colors_that_the_reader_forces(visit: Visit) -> None:
    needs(visit, "forced colors")
    answer(visit, "Search team", "most", "half")
    alike = faults_of_forced_colors(visit, "/score/")
    visit.go("/report/")
    assert alike + faults_of_forced_colors(visit, "/report/") == []


def test_one_file_asks_scores_reports_and_saves_from_a_drive(
    visit: Visit, site: Path, tmp_path: Path, framework: Framework
) -> None:
    file = tmp_path / "assessment.html"
    text = (site / "data" / "assessment.html").read_text(encoding="utf-8")
    file.write_text(text.replace("<head>", f"<head>{COLLECTOR}", 1), encoding="utf-8")
    visit.forget()
    with visit.offline():
        visit.open_file(file)
        visit.fill("Unit", "Search team", visit.until(OPENED_DETAILS))
        visit.click("radio", "At least half")
        visit.click("button", "See the result")
        visit.click("link", "Print a report")
        visit.until(f"{TEXT}('.mp-report').includes('Search team')")
        visit.driver.back()
        visit.click("button", "Save to a file")
        saved = Path(shutil.move(visit.saved(".json"), tmp_path / "saved.json"))
        # Somebody else's, from the site, and then once more from the start
        visit.bring(filed(framework, tmp_path, "Ann", "most", "some"))
        visit.until(f"{GIVEN}.length === 2")
        visit.open_file(file)
        visit.until(f"{GIVEN}.length === 2")
        visit.bring(saved)
        visit.until(f"{GIVEN}.join() === 'half'")
        assert (
            visit.js("return performance.getEntriesByType('resource').map(({name}) => name)") == []
        )
        assert visit.said() == []
    visit.afresh("/score/")
    visit.bring(saved)
    visit.until(f"{GIVEN}.join() === 'half'")
    assert visit.js("return document.querySelector('[name=unit]').value") == "Search team"


def test_pages_on_a_drive_work_and_their_links_lead_to_files(
    visit: Visit, site: Path, tmp_path: Path, framework: Framework
) -> None:
    visit.open_file(site / "score" / "index.html")
    visit.click("radio", "At least half")
    visit.click("button", "See the result")
    visit.click("link", "Print a report")
    visit.until("location.href.endsWith('/report/index.html')")
    if visit.engine == "firefox":  # where no file sees what another one has stored
        visit.until("globalThis.driveWords")
        visit.bring(filed(framework, tmp_path, "Search team", "half"))
    visit.click("link", "Write and sign a two-page ML strategy")
    visit.until("location.href.endsWith('/practices/ml-strategy/index.html')")
    visit.until(
        "document.querySelector('.md-search-result__meta').textContent.startsWith('Opened')"
    )
    assert (
        visit.js("return [...document.links].filter((one) => /^file:.*\\/$/.test(one.href))") == []
    )
    # An example would have to be read.
    visit.js("document.querySelector('.md-logo').click()")
    visit.until("document.querySelector('.mp-hero') && globalThis.driveWords")
    examples = "[...document.querySelectorAll('a[href$=\"/index.html#example\"]')]"
    assert visit.js(f"return {examples}.map((one) => one.getClientRects().length)") == [0] * 4


def test_a_team_sees_where_it_disagrees_and_agrees(
    visit: Visit, tmp_path: Path, framework: Framework
) -> None:
    files = [
        filed(framework, tmp_path, "Ann", "most", "half", "some"),
        filed(framework, tmp_path, "Bo", "none", "half", "some"),
    ]
    visit.afresh("/team/")
    visit.bring(*files)
    assert visit.find("heading", "1 disagreement to talk about")
    visit.click("button", "Show large")
    large = visit.until("document.querySelector('dialog[open]')")
    # By keyboard, as from a lectern
    visit.tab_to(visit.find("radio", "None", large))
    visit.keys(Keys.SPACE, Keys.ESCAPE)
    visit.until(f"{TEXT}('[data-part=progress]').startsWith('1 of 1 agreed')")


def test_two_assessments_are_compared_and_one_is_reported(
    visit: Visit, tmp_path: Path, framework: Framework
) -> None:
    files = [
        filed(framework, tmp_path, "Before", "none", "half"),
        filed(framework, tmp_path, "After <b>&amp;", "most", "half", "some"),
    ]
    visit.afresh("/compare/")
    visit.bring(*files)
    assert visit.find("heading", "What changed")
    visit.click("link", "Report and next steps")
    visit.find("heading", "Next steps")
    visit.click("button", "Copy as Markdown")
    visit.until(f"{TEXT}('[data-part=announced]')")
    visit.click("button", "Picture (SVG)")
    drawn = visit.saved(".svg")
    assert re.fullmatch(r"ml-maturity-after-b-amp-.*-picture\.svg", drawn.name)
    picture = ElementTree.fromstring(drawn.read_text(encoding="utf-8"))  # noqa: S314 (our own)
    texts = [text.strip() for text in picture.itertext()]
    assert {"Product", "Process", "Technical", "Organizational", "Not answered"} <= {*texts}
    assert "After <b>&amp; is working on level 1 of 5" in " ".join(texts)
    assert {one.tag.partition("}")[2] for one in picture.iter()} == {
        "svg", "title", "desc", "rect", "line", "path", "text", "tspan", "g",
    }  # fmt: skip
    assert not re.search(r"url\(|href|var\(|oklch|%\"", drawn.read_text(encoding="utf-8"))
    visit.click("button", "Picture (PNG)")
    image = Image.open(visit.saved(".png")).convert("RGB")
    assert image.size == tuple(2 * int(picture.attrib[side]) for side in ("width", "height"))
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert len(image.getcolors(1 << 24) or []) > 20


def test_lists_side_by_side_in_a_report_begin_at_one_height(
    visit: Visit, tmp_path: Path, framework: Framework
) -> None:
    needs(visit, "boxes in columns")
    file = filed(framework, tmp_path, "Search team", *["every", "half", "unknown", "some"] * 5)
    visit.afresh("/report/")
    visit.bring(file)
    heading = visit.find("heading", "Find out")
    beside = visit.find("heading", "Name evidence")
    assert heading.rect["x"] + heading.rect["width"] < beside.rect["x"]
    assert heading.rect["y"] == beside.rect["y"]


def test_a_printed_report_leaves_no_heading_alone(
    visit: Visit, tmp_path: Path, framework: Framework
) -> None:
    needs(visit, "print")
    file = filed(framework, tmp_path, "Search team", *["most", "half", "some", "none"] * 10)
    visit.afresh("/report/")
    visit.bring(file)
    visit.find("heading", "Next steps")
    headings = {bare(heading) for heading in visit.js(HEADINGS)}
    for _, lines in paper(visit.printed()):
        assert [bare(line) for line in lines if not FOOT.search(line)][-1] not in headings


def test_the_map_filters_and_the_search_finds(visit: Visit) -> None:
    visit.afresh("/map/")
    visit.fill("Words in the title", "audit")
    visit.until("location.search.includes('audit')")
    assert visit.has("link", "Audit the data")
    assert not visit.has("link", "Open a lawful route")
    visit.click("button", "Show all")
    assert visit.find("link", "Open a lawful route")
    visit.js("document.querySelector('.md-search__input').focus()")
    visit.keys(*"data audit")
    visit.until(f"{TEXT}('.md-search-result__link').includes('Audit the data')")
    visit.keys(Keys.ENTER)
    visit.until("location.pathname.includes('/practices/data-audit/')")


def test_a_checklist_goes_into_a_tracker(visit: Visit) -> None:
    visit.afresh("/checklists/building/")
    visit.click("button", "Copy as Markdown tasks")
    visit.until(f"{TEXT}('maturity-tracker [role=status]')")
    visit.click("button", "CSV for Jira")
    assert "Summary" in visit.saved(".csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def walk(visit: Visit) -> Walk:
    """A page of every kind."""
    if visit.engine == "chromium":
        pytest.skip("test_browser.py opens each of them in Chromium, and judges the same of it")
    seen = Walk()
    visit.afresh("/")
    for path in PAGES:
        visit.go(path)
        look(visit, path, seen)
    seen.said = visit.said()
    visit.forget()
    return seen


def test_every_kind_of_page_opens_in_silence_and_no_wider_than_the_window(walk: Walk) -> None:
    assert walk.said == []
    assert walk.too_wide == []


def test_paper_is_readable_whole_and_has_no_heading_at_its_end(visit: Visit, walk: Walk) -> None:
    needs(visit, "print")
    assert walk.paper == []


def test_every_state_shows_in_colors_that_the_reader_forces(visit: Visit, walk: Walk) -> None:
    needs(visit, "forced colors")
    assert walk.alike == []


def test_what_stands_in_the_foot_of_a_sheet_stands_apart(walk: Walk) -> None:
    assert walk.gaps_of_foot
    assert min(walk.gaps_of_foot) > 12


def test_text_twice_as_large_leaves_nothing_out_of_reach(walk: Walk) -> None:
    assert walk.out_of_reach == []


#: What is wrong with the axis beside a matrix, in some words.
AXIS = """
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [axis, matrix] = [box(".mp-axis--y"), box(".mp-matrix")];
  return Object.entries({
    outside: axis.top < matrix.top - 1 || axis.bottom > matrix.bottom + 1,
    over: axis.right > box(".mp-quadrant").left,
    thin: axis.width < 10,
    short: axis.height < 200,
  }).filter(([, isSo]) => isSo).map(([name]) => name);
"""


def test_the_axes_of_a_matrix_lie_beside_it(visit: Visit) -> None:
    visit.afresh("/matrices/opportunity/")
    wrong = {}
    for width in (900, 1100, 1280):
        visit.driver.set_window_rect(0, 0, width, 900)
        visit.until(f"Math.abs(innerWidth - {width}) < 40")
        wrong[width] = visit.js(AXIS)
    assert wrong == {900: [], 1100: [], 1280: []}


# Firefox and WebKit are slower once the names that they give elements have been asked for.


def test_ideas_are_placed_by_form_keyboard_and_mouse(visit: Visit) -> None:
    visit.afresh("/matrices/opportunity/")
    add_idea(visit, "Churn score", 3)
    add_idea(visit, "Search", 7)
    first = visit.find("button", "1. ")
    before = first.accessible_name
    visit.drag(first, 60, 40)
    dragged = first.accessible_name
    assert dragged != before
    first.send_keys(Keys.ARROW_UP)
    assert first.accessible_name != dragged


def test_a_finger_answers_a_question_and_begins_an_idea_on_a_phone(visit: Visit) -> None:
    needs(visit, "touch")
    visit.narrow()
    visit.afresh("/matrices/opportunity/")
    visit.fill("Name", "Search")
    for axis in ("x", "y"):
        visit.tap(visit.js(f"return document.querySelector('.mp-idea [name={axis}][value=\"4\"]')"))
    visit.tap(visit.find("button", "Add the idea"))
    assert visit.find("button", "1. ").accessible_name.startswith("1. Search")
    assert visit.js("return document.documentElement.scrollWidth <= innerWidth")
    visit.go("/score/")
    first = visit.find("group", "Write and sign")
    visit.tap(visit.find("radio", "At least half", first))
    visit.until(f"{GIVEN}.join() === 'half'")
    assert visit.js("return document.documentElement.scrollWidth <= innerWidth")
    visit.widen()


def needs(visit: Visit, ability: str) -> None:
    """Leave a test out where a driver cannot do what it needs, for the reason that is given."""
    if reason := CANNOT.get(visit.engine, {}).get(ability):
        pytest.skip(reason)
