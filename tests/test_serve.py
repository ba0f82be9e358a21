"""`make serve`: edits show, and a mistake shows as a page that goes away with the fix."""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.error import HTTPError

import in_memory
import pytest
import serve
from maturity.site.settings import Settings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from playwright.sync_api import Browser, expect
from previews import BUILT, MKDOCS, edit, preview, save
from projects import ROOT, Project
from shortcuts import watching
from watchdog.observers.polling import PollingEmitter

INDEX = "{}/search/search_index.json"
PRACTICE = "practices/open-daily/"
#: How a page begins a link in the tabs above it.
TAB = '<a href="../../{}/" class="md-tabs__link">'


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
        page.close()  # which has been seen to load each build, good or bad
        # An overlay and words that are only written now
        overlay = 'based_on: "1.0.0"\npractices: {open-daily: {title: Open by overlay}}\n'
        save(project, "overlay.yaml", overlay)
        server.wait_until(PRACTICE, ">Open by overlay<a")
        save(project, "words.yaml", "practice: {criteria: Done once}\n")
        server.wait_until(PRACTICE, '<h2 id="criteria">Done once<')
        # A template
        template = "overrides/pages/practice.md"
        edit(project, template, "# {{ entry.title }}", "# ¡{{ entry.title }}!")
        server.wait_until(PRACTICE, ">¡Open by overlay!<a")
        # A mistake in what the theme does with a page, and its fix
        builds = server.printed.count(BUILT)
        edit(
            project,
            "overrides/main.html",
            "{% block scripts %}",
            "{% block scripts %}{{ page and no.way }}",
        )
        server.wait_for(BUILT, builds + 1)
        with pytest.raises(HTTPError) as error:
            server.text(PRACTICE)
        assert "'no' is undefined" in html.unescape(error.value.read().decode())
        edit(project, "overrides/main.html", "{{ page and no.way }}", "")
        server.wait_until(PRACTICE, ">¡Open by overlay!<a")


def test_a_server_started_on_a_mistake_shows_it(
    project: Project, browser: Browser, free_port: Callable[[], int]
) -> None:
    edit(project, "framework.yaml", "version: ", "versoin: ")
    with preview(project, free_port()) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/levels/building/")
        expect(page.locator("pre")).to_contain_text("did you mean version?")
        page.close()


@pytest.mark.parametrize("shortcuts", ["true", "conversions on_demand islands"])
def test_a_preview_after_edits_is_what_a_new_one_without_shortcuts_shows(
    shortcuts: str, project: Project, free_port: Callable[[], int]
) -> None:
    """What it keeps from one build to the next must never show."""
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    own = "<i>own</i>{{ page.next_page.toc if page.next_page }}"
    definition, theme, guide = "framework.yaml", "overrides/main.html", "content/facilitator.md"
    practice, level, index = "practices/open-daily/", "levels/first-oven/", INDEX.format("")[1:]
    edits = [
        (definition, "Every recipe is written down.", "Each is.", index, "Each is."),
        (theme, "{% block scripts %}", "{% block scripts %}" + own, level, "<i>own</i>"),
        (
            guide,
            "title: Facilitator's sheet",
            "title: The leader's sheet",
            "workshop/",
            "leader's sheet",
        ),
        ("mkdocs.yml", 'site_name: ""', 'copyright: Owned\nsite_name: ""', level, "Owned"),
        (definition, "id: bakery", "# one line more\n  id: bakery", practice, "#L{line}"),
        # Pages that have changed wait now.
        (definition, "title: Open every day", "title: Open at six", level, "Open at six"),
    ]
    where = {"EDIT_URI": "https://example.org/edit/content/"}
    links = "[Away](note.md#nowhere) [Open](../practices/open-daily.md#open-every-day)\n"
    project.write("content/own/note.md", f"---\ntitle: Note\n---\n\n{links}")
    with preview(project, free_port(), SHORTCUTS=shortcuts, **where) as server:
        for file, old, new, page, shown in edits:
            edit(project, file, old, new)
            text = (project.root / definition).read_text(encoding="utf-8")
            line = text[: text.index("  open-daily:")].count("\n") + 1
            server.wait_until(page, shown.format(line=line))
        # What is wrong with a page that has not changed is said in each build
        log = server.printed
        assert log.count("'note.md#nowhere'") == log.count("Building documentation") > len(edits)
        # as is what has become wrong by the last edit, though nobody has asked for the page by now
        assert log.count("open-daily.md#open-every-day'") == 1
        pages = [*re.findall("<loc>http:///([^<]*)</loc>", server.text("sitemap.xml"))]
        assert len(pages) > 20
        pages += ["404.html", index, "data/framework.json", "data/framework.schema.json"]
        pages.append("search/search_index.json")  # last, as it needs all pages
        edited = {page: server.text(page) for page in pages}
        workbook = server.bytes("data/checklists.xlsx")
    with preview(project, free_port(), SHORTCUTS="false", **where) as server:
        fresh = {page: server.text(page) for page in pages}
        assert workbook == server.bytes("data/checklists.xlsx")
    assert edited == fresh


def test_a_preview_that_does_not_reload_has_its_pages(
    project: Project, free_port: Callable[[], int]
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    with preview(project, free_port(), (*MKDOCS[:2], "--no-livereload", *MKDOCS[2:])) as server:
        assert "<h1" in server.text("levels/first-oven/")


def test_whatever_the_guide_has_one_create_meanwhile_shows(
    project: Project, free_port: Callable[[], int]
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    nav = "INHERIT: mkdocs.yml\nnav:\n  - index.md\n  - own/welcome.md\n"
    with preview(project, free_port()) as server:
        assert "Ask in the shop." not in server.text(PRACTICE)
        (project.root / "snippets").mkdir()
        save(project, "snippets/practices.after.md", "Ask in the shop.\n")
        server.wait_until(PRACTICE, "<p>Ask in the shop.</p>")
        project.write("content/own/welcome.md", "---\ntitle: Welcome\n---\n\n# Welcome\n")
        server.wait_until("own/welcome/", "<h1")
        # Settings of the fork's own, which are taken from then on
        save(project, "site.yml", nav)
        server.wait_for("Serving on", 2)
        assert TAB.format("own/welcome") in server.text(PRACTICE)
        # A mistake in them is a page like any other, and goes away with its fix
        save(project, "site.yml", nav + "  - @map\n")
        server.wait_until("", "1 problem in site.yml")
        assert re.search(r"site\.yml:5:5: .*\n.*needs quotes", server.text(""), re.DOTALL)
        save(project, "site.yml", nav + '  - "@map"\n')
        server.wait_until(PRACTICE, TAB.format("map"))
        # Settings that are read once, and none of one's own any more
        save(project, "site.yml", nav + "site_url: http://127.0.0.1/book/\n")
        server.wait_for("Serving on", 3)
        assert "<h1" in server.text("book/own/welcome/")
        (project.root / "site.yml").unlink()
        server.wait_for("Serving on", 4)
        assert 'href="../../map/"' in server.text(PRACTICE)
        assert server.interrupt() == 0
        assert "site.yml:5:5: the settings of the site cannot be read" in server.printed
        assert "Traceback" not in server.printed


def test_a_server_started_on_broken_settings_shows_that_and_then_the_site(
    project: Project, free_port: Callable[[], int]
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write("site.yml", "INHERIT: mkdocs.yml\nthem: {logo: own/logo.svg}\n")
    with preview(project, free_port()) as server:
        with pytest.raises(HTTPError) as error:
            server.text("levels/")
        assert "site.yml:2:1: unknown setting them" in error.value.read().decode()
        save(project, "site.yml", "INHERIT: mkdocs.yml\n")
        server.wait_for("Serving on", 2)
        assert "<h1" in server.text("levels/first-oven/")
        assert server.interrupt() == 0
        assert "Traceback" not in server.printed


GUIDE = (ROOT / "content" / "customize.md").read_text(encoding="utf-8")
#: Every file that the guide has one write.
CREATED = [*dict.fromkeys(re.findall(r'data-file="([^"]+)"', GUIDE))]


def watcher(root: Path, framework: str) -> LiveReloadServer:
    """Return a server that only watches an empty site, and never answers."""
    for name in ("mkdocs.yml", framework, "content/index.md"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("site_name: A\n")
    config = MkDocsConfig(config_file_path=str(root / "mkdocs.yml"))
    config.docs_dir = str(root / "content")
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(root))
    server.server_close()  # it only watches
    server.watch(config.docs_dir)
    server.watch(config.config_file_path)
    settings = Settings(root / framework, root / "overrides", root / "content")
    watching.watch_definition(server, config, settings)
    return server


@pytest.mark.parametrize("framework", ["framework.yaml", "release-habits/framework.yaml"])
def test_every_file_that_the_guide_has_one_write_is_watched(tmp_path: Path, framework: str) -> None:
    server = watcher(tmp_path, framework)
    emitters = [cast(PollingEmitter, emitter) for emitter in server.observer.emitters]

    def seen() -> set[str]:
        return {str(path) for emitter in emitters for path in emitter._take_snapshot().paths}

    beside = Path(framework).parent
    files = [name for name in CREATED if "framework.yaml" not in name or name == framework]
    assert len(files) > 5
    later = [beside / "snippets/levels/a.before.md", beside / "releases/a/1.0.0.yaml"]
    for name in (*files, *later):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
        assert str(tmp_path / name) in seen(), name
    (tmp_path / "serve.log").write_text("")
    assert str(tmp_path / "serve.log") not in seen()


@pytest.mark.parametrize("change", ["write", "remove", "write what is not watched"])
def test_what_is_saved_during_the_first_build_is_not_missed(change: str, tmp_path: Path) -> None:
    server = watcher(tmp_path, "framework.yaml")
    note, begun = tmp_path / "content" / "note.md", 2_000_000_000
    for path in (note.parent, *note.parent.iterdir(), *tmp_path.iterdir(), tmp_path):
        os.utime(path, (begun - 1, begun - 1))
    assert not watching.was_written_since(server, begun)
    touched = {"write": note, "remove": note.parent}.get(change, tmp_path / "serve.log")
    (note if touched == note else tmp_path / "serve.log").write_text("")
    os.utime(tmp_path, (begun - 1, begun - 1))
    os.utime(touched, (begun + 1, begun + 1))
    assert watching.was_written_since(server, begun) == (change in ("write", "remove"))


OURS = "INHERIT: mkdocs.yml\n"


@pytest.mark.parametrize(
    ("lines", "is_needed"),
    [
        ("nav: [index.md]", False),
        ("copyright: Ours", False),
        ("theme: {logo: own/logo.svg, icon: {logo: material/school}}", False),
        ("extra: {maturity: {pdf: false, adapted: false}}", False),
        ("extra_css: [own/a.css]", False),
        ("markdown_extensions: [tables]", False),
        ("docs_dir: pages", True),
        ("site_url: https://a.example/b/", True),
        ("plugins: [search, tags]", True),
        ("hooks: [hooks/playbook.py, own.py]", True),
        ("watch: [overrides, data]", True),
        ("theme: {custom_dir: own}", True),
        ("extra: {maturity: {framework: own/framework.yaml}}", True),
        ("extra: {maturity: {shortcuts: false}}", True),
    ],
)
def test_what_mkdocs_reads_at_each_build_needs_no_new_start(
    lines: str, is_needed: bool, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "site.yml"
    file.write_text(OURS)
    before = serve.read_once(file)
    file.write_text(f"{OURS}{lines}\n")
    assert (serve.read_once(file) != before) == is_needed


def test_an_address_that_is_taken_or_none_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"127.0.0.1:{port} is in use.*") as error:
            serve.listen(f"127.0.0.1:{port}")
    assert f"make serve ADDRESS=127.0.0.1:{port + 1}" in str(error.value)
    for address in ("8000", "127.0.0.1:", "127.0.0.1:80000", "127.0.0.1:x"):
        with pytest.raises(SystemExit, match="ADDRESS is a host and a port, such as"):
            serve.listen(address)
    with pytest.raises(SystemExit, match=r"nothing can listen at no\.such\.host\.invalid:8000: "):
        serve.listen("no.such.host.invalid:8000")


def test_what_nobody_keeps_lies_in_memory_where_there_is_room_and_no_other_folder_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_memory, "FOLDER", tmp_path)
    monkeypatch.delenv("TMPDIR", raising=False)
    has_room = in_memory.folder_in_memory(1)
    assert has_room == (tmp_path if Path("/proc/meminfo").exists() else None)
    assert in_memory.folder_in_memory(2**60) is None
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert in_memory.folder_in_memory(1) is None
