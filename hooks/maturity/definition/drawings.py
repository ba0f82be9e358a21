"""The types of the drawings that show the options of a decision."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .ids import FigureId, Id
from .parts import Part
from .text import Text


class Shape(StrEnum):
    """How a figure is drawn."""

    PERSON = "person"
    LEAD = "lead"
    THING = "thing"


class Figure(Part):
    """Whom or what the drawings of a decision show."""

    title: Text
    shape: Shape = Shape.PERSON
    """`person`, `lead` (somebody who leads others), or `thing` (a box with the title in it)."""
    marked: bool = Field(default=False, strict=True)
    """Whether it is what the drawing is about, and drawn filled."""


class Group(Part):
    """Figures that belong together: a unit, a team, a place."""

    title: Text
    note: Text | None = None
    """A few words below the title, such as who sets the priorities."""
    members: dict[FigureId, Annotated[int, Field(strict=True, ge=1, le=24)]] = {}
    """How many of which figure."""


class Stroke(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"


class Toward(StrEnum):
    """Where the arrow of a line points."""

    CENTER = "center"
    GROUPS = "groups"
    BOTH = "both"


class Link(Part):
    """What goes between the center and each group."""

    label: Text
    line: Stroke = Stroke.SOLID
    to: Toward = Toward.CENTER


class Center(Group):
    """The group that all others have to do with; it is drawn above them."""

    link: Link | None = None


class Diagram(Part):
    """A drawing of an option: who is where, and how they have to do with each other."""

    caption: Text
    """What the drawing shows, for those who cannot see it."""
    center: Center | None = None
    groups: Annotated[dict[Id, Group], Field(min_length=1, max_length=6)]
