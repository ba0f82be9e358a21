"""The brand outside of style sheets: the mark, and a level's color in the workbook, PDFs, images.

Colors are the ramp of `assets/brand.css`; a fork's own style sheet may give it other ends.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Lightness in percent, chroma, and hue in degrees: https://www.w3.org/TR/css-color-4/#ok-lab
Color = tuple[float, float, float]
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_END = re.compile(r"--mp-ramp-(from|to):\s*oklch\(\s*([\d.]+)%\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)")
#: The mark is 28 wide and 24 high; more steps than these could not be told apart in it.
_MOST_STEPS, _WIDTH, _HEIGHT = 7, 28, 24
_BLACK = (0.0, 0.0, 0.0)
#: The lightness from which black has more contrast than white; `--mp-on-level` has the same.
_LIGHT = 58.2


@dataclass(frozen=True)
class Ramp:
    """The colors from the first level to the last."""

    first: Color
    last: Color

    def at(self, position: float) -> str:
        """Return the CSS color at a place from 0 to 1, as `color-mix(in oklch, …)` makes it."""
        lightness, chroma, hue = self._mixed(position)
        return f"oklch({lightness:.2f}% {chroma:.4f} {hue:.2f})"

    def hex(self, position: float, share: float = 1.0) -> str:
        """Return the color at a place from 0 to 1 as `#RRGGBB`, for programs without CSS.

        `share` is how much of it there is, from 0 to 1; the rest is white, mixed in oklab.
        """
        lightness, chroma, hue = self._mixed(position)
        return _hex((100 - (100 - lightness) * share, chroma * share, hue))

    def text_on(self, position: float) -> str:
        """Return black or white as `#RRGGBB`, whichever can be read on the color at a place."""
        return "#000000" if self._mixed(position)[0] > _LIGHT else "#FFFFFF"

    def contrast(self, position: float) -> float:
        """Return the contrast of text on the color at a place, from 1 to 21, as WCAG defines it."""
        pair = (_luminance(self.hex(position)), _luminance(self.text_on(position)))
        return (max(pair) + 0.05) / (min(pair) + 0.05)

    def lightness_apart(self, levels: int) -> float:
        """Return how far the lightness of levels beside each other is apart, in percent."""
        return abs(self.first[0] - self.last[0]) / max(levels - 1, 1)

    def _mixed(self, position: float) -> Color:
        (l0, c0, h0), (l1, c1, h1) = self.first, self.last
        turn = (h1 - h0 + 180) % 360 - 180  # the shorter way around
        return l0 + (l1 - l0) * position, c0 + (c1 - c0) * position, (h0 + turn * position) % 360


@dataclass(frozen=True)
class Step:
    """A rectangle of the mark."""

    x: float
    y: float
    width: float
    height: float
    position: float


def ramp(styles: Iterable[str]) -> Ramp:
    """Return the ramp of style sheets that are loaded in this order; black where they have none.

    Only what stands outside of `@media` counts: paper knows no dark scheme.
    """
    ends: dict[str, Color] = {}
    for style in styles:
        for end, *numbers in _END.findall(_MEDIA.sub("", style)):
            lightness, chroma, hue = map(float, numbers)
            ends[end] = (lightness, chroma, hue)
    return Ramp(ends.get("from", _BLACK), ends.get("to", _BLACK))


def find_ends(style: str) -> Iterator[int]:
    """Yield the index of each end of the ramp that `ramp` reads in a style sheet."""
    yield from (match.start() for match in _END.finditer(_without_media(style)))


def find_unread_ends(style: str) -> Iterator[tuple[int, str]]:
    """Yield the index and text of each end of the ramp in a style sheet that `ramp` cannot read.

    What stands inside of `@media` is for screens alone, and may be any color of CSS.
    """
    for match in re.finditer(r"--mp-ramp-(?:from|to):\s*([^;}]*)", _without_media(style)):
        if not _END.match(match[0]):
            yield match.start(1), match[1].strip()


def _without_media(style: str) -> str:
    """Return a style sheet with spaces for what counts on some screens alone."""
    return _MEDIA.sub(lambda match: " " * len(match[0]), style)


def _luminance(color: str) -> float:
    """Return the relative luminance of `#RRGGBB`: https://www.w3.org/TR/WCAG22/."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _hex(color: Color) -> str:
    """Return a color as `#RRGGBB`; what a screen cannot show is cut off.

    The numbers are those of https://bottosson.github.io/posts/oklab/ and of sRGB.
    """
    lightness, chroma, hue = color[0] / 100, color[1], math.radians(color[2])
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#{:02X}{:02X}{:02X}".format(*(round(_encoded(part) * 255) for part in linear))


def _encoded(linear: float) -> float:
    """Return a part of a color, from 0 to 1, as sRGB encodes it."""
    part = min(max(linear, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def logo_steps(levels: int) -> list[Step]:
    """Return the logo, the levels as a climb: at most 7 rectangles in 28 by 24 units."""
    steps = min(levels, _MOST_STEPS)
    width = _WIDTH / steps
    heights = [_HEIGHT * (step + 1) / steps for step in range(steps)]
    return [
        Step(
            round(step * width, 2),
            round(_HEIGHT - height, 2),
            round(width, 2),
            round(height, 2),
            round(step / (steps - 1), 3),
        )
        for step, height in enumerate(heights)
    ]


def icon(levels: int, colors: Ramp) -> str:
    """Return the logo as an SVG file that stands for itself: the site's favicon."""
    steps = "".join(
        f'<rect x="{step.x + 2}" y="{step.y + 4}" width="{step.width}" height="{step.height}" '
        f'fill="{colors.at(step.position)}"/>'
        for step in logo_steps(levels)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{steps}</svg>\n'
