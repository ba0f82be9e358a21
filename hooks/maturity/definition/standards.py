"""The types of standards: rules from elsewhere, and which practices serve each clause."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError, SchemaError

from .ids import GroupId, Id, PracticeId, ReferenceId
from .parts import Part
from .text import Prose, Text
from .upkeep import KeptEntry
from .values import Day


class Relation(StrEnum):
    """How what a practice asks stands to what a clause asks.

    The terms of a set theory relationship mapping in NIST IR 8477, from the practice's side.
    """

    SUBSET = "subset of"
    """The clause asks for all that the practice does, and for more."""
    INTERSECTS = "intersects with"
    """They have something in common, and each asks for something that the other does not."""
    EQUAL = "equal"
    """They ask for the same, in other words perhaps."""
    SUPERSET = "superset of"
    """The practice asks for all that the clause does, and for more."""

    @property
    def is_whole(self) -> bool:
        """Whether whoever follows the practice does all that the clause asks."""
        return self in (Relation.EQUAL, Relation.SUPERSET)


class Service(Part):
    """How far one practice serves a clause."""

    relation: Relation
    """What the practice is to the clause: subset of, intersects with, equal or superset of."""
    why: Text | None = None
    """In one sentence why, where it is not plain."""


def _compiled(pattern: str) -> str:
    """Return a regular expression if it is one; it is matched in linear time."""
    try:
        _matcher(pattern)
    except SchemaError as error:
        raise PydanticCustomError("no_pattern", "must be a regular expression") from error
    return pattern


@cache
def _matcher(pattern: str) -> TypeAdapter[str]:
    """Return what accepts the texts that a regular expression fits from end to end."""
    whole = StringConstraints(pattern=rf"\A(?:{pattern})\z")
    return TypeAdapter(Annotated[str, whole])


def _known(day: str) -> str:
    """Return a day of the form 2023-01-26 if the calendar has it."""
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise PydanticCustomError("string_pattern_mismatch", "there is no such day") from error
    return day


#: What the codes of a standard have in common, such as A\.\d+(\.\d+)*
Pattern = Annotated[str, Field(strict=True, max_length=200), AfterValidator(_compiled)]
#: A day that the calendar has.
KnownDay = Annotated[Day, AfterValidator(_known)]


class Clause(Part):
    """One thing that a standard asks."""

    code: Text
    """How the standard itself numbers it, such as MAP 1.1 or Article 9."""
    title: Text
    """What it asks, in our own words."""
    group: GroupId | None = None
    """The heading that it stands under."""
    served_by: dict[PracticeId, Service] = {}
    """The practices that do some or all of what it asks; empty where none does."""


class Standard(KeptEntry):
    """A set of rules from elsewhere: a law, a standard, a list, or a company's own policy."""

    title: Text
    short: Text | None = None
    """A short name for narrow places; by default the title."""
    publisher: Text
    """Who has written it."""
    version: Text
    """The edition that is meant, such as 1.0 or 2023."""
    date: KnownDay
    """The day of that edition, such as "2023-01-26", in quotes."""
    checked: KnownDay
    """The day on which the map was last compared with what is public of it, in quotes."""
    sources: list[ReferenceId] = []
    """Where its text is found."""
    summary: Prose | None = None
    """One or two sentences: what it is, and whom it binds."""
    note: Prose | None = None
    """What to know before relying on the map: what is left out, what changes when."""
    codes: Pattern | None = None
    """A regular expression, without look-around, that each code fits from end to end."""
    groups: dict[Id, Text] = {}
    """The headings that clauses stand under, in order."""
    clauses: Annotated[dict[Id, Clause], Field(min_length=1)]

    @property
    def label(self) -> str:
        """The short name, or else the title."""
        return str(self.short or self.title)

    def fits(self, code: str) -> bool:
        """Tell whether a code has the form that the standard's codes have."""
        if self.codes is None:
            return True
        try:
            _matcher(self.codes).validate_python(code)
        except ValidationError:
            return False
        return True
