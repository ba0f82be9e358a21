"""The page "When Material ends": its commands build the same site with other generators."""

from __future__ import annotations

import re
import site as python_site
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import find_generators
import pytest
import yaml
from htmltree import page
from projects import ENVIRONMENT, ROOT, Project, copy_project

GUIDE = (ROOT / "content" / "when-material-ends.md").read_text(encoding="utf-8")
PINS = (ROOT / "tests" / "generators.txt").read_text(encoding="utf-8").splitlines()


def commands(section: str) -> list[str]:
    """The lines of the one block with commands in a section."""
    text = GUIDE.partition(f"{{ #{section} }}")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(block).splitlines()


def follow(section: str, project: Project, **environment: str) -> None:
    """Do what a section says. What it installs was installed before, in the version it names."""
    for line in commands(section):
        if "pip install" in line:
            assert line.split()[-1] in PINS
        elif "venv .zensical" not in line:
            done = subprocess.run(
                ["sh", "-ec", line],
                cwd=project.root,
                env={**ENVIRONMENT, **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@dataclass(frozen=True)
class Moved:
    """What the guide's commands have built: the project, and the site of each generator."""

    project: Project
    zensical: Path
    properdocs: Path


@pytest.fixture(scope="module")
def moved(generators: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """The pages and their settings, built by either generator."""
    root = tmp_path_factory.mktemp("moved")
    project = copy_project(root / "project")
    (project.root / ".venv").symlink_to(sys.prefix)
    (project.root / ".zensical").symlink_to(find_generators.folder("zensical"))
    follow("zensical", project)
    built = project.site.rename(root / "zensical")
    other = root / "properdocs"
    command = [
        str(generators["properdocs"]),
        "build",
        "--strict",
        "-f",
        "moved.yml",
        "-d",
        str(other),
    ]
    done = subprocess.run(
        command, cwd=project.root, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Moved(project, built, other)


def outline(site: Path) -> dict[str, list[tuple[str, str]]]:
    """The larger headings of every page, by its address."""
    return {
        file.relative_to(site).as_posix(): [
            (part.tag, part.words.removesuffix("¶").strip())
            for part in page(file).first("article").all()
            if part.tag in ("h1", "h2")
        ]
        for file in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def ours(site: Path) -> dict[str, list[tuple[str, str]]]:
    made = outline(site)
    assert sum(map(len, made.values())) > 800
    return made


@pytest.mark.parametrize("name", ["zensical", "properdocs"])
def test_another_generator_makes_every_page_with_every_heading(
    moved: Moved, ours: dict[str, list[tuple[str, str]]], site: Path, name: str
) -> None:
    folder: Path = getattr(moved, name)
    assert outline(folder) == ours
    data = {file.relative_to(site) for file in (site / "data").rglob("*") if file.is_file()}
    assert {path for path in data if not (folder / path).is_file()} == set()


@pytest.mark.parametrize("name", ["zensical", "properdocs"])
def test_its_pages_have_the_frame_of_ours(moved: Moved, site: Path, name: str) -> None:
    home, same = (page(folder / "index.html") for folder in (getattr(moved, name), site))
    for document in (home, same):
        assert document.first("title").words == "ML Maturity Playbook"
        assert len(document.first("svg", "mp-mark").all("rect")) == 5
        loaded = [link.attributes["href"].removeprefix("./") for link in document.all("link")]
        assert "assets/brand.css" in loaded
    tabs = [tab.words for tab in home.first("nav", "md-tabs").all("li")]
    assert tabs == [tab.words for tab in same.first("nav", "md-tabs").all("li")]
    foot = home.first("p", "mp-foot").words
    assert foot.startswith("ML Maturity Playbook, version")


def test_properdocs_builds_the_site_with_the_hook_as_the_guide_says(
    moved: Moved, ours: dict[str, list[tuple[str, str]]], site: Path
) -> None:
    """Its program stands beside ours there; here it borrows what our environment has."""
    project = copy_project(moved.project.root.parent / "quick")
    (project.root / ".venv").symlink_to(find_generators.folder("properdocs"))
    follow("properdocs", project, PYTHONPATH=python_site.getsitepackages()[0])
    assert outline(project.site) == ours
    here, there = ((s / "levels/building/index.html").read_text() for s in (site, project.site))
    assert "ProperDocs" in there
    assert "Content-Security-Policy" in there
    assert here.count("mp-term") == there.count("mp-term") > 0


def test_settings_for_another_generator_know_what_a_fork_inherits(project: Project) -> None:
    project.write("content/own/brand.css", ":root { --mp-brand: #123456 }\n")
    project.write(
        "site.yml",
        "INHERIT: mkdocs.yml\n"
        "site_url: !ENV [NOT_SET, NOR_THIS, 'https://example.org/book/']\n"
        "theme: {logo: own/logo.svg}\n"
        "nav:\n  - index.md\n  - '@levels'\n"
        "markdown_extensions:\n"
        "  - toc: {slugify: !!python/name:pymdownx.slugs.uslugify }\n",
    )
    command = ["maturity", "pages", "out", "--no-pdf", "--config", "site.yml"]
    result = project.run(*command, "--settings", "out.yml")
    assert result.code == 0, result.output
    text = (project.root / "out.yml").read_text(encoding="utf-8")
    assert "!!python/name:pymdownx.slugs.uslugify" in text
    made = yaml.safe_load(text.replace("!!python/name:pymdownx.slugs.uslugify", ""))
    assert made["site_url"] == "https://example.org/book/"
    assert made["theme"]["logo"] == "own/logo.svg"
    assert made["theme"]["font"] is False
    assert made["nav"][0] == "index.md"
    assert [*made["nav"][1]] == ["Levels"]
    assert made["plugins"] == ["search"]
    assert made["extra"]["own_styles"] == ["own/brand.css"]
    assert not {"INHERIT", "hooks", "watch"} & made.keys()


def test_settings_that_cannot_be_read_are_reported(project: Project) -> None:
    project.write("site.yml", "INHERIT: [\n")
    command = ["maturity", "pages", "out", "--no-pdf", "--config", "site.yml"]
    result = project.run(*command, "--settings", "out.yml")
    assert result.code == 1
    assert "the settings of the site cannot be read" in result.output
    assert "Traceback" not in result.output
    assert not (project.root / "out").exists()
