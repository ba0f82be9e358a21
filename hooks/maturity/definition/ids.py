"""Types for ids, and for fields that name an entry by its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


@dataclass(frozen=True)
class Ref:
    """A mark on a field: its value, or map key, is the id of an entry of this kind."""

    kind: str


#: Small letters, digits and single hyphens, a letter first.
Id = Annotated[str, StringConstraints(strict=True, pattern=_PATTERN, max_length=80)]
LevelId = Annotated[Id, Ref("level")]
DimensionId = Annotated[Id, Ref("dimension")]
PracticeId = Annotated[Id, Ref("practice")]
RoleId = Annotated[Id, Ref("role")]
AnswerId = Annotated[Id, Ref("answer")]
ColumnId = Annotated[Id, Ref("column")]
FigureId = Annotated[Id, Ref("figure")]
GroupId = Annotated[Id, Ref("group")]
ReferenceId = Annotated[Id, Ref("reference")]
#: Kind and id of an entry of the definition, such as practice:keep-recipes.
EntryRef = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z]+:[a-z][a-z0-9-]*$", max_length=100)
]
