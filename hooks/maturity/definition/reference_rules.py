"""Check references between entries: that they lead somewhere, and that nothing used is removed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from . import overlay
from .addresses import has_sound_host
from .messages import entry_prefix, quotable
from .model import COLLECTIONS, Framework
from .problems import Problem, suggestion
from .prose import mask_code
from .references import Reference, find_references
from .restructure import drop_line
from .source import Source
from .text import Prose
from .yaml_tree import Node

#: Where links and images in prose lead, and the addresses that are written out.
_TARGET = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\[\]]+\]:\s*<?|<(?=\w+://))([^)\s>]+)", re.MULTILINE)
#: The scheme of any link in prose that is not a web address.
_SCHEME = re.compile(r"([A-Za-z]+):(?!//)")
_DROP = "write this instead, and what names it is mended by itself:"


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
    if not has_sound_host(target):
        return "it is no web address"
    if "://" in target or target.startswith("/"):
        return None
    return "begin it with a slash, such as /workshop.md: the text may stand on several pages"


def _known(root: Node, reference: Reference) -> Collection[str] | None:
    """Return the ids that a reference may name; None where a mistake elsewhere hides them."""
    section, *inside = reference.home[:-1]
    node = root.get(section)
    is_required = Framework.model_fields[section].is_required()
    if node is None and (is_required or set(root.entries) - set(Framework.model_fields)):
        return None  # it is reported as missing, or its name as misspelled
    if node is None:
        return tuple(Framework.model_fields[section].default or ())
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
    for reference in find_references(source.visits):
        if not _is_dangling(source.root, reference) or _removal(source, reference):
            continue
        plural = COLLECTIONS.get(reference.kind, f"{reference.kind}s")
        yield Problem(
            reference.at,
            f'{entry_prefix(reference.path[:2])}no {reference.kind} "{reference.id}"',
            _hint(source, reference, plural),
        )


def _hint(source: Source, reference: Reference, plural: str) -> str:
    if (place := source.removed.get(reference.home)) is not None:
        return f"line {place.line} takes it away"
    known = _known(source.root, reference) or {}
    if isinstance(known, dict):
        return overlay.id_hint(reference.id, known, plural)
    return suggestion(reference.id, known, plural)


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
    for reference in find_references(source.visits) if source.removed else ():
        path = _removal(source, reference)
        if path is not None and _is_dangling(source.root, reference):
            using.setdefault(path, []).append(reference)
    for path in sorted(using, key=lambda path: source.removed[path]):
        names = list(dict.fromkeys(".".join(map(str, use.path)) for use in using[path]))
        message = f"{'.'.join(path)} is removed here, but used by {', '.join(names)}"
        yield Problem(source.removed[path], message, _drop_hint(path, using[path]))


def _drop_hint(path: overlay.KeyPath, uses: list[Reference]) -> str:
    """Return the lines of an overlay that drop what lies at `path`, or else all that is used."""
    whole = drop_line(path)
    lines = [whole] if whole else dict.fromkeys(drop_line(use.home) for use in uses)
    items = "\n".join(f"  - {line}" for line in lines)
    return f"{_DROP}\ndrop:\n{items}"
