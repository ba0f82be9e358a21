"""The types of matrices: two axes, four quadrants, and the marks of ideas."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .ids import Id, LevelId, PracticeId, ReferenceId
from .parts import Part
from .text import Prose, Text
from .upkeep import KeptEntry


class Axis(Part):
    """One direction of a matrix."""

    title: Text
    low: Text
    high: Text
    question: Text | None = None
    """What to ask to place an idea on it."""


class Side(StrEnum):
    """One end of an axis."""

    LOW = "low"
    HIGH = "high"


class Quadrant(Part):
    """A quarter of a matrix, and what to do with what lands there."""

    title: Text
    x: Side
    y: Side
    advice: Prose


class Preference(StrEnum):
    """Which end of a mark's values puts an idea ahead of another."""

    FIRST = "first"
    LAST = "last"


class Mark(Part):
    """Something to note on each idea besides its place, such as how ready its data is."""

    title: Text
    question: Text
    values: Annotated[dict[Id, Text], Field(min_length=2)]
    blocks: dict[Id, Text] = {}
    """Values with which an idea cannot start, each with what is said of such an idea in a few
    words. In its quadrant it is ranked after those that can."""
    prefer: Preference | None = None
    """Which end of the values is ranked first in a quadrant; without it the mark ranks nothing."""
    advice: Prose | None = None


class Matrix(KeptEntry):
    """Two axes, four quadrants, and the marks that each idea carries."""

    level: LevelId
    title: Text
    purpose: Prose
    how: list[Prose] = []
    x: Axis
    y: Axis
    quadrants: Annotated[dict[Id, Quadrant], Field(min_length=4, max_length=4)]
    """In the order in which their ideas are ranked: the first one is where the best ideas lie."""
    marks: dict[Id, Mark] = {}
    practices: list[PracticeId] = []
    sources: list[ReferenceId] = []
