"""Modules of `tests/js/` in a page of the built site, on the modules that the site has."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, Route
from projects import ROOT
from reader import module_addresses

_SOURCE = re.compile(r"(?<=\")(?:\.\./\.\.)?/content/assets/(.+?)\.js(?=\")")


def call_in_page(page: Page, address: str, code: str, value: object) -> Any:
    """Return what a function of JavaScript gives for `value`; it imports from `/tests/js/`.

    What those modules import from `content/assets/` is what the site serves. The page is the one
    for what is not found, which has nothing to do with answers.
    """
    page.goto(f"{address}/404.html")
    built = module_addresses(page)

    def on_the_built(text: str) -> str:
        return _SOURCE.sub(lambda match: built[match[1]], text)

    def serve_test(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        text = (ROOT / "tests" / "js" / name).read_text(encoding="utf-8")
        route.fulfill(body=on_the_built(text), content_type="text/javascript")

    page.route(f"{address}/tests/js/*.js", serve_test)
    return page.evaluate(on_the_built(code), value)
