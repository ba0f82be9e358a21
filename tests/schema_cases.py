"""Documents around every limit of a JSON Schema: what it just accepts, and what it just refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema

#: Texts that look like what a pattern accepts, by the pattern; the last letter of each kind counts.
NEAR: dict[str, tuple[str, ...]] = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": (
        "a", "a1", "a-b", "a-1-b", "a" * 80, "a" * 81, "a-" * 39 + "aa", "a" * 100,
        "", "A", "aB", "1a", "-a", "a-", "a--b", "a_b", "a b", " a", "a\n", "ä", "a.b", "__proto__",
    ),
    r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}"
    r"(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
    r"(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?$": (
        "0.0.0", "1.2.3", "10.20.30", "1.0.0-a", "1.0.0-0", "1.0.0-a.1.b-c", "1.0.0--", "1.0.0-0a",
        "1.0.0-" + "a" * 74, "1.0.0-" + "a" * 75, "1.0." + "9" * 76, "1.0." + "9" * 77,
        "", "1", "1.0", "1.0.0.0", "01.0.0", "1.00.0", "v1.0.0", "1.0.0-", "1.0.0-..", "1.0.0-01",
        "1.0.0-a..b", "1.0.0-a.", "1.0.0-a.01", "1.0.0+a", "1.0.0-a+b", "1.0.0-ä", " 1.0.0",
        "1.0.0\n", "１.0.0", "1.0.٣",
    ),
    r"^[0-9a-z-]{8,64}$": (
        "a" * 7, "a" * 8, "a" * 64, "a" * 65, "--------", "12345678", "ABCDEFGH", "abcd efg",
        "abcdefg\n", "abcdefgä", "",
    ),
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$": (
        "", "2026-11-24", "0000-00-00", "9999-99-99", "2026-11-2", "2026-11-241", "26-11-24",
        "2026/11/24", "2026-11-24\n", " 2026-11-24", "２026-11-24", "٢٠٢٦-١١-٢٤", "yesterday",
    ),
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)?$": (
        "", "2026-11-24", "unknown", "9999-99-99", "2026-11-2", "26-11-24", "2026-11-24unknown",
        "Unknown", "unknown\n", "unknown-", "2026-11-24\n", "yesterday",
    ),
    r"^[0-9a-f]{16}$": (
        "0123456789abcdef", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF",
        "0123456789abcdeg", "", "0123456789abcde\n",
    ),
    r"[^\s\x1c-\x1f\x85\ufeff]": (
        "a", " a ", "\u200b", "😀", "a\x85b", "", " ", "\t\n", "\u00a0", "\u3000", "\ufeff", "\x85",
        "\x1c", "\u2028", "\u180e",
    ),
}  # fmt: skip
#: A value of every type.
ANYTHING: tuple[Any, ...] = (None, True, 0, 1.5, "", "text", [], {}, ["text"], {"a": "text"})
_ASTRAL = "😀"


@dataclass(frozen=True)
class Case:
    """A document, and what of it was changed."""

    name: str
    document: Any

    @property
    def text(self) -> str:
        return json.dumps(self.document)


def _judge_items(
    judge: jsonschema.protocols.Validator, rule: Any, value: Any, schema: dict[str, Any]
) -> Iterator[jsonschema.ValidationError]:
    if isinstance(value, list):
        value = [*{id(item): item for item in value}.values()]
    yield from _BY_KEYWORD["items"](judge, rule, value, schema)


def _judge_entries(
    judge: jsonschema.protocols.Validator, rule: Any, value: Any, schema: dict[str, Any]
) -> Iterator[jsonschema.ValidationError]:
    if isinstance(value, dict):
        fits = {name: [bool(re.search(pattern, name)) for pattern in rule] for name in value}
        value = dict({(id(one), *fits[name]): (name, one) for name, one in value.items()}.values())
    yield from _BY_KEYWORD["patternProperties"](judge, rule, value, schema)


_BY_KEYWORD = jsonschema.Draft202012Validator.VALIDATORS
#: Looks once at what is many times the same object: a case at a limit holds a thousand of it.
_Judge = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    {"items": _judge_items, "patternProperties": _judge_entries},
)


def validator(schema: dict[str, Any]) -> jsonschema.protocols.Validator:
    """Judge by a schema as ECMA 262 reads its patterns: `$` is the end of all text."""
    patterns_end = json.dumps(schema).replace('$"', r'\\Z"')
    judge: jsonschema.protocols.Validator = _Judge(json.loads(patterns_end))
    return judge


def around(schema: dict[str, Any], document: Any) -> Iterator[Case]:
    """Yield `document` with one value at a time replaced, for every value that the schema names.

    `document` must fill in every property, with an entry in every list and map. Raises KeyError for
    a pattern that NEAR does not know, so that no new rule goes untried.
    """
    yield Case("as it is", document)
    yield from _around(schema, schema, document, "")


def completed(schema: dict[str, Any], document: Any) -> Any:
    """Return what a reader keeps: defaults filled in, properties left out that have no name."""
    return _completed(schema, schema, document)


def _around(root: dict[str, Any], rule: dict[str, Any], value: Any, at: str) -> Iterator[Case]:
    rule = _resolved(root, rule)
    for choice in _parts(root, rule):
        yield from _around(root, choice, value, at)
    yield from (
        Case(f"{at} = {other!r:.60}", other) for other in (*ANYTHING, *_limits(root, rule, value))
    )
    for name, inner in rule.get("properties", {}).items():
        for case in _around(root, inner, value[name], f"{at}/{name}"):
            yield Case(case.name, {**value, name: case.document})
        yield Case(f"{at}/{name} missing", {key: value[key] for key in value if key != name})
    if "properties" in rule:
        yield Case(f"{at} with an extra key", {**value, "later": {"a": 1}})
    for inner in rule.get("patternProperties", {}).values():
        (first, entry), *rest = value.items()
        for case in _around(root, inner, entry, f"{at}/{first}"):
            yield Case(case.name, {first: case.document, **dict(rest)})
    if "items" in rule:
        for case in _around(root, rule["items"], value[0], f"{at}/0"):
            yield Case(case.name, [case.document, *value[1:]])


def _limits(root: dict[str, Any], rule: dict[str, Any], value: Any) -> Iterator[Any]:
    """Yield values at, just below and just above each limit of a rule."""
    for choice in rule.get("anyOf", ()):
        yield from _limits(root, choice, value)
    if "const" in rule:
        yield from (rule["const"], f"{rule['const']}x")
    if "pattern" in rule:
        yield from NEAR[rule["pattern"]]
    if "maxLength" in rule:
        for length in (rule["maxLength"] + step for step in (-1, 0, 1)):
            yield from ("a" * length, _ASTRAL * length, "\ud800" * length)
    for limit in (rule[name] for name in ("minimum", "maximum") if name in rule):
        yield from (limit - 1, limit, limit + 1, limit + 0.5, float(limit), str(limit), -limit)
    if "maxItems" in rule:
        least = [_least(root, rule["items"], value[0])]
        yield from (_many(least, rule["maxItems"] + step) for step in (-1, 0, 1))
    if "patternProperties" in rule:
        (entry,) = {json.dumps(one): one for one in value.values()}.values()
        names = [name for pattern in rule["patternProperties"] for name in NEAR[pattern]]
        yield from ({name: entry} for name in names)
        least = _least(root, next(iter(rule["patternProperties"].values())), entry)
        for count in (rule["maxProperties"] + step for step in (-1, 0, 1)):
            yield {f"entry-{number}": least for number in range(count)}


def _least(root: dict[str, Any], rule: dict[str, Any], value: Any) -> Any:
    """Return of a value what its rule cannot be without: there will be many of it."""
    if not isinstance(value, dict):
        return value
    rule = _resolved(root, rule)
    required = rule.get("required", ())
    return {name: _least(root, rule["properties"][name], value[name]) for name in required}


def _parts(root: dict[str, Any], rule: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the choices of a rule that are maps or lists: what may be null is one of them."""
    choices = [_resolved(root, choice) for choice in rule.get("anyOf", ())]
    return [choice for choice in choices if choice.get("type") in ("object", "array")]


def _many(items: list[Any], count: int) -> list[Any]:
    """Return so many copies of the first item, each with an id of its own if it has one."""
    first = items[0]
    if not isinstance(first, dict):
        return [first] * count
    return [{**first, "id": f"number-{number:08}"} for number in range(count)]


def _completed(root: dict[str, Any], rule: dict[str, Any], value: Any) -> Any:
    rule = _resolved(root, rule)
    if value is not None:
        rule = next(iter(_parts(root, rule)), rule)
    if "properties" in rule:
        defaults = {
            key: one["default"] for key, one in rule["properties"].items() if "default" in one
        }
        named = {key: one for key, one in value.items() if key in rule["properties"]}
        return {
            key: _completed(root, rule["properties"][key], one)
            for key, one in {**defaults, **named}.items()
        }
    if "patternProperties" in rule:
        (inner,) = rule["patternProperties"].values()
        return {key: _completed(root, inner, one) for key, one in value.items()}
    if "items" in rule:
        return [_completed(root, rule["items"], one) for one in value]
    return value


def _resolved(root: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    return root["$defs"][rule["$ref"].rsplit("/", 1)[1]] if "$ref" in rule else rule
