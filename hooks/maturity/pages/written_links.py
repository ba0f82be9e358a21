"""Links by kind and id in what people write beside the definition: their pages and snippets."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from ..definition.model import COLLECTIONS, Framework
from ..definition.parts import Entry
from ..definition.problems import FrameworkError, Position, Problem, place_in, suggestion
from ..definition.prose import links, mask_code, replace_targets
from .paths import path_of

#: What stands after the words of a link: a scheme that may be a misspelled kind.
_SCHEME = re.compile(r"\]\(\s*<?(([A-Za-z]+):(?!//)[^)>\s]+)")
_KINDS = (*COLLECTIONS, *COLLECTIONS.values(), "checklist", "checklists")
#: How alike a scheme and a kind must be, so that `teams:` is no `term:`.
_ALIKE = 0.75


def resolve_links(text: str, source: str, path: str, file: Path, framework: Framework) -> str:
    """Replace links such as `practice:open-daily` by the ways to their pages.

    `text` is what was made of `source`, which stands in `file`; `path` is the page's below the
    site's root. Raises FrameworkError for links to entries and kinds that do not exist.
    """
    problems = [
        Problem(position_of_target(file, source, f"{kind}:{name}"), *_unknown(kind, name, known))
        for kind, name, *_ in links(text)
        if name not in (known := getattr(framework, COLLECTIONS[kind]))
    ]
    problems += _unknown_kinds(text, source, file)
    if problems:
        raise FrameworkError(problems)
    folder = posixpath.dirname(path) or "."
    return replace_targets(text, lambda kind, name: posixpath.relpath(path_of(kind, name), folder))


def _unknown(kind: str, name: str, known: dict[str, Entry]) -> tuple[str, str]:
    renamed = [heir for heir, entry in known.items() if name in entry.formerly]
    hint = f"write {' or '.join(renamed)} in the place of {name}" if renamed else ""
    return f'no {kind} "{name}"', hint or suggestion(name, known, COLLECTIONS[kind])


def _unknown_kinds(text: str, source: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for each link whose scheme is nearly a kind, but none."""
    for target, scheme in _SCHEME.findall(mask_code(text)):
        if scheme in COLLECTIONS or not difflib.get_close_matches(scheme, _KINDS, 1, _ALIKE):
            continue
        message = f'a link to "{scheme}:" leads nowhere'
        hint = suggestion(scheme, COLLECTIONS, "kinds")
        if scheme.startswith("checklist"):
            hint = f'write {{{{ link("checklist:{target.partition(":")[2]}") }}}}'
        yield Problem(position_of_target(file, source, target), message, hint)


def position_of_target(file: Path, source: str, target: str) -> Position:
    """Return where a link's target stands in a file; its beginning where braces have made it."""
    before = r"(?:(?<=\]\()|(?<=\]:))\s*<?"
    match = re.search(rf"{before}{re.escape(target)}(?=[)>\s]|$)", mask_code(source))
    if match is None:
        return Position(file)
    where = place_in(file, source, match.end() - len(target))
    return where._replace(length=len(target))
