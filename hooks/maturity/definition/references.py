"""Find references between entries, check what they name, and take them out.

They are read from the tree, because that is there even where an entry has other mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import yaml

from . import overlay, shape
from .addresses import is_address
from .messages import entry_prefix, quotable
from .model import COLLECTIONS, Framework
from .problems import Position, Problem, source_lines, suggestion
from .prose import links, mask_code, without_links
from .source import Source
from .text import Prose
from .yaml_tree import Node

#: Kinds that each entry has of its own, and the key under which they stand there.
_OWN = {"column": "columns", "figure": "figures"}
#: Where links and images in prose lead, and the addresses that are written out.
_TARGET = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\[\]]+\]:\s*<?|<(?=\w+://))([^)\s>]+)", re.MULTILINE)
#: The scheme of any link in prose that is not a web address.
_SCHEME = re.compile(r"([A-Za-z]+):(?!//)")


@dataclass(frozen=True)
class Reference:
    """A place that names an entry: where, which, and whether it is a map's key or inside prose."""

    path: shape.Location
    kind: str
    id: str
    node: Node
    is_key: bool = False
    #: In prose: at which of the places it stands where the text names that entry, from 1.
    link: int = 0

    @property
    def at(self) -> Position:
        """Where exactly the id stands."""
        if self.link:
            return _link_position(self)
        return self.node.key if self.is_key else self.node.at

    @property
    def home(self) -> overlay.KeyPath:
        """Where the entry that is named stands in the definition, if it does."""
        if self.kind in _OWN:
            return (*map(str, self.path[:2]), _OWN[self.kind], self.id)
        return (COLLECTIONS.get(self.kind, "scale"), self.id)


def references(source: Source) -> Iterator[Reference]:
    """Yield every reference in the tree, in fields and in links of prose."""
    for visit in source.visits:
        value = visit.path[-1] if visit.is_key else visit.node.value
        if not isinstance(value, str):
            continue
        if visit.ref is not None:
            yield Reference(visit.path, visit.ref.kind, value, visit.node, visit.is_key)
        elif visit.type is Prose:
            for kind, name, start, _ in links(value):
                place = len(_target(kind, name).findall(value, 0, start)) + 1
                yield Reference(visit.path, kind, name, visit.node, link=place)


def unknown_links(source: Source) -> Iterator[Problem]:
    """Report links in prose that lead nowhere, whichever page the prose is printed on.

    A misspelled kind (`practise:x`) is no address that a browser knows, and what is relative to
    the page is there on one page and not on the other.
    """
    for visit in source.visits:
        if visit.type is not Prose or visit.is_key or not isinstance(visit.node.value, str):
            continue
        for target in _TARGET.findall(mask_code(visit.node.value)):
            if (hint := _wrong_target(target)) is not None:
                name = f"{scheme[1]}:" if (scheme := _SCHEME.match(target)) else quotable(target)
                message = f'{entry_prefix(visit.path[:2])}a link to "{name}" leads nowhere'
                yield Problem(visit.node.at, message, hint)


def _wrong_target(target: str) -> str | None:
    """Return what to do about a link that leads nowhere; None where it may lead somewhere."""
    if scheme := _SCHEME.match(target):
        kind = scheme[1]
        is_known = kind in COLLECTIONS or kind in ("mailto", "tel")
        return None if is_known else suggestion(kind, COLLECTIONS, "kinds")
    if not is_address(target):
        return "it is no web address"
    if "://" in target or target.startswith("/"):
        return None
    return "begin it with a slash, such as /workshop.md: the text may stand on several pages"


def _target(kind: str, name: str) -> re.Pattern[str]:
    """Return the pattern of where a text names an entry, also in code; group 1 is the id."""
    return re.compile(rf"\b{kind}:({re.escape(name)})(?=[>\s)]|$)")


def _link_position(link: Reference) -> Position:
    """Return where the id of a link in prose stands.

    Text is folded, so it is looked for in the file.
    """
    target = _target(link.kind, link.id)
    lines = source_lines(link.node.at.file)
    before = link.link - 1
    for number in range(link.node.at.line, min(len(lines), link.node.at.line + 200) + 1):
        start = link.node.at.column - 1 if number == link.node.at.line else 0
        for match in target.finditer(lines[number - 1], start):
            if not before:
                return Position(link.node.at.file, number, match.start(1) + 1, len(link.id) or 1)
            before -= 1
    return link.node.at


def _known(root: Node, reference: Reference) -> Collection[str] | None:
    """Return the ids that a reference may name; None where a mistake elsewhere hides them."""
    section, *inside = reference.home[:-1]
    node = root.get(section)
    is_required = Framework.model_fields[section].is_required()
    if node is None and (is_required or set(root.entries) - set(Framework.model_fields)):
        return None  # it is reported as missing, or its name as misspelled
    if node is None:
        return Framework.model_fields[section].default or ()
    node = node.get(*inside) if inside else node
    if node is None:
        return ()
    if not isinstance(node.value, dict) or (not node.value and not inside and is_required):
        return None
    return node.value


def _is_dangling(root: Node, reference: Reference) -> bool:
    known = _known(root, reference)
    return known is not None and reference.id not in known


def dangling_references(source: Source) -> Iterator[Problem]:
    """Report references to entries that do not exist, but for those that the overlay removed."""
    for reference in references(source):
        if not _is_dangling(source.root, reference) or _removal(source, reference):
            continue
        plural = COLLECTIONS.get(reference.kind, f"{reference.kind}s")
        yield Problem(
            reference.at,
            f'{entry_prefix(reference.path[:2])}no {reference.kind} "{reference.id}"',
            suggestion(reference.id, _known(source.root, reference) or (), plural),
        )


def _removal(source: Source, reference: Reference) -> overlay.KeyPath | None:
    """Return what the overlay removes that a reference of upstream names, or None."""
    for end in range(1, len(reference.home) + 1):
        at = source.removed.get(reference.home[:end])
        if at is not None and at.file != reference.node.at.file:
            return reference.home[:end]
    return None


def removed_but_used(source: Source) -> Iterator[Problem]:
    """Report entries that the overlay removes while others still name them."""
    using: dict[overlay.KeyPath, list[Reference]] = {}
    for reference in references(source) if source.removed else ():
        path = _removal(source, reference)
        if path is not None and _is_dangling(source.root, reference):
            using.setdefault(path, []).append(reference)
    if not using:
        return
    lines = yaml.safe_dump(repair(source), sort_keys=False, allow_unicode=True, width=100)
    hint = f"these lines in the overlay drop that too:\n{lines}"
    for path in sorted(using, key=lambda path: source.removed[path]):
        names = list(dict.fromkeys(".".join(map(str, use.path)) for use in using[path]))
        message = f"{'.'.join(path)} is removed here, but used by {', '.join(names)}"
        yield Problem(source.removed[path], message, hint)
        hint = "the lines for the first removal drop that too"


def repair(source: Source) -> dict[str, Any]:
    """Return the merge patch that takes out whatever names what the overlay removes.

    An entry that cannot be without the reference goes too, and then what names that entry.
    Links in prose become plain words.
    """
    everywhere = [*references(source)]
    gone: set[overlay.KeyPath] = set()
    while True:
        uses = [use for use in everywhere if use.home in gone or _lost(source, use)]
        more = {_key_path(use.path[:2]) for use in uses if _is_required(use)}
        if more <= gone:
            break
        gone |= more
    data = source.root.plain()
    touched: list[overlay.KeyPath] = [_cut(data, use) for use in reversed(uses)]
    patch: dict[str, Any] = {}
    for path in [*reversed(touched), *sorted(gone)]:
        _put(patch, path, None if path in gone else _value(data, path))
    return patch


def _lost(source: Source, use: Reference) -> bool:
    return _removal(source, use) is not None and _is_dangling(source.root, use)


def _is_required(use: Reference) -> bool:
    fields = getattr(shape.class_at(use.path[:-1]), "model_fields", {})
    return not use.link and use.path[-1] in fields and fields[use.path[-1]].is_required()


def _key_path(path: shape.Location) -> overlay.KeyPath:
    return tuple(map(str, path))


def _cut(data: Any, use: Reference) -> overlay.KeyPath:
    """Take one reference out of `data`; return the path of what a patch replaces for that."""
    for key in use.path[:-1]:
        data = data[key]
    if use.link:
        data[use.path[-1]] = without_links(data[use.path[-1]], use.kind, use.id)
    else:
        del data[use.path[-1]]
    return _key_path(tuple(takewhile(lambda key: isinstance(key, str), use.path)))


def _value(data: Any, path: overlay.KeyPath) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _put(patch: dict[str, Any], path: overlay.KeyPath, value: Any) -> None:
    for key in path[:-1]:
        patch = patch.setdefault(key, {})
        if patch is None:  # an outer part goes already
            return
    patch[path[-1]] = value
