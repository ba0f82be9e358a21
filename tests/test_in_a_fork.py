"""The engine's tests in a fork: they work on upstream's files, whatever the fork's are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import ROOT, Project
from repositories import commit, git

#: Each would fail a test that read it.
BROKEN = {
    "overlay.yaml": "practices: {no-such-practice: {title: 1, nonsense: [}}\n",
    "words.yaml": "practice: {wy: Why}\n",
    "site.yml": "INHERIT: nothing.yml\n",
    "snippets/practices.after.md": "{{ nonsense }}\n",
    "content/own/welcome.md": "# {{ nonsense }}\n",
    "content/practices/data-audit.md": "# {{ nonsense }}\n",
    "assessments/team.json": "{",
    "samples/team.json": "{",
    "releases/acme-ml/0.1.0.yaml": "framework: nonsense\n",
    "examples/ours/framework.yaml": "nonsense\n",
}
#: Tests of the content, of the examples, of commands and of a site that is built.
SELECTION = (
    "tests/test_handbook.py::test_upstream_has_none_of_a_forks_files",
    "tests/test_content.py",
    "tests/test_examples.py::test_there_are_two_that_differ_in_everything",
    "tests/test_examples.py::test_nothing_that_makes_the_site_knows_the_framework",
    "tests/test_commands.py::test_check_counts_what_the_definition_holds",
    "tests/test_shortcuts.py::test_a_choice_that_is_none_is_reported",
)


@pytest.fixture
def fork(tmp_path: Path) -> Project:
    """A repository with everything of upstream's, and broken files of a fork."""
    root = tmp_path / "fork"
    for name in git(ROOT, "ls-files").splitlines():
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    git(root, "init", "-q", "-b", "main")
    fork = Project(root)
    for name, text in BROKEN.items():
        fork.write(name, text)
    commit(root)
    return fork


def test_the_tests_of_the_engine_pass_beside_a_forks_files(fork: Project) -> None:
    result = fork.run("python", "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *SELECTION)
    assert result.code == 0, result.output
