"""Snapshots: definitions as they were released, loaded from their files and rendered as text.

A snapshot is the whole definition as it was released, after a fork's overlay, in
`releases/<framework id>/<version>.yaml`. It is written once and never changed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from semver import Version

from ..definition import check
from ..definition.files import list_files, load_bytes
from ..definition.model import COLLECTIONS, Framework
from ..definition.overlay import SIDES
from ..definition.problems import FrameworkError, Position, Problem
from . import yaml_cache

ENDING = ".yaml"
_RESTORE = "restore it from version control: a snapshot is never edited"


@dataclass(frozen=True)
class Snapshot:
    """A definition as it was released."""

    framework: Framework
    file: Path

    @property
    def number(self) -> Version:
        """Its version, to be compared."""
        return Version.parse(self.framework.framework.version)

    @property
    def date(self) -> str:
        """The day of the release, as 2026-11-25; empty where the snapshot does not say."""
        return self.framework.release.date if self.framework.release else ""

    @property
    def raises(self) -> list[str]:
        """Refs of the entries whose new wording asks for more, as the author declared."""
        return self.framework.release.raises if self.framework.release else []


def folder_of(releases: Path, framework: Framework) -> Path:
    """Return the folder with the snapshots of a framework; `releases` holds those of all."""
    return releases / framework.framework.id


def load(folder: Path, cache: Path | None = None) -> list[Snapshot]:
    """Load every snapshot in a folder, oldest version first; none where there is no such folder.

    `cache` is a folder for what parsing them takes long for, see `yaml_cache`. Raises
    FrameworkError for files that cannot be read, are no snapshot, or lie in the wrong place.
    """
    snapshots: list[Snapshot] = []
    problems: list[Problem] = []
    for file in list_files(folder, ENDING):
        try:
            snapshot = Snapshot(_framework(file, _changed_at(file), cache), file)
            problems += _misplaced(snapshot)
            snapshots.append(snapshot)
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return sorted(snapshots, key=lambda snapshot: snapshot.number)


def _changed_at(file: Path) -> int:
    """Return when a file was last changed, in nanoseconds; 0 where the system does not say.

    Loading the file reports that.
    """
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=64)
def _framework(file: Path, _changed_at: int, cache: Path | None) -> Framework:
    """Load the framework of a snapshot, once while its file does not change.

    What was released was sound then, so it is parsed without positions and checks, which is three
    times faster; only where that fails is it loaded like any definition, for the sake of messages.
    """
    try:
        return Framework.model_validate(yaml_cache.parse(load_bytes(file, _RESTORE), cache))
    except (ValidationError, yaml.YAMLError):
        return check.load(file).framework


def _misplaced(snapshot: Snapshot) -> Iterable[Problem]:
    about, file = snapshot.framework.framework, snapshot.file
    if file.name != f"{about.version}{ENDING}":
        message = f"this is the snapshot of version {about.version}, under another name"
        yield Problem(Position(file), message, _RESTORE)
    if file.parent.name != about.id:
        message = f"this is a snapshot of {about.id}, in the folder of {file.parent.name}"
        yield Problem(Position(file), message, _RESTORE)


def render(framework: Framework) -> str:
    """Return the text of a framework's snapshot: YAML, with every default written out.

    A later change of a default must not change what was released.
    """
    entries = framework.model_dump(mode="json", exclude_none=True)
    for section in COLLECTIONS.values():
        for entry in entries[section].values():
            for side in SIDES:  # the order is settled
                entry.pop(side, None)
    body = yaml.dump(
        _filled(entries), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return f"# Written by `maturity release`, and never changed.\n{body}"


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes a text of several lines line by line, so that two snapshots can be compared."""


def _text_node(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text_node)


def is_unchanged(snapshot: Snapshot, framework: Framework) -> bool:
    """Tell whether a framework is what was released, down to the order of its entries."""
    bare = (part.model_copy(update={"release": None}) for part in (snapshot.framework, framework))
    before, now = map(render, bare)
    return before == now


def _filled(value: Any) -> Any:
    """`value` without maps and lists that hold nothing."""
    if isinstance(value, dict):
        items = ((name, _filled(item)) for name, item in value.items())
        return {name: item for name, item in items if item not in ({}, [])}
    return [_filled(item) for item in value] if isinstance(value, list) else value
