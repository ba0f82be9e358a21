"""`make serve`: edits show, and a mistake shows as a page that goes away with the fix."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect
from projects import ENVIRONMENT, ROOT, Project

INDEX = "{}/search/search_index.json"


@contextmanager
def preview(project: Project, port: int, reload: str = "--livereload") -> Iterator[str]:
    """Run the server that `make serve` runs."""
    program = Path(sys.executable).parent / "mkdocs"
    url = f"127.0.0.1:{port}"
    environment = {**ENVIRONMENT, "PDF": "true"}  # which a preview does not wait for
    command = [str(program), "serve", reload, "--no-strict", "-a", url]
    with (project.root / "serve.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=project.root, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(f"http://{url}/")
            yield f"http://{url}"
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def test_edits_and_mistakes_show_in_the_browser(
    project: Project, browser: Browser, free_port: Callable[[], int]
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    with preview(project, free_port()) as url:
        page = browser.new_page()
        page.goto(f"{url}/practices/open-daily/")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Open every day")
        assert page.request.get(f"{url}/data/checklists/first-oven.pdf").status == 404
        # An edit of the definition
        project.replace("framework.yaml", "title: Open every day", "title: Open at six")
        expect(heading).to_contain_text("Open at six", timeout=60_000)
        # The log, which lies beside the definition, is no reason for a build
        log = (project.root / "serve.log").read_text(encoding="utf-8")
        assert log.count("Detected file changes") <= 2  # a poll may fall into the edit
        # It shows on other pages too, and pages without it are as they were
        assert "Open at six" in page.request.get(f"{url}/levels/first-oven/").text()
        kept = page.request.get(f"{url}/practices/keep-recipes/").text()
        assert "Every recipe is written down." in kept
        assert 'href="#criteria"' in kept  # in its table of contents
        assert "Every recipe is written down." in page.request.get(INDEX.format(url)).text()
        # Two mistakes at once, and their fix
        good = (project.root / "framework.yaml").read_text(encoding="utf-8")
        project.replace("framework.yaml", "owner: seller", "owner: seler")
        project.replace("framework.yaml", "    effort: 1", "    efort: 1")
        expect(heading).to_contain_text("2 problems in framework.yaml", timeout=60_000)
        expect(page.locator("pre")).to_contain_text("did you mean seller?")
        project.write("framework.yaml", good)
        expect(heading).to_contain_text("Open at six", timeout=60_000)
        # An overlay and words that are only written now
        overlay = 'based_on: "1.0.0"\npractices: {open-daily: {title: Open by overlay}}\n'
        project.write("overlay.yaml", overlay)
        expect(heading).to_contain_text("Open by overlay", timeout=60_000)
        project.write("words.yaml", "practice: {criteria: Done once}\n")
        expect(page.locator("#criteria")).to_contain_text("Done once", timeout=60_000)
        # A template
        template = project.root / "overrides" / "pages" / "practice.md"
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace("# {{ entry.title }}", "# ¡{{ entry.title }}!"))
        expect(heading).to_contain_text("¡Open by overlay!", timeout=60_000)
        # A mistake in what the theme does with a page, and its fix
        project.replace(
            "overrides/main.html", "{% block scripts %}", "{% block scripts %}{{ page and no.way }}"
        )
        expect(page.locator("pre")).to_contain_text("'no' is undefined", timeout=60_000)
        project.replace("overrides/main.html", "{{ page and no.way }}", "")
        expect(heading).to_contain_text("¡Open by overlay!", timeout=60_000)
        page.close()


def test_a_server_started_on_a_mistake_shows_it(
    project: Project, browser: Browser, free_port: Callable[[], int]
) -> None:
    project.replace("framework.yaml", "version: ", "versoin: ")
    with preview(project, free_port()) as url:
        page = browser.new_page()
        page.goto(f"{url}/levels/building/")
        expect(page.locator("pre")).to_contain_text("did you mean version?")
        page.close()


def test_a_preview_after_edits_is_what_a_new_one_shows(
    project: Project, free_port: Callable[[], int]
) -> None:
    """What it keeps from one build to the next must never show."""
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    definition, theme, guide = "framework.yaml", "overrides/main.html", "content/customize.md"
    practice, level, index = "practices/open-daily/", "levels/first-oven/", INDEX.format("")[1:]
    edits = [
        (definition, "Every recipe is written down.", "Each is.", index, "Each is."),
        (definition, "title: Open every day", "title: Open at six", level, "Open at six"),
        (theme, "{% block scripts %}", "{% block scripts %}<i>own</i>", level, "<i>own</i>"),
        (guide, "title: Make it yours", "title: Make it ours", "workshop/", "Make it ours"),
        ("mkdocs.yml", 'site_name: ""', 'copyright: Owned\nsite_name: ""', level, "Owned"),
        (definition, "id: bakery", "# one line more\n  id: bakery", practice, "#L{line}"),
    ]
    project.write("content/own/note.md", "---\ntitle: Note\n---\n\n[Away](nowhere.md)\n")
    with preview(project, free_port()) as url:
        for file, old, new, page, shown in edits:
            project.replace(file, old, new)
            text = (project.root / definition).read_text(encoding="utf-8")
            line = text[: text.index("  open-daily:")].count("\n") + 1
            _wait_until(f"{url}/{page}", shown.format(line=line))
        # What is wrong with a page that has not changed is said in each build
        log = (project.root / "serve.log").read_text(encoding="utf-8")
        assert log.count("'nowhere.md'") == log.count("Building documentation") > len(edits)
        pages = [*re.findall("<loc>http:///([^<]*)</loc>", _text(f"{url}/sitemap.xml"))]
        assert len(pages) > 20
        pages += ["404.html", index, "data/framework.json", "data/framework.schema.json"]
        edited = {page: _text(f"{url}/{page}") for page in pages}
        workbook = _answer(f"{url}/data/checklists.xlsx")
    with preview(project, free_port()) as url:
        fresh = {page: _text(f"{url}/{page}") for page in pages}
        assert workbook == _answer(f"{url}/data/checklists.xlsx")
    assert edited == fresh


def _wait_until(url: str, text: str) -> None:
    for _ in range(300):
        if text in _text(url):
            return
        time.sleep(0.2)
    raise TimeoutError(url)


def _answer(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
        body: bytes = answer.read()
    return body


def _text(url: str) -> str:
    """What a server answers, less its own address and the script that it puts in."""
    own = r"127\.0\.0\.1:\d+|<script>\s*var livereload.*?</script>"
    return re.sub(own, "", _answer(url).decode(), flags=re.DOTALL)


def test_a_preview_that_does_not_reload_has_its_pages(
    project: Project, free_port: Callable[[], int]
) -> None:
    with preview(project, free_port(), "--no-livereload") as url:
        assert "<h1" in _text(f"{url}/levels/building/")
