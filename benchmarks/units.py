"""Question 8: what 100 units in 12 rounds add to a build, beside the same site without."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from against_plain import MKDOCS
from maturity.definition import check
from maturity.definition.model import Framework
from maturity.framework.questionnaire import fingerprint
from maturity.framework.relations import Relations
from measuring import Finding, in_turn, processor_time
from projects import ROOT, copy_project

#: How many units there are, in how many rounds.
UNITS, ROUNDS = 100, 12
#: How often both are built, and the most that a build may take of the time of one without.
TURNS, LIMIT = 3, 3.0


def write_units(root: Path, framework: Framework) -> None:
    """Write the units and their rounds below `root`, the same in every run."""
    luck, relations = random.Random(1), Relations(framework)  # noqa: S311 - no secret
    folder = root / "assessments"
    folder.mkdir()
    listed = "".join(f"  unit-{n}: {{title: Unit {n}}}\n" for n in range(UNITS))
    (folder / "units.yaml").write_text(f"units:\n{listed}", encoding="utf-8")
    asked = {name: fingerprint(relations, name) for name in framework.practices}
    about = {"id": framework.framework.id, "version": framework.framework.version}
    for unit in range(UNITS):
        (folder / f"unit-{unit}").mkdir()
        for number in range(ROUNDS):
            day = f"202{4 + number // 4}-{3 * (number % 4) + 1:02}-15"
            answers = {
                name: {
                    "answer": luck.choice([one for one, _, _ in relations.offered(name)]),
                    "asked": asked[name],
                    "evidence": [*practice.evidence][:1],
                }
                for name, practice in framework.practices.items()
            }
            sitting = {"id": f"unit-{unit}-{day}", "date": day, "answers": answers}
            data = {"format": "maturity-answers/1", "framework": about, "assessment": sitting}
            file = folder / f"unit-{unit}" / f"{day}.json"
            file.write_text(json.dumps(data), encoding="utf-8")


def findings(folder: Path) -> Iterator[Finding]:
    """Compare the processor's time of builds, and say how large the page of all units is."""
    actions: dict[str, Callable[[], float]] = {}
    for what in ("without", "with"):
        project = copy_project(folder / what)
        actions[what] = partial(_build, project.root)
    write_units(folder / "with", check.load(ROOT / "framework.yaml").framework)
    for build in actions.values():
        build()  # what is kept for the next build is there from now on
    samples = in_turn(TURNS, actions)
    longer = samples["with"].median - samples["without"].median
    page = folder / "with" / "site" / "units" / "index.html"
    text = page.read_bytes()
    size = f"{len(text) / 1000:.0f} KB, {len(gzip.compress(text)) / 1000:.0f} KB gzipped"
    aside = f"{longer:.1f} s more for {UNITS} x {ROUNDS}; the page of all has {size}"
    ratio = samples["with"].median / samples["without"].median
    yield Finding("A build with units, over one without", ratio, LIMIT, aside)


def _build(project: Path) -> float:
    command: list[str | Path] = [MKDOCS, "build", "--quiet", "--site-dir", project / "site"]
    return processor_time(command, project)
