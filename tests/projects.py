"""Copies of the project that a test may change, and commands that run in them."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import build_cache
import pytest
import ready
from maturity.definition import check
from maturity.definition.model import Framework
from maturity.site.ownership import is_forks
from repositories import commit, git

#: Tells the processes of one run where the copy without a fork's files is.
_COPY = "UPSTREAM_COPY"


def upstream_of(checkout: Path) -> Path:
    """Return a checkout with upstream's files alone: itself, or a copy where it has a fork's.

    The copy is a repository of its own, with one commit. It is made once for a process and those
    that it starts, and removed when that process ends. What is no repository is taken as it is.
    """
    if _COPY in os.environ:
        return Path(os.environ[_COPY])
    if not (checkout / ".git").exists():
        return checkout
    listed = git(checkout, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    files = [name for name in listed.split("\0") if name and (checkout / name).is_file()]
    own = [name for name in files if not is_forks(name)]
    if own == files:
        return checkout
    folder = Path(tempfile.mkdtemp(prefix="upstream-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in own:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(checkout / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "Upstream's files")
    os.environ[_COPY] = str(folder)
    return folder


#: Upstream's files, also where the tests run in a fork.
ROOT = upstream_of(Path(__file__).resolve().parent.parent)

#: What a project consists of, for copies that tests change.
PARTS = (
    "mkdocs.yml", "framework.yaml", "framework.schema.json", "releases", "content", "hooks",
    "overrides", "samples",
)  # fmt: skip
#: The environment of every command: where and as whom this machine publishes must not change a
#: test, PDFs take seconds that only the tests of PDFs need, and Python compiles the engine once.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in (*ready.MAY_DIFFER, _COPY, build_cache.NAME, "PYTHONDONTWRITEBYTECODE")
    and not name.startswith("GIT_")
} | {"NO_MKDOCS_2_WARNING": "1", "PDF": "false"}


@dataclass(frozen=True)
class Result:
    """A command that has ended."""

    code: int
    output: str


@dataclass(frozen=True)
class Project:
    """A copy of the project that a test may change.

    What its builds keep for the next one they share with those of other copies, unless `shares` is
    False: compiled templates, pictures, PDFs.
    """

    root: Path
    shares: bool = True

    @property
    def site(self) -> Path:
        return self.root / "site"

    def run(self, *command: str, **environment: str) -> Result:
        """Run a program of the test's own environment in the project."""
        if not self.shares or not {"mkdocs", "maturity", "scripts/publish.py"} & {*command}:
            return self._run(command, environment)
        build_cache.take(self.root)
        if "maturity" not in command:  # which runs the engine of the tests
            build_cache.take_engine(self.root)
        result = self._run(command, environment)
        build_cache.give(self.root)
        return result

    def _run(self, command: tuple[str, ...], environment: dict[str, str]) -> Result:
        if ready.is_served(command, environment):
            return Result(*ready.run(command, self.root, {**ENVIRONMENT, **environment}))
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

    def killed(self, after: float, *command: str, **environment: str) -> None:
        """Run a program as `run` does, and kill it, with all it started, after some seconds."""
        program = Path(sys.executable).parent / command[0]
        with subprocess.Popen(
            [str(program), *command[1:]],
            cwd=self.root,
            env={**ENVIRONMENT, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                process.wait(timeout=after)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

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


def copy_project(root: Path, *, shares: bool = True) -> Project:
    """Copy the project, as it is in the working tree, into the new folder `root`."""
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part)  # with the engine as Python has compiled it
        else:
            shutil.copy(source, root / part)
    return Project(root, shares)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project."""
    return copy_project(tmp_path / "project")


@cache
def our_framework() -> Framework:
    """Load the project's own definition, once in a process."""
    return check.load(ROOT / "framework.yaml").framework


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The project's own definition."""
    return our_framework()
