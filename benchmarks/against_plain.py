"""Question 1: our build beside plain MkDocs with Material on the very same Markdown."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import plain
from measuring import Finding, in_turn, processor_time
from projects import copy_project

MKDOCS = Path(sys.executable).parent / "mkdocs"
ROUNDS = 7
LIMIT = 1.10
NO_WORKBOOK = 'def workbook(*_: object) -> bytes:\n    return b""\n'


def findings(folder: Path) -> Iterator[Finding]:
    """Yield how many times plain's processor time ours takes, again and the first time."""
    project = copy_project(folder / "own")
    own, beside = project.root, folder / "plain"
    plain.write(own, beside)
    # The question leaves out the workbook; an empty file keeps the links to it whole.
    project.write("hooks/maturity/outputs/workbook/__init__.py", NO_WORKBOOK)
    build(own), build(beside)  # what is compiled once is compiled before
    actions = {
        "again": lambda: build(own),
        "first": lambda: build_first(own),
        "plain": lambda: build(beside),
    }
    samples = in_turn(ROUNDS, actions)
    for name, what in (("again", ""), ("first", ", the first of a checkout")):
        ours, theirs = samples[name], samples["plain"]
        yield Finding(
            f"Our build over plain MkDocs and Material{what}",
            ours.over(theirs),
            LIMIT,
            f"{ours.median:.2f} s, {theirs.median:.2f} s; noise {ours.spread}, {theirs.spread}",
        )


def build_first(project: Path) -> float:
    """Return the processor time of a build, in seconds, that finds nothing of an earlier one."""
    shutil.rmtree(project / ".cache")
    return build(project)


def build(project: Path) -> float:
    """Build a project into a new folder beside it; return the processor time, in seconds.

    Where a build takes the place of another, a file system may search long for room among what
    has just been deleted: 0.15 s on one side and nothing on the other, by chance.
    """
    site = tempfile.mkdtemp(prefix=f"{project.name}-site-", dir=project.parent)
    return processor_time([MKDOCS, "build", "--quiet", "--site-dir", site], project)
