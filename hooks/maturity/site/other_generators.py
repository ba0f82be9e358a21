"""The settings with which another site generator builds what `maturity pages` wrote."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import partial
from pathlib import Path

import yaml

from . import configuration, theme_context
from .configuration import PythonName
from .generate import Site
from .nav import expand
from .settings import Settings, published_at

#: What names code of ours, or what only the commands of ours use.
_LEFT_OUT = ("hooks", "watch", "edit_uri")
_LEFT_OUT_OF_EXTRA = ("maturity", "version")
_HEAD = "# Written by `maturity pages` from {name}. Whoever runs that again writes this anew.\n"


class _Dumper(yaml.SafeDumper):
    """Writes settings; what says of itself that it is HTML is a text like others."""


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))
_Dumper.add_representer(PythonName, lambda dumper, name: dumper.represent_scalar(name.tag, ""))


def settings(
    site: Site, chosen: Settings, config: Path, target: Path, folder: Path, written: Collection[str]
) -> str:
    """Render `target`: the site's `config`, with everything filled in that our hook fills in.

    `folder` holds the pages, `written` are the paths of the hand-written ones among them.
    Inheritance is resolved here, as generators differ in what they do with lists.
    Raises FrameworkError if `config` cannot be read or has names in its nav that mean nothing.
    """
    about = site.framework.framework
    known = {k: v for k, v in configuration.load(config).items() if k not in _LEFT_OUT}
    part = partial(configuration.part, known, config)
    extra = {k: v for k, v in part("extra", dict).items() if k not in _LEFT_OUT_OF_EXTRA}
    theme = {"name": known["theme"]} if isinstance(known.get("theme"), str) else part("theme", dict)
    unlisted = [path for path in written if path not in part("extra_css", list)]

    def relative(path: Path) -> str:
        return Path(os.path.relpath(path, target.parent)).as_posix()

    filled_in = {
        "site_name": str(about.title),
        **({"site_url": chosen.address} if chosen.address else {}),
        "copyright": known.get("copyright") or theme_context.screen_footer(site),
        "docs_dir": relative(folder),
        "theme": theme | {"custom_dir": relative(chosen.overrides), "language": about.language},
        "validation": part("validation", dict) | {"omitted_files": "ignore"},
        "nav": expand(part("nav", list), site, config),
        "extra": extra | theme_context.theme_context(site, chosen, unlisted),
    }
    text = yaml.dump(
        known | filled_in, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )
    return _HEAD.format(name=config.name) + text


def address(config: Path) -> str:
    """Return where the settings in `config` say that the site will be published.

    With a slash at its end, and below the version that search engines are sent to; empty if they
    do not say. Raises FrameworkError if they cannot be read.
    """
    known = configuration.load(config)
    extra = configuration.part(known, config, "extra", dict)
    chosen = configuration.part(extra, config, "maturity", dict)
    return published_at(str(known.get("site_url") or ""), str(chosen.get("canonical") or ""))
