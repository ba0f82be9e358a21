"""Take entries out of a definition, or move what belongs to them, with all that names them.

Nothing here reports a problem: what is left is checked like any other definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from . import shape
from .overlay import KeyPath
from .problems import Position
from .prose import replace_targets, without_links_to
from .references import Reference, find_references
from .shape import Location
from .yaml_tree import Node


class Move(NamedTuple):
    """Where all that belongs to an entry goes: the other entry's id, and where that is said."""

    to: str
    at: Position


@dataclass
class _Edits:
    """What is to be different in a tree, by the path that a place has before."""

    gone: set[Location] = field(default_factory=set)
    keys: dict[Location, str] = field(default_factory=dict)
    values: dict[Location, Node] = field(default_factory=dict)

    def apply(self, root: Node) -> Node:
        """Return the tree with these edits; what none of them touches is the same object."""
        paths = {*self.gone, *self.keys, *self.values}
        above = {path[:end] for path in paths for end in range(len(path) + 1)}
        return self._apply(root, (), above)

    def _apply(self, node: Node, path: Location, above: set[Location]) -> Node:
        if path not in above:
            return node
        node = self.values.get(path, node)
        if isinstance(node.value, dict):
            places = {key: (*path, key) for key in node.value}
            entries = {
                self.keys.get(place, key): self._apply(node.value[key], place, above)
                for key, place in places.items()
                if place not in self.gone
            }
            return node._replace(value=entries)
        if isinstance(node.value, list):
            items = [
                self._apply(item, (*path, index), above)
                for index, item in enumerate(node.value)
                if (*path, index) not in self.gone
            ]
            return node._replace(value=items)
        return node


def move_entries(root: Node, moves: Mapping[KeyPath, Move]) -> tuple[Node, dict[KeyPath, Position]]:
    """Let everything that names an entry name another one, and take the entry out.

    A text under the entry, such as a level's focus on a dimension, is kept under the other one
    where that has none, and else goes too. Returns the tree, and where what went is moved.
    """
    gone = {path: move.at for path, move in moves.items()}
    edits = _Edits(gone=set(moves))
    for use in find_references(shape.walk(root)):
        move = moves.get(use.home)
        if move is None:
            continue
        if use.link is not None:
            text = edits.values.get(use.path, use.node)
            edits.values[use.path] = text._replace(value=_redirect(text.value, use, move.to))
        elif not use.is_key:
            edits.values[use.path] = use.node._replace(value=move.to, at=move.at, raw=move.to)
        elif _is_taken(root, edits, use.path, move.to):
            edits.gone.add(use.path)
            gone[_key_path(use.path)] = move.at
        else:
            edits.keys[use.path] = move.to
    return edits.apply(root), gone


def _redirect(text: str, use: Reference, to: str) -> str:
    return replace_targets(
        text, lambda kind, name: f"{kind}:{to if (kind, name) == (use.kind, use.id) else name}"
    )


def _is_taken(root: Node, edits: _Edits, path: Location, name: str) -> bool:
    """Tell whether the map that holds `path` has an entry `name`, or is given one."""
    siblings = root.nearest(*path[:-1]).entries
    return name in siblings or any(edits.keys.get((*path[:-1], key)) == name for key in siblings)


def drop_entries(
    root: Node, dropped: Mapping[KeyPath, Position], overlay_file: Path
) -> tuple[Node, dict[KeyPath, Position]]:
    """Take entries out, and what names them; return the tree, and where each that went is dropped.

    References leave lists, maps and optional fields; links in prose become their words. An entry
    that cannot be without the reference goes too, but a role joins at the next level that is left.
    What stands in the overlay stays: only its author can say what is meant there.
    """
    uses = [
        use
        for use in find_references(shape.walk(root))
        if (use.node.key if use.is_key else use.node.at).file != overlay_file
    ]
    gone = _spread(root, uses, dropped)
    edits = _Edits(gone=set(gone))
    for use in uses:
        cause = gone.get(use.home)
        if cause is None or _entry(use) in gone:
            continue
        if use.link is not None:
            text = edits.values.get(use.path, use.node)
            words = without_links_to(text.value, use.kind, use.id)
            edits.values[use.path] = text._replace(value=words)
        elif (later := _next_level(root, use, gone)) is not None:
            edits.values[use.path] = use.node._replace(value=later, at=cause, raw=later)
        else:
            edits.gone.add(use.path)
    return edits.apply(root), gone


def _spread(
    root: Node, uses: list[Reference], dropped: Mapping[KeyPath, Position]
) -> dict[KeyPath, Position]:
    """Return what goes: the dropped entries, and those that cannot be without one that goes."""
    gone = dict(dropped)
    size = -1
    while size < len(gone):
        size = len(gone)
        for use in uses:
            cause = gone.get(use.home)
            if cause and _is_required(use) and _next_level(root, use, gone) is None:
                gone.setdefault(_entry(use), cause)
    return gone


def _entry(use: Reference) -> KeyPath:
    """Return the path of the entry that a reference stands in."""
    return _key_path(use.path[:2])


def _key_path(path: Location) -> KeyPath:
    return tuple(map(str, path))


def _is_required(use: Reference) -> bool:
    fields = getattr(shape.type_at(use.path[:-1]), "model_fields", {})
    return use.link is None and use.path[-1] in fields and fields[use.path[-1]].is_required()


def _next_level(root: Node, use: Reference, gone: Mapping[KeyPath, Position]) -> str | None:
    """Return the level at which a role joins once its own is gone; None if there is none later."""
    if use.path[0] != "roles" or use.path[-1] != "joins":
        return None
    levels = list(root.nearest("levels").entries)
    later = levels[levels.index(use.id) + 1 :]
    return next((name for name in later if ("levels", name) not in gone), None)
