"""Templates, compiled once and kept: the theme's and those of the generated pages.

The theme's icons, ten thousand files in a hidden folder, are not looked through for files to
publish, which takes 0.05 s.

Saves 0.24 s of 3.44 s of a build, and 0.16 s of 1.05 s from saving a sentence to the fresh page.
Processor time on a busy machine (`make bench PART=shortcuts`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import jinja2
import mkdocs
from maturity.pages.template_cache import keep_templates, template_cache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from .shortcut import Shortcut


class Templates(Shortcut):
    """Give the theme's environment a cache, and no icons.

    In a build the cache lies in `.cache/` beside the settings, in a preview in memory.
    """

    def on_pre_build(self, config: MkDocsConfig, **_: object) -> None:
        """Let MkDocs look for files of the theme only where it publishes some."""
        theme = config.theme
        theme.get_env = partial(_environment, theme.get_env, theme.dirs)  # type: ignore[method-assign]

    @event_priority(100)  # before anybody loads a template
    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Keep what is compiled from now on."""
        root = Path(config.config_file_path).resolve().parent
        folder = None if self.serving else root / ".cache"
        env.bytecode_cache = template_cache("theme", mkdocs.__version__, folder)
        env.optimized = False  # as in the environment of the pages

    def on_post_build(self, **_: object) -> None:
        """Keep for the next command what was compiled, also for the generated pages."""
        keep_templates()


def _environment(
    get_env: Callable[[], jinja2.Environment], folders: Iterable[str]
) -> jinja2.Environment:
    """Return the environment of a theme, which lists no files in hidden folders."""
    environment = get_env()
    if type(loader := environment.loader) is jinja2.FileSystemLoader:
        loader.list_templates = partial(_visible_files, folders)  # type: ignore[method-assign]
    return environment


def _visible_files(folders: Iterable[str]) -> list[str]:
    """Return the paths of all files below the folders that are in no hidden folder, sorted."""
    found = set()
    for folder in folders:
        for path, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if not name.startswith(".")]
            found |= {Path(path, name).relative_to(folder).as_posix() for name in names}
    return sorted(found)
