"""Parse the front matter of hand-written pages: the YAML between lines of `---` at the top."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..definition.plain_yaml import parse_yaml
from ..definition.problems import FrameworkError, Position, Problem, clip
from ..definition.yaml_losses import losses
from ..definition.yaml_tree import yaml_kind

#: As MkDocs finds it; whatever else looks like it is printed on the page.
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_OPENED = re.compile(r"(?P<before>\s*)-{3}[ \t]*\n(?=[\w-]+:(?:\s|$))", re.MULTILINE)
#: What MkDocs, the theme and this engine read.
_KEYS = (
    "title", "subtitle", "description", "author", "authors", "date", "hide", "icon", "image",
    "redirect", "render_macros", "robots", "search", "status", "tags", "template",
    "keeper", "reviewed", "review_in",
)  # fmt: skip
#: What of it is of one kind alone.
_KINDS: dict[str, type] = {
    **dict.fromkeys(
        ("title", "subtitle", "description", "author", "icon", "template", "keeper"), str
    ),
    "render_macros": bool,
    "hide": list,
    "tags": list,
    "search": dict,
}
_NAMES: dict[type, str] = {str: "text", bool: "true or false", list: "a list", dict: "a map"}
#: How alike two keys must be: `titel` is `title`, `stated` may be the author's own.
_ALIKE = 0.8
_QUOTES = 'a text that contains ": " or begins with a sign such as @ needs quotes'
_FORM = 'write it as "title: Welcome", a key and its value in each line; a line to see is ***'


@lru_cache(maxsize=256)  # each page is asked for it half a dozen times
def parse_front_matter(text: str, file: Path) -> Mapping[str, Any]:
    """Parse the front matter of a page that stands in `file`; empty where there is none.

    Raises FrameworkError for one that MkDocs would print as text: it is no YAML or no map, does
    not begin in the first line, or never ends. So it does for keys that are nearly one that means
    something; any other key is the author's own.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (match := _FRONT_MATTER.match(text)) is not None:
        values = _parse(match[1], file)
        problems = [*_misspelled(values, text, file), *_wrong_kinds(values, text, file)]
        problems += losses(yaml.compose(match[1]), match[1], file, above=1)
        if _FRONT_MATTER.match(text, match.end()):
            where = Position(file, text.count("\n", 0, match.end()) + 1)
            hint = "put all keys between the first two lines of ---"
            problems.append(Problem(where, "a second front matter begins here", hint))
        if problems:
            raise FrameworkError(problems)
        return values
    opened = _OPENED.match(text)
    if opened is None:
        return {}
    line = opened["before"].count("\n") + 1
    if opened["before"] and _FRONT_MATTER.match(text, opened.end("before")):
        hint = "delete what is above it; below the first line it is printed as text"
        raise _refusal(Position(file, line), "the front matter is not at the top", hint)
    raise _refusal(Position(file, line), "the front matter never ends", "close it by a line of ---")


def without_front_matter(text: str) -> str:
    """Return a page with blank lines for its front matter, so that the rest stays where it is."""
    end = 0
    while match := _FRONT_MATTER.match(text, end):  # one behind another is reported
        end = match.end()
    return "\n" * text.count("\n", 0, end) + text[end:]


def refuse_front_matter(text: str, file: Path) -> None:
    """Raise FrameworkError if a text that goes into a page has front matter of its own."""
    opened = _OPENED.match(text.replace("\r\n", "\n"))
    if opened is not None:
        where = Position(file, opened["before"].count("\n") + 1)
        hint = "delete it: title and description are those of the page"
        raise _refusal(where, "a snippet can have no front matter", hint)


def _parse(matter: str, file: Path) -> dict[str, Any]:
    try:
        values = parse_yaml(matter)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Position(file, mark.line + 2, mark.column + 1) if mark else Position(file)
        message = f"the front matter is not valid YAML: {error.problem or error.context}"
        raise _refusal(where, message, _QUOTES) from None
    except yaml.YAMLError as error:
        raise _refusal(Position(file), f"the front matter cannot be read: {error}", "") from None
    if not isinstance(values, dict):
        raise _refusal(Position(file), "the front matter holds no keys", _FORM)
    return values


def front_matter_position(text: str, key: str, file: Path) -> Position:
    """Return where a key of the front matter stands in the `text` of a page."""
    lines = text.splitlines()
    line = next((number for number, each in enumerate(lines, 1) if each.startswith(f"{key}:")), 1)
    return Position(file, line, 1, len(key))


def _wrong_kinds(values: dict[str, Any], text: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for each key that is empty, or of a kind that nobody takes."""
    for key, kind in _KINDS.items():
        value = values.get(key, _NAMES[kind])
        if value is None or (isinstance(value, str) and not value.strip()):
            where = front_matter_position(text, key, file)
            yield Problem(where, f"{key} is empty", "write it, or delete the line")
        elif key in values and not isinstance(value, kind):
            where = front_matter_position(text, key, file)
            hint = "put it in quotes" if kind is str else ""
            message = f"{key} must be {_NAMES[kind]}, not {yaml_kind(value)}"
            yield Problem(where, message, hint)


def _misspelled(values: dict[str, Any], text: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for each key that would be read if it were spelled right."""
    for key in values:
        if key in _KEYS:
            continue
        word = str(key).lower().replace("-", "_")
        near = next(iter(difflib.get_close_matches(word, _KEYS, 1, _ALIKE)), key)
        if near == key or near in values:
            continue
        message = f"nobody reads {clip(str(key), 80)}; did you mean {near}?"
        where = front_matter_position(text, str(key), file)
        yield Problem(where, message, f"call it {near}, or something quite different")


def _refusal(where: Position, message: str, hint: str) -> FrameworkError:
    return FrameworkError([Problem(where, message, hint)])
