"""Question 1: our build beside plain MkDocs with Material on the very same Markdown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import plain
from conftest import copy_project
from measuring import Finding, in_turn, processor_time

MKDOCS = Path(sys.executable).parent / "mkdocs"
ROUNDS = 7
LIMIT = 1.10


def findings(folder: Path) -> Iterator[Finding]:
    """How many times plain's processor time ours takes."""
    project = copy_project(folder / "own")
    own, beside = project.root, folder / "plain"
    plain.write(own, beside)
    # The question leaves out the workbook; an empty file keeps the links to it whole.
    project.replace("hooks/maturity/site.py", "partial(workbook, about, catalog)", 'b""')
    project.replace("hooks/maturity/site.py", "from .workbook import workbook\n", "")
    build(own), build(beside)  # what is compiled once is compiled before
    found = in_turn(ROUNDS, {"own": lambda: build(own), "plain": lambda: build(beside)})
    ours, theirs = found["own"], found["plain"]
    yield Finding(
        "Our build over plain MkDocs and Material",
        ours.over(theirs),
        LIMIT,
        f"{ours.median:.2f} s, {theirs.median:.2f} s; noise {ours.spread}, {theirs.spread}",
    )


def build(project: Path) -> float:
    """The processor time of one build, in seconds."""
    return processor_time([MKDOCS, "build", "--quiet"], project)
