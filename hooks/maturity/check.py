"""Rules across the parts of a definition: references, circles, order, scale, empty cells.

Every rule is a function of a `Source` that yields problems. Rules about references look at the
tree, because that is there even where an entry has other mistakes; the others look at the entries
that are sound, and stay silent where too little is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import yaml

from . import overlay, shape, source
from .model import COLLECTIONS, RESERVED_ANSWERS, Framework, Prose, Side
from .problems import FrameworkError, Position, Problem, source_lines, suggestion
from .source import KIND_OF, Source, context
from .tree import Node

#: `[words](practice:data-audit)` in prose.
PROSE_LINK = re.compile(rf"\]\(\s*<?({'|'.join(COLLECTIONS)}):([^)>\s]*)>?\s*\)")
#: The scheme of any link in prose that is not a web address.
_SCHEME = re.compile(r"\]\(\s*<?([A-Za-z]+):(?!//)")


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
    #: In prose: which of the links to the same entry it is, from 1.
    link: int = 0

    @property
    def at(self) -> Position:
        """Where exactly the id stands."""
        if self.link:
            return _link_position(self)
        return self.node.key if self.is_key else self.node.at

    @property
    def home(self) -> overlay.Path:
        """Where the entry that is named stands in the definition, if it does."""
        if self.kind == "column":
            return (*map(str, self.path[:2]), "columns", self.id)
        return (COLLECTIONS.get(self.kind, "scale"), self.id)


def references(root: Node) -> Iterator[Reference]:
    """Every reference in the tree, in fields and in prose links."""
    for visit in shape.walk(root):
        value = visit.path[-1] if visit.is_key else visit.node.value
        if not isinstance(value, str):
            continue
        if visit.ref is not None:
            yield Reference(visit.path, visit.ref.kind, value, visit.node, visit.is_key)
        elif visit.type is Prose:
            count: Counter[str] = Counter()
            for match in PROSE_LINK.finditer(value):
                count[match[0]] += 1
                link = count[match[0]]
                yield Reference(visit.path, match[1], match[2], visit.node, link=link)


def unknown_links(found: Source) -> Iterator[Problem]:
    """Links in prose whose kind is misspelled: `practise:x` is no address that a browser knows."""
    for visit in shape.walk(found.root):
        if visit.type is not Prose or visit.is_key or not isinstance(visit.node.value, str):
            continue
        for kind in _SCHEME.findall(visit.node.value):
            if kind not in COLLECTIONS and kind not in ("mailto", "tel"):
                message = f'{context(visit.path[:2])}a link to "{kind}:" leads nowhere'
                yield Problem(visit.node.at, message, suggestion(kind, COLLECTIONS, "kinds"))


def _link_position(link: Reference) -> Position:
    """Where the id of a prose link stands; text is folded, so it is looked for in the file."""
    target = re.compile(rf"\b{link.kind}:({re.escape(link.id)})(?=[>\s)]|$)")
    lines = source_lines(link.node.at.file)
    rest = link.link
    for number in range(link.node.at.line, min(len(lines), link.node.at.line + 200) + 1):
        start = link.node.at.column - 1 if number == link.node.at.line else 0
        for match in target.finditer(lines[number - 1], start):
            rest -= 1
            if not rest:
                return Position(link.node.at.file, number, match.start(1) + 1, len(link.id) or 1)
    return link.node.at


def _known(root: Node, reference: Reference) -> Collection[str] | None:
    """The ids that a reference may name; None where a mistake elsewhere keeps them unknown."""
    section, *inside = reference.home[:-1]
    node = root.get(section)
    is_required = Framework.model_fields[section].is_required()
    if node is None and (is_required or set(_children(root)) - set(Framework.model_fields)):
        return None  # it is reported as missing, or its name as misspelled
    if node is None:
        return Framework.model_fields[section].default or ()
    node = node.get(*inside) if inside else node
    if node is None:
        return ()
    if not isinstance(node.value, dict) or (not node.value and not inside and is_required):
        return None
    return node.value


def _is_dangling(root: Node, reference: Reference) -> bool:
    known = _known(root, reference)
    return known is not None and reference.id not in known


def dangling_references(found: Source) -> Iterator[Problem]:
    """References to entries that do not exist, but for those that the overlay removed."""
    for reference in references(found.root):
        if not _is_dangling(found.root, reference) or _removal(found, reference):
            continue
        plural = COLLECTIONS.get(reference.kind, f"{reference.kind}s")
        yield Problem(
            reference.at,
            f'{context(reference.path[:2])}no {reference.kind} "{reference.id}"',
            suggestion(reference.id, _known(found.root, reference) or (), plural),
        )


def _removal(found: Source, reference: Reference) -> overlay.Path | None:
    """What the overlay removes so that a reference of the definition itself names nothing."""
    for end in range(1, len(reference.home) + 1):
        at = found.removed.get(reference.home[:end])
        if at is not None and at.file != reference.node.at.file:
            return reference.home[:end]
    return None


def removed_but_used(found: Source) -> Iterator[Problem]:
    """Entries that the overlay removes while others still name them."""
    using: dict[overlay.Path, list[Reference]] = {}
    for reference in references(found.root) if found.removed else ():
        path = _removal(found, reference)
        if path is not None and _is_dangling(found.root, reference):
            using.setdefault(path, []).append(reference)
    if not using:
        return
    lines = yaml.safe_dump(repair(found), sort_keys=False, allow_unicode=True, width=100)
    hint = f"these lines in the overlay drop that too:\n{lines}"
    for path in sorted(using, key=lambda path: found.removed[path]):
        names = list(dict.fromkeys(".".join(map(str, use.path)) for use in using[path]))
        message = f"{'.'.join(path)} is removed here, but used by {', '.join(names)}"
        yield Problem(found.removed[path], message, hint)
        hint = "the lines for the first removal drop that too"


def repair(found: Source) -> dict[str, Any]:
    """The merge patch that takes out whatever names what the overlay removes.

    An entry that cannot be without the reference goes too, and then what names that entry.
    Links in prose become plain words.
    """
    every = [*references(found.root)]
    gone: set[overlay.Path] = set()
    while True:
        uses = [use for use in every if use.home in gone or _lost(found, use)]
        more = {_names(use.path[:2]) for use in uses if _is_required(use)}
        if more <= gone:
            break
        gone |= more
    data = found.root.plain()
    touched: list[overlay.Path] = [_cut(data, use) for use in reversed(uses)]
    patch: dict[str, Any] = {}
    for path in [*reversed(touched), *sorted(gone)]:
        _put(patch, path, None if path in gone else _value(data, path))
    return patch


def _lost(found: Source, use: Reference) -> bool:
    return _removal(found, use) is not None and _is_dangling(found.root, use)


def _is_required(use: Reference) -> bool:
    fields = getattr(shape.class_at(use.path[:-1]), "model_fields", {})
    return not use.link and use.path[-1] in fields and fields[use.path[-1]].is_required()


def _names(path: shape.Location) -> overlay.Path:
    return tuple(map(str, path))


def _cut(data: Any, use: Reference) -> overlay.Path:
    """Take one reference out of `data`; the path of what a patch has to replace for that."""
    for key in use.path[:-1]:
        data = data[key]
    if use.link:
        link = rf"\[([^\]]*)\]\(\s*<?{use.kind}:{re.escape(use.id)}>?\s*\)"
        data[use.path[-1]] = re.sub(link, r"\1", data[use.path[-1]])
    else:
        del data[use.path[-1]]
    return _names(tuple(takewhile(lambda key: isinstance(key, str), use.path)))


def _value(data: Any, path: overlay.Path) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _put(patch: dict[str, Any], path: overlay.Path, value: Any) -> None:
    for key in path[:-1]:
        patch = patch.setdefault(key, {})
        if patch is None:  # an outer part goes already
            return
    patch[path[-1]] = value


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
                if item.raw in collection.value:
                    message = f'{KIND_OF[section]} {name}: "{item.raw}" is a former id and alive'
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
                index = requires[name].index(following)
                where = found.position("practices", name, "requires", index)
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
    scale = list(_entries(found, "scale"))
    if found.root.get("scale") is None:
        scale = list(Framework.model_fields["scale"].default)
    for name, practice in found.framework.practices.items():
        if not practice.options or len(scale) < 2 or not set(practice.options) <= set(scale):
            continue  # the scale, or an answer that it does not have, is reported already
        for answer in (scale[0], scale[-1]):
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
        if not named or not set(map(str, named)) <= set(entries):
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
    if not answers or not _entries(found, "scale"):
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


def _children(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _entries(found: Source, section: str) -> dict[str, Node]:
    return _children(found.root.get(section))


def _all_ids(found: Source, section: str) -> list[str]:
    return list(_entries(found, section))


RULES = (
    unknown_links,
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
