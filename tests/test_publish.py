"""`make publish`: versions side by side on the branch gh-pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Project, copy_project, serving
from playwright.sync_api import Browser, expect

PREFIX = "handbook"


def git(folder: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A clone in which two versions were published; the second has a page more."""
    project = copy_project(tmp_path_factory.mktemp("published") / "project")
    shutil.copytree(ROOT / "scripts", project.root / "scripts")
    git(project.root, "init", "-q", "-b", "main")
    git(project.root, "config", "user.name", "Tester")
    git(project.root, "config", "user.email", "tester@example.org")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", "all")
    publish(project, "1.0.0")
    addition = "added-later: {level: building, dimension: product, title: Added later, "
    addition += 'criteria: {a: "It was added."}}'
    project.replace("framework.yaml", "\npractices:\n", f"\npractices:\n  {addition}\n")
    project.replace("framework.yaml", 'version: "1.0.0"', 'version: "1.1.0"')
    publish(project, "1.1.0")
    return project


def publish(project: Project, version: str) -> None:
    result = project.run(
        "python", "scripts/publish.py", version, SITE_URL=f"https://example.org/{PREFIX}/"
    )
    assert result.code == 0, result.output


def test_the_branch_holds_both_versions_and_latest(published: Project) -> None:
    files = set(git(published.root, "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    for version in ("1.0.0", "1.1.0", "latest"):
        assert f"{version}/index.html" in files
        assert f"{version}/data/framework.json" in files
    assert "1.1.0/practices/added-later/index.html" in files
    assert "1.0.0/practices/added-later/index.html" not in files
    assert {"index.html", "404.html", "versions.json"} <= files
    versions = json.loads(git(published.root, "show", "gh-pages:versions.json"))
    assert [(entry["version"], entry["aliases"]) for entry in versions] == [
        ("1.1.0", ["latest"]),
        ("1.0.0", []),
    ]
    latest = json.loads(git(published.root, "show", "gh-pages:latest/data/framework.json"))
    assert latest["framework"]["version"] == "1.1.0"


def test_a_reader_changes_version_and_stays_on_the_page(
    published: Project, browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / PREFIX
    git(published.root, "worktree", "add", "-q", str(folder), "gh-pages")
    with serving(tmp_path) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}/{PREFIX}/")
        expect(page).to_have_url(f"{url}/{PREFIX}/latest/")
        page.goto(f"{url}/{PREFIX}/1.0.0/practices/data-audit/")
        page.locator(".md-version__current").focus()
        page.locator(".md-version__link", has_text="1.1.0").click()
        expect(page).to_have_url(f"{url}/{PREFIX}/1.1.0/practices/data-audit/")
        lost = page.request.get(f"{url}/{PREFIX}/404.html").text()
        assert f'href="/{PREFIX}/latest/levels/"' in lost
        page.close()


def test_a_version_that_is_none_is_refused(published: Project) -> None:
    before = git(published.root, "rev-parse", "gh-pages")
    result = published.run("python", "scripts/publish.py", "next")
    assert result.code == 1
    assert '"next" is not a version' in result.output
    assert git(published.root, "rev-parse", "gh-pages") == before
