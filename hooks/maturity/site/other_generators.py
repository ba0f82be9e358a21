"""The settings with which another site generator builds what `maturity pages` wrote."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..definition.problems import FrameworkError, Position, Problem
from . import generate as sites
from .generate import Settings, Site
from .nav import expand

#: What names code of ours, or what only the commands of ours use.
_LEFT_OUT = ("INHERIT", "hooks", "watch", "edit_uri")
_LEFT_OUT_OF_EXTRA = ("maturity", "version")
_HEAD = "# Written by `maturity pages` from {name}. Whoever runs that again writes this anew.\n"


@dataclass(frozen=True)
class _Code:
    """A name of Python code that another generator may know: it is passed on as it is."""

    tag: str


class _Loader(yaml.SafeLoader):
    """Reads the settings of a site, with the tags that they may have."""


class _Dumper(yaml.SafeDumper):
    """Writes them."""


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, OTHER, value]`: the first that is set, else the value."""
    if not isinstance(node, yaml.SequenceNode):
        return os.environ.get(str(node.value))
    *names, value = loader.construct_sequence(node)
    return next((os.environ[str(name)] for name in names if str(name) in os.environ), value)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor(
    "tag:yaml.org,2002:python/",
    lambda loader, suffix, node: _Code(f"tag:yaml.org,2002:python/{suffix}"),
)
_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))
_Dumper.add_representer(_Code, lambda dumper, code: dumper.represent_scalar(code.tag, ""))


def settings(
    site: Site, chosen: Settings, config: Path, target: Path, folder: Path, written: Collection[str]
) -> str:
    """The text of `target`: the site's `config`, with everything filled in that our hook fills in.

    `folder` holds the pages, `written` are the paths of the hand-written ones among them.
    Inheritance is resolved here, as generators differ in what they do with lists.
    Raises FrameworkError if `config` cannot be read or has names in its nav that mean nothing.
    """
    about = site.framework.framework
    made = {key: value for key, value in _read(config).items() if key not in _LEFT_OUT}
    extra = {k: v for k, v in (made.get("extra") or {}).items() if k not in _LEFT_OUT_OF_EXTRA}
    theme = made.get("theme") or {}
    listed = made.get("extra_css") or []

    def relative(path: Path) -> str:
        return Path(os.path.relpath(path, target.parent)).as_posix()

    made |= {
        "site_name": str(about.title),
        "copyright": made.get("copyright") or sites.footer(site),
        "docs_dir": relative(folder),
        "theme": theme | {"custom_dir": relative(chosen.overrides), "language": about.language},
        "validation": (made.get("validation") or {}) | {"omitted_files": "ignore"},
        "nav": expand(made.get("nav") or [], site, config),
        "extra": extra
        | sites.shown(site, chosen, [path for path in written if path not in listed]),
    }
    text = yaml.dump(made, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return _HEAD.format(name=config.name) + text


def address(config: Path) -> str:
    """Where a site's settings say that it will be published; empty if they do not.

    Raises FrameworkError if they cannot be read.
    """
    return str(_read(config).get("site_url") or "")


def _read(config: Path) -> dict[str, Any]:
    """The settings of a site, merged with those that they inherit from as MkDocs does it."""
    try:
        read = yaml.load(config.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = "the settings of the site cannot be read"
        raise FrameworkError([Problem(Position(config), message, str(error))]) from None
    own: dict[str, Any] = read if isinstance(read, dict) else {}
    inherited = own.get("INHERIT")
    return _merged(_read(config.parent / inherited), own) if inherited else own


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: _merged(base[key], value)
        for key, value in own.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return base | own | both
