"""Load what is sound of a definition whose overlay has mistakes, so that the rest can be checked.

What the overlay says at the place of a mistake is left out, as little of it as can be: a field, an
entry, a line of `drop`. What goes wrong for want of it is left out too, until the rest is sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import check
from .check import RULES, Definition
from .model import COLLECTIONS
from .overlay import KeyPath, heirs
from .problems import FrameworkError, Position, Problem
from .source import Source, load_source
from .yaml_files import load_tree
from .yaml_tree import Node

#: How often the overlay is read anew with less of it.
_ROUNDS = 20


@dataclass(frozen=True)
class Sound:
    """A sound definition, and what of its overlay was left out for that.

    `problems` are those of everything, in the order in which they would be reported. `unsure` are
    the ids of entries that have more to them, or are only there, once these are mended.
    """

    definition: Definition
    problems: list[Problem]
    unsure: frozenset[str] = frozenset()


def load_sound(file: Path, overlay_file: Path) -> Sound:
    """Load the definition in `file` with all of the overlay that is sound.

    Raises FrameworkError, as `check.load`, where that is nothing to go on with: mistakes in
    `file` itself, an overlay that cannot be read.
    """
    try:
        return Sound(check.load(file, overlay_file), [])
    except FrameworkError as error:
        failure = error
    statements = dict(_statements(_read(overlay_file, failure), ()))
    starts = sorted(statements)
    left_out: set[Position] = set()
    for _ in range(_ROUNDS):
        source = load_source(file, overlay_file, left_out)
        problems = [*source.problems, *(problem for rule in RULES for problem in rule(source))]
        if not problems:
            paths = [statements[place] for place in left_out]
            unsure = frozenset(_unsure(source, paths, statements))
            return Sound(Definition(source.framework, source), failure.problems, unsure)
        places = {_statement(problem.where, starts) for problem in problems}
        if None in places or places <= left_out:
            break
        left_out |= {place for place in places if place is not None}
    raise failure


def _read(file: Path, failure: FrameworkError) -> Node:
    try:
        return load_tree(file)[0]
    except FrameworkError:
        raise failure from None


def _statements(node: Node, path: KeyPath) -> Iterator[tuple[Position, KeyPath]]:
    """Yield where each key of an overlay stands, and each line of `drop`, with the path there."""
    for key, inside in node.entries.items():
        yield inside.key, (*path, key)
        yield from _statements(inside, (*path, key))
    if path == ("drop",) and isinstance(node.value, list):
        yield from ((item.at, (*path, item.raw)) for item in node.value)


def _statement(where: Position, starts: list[Position]) -> Position | None:
    """Return the innermost of the sorted `starts` at or before a place; None if there is none."""
    index = bisect_right([(start.line, start.column) for start in starts], where[1:3])
    is_there = index and starts[index - 1].file == where.file
    return starts[index - 1] if is_there else None


def _unsure(
    source: Source, left_out: list[KeyPath], statements: dict[Position, KeyPath]
) -> Iterator[str]:
    """Yield the ids of entries of which it cannot be told what there will be of them."""
    for path in left_out:
        inside = [other[:2] for other in statements.values() if other[: len(path)] == path]
        for section, *names in {path[:2], *inside}:
            if section not in COLLECTIONS.values() or not names:
                continue
            entry = source.upstream.get(section, *names)
            if entry is not None:
                if len(path) > 2 and source.upstream.get(*path[:3]) is None:
                    yield names[0]
            elif (section, *names, "title") in statements.values() and not heirs(
                source.upstream.nearest(section).entries, names[0]
            ):
                yield names[0]
