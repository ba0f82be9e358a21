"""Check that links in the built site, and what its pages load, lead to files and places in it.

`python scripts/links.py site` prints each that leads nowhere, and fails if there are any. Addresses
of other sites are never fetched.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: A fragment that is a text of its own for a script, and not the id of a place.
_DATA = "="


class Page(HTMLParser):
    """What a page links to and loads, in its order, and the ids in it."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element leads, and its id."""
        for name, value in attrs:
            if name in ("href", "src") and value is not None and tag != "base":
                self.targets.append(value)
            elif name == "id" and value:
                self.ids.add(value)


def parse_page(file: Path) -> Page:
    """Parse a page of the built site."""
    page = Page()
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    return page


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Return the links that lead nowhere, as page and target, in the order of the pages.

    The page for missing addresses is left out, as its links begin where the site is published.
    """
    site = site.resolve()
    files = sorted(file for file in site.rglob("*.html") if file.name != "404.html")
    pages = {file: parse_page(file) for file in files}
    return [
        (file.relative_to(site).as_posix(), target)
        for file, page in pages.items()
        for target in dict.fromkeys(page.targets)
        if not _leads_somewhere(file, target, site, pages)
    ]


def _leads_somewhere(file: Path, target: str, site: Path, pages: dict[Path, Page]) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return True
    goal = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if goal.is_dir():
        goal /= "index.html"
    if not goal.is_relative_to(site) or not goal.is_file():
        return False
    fragment = unquote(parts.fragment)
    return not fragment or _DATA in fragment or goal not in pages or fragment in pages[goal].ids


def main(site: str) -> None:
    """Print what leads nowhere in the site that was built into a folder, and fail if there is."""
    broken = broken_links(Path(site))
    for page, target in broken:
        print(f"{page}: {target} leads nowhere")
    if broken:
        sys.exit(f"{len(broken)} broken link{'s' if len(broken) > 1 else ''} in {site}")


if __name__ == "__main__":
    main(*sys.argv[1:])
