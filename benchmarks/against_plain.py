"""Question 1: our build beside plain MkDocs with Material on the very same Markdown.

The build with its PDFs and everything else stands beside the same plain one, by the time that goes
by: sheets are made on all processors.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import plain
import yaml
from measuring import ENVIRONMENT, Finding, Sample, elapsed, in_turn, processor_time
from previews import save
from projects import Project, copy_project
from saving import first_words

MKDOCS = Path(sys.executable).parent / "mkdocs"
ROUNDS = 7
LIMIT = 1.10
#: With PDFs, after one changed sentence, and the first time of a checkout.
LIMIT_WHOLE, LIMIT_WHOLE_FIRST = 1.3, 2.2
WHOLE = {**ENVIRONMENT, "PDF": "true"}
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
        yield _finding(f"Our build over plain MkDocs and Material{what}", samples, name, LIMIT)
    yield from _whole(copy_project(folder / "whole"), beside)


def _whole(project: Project, beside: Path) -> Iterator[Finding]:
    """Yield how many times plain's time the whole site takes, its PDFs and workbook among it."""
    text = (project.root / "framework.yaml").read_text(encoding="utf-8")
    place = first_words(next(iter(yaml.load(text, yaml.CSafeLoader)["practices"].values()))["why"])
    rounds = itertools.count()

    def changed() -> float:
        save(project, "framework.yaml", text.replace(place, f"{place} {next(rounds)}", 1))
        return elapsed(lambda: build(project.root, WHOLE))

    def first() -> float:
        shutil.rmtree(project.root / ".cache", ignore_errors=True)
        return elapsed(lambda: build(project.root, WHOLE))

    first()
    actions = {
        "changed": changed,
        "first": first,
        "plain": lambda: elapsed(lambda: build(beside)),
    }
    samples = in_turn(ROUNDS, actions)
    name = "The whole site with its PDFs over plain, by the time that goes by"
    yield _finding(f"{name}, after a changed sentence", samples, "changed", LIMIT_WHOLE)
    yield _finding(f"{name}, the first of a checkout", samples, "first", LIMIT_WHOLE_FIRST)


def _finding(name: str, samples: Mapping[str, Sample], part: str, limit: float) -> Finding:
    ours, theirs = samples[part], samples["plain"]
    aside = f"{ours.median:.2f} s, {theirs.median:.2f} s; noise {ours.spread}, {theirs.spread}"
    return Finding(name, ours.over(theirs), limit, aside)


def build_first(project: Path) -> float:
    """Return the processor time of a build, in seconds, that finds nothing of an earlier one."""
    shutil.rmtree(project / ".cache")
    return build(project)


def build(project: Path, environment: Mapping[str, str] = ENVIRONMENT) -> float:
    """Build a project into a new folder beside it; return the processor time, in seconds.

    Where a build takes the place of another, a file system may search long for room among what
    has just been deleted: 0.15 s on one side and nothing on the other, by chance.
    """
    site = tempfile.mkdtemp(prefix=f"{project.name}-site-", dir=project.parent)
    return processor_time([MKDOCS, "build", "--quiet", "--site-dir", site], project, environment)
