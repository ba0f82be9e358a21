"""The report on a fork's overlay, as `maturity check` prints it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from ..definition.messages import KIND_OF
from ..definition.problems import Position
from ..definition.source import Source
from ..framework.overview import counted
from .adaptation import Adaptation
from .changes import Change, Event, What
from .three_way import Reread, Side, Stand, is_own, path_of, texts_of
from .word_diff import mark_words

#: How wide the texts of upstream and of a fork are printed.
_WIDTH = 100
_STANDS = {
    Stand.KEPT: "what it was",
    Stand.SAME: "what it is now",
    Stand.GONE: "left out",
}


def report_lines(adaptation: Adaptation) -> Iterator[str]:
    """Yield what `maturity check` prints of an overlay: a line for each entry that it changes.

    Then what upstream has changed in the same entries, and what is still to be done.
    """
    about, based_on = adaptation.upstream.framework, adaptation.based_on
    yield f"overlay.yaml, based on {about.id} {based_on} (here is {about.version}):"
    source = adaptation.source
    own = [change for change in adaptation.changes if is_own(change, source)]
    for change in own:
        first = change.events[0]
        is_whole = not first.field and first.what in (What.ADDED, What.REMOVED)
        word = first.what.value if is_whole else "changed"
        yield f"  {word} {_line(change)}"
    yield from (_request_line(source, place) for place in source.requests)
    gone = {path for path, place in source.removed.items() if place in source.requests}
    rest = [c for c in adaptation.changes if c not in own and path_of(c) not in gone]
    if rest:
        verb = "follows" if len(rest) == 1 else "follow"
        yield f"  {counted('entry', len(rest))} named or counted any of these, and {verb}"
    yield from _since_lines(adaptation)
    if adaptation.framework.framework.id == about.id:
        yield "  give it an id of its own (framework: id:), so that its releases are its own"


def _since_lines(adaptation: Adaptation) -> Iterator[str]:
    """Yield what upstream has changed since the version that the overlay is based on."""
    based_on = adaptation.based_on
    changed, dropped = adaptation.changed_since, adaptation.dropped_since
    if adaptation.base is None:
        name = adaptation.upstream.framework.id
        yield f"  no snapshot of {name} {based_on}: upstream's changes cannot be told"
    elif adaptation.is_unreleased and (changed or dropped):
        yield f"  upstream has changed these too since {based_on}, but not released that yet:"
        yield from (f"    {_since_line(reread.change)}" for reread in [*changed, *dropped])
    elif changed or dropped:
        if changed:
            yield f"  upstream has changed these too since {based_on}; read them again:"
        for reread in changed:
            yield from _reread_lines(reread)
        if dropped:
            yield f"  of what you drop or move, upstream has changed since {based_on}:"
        yield from (f"    {_since_line(reread.change)}" for reread in dropped)
        yield f'  when you have read them: based_on: "{adaptation.upstream.framework.version}"'


def _reread_lines(reread: Reread) -> Iterator[str]:
    """Yield the old, upstream's and the fork's side of each field where the overlay says its own.

    What follows upstream is only named: it needs no decision.
    """
    yield f"    {_since_line(reread.change)}"
    for side in reread.sides:
        if side.event.field and side.stand is not Stand.FOLLOWS:
            at = f" ({side.at.file.name}:{side.at.line})" if side.at else ""
            yield f"      {_name(side.event)}{at}"
            for label, text in zip(("was", "now", "yours"), _texts(side), strict=True):
                yield from textwrap.wrap(
                    f"{label:<5}  {text}",
                    _WIDTH,
                    initial_indent=" " * 8,
                    subsequent_indent=" " * 15,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
    events = [s.event for s in reread.sides if s.event.field and s.stand is Stand.FOLLOWS]
    if events:
        names = ", ".join(dict.fromkeys(map(_name, events)))
        yield f"      yours follows upstream in {names}"


def _texts(side: Side) -> tuple[str, str, str]:
    """Return the three sides as text, with marks around what upstream took out and put in."""
    event = side.event
    values = (event.before, event.after, side.yours if side.stand is Stand.OWN else None)
    if any(isinstance(value, list) for value in values):
        was, now, own = ([str(item) for item in value or []] for value in values)
        old, new = _marked(was, now, "[-", "-]"), _marked(now, was, "{+", "+}")
        yours = ", ".join(own)
    elif isinstance(event.after or event.before, str) and not event.names:
        old, new, yours = texts_of(side)
        old, new = mark_words(old, new)
    else:
        old, new, yours = map(_plain, values)
    return old or "nothing", new or "nothing", _STANDS.get(side.stand, yours)


def _marked(own: list[str], other: list[str], start: str, end: str) -> str:
    return ", ".join(item if item in other else f"{start}{item}{end}" for item in own)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return "nothing" if value is None else str(value)


def _name(event: Event) -> str:
    """Return a field as its path in the entry: `criteria.written`, `options.central.summary`."""
    first, *rest = event.field.split(".")
    return ".".join([first, *([event.id] if event.id else []), *rest])


def _request_line(source: Source, place: Position) -> str:
    """Return the line for what the overlay drops or moves at a place, with what went along."""
    request = source.requests[place]
    paths = [path for path, at in source.removed.items() if at == place and len(path) == 2]
    sections = Counter(path[0] for path in (paths[1:] if ":" in request else paths))
    more = ", ".join(counted(KIND_OF[section], count) for section, count in sections.items())
    verb = "moved" if " to " in request else "dropped"
    return f"  {verb} {request}{f' with {more}' if more else ''}"


def _line(change: Change) -> str:
    """Return an entry with the names of the fields in which it has changed."""
    return _named(change, [event.field for event in change.events if event.field])


def _since_line(change: Change) -> str:
    """Return an entry with what upstream did to it as a whole, and to which of its fields."""
    was = " and ".join(former.id for former in change.was)
    whole = {
        What.ADDED: "upstream has it now too",
        What.REMOVED: "upstream has it no longer",
        What.RENAMED: f"upstream called it {was} before",
        What.MERGED: f"it takes the place of {was}",
        What.SPLIT: f"it is one of several in place of {was}",
    }
    return _named(change, [e.field or whole.get(e.what, e.what.value) for e in change.events])


def _named(change: Change, happened: list[str]) -> str:
    name = change.kind if change.kind == change.id else f"{change.kind} {change.id}"
    return f"{name}: {', '.join(dict.fromkeys(happened))}" if happened else name
