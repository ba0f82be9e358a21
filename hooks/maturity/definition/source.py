"""From `framework.yaml` and `overlay.yaml` to a typed framework, or to every problem at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from . import overlay, shape
from . import yaml_tree as tree
from .files import is_there
from .messages import KIND_OF, described, short
from .model import COLLECTIONS, Framework
from .problems import FrameworkError, Position, Problem
from .values import Version
from .yaml_tree import Node, kind

_RESTORE = "restore it from version control, or delete it if nothing is to differ from upstream"
_BASED_ON = 'write the version of upstream that this overlay was written for: based_on: "1.0.0"'


@dataclass(frozen=True)
class Source:
    """What was read.

    `framework` holds the entries that are sound; `complete` tells that nothing had to be left out.
    `removed` are the paths that the overlay takes away, `overlay` is its file if there is one, and
    `based_on` the version that it was written for.
    """

    root: Node
    framework: Framework
    removed: dict[overlay.Path, Position]
    problems: list[Problem]
    complete: bool
    overlay: Path | None = None
    based_on: str = ""

    @cached_property
    def visits(self) -> list[shape.Visit]:
        """Every place of the tree that the model knows of."""
        return shape.walk(self.root)

    def position(self, *path: str | int) -> Position:
        """Where the value at `path`, or what is nearest to it, stands."""
        return self.root.nearest(*path).at

    def key_position(self, *path: str | int) -> Position:
        """Where the key at `path`, or what is nearest to it, stands."""
        return self.root.nearest(*path).key


def read(file: Path, overlay_file: Path | None = None) -> Source:
    """Read the definition and, where the file exists, the overlay on it.

    Raises FrameworkError where a file cannot be read as YAML at all.
    """
    patch, based_on, problems = _overlay(overlay_file)
    try:
        root, found = tree.read(file)
    except FrameworkError as error:
        raise FrameworkError([*error.problems, *problems]) from error
    problems += found
    if not isinstance(root.value, dict):
        message = f"the file must be a map with keys such as framework:, not {kind(root.value)}"
        raise FrameworkError([*problems, Problem(root.at, message)])
    removed: dict[overlay.Path, Position] = {}
    if patch is not None:
        merged = overlay.merge(root, patch)
        root, removed = merged.root, merged.removed
        problems += merged.problems
    root, found = _arranged(root)
    problems += found
    framework, wrong = _typed(root)
    problems += described(root, wrong, removed, {problem.where for problem in problems})
    applied = overlay_file if patch is not None else None
    return Source(root, framework, removed, problems, not wrong, applied, based_on)


def _overlay(file: Path | None) -> tuple[Node | None, str, list[Problem]]:
    """The patch of an overlay, its `based_on`, and what is wrong with either."""
    if file is None or not is_there(file):
        return None, "", []
    try:
        patch, problems = tree.read(file, _RESTORE)
    except FrameworkError as error:
        return None, "", error.problems
    if not isinstance(patch.value, dict):
        message = f"the overlay must be a map, not {kind(patch.value)}"
        return None, "", [*problems, Problem(patch.at, message, _BASED_ON)]
    entries = dict(patch.value)
    based_on = entries.pop("based_on", None)
    if based_on is None:
        problems.append(Problem(patch.at, '"based_on" is missing', _BASED_ON))
    elif not is_version(based_on.value):
        found = short(based_on.raw) or kind(based_on.value)
        message = f'"based_on" must be a version in quotes, not {found}'
        problems.append(Problem(based_on.at, message, _BASED_ON))
    version = based_on.raw if based_on is not None else ""
    return replace(patch, value=entries), version, problems


def is_version(value: Any) -> bool:
    """Tell whether a value is a version that a definition can have."""
    try:
        TypeAdapter(Version).validate_python(value)
    except ValidationError:
        return False
    return True


def _arranged(root: Node) -> tuple[Node, list[Problem]]:
    sections, problems = dict(root.value), []
    for word, name in COLLECTIONS.items():
        if name in sections and isinstance(sections[name].value, dict):
            sections[name], found = overlay.arrange(word, sections[name])
            problems += found
    return replace(root, value=sections), problems


def _typed(root: Node) -> tuple[Framework, list[ErrorDetails]]:
    """The framework, less the entries that have mistakes, and those mistakes."""
    data = root.plain()
    try:
        return Framework.model_validate(data), []
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    for details in wrong:
        _drop(data, details["loc"])
    sections = {name: value for name, value in data.items() if _is_sound(name, value)}
    for name, info in Framework.model_fields.items():
        if name not in sections and info.is_required():
            sections[name] = {}
    parts = {
        name: _adapter(name).validate_python(value)
        for name, value in sections.items()
        if value != {}
    }
    empty: dict[str, Any] = {name: {} for name, value in sections.items() if value == {}}
    return Framework.model_construct(**empty, **parts), wrong


def _drop(data: Any, location: shape.Location) -> None:
    """Take the entry (or, outside the collections, the section) with a mistake out of `data`."""
    depth = 2 if location[:1] and location[0] in KIND_OF and len(location) > 1 else 1
    if depth == 2 and isinstance(data.get(location[0]), dict):
        data[location[0]].pop(location[1], None)
    elif location:
        data.pop(location[0], None)


def _adapter(section: str) -> TypeAdapter[Any]:
    annotation: Any = Framework.model_fields[section].annotation
    return TypeAdapter(annotation)


def _is_sound(section: str, value: Any) -> bool:
    if section not in Framework.model_fields:
        return False
    try:
        _adapter(section).validate_python(value)
    except ValidationError:
        return False
    return True
