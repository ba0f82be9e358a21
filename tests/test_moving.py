"""The page "When Material ends": its commands build the same site with other generators."""

from __future__ import annotations

import re
import shutil
import site as python_site
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import build_cache
import find_generators
import pytest
import yaml
from htmltree import page
from maturity.definition.problems import FrameworkError
from maturity.site import configuration
from mkdocs.utils.yaml import yaml_load
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
    build_cache.take(project.root)
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


def test_where_no_environment_can_be_made_the_advice_is_printed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    script = "import sys, find_generators; sys.prefix = sys.argv[1]; find_generators.main()"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "file")],
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(find_generators.ADVICE) == len(find_generators.GENERATORS)


@dataclass(frozen=True)
class Moved:
    """What the guide's commands have built: the project, and the site of each generator."""

    project: Project
    zensical: Path
    properdocs: Path


@pytest.fixture(scope="module")
def moved(
    generators: dict[str, Path],
    site: Path,  # its PDFs are kept
    tmp_path_factory: pytest.TempPathFactory,
) -> Moved:
    """The pages and their settings, built by either generator."""
    root = tmp_path_factory.mktemp("moved")
    project = copy_project(root / "project")
    (project.root / ".venv").symlink_to(sys.prefix)
    (project.root / ".zensical").symlink_to(find_generators.folder("zensical"))
    follow("zensical", project, PDF="true")
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
    headings = outline(site)
    assert sum(map(len, headings.values())) > 800
    return headings


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
        loaded = [link.attributes["href"] for link in document.all("link")]
        assert [name for name in loaded if re.search(r"assets/brand\.(\w{8}\.)?css$", name)]
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
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
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
    settings = yaml.safe_load(text.replace("!!python/name:pymdownx.slugs.uslugify", ""))
    assert settings["site_url"] == "https://example.org/book/"
    assert settings["theme"]["logo"] == "own/logo.svg"
    assert settings["theme"]["font"] is False
    assert settings["nav"][0] == "index.md"
    assert [*settings["nav"][1]] == ["Stages"]
    assert settings["plugins"] == ["search"]
    assert settings["extra"]["own_styles"] == ["own/brand.css"]
    assert not {"INHERIT", "hooks", "watch"} & settings.keys()


def test_another_generator_is_told_the_address_of_the_version(project: Project) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    result = project.run(
        *("maturity", "pages", "out", "--no-pdf", "--settings", "out.yml"),
        SITE_URL="https://baker.example/book",
        CANONICAL_VERSION="latest",
    )
    assert result.code == 0, result.output
    written = yaml.safe_load((project.root / "out.yml").read_text(encoding="utf-8"))
    assert written["site_url"] == "https://baker.example/book/latest/"


# What settings say, and what is no settings


@pytest.mark.parametrize(
    ("text", "variables", "value"),
    [
        ("!ENV UDU", {"UDU": "false"}, False),
        ("!ENV [UDU, true]", {"UDU": "false"}, False),
        ("!ENV [UDU, true]", {"UDU": "3"}, 3),
        ("!ENV [UDU, true]", {"UDU": "book"}, "book"),
        ("!ENV [UDU, true]", {}, True),
        ("!ENV [UDU, AUTHOR, nobody]", {"AUTHOR": "Ada"}, "Ada"),
        ("!ENV [UDU, AUTHOR, nobody]", {}, "nobody"),
        ("!ENV [UDU, null]", {}, None),
        ("!ENV [UDU, [a, b]]", {}, ["a", "b"]),
        ("!ENV [AUTHOR]", {}, None),
        ("!ENV [AUTHOR]", {"AUTHOR": "Ada"}, "Ada"),
        ("!ENV AUTHOR", {}, None),
    ],
)
def test_a_variable_means_to_another_generator_what_it_means_to_mkdocs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    variables: dict[str, str],
    value: object,
) -> None:
    for name in ("UDU", "AUTHOR"):
        monkeypatch.delenv(name, raising=False)
    for name, content in variables.items():
        monkeypatch.setenv(name, content)
    file = tmp_path / "site.yml"
    file.write_text(f"use_directory_urls: {text}\n", encoding="utf-8")
    assert configuration.load(file) == {"use_directory_urls": value}
    with file.open("rb") as stream:
        assert yaml_load(stream) == {"use_directory_urls": value}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"site.yml": "INHERIT: site.yml\n"}, "site.yml:1:1: INHERIT: site.yml inherits"),
        (
            {"site.yml": "INHERIT: a.yml\n", "a.yml": "\nINHERIT: ./site.yml\n"},
            "a.yml:2:1: INHERIT: ./site.yml inherits from this file again",
        ),
        (
            {"site.yml": "INHERIT: a.yml\n", "a.yml": "INHERIT: a.yml\n"},
            "a.yml:1:1: INHERIT: a.yml inherits from this file again",
        ),
        (
            {"site.yml": "# ours\nINHERIT: base.yml\n"},
            "site.yml:2:1: INHERIT: no file base.yml",
        ),
        ({"site.yml": "INHERIT: [a.yml]\n"}, "site.yml:1:1: INHERIT: must be the name of a file"),
        (
            {"site.yml": "a: b\n<<<<<<< HEAD\nc: d\n=======\n>>>>>>> upstream/main\n"},
            "site.yml:2:1: a merge conflict of git stands here",
        ),
        ({"site.yml": "INHERIT: [\n"}, "site.yml:2:1: the settings of the site cannot be read"),
        (
            {"site.yml": "INHERIT: a.yml\n", "a.yml": "theme: {\n"},
            "a.yml:2:1: the settings of the site cannot be read",
        ),
        ({"site.yml": "- theme\n"}, "site.yml:1:1: the settings of the site cannot be read"),
        ({"site.yml": "a: !ENV {b: c}\n"}, "site.yml:1:4: the settings of the site cannot be"),
        ({"site.yml": "a: !relative\n"}, "site.yml:1:4: the settings of the site cannot be read"),
        ({"site.yml": "a: 2026-02-30\n"}, "the settings of the site cannot be read: a value is"),
        ({"site.yml": "a: !!bool maybe\n"}, "the settings of the site cannot be read: a value"),
        ({"site.yml": "a: " + "[" * 5000}, "the settings of the site cannot be read"),
        ({}, "site.yml:1:1: the file cannot be read: No such file"),
    ],
)
def test_settings_that_cannot_be_read_are_reported_where_they_stand(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError) as error:
        configuration.load(tmp_path / "site.yml")
    assert message in error.value.report(tmp_path)


def test_settings_that_are_no_text_or_no_file_are_reported(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_bytes(b"site_name: \xff\n")
    (tmp_path / "folder.yml").mkdir()
    for name in ("site.yml", "folder.yml"):
        with pytest.raises(FrameworkError, match="1 problem"):
            configuration.load(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("INHERIT: site.yml", "site.yml:1:1: INHERIT: site.yml inherits from this file again"),
        ("extra: yes", "site.yml:1:1: extra: must be a map"),
        ("extra: {maturity: 1}", "site.yml:1:9: extra: maturity: must be a map"),
        ("validation: all", "site.yml:1:1: validation: must be a map"),
        ("theme: [material]", "site.yml:1:1: theme: must be a map"),
        ("nav: index.md", "site.yml:1:1: nav: must be a list"),
        ("extra_css: own/brand.css", "site.yml:1:1: extra_css: must be a list"),
        ("nav: ['@levles']", "site.yml:1:8: nav: no @levles"),
    ],
)
def test_a_mistake_in_settings_stops_before_anything_is_written(
    project: Project, line: str, message: str
) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write("site.yml", f"{line}\n")
    command = ["maturity", "pages", "out", "--no-pdf", "--config", "site.yml"]
    result = project.run(*command, "--settings", "out.yml")
    assert result.code == 1
    assert message in result.output
    assert "Traceback" not in result.output
    assert not (project.root / "out").exists()
    assert not (project.root / "out.yml").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["framework.yaml"],
        ["framework.yaml/out"],
        ["out", "--content", "nowhere"],
        ["out", "--content", "framework.yaml"],
        ["out", "--overrides", "nowhere"],
        ["out", "--settings", "content"],
        ["out", "--settings", "framework.yaml/out.yml"],
    ],
)
def test_a_path_that_cannot_be_used_is_said_in_a_sentence(
    project: Project, arguments: list[str]
) -> None:
    definition = (ROOT / "tests" / "small.yaml").read_bytes()
    (project.root / "framework.yaml").write_bytes(definition)
    result = project.run("maturity", "pages", "--no-pdf", *arguments)
    assert result.code in (1, 2)
    assert "Traceback" not in result.output
    assert arguments[-1].split("/")[0] in result.output
    assert (project.root / "framework.yaml").read_bytes() == definition


def test_settings_are_written_into_a_folder_that_is_new(project: Project) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    result = project.run("maturity", "pages", "new/out", "--no-pdf", "--settings", "other/out.yml")
    assert result.code == 0, result.output
    written = yaml.safe_load((project.root / "other" / "out.yml").read_text(encoding="utf-8"))
    assert written["docs_dir"] == "../new/out"
