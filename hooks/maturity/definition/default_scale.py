"""Write out the scale that a definition leaves to the default, where an overlay changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .model import DEFAULT_SCALE, Answer
from .problems import Position
from .yaml_tree import Node

_KIND = "answer:"


def write_out_scale(upstream: Node, patch: Node, requests: Mapping[str, Node]) -> Node:
    """Return the tree of a definition, with the default scale in it if an overlay changes that.

    The overlay is its `patch` and what it drops, among its `requests`. One that gives answers of
    its own from nothing, each whole, takes the place of the default scale.
    """
    if "scale" in upstream.entries or not (_changes_answers(patch) or _drops_answers(requests)):
        return upstream
    answers = {
        name: answer.model_dump(exclude_unset=True) for name, answer in DEFAULT_SCALE.items()
    }
    scale = _node(answers, upstream.at)
    return upstream._replace(value={**upstream.entries, "scale": scale})


def _changes_answers(patch: Node) -> bool:
    """Tell whether an overlay removes an answer, or says less than a new one needs."""
    scale = patch.get("scale")
    needed = {name for name, field in Answer.model_fields.items() if field.is_required()}
    answers = scale.entries.values() if scale is not None else ()
    return any(node.value is None or not needed <= node.entries.keys() for node in answers)


def _drops_answers(requests: Mapping[str, Node]) -> bool:
    drop = requests.get("drop")
    lines = drop.value if drop is not None and isinstance(drop.value, list) else []
    return any(isinstance(line.value, str) and line.value.startswith(_KIND) for line in lines)


def _node(value: Any, at: Position) -> Node:
    """Return a value as a tree whose every part stands at one place."""
    if isinstance(value, dict):
        value = {key: _node(inner, at) for key, inner in value.items()}
        return Node(value, at, at)
    return Node(value, at, at, str(value))
