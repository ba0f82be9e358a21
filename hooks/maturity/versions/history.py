"""The history of a definition: what each release changed, and what changed since each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from semver import Version

from ..definition.model import COLLECTIONS, Framework
from ..definition.parts import Entry
from .changes import Change, Weight, What, diff, heaviest, mark_raised
from .snapshots import Snapshot


@dataclass(frozen=True)
class Step:
    """What one release changed since the one before.

    `version` is empty for what is not released yet, `since` is None for the first release.
    """

    version: str
    date: str
    since: str | None
    changes: list[Change]
    framework: Framework

    @property
    def weight(self) -> Weight:
        """Which part of the version the changes raise; NONE where nothing changed."""
        return heaviest(self.changes)


@dataclass(frozen=True)
class History:
    """The way to the present definition: its releases, newest first, and the ways from each."""

    present: Framework
    steps: list[Step] = field(default_factory=list)
    #: What changed from each earlier release to the present, by version, newest first.
    upgrades: dict[str, list[Change]] = field(default_factory=dict)
    snapshots: list[Snapshot] = field(default_factory=list)

    @property
    def earlier(self) -> dict[str, Framework]:
        """The frameworks of the earlier releases, by version, newest first."""
        return {version: self.versions[version] for version in self.upgrades}

    @cached_property
    def versions(self) -> dict[str, Framework]:
        """The framework as it was released, by version, oldest first."""
        return {str(snapshot.number): snapshot.framework for snapshot in self.snapshots}

    def between(self, old: str, new: str | None = None) -> list[Change]:
        """Return what changed from one release to another, or to the present if `new` is None.

        With what releases on the way declared to ask for more. Raises KeyError for a version that
        is not among `versions`.
        """
        by_version = {str(snapshot.number): snapshot for snapshot in self.snapshots}
        base, last = by_version[old], by_version[new] if new else None
        framework = last.framework if last else self.present
        raised = raised_since(base, self.snapshots, framework, last.number if last else None)
        return mark_raised(diff(base.framework, framework), raised)

    @cached_property
    def touched(self) -> dict[str, tuple[str, str]]:
        """By ref, `added` or `changed` and the version of the last release that did that.

        The first release is left out: everything was new then.
        """
        touched: dict[str, tuple[str, str]] = {}
        for step in self.steps:
            for change in step.changes if step.version else ():
                what = "added" if change.events[0].what is What.ADDED else "changed"
                touched.setdefault(change.ref, (what, step.version))
        return touched


def with_former_ids(framework: Framework, snapshots: list[Snapshot]) -> Framework:
    """Return `framework`, its entries with the former ids too that earlier releases gave them.

    So an address or a saved answer finds its way through any number of renamings, even where the
    definition names only the last one.
    """
    sections: dict[str, Any] = {}
    for section in COLLECTIONS.values():
        entries: dict[str, Entry] = getattr(framework, section)
        for snapshot in reversed(snapshots):
            older: dict[str, Entry] = getattr(snapshot.framework, section)
            entries = {
                name: _descended(name, entry, older, entries) for name, entry in entries.items()
            }
        sections[section] = entries
    return framework.model_copy(update=sections)


def _descended(name: str, entry: Entry, older: dict[str, Entry], alive: dict[str, Entry]) -> Entry:
    own = [name, *entry.formerly]
    inherited = [former for id_ in own if id_ in older for former in older[id_].formerly]
    missing = dict.fromkeys(f for f in inherited if f not in own and f not in alive)
    return entry.model_copy(update={"formerly": [*entry.formerly, *missing]}) if missing else entry


def build_history(present: Framework, snapshots: list[Snapshot]) -> History:
    """Compare release with release up to `present`, and each release with it.

    `snapshots` are in the order of their versions; `present` knows its former ids, as
    `with_former_ids` adds them. A release is compared with the last full one before it: a
    pre-release is no ground to stand on. Releases above the present version are left out.
    """
    number = Version.parse(present.framework.version)
    known = [snapshot for snapshot in snapshots if snapshot.number <= number]
    steps = [_step(snapshot, known) for snapshot in reversed(known)]
    last = steps[0] if known and _is_as_released(present, known[-1]) else None
    if known and last is None and (unreleased := diff(known[-1].framework, present)):
        since = known[-1].framework.framework.version
        steps.insert(0, Step("", "", since, unreleased, present))
    upgrades = {
        str(snapshot.number): _upgrade(snapshot, known, present, last)
        for snapshot in reversed(known)
        if snapshot.number != number
    }
    return History(present, steps, upgrades, known)


def _step(snapshot: Snapshot, known: list[Snapshot]) -> Step:
    base = last_full_release(known, snapshot.number)
    changes = diff(base.framework, snapshot.framework) if base else []
    return Step(
        str(snapshot.number),
        snapshot.date,
        str(base.number) if base else None,
        mark_raised(changes, raised_since(base, known, snapshot.framework, snapshot.number)),
        snapshot.framework,
    )


def _is_as_released(present: Framework, snapshot: Snapshot) -> bool:
    released = snapshot.framework.model_copy(update={"release": present.release})
    # The order of what maps hold, that of the levels say, is seen only where they are written out.
    return released == present and released.model_dump_json() == present.model_dump_json()


def _upgrade(
    snapshot: Snapshot, known: list[Snapshot], present: Framework, last: Step | None
) -> list[Change]:
    """Return what changed from a release to the present; `last` has led there, if any release."""
    if last is not None and last.since == str(snapshot.number):
        return last.changes
    return mark_raised(diff(snapshot.framework, present), raised_since(snapshot, known, present))


def raised_since(
    base: Snapshot | None,
    snapshots: list[Snapshot],
    framework: Framework,
    until: Version | None = None,
) -> set[str]:
    """Return the refs of entries that releases after `base` declared to ask for more.

    Those of all releases if `base` is None. Pre-releases count too. `until` is the last release
    that counts, None for no limit. An entry has the id that it has in `framework`, whatever it was
    when that was declared; one that was split or merged stands for all that came of it, and removed
    ones are left out.
    """
    first = base.number if base else None
    counted = [
        snapshot
        for snapshot in snapshots
        if (first is None or snapshot.number > first)
        and (until is None or snapshot.number <= until)
    ]
    refs = {ref for snapshot in counted for ref in snapshot.raises}
    return {heir for ref in refs for heir in _heirs(ref, framework)}


def _heirs(ref: str, framework: Framework) -> Iterator[str]:
    kind, _, name = ref.partition(":")
    section = COLLECTIONS.get(kind)
    if section is None:  # answers and other parts are not renamed
        yield ref
        return
    entries: dict[str, Entry] = getattr(framework, section)
    for other, entry in entries.items():
        if name == other or name in entry.formerly:
            yield f"{kind}:{other}"


def last_full_release(snapshots: list[Snapshot], below: Version) -> Snapshot | None:
    """Return the last release below a version, pre-releases left out; None if there is no such one.

    `snapshots` are in the order of their versions.
    """
    full = [s for s in snapshots if s.number < below and not s.number.prerelease]
    return full[-1] if full else None
