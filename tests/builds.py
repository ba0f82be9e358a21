"""Sites that several files of tests look at, each built once."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import ROOT, Project, copy_project
from servers import serving

#: When the shared site says that it is built; the same for the processes of one run.
NOW = os.environ.setdefault("SHARED_BUILD_TIME", str(int(time.time())))


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site as `make build` makes it, and what the build printed; made once for all tests,
    by the first process that needs it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of all processes of this run
    with (folder / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed
        project, printed = Project(folder / "built"), folder / "built.txt"
        if not printed.exists():
            shutil.rmtree(project.root, ignore_errors=True)
            result = copy_project(project.root).build(PDF="true", SOURCE_DATE_EPOCH=NOW)
            assert result.code == 0, result.output
            printed.write_text(result.output, encoding="utf-8")
        return project.site, printed.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(build: tuple[Path, str]) -> Path:
    """The built site's folder."""
    return build[0]


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
