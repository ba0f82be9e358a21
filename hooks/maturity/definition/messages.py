"""The model's complaints about a file, in an author's words and at their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic_core import ErrorDetails

from . import overlay, shape
from .model import COLLECTIONS
from .problems import Position, Problem, clipped, nearest, suggestion, visible
from .yaml_tree import Node, kind

#: What an entry of a section is called.
KIND_OF = {section: name for name, section in COLLECTIONS.items()}
#: How the model names a key in the locations of its errors.
_KEY = "[key]"


def described(
    root: Node,
    wrong: list[ErrorDetails],
    removed: dict[overlay.Path, Position],
    told: set[Position],
) -> Iterator[Problem]:
    """The model's complaints in an author's words, at their place in the files.

    What another message tells already is left out: a value at one of the places `told`, a
    reference that is no id, a required key that is there but misspelled.
    """
    for details in wrong:
        location = details["loc"]
        if details["type"] == "missing":
            if not _is_misspelled(root, location):
                where = removed.get(_names(location), root.nearest(*location[:-1]).key)
                message = f'{context(location[:-1])}"{location[-1]}" is missing'
                yield Problem(where, message, _about(location))
        elif not _names_an_entry(details):
            problem = _wrong(root, details, removed)
            if problem.where not in told:
                yield problem


def _wrong(root: Node, details: ErrorDetails, removed: dict[overlay.Path, Position]) -> Problem:
    """The problem of a key or value that is there."""
    location = details["loc"]
    if location[-1:] == (_KEY,):
        message, hint = _bad_id(str(location[-2]))
        where = root.nearest(*location[:-1]).key
        return Problem(where, f"{context(location[:-2])}{message}", hint)
    start = context(location[:-1])
    node = root.nearest(*location)
    if details["type"] == "extra_forbidden":
        name, free = str(location[-1]), _free_keys(root, location[:-1])
        known = free if nearest(name, free) else _fields(location[:-1])
        message = f'{start}unknown key "{short(name)}"'
        return Problem(node.key, message, suggestion(name, known, "keys"))
    message, hint = _wrong_value(details, node, _label(location))
    where = node.at
    if details["type"] == "too_short":
        taken = [at for path, at in removed.items() if path[:-1] == _names(location)]
        where = taken[0] if taken else where
    return Problem(where, f"{start}{message}", hint)


def _names(location: shape.Location) -> overlay.Path:
    return tuple(map(str, location))


def _label(location: shape.Location) -> str:
    """The name of a field, or of the list that an item stands in."""
    name = location[-1]
    return f"{location[-2]}, item {name + 1}" if isinstance(name, int) else name


def _names_an_entry(details: ErrorDetails) -> bool:
    """Whether the mistake is an id that cannot be one where an entry is named.

    Such a value names nothing, or what it names cannot be an id; either is reported already.
    """
    location = details["loc"]
    if details["type"] not in ("string_pattern_mismatch", "string_too_long"):
        return False
    path, is_key = (location[:-1], True) if location[-1] == _KEY else (location, False)
    return shape.ref_at(path, is_key) is not None


def _fields(location: shape.Location) -> list[str]:
    """The keys that the model has for the map at `location`."""
    return list(getattr(shape.class_at(location), "model_fields", {}))


def _free_keys(root: Node, location: shape.Location) -> list[str]:
    """The keys that could still be written into the map at `location`."""
    node = root.get(*location)
    written = node.value if node is not None and isinstance(node.value, dict) else {}
    return [name for name in _fields(location) if name not in written]


def _is_misspelled(root: Node, location: shape.Location) -> bool:
    """Whether a missing key is what an unknown one beside it was meant to be."""
    *parent, name = location
    node = root.nearest(*parent)
    free = _free_keys(root, tuple(parent))
    unknown = set(node.value).difference(_fields(tuple(parent)))
    return any(nearest(key, free) == name for key in unknown)


def _about(location: shape.Location) -> str:
    """What the model says of the field at `location`."""
    fields = getattr(shape.class_at(location[:-1]), "model_fields", {})
    info = fields.get(location[-1])
    return (info.description or "") if info else ""


def _bad_id(name: str) -> tuple[str, str]:
    mended = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    mended = mended if re.match("[a-z]", mended) else f"x-{mended}".rstrip("-")
    hint = f"small letters, digits and single hyphens, a letter first: {mended[:80].rstrip('-')}"
    return f'"{short(name)}" cannot be an id', hint


def _wrong_value(details: ErrorDetails, node: Node, name: str) -> tuple[str, str]:
    """Message and hint for a value that is there but is not what the field takes."""
    found, value, shown = details["type"], node.value, short(node.raw)
    expected = _EXPECTED.get(found)
    if value is None:
        expected = expected or "one of its values"
        return f'"{name}" has no value', f"write {expected} after the colon, or delete the key"
    if expected == "text" and not isinstance(value, dict | list):
        hint = _VERSION if name == "version" else f'put it in quotes: "{shown}"'
        return f'"{name}" must be text, but YAML reads {shown} as {kind(value)}', hint
    if expected:
        is_scalar = isinstance(value, bool | int | float)
        is_told = shown if is_scalar and expected.startswith("a ") else kind(value)
        return f'"{name}" must be {expected}, not {is_told}', _EXAMPLES.get(expected, "")
    if found == "empty_text":
        return f'"{name}" is empty', "write the text, or delete the key"
    if found == "string_pattern_mismatch":
        return _wrong_pattern(str(value), name)
    limits = details.get("ctx", {})
    if found == "enum":
        message = f'"{name}" cannot be {shown or kind(value)}'
        return message, suggestion(shown, re.findall("'([^']*)'", limits["expected"]), "values")
    if found in _SIZES:
        unit, bound = _SIZES[found]
        limit = limits.get("min_length", limits.get("max_length"))
        count = limits.get("actual_length") or len(value)  # of a map it is not told
        noun = unit[0] if count == 1 else unit[1]
        return f'"{name}" has {count:,} {noun}', f"{bound} {limit:,}"
    if found == "tangled":
        return f'"{name}" has {details["msg"]}', f"it can have at most {limits['most']}"
    if found == "control_character":
        return f'"{name}": {details["msg"]}', "delete it"
    wanted = details["msg"].replace("Input should", "must")
    return f'"{name}" {wanted}, not {shown}', _about(details["loc"])


def _wrong_pattern(value: str, name: str) -> tuple[str, str]:
    if name == "version":
        return f'"{name}" is not a version: {short(value)}', _VERSION
    if name == "url":
        return (
            f'"{name}" is not a web address: {short(value)}',
            "it begins with https:// or http://",
        )
    if name == "icon":
        hint = "the d of an SVG icon's path, 24 units wide and high, such as M4 4h16v16H4z"
        return f'"{name}" is not the path of an icon: {short(value)}', hint
    if name == "language":
        return f'"{name}" is not a language code: {short(value)}', "such as en, de or pt-BR"
    message, hint = _bad_id(value)
    return f'"{name}": {message}', hint


def context(location: shape.Location) -> str:
    """`practice keep-recipes: ` for anything inside that entry, `scoring: ` inside that section."""
    if not location:
        return ""
    section, *rest = location
    if section in KIND_OF and rest:
        return f"{KIND_OF[str(section)]} {short(str(rest[0]))}: "
    return f"{section}: "


def short(text: str) -> str:
    """`text` as it can be shown in a message: printable, and not too long."""
    return visible(clipped(text, 60))


_SIZES = {
    "too_short": (("entry", "entries"), "it needs at least"),
    "too_long": (("entry", "entries"), "it can have at most"),
    "string_too_long": (("character", "characters"), "it can have at most"),
}
_VERSION = 'such as "1.2.0", in quotes'
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
    "text": "a text that begins with [ or { needs quotes; a long one begins with >-",
}
