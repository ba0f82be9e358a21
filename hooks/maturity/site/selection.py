"""What a command works on: the settings of a site, its definition, and the folders beside them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..definition.files import is_there
from ..definition.problems import FrameworkError, Position, Problem
from . import choices, configuration
from .choices import Choices
from .settings import Settings

#: The files that may hold the settings of a site; the first that is there does.
SETTINGS_FILES = ("site.yml", "mkdocs.yml")
#: Names another file with settings, for all commands.
VARIABLE = "CONFIG"


@dataclass(frozen=True)
class Selection:
    """What a command works on.

    `config` is the file with the settings of the site, None if there is none; `known` is what it
    says, merged with what it inherits. `notice` is a line that says which definition is taken,
    empty where that is plain.
    """

    root: Path
    config: Path | None
    known: Mapping[str, Any]
    choices: Choices
    settings: Settings
    notice: str

    @property
    def address(self) -> str:
        """Where the settings say that the site will be; empty where they do not."""
        return str(self.known.get("site_url") or "")


def settings_file(folder: Path, option: Path | None = None) -> Path | None:
    """Return the file with the settings of the site in a folder; None if there is none.

    What `option` names comes first, then CONFIG in the environment, then site.yml, then mkdocs.yml.
    """
    if named := option or os.environ.get(VARIABLE):
        return Path(os.path.normpath(folder / named))
    return next((folder / name for name in SETTINGS_FILES if is_there(folder / name)), None)


def select(
    folder: Path,
    framework: Path | None = None,
    config: Path | None = None,
    overrides: Path | None = None,
    content: Path | None = None,
) -> Selection:
    """Select what a command works on that somebody runs in `folder`.

    The rest is what options of the command name, from there; None where they do not. Where builds
    have kept something, the command may use it. Raises FrameworkError where the settings cannot be
    read or say what cannot be, and in a folder without settings below one that has some.
    """
    file = settings_file(folder, config)
    if file is None:
        _check_is_a_site(folder)
    known = configuration.load(file) if file else {}
    place = file or folder / SETTINGS_FILES[-1]
    option = folder / framework if framework else None
    extra = configuration.part(known, place, "extra", dict)
    chosen = choices.parse(extra, place, None, serving=False, framework=option)
    chosen.check()
    root = place.parent
    theme = known["theme"] if isinstance(known.get("theme"), dict) else {}
    settings = chosen.settings(
        root,
        folder / overrides if overrides else root / str(theme.get("custom_dir") or "overrides"),
        folder / content if content else root / str(known.get("docs_dir") or "content"),
        address="",
    )
    notice = chosen.framework.notice(settings.overlay, folder)
    cache = settings.cache if settings.cache and settings.cache.is_dir() else None
    settings = replace(settings, cache=cache, notice="")
    return Selection(root, file, known, chosen, settings, notice)


def _check_is_a_site(folder: Path) -> None:
    """Raise FrameworkError in a folder without settings if one around it is a site."""
    files = (file for place in folder.parents for file in [settings_file(place)] if file)
    if (above := next(files, None)) is None:
        return
    up = os.path.relpath(above.parent, folder)
    hint = f"go there first: cd {up}\nor name its settings: --config {up}/{above.name}"
    where = Position(folder / SETTINGS_FILES[-1])
    raise FrameworkError([Problem(where, "the site is not in this folder", hint)])
