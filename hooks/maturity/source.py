"""From `framework.yaml` and `overlay.yaml` to a typed framework, or to every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from . import overlay, shape, tree
from .model import COLLECTIONS, Framework, Version
from .problems import FrameworkError, Position, Problem, suggestion
from .tree import Node, kind

KIND_OF = {section: name for name, section in COLLECTIONS.items()}
#: Reported again by nothing else: how the model names a key in its error locations.
_KEY = "[key]"


@dataclass(frozen=True)
class Source:
    """What was read.

    `framework` holds the entries that are sound; `complete` tells that nothing had to be left out.
    `removed` are the paths that the overlay takes away.
    """

    root: Node
    framework: Framework
    removed: dict[overlay.Path, Position]
    problems: list[Problem]
    complete: bool

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
    root, problems = _both(file, overlay_file)
    if not isinstance(root.value, dict):
        message = f"the file must be a map with keys such as framework:, not {kind(root.value)}"
        raise FrameworkError([*problems, Problem(root.at, message)])
    removed: dict[overlay.Path, Position] = {}
    if overlay_file is not None and overlay_file.exists():
        patch, found = _overlay(overlay_file)
        merged = overlay.merge(root, patch)
        root, removed = merged.root, merged.removed
        problems += found + merged.problems
    root, found = _arranged(root)
    framework, wrong = _typed(root)
    return Source(root, framework, removed, problems + found + wrong, not wrong)


def _both(file: Path, overlay_file: Path | None) -> tuple[Node, list[Problem]]:
    """The definition's tree; if it cannot be read, the overlay's fatal mistakes come along."""
    try:
        return tree.read(file)
    except FrameworkError as error:
        if overlay_file is not None and overlay_file.exists():
            try:
                tree.read(overlay_file)
            except FrameworkError as other:
                raise FrameworkError([*error.problems, *other.problems]) from error
        raise


def _overlay(file: Path) -> tuple[Node, list[Problem]]:
    """The patch of an overlay without its `based_on`, and what is wrong with the latter."""
    patch, problems = tree.read(file)
    if not isinstance(patch.value, dict):
        message = f"the overlay must be a map, not {kind(patch.value)}"
        raise FrameworkError([*problems, Problem(patch.at, message)])
    entries = dict(patch.value)
    based_on = entries.pop("based_on", None)
    hint = 'write the version of upstream that this overlay was written for: based_on: "1.0.0"'
    if based_on is None:
        problems.append(Problem(patch.at, '"based_on" is missing', hint))
    elif not _is_version(based_on.value):
        message = (
            f'"based_on" must be a version in quotes, not {based_on.raw or kind(based_on.value)}'
        )
        problems.append(Problem(based_on.at, message, hint))
    return replace(patch, value=entries), problems


def _is_version(value: Any) -> bool:
    try:
        TypeAdapter(Version).validate_python(value)
    except ValidationError:
        return False
    return True


def _arranged(root: Node) -> tuple[Node, list[Problem]]:
    sections, problems = dict(root.value), []
    for name in COLLECTIONS.values():
        if name in sections and isinstance(sections[name].value, dict):
            sections[name], found = overlay.arrange(sections[name])
            problems += found
    return replace(root, value=sections), problems


def _typed(root: Node) -> tuple[Framework, list[Problem]]:
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
    return Framework.model_construct(**empty, **parts), list(_described(root, wrong))


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


def _described(root: Node, wrong: list[ErrorDetails]) -> Iterator[Problem]:
    """The model's complaints in an author's words, at their place in the files."""
    for details in wrong:
        location = details["loc"]
        if location[-1:] == (_KEY,):
            where = root.nearest(*location[:-1]).key
            message, hint = _bad_id(str(location[-2]))
            yield Problem(where, f"{context(location[:-2])}{message}", hint)
        elif details["type"] == "missing":
            where = root.nearest(*location[:-1]).key
            message = f'"{location[-1]}" is missing'
            yield Problem(where, f"{context(location[:-1])}{message}", _about(location))
        elif details["type"] == "extra_forbidden":
            where = root.nearest(*location).key
            fields = getattr(shape.class_at(location[:-1]), "model_fields", {})
            keys = [name for name in fields if name not in _written(root, location[:-1])]
            message = f'unknown key "{location[-1]}"'
            yield Problem(
                where,
                f"{context(location[:-1])}{message}",
                suggestion(location[-1], keys, "keys still free"),
            )
        else:
            node = root.nearest(*location)
            message, hint = _wrong_value(details, node, str(location[-1]))
            yield Problem(node.at, f"{context(location[:-1])}{message}", hint)


def _written(root: Node, location: shape.Location) -> set[str]:
    node = root.get(*location)
    return set(node.value) if node is not None and isinstance(node.value, dict) else set()


def _about(location: shape.Location) -> str:
    """What the model says of the field at `location`."""
    fields = getattr(shape.class_at(location[:-1]), "model_fields", {})
    info = fields.get(location[-1])
    return (info.description or "") if info else ""


def _bad_id(name: str) -> tuple[str, str]:
    mended = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    mended = mended if re.match("[a-z]", mended) else f"x-{mended}".rstrip("-")
    hint = f"small letters, digits and single hyphens, a letter first: {mended[:80].rstrip('-')}"
    return f'"{_short(name)}" cannot be an id', hint


def _wrong_value(details: ErrorDetails, node: Node, name: str) -> tuple[str, str]:
    """Message and hint for a value that is there but is not what the field takes."""
    found, value = details["type"], node.value
    limits = details.get("ctx", {})
    expected = _EXPECTED.get(found)
    if expected and value is None:
        return f'"{name}" has no value', f"write {expected} after the colon, or delete the key"
    if expected and not isinstance(value, dict | list | str) and expected == "text":
        hint = f'put it in quotes: "{_short(node.raw)}"'
        return f'"{name}" must be text, but YAML reads {_short(node.raw)} as {kind(value)}', hint
    if expected:
        return f'"{name}" must be {expected}, not {kind(value)}', _EXAMPLES.get(expected, "")
    if found == "empty_text":
        return f'"{name}" is empty', "write the text, or delete the key"
    if found == "string_pattern_mismatch":
        return _wrong_pattern(str(value), name)
    if found == "enum":
        message = f'"{name}" cannot be "{_short(node.raw)}"'
        return message, f"it is one of {limits['expected']}".replace("'", "")
    if found in ("too_short", "too_long"):
        bound, limit = (
            ("at least", "min_length") if found == "too_short" else ("at most", "max_length")
        )
        return (
            f'"{name}" has {limits["actual_length"]} entries',
            f"{bound} {limits[limit]} are needed"
            if found == "too_short"
            else f"{bound} {limits[limit]} are read",
        )
    if found == "string_too_long":
        return (
            f'"{name}" has {len(str(value)):,} characters',
            f"at most {limits['max_length']:,} are read",
        )
    message = details["msg"].removeprefix("Input ").removeprefix("Value error, ")
    return f'"{name}": {_short(node.raw)}: {message}', _about(details["loc"])


def _wrong_pattern(value: str, name: str) -> tuple[str, str]:
    if name in ("version",):
        return f'"{name}" is not a version: {_short(value)}', 'such as "1.2.0", in quotes'
    if name == "url":
        return (
            f'"{name}" is not a web address: {_short(value)}',
            "it begins with https:// or http://",
        )
    if name == "language":
        return f'"{name}" is not a language code: {_short(value)}', "such as en, de or pt-BR"
    message, hint = _bad_id(value)
    return f'"{name}": {message}', hint


def context(location: shape.Location) -> str:
    """`practice data-audit: ` for anything inside that entry, `scoring: ` inside that section."""
    if not location:
        return ""
    section, *rest = location
    if section in KIND_OF and rest:
        return f"{KIND_OF[str(section)]} {_short(str(rest[0]))}: "
    return f"{section}: "


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
}
_EXAMPLES = {
    "a list": "write a line for each, beginning with a hyphen: - ...",
    "a map": "write a line for each: name: value",
    "true or false": "write true or false, without quotes",
    "text": "a text with several paragraphs begins with >- after the colon",
}
