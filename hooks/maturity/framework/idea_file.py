"""Ideas on a matrix: what its page has to know, and the file that holds them.

The page `/matrices/ID/` writes and reads such files (`content/assets/matrix/ideas.js`). A reader of
files ignores keys that it does not know, so that later versions may add some.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..definition.ids import Id
from ..definition.model import Framework
from .answer_file import AnsweredFramework, Title

#: Places on an axis, from its low end; the first half of them is the low side.
STEPS = 10
#: What one matrix holds, at most; and what a reader types into a field.
MOST_IDEAS = 100
LONGEST_NAME = 120
LONGEST_NOTE = 1_000
#: A character that is no white space, to whatever program.
NAMED = r"[^\s\x1c-\x1f\x85\ufeff]"

Place = Annotated[int, Field(strict=True, ge=1, le=STEPS)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Idea(_Part):
    """One idea, where it lies, and what is noted on it."""

    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-z-]{8,64}$")]
    """Tells ideas apart: no two of a file have the same."""
    name: Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME, pattern=NAMED)]
    note: Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NOTE)] = ""
    x: Place
    """From the low end of the matrix's first axis."""
    y: Place
    """From the low end of its second axis."""
    marks: Annotated[dict[Id, Id], Field(max_length=100)] = {}
    """By mark: the value that was chosen."""


class PlacedOn(_Part):
    """Which matrix the ideas lie on."""

    id: Id
    title: Title = ""


class IdeaFile(_Part):
    """The ideas on one matrix, as its page saves them."""

    format: Literal["maturity-ideas/1"]
    framework: AnsweredFramework
    matrix: PlacedOn
    ideas: Annotated[list[Idea], Field(max_length=MOST_IDEAS)]
    """In the order in which they were entered."""


def board(framework: Framework, name: str) -> dict[str, Any]:
    """Return a matrix as `ideas.js` and its neighbors read it, ready for JSON.

    The names are those of the definition.
    """
    about = framework.framework
    matrix = framework.matrices[name]
    return {
        "framework": {"id": about.id, "title": about.title, "version": about.version},
        "matrix": {"id": name, "title": matrix.title, "formerly": matrix.formerly},
        "steps": STEPS,
        "most": MOST_IDEAS,
        "longest": {"name": LONGEST_NAME, "note": LONGEST_NOTE},
        **matrix.model_dump(
            mode="json",
            include={
                "x": True,
                "y": True,
                "quadrants": {"__all__": {"title", "x", "y"}},
                "marks": {"__all__": {"title", "question", "values", "blocks", "prefer"}},
            },
        ),
    }
