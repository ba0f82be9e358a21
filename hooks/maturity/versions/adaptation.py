"""A fork's adaptation: what its overlay changes, and what upstream has changed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..definition.check import Definition
from ..definition.model import Framework
from ..definition.source import load_source
from . import snapshots
from .changes import Change, What, diff


@dataclass(frozen=True)
class Adaptation:
    """A framework that was made from another one by an overlay."""

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
    Raises FrameworkError where upstream's file or one of its snapshots cannot be read.
    """
    if definition.source.overlay is None:
        return None
    upstream = load_source(file).framework
    based_on = definition.source.based_on
    changes = diff(upstream, definition.framework)
    released = snapshots.load(snapshots.folder_of(releases, upstream), cache)
    base = next((s.framework for s in released if str(s.number) == based_on), None)
    touched = None
    if base is not None:
        own = {change.ref for change in changes}
        touched = [change for change in diff(base, upstream) if change.ref in own]
    return Adaptation(upstream, definition.framework, based_on, changes, touched)


def report_lines(adaptation: Adaptation) -> Iterator[str]:
    """Yield what `maturity check` prints of an overlay: a line for each entry that it changes.

    Then what upstream has changed in the same entries, and what is still to be done.
    """
    about, based_on = adaptation.upstream.framework, adaptation.based_on
    yield f"overlay.yaml, based on {about.id} {based_on} (here is {about.version}):"
    for change in adaptation.changes:
        first = change.events[0].what
        word = first.value if first in (What.ADDED, What.REMOVED) else "changed"
        yield f"  {word} {_line(change)}"
    if adaptation.touched is None:
        yield f"  no snapshot of {about.id} {based_on}: upstream's changes cannot be told"
    elif adaptation.touched:
        yield f"  upstream has changed these too since {based_on}; read them again:"
        yield from (f"    {_line(change)}" for change in adaptation.touched)
    if adaptation.framework.framework.id == about.id:
        yield "  give it an id of its own (framework: id:), so that its releases are its own"


def _line(change: Change) -> str:
    fields = dict.fromkeys(event.field for event in change.events if event.field)
    name = change.kind if change.kind == change.id else f"{change.kind} {change.id}"
    return f"{name}: {', '.join(fields)}" if fields else name
