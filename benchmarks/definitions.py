"""Definitions of any size, out of the project's own."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml


def repeated(file: Path, practices: int) -> str:
    """Return the text of the definition in `file` with its practices repeated under new ids.

    It has exactly as many as `practices` says.

    Texts, levels, dimensions and everything else stay as they are, so a page of a larger site
    holds what a page of the project's own holds. A copy requires only what is in the same copy.
    """
    definition: dict[str, Any] = yaml.load(file.read_bytes(), yaml.CSafeLoader)
    own = definition["practices"]
    definition["framework"]["id"] = "grown"
    definition["practices"] = {
        _name(name, number): _copied(practice, number)
        for number in range(-(-practices // len(own)))
        for name, practice in own.items()
    }
    first = dict(list(definition["practices"].items())[:practices])
    definition["practices"] = _without_dangling(first)
    return yaml.dump(
        definition, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000
    )


def invented(practices: int) -> str:
    """Return the text of a framework with so many short practices, five levels, four dimensions."""
    levels = [f"level-{number}" for number in range(1, 6)]
    dimensions = [f"side-{letter}" for letter in "abcd"]
    return yaml.dump({
        "framework": {
            "id": "bench", "title": "Bench", "version": "1.0.0", "summary": "Made for measuring.",
        },
        "levels": {name: {"title": name.title()} for name in levels},
        "dimensions": {name: {"title": name.title()} for name in dimensions},
        "practices": {
            f"practice-{number}": {
                "level": levels[number * 5 // practices],
                "dimension": dimensions[number % 4],
                "title": f"Practice {number}",
                "question": f"How many of the {number} things did you do in the last 90 days?",
                "criteria": {f"c{n}": f"Thing {n} of {number} is done." for n in range(3)},
                "evidence": {f"e{n}": f"Record {n} of {number}" for n in range(3)},
                "essential": number % 6 == 0,
                "requires": [f"practice-{number - 20}"] if number >= 20 and number % 3 == 0 else [],
            }
            for number in range(practices)
        },
    }, Dumper=yaml.CSafeDumper, sort_keys=False)  # fmt: skip


def _name(name: str, number: int) -> str:
    return f"{name}-{number + 1}" if number else name


def _copied(practice: dict[str, Any], number: int) -> dict[str, Any]:
    if not number:
        return practice
    practice = copy.deepcopy(practice)  # YAML writes what stands twice as an alias
    required = [_name(name, number) for name in practice.get("requires", [])]
    return {
        **{
            key: value
            for key, value in practice.items()
            if key not in ("formerly", "before", "after")
        },
        "title": f"{practice['title']} ({number + 1})",
        **({"requires": required} if required else {}),
    }


def _without_dangling(practices: dict[str, Any]) -> dict[str, Any]:
    """Take out what practices require beyond themselves: the last copy may be cut short."""
    for practice in practices.values():
        if "requires" in practice:
            practice["requires"] = [name for name in practice["requires"] if name in practices]
    return practices
