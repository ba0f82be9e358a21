"""Find pictures and pages that are not there, where hand-written pages name them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ..definition.problems import Problem, place_in, suggestion
from ..definition.prose import mask_code
from ..pages.paths import built_path
from ..pages.written_links import position_of_target

_HTML = re.compile(r"""<img\s(?:[^<>]*?\s)?src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[[^\[\]]*\]\(\s*<?([^)>\s]+)")
_LINK = re.compile(
    r"\]\(\s*<?([^)>\s]+)|^ {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*<?([^\s>]+)>?[ \t]*(?:$|[\"'(])",
    re.MULTILINE,
)
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


def missing_links(
    text: str, source: str, path: str, file: Path, known: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for each link of a page that points into the site and leads nowhere.

    `text` is the Markdown that was made of `source`, which stands in `file`; `path` is the page's
    below the site's root, `known` all files of the site. Links in HTML are not looked at.
    """
    shown, folder = mask_code(text), posixpath.dirname(path)
    pictures = {match.start(1) for match in _MARKDOWN.finditer(shown)}
    for match in _LINK.finditer(shown):
        link = match[1] or match[2]
        target = _unescaped(re.split(r"[?#]", link)[0])
        if match.start(1) in pictures or not target or "(" in link or _leads_out(target):
            continue
        place = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(place) not in known and not _is_address(target, path, known):
            pages = [posixpath.relpath(n, folder or ".") for n in known if n.endswith(".md")]
            hint = suggestion(target, sorted(pages), "pages").partition(" (")[0]
            yield Problem(position_of_target(file, source, link), f"no page {link}", hint)


def _unescaped(target: str) -> str:
    """Return a link with what stands for a byte in it, such as `%20`, replaced by that."""
    raw = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), target.encode()
    )
    return raw.decode("utf-8", "replace")


def _leads_out(target: str) -> bool:
    """Tell whether a link is not to a file of the site; MkDocs finds `/page.md` from its root."""
    from_root = target.startswith("/") and not target.startswith("//") and target.endswith(".md")
    return not from_root and ELSEWHERE.match(target) is not None


def _is_address(target: str, path: str, known: Collection[str]) -> bool:
    """Tell whether a link leads to a page or file of the built site, as a browser follows it."""
    place = posixpath.normpath(posixpath.join(posixpath.dirname(built_path(path)), target))
    built = {built_path(name) for name in known}
    return place in built or posixpath.normpath(f"{place}/index.html") in built


def _hint(target: str, path: str, folder: str, known: Collection[str]) -> str:
    """Return how the picture is named from `folder`, if it lies beside the file of the page."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if beside in known:
        return f"from the address of this page it is {posixpath.relpath(beside, folder or '.')}"
    pictures = [posixpath.relpath(n, folder or ".") for n in known if n.lower().endswith(_PICTURES)]
    return suggestion(target, sorted(pictures), "pictures").partition(" (")[0]
