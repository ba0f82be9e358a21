"""Measure commands and actions: in turn, several times, and by the median."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

#: The environment of what is measured: no PDFs, and nothing of whoever measures. Python keeps what
#: it has compiled of the engine; MkDocs was compiled when it was installed.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name
    not in (
        "SITE_URL",
        "EDIT_URI",
        "FRAMEWORK",
        "VERSION_PROVIDER",
        "SOURCE_DATE_EPOCH",
        "SHORTCUTS",
        "PYTHONDONTWRITEBYTECODE",
    )
} | {"NO_MKDOCS_2_WARNING": "1", "PDF": "false"}


@dataclass(frozen=True)
class Sample:
    """The figures of one thing, one a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure in the middle."""
        return statistics.median(self.values)

    @property
    def spread(self) -> str:
        """The lowest and the highest figure, as shares of the median: the machine's noise."""
        return f"{min(self.values) / self.median:.2f}-{max(self.values) / self.median:.2f}"

    def over(self, other: Sample) -> float:
        """Return this median as a multiple of the other's."""
        return self.median / other.median


@dataclass(frozen=True)
class Finding:
    """A ratio, the most that it may be, and what was seen besides."""

    name: str
    ratio: float
    limit: float | None
    aside: str = ""

    @property
    def verdict(self) -> str:
        """`kept` or `MISSED`, empty where there is no limit."""
        if self.limit is None:
            return ""
        return "kept" if self.ratio <= self.limit else "MISSED"


def in_turn(rounds: int, actions: Mapping[str, Callable[[], float]]) -> dict[str, Sample]:
    """Measure actions that take turns, so that a slow minute of the machine hits all alike.

    An action returns its figure. Returns the figures of each, one a round.

    Every other round goes backward: none of them always comes first.
    """
    figures: dict[str, list[float]] = {name: [] for name in actions}
    for turn in range(rounds):
        for name in list(actions)[:: -1 if turn % 2 else 1]:
            figures[name].append(actions[name]())
    return {name: Sample(tuple(values)) for name, values in figures.items()}


def processor_time(
    command: list[str | Path], folder: Path, environment: Mapping[str, str] = ENVIRONMENT
) -> float:
    """Return the seconds that the processor works on a command in a folder; exit where it fails.

    A build is one process that waits for nothing; what others do on the machine meanwhile
    counts less in this than in the time that goes by.
    """
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder, env=environment, stdout=printed, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            sys.exit(f"{' '.join(map(str, command))} failed:\n{printed.read()}")
    return used.ru_utime + used.ru_stime


def elapsed(action: Callable[[], object]) -> float:
    """Return the seconds that go by while something is done."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
