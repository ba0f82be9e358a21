"""Find pictures that are not there, in hand-written pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ..definition.problems import Problem, place_in, suggestion
from ..definition.prose import mask_code
from ..pages.paths import built_path

_HTML = re.compile(r"""<img\s(?:[^<>]*?\s)?src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[[^\[\]]*\]\(\s*<?([^)>\s]+)")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".avif")
#: What is of another site, in the page itself, from the root of a server, or made by braces.
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|[{#]|.*\{\{", re.IGNORECASE)


def missing_pictures(text: str, path: str, file: Path, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each picture of a page that points into the site and is not there.

    `path` is the page's below the site's root, `file` where it lies, `known` all files of the site.
    In HTML, pictures are sought from the page's address, in Markdown from its file.
    """
    shown = mask_code(text)
    for pattern, here in ((_HTML, built_path(path)), (_MARKDOWN, path)):
        folder = posixpath.dirname(here)
        for match in pattern.finditer(shown):
            target = re.split(r"[?#]", match[1])[0]
            if not target or ELSEWHERE.match(match[1]):
                continue
            if posixpath.normpath(posixpath.join(folder, target)) not in known:
                where = place_in(file, text, match.start(1))._replace(length=len(match[1]))
                hint = _hint(target, path, folder, known)
                yield Problem(where, f"no picture {match[1]}", hint)


def _hint(target: str, path: str, folder: str, known: Collection[str]) -> str:
    """Return how the picture is named from `folder`, if it lies beside the file of the page."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if beside in known:
        return f"from the address of this page it is {posixpath.relpath(beside, folder or '.')}"
    pictures = [posixpath.relpath(n, folder or ".") for n in known if n.lower().endswith(_PICTURES)]
    return suggestion(target, sorted(pictures), "pictures").partition(" (")[0]
