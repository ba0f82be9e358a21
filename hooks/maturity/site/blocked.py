"""Find what pages, style sheets and settings load from elsewhere, and the site's policy will block.

Browsers say it only in their console, long after the site is built. Looked at is what authors
wrote: each problem names its place, and the lines of the settings that would let it in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..definition.files import load_text
from ..definition.problems import FrameworkError, Position, Problem, place_in
from ..definition.text import Prose
from ..pages.html_scan import Tag, start_tags
from ..pages.scripts import converted
from .configuration import key_position
from .generate import Site
from .refused_settings import entries_of
from .security_policy import Additions, allows, parse_additions, parts_of

#: What a page may load by which attribute of which element, and the directive that rules it.
_LOADING = {
    "img": {"src": "img-src", "srcset": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "iframe": {"src": "frame-src"},
    "frame": {"src": "frame-src"},
    "embed": {"src": "object-src"},
    "object": {"data": "object-src"},
    "script": {"src": "script-src"},
    "form": {"action": "form-action"},
    "button": {"formaction": "form-action"},
    "input": {"src": "img-src", "formaction": "form-action"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "use": {"href": "img-src", "xlink:href": "img-src"},
    "base": {"href": "base-uri"},
}
_LINKS = {"stylesheet": "style-src", "icon": "img-src", "manifest": "default-src"}
#: What a text has in it that may load something; most have not, and need not be converted.
_MAY_LOAD = re.compile(rf"!\[|url\(|<(?:link|{'|'.join(_LOADING)})\b", re.IGNORECASE)
_DIAGRAM = re.compile(r"^ *(?:`{3,}|~{3,}) *\{? *\.?mermaid\b", re.MULTILINE)
_URL = re.compile(r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s+$", re.IGNORECASE)


class Load(NamedTuple):
    """Something that a page loads: the directive that rules it, and its address as written."""

    directive: str
    address: str


#: What the theme fetches by itself: for diagrams, emoji, other fonts than ours, to count visits.
_MERMAID = Load("script-src", "https://unpkg.com")
_EMOJI = Load("img-src", "https://cdnjs.cloudflare.com")
_FONTS = (
    Load("style-src", "https://fonts.googleapis.com"),
    Load("font-src", "https://fonts.gstatic.com"),
)
_ANALYTICS = (
    Load("script-src", "https://www.googletagmanager.com"),
    Load("connect-src", "https://*.google-analytics.com"),
)


@dataclass(frozen=True)
class Policy:
    """The policy of a site: what it adds to ours, and the address where it is published."""

    added: Additions
    home: str

    def missing(self, load: Load) -> str | None:
        """Return the source that would have to be added for something to load; None if none."""
        if "{{" in load.address or (self.home and load.address.startswith(self.home)):
            return None
        if allows(load.directive, load.address, self.added):
            return None
        return _source(load.address)


def loads_of_html(html: str) -> Iterator[Load]:
    """Yield what a browser loads or sends where it reads some HTML."""
    for tag in start_tags(html):
        for name, directive in _LOADING.get(tag.name, {}).items():
            if (attribute := tag.attributes.get(name)) is not None:
                for address in _addresses(attribute.value, name):
                    yield Load(directive, address)
        if tag.name == "link":
            yield from _linked(tag)
        if (style := tag.attributes.get("style")) is not None:
            yield from loads_of_styles(style.value)


def _addresses(value: str, attribute: str) -> list[str]:
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def _linked(tag: Tag) -> Iterator[Load]:
    rel, href = tag.attributes.get("rel"), tag.attributes.get("href")
    for word in rel.value.lower().split() if rel and href else ():
        if word in _LINKS and href is not None:
            yield Load(_LINKS[word], href.value.strip())


def loads_of_styles(text: str) -> Iterator[Load]:
    """Yield what a browser loads where it reads style rules."""
    text = _COMMENT.sub("", text)
    fonts = [match.span() for match in _FONT_FACE.finditer(text)]
    for match in _URL.finditer(text):
        is_import = match[2] is not None or _IMPORT.search(text[: match.start()])
        is_font = any(start <= match.start() < end for start, end in fonts)
        directive = "style-src" if is_import else "font-src" if is_font else "img-src"
        yield Load(directive, match[1] or match[2])


@functools.lru_cache(maxsize=10_000)  # a preview asks for nearly all of them at every edit
def loads_of_markdown(text: str) -> tuple[Load, ...]:
    """Return what a page of this Markdown loads."""
    loads = loads_of_html(converted(text)) if _MAY_LOAD.search(text) else ()
    return *loads, *([_MERMAID] if _DIAGRAM.search(text) else ())


_READERS: dict[str, Callable[[str], Iterable[Load]]] = {
    ".css": loads_of_styles,
    ".md": loads_of_markdown,
}


def blocked(loads: Iterable[Load], policy: Policy, text: str, start: Position) -> Iterator[Problem]:
    """Yield a problem for each source that the policy blocks, at its first place.

    That is sought in `text`, the whole of the file in which `loads` stand at `start`.
    """
    seen: set[tuple[str, str]] = set()
    for load in loads:
        source = policy.missing(load)
        if source is None or (load.directive, source) in seen:
            continue
        seen.add((load.directive, source))
        index = text.find(load.address)
        where = start
        if index >= 0:
            where = place_in(start.file, text, index)._replace(length=len(load.address))
        message = f"browsers will not load {load.address} here"
        yield Problem(where, message, _hint([(load, source)]))


def _source(address: str) -> str:
    """Return the source that lets an address in, such as `https://example.org`."""
    scheme, host, _ = parts_of(address)
    if host:
        return f"{scheme}://{host}"
    return f"{scheme}:" if scheme else "'self'"


def _hint(blocked_loads: list[tuple[Load, str]]) -> str:
    """Return the lines of the settings that let some loads in, each with its source."""
    lines = [f"{load.directive}: [{_quoted(source)}]" for load, source in blocked_loads]
    start = "the policy of the site keeps it out; to let it in, write into the settings of the site"
    return "\n      ".join([f"{start}\nextra:\n  maturity:\n    policy:", *lines])


def _quoted(source: str) -> str:
    """Return a source as YAML takes it for a text."""
    return source if source[-1] not in ":'" else f'"{source}"'


def blocked_by_settings(
    settings: Mapping[str, Any], policy: Policy, config: Path
) -> Iterator[Problem]:
    """Yield a problem for what the theme loads on every page, as `settings` in `config` ask."""
    for path, loads in _loads_of_settings(settings):
        wanted = [(load, source) for load in loads if (source := policy.missing(load))]
        if wanted:
            name = ": ".join(key for key in path if not key.isdecimal())
            message = f"{name}: browsers will not load {wanted[0][0].address}"
            yield Problem(key_position(config, *path), message, _hint(wanted))


def _loads_of_settings(settings: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], list[Load]]]:
    """Yield the keys that lead to a setting, and what the theme loads because of it."""
    theme = settings.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    if isinstance(theme.get("font"), dict):
        yield ("theme", "font"), [*_FONTS]
    for key in ("logo", "favicon"):
        if isinstance(theme.get(key), str):
            yield ("theme", key), [Load("img-src", theme[key])]
    for key, directive in (("extra_css", "style-src"), ("extra_javascript", "script-src")):
        entries = settings.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("path") if isinstance(entry, dict) else entry
            if isinstance(name, str):
                yield (key, str(index)), [Load(directive, name)]
    for at, name, options in entries_of(settings.get("markdown_extensions")):
        chosen = options if isinstance(options, Mapping) else {}
        if name == "pymdownx.emoji" and "emoji_generator" not in chosen:
            yield ("markdown_extensions", at), [_EMOJI]
    extra = settings.get("extra")
    analytics = extra.get("analytics") if isinstance(extra, dict) else None
    if isinstance(analytics, dict) and analytics.get("provider") == "google":
        yield ("extra", "analytics"), [*_ANALYTICS]


def blocked_loads(
    settings: Mapping[str, Any], site: Site, written: Mapping[str, Path], config: Path
) -> Iterator[Problem]:
    """Yield a problem for everything that authors wrote and the policy of the site will block.

    `settings` are those in `config`, and `written` the hand-written files by their paths.
    """
    policy = _policy(settings, config)
    if policy is None:
        return
    yield from blocked_by_settings(settings, policy, config)
    prose = [visit.node for visit in site.definition.source.visits if visit.type is Prose]
    for node in prose:
        loads = [*loads_of_markdown(node.raw)]
        if loads:  # in hardly any: the whole file is searched for each place
            yield from blocked(loads, policy, _text(node.at.file), node.at)
    for file in (*written.values(), *(snippet.file for snippet in site.snippets)):
        if (reader := _READERS.get(file.suffix)) is not None and (text := _text(file)):
            yield from blocked(reader(text), policy, text, Position(file))


def _text(file: Path) -> str:
    try:
        return load_text(file)
    except FrameworkError:  # whoever renders or publishes it says so
        return ""


def _policy(settings: Mapping[str, Any], config: Path) -> Policy | None:
    """Return the policy of a site; ours where it says nonsense, None where it wants none."""
    extra = settings.get("extra")
    chosen = extra.get("maturity") if isinstance(extra, dict) else None
    try:
        added = parse_additions(chosen.get("policy") if isinstance(chosen, dict) else True, config)
    except FrameworkError:  # whoever parses the choices reports it
        added = {}
    return None if added is None else Policy(added, str(settings.get("site_url") or ""))
