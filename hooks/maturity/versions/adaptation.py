"""A fork's adaptation: what its overlay changes, and what upstream has changed beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from semver import Version

from ..definition.check import Definition
from ..definition.model import Framework
from ..definition.problems import FrameworkError, Problem, suggestion
from ..definition.source import Source, load_source
from ..definition.values import is_version
from . import snapshots
from .changes import Change, diff
from .three_way import Reread, compare, own_part


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
    #: Upstream as it was in that version; None where it has no such release.
    base: Framework | None = None
    #: What upstream has changed since in entries that the overlay changes, and drops or moves.
    changed_since: list[Reread] = field(default_factory=list)
    dropped_since: list[Reread] = field(default_factory=list)

    @property
    def differences(self) -> list[Change]:
        """What the overlay says of its own, without what only follows from that."""
        parts = (own_part(change, self.source) for change in self.changes)
        return [part for part in parts if part is not None]

    @property
    def is_unreleased(self) -> bool:
        """Whether what upstream has changed since is in no release, and nothing to act upon yet."""
        return self.based_on == self.upstream.framework.version


def load_adaptation(
    definition: Definition, file: Path, releases: Path, cache: Path | None = None
) -> Adaptation | None:
    """Compare a definition with upstream's in `file`; None where it has no overlay.

    `releases` is the folder with the snapshots of all frameworks, `cache` as in `snapshots.load`.
    Raises FrameworkError where upstream's file or one of its snapshots cannot be read, and where
    upstream never had the version that the overlay is based on.
    """
    if definition.source.overlay is None:
        return None
    upstream = load_source(file).framework
    based_on = definition.source.based_on
    changes = diff(upstream, definition.framework)
    released = snapshots.load(snapshots.folder_of(releases, upstream), cache)
    base = next((s.framework for s in released if str(s.number) == based_on), None)
    if base is None:
        _check_version(definition.source, upstream, [str(s.number) for s in released])
    theirs = diff(base, upstream) if base is not None else []
    source, framework = definition.source, definition.framework
    since = compare(theirs, changes, source, framework)
    return Adaptation(source, upstream, framework, based_on, changes, base, *since)


def _check_version(source: Source, upstream: Framework, released: list[str]) -> None:
    """Raise FrameworkError for an overlay that is based on no version of upstream.

    Where none is released, that is one which is still to come.
    """
    about = upstream.framework
    if not is_version(source.based_on):
        return  # whoever loaded it knows
    if not released and Version.parse(source.based_on) < Version.parse(about.version):
        return
    known = list(dict.fromkeys([*released, about.version]))
    if source.based_on in known or source.based_on_at is None:
        return
    message = f'"based_on": {about.id} has no version {source.based_on}'
    hint = suggestion(source.based_on, known, "versions")
    raise FrameworkError([Problem(source.based_on_at, message, hint)])
