"""Parse the front matter of hand-written pages: the YAML between lines of `---` at the top."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ..definition.plain_yaml import parse_yaml
from ..definition.problems import FrameworkError, Position, Problem

#: As MkDocs finds it; whatever else looks like it is printed on the page.
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_OPENED = re.compile(r"(?P<before>\s*)-{3}[ \t]*\n(?=[\w-]+:(?:\s|$))", re.MULTILINE)
_QUOTES = 'a text that contains ": " or begins with a sign such as @ needs quotes'
_FORM = 'write it as "title: Welcome", a key and its value in each line; a line to see is ***'


def parse_front_matter(text: str, file: Path) -> dict[str, Any]:
    """Parse the front matter of a page that stands in `file`; empty where there is none.

    Raises FrameworkError for one that MkDocs would print as text: it is no YAML or no map, does
    not begin in the first line, or never ends.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (match := _FRONT_MATTER.match(text)) is not None:
        return _parse(match[1], file)
    opened = _OPENED.match(text)
    if opened is None:
        return {}
    line = opened["before"].count("\n") + 1
    if opened["before"] and _FRONT_MATTER.match(text, opened.end("before")):
        hint = "delete what is above it; below the first line it is printed as text"
        raise _refusal(Position(file, line), "the front matter is not at the top", hint)
    raise _refusal(Position(file, line), "the front matter never ends", "close it by a line of ---")


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


def _refusal(where: Position, message: str, hint: str) -> FrameworkError:
    return FrameworkError([Problem(where, message, hint)])
