"""Practices on their way into an issue tracker: CSV, Markdown, and the buttons on a checklist."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import node
import pytest
import yaml
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect
from projects import ROOT, copy_project, our_framework
from reader import axe, heard
from servers import serving
from texts import HOSTILE, drawn

#: What GitHub and GitLab look for in the text of a finished page.
REFERENCES = re.compile(
    r"@\w|#\d|\bG[HL]-\d|:[\w+-]+:|\w://|\bwww\.\w", re.IGNORECASE
)  # fmt: skip
#: What a spreadsheet would run.
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]")


# CSV


def test_other_programs_read_the_same_cells_and_no_formula() -> None:
    rows = [[text, "end"] for text in (*HOSTILE, *drawn(3, 300))]
    written = node.call("common/csv.js", "csv(value)", rows)
    assert written.endswith("\r\n")
    read = [*csv.reader(io.StringIO(written, newline=""), strict=True)]
    for (text, _), (cell, end) in zip(rows, read, strict=True):
        assert end == "end"
        assert cell in (text, f"'{text}")
    assert not [row[0] for row in read if FORMULA.match(row[0])]
    harmless = [[text] for text in ("plain", "'quoted'", "a = b", "3 - 2", "")]
    assert node.call("common/csv.js", "parse(csv(value))", harmless) == harmless


# Markdown


class Shown(HTMLParser):
    """A page as its readers see it, and as programs that look for references do."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(_RENDERER.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip("\n")


#: Tables, strikethrough, links from plain addresses, and HTML, as on GitHub.
_RENDERER = MarkdownIt("gfm-like")
# GitHub takes neither "example.com" nor "//example.com" for an address.
assert _RENDERER.linkify
_RENDERER.linkify.set({"fuzzy_link": False}).add("//", None)


def on_one_line(text: str) -> str:
    """The text without line ends, and without white space around it."""
    return re.sub("[ \x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip(" \u00a0\ufeff")


def test_plain_text_stays_plain_text_in_markdown() -> None:
    texts = [text for text in (*HOSTILE, *drawn(5, 500)) if on_one_line(text)]
    for text, markdown in zip(
        texts, node.call("common/markdown.js", "value.map((t) => text(t))", texts), strict=True
    ):
        shown = Shown(markdown)
        assert shown.tags == ["p"], (text, markdown)
        assert shown.text == on_one_line(text), markdown
        assert not [piece for piece in shown.pieces if REFERENCES.search(piece)], markdown


def test_plain_text_stays_plain_text_in_tasks_tables_and_links() -> None:
    texts = [text for text in (*HOSTILE, *drawn(6, 300)) if on_one_line(text)]
    made = node.call(
        "common/markdown.js",
        "value.map((t) => [tasks([{ text: text(t) }]), table([text(t), 'b'], [['a', text(t)]]),"
        " link(t, 'https://example.org/a_b')])",
        texts,
    )
    for text, (tasks, table, link) in zip(texts, made, strict=True):
        line = on_one_line(text)
        assert (shown := Shown(tasks)).text.replace("\n", "") == f"[ ] {line}", tasks
        assert shown.tags == ["ul", "li"], tasks
        assert (shown := Shown(table)).text.replace("\n", "") == f"{line}ba{line}", table
        assert shown.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"], table
        assert (shown := Shown(link)).text == line, link
        assert shown.links == ["https://example.org/a_b"], link


@pytest.mark.parametrize(
    ("target", "links"),
    [
        ("https://example.org/a b(c)|d\\e", ["https://example.org/a%20b%28c%29%7Cd/e"]),
        ("https://example.org/?a=1&copy;=2#`x`", ["https://example.org/?a=1&copy;=2#%60x%60"]),
        ("http://example.org/)[x](javascript:alert(1)", ["http://example.org/%29[x]%28javascript:alert%281%29"]),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        ("../practices/", []),
        ("", []),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(target: str, links: list[str]) -> None:
    markdown = node.call("common/markdown.js", "link('Label', value)", target)
    shown = Shown(f"{markdown} `code`")
    assert shown.links == [link.replace("[", "%5B").replace("]", "%5D") for link in links]
    assert shown.text == "Label code"


# The buttons on a checklist


@pytest.fixture
def checklist(window: Page, hostile: str) -> Iterator[Page]:
    """A checklist of hostile texts; nothing may be raised or said to the console."""
    with heard(window) as said:
        window.goto(f"{hostile}/checklists/first-oven/")
        button(window, "Copy as Markdown tasks").wait_for()
        yield window
    window.emulate_media(media="null")
    assert said == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small framework whose texts would rather be something else."""
    data = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    data["practices"]["keep-recipes"] |= {
        "title": "=cmd|'/c calc'!A0",
        "question": "@someone, is #1 <b>done</b>?",
        "criteria": {f"c{index}": text for index, text in enumerate(CRITERIA)},
    }
    data["roles"]["baker"]["title"] = "Head *of* [bread]"
    project = copy_project(tmp_path_factory.mktemp("hostile") / "project")
    project.write("framework.yaml", yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    with serving(project.built()) as url:
        yield url


#: The model folds white space, and what nobody sees is refused.
CRITERIA = [*dict.fromkeys(" ".join(text.split()) for text in HOSTILE if "\u200b" not in text)]


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name)


def copied(page: Page) -> str:
    button(page, "Copy as Markdown tasks").click()
    expect(page.get_by_role("status").filter(has_text="copied")).to_be_visible()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def saved(page: Page, target: str) -> list[list[str]]:
    with page.expect_download() as download:
        button(page, f"CSV for {target}").click()
    assert download.value.suggested_filename == f"first-oven-{target.lower()}.csv"
    with download.value.path().open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file, strict=True)]


def test_a_checklist_becomes_markdown_tasks(checklist: Page, hostile: str) -> None:
    shown = Shown(copied(checklist))
    expected = [
        "[ ] =cmd|'/c calc'!A0: @someone, is #1 <b>done</b>?",
        *(f"[ ] {text}" for text in CRITERIA),
        "Owner: Head *of* [bread] · First oven · Bread",
        "[ ] Open every day",
        "[ ] The hours hang at the door.",
        "Owner: Seller · First oven · Shop",
    ]
    assert [line for line in shown.text.split("\n") if line] == expected
    assert set(shown.tags) == {"ul", "li", "a"}
    assert shown.links == [
        f"{hostile}/practices/{name}/" for name in ("keep-recipes", "open-daily")
    ]
    assert not [piece for piece in shown.pieces if REFERENCES.search(piece)]


def test_a_checklist_becomes_a_file_for_jira(checklist: Page, hostile: str) -> None:
    head, first, second = saved(checklist, "Jira")
    assert head == ["Summary", "Description", "Labels", "Labels"]
    assert first[0] == "'=cmd|'/c calc'!A0"
    assert first[2:] == ["first-oven", "bread"]
    assert second[0] == "Open every day"
    assert second[1] == (
        "It is done when:\n* The hours hang at the door.\n\nOwner: Seller · First oven · Shop\n\n"
        f"Why, and how to do it: {hostile}/practices/open-daily/"
    )
    # No macro, mention, link or picture is left
    marks = re.compile(r"(?<!\\)[{}\[\]|]|(?<!\\)!\S+!|\\\\")
    assert not marks.search(first[1])
    assert "Owner: Head \\*of* \\[bread\\]" in first[1]


def test_a_checklist_becomes_a_file_for_linear(checklist: Page, hostile: str) -> None:
    head, first, second = saved(checklist, "Linear")
    assert head == ["Title", "Description", "Labels"]
    # Linear's importer takes this apostrophe off
    assert re.sub(r"^'([+\-=@])", r"\1", first[0]) == "=cmd|'/c calc'!A0"
    shown = Shown(first[1])
    for text in CRITERIA:
        assert f"[ ] {text}" in shown.text
    assert "<!--" not in first[1].replace("\\<!--", "")
    assert second[2] == "first-oven, shop"
    assert shown.links[-1:] == [f"{hostile}/practices/keep-recipes/"]


def test_the_buttons_work_by_keyboard_and_say_what_they_did(window: Page, address: str) -> None:
    page = window
    framework = our_framework()
    level = next(iter(framework.levels))
    page.goto(f"{address}/checklists/{level}/")
    button(page, "Copy as Markdown tasks").focus()
    page.keyboard.press("Enter")
    count = sum(practice.level == level for practice in framework.practices.values())
    status = page.get_by_role("status").filter(has_text="tasks are copied")
    expect(status).to_contain_text(f"{count} tasks")
    page.keyboard.press("Tab")
    with page.expect_download():
        page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="Saved as")).to_contain_text(
        f"{level}-jira.csv"
    )
    page.get_by_text("What each of them holds").click()
    assert not axe(page)


def test_a_role_is_copied_as_a_job_ad_without_what_only_those_who_hire_need(
    window: Page, address: str
) -> None:
    page = window
    name, role = next(iter(our_framework().roles.items()))
    page.goto(f"{address}/roles/{name}/")
    button(page, "Copy the description").click()
    expect(page.get_by_role("status").filter(has_text="Copied as Markdown")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == f"# {role.title}"
    assert [line for line in lines if line.startswith("## ")] == [
        "## What you will do",
        "## What you bring",
    ]
    items = [line for line in lines if line.startswith("- ")]
    assert len(items) == len(role.responsibilities) + len(role.skills)
    assert f"- {role.skills[0]}" in items
    assert not any(question in line for question in role.interview for line in lines)


def test_where_copying_is_forbidden_there_is_a_field_to_copy_from(checklist: Page) -> None:
    checklist.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    button(checklist, "Copy as Markdown tasks").click()
    field = checklist.get_by_role("textbox", name="Copy the tasks from this field")
    expect(field).to_be_focused()
    expect(
        checklist.get_by_role("status").filter(has_text="does not allow copying")
    ).to_be_visible()
    assert field.input_value().startswith("- [ ] [\\=cmd")
    selected = field.evaluate("(area) => area.selectionEnd - area.selectionStart")
    assert selected == len(field.input_value().encode("utf-16-le")) // 2
    assert not axe(checklist)


def test_what_only_the_script_can_do_is_not_there_without_it_nor_on_paper(
    browser: Browser, hostile: str, checklist: Page
) -> None:
    checklist.emulate_media(media="print")
    expect(checklist.locator("maturity-tracker")).to_be_hidden()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hostile}/checklists/first-oven/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("maturity-tracker")).to_be_hidden()
    context.close()
