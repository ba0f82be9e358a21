"""Apply what an overlay says under `drop` and `move`, and report its mistakes.

A merge patch would have to spell out every entry and every text that names what goes; these take
effect anew on each release of upstream.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import overlay
from .cascade import Move, drop_entries, move_entries
from .messages import quotable
from .model import COLLECTIONS, Framework
from .overlay import KeyPath
from .problems import Position, Problem, suggestion
from .references import INNER
from .yaml_tree import Node, yaml_kind

#: The keys of an overlay that are no sections of the definition, and are applied here.
KEYS = ("drop", "move")
#: What has entries of its own that belong to it.
MOVABLE = ("level", "dimension")
_SECTIONS = {**COLLECTIONS, "answer": "scale"}
#: Sections that a definition can be without, so that all of their entries can be dropped at once.
WHOLE = tuple(
    section for section in COLLECTIONS.values() if not Framework.model_fields[section].is_required()
)
_DROP = "write a line for each, such as - level:advanced"
_MOVE = "write what is moved and where to, such as dimension:process: dimension:product"
_GONE = "if upstream has it no longer, delete this line"


@dataclass(frozen=True)
class Restructured:
    """A tree after `drop` and `move`.

    `gone` tells which place of the overlay took which entry away, what is named there first;
    `requests` what it says there, such as level:advanced or level:advanced to level:scaling.
    """

    root: Node
    gone: dict[KeyPath, Position]
    problems: list[Problem]
    requests: dict[Position, str]


def restructure(root: Node, upstream: Node, requests: Mapping[str, Node]) -> Restructured:
    """Apply the `requests` of an overlay, by their key, to a tree with the overlay merged in.

    `upstream` is the tree without it. What is wrong is reported and left undone.
    """
    if not requests:
        return Restructured(root, {}, [], {})
    reader = _Reader(root, upstream)
    drops = reader.read_drops(requests["drop"]) if "drop" in requests else {}
    moves = reader.read_moves(requests["move"], drops) if "move" in requests else {}
    drops = reader.refuse_too_many(drops, moves)
    file = next(iter(requests.values())).key.file
    left, merged = move_entries(root, moves) if moves else (root, {})
    left, gone = drop_entries(left, drops, file) if drops else (left, {})
    gone |= merged
    problems = [*reader.problems, *_lost_texts(root, gone, file)]
    return Restructured(left, gone, problems, dict(_said(requests)))


def _said(requests: Mapping[str, Node]) -> Iterator[tuple[Position, str]]:
    """Yield what the overlay says of each entry that it drops or moves, and where."""
    drop, move = requests.get("drop"), requests.get("move")
    for item in drop.value if drop is not None and isinstance(drop.value, list) else ():
        yield item.at, item.raw
    for name, to in move.entries.items() if move is not None else ():
        yield to.at, f"{name} to {to.raw}"


def drop_line(path: KeyPath) -> str | None:
    """Return the line for `drop` that names what lies at `path`; None if none does."""
    if len(path) == 1:
        return path[0] if path[0] in WHOLE else None
    for kind, (section, key) in INNER.items():
        if len(path) == 4 and (path[0], path[2]) == (section, key):
            return f"{kind}:{path[1]}.{path[3]}"
    kinds = {section: kind for kind, section in _SECTIONS.items()}
    return f"{kinds[path[0]]}:{path[1]}" if len(path) == 2 and path[0] in kinds else None


def first_written(node: Node | None, file: Path | None) -> Position | None:
    """Return where a file first says anything of what a node holds; None if it does not."""
    return next(_places_in(node, file), None) if node is not None and file is not None else None


def _places_in(node: Node, file: Path) -> Iterator[Position]:
    """Yield where a file says anything of what a node holds."""
    if node.key.file == file:
        yield node.key
        return
    for child in node.value if isinstance(node.value, list) else node.entries.values():
        yield from _places_in(child, file)


def _lost_texts(root: Node, gone: Mapping[KeyPath, Position], file: Path) -> Iterator[Problem]:
    """Report what an overlay changes in entries that it drops."""
    for path, cause in gone.items():
        place = first_written(root.get(*path), file)
        if place is not None:
            message = f"{'.'.join(path)} is changed here, but goes with line {cause.line}"
            yield Problem(place, message, "delete it here, or keep the entry")


@dataclass
class _Reader:
    """Reads the names of entries in an overlay, and collects what is wrong with them."""

    root: Node
    upstream: Node
    problems: list[Problem] = field(default_factory=list)

    def read_drops(self, node: Node) -> dict[KeyPath, Position]:
        """Return the paths that are dropped, and where each is said."""
        drops: dict[KeyPath, Position] = {}
        if not isinstance(node.value, list):
            self._report(node.at, f'"drop" must be a list, not {yaml_kind(node.value)}', _DROP)
            return drops
        for item in node.value:
            for path in self._paths(item):
                if self.root.get(*path) is None:
                    message = f"{'.'.join(path)} is dropped here and removed by null"
                    self._report(item.at, message, "delete the null: this line does more")
                elif path in drops:
                    message = f"{quotable(item.raw)} is dropped twice"
                    self._report(item.at, message, f"first in line {drops[path].line}; keep one")
                else:
                    drops[path] = item.at
        return drops

    def _paths(self, item: Node) -> list[KeyPath]:
        if not isinstance(item.value, str):
            hint = "no space goes between kind and id: - level:advanced"
            self._report(item.at, f"a line of drop cannot be {yaml_kind(item.value)}", hint)
        elif item.value in WHOLE:
            return [(item.value, name) for name in _entries(self.upstream, item.value)]
        elif path := self._path(item.value, item.at):
            return [path]
        return []

    def read_moves(self, node: Node, drops: Mapping[KeyPath, Position]) -> dict[KeyPath, Move]:
        """Return by the path of each entry that is moved where it goes."""
        moves: dict[KeyPath, Move] = {}
        if not isinstance(node.value, dict):
            self._report(node.at, f'"move" must be a map, not {yaml_kind(node.value)}', _MOVE)
            return moves
        sources = {name: self._path(name, to.key, MOVABLE) for name, to in node.value.items()}
        for name, to in node.value.items():
            path = sources[name]
            target = self._target(name, to) if path else None
            if path is None or target is None:
                continue
            if path in drops:
                hint = f"delete line {drops[path].line}: what is moved leaves nothing behind"
                self._report(to.key, f"{name} is moved and dropped", hint)
            elif path == target:
                self._report(to.at, f"{name} is moved onto itself", _MOVE)
            elif target in drops:
                hint = f"line {drops[target].line} drops it"
                self._report(to.at, f"{name} is moved to what is dropped", hint)
            elif target in sources.values():
                self._report(to.at, f"{to.raw} is moved itself", f"let {name} go where it goes")
            else:
                moves[path] = Move(target[1], to.at)
        return moves

    def _target(self, name: str, to: Node) -> KeyPath | None:
        """Return the path of the entry that `name` is moved to; the overlay may have added it."""
        kind = name.partition(":")[0]
        if not isinstance(to.value, str) or to.value.partition(":")[0] != kind:
            self._report(to.at, f"{name} can only be moved to another {kind}", _MOVE)
            return None
        own = to.value.partition(":")[2]
        if self.root.get(_SECTIONS[kind], own) is not None:
            return _SECTIONS[kind], own
        return self._path(to.value, to.at)

    def refuse_too_many(
        self, drops: dict[KeyPath, Position], moves: Mapping[KeyPath, Move]
    ) -> dict[KeyPath, Position]:
        """Return `drops` without those of sections of which too little would be left."""
        for section, fewest in _fewest():
            names = {(section, name) for name in _entries(self.root, section)}
            going = [path for path in drops if path in names]
            if going and len(names - {*drops, *moves}) < fewest:
                noun = "answers" if section == "scale" else section
                message = f"too few {noun} would be left: it takes {fewest}"
                self._report(drops[going[-1]], message, "keep this one")
                drops = {path: at for path, at in drops.items() if path not in going}
        return drops

    def _path(self, text: str, where: Position, kinds: tuple[str, ...] = ()) -> KeyPath | None:
        """Return the path of upstream's entry that a text such as level:advanced names."""
        kind, _, name = text.partition(":")
        known = kinds or (*_SECTIONS, *INNER)
        if kind not in known or not name:
            whole = () if kinds else WHOLE
            hint = suggestion(kind, [*known, *whole], "write kind:id; kinds")
            self._report(where, f'"{quotable(text)}" names no entry', hint)
            return None
        names = _names(self.upstream, kind)
        if name in names:
            return names[name]
        if name in _names(self.root, kind):
            message = f"{quotable(text)} is an entry of this overlay"
            self._report(where, message, "delete it where it stands")
            return None
        return self._renamed(kind, name, where)

    def _renamed(self, kind: str, name: str, where: Position) -> KeyPath | None:
        """Return the path of the one entry that upstream has now under another id."""
        names = _names(self.upstream, kind)
        entries = {key: self.upstream.nearest(*path) for key, path in names.items()}
        heirs = [names[key] for key in overlay.heirs(entries, name)]
        if len(heirs) == 1:
            return heirs[0]
        hint = f"{_GONE}\n{suggestion(name, names, 'there are')}"
        if heirs:
            hint = f"upstream has {' and '.join(path[1] for path in heirs)} for it: name these"
        self._report(where, f'no {kind} "{quotable(name)}"', hint)
        return None

    def _report(self, where: Position, message: str, hint: str) -> None:
        self.problems.append(Problem(where, message, hint))


def _names(tree: Node, kind: str) -> dict[str, KeyPath]:
    """Return the paths of all entries of a kind, by what stands after the colon."""
    section, *inner = INNER.get(kind) or (_SECTIONS[kind],)
    entries = _entries(tree, section)
    if not inner:
        return {name: (section, name) for name in entries}
    return {
        f"{name}.{part}": (section, name, *inner, part)
        for name in entries
        for part in _entries(tree, section, name, *inner)
    }


def _entries(tree: Node, *path: str) -> dict[str, Node]:
    node = tree.get(*path)
    return node.entries if node is not None else {}


def _fewest() -> Iterator[tuple[str, int]]:
    """Yield the sections that cannot be empty, and how many entries they need."""
    for section in _SECTIONS.values():
        for limit in Framework.model_fields[section].metadata:
            if (least := getattr(limit, "min_length", None)) is not None:
                yield section, least
