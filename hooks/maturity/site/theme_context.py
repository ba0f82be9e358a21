"""What the theme shows around every page: foot, mark, notice of an old version, missing pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..framework.plain_text import escaped
from ..outputs import brand, feed
from ..outputs import share_images as share
from .generate import Site
from .settings import Settings

#: A fork's own style sheets, which every page loads after ours.
_OWN_STYLE = re.compile(r"own/[^/]+\.css")


def theme_context(site: Site, settings: Settings, written: Collection[str]) -> dict[str, Any]:
    """Return what the templates in `overrides/` read as `config.extra`, by name.

    `written` are the paths of the hand-written files, less style sheets that are loaded already.
    """
    return {
        "pages": escaped(site.words("nav.pages")),
        "paper": _paper(site),
        "fonts": settings.fonts,
        "mark": [asdict(step) for step in brand.logo_steps(len(site.framework.levels))],
        "share": _share_image(site),
        "outdated": _outdated(site),
        "missing": {name: escaped(text) for name, text in site.words.under("missing").items()},
        "not_found": _not_found(site),
        "markdown": {name: str(text) for name, text in site.words.under("markdown").items()},
        "feed": _feed(site),
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


def _feed(site: Site) -> dict[str, str]:
    """Return the feed of releases, its title as HTML; empty where there is none."""
    if not feed.has_releases(site.history):
        return {}
    return {"path": feed.PATH, "title": escaped(site.words("changes.title"))}


def _outdated(site: Site) -> dict[str, str]:
    """Return the notice above the pages of a version that is not the latest, as HTML."""
    version = site.framework.framework.version
    return {
        "text": escaped(site.words("outdated.text", version=version)),
        "link": escaped(site.words("outdated.link")),
    }


#: Where a reader who is lost may go on, in this order: the first few that there are.
_WAYS_ON = (
    "index.md", "levels/index.md", "practices/index.md", "tools.md", "decisions/index.md",
    "roles/index.md", "changes.md",
)  # fmt: skip
_MOST_WAYS = 5


def _not_found(site: Site) -> dict[str, Any]:
    """Return the page for missing addresses, as HTML: its words, and a few `ways` on."""
    ways = [site.by_path[path] for path in _WAYS_ON if path in site.by_path][:_MOST_WAYS]
    return {
        **{name: escaped(text) for name, text in site.words.under("not_found").items()},
        "ways": [
            {
                "title": escaped(page.title),
                "text": "" if page.path == "index.md" else escaped(page.description),
                "url": page.address.removesuffix("index.html"),
            }
            for page in ways
        ],
    }
