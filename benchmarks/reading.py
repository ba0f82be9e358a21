"""Question 4: what reading and checking the definition takes of a build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from against_plain import build
from measuring import ENVIRONMENT, Finding, in_turn
from projects import copy_project

ROUNDS = 7
LIMIT = 0.05

#: Reads once, as a build does, and prints the seconds of the processor.
READ = """
import sys, time
from pathlib import Path
from maturity.definition import check
file = Path(sys.argv[1])
start = time.process_time()
check.load(file, file.with_name("overlay.yaml"))
print(time.process_time() - start)
"""


def findings(folder: Path) -> Iterator[Finding]:
    """Yield the share of a build's processor time that reading and checking takes."""
    project = copy_project(folder / "reading")
    samples = in_turn(
        ROUNDS,
        {"reading": lambda: _read(project.root), "build": lambda: build(project.root)},
    )
    reading, whole = samples["reading"], samples["build"]
    yield Finding(
        "Reading and checking, of the build",
        reading.over(whole),
        LIMIT,
        f"{reading.median:.2f} s of {whole.median:.2f} s; noise {reading.spread}, {whole.spread}",
    )


def _read(project: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", READ, project / "framework.yaml"],
        env=ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)
