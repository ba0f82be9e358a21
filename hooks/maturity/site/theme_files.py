"""Check that the files that settings and pages name are there: logo, icons, styles, scripts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..definition.files import is_file, load_text
from ..definition.problems import FrameworkError, Problem, suggestion
from ..pages.front_matter import front_matter_position, parse_front_matter
from .configuration import key_position
from .generate import Site
from .pictures import ELSEWHERE

#: The settings in which the theme looks for icons.
_WITH_ICONS = (
    ("theme", "icon"), ("theme", "palette"), ("extra", "social"), ("extra", "analytics"),
)  # fmt: skip


def check_marks(
    settings: Mapping[str, Any],
    site: Site,
    written: Mapping[str, Path],
    folders: Iterable[str],
    config: Path,
) -> None:
    """Raise FrameworkError for a logo, favicon, icon or template that is not there.

    `settings` are the parts `theme` and `extra` of those in `config`, `written` the hand-written
    files by path, and `folders` those of the theme.
    """
    known = {*written, *(output.path for output in site.outputs)}
    places = [*map(Path, folders)]
    problems = [
        *_missing_files(settings["theme"], known, places, config),
        *_missing_icons(settings, written, places, config),
        *_missing_templates(written, places),
        *_wrong_social(settings["extra"].get("social"), config),
    ]
    if problems:
        raise FrameworkError(problems)


def _missing_files(
    theme: Mapping[str, Any], known: Collection[str], folders: Collection[Path], config: Path
) -> Iterator[Problem]:
    """Yield a problem for a logo or favicon that is in no folder of the theme either."""
    for key in ("logo", "favicon"):
        name = theme.get(key)
        if not isinstance(name, str) or ELSEWHERE.match(name) or name in known:
            continue
        if not any(is_file(folder / name) for folder in folders):
            where = key_position(config, "theme", key)
            hint = suggestion(name, sorted(known), "files").partition(" (")[0]
            yield Problem(where, f"theme: {key}: no file {name}", hint)


def missing_extras(
    settings: Mapping[str, Any],
    site: Site,
    written: Collection[str],
    folders: Iterable[str],
    config: Path,
) -> Iterator[Problem]:
    """Yield a problem for each style sheet or script of the settings that is not there.

    `settings` are those in `config`, as they stand there; the rest is as for `check_marks`.
    """
    known = {*written, *(output.path for output in site.outputs)}
    places = [*map(Path, folders)]
    for key, ending in (("extra_css", ".css"), ("extra_javascript", ".js")):
        entries = settings.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("path") if isinstance(entry, Mapping) else entry
            if not isinstance(name, str) or ELSEWHERE.match(name):
                continue
            path = re.split("[?#]", name)[0]
            if path not in known and not any(is_file(place / path) for place in places):
                alike = sorted(file for file in known if file.endswith(ending))
                hint = suggestion(name, alike, "files").partition(" (")[0]
                yield Problem(key_position(config, key, str(index)), f"{key}: no file {name}", hint)


def _missing_icons(
    settings: Mapping[str, Any],
    written: Mapping[str, Path],
    folders: Collection[Path],
    config: Path,
) -> Iterator[Problem]:
    """Yield a problem for each icon of the settings and pages that the theme does not have."""
    hint = "their names are at https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/"

    def is_missing(name: str) -> bool:
        return not any(is_file(folder / ".icons" / f"{name}.svg") for folder in folders)

    for part, key in _WITH_ICONS:
        for path, name in _icons(settings[part].get(key), (part, key)):
            if is_missing(name):
                where = key_position(config, *path)
                yield Problem(where, f"{': '.join(path)}: no icon {name}", hint)
    for file, text, icon in _in_front_matter("icon", written):
        if is_missing(icon):
            where = front_matter_position(text, "icon", file)
            yield Problem(where, f"icon: no icon {icon}", hint)


def _missing_templates(written: Mapping[str, Path], folders: Collection[Path]) -> Iterator[Problem]:
    """Yield a problem for each page that asks for a template that is in no folder of the theme."""
    for file, text, name in _in_front_matter("template", written):
        if not any(is_file(folder / name) for folder in folders):
            where = front_matter_position(text, "template", file)
            yield Problem(
                where, f"template: no template {name}", "leave it out, or name the theme's"
            )


def _in_front_matter(key: str, written: Mapping[str, Path]) -> Iterator[tuple[Path, str, str]]:
    """Yield each page whose front matter says a text under `key`: its file, all of it, the text."""
    for page, file in written.items():
        try:
            text = load_text(file) if page.endswith(".md") else ""
            value = parse_front_matter(text, file).get(key)
        except FrameworkError:
            continue  # whoever renders the page says so
        if isinstance(value, str):
            yield file, text, value


def _wrong_social(links: object, config: Path) -> Iterator[Problem]:
    """Yield a problem for each link in the foot without the two texts that the theme needs."""
    entries = links if isinstance(links, list) else [] if links is None else [links]
    for index, entry in enumerate(entries):
        known = entry if isinstance(entry, Mapping) else {}
        if not all(isinstance(known.get(key), str) for key in ("icon", "link")):
            where = key_position(config, "extra", "social", str(index))
            hint = "such as social: [{icon: simple/github, link: https://github.com/us}]"
            yield Problem(where, "extra: social: needs a list of icon and link", hint)


def _icons(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the keys that lead to each icon, and its name: all that stands below a key `icon`."""
    if isinstance(node, Mapping):
        for key in node:
            yield from _icons(node[key], (*path, str(key)))
    elif isinstance(node, list | tuple):
        for index, each in enumerate(node):
            yield from _icons(each, (*path, str(index)))
    elif isinstance(node, str) and "icon" in path:
        yield path, node
