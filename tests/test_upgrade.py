"""Answers across versions: three releases side by side, an assessment of one opened in another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsers import reading
from playwright.sync_api import Browser, Locator, Page, expect
from projects import Project, copy_project
from reader import (
    HOSTILE,
    answer,
    axe,
    chosen,
    forget,
    hold,
    module_addresses,
    notice,
    open_anew,
    question,
    ready,
    stored,
    tell,
    unfold,
)
from servers import serving

OLD, MIDDLE, NEW = VERSIONS = ("1.0.0", "1.1.0", "2.0.0")


def practice(name: str, level: str, dimension: str, title: str, **more: str) -> str:
    """A practice of the definition, as YAML."""
    fields = {"level": level, "dimension": dimension, "title": json.dumps(title), **more}
    lines = [f"    {key}: {value}" for key, value in fields.items()]
    return "\n".join([f"  {name}:", *lines, f"    criteria: {{done: {title.split('<')[0]}.}}", ""])


RECIPES = practice(
    "keep-recipes", "first-oven", "bread", "Keep recipes", essential="true",
    question="How many breads have a written recipe?",
)  # fmt: skip
DAWN = practice("open-daily", "first-oven", "shop", "Open every day")
DOUGH = practice("weigh-dough", "first-oven", "bread", "Weigh the dough")
PRICES = practice("list-prices", "first-oven", "shop", "List the prices", effort="1")
SHARE = practice("share-recipes", "many-shops", "bread", "Share recipes")
TRAIN = practice("train-bakers", "many-shops", "bread", "Train the bakers")
COMPARE = practice("compare-shops", "many-shops", "shop", "Compare shops")
STOCK = practice("count-stock", "many-shops", "shop", "Count the stock")
GREET = practice("greet-guests", "many-shops", "shop", f"Greet {HOSTILE}")
REST = "".join(
    practice(*row)
    for row in (
        ("prove-slowly", "first-oven", "bread", "Prove slowly"),
        ("salt-evenly", "first-oven", "bread", "Salt evenly"),
        ("grind", "own-mill", "bread", "Grind the flour"),
        ("deliver", "own-mill", "shop", "Deliver the bread"),
    )
)
DEFINITION = f"""
framework: {{id: bakery, title: Bakery Check, version: "{OLD}", summary: A bakery grows.}}
levels:
  first-oven: {{title: First oven}}
  many-shops: {{title: Many shops}}
  own-mill: {{title: Own mill}}
dimensions:
  bread: {{title: Bread}}
  shop: {{title: Shop}}
scale:
  never: {{label: Never, value: 0}}
  at-times: {{label: At times, value: 0.5}}
  always: {{label: Always, value: 1}}
practices:
{RECIPES}{DAWN}{DOUGH}{PRICES}{SHARE}{TRAIN}{COMPARE}{STOCK}{GREET}{REST}"""

WAY = practice(
    "one-way", "many-shops", "bread", "Bake one way", formerly="[share-recipes, train-bakers]"
)
PARTS = "".join(
    practice(name, "many-shops", "shop", title, formerly="[compare-shops]")
    for name, title in (("compare-sales", "Compare sales"), ("compare-waste", "Compare waste"))
)
TASTE = practice("taste-daily", "first-oven", "bread", "Taste every day", essential="true")
ALWAYS = "  always: {label: Always, value: 1"

#: What each later release changes of the one before.
EDITS = {
    MIDDLE: [("  open-daily:\n", "  open-early:\n    formerly: [open-daily]\n")],
    NEW: [
        ("  open-early:\n", "  open-at-dawn:\n"),
        ("    formerly: [open-daily]\n", "    formerly: [open-early]\n"),
        ("How many breads have a written recipe?", f"How many breads are written down? {HOSTILE}"),
        (DOUGH, DOUGH.replace("    title", "    essential: true\n    title")),
        (PRICES, PRICES.replace("effort: 1", "effort: 2")),
        (SHARE, WAY),
        (TRAIN, ""),
        (COMPARE, PARTS),
        (STOCK, STOCK.replace("many-shops", "first-oven")),
        (GREET, TASTE),
        (ALWAYS, f"{ALWAYS}, needs_criteria: true"),
    ],
}

#: An answer to every practice of the first release; it completes the first level.
GIVEN = {
    "keep-recipes": "always",
    "open-daily": "always",
    "weigh-dough": "never",
    "list-prices": "always",
    "share-recipes": "at-times",
    "train-bakers": "never",
    "compare-shops": "at-times",
    "count-stock": "at-times",
    "greet-guests": "always",
    "prove-slowly": "always",
    "salt-evenly": "always",
    "grind": "never",
    "deliver": "never",
}


@dataclass(frozen=True)
class Releases:
    """Three releases, served side by side as `make publish` lays them out."""

    url: str
    project: Project

    def changes(self, old: str) -> list[dict[str, Any]]:
        """What `maturity changes` says of practices since an earlier release."""
        result = self.project.run("maturity", "changes", old, "--format", "json")
        assert result.code == 0, result.output
        return [change for change in json.loads(result.output) if change["kind"] == "practice"]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    root = tmp_path_factory.mktemp("releases")
    (root / "site").mkdir()
    project = copy_project(root / "project")
    text = DEFINITION
    with serving(root / "site") as url:
        for version in VERSIONS:
            for old, new in EDITS.get(version, ()):
                assert text.count(old) == 1, old
                text = text.replace(old, new)
            project.write("framework.yaml", text)
            result = project.run("maturity", "release", version)
            assert result.code == 0, result.output
            text = (project.root / "framework.yaml").read_text(encoding="utf-8")
            project.write("site.yml", f"INHERIT: mkdocs.yml\nsite_url: {url}/{version}/\n")
            project.built("site.yml").rename(root / "site" / version)
        shutil.copytree(root / "site" / NEW, root / "site" / "latest")
        listed = [{"version": version, "aliases": []} for version in VERSIONS]
        listed[-1]["aliases"] = ["latest"]
        (root / "site" / "versions.json").write_text(json.dumps(listed), encoding="utf-8")
        yield Releases(url, project)


@pytest.fixture(scope="module")
def made(window: Page, releases: Releases) -> dict[str, str]:
    """What a browser holds once all that the first release asks was answered there."""
    forget(window, f"{releases.url}/{OLD}")
    page = score(window, releases, OLD)
    for name, given in GIVEN.items():
        answer(page, name, given)
    tell(page, "unit", "North shop")
    return stored(page)


@pytest.fixture
def newcomer(window: Page, releases: Releases) -> Iterator[Page]:
    """The window of somebody who has stored nothing yet."""
    forget(window, f"{releases.url}/{NEW}")
    yield window
    window.unroute_all()


#: Stores what a browser holds.
STORE = "(entries) => Object.assign(localStorage, entries)"


@pytest.fixture
def reader(newcomer: Page, made: dict[str, str]) -> Page:
    """The window of somebody who has answered the first release."""
    newcomer.evaluate(STORE, made)
    return newcomer


@pytest.fixture
def fresh(window: Page, releases: Releases) -> Page:
    """The latest release's self-scoring page, opened by somebody who has stored nothing yet."""
    open_anew(window, f"{releases.url}/{NEW}")
    return window


@pytest.fixture
def returning(window: Page, releases: Releases, made: dict[str, str]) -> Page:
    """The same page, opened by somebody who has answered the first release."""
    open_anew(window, f"{releases.url}/{NEW}", entries=made)
    return window


@pytest.fixture(scope="module")
def panels(
    browser: Browser, releases: Releases, made: dict[str, str]
) -> Iterator[dict[str, Locator]]:
    """What the later releases say to whoever has answered the first one, by version; for tests that
    only look at it."""
    with reading(browser) as context:
        pages = {version: context.new_page() for version in (NEW, MIDDLE)}
        forget(pages[NEW], f"{releases.url}/{NEW}")
        pages[NEW].evaluate(STORE, made)
        yield {version: upgrade(score(page, releases, version)) for version, page in pages.items()}


@pytest.fixture(scope="module")
def link(window: Page, releases: Releases, made: dict[str, str]) -> str:
    """The fragment of the link that the first release copies of these answers."""
    forget(window, f"{releases.url}/{OLD}")
    window.evaluate(STORE, made)
    return link_of(score(window, releases, OLD))


def entry(kept: dict[str, str]) -> str:
    """The one assessment that a browser holds."""
    (text,) = [value for key, value in kept.items() if "current" not in key]
    return text


def answers_of(made: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The answers that were given to the first release, to be changed."""
    answers: dict[str, dict[str, Any]] = json.loads(entry(made))["assessment"]["answers"]
    return answers


def score(page: Page, releases: Releases, version: str, fragment: str = "") -> Page:
    """The self-scoring page of a version."""
    page.goto(f"{releases.url}/{version}/score/{fragment}")
    ready(page)
    return page


def link_of(page: Page) -> str:
    """The fragment of the link that the page copies."""
    page.locator('[data-do="link"]').first.evaluate("button => button.click()")
    expect(notice(page, "file")).to_contain_text("The link is copied")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return f"#{copied.split('#')[1]}"


def upgrade(page: Page) -> Locator:
    """What becomes of the answers, once everything about it is there."""
    panel = notice(page, "carry")
    panel.locator(".mp-upgrade, .mp-upgrade__level p").first.wait_for()
    return panel


def lists(panel: Locator) -> dict[str, str]:
    """In which list each practice stands."""
    found: list[tuple[str, str]] = panel.evaluate(
        """(panel) => [...panel.querySelectorAll("[data-upgrade] [data-practice]")].map((item) =>
          [item.dataset.practice, item.closest("[data-upgrade]").dataset.upgrade])"""
    )
    assert len(dict(found)) == len(found), "a practice stands in two lists"
    return dict(found)


def facts(panel: Locator, name: str) -> str:
    return panel.locator(f'[data-practice="{name}"]').inner_text()


def file_of(version: str, answers: dict[str, Any], folder: Path, **more: Any) -> Path:
    """A file of answers to a version."""
    data = {
        "format": "maturity-answers/1",
        "framework": {"id": "bakery", "version": version, "title": "Bakery Check"},
        "assessment": {"id": "0123456789ab", "unit": "South shop", "answers": answers, **more},
    }
    path = folder / f"{version}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def open_file(page: Page, file: Path) -> None:
    page.locator('[data-part="file"]').set_input_files(file)


def carry_over(page: Page) -> None:
    upgrade(page).get_by_role("button", name="Carry the answers over").click()
    expect(notice(page, "carry")).to_have_count(0)


#: The list in which an answered practice stands, by what `maturity changes` says happened to it.
LISTS = {
    "merged": "merged",
    "split": "split",
    "added": "added",
    "removed": "removed",
    "renamed": "renamed",
    "moved": "moved",
    "raised": "weighed",
    "lowered": "weighed",
    "reworded": "reworded",
    "changed": "around",
}


# The list


def test_the_list_is_what_maturity_changes_says(
    panels: dict[str, Locator], releases: Releases
) -> None:
    for version, old in ((NEW, OLD), (MIDDLE, OLD)):
        panel = panels[version]
        if version == NEW:
            # The first event says what happened to the entry as a whole, where something did.
            told = {c["id"]: LISTS[c["events"][0]["what"]] for c in releases.changes(old)}
        else:
            told = {"open-early": "renamed"}
        assert lists(panel) == told
        kept = len(GIVEN) - sum(kind not in ("added", "split", "merged") for kind in told.values())
        kept -= 3 * ("split" in told.values())  # one was split, two were merged
        expect(panel).to_contain_text(f"{kept} answers are kept as they are.")
        # Keep recipes, and both parts of what was split
        if version == NEW:
            expect(panel).to_contain_text("3 answers are kept and wait for you to confirm them")


def test_nobody_whose_questions_all_changed_reads_that_no_answer_is_kept(
    fresh: Page, tmp_path: Path
) -> None:
    page = fresh
    open_file(page, file_of(OLD, {"keep-recipes": {"answer": "always"}}, tmp_path))
    panel = upgrade(page)
    expect(panel).to_contain_text("1 answer is kept and waits for you to confirm it")
    expect(panel).to_contain_text("Everything is listed below.")
    expect(panel).not_to_contain_text("0 answers")


def test_rules_that_changed_say_what_becomes_of_earlier_answers(
    panels: dict[str, Locator],
) -> None:
    rules = panels[NEW].locator('[data-upgrade="rules"] li')
    expect(rules).to_have_text(
        "Always: Counts in full only with every criterion true now. "
        "Answers from before count as if all were ticked."
    )


def test_every_item_says_what_happened(returning: Page) -> None:
    panel = upgrade(returning)
    assert "Had the id open-daily." in facts(panel, "open-at-dawn")
    assert "Moved from Many shops to First oven." in facts(panel, "count-stock")
    assert "Essential now" in facts(panel, "weigh-dough")
    assert "Essential now" in facts(panel, "taste-daily")
    assert "Takes the place of “Share recipes”, “Train the bakers”" in facts(panel, "one-way")
    assert "One of the parts of “Compare shops”" in facts(panel, "compare-sales")
    assert "To be confirmed" in facts(panel, "compare-waste")
    assert "Your answer: “Always”" in facts(panel, "greet-guests")
    panel.get_by_role("link", name="Taste every day").last.click()
    expect(question(panel.page, "taste-daily")).to_be_visible()
    # Nothing was saved by looking
    assert len([key for key in stored(panel.page) if "current" not in key]) == 1


def test_old_and_new_text_stand_side_by_side_as_text(panels: dict[str, Locator]) -> None:
    page = panels[NEW].page
    item = panels[NEW].locator('[data-practice="keep-recipes"]')
    before, after = item.locator(".mp-beside > p").all()
    expect(before).to_contain_text("How many breads have a written recipe?")
    assert before.locator("del").all_inner_texts() == ["have a", "recipe"]
    expect(after).to_contain_text(f"How many breads are written down? {HOSTILE}")
    assert after.locator("ins").first.inner_text() == "are"
    greeted = panels[NEW].locator('[data-practice="greet-guests"] strong')
    expect(greeted).to_have_text(f"Greet {HOSTILE}")
    assert not page.locator('[data-notice="carry"] img, [data-notice="carry"] script').count()
    assert "Assess your unit" in page.title()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(panels: dict[str, Locator]) -> None:
    page = panels[NEW].page
    assert not axe(page)
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size(before)


# Taking over


def test_one_click_takes_over_all_that_is_clear(
    returning: Page, made: dict[str, str], tmp_path: Path
) -> None:
    page = returning
    panel = upgrade(page)
    before = stored(page)
    assert before == made
    panel.get_by_role("combobox").select_option("train-bakers")
    carry_over(page)
    assert chosen(page) == {
        "keep-recipes": "always", "open-at-dawn": "always", "weigh-dough": "never",
        "list-prices": "always", "one-way": "never", "compare-sales": "at-times",
        "compare-waste": "at-times", "count-stock": "at-times", "prove-slowly": "always",
        "salt-evenly": "always", "grind": "never", "deliver": "never",
    }  # fmt: skip
    # Only what is reworded or new is asked
    asked = page.locator('fieldset:has([data-do="confirm"]), fieldset[data-answered="false"]')
    assert set(asked.evaluate_all("all => all.map((one) => one.dataset.practice)")) == {
        "keep-recipes", "one-way", "compare-sales", "compare-waste", "taste-daily",
    }  # fmt: skip
    (first,) = [key for key in before if "current" not in key]
    assert stored(page)[first] == before[first]
    (copy,) = [key for key in stored(page) if "current" not in key and key != first]
    kept = json.loads(stored(page)[copy])
    assert kept["framework"]["version"] == NEW
    assert kept["assessment"]["answers"]["greet-guests"]["answer"] == "always"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the earlier one").click()
    download.value.save_as(tmp_path / "earlier.json")
    earlier = json.loads((tmp_path / "earlier.json").read_text(encoding="utf-8"))
    assert earlier == json.loads(before[first])


def test_it_works_by_keyboard_alone(returning: Page) -> None:
    page = returning
    expect(upgrade(page)).to_be_visible()
    expect(page.locator('[data-part="said"]')).to_contain_text("answers were given to version")
    page.get_by_role("button", name="Carry the answers over").focus()
    page.keyboard.press("Enter")
    expect(notice(page, "file")).to_contain_text("a new assessment under version 2.0.0")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_pick_changes_the_level_that_is_foretold(
    fresh: Page, made: dict[str, str], tmp_path: Path
) -> None:
    answers = answers_of(made)
    for name, one in answers.items():
        one["answer"] = "never" if name in ("grind", "deliver") else "always"
    answers["taste-daily"] = {"answer": "always"}
    page = fresh
    open_file(page, file_of(OLD, answers, tmp_path))
    level = upgrade(page).locator(".mp-upgrade__level")
    expect(level).to_contain_text("You were at Own mill under version 1.0.0.")
    expect(level).to_contain_text(
        "1 answer is to be given again at Many shops: Bake one way (pick an answer)."
    )
    upgrade(page).get_by_role("combobox").select_option("train-bakers")
    expect(level).to_have_text("Nothing changes for your level: you are at Own mill, as before.")


def test_the_level_before_and_after_is_explained(panels: dict[str, Locator]) -> None:
    level = panels[NEW].locator(".mp-upgrade__level")
    expect(level).to_contain_text("You were at Many shops under version 1.0.0.")
    expect(level).to_contain_text(
        "It asks 2 things more at First oven: Weigh the dough (asks for more now), "
        "Taste every day (new)."
    )
    level = panels[MIDDLE].locator(".mp-upgrade__level")
    expect(level).to_have_text("Nothing changes for your level: you are at Many shops, as before.")


# From a file, from a link


def test_an_older_file_is_shown_with_texts_of_any_earlier_version(
    fresh: Page, made: dict[str, str], tmp_path: Path
) -> None:
    page = fresh
    # Answers to 1.0.0 that were never confirmed, in an assessment of 1.1.0
    old = answers_of(made)
    answers = {name: old[name] for name in ("keep-recipes", "greet-guests")}
    answers |= {"open-early": old["open-daily"], "unheard-of": {"answer": "never"}}
    open_file(page, file_of(MIDDLE, answers, tmp_path))
    panel = upgrade(page)
    expect(panel).to_contain_text("From version 1.1.0 to version 2.0.0")
    first = panel.locator('[data-practice="keep-recipes"] .mp-beside > p').first
    expect(first).to_contain_text("have a written recipe")
    assert lists(panel)["open-at-dawn"] == "renamed"
    assert lists(panel)["weigh-dough"] == "unanswered"
    expect(panel).to_contain_text("1 answer to a still earlier version stays in the file")
    carry_over(page)
    kept = json.loads(entry(stored(page)))["assessment"]["answers"]
    assert {"greet-guests", "unheard-of"} <= set(kept)


def test_an_older_link_is_read_only_and_shows_what_becomes_of_it(
    newcomer: Page, releases: Releases, link: str
) -> None:
    page = score(newcomer, releases, NEW, link)
    panel = upgrade(page)
    told = {change["id"]: LISTS[change["events"][0]["what"]] for change in releases.changes(OLD)}
    assert lists(panel) == told
    first = panel.locator('[data-practice="keep-recipes"] .mp-beside > p').first
    expect(first).to_contain_text("have a written recipe")
    assert not stored(page)
    notice(page, "shared").get_by_role("button", name="Keep a copy").click()
    expect(notice(page, "carry")).to_have_count(0)
    assert chosen(page)["open-at-dawn"] == "always"


# Once the reader has moved on

#: What the page waits for; when this has ended, so has whatever waited for it before.
WAIT_FOR_CHANGES = """async (releases) => {
  const element = document.querySelector("[data-questionnaire]");
  const { earlier } = await import(releases);
  await earlier(JSON.parse(element.dataset.questionnaire), "1.0.0");
}"""


@pytest.mark.parametrize(
    "move",
    [
        "location.hash = 'practice-keep-recipes'",
        "document.querySelector('[data-do=new]').click()",
    ],
    ids=["to a question", "to a new assessment"],
)
def test_a_slow_link_shows_nothing_once_the_reader_has_moved_on(
    newcomer: Page, releases: Releases, link: str, move: str
) -> None:
    page = newcomer
    held = hold(page, "**/data/changes.json")
    with page.expect_request("**/data/changes.json"):
        page.goto(f"{releases.url}/{NEW}/score/{link}")
        ready(page)
    page.evaluate(move)
    held[0].continue_()
    page.evaluate(WAIT_FOR_CHANGES, module_addresses(page)["assessment/releases"])
    expect(page.locator("maturity-score")).to_have_attribute("data-mode", "own")
    expect(notice(page, "shared")).to_have_count(0)


def test_a_slow_link_joins_no_other_team(newcomer: Page, releases: Releases, link: str) -> None:
    page = newcomer
    held = hold(page, "**/data/changes.json")
    page.goto(f"{releases.url}/{NEW}/team/")
    expect(page.locator("maturity-team:defined")).to_be_visible()
    page.locator('[data-part="link"]').fill(link)
    with page.expect_request("**/data/changes.json"):
        page.locator('[data-do="paste"]').click()
    page.locator('[data-do="new"]').evaluate("button => button.click()")
    held[0].continue_()
    page.evaluate(WAIT_FOR_CHANGES, module_addresses(page)["assessment/releases"])
    expect(page.locator('[data-part="people"] tr')).to_have_count(0)


def test_a_link_that_is_refused_late_is_not_spoken_of_once_the_reader_has_moved_on(
    newcomer: Page, releases: Releases
) -> None:
    page = score(newcomer, releases, NEW)
    answer(page, "keep-recipes", "always")
    link = link_of(page)
    held = hold(page, "**/versions.json")
    with page.expect_request("**/versions.json"):
        page.goto(f"{releases.url}/{OLD}/score/{link}")
        ready(page)
    page.locator('[data-do="new"]').evaluate("button => button.click()")
    with page.expect_response("**/versions.json") as answered:
        held[0].continue_()
    answered.value.finished()
    page.evaluate("new Promise((next) => requestAnimationFrame(() => setTimeout(next)))")
    expect(notice(page, "file")).to_have_count(0)


def test_what_could_not_be_loaded_is_not_spoken_of_once_the_reader_has_moved_on(
    newcomer: Page, releases: Releases, made: dict[str, str], tmp_path: Path
) -> None:
    page = score(newcomer, releases, NEW)
    held = hold(page, "**/carryover.*.js")
    with page.expect_request("**/carryover.*.js"):
        open_file(page, file_of(OLD, answers_of(made), tmp_path))
    page.locator('[data-do="new"]').evaluate("button => button.click()")
    held[0].abort()
    # Asked for once more, it is there, and by then the page knows of its own failure.
    page.evaluate("(address) => import(address)", module_addresses(page)["score/carryover"])
    expect(notice(page, "carry")).to_have_count(0)


# Without what the site knows


def test_without_the_account_of_changes_answers_are_carried_over_all_the_same(
    reader: Page, releases: Releases
) -> None:
    page = reader
    page.route("**/data/changes.json", lambda route: route.abort())
    page.goto(f"{releases.url}/{NEW}/score/")
    ready(page)
    panel = upgrade(page)
    expect(panel).to_contain_text("What changed since version 1.0.0 could not be loaded.")
    assert lists(panel) == {
        "one-way": "merged", "compare-sales": "reworded", "compare-waste": "reworded",
        "keep-recipes": "reworded", "open-at-dawn": "renamed", "greet-guests": "removed",
    }  # fmt: skip
    assert not panel.locator(".mp-upgrade__level p").count()
    carry_over(page)
    assert chosen(page)["open-at-dawn"] == "always"


def test_a_version_that_was_never_released_is_carried_over_without_its_texts(
    fresh: Page, tmp_path: Path
) -> None:
    page = fresh
    open_file(page, file_of("0.9.0", {"open-daily": {"answer": "never"}}, tmp_path))
    panel = upgrade(page)
    expect(panel).to_contain_text("Version 0.9.0 is no release that this site knows.")
    expect(panel).to_contain_text("open-daily → Open every day")
    carry_over(page)
    assert chosen(page) == {"open-at-dawn": "never"}


# Never backwards


def test_a_newer_file_is_refused_with_the_way_to_its_version(
    newcomer: Page, releases: Releases, tmp_path: Path
) -> None:
    page = score(newcomer, releases, OLD)
    answer(page, "grind", "always")
    before = stored(page)
    for version, target in (
        (MIDDLE, f"{releases.url}/{MIDDLE}/score/"),
        ("1.9.0", f"{releases.url}/latest/score/"),
        ("2.0.1-rc.1", None),
    ):
        open_file(page, file_of(version, {"grind": {"answer": "never"}}, tmp_path))
        refused = notice(page, "file")
        expect(refused).to_contain_text(f"given to version {version}. This is version 1.0.0")
        expect(refused).to_contain_text("Nothing of yours was changed.")
        links = refused.get_by_role("link")
        if target:
            assert links.get_attribute("href") == target
        else:
            expect(links).to_have_count(0)
        refused.get_by_role("button", name="Close").click()
    table = tmp_path / "table.csv"
    table.write_text(
        "practice,answer,framework,version\ngrind,never,bakery,1.1.0\n", encoding="utf-8"
    )
    open_file(page, table)
    expect(notice(page, "file").get_by_role("link")).to_have_text("Open version 1.1.0")
    assert stored(page) == before
    assert chosen(page) == {"grind": "always"}


def test_a_newer_stored_one_stays_closed_and_listed(newcomer: Page, releases: Releases) -> None:
    newer = score(newcomer, releases, NEW)
    answer(newer, "taste-daily", "always")
    tell(newer, "unit", "South shop")
    page = score(newcomer, releases, OLD)
    assert chosen(page) == {}
    answer(page, "grind", "always")
    before = stored(page)
    unfold(page)
    page.locator('[data-part="list"]').select_option(label=next(
        text for text in page.locator('[data-part="list"] option').all_inner_texts()
        if "South shop" in text and "version 2.0.0" in text
    ))  # fmt: skip
    refused = notice(page, "file")
    expect(refused.get_by_role("link", name="Open version 2.0.0")).to_be_visible()
    assert "South shop" not in page.locator('[data-part="list"] option:checked').inner_text()
    assert chosen(page) == {"grind": "always"}
    assert stored(page) == before
    # Nor do the other pages look at it
    for name in ("report", "compare", "team"):
        page.goto(f"{releases.url}/{OLD}/{name}/")
        expect(page.locator(f"maturity-{name}:defined")).to_be_attached()
        assert not page.get_by_text("South shop").count()


def test_a_newer_link_is_refused_and_travels_on(reader: Page, releases: Releases) -> None:
    newer = score(reader, releases, MIDDLE)
    carry_over(newer)
    fragment = link_of(newer)
    # The same window is that of somebody who has stored nothing now.
    forget(reader, f"{releases.url}/{NEW}")
    page = score(reader, releases, OLD, fragment)
    notice(page, "file").get_by_role("link", name="Open version 1.1.0").click()
    expect(notice(page, "shared")).to_contain_text("Shared answers")
    assert page.url == f"{releases.url}/{MIDDLE}/score/{fragment}"
    assert chosen(page)["open-early"] == "always"


@pytest.mark.parametrize("name", ["team", "compare", "report"])
def test_the_other_pages_refuse_a_newer_file_too(
    newcomer: Page, releases: Releases, tmp_path: Path, name: str
) -> None:
    page = newcomer
    page.goto(f"{releases.url}/{OLD}/{name}/")
    expect(page.locator(f"maturity-{name}:defined")).to_be_attached()
    file = file_of(NEW, {"grind": {"answer": "never"}}, tmp_path)
    page.locator('[data-part="files"]').set_input_files(file)
    refused = notice(page, "file")
    expect(refused).to_contain_text("given to version 2.0.0. This is version 1.0.0")
    target = refused.get_by_role("link").get_attribute("href")
    assert target == f"{releases.url}/{NEW}/{name}/"
    assert not [key for key in stored(page) if "current" not in key]
