"""The self-scoring page in a real browser: answering, the verdict, keeping, and what goes wrong."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from forks import VERSION, catalog_of_marks
from maturity.definition.model import Framework, Practice
from maturity.framework.questionnaire import fingerprint
from maturity.framework.relations import Relations
from maturity.site.generate import generate
from maturity.site.settings import Settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from projects import ROOT, copy_project
from reader import (
    HOSTILE,
    answer,
    answer_all,
    answer_each,
    axe,
    chosen,
    close,
    forget,
    heard,
    hold,
    in_every_look,
    loaded,
    notice,
    open_anew,
    opened,
    question,
    ready,
    settled,
    stored,
    tell,
    turn,
    unfold,
    until,
)
from servers import serving


@pytest.fixture
def heard_window(window: Page) -> Iterator[Page]:
    """The window; of what opens in it, nothing may be raised or said to the console."""
    with heard(window) as said:
        yield window
    assert said == []


@pytest.fixture
def blank(heard_window: Page, address: str) -> Page:
    """The window of who has never been here."""
    forget(heard_window, address)
    return heard_window


@pytest.fixture
def sized(blank: Page) -> Iterator[Page]:
    """The same, for tests that change its size and its medium."""
    before = blank.viewport_size
    assert before
    yield blank
    blank.set_viewport_size(before)
    blank.emulate_media(media="null")


@pytest.fixture
def tab(heard_window: Page, address: str) -> Page:
    """The self-scoring page of who has never been here."""
    open_anew(heard_window, address)
    return heard_window


def press(page: Page, action: str) -> None:
    button = page.locator(f'[data-do="{action}"]').first
    if not button.is_visible():
        unfold(page)
    button.click()


def copied(page: Page) -> str:
    """The link that "Copy a link" copies."""
    unfold(page)
    page.locator('.mp-about [data-do="link"]').click()
    expect(notice(page, "file")).to_contain_text("The link is copied")
    link: str = page.evaluate("navigator.clipboard.readText()")
    return link


def delete(page: Page, action: str = "delete") -> None:
    """Delete what is open, or everything, and wait until it is gone."""
    press(page, action)
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(notice(page, "file")).to_contain_text("Deleted")


def see_verdict(page: Page) -> Locator:
    page.locator('.mp-parts [data-do="see_verdict"]').click()
    return page.locator('[data-part="verdict"]')


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        press(page, "save")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def open_file(page: Page, file: Path) -> None:
    page.locator('[data-part="file"]').set_input_files(file)


def standing(page: Page) -> str:
    return page.locator('[data-part="standing"]').inner_text()


def result(page: Page) -> str:
    """The levels on the result, and the sentence below them."""
    parts = see_verdict(page).locator(".mp-headline, .mp-sentence")
    expect(parts.first).to_contain_text("Claimed")
    return "\n".join(parts.all_inner_texts())


def practice_of(framework: Framework, name: str) -> Practice:
    return framework.practices[name]


def first_of(framework: Framework, level: int, **wanted: object) -> str:
    """A practice of a level, by its number from 1, with these fields."""
    name = [*framework.levels][level - 1]
    return next(
        key
        for key, practice in framework.practices.items()
        if practice.level == name
        and all(getattr(practice, field) == value for field, value in wanted.items())
    )


def all_answered(framework: Framework, **about: str) -> dict[str, str]:
    """What the browser of somebody holds who has answered every question, and proved it."""
    data = good_file(framework)
    texts = Relations(framework)
    data["assessment"] |= about | {
        "date": date.today().isoformat(),
        "answers": {
            name: {
                "answer": "most",
                "asked": fingerprint(texts, name),
                "criteria": [*practice.criteria],
                "evidence": [*practice.evidence][:1],
            }
            for name, practice in framework.practices.items()
        },
    }
    key = f"{data['format']}:{framework.framework.id}:{data['assessment']['id']}"
    return {key: json.dumps(data)}


# Without the script


def test_the_form_is_whole_without_javascript(
    browser: Browser, address: str, framework: Framework
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/score/")
    asked = page.locator("fieldset[data-practice]:visible")
    texts = dict(
        zip(
            asked.evaluate_all("asked => asked.map(({ dataset }) => dataset.practice)"),
            asked.all_inner_texts(),
            strict=True,
        )
    )
    for name, practice in framework.practices.items():
        text = texts[name]
        for part in (practice.question, *practice.criteria.values(), *practice.evidence.values()):
            assert str(part) in text, name
    assert not page.locator(".mp-live:visible").count()
    assert "JavaScript" in page.locator(".mp-notice").inner_text()
    page.emulate_media(media="print")
    assert question(page, [*framework.practices][-1]).is_visible()
    context.close()


def test_the_first_question_is_there_before_its_script_and_the_whole_form_where_none_comes(
    context: BrowserContext, address: str, framework: Framework
) -> None:
    names = [*framework.practices]
    page = context.new_page()
    page.clock.install()
    scripts = hold(page, "**/score/score*.js")
    page.goto(f"{address}/score/")
    first, last = question(page, names[0]), question(page, names[-1])
    expect(first).to_be_visible()
    expect(last).to_be_hidden()
    # What would be lost when the script comes cannot be answered, by mouse or by keyboard.
    assert not first.get_by_role("radio").count()
    first.locator(".mp-option").first.click(force=True)
    assert not first.locator(":checked").count()
    top = first.bounding_box()
    page.clock.fast_forward(4_000)
    expect(last).to_be_visible()
    expect(first.get_by_role("radio").first).to_be_visible()
    scripts[0].continue_()
    ready(page)
    expect(last).to_be_hidden()
    assert first.bounding_box() == top
    page.route("**/score/score*.js", lambda route: route.abort())
    page.goto(f"{address}/score/")
    expect(page.locator(".mp-missing")).to_be_visible()
    expect(last).to_be_visible()


def reload_slowly(page: Page, module: str) -> Route:
    """Reload the self-scoring page, and hold back the script whose name fits: the whole form is
    there by then, without what is saved."""
    page.clock.install()
    scripts = hold(page, f"**/score/{module}.*js")
    page.reload()
    page.clock.fast_forward(4_000)
    while not scripts:
        page.wait_for_timeout(10)
    return scripts[0]


def test_what_was_filled_in_before_the_script_came_is_kept(
    tab: Page, address: str, framework: Framework
) -> None:
    page = tab
    first, second, third, fourth = [*framework.practices][:4]
    answer_each(page, {first: "none", third: "some", fourth: "some"})
    tell(page, "name", "Ann")
    script = reload_slowly(page, "score*")
    for asked, name in ((first, "half"), (second, "half"), (second, "most")):
        question(page, asked).locator(f"[value={name}]").check()
    for box in question(page, second).locator("[name=criteria]").all():
        box.check()
    question(page, third).locator("[name=proof]").fill("Board minutes")
    tell(page, "unit", "Search")
    # Who is writing far down goes on there.
    last = question(page, [*framework.practices][-1]).locator("[name=proof]")
    last.press_sequentially("Half")
    script.continue_()
    ready(page)
    expect(last).to_be_focused()
    page.keyboard.type(" done")
    expect(last).to_have_value("Half done")
    open_anew(page, address, entries=stored(page))
    expected = {first: "half", second: "most", third: "some", fourth: "some"}
    assert chosen(page) == expected
    assert not question(page, second).locator("[name=criteria]:not(:checked)").count()
    expect(question(page, third).locator("[name=proof]")).to_have_value("Board minutes")
    expect(page.locator("[name=unit]")).to_have_value("Search")
    expect(page.locator("[name=name]")).to_have_value("Ann")


#: Opens what is folded in the questions.
UNFOLDED = "document.querySelectorAll('.mp-ask details').forEach((fold) => (fold.open = true))"


#: Of the self-scoring page: its script, and one that this loads before it fills in what is saved.
@pytest.mark.parametrize("module", ["score", "records"])
def test_a_text_from_before_the_script_came_is_added_below_the_one_that_was_saved(
    tab: Page, address: str, framework: Framework, module: str
) -> None:
    page = tab
    first, second = [*framework.practices][:2]
    note = question(page, first).locator("[name=note]")
    proof, listed = (
        question(page, second).locator(f"[name={one}]") for one in ("proof", "evidence")
    )
    answer_each(page, {first: "none", second: "most"})
    page.evaluate(UNFOLDED)
    note.fill("Ask Ann")
    proof.fill("x" * 3_990)
    listed.first.check()
    tell(page, "name", "Ann")
    script = reload_slowly(page, module)
    page.evaluate(UNFOLDED)
    note.fill("Ask Bob")
    proof.fill("The minutes")
    listed.nth(1).check()
    # Whoever takes back what could not be seen to be there has said nothing.
    listed.first.check()
    listed.first.uncheck()
    for text in ("Bob", ""):
        tell(page, "name", text)
    script.continue_()
    # What there is no room for is not lost either.
    expect(notice(page, "early")).to_contain_text("The minutes")
    for _ in range(2):
        ready(page)
        expect(note).to_have_value("Ask Ann\nAsk Bob")
        expect(proof).to_have_value("x" * 3_990)
        assert listed.evaluate_all("boxes => boxes.map(({ checked }) => checked)")[:2] == [True] * 2
        expect(page.locator("[name=name]")).to_have_value("Ann")
        page.reload()


def released_before(page: Page, framework: Framework) -> None:
    """Let the saved answers be of an earlier release."""
    page.evaluate(
        """(version) => {
          for (const [key, text] of Object.entries(localStorage))
            localStorage.setItem(key, text.replace(`"version":"${version}"`, '"version":"1.0.0"'));
        }""",
        framework.framework.version,
    )


@pytest.mark.parametrize("decision", ["Carry the answers over", "Start a new assessment instead"])
def test_what_was_filled_in_early_waits_for_what_becomes_of_answers_of_an_earlier_release(
    tab: Page, framework: Framework, decision: str
) -> None:
    page = tab
    first, second = [*framework.practices][:2]
    answer_each(page, {first: "some"})
    released_before(page, framework)
    script = reload_slowly(page, "score*")
    question(page, second).locator("[value=most]").check()
    script.continue_()
    ready(page)
    assert chosen(page) == {first: "some"}
    expect(notice(page, "early")).to_contain_text("not saved yet")
    before = {first: "some"} if "Carry" in decision else {}
    page.get_by_role("button", name=decision).click()
    for _ in range(2):
        expect(notice(page, "carry")).to_be_hidden()
        assert chosen(page) == {**before, second: "most"}
        expect(notice(page, "early")).to_be_hidden()
        page.reload()
        ready(page)


def test_what_was_filled_in_early_takes_the_place_of_nothing_in_a_file_that_is_opened_then(
    tab: Page, address: str, framework: Framework, tmp_path: Path
) -> None:
    page = tab
    first, second = [*framework.practices][:2]
    answer_each(page, {first: "some"})
    file = save(page, tmp_path)
    open_anew(page, address)
    answer_each(page, {second: "none"})
    released_before(page, framework)
    script = reload_slowly(page, "score*")
    for asked in (first, second):
        question(page, asked).locator("[value=most]").check()
    script.continue_()
    ready(page)
    open_file(page, file)
    expect(notice(page, "early")).to_contain_text("something else stands there")
    expect(notice(page, "early")).to_contain_text(
        f"{framework.practices[first].title}: {framework.scale['most'].label}"
    )
    assert chosen(page) == {first: "some", second: "most"}


def test_who_leaves_before_all_code_has_come_keeps_what_was_filled_in(
    tab: Page, address: str, framework: Framework
) -> None:
    page = tab
    first, second = [*framework.practices][:2]
    answer_each(page, {first: "none"})
    reload_slowly(page, "records")
    with page.expect_response("**/score/early.*js"):
        question(page, second).locator("[value=half]").check()
    page.goto(f"{address}/glossary/")
    page.unroute_all()
    page.goto(f"{address}/score/")
    ready(page)
    assert chosen(page) == {first: "none", second: "half"}


# Answering and the verdict


def test_the_level_is_there_as_answers_come(tab: Page, framework: Framework) -> None:
    levels = [level.title for level in framework.levels.values()]
    first = Relations(framework).at_level("practice", next(iter(framework.levels)))
    assert "Claimed" not in standing(tab)
    answer(tab, next(iter(framework.practices)), "none")
    assert f"Claimed and shown\n1 · {levels[0]}" in standing(tab)
    assert f"1 of {len(first)} answered" in standing(tab)
    answer_all(tab, prove=False)
    assert f"Claimed\n{len(levels)} · {levels[-1]}" in standing(tab)
    assert f"Shown\n1 · {levels[0]}" in standing(tab)
    answer_all(tab)
    assert f"Claimed and shown\n{len(levels)} · {levels[-1]}" in standing(tab)


def test_an_answer_says_at_once_what_it_is_worth(tab: Page, framework: Framework) -> None:
    name = first_of(framework, 1)
    asked = question(tab, name)
    evidence = asked.locator("details.mp-ask__evidence")
    expect(evidence).to_be_hidden()
    asked.locator('input[value="most"]').check()
    asked.get_by_role("button", name="All are true").click()
    expect(evidence.get_by_role("checkbox")).to_have_count(0)  # folded behind a line
    expect(evidence).to_contain_text("What proves it? none named")
    evidence.get_by_text("Without evidence this counts as").click()
    evidence.get_by_role("checkbox").first.check()
    expect(evidence).to_contain_text("What proves it? 1 named")
    expect(asked).to_contain_text("counts in full")
    evidence.get_by_role("checkbox").first.uncheck()
    asked.locator('[name="proof"]').fill("wiki page 12")
    expect(asked).to_contain_text("counts in full")
    asked.get_by_role("button", name="Clear the answer").click()
    assert name not in chosen(tab)


def test_evidence_has_a_day_and_the_result_says_until_when_it_is_shown(
    tab: Page, framework: Framework, tmp_path: Path
) -> None:
    page = tab
    name = next(
        key
        for key, practice in framework.practices.items()
        if key in [*framework.practices][:6]
        and any(artifact.lasts == "12 months" for artifact in practice.evidence.values())
    )
    answer(page, name, "most")
    asked = question(page, name)
    asked.locator('[data-do="all_true"]').click()
    asked.locator(".mp-ask__evidence > summary").click()
    asked.locator('[name="evidence"]').first.check()
    row = asked.locator(".mp-record")
    expect(row).to_contain_text("Counts until")
    assert row.get_by_label("Last true on").input_value() == date.today().isoformat()
    row.get_by_label("Last true on").fill("2024-02-29")
    expect(row).to_contain_text("Counted until Feb 28, 2025")
    expect(asked).to_contain_text("What proves this has run out")
    row.get_by_text("Link, seen by").click()
    row.get_by_label("Who else has seen it").fill("Bo")
    page.reload()
    ready(page)
    verdict = see_verdict(page)
    expect(verdict.locator('[data-list="show"]')).to_contain_text(framework.practices[name].title)
    verdict.get_by_text("Evidence that runs out").click()
    ends = verdict.locator('[data-part="ends"]')
    expect(ends).to_contain_text("Feb 28, 2025, over")
    press(page, "seen_today")
    expect(ends).to_contain_text("Counts until")
    expect(verdict.locator('[data-list="show"]')).to_be_hidden()
    data = json.loads(save(page, tmp_path).read_text(encoding="utf-8"))
    [record] = data["assessment"]["answers"][name]["records"].values()
    assert record == {"on": date.today().isoformat(), "link": "", "seen_by": "Bo"}


def test_evidence_that_a_reader_unfolds_is_unfolded_at_the_next_answers_too(
    tab: Page, framework: Framework
) -> None:
    first, second, third, *_ = framework.practices
    for name in (first, second):
        expect(question(tab, name).locator("details.mp-ask__evidence")).not_to_have_attribute(
            "open", ""
        )
        answer(tab, name, "most")
    evidence = question(tab, first).locator("details.mp-ask__evidence")
    evidence.locator("summary").press("Enter")
    expect(evidence.get_by_role("checkbox").first).to_be_visible()
    answer(tab, third, "most")
    expect(question(tab, third).get_by_role("checkbox").last).to_be_visible()
    # What stands above what the reader looks at does not grow.
    expect(question(tab, second).locator("details.mp-ask__evidence")).not_to_have_attribute(
        "open", ""
    )


def test_criteria_are_ticked_once_an_answer_needs_them_and_what_is_missing_is_named(
    tab: Page, framework: Framework
) -> None:
    name = first_of(framework, 1)
    texts = [*framework.practices[name].criteria.values()]
    asked = question(tab, name)
    criteria = asked.get_by_role("group", name="Which of these are true?")
    expect(criteria.get_by_role("checkbox")).to_have_count(0)
    expect(asked.locator('[name="criteria"]:checked')).to_have_count(0)  # on paper they stand
    asked.locator('input[value="most"]').check()
    expect(criteria.get_by_role("checkbox")).to_have_count(len(texts))
    expect(criteria.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(asked).to_contain_text("Until all are ticked, this counts as “At least half”")
    asked.get_by_role("button", name="All are true").click()
    expect(criteria.get_by_role("checkbox", checked=False)).to_have_count(0)
    expect(asked).not_to_contain_text("Until all are ticked")
    criteria.get_by_text(texts[1]).click()
    missing = f"“Most or all”, but not ticked: {texts[1]} So this counts as “At least half”."
    expect(asked).to_contain_text(missing)
    tab.reload()
    ready(tab)
    expect(asked).to_contain_text(missing)
    expect(criteria.get_by_role("checkbox", checked=False)).to_have_count(1)
    # On the way to another answer and back the ticks stay.
    asked.locator('input[value="half"]').check()
    asked.locator('input[value="most"]').check()
    expect(asked).to_contain_text(missing)


def test_not_applicable_needs_its_reason(tab: Page, framework: Framework) -> None:
    name = next(key for key, one in framework.practices.items() if one.may_be_not_applicable)
    refused = next(key for key, one in framework.practices.items() if not one.may_be_not_applicable)
    assert not question(tab, refused).locator('input[value="not-applicable"]').count()
    answer(tab, name, "not-applicable")
    assert "0 of" in standing(tab)
    reason = question(tab, name).locator('[name="reason"]')
    reason.evaluate("(field) => { field.closest('section[data-level]').hidden = false; }")
    reason.evaluate("(field) => { field.closest('section[data-dimension]').hidden = false; }")
    reason.fill("We sell no such thing")
    assert "1 of" in standing(tab)
    asked = question(tab, name)
    asked.get_by_label("Ends on").fill("2024-02-29")
    expect(asked).to_contain_text("Open again since Mar 1, 2024.")
    expect(asked).not_to_contain_text("Left out")
    assert "0 of" in standing(tab)
    asked.get_by_label("Ends on").fill("")
    verdict = see_verdict(tab)
    expect(verdict).to_contain_text("Left out as not applicable")
    expect(verdict).to_contain_text("We sell no such thing")


def test_the_verdict_names_what_decides_it(
    heard_window: Page, address: str, framework: Framework
) -> None:
    essential = first_of(framework, 2, essential=True)
    unsure = first_of(framework, 2, essential=False)
    open_anew(tab := heard_window, address, entries=all_answered(framework))
    answer(tab, essential, "none")
    answer(tab, unsure, "unknown")
    verdict = see_verdict(tab)
    _, here, following, *_ = [level.title for level in framework.levels.values()]
    practice = framework.practices[essential]
    dimension = framework.dimensions[practice_of(framework, essential).dimension].title
    sentence = verdict.locator(".mp-sentence")
    expect(sentence).to_contain_text(f"1 more practice completes {here}: 1 in {dimension}.")
    expect(verdict.locator(".mp-why")).to_be_hidden()
    verdict.get_by_text("Why, dimension by dimension").click()
    expect(verdict).to_contain_text(f"Why 2 · {here}, and not 3 · {following}")
    reason = verdict.locator(".mp-why > li")
    expect(reason).to_contain_text(f"{dimension}One more practice completes it: ")
    expect(reason.get_by_text("Essential, and below")).to_be_hidden()
    reason.get_by_text("By which rule").click()
    expect(reason.get_by_text("Essential, and below")).to_be_visible()
    expect(verdict).to_contain_text(
        re.compile(rf"Essential, and below 50%: {practice.title} \(“None”\)")
    )
    step = verdict.locator(".mp-step-item", has_text=practice.title)
    expect(step).to_contain_text(f"Essential for {here}")
    expect(step).to_contain_text(f"Owner: {framework.roles[str(practice.owner)].title}")
    expect(step.get_by_role("link").first).to_have_attribute("href", f"../practices/{essential}/")
    verdict.get_by_text("What else to do").click()
    find_out = verdict.locator("section", has=tab.get_by_role("heading", name="Find out"))
    expect(find_out).to_contain_text(framework.practices[unsure].title)
    # From the verdict to the question that it names
    verdict.locator(f'[data-question="{essential}"]').first.click()
    expect(question(tab, essential)).to_be_focused()
    assert question(tab, essential).is_visible()


def test_the_reader_may_stop_once_nothing_open_can_change_the_level(
    tab: Page, framework: Framework
) -> None:
    first = next(iter(framework.levels))
    own = [name for name, practice in framework.practices.items() if practice.level == first]
    answer_each(tab, dict.fromkeys(own[:-1], "none"))
    assert "You may stop" not in standing(tab)
    answer(tab, own[-1], "none")
    assert "You may stop" in standing(tab)
    assert "Could still become" not in standing(tab)


def test_earlier_levels_are_assumed_and_never_shown(tab: Page, framework: Framework) -> None:
    levels = [*framework.levels]
    unfold(tab)
    tab.locator('select[name="start"]').select_option(levels[2])
    practices = framework.practices.items()
    third = [name for name, practice in practices if practice.level == levels[2]]
    answer_each(tab, dict.fromkeys(third, "none"))
    title = framework.levels[levels[2]].title
    assert f"Claimed\n3 · {title}" in standing(tab)
    assert "Shown\n1 ·" in standing(tab)
    verdict = see_verdict(tab)
    expect(verdict).to_contain_text("assumed, not given")
    later = [name for name, practice in practices if practice.level not in levels[:2]]
    answer_each(tab, dict.fromkeys(later, "most"))
    expect(verdict).to_contain_text("if what is assumed of the earlier ones is true")
    tab.locator(".mp-parts [data-by]").first.click()
    assert "the earlier levels are assumed" in standing(tab)
    assert "Every question is answered" not in standing(tab)


def test_the_last_level_says_what_it_lacks(
    heard_window: Page, address: str, framework: Framework
) -> None:
    last = first_of(framework, len(framework.levels), essential=True)
    open_anew(tab := heard_window, address, entries=all_answered(framework))
    answer(tab, last, "none")
    verdict = see_verdict(tab)
    number, title = len(framework.levels), [*framework.levels.values()][-1].title
    expect(verdict).to_contain_text(f"What {number} · {title} still lacks")
    expect(verdict).to_contain_text(f"1 more practice completes {title}")
    answer(tab, last, "most")
    expect(verdict).to_contain_text("Every level is complete")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_first_answer_is_in_the_first_screen_and_few_presses_of_tab_away(
    sized: Page, address: str, width: int, height: int
) -> None:
    page = sized
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/score/")
    ready(page)
    answers = page.locator("fieldset[data-practice]:visible").first.locator(".mp-option")
    panel = page.locator(".mp-panel").bounding_box()
    first = answers.first.bounding_box()
    assert panel
    assert first
    # On a phone the panel is a bar of one line that covers the end of the screen.
    assert width > 390 or panel["height"] < 56
    assert first["y"] + first["height"] < (panel["y"] if width == 390 else height)
    assert not page.locator('input[name="unit"], select[name="start"]').first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    pressed = 1
    while not page.evaluate("document.activeElement.matches('.mp-option input')"):
        page.keyboard.press("Tab")
        pressed += 1
    assert pressed <= 10
    page.emulate_media(media="print")
    assert page.locator('input[name="unit"]').is_visible()


#: Widths and heights of screens, and how many of them the result may take.
SCREENS = ((1280, 800, 1), (390, 844, 2))


def test_the_result_is_on_one_screen_and_begins_with_the_evidence_that_is_missing(
    sized: Page, address: str, framework: Framework
) -> None:
    open_anew(page := sized, address)

    def on_each_screen() -> Iterator[tuple[int, int]]:
        for width, height, screens in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            yield width, screens * height

    answer(page, first_of(framework, 1), "none")
    verdict = see_verdict(page)
    title = next(iter(framework.levels.values())).title
    headline, sentence = verdict.locator(".mp-headline"), verdict.locator(".mp-sentence")
    for width, _ in on_each_screen():
        expect(headline, str(width)).to_contain_text(f"{title}: 1 of ")
    answer_all(page, prove=False)
    for width, _ in on_each_screen():
        expect(headline, str(width)).to_contain_text("Every level complete")
        expect(sentence, str(width)).to_contain_text("Less is shown than claimed:")
    answer(page, first_of(framework, len(framework.levels), essential=True), "none")
    for width, room in on_each_screen():
        # Both lists stand there, that of the missing evidence first.
        shown = verdict.locator(".mp-first > section:visible h3")
        assert shown.all_inner_texts() == ["Name evidence for these", "Next steps"], width
        items = verdict.locator('[data-list="show"] > div > ul > li')
        expect(items, str(width)).to_have_count(3)
        page.locator("#verdict").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('#verdict').scrollIntoView()")
        end = verdict.locator(".mp-keep").bounding_box()
        assert end, width
        assert end["y"] + end["height"] <= room, width
        for summary in verdict.locator(".mp-rest > summary").all():
            assert summary.evaluate("summary => !summary.parentElement.open"), width


def test_without_an_answer_no_level_is_said(tab: Page, framework: Framework) -> None:
    verdict = see_verdict(tab)
    expect(verdict).to_contain_text("Answer the first question")
    assert verdict.locator(".mp-chart, .mp-stand, .mp-keep, table").first.is_hidden()


def test_the_focus_is_never_lost(tab: Page, framework: Framework) -> None:
    def focused() -> str:
        tag: str = tab.evaluate("document.activeElement.tagName")
        return tag

    name = first_of(framework, 1)
    asked = question(tab, name)
    unfold(tab)
    start = tab.locator('select[name="start"]')
    start.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert start.input_value() == [*framework.levels][2]
    start.select_option("")
    asked.locator('input[value="most"]').check()
    asked.get_by_role("button", name="Clear the answer").focus()
    tab.keyboard.press("Enter")
    assert focused() == "INPUT"
    asked.locator('input[value="most"]').check()
    for action in ("link", "delete"):
        press(tab, action)
        if action == "delete":
            expect(tab.get_by_role("button", name="Cancel")).to_be_focused()
            tab.get_by_role("button", name="Delete", exact=True).click()
        expect(notice(tab, "file")).to_be_in_viewport()
        said = notice(tab, "file").locator("p").inner_text()
        expect(tab.locator('[data-part="said"]')).to_have_text(said)
        notice(tab, "file").get_by_role("button", name="Close").focus()
        tab.keyboard.press("Enter")
        assert focused() != "BODY"


def test_what_an_answer_did_is_not_announced_over_a_later_notice(
    context: BrowserContext, address: str, framework: Framework
) -> None:
    tab, _ = opened(context, address)
    tab.clock.install()
    answer(tab, first_of(framework, 1), "most")
    press(tab, "link")
    told = notice(tab, "file").locator("p").inner_text()
    tab.clock.run_for(10_000)
    expect(tab.locator('[data-part="said"]')).to_have_text(told)


def test_the_way_back_leads_back_to_the_verdict(tab: Page, framework: Framework) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "none")
    verdict = see_verdict(tab)
    verdict.locator(f'[data-question="{name}"]').first.click()
    expect(question(tab, name)).to_be_focused()
    tab.go_back()
    expect(verdict).to_be_visible()


def test_the_way_back_from_a_practice_leads_to_its_question(
    tab: Page, framework: Framework
) -> None:
    level = framework.practices[first_of(framework, 2)].level
    # However soon the reader leaves.
    hold(tab, "**/score/exchange.*.js")
    tab.reload()
    ready(tab)
    tab.locator(f'.mp-parts [data-id="{level}"]').click()
    name = [key for key, it in framework.practices.items() if it.level == level][-1]
    question(tab, name).get_by_role("link", name="Why and how").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(framework.practices[name].title)
    tab.go_back()
    expect(tab).to_have_url(re.compile(f"#practice-{name}$"))
    expect(question(tab, name)).to_be_in_viewport()


def test_questions_can_be_walked_by_dimension(tab: Page, framework: Framework) -> None:
    unfold(tab)
    tab.get_by_label("by dimension").check()
    dimension = [*framework.dimensions][1]
    tab.locator(f'.mp-parts [data-id="{dimension}"]').click()
    shown = tab.locator("fieldset[data-practice]:visible")
    names = shown.evaluate_all("asked => asked.map(({ dataset }) => dataset.practice)")
    assert sorted(names) == sorted(
        name for name, practice in framework.practices.items() if practice.dimension == dimension
    )


def test_a_link_to_a_question_opens_it(blank: Page, address: str, framework: Framework) -> None:
    name, page = first_of(framework, 3), blank
    page.goto(f"{address}/score/#practice-{name}")
    ready(page)
    expect(question(page, name)).to_be_focused()
    page.goto(f"{address}/practices/{name}/")
    page.get_by_role("link", name="Answer it for your unit").click()
    expect(question(page, name)).to_be_focused()


#: From the second press of Tab on, leaves the focus with what matches a selector once it has it.
HOLD_FOCUS = """(wanted) => {
  let presses = 0;
  globalThis.onkeydown = (event) => {
    if (event.key === "Tab" && presses++ && document.activeElement.matches(wanted))
      event.preventDefault();
  };
}"""


def test_a_whole_assessment_by_keyboard_alone(
    blank: Page, address: str, framework: Framework
) -> None:
    """Tab, arrows, space and Enter; "Next open question" leads to the end of a level and into the
    next. What lies between is like that, so a script answers it. The button is walked to at the
    beginning, from a question, and on the second level: the way there is as long each time.
    """

    tab = blank
    tab.goto(f"{address}/score/")
    ready(tab)

    def to(selector: str) -> None:
        # Several presses at once: what is looked for holds the focus.
        tab.evaluate(HOLD_FOCUS, selector)
        for _ in range(20):
            for _ in range(20):
                tab.keyboard.press("Tab")
            if tab.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                tab.evaluate("globalThis.onkeydown = null")
                return
        raise AssertionError(selector)

    def answer_next(steps_down: int, walk: bool = False) -> str:
        if walk:
            to('[data-do="next_open"]')
        else:
            tab.locator('.mp-panel [data-do="next_open"]').focus()
        tab.keyboard.press("Enter")
        here: str = tab.evaluate("document.activeElement.dataset.practice")
        assert here not in chosen(tab)
        tab.keyboard.press("Tab")
        tab.keyboard.press("Space")
        for _ in range(steps_down):
            tab.keyboard.press("ArrowDown")
        assert here in chosen(tab)
        return here

    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # skip to the content
    to(".mp-about > summary")
    tab.keyboard.press("Enter")
    to('input[name="unit"]')
    tab.keyboard.type("Search team")
    first = next(iter(framework.levels))
    own = [name for name, practice in framework.practices.items() if practice.level == first]
    for count in range(3):
        answer_next(count % 2, walk=count < 2)
    open_ones = [name for name in own if name not in chosen(tab)]
    answer_each(tab, dict.fromkeys(open_ones[:-1], "none"))
    assert answer_next(1) == open_ones[-1]
    assert framework.practices[answer_next(0)].level != first
    answer_next(1, walk=True)
    given = chosen(tab)
    waiting = [name for name in framework.practices if name not in given]
    answer_each(tab, dict.fromkeys(waiting[:-1], "none"))
    answer_next(0)
    assert "Every question is answered" in standing(tab)
    to('[data-do="see_verdict"]')
    tab.keyboard.press("Enter")
    expect(tab.locator("#verdict")).to_be_focused()
    assert len(chosen(tab)) == len(framework.practices)


def test_axe_finds_nothing_in_any_state(
    context: BrowserContext, address: str, framework: Framework
) -> None:
    page, said = opened(context, address)
    assert not in_every_look(page, whole=True)
    answer_all(page, prove=False)
    first, rest = [*framework.practices][:9], [*framework.practices][9:]
    mixed = dict(zip(first, cycle(("none", "most", "unknown", "some")), strict=False))
    answer_each(page, mixed | dict.fromkeys(rest, "most"))
    assert not in_every_look(page)
    see_verdict(page)
    assert not in_every_look(page)
    page.evaluate("location.hash = '#answers=1~cut'")
    expect(notice(page, "file")).to_be_visible()
    press(page, "delete")
    expect(page.locator("dialog")).to_be_visible()
    assert not in_every_look(page)
    assert said == []


# The quick check


def test_the_quick_check_asks_what_is_essential_and_goes_on_with_the_same_answers(
    tab: Page, address: str, framework: Framework
) -> None:
    first = next(iter(framework.levels))
    essential = [
        name
        for name, practice in framework.practices.items()
        if practice.level == first and practice.essential
    ]
    tab.goto(f"{address}/")
    tab.get_by_role("link", name="Quick check").click()
    ready(tab)
    asked: list[str | None] = []
    while (fieldset := tab.locator("fieldset[data-practice]:visible")).count():
        assert fieldset.count() == 1
        asked.append(fieldset.get_attribute("data-practice"))
        place = f"Quick check 1 · {framework.levels[first].title} {len(asked)} of {len(essential)}"
        expect(tab.locator('[data-part="quick-bar"]')).to_contain_text(place)
        if len(asked) == 1:
            # Nothing is passed over in silence.
            tab.get_by_role("button", name="Next", exact=True).click()
            expect(fieldset.get_by_role("radio").first).to_be_focused()
            expect(tab.locator('[data-part="said"]')).to_contain_text("Choose an answer")
            expect(tab.locator('[data-part="onward"]')).to_contain_text("Choose an answer")
        fieldset.locator(f'input[value="{"none" if len(asked) == 2 else "half"}"]').check()
        tab.get_by_role("button", name="Next", exact=True).click()
    assert asked == essential
    outcome = tab.locator('[data-part="quick-result"]')
    expect(outcome.get_by_role("heading", name="Quick check")).to_be_focused()
    expect(outcome).to_contain_text(f"At most 1 · {framework.levels[first].title}")
    missing = framework.practices[essential[1]]
    steps = outcome.locator("ol > li")
    counted = steps.count()
    assert 1 <= counted <= 3
    kept = "answer keeps" if counted == 1 else "answers keep"
    expect(outcome).to_contain_text(f"{counted} {kept} it from being higher")
    expect(steps.first).to_contain_text(missing.title)
    expect(steps.first).to_contain_text(framework.roles[str(missing.owner)].title)
    assert not axe(tab)
    tab.get_by_role("button", name="Back", exact=True).click()
    expect(question(tab, essential[-1])).to_be_focused()
    tab.get_by_role("button", name="Answer in full").click()
    assert [*chosen(tab)] == essential
    assert tab.locator("fieldset[data-practice]:visible").count() > len(essential)
    tab.go_back()
    expect(outcome).to_be_visible()


def test_a_level_that_passes_the_quick_check_is_said_before_the_next_is_asked(
    blank: Page, address: str, framework: Framework
) -> None:
    first, second = [*framework.levels][:2]
    title, other = framework.levels[first].title, framework.levels[second].title
    essential = [
        [name for name, it in framework.practices.items() if it.essential and it.level == level]
        for level in (first, second)
    ]
    page = blank
    page.goto(f"{address}/score/#quick")
    ready(page)
    places: set[tuple[float, float]] = set()
    shares: list[str] = []
    bar = page.locator('[data-part="quick-bar"]')
    share = "bar => getComputedStyle(bar).getPropertyValue('--mp-share')"
    following = page.get_by_role("button", name="Next", exact=True)
    for name in essential[0]:
        asked = question(page, name)
        expect(asked).to_be_visible()
        shares.append(bar.evaluate(share))
        box = following.bounding_box()
        assert box
        places.add((box["x"], box["y"]))
        asked.locator('input[value="half"]').check()
        expect(asked).not_to_contain_text("evidence", use_inner_text=True)
        shares.append(bar.evaluate(share))
        following.click()
    assert len(places) == 1
    assert (shares[0], shares[-1]) == ("0", "1")
    outcome = page.locator('[data-part="quick-result"]')
    expect(outcome.get_by_role("heading")).to_have_text(f"{title}: quick check passed")
    assert not axe(page)
    page.get_by_role("button", name="Back", exact=True).click()
    expect(question(page, essential[0][-1])).to_be_visible()
    following.click()
    outcome.get_by_role("button", name=f"Go on to {other} ({len(essential[1])} questions)").click()
    expect(question(page, essential[1][0])).to_be_focused()
    page.get_by_role("button", name="Back", exact=True).click()
    following.click()
    outcome.get_by_role("button", name="Stop here").click()
    expect(outcome).to_contain_text(f"Passed the quick check 1 · {title}")
    expect(outcome.get_by_role("button", name="Copy a link")).to_be_visible()


@pytest.mark.parametrize("choice", ["none", "half"])
def test_shared_answers_of_a_quick_check_say_what_it_said(
    tab: Page, address: str, framework: Framework, choice: str
) -> None:
    first = next(iter(framework.levels))
    essential = [
        name for name, it in framework.practices.items() if it.essential and it.level == first
    ]
    page = tab
    answer_each(page, dict.fromkeys(essential, "half") | {essential[1]: choice})
    page.goto(f"{address}/score/?#quick")
    ready(page)
    if choice == "half":
        expect(question(page, essential[0])).to_be_hidden()
        page.get_by_role("button", name="Back", exact=True).click()
        page.get_by_role("button", name="Next", exact=True).click()
        page.get_by_role("button", name="Stop here").click()
    outcome = page.locator('[data-part="quick-result"]')
    says = ":scope > :not(.mp-buttons, .mp-notice)"
    expect(outcome.get_by_role("button", name="Copy a link")).to_be_visible()
    wanted = outcome.locator(says).all_inner_texts()
    outcome.get_by_role("button", name="Copy a link").click()
    expect(notice(page, "file")).to_contain_text("The link is copied")
    link: str = page.evaluate("navigator.clipboard.readText()")
    # Answers to other questions besides are a result of their own.
    outcome.get_by_role("button", name="Answer in full").click()
    rest = next(name for name, it in framework.practices.items() if not it.essential)
    answer_each(page, {rest: "half"})
    with_more = copied(page)
    # The same window is somebody else's now.
    forget(other := tab, address)
    other.goto(link)
    ready(other)
    expect(notice(other, "shared")).to_be_visible()
    expect(outcome).to_be_visible()
    assert outcome.locator(says).all_inner_texts() == wanted
    expect(other.locator('[data-part="verdict"]')).to_be_hidden()
    assert not axe(other)
    other.get_by_role("button", name="See the whole result").click()
    expect(other.locator('[data-part="verdict"]')).to_contain_text("Claimed")
    other.goto(with_more)
    ready(other)
    expect(notice(other, "shared")).to_be_visible()
    expect(other.locator('[data-part="verdict"]')).to_be_visible()
    if choice == "none":
        other.goto(link)
        expect(outcome).to_be_visible()
        # Whose answers these are stands above the question, not over it.
        other.locator(f'[data-question="{essential[1]}"]').first.click()
        expect(asked := question(other, essential[1])).to_be_focused()
        covered = """asked => {
          const banner = document.querySelector('[data-notice="shared"]').getBoundingClientRect();
          return asked.getBoundingClientRect().top < banner.bottom;
        }"""
        assert not asked.evaluate(covered)


def test_no_other_question_is_shown_before_those_of_the_quick_check(
    blank: Page, address: str
) -> None:
    page = blank
    requests: list[Route] = []
    page.route("**/score/quick.*.js", lambda route: requests.append(route))
    with page.expect_request("**/score/quick.*.js"):
        page.goto(f"{address}/score/#quick")
    loaded(page)
    # What has no view is hidden, but not for longer than scripts usually need.
    assert page.locator("maturity-score[data-view]").count() == 0
    laid_out = "asked => asked.checkVisibility({ contentVisibilityAuto: true })"
    inner = page.locator("fieldset[data-practice] legend").last
    assert not inner.evaluate(
        laid_out
    )  # nor is the long form laid out, which takes most of the time
    for request in requests:
        request.continue_()
    ready(page)
    expect(page.locator("fieldset[data-practice]:visible")).to_have_count(1)
    page.unroute_all()


@pytest.mark.parametrize("essential", [True, False])
def test_a_quick_check_is_offered_only_where_something_is_essential(
    tmp_path: Path, essential: bool
) -> None:
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    own = small if essential else small.replace("    essential: true\n", "")
    (tmp_path / "framework.yaml").write_text(own, encoding="utf-8")
    site = generate(Settings(tmp_path / "framework.yaml", ROOT / "overrides", tmp_path))
    pages = {output.path: str(output.content) for output in site.outputs if output.in_nav}
    assert ("score.md#quick" in pages["index.md"]) is essential
    assert ('data-do="quick"' in pages["score.md"]) is essential


# Coming back


def test_a_later_round_begins_from_an_earlier_one_and_is_compared_with_it(
    tab: Page, tmp_path: Path, framework: Framework
) -> None:
    one, other = [*framework.practices][:2]
    data = good_file(framework)
    texts = Relations(framework)
    answers = {name: {"answer": "some", "asked": fingerprint(texts, name)} for name in (one, other)}
    data["assessment"] |= {"unit": "Search", "date": "2026-01-15", "answers": answers}
    file = tmp_path / "january.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    open_file(tab, file)
    old = notice(tab, "old")
    expect(old).to_contain_text("from Jan 15, 2026")
    old.get_by_role("button", name="Start the next round").click()
    expect(notice(tab, "file")).to_contain_text("Started from Search, Jan 15, 2026")
    expect(notice(tab, "old")).to_have_count(0)
    assert tab.locator('input[name="date"]').input_value() > "2026-01-15"
    assert chosen(tab) == {one: "some", other: "some"}
    for name in (one, other):
        expect(question(tab, name)).to_contain_text("Kept from the round before")
    assert "2 answers to look at again" in standing(tab)
    answer(tab, one, "half")
    question(tab, other).get_by_role("button", name="My answer still holds").click()
    expect(question(tab, other)).not_to_contain_text("Kept from the round before")
    assert "to look at again" not in standing(tab)
    verdict = see_verdict(tab)
    expect(verdict).to_contain_text("Since Jan 15, 2026")
    expect(verdict).to_contain_text("Answers that rose: 1; fell: 0; new: 0.")
    verdict.get_by_text("What changed, answer by answer").click()
    moved = f"{framework.practices[one].title}: Some → At least half"
    expect(verdict.get_by_text(moved)).to_be_visible()
    # The earlier round is as it was.
    switch = tab.locator('[data-part="list"]')
    assert switch.locator("option").count() == 2
    unfold(tab)
    switch.select_option(index=1)
    assert chosen(tab) == {one: "some", other: "some"}


def test_a_later_round_asks_first_for_what_has_run_out(
    tab: Page, tmp_path: Path, framework: Framework
) -> None:
    fresh, *ageing = (
        (name, next((artifact for artifact, one in practice.evidence.items() if one.lasts), None))
        for name, practice in framework.practices.items()
    )
    (one, log), (other, record) = [(name, artifact) for name, artifact in ageing if artifact][-2:]
    texts = Relations(framework)
    answers = {
        name: {"answer": "most", "asked": fingerprint(texts, name), "evidence": [artifact]}
        for name, artifact in ((one, log), (other, record))
    }
    answers[fresh[0]] = {"answer": "some", "asked": fingerprint(texts, fresh[0])}
    data = good_file(framework)
    data["assessment"] |= {"unit": "Search", "date": "2020-02-29", "answers": answers}
    (tmp_path / "then.json").write_text(json.dumps(data), encoding="utf-8")
    open_file(tab, tmp_path / "then.json")
    notice(tab, "old").get_by_role("button", name="Start the next round").press("Enter")
    expect(notice(tab, "file")).to_contain_text("The evidence for 2 answers has run out")
    expect(question(tab, one)).to_be_focused()
    expect(question(tab, one)).to_contain_text("What proves this has run out")
    # A new date renews nothing; a new day does.
    field = question(tab, one).locator('.mp-record input[name="on"]').first
    expect(field).to_have_value("2020-02-29")
    field.fill("2999-01-01")
    expect(question(tab, one)).to_contain_text("counts from Jan 1, 2999 on")
    onward = tab.locator('.mp-panel [data-do="next_open"]')
    onward.press("Enter")
    expect(question(tab, other)).to_be_focused()
    # Left for later, it is not asked again before all others.
    onward.press("Enter")
    expect(question(tab, other)).not_to_be_focused()
    expect(notice(tab, "file")).to_have_count(0)


# Keeping


def test_everything_is_there_after_the_tab_was_closed(
    blank: Page, address: str, framework: Framework
) -> None:
    page, _ = opened(blank.context, address)
    name = first_of(framework, 1)
    tell(page, "unit", "Search team")
    answer(page, name, "most")
    question(page, name).locator(".mp-ask__evidence > summary").click()
    field = question(page, name).locator('[name="proof"]')
    field.press_sequentially("half a wo")
    page.close()
    again = blank
    again.goto(f"{address}/score/")
    ready(again)
    expect(again.locator('input[name="unit"]')).to_have_value("Search team")
    assert chosen(again) == {name: "most"}
    expect(question(again, name).locator('[name="proof"]')).to_have_value("half a wo")


def test_several_assessments_are_kept_apart(tab: Page, framework: Framework) -> None:
    name = first_of(framework, 1)
    tell(tab, "unit", "Search team")
    answer(tab, name, "some")
    press(tab, "new")
    assert chosen(tab) == {}
    tell(tab, "unit", "Ads team")
    answer(tab, name, "none")
    switch = tab.locator('[data-part="list"]')
    assert switch.locator("option").count() == 2
    switch.select_option(
        label=next(text for text in switch.locator("option").all_inner_texts() if "Search" in text)
    )
    assert chosen(tab) == {name: "some"}
    press(tab, "delete")
    tab.get_by_role("button", name="Cancel").click()
    assert chosen(tab) == {name: "some"}
    delete(tab)
    expect(tab.locator('input[name="unit"]')).to_have_value("Ads team")
    delete(tab, "delete_all")
    expect(tab.locator('input[name="unit"]')).to_have_value("")
    assert stored(tab) == {}


def test_a_file_holds_everything_and_fits_the_published_schema(
    tab: Page, site: Path, tmp_path: Path, framework: Framework
) -> None:
    tell(tab, "unit", "Search & <b>Ads</b>")
    answer_all(tab)
    name = first_of(framework, 1)
    tell(tab, "name", "Ada Lovelace")
    file = save(tab, tmp_path)
    expect(notice(tab, "file")).to_contain_text(f"Saved as {file.name}.")
    day = tab.locator('input[name="date"]').input_value()
    assert file.name == f"{framework.framework.id}-search-b-ads-b-ada-lovelace-{day}.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    schema = json.loads((site / "data" / "answers.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    assert len(data["assessment"]["answers"]) == len(framework.practices)
    assert re.fullmatch("[0-9a-f]{16}", data["assessment"]["answers"][name]["asked"])
    before = chosen(tab)
    delete(tab, "delete_all")
    assert chosen(tab) == {}
    open_file(tab, file)
    expect(notice(tab, "file")).to_contain_text("Opened")
    assert chosen(tab) == before
    expect(tab.locator('input[name="unit"]')).to_have_value("Search & <b>Ads</b>")


def test_a_file_never_replaces_what_is_here_without_asking(
    tab: Page, tmp_path: Path, framework: Framework
) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "some")
    file = save(tab, tmp_path)
    answer(tab, name, "half")
    open_file(tab, file)
    tab.get_by_role("button", name="Cancel").click()
    assert chosen(tab) == {name: "half"}
    open_file(tab, file)
    tab.get_by_role("button", name="Keep both").click()
    expect(notice(tab, "file")).to_contain_text("Opened")
    assert chosen(tab) == {name: "some"}
    assert tab.locator('[data-part="list"]').locator("option").count() == 2
    open_file(tab, file)
    tab.get_by_role("button", name="Replace mine").click()
    expect(question(tab, name).locator('input[value="some"]')).to_be_checked()
    assert chosen(tab) == {name: "some"}
    assert tab.locator('[data-part="list"]').locator("option").count() == 2


def test_a_link_is_read_only_and_can_be_kept(
    heard_window: Page, address: str, framework: Framework
) -> None:
    tab = heard_window
    open_anew(tab, address, entries=all_answered(framework, unit="Secret unit"))
    name = next(key for key, one in framework.practices.items() if one.may_be_not_applicable)
    answer(tab, name, "unknown")
    link = copied(tab)
    assert "&unit" not in link
    # A link holds no days, so nothing in it runs out.
    wanted, says = chosen(tab), re.sub(r" [^.]+ is shown until .*", "", result(tab))
    verdict = tab.locator('[data-part="verdict"]')
    verdict.get_by_role("button", name="Copy a link").click()
    # What is said of it stands below the button, and covers nothing.
    said_of_link = verdict.locator('.mp-keep [data-notice="file"]')
    expect(said_of_link).to_contain_text("but no names")
    said_of_link.get_by_role("button", name="Copy it with the name “Secret unit”").click()
    expect(said_of_link).to_contain_text("holds the answers and the name “Secret unit”")
    expect(said_of_link.get_by_role("button", name="Close")).to_be_focused()
    named: str = tab.evaluate("navigator.clipboard.readText()")

    # The same window is a reader's now, who has answers of their own.
    open_anew(page := tab, address)
    answer(page, name, "some")
    page.goto(link)
    ready(page)
    expect(notice(page, "shared")).to_be_visible()
    assert chosen(page) == wanted
    assert result(page) == says
    assert page.locator("fieldset[data-practice]:not(:disabled)").count() == 0
    assert not page.locator('[data-do="next_open"]:visible, [data-do="quick"]:visible').count()
    expect(notice(page, "shared")).not_to_contain_text("Secret")
    expect(notice(page, "shared")).to_contain_text("Yours are untouched")
    expect(page.get_by_text("Your answers stay in this browser")).to_be_hidden()
    assert not axe(page)
    page.goto(named)
    expect(notice(page, "shared")).to_contain_text("Shared answers of “Secret unit”")
    expect(notice(page, "shared")).to_be_in_viewport()
    page.mouse.wheel(0, 5_000)
    expect(page.locator('.mp-score a[href$="how-it-works/"]').last).to_be_in_viewport()
    expect(notice(page, "shared")).to_be_in_viewport()
    said_of_it = page.locator('[data-part="verdict"]').inner_text()
    assert not re.search(r"\b[Yy]ours?\b", said_of_it)
    page.get_by_role("button", name="Back to my own").click()
    assert chosen(page) == {name: "some"}
    expect(page).to_have_url(re.compile("^[^#]+$"))
    page.goto(named)
    ready(page)
    page.get_by_role("button", name="Keep a copy").click()
    expect(page.locator('[data-part="verdict"]')).to_be_visible()
    expect(notice(page, "file")).to_contain_text("yours to change")
    assert chosen(page) == wanted
    assert result(page) == says
    page.reload()
    ready(page)
    assert chosen(page) == wanted
    # Who has nothing of his own is not told of it.
    forget(page, address)
    page.goto(link)
    ready(page)
    expect(notice(page, "shared")).to_contain_text("to read only")
    expect(notice(page, "shared")).not_to_contain_text("Yours")
    page.get_by_role("button", name="Start my own").click()
    assert chosen(page) == {}


def test_what_is_deleted_is_what_was_asked_about(tab: Page, framework: Framework) -> None:
    answer(tab, first_of(framework, 1), "some")
    fragment = copied(tab).split("#")[1]
    press(tab, "delete")
    tab.evaluate("fragment => (location.hash = fragment)", fragment)
    expect(notice(tab, "shared")).to_be_attached()
    tab.get_by_role("button", name="Delete", exact=True).click()
    expect(notice(tab, "file")).to_contain_text("Deleted")
    assert not [key for key in stored(tab) if "current" not in key]


def test_a_verdict_that_could_not_be_loaded_is_told_and_loaded_later(
    window: Page, address: str, framework: Framework
) -> None:
    forget(page := window, address)
    page.route("**/score/verdict.*.js", lambda route: route.abort())
    page.goto(f"{address}/score/")
    ready(page)
    answer(page, first_of(framework, 1), "some")
    see_verdict(page)
    expect(notice(page, "verdict")).to_contain_text("could not be loaded")
    page.unroute("**/score/verdict.*.js")
    page.locator(".mp-parts [data-by]").first.click()
    see_verdict(page)
    expect(page.locator('[data-part="verdict"] .mp-stand').first).to_be_visible()
    expect(notice(page, "verdict")).to_have_count(0)


def test_two_tabs_lose_nothing(tab: Page, address: str, framework: Framework) -> None:
    one, other = first_of(framework, 1), first_of(framework, 2)
    left = tab
    answer(left, one, "some")
    with closing(tab.context.new_page()) as right:
        right.goto(f"{address}/score/")
        ready(right)
        assert chosen(right) == {one: "some"}
        answer(right, other, "none")
        expect(question(left, other).locator('input[value="none"]')).to_be_checked()
        answer(left, one, "half")
        expect(question(right, one).locator('input[value="half"]')).to_be_checked()
        assert chosen(left) == chosen(right) == {one: "half", other: "none"}
        delete(right, "delete_all")
        expect(notice(left, "removed")).to_be_visible()
        assert chosen(left) == {one: "half", other: "none"}


# What goes wrong


def reopened(page: Page, address: str, entries: dict[str, str]) -> Page:
    """The self-scoring page, opened again by who has these entries in the browser's storage."""
    forget(page, address)
    page.evaluate("(entries) => Object.assign(localStorage, entries)", entries)
    page.goto(f"{address}/score/")
    ready(page)
    return page


def test_a_corrupted_store_is_set_aside_and_offered(
    tab: Page, address: str, framework: Framework, tmp_path: Path
) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "some")
    entries = stored(tab)
    key = next(key for key in entries if "current" not in key)
    raw = entries[key][:-20]
    again = reopened(tab, address, entries | {key: raw})
    assert chosen(again) == {}
    answer(again, name, "half")
    assert chosen(again) == {name: "half"}
    with again.expect_download() as download:
        notice(again, "broken").get_by_role("button", name="Download it").click()
    download.value.save_as(tmp_path / "broken.json")
    assert (tmp_path / "broken.json").read_text(encoding="utf-8") == raw
    assert stored(again)[key] == raw
    notice(again, "broken").get_by_role("button", name="Forget it").click()
    expect(notice(again, "broken")).to_be_hidden()
    assert key not in stored(again)


def test_a_store_damaged_in_part_keeps_the_rest(
    tab: Page, address: str, framework: Framework
) -> None:
    name, other = first_of(framework, 1), first_of(framework, 2)
    answer(tab, name, "some")
    answer(tab, other, "half")
    entries = stored(tab)
    key = next(key for key in entries if "current" not in key)
    data = json.loads(entries[key])
    data["assessment"]["answers"][other]["answer"] = 7
    again = reopened(tab, address, entries | {key: json.dumps(data)})
    assert chosen(again) == {name: "some"}
    expect(notice(again, "broken")).to_be_visible()
    assert json.dumps(data) in stored(again).values()


FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"  # noqa: E501


@pytest.mark.parametrize("trouble", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_without_room_the_page_works_and_says_so(
    context: BrowserContext, address: str, framework: Framework, tmp_path: Path, trouble: str
) -> None:
    context.add_init_script(trouble)
    page, said = opened(context, address)
    name = first_of(framework, 1)
    answer(page, name, "some")
    question(page, name).locator(".mp-ask__note > summary").click()
    question(page, name).locator('[name="note"]').fill("kept in the page")
    answer(page, first_of(framework, 2), "half")
    expect(notice(page, "storage")).to_contain_text("file")
    press(page, "new")
    answer(page, name, "none")
    switch = page.locator('[data-part="list"]')
    switch.select_option(index=1)
    assert chosen(page) == {name: "some", first_of(framework, 2): "half"}
    data = json.loads(save(page, tmp_path).read_text(encoding="utf-8"))
    assert data["assessment"]["answers"][name]["note"] == "kept in the page"
    assert set(said) <= {"SecurityError"}  # what the theme's own script raises


#: Lets a test fill the storage and make room again.
TAP = """
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (...entry) {
  if (window.full) throw new DOMException("", "QuotaExceededError");
  return set.apply(this, entry);
};
"""


def test_what_was_not_stored_is_stored_once_there_is_room(
    context: BrowserContext, address: str, framework: Framework
) -> None:
    context.add_init_script(TAP)
    page, _ = opened(context, address)
    name, other = first_of(framework, 1), first_of(framework, 2)
    answer(page, name, "some")
    press(page, "new")
    page.evaluate("window.full = true")
    answer(page, name, "none")
    expect(notice(page, "storage")).to_be_visible()
    page.locator('[data-part="list"]').select_option(index=1)
    page.evaluate("window.full = false")
    delete(page)
    expect(notice(page, "storage")).to_be_hidden()
    page.reload()
    ready(page)
    assert chosen(page) == {name: "none"}
    # Full in one tab: what another tab stores meanwhile is kept
    right, _ = opened(context, address)
    page.evaluate("window.full = true")
    answer(page, name, "half")
    answer(right, other, "some")
    # Chromium tells one tab a moment later what another one has stored.
    until(
        page, "(id) => Object.values({...localStorage}).some((entry) => entry.includes(id))", other
    )
    page.evaluate("window.full = false")
    tell(page, "role", "CTO")
    page.reload()
    ready(page)
    assert chosen(page) == {name: "half", other: "some"}
    expect(page.locator('input[name="role"]')).to_have_value("CTO")


def test_an_entry_goes_by_its_name_in_the_store(tab: Page, framework: Framework) -> None:
    page = tab
    name = first_of(framework, 1)
    data = good_file(framework)
    prefix = f"maturity-answers/1:{framework.framework.id}:"
    page.evaluate(
        "([key, raw]) => localStorage.setItem(key, raw)",
        [f"{prefix}zzzzzzzzzzzz", json.dumps(data)],
    )
    page.reload()
    ready(page)
    answer(page, name, "half")
    assert [key for key in stored(page) if key.startswith(prefix)] == [f"{prefix}zzzzzzzzzzzz"]
    page.reload()
    ready(page)
    assert chosen(page) == {name: "half"}


def test_a_date_that_is_none_is_not_stored(tab: Page) -> None:
    unfold(tab)
    tab.locator('input[name="date"]').focus()
    tab.keyboard.type("0101202612")
    tell(tab, "unit", "Search")
    tab.reload()
    ready(tab)
    expect(notice(tab, "broken")).to_be_hidden()
    expect(tab.locator('input[name="unit"]')).to_have_value("Search")


def hostile_file(framework: Framework) -> dict[str, Any]:
    """A file of answers with markup in every place that takes text."""
    entry = {
        "answer": "not-applicable", "asked": "", "evidence": ["x"], "proof": HOSTILE,
        "reason": HOSTILE, "note": HOSTILE,
    }  # fmt: skip
    names = [*framework.practices]
    return {
        "format": "maturity-answers/1",
        "framework": {
            "id": framework.framework.id,
            "version": framework.framework.version,
            "title": HOSTILE,
        },
        "assessment": {
            "id": "0123456789ab", "unit": HOSTILE, "role": HOSTILE, "name": HOSTILE,
            "date": "2026-01-01", "start": "constructor", "changed": HOSTILE,
            "answers": {
                **dict.fromkeys(names, entry),
                names[0]: {**entry, "answer": "constructor"},
                names[1]: {**entry, "answer": HOSTILE},
                "constructor": entry, "__proto__": entry, "to-string": entry, HOSTILE: entry,
            },
        },
    }  # fmt: skip


def test_whatever_a_file_holds_is_text(tab: Page, tmp_path: Path, framework: Framework) -> None:
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(hostile_file(framework)), encoding="utf-8")
    title = tab.title()
    open_file(tab, file)
    expect(notice(tab, "file")).to_contain_text("<img src=x")
    verdict = see_verdict(tab)
    expect(verdict).to_contain_text("<script>")
    assert tab.locator("maturity-score img, maturity-score script").count() == 0
    assert tab.title() == title
    tab.reload()
    ready(tab)
    see_verdict(tab)
    assert tab.title() == title
    assert tab.locator("maturity-score img, maturity-score script").count() == 0


def good_file(framework: Framework) -> dict[str, Any]:
    return {
        "format": "maturity-answers/1",
        "framework": {"id": framework.framework.id, "version": framework.framework.version},
        "assessment": {"id": "0123456789ab", "answers": {}},
    }


#: What is made of a good file, and what is said of it.
WRONG_FILES: dict[str, tuple[Callable[[str], str], str]] = {
    "cut": (lambda text: text[:-9], "not complete JSON"),
    "empty": (lambda text: "", "This file is empty"),
    "binary": (lambda text: "\ufffd\x00", "This file is no text"),
    "deep": (lambda text: "[" * 50_000, "not complete JSON"),
    "list": (lambda text: "[]", "no answers to a maturity framework"),
    "null": (lambda text: "null", "no answers to a maturity framework"),
    "bare": (
        lambda text: '{"format": "maturity-answers/1"}', "no answers to a maturity framework"
    ),
    "newer": (lambda text: text.replace("answers/1", "answers/2"), "newer version"),
    "other": (lambda text: text.replace('"id": "ml', '"id": "other-ml'), "another framework"),
    "large": (lambda text: " " * 10_000_001, "too large"),
}  # fmt: skip


def test_a_file_that_is_none_gets_a_plain_message(
    tab: Page, tmp_path: Path, framework: Framework
) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "some")
    for kind, (change, said) in WRONG_FILES.items():
        file = tmp_path / f"{kind}.json"
        file.write_text(change(json.dumps(good_file(framework))), encoding="utf-8")
        open_file(tab, file)
        expect(notice(tab, "file"), kind).to_contain_text(said)
        expect(notice(tab, "file"), kind).to_contain_text("Nothing of yours was changed")
        assert chosen(tab) == {name: "some"}, kind
        close(tab, "file")


SPOILED_LINKS: dict[str, Callable[[str], str]] = {
    "half": lambda link: link[: len(link) // 2],
    "last letter": lambda link: link[:-1],
    "edited": lambda link: link.replace(f"~{VERSION}~", "~99.0.0~"),
}


def test_a_link_cut_in_half_gets_a_plain_message(tab: Page, framework: Framework) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "some")
    link = copied(tab)
    for kind, spoil in SPOILED_LINKS.items():
        spoiled = spoil(link)
        assert spoiled != link
        close(tab, "file")
        tab.goto(spoiled)
        expect(notice(tab, "file"), kind).to_contain_text("not complete")
        assert chosen(tab) == {name: "some"}, kind


WRAPPED_LINKS: dict[str, Callable[[str], str]] = {
    "full stop": lambda link: f"{link}.",
    "tracking": lambda link: f"{link})&utm=1",
    "two hashes": lambda link: link.replace("#", "##"),
    "escaped": lambda link: link.replace("#answers=", "#answers%3D").replace("~", "%7E"),
}


def test_a_link_survives_what_programs_put_around_it(tab: Page, framework: Framework) -> None:
    name = first_of(framework, 1)
    answer(tab, name, "some")
    link = copied(tab)
    for kind, wrap in WRAPPED_LINKS.items():
        press(tab, "new")
        assert chosen(tab) == {}, kind
        tab.goto(wrap(link))
        expect(notice(tab, "shared"), kind).to_be_visible()
        assert chosen(tab) == {name: "some"}, kind
        tab.go_back()
        expect(notice(tab, "shared"), kind).to_be_hidden()
        assert tab.locator("fieldset[data-practice]:not(:disabled)").count(), kind


def test_a_link_beyond_repair_is_never_silent(tab: Page, address: str) -> None:
    for broken in ("#ANSWERS=1~x", "#%23answers%253D1", "#answers=", "#answers=~0"):
        tab.goto(f"{address}/score/{broken}")
        expect(notice(tab, "file"), broken).to_contain_text("not complete")
        close(tab, "file")


def test_nothing_is_fetched_once_the_page_is_there(
    blank: Page, address: str, framework: Framework
) -> None:
    page = blank
    page.goto(f"{address}/score/")
    settled(page)
    fetched: list[str] = []
    page.on("request", listen := lambda request: fetched.append(request.url))
    answer_all(page)
    see_verdict(page)
    press(page, "link")
    page.wait_for_load_state("networkidle")
    page.remove_listener("request", listen)
    # The browser itself may look at the icon again when the fragment changes.
    assert [url for url in fetched if not re.search(r"^blob:|/favicon\.svg$", url)] == []


def modules(entry: Path) -> set[Path]:
    """A module and all that it imports, directly or not."""
    found, waiting = set[Path](), {entry}
    while waiting:
        module = waiting.pop().resolve()
        found.add(module)
        names = re.findall(r"""from\s*["'](.+?)["']""", module.read_text(encoding="utf-8"))
        waiting |= {(module.parent / name).resolve() for name in names} - found
    return found


def test_its_scripts_and_styles_are_small(site: Path) -> None:
    assets = site / "assets"
    (playbook, style, score) = (
        next(assets.glob(f"{name}.????????.{kind}"))
        for name, kind in (("playbook", "js"), ("score", "css"), ("score/score", "js"))
    )
    files = {style, *modules(playbook), *modules(score)}
    # Eight digits in each name of a file are as they come, and cost half a kilobyte.
    texts = [re.sub(rb"\.[0-9a-f]{8}(?=\.js)", b"", file.read_bytes()) for file in files]
    size = sum(len(gzip.compress(text)) for text in texts)
    assert size < 25_000


# Another version, another navigation


@pytest.fixture
def baker(heard_window: Page, versions: str) -> Page:
    """The window of who has never been on the small framework's pages."""
    forget(heard_window, f"{versions}/2.0.0")
    return heard_window


def test_answers_of_another_version_are_shown_before_they_are_used(
    baker: Page, versions: str
) -> None:
    page = baker
    page.goto(f"{versions}/1.0.0/score/")
    ready(page)
    answer(page, "keep-recipes", "always")
    answer(page, "open-daily", "at-times")
    answer(page, "share-recipes", "never")
    tell(page, "unit", "North shop")
    before = stored(page)
    page.goto(f"{versions}/2.0.0/score/")
    ready(page)
    panel = notice(page, "carry")
    expect(panel).to_contain_text("From version 1.0.0 to version 2.0.0")
    expect(panel).to_contain_text("Keep recipes")
    expect(panel).to_contain_text("open-daily → Open every day")
    expect(panel).to_contain_text("share-recipes → Compare shops")
    assert stored(page) == before
    panel.get_by_role("button", name="Carry the answers over").click()
    assert chosen(page) == {
        "keep-recipes": "always", "open-early": "at-times", "compare-shops": "never",
    }  # fmt: skip
    verdict = see_verdict(page)
    expect(verdict.locator(".mp-sentence")).to_contain_text("2 questions have been reworded")
    verdict.get_by_text("What else to do").click()
    expect(verdict.get_by_role("heading", name="Confirm")).to_be_visible()
    page.locator('[data-question="keep-recipes"]').first.click()
    asked = question(page, "keep-recipes")
    expect(asked).to_contain_text("reworded since you answered")
    asked.get_by_role("button", name="My answer still holds").click()
    expect(asked).not_to_contain_text("reworded since you answered")
    # The original stays as it was, and opens in its own version
    (original,) = [key for key in before if "current" not in key]
    assert stored(page)[original] == before[original]
    page.goto(f"{versions}/1.0.0/score/")
    ready(page)
    assert chosen(page)["open-daily"] == "at-times"


def test_several_old_answers_are_for_the_reader_to_pick(
    baker: Page, versions: str, tmp_path: Path
) -> None:
    page = baker
    page.goto(f"{versions}/2.0.0/score/")
    ready(page)
    file = tmp_path / "two.json"
    old = {"answer": "never", "asked": ""}
    data = {
        "format": "maturity-answers/1",
        "framework": {"id": "bakery", "version": "1.0.0"},
        "assessment": {
            "id": "0123456789ab",
            "answers": {
                "share-recipes": old,
                "old-one": {**old, "answer": "at-times"},
                "lost": old,
            },
        },
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    open_file(page, file)
    panel = notice(page, "carry")
    expect(panel).to_contain_text("pick one")
    expect(panel).to_contain_text("lost")
    assert chosen(page) == {}
    # Before anything is picked, the file that can be saved is the one that came
    early = json.loads(save(page, tmp_path).read_text(encoding="utf-8"))
    assert early["framework"]["version"] == "1.0.0"
    assert set(early["assessment"]["answers"]) == {"share-recipes", "old-one", "lost"}
    panel.get_by_role("combobox").select_option("old-one")
    notice(page, "carry").get_by_role("button", name="Carry the answers over").click()
    assert chosen(page) == {"compare-shops": "at-times"}
    saved = json.loads(save(page, tmp_path).read_text(encoding="utf-8"))
    assert "lost" in saved["assessment"]["answers"]


def test_a_waiting_carry_over_follows_what_another_tab_does(baker: Page, versions: str) -> None:
    old = baker
    old.goto(f"{versions}/1.0.0/score/")
    ready(old)
    answer(old, "open-daily", "at-times")
    new, _ = opened(baker.context, f"{versions}/2.0.0")
    expect(notice(new, "carry")).to_be_visible()
    answer(old, "open-daily", "never")
    expect(question(new, "open-early").locator('input[value="never"]')).to_be_checked()
    assert not axe(new)
    notice(new, "carry").get_by_role("button", name="Carry the answers over").click()
    assert chosen(new) == {"open-early": "never"}
    new.close()


def test_a_file_that_waits_does_not_take_the_place_of_its_namesake(
    baker: Page, versions: str, tmp_path: Path
) -> None:
    page = baker
    page.goto(f"{versions}/2.0.0/score/")
    ready(page)
    answer(page, "keep-recipes", "always")
    mine = json.loads(save(page, tmp_path).read_text(encoding="utf-8"))
    mine["framework"]["version"] = "1.0.0"
    mine["assessment"]["answers"] = {"open-daily": {"answer": "never"}}
    file = tmp_path / "older.json"
    file.write_text(json.dumps(mine), encoding="utf-8")
    open_file(page, file)
    page.get_by_role("button", name="Replace mine").click()
    expect(notice(page, "carry")).to_be_visible()
    delete(page)
    assert chosen(page) == {"keep-recipes": "always"}


def test_the_page_survives_instant_navigation(baker: Page, versions: str) -> None:
    page = baker
    page.goto(f"{versions}/1.0.0/levels/first-oven/")
    settled(page)
    page.evaluate("window.same = true")
    page.locator(".md-search__input").press_sequentially("recipes")
    page.locator(".md-search-result__link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("recipes")
    page.go_back()
    page.get_by_role("link", name="Answer its questions").click()
    ready(page)
    answer(page, "keep-recipes", "always")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("First oven")
    page.go_forward()
    ready(page)
    assert chosen(page) == {"keep-recipes": "always"}
    answer(page, "open-daily", "never")
    assert "2 of 2" in standing(page)
    assert page.evaluate("window.same")


def test_no_word_of_the_page_is_in_its_scripts(window: Page, tmp_path: Path) -> None:
    """With a catalog of marks, the live page has no letter left either."""
    project = copy_project(tmp_path / "marked")
    project.write("overrides/words/de.yaml", catalog_of_marks())
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    project.write("framework.yaml", small.replace("language: en", "language: de"))
    with serving(project.built()) as url:
        page = window
        page.goto(f"{url}/score/")
        ready(page)
        answer(page, "keep-recipes", "always")
        answer(page, "open-daily", "unknown")
        see_verdict(page)
        press(page, "delete")
        text = page.locator("maturity-score").inner_text()
        page.keyboard.press("Escape")
        press(page, "new")
        answer(page, "keep-recipes", "never")
        for name in ("team", "compare", "report"):
            turn(page, f"{url}/{name}/")
            expect(page.locator(f"maturity-{name}:defined")).to_be_visible()
            if name == "team":
                for count in (1, 2):
                    page.locator('[data-do="add"]').click()
                    expect(page.locator('[data-part="people"] tr')).to_have_count(count)
            text += page.locator(f"maturity-{name}").inner_text()
    ours = set(re.findall(r"[a-z]{2,}", small.lower()))
    assert not set(re.findall(r"[a-z]{2,}", text.lower())) - ours
