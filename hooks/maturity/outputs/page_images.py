"""Pictures of pages out of HTML: what a shared link shows, before titles are drawn on it."""

from __future__ import annotations

import io
from typing import Any

#: What sites that show links ask for, in pixels: https://ogp.me and their own pages.
WIDTH, HEIGHT = 1200, 630


def draw(html: str) -> bytes:
    """Render every page of the HTML to a PNG; return all in a row, each after its length.

    A page is WIDTH by HEIGHT CSS pixels. Nothing is fetched for it.
    """
    from pypdfium2 import PdfDocument
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    drawn = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf()
    with PdfDocument(drawn) as document:
        images = [_png(page) for page in document]
    return b"".join(len(image).to_bytes(4, "big") + image for image in images)


def image_of(images: bytes, page: int) -> bytes:
    """Return the PNG of a page, counted from 0, out of what `draw` returned."""
    rest = images
    for _ in range(page):
        rest = rest[4 + int.from_bytes(rest[:4], "big") :]
    return rest[4 : 4 + int.from_bytes(rest[:4], "big")]


def _png(page: Any) -> bytes:
    scale = WIDTH / page.get_width()
    image = io.BytesIO()
    page.render(scale=scale).to_pil().quantize(128).save(image, "PNG", optimize=True)
    return image.getvalue()
