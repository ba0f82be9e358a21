"""The types of worksheets: questions to ask, tables to complete."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .ids import ColumnId, Id, LevelId, PracticeId, ReferenceId
from .parts import Part
from .text import Prose, Text
from .upkeep import KeptEntry


class PromptGroup(Part):
    """Questions of a worksheet that are asked together."""

    title: Text
    note: Prose | None = None
    questions: Annotated[list[Text], Field(min_length=1)]


class Column(Part):
    """A column of a worksheet's table."""

    title: Text
    hint: Text | None = None
    """What to write into it."""


class Worksheet(KeptEntry):
    """A sheet to fill in: questions to ask, a table to complete, or both."""

    level: LevelId
    title: Text
    purpose: Prose
    how: list[Prose] = []
    """How to use the sheet, in steps."""
    prompts: dict[Id, PromptGroup] = {}
    columns: dict[Id, Column] = {}
    examples: list[dict[ColumnId, Text]] = []
    """Filled-in rows that show what is meant."""
    rows: Annotated[int, Field(strict=True, ge=0, le=40)] = 8
    """How many empty rows to leave."""
    practices: list[PracticeId] = []
    """Practices that this sheet helps with."""
    also: list[Text] = []
    """What others call such a sheet; its page shows it."""
    sources: list[ReferenceId] = []
