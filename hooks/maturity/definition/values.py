"""Types for single values: versions, weights, shares, lifetimes, languages and icons."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

#: A part of a pre-release: a number, or anything with a letter in it.
_PRE = r"(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
#: Semantic Versioning 2.0.0, https://semver.org, less build metadata.
Version = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=rf"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){{2}}(-{_PRE}(\.{_PRE})*)?$",
        max_length=80,
    ),
]
#: A rough measure that is compared across practices: 1 is low, 3 is high.
Weight = Annotated[int, Field(strict=True, ge=1, le=3)]
#: From nothing, 0, up to all, 1.
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
#: From above nothing up to all, 1.
PositiveShare = Annotated[float, Field(strict=True, gt=0, le=1)]
#: For how long something holds: a number of days, or of months by the calendar.
Lifetime = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[1-9][0-9]{0,3} (day|month)s?$", max_length=11)
]
#: A day, such as 2023-01-26.
Day = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
#: What names a language, such as en or pt-BR.
LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"
#: The outline of an icon, 24 units wide and high: https://www.w3.org/TR/SVG2/paths.html#PathData
IconPath = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^[Mm][MmZzLlHhVvCcSsQqTtAa0-9eE., +-]+$", max_length=4000
    ),
]


def is_version(value: Any) -> bool:
    """Tell whether a value is a version that a definition can have."""
    try:
        TypeAdapter(Version).validate_python(value)
    except ValidationError:
        return False
    return True
