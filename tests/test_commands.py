"""The command `maturity`, and what is said of the Makefile."""

from __future__ import annotations

import contextlib
import os
import re
import shutil

import click
import pytest
from click.testing import CliRunner
from maturity.__main__ import main
from projects import ROOT, Project

#: Variables of the Makefile that stand for what it runs.
INTERNAL = {"BIN", "NODE", "TSC", "PYTEST", "MAKE", "SETTINGS", "VERSION"}


def test_check_counts_what_the_definition_holds(project: Project) -> None:
    result = project.run("maturity", "check")
    assert result.code == 0
    assert re.search(
        r"ML Maturity Playbook \d+\.\d+\.\d+: 5 levels, 4 dimensions, \d+ practices", result.output
    )


def test_check_reports_problems_and_fails(project: Project) -> None:
    project.replace("framework.yaml", "effort: 1", "effort: 9")
    result = project.run("maturity", "check")
    assert result.code == 1
    assert re.match(r"framework\.yaml:\d+:\d+: practice ", result.output)
    assert "Traceback" not in result.output


def test_pages_writes_what_another_generator_needs(project: Project) -> None:
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    assert project.run("maturity", "pages", "--no-pdf", "out").code == 0
    out = project.root / "out"
    text = (out / "practices" / "keep-recipes.md").read_text(encoding="utf-8")
    assert "\n# Keep recipes\n" in text
    assert (out / "data" / "framework.json").exists()
    assert (out / "assets" / "playbook.css").exists()
    (out / "index.md").write_text("mine", encoding="utf-8")
    again = project.run("maturity", "pages", "out")
    assert again.code == 1
    assert "out:1:1: the folder is not empty" in again.output
    assert (out / "index.md").read_text(encoding="utf-8") == "mine"


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is quick to write out, with whatever else can stand in a folder beside it."""
    project = Project(tmp_path_factory.mktemp("bakery"))
    project.write("framework.yaml", (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    project.write("mkdocs.yml", "site_name: Bakery\n")
    project.write("content/index.md", "# Home\n")
    project.write("full/file", "mine\n")
    shutil.copytree(ROOT / "overrides", project.root / "overrides")
    os.mkfifo(project.root / "pipe")
    (project.root / "circle").symlink_to("circle")
    (project.root / "nowhere").symlink_to("gone/away")
    return project


def refused(project: Project, *arguments: str) -> tuple[int, str]:
    """Run a command that has to fail and change nothing; its exit code and what it says."""
    before = sorted(project.root.rglob("*"))
    with contextlib.chdir(project.root):
        result = CliRunner().invoke(main, arguments)
    assert sorted(project.root.rglob("*")) == before
    assert isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


LONG = "long" * 100


@pytest.mark.parametrize(
    ("folder", "code", "message"),
    [
        ("full", 1, "full:1:1: the folder is not empty\n  name a new folder"),
        ("framework.yaml", 2, "Directory 'framework.yaml' is a file."),
        ("pipe", 1, "pipe:1:1: this is no folder to write to: Not a directory\n  name a new"),
        ("circle", 1, "circle:1:1: this is no folder to write to: Too many levels"),
        ("nowhere", 1, "nowhere:1:1: this is no folder to write to: No such file"),
        ("framework.yaml/out", 1, "framework.yaml:1:1: this cannot be written: there is some"),
        ("pipe/out", 1, "pipe:1:1: this cannot be written: there is something"),
        ("", 1, "the folder is not empty"),
        (LONG, 1, "File name too long"),
        (f"new/{LONG}", 1, "this cannot be written: File name too long"),
    ],
    ids=lambda text: str(text)[:20],
)
def test_pages_are_written_to_no_place_but_a_new_folder(
    bakery: Project, folder: str, code: int, message: str
) -> None:
    ended, printed = refused(bakery, "pages", "--no-pdf", folder)
    assert (ended, message in printed) == (code, True), printed


@pytest.mark.parametrize(
    ("option", "path", "code", "message"),
    [
        ("--settings", "full", 2, "File 'full' is a directory."),
        ("--settings", "pipe", 1, "pipe:1:1: this cannot be written: there is something"),
        ("--settings", "circle", 1, "circle:1:1: this cannot be written: Too many levels"),
        ("--settings", "framework.yaml/new", 1, "framework.yaml:1:1: this cannot be written"),
        ("--settings", LONG, 1, "this cannot be written: File name too long"),
        ("--config", "gone", 1, "gone:1:1: the file cannot be read: No such file"),
        ("--config", "full", 1, "full:1:1: this is a folder, not a file"),
        ("--config", "pipe", 1, "pipe:1:1: this is a pipe, not a file"),
        ("--content", "gone", 2, "Directory 'gone' does not exist."),
        ("--content", "pipe", 1, "pipe:1:1: the folder cannot be read: Not a directory"),
        ("--overrides", "circle", 2, "Directory 'circle' does not exist."),
        ("--overrides", "full", 1, "full/words/en.yaml:1:1: the file cannot be read"),
    ],
)
def test_a_path_that_leads_to_something_else_is_said_and_nothing_is_written(
    bakery: Project, option: str, path: str, code: int, message: str
) -> None:
    settings = () if option == "--settings" else ("--settings", "new.yml")
    arguments = ["pages", "--no-pdf", *settings, option, path, "out"]
    ended, printed = refused(bakery, *arguments)
    assert (ended, message in printed) == (code, True), printed


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.yaml", "gone.yaml:1:1: the file cannot be read: No such file"),
        ("full", "full:1:1: this is a folder, not a file"),
        ("pipe", "pipe:1:1: this is a pipe, not a file"),
        ("circle", "circle:1:1: the file cannot be read: Too many levels"),
        ("nowhere", "nowhere:1:1: the file cannot be read: it is a link that leads nowhere"),
        ("mkdocs.yml/below", "mkdocs.yml/below:1:1: the file cannot be read: Not a directory"),
        (LONG, "the file cannot be read: File name too long"),
    ],
    ids=lambda text: text[:20],
)
def test_a_definition_that_is_no_file_is_said_by_every_command(
    bakery: Project, path: str, message: str
) -> None:
    for command in (["check"], ["release", "1.1.0"], ["changes", "1.0.0"], ["pages", "out"]):
        code, printed = refused(bakery, "--framework", path, *command)
        assert (code, message in printed) == (1, True), printed
        assert "its path is set" in printed


def test_the_reference_names_every_command_and_variable_of_the_makefile() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    variables = set(re.findall(r"\$\(([A-Z]+)\)", makefile)) - INTERNAL
    assert len(targets.split()) > 20
    assert [name for name in targets.split() if f"`make {name}" not in reference] == []
    assert [name for name in sorted(variables) if f"`{name}`" not in reference] == []
    assert {"PYTHON", "WORKERS", "SHUFFLE"} <= variables


def test_the_reference_has_every_command_of_maturity_and_each_explains_its_options() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"`maturity {name}" in reference, name
        assert command.help, name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help, parameter


def test_the_mistake_that_the_readme_shows_is_reported_in_these_words(project: Project) -> None:
    entry = "  data-audit:\n    level: getting-started"
    project.replace("framework.yaml", entry, "  data-audit:\n    level: geting-started")
    result = project.run("maturity", "check")
    shown = "\n".join(f"    {line}" if line else "" for line in result.output.splitlines())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert without_line(shown) in without_line(readme)


def without_line(text: str) -> str:
    """The README's example stays right when the definition grows above the mistake."""
    return re.sub(r"(?<=framework\.yaml:)\d+|^    +\d+(?= \|)", "", text, flags=re.MULTILINE)
