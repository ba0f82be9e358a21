"""Images that a link shows where it is shared, drawn from HTML."""

from __future__ import annotations

import io
from typing import Any

#: What sites that show links ask for, in pixels: https://ogp.me and their own pages.
WIDTH, HEIGHT = 1200, 630


def path(name: str) -> str:
    """Return the path in the site of the image for a level, or for the `site`."""
    return f"assets/share/{name}.png"


def images(html: str) -> list[bytes]:
    """Render every page of the HTML to a PNG; nothing is fetched for it.

    A page is WIDTH by HEIGHT CSS pixels. Needs what `pdf.works` looks for.
    """
    from pypdfium2 import PdfDocument
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    drawn = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf()
    with PdfDocument(drawn) as document:
        return [_png(page) for page in document]


def _png(page: Any) -> bytes:
    scale = WIDTH / page.get_width()
    image = io.BytesIO()
    page.render(scale=scale).to_pil().quantize(128).save(image, "PNG", optimize=True)
    return image.getvalue()
