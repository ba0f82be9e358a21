"""Question 5: the self-scoring page in a browser, with 100 and with 1,000 practices.

An answer is the script between the click and the end of the page's own work; drawing comes after
it. Opening is from the request to the page that can be answered. Memory is what scripts hold
after the browser has collected what nobody needs.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from browsers import launched
from definitions import invented
from measuring import Finding, Sample
from playwright.sync_api import Browser, Page
from projects import copy_project
from servers import serving

SIZES = (100, 1_000)
ROUNDS = 5
ANSWERS = 40
#: Milliseconds between two pictures on a screen.
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


def findings(folder: Path) -> Iterator[Finding]:
    """Yield an answer's share of a frame by size, then opening and memory, large over small."""
    sites = {}
    for size in SIZES:
        project = copy_project(folder / str(size))
        project.write("framework.yaml", invented(size))
        sites[size] = project.built()
    seen: dict[tuple[str, int], list[float]] = defaultdict(list)
    with launched() as browser:
        for turn in range(ROUNDS):
            for size in SIZES[:: -1 if turn % 2 else 1]:
                for what, value in _visit(browser, sites[size]).items():
                    seen[what, size].append(value)
    yield from _ratios({key: Sample(tuple(values)) for key, values in seen.items()})


def _ratios(samples: dict[tuple[str, int], Sample]) -> Iterator[Finding]:
    small, large = SIZES
    for size in SIZES:
        answer = samples["answer", size]
        yield Finding(
            f"An answer with {size:,} practices, of a frame", answer.median / FRAME, 1.0,
            f"{answer.median:.2f} ms; noise {answer.spread}",
        )  # fmt: skip
    for what, name, unit in (("opening", "Opening /score/", "ms"), ("memory", "Its memory", "MB")):
        few, many = samples[what, small], samples[what, large]
        yield Finding(
            f"{name}, {large:,} practices over {small}", many.over(few), None,
            f"{many.median:.1f} {unit}, {few.median:.1f} {unit}; noise {many.spread}, {few.spread}",
        )  # fmt: skip


def _visit(browser: Browser, site: Path) -> dict[str, float]:
    """Open the page in a new browser profile and answer; return what was measured, by its name.

    An answer and opening in milliseconds, memory in megabytes.
    """
    context = browser.new_context()
    page = context.new_page()
    with serving(site) as address:
        start = time.perf_counter()
        page.goto(f"{address}/score/", wait_until="commit")
        page.locator("maturity-score[data-view]").wait_for(state="attached")
        opening = (time.perf_counter() - start) * 1000
        page.evaluate(MEASURE, [0, ANSWERS])  # so that the page has answers already
        answer = statistics.median(page.evaluate(MEASURE, [3, ANSWERS]))
        memory = _memory(page)
    context.close()
    return {"answer": answer, "opening": opening, "memory": memory}


def _memory(page: Page) -> float:
    """Return the megabytes that the page's scripts hold."""
    tools = page.context.new_cdp_session(page)
    tools.send("HeapProfiler.collectGarbage")
    used: float = tools.send("Runtime.getHeapUsage")["usedSize"]
    return used / 1e6
