"""What the tests share: real builds of the real project, a server for them, and a browser."""

from __future__ import annotations

import fcntl
import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from maturity.definition import check
from maturity.definition.model import Framework
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import find_browser  # noqa: E402

#: What a project consists of, for copies that tests change.
PARTS = (
    "mkdocs.yml", "framework.yaml", "framework.schema.json", "releases", "content", "hooks",
    "overrides",
)  # fmt: skip
#: What of a build the tests choose by themselves.
_CHOSEN = (
    "SITE_URL", "EDIT_URI", "FRAMEWORK", "VERSION_PROVIDER", "CANONICAL_VERSION", "PUSH", "AGAIN",
)  # fmt: skip
#: The environment of every command: where and as whom this machine publishes must not change a
#: test, and PDFs take seconds that only the tests of PDFs need.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in _CHOSEN and not name.startswith("GIT_")
} | {"NO_MKDOCS_2_WARNING": "1", "PDF": "false"}

#: Files whose tests may go to either process. Those of any other file stay together, as what they
#: share is made once a process.
SPREAD = ("test_pdf.py", "test_review.py", "test_score.py")

# How long a browser may take where others are at work too; what has come is not waited for.
expect.set_options(timeout=30_000)


class Sharing(LoadScopeScheduling):
    """Shares tests out to processes: whole files first, then single tests, to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return nodeid if Path(file).name in SPREAD else file


@pytest.hookimpl(optionalhook=True)  # there is none with -p no:xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


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


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project."""
    return copy_project(tmp_path / "project")


def copy_project(root: Path) -> Project:
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / part)
    return Project(root)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site as `make build` makes it, and what the build printed; made once for all tests,
    by the first process that needs it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of all processes of this run
    with (folder / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed
        made, printed = Project(folder / "built"), folder / "built.txt"
        if not printed.exists():
            shutil.rmtree(made.root, ignore_errors=True)
            result = copy_project(made.root).build(PDF="true")
            assert result.code == 0, result.output
            printed.write_text(result.output, encoding="utf-8")
        return made.site, printed.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(build: tuple[Path, str]) -> Path:
    """The built site's folder."""
    return build[0]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            raise


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address without the last slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as url:
        yield url


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium."""
    path = find_browser.find()
    assert path, find_browser.ADVICE
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of all tests."""
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """A port that nobody listens on."""

    def find() -> int:
        with ThreadingHTTPServer(("127.0.0.1", 0), _Quiet) as server:
            return server.server_port

    return find


@pytest.fixture(scope="session")
def framework() -> Framework:
    return check.load(ROOT / "framework.yaml").framework


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's own browser, storage included."""
    made = browser.new_context(accept_downloads=True)
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two versions of the small framework side by side, with instant navigation."""
    root = tmp_path_factory.mktemp("versions")
    (root / "site").mkdir()
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    with serving(root / "site") as url:
        for version, text in (("1.0.0", small), ("2.0.0", changed_framework(small))):
            project = copy_project(root / version)
            project.write("framework.yaml", text)
            project.write(
                "site.yml",
                f"INHERIT: mkdocs.yml\nsite_url: {url}/{version}/\n"
                "theme: {features: [navigation.instant]}\n",
            )
            project.built("site.yml").rename(root / "site" / version)
        yield url


def changed_framework(small: str) -> str:
    """Reworded, renamed, merged, removed and new practices."""
    edits = [
        ('version: "1.0.0"', 'version: "2.0.0"'),
        ("How many breads have a written recipe?", "How many breads are written down?"),
        ("  open-daily:", "  open-early:\n    formerly: [open-daily]"),
        ("formerly: [count-sales]", "formerly: [share-recipes, old-one]"),
        ("    requires: [share-recipes]\n", ""),
    ]  # fmt: skip
    for old, new in edits:
        assert old in small, old
        small = small.replace(old, new)
    removed = re.search(r"  share-recipes:\n(?:    .*\n|      .*\n)+", small)
    assert removed
    return small.replace(
        removed[0],
        "  teach:\n    level: many-shops\n    dimension: bread\n    title: Teach\n"
        "    criteria:\n      taught: Every baker was taught.\n",
    )
