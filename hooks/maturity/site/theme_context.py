"""What the theme shows around every page: foot, mark, notice of an old version, missing pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..definition.problems import FrameworkError, Problem, suggestion
from ..framework.plain_text import escaped
from ..outputs import brand
from ..outputs import share_images as share
from .configuration import key_position
from .generate import Site
from .pictures import ELSEWHERE
from .settings import Settings

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
    theme: Mapping[str, Any],
    site: Site,
    written: Collection[str],
    folders: Iterable[str],
    config: Path,
) -> None:
    """Raise FrameworkError for a logo, favicon or icon that is not there.

    `theme` is that part of the settings in `config`, `written` are the paths of the hand-written
    files, and `folders` those of the theme.
    """
    known = {*written, *(output.path for output in site.outputs)}
    if problems := list(_missing_marks(theme, known, [*map(Path, folders)], config)):
        raise FrameworkError(problems)


def _missing_marks(
    theme: Mapping[str, Any], known: Collection[str], folders: Collection[Path], config: Path
) -> Iterator[Problem]:
    """Yield a problem for each that is in none of the `folders` of the theme either."""
    for key in ("logo", "favicon"):
        name = theme.get(key)
        if not isinstance(name, str) or ELSEWHERE.match(name) or name in known:
            continue
        if not any((folder / name).is_file() for folder in folders):
            where = key_position(config, "theme", key)
            hint = suggestion(name, sorted(known), "files").partition(" (")[0]
            yield Problem(where, f"theme: {key}: no file {name}", hint)
    icons = theme.get("icon")
    for key, name in icons.items() if isinstance(icons, dict) else ():
        if not isinstance(name, str) or _has_icon(name, folders):
            continue
        hint = (
            "their names are at https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/"
        )
        where = key_position(config, "theme", "icon", str(key))
        yield Problem(where, f"theme: icon: {key}: no icon {name}", hint)


def _has_icon(name: str, folders: Collection[Path]) -> bool:
    return any((folder / ".icons" / f"{name}.svg").is_file() for folder in folders)


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
