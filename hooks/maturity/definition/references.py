"""Find references between entries: where they stand, and what they name.

They are read from the tree, because that is there even where an entry has other mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import overlay, shape
from .model import COLLECTIONS
from .problems import Position, source_lines
from .prose import links
from .shape import Visit
from .text import Prose
from .yaml_tree import Node

#: Kinds that each entry has of its own: the section of the entry, and the key that they lie under.
INNER = {
    "column": ("worksheets", "columns"),
    "figure": ("decisions", "figures"),
    "group": ("standards", "groups"),
}


@dataclass(frozen=True)
class Reference:
    """A place that names an entry: where, which, and whether it is a map's key or inside prose."""

    path: shape.Location
    kind: str
    id: str
    node: Node
    is_key: bool = False
    #: In prose: where in the text the link says its kind and id; None for any other place.
    link: int | None = None

    @property
    def at(self) -> Position:
        """Where exactly the id stands."""
        if self.link is not None:
            return _link_position(self, self.link)
        return self.node.key if self.is_key else self.node.at

    @property
    def home(self) -> overlay.KeyPath:
        """Where the entry that is named stands in the definition, if it does."""
        if self.kind in INNER:
            return (*map(str, self.path[:2]), INNER[self.kind][1], self.id)
        return (COLLECTIONS.get(self.kind, "scale"), self.id)


def find_references(visits: Iterable[Visit]) -> Iterator[Reference]:
    """Yield every reference at these places of a tree, in fields and in links of prose."""
    for visit in visits:
        value = visit.path[-1] if visit.is_key else visit.node.value
        if not isinstance(value, str):
            continue
        if visit.ref is not None:
            yield Reference(visit.path, visit.ref.kind, value, visit.node, visit.is_key)
        elif visit.type is Prose:
            for kind, name, start, _ in links(value):
                yield Reference(visit.path, kind, name, visit.node, link=start)


def _link_position(link: Reference, start: int) -> Position:
    """Return where the id of a link in prose stands, which begins at `start` of its text.

    Text is folded, so it is looked for in the file: as many places before it as in the text name
    that entry, also in code.
    """
    target = re.compile(rf"\b{link.kind}:({re.escape(link.id)})(?=[>\s)]|$)")
    lines = source_lines(link.node.at.file)
    before = len(target.findall(link.node.value, 0, start))
    for number in range(link.node.at.line, min(len(lines), link.node.at.line + 200) + 1):
        start = link.node.at.column - 1 if number == link.node.at.line else 0
        for match in target.finditer(lines[number - 1], start):
            if not before:
                return Position(link.node.at.file, number, match.start(1) + 1, len(link.id) or 1)
            before -= 1
    return link.node.at
