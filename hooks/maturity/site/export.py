"""A whole site as files for another generator, which appear all at once: `maturity pages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..definition.atomic import replacing
from ..definition.files import is_there
from ..definition.problems import FrameworkError, Position, Problem
from . import generate, other_generators
from .files import hand_written_files, site_files, write_files
from .generate import Content
from .settings import Settings

_NEW_FOLDER = "name a new folder, so that nothing is lost"
_NOT_WRITTEN = "nothing was written: make room, or name another place"


@dataclass(frozen=True)
class Export:
    """What is written for another generator.

    `contents` are the files by their paths below `folder`; `settings` are the generator's, by the
    path of their file, absolute. `notices` are what whoever asked for it should know.
    """

    folder: Path
    contents: Mapping[str, Content]
    settings: Mapping[Path, str]
    notices: list[str]


def make_export(settings: Settings, folder: Path, config: Path, target: Path | None) -> Export:
    """Make a site for a new or empty folder; write nothing.

    If `target` is given, the generator's settings are made for that file out of MkDocs' `config`.
    Raises FrameworkError for a folder that holds something, for a target that is `config`, and
    every problem of the site.
    """
    _check_is_new(folder)
    written = hand_written_files(settings.content)
    if target is None:
        site = generate.generate(settings, written)
        return Export(folder, site_files(site, written), {}, site.notices)
    if target == config:
        message, hint = "these are the settings of the site itself", "name another file"
        raise FrameworkError([Problem(Position(target), message, hint)])
    chosen = replace(settings, address=other_generators.address(config))
    site = generate.generate(chosen, written)
    contents = site_files(site, written)
    text = other_generators.settings(site, chosen, config, target, folder, written)
    return Export(folder, contents, {target: text}, site.notices)


def write_export(export: Export) -> None:
    """Write everything, or nothing: raises FrameworkError where the system refuses it."""
    with replacing(export.folder, *export.settings, hint=_NOT_WRITTEN) as (folder, *drafts):
        write_files({folder / path: content for path, content in export.contents.items()})
        write_files(dict(zip(drafts, export.settings.values(), strict=True)))


def _check_is_new(folder: Path) -> None:
    if not is_there(folder):
        return
    try:
        message = "the folder is not empty" if any(folder.iterdir()) else ""
    except OSError as error:
        message = f"this is no folder to write to: {error.strerror}"
    if message:
        raise FrameworkError([Problem(Position(folder), message, _NEW_FOLDER)])
