"""Question 7: how much a reader has to read before there is a result.

Counted in a browser: each text of the page once, when it first comes into view, from the head to
what is unfolded of the result. The menu of the site and what stands beside the questions (the
panel, the parts of the questionnaire) are left out. A text that comes again, such as the label of
an answer, is not read again. What is folded counts once somebody unfolds it, which nobody does
here: of the evidence the line that says how much is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from browsers import launched
from measuring import Finding
from playwright.sync_api import Page
from projects import copy_project
from servers import serving

#: The most words, on the way through the quick check and through two levels in full.
QUICK, FULL = 450, 2_000
LEVELS = 2

#: Counts the words that are in view and have not been before.
READ = r"""
() => {
  const seen = (window.seen ??= new Set());
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const beside = ".mp-panel, .mp-side, .mp-route, .mp-unseen, .mp-onward, option, .headerlink";
    if (!text || parent.closest(beside)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    if (!seen.has(text)) words += text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
    seen.add(text);
  }
  return words;
}
"""


def findings(folder: Path) -> Iterator[Finding]:
    """Yield the words read on each way, as shares of the most that they may be."""
    site = copy_project(folder / "words").built()
    yield from read(site)


def read(site: Path) -> Iterator[Finding]:
    """Yield the same for a site that has been built, by this state of the project or another."""
    with launched() as browser, serving(site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        _open(page, f"{address}/score/")
        if page.locator('[data-do="quick"]').count():
            _open(page, f"{address}/score/?#quick")
            yield _finding("the quick check", *_quick(page), QUICK)
            page.evaluate("localStorage.clear()")
            _open(page, f"{address}/score/")
        yield _finding("two levels in full", *_full(page), FULL)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("maturity-score[data-view]").wait_for(state="attached")


def _finding(way: str, words: int, questions: int, limit: int) -> Finding:
    aside = f"{words:,} words for {questions} questions; at most {limit:,}"
    return Finding(f"Words read on the way through {way}", words / limit, 1.0, aside)


def _quick(page: Page) -> tuple[int, int]:
    """Go through the quick check, with answers that pass, up to one of level 2 that does not."""
    levels = page.evaluate(
        "Object.keys(JSON.parse(document.querySelector('maturity-score').dataset.questionnaire).levels)"
    )
    words, count = 0, 0
    page.locator('[data-view="quick"]').wait_for(state="attached")
    while (asked := page.locator("fieldset[data-practice]:visible")).count():
        count += 1
        level = asked.locator("xpath=ancestor::section[@data-level]").get_attribute("data-level")
        words += page.evaluate(READ)
        asked.locator(".mp-option input").nth(0 if level == levels[LEVELS - 1] else 2).check()
        words += page.evaluate(READ)
        page.locator('[data-do="quick_next"]').click()
        if (on := page.locator('.mp-quick [data-do="quick"]')).is_visible():
            words += page.evaluate(READ)
            on.click()
    return words + page.evaluate(READ), count


def _full(page: Page) -> tuple[int, int]:
    """Answer every question of two levels, every other one with its top answer."""
    words, count = 0, 0
    for part in range(LEVELS):
        page.locator(".mp-parts [data-by]").nth(part).click()
        words += page.evaluate(READ)
        for asked in page.locator("fieldset[data-practice]:visible").all():
            answers = asked.locator('.mp-option:not(.mp-option--other) input[type="radio"]')
            answers.nth(answers.count() - 1 - count % 2).check()
            words += page.evaluate(READ)
            count += 1
            if (every := asked.locator('[data-do="all_true"]')).is_visible():
                every.click()
                words += page.evaluate(READ)
    page.locator('[data-do="see_verdict"]').first.click()
    page.locator(".mp-headline .mp-stand").first.wait_for()
    return words + page.evaluate(READ), count
