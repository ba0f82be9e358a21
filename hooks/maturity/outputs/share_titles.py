"""Titles of entries, drawn on the images that links show where they are shared."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .cache import Cache

#: Colors of the ground, the title and the line above it, as in `share.html`.
_PAPER, _INK, _MUTED = (253, 251, 247), (30, 26, 44), (92, 86, 104)
#: Between the ground and each of the other two, for smooth edges of letters.
_SHADES = 16
#: Of a title: where it stands, how wide and high it may be, and its sizes, the largest that fits.
_LEFT, _TOP, _WIDE, _HIGH = 64, 110, 660, 300
_SIZES = (76, 64, 54, 46, 40, 34)


@dataclass(frozen=True)
class Text:
    """What stands on the image for an entry: a line that says what it is, and its title."""

    line: str
    title: str


def _cached(make: Callable[[], bytes], folder: Path | None, *parts: bytes) -> bytes:
    """Return what `make` makes out of `parts`, from the cache in `folder` if it was made before."""
    cache, parts = Cache(folder, "share"), (Path(__file__).read_bytes(), *parts)
    content = cache.read(*parts)
    if content is None:
        content = make()
        cache.write(content, *parts)
        cache.prune()
    return content


def draws(text: Text, font: bytes) -> bool:
    """Tell whether a font has every character of a text."""
    return all(ord(mark) in _characters(font) for mark in text.line + text.title if mark != " ")


def titled(
    ground: Callable[[], bytes], text: Text, font: bytes, cache: Path | None = None
) -> bytes:
    """Draw a text on an image that `page_images.draw` made; `font` is a file that has its letters.

    `ground` returns the image. A title is broken at its spaces, in the largest size in which it
    fits. `cache` is a folder that keeps images for the next build.
    """
    image = ground()
    parts = (image, text.line.encode(), text.title.encode(), font)
    return _cached(partial(_draw, image, text, font), cache, *parts)


def _draw(ground: bytes, text: Text, font: bytes) -> bytes:
    image = _ground(ground).copy()
    draw = ImageDraw.Draw(image)
    for size in (34, 28, 22):
        small = _font(font, size)
        if small.getlength(text.line) <= _WIDE:
            break
    _write(image, draw, (_LEFT, 52), text.line, small, 128 + _SHADES)
    for size in _SIZES:
        face, step = _font(font, size), round(size * 1.06)
        lines = _wrapped(text.title, face)
        if len(lines) * step <= _HIGH and all(face.getlength(line) <= _WIDE for line in lines):
            break
    for place, line in enumerate(lines):
        _write(image, draw, (_LEFT, _TOP + place * step), line, face, 128)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=4)
    return file.getvalue()


def _write(
    image: Image.Image,
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    line: str,
    face: ImageFont.FreeTypeFont,
    first: int,
) -> None:
    """Write a line in the shades that begin at the entry `first` of the palette."""
    left, top, right, bottom = (round(edge) for edge in draw.textbbox(place, line, font=face))
    letters = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(letters).text((place[0] - left, place[1] - top), line, 255, face)
    shades = letters.point([first + level * (_SHADES - 1) // 255 for level in range(256)])
    image.paste(shades, (left, top), letters.point([0] * 8 + [255] * 248))


def _wrapped(title: str, face: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= _WIDE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def _ground(image: bytes) -> Image.Image:
    """Open an image, with the shades of both colors after its own 128 in the palette."""
    opened = Image.open(io.BytesIO(image))
    palette = (opened.getpalette() or [])[: 3 * 128]
    palette += [0] * (3 * 128 - len(palette))
    for color in (_INK, _MUTED):
        for step in range(_SHADES):
            pairs = zip(_PAPER, color, strict=True)
            palette += [round(a + (b - a) * step / (_SHADES - 1)) for a, b in pairs]
    opened.putpalette(palette)
    return opened


@lru_cache(maxsize=16)
def _font(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(io.BytesIO(font), size)
    with contextlib.suppress(OSError):  # a font of one weight
        face.set_variation_by_axes([700])
    return face


@lru_cache(maxsize=2)
def _characters(font: bytes) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(io.BytesIO(font)).getBestCmap())
