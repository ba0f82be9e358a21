"""What keeps a version from being published, seen before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from branch import OvertakenError, RefusedError
from forks import SMALL
from maturity.definition import check
from maturity.versions import release
from maturity.versions.changes import Weight
from projects import Project
from publish import in_turn, unpushed
from refusals import Publication, ignored_files, other_version
from repositories import commit, git
from semver import Version


@pytest.fixture
def fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A repository with a framework, at 1.0.0; the place where commands run."""
    fork = Project(tmp_path)
    for file, text in {"framework.yaml": SMALL, "mkdocs.yml": "", "content/index.md": "A"}.items():
        fork.write(file, text)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return fork


def test_files_of_the_site_that_git_ignores_are_named(fork: Project) -> None:
    fork.write(".gitignore", "build/\n*.after.md\n.cache/\n")
    fork.write(".cache/x", "A")
    fork.write("content/.cache/x", "A")
    assert ignored_files(Publication("1.0.0", None, "HEAD")) == ""
    fork.write("content/own/build/index.md", "A")
    fork.write("snippets/levels.after.md", "A")
    said = ignored_files(Publication("1.0.0", None, "HEAD"))
    assert "content/own/build/index.md, snippets/levels.after.md\n" in said
    assert "git add --force" in said
    fork.write("mkdocs.yml", "exclude_docs: build/\n")
    assert "build" not in ignored_files(Publication("1.0.0", None, "HEAD")).split("\n", 1)[0]


def test_whoever_wants_an_earlier_version_is_led_to_its_commit(fork: Project) -> None:
    definition = check.load(fork.root / "framework.yaml")
    about = definition.framework.framework
    fork.write(f"releases/{about.id}/0.1.0.yaml", SMALL.replace(about.version, "0.1.0"))
    said = other_version(Publication("0.1.0", None, "HEAD"))
    assert "0.1.0 is released already" in said
    assert "git checkout v0.1.0" in said
    assert "maturity release 0.2.0" in other_version(Publication("0.2.0", None, "HEAD"))


def test_whoever_publishes_is_told_that_the_commit_itself_is_not_pushed(fork: Project) -> None:
    git(fork.root, "init", "-q", "--bare", "origin.git")
    git(fork.root, "remote", "add", "origin", "origin.git")
    source = git(fork.root, "rev-parse", "HEAD")
    said = unpushed(Publication("1.0.0", None, source, push=True))
    assert said.startswith(f"The commit that 1.0.0 was built from, {source[:10]}, is not on origin")
    assert said.endswith("git push origin main")
    git(fork.root, "tag", "-a", "v1.0.0", "-m", "1.0.0")
    git(fork.root, "push", "-q", "origin", "v1.0.0")
    assert unpushed(Publication("1.0.0", None, source, push=True)) == ""
    git(fork.root, "push", "-q", "--delete", "origin", "v1.0.0")
    git(fork.root, "push", "-q", "origin", "main")
    fork.write("a", "A")
    commit(fork.root)
    assert unpushed(Publication("1.0.0", None, source, push=True)) == ""


@pytest.mark.parametrize(("error", "tries"), [(OvertakenError, 3), (RefusedError, 1)])
def test_only_a_push_that_somebody_overtook_is_tried_again(
    error: type[RefusedError], tries: int
) -> None:
    tried: list[str] = []

    def attempt() -> None:
        tried.append("once")
        raise error("No.")

    with pytest.raises(error):
        in_turn(attempt)
    assert len(tried) == tries


def test_before_1_0_0_a_major_change_says_why_it_raises_the_second_number() -> None:
    early, later = Version.parse("0.1.0"), Version.parse("1.1.0")
    assert "before 1.0.0" in next(release._before_1(early, Weight.MAJOR))
    assert [*release._before_1(early, Weight.MINOR), *release._before_1(later, Weight.MAJOR)] == []
