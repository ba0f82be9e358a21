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

from ..definition.problems import FrameworkError, Position, Problem, suggestion

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
#: A link that may lead outside, a script, or what is skipped because nothing in it is either one.
#: Most links lead to pages of ours, and each that is looked at takes its time.
_PIECE = re.compile(
    r"<(?=[as!t])(?:a\b[^>]*//[^>]*>|script\b(?P<attributes>[^>]*)>(?P<script>.*?)</script\s*>"
    r"|(?:style|textarea)\b.*?</(?:style|textarea)\s*>|!--.*?-->)",
    re.DOTALL | re.IGNORECASE,
)
#: Scripts with a `src` are found by where they come from, and those of another type, such as JSON,
#: do not run.
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUNS = ("", "module", "text/javascript", "application/javascript")
#: Where the policy goes: before anything that loads, and after what says how to read the page.
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
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
    """A page as it is published: links outside are careful, and the page says what it may load.

    `home` is the site's address, `added` widens the policy; without it there is none.
    """
    scripts: list[str] = []
    edits: list[tuple[int, int, str]] = []
    for match in _PIECE.finditer(html):
        if match[0][:2].lower() == "<a":
            edits.append((*match.span(), _careful(match[0], home)))
        elif (text := match["script"]) is not None and _runs(match["attributes"]):
            scripts.append(text)
    place = _CHARSET.search(html) or _HEAD.search(html)
    if added is not None and place is not None:
        content = escape(_policy(scripts, added), quote=False)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
        edits.append((place.end(), place.end(), tag))
    return _edited(html, sorted(edits))


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with the pieces replaced that are given by start and end, in their order."""
    parts, done = [], 0
    for start, end, piece in edits:
        parts += [text[done:start], piece]
        done = end
    return "".join([*parts, text[done:]])


def _policy(scripts: list[str], added: Additions) -> str:
    """The policy, which names each script in a page by what it says."""
    hashes = dict.fromkeys(map(fingerprint, scripts))
    parts = []
    for name, sources in _SOURCES.items():
        own = [*sources, *(hashes if name == "script-src" else ()), *added.get(name, ())]
        if len(own) > 1 and "'none'" in own:
            own.remove("'none'")  # which stands alone or not at all
        parts.append(" ".join([name, *own]))
    return "; ".join(parts)


def _runs(attributes: str) -> bool:
    """Whether a script with these attributes has its text in the page, and runs."""
    kind = _TYPE.search(attributes)
    return (kind[1].lower() if kind else "") in _RUNS and not _SOURCE.search(attributes)


@functools.lru_cache(maxsize=100)  # every page has the theme's
def fingerprint(script: str) -> str:
    """The source that stands for a script in a policy. Browsers read each end of a line as one."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _careful(link: str, home: str) -> str:
    """A link, with `rel` saying of one to another site that it is told nothing of us."""
    href = _HREF.search(link)
    target = next(filter(None, href.groups()), "").strip() if href else ""
    if not _OUTSIDE.match(target) or (home and target.startswith(home)):
        return link
    rel = _REL.search(link)
    said = next(filter(None, rel.groups()), "").split() if rel else []
    words = " ".join(dict.fromkeys([*said, *_CAREFUL]))
    bare = link[: rel.start()] + link[rel.end() :] if rel else link
    return f'{bare[:2]} rel="{words}"{bare[2:]}'
