"""A fork's adaptation: what its overlay changes, and what upstream has changed beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..definition.check import Definition
from ..definition.messages import KIND_OF
from ..definition.model import COLLECTIONS, Framework
from ..definition.overlay import KeyPath
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.restructure import is_written_in
from ..definition.source import Source, load_source
from . import snapshots
from .changes import Change, What, diff


@dataclass(frozen=True)
class Adaptation:
    """A framework that was made from another one by an overlay."""

    source: Source
    upstream: Framework
    framework: Framework
    #: The version of upstream that the overlay was written for.
    based_on: str
    #: What the overlay changes.
    changes: list[Change]
    #: What upstream has changed since in the same entries; None where it has no such release.
    touched: list[Change] | None


def load_adaptation(
    definition: Definition, file: Path, releases: Path, cache: Path | None = None
) -> Adaptation | None:
    """Compare a definition with upstream's in `file`; None where it has no overlay.

    `releases` is the folder with the snapshots of all frameworks, `cache` as in `snapshots.load`.
    Raises FrameworkError where upstream's file or one of its snapshots cannot be read, and where
    upstream has releases, but none of the version that the overlay is based on.
    """
    if definition.source.overlay is None:
        return None
    upstream = load_source(file).framework
    based_on = definition.source.based_on
    changes = diff(upstream, definition.framework)
    released = snapshots.load(snapshots.folder_of(releases, upstream), cache)
    base = next((s.framework for s in released if str(s.number) == based_on), None)
    touched = None
    if base is None and released:
        _check_version(definition.source, upstream, [str(s.number) for s in released])
    if base is not None:
        own = {change.ref for change in changes if _is_own(change, definition.source)}
        touched = [change for change in diff(base, upstream) if change.ref in own]
    return Adaptation(definition.source, upstream, definition.framework, based_on, changes, touched)


def _check_version(source: Source, upstream: Framework, released: list[str]) -> None:
    """Raise FrameworkError for an overlay that is based on no version of upstream."""
    about = upstream.framework
    known = list(dict.fromkeys([*released, about.version]))
    if source.based_on in known or source.based_on_at is None:
        return
    message = f'"based_on": {about.id} has no version {source.based_on}'
    hint = suggestion(source.based_on, known, "versions")
    raise FrameworkError([Problem(source.based_on_at, message, hint)])


def _path(change: Change) -> KeyPath:
    if change.kind == change.id:
        return (change.kind,)
    return COLLECTIONS.get(change.kind, "scale"), change.id


def _is_own(change: Change, source: Source) -> bool:
    """Tell whether the overlay itself says what is different in an entry.

    Otherwise that follows from what it drops, moves or adds elsewhere, and so upstream's next
    release shows through.
    """
    path = _path(change)
    if any(
        gone[: len(path)] == path and place not in source.requests
        for gone, place in source.removed.items()
    ):
        return True
    node = source.root.get(*path)
    return node is not None and source.overlay is not None and is_written_in(node, source.overlay)


def report_lines(adaptation: Adaptation) -> Iterator[str]:
    """Yield what `maturity check` prints of an overlay: a line for each entry that it changes.

    Then what upstream has changed in the same entries, and what is still to be done.
    """
    about, based_on = adaptation.upstream.framework, adaptation.based_on
    yield f"overlay.yaml, based on {about.id} {based_on} (here is {about.version}):"
    source = adaptation.source
    own = [change for change in adaptation.changes if _is_own(change, source)]
    for change in own:
        first = change.events[0].what
        word = first.value if first in (What.ADDED, What.REMOVED) else "changed"
        yield f"  {word} {_line(change)}"
    yield from (_request_line(source, place) for place in source.requests)
    gone = {path for path, place in source.removed.items() if place in source.requests}
    rest = [c for c in adaptation.changes if c not in own and _path(c) not in gone]
    if rest:
        yield f"  {_counted('entry', len(rest))} named or counted any of these, and follow"
    if adaptation.touched is None:
        yield f"  no snapshot of {about.id} {based_on}: upstream's changes cannot be told"
    elif adaptation.touched:
        yield f"  upstream has changed these too since {based_on}; read them again:"
        yield from (f"    {_line(change)}" for change in adaptation.touched)
    if adaptation.framework.framework.id == about.id:
        yield "  give it an id of its own (framework: id:), so that its releases are its own"


def _request_line(source: Source, place: Position) -> str:
    """Return the line for what the overlay drops or moves at a place, with what went along."""
    said = source.requests[place]
    paths = [path for path, at in source.removed.items() if at == place and len(path) == 2]
    sections = Counter(path[0] for path in (paths[1:] if ":" in said else paths))
    more = ", ".join(_counted(KIND_OF[section], count) for section, count in sections.items())
    return f"  {'moved' if ' to ' in said else 'dropped'} {said}{f' with {more}' if more else ''}"


def _counted(kind: str, count: int) -> str:
    if count == 1:
        return f"1 {kind}"
    plural = {"matrix": "matrices", "entry": "entries"}.get(kind, f"{kind}s")
    return f"{count} {plural}"


def _line(change: Change) -> str:
    fields = dict.fromkeys(event.field for event in change.events if event.field)
    name = change.kind if change.kind == change.id else f"{change.kind} {change.id}"
    return f"{name}: {', '.join(fields)}" if fields else name
