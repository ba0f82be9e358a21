"""Rules across the parts of a definition: references, circles, order, scale, empty cells.

Every rule is a function of a `Source` that yields problems. Rules about references look at the
tree, because that is there even where an entry has other mistakes; the others look at the entries
that are sound, and stay silent where too little is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from . import overlay, shape, source
from .model import COLLECTIONS, RESERVED_ANSWERS, Framework, Prose, Side
from .problems import FrameworkError, Position, Problem, suggestion
from .source import KIND_OF, Source, context
from .tree import Node

#: `[words](practice:data-audit)` in prose.
PROSE_LINK = re.compile(rf"\]\(\s*<?({'|'.join(COLLECTIONS)}):([^)>\s]*)>?\s*\)")


@dataclass(frozen=True)
class Definition:
    """A sound framework, and where each of its entries stands in the files."""

    framework: Framework
    source: Source


def load(file: Path, overlay_file: Path | None = None) -> Definition:
    """The definition in `file`, with the overlay applied.

    Raises FrameworkError with every problem that can be found at once.
    """
    found = source.read(file, overlay_file)
    problems = [*found.problems, *(problem for rule in RULES for problem in rule(found))]
    if problems:
        raise FrameworkError(problems)
    return Definition(found.framework, found)


# References


@dataclass(frozen=True)
class Reference:
    """A place that names an entry: where, which, and whether it is a map's key or inside prose."""

    path: shape.Location
    kind: str
    id: str
    node: Node
    is_key: bool = False
    in_prose: bool = False

    @property
    def at(self) -> Position:
        """Where exactly the id stands."""
        if self.in_prose:
            return _inside(self.node.at, f":{self.id})")
        return self.node.key if self.is_key else self.node.at


def references(root: Node) -> Iterator[Reference]:
    """Every reference in the tree, in fields and in prose links."""
    for visit in shape.walk(root):
        value = visit.path[-1] if visit.is_key else visit.node.value
        if not isinstance(value, str):
            continue
        if visit.ref is not None:
            yield Reference(visit.path, visit.ref.kind, value, visit.node, visit.is_key)
        elif visit.type is Prose:
            for match in PROSE_LINK.finditer(value):
                yield Reference(visit.path, match[1], match[2], visit.node, in_prose=True)


def _inside(at: Position, ending: str) -> Position:
    """The first place at or below `at` where the link's `ending` stands, because text is folded."""
    try:
        lines = at.file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return at
    for number in range(at.line, min(len(lines), at.line + 200) + 1):
        column = lines[number - 1].find(ending)
        if column >= 0:
            return Position(at.file, number, column + 2, max(1, len(ending) - 2))
    return at


def _known(root: Node, reference: Reference) -> list[str]:
    """The ids that a reference may name."""
    if reference.kind == "column":
        columns = root.get(*reference.path[:2], "columns")
        return list(columns.value) if columns and isinstance(columns.value, dict) else []
    if reference.kind == "answer":
        scale = root.get("scale")
        if scale is None:
            return list(Framework.model_fields["scale"].default)
        return list(scale.value) if isinstance(scale.value, dict) else []
    section = root.get(COLLECTIONS[reference.kind])
    return list(section.value) if section and isinstance(section.value, dict) else []


def dangling_references(found: Source) -> Iterator[Problem]:
    """References to entries that do not exist, but for those that the overlay removed."""
    for reference in references(found.root):
        known = _known(found.root, reference)
        if reference.id in known or _was_removed(found, reference):
            continue
        plural = COLLECTIONS.get(reference.kind, f"{reference.kind}s")
        message = f'no {reference.kind} "{reference.id}"'
        yield Problem(
            reference.at,
            f"{context(reference.path[:2])}{message}",
            suggestion(reference.id, known, plural),
        )


def _was_removed(found: Source, reference: Reference) -> bool:
    section = COLLECTIONS.get(reference.kind, reference.kind)
    return (section, reference.id) in found.removed


def removed_but_used(found: Source) -> Iterator[Problem]:
    """Entries that the overlay removes while others still name them."""
    using: dict[overlay.Path, list[Reference]] = {}
    for reference in references(found.root):
        if _was_removed(found, reference):
            path: overlay.Path = (COLLECTIONS.get(reference.kind, reference.kind), reference.id)
            using.setdefault(path, []).append(reference)
    for path, uses in using.items():
        names = list(dict.fromkeys(".".join(map(str, use.path)) for use in uses))
        lines = yaml.safe_dump(_without(found.root, uses), sort_keys=False, allow_unicode=True)
        yield Problem(
            found.removed[path],
            f"{'.'.join(path)} is removed here, but used by {', '.join(names)}",
            f"these lines in the overlay drop that too:\n{lines}",
        )


def _without(root: Node, uses: list[Reference]) -> dict[str, Any]:
    """The merge patch that takes these references out of the definition."""
    patch: dict[str, Any] = {}
    for use in uses:
        path, value = _removal(root, use, {other.id for other in uses})
        inner = patch
        for key in path[:-1]:
            inner = inner.setdefault(str(key), {})
            if inner is None:  # an outer part goes already
                break
        else:
            inner[str(path[-1])] = value
    return patch


def _removal(root: Node, use: Reference, ids: set[str]) -> tuple[shape.Location, Any]:
    """The path to patch, and the value to patch it with, so that a reference is gone."""
    if use.is_key:
        return use.path, None
    index = next((i for i, key in enumerate(use.path) if isinstance(key, int)), None)
    if index is not None:
        path = use.path[:index]
        items = root.nearest(*path).plain()
        return path, [item for item in items if item not in ids]
    parent = shape.class_at(use.path[:-1])
    if use.path[-1] in getattr(parent, "model_fields", {}):
        required = parent.model_fields[use.path[-1]].is_required()
        return (use.path[:2] if required else use.path), None
    return use.path, None


# Ids


def former_ids(found: Source) -> Iterator[Problem]:
    """A former id must not be alive: its address would have two meanings."""
    for section in COLLECTIONS.values():
        collection = found.root.get(section)
        if collection is None or not isinstance(collection.value, dict):
            continue
        for name, entry in collection.value.items():
            former = entry.get("formerly")
            for item in former.value if former and isinstance(former.value, list) else []:
                if item.value in collection.value:
                    message = f'{KIND_OF[section]} {name}: "{item.value}" is a former id and alive'
                    yield Problem(item.at, message, "delete it here, or rename the living entry")


# Practices


def circles(found: Source) -> Iterator[Problem]:
    """Practices that require each other in a circle; each circle is reported once."""
    requires = {name: practice.requires for name, practice in found.framework.practices.items()}
    done: set[str] = set()
    for start in requires:
        stack = [(start, iter(requires[start]))]
        trail = {start: None} if start not in done else {}
        while stack and trail:
            name, rest = stack[-1]
            following = next(
                (other for other in rest if other in requires and other not in done), None
            )
            if following is None:
                done.add(name)
                trail.pop(name)
                stack.pop()
            elif following in trail:
                names = list(trail)
                circle = [*names[names.index(following) :], following]
                where = found.position("practices", name, "requires")
                message = f"practice {name}: requires goes in a circle: {' > '.join(circle)}"
                yield Problem(where, message, "drop one of these requirements")
            else:
                trail[following] = None
                stack.append((following, iter(requires[following])))


def order_of_levels(found: Source) -> Iterator[Problem]:
    """Nothing that a practice needs may come at a later level than the practice."""
    framework = found.framework
    number = {name: index for index, name in enumerate(_all_ids(found, "levels"))}
    for name, practice in framework.practices.items():
        own = number.get(practice.level)
        if own is None:
            continue
        for index, other in enumerate(practice.requires):
            needed = framework.practices.get(other)
            if needed is not None and number.get(needed.level, -1) > own:
                yield Problem(
                    found.position("practices", name, "requires", index),
                    f'practice {name}: requires "{other}" of the later level {needed.level}',
                    f"move one of them; {name} is at {practice.level}",
                )
        owner = framework.roles.get(practice.owner or "")
        if owner is not None and number.get(owner.joins, -1) > own:
            yield Problem(
                found.position("practices", name, "owner"),
                f'practice {name}: owner "{practice.owner}" joins only at {owner.joins}',
                f"name a role that is there at {practice.level}, or let this one join earlier",
            )


def offered_answers(found: Source) -> Iterator[Problem]:
    """A practice that offers only some answers offers the first and the last of the scale."""
    scale = _all_ids(found, "scale") or list(Framework.model_fields["scale"].default)
    for name, practice in found.framework.practices.items():
        for answer in (scale[0], scale[-1]) if practice.options else ():
            if answer not in practice.options:
                where = found.key_position("practices", name, "options")
                message = f'practice {name}: options leave out "{answer}"'
                yield Problem(
                    where,
                    message,
                    f"the ends of the scale are always offered: {scale[0]} and {scale[-1]}",
                )


def empty_parts(found: Source) -> Iterator[Problem]:
    """A level or dimension without practices; a single empty cell is allowed."""
    practices = _entries(found, "practices").values()
    for section, field in (("levels", "level"), ("dimensions", "dimension")):
        named = [getattr(practice.get(field), "value", None) for practice in practices]
        entries = _entries(found, section)
        if not set(map(str, named)) <= set(entries):
            continue  # a misspelled name is reported already; it may be the one missed here
        for name, node in entries.items():
            if name not in named:
                message = f"{KIND_OF[section]} {name}: no practice belongs to it"
                yield Problem(
                    node.key, message, f'add a practice with "{field}: {name}", or delete it'
                )


# Scale, worksheets and matrices


def scale(found: Source) -> Iterator[Problem]:
    """Values rise strictly from 0 to 1; the first answer needs no evidence; two ids are taken."""
    answers = found.framework.scale
    if not answers or "scale" not in _sections(found):
        return
    for name in RESERVED_ANSWERS:
        if name in answers:
            message = f'scale: "{name}" is an answer that every scale has already'
            yield Problem(found.key_position("scale", name), message, "choose another id")
    names = list(answers)
    for name, wanted in ((names[0], 0), (names[-1], 1)):
        if answers[name].value != wanted:
            end = "first" if wanted == 0 else "last"
            message = f"scale: the {end} answer, {name}, must have the value {wanted}"
            yield Problem(found.position("scale", name, "value"), message)
    for lower, higher in pairwise(names):
        if answers[higher].value <= answers[lower].value:
            message = f"scale: the value of {higher} must be above that of {lower}"
            yield Problem(
                found.position("scale", higher, "value"), message, "order them from 0 to 1"
            )
    if answers[names[0]].needs_evidence:
        where = found.position("scale", names[0], "needs_evidence")
        yield Problem(where, f"scale: the first answer, {names[0]}, cannot need evidence")


def quadrants(found: Source) -> Iterator[Problem]:
    """The four quadrants of a matrix are the four combinations of its axes' ends."""
    for name, matrix in found.framework.matrices.items():
        taken: dict[tuple[Side, Side], str] = {}
        for key, quadrant in matrix.quadrants.items():
            place = (quadrant.x, quadrant.y)
            if place in taken:
                where = found.key_position("matrices", name, "quadrants", key)
                message = f"matrix {name}: {key} lies where {taken[place]} lies"
                yield Problem(where, message, f"x: {place[0]} with y: {place[1]} is taken")
            taken.setdefault(place, key)


def _sections(found: Source) -> dict[str, Node]:
    value = found.root.value
    return value if isinstance(value, dict) else {}


def _entries(found: Source, section: str) -> dict[str, Node]:
    node = found.root.get(section)
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _all_ids(found: Source, section: str) -> list[str]:
    return list(_entries(found, section))


RULES = (
    dangling_references,
    removed_but_used,
    former_ids,
    circles,
    order_of_levels,
    offered_answers,
    empty_parts,
    scale,
    quadrants,
)
