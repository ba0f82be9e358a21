"""The guide "Make it yours": whoever does what it says, on a fresh clone, gets what it promises."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from htmltree import article
from projects import ENVIRONMENT, ROOT, Project
from repositories import commit, git, lend_environment
from workflows import github, gitlab, run_steps

GUIDE = (ROOT / "content" / "customize.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r'^```(?:\{ \.)?(?P<language>\w+)(?: data-file="(?P<file>[^"]+)" \})?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
#: What serves until it is stopped, and the port that it serves on.
SERVES = re.compile(r"make serve|http\.server")
#: Seconds that a server may take until it answers.
PATIENCE = 90


@dataclass(frozen=True)
class Done:
    """The clone after everything in the guide was done, in its order."""

    root: Path
    #: Another clone, with a framework from nothing.
    other: Path
    origin: Path
    #: What stood on the home page of each command that served something.
    served: list[str]


def steps() -> Iterator[tuple[str, str]]:
    """Files to write and lines to run: file (or nothing), text."""
    for block in _BLOCK.finditer(GUIDE):
        if block["file"]:
            yield block["file"], block["text"]
        elif block["language"] == "sh":
            yield from (("", line) for line in block["text"].splitlines())


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]) -> Done:
    """Follow the guide from its first to its last command."""
    root = tmp_path_factory.mktemp("guide")
    upstream, fork = root / "upstream", root / "fork.git"
    git(root, "clone", "-q", str(ROOT), "upstream")
    for name in git(ROOT, "ls-files").splitlines():  # what is not committed yet counts too
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, upstream / name)
    if git(upstream, "status", "--porcelain"):
        commit(upstream)
    git(upstream, "checkout", "-q", "-B", "main")
    git(root, "clone", "-q", "--bare", "upstream", "fork.git")
    folders, served = [root], []
    for file, text in steps():
        folder = folders[-1]
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
            continue
        line = text.replace("YOUR-FORK", str(fork)).replace("OUR-REPOSITORY", str(upstream))
        if line.startswith("cd "):
            folders.append(folder / line.removeprefix("cd "))
            lend_environment(folders[-1])
            git(folders[-1], "config", "user.name", "Tester")
            git(folders[-1], "config", "user.email", "tester@example.org")
        elif SERVES.search(line):
            served.append(home_of(line, folder, free_port()))
        else:
            run(line, folder)
    return Done(folders[1], folders[2], fork, served)


def run(line: str, folder: Path) -> None:
    result = subprocess.run(
        ["sh", "-ec", line],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{line}\n{result.stdout}{result.stderr}"


def home_of(line: str, folder: Path, port: int) -> str:
    """The home page that a command serves, which is stopped then."""
    line = f"{line} ADDRESS=127.0.0.1:{port}" if "make" in line else line.replace("8080", str(port))
    with subprocess.Popen(
        ["sh", "-ec", f"exec {line}"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return answer(f"http://127.0.0.1:{port}/", process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def answer(address: str, process: subprocess.Popen[bytes]) -> str:
    """The page at an address, as soon as the process serves it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address) as response:  # noqa: S310 - of this machine
                return str(response.read().decode())
        except URLError:
            assert process.poll() is None, f"{process.args!r} has ended"
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)


def test_serving_shows_the_site(done: Done) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", page)[0] for page in done.served]
    assert titles == ["ML Maturity Playbook", "Acme ML Handbook", "Release habits"]
    assert "Team Health Check" in article(done.other / "site/index.html").words


def test_the_site_is_what_the_files_of_the_guide_say(done: Done) -> None:
    site = done.root / "site"
    assert "First project" in article(site / "levels/exploring/index.html").words
    audit = article(site / "practices/data-audit/index.html").words
    assert "has an extract under 6 months old." in audit
    assert "Why we do it" in audit
    assert 'Questions about "Audit the data behind each opportunity"?' in audit
    assert not (site / "practices/ai-use-rules").exists()
    assert "Welcome to Acme ML Handbook" in article(site / "own/welcome/index.html").words
    assert "own/brand.css" in (site / "index.html").read_text(encoding="utf-8")


def test_versions_are_published_as_the_guide_says(done: Done) -> None:
    listed = yaml.safe_load(git(done.origin, "show", "gh-pages:versions.json"))
    assert [(entry["version"], entry["aliases"]) for entry in listed] == [("0.2.0", ["latest"])]
    log = git(done.origin, "log", "--format=%s", "gh-pages").splitlines()
    assert log == ["Drop 0.1.0", "Show 0.1.0", "Hide 0.1.0", "Publish 0.2.0", "Publish 0.1.0"]
    assert git(done.origin, "tag").splitlines()[-2:] == ["v0.1.0", "v0.2.0"]


@pytest.fixture
def runner(done: Done, tmp_path: Path) -> Project:
    """A clone of the fork as the guide left it, but that nothing was published, at a tag."""
    git(tmp_path, "clone", "-q", "--bare", str(done.origin), "fork.git")
    git(tmp_path / "fork.git", "branch", "-q", "-D", "gh-pages")
    git(tmp_path, "clone", "-q", "--branch=v0.2.0", (tmp_path / "fork.git").as_uri(), "runner")
    lend_environment(tmp_path / "runner")
    return Project(tmp_path / "runner")


@pytest.mark.parametrize("tag", ["v0.1.0", "v0.2.0"])
def test_the_workflows_see_that_the_fork_has_changed_content(runner: Project, tag: str) -> None:
    git(runner.root, "checkout", "-q", tag)
    said = runner.root.parent / "said"
    steps, environment = github("change", tag)
    run_steps(runner, steps, {**environment, "GITHUB_OUTPUT": str(said)})
    assert said.read_text(encoding="utf-8") == "kind=content\n"
    steps, environment = gitlab("build")
    run_steps(runner, [steps[0], 'test "$kind" = content'], environment)


def test_the_tag_is_checked_built_and_published_by_the_workflow(runner: Project) -> None:
    run_steps(runner, *github("content", "v0.2.0"))
    assert "Acme ML Handbook" in article(runner.site / "own/welcome/index.html").words
    run_steps(runner, *github("publish", "v0.2.0"))
    versions = git(runner.root.parent / "fork.git", "show", "gh-pages:versions.json")
    assert [entry["version"] for entry in yaml.safe_load(versions)] == ["0.2.0"]


def test_a_change_of_the_engine_is_one_of_code(runner: Project) -> None:
    with (runner.root / "hooks" / "playbook.py").open("a", encoding="utf-8") as file:
        file.write("# a change\n")
    commit(runner.root)
    for base in ("HEAD^", "v0.2.0", ""):
        assert runner.run("python", "scripts/kind_of_change.py", base).output == "code\n"
    runner.write("content/own/welcome.md", "# Welcome\n")
    commit(runner.root)
    assert runner.run("python", "scripts/kind_of_change.py", "HEAD^").output == "content\n"


def test_a_link_that_leads_nowhere_is_said(runner: Project) -> None:
    runner.write("site/index.html", '<a href="gone/">x</a> <a href="#here" id="here">y</a>')
    runner.write("site/a/index.html", '<img src="../no.png"><a href="../#there">z</a>')
    result = runner.run("python", "scripts/links.py", "site")
    assert result.code == 1
    assert result.output == (
        "a/index.html: ../no.png leads nowhere\na/index.html: ../#there leads nowhere\n"
        "index.html: gone/ leads nowhere\n3 broken links in site\n"
    )


@pytest.fixture
def overlay(done: Done) -> Iterator[Path]:
    """The clone's overlay, for a test to write something else into."""
    file = done.root / "overlay.yaml"
    before = file.read_text(encoding="utf-8")
    yield file
    file.write_text(before, encoding="utf-8")


def test_every_snippet_of_an_overlay_in_the_guide_is_one(done: Done, overlay: Path) -> None:
    """The pieces that stand for themselves are checked one by one."""
    pieces = [
        b["text"] for b in _BLOCK.finditer(GUIDE) if b["language"] == "yaml" and not b["file"]
    ]
    overlays = [text for text in pieces if text.startswith("based_on")]
    assert len(overlays) >= 3
    for text in overlays:
        overlay.write_text(text, encoding="utf-8")
        run(".venv/bin/maturity check", done.root)


def test_the_message_that_the_guide_shows_is_the_one_that_is_printed(
    done: Done, overlay: Path
) -> None:
    (shown,) = [b["text"] for b in _BLOCK.finditer(GUIDE) if b["language"] == "text"]
    overlay.write_text(
        'based_on: "1.0.0"\n\npractices:\n  decision-record: null\n', encoding="utf-8"
    )
    result = subprocess.run(
        [".venv/bin/maturity", "check"], cwd=done.root, capture_output=True, text=True, check=False
    )
    assert result.stderr == shown
