"""Question 2: what a page costs as the definition grows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from against_plain import build
from definitions import repeated
from measuring import Finding, in_turn
from projects import ROOT, copy_project

SIZES = (100, 500, 2_000)
ROUNDS = 3
LIMIT = 1.3


def findings(folder: Path) -> Iterator[Finding]:
    """Yield time and size a page, each over that of the smallest definition."""
    projects = {size: copy_project(folder / str(size)) for size in SIZES}
    for size, project in projects.items():
        project.write("framework.yaml", repeated(ROOT / "framework.yaml", size))
    samples = in_turn(
        ROUNDS, {str(size): partial(build, project.root) for size, project in projects.items()}
    )
    sites = {size: next(folder.glob(f"{size}-site-*")) for size in SIZES}
    pages = {size: list(site.rglob("*.html")) for size, site in sites.items()}
    times = {size: samples[str(size)].median / len(pages[size]) for size in SIZES}
    weights = {
        size: sum(page.stat().st_size for page in pages[size]) / len(pages[size]) for size in SIZES
    }
    for size in SIZES[1:]:
        yield Finding(
            f"Time a page, {size:,} practices over {SIZES[0]}",
            times[size] / times[SIZES[0]],
            LIMIT,
            f"{times[size] * 1000:.0f} ms, {times[SIZES[0]] * 1000:.0f} ms; "
            f"noise {samples[str(size)].spread}, {samples[str(SIZES[0])].spread}",
        )
        yield Finding(
            f"Size of a page, {size:,} practices over {SIZES[0]}",
            weights[size] / weights[SIZES[0]],
            LIMIT,
            f"{weights[size] / 1000:.1f} kB, {weights[SIZES[0]] / 1000:.1f} kB",
        )
