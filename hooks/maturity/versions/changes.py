"""Diff two frameworks: what changed between them, and how much each change asks of people.

Entries are told apart by their ids and followed through `formerly`; nothing here reads a title.
What is compared follows from the model: every field of every entry, one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache
from math import inf
from typing import Any, get_args

from ..definition.ids import Ref
from ..definition.model import COLLECTIONS, Framework, LevelMeans, Practice
from ..definition.parts import Entry, Part
from ..definition.prose import replace_targets
from ..definition.standards import Clause, Service
from ..definition.text import Prose, Text
from ..definition.upkeep import KeptEntry
from ..framework.relations import Relations
from .word_diff import join_lines


class Weight(IntEnum):
    """Which part of a semantic version a change raises."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """`major`, as it stands in data files and in keys of the catalog."""
        return self.name.lower()


class What(StrEnum):
    """What happened to an entry, or to a part of it."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    RAISED = "raised"
    LOWERED = "lowered"
    REWORDED = "reworded"
    CHANGED = "changed"


@dataclass(frozen=True)
class Event:
    """One thing that happened to an entry.

    `field` is empty where it is about the entry as a whole, and dotted below a part that has an
    `id` of its own, such as `options.summary`. `before` and `after` are what stood there: text,
    a number, true or false, an id or a list of ids; None where nothing did. `names` is the kind of
    the entries that ids name.
    """

    what: What
    weight: Weight
    field: str = ""
    id: str = ""
    before: Any = None
    after: Any = None
    names: str = ""


@dataclass(frozen=True)
class Former:
    """An entry of the older framework that a newer one took the place of."""

    id: str
    title: str


@dataclass(frozen=True)
class Change:
    """All that happened to one entry, or to one of the parts that have no entries.

    `kind` is a kind of entry, or `answer` (of the scale), `scoring`, `terms` or `framework`. `id`
    and `title` are the newer ones; of what was removed, the last ones. Parts have no title.
    """

    kind: str
    id: str
    title: str
    events: tuple[Event, ...]
    was: tuple[Former, ...] = ()

    @property
    def weight(self) -> Weight:
        """The greatest weight of its events; every change that `diff` returns has at least one."""
        return max(event.weight for event in self.events)

    @property
    def ref(self) -> str:
        """`kind:id`, such as `practice:keep-recipes`."""
        return f"{self.kind}:{self.id}"


def diff(old: Framework, new: Framework) -> list[Change]:
    """Return what changed from `old` to `new`, in the order of the definition's sections.

    Empty where nothing did. An entry that `new` calls otherwise is found by its `formerly`.
    """
    return [change for change in _Comparison(old, new).changes() if change.events]


def mark_raised(changes: list[Change], raised: Collection[str]) -> list[Change]:
    """Return the changes, each with an event RAISED before its others if `raised` names it.

    `raised` are refs such as `practice:keep-recipes`: entries that ask for more now, as their
    author says, because no program can tell that from a wording. Refs that did not change are
    left out.
    """
    event = Event(What.RAISED, Weight.MAJOR)
    return [
        replace(change, events=(event, *change.events)) if change.ref in raised else change
        for change in changes
    ]


def heaviest(changes: list[Change]) -> Weight:
    """Return the weight of all changes together; NONE where there are none."""
    return max((change.weight for change in changes), default=Weight.NONE)


def title_of(entry: Any) -> str:
    """Return what an entry, an answer or another part is called: its title, term, label or text."""
    if isinstance(entry, Clause):
        return f"{entry.code} {entry.title}"
    names = (getattr(entry, name, None) for name in ("title", "term", "label", "text"))
    return str(next(filter(None, names)))


#: Parts of the definition that are no collection, and their fields that are no content.
_SINGLE = {"scoring": (), "terms": (), "framework": ("id", "version")}
#: Fields that say where an entry stands in its file, how its history went, who looks after it, by
#: what other words it is found, or how what its texts say is drawn.
_BOOKKEEPING = frozenset(KeptEntry.model_fields) | {"also", "icon", "figures", "diagram"}
#: Fields whose change is no more than a correction, though they are no text.
_CORRECTIONS = ("sources", "language")
#: Maps of texts whose items count one by one.
_ITEMIZED = ("criteria", "evidence")


class _Comparison:
    """The diff of two frameworks."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.old, self.new = old, new
        self.relations = Relations(old), Relations(new)
        #: Where a former id lives on, by kind: what refers to it has not changed.
        self.successors = {
            kind: dict(_successors(getattr(old, section), getattr(new, section)))
            for kind, section in COLLECTIONS.items()
        }

    def changes(self) -> Iterator[Change]:
        for kind, section in COLLECTIONS.items():
            yield from self.collection(kind, getattr(self.old, section), getattr(self.new, section))
        yield from self.collection("answer", self.old.scale, self.new.scale)
        for section, left_out in _SINGLE.items():
            before, after = getattr(self.old, section), getattr(self.new, section)
            events = [
                _judged(section, event)
                for event in self.events(before, after)
                if event.field not in left_out
            ]
            yield Change(section, section, "", tuple(events))

    def collection(
        self, kind: str, before: dict[str, Any], after: dict[str, Any]
    ) -> Iterator[Change]:
        """Yield a change for each entry of either side, with no events where nothing happened."""
        heirs = _heirs(before, after)
        sources = {name: _sources(name, entry, before) for name, entry in after.items()}
        places = _places(list(before), sources) if kind == "level" else {}
        for name, entry in after.items():
            events: list[Event] = []
            if (what := _identity(name, sources[name], heirs)) is not None:
                events.append(Event(what, Weight.MINOR))
            if name in places:
                events.append(Event(What.MOVED, Weight.MAJOR, "place", "", *places[name]))
            if sources[name]:
                first = sources[name][0]
                events += self.entry(kind, (first, name), before[first], entry)
            formers = [source for source in sources[name] if source != name]
            was = tuple(Former(former, title_of(before[former])) for former in formers)
            yield Change(kind, name, title_of(entry), tuple(events), was)
        for name in before:
            if name not in after and not heirs[name]:
                # What serves which rules asks nothing of anybody.
                weight = Weight.MINOR if kind == "standard" else Weight.MAJOR
                event = Event(What.REMOVED, weight)
                yield Change(kind, name, title_of(before[name]), (event,))

    def entry(self, kind: str, names: tuple[str, str], before: Any, after: Any) -> Iterator[Event]:
        """Yield what happened inside an entry."""
        for event in self.events(before, after):
            if kind != "practice":
                yield _judged(kind, event)
            elif event.field == "level":
                yield replace(event, what=What.MOVED, weight=self.move(event))
            elif event.field == "evidence.lasts":
                yield self.lifetime(event)
            elif event.field not in ("options", "not_applicable"):
                yield _judged(kind, event)
        if kind == "practice":
            yield from _applicability(before, after)
            yield from self.offered(*names)

    def lifetime(self, event: Event) -> Event:
        """Return the event of another lifetime of an artifact; without one it has that of all."""
        before, after = (
            own or framework.scoring.evidence_lasts
            for own, framework in ((event.before, self.old), (event.after, self.new))
        )
        if before == after:
            return replace(event, weight=Weight.PATCH)
        return _judged("practice", replace(event, before=before, after=after))

    def move(self, event: Event) -> Weight:
        """Return the weight of a move: an earlier level asks for more, as somebody's may fall."""
        numbers = list(self.new.levels)
        were = numbers if event.before in numbers else list(self.old.levels)
        is_earlier = numbers.index(event.after) < were.index(event.before)
        return Weight.MAJOR if is_earlier else Weight.MINOR

    def offered(self, former: str, name: str) -> Iterator[Event]:
        """Yield answers that a practice offers no more, or only now, or in other words."""
        before, after = (
            {answer: str(text) for answer, _, text in relations.offered(practice)}
            for relations, practice in zip(self.relations, (former, name), strict=True)
        )
        own = self.old.practices[former].options.keys() | self.new.practices[name].options.keys()
        for answer in _all_keys(before, after):
            was, is_now = before.get(answer), after.get(answer)
            if was == is_now or answer not in self.old.scale or answer not in self.new.scale:
                continue  # nothing happened, or it happened to the scale
            if was is None:
                yield Event(What.ADDED, Weight.MINOR, "options", answer, was, is_now)
            elif is_now is None:
                yield Event(What.REMOVED, Weight.MAJOR, "options", answer, was, is_now)
            elif answer in own:
                yield Event(What.REWORDED, Weight.PATCH, "options", answer, was, is_now)

    def events(self, before: Part, after: Part, prefix: str = "") -> Iterator[Event]:
        """Yield every difference between two parts of a type, judged by its nature alone."""
        for name, kind in _fields(type(after)).items():
            was, is_now = getattr(before, name), getattr(after, name)
            if name in _BOOKKEEPING or was == is_now:
                continue
            for event in self.field(f"{prefix}{name}", self.followed(was, kind), is_now):
                yield replace(event, names=kind) if kind else event

    def followed(self, value: Any, kind: str | None) -> Any:
        """Return an older value, with the ids of today where it names entries that were renamed."""
        if isinstance(value, Prose):
            return Prose(replace_targets(value, self.target))
        if isinstance(value, list):
            items = [self.followed(item, kind) for item in value]
            are_ids = kind and all(isinstance(item, str) for item in items)
            return list(dict.fromkeys(items)) if are_ids else items  # two may be one today
        successors = self.successors.get(kind or "", {})
        if isinstance(value, dict):
            return {
                successors.get(name, name): self.followed(item, None)
                for name, item in value.items()
            }
        return successors.get(value, value) if isinstance(value, str) else value

    def target(self, kind: str, name: str) -> str:
        """Return where a link in prose to `kind:name` leads today."""
        return f"{kind}:{self.successors[kind].get(name, name)}"

    def field(self, field: str, before: Any, after: Any) -> Iterator[Event]:
        """Yield what happened to one field; nothing where it is the same."""
        if before == after:
            return
        if isinstance(before, Part) and isinstance(after, Part):
            yield from self.events(before, after, f"{field}.")
        elif _holds_services(before) or _holds_services(after):
            sides = self.mapping(self.old, before), self.mapping(self.new, after)
            yield Event(What.REWORDED, Weight.PATCH, field, "", *sides)
        elif field in _ITEMIZED or _holds_parts(before) or _holds_parts(after):
            yield from self.items(field, before, after)
        else:
            yield _difference(field, "", before, after)

    def mapping(self, framework: Framework, served_by: dict[str, Service]) -> str | None:
        """Return which practices serve a clause, a line each; None where none does."""
        lines = []
        for name, service in served_by.items():
            practices = {**self.new.practices, **framework.practices}
            why = f": {service.why}" if service.why else ""
            lines.append(f"{practices[name].title} ({service.relation.value}){why}")
        return "\n".join(lines) or None

    def items(self, field: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Event]:
        """Yield what was added to a map, taken out of it, or changed in it."""
        for name in _all_keys(before, after):
            was, is_now = before.get(name), after.get(name)
            if was is None or is_now is None:
                what = What.ADDED if was is None else What.REMOVED
                yield Event(what, Weight.MINOR, field, name, _written(was), _written(is_now))
            elif isinstance(was, Part):
                for event in self.events(was, is_now, f"{field}."):
                    # What an artifact says is the artifact.
                    yield replace(event, id=name, field=event.field.removesuffix(".text"))
            elif was != is_now:
                yield _difference(field, name, was, is_now)


# Who comes from whom


def _formerly(entry: Any) -> list[str]:
    return entry.formerly if isinstance(entry, Entry) else []


def _sources(name: str, entry: Any, before: dict[str, Any]) -> list[str]:
    """The older entries that an entry comes from, its own id first."""
    own = [name] if name in before else []
    return own + [former for former in _formerly(entry) if former in before]


def _heirs(before: dict[str, Any], after: dict[str, Any]) -> Counter[str]:
    """How many entries took the place of each that is gone."""
    formers = (former for entry in after.values() for former in _formerly(entry))
    return Counter(former for former in formers if former in before and former not in after)


def _successors(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str]]:
    heirs = _heirs(before, after)
    for name, entry in after.items():
        for former in _formerly(entry):
            if heirs[former] == 1:
                yield former, name


def _identity(name: str, sources: list[str], heirs: Counter[str]) -> What | None:
    """What became of an entry as a whole, given the entries that it comes from."""
    if not sources:
        return What.ADDED
    if len(sources) > 1:
        return What.MERGED
    if sources[0] == name:
        return None
    return What.RENAMED if heirs[sources[0]] == 1 else What.SPLIT


def _places(before: list[str], sources: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Entries that changed places with others, with both places; newcomers move nobody."""
    stayed = {name: formers[0] for name, formers in sources.items() if formers}
    were = [name for name in before if name in stayed.values()]
    if len(were) != len(stayed):  # one was split: its parts have no place to compare
        return {}
    places = ((name, (were.index(old) + 1, n)) for n, (name, old) in enumerate(stayed.items(), 1))
    return {name: place for name, place in places if place[0] != place[1]}


# What changes ask


def _judged(kind: str, event: Event) -> Event:
    """The event with its meaning: by a rule of its own, or else as its nature says."""
    rule = _RULES.get((kind, event.field))
    return rule(event) if rule else event


def _raises_when(rises: Callable[[Any, Any], bool]) -> Callable[[Event], Event]:
    """A rule for a field that asks for more in one direction, and for less in the other."""

    def judge(event: Event) -> Event:
        if rises(event.before, event.after):
            return replace(event, what=What.RAISED, weight=Weight.MAJOR)
        return replace(event, what=What.LOWERED, weight=Weight.MINOR)

    return judge


def _moved(weight: Weight) -> Callable[[Event], Event]:
    return lambda event: replace(event, what=What.MOVED, weight=weight)


def _days(lifetime: str | None) -> float:
    """Return about how many days a lifetime has, to compare it with others."""
    if lifetime is None:
        return inf
    number, unit = lifetime.split()
    return int(number) * (1 if unit.startswith("day") else 365.25 / 12)


_shorter = _raises_when(lambda before, after: _days(after) < _days(before))
_up = _raises_when(lambda before, after: after > before)
_down = _raises_when(lambda before, after: after < before)
#: Fields that ask for more or less, or that place an entry; by kind and field. The page
#: `/changes/` says the same in words (`changes.meaning` in the catalog). Set as MAJOR elsewhere: a
#: removed entry and levels that change places (`collection`), a removed answer (`offered`), a
#: practice moved to an earlier level (`move`), "not applicable" that is no answer any more
#: (`_applicability`), and what --raises names (`mark_raised`).
_RULES: dict[tuple[str, str], Callable[[Event], Event]] = {
    ("practice", "essential"): _up,
    # The dimension that it moves to asks for more.
    ("practice", "dimension"): _moved(Weight.MAJOR),
    ("answer", "value"): _down,
    ("answer", "needs_criteria"): _up,
    ("answer", "needs_evidence"): _up,
    ("practice", "evidence.lasts"): _shorter,
    ("scoring", "evidence_lasts"): _shorter,
    ("scoring", "threshold"): _up,
    ("scoring", "passing"): _up,
    ("scoring", "level_means"): _raises_when(lambda _, after: after == LevelMeans.ACHIEVED.value),
    ("role", "joins"): _moved(Weight.MINOR),
    ("decision", "level"): _moved(Weight.MINOR),
    ("decision", "dimension"): _moved(Weight.MINOR),
    ("worksheet", "level"): _moved(Weight.MINOR),
    ("matrix", "level"): _moved(Weight.MINOR),
}


def _applicability(before: Practice, after: Practice) -> Iterator[Event]:
    """Yield the event where "not applicable" became an answer or stopped being one.

    None where the practice became essential or stopped being so, which implies it.
    """
    was, is_now = before.may_be_not_applicable, after.may_be_not_applicable
    if was != is_now and before.essential == after.essential:
        event = Event(What.CHANGED, Weight.MINOR, "not_applicable", "", was, is_now)
        yield _down(event)


# Values


def _difference(field: str, name: str, before: Any, after: Any) -> Event:
    """A text was reworded; anything else was changed."""
    is_text = _is_text(before) and _is_text(after)
    what = What.REWORDED if is_text else What.CHANGED
    weight = Weight.PATCH if is_text or field in _CORRECTIONS else Weight.MINOR
    return Event(what, weight, field, name, _written(before), _written(after))


def _is_text(value: Any) -> bool:
    """Whether a value is words, or nothing at all where words could stand."""
    if isinstance(value, list):
        return all(isinstance(item, Text | dict) for item in value)
    if isinstance(value, dict):
        return all(isinstance(item, Text) for item in value.values())
    return value is None or isinstance(value, Text)


def _written(value: Any) -> Any:
    """A value as data: texts of a list or map stand on a line each, ids in a list of their own.

    So do the paragraphs of a text.
    """
    if isinstance(value, Part):
        return title_of(value)
    if isinstance(value, dict):
        return "\n".join(map(str, value.values())) or None
    if isinstance(value, list):
        if not _is_text(value):
            return [str(item) for item in value]
        rows = (" | ".join(item.values()) if isinstance(item, dict) else item for item in value)
        return "\n".join(rows) or None
    if isinstance(value, StrEnum):
        return value.value
    return join_lines(str(value)) if isinstance(value, str) else value


def _holds_parts(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(item, Part) for item in value.values())


def _holds_services(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(item, Service) for item in value.values())


def _all_keys(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return list({**before, **after})


@cache
def _fields(part: type[Part]) -> dict[str, str | None]:
    """The fields of a part, each with the kind of the entries that it names, if any."""
    return {
        name: next(_referred([info.annotation, *info.metadata]), None)
        for name, info in part.model_fields.items()
    }


def _referred(annotations: Collection[Any]) -> Iterator[str]:
    for annotation in annotations:
        if isinstance(annotation, Ref):
            yield annotation.kind
        yield from _referred(get_args(annotation))
