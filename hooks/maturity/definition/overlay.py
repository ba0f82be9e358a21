"""Apply a fork's own changes, a JSON Merge Patch (RFC 7396), and put entries into order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_origin

from . import shape
from .problems import Position, Problem, suggestion
from .yaml_tree import Node

#: The keys that lead to a place of the tree, from the outermost.
KeyPath = tuple[str, ...]
SIDES = ("before", "after")
#: Ids shorter than this are often alike on purpose, such as `low` and `now`.
_LONG_ID = 5


@dataclass(frozen=True)
class Merged:
    """A definition with the overlay applied; `removed` tells where the overlay took what away."""

    root: Node
    removed: dict[KeyPath, Position]
    problems: list[Problem]


def merge(base: Node, patch: Node) -> Merged:
    """Apply `patch` to `base`: maps merge, null removes, anything else replaces.

    The problems are about removals of what is not there, keys without a value, and new ids that
    are nearly those of entries beside them.
    """
    removed: dict[KeyPath, Position] = {}
    problems = [*_lookalikes(base, patch, ())]
    root = _merge(base, patch, (), removed, problems)
    return Merged(root, removed, problems)


def _merge(
    base: Node,
    patch: Node,
    path: KeyPath,
    removed: dict[KeyPath, Position],
    problems: list[Problem],
) -> Node:
    if not isinstance(patch.value, dict):
        return patch
    start = base.value if isinstance(base.value, dict) else {}
    entries = dict(start)
    for key, node in patch.value.items():
        here = (*path, key)
        if node.value is None and not node.raw:
            problems.append(_empty(node, here))
        elif node.value is None:
            if key in start:
                del entries[key]
                removed[here] = node.key
            else:
                message = f"{'.'.join(here)} is removed here, but is not there"
                problems.append(Problem(node.key, message, id_hint(key, start, "there are")))
        else:
            empty = node._replace(value={}) if isinstance(node.value, dict) else node
            entries[key] = _merge(start.get(key, empty), node, here, removed, problems)
    # A map that merged keeps the base's place; a map that is new has the overlay's.
    return (base if isinstance(base.value, dict) else patch)._replace(value=entries)


def _empty(node: Node, path: KeyPath) -> Problem:
    """Return the problem of a key that nothing follows, which YAML takes for `null`."""
    hint = f"indent below it what belongs to it; to remove it, write {path[-1]}: null"
    return Problem(node.key, f"{'.'.join(path)} is empty", hint)


def _lookalikes(base: Node, patch: Node, path: KeyPath) -> Iterator[Problem]:
    """Yield a problem for each id that is new inside an entry, and nearly one that is there.

    Not where the overlay names that one too, as in a change from one to the other.
    """
    others = [key for key in base.entries if key not in patch.entries]
    for key, node in patch.entries.items():
        here = (*path, key)
        if (old := base.get(key)) is not None:
            yield from _lookalikes(old, node, here)
        elif len(path) > 1 and get_origin(shape.type_at(path)) is dict:
            near = next((other for other in others if is_misspelled(key, other)), None)
            if near and node.value is not None and shape.ref_at(here, is_key=True) is None:
                message = f"{'.'.join(here)} is new, and nearly {near}, which is there"
                hint = f"did you mean {near}? A new one needs an id that differs in more than that"
                yield Problem(node.key, message, hint)


def is_misspelled(name: str, other: str) -> bool:
    """Tell whether two ids differ in a letter that is left out, added, wrong or swapped."""
    if min(len(name), len(other)) < _LONG_ID:
        return False
    start = _shared(name, other)
    ends = name[start:], other[start:]
    shared = _shared(ends[0][::-1], ends[1][::-1])
    one, two = (end[: len(end) - shared] for end in ends)
    is_near = max(len(one), len(two)) <= 1 or (len(one) == 2 and one == two[::-1])
    return is_near and not any(letter.isdigit() for letter in one + two)


def _shared(one: str, two: str) -> int:
    """Return with how many letters alike two texts begin."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(two)))


def arrange(
    kind: str, collection: Node, removed: Mapping[str, Position]
) -> tuple[Node, list[Problem]]:
    """Return a collection in display order, and what is wrong with what its entries wish.

    The order is that of the file, then of each entry's `before` or `after`. `kind` is what an
    entry is called in a message; `removed` tells where the overlay took which entries away.
    """
    entries: dict[str, Node] = collection.value
    problems: list[Problem] = []
    wishes: dict[str, tuple[str, Node]] = {}
    for name, node in entries.items():
        stated = {side: wish for side in SIDES if (wish := node.get(side)) and wish.raw}
        for side, wish in stated.items():
            if wish.raw not in entries:
                problems.append(_unknown_neighbor(f"{kind} {name}", side, wish, entries, removed))
            elif len(stated) == 1:
                wishes[name] = side, wish
        if len(stated) > 1:
            message = f'{kind} {name} has both "before" and "after"'
            last = _last_written([wish.key for wish in stated.values()], collection)
            problems.append(Problem(last, message, "keep one of them"))
    problems += _break_circles(kind, wishes, collection)
    order = _order(list(entries), wishes)
    return collection._replace(value={name: entries[name] for name in order}), problems


def heirs(entries: Mapping[str, Node], name: str) -> list[str]:
    """Return the ids of the entries that name an id as a former one of their own."""

    def names_it(node: Node) -> bool:
        former = node.get("formerly")
        items = former.value if former is not None and isinstance(former.value, list) else []
        return any(item.raw == name for item in items)

    return [key for key, node in entries.items() if names_it(node)]


def id_hint(name: str, entries: Mapping[str, Node], label: str) -> str:
    """Return the hint for an id that no entry has: what it was renamed to, else the nearest one.

    `label` says in the plural what the entries are.
    """
    if renamed := heirs(entries, name):
        return f"write {' or '.join(renamed)} in the place of {name}"
    return suggestion(name, entries, label)


def _unknown_neighbor(
    entry: str, side: str, wish: Node, entries: dict[str, Node], removed: Mapping[str, Position]
) -> Problem:
    message = f'{entry}: "{side}" names nothing: {wish.raw}'
    if (place := removed.get(wish.raw)) is not None and place.file != wish.at.file:
        return Problem(place, message, f'remove its "{side}" in the overlay too, or name another')
    return Problem(wish.at, message, id_hint(wish.raw, entries, "there are"))


def _last_written(places: list[Position], collection: Node) -> Position:
    """Return the place that an overlay added to the collection's own file, else the last one."""
    added = [place for place in places if place.file != collection.at.file]
    return (added or places)[-1]


def _break_circles(
    kind: str, wishes: dict[str, tuple[str, Node]], collection: Node
) -> list[Problem]:
    """Take one wish out of each circle of entries that wait for each other, and report it."""
    problems = []
    for start in list(wishes):
        trail: dict[str, None] = {}
        name = start
        while name in wishes and name not in trail:
            trail[name] = None
            name = wishes[name][1].raw
        if name in trail:
            names = list(trail)
            circle = names[names.index(name) :]
            places = {wishes[entry][1].at: entry for entry in [*circle[1:], name]}
            name = places[_last_written([*places], collection)]
            around = [*circle[circle.index(name) :], *circle[: circle.index(name)], name]
            side, wish = wishes.pop(name)
            message = f'{kind} {name}: "{side}" leads back to itself: {" > ".join(around)}'
            problems.append(Problem(wish.at, message, "let one of them stand by itself"))
    return problems


def _order(names: list[str], wishes: dict[str, tuple[str, Node]]) -> list[str]:
    """Move the names that wish for a place next to the one that they wish for."""
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
