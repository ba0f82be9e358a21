"""Turns what goes wrong in a template or a page into problems with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from ..definition import model
from ..definition.messages import quotable
from ..definition.model import COLLECTIONS, Framework
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from .environment import Scope
from .links import NoSuchEntry
from .paths import FOLDERS

_BRACES = "to show braces as they are, set render_macros: false in the page's front matter"

_NO_ENTRY = "an entry is at hand on a page with the path of a generated one, and in its snippets"
#: What each page knows of itself.
_PAGE = ("entry", "id", "item", "path")
#: What to do where an id means nothing to Jinja.
_ONE_OF_MANY = 'name one by its id in brackets, such as framework.practices["its-id"].title'


@contextmanager
def reporting_mistakes(folder: Path, scope: Scope) -> Iterator[None]:
    """Raise FrameworkError for whatever a template raises inside.

    `folder` is that of the templates; `scope` knows which words and entries there are.
    """
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        file = Path(error.filename) if error.filename else folder / (error.name or "")
        problem = Problem(Position(file, error.lineno), f"template: {error.message}", _BRACES)
        raise FrameworkError([problem]) from error
    # A template is a program: whatever it raises is a mistake in it, and is reported as one.
    except Exception as error:
        raise FrameworkError([_problem(error, folder, scope)]) from error


def _problem(error: Exception, folder: Path, scope: Scope) -> Problem:
    where = _place(error, folder)
    if isinstance(error, jinja2.UndefinedError):
        return Problem(where, *_undefined(str(error), scope))
    if isinstance(error, jinja2.TemplateNotFound):
        known = jinja2.FileSystemLoader(folder).list_templates()
        name = str(error.name)
        return Problem(where, f"no template {name}", suggestion(name, known, "templates"))
    if isinstance(error, NoSuchEntry):
        hint = _entry_hint(str(error), scope.definition.framework)
        return Problem(where, f'no entry "{error}"', hint)
    if isinstance(error, KeyError):
        hint = suggestion(error.args[0], scope.words.texts, "words")
        return Problem(where, f"no word {error}", hint)
    return Problem(where, f"template: {error}", _BRACES)


def _undefined(complaint: str, scope: Scope) -> tuple[str, str]:
    """Return message and hint for a name that means nothing, of which Jinja has this."""
    if match := re.match(r"'None' has no attribute '(.+)'", complaint):
        message = f"there is no entry here that could have {quotable(match[1])}"
        return message, _NO_ENTRY
    if match := re.match(r"'(?:[\w.]+\.)?(\w+)(?: object)?' has no attribute '(.+)'", complaint):
        kind, name = match.groups()
        if kind in ("Prose", "Text", "str"):
            return f"a text has no {quotable(name)}", f"leave out .{quotable(name)}"
        if kind in ("dict", "list"):
            return f"nothing here is called {quotable(name)}", _ONE_OF_MANY
        if (known := getattr(getattr(model, kind, None), "model_fields", None)) is not None:
            owner = "framework.framework" if kind == model.About.__name__ else kind.lower()
            return f"{owner} has no {quotable(name)}", suggestion(name, known, "it has")
    if match := re.match(r"'(\w+)' is undefined", complaint):
        known = [*_PAGE, *scope.variables()]
        return f"{match[1]} is nothing that pages know", suggestion(match[1], known, "there are")
    return f"template: {complaint}", _BRACES


def _place(error: Exception, folder: Path) -> Position:
    """Return the line of a template that an exception passed last; else the folder.

    A line of what a fork wrote goes before those in `folder`, which work on pages of ours.
    """
    places = []
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix in (".md", ".html"):
            places.append(Position(file, trace.tb_lineno))
        trace = trace.tb_next
    own = [place for place in places if not place.file.is_relative_to(folder)]
    return (own or places or [Position(folder)])[-1]


def _entry_hint(target: str, framework: Framework) -> str:
    kind, _, name = target.partition(":")
    if kind not in FOLDERS and kind not in COLLECTIONS:
        return suggestion(kind, COLLECTIONS, "kinds")
    section = COLLECTIONS.get(kind, "levels")
    return suggestion(name, getattr(framework, section), section)
