"""Files that the pages save: reading one into its model, and placing what is wrong with it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..definition.files import load_text
from ..definition.problems import FrameworkError, Position, Problem
from ..definition.yaml_files import load_tree
from ..definition.yaml_tree import Node

#: How many mistakes in the form of one file are named.
_MOST_NAMED = 5
_AGAIN = "save the file again on the page that writes such files"
_Model = TypeVar("_Model", bound=BaseModel)
#: The keys that lead to a place in a file.
KeyPath = tuple[str | int, ...]


class Complaint(NamedTuple):
    """What is wrong at a place of a file: the keys that lead there."""

    path: KeyPath
    message: str
    hint: str


def parse_saved(file: Path, model: type[_Model]) -> _Model:
    """Parse a file into a model; raises FrameworkError for what is no JSON, or not of that form."""
    text = load_text(file)
    try:
        return model.model_validate(json.loads(text, object_pairs_hook=_map))
    except _StandsTwiceError:
        raise FrameworkError([*_twice(file)]) from None
    except json.JSONDecodeError as error:
        where = Position(file, error.lineno, error.colno)
        raise FrameworkError([Problem(where, f"this is no JSON: {error.msg}", _AGAIN)]) from None
    except RecursionError:
        raise FrameworkError([Problem(Position(file), "it is nested too deep", _AGAIN)]) from None
    except ValidationError as error:
        complaints = [
            Complaint(one["loc"], _described(one), _AGAIN) for one in error.errors()[:_MOST_NAMED]
        ]
        raise FrameworkError(placed(file, complaints)) from None


class _StandsTwiceError(Exception):
    """A map of the file has a key twice, as merges leave it."""


def _map(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise _StandsTwiceError
    return entries


def _twice(file: Path) -> list[Problem]:
    """Return the problems of keys that stand twice, of which JSON would drop all but the last."""
    try:
        problems = load_tree(file)[1]
    except FrameworkError as error:  # JSON that YAML cannot read
        problems = error.problems
    return problems or [Problem(Position(file), "something stands twice in it", _AGAIN)]


def _described(error: ErrorDetails) -> str:
    if error["type"] == "model_type":
        return f"{'.'.join(map(str, error['loc'])) or 'the file'} must be a map"
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


def placed(file: Path, complaints: list[Complaint]) -> list[Problem]:
    """Return complaints as problems at their places, for which the file is read once more."""
    root: Node | None = None
    if any(complaint.path for complaint in complaints):
        with suppress(FrameworkError):  # JSON that YAML cannot read
            root = load_tree(file)[0]
    return [
        Problem(root.nearest(*path).at if root else Position(file), message, hint)
        for path, message, hint in complaints
    ]
