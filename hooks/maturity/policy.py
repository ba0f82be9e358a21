"""What a finished page may load and run: its Content-Security-Policy, and careful links outside.

The policy stands in the page itself, as a server of plain files sends no headers of ours.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from .problems import FrameworkError, Position, Problem, suggestion

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
#: Scripts whose text is in the page. Those with a `src` are found by where they come from, and
#: those of another type, such as JSON, do not run.
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUNS = ("", "module", "text/javascript", "application/javascript")
#: Where the policy goes: before anything that loads, and after what says how to read the page.
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
#: A link that may lead outside, or what has to be skipped because a link in it is none. Most links
#: lead to pages of ours, and each that is looked at takes its time.
_LINK = re.compile(
    r"<(?:(?:script|style|textarea)\b.*?</(?:script|style|textarea)\s*>|!--.*?-->|a\b[^>]*//[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_REL = re.compile(r"""\srel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
#: The page that a link opens cannot reach ours, and is not told its address.
_CAREFUL = ("noopener", "noreferrer")

Additions = Mapping[str, tuple[str, ...]]


def additions(chosen: Any, file: Path) -> Additions | None:
    """What a site adds to the policy, by directive; nothing if it wants no policy at all.

    `chosen` is the setting: a map such as {script-src: [https://example.org]}, true or false.
    Raises FrameworkError, for `file`, if it is something else.
    """
    if chosen is False:
        return None
    if chosen is True or chosen is None:
        return {}
    problems = _problems(chosen)
    if problems:
        where = Position(file)
        raise FrameworkError(Problem(where, f"extra: maturity: policy: {text}", hint)
                             for text, hint in problems)  # fmt: skip
    return {
        name: tuple([sources] if isinstance(sources, str) else sources)
        for name, sources in chosen.items()
    }


def _problems(chosen: Any) -> list[tuple[str, str]]:
    """What is wrong with the setting: a message and a hint each."""
    if not isinstance(chosen, dict):
        return [("must be a map, or false for no policy", "script-src: [https://example.org]")]
    found = []
    for name, sources in chosen.items():
        if name not in _SOURCES:
            found.append((f"no {name}", suggestion(name, _SOURCES, "known")))
        for source in sources if isinstance(sources, list) else [sources]:
            if not isinstance(source, str) or not re.fullmatch(r"[^\s;,\"<>]+", source):
                hint = "one source an entry, such as https://example.org"
                found.append((f"{name}: {source!r} is no source", hint))
    return found


def finished(html: str, home: str, added: Additions | None) -> str:
    """A page as it is published: `home` is the site's address, `added` widens the policy."""
    html = careful_links(html, home)
    return html if added is None else protected(html, added)


def protected(html: str, added: Additions) -> str:
    """The page with its policy, which names each script in it by what it says."""
    place = _CHARSET.search(html) or _HEAD.search(html)
    if place is None:
        return html
    content = escape(_policy(html, added), quote=False)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return html[: place.end()] + tag + html[place.end() :]


def _policy(html: str, added: Additions) -> str:
    hashes = dict.fromkeys(map(fingerprint, _running(html)))
    parts = []
    for name, sources in _SOURCES.items():
        own = [*sources, *(hashes if name == "script-src" else ()), *added.get(name, ())]
        if len(own) > 1 and "'none'" in own:
            own.remove("'none'")  # which stands alone or not at all
        parts.append(" ".join([name, *own]))
    return "; ".join(parts)


def _running(html: str) -> list[str]:
    """The text of every script in a page that runs."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        has_source = re.search(r"\bsrc\s*=", attributes, re.IGNORECASE)
        if not has_source and (kind[1].lower() if kind else "") in _RUNS:
            found.append(text)
    return found


@functools.lru_cache(maxsize=100)  # every page has the theme's
def fingerprint(script: str) -> str:
    """The source that stands for a script in a policy. Browsers read each end of a line as one."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def careful_links(html: str, home: str) -> str:
    """The page, with `rel` saying of each link to another site that it is told nothing of us."""

    def careful(match: re.Match[str]) -> str:
        tag = match[0]
        href = _HREF.search(tag) if tag[:2].lower() == "<a" else None
        target = next(filter(None, href.groups()), "").strip() if href else ""
        if not re.match(r"(?:https?:)?//", target, re.IGNORECASE) or (
            home and target.startswith(home)
        ):
            return tag
        rel = _REL.search(tag)
        said = next(filter(None, rel.groups()), "").split() if rel else []
        words = " ".join(dict.fromkeys([*said, *_CAREFUL]))
        bare = tag[: rel.start()] + tag[rel.end() :] if rel else tag
        return f'{bare[:2]} rel="{words}"{bare[2:]}'

    return _LINK.sub(careful, html)
