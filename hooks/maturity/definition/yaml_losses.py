"""Find what YAML takes from an author without a word: doubled keys, texts that end at a #."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from .plain_yaml import STRING
from .problems import Position, Problem

_BEHIND = re.compile(r"[ \t]+#(?=\w)")
_QUOTES = "put the whole text in quotes; a comment has a blank behind its #"
#: Numbers as people write them; YAML knows more forms, and makes other numbers of them.
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+")
_NULL = "tag:yaml.org,2002:null"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


def is_decimal(written: str) -> bool:
    """Tell whether a number is written so that YAML and people read the same one."""
    return _DECIMAL.fullmatch(written) is not None


def cut_text(line: str, end: int, where: Position) -> Problem | None:
    """Return the problem of a text without quotes whose rest YAML takes for a comment, or None.

    `end` is where it ends in its last `line`, which is at `where`.
    """
    match = _BEHIND.match(line, end)
    if match is None:
        return None
    place = where._replace(column=match.end(), length=len(line.rstrip()) - match.end() + 1)
    return Problem(place, "YAML cuts the text off here, at the #", _QUOTES)


def losses(
    root: yaml.Node | None, text: str, file: Path, *, above: int = 0, numbers: bool = False
) -> Iterator[Problem]:
    """Yield a problem for each value of some YAML that its author would lose.

    `text` is what `root` was composed of, and `above` how many lines of the file are above it.
    With `numbers`, those are reported too that are not kept as they are written, such as 1.10.
    """
    lines = text.split("\n")
    for node in _nodes(root):
        if isinstance(node, yaml.MappingNode):
            yield from _twice(node, file, above)
        if not isinstance(node, yaml.ScalarNode) or node.style is not None:
            continue
        if node.tag in (STRING, _NULL) and node.end_mark.line < len(lines):
            end = node.end_mark
            where = Position(file, end.line + 1 + above)
            column = end.column if node.value else max(0, end.column - 1)
            if (problem := cut_text(lines[end.line], column, where)) is not None:
                yield problem
        if numbers and node.tag in _NUMBERS and not _is_kept(node):
            mark = node.start_mark
            where = Position(file, mark.line + 1 + above, mark.column + 1, len(node.value))
            message = f"YAML reads {node.value} as a number, and does not keep it as it is written"
            yield Problem(where, message, f'put it in quotes: "{node.value}"')


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield every node below and with `root` once."""
    nodes, seen = [root], set()
    while nodes:
        node = nodes.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            nodes += [each for pair in node.value for each in pair]


def _twice(node: yaml.MappingNode, file: Path, above: int) -> Iterator[Problem]:
    """Yield a problem for each key that stands twice in a map, whose first value would be lost."""
    first: dict[str, int] = {}
    for key, _ in node.value:
        mark, name = key.start_mark, str(key.value)
        if first.setdefault(name, mark.line) != mark.line and name != "<<":
            where = Position(file, mark.line + 1 + above, mark.column + 1, len(name))
            hint = f"first in line {first[name] + 1 + above}; keep one"
            yield Problem(where, f'"{name}" stands twice', hint)


def _is_kept(node: yaml.ScalarNode) -> bool:
    """Tell whether a number, taken as text again, is what was written."""
    if not is_decimal(node.value):
        return False
    return node.tag != _NUMBERS[1] or str(float(node.value)) == node.value
