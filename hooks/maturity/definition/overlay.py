"""A fork's own changes: a JSON Merge Patch (RFC 7396), and the order of entries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .problems import Position, Problem, suggestion
from .yaml_tree import Node

Path = tuple[str, ...]
SIDES = ("before", "after")


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


def arrange(kind: str, collection: Node) -> tuple[Node, list[Problem]]:
    """`collection` in display order: file order, then each entry's `before` or `after`.

    `kind` is what an entry is called in a message.
    """
    entries: dict[str, Node] = collection.value
    problems: list[Problem] = []
    wishes: dict[str, tuple[str, Node]] = {}
    for name, node in entries.items():
        stated = {side: wish for side in SIDES if (wish := node.get(side)) and wish.raw}
        for side, wish in stated.items():
            if wish.raw not in entries:
                message = f'{kind} {name}: "{side}" names nothing: {wish.raw}'
                hint = suggestion(wish.raw, entries, "there are")
                problems.append(Problem(wish.at, message, hint))
            elif len(stated) == 1:
                wishes[name] = side, wish
        if len(stated) > 1:
            message = f'{kind} {name} has both "before" and "after"'
            problems.append(Problem(stated["after"].key, message, "keep one of them"))
    problems += _break_circles(kind, wishes)
    order = _order(list(entries), wishes)
    return replace(collection, value={name: entries[name] for name in order}), problems


def _break_circles(kind: str, wishes: dict[str, tuple[str, Node]]) -> list[Problem]:
    """Entries that wait for each other: one wish of each circle is taken out and reported."""
    problems = []
    for start in list(wishes):
        trail: dict[str, None] = {}
        name = start
        while name in wishes and name not in trail:
            trail[name] = None
            name = wishes[name][1].raw
        if name in trail:
            names = list(trail)
            circle = " > ".join([*names[names.index(name) :], name])
            side, wish = wishes.pop(name)
            message = f'{kind} {name}: "{side}" leads back to itself: {circle}'
            problems.append(Problem(wish.at, message, "let one of them stand by itself"))
    return problems


def _order(names: list[str], wishes: dict[str, tuple[str, Node]]) -> list[str]:
    """`names` with those that wish for a place next to the one that they name."""
    beside: dict[tuple[str, str], list[str]] = {}
    for name in names:
        if name in wishes:
            side, wish = wishes[name]
            beside.setdefault((side, wish.raw), []).append(name)
    order = []
    stack = [(name, False) for name in reversed(names) if name not in wishes]
    while stack:
        name, is_placed = stack.pop()
        if is_placed:
            order.append(name)
            continue
        stack += [(other, False) for other in reversed(beside.get(("after", name), []))]
        stack.append((name, True))
        stack += [(other, False) for other in reversed(beside.get(("before", name), []))]
    return order
