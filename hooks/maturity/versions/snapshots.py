"""Snapshots: definitions as they were released, read from their files and written into them.

A snapshot is the whole definition as it was released, after a fork's overlay, in
`releases/<framework id>/<version>.yaml`. It is written once and never changed.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
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


def folder(releases: Path, framework: Framework) -> Path:
    """Where the snapshots of a framework are; `releases` holds those of all frameworks."""
    return releases / framework.framework.id


def read(folder: Path, cache: Path | None = None) -> list[Snapshot]:
    """Every snapshot in a folder, oldest version first; none where there is no such folder.

    `cache` is a folder that keeps what reading them takes most of its time for.
    Raises FrameworkError for files that are no snapshot, or lie in the wrong place.
    """
    found: list[Snapshot] = []
    problems: list[Problem] = []
    for file in list_files(folder, ENDING):
        try:
            snapshot = Snapshot(_framework(file, _changed(file), cache), file)
            problems += _misplaced(snapshot)
            found.append(snapshot)
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return sorted(found, key=lambda snapshot: snapshot.number)


def _changed(file: Path) -> int:
    """When a file was last changed, in nanoseconds; 0 where nobody may know, as loading it says."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=64)
def _framework(file: Path, _as_of: int, cache: Path | None) -> Framework:
    """The framework of a snapshot.

    What was released was sound then, so it is read without positions and checks, which is three
    times faster; only where that fails is it read like any definition, for the sake of messages.
    """
    try:
        return Framework.model_validate(_data(load_bytes(file, _RESTORE), cache))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        return check.load(file).framework


def _data(text: bytes, cache: Path | None) -> Any:
    """What a YAML file holds; kept as JSON, which is read twenty times as fast."""
    if cache is None:
        return _parsed(text)
    kept = cache / f"snapshot-{hashlib.sha256(text).hexdigest()}"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(kept.read_bytes())
    data = _parsed(text)
    with contextlib.suppress(OSError, TypeError):  # TypeError: dates, which JSON does not have
        cache.mkdir(parents=True, exist_ok=True)
        written = kept.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps(data), encoding="utf-8")
        written.replace(kept)
    return data


def _parsed(text: bytes) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, loader)  # noqa: S506  # safe


def _misplaced(snapshot: Snapshot) -> Iterable[Problem]:
    about, file = snapshot.framework.framework, snapshot.file
    hint = "a snapshot is never edited: restore the file from version control"
    if file.name != f"{about.version}{ENDING}":
        message = f"this is the snapshot of version {about.version}, under another name"
        yield Problem(Position(file), message, hint)
    if file.parent.name != about.id:
        message = f"this is a snapshot of {about.id}, in the folder of {file.parent.name}"
        yield Problem(Position(file), message, hint)


def text(framework: Framework) -> str:
    """The snapshot of a framework, with every default written out, as YAML.

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
    """Whether a framework is what was released, down to the order of its entries."""
    bare = (part.model_copy(update={"release": None}) for part in (snapshot.framework, framework))
    before, now = map(text, bare)
    return before == now


def _filled(value: Any) -> Any:
    """`value` without maps and lists that hold nothing."""
    if isinstance(value, dict):
        items = ((name, _filled(item)) for name, item in value.items())
        return {name: item for name, item in items if item not in ({}, [])}
    return [_filled(item) for item in value] if isinstance(value, list) else value
