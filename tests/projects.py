"""Copies of the project that a test may change, and commands that run in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from maturity.definition import check
from maturity.definition.model import Framework

ROOT = Path(__file__).resolve().parent.parent

#: What a project consists of, for copies that tests change.
PARTS = (
    "mkdocs.yml", "framework.yaml", "framework.schema.json", "releases", "content", "hooks",
    "overrides",
)  # fmt: skip
#: What of a build the tests choose by themselves.
_CHOSEN = (
    "SITE_URL", "EDIT_URI", "FRAMEWORK", "VERSION_PROVIDER", "CANONICAL_VERSION", "SHORTCUTS",
    "PUSH", "AGAIN",
)  # fmt: skip
#: The environment of every command: where and as whom this machine publishes must not change a
#: test, PDFs take seconds that only the tests of PDFs need, and Python compiles the engine once.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in (*_CHOSEN, "PYTHONDONTWRITEBYTECODE") and not name.startswith("GIT_")
} | {"NO_MKDOCS_2_WARNING": "1", "PDF": "false"}


@dataclass(frozen=True)
class Result:
    """A command that has ended."""

    code: int
    output: str


@dataclass(frozen=True)
class Project:
    """A copy of the project that a test may change."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def run(self, *command: str, **environment: str) -> Result:
        """Run a program of the test's own environment in the project."""
        program = Path(sys.executable).parent / command[0]
        done = subprocess.run(
            [str(program), *command[1:]],
            cwd=self.root,
            env={**ENVIRONMENT, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return Result(done.returncode, done.stdout + done.stderr)

    def build(self, config: str = "mkdocs.yml", **environment: str) -> Result:
        return self.run("mkdocs", "build", "--strict", "-f", config, **environment)

    def built(self, config: str = "mkdocs.yml") -> Path:
        """Build, insisting that it works."""
        result = self.build(config)
        assert result.code == 0, result.output
        return self.site

    def replace(self, file: str, old: str, new: str) -> None:
        """Change one place of a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def copy_project(root: Path) -> Project:
    """Copy the project, as it is in the working tree, into the new folder `root`."""
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / part)
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The project's own definition."""
    return check.load(ROOT / "framework.yaml").framework
