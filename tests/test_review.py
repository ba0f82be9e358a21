"""Several people's answers, two assessments, and the report: in a real browser, from real files."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import paper
import pytest
from maturity.definition.model import Framework
from maturity.framework.answer_file import TABLE_COLUMNS
from maturity.framework.questionnaire import questionnaire, texts
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    StorageState,
    expect,
)
from reader import (
    HOSTILE,
    answer,
    axe,
    chosen,
    close,
    forget,
    heard,
    hold,
    in_every_look,
    module_addresses,
    notice,
    open_anew,
    open_table,
    ready,
    settled,
    stored,
    tell,
    turn,
    until,
)
from sittings import sitting

PAGES = ("team", "compare", "report")

# Files that people bring


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., list[Path]]:
    """Writes files, and gives their paths."""
    return writer(tmp_path)


def writer(folder: Path) -> Callable[..., list[Path]]:
    """Writes files into a folder, and gives their paths."""

    def written(*files: dict[str, Any]) -> list[Path]:
        paths = []
        for data in files:
            path = folder / f"{data['assessment']['id']}.json"
            path.write_text(json.dumps(data), encoding="utf-8")
            paths.append(path)
        return paths

    return written


def spread(framework: Framework) -> list[dict[str, Any]]:
    """Three people whose answers go over every combination of what a practice offers."""
    asked = questionnaire(framework)["practices"]
    turn: list[dict[str, Any]] = [{}, {}, {}]
    for count, (practice, about) in enumerate(asked.items()):
        offered = [*about["offered"], "unknown", ""]
        for person in range(3):
            choice = offered[(count * (person + 1) + person * (count // 5)) % len(offered)]
            if choice:
                turn[person][practice] = {
                    "answer": choice,
                    "evidence": about["evidence"][: 1 + person] if count % 3 == person else [],
                    "proof": f"ticket {count}" if count % 4 == person else "",
                    "note": f"as seen by {person}" if count % 7 == person else "",
                }
    return [sitting(framework, number, answers) for number, answers in enumerate(turn)]


def by_the_rule(framework: Framework, people: list[dict[str, Any]]) -> set[str]:
    """The practices on which two people differ by half the scale or more, or of whom only one knows
    an answer or finds that the practice applies."""
    values = {name: answer.value for name, answer in framework.scale.items()}
    wanted = set()
    for practice in framework.practices:
        said = [
            person["assessment"]["answers"][practice]["answer"]
            for person in people
            if practice in person["assessment"]["answers"]
        ]
        for one, other in itertools.combinations(said, 2):
            if "unknown" in (one, other):
                apart = one != other
            else:
                apart = abs(values[one] - values[other]) >= 0.5 - 1e-9
            if apart:
                wanted.add(practice)
    return wanted


@contextmanager
def visiting(page: Page, address: str, *, anew: bool = False) -> Iterator[Callable[[str], Page]]:
    """Opens pages in a tab, one after the other, the first of them for who has never been here if
    wanted; nothing may be raised or said to the console."""
    first = anew

    def visited(name: str) -> Page:
        nonlocal first
        if first:
            open_anew(page, address, name)
            first = False
        else:
            page.goto(f"{address}/{name}/")
        expect(page.locator(f"maturity-{name}:defined")).to_be_visible()
        return page

    with heard(page) as said:
        yield visited
    assert said == []


@pytest.fixture
def visit(window: Page, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens one of the pages for who has never been here, in the place of the one before; nothing
    may be raised or said to the console."""
    with visiting(window, address, anew=True) as visited:
        yield visited


def bring(page: Page, files: list[Path]) -> None:
    expect(
        page.locator(":is(maturity-team, maturity-compare, maturity-report):defined")
    ).to_be_visible()
    page.locator('[data-part="files"]').set_input_files(files)


def team(page: Page, files: list[Path]) -> None:
    """Open people's files on the team page."""
    bring(page, files)
    expect(page.locator('[data-part="people"] tr')).to_have_count(len(files))


def cards(page: Page) -> Locator:
    """What to talk about and what to find out, folded or not."""
    return page.locator(":is([data-part=disagree], [data-part=find_out]) .mp-finding")


def agree(page: Page, practice: str, choice: str) -> None:
    """Record an answer; found and chosen at once, as the page draws its cards anew when another tab
    comes to it."""
    radio = f'.mp-finding[data-practice="{practice}"] input[value="{choice}"]'
    expect(page.locator(radio)).to_have_count(1)
    page.evaluate("radio => document.querySelector(radio).click()", radio)


def agree_on_all(page: Page) -> None:
    """Record the lowest answer on every disagreement, and on every close one."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    cards(page).first.locator("input[type=radio]").first.check()
    page.evaluate(
        """() => {
          const open = ".mp-finding:not(:has(input[type=radio]:checked))";
          const places = ":is([data-part=disagree], [data-part=find_out])";
          for (let card; (card = document.querySelector(`${places} ${open}`)); )
            card.querySelector("input[type=radio]").click();
        }"""
    )
    lower = page.locator('[data-do="lower"]')
    if lower.is_visible():
        lower.click()


def saved(page: Page, folder: Path, name: str = "saved.json") -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator('[data-do="save"]:visible').first.click()
    download.value.save_as(folder / name)
    data: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return data


# The team


def test_three_peoples_files_show_exactly_the_disagreements(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    people = spread(framework)
    page = visit("team")
    expect(page.get_by_text("Open all of them here")).to_be_visible()
    team(page, write(*people))
    shown = [card.get_attribute("data-practice") for card in cards(page).all()]
    assert set(shown) == by_the_rule(framework, people)
    assert len(shown) > 20
    # As many as a workshop plans for; the rest is folded and counted
    today = page.locator('[data-part="disagree-list"] .mp-finding')
    later = page.locator('[data-part="later-list"] .mp-finding')
    expect(today).to_have_count(8)
    expect(later).not_to_have_count(0)
    expect(later.first).to_be_hidden()
    total = 8 + later.count()
    expect(page.locator("#talk")).to_have_text(f"8 for today, of {total} disagreements")
    expect(page.locator('[data-part="later-title"]')).to_contain_text(f"{total - 8} more")
    # Who said what stands at the answer that they gave
    card = cards(page).first
    practice = str(card.get_attribute("data-practice"))
    for person, label in zip(people, ("CTO", "Ann (Data lead)", "Bo (Engineer)"), strict=True):
        said = person["assessment"]["answers"].get(practice, {}).get("answer")
        place = card.locator(".mp-voice", has=page.locator(f'input[value="{said}"]'))
        if said:
            assert label in place.locator(".mp-people").inner_text()
    assert page.locator('[data-part="alike"] details').get_attribute("open") is None


def test_a_criterion_that_one_did_not_tick_is_talked_about_and_ticked_by_the_group(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    name, practice = next(iter(framework.practices.items()))
    first, *others = practice.criteria
    partly = sitting(framework, 0, {name: {"answer": "most", "criteria": others}})
    whole = sitting(framework, 1, {name: {"answer": "most"}})
    page = visit("team")
    team(page, write(partly, whole))
    card = cards(page)
    people = card.locator(".mp-voice__people")
    expect(people).to_have_text("Ann (Data lead)Counts as “At least half” for:CTO")
    expect(card).to_contain_text("“At least half” and “Most or all” lie half the scale or more")
    agree(page, name, "most")
    status = card.locator(".mp-finding__status")
    expect(status).to_have_text("Agreed: Most or all (counts as At least half)")
    card.get_by_role("checkbox", name=practice.criteria[first]).check()
    expect(status).to_have_text("Agreed: Most or all")
    agree(page, name, "some")
    expect(card.get_by_role("checkbox").first).to_be_disabled()


def test_an_agreed_set_saved_and_reopened_is_complete(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    address: str,
    site: Path,
    tmp_path: Path,
) -> None:
    people = spread(framework)
    page = visit("team")
    team(page, write(*people))
    agree_on_all(page)
    note = cards(page).first.locator('[name="note"]')
    note.fill("We looked at the list together")
    data = saved(page, tmp_path)
    schema = json.loads((site / "data" / "answers.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    answers = data["assessment"]["answers"]
    anybody = {name for person in people for name in person["assessment"]["answers"]}
    assert {name for name, one in answers.items() if one["answer"]} == anybody
    for name in anybody:
        own = [person["assessment"]["answers"].get(name, {}) for person in people]
        # Never averaged: what is agreed is what somebody said or recorded, and the evidence is all
        assert set(answers[name]["evidence"]) == {e for one in own for e in one.get("evidence", ())}
        for one, label in zip(own, ("CTO", "Ann (Data lead)", "Bo (Engineer)"), strict=True):
            if one.get("proof"):
                assert f"{label}: {one['proof']}" in answers[name]["proof"]
    forget(page, address)
    again = visit("team")
    bring(again, [tmp_path / "saved.json"])
    expect(again.locator('[data-part="people"] tr')).to_have_count(3)
    expect(again.locator('[data-part="progress"]')).to_have_text(re.compile(r"^(\d+) of \1 agreed"))
    expect(cards(again).first.locator('[name="note"]')).to_have_value(
        "We looked at the list together"
    )
    assert saved(again, tmp_path, "again.json")["assessment"] == data["assessment"]
    # It is an assessment like any other on the self-scoring page
    visit("score")
    ready(again)
    expect(again.locator('[data-part="list"]')).to_contain_text("agreed by 3")
    assert len(chosen(again)) == len(anybody)


def test_a_new_opinion_reopens_what_all_said_and_keeps_what_was_recorded(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    same, talked, *_ = framework.practices
    page = visit("team")
    first = sitting(framework, 0, {same: "most", talked: "none"})
    second = sitting(framework, 1, {same: "most", talked: "most"})
    third = sitting(framework, 2, {same: "none"})
    team(page, write(first, second))
    agree(page, talked, "half")
    expect(page.locator('[data-part="alike-list"]')).to_contain_text(
        str(framework.practices[same].title)
    )
    expect(page.locator('[data-part="standing"]')).to_contain_text("2 of")
    bring(page, write(third))
    expect(cards(page)).to_have_count(2)
    expect(page.locator(f'.mp-finding[data-practice="{same}"]')).to_contain_text("Not agreed yet")
    expect(page.locator(f'.mp-finding[data-practice="{talked}"]')).to_contain_text("Agreed: ")
    page.get_by_role("button", name="Remove: Bo (Engineer)").click()
    page.locator("dialog.mp-dialog").get_by_role("button", name="Remove").click()
    expect(cards(page)).to_have_count(1)
    expect(page.locator('[data-part="standing"]')).to_contain_text("2 of")


def test_the_same_person_twice_is_asked_about(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    name = next(iter(framework.practices))
    page = visit("team")
    mine = sitting(framework, 0, {name: "none"})
    team(page, write(mine))
    bring(page, write(mine))
    expect(notice(page, "people")).to_contain_text("CTO: these answers are here already")
    bring(page, write(sitting(framework, 0, {name: "most"})))
    dialog = page.locator("dialog.mp-dialog")
    expect(dialog).to_contain_text("CTO is here already, with other answers")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator('[data-part="people"] tr')).to_have_count(1)
    bring(page, write(sitting(framework, 0, {name: "most"})))
    dialog.get_by_role("button", name="Keep both").click()
    expect(page.locator('[data-part="people"] tr')).to_have_count(2)
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_contain_text("CTO, 1")
    expect(cards(page).first).to_contain_text("CTO, 2")


def test_one_person_as_a_file_a_table_and_a_link_is_counted_once(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    tmp_path: Path,
) -> None:
    name = next(iter(framework.practices))
    page = visit("team")
    team(page, write(sitting(framework, 0, {name: {"answer": "some", "proof": "a page"}})))
    link = page.evaluate(
        """async (writer) => {
          const { encode } = await import(writer);
          const { questionnaire, saved } = document.querySelector("maturity-team").desk;
          const [rater] = saved.assessment.raters;
          return location.href + "#" + encode(questionnaire, rater);
        }""",
        module_addresses(page)["assessment/link-writer"],
    )
    table = tmp_path / "answers.csv"
    table.write_text(
        f"practice,answer,evidence,Remark\n{name},some,a page,soon\n", encoding="utf-8"
    )
    page.get_by_label("From a link").fill(link)
    page.get_by_role("button", name="Add the link").click()
    dialog = page.locator("dialog.mp-dialog")
    for files in ([], [table]):
        if files:
            bring(page, files)
        expect(dialog).to_contain_text("Is this CTO again?")
        dialog.get_by_role("button", name="Count them once").click()
        expect(notice(page, "people")).to_contain_text("CTO: counted once")
        expect(page.locator('[data-part="people"] tr')).to_have_count(1)
        notice(page, "people").get_by_role("button", name="Close").click()
    left_out = page.get_by_label("What was left out, to be copied")
    expect(left_out).to_have_value(f"Line 2, {name}, Remark: soon")
    assert axe(page) == []
    rater = page.evaluate(
        "document.querySelector('maturity-team').desk.saved.assessment.raters[0].answers.values().next().value.proof"
    )
    assert rater == "a page"


def test_a_link_and_what_is_in_the_browser_join_too(
    visit: Callable[[str], Page], framework: Framework
) -> None:
    name = next(iter(framework.practices))
    own = visit("score")
    ready(own)
    tell(own, "role", "Product manager")
    answer(own, name, "none")
    link = own.evaluate(
        """async (writer) => {
          const { encode } = await import(writer);
          const element = document.querySelector("maturity-score");
          const { questionnaire, saved } = element.desk.session;
          const assessment = structuredClone(saved.assessment);
          assessment.answers.values().next().value.answer = "most";
          return location.href + "#" + encode(questionnaire, assessment);
        }""",
        module_addresses(own)["assessment/link-writer"],
    )
    page = visit("team")
    page.get_by_label("From a link").fill(link)
    page.get_by_role("button", name="Add the link").click()
    expect(page.locator('[data-part="people"] tr')).to_have_count(1)
    page.get_by_label("From this browser").select_option(index=0)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_contain_text("Person 1")
    expect(cards(page).first).to_contain_text("Product manager")
    page.locator('[data-rater][name="name"]').first.fill("Cem")
    page.locator('[data-rater][name="name"]').first.press("Tab")
    expect(cards(page).first).to_contain_text("Cem")
    page.get_by_label("From a link").fill("https://example.org/#answers=1~cut")
    page.get_by_role("button", name="Add the link").click()
    expect(notice(page, "file")).to_contain_text("not complete")


def test_a_meeting_by_keyboard_on_a_projector(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    names = [*framework.practices][:3]
    page = visit("team")
    people = [sitting(framework, n, dict.fromkeys(names, c)) for n, c in ((0, "none"), (1, "most"))]
    team(page, write(*people))
    page.get_by_role("button", name="Show large").focus()
    page.keyboard.press("Enter")
    large = page.locator("dialog.mp-large")
    expect(large).to_be_visible()
    title = f"{framework.dimensions[framework.practices[names[0]].dimension].title} can complete"
    expect(large).to_contain_text(f"Can change the level: with “Most or all”, {title}")
    for count in range(len(names)):
        expect(large).to_contain_text(f"{count + 1} of {len(names)} for today")
        expect(large.locator("h3")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("PageDown")
    assert not axe(page)
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(cards(page).last.locator("h3")).to_be_focused()
    expect(page.locator('[data-part="progress"]')).to_contain_text(
        f"{len(names)} of {len(names)} agreed"
    )
    expect(cards(page)).to_have_count(len(names))


LONG_NAMES = (
    ("Principal machine learning engineer", "Bartholomew Featherstonehaugh"),
    ("Site reliability engineer", "Maximiliane Oberschlesinger-Kowalczyk"),
    ("Head of product and design", "Alessandra Montenegro de la Fuente"),
    ("Data protection officer", "Dr. Anneliese Vogt-Hohenlohe"),
    ("Director of customer support", "Christopher Wolstenholme-Abernathy"),
    ("Senior data engineer", "Venkatanarasimharajuvaripeta Rao"),
    ("Chief technology officer", "Kwame Nana Osei Boateng-Mensah"),
    ("Machine learning platform lead", "Guadalupe Etxeberria Zubizarreta"),
)

# All names and answers lie in what is on view of the card, in letters to be read from three meters.
IN_SIGHT = """() => {
  const card = document.querySelector('[data-part="large-card"]');
  const view = card.getBoundingClientRect();
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const names = [...card.querySelectorAll('.mp-people li')];
  return names.length === 8 && names.every((name) => size(name) >= 20)
    && size(card.querySelector('.mp-finding__question')) >= 28
    && card.scrollHeight <= card.clientHeight && card.scrollWidth <= card.clientWidth
    && [...names, ...card.querySelectorAll('.mp-voice, .mp-finding__foot')].every((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top >= view.top && bottom <= view.bottom && left >= view.left && right <= view.right;
    });
}"""


def test_eight_people_with_long_names_are_in_sight_on_a_projector(
    context: BrowserContext,
    address: str,
    write: Callable[..., list[Path]],
    framework: Framework,
) -> None:
    asked = questionnaire(framework)["practices"]
    words = texts(framework)
    full = [name for name, one in asked.items() if one["may_be_not_applicable"]]
    length = {name: len(str(words[name])) for name in full if len(asked[name]["offered"]) == 4}
    together, apart = sorted(length, key=lambda name: -length[name])[:2]
    answers = [*asked[apart]["offered"], "unknown", "not-applicable"]
    people = [
        sitting(
            framework,
            number,
            {
                # All but one lack a criterion
                together: {"answer": "most", **({"criteria": []} if number else {})},
                apart: {"answer": answers[number % len(answers)], "reason": "We have none"},
            },
            role=role,
            name=name,
        )
        for number, (role, name) in enumerate(LONG_NAMES)
    ]
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/team/")
    team(page, write(*people))
    page.get_by_role("button", name="Show large").click()
    for width, height in ((1440, 900), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        for key in ("PageDown", "PageUp"):
            until(page, IN_SIGHT)
            page.keyboard.press(key)


def test_the_team_is_there_after_the_tab_was_closed(
    context: BrowserContext,
    address: str,
    write: Callable[..., list[Path]],
    framework: Framework,
) -> None:
    name = next(iter(framework.practices))
    page, again, other = (context.new_page() for _ in range(3))
    with visiting(page, address) as visit:
        visit("team")
        team(
            page, write(*(sitting(framework, n, {name: c}) for n, c in ((0, "none"), (1, "most"))))
        )
        agree(page, name, "some")
        cards(page).first.locator('[name="note"]').press_sequentially("half a wo")
    page.close()
    with visiting(again, address) as visit, visiting(other, address) as visit_besides:
        visit("team")
        expect(cards(again).first).to_contain_text("Agreed: ")
        expect(cards(again).first.locator('[name="note"]')).to_have_value("half a wo")
        # Another tab shows what this one records
        visit_besides("team")
        agree(again, name, "half")
        expect(cards(other).first.locator('input[value="half"]')).to_be_checked()


# Two assessments


def quarters(framework: Framework) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """The same team twice, with one change of each kind; and the practice of each."""
    ids = iter(framework.practices)
    optional = next(k for k, one in framework.practices.items() if one.may_be_not_applicable)
    names = {
        kind: next(name for name in ids if name != optional)
        for kind in ("rose", "fell", "fresh", "withdrawn", "gained", "lost", "same")
    } | {"otherwise": optional}
    tick = {name: [next(iter(framework.practices[name].evidence))] for name in names.values()}
    before = {
        names["rose"]: "none", names["fell"]: "most", names["withdrawn"]: "some",
        names["gained"]: "most", names["same"]: "half", optional: "some",
        names["lost"]: {"answer": "most", "evidence": tick[names["lost"]]},
    }  # fmt: skip
    after = {
        names["rose"]: "most", names["fell"]: "unknown", names["fresh"]: "none",
        names["lost"]: "most", names["same"]: "half",
        names["gained"]: {"answer": "most", "evidence": tick[names["gained"]]},
        optional: {"answer": "not-applicable", "reason": "We have none"},
    }  # fmt: skip
    return sitting(framework, 0, before), sitting(framework, 3, after), names


HEADINGS = {
    "rose": "Rose (1)", "fell": "Fell (1)", "fresh": "New answers (1)",
    "withdrawn": "Taken back (1)", "otherwise": "Changed otherwise (1)",
    "gained": "Evidence gained (1)", "lost": "Evidence lost (1)",
}  # fmt: skip


def test_two_quarters_side_by_side(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    before, after, names = quarters(framework)
    page = visit("compare")
    expect(page.locator("p.mp-empty")).to_be_visible()
    bring(page, write(after, before))
    expect(page.locator('[data-part="sides"] h3')).to_have_text(
        ["Search team, Jan 15, 2026", "Search team, Apr 15, 2026"]
    )
    for kind, heading in HEADINGS.items():
        part = page.locator(f".mp-change--{kind}")
        expect(part.get_by_role("heading")).to_have_text(heading)
        expect(part).to_contain_text(str(framework.practices[names[kind]].title))
    expect(page.locator('[data-part="changes"]')).to_contain_text("3 answers are the same")
    assert page.locator(".mp-way-row").count() == len(framework.dimensions)
    gist = page.locator('[data-part="headline"]')
    expect(gist.locator(".mp-gist")).to_have_text(
        "No change of level; 1 answer rose; 1 answer fell."
    )
    expect(gist).to_contain_text("2 questions are answered in only one of the two.")
    # What nobody answered is drawn nowhere, not at zero
    unanswered = page.locator(".mp-way-row").last
    expect(unanswered).to_contain_text("not answered")
    assert unanswered.locator("circle").count() == 0
    expect(page.locator('[data-part="history"]')).to_be_hidden()
    # A third one shows the way over time
    bring(page, write(sitting(framework, 1, {names["rose"]: "half"})))
    expect(page.locator('[data-part="rows"] tr')).to_have_count(3)
    assert page.locator(".mp-history").count() == len(framework.dimensions)
    name = page.locator(".mp-history-chart").first.get_attribute("aria-label")
    assert name
    assert "Jan 15, 2026" in name
    assert "Apr 15, 2026" in name
    # Leave one out again
    page.get_by_label("Search team, Jan 15, 2026").uncheck()
    expect(page.locator('[data-part="sides"] h3').first).to_have_text("Search team, Feb 15, 2026")


def test_two_teams_are_not_told_as_before_and_after(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    before, after, _ = quarters(framework)
    after["assessment"]["unit"] = "Ads team"
    page = visit("compare")
    bring(page, write(before, after))
    changes = page.locator('[data-part="changes"]')
    expect(changes).to_contain_text("Higher in Ads team, Apr 15, 2026 (1)")
    expect(changes).to_contain_text("Answered only in Search team, Jan 15, 2026 (1)")
    assert "Rose" not in changes.inner_text()


# The report


@pytest.fixture(scope="module")
def agreement(
    window: Page,
    address: str,
    framework: Framework,
    tmp_path_factory: pytest.TempPathFactory,
) -> StorageState:
    """What a browser holds once three people have agreed, with an earlier quarter behind it."""
    first = [*framework.levels][:2]
    answers = {
        name: ("most" if practice.level == first[0] else "half")
        for name, practice in framework.practices.items()
        if practice.level in first
    }
    three = [dict(answers) for _ in range(3)]
    for count, name in enumerate([*answers][-6:]):
        three[count % 3][name] = "none"
    write = writer(tmp_path_factory.mktemp("agreement"))
    with visiting(window, address, anew=True) as visit:
        page = visit("team")
        team(page, write(*(sitting(framework, n, one) for n, one in enumerate(three))))
        agree_on_all(page)
        visit("report")
        bring(page, write(sitting(framework, 6, dict.fromkeys(answers, "some"), id="earlier-one")))
        expect(notice(page, "file")).to_be_hidden()
        expect(page.locator('[data-part="list"] option')).to_have_count(2)
        page.locator('[data-part="list"]').select_option(label="Search team, Jul 15, 2026")
        agreed = page.locator('[data-part="list"] option', has_text="agreed by 3").inner_text()
        page.locator('[data-part="list"]').select_option(label=agreed)
        return window.context.storage_state()


@pytest.fixture
def agreed(agreement: StorageState, window: Page, address: str) -> Iterator[Page]:
    """The report of what three people agreed on; nothing may be raised or said to the console."""
    (origin,) = agreement["origins"]
    entries = {entry["name"]: entry["value"] for entry in origin["localStorage"]}
    forget(window, address)
    window.evaluate("(entries) => Object.assign(localStorage, entries)", entries)
    with visiting(window, address) as visit:
        page = visit("report")  # what is printed below the report is loaded with it
        expect(page.locator('[data-part="list"] option:checked')).to_contain_text("agreed by 3")
        yield page


def test_what_a_team_agreed_on_is_named_and_leads_back_to_ones_own(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    first, second = [*framework.practices][:2]
    page = visit("score")
    answer(page, first, "half")
    answer(page, second, "none")
    page = visit("team")
    page.locator('[data-do="add"]').click()
    expect(page.locator('[data-part="people"] tr')).to_have_count(1)
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    theirs = {first: "some", second: "most"}
    bring(page, write(sitting(framework, 1, theirs, date=day, unit="Payments ML")))
    expect(page.locator('[data-part="people"] tr')).to_have_count(2)
    page.locator('[data-do="lower"]').click()
    page = visit("report")
    expect(page.locator('[data-part="list"] option:checked')).to_contain_text("agreed by 2")
    expect(page.locator('[data-part="earlier"] option:checked')).to_have_text("Nothing")
    agreed = page.locator(".mp-report__disagreements tbody td").last
    expect(agreed).to_have_text("Not agreed yet")
    page = visit("score")
    told = notice(page, "agreed")
    expect(told).to_contain_text("This is what 2 people agreed on for “Payments ML”.")
    assert chosen(page) == {first: "some"}
    told.get_by_role("button", name="Open mine").click()
    expect(told).to_be_hidden()
    assert chosen(page) == {first: "half", second: "none"}


def together(text: str) -> str:
    """Text without white space and ligatures, as lines of a PDF may break anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize(("size", "most"), [("A4", 5), ("Letter", 5)])
def test_the_printed_report_holds_every_answer_on_few_pages(
    agreed: Page, framework: Framework, size: str, most: int
) -> None:
    agreed.locator('.mp-report__steps input[name="owner"]').first.fill("Dana Ortiz")
    pages = paper.texts(agreed.pdf(format=size))
    assert 2 <= len(pages) <= most
    # The first one is complete by itself, and the next begins with a part of its own.
    first = together(pages[0])
    cover = agreed.locator(".mp-cover")
    for part in (".mp-cover__sentence", '[data-part="short"]', ".mp-stairs__dimension"):
        for text in cover.locator(part).all_text_contents():
            assert together(text) in first
    steps = cover.locator("li").all_text_contents()
    assert len(steps) == 3
    assert all(together(step) in first for step in steps)
    assert "Dana Ortiz" in steps[0]
    assert "No owner yet" in steps[1]
    assert together("The map") not in first
    assert together(pages[1]).startswith(together(f"Page 2 of {len(pages)}The map"))
    # A text may go on, on the next page, behind the foot of one and the number of the other.
    head, foot = r"^Page \d+ of \d+\n", r"\n[^\n]*, version [^\n]*$"
    text = together("".join(re.sub(f"{head}|{foot}", "", page) for page in pages))
    assessed = [*framework.levels][:2]
    for name, practice in framework.practices.items():
        if practice.level in assessed:
            assert together(str(practice.title)) in text, name
    rest = [practice for practice in framework.practices.values() if practice.level not in assessed]
    answers = agreed.locator('[data-part="answers"]')
    for practice in rest:
        expect(answers).not_to_contain_text(str(practice.title))
    for level in [*framework.levels][2:]:
        count = sum(practice.level == level for practice in rest)
        assert together(f"{count} practices not assessed.") in text
    for part in ("Where people disagreed", "Changes since", "Next steps", "Why 2"):
        assert together(part) in text
    for number, page in enumerate(pages, 1):
        foot = " ".join(page.split())
        for fact in ("Search team", framework.framework.version, "/report/"):
            assert fact in foot, number
        assert re.search(r"Page \d of \d", foot), number
    for frame in ("Search", "Skip to content", "Open files", "Copy as Markdown"):
        assert together(frame) not in text.replace("Searchteam", "")


def test_steps_are_given_to_people_and_stay_theirs(
    agreed: Page, framework: Framework, tmp_path: Path
) -> None:
    steps = agreed.locator(".mp-report__steps")
    steps.locator('input[name="owner"]').first.fill("Dana Ortiz")
    steps.locator('input[name="due"]').first.fill("2027-01-15")
    agreed.reload()
    expect(agreed.locator(".mp-report__steps input").first).to_have_value("Dana Ortiz")
    with agreed.expect_download() as download:
        agreed.get_by_role("button", name="Next steps (CSV)").click()
    download.value.save_as(tmp_path / "steps.csv")
    table = (tmp_path / "steps.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(table, newline=""))]
    assert rows[0]["owner"] == "Dana Ortiz"
    assert rows[0]["due"] == "2027-01-15"
    assert rows[0]["address"].endswith(f"/practices/{rows[0]['practice']}/")
    assert [row["step"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    agreed.get_by_role("button", name="Copy as Markdown", exact=True).click()
    expect(notice(agreed, "file")).to_contain_text("copied as Markdown")
    markdown = agreed.evaluate("navigator.clipboard.readText()")
    assert markdown.startswith("# Search team\n")
    assert "| Dana Ortiz | Jan 15, 2027 |" in markdown
    for practice in framework.practices.values():
        if practice.level in [*framework.levels][:2]:
            assert str(practice.title) in markdown
    agreed.get_by_role("button", name="Copy card as HTML").click()
    expect(notice(agreed, "file")).to_contain_text("card is copied")
    card = agreed.evaluate("navigator.clipboard.readText()")
    assert card.startswith("<table>\n<caption><strong>Search team</strong>, ")
    with agreed.expect_download() as download:
        agreed.get_by_role("button", name="Card (SVG)").click()
    assert download.value.suggested_filename.endswith("-card.svg")
    card += Path(download.value.path()).read_text(encoding="utf-8")
    assert "Evidence as of" in card
    for name in ("Dana", "Ann", "CTO"):  # an owner, and who answered
        assert name not in card


def test_answers_as_a_table_have_a_row_for_every_practice(
    agreed: Page, framework: Framework, tmp_path: Path
) -> None:
    with agreed.expect_download() as download:
        agreed.get_by_role("button", name="Answers (CSV)").click()
    assert "-search-team-agreed-" in download.value.suggested_filename
    download.value.save_as(tmp_path / "answers.csv")
    table = (tmp_path / "answers.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.reader(io.StringIO(table, newline=""))]
    assert rows[0] == [*TABLE_COLUMNS]
    assert [row[0] for row in rows[1:]] == [*framework.practices]
    labels = {str(answer.label) for answer in framework.scale.values()} | {""}
    assert {row[TABLE_COLUMNS.index("answer")] for row in rows[1:]} <= labels
    assert {row[TABLE_COLUMNS.index("unit")] for row in rows[1:]} == {"Search team"}


def test_the_report_goes_into_a_tracker(agreed: Page, framework: Framework) -> None:
    agreed.get_by_role("button", name="Copy as Markdown tasks").click()
    expect(agreed.locator('[data-part="tracker"] [role="status"]')).to_contain_text("copied")
    tasks = agreed.evaluate("navigator.clipboard.readText()")
    count = agreed.locator(".mp-report__steps tbody tr").count()
    assert len(re.findall(r"^- \[ \]", tasks, re.MULTILINE)) == count


# Tables


def test_answers_saved_as_a_table_come_back_as_they_were(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    tmp_path: Path,
    address: str,
) -> None:
    person = spread(framework)[1]
    optional = next(k for k, one in framework.practices.items() if one.may_be_not_applicable)
    tricky = {"answer": "not-applicable", "reason": "=SUM(A1)", "note": 'two\nlines, "quoted"; +1'}
    person["assessment"]["answers"][optional] |= tricky
    page = visit("report")
    bring(page, write(person))
    with page.expect_download() as download:
        page.get_by_role("button", name="Answers (CSV)").click()
    download.value.save_as(tmp_path / "answers.csv")
    forget(page, address)
    visit("score")
    ready(page)
    back = open_table(page, tmp_path / "answers.csv")["assessment"]
    given = person["assessment"]["answers"]
    expect(notice(page, "file")).not_to_contain_text("left out")
    page.locator('[data-part="file"]').set_input_files(tmp_path / "answers.csv")
    expect(notice(page, "file")).to_contain_text("These answers are in this browser already")
    assert len([key for key in stored(page) if "current" not in key]) == 1
    assert {*back["answers"]} == {*given}
    for name, one in given.items():
        for key, value in one.items():
            assert back["answers"][name][key] == value, (name, key)


def test_a_table_that_is_none_gets_a_plain_message(
    visit: Callable[[str], Page], tmp_path: Path
) -> None:
    page = visit("score")
    for text, said in (
        ("", "This file is empty"),
        ("a,b\n1,2\n", "no table of answers"),
        ("practice,answer,framework\nx,y,bakery\n", "another framework"),
        ("practice;answer\ndata-audit;Most of it\n", "1 entry of the file could not be read"),
        ('practice,answer\n"unclosed', "A quotation mark in line 2 is never closed"),
    ):
        (tmp_path / "wrong.csv").write_text(text, encoding="utf-8")
        page.locator('[data-part="file"]').set_input_files(tmp_path / "wrong.csv")
        expect(notice(page, "file"), text).to_contain_text(said)
        close(page, "file")


def test_a_slow_table_is_not_opened_once_the_reader_has_moved_on(
    visit: Callable[[str], Page],
    window: Page,
    write: Callable[..., list[Path]],
    framework: Framework,
    tmp_path: Path,
) -> None:
    table = tmp_path / "slow.csv"
    table.write_text("practice,answer\ndata-audit,unknown\n", encoding="utf-8")
    name = next(iter(framework.practices))
    for kind in ("report", "score"):
        page = visit(kind)
        if kind == "report":
            for number in (0, 1):
                bring(page, write(sitting(framework, number, {name: "none"})))
                expect(page.locator('[data-part="list"] option')).to_have_count(number + 1)
        held = hold(page, "**/table.*.js")
        with page.expect_request("**/table.*.js"):
            page.locator("input[type=file]").set_input_files(table)
        if kind == "report":
            page.locator('[data-part="list"]').select_option(index=1)
        else:
            page.locator('[data-do="new"]').evaluate("button => button.click()")
        chosen = page.locator('[data-part="list"]').input_value()
        held[0].continue_()
        page.evaluate(
            """async (table) => {
              await import(table);
              await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
            }""",
            module_addresses(page)["assessment/table"],
        )
        assert page.locator('[data-part="list"]').input_value() == chosen
        window.unroute_all()


def test_a_link_without_answers_says_that_there_is_nothing_to_read(
    visit: Callable[[str], Page],
) -> None:
    page = visit("team")
    for link in ("", "https://example.org/score/", "https://example.org/score/#verdict"):
        page.get_by_label("From a link").fill(link)
        page.get_by_role("button", name="Add the link").click()
        expect(notice(page, "file"), link).to_contain_text("This link holds no answers")
        expect(notice(page, "file"), link).to_contain_text("Copy the whole link again")
        close(page, "file")


# On every page


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    context: BrowserContext,
    address: str,
    write: Callable[..., list[Path]],
    framework: Framework,
) -> None:
    people = spread(framework)
    for person in people:
        # A few practices of each kind are enough, and axe is slow.
        answers = person["assessment"]["answers"]
        person["assessment"]["answers"] = dict([*answers.items()][:16])
    files = write(*people)
    fills = {"team": files, "compare": files, "report": files[:1]}
    page = context.new_page()
    with visiting(page, address) as visit:
        for name in PAGES:
            if name == PAGES[0]:
                visit(name)
            else:
                turn(page, f"{address}/{name}/")
                expect(page.locator(f"maturity-{name}:defined")).to_be_visible()
            assert not in_every_look(page), name
            bring(page, fills[name])
            expect(
                page.locator(".mp-finding, .mp-way-row, .mp-report__steps").first
            ).to_be_visible()
            page.evaluate(
                "for (const fold of document.querySelectorAll('details')) fold.open = true"
            )
            assert not in_every_look(page), name
            page.set_viewport_size({"width": 320, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def hostile(framework: Framework) -> list[dict[str, Any]]:
    """Two people's files with markup in every text, one of them agreed by a third."""
    text = {"proof": HOSTILE, "note": HOSTILE, "owner": HOSTILE, "reason": HOSTILE}
    answers = {
        name: {"answer": ("none", "most")[count % 2], **text}
        for count, name in enumerate([*framework.practices][:40])
    }
    turned = {
        name: {**one, "answer": "most" if one["answer"] == "none" else "none"}
        for name, one in answers.items()
    }
    files = [
        sitting(framework, n, one, unit=HOSTILE, role=HOSTILE, name=f"{n} {HOSTILE}")
        for n, one in enumerate((answers, turned))
    ]
    for file in files:
        file["framework"]["title"] = HOSTILE
    return files


def test_whatever_files_hold_is_text_everywhere(
    visit: Callable[[str], Page], write: Callable[..., list[Path]], framework: Framework
) -> None:
    files = write(*hostile(framework))
    for name in PAGES:
        page = visit(name)
        title = page.title()
        bring(page, files)
        expect(page.locator(f"maturity-{name}")).to_contain_text("<img src=x")
        if name == "team":
            expect(cards(page)).to_have_count(40)
        assert page.locator(f"maturity-{name} :is(img, script)").count() == 0
        assert page.title() == title
        if name == "report":
            page.get_by_role("button", name="Copy as Markdown", exact=True).click()
            expect(notice(page, "file")).to_contain_text("copied")
            markdown = page.evaluate("navigator.clipboard.readText()")
            assert not re.search(r"(?<!\\)<(?!!-- -->)", markdown)


def test_files_that_are_none_are_named_and_the_others_taken(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    tmp_path: Path,
    address: str,
) -> None:
    cut = tmp_path / "cut.json"
    cut.write_text('{"format": "maturity-answers/1"', encoding="utf-8")
    other = tmp_path / "other.json"
    foreign = sitting(framework, 0, {})
    foreign["framework"]["id"] = "bakery"
    other.write_text(json.dumps(foreign), encoding="utf-8")
    good = write(sitting(framework, 1, {next(iter(framework.practices)): "none"}))
    for name in PAGES:
        page = visit(name)
        bring(page, [cut, *good, other])
        said = notice(page, "file")
        expect(said).to_contain_text("cut.json: This file cannot be read")
        expect(said).to_contain_text("other.json: These answers belong to another framework")
        count = {"team": '[data-part="people"] tr', "compare": '[data-part="choices"] input'}
        expect(page.locator(count.get(name, '[data-part="list"] option')).first).to_be_attached()
        forget(page, address)


def test_a_file_never_replaces_what_is_here_without_asking(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    address: str,
) -> None:
    name = next(iter(framework.practices))
    for kind in ("compare", "report"):
        page = visit(kind)
        bring(page, write(sitting(framework, 0, {name: "none"})))
        until(page, "() => Object.keys(localStorage).some((key) => key.endsWith('person-0000'))")
        before = stored(page)
        bring(page, write(sitting(framework, 0, {name: "most"})))
        page.locator("dialog.mp-dialog").get_by_role("button", name="Cancel").click()
        expect(page.locator("dialog.mp-dialog")).to_be_hidden()
        assert stored(page) == before
        forget(page, address)


FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"  # noqa: E501


def test_without_storage_the_pages_work_and_say_so(
    browser: Browser, address: str, write: Callable[..., list[Path]], framework: Framework
) -> None:
    context = browser.new_context()
    context.add_init_script(FORBIDDEN)
    files = write(*spread(framework))
    page = context.new_page()
    page.goto(f"{address}/{PAGES[0]}/")
    for name in PAGES:
        if name != PAGES[0]:
            turn(page, f"{address}/{name}/")
        bring(page, files)
        expect(page.locator(".mp-finding, .mp-way-row, .mp-report__steps").first).to_be_visible()
        expect(notice(page, "storage")).to_contain_text("does not let the page store")
    context.close()


def keep_address(urls: list[str], request: Request) -> None:
    urls.append(request.url)


def test_nothing_but_scripts_of_the_site_is_fetched_once_a_page_is_there(
    visit: Callable[[str], Page],
    write: Callable[..., list[Path]],
    framework: Framework,
    address: str,
) -> None:
    files = write(*spread(framework))
    for name in PAGES:
        page = visit(name)
        settled(page)
        fetched: list[str] = []
        page.on("request", listen := partial(keep_address, fetched))
        bring(page, files)
        expect(page.locator(".mp-finding, .mp-way-row, .mp-report__steps").first).to_be_visible()
        for button in page.locator("[data-do=markdown], [data-do=lower]").all():
            button.click()
        page.wait_for_load_state("networkidle")
        page.remove_listener("request", listen)
        scripts = re.compile(rf"blob:|{re.escape(address)}/assets/[\w/.-]+\.js$")
        assert [url for url in fetched if not scripts.match(url)] == []


def test_without_javascript_the_pages_say_what_to_do_on_paper(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{address}/{name}/")
        expect(page.locator(".mp-notice")).to_contain_text("lay the printed checklists side by")
        expect(page.locator(f"maturity-{name}")).to_be_hidden()
    context.close()


def test_peoples_answers_to_another_version_are_carried_over_and_said(
    browser: Browser, versions: str, tmp_path: Path
) -> None:
    def person(number: int, version: str, answers: dict[str, str]) -> Path:
        data = {
            "format": "maturity-answers/1",
            "framework": {"id": "bakery", "version": version, "title": "Bakery"},
            "assessment": {
                "id": f"person-{number:04}",
                "role": f"Baker {number}",
                "answers": {name: {"answer": given} for name, given in answers.items()},
            },
        }
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{versions}/2.0.0/team/")
    old = person(1, "1.0.0", {"open-daily": "never", "lost": "never"})
    new = person(2, "2.0.0", {"open-early": "at-times"})
    bring(page, [old, new])
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_contain_text("Open every day")
    expect(notice(page, "people")).to_contain_text("Baker 1 answered version 1.0.0")
    left_out = page.get_by_label("What was left out, to be copied")
    expect(left_out).to_have_value("Baker 1, lost: Never")
    expect(page.locator('[data-part="people"] tr').first).to_contain_text("version 1.0.0")
    # The answers themselves are kept as they came
    kept = saved(page, tmp_path)["assessment"]["raters"][0]
    assert kept["version"] == "1.0.0"
    assert set(kept["answers"]) == {"open-daily", "lost"}
    context.close()


def test_the_printed_foot_is_the_next_pages_own_after_instant_navigation(
    browser: Browser, versions: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{versions}/1.0.0/score/")
    ready(page)
    tell(page, "unit", "North shop")
    page.goto(f"{versions}/1.0.0/report/")
    note = page.locator("[data-paper-note]")
    expect(note).to_contain_text("North shop")
    page.locator('.mp-about a, nav a[href$="score/"]').first.evaluate("link => link.click()")
    ready(page)
    expect(note).to_have_text("")
    context.close()
