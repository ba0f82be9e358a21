"""`make serve`: edits show, and a mistake shows as a page that goes away with the fix."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import ENVIRONMENT, Project
from playwright.sync_api import Browser, expect


@contextmanager
def preview(project: Project, port: int) -> Iterator[str]:
    """Run the server that `make serve` runs."""
    program = Path(sys.executable).parent / "mkdocs"
    url = f"127.0.0.1:{port}"
    environment = {**ENVIRONMENT, "PDF": "true"}  # which a preview does not wait for
    command = [str(program), "serve", "--livereload", "--no-strict", "-a", url]
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
    with preview(project, free_port()) as url:
        page = browser.new_page()
        page.goto(f"{url}/practices/data-audit/")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Audit the data")
        assert page.request.get(f"{url}/data/checklists/building.pdf").status == 404
        # An edit of the definition
        old = "title: Audit the data behind each opportunity"
        project.replace("framework.yaml", old, "title: Audit what lies there")
        expect(heading).to_contain_text("Audit what lies there", timeout=60_000)
        # Three mistakes at once, and their fix
        good = (project.root / "framework.yaml").read_text(encoding="utf-8")
        project.replace("framework.yaml", "owner: head-of-engineering", "owner: head-of-enginering")
        project.replace("framework.yaml", "    effort: 2", "    efort: 2")
        expect(heading).to_contain_text("2 problems in framework.yaml", timeout=60_000)
        expect(page.locator("pre")).to_contain_text("did you mean head-of-engineering?")
        project.write("framework.yaml", good)
        expect(heading).to_contain_text("Audit what lies there", timeout=60_000)
        # An overlay that is only written now
        overlay = 'based_on: "1.0.0"\npractices: {data-audit: {title: Audit by overlay}}\n'
        project.write("overlay.yaml", overlay)
        expect(heading).to_contain_text("Audit by overlay", timeout=60_000)
        # A template
        template = project.root / "overrides" / "pages" / "practice.md"
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace("# {{ entry.title }}", "# ¡{{ entry.title }}!"))
        expect(heading).to_contain_text("¡Audit by overlay!", timeout=60_000)
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
