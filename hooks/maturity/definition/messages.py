"""Describe the model's complaints about a file in an author's words, at their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pydantic_core import ErrorDetails

from . import overlay, shape
from .field_docs import field_docs
from .model import COLLECTIONS
from .problems import Position, Problem, clip, nearest, printable, suggestion
from .yaml_tree import Misread, Node, yaml_kind

#: What an entry of a section is called.
KIND_OF = {section: name for name, section in COLLECTIONS.items()}
#: How the model names a key in the locations of its errors.
_KEY = "[key]"


def describe_errors(
    root: Node,
    errors: list[ErrorDetails],
    removed: dict[overlay.KeyPath, Position],
    reported: set[Position],
) -> Iterator[Problem]:
    """Yield a problem for each of the model's errors, at its place in the files.

    `root` is the definition with the overlay applied; `removed` says, for each path that the
    overlay took away, where it did so. Left out are errors that another message reports: a value at
    one of the places `reported`, a malformed reference, a required key that is misspelled, and
    what an entry lacks whose id is.
    """
    misnamed: dict[shape.Location, Problem | None] = {}
    for details in errors:
        location = details["loc"]
        if _lacks(details):
            entry = location[:-1]
            if entry not in misnamed:
                lacks = [e["loc"][-1] for e in errors if e["loc"][:-1] == entry and _lacks(e)]
                misnamed[entry] = _misnamed_entry(root, entry, list(map(str, lacks)))
                yield from filter(None, [misnamed[entry]])
            if misnamed[entry] is None and not _is_misspelled(root, location):
                where = removed.get(_key_path(location), root.nearest(*location[:-1]).key)
                message = f'{entry_prefix(location[:-1])}"{location[-1]}" is missing'
                yield Problem(where, message, _description(location))
        elif not _is_wrong_reference(details):
            problem = _describe_error(root, details, removed)
            if problem.where not in reported:
                yield problem


def _describe_error(
    root: Node, details: ErrorDetails, removed: dict[overlay.KeyPath, Position]
) -> Problem:
    """Return the problem of a key or value that is there."""
    location = details["loc"]
    if location[-1:] == (_KEY,):
        message, hint = _describe_id(str(location[-2]))
        where = root.nearest(*location[:-1]).key
        return Problem(where, f"{entry_prefix(location[:-2])}{message}", hint)
    start = entry_prefix(location[:-1])
    node = root.nearest(*location)
    if details["type"] == "extra_forbidden":
        name, free = str(location[-1]), _free_keys(root, location[:-1])
        known = free if nearest(name, free) else _fields(location[:-1])
        message = f'{start}unknown key "{quotable(name)}"'
        elsewhere = "" if nearest(name, known) else _elsewhere(name, location[:-1])
        return Problem(node.key, message, elsewhere or suggestion(name, known, "keys"))
    message, hint = _describe_value(details, node, _label(location))
    return Problem(_place(node, details, removed), f"{start}{message}", hint)


def _place(node: Node, details: ErrorDetails, removed: dict[overlay.KeyPath, Position]) -> Position:
    """Return where a value went wrong: for the size of a map, where the overlay changed that."""
    causes: list[Position] = []
    if details["type"] == "too_short":
        path = _key_path(details["loc"])
        causes = [place for gone, place in removed.items() if gone[:-1] == path]
    elif details["type"] == "too_long":
        entries = node.entries.values()
        causes = [entry.key for entry in entries if entry.key.file != node.at.file]
    return causes[0] if causes else node.at


def _key_path(location: shape.Location) -> overlay.KeyPath:
    return tuple(map(str, location))


def _label(location: shape.Location) -> str:
    """Return the name of a field, or of the list that an item stands in and its number."""
    name = location[-1]
    return f"{location[-2]}, item {name + 1}" if isinstance(name, int) else name


def _is_wrong_reference(details: ErrorDetails) -> bool:
    """Tell whether the mistake is an id that cannot be one where an entry is named.

    Such a value names nothing, or what it names cannot be an id; either is reported already.
    """
    location = details["loc"]
    if details["type"] not in ("string_pattern_mismatch", "string_too_long"):
        return False
    path, is_key = (location[:-1], True) if location[-1] == _KEY else (location, False)
    return shape.ref_at(path, is_key) is not None


def _fields(location: shape.Location) -> list[str]:
    """Return the keys that the model has for the map at `location`."""
    return list(getattr(shape.type_at(location), "model_fields", {}))


def _elsewhere(name: str, location: shape.Location) -> str:
    """Return the hint for a key that is, or nearly is, one of another level; empty if of none.

    Looked at are the maps around `location`, from the inside, those directly in it, and those
    directly in the definition.
    """
    around = [location[:end] for end in range(len(location) - 1, -1, -1)]
    inside = [(*place, key) for place in (location, ()) for key in _fields(place)]
    places = {place: _fields(place) for place in (*around, *inside)}
    near = nearest(name, [field for fields in places.values() for field in fields])
    if near is None:
        return ""
    there = next(place for place, fields in places.items() if near in fields)
    where = f"below {'.'.join(map(str, there))}" if there else "at the margin"
    meant = f"did you mean {near}? It" if near != name else quotable(name)
    return f"{meant} belongs {where}"


def _free_keys(root: Node, location: shape.Location) -> list[str]:
    """Return the keys that could still be written into the map at `location`."""
    node = root.get(*location)
    written = node.entries if node is not None else {}
    return [name for name in _fields(location) if name not in written]


def _is_misspelled(root: Node, location: shape.Location) -> bool:
    """Tell whether a missing key is what an unknown one beside it was meant to be."""
    *parent, name = location
    node = root.nearest(*parent)
    free = _free_keys(root, tuple(parent))
    unknown = set(node.value).difference(_fields(tuple(parent)))
    return any(nearest(key, free) == name for key in unknown)


def _lacks(details: ErrorDetails) -> bool:
    """Tell whether the mistake is a required key that is not there."""
    return details["type"] == "missing"


def _misnamed_entry(root: Node, location: shape.Location, lacks: list[str]) -> Problem | None:
    """Return the problem of an overlay's entry that was meant to be one of upstream, or None.

    Upstream has renamed or removed it, or it has nearly the id of one. Where it has neither, such
    an entry `lacks` more of the required keys than it has.
    """
    if len(location) != 2 or location[0] not in KIND_OF:
        return None
    section, name = map(str, location)
    entries = root.nearest(section).entries
    where = entries[name].key
    known = {other: node for other, node in entries.items() if node.key.file != where.file}
    if where.file == root.at.file:
        return None
    kind, shown = KIND_OF[section], quotable(name)
    if overlay.heirs(known, name):
        message = f'upstream has renamed the {kind} "{shown}"'
        return Problem(where, message, overlay.id_hint(name, known, section))
    fields = shape.type_at(location).model_fields.values()
    required = [info for info in fields if info.is_required()]
    if nearest(name, list(known)) is None and 2 * len(lacks) < len(required):
        return None
    message = f'no {kind} "{shown}" to change, and too little for a new one'
    hint = suggestion(name, known, section) if nearest(name, list(known)) else ""
    gone = f"if upstream has removed it, delete it here; a new one also needs {', '.join(lacks)}"
    return Problem(where, message, f"{hint}\n{gone}".strip())


def _description(location: shape.Location) -> str:
    """Return what the model says of the field at `location`; empty where it says nothing."""
    kind = shape.type_at(location[:-1])
    return field_docs(kind).get(str(location[-1]), "") if shape.is_model(kind) else ""


def _describe_id(name: str) -> tuple[str, str]:
    """Return message and hint for what cannot be an id; the hint has one that can."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    proposal = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    proposal = proposal if re.match("[a-z]", proposal) else f"x-{proposal}".rstrip("-")
    hint = f"small letters, digits and single hyphens, a letter first: {proposal[:80].rstrip('-')}"
    return f'"{quotable(name)}" cannot be an id', hint


def _describe_value(details: ErrorDetails, node: Node, name: str) -> tuple[str, str]:
    """Return message and hint for a value that is there but is not what the field `name` takes."""
    error, value, shown = details["type"], node.value, quotable(node.raw)
    limits = details.get("ctx", {})
    if value is None:
        expected = _EXPECTED.get(error, "one of its values")
        return f'"{name}" has no value', f"write {expected} after the colon, or delete the key"
    if error in _EXPECTED:
        return _describe_type(_EXPECTED[error], node, name)
    if error == "empty_text":
        return f'"{name}" is empty', "write the text, or delete the key"
    if error == "string_pattern_mismatch":
        return _describe_pattern(str(value), name)
    if error == "enum":
        message = f'"{name}" cannot be {shown or yaml_kind(value)}'
        return message, suggestion(shown, re.findall("'([^']*)'", limits["expected"]), "values")
    if error in _SIZES:
        unit, bound = _SIZES[error]
        limit = limits.get("min_length", limits.get("max_length"))
        count = limits.get("actual_length") or len(value)  # of a map it is not told
        noun = unit[0] if count == 1 else unit[1]
        return f'"{name}" has {count:,} {noun}', f"{bound} {limit:,}"
    if error == "tangled":
        return f'"{name}" has {details["msg"]}', f"it can have at most {limits['most']}"
    if error == "control_character":
        return f'"{name}": {details["msg"]}', "delete it"
    wanted = details["msg"].replace("Input should", "must")
    return f'"{name}" {wanted}, not {shown}', _description(details["loc"])


def _describe_type(expected: str, node: Node, name: str) -> tuple[str, str]:
    """Return message and hint for a value of another kind than the `expected` one."""
    value, shown = node.value, quotable(node.raw)
    if expected == "text" and not isinstance(value, dict | list):
        hint = _VERSION if name == "version" else f'put it in quotes: "{shown}"'
        return f'"{name}" must be text, but YAML reads {shown} as {yaml_kind(value)}', hint
    if isinstance(value, Misread) and value.kind.startswith("the number"):
        hint = "write it in plain digits: no zero before it, no _ and no : in it"
        return f'"{name}" must be {expected}, but YAML reads {shown} as {value.kind}', hint
    is_scalar = isinstance(value, bool | int | float)
    instead = shown if is_scalar and expected.startswith("a ") else yaml_kind(value)
    return f'"{name}" must be {expected}, not {instead}', _EXAMPLES.get(expected, "")


def _describe_pattern(value: str, name: str) -> tuple[str, str]:
    """Return message and hint for a text that has not the form that the field `name` asks for."""
    if name in _FORMS:
        form, hint = _FORMS[name]
        return f'"{name}" is not {form}: {quotable(value)}', hint
    message, hint = _describe_id(value)
    return f'"{name}": {message}', hint


def entry_prefix(location: shape.Location) -> str:
    """Return how a message begins: `practice keep-recipes: ` for anything inside that entry.

    It is `scoring: ` inside such a section, and empty for the whole definition.
    """
    if not location:
        return ""
    section, *rest = location
    if section in KIND_OF and rest:
        return f"{KIND_OF[str(section)]} {quotable(str(rest[0]))}: "
    return f"{section}: "


def quotable(text: str) -> str:
    """Return the text as a message can quote it: printable, and at most 60 characters of it."""
    return printable(clip(text, 60))


_SIZES = {
    "too_short": (("entry", "entries"), "it needs at least"),
    "too_long": (("entry", "entries"), "it can have at most"),
    "string_too_long": (("character", "characters"), "it can have at most"),
}
_VERSION = 'such as "1.2.0", in quotes'
_LIFETIME = "a number of days or months, such as 90 days or 12 months"
_DAY = 'such as "2026-11-25", in quotes'
#: Fields whose text has a form: what it is called, and how it looks.
_FORMS = {
    "version": ("a version", _VERSION),
    "url": ("a web address", "it begins with https:// or http://"),
    "icon": (
        "the path of an icon",
        "the d of an SVG icon's path, 24 units wide and high, such as M4 4h16v16H4z",
    ),
    "lasts": ("a lifetime", _LIFETIME),
    "evidence_lasts": ("a lifetime", _LIFETIME),
    "date": ("a day", _DAY),
    "checked": ("a day", _DAY),
    "reviewed": ("a day", _DAY),
    "review_in": ("a time", _LIFETIME),
    "language": ("a language code", "such as en, de or pt-BR"),
}
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
