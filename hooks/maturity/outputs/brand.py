"""The brand outside of style sheets: a level's color on sheets and images, and the mark.

Colors are the ramp of `assets/brand.css`; a fork's own style sheet may give it other ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Lightness in percent, chroma, and hue in degrees: https://www.w3.org/TR/css-color-4/#ok-lab
Color = tuple[float, float, float]
#: The mark is 28 wide and 24 high; more steps than these could not be told apart in it.
_MOST_STEPS, _WIDTH, _HEIGHT = 7, 28, 24
_BLACK = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Ramp:
    """The colors from the first level to the last."""

    first: Color
    last: Color

    def at(self, position: float) -> str:
        """The CSS color at a place from 0 to 1, as `color-mix(in oklch, …)` makes it."""
        lightness, chroma, hue = self._mixed(position)
        return f"oklch({lightness:.2f}% {chroma:.4f} {hue:.2f})"

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
    """The ramp of style sheets that are loaded in this order; black where they have none.

    Only what stands outside of `@media` counts: paper knows no dark scheme.
    """
    ends: dict[str, Color] = {}
    for style in styles:
        plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", style)
        pattern = r"--mp-ramp-(from|to):\s*oklch\(\s*([\d.]+)%\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)"
        for end, *numbers in re.findall(pattern, plain):
            lightness, chroma, hue = map(float, numbers)
            ends[end] = (lightness, chroma, hue)
    return Ramp(ends.get("from", _BLACK), ends.get("to", _BLACK))


def mark(levels: int) -> list[Step]:
    """The logo: the levels as a climb."""
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
    """The mark as an SVG file that stands for itself: the site's favicon."""
    steps = "".join(
        f'<rect x="{step.x + 2}" y="{step.y + 4}" width="{step.width}" height="{step.height}" '
        f'fill="{colors.at(step.position)}"/>'
        for step in mark(levels)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{steps}</svg>\n'
