"""A three-way comparison: what upstream said, what it says now, and what a fork says instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ..definition.model import COLLECTIONS, Framework
from ..definition.overlay import KeyPath
from ..definition.problems import Position
from ..definition.prose import lines_of_words
from ..definition.restructure import first_written
from ..definition.source import Source
from .changes import Change, Event, What
from .word_diff import differing_sentences


class Stand(StrEnum):
    """How what a fork says stands to what upstream has changed."""

    #: It says something else.
    OWN = "own"
    #: It says what upstream said before.
    KEPT = "kept"
    #: It says by itself what upstream says now.
    SAME = "same"
    #: It has nothing there.
    GONE = "gone"
    #: It says nothing of its own: what upstream says now shows through.
    FOLLOWS = "follows"


@dataclass(frozen=True)
class Side:
    """The fork's side of one thing that upstream has changed.

    `yours` is a value like `before` and `after` of an event, None where the fork has nothing or
    nothing of its own there; `at` is where the overlay says it, None if it does not.
    """

    event: Event
    stand: Stand
    yours: Any = None
    at: Position | None = None


@dataclass(frozen=True)
class Reread:
    """An entry that a fork has changed or dropped, and upstream has changed since.

    `change` is what upstream did to it, `sides` the fork's side of each of its events.
    """

    change: Change
    sides: tuple[Side, ...]


def path_of(change: Change) -> KeyPath:
    """Return where the entry or part that has changed stands in a definition."""
    if change.kind == change.id:
        return (change.kind,)
    return COLLECTIONS.get(change.kind, "scale"), change.id


def is_own(change: Change, source: Source) -> bool:
    """Tell whether the overlay itself says what is different in an entry.

    Otherwise that follows from what it drops, moves or adds elsewhere, and so upstream's next
    release shows through.
    """
    path = path_of(change)
    if any(
        # Something in it, the entry itself, or all the collection that it was in.
        (gone[: len(path)] == path or path[: len(gone)] == gone) and place not in source.requests
        for gone, place in source.removed.items()
    ):
        return True
    return first_written(source.root.get(*path), source.overlay) is not None


def own_part(change: Change, source: Source) -> Change | None:
    """Return a change with what the overlay itself says of it; None if all of it only follows.

    A text or a list follows where it only counts or names what the overlay drops, moves or adds
    elsewhere.
    """
    events = tuple(event for event in change.events if _says(change, event, source))
    return replace(change, events=events) if events else None


def _says(change: Change, event: Event, source: Source) -> bool:
    """Tell whether the overlay says an event, or the event places or judges an entry anew."""
    if not event.field or event.what in (What.MOVED, What.RAISED, What.LOWERED):
        return True
    path = _path_in(change, event)
    written = first_written(source.root.get(*path), source.overlay)
    return (written or _removed_at(path, source)) is not None


def _path_in(change: Change, event: Event) -> KeyPath:
    """Return where the field of an event stands in a definition."""
    first, *rest = event.field.split(".")
    return (*path_of(change), first, *([event.id] if event.id else []), *rest)


def compare(
    theirs: list[Change], ours: list[Change], source: Source, framework: Framework
) -> tuple[list[Reread], list[Reread]]:
    """Return the entries to read again: those that an overlay changes, those that it drops.

    `theirs` is what upstream has changed since the version that the overlay was written for,
    `ours` is what the overlay in `source` makes of upstream's present definition, `framework` is
    what comes of it. Of entries that go along with a dropped one nothing is returned.
    """
    by_ref = {change.ref: change for change in ours}
    own = {change.ref for change in ours if is_own(change, source)}
    changed = [
        Reread(change, tuple(_side(change, e, by_ref[change.ref], source, framework)
                             for e in change.events))
        for change in theirs if change.ref in own
    ]  # fmt: skip
    dropped = [
        Reread(change, tuple(Side(event, Stand.GONE) for event in change.events))
        for change in _dropped(theirs, source)
        if change.ref not in own
    ]
    return changed, dropped


def _dropped(theirs: list[Change], source: Source) -> Iterator[Change]:
    """Yield what upstream has changed in the entries and parts that `drop` and `move` name."""
    named: dict[Position, KeyPath] = {}
    for path, place in source.removed.items():
        if ":" in source.requests.get(place, ""):
            named.setdefault(place, path)
    for change in theirs:
        path = path_of(change)
        if path in named.values():
            yield change
            continue
        parts = {inner[2:] for inner in named.values() if len(inner) > 2 and inner[:2] == path}
        events = tuple(e for e in change.events if (e.field.partition(".")[0], e.id) in parts)
        if events:
            yield replace(change, events=events)


def _side(change: Change, event: Event, own: Change, source: Source, fork: Framework) -> Side:
    """Return the fork's side of an event of `change`; `own` is what the overlay does to it."""
    if own.events[0].what is What.REMOVED and not own.events[0].field:
        return Side(event, Stand.GONE)
    if not event.field:
        return Side(event, Stand.FOLLOWS)
    path, first = _path_in(change, event), event.field.partition(".")[0]
    whole = {(e.field, e.id) for e in own.events if e.what is What.REMOVED}
    is_answer = change.kind == "practice" and first == "options"
    if (first, event.id) in whole or (is_answer and event.id not in fork.scale):
        return Side(event, Stand.GONE, at=_removed_at(path, source))
    at = first_written(source.root.get(*path), source.overlay) or _removed_at(path, source)
    if at is None:
        return Side(event, Stand.FOLLOWS)
    difference = next((e for e in own.events if (e.field, e.id) == (event.field, event.id)), None)
    if difference is None:
        return Side(event, Stand.SAME, event.after, at)
    if difference.after in (None, []):
        return Side(event, Stand.GONE, at=at)
    stand = Stand.KEPT if difference.after == event.before else Stand.OWN
    return Side(event, stand, difference.after, at)


def texts_of(side: Side) -> list[str]:
    """Return what upstream said in a text, what it says now, and what the fork says of its own.

    Long texts are cut down to the sentences that differ. Links come as their
    words, except where upstream changed only links.
    """
    yours = side.yours if side.stand is Stand.OWN else None
    texts = [str(text or "") for text in (side.event.before, side.event.after, yours)]
    plain = ["\n".join(lines_of_words(text)) for text in texts]
    return differing_sentences(*(plain if plain[0] != plain[1] else texts))


def _removed_at(path: KeyPath, source: Source) -> Position | None:
    """Return where the overlay removes what lies at a path, or what it lies in."""
    places = (source.removed.get(path[:end]) for end in range(len(path), 1, -1))
    return next((place for place in places if place is not None), None)
