"""The bases of all that a definition is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from .ids import Id


class Part(BaseModel):
    """A part of the definition: frozen, and without room for unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # most are only read as a part of the whole
    )


class Entry(Part):
    """An entry of a collection: it can be placed among its neighbors and keeps its former ids."""

    before: Id | None = None
    """Id of the entry of the same collection that this one comes before."""
    after: Id | None = None
    """Id of the entry of the same collection that this one comes after."""
    formerly: list[Id] = []
    """Ids that this entry had in earlier versions; their addresses keep working."""
