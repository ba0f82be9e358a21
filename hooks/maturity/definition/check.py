"""Rules across the parts of a definition: references, circles, order, scale, empty cells.

Every rule is a function of a `Source` that yields problems. The rules here look at the entries
that are sound, and stay silent where too little is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from . import html as tags
from . import source
from .drawings import Shape
from .matrices import Side
from .messages import KIND_OF, context, short
from .model import COLLECTIONS, RESERVED_ANSWERS, Framework
from .problems import FrameworkError, Problem, suggestion
from .references import dangling_references, removed_but_used, unknown_links
from .source import Source
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
    """The definition in `file`, with the overlay applied.

    Raises FrameworkError with every problem that can be found at once.
    """
    found = source.read(file, overlay_file)
    problems = [*found.problems, *(problem for rule in RULES for problem in rule(found))]
    if problems:
        raise FrameworkError(problems)
    return Definition(found.framework, found)


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


# Texts


def incomplete_html(found: Source) -> Iterator[Problem]:
    """HTML in Markdown that would take a part of its pages along.

    It is no matter of the model: what was released before this was asked stays readable.
    """
    for visit in found.visits:
        text = "" if visit.is_key or visit.type is not Prose else visit.node.value
        if isinstance(text, str) and "<" in text and (wrong := tags.incomplete(text)):
            yield Problem(visit.node.at, f"{context(visit.path[:2])}{short(wrong)}", _COMPLETE)


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


def labels(found: Source) -> Iterator[Problem]:
    """The answers' labels differ, whatever their case: a table of answers tells them by these."""
    first_with: dict[str, str] = {}
    for name, answer in found.framework.scale.items():
        other = first_with.setdefault(str(answer.label).casefold(), name)
        if other != name:
            message = f"scale: {name} has the label of {other}"
            yield Problem(found.position("scale", name, "label"), message, "give it another one")


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


def figures(found: Source) -> Iterator[Problem]:
    """People in a decision's drawings are told apart by how they look, things by their titles."""
    for name, decision in found.framework.decisions.items():
        taken: dict[tuple[Shape, bool], str] = {}
        for key, figure in decision.figures.items():
            look = (figure.shape, figure.marked)
            if figure.shape is not Shape.THING and taken.setdefault(look, key) != key:
                where = found.key_position("decisions", name, "figures", key)
                message = f"decision {name}: {key} is drawn as {taken[look]} is"
                yield Problem(where, message, "give it another shape, or mark only one of them")


def blocking_values(found: Source) -> Iterator[Problem]:
    """What blocks an idea is one of the values of its mark."""
    for name, matrix in found.framework.matrices.items():
        for key, mark in matrix.marks.items():
            for value in mark.blocks.keys() - mark.values.keys():
                where = found.key_position("matrices", name, "marks", key, "blocks", value)
                message = f'matrix {name}: {key} has no value "{value}"'
                yield Problem(where, message, suggestion(value, mark.values, "values"))


def _entries(found: Source, section: str) -> dict[str, Node]:
    node = found.root.get(section)
    return node.entries if node is not None else {}


def _all_ids(found: Source, section: str) -> list[str]:
    return list(_entries(found, section))


RULES = (
    unknown_links,
    dangling_references,
    removed_but_used,
    former_ids,
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
)
