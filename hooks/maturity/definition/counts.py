"""Replace `{count:levels}` and its like in prose by how many of them a definition has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import shape
from .messages import entry_prefix, quotable
from .model import COLLECTIONS, Framework
from .problems import Problem, suggestion
from .prose import mask_code
from .text import Prose
from .yaml_tree import Node

_COUNT = re.compile(r"\{count:([^{}\s]*)\}")
_MARK = "{count:"
_SECTIONS = (*COLLECTIONS.values(), "scale")
#: How small numbers are written in English prose. In other languages they are digits, which need
#: no case and no gender.
_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
#: What follows a number in English, by what is counted, and how it is called where it is one.
_NOUNS = {section: (section, kind) for kind, section in COLLECTIONS.items()} | {
    "glossary": ("terms", "term"),
    "scale": ("answers", "answer"),
}


def fill_in_counts(root: Node) -> tuple[Node, list[Problem]]:
    """Return the tree with the counts in its prose filled in, and what is wrong with them.

    Up to twelve they are words in an English definition, and digits in any other language. In
    English the noun that follows is singular after one, as in `{count:dimensions} dimensions`.
    """
    problems: list[Problem] = []
    return _fill_in(root, (), root, problems), problems


def _fill_in(node: Node, path: shape.Location, root: Node, problems: list[Problem]) -> Node:
    """Return the node with counts filled in; the same object where it holds none."""
    value = node.value
    if isinstance(value, str):
        if _MARK not in value or shape.type_at(path) is not Prose:
            return node
        problems += _unknown(node, path)
        return node._replace(value=_replace(value, root))
    if isinstance(value, dict):
        entries = {
            key: _fill_in(child, (*path, key), root, problems) for key, child in value.items()
        }
        is_same = all(entries[key] is child for key, child in value.items())
        return node if is_same else node._replace(value=entries)
    if isinstance(value, list):
        items = [_fill_in(item, (*path, n), root, problems) for n, item in enumerate(value)]
        is_same = all(new is old for new, old in zip(items, value, strict=True))
        return node if is_same else node._replace(value=items)
    return node


def _unknown(node: Node, path: shape.Location) -> Iterator[Problem]:
    for name in _COUNT.findall(mask_code(node.value)):
        if name not in _SECTIONS:
            message = f'{entry_prefix(path[:2])}nothing to count is called "{quotable(name)}"'
            yield Problem(node.at, message, suggestion(name, _SECTIONS, "there are"))


def _replace(text: str, root: Node) -> str:
    pieces, end = [], 0
    for match in _COUNT.finditer(mask_code(text)):
        number = _number(match[1], root)
        pieces += [text[end : match.start()], number]
        end = match.end()
        if number == _WORDS[1] and match[1] in _NOUNS:
            plural, singular = _NOUNS[match[1]]
            if noun := re.compile(rf"(\s+){plural}\b").match(text, end):
                pieces.append(noun[1] + singular)
                end = noun.end()
    return "".join([*pieces, text[end:]])


def _number(section: str, root: Node) -> str:
    node = root.get(section)
    entries = node.entries if node is not None else {}
    if section not in _SECTIONS:
        return ""
    if node is None:
        entries = Framework.model_fields[section].default or {}
    count = len(entries)
    return _WORDS[count] if _is_english(root) and count < len(_WORDS) else str(count)


def _is_english(root: Node) -> bool:
    language = root.get("framework", "language")
    return language is None or str(language.value).partition("-")[0] == "en"
