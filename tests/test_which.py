"""One answer to "which framework?": for `maturity`, `make`, the scripts and the site."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from forks import SMALL, VERSION, small
from maturity.site.selection import select
from projects import ENVIRONMENT, ROOT, Project, Result
from repositories import lend_environment

ACME = SMALL.replace("id: tiny, title: Tiny", "id: acme, title: Acme")
NAMED = "INHERIT: mkdocs.yml\nextra: {maturity: {framework: habits/framework.yaml}}\n"
OVERLAY = f'based_on: "{VERSION}"\nframework: {{id: acme-ml, title: Acme ML, version: "0.1.0"}}\n'


@pytest.fixture
def fork(tmp_path: Path) -> Project:
    """A fork of upstream that has a framework of its own in a folder, and does not name it yet."""
    own = Project(tmp_path / "fork")
    own.write("habits/framework.yaml", SMALL)
    own.write("other/framework.yaml", ACME)
    own.write("framework.yaml", (ROOT / "framework.yaml").read_text(encoding="utf-8"))
    own.write("mkdocs.yml", "site_name: ''\n")
    own.write("content/index.md", "# Home\n")
    shutil.copytree(ROOT / "overrides", own.root / "overrides")
    return own


def contents(project: Project) -> dict[Path, bytes]:
    files = (file for file in project.root.rglob("*") if file.is_file())
    return {file: file.read_bytes() for file in files if ".cache" not in file.parts}


def taken(result: Result) -> str:
    """The definition that `maturity which` says is taken."""
    assert result.code == 0, result.output
    return result.output.splitlines()[0]


def test_without_a_word_it_is_framework_yaml_and_nothing_is_said_of_it(fork: Project) -> None:
    assert taken(fork.run("maturity", "which")) == "framework  framework.yaml"
    assert fork.run("maturity", "words").output == "en lacks no word\n"


def test_site_yml_names_the_framework_of_every_command(fork: Project) -> None:
    fork.write("site.yml", NAMED)
    says = "This takes habits/framework.yaml, as site.yml says\n"
    assert "framework  habits/framework.yaml  (as site.yml says)" in taken(
        fork.run("maturity", "which")
    )
    checked = fork.run("maturity", "check")
    assert checked.output.startswith("Tiny 1.0.0: ")
    assert says in checked.output
    assert fork.run("maturity", "words", "en").output == "en lacks no word\n" + says
    before = contents(fork)
    released = fork.run("maturity", "release", "1.0.0")
    assert says + "This writes habits/framework.yaml and habits/releases/tiny/1.0.0.yaml\n" in (
        released.output
    )
    written = [file for file, data in contents(fork).items() if before.get(file) != data]
    names = [file.relative_to(fork.root).as_posix() for file in written]
    assert sorted({*names, "habits/framework.yaml"}) == [
        "habits/framework.yaml", "habits/releases/tiny/1.0.0.yaml",
    ]  # fmt: skip
    assert fork.run("maturity", "changes", "1.0.0").output.startswith("Nothing has changed")


def test_the_option_comes_before_the_environment_and_that_before_site_yml(fork: Project) -> None:
    fork.write("site.yml", NAMED)
    named = {"FRAMEWORK": "other/framework.yaml"}
    says = "other/framework.yaml  (as FRAMEWORK says; site.yml says habits/framework.yaml)"
    assert says in taken(fork.run("maturity", "which", **named))
    option = ("--framework", "framework.yaml")
    for command in (("maturity", *option, "which"), ("maturity", "which", *option)):
        assert "framework.yaml  (as --framework says; FRAMEWORK says other/" in taken(
            fork.run(*command, **named)
        )
    assert "habits/framework.yaml  (as site.yml" in taken(
        fork.run("maturity", "which", FRAMEWORK="")
    )


def test_an_option_may_stand_before_and_after_the_command_but_not_contradict(fork: Project) -> None:
    one, two = ("--framework", "habits/framework.yaml"), ("--framework", "other/framework.yaml")
    for name in ("check", "changes", "pages", "words", "release", "which"):
        rest = {"changes": ["1.0.0"], "pages": ["out"], "release": ["1.0.0"]}.get(name, [])
        result = fork.run("maturity", *one, name, *rest, *two)
        assert result.code == 2, result.output
        assert "--framework is given twice: habits/framework.yaml and other/" in result.output
    assert fork.run("maturity", *one, "check", *one).output.startswith("Tiny 1.0.0")
    assert fork.run("maturity", "check", *two).output.startswith("Acme 1.0.0")


def test_the_overlay_that_is_applied_is_said(fork: Project) -> None:
    fork.write("overlay.yaml", OVERLAY)
    checked = fork.run("maturity", "check").output
    assert "This takes framework.yaml, with overlay.yaml\n" in checked
    assert "Acme ML 0.1.0" in checked
    assert fork.run("maturity", "which", "overlay").output == "overlay.yaml\n"
    option = ("--framework", "habits/framework.yaml")
    assert fork.run("maturity", "which", "overlay", *option).output == "\n"


def test_other_settings_are_named_by_option_or_environment(fork: Project) -> None:
    fork.write("site.yml", "INHERIT: [\n")
    fork.write("mine.yml", NAMED.replace("habits", "other"))
    assert "as mine.yml says" in taken(fork.run("maturity", "which", "--config", "mine.yml"))
    assert "as mine.yml says" in taken(fork.run("maturity", "which", CONFIG="mine.yml"))
    plain = fork.run("maturity", "which", "--config", "mkdocs.yml", CONFIG="mine.yml")
    assert taken(plain) == "framework  framework.yaml"


@pytest.mark.parametrize(
    ("site", "message"),
    [
        ("INHERIT: [\n", "site.yml:2:1: the settings of the site cannot be read"),
        ("INHERIT: gone.yml\n", "site.yml:1:1: INHERIT: no file gone.yml"),
        ("extra: {maturity: 1}\n", "site.yml:1:9: extra: maturity: must be a map"),
        ("extra: {maturity: {framework: [a]}}\n", "extra: maturity: framework: must be the name"),
        (NAMED.replace("habits", "gone"), "gone/framework.yaml:1:1: the file cannot be read: No"),
    ],
)
def test_settings_that_do_not_tell_stop_every_command_and_nothing_is_written(
    fork: Project, site: str, message: str
) -> None:
    fork.write("site.yml", site)
    before = contents(fork)
    for command in (["check"], ["release", "1.1.0"], ["changes", "1.0.0"], ["pages", "out"]):
        result = fork.run("maturity", *command)
        assert (result.code, message in result.output) == (1, True), result.output
        assert "Traceback" not in result.output
    assert contents(fork) == before
    assert fork.run("maturity", "which", "settings").output == "site.yml\n"


def test_in_a_folder_of_a_site_it_is_said_where_to_go(fork: Project) -> None:
    for name in ("check", "which"):
        result = Project(fork.root / "habits").run("maturity", name)
        assert result.code == 1
        assert "mkdocs.yml:1:1: the site is not in this folder\n  go there first: cd ..\n" in (
            result.output
        )
    away = Project(fork.root / "content")
    there = away.run("maturity", "check", "--config", "../mkdocs.yml")
    assert there.output.startswith("ML Maturity Playbook"), there.output
    option = ("--config", "../mkdocs.yml", "--framework", "../habits/framework.yaml")
    assert away.run("maturity", "check", *option).output.startswith("Tiny 1.0.0")


# What is upstream's in a fork


@pytest.mark.parametrize(
    ("files", "command", "says"),
    [
        ({"words.yaml": ""}, ["release", "1.1.0"], 'framework: {id: YOUR-ID, version: "0.1.0"}'),
        ({"site.yml": NAMED}, ["release", "1.1.0", "--framework", "framework.yaml"], "YOUR-ID"),
        ({}, ["release", "1.1.0"], "framework.yaml is upstream's"),
        (
            {"overlay.yaml": OVERLAY.replace("acme-ml", "ml-maturity")},
            ["release", "0.2.0"],
            "overlay.yaml:2:17: the id ml-maturity is upstream's, and so would be the release",
        ),
        (
            {"overlay.yaml": f'based_on: "{VERSION}"\n'},
            ["release", "1.1.0"],
            f"the version {VERSION} is upstream's\n",
        ),
        (
            {"examples/team-health/framework.yaml": SMALL},
            ["release", "1.1.0", "--framework", "examples/team-health/framework.yaml"],
            "copy it into a folder of your own",
        ),
        ({}, ["pages", "out", "--no-pdf", "--settings", "README.md"], "this file is upstream's"),
        ({}, ["schema", "--output", "framework.schema.json"], "this file is upstream's"),
    ],
)
def test_nothing_that_is_upstreams_is_written_in_a_fork(
    fork: Project, files: dict[str, str], command: list[str], says: str
) -> None:
    for name, text in {"README.md": "Read\n", "framework.schema.json": "{}\n", **files}.items():
        fork.write(name, text)
    before = contents(fork)
    result = fork.run("maturity", *command)
    assert (result.code, says in result.output) == (1, True), result.output
    assert "This writes" not in result.output
    assert contents(fork) == before


def test_the_settings_of_another_generator_do_not_replace_those_of_the_site(fork: Project) -> None:
    fork.write("site.yml", "INHERIT: mkdocs.yml\n")
    result = fork.run("maturity", "pages", "out", "--no-pdf", "--settings", "site.yml")
    assert (result.code, "these are the settings of the site" in result.output) == (1, True)
    assert (fork.root / "site.yml").read_text(encoding="utf-8") == "INHERIT: mkdocs.yml\n"


def test_upstream_releases_what_is_upstreams(fork: Project) -> None:
    shutil.rmtree(fork.root / "habits")
    shutil.rmtree(fork.root / "other")
    result = fork.run("maturity", "release", "1.1.0")
    assert result.code == 0, result.output
    assert "This writes framework.yaml and releases/ml-maturity/1.1.0.yaml\n" in result.output


def test_a_schema_is_written_where_it_is_another_one(fork: Project) -> None:
    first = fork.run("maturity", "schema", "--output", "mine.json")
    assert first.output == "This writes mine.json\n"
    printed = fork.run("maturity", "schema").output
    assert (fork.root / "mine.json").read_text(encoding="utf-8") == printed
    assert (
        fork.run("maturity", "schema", "--output", "mine.json").output
        == "mine.json is up to date\n"
    )


# The site and what `make` runs


def test_content_and_templates_lie_where_the_settings_say(tmp_path: Path) -> None:
    text = "docs_dir: pages\ntheme: {name: material, custom_dir: look}\n"
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    for ours in ("pages/assets/brand.css", "look/words/en.yaml"):
        (tmp_path / ours).parent.mkdir(parents=True)
        (tmp_path / ours).touch()
    settings = select(tmp_path).settings
    assert settings.content == tmp_path / "pages"
    assert settings.overrides == tmp_path / "look"
    other = select(tmp_path, overrides=Path("mine"), content=Path("own")).settings
    assert (other.overrides, other.content) == (tmp_path / "mine", tmp_path / "own")


def test_the_site_is_made_of_what_the_commands_take(project: Project) -> None:
    project.write("habits/framework.yaml", SMALL)
    small(project).write("other/framework.yaml", ACME)
    project.write("site.yml", NAMED)
    result = project.build("site.yml", FRAMEWORK="other/framework.yaml")
    says = "takes other/framework.yaml, as FRAMEWORK says; site.yml says habits/framework.yaml"
    assert says in result.output
    assert "<title>Acme</title>" in (project.site / "index.html").read_text(encoding="utf-8")


def make(fork: Project, *arguments: str) -> list[str]:
    """Run make; return the lines of what it runs and of what that prints."""
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=fork.root, env=ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return (done.stdout + done.stderr).splitlines()


def test_make_takes_what_maturity_takes(fork: Project) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, fork.root / name)
    lend_environment(fork.root)
    mkdocs = '#!/bin/sh\necho "mkdocs $* of $FRAMEWORK"\n'
    fork.write(".venv/bin/mkdocs", mkdocs)
    fork.write("site.yml", NAMED)
    assert "mkdocs build --strict -f site.yml -d site of " in make(fork, "build")
    other = ("CONFIG=mkdocs.yml", "FRAMEWORK=other/framework.yaml")
    runs = "mkdocs build --strict -f mkdocs.yml -d site of other/framework.yaml"
    assert runs in make(fork, "build", *other)
    assert "This takes other/framework.yaml, as FRAMEWORK says" in make(fork, "definition", *other)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (
            "INHERIT: mkdocs.yml\nplugins: [serch]\n",
            "site.yml:2:11: plugins: no serch is installed",
        ),
        ("site_name: Ours\n", "site.yml:1:1: INHERIT is missing"),
    ],
)
def test_make_build_says_where_settings_are_wrong_before_mkdocs_stops_without_a_place(
    settings: str, says: str, fork: Project
) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, fork.root / name)
    lend_environment(fork.root)
    fork.write("site.yml", settings)
    done = subprocess.run(
        ["make", "--no-print-directory", "build"],
        cwd=fork.root, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert says in done.stderr


def test_what_lies_beside_the_settings_and_is_not_read_is_named(fork: Project) -> None:
    fork.write("site.yml", NAMED)
    fork.write("overlay.yaml", OVERLAY)
    fork.write("words.yaml", "{}\n")
    notice = select(fork.root).notice
    assert notice == (
        "This takes habits/framework.yaml, as site.yml says; overlay.yaml and words.yaml are "
        "beside site.yml for framework.yaml alone"
    )
