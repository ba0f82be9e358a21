"""A fork's own changes: a JSON Merge Patch (RFC 7396), and the order of entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .problems import Position, Problem, suggestion
from .tree import Node

Path = tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The definition after the overlay; `removed` tells where the overlay took what away."""

    root: Node
    removed: dict[Path, Position]
    problems: list[Problem]


def merge(base: Node, patch: Node) -> Merged:
    """`base` with `patch` applied: maps merge, null removes, anything else replaces."""
    removed: dict[Path, Position] = {}
    problems: list[Problem] = []
    root = _merge(base, patch, (), removed, problems)
    return Merged(root, removed, problems)


def _merge(
    base: Node, patch: Node, path: Path, removed: dict[Path, Position], problems: list[Problem]
) -> Node:
    if not isinstance(patch.value, dict):
        return patch
    start = base.value if isinstance(base.value, dict) else {}
    entries = dict(start)
    for key, node in patch.value.items():
        here = (*path, key)
        if node.value is None:
            if key in start:
                del entries[key]
                removed[here] = node.key
            else:
                message = f"{'.'.join(here)} is removed here, but is not there"
                problems.append(Problem(node.key, message, suggestion(key, start, "there are")))
        else:
            empty = replace(node, value={}) if isinstance(node.value, dict) else node
            entries[key] = _merge(start.get(key, empty), node, here, removed, problems)
    # A map that merged keeps the base's place; a map that is new has the overlay's.
    return replace(base if isinstance(base.value, dict) else patch, value=entries)


def arrange(collection: Node) -> tuple[Node, list[Problem]]:
    """`collection` in display order: file order, then each entry's `before` or `after`."""
    entries: dict[str, Node] = collection.value
    problems: list[Problem] = []
    anchors: dict[str, dict[str, list[str]]] = {"before": {}, "after": {}}
    placed = set()
    for name, node in entries.items():
        wishes = [(side, wish) for side in anchors if (wish := node.get(side)) is not None]
        if len(wishes) > 1:
            problems.append(Problem(wishes[1][1].key, f'{name} has both "before" and "after"'))
        for side, wish in wishes[:1]:
            if wish.value not in entries or not isinstance(wish.value, str):
                message = f'{name}: "{side}" names nothing: {wish.raw or wish.value}'
                problems.append(
                    Problem(wish.at, message, suggestion(wish.raw, entries, "there are"))
                )
            else:
                anchors[side].setdefault(wish.value, []).append(name)
                placed.add(name)

    def emit(root: str) -> Iterator[str]:
        stack = [(root, False)]
        while stack:
            name, neighbors_done = stack.pop()
            if neighbors_done:
                yield name
                continue
            stack += [(other, False) for other in reversed(anchors["after"].get(name, []))]
            stack.append((name, True))
            stack += [(other, False) for other in reversed(anchors["before"].get(name, []))]

    order = [name for root in entries if root not in placed for name in emit(root)]
    for name in sorted(placed.difference(order)):
        message = f'{name}: its "before" or "after" leads back to itself'
        problems.append(
            Problem(entries[name].key, message, "let one of the circle stand by itself")
        )
        order.append(name)
    return replace(collection, value={name: entries[name] for name in order}), problems
