"""Ask every question of the benchmarks, or those that are named: what `make bench` runs.

A question is a module with `findings`, which gets an empty folder and yields ratios.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / folder) for folder in ("tests", "scripts")]

import against_plain
import growth
import reading
import saving
import score
import switches
import units
import words
from measuring import Finding

PARTS = {
    "plain": against_plain.findings,
    "growth": growth.findings,
    "saving": saving.findings,
    "reading": reading.findings,
    "score": score.findings,
    "shortcuts": switches.findings,
    "words": words.findings,
    "units": units.findings,
}


def main(names: Iterable[str]) -> None:
    """Print a table for Markdown; what misses its limit is said in it, and is no failure."""
    chosen = list(names) or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        sys.exit(f"no part {', '.join(unknown)} (parts: {', '.join(PARTS)})")
    start = time.monotonic()
    print("| measured | ratio | at most | | seen |\n|---|---|---|---|---|", flush=True)
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for finding in PARTS[name](Path(folder)):
                print(_row(finding), flush=True)
    print(f"\n{(time.monotonic() - start) / 60:.1f} minutes in all")


def _row(finding: Finding) -> str:
    limit = "" if finding.limit is None else f"{finding.limit:.2f}"
    return (
        f"| {finding.name} | {finding.ratio:.2f} | {limit} | {finding.verdict} | {finding.aside} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
