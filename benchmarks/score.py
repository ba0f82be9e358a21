"""How long the self-scoring page works on one answer, with 100 and with 1,000 practices.

Both sizes are measured in one run, in turn, in the same browser. What counts is the script between
the click and the end of the page's own work; drawing comes after it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from conftest import copy_project, launched, serving
from playwright.sync_api import Page

SIZES = (100, 1_000)
ROUNDS = 5
ANSWERS = 40
FRAME = 1000 / 60

#: Answers questions one after the other; gives the milliseconds of script that each took.
MEASURE = """
([from, count]) => {
  const asks = [...document.querySelectorAll("fieldset[data-practice]")];
  return Array.from({ length: count }, (_, index) => {
    const asked = asks[(from + index * 7) % asks.length];
    const radios = asked.querySelectorAll("input[type=radio]");
    const radio = radios[(from + index) % 4];
    const start = performance.now();
    radio.click();
    return performance.now() - start;
  });
}
"""


def framework(practices: int) -> dict[str, Any]:
    """A framework of five levels and four dimensions with this many practices."""
    levels = [f"level-{number}" for number in range(1, 6)]
    dimensions = [f"side-{letter}" for letter in "abcd"]
    return {
        "framework": {
            "id": "bench", "title": "Bench", "version": "1.0.0", "summary": "Made for measuring.",
        },
        "levels": {name: {"title": name.title()} for name in levels},
        "dimensions": {name: {"title": name.title()} for name in dimensions},
        "practices": {
            f"practice-{number}": {
                "level": levels[number * 5 // practices],
                "dimension": dimensions[number % 4],
                "title": f"Practice {number}",
                "question": f"How many of the {number} things did you do in the last 90 days?",
                "criteria": {f"c{n}": f"Thing {n} of {number} is done." for n in range(3)},
                "evidence": {f"e{n}": f"Record {n} of {number}" for n in range(3)},
                "essential": number % 6 == 0,
                "requires": [f"practice-{number - 20}"] if number >= 20 and number % 3 == 0 else [],
            }
            for number in range(practices)
        },
    }  # fmt: skip


def answer_times(page: Page, address: str) -> list[float]:
    """Milliseconds of script for each answer, on a page that has answers already."""
    page.goto(f"{address}/score/")
    page.locator("maturity-score[data-view]").wait_for()
    page.evaluate(MEASURE, [0, ANSWERS])
    times: list[float] = page.evaluate(MEASURE, [3, ANSWERS])
    return times


def main() -> None:
    """Print the medians, as milliseconds and as shares of a frame of 16.7 ms."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        sites = {}
        for size in SIZES:
            project = copy_project(Path(folder) / str(size))
            text = yaml.safe_dump(framework(size), sort_keys=False)
            project.write("framework.yaml", text)
            sites[size] = project.built()
        found: dict[int, list[float]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size in SIZES:
                page = browser.new_context().new_page()
                with serving(sites[size]) as address:
                    found[size] += answer_times(page, address)
                page.context.close()
    medians = {size: statistics.median(times) for size, times in found.items()}
    print("An answer on the self-scoring page: script until the panel shows its effect, median")
    for size, median in medians.items():
        slowest = statistics.quantiles(found[size], n=20)[-1]
        print(
            f"  {size:>5} practices: {median:5.2f} ms, {median / FRAME:.2f} of a frame; "
            f"95 of 100 within {slowest:.2f} ms"
        )
    print(f"  ratio of the two: {medians[SIZES[1]] / medians[SIZES[0]]:.1f}")


if __name__ == "__main__":
    main()
