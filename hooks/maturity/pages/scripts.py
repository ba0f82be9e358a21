"""Find scripts in what authors write: Markdown, HTML and drawings.

What runs is judged by the HTML that a text becomes, so that code is shown as it always was.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import markdown

from ..definition.problems import FrameworkError, Position, Problem, place_in
from ..definition.prose import mask_code
from .front_matter import parse_front_matter
from .html_scan import start_tags

#: Files whose texts are looked at.
SUFFIXES = (".md", ".yaml", ".yml", ".html", ".htm", ".xhtml", ".svg")
#: Of them, those that are published as they are.
PUBLISHED = (".html", ".htm", ".xhtml", ".svg")

#: Browsers take no notice of white space in it.
_SCHEME = r"\s*".join("javascript:")
_ADDRESS = re.compile(rf"(?:^|;)[\x00-\x20]*{_SCHEME}", re.IGNORECASE)
_HANDLER = re.compile(r"on[a-z]{3,}")
#: What a text has in it that becomes a script; most have not, and need not be converted. Sought in
#: small letters, which takes a fifth of the time that both would take.
_MAY_RUN = re.compile(rf"<[\w:.-]*script|{_SCHEME}|on[a-z]{{3,}}\s*=|srcdoc")
#: Those that mkdocs.yml names, and those that MkDocs always has, as far as they make HTML.
_EXTENSIONS = ("attr_list", "def_list", "fenced_code", "md_in_html", "tables")
_HINT = (
    "delete it; or, if you want it to run, name this file under extra: maturity: scripts in "
    "the settings of the site"
)


class Script(NamedTuple):
    """A script: what it is, and a pattern for how that is written."""

    what: str
    pattern: str


def scripts_in_html(html: str) -> Iterator[Script]:
    """Yield the scripts in a text that a browser reads as it is."""
    for tag in start_tags(html):
        if tag.name.rpartition(":")[2] == "script" and tag.holds_code:
            yield Script("<script>", r"<[\w:.-]*script\b")
        for name, attribute in tag.attributes.items():
            if _HANDLER.fullmatch(name) or name == "srcdoc":
                yield Script(f"the attribute {name}", rf"\b{name}\s*=")
            elif _ADDRESS.search(attribute.value):
                yield Script("an address that begins with javascript:", _SCHEME)


def scripts_in_value(value: str) -> Iterator[Script]:
    """Yield the scripts in a setting, which stands on a page as HTML or as an address."""
    yield from scripts_in_html(value)
    if _ADDRESS.match(value):
        yield Script("an address that begins with javascript:", _SCHEME)


@functools.lru_cache(maxsize=8)  # what a page runs and what it loads are asked one after the other
def converted(text: str) -> str:
    """Return the HTML that a text of Markdown becomes, as far as it can run or load anything."""
    return markdown.markdown(text, extensions=_EXTENSIONS)


def scripts_in_markdown(text: str) -> Iterator[Script]:
    """Yield the scripts in a text of Markdown; code is none."""
    if _MAY_RUN.search(unescape(text).lower()):
        yield from scripts_in_html(converted(text))


def script_problems(
    scripts: Iterable[Script], source: str, start: Position, subject: str = ""
) -> Iterator[Problem]:
    """Yield a problem for each script, where it is written in `source`, the text of a file.

    It is sought from `start` on, outside of code first; what is nowhere stands at `start`.
    `subject` begins the messages.
    """
    offset = _offset(source, start)
    before: Counter[str] = Counter()
    for script in scripts:
        places = [*_places(script, mask_code(source), offset), *_places(script, source, offset)]
        nth = before[script.pattern]
        before[script.pattern] += 1
        where = start
        if places:
            first, last = places[min(nth, len(places) - 1)]
            where = place_in(start.file, source, first)._replace(length=last - first)
        yield Problem(where, f"{subject}no script may stand here: {script.what}", _HINT)


def _places(script: Script, text: str, offset: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(script.pattern, re.IGNORECASE).finditer(text, offset):
        yield match.span()


def _offset(text: str, where: Position) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: where.line - 1])) + where.column - 1


def refuse_scripts(text: str, source: str, file: Path, allowed: Collection[Path]) -> None:
    """Raise FrameworkError with the scripts on a page or in a snippet, each at its place.

    `text` is the Markdown that was made of `source`, which stands in `file`. `allowed` are files
    that may hold scripts, with all links resolved.
    """
    scripts = [*scripts_in_markdown(text)]
    for value in strings(parse_front_matter(text, file)):
        scripts += [script for script in scripts_in_value(value) if script not in scripts]
    _refuse(scripts, source, file, allowed)


def refuse_scripts_in_html(text: str, file: Path, allowed: Collection[Path]) -> None:
    """Raise FrameworkError with the scripts in a page or drawing that is published as it is."""
    _refuse(scripts_in_html(text), text, file, allowed)


def _refuse(scripts: Iterable[Script], source: str, file: Path, allowed: Collection[Path]) -> None:
    problems = [*script_problems(scripts, source, Position(file))]
    if problems and file.resolve() not in allowed:
        raise FrameworkError(problems)


def strings(value: object) -> Iterator[str]:
    """Yield every text in a value of YAML, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from strings(key)
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)
