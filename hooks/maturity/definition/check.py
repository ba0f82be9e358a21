"""Load a definition and check the rules across its parts: circles, order, scale, empty cells.

Every rule is a function of a `Source` that yields problems. The rules here look at the entries
that are sound, and stay silent where too little is known. Where an overlay caused a problem, it is
said there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from .drawings import Shape
from .html import describe_incomplete
from .matrices import Side
from .messages import KIND_OF, entry_prefix, quotable
from .model import COLLECTIONS, RESERVED_ANSWERS, Framework, Practice
from .overlay import SIDES
from .problems import FrameworkError, Position, Problem, nearest, suggestion
from .reference_rules import dangling_references, removed_but_used, unknown_links
from .source import Source, load_source
from .text import Prose
from .yaml_tree import Node

_COMPLETE = (
    "close in a text what it opens; write &lt; for a sign < that begins no tag, and "
    "<code>&lt;?</code> for code"
)


@dataclass(frozen=True)
class Definition:
    """A sound framework, and where each of its entries stands in the files."""

    framework: Framework
    source: Source


def load(file: Path, overlay_file: Path | None = None) -> Definition:
    """Load the definition in `file`, with the overlay applied where that file exists.

    Raises FrameworkError with every problem that can be found at once.
    """
    source = load_source(file, overlay_file)
    problems = [*source.problems, *(problem for rule in RULES for problem in rule(source))]
    if problems:
        raise FrameworkError(problems)
    return Definition(source.framework, source)


# Ids


def former_ids(source: Source) -> Iterator[Problem]:
    """Report former ids that are alive: their addresses would have two meanings."""
    for section in COLLECTIONS.values():
        entries = _entries(source, section)
        for name, entry in entries.items():
            former = entry.get("formerly")
            for item in former.value if former and isinstance(former.value, list) else []:
                if item.raw in entries and not _is_left_over(source, section, item.raw):
                    message = f'{KIND_OF[section]} {name}: "{item.raw}" is a former id and alive'
                    where = source.cause(item.at, entries[item.raw].key)
                    yield Problem(where, message, "delete it here, or rename the living entry")


def _is_left_over(source: Source, section: str, name: str) -> bool:
    """Tell whether an overlay still changes an entry by a former id, which is reported already."""
    is_forks = source.root.nearest(section, name).key.file == source.overlay
    return is_forks and name not in getattr(source.framework, section)


def misplaced_fields(source: Source) -> Iterator[Problem]:
    """Report criteria and evidence that are fields of their practice, indented too deep.

    That is, with the name of one and a text that the field takes: a criterion `owner` whose text is
    a sentence is meant as one.
    """
    fields = Practice.model_fields
    for name, practice in _entries(source, "practices").items():
        for part in ("criteria", "evidence"):
            items = node.entries if (node := practice.get(part)) is not None else {}
            for key, item in items.items():
                if isinstance(item.value, str) and key in fields and _takes(key, item.value):
                    message = f"practice {name}: {part}.{key} has the name of a field of a practice"
                    hint = "is it meant two columns to the left? If not, choose another id"
                    yield Problem(item.key, message, hint)


def _takes(field: str, text: str) -> bool:
    """Tell whether a text can be the value of a field of a practice."""
    info = Practice.model_fields[field]
    kind: Any = Annotated[info.annotation, info]
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


# Texts


def incomplete_html(source: Source) -> Iterator[Problem]:
    """Report HTML in Markdown that is not closed: a browser would take the rest of the page for it.

    This is a rule here and not in the model, so that older releases, which were not held to it, can
    still be loaded.
    """
    for visit in source.visits:
        text = "" if visit.is_key or visit.type is not Prose else visit.node.value
        if isinstance(text, str) and "<" in text and (fault := describe_incomplete(text)):
            message = f"{entry_prefix(visit.path[:2])}{quotable(fault)}"
            yield Problem(visit.node.at, message, _COMPLETE)


# Practices


def circles(source: Source) -> Iterator[Problem]:
    """Report practices that require each other in a circle; each circle once."""
    requires = {name: practice.requires for name, practice in source.framework.practices.items()}
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
                yield _circle(source, requires, names[names.index(following) :])
            else:
                trail[following] = None
                stack.append((following, iter(requires[following])))


def _circle(source: Source, requires: Mapping[str, list[str]], circle: list[str]) -> Problem:
    """Return the problem of practices of which each requires the next, and the last the first."""
    steps = pairwise([*circle, circle[0]])
    places = [
        source.position("practices", name, "requires", requires[name].index(other))
        for name, other in steps
    ]
    where = source.cause(places[-1], *places)
    start = places.index(where) + 1
    ordered = [*circle[start:], *circle[:start]]
    around = " > ".join([*ordered, ordered[0]])
    message = f"practice {ordered[-1]}: requires goes in a circle: {around}"
    return Problem(where, message, "drop one of these requirements")


def order_of_levels(source: Source) -> Iterator[Problem]:
    """Report what a practice needs but has only at a later level: other practices, its owner."""
    framework = source.framework
    number = {name: index for index, name in enumerate(_entries(source, "levels"))}
    for name, practice in framework.practices.items():
        own = number.get(practice.level)
        if own is None:
            continue
        for index, other in enumerate(practice.requires):
            needed = framework.practices.get(other)
            if needed is not None and number.get(needed.level, -1) > own:
                yield _too_late(source, name, practice, index, needed.level)
        owner = framework.roles.get(practice.owner or "")
        if owner is not None and number.get(owner.joins, -1) > own:
            where = source.cause(
                source.position("practices", name, "owner"),
                source.position("practices", name, "level"),
                source.position("roles", practice.owner or "", "joins"),
                *_places_of_levels(source, practice.level, owner.joins),
            )
            message = f'practice {name}: owner "{practice.owner}" joins only at {owner.joins}'
            hint = f"name a role that is there at {practice.level}, or let this one join earlier"
            yield Problem(where, message, hint)


def _too_late(source: Source, name: str, practice: Practice, index: int, later: str) -> Problem:
    """Return the problem of a practice whose requirement `index` is at the `later` level."""
    other = practice.requires[index]
    where = source.cause(
        source.position("practices", name, "requires", index),
        source.position("practices", name, "level"),
        source.position("practices", other, "level"),
        *_places_of_levels(source, practice.level, later),
    )
    message = f'practice {name}: requires "{other}" of the later level {later}'
    return Problem(where, message, f"move one of them; {name} is at {practice.level}")


def _places_of_levels(source: Source, *levels: str) -> Iterator[Position]:
    """Yield where levels wish for their place in the order."""
    for level in levels:
        for side in SIDES:
            if (wish := source.root.get("levels", level, side)) is not None:
                yield wish.at


def offered_answers(source: Source) -> Iterator[Problem]:
    """Report practices that offer only some answers, and not the first or the last of the scale."""
    entries = _entries(source, "scale")
    scale = list(entries)
    if source.root.get("scale") is None:
        scale = list(Framework.model_fields["scale"].default)
    for name, practice in source.framework.practices.items():
        if not practice.options or len(scale) < 2 or not set(practice.options) <= set(scale):
            continue  # the scale, or an answer that it does not have, is reported already
        for answer in (scale[0], scale[-1]):
            if answer not in practice.options:
                where = source.cause(
                    source.key_position("practices", name, "options"),
                    *([entries[answer].key] if answer in entries else []),
                    *source.removals("practices", name, "options"),
                    *source.removals("scale"),
                )
                message = f'practice {name}: options leave out "{answer}"'
                hint = f"the ends of the scale are always offered: {scale[0]} and {scale[-1]}"
                yield Problem(where, message, hint)


def empty_parts(source: Source) -> Iterator[Problem]:
    """Report levels and dimensions without practices; a single empty cell is allowed."""
    practices = _entries(source, "practices").values()
    for section, field in (("levels", "level"), ("dimensions", "dimension")):
        named = [getattr(practice.get(field), "value", None) for practice in practices]
        entries = _entries(source, section)
        if not named or not set(map(str, named)) <= set(entries):
            continue  # a misspelled name is reported already; it may be the one missed here
        for name, node in entries.items():
            if name not in named and isinstance(node.value, dict):
                message = f"{KIND_OF[section]} {name}: no practice belongs to it"
                where = source.cause(node.key, *_places_of_leaving(source, field, name))
                yield Problem(where, message, _hint_for_empty(source, where, field, name))


def _hint_for_empty(source: Source, where: Position, field: str, name: str) -> str:
    """Return what to do about a level or dimension `name` without practices, reported at `where`.

    An overlay that adds it may have meant one of upstream's.
    """
    is_forks = where.file == source.overlay
    hint = f'add a practice with "{field}: {name}", or {"drop it too" if is_forks else "delete it"}'
    upstreams = source.upstream.nearest(COLLECTIONS[field]).entries
    near = nearest(name, list(upstreams)) if is_forks and name not in upstreams else None
    return f"did you mean {near}?\nif it is new, {hint}" if near else hint


def _places_of_leaving(source: Source, field: str, part: str) -> Iterator[Position]:
    """Yield where practices that upstream has in a level or dimension are moved or removed."""
    upstream = source.upstream.get("practices")
    for name, practice in upstream.entries.items() if upstream is not None else ():
        if getattr(practice.get(field), "value", None) == part:
            gone = source.removed.get(("practices", name))
            yield gone or source.position("practices", name, field)


# Scale, worksheets and matrices


def scale(source: Source) -> Iterator[Problem]:
    """Report a scale whose values do not rise from 0 to 1, or that has one of our own answers.

    The first answer needs neither criteria nor evidence.
    """
    answers = source.framework.scale
    if not answers or not _entries(source, "scale"):
        return
    for name in RESERVED_ANSWERS:
        if name in answers:
            message = f'scale: "{name}" is an answer that every scale has already'
            yield Problem(source.key_position("scale", name), message, "choose another id")
    names = list(answers)
    for name, wanted in ((names[0], 0), (names[-1], 1)):
        if answers[name].value != wanted:
            end = "first" if wanted == 0 else "last"
            message = f"scale: the {end} answer, {name}, must have the value {wanted}"
            place = source.position("scale", name, "value")
            yield Problem(source.cause(place, *source.removals("scale")), message)
    for lower, higher in pairwise(names):
        if answers[higher].value <= answers[lower].value:
            message = f"scale: the value of {higher} must be above that of {lower}"
            places = (source.position("scale", name, "value") for name in (higher, lower))
            yield Problem(source.cause(*places), message, "order them from 0 to 1")
    for need in ("criteria", "evidence"):
        if getattr(answers[names[0]], f"needs_{need}"):
            place = source.position("scale", names[0], f"needs_{need}")
            where = source.cause(place, *source.removals("scale"))
            yield Problem(where, f"scale: the first answer, {names[0]}, cannot need {need}")


def labels(source: Source) -> Iterator[Problem]:
    """Report answers of one label, whatever its case: a table of answers tells them by these."""
    first_with: dict[str, str] = {}
    for name, answer in source.framework.scale.items():
        other = first_with.setdefault(str(answer.label).casefold(), name)
        if other != name:
            message = f"scale: {name} has the label of {other}"
            places = (source.position("scale", key, "label") for key in (name, other))
            yield Problem(source.cause(*places), message, "give it another one")


def quadrants(source: Source) -> Iterator[Problem]:
    """Report quadrants of a matrix that lie in one place: they are all four combinations."""
    for name, matrix in source.framework.matrices.items():
        taken: dict[tuple[Side, Side], str] = {}
        for key, quadrant in matrix.quadrants.items():
            place = (quadrant.x, quadrant.y)
            if (other := taken.setdefault(place, key)) != key:
                path = ("matrices", name, "quadrants")
                where = source.cause(
                    source.key_position(*path, key),
                    *(source.position(*path, other, axis) for axis in ("x", "y")),
                )
                message = f"matrix {name}: {key} lies where {other} lies"
                yield Problem(where, message, f"x: {place[0]} with y: {place[1]} is taken")


def figures(source: Source) -> Iterator[Problem]:
    """Report people in a decision's drawings that look the same; things have their titles."""
    for name, decision in source.framework.decisions.items():
        taken: dict[tuple[Shape, bool], str] = {}
        for key, figure in decision.figures.items():
            look = (figure.shape, figure.marked)
            if figure.shape is Shape.THING or (other := taken.setdefault(look, key)) == key:
                continue
            path = ("decisions", name, "figures")
            where = source.cause(
                source.key_position(*path, key),
                *(source.position(*path, other, field) for field in ("shape", "marked")),
            )
            message = f"decision {name}: {key} is drawn as {other} is"
            yield Problem(where, message, "give it another shape, or mark only one of them")


def blocking_values(source: Source) -> Iterator[Problem]:
    """Report what blocks an idea but is none of the values of its mark."""
    for name, matrix in source.framework.matrices.items():
        for key, mark in matrix.marks.items():
            path = ("matrices", name, "marks", key)
            for value in mark.blocks.keys() - mark.values.keys():
                place = source.key_position(*path, "blocks", value)
                where = source.removed.get((*path, "values", value), place)
                message = f'matrix {name}: {key} has no value "{value}"'
                yield Problem(where, message, suggestion(value, mark.values, "values"))


# Standards


def codes(source: Source) -> Iterator[Problem]:
    """Report codes of clauses that two have, or that have not the form of their standard's."""
    for name, standard in source.framework.standards.items():
        taken: dict[str, str] = {}
        for key, clause in standard.clauses.items():
            where = source.position("standards", name, "clauses", key, "code")
            if (other := taken.setdefault(clause.code, key)) != key:
                message = f'standard {name}: {key} has the code of {other}, "{clause.code}"'
                first = source.position("standards", name, "clauses", other, "code")
                yield Problem(source.cause(where, first), message, "every clause has its own code")
            elif not standard.fits(clause.code):
                message = f'standard {name}: "{quotable(clause.code)}" is no code of it'
                pattern = source.position("standards", name, "codes")
                hint = f'its codes fit "{standard.codes}", as it says under codes'
                yield Problem(source.cause(where, pattern), message, hint)


def _entries(source: Source, section: str) -> dict[str, Node]:
    node = source.root.get(section)
    return node.entries if node is not None else {}


RULES = (
    unknown_links,
    dangling_references,
    removed_but_used,
    former_ids,
    misplaced_fields,
    incomplete_html,
    circles,
    order_of_levels,
    offered_answers,
    empty_parts,
    scale,
    labels,
    quadrants,
    figures,
    blocking_values,
    codes,
)
