"""`make serve`: edits show, and a mistake shows as a page that goes away with the fix."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

from playwright.sync_api import Browser, expect
from previews import edit, preview, save
from projects import ROOT, Project

INDEX = "{}/search/search_index.json"


def test_edits_and_mistakes_show_in_the_browser(
    project: Project, browser: Browser, free_port: Callable[[], int]
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    with preview(project, free_port()) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/practices/open-daily/")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Open every day")
        assert page.request.get(f"{server.url}/data/checklists/first-oven.pdf").status == 404
        # An edit of the definition
        edit(project, "framework.yaml", "title: Open every day", "title: Open at six")
        expect(heading).to_contain_text("Open at six", timeout=60_000)
        # The log, which lies beside the definition, is no reason for a build
        assert server.printed.count("Detected file changes") == 1
        # It shows on other pages too, and pages without it are as they were
        assert "Open at six" in page.request.get(f"{server.url}/levels/first-oven/").text()
        unchanged = page.request.get(f"{server.url}/practices/keep-recipes/").text()
        assert "Every recipe is written down." in unchanged
        assert 'href="#criteria"' in unchanged  # in its table of contents
        assert "Every recipe is written down." in page.request.get(INDEX.format(server.url)).text()
        # Two mistakes at once, and their fix
        good = (project.root / "framework.yaml").read_text(encoding="utf-8")
        edit(project, "framework.yaml", "owner: seller", "owner: seler")
        edit(project, "framework.yaml", "    effort: 1", "    efort: 1")
        expect(heading).to_contain_text("2 problems in framework.yaml", timeout=60_000)
        expect(page.locator("pre")).to_contain_text("did you mean seller?")
        save(project, "framework.yaml", good)
        expect(heading).to_contain_text("Open at six", timeout=60_000)
        # An overlay and words that are only written now
        overlay = 'based_on: "1.0.0"\npractices: {open-daily: {title: Open by overlay}}\n'
        save(project, "overlay.yaml", overlay)
        expect(heading).to_contain_text("Open by overlay", timeout=60_000)
        save(project, "words.yaml", "practice: {criteria: Done once}\n")
        expect(page.locator("#criteria")).to_contain_text("Done once", timeout=60_000)
        # A template
        template = "overrides/pages/practice.md"
        edit(project, template, "# {{ entry.title }}", "# ¡{{ entry.title }}!")
        expect(heading).to_contain_text("¡Open by overlay!", timeout=60_000)
        # A mistake in what the theme does with a page, and its fix
        edit(
            project,
            "overrides/main.html",
            "{% block scripts %}",
            "{% block scripts %}{{ page and no.way }}",
        )
        expect(page.locator("pre")).to_contain_text("'no' is undefined", timeout=60_000)
        edit(project, "overrides/main.html", "{{ page and no.way }}", "")
        expect(heading).to_contain_text("¡Open by overlay!", timeout=60_000)
        page.close()


def test_a_server_started_on_a_mistake_shows_it(
    project: Project, browser: Browser, free_port: Callable[[], int]
) -> None:
    edit(project, "framework.yaml", "version: ", "versoin: ")
    with preview(project, free_port()) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/levels/building/")
        expect(page.locator("pre")).to_contain_text("did you mean version?")
        page.close()


def test_a_preview_after_edits_is_what_a_new_one_without_shortcuts_shows(
    project: Project, free_port: Callable[[], int]
) -> None:
    """What it keeps from one build to the next must never show."""
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    definition, theme, guide = "framework.yaml", "overrides/main.html", "content/facilitator.md"
    practice, level, index = "practices/open-daily/", "levels/first-oven/", INDEX.format("")[1:]
    edits = [
        (definition, "Every recipe is written down.", "Each is.", index, "Each is."),
        (definition, "title: Open every day", "title: Open at six", level, "Open at six"),
        (theme, "{% block scripts %}", "{% block scripts %}<i>own</i>", level, "<i>own</i>"),
        (
            guide,
            "title: Facilitator's sheet",
            "title: The leader's sheet",
            "workshop/",
            "leader's sheet",
        ),
        ("mkdocs.yml", 'site_name: ""', 'copyright: Owned\nsite_name: ""', level, "Owned"),
        (definition, "id: bakery", "# one line more\n  id: bakery", practice, "#L{line}"),
    ]
    project.write("content/own/note.md", "---\ntitle: Note\n---\n\n[Away](nowhere.md)\n")
    with preview(project, free_port()) as server:
        for file, old, new, page, shown in edits:
            edit(project, file, old, new)
            text = (project.root / definition).read_text(encoding="utf-8")
            line = text[: text.index("  open-daily:")].count("\n") + 1
            server.wait_until(page, shown.format(line=line))
        # What is wrong with a page that has not changed is said in each build
        log = server.printed
        assert log.count("'nowhere.md'") == log.count("Building documentation") > len(edits)
        pages = [*re.findall("<loc>http:///([^<]*)</loc>", server.text("sitemap.xml"))]
        assert len(pages) > 20
        pages += ["404.html", index, "data/framework.json", "data/framework.schema.json"]
        edited = {page: server.text(page) for page in pages}
        workbook = server.bytes("data/checklists.xlsx")
    with preview(project, free_port(), SHORTCUTS="false") as server:
        fresh = {page: server.text(page) for page in pages}
        assert workbook == server.bytes("data/checklists.xlsx")
    assert edited == fresh


def test_a_preview_that_does_not_reload_has_its_pages(
    project: Project, free_port: Callable[[], int]
) -> None:
    with preview(project, free_port(), "--no-livereload") as server:
        assert "<h1" in server.text("levels/building/")
