"""Renders the HTML of what is no page of the site: of PDFs, share images and the one file."""

from __future__ import annotations

import base64
from pathlib import Path

from markupsafe import Markup

from ..framework.samples import Samples
from ..outputs import page_images
from . import links
from .environment import VERSION, Scope, environment
from .listing import Page
from .paths import address_of
from .template_cache import template_cache
from .template_problems import reporting_mistakes


class SheetRenderer:
    """Renders sheets with the templates in a folder.

    `address` is where the site will be published: with a slash at the end, or empty where nobody
    knows. `cache` is the folder that keeps compiled templates.
    """

    def __init__(
        self, scope: Scope, folder: Path, address: str = "", cache: Path | None = None
    ) -> None:
        self.scope = scope
        self.folder = folder
        self.address = address
        self.environment = environment(
            folder, scope, links.printed_on_sheet(address), template_cache("pages", VERSION, cache)
        )

    def sheet(self, page: Page) -> str:
        """Render the HTML of the PDF that a page has beside it."""
        item = page.item
        return self._render(
            f"pdf/{Path(page.template).stem}.html",
            path=page.path,
            item=item,
            id=item and item.id,
            entry=item and item.entry,
            title=page.title,
            description=page.description,
            address=(self.address or "/") + address_of(page.path),
        )

    def share_images(self, font: Path | None) -> str:
        """Render the HTML of the images for shared links, with the font of headings inside it."""
        data = base64.b64encode(font.read_bytes()).decode() if font else ""
        return self._render(
            "share.html",
            path="index.md",
            font=Markup(f"data:font/woff2;base64,{data}"),
            width=page_images.WIDTH,
            height=page_images.HEIGHT,
        )

    def one_file(self, part: str, **values: object) -> str:
        """Render a part of the one file: its `page`, or what it unpacks, the `inside`.

        It offers no example, as it can load none.
        """
        url = links.url_in_one_file(self.address)
        return self._render(f"one-file/{part}.html", samples=Samples(), url=url, **values)

    def _render(self, name: str, **values: object) -> str:
        with reporting_mistakes(self.folder, self.scope):
            return self.environment.get_template(name).render(values)
