"""The model's types side by side with the tree of a file, even where the file has mistakes."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from .model import Framework, Ref
from .tree import Node

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Visit:
    """A place of the tree, and what the model says of it.

    `type` is the class or type expected there; `ref` tells which kind of entry it names, if any;
    `is_key` says that the key of the node is meant, not its value.
    """

    path: Location
    node: Node
    type: Any
    ref: Ref | None = None
    is_key: bool = False


def walk(root: Node, annotation: Any = Framework) -> Iterator[Visit]:
    """Every place of the tree that the model knows of, in file order."""
    yield from _walk(root, annotation, (), ())


def _walk(node: Node, annotation: Any, extra: tuple[Any, ...], path: Location) -> Iterator[Visit]:
    kind, metadata = unwrap(annotation)
    yield Visit(path, node, kind, _ref((*metadata, *extra)))
    if isinstance(node.value, dict) and is_model(kind):
        for name, info in kind.model_fields.items():
            if (child := node.value.get(name)) is not None:
                yield from _walk(child, info.annotation, tuple(info.metadata), (*path, name))
    elif isinstance(node.value, dict) and get_origin(kind) is dict:
        key_type, value_type = get_args(kind)
        key_kind, key_metadata = unwrap(key_type)
        for name, child in node.value.items():
            here = (*path, name)
            yield Visit(here, child, key_kind, _ref(key_metadata), is_key=True)
            yield from _walk(child, value_type, (), here)
    elif isinstance(node.value, list) and get_origin(kind) is list:
        for index, child in enumerate(node.value):
            yield from _walk(child, get_args(kind)[0], (), (*path, index))


def class_at(path: Location) -> Any:
    """The type that the model expects at `path`; None where it knows of none."""
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
    """Which kind of entry is named by the value, or the key, at `path`; None if none is."""
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
    """The type inside `Annotated` and `... | None`, and the metadata found on the way."""
    metadata: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            metadata += tuple(found)
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation, metadata


def is_model(kind: Any) -> bool:
    """Whether `kind` is one of the model's classes."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _ref(metadata: tuple[Any, ...]) -> Ref | None:
    return next((item for item in metadata if isinstance(item, Ref)), None)
