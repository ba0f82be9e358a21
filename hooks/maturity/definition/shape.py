"""Find what the model says of each place of a tree, even where the file has mistakes."""

from __future__ import annotations

import functools
import types
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from .ids import Ref
from .model import Artifact, Framework
from .text import Text
from .yaml_tree import Node

#: Keys and numbers of list items that lead to a place of the tree, from the outermost.
Location = tuple[str | int, ...]


class Visit(NamedTuple):
    """A place of the tree, and what the model says of it.

    `type` is the class or type expected there; `ref` tells which kind of entry it names, if any;
    `is_key` says that the key of the node is meant, not its value.
    """

    path: Location
    node: Node
    type: Any
    ref: Ref | None = None
    is_key: bool = False


def walk(root: Node) -> list[Visit]:
    """List every place of the tree that the model knows of, in the order of the model."""
    visits: list[Visit] = []
    _walk(root, (), _expected(Framework), visits)
    return visits


def _walk(node: Node, path: Location, expected: _Expected, visits: list[Visit]) -> None:
    value = node.value
    if expected.type is Artifact and isinstance(value, str):
        expected = _expected(Text)  # it is written as its text alone
    visits.append(Visit(path, node, expected.type, expected.ref))
    if isinstance(value, dict) and is_model(expected.type):
        for name, field in _fields(expected.type).items():
            if (child := value.get(name)) is not None:
                _walk(child, (*path, name), field, visits)
    elif isinstance(value, dict) and expected.origin is dict:
        named, inside = map(_expected, expected.arguments)
        for name, child in value.items():
            here = (*path, name)
            visits.append(Visit(here, child, named.type, named.ref, is_key=True))
            _walk(child, here, inside, visits)
    elif isinstance(value, list) and expected.origin is list:
        inside = _expected(expected.arguments[0])
        for index, child in enumerate(value):
            _walk(child, (*path, index), inside, visits)


class _Expected(NamedTuple):
    """What the model says of a place: `dict` and `list` are origins, what they hold arguments."""

    type: Any
    ref: Ref | None
    origin: Any
    arguments: tuple[Any, ...]


@functools.cache
def _expected(annotation: Any, extra: tuple[Any, ...] = ()) -> _Expected:
    kind, metadata = unwrap(annotation)
    return _Expected(kind, _ref((*metadata, *extra)), get_origin(kind), get_args(kind))


@functools.cache
def _fields(kind: Any) -> dict[str, _Expected]:
    fields = kind.model_fields.items()
    return {name: _expected(info.annotation, tuple(info.metadata)) for name, info in fields}


def type_at(path: Location) -> Any:
    """Return the type that the model expects at `path`; None where it knows of none."""
    kind: Any = Framework
    for key in path:
        if is_model(kind):
            info = kind.model_fields.get(key)
            kind = unwrap(info.annotation)[0] if info else None
        elif get_origin(kind) in (dict, list):
            kind = unwrap(get_args(kind)[-1])[0]
        else:
            return None
    return kind


def ref_at(path: Location, is_key: bool = False) -> Ref | None:
    """Return which kind of entry the value, or the key, at `path` names; None if it names none."""
    kind: Any = Framework
    metadata: tuple[Any, ...] = ()
    for index, key in enumerate(path):
        if is_model(kind):
            info = kind.model_fields.get(key)
            annotation, metadata = (info.annotation, tuple(info.metadata)) if info else (None, ())
        else:
            arguments = get_args(kind) or (None,)
            annotation = arguments[0 if is_key and index == len(path) - 1 else -1]
            metadata = ()
        kind, inner = unwrap(annotation)
        metadata += inner
    return _ref(metadata)


def unwrap(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type inside `Annotated` and `... | None`, and the metadata on the way to it."""
    metadata: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += tuple(more)
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation, metadata


def is_model(kind: Any) -> bool:
    """Tell whether `kind` is one of the model's classes."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _ref(metadata: tuple[Any, ...]) -> Ref | None:
    return next((item for item in metadata if isinstance(item, Ref)), None)
