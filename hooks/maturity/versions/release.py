"""Make a release: check its version against what changed, and write its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from semver import Version

from ..definition.atomic import replacing
from ..definition.check import Definition
from ..definition.messages import quotable
from ..definition.model import About, Framework, Release
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.values import is_version
from . import snapshots
from .changes import Change, Weight, diff, heaviest, mark_raised
from .history import last_full_release, raised_since, with_former_ids
from .snapshots import ENDING, Snapshot

_NOT_WRITTEN = "nothing was changed: make room or mend its rights, then run the command again"
#: How many entries a refusal names.
_NAMED = 12


@dataclass(frozen=True)
class Plan:
    """A release that can be made: the framework as it will be released, and what is written.

    `version_at` is where its version stands, `snapshot` the file that makes it a release.
    """

    framework: Framework
    version_at: Position
    snapshot: Path


def plan(
    definition: Definition,
    releases: Path,
    version: str,
    date: str,
    raises: Collection[str] = (),
) -> Plan:
    """Plan the release of a definition; write nothing.

    `releases` holds the snapshots of all frameworks. Raises what `draft` raises, and FrameworkError
    for an earlier snapshot that cannot be read.
    """
    folder = snapshots.folder_of(releases, definition.framework)
    framework = draft(definition, snapshots.load(folder), version, date, raises)
    where = definition.source.position("framework", "version")
    return Plan(framework, where, folder / f"{framework.framework.version}{ENDING}")


def lowest_version(base: Version, weight: Weight) -> Version:
    """Return the lowest version after `base` for changes of a weight.

    Before 1.0.0 nothing is promised yet, so there a major change raises the second number.
    """
    if weight is Weight.MAJOR and base.major:
        return base.bump_major()
    return base.bump_minor() if weight >= Weight.MINOR else base.bump_patch()


def draft(
    definition: Definition,
    released: list[Snapshot],
    version: str,
    date: str,
    raises: Collection[str] = (),
) -> Framework:
    """Return the framework as it would be released under a version, with its note of the release.

    `released` are its snapshots, oldest first; `date` is today's, as 2026-11-25; `raises` are ids
    or refs of entries whose new wording asks for more. Raises FrameworkError where the version is
    none, is taken, or is too low for what changed; where `raises` names what has not changed; and
    where a fork has not its own id and version.
    """
    where = definition.source.position("framework", "version")
    present = with_former_ids(definition.framework, released)
    number = _number(version, where)
    base = last_full_release(released, number)
    changes = diff(base.framework, present) if base else []
    refs = [_declared(name, changes, where, base) for name in raises]
    raised = {*refs, *raised_since(base, released, present)}
    problems = [
        *_fork(definition),
        *_too_low(number, released, base, mark_raised(changes, raised), where),
    ]
    if problems:
        raise FrameworkError(problems)
    about = present.framework.model_copy(update={"version": version})
    note = Release(date=date, raises=sorted(set(refs)))
    return present.model_copy(update={"framework": about, "release": note})


def write(planned: Plan) -> None:
    """Set the version where it stands, then write the snapshot.

    On a full or read-only disk nothing changes. Killed between the two, the same command completes
    it: only the snapshot makes a release. Raises FrameworkError where a file cannot be written.
    """
    position, file = planned.version_at, planned.snapshot
    with replacing(position.file, file, hint=_NOT_WRITTEN) as (definition_draft, snapshot_draft):
        text = _with_version(position, planned.framework.framework.version)
        definition_draft.write_bytes(text.encode())
        snapshot_draft.write_bytes(snapshots.render(planned.framework).encode())


# Numbers


def _number(version: str, where: Position) -> Version:
    if not is_version(version):
        hint = "a version is three numbers, such as 1.2.0, or a pre-release, such as 1.2.0-rc.1"
        raise FrameworkError([Problem(where, f'"{quotable(version)}" is no version', hint)])
    return Version.parse(version)


def _too_low(
    number: Version,
    released: list[Snapshot],
    base: Snapshot | None,
    changes: list[Change],
    where: Position,
) -> Iterator[Problem]:
    """Why a number cannot be the next one."""
    taken = [snapshot for snapshot in released if snapshot.number >= number]
    if any(snapshot.number == number for snapshot in taken):
        following = released[-1].number.bump_patch()
        hint = f"a release is never changed; the next one is at least {following}"
        yield Problem(where, f"{number} is released already", hint)
    elif taken:
        message = f"{number} comes before {taken[-1].number}, which is released already"
        yield Problem(where, message, "choose a higher number")
    elif base is not None:
        weight = heaviest(changes)
        lowest = lowest_version(base.number, weight)
        if number.finalize_version() < lowest:
            heavy = [change for change in changes if change.weight is weight]
            message = f"{number} is too low: what changed since {base.number} asks for {lowest}"
            reasons = [*_reasons(heavy, weight), *_before_1(base.number, weight)]
            yield Problem(where, message, "\n".join(reasons))


def _reasons(changes: list[Change], weight: Weight) -> Iterator[str]:
    for change in changes[:_NAMED]:
        events = [event for event in change.events if event.weight is weight]
        reasons = dict.fromkeys(f"{e.what.value} {e.field}".strip() for e in events)
        yield f"{weight.word}: {change.kind} {change.id}: {', '.join(reasons)}"
    if len(changes) > _NAMED:
        yield f"and {len(changes) - _NAMED} more; `maturity changes` lists them"


def _before_1(base: Version, weight: Weight) -> Iterator[str]:
    """Say why a major change asks for the second number only."""
    if weight is Weight.MAJOR and not base.major:
        yield "before 1.0.0 nothing is promised yet, so what is major raises the second number"


def _declared(name: str, changes: list[Change], where: Position, base: Snapshot | None) -> str:
    """The ref of the changed entry that `name` means."""
    changed = [change for change in changes if name in (change.id, change.ref)]
    if len(changed) == 1:
        return changed[0].ref
    if changed:
        hint = f"say which: {', '.join(change.ref for change in changed)}"
        raise FrameworkError([Problem(where, f"--raises {name} names several entries", hint)])
    since = base.number if base else "the first release"
    refs = [change.ref for change in changes]
    hint = suggestion(name, refs, "changed") if refs else "nothing has changed"
    raise FrameworkError(
        [Problem(where, f"--raises {name}: it has not changed since {since}", hint)]
    )


def _fork(definition: Definition) -> Iterator[Problem]:
    """A fork releases under its own id and version, so that upstream's releases stay apart."""
    overlay = definition.source.overlay
    if overlay is None:
        return
    for name in ("id", "version"):
        position = definition.source.position("framework", name)
        if position.file != overlay:
            about: About = definition.framework.framework
            message = f"the {name} {getattr(about, name)} is upstream's"
            hint = f"give your own in {overlay.name}, under framework: {name}:"
            yield Problem(position, message, hint)


# Files


def _with_version(where: Position, version: str) -> str:
    """The text of the file that the version stands in, with another version at its place."""
    text = where.file.read_bytes().decode("utf-8")
    lines = re.split("(\r\n|[\n\r\x85\u2028\u2029])", text)
    line = lines[2 * (where.line - 1)]
    # A byte order mark counts as no column.
    start = where.column - 1 + (where.line == 1 and line.startswith("\ufeff"))
    lines[2 * (where.line - 1)] = f'{line[:start]}"{version}"{line[start + where.length :]}'
    return "".join(lines)
