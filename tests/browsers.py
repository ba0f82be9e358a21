"""The browser of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import find_browser
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# How long a browser may take where others are at work too; what has come is not waited for.
expect.set_options(timeout=30_000)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a headless Chromium, which ends with the context."""
    path = find_browser.find()
    assert path, find_browser.ADVICE
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of all tests of a process."""
    with launched() as chromium:
        yield chromium


@contextmanager
def reading(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's own browser, storage included, which ends with the context."""
    own = browser.new_context(accept_downloads=True)
    own.grant_permissions(["clipboard-read", "clipboard-write"])
    yield own
    own.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's own browser, storage included."""
    with reading(browser) as own:
        yield own


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """A window for many tests: in one that has been used, a page opens in half the time."""
    with reading(browser) as own:
        yield own.new_page()
