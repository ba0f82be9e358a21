"""Modules of `tests/js/` in a page of the built site, on the modules that the site has."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route
from projects import ROOT

_SOURCES = "/content/assets/"


def call_in_page(page: Page, address: str, code: str, value: object) -> Any:
    """Return what a function of JavaScript gives for `value`; it imports from `/tests/js/`.

    What those modules import from `content/assets/` is what the site serves. The page is the one
    for what is not found, which has nothing to do with answers.
    """
    page.route(f"{address}/tests/js/*.js", _serve_test)
    page.route(f"{address}{_SOURCES}**", _serve_built)
    page.goto(f"{address}/404.html")
    return page.evaluate(code, value)


def _serve_test(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    route.fulfill(path=ROOT / "tests" / "js" / name, content_type="text/javascript")


def _serve_built(route: Route) -> None:
    route.continue_(url=route.request.url.replace(_SOURCES, "/assets/"))
