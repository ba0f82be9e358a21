"""What belongs to what, in both directions: the links between the entries of a framework."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..definition.model import COLLECTIONS, NOT_APPLICABLE, RESERVED_ANSWERS, Answer, Framework
from ..definition.standards import Clause, Service

#: Shares are compared as `content/assets/common/numbers.js` compares them.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Item:
    """An entry together with what it is and how it is called."""

    kind: str
    id: str
    entry: Any

    @property
    def ref(self) -> str:
        """`practice:keep-recipes`, as links name it."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Mapping:
    """A practice that serves a clause: the clause with its id and standard, and how far."""

    standard: Item
    id: str
    clause: Clause
    practice: Item
    service: Service


@dataclass(frozen=True)
class Coverage:
    """The clauses of a standard by id: served in full by one practice, in part, by nothing."""

    full: dict[str, Clause]
    part: dict[str, Clause]
    none: dict[str, Clause]


def level_of(item: Item | None) -> str | None:
    """Return the level that an entry belongs to, if any: for a role the one where it joins."""
    if item is None:
        return None
    if item.kind in ("level", "checklist"):
        return item.id
    return getattr(item.entry, "level", None) or getattr(item.entry, "joins", None)


def without_evidence(offered: list[Answer], answer: Answer) -> Answer:
    """Return what an answer that needs evidence counts as while it has none.

    That is the highest of the offered answers below it that needs neither evidence nor criteria,
    or the first one where all below need some.
    """
    below = offered[: offered.index(answer)]
    free = [one for one in below if not (one.needs_evidence or one.needs_criteria)]
    return free[-1] if free else offered[0]


def without_criteria(offered: list[Answer], answer: Answer) -> Answer:
    """Return what an answer that needs criteria counts as while one of them is not ticked.

    That is the highest of the offered answers below it that needs no criteria, or the first one
    where all below need them.
    """
    free = [one for one in offered[: offered.index(answer)] if not one.needs_criteria]
    return free[-1] if free else offered[0]


class Relations:
    """Look-ups over a framework; every list is in display order."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def item(self, ref: str) -> Item:
        """Return the entry that `kind:id` names; raises KeyError where there is none."""
        return self._items[ref]

    def has(self, ref: str) -> bool:
        """Tell whether `kind:id` names an entry."""
        return ref in self._items

    def all(self, kind: str) -> list[Item]:
        """Return every entry of a kind."""
        return self._all[kind]

    def named(self, kind: str, ids: Iterable[str]) -> list[Item]:
        """Return the entries with these ids, in the order in which they are named."""
        return [self.item(f"{kind}:{name}") for name in ids]

    def number(self, level: str) -> int:
        """Return the place of a level among the levels, from 1."""
        return self._numbers[level]

    def position(self, level: str) -> float:
        """Return how far up a level stands: 0 for the first one, 1 for the last."""
        return round((self.number(level) - 1) / (len(self.framework.levels) - 1), 3)

    def at_level(self, kind: str, level: str) -> list[Item]:
        """Return the entries of a kind that belong to a level; for roles: that join there."""
        return self._by_level[kind, level]

    def cell(self, level: str, dimension: str) -> list[Item]:
        """Return the practices of a level in a dimension."""
        return self._cells[level, dimension]

    def essential(self, level: str) -> list[Item]:
        """Return the practices that the gate of a level stands on."""
        return [item for item in self.at_level("practice", level) if item.entry.essential]

    def criteria_at(self, level: str) -> int:
        """Return how many criteria the practices of a level have together."""
        return sum(len(item.entry.criteria) for item in self.at_level("practice", level))

    def in_dimension(self, dimension: str) -> list[Item]:
        """Return the practices of a dimension, by level."""
        return [item for level in self.framework.levels for item in self.cell(level, dimension)]

    def neighbor_cell(self, practice: Item, step: int) -> list[Item]:
        """Return the practices of the same dimension `step` levels later; earlier if negative.

        Empty beyond the first or last level.
        """
        levels = list(self.framework.levels)
        index = levels.index(practice.entry.level) + step
        return (
            self.cell(levels[index], practice.entry.dimension) if 0 <= index < len(levels) else []
        )

    def unlocks(self, practice: str) -> list[Item]:
        """Return the practices that require this one."""
        return self._unlocks[practice]

    def owned_by(self, role: str) -> list[Item]:
        """Return the practices that a role owns."""
        return self._owned[role]

    def involving(self, role: str) -> list[Item]:
        """Return the practices whose `involved` names a role, also where it owns them."""
        return self._involving[role]

    def working_with(self, role: str, most: int = 5) -> list[Item]:
        """Return the roles that share practices with this one, those that share most first."""
        shared = Counter(
            other
            for item in (*self.owned_by(role), *self.involving(role))
            for other in {item.entry.owner, *item.entry.involved} - {role, None}
        )
        order = list(self.framework.roles)
        names = sorted(shared, key=lambda name: (-shared[name], order.index(name)))
        return self.named("role", names[:most])

    def helping(self, kind: str, practice: str) -> list[Item]:
        """Return the decisions, worksheets or matrices, by `kind`, that belong to a practice."""
        return self._helping[kind, practice]

    def citing(self, reference: str) -> list[Item]:
        """Return every entry that names a reference as its source."""
        return self._citing[reference]

    def serving(self, standard: Item, clause: str) -> list[Mapping]:
        """Return what serves a clause of a standard, in the order in which it names them."""
        entry = standard.entry.clauses[clause]
        return [
            Mapping(standard, clause, entry, self.item(f"practice:{name}"), service)
            for name, service in entry.served_by.items()
        ]

    def served_by(self, practice: str) -> dict[str, list[Mapping]]:
        """Return the clauses that a practice serves, by the id of their standard."""
        return self._served[practice]

    def coverage(self, standard: Item) -> Coverage:
        """Return which clauses of a standard are served in full, in part and by nothing."""
        coverage = Coverage({}, {}, {})
        for name, clause in standard.entry.clauses.items():
            relations = [service.relation for service in clause.served_by.values()]
            is_whole = any(relation.is_whole for relation in relations)
            part = coverage.full if is_whole else coverage.part if relations else coverage.none
            part[name] = clause
        return coverage

    def offered(self, practice: str) -> list[tuple[str, Any, str]]:
        """Return the answers that a practice offers: id, answer of the scale, and its text here."""
        return self._offered[practice]

    def reserved_answers(self, practice: str) -> list[str]:
        """Return the answers of RESERVED_ANSWERS that a practice offers besides the scale."""
        may_be_left_out = self.framework.practices[practice].may_be_not_applicable
        return [name for name in RESERVED_ANSWERS if name != NOT_APPLICABLE or may_be_left_out]

    @cached_property
    def _all(self) -> dict[str, list[Item]]:
        return {
            kind: [Item(kind, name, entry) for name, entry in getattr(self.framework, part).items()]
            for kind, part in COLLECTIONS.items()
        }

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.ref: item for items in self._all.values() for item in items}

    @cached_property
    def _offered(self) -> dict[str, list[tuple[str, Any, str]]]:
        scale = self.framework.scale
        return {
            practice: [
                (name, answer, entry.options.get(name) or answer.label)
                for name, answer in scale.items()
                if not entry.options or name in entry.options
            ]
            for practice, entry in self.framework.practices.items()
        }

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.framework.levels, start=1)}

    @cached_property
    def _by_level(self) -> dict[tuple[str, str], list[Item]]:
        items = defaultdict(list)
        for kind in ("practice", "decision", "worksheet", "matrix"):
            for item in self.all(kind):
                items[kind, item.entry.level].append(item)
        for item in self.all("role"):
            items["role", item.entry.joins].append(item)
        return items

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[Item]]:
        practices = defaultdict(list)
        for item in self.all("practice"):
            practices[item.entry.level, item.entry.dimension].append(item)
        return practices

    @cached_property
    def _owned(self) -> dict[str, list[Item]]:
        practices = defaultdict(list)
        for item in self.all("practice"):
            practices[item.entry.owner].append(item)
        return practices

    @cached_property
    def _involving(self) -> dict[str, list[Item]]:
        practices = defaultdict(list)
        for item in self.all("practice"):
            for role in dict.fromkeys(item.entry.involved):
                practices[role].append(item)
        return practices

    @cached_property
    def _helping(self) -> dict[tuple[str, str], list[Item]]:
        items = defaultdict(list)
        for kind in ("decision", "worksheet", "matrix"):
            for item in self.all(kind):
                for practice in dict.fromkeys(item.entry.practices):
                    items[kind, practice].append(item)
        return items

    @cached_property
    def _unlocks(self) -> dict[str, list[Item]]:
        dependents = defaultdict(list)
        for item in self.all("practice"):
            for name in item.entry.requires:
                dependents[name].append(item)
        return dependents

    @cached_property
    def _served(self) -> dict[str, dict[str, list[Mapping]]]:
        mappings: dict[str, dict[str, list[Mapping]]] = defaultdict(dict)
        for standard in self.all("standard"):
            for clause in standard.entry.clauses:
                for mapping in self.serving(standard, clause):
                    mappings[mapping.practice.id].setdefault(standard.id, []).append(mapping)
        return mappings

    @cached_property
    def _citing(self) -> dict[str, list[Item]]:
        items = defaultdict(list)
        for kind in ("practice", "role", "decision", "worksheet", "matrix", "standard", "term"):
            for item in self.all(kind):
                for name in item.entry.sources:
                    items[name].append(item)
        return items
