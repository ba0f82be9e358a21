"""The settings with which another site generator builds what `maturity pages` wrote."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from . import site as sites
from .nav import Nav, expand
from .problems import FrameworkError, Position, Problem
from .site import Settings, Site

_HEAD = (
    "# Written by `maturity pages`, which you run again after each change; edit {name} instead.\n"
)


class _Loader(yaml.SafeLoader):
    """Reads the settings of a site, whose own tags mean nothing here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def settings(
    site: Site, chosen: Settings, config: Path, target: Path, folder: Path, written: Collection[str]
) -> str:
    """The text of `target`: the site's `config`, with everything filled in that our hook fills in.

    `folder` holds the pages, `written` are the paths of the hand-written ones among them.
    Raises FrameworkError if `config` cannot be read or has names in its nav that mean nothing.
    """
    about = site.framework.framework

    def relative(path: Path) -> str:
        return Path(os.path.relpath(path, target.parent)).as_posix()

    made: dict[str, Any] = {
        "INHERIT": relative(config),
        "site_name": str(about.title),
        "docs_dir": relative(folder),
        "edit_uri": "",  # of pages that nobody edits
        "theme": {"language": about.language},
        "copyright": sites.footer(site),
        "hooks": [],
        "plugins": ["search"],
        "validation": {"omitted_files": "ignore"},
        "nav": expand(_nav(config), site, config),
        "extra": sites.shown(site, chosen, written),
    }
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100)
    return _HEAD.format(name=config.name) + text


def _nav(config: Path) -> Nav:
    """The nav of a site's settings, or of those that they inherit from."""
    try:
        read = yaml.load(config.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = "the settings of the site cannot be read"
        raise FrameworkError([Problem(Position(config), message, str(error))]) from None
    read = read if isinstance(read, dict) else {}
    if isinstance(read.get("nav"), list):
        return list(read["nav"])
    inherited = read.get("INHERIT")
    return _nav(config.parent / inherited) if isinstance(inherited, str) else []
