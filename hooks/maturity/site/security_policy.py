"""What a finished page may load and run: its Content-Security-Policy, and careful links outside.

The policy stands in the page itself, as a server of plain files sends no headers of ours. Every
inline script that a page has when it is finished may run: the policy lists their hashes. A script
that gets into the page later may not. The pages of a preview have no policy.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from ..definition.problems import FrameworkError, Problem, suggestion
from ..pages.html_scan import Tag, outward_links_and_scripts
from .configuration import key_position

#: What each kind of thing may come from. Styles may stand in a page, as the theme and our pages
#: place things by `style` attributes, which nothing that a reader enters ever becomes.
_SOURCES: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "media-src": ("'self'",),
    "frame-src": ("'none'",),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
#: Where the policy goes: before anything that loads, and after what says how to read the page.
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HOST_SOURCE = re.compile(r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>[^/'\s]+)(?P<path>/\S*)?")
_PARTS = re.compile(r"(?:([a-z][a-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?:)?[/\\]{2}", re.IGNORECASE)
#: The page that a link opens cannot reach ours, and is not told its address.
_CAREFUL = ("noopener", "noreferrer")

Additions = Mapping[str, tuple[str, ...]]


def parse_additions(chosen: Any, file: Path) -> Additions | None:
    """Parse what a site adds to the policy, by directive; None if it wants no policy at all.

    `chosen` is the setting: a map such as {script-src: [https://example.org]}, true or false; None
    means true. Raises FrameworkError, for `file`, if it is something else.
    """
    if chosen is False:
        return None
    if chosen is True or chosen is None:
        return {}
    problems = _problems(chosen)
    if problems:
        path = ("extra", "maturity", "policy")
        raise FrameworkError(
            Problem(key_position(file, *path, *keys), f"extra: maturity: policy: {text}", hint)
            for keys, text, hint in problems
        )
    return {
        name: tuple([sources] if isinstance(sources, str) else sources)
        for name, sources in chosen.items()
    }


def _problems(chosen: Any) -> list[tuple[list[str], str, str]]:
    """Return what is wrong with the setting: the key inside it, a message and a hint each."""
    if not isinstance(chosen, dict):
        return [([], "must be a map, or false for no policy", "script-src: [https://example.org]")]
    problems = []
    for name, sources in chosen.items():
        if name not in _SOURCES:
            problems.append(([str(name)], f"no {name}", suggestion(name, _SOURCES, "known")))
        for source in sources if isinstance(sources, list) else [sources]:
            if not isinstance(source, str) or not re.fullmatch(r"[^\s;,\"<>]+", source):
                hint = "one source an entry, such as https://example.org"
                problems.append(([str(name)], f"{name}: {source!r} is no source", hint))
    return problems


def allows(directive: str, address: str, added: Additions) -> bool:
    """Tell whether a page may load an address, as a directive of the policy rules it.

    `added` is what a site adds. An address without a scheme is of the site itself, or begins with
    `//`.
    """
    scheme, host, _ = parts_of(address)
    for source in (*_SOURCES[directive], *added.get(directive, ())):
        if not host and not scheme:
            if source == "'self'":
                return True
        elif source == "*":
            if scheme in ("http", "https"):
                return True
        elif source == f"{scheme}:" or (host and _is_of(address, scheme, host, source)):
            return True
    return False


def parts_of(address: str) -> tuple[str, str, str]:
    """Return scheme, host and path of an address, each empty where it has none.

    Scheme and host are in small letters, the host with its port. `//` stands for https.
    """
    match = _PARTS.match(address.strip())
    scheme, host, path = match.groups("") if match else ("", "", "")
    return (scheme or ("https" if host else "")).lower(), host.lower(), path


def _is_of(address: str, scheme: str, host: str, source: str) -> bool:
    """Tell whether an address is of a source such as `https://*.example.org/fonts/`."""
    match = _HOST_SOURCE.fullmatch(source)
    if match is None or (match["scheme"] or scheme) not in (scheme, scheme.removesuffix("s")):
        return False
    wanted, path = match["host"].lower(), match["path"] or ""
    is_host = host.endswith(wanted[1:]) if wanted.startswith("*.") else host == wanted
    there = parts_of(address)[2]
    return is_host and (there.startswith(path) if path.endswith("/") else path in ("", there))


def secure(html: str, home: str, added: Additions | None) -> str:
    """Return a page with its links to other sites careful and its policy in its head.

    `home` is the site's address, or "" if it is not set; links that begin with it lead to the
    site itself. `added` widens the policy; None leaves it out, and so does a page without a head.
    """
    scripts: list[str] = []
    edits: list[tuple[int, int, str]] = []
    for tag in outward_links_and_scripts(html):
        if tag.name == "a":
            edits += _careful(tag, home)
        elif tag.holds_code and "src" not in tag.attributes:  # not even an empty one
            scripts.append(tag.text)
    place = _CHARSET.search(html) or _HEAD.search(html)
    if added is not None and place is not None:
        content = escape(_policy(scripts, added), quote=False)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
        edits.append((place.end(), place.end(), meta))
    return _edited(html, sorted(edits))


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Replace pieces of a text, each given by start, end and what takes its place, in order."""
    parts, done = [], 0
    for start, end, piece in edits:
        parts += [text[done:start], piece]
        done = end
    return "".join([*parts, text[done:]])


def _policy(scripts: list[str], added: Additions) -> str:
    """Render the policy; it names each of the page's own scripts by what it says."""
    hashes = dict.fromkeys(map(fingerprint, scripts))
    parts = []
    for name, sources in _SOURCES.items():
        own = [*sources, *(hashes if name == "script-src" else ()), *added.get(name, ())]
        if len(own) > 1 and "'none'" in own:
            own.remove("'none'")  # which stands alone or not at all
        parts.append(" ".join([name, *own]))
    return "; ".join(parts)


@functools.lru_cache(maxsize=100)  # every page has the theme's
def fingerprint(script: str) -> str:
    """Return the source that stands for a script in a policy.

    Browsers read every kind of line end as one.
    """
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _careful(link: Tag, home: str) -> Iterator[tuple[int, int, str]]:
    """Yield the edits that tell another site nothing of ours when somebody follows a link to it."""
    href = link.attributes.get("href")
    target = href.value.strip() if href else ""
    if not _OUTSIDE.match(target) or (home and target.startswith(home)):
        return
    rel = link.attributes.get("rel")
    words = " ".join(dict.fromkeys([*(rel.value.split() if rel else ()), *_CAREFUL]))
    after_name = link.start + len("<a")
    yield after_name, after_name, f' rel="{escape(words)}"'
    if rel:
        yield rel.start, rel.end, ""
