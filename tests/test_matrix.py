"""Ideas on a matrix: placed, ranked and kept, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
from paper import sizes, texts
from playwright.sync_api import (
    Browser,
    FilePayload,
    FloatRect,
    Locator,
    Page,
    expect,
)
from reader import ANEW, HOSTILE, axe, loaded, notice, settled

PATH = "/matrices/opportunity/"
FORMAT = "maturity-ideas/1"
KEY = f"{FORMAT}:ml-maturity:opportunity"

# What a reader does


def idea(name: str, x: int, y: int, **marks: str) -> dict[str, Any]:
    """An idea whose id follows from its name; `data` and `sure` are short for its marks."""
    names = {"data": "data-readiness", "sure": "confidence"}
    noted = {names[mark]: value for mark, value in marks.items()}
    number = f"idea-{sum(map(ord, name)):04}-{len(name)}"
    return {"id": number, "name": name, "note": "", "x": x, "y": y, "marks": noted}


def opened(page: Page, address: str, ideas: Any = None) -> Page:
    """The page, with the ideas alone that were stored before, if any.

    Where it is open already, only its element comes anew.
    """
    stored = {}
    if ideas is not None:
        stored[KEY] = ideas if isinstance(ideas, str) else json.dumps(saved(ideas))
    if page.url != address + PATH:
        page.goto(address + PATH)
        loaded(page)
    page.evaluate(ANEW, stored)
    expect(page.locator(".mp-board")).to_have_attribute("data-live", "")
    return page


def saved(ideas: Any, **about: Any) -> dict[str, Any]:
    """A file of ideas, whole or not."""
    return {
        "format": FORMAT,
        "framework": {"id": "ml-maturity", "version": "1.0.0", "title": ""},
        "matrix": {"id": "opportunity", "title": "Opportunity matrix"},
        "ideas": ideas,
        **about,
    }


def add(page: Page, name: str, x: int, y: int, *marks: str, note: str = "") -> None:
    form = page.locator(".mp-idea")
    form.get_by_label("Name").fill(name)
    form.locator(f"[name=x][value='{x}']").check()
    form.locator(f"[name=y][value='{y}']").check()
    for box, mark in zip(form.locator("select").all(), marks, strict=False):
        box.select_option(mark)
    form.get_by_label("Note").fill(note)
    form.get_by_role("button", name="Add the idea").click()


def marker(page: Page, name: str) -> Locator:
    return page.locator(".mp-plot .mp-marker", has_text=name)


def listed(page: Page) -> list[str]:
    return page.locator(".mp-ranked__name strong").all_inner_texts()


def kept(page: Page) -> list[dict[str, Any]]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    ideas: list[dict[str, Any]] = json.loads(text or '{"ideas": []}')["ideas"]
    return ideas


def file(page: Page, text: str | bytes) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    payload: FilePayload = {
        "name": "ideas.json",
        "mimeType": "application/json",
        "buffer": content,
    }
    page.locator("[data-part=file]").set_input_files(payload)


def said(page: Page) -> Locator:
    return notice(page, "file").locator("p").first


def test_a_reader_places_moves_and_ranks_ideas(window: Page, address: str) -> None:
    page = opened(window, address)
    board = page.locator(".mp-board")
    expect(page.locator(".mp-board__empty")).to_be_visible()
    expect(page.locator(".mp-quadrant").get_by_text("Pick your first project here")).to_be_visible()
    # An idea needs a name and a place.
    page.get_by_role("button", name="Add the idea").click()
    expect(board).to_have_attribute("data-ideas", "none")
    add(page, "Churn score", 3, 8, "missing", "high", note="Asked for twice")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.locator("[data-part=said]")).to_have_text(
        "Churn score: Cost 3 of 10, Value 8 of 10. Do first, number 1. Needs its data first"
    )
    add(page, HOSTILE, 9, 2)
    add(page, "Search", 3, 8)
    assert listed(page) == ["Search", "Churn score", HOSTILE]
    first = page.locator(".mp-ranked").first
    expect(first).to_contain_text("Pick your first project here")
    expect(first.locator(".mp-held")).to_have_text("Needs its data first")
    expect(first).to_contain_text("Asked for twice")
    # Where the list is a column, its names and notes have the width of it.
    assert box(first.locator(".mp-ranked__what").first)["width"] > 0.7 * box(first)["width"]
    # The keyboard moves what has the focus, and not beyond the edge.
    churn = marker(page, "Churn score")
    churn.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    expect(churn).to_be_focused()
    expect(page.locator("[data-part=said]")).to_contain_text("Cost 2 of 10, Value 10 of 10")
    # A mouse drags.
    drag(page, churn, (0.85, 0.95))
    expect(churn).to_have_accessible_name(
        "3. Churn score: Cost 9 of 10, Value 1 of 10. Drop, in writing. Needs its data first"
    )
    # What is changed in the form is changed at once.
    churn.click()
    form = page.locator(".mp-idea")
    expect(form.locator("h2")).to_have_text("Change “Churn score”")
    form.get_by_label("Name").fill("Churn")
    form.locator("[name=x][value='1']").check()
    form.locator("[name=y][value='10']").check()
    form.locator("select").first.select_option("ready")
    form.get_by_role("button", name="Done").click()
    expect(marker(page, "Churn")).to_be_focused()
    assert listed(page) == ["Churn", "Search", HOSTILE]
    assert axe(page) == []
    page.reload()
    expect(board).to_have_attribute("data-ideas", "some")
    assert listed(page) == ["Churn", "Search", HOSTILE]
    assert page.title() != "run"
    # Nothing goes without a way back.
    page.get_by_role("button", name="Remove: Search").click()
    assert listed(page) == ["Churn", HOSTILE]
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert [one["name"] for one in kept(page)] == ["Churn", HOSTILE, "Search"]
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Remove all").click()
    expect(board).to_have_attribute("data-ideas", "none")
    page.get_by_role("button", name="Undo").click()
    assert len(listed(page)) == 3


def box(what: Locator) -> FloatRect:
    """Where something is on the page."""
    found = what.bounding_box()
    assert found
    return found


def drag(page: Page, what: Locator, to: tuple[float, float]) -> None:
    """Drag to a place on the plot, in shares of it from its left and upper edge."""
    what.scroll_into_view_if_needed()
    start, plot = box(what), box(page.locator(".mp-plot"))
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.5, plot["y"] + plot["height"] * 0.5)
    page.mouse.move(plot["x"] + plot["width"] * to[0], plot["y"] + plot["height"] * to[1])
    page.mouse.up()


def test_a_finger_drags_on_a_narrow_screen(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, color_scheme="dark"
    )
    page = context.new_page()
    ideas = [idea(f"Idea {n} with a rather long name", n % 10 + 1, n // 4 + 1) for n in range(40)]
    for number, one in enumerate(ideas):
        one["id"] = f"idea-{number:04}"
    opened(page, address, ideas)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    plot = box(page.locator(".mp-plot"))
    for target in map(box, page.locator(".mp-plot .mp-marker").all()):
        assert min(target["width"], target["height"]) >= 24
        assert target["x"] >= plot["x"] - 2
        assert target["x"] + target["width"] <= plot["x"] + plot["width"] + 2
    touched = page.locator(".mp-plot .mp-marker").first
    touched.scroll_into_view_if_needed()
    start, plot = box(touched), box(page.locator(".mp-plot"))
    session = context.new_cdp_session(page)
    way = [
        ("touchStart", start["x"] + 14, start["y"] + 14),
        ("touchMove", plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2),
        ("touchMove", plot["x"] + plot["width"] * 0.95, plot["y"] + plot["height"] * 0.05),
    ]
    for kind, x, y in way:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(touched).to_have_accessible_name(
        re.compile("Idea 0 with .*: Cost 10 of 10, Value 10 of 10. Split and prepare.")
    )
    assert axe(page) == []
    context.close()


# Files


def test_ideas_go_to_files_and_come_back(window: Page, address: str, site: Path) -> None:
    formula = idea("=1+1", 6, 6, data="missing", sure="low")
    strange = {**idea("old mark", 2, 9), "marks": {"confidence": "certain", "cost-center": "red"}}
    page = opened(window, address, [formula, strange])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    schema = json.loads((site / "data" / "ideas.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(text), schema)
    assert json.loads(text)["ideas"] == [formula, strange]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    rows = [*csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig")))]
    assert rows[0][:6] == ["Rank", "Idea", "Quadrant", "Cost", "Value", "Data readiness"]
    assert rows[1][:7] == ["1", "old mark", "Do first", "2", "9", "", "certain"]
    assert rows[2][1] == "'=1+1"
    assert rows[2][7] == "Needs its data first"
    # Opened where it came from, nothing is doubled; what another version noted is kept, and said.
    file(page, text)
    page.get_by_role("button", name="Keep them and add the file's").click()
    expect(said(page)).to_have_text(
        "0 ideas were taken from the file. 2 of their marks are not known to this version. "
        "They are kept, but do not count."
    )
    assert kept(page) == [formula, strange]
    # What is here is replaced only if the reader says so, and comes back.
    other = idea("other", 1, 1)
    file(page, json.dumps(saved([other])))
    page.get_by_role("button", name="Cancel").click()
    assert len(kept(page)) == 2
    file(page, json.dumps(saved([other])))
    page.get_by_role("button", name="Replace them").click()
    expect(said(page)).to_have_text("1 idea was taken from the file.")
    assert kept(page) == [other]
    add(page, "added since", 2, 2)
    page.get_by_role("button", name="Undo").click()
    assert [one["name"] for one in kept(page)] == ["=1+1", "old mark", "added since"]
    # An idea that was changed on both sides stays twice.
    file(page, json.dumps(saved([{**formula, "x": 9}])))
    page.get_by_role("button", name="Keep them and add the file's").click()
    expect(marker(page, "=1+1")).to_have_count(2)
    assert [(one["name"], one["x"]) for one in kept(page)][-1] == ("=1+1", 9)
    # The mark of another version survives a change in the form.
    marker(page, "old mark").click()
    page.locator(".mp-idea").get_by_label("Note").fill("Looked at again")
    expect(page.locator(".mp-ranked__note")).to_have_text("Looked at again")
    assert kept(page)[1]["marks"] == strange["marks"]


SOUND = idea("sound", 1, 1)
#: Files that are refused, and what is said of them.
REFUSED: tuple[tuple[str | bytes, str], ...] = (
    ("{", "it is not complete JSON"),
    (b"\xff\xfe\x00", "This file is no JSON, perhaps a table."),
    (b"PK\3\4 xl/workbook.xml", "This file is a spreadsheet."),
    ("", "This file is empty."),
    ("Rank,Idea\n1,x\n", "This file is no JSON, perhaps a table."),
    ("<<<<<<< a\n{\n=======\n[\n>>>>>>> b\n", "two versions of something"),
    ("[]", "This file holds no ideas of a matrix."),
    ('{"format": "maturity-answers/1"}', "This file holds answers to the questions"),
    (json.dumps(saved([], format="maturity-ideas/2")), "saved by a newer version of this page"),
    (
        json.dumps(saved([], framework={"id": "bakery", "version": "1.0.0", "title": "Bread"})),
        "These ideas belong to another framework, Bread.",
    ),
    (json.dumps(saved([], matrix={"id": "risks"})), "another matrix, “risks”"),
    (json.dumps(saved({})), "This file holds no ideas of a matrix."),
    (json.dumps(saved([SOUND, 5])), "Idea 2: it is no idea with an “id”"),
    (json.dumps(saved([{**SOUND, "x": 11}])), "Idea 1, “sound”: “x”, the Cost, must be a whole"),
    (json.dumps(saved([{**SOUND, "y": "3"}])), "“y”, the Value, must be a whole number from 1"),
    (json.dumps(saved([{**SOUND, "name": " "}])), "“name” must be a text of 1 to 120 characters"),
    (json.dumps(saved([{**SOUND, "note": "n" * 1001}])), "at most 1000 characters"),
    (json.dumps(saved([{**SOUND, "marks": {"__proto__ ": "x"}}])), "“marks” must be a map"),
    (json.dumps(saved([SOUND, SOUND])), "Idea 2, “sound”: its “id” stands in this file before"),
    (json.dumps(saved([{**SOUND, "id": f"idea-{n:04}"} for n in range(101)])), "makes 101 ideas"),
    (json.dumps(saved([])) + " " * 1_000_000, "too large"),
)  # fmt: skip


def test_a_file_that_is_not_right_is_refused_with_what_is_wrong_and_where(
    window: Page, address: str
) -> None:
    page = opened(window, address, [idea("mine", 5, 5)])
    for text, what in REFUSED:
        file(page, text)
        expect(notice(page, "file")).to_contain_text(what)
        expect(notice(page, "file")).to_contain_text("Nothing of yours was changed.")
        assert [one["name"] for one in kept(page)] == ["mine"], what
        notice(page, "file").get_by_role("button", name="Close").click()


def test_a_matrix_that_is_full_says_so_and_loses_nothing(window: Page, address: str) -> None:
    many = [{**SOUND, "id": f"idea-{n:04}", "name": f"n{n}"} for n in range(100)]
    page = opened(window, address, many)
    add(page, "one more", 1, 1)
    expect(said(page)).to_contain_text("A matrix holds 100 ideas.")
    expect(page.get_by_label("Name")).to_have_value("one more")
    assert len(kept(page)) == 100
    page.get_by_label("Name").fill("x" * 120)
    expect(page.locator(".mp-idea__full")).to_have_text("That is the limit: 120 characters.")


# The browser's storage


def test_two_tabs_keep_each_others_ideas(window: Page, address: str) -> None:
    first, second = opened(window, address, [idea("both", 1, 10)]), window.context.new_page()
    second.goto(address + PATH)
    expect(second.locator(".mp-board")).to_have_attribute("data-live", "")
    marker(second, "both").click()
    add(first, "from the first", 2, 9)
    expect(marker(second, "from the first")).to_be_attached()
    second.locator(".mp-idea").get_by_label("Name").fill("both, changed")
    second.get_by_role("button", name="Done").click()
    expect(marker(first, "both, changed")).to_be_attached()
    add(second, "from the second", 3, 8)
    expect(marker(first, "from the second")).to_be_attached()
    assert [one["name"] for one in kept(first)] == [
        "both, changed",
        "from the first",
        "from the second",
    ]
    second.close()


def test_what_cannot_be_stored_or_read_is_said_and_kept(window: Page, address: str) -> None:
    # Half of what is stored is damaged: the sound half is taken, the whole is set aside.
    damaged = json.dumps(saved([SOUND, {**SOUND, "id": "x"}]))
    page = opened(window, address, damaged)
    expect(notice(page, "broken")).to_contain_text("damaged")
    assert listed(page) == ["sound"]
    add(page, "new", 3, 3)
    aside = [
        value
        for key, value in page.evaluate("Object.entries(localStorage)")
        if key.startswith(f"{KEY}:aside:")
    ]
    assert aside == [damaged]
    # Full: the change lives on in the page, and is stored once there is room.
    page.evaluate("""() => {
      Storage.prototype.real = Storage.prototype.setItem;
      Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
    }""")
    add(page, "no room", 4, 4)
    expect(notice(page, "storage")).to_contain_text("storage is full")
    assert listed(page) == ["sound", "new", "no room"]
    assert [one["name"] for one in kept(page)] == ["sound", "new"]
    page.evaluate("() => { Storage.prototype.setItem = Storage.prototype.real; }")
    add(page, "room", 5, 5)
    expect(notice(page, "storage")).to_have_count(0)
    assert [one["name"] for one in kept(page)] == ["sound", "new", "no room", "room"]


def test_a_browser_without_storage_still_ranks(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    page.goto(address + PATH)
    add(page, "kept in the page", 1, 10)
    expect(notice(page, "storage")).to_contain_text("does not let the page store anything")
    assert listed(page) == ["kept in the page"]
    page.close()


# Paper, and no script


def test_the_canvas_is_printed_with_the_ideas_and_the_list_on_its_back(
    window: Page, address: str
) -> None:
    page = opened(
        window, address, [idea("Churn score", 2, 9, data="missing"), idea("Search", 9, 2)]
    )
    settled(page)
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert all(width > height for width, height in sizes(pdf))
    canvas, back = (unicodedata.normalize("NFKC", text) for text in texts(pdf))
    for text in ("Do first", "Churn score", "Search", "Needs its data first", "Unit"):
        assert text in canvas
    for text in ("Ideas, ranked", "Ranked by quadrant", "Cost 2 of 10", "Say no, write down"):
        assert text in back
    assert "Add an idea" not in canvas + back
    assert "Save to a file" not in canvas + back


def test_without_a_script_the_page_is_the_matrix_and_its_guide(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.locator(".mp-quadrant").get_by_text("Pick your first project here")).to_be_visible()
    assert "With JavaScript you can place your own ideas here" in page.content()
    for part in ("Add an idea", "Ideas, ranked", "Save to a file"):
        expect(page.get_by_text(part)).to_be_hidden()
    context.close()
