"""What the theme shows around every page: foot, mark, notice of an old version, missing pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..definition.files import load_text
from ..definition.problems import FrameworkError, Problem, suggestion
from ..framework.plain_text import escaped
from ..outputs import brand
from ..outputs import share_images as share
from ..pages.front_matter import front_matter_position, parse_front_matter
from .configuration import key_position
from .generate import Site
from .pictures import ELSEWHERE
from .settings import Settings

#: The settings in which the theme looks for icons.
_WITH_ICONS = (
    ("theme", "icon"), ("theme", "palette"), ("extra", "social"), ("extra", "analytics"),
)  # fmt: skip
#: A fork's own style sheets, which every page loads after ours.
_OWN_STYLE = re.compile(r"own/[^/]+\.css")


def theme_context(site: Site, settings: Settings, written: Collection[str]) -> dict[str, Any]:
    """Return what the templates in `overrides/` read as `config.extra`, by name.

    `written` are the paths of the hand-written files, less style sheets that are loaded already.
    """
    return {
        "paper": _paper(site),
        "fonts": settings.fonts,
        "mark": [asdict(step) for step in brand.logo_steps(len(site.framework.levels))],
        "share": _share_image(site),
        "outdated": _outdated(site),
        "not_found": _not_found(site),
        "own_styles": sorted(path for path in written if _OWN_STYLE.fullmatch(path)),
    }


def theme_language(language: str, folders: Iterable[str]) -> str:
    """Return the language for the theme's own words: `language`, or the nearest that it has.

    That is `language` without its region, or else English. `folders` are those of the theme, which
    has a file for each language.
    """
    places = [Path(folder, "partials", "languages") for folder in folders]
    names = (language, language.split("-")[0])
    return next((n for n in names if any((p / f"{n}.html").exists() for p in places)), "en")


def check_marks(
    settings: Mapping[str, Any],
    site: Site,
    written: Mapping[str, Path],
    folders: Iterable[str],
    config: Path,
) -> None:
    """Raise FrameworkError for a logo, favicon or icon that is not there.

    `settings` are the parts `theme` and `extra` of those in `config`, `written` the hand-written
    files by path, and `folders` those of the theme.
    """
    known = {*written, *(output.path for output in site.outputs)}
    places = [*map(Path, folders)]
    problems = [
        *_missing_files(settings["theme"], known, places, config),
        *_missing_icons(settings, written, places, config),
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
        if not any((folder / name).is_file() for folder in folders):
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
            if path not in known and not any((place / path).is_file() for place in places):
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
        return not any((folder / ".icons" / f"{name}.svg").is_file() for folder in folders)

    for part, key in _WITH_ICONS:
        for path, name in _icons(settings[part].get(key), (part, key)):
            if is_missing(name):
                where = key_position(config, *path)
                yield Problem(where, f"{': '.join(path)}: no icon {name}", hint)
    for page, file in written.items():
        text = load_text(file) if page.endswith(".md") else ""
        icon = parse_front_matter(text, file).get("icon")
        if isinstance(icon, str) and is_missing(icon):
            where = front_matter_position(text, "icon", file)
            yield Problem(where, f"icon: no icon {icon}", hint)


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


def screen_footer(site: Site) -> str:
    """Return the line at the foot of every page on screen, as HTML; for paper see `_paper`."""
    about = site.framework.framework
    lines = [site.words("footer.made", title=about.title, version=about.version)]
    if about.licence:
        lines.append(site.words("footer.licence", licence=about.licence))
    if site.adaptation is not None:
        source = site.adaptation.upstream.framework
        lines.append(site.words("footer.adapted", title=source.title, version=source.version))
    return " · ".join(map(escaped, lines))


def _paper(site: Site) -> dict[str, str]:
    """Return the foot of every printed page: `made` as HTML, `number` as CSS content."""
    about = site.framework.framework
    counters = {"\ue000": '" counter(page) "', "\ue001": '" counter(pages) "'}
    number = site.words("paper.number", page="\ue000", pages="\ue001")
    content = re.sub(r'["\\<\n]', lambda mark: f"\\{ord(mark[0]):x} ", number)
    for placeholder, counter in counters.items():
        content = content.replace(placeholder, counter)
    return {
        "made": escaped(site.words("footer.made", title=about.title, version=about.version)),
        "number": f'"{content}"',
    }


def _share_image(site: Site) -> str:
    """Return the path of the image for links to pages of no level; empty where there is none."""
    path = share.path("site")
    return path if any(output.path == path for output in site.outputs) else ""


def _outdated(site: Site) -> dict[str, str]:
    """Return the notice above the pages of a version that is not the latest, as HTML."""
    version = site.framework.framework.version
    return {
        "text": escaped(site.words("outdated.text", version=version)),
        "link": escaped(site.words("outdated.link")),
    }


def _not_found(site: Site) -> dict[str, Any]:
    """Return the page for missing addresses as HTML: title, text, and where to start from."""
    starts = [page for page in site.pages if page.item is None]
    return {
        "title": escaped(site.words("not_found.title")),
        "text": escaped(site.words("not_found.text")),
        "links": [
            {"title": escaped(page.title), "url": page.address.removesuffix("index.html")}
            for page in starts
        ],
    }
