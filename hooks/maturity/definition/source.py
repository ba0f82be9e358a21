"""Load `framework.yaml` and `overlay.yaml`: a typed framework, or every problem at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from . import overlay, shape
from .counts import fill_in_counts
from .default_scale import write_out_scale
from .files import is_there
from .messages import KIND_OF, describe_errors, quotable
from .model import COLLECTIONS, Framework
from .problems import FrameworkError, Position, Problem, nearest, suggestion
from .restructure import KEYS, restructure
from .values import is_version
from .yaml_files import load_tree
from .yaml_tree import Node, yaml_kind

#: The sections that every definition has.
_REQUIRED = [name for name, info in Framework.model_fields.items() if info.is_required()]
_RESTORE = "restore it from version control, or delete it if nothing is to differ from upstream"
_BASED_ON = 'write the version of upstream that this overlay was written for: based_on: "1.0.0"'


@dataclass(frozen=True)
class Source:
    """A definition as it was loaded: its tree, its entries, and what is wrong with either.

    `root` is the tree with the overlay applied, `upstream` the one without. `framework` holds the
    entries that are sound. `removed` are the paths that the overlay takes away, by `null` or with
    what it drops and moves, `overlay` is its
    file, None without one, and `based_on` the version that it was written for, empty without one;
    `based_on_at` is where it says so.
    """

    root: Node
    upstream: Node
    framework: Framework
    removed: dict[overlay.KeyPath, Position]
    problems: list[Problem]
    overlay: Path | None = None
    based_on: str = ""
    based_on_at: Position | None = None
    #: What the overlay drops and moves, as it says it, by where.
    requests: dict[Position, str] = field(default_factory=dict)

    @cached_property
    def visits(self) -> list[shape.Visit]:
        """Every place of the tree that the model knows of."""
        return shape.walk(self.root)

    def position(self, *path: str | int) -> Position:
        """Return where the value at `path` stands, or else the innermost of its parents."""
        return self.root.nearest(*path).at

    def key_position(self, *path: str | int) -> Position:
        """Return where the key at `path` stands, or else the innermost of its parents."""
        return self.root.nearest(*path).key

    def edit_position(self, *path: str) -> Position:
        """Return where the entry at `path` is edited: in the overlay if it says anything of it.

        What an overlay drops or moves along with others is not said of the entry.
        """
        entry = self.root.nearest(*path)
        if self.overlay is None:
            return entry.key
        lines = {place.line for place in self.requests}
        own = (node.key for node in entry.all() if node.key.file == self.overlay)
        return min((place for place in own if place.line not in lines), default=entry.key)

    def cause(self, first: Position, *others: Position) -> Position:
        """Return the one of these places that the overlay wrote; `first` where it wrote none.

        Where values of both files do not agree, a fork's author can change the overlay alone.
        """
        ours = (place for place in (first, *others) if place.file == self.overlay)
        return next(ours, first)

    def removals(self, *path: str) -> list[Position]:
        """Return where the overlay removes what lay directly in the map at `path`."""
        return [place for key_path, place in self.removed.items() if key_path[:-1] == path]


def load_source(
    file: Path, overlay_file: Path | None = None, without: Collection[Position] | None = None
) -> Source:
    """Load the definition and, where that file exists, the overlay on it.

    `without` are the places of keys, and of lines of `drop`, in the overlay that are left out with
    all that belongs to them; if it is given, nothing is said of `based_on` either. Mistakes that
    leave anything to go on with are in the result. Raises FrameworkError where a file cannot be
    read as a map in YAML.
    """
    own = _load_overlay(overlay_file, without)
    upstream, problems = _load_upstream(file, own.problems)
    problems += own.problems
    merged = overlay.Merged(upstream, {}, [])
    if own.patch is not None:
        upstream = write_out_scale(upstream, own.patch, own.requests)
        merged = overlay.merge(upstream, own.patch)
        problems += merged.problems
    root, mistakes = _arrange_collections(merged)
    problems += mistakes
    changed = restructure(root, upstream, own.requests)
    removed = {**merged.removed, **changed.gone}
    root, mistakes = fill_in_counts(changed.root)
    problems += [*changed.problems, *mistakes]
    framework, errors = _validate(root)
    reported = {problem.where for problem in problems}
    problems += describe_errors(root, errors, removed, reported)
    applied = overlay_file if own.patch is not None else None
    return Source(
        root, upstream, framework, removed, problems, applied, own.based_on, own.based_on_at,
        changed.requests,
    )  # fmt: skip


def _load_upstream(file: Path, others: list[Problem]) -> tuple[Node, list[Problem]]:
    """Load the definition; where that fails, `others` are reported along with it."""
    try:
        root, problems = load_tree(file)
    except FrameworkError as error:
        raise FrameworkError([*error.problems, *others]) from error
    if not isinstance(root.value, dict):
        name = yaml_kind(root.value)
        message = f"the file must be a map with keys such as framework:, not {name}"
        message = "the file is empty" if root.value is None else message
        raise FrameworkError([*problems, *others, Problem(root.at, message)])
    if not {*_REQUIRED} & {*root.entries}:
        raise FrameworkError([*others, _no_definition(root)])
    return root, problems


def _no_definition(root: Node) -> Problem:
    """Return the problem of a file that holds something else, in place of one for each key."""
    first = next(iter(root.entries.values()), root)
    begins = quotable(next(iter(root.entries), "{}"))
    message = f'this is no definition of a framework: it begins with "{begins}"'
    hint = f"a definition has at least {', '.join(_REQUIRED[:-1])} and {_REQUIRED[-1]}"
    return Problem(first.key, message, hint)


@dataclass(frozen=True)
class _Overlay:
    """What an overlay says: a patch, what it drops and moves, and what is wrong with any of it."""

    #: None where there is no overlay, or none that can be read.
    patch: Node | None
    problems: list[Problem]
    based_on: str = ""
    based_on_at: Position | None = None
    requests: dict[str, Node] = field(default_factory=dict)


def _load_overlay(file: Path | None, without: Collection[Position] | None) -> _Overlay:
    if file is None or not is_there(file):
        return _Overlay(None, [])
    try:
        patch, problems = load_tree(file, _RESTORE)
    except FrameworkError as error:
        return _Overlay(None, error.problems)
    if not isinstance(patch.value, dict):
        message = f"the overlay must be a map, not {yaml_kind(patch.value)}"
        return _Overlay(None, [*problems, Problem(patch.at, message, _BASED_ON)])
    if without is not None:
        patch, problems = _pruned(patch, without), []
    entries = dict(patch.value)
    problems += _take_out_misspelled(entries)
    based_on = entries.pop("based_on", None)
    requests = {key: entries.pop(key) for key in KEYS if key in entries}
    if without is None:
        problems += _wrong_version(based_on, patch)
    version, place = (based_on.raw, based_on.at) if based_on is not None else ("", None)
    return _Overlay(patch._replace(value=entries), problems, version, place, requests)


def _wrong_version(based_on: Node | None, patch: Node) -> list[Problem]:
    """Report an overlay that does not say for which version of upstream it was written."""
    if based_on is None:
        return [Problem(patch.at, '"based_on" is missing', _BASED_ON)]
    if is_version(based_on.value):
        return []
    value = quotable(based_on.raw) or yaml_kind(based_on.value)
    message = f'"based_on" must be a version in quotes, not {value}'
    return [Problem(based_on.at, message, _BASED_ON)]


def _pruned(node: Node, without: Collection[Position]) -> Node:
    """Return a tree without the keys, and the items of lists, that stand at some places."""
    if isinstance(node.value, dict):
        left = {k: _pruned(n, without) for k, n in node.value.items() if n.key not in without}
        return node._replace(value=left)
    if isinstance(node.value, list):
        return node._replace(value=[item for item in node.value if item.at not in without])
    return node


def _take_out_misspelled(entries: dict[str, Node]) -> list[Problem]:
    """Take out keys that are nearly those of an overlay alone, and report them."""
    free = [key for key in ("based_on", *KEYS) if key not in entries]
    known = [*Framework.model_fields, *free]
    wrong = [key for key in entries if key not in known and nearest(key, known) in free]
    return [
        Problem(
            entries.pop(key).key, f'unknown key "{quotable(key)}"', suggestion(key, free, "keys")
        )
        for key in wrong
    ]


def _arrange_collections(merged: overlay.Merged) -> tuple[Node, list[Problem]]:
    """Put the entries of every collection into display order."""
    sections, problems = dict(merged.root.value), []
    for kind, name in COLLECTIONS.items():
        if name in sections and isinstance(sections[name].value, dict):
            removed = {
                path[1]: place for path, place in merged.removed.items() if path[:-1] == (name,)
            }
            sections[name], mistakes = overlay.arrange(kind, sections[name], removed)
            problems += mistakes
    return merged.root._replace(value=sections), problems


def _validate(root: Node) -> tuple[Framework, list[ErrorDetails]]:
    """Return the framework, less the entries that have mistakes, and those mistakes."""
    data = root.plain()
    try:
        return Framework.model_validate(data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    for details in errors:
        _drop(data, details["loc"])
    sections = {name: value for name, value in data.items() if _is_sound(name, value)}
    for name, info in Framework.model_fields.items():
        if name not in sections and info.is_required():
            sections[name] = {}
    parts = {
        name: _adapter(name).validate_python(value)
        for name, value in sections.items()
        if value != {}
    }
    empty: dict[str, Any] = {name: {} for name, value in sections.items() if value == {}}
    return Framework.model_construct(**empty, **parts), errors


def _drop(data: Any, location: shape.Location) -> None:
    """Take the entry (or, outside the collections, the section) with a mistake out of `data`."""
    depth = 2 if location[:1] and location[0] in KIND_OF and len(location) > 1 else 1
    if depth == 2 and isinstance(data.get(location[0]), dict):
        data[location[0]].pop(location[1], None)
    elif location:
        data.pop(location[0], None)


def _adapter(section: str) -> TypeAdapter[Any]:
    annotation: Any = Framework.model_fields[section].annotation
    return TypeAdapter(annotation)


def _is_sound(section: str, value: Any) -> bool:
    if section not in Framework.model_fields:
        return False
    try:
        _adapter(section).validate_python(value)
    except ValidationError:
        return False
    return True
