"""Load YAML files into trees, and after an edit parse only the entry that differs.

YAML is read from left to right. What stands above an entry is read as before: it has not changed,
and neither has where the entry's key begins. The entry reads alone as it does in the file, as the
end of a text ends all that the next key ends there: no key that follows stands further in, and a
quote or bracket that is still open is a mistake either way. What follows has not changed, and is
at the same depth as before. Anchors, tags and documents reach further; but they are problems, and
with any problem the whole is parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from .files import load_text
from .problems import FrameworkError, Position, Problem
from .yaml_tree import Node, parse_tree

#: How many files are remembered: a build of a fork asks for upstream's file and the words more than
#: once, and so does every build while a site is served.
_REMEMBERED = 8
#: What to do about a file that cannot be read, unless a caller knows better.
_UNREADABLE = "its path is set under extra: maturity: framework:, by FRAMEWORK, or by --framework"
#: What ends a line in YAML but not here, and the mark that YAML skips where a text begins.
_ODD = "\r\x85\u2028\u2029\ufeff"
#: How far down entries are parsed alone: those of a section have some dozens of lines.
_LEVELS = 2


class Reading(NamedTuple):
    """The text of a file, its tree, and the mistakes that did not keep it from being read."""

    text: str
    root: Node
    problems: list[Problem]


def load_tree(file: Path, hint: str = _UNREADABLE) -> tuple[Node, list[Problem]]:
    """Load the tree of a YAML file, and the mistakes that do not keep it from being read on.

    `hint` says what to do where there is no such file. Whoever asks again gets the same tree, as
    long as the file has the same text, and the same nodes where it is edited elsewhere: nobody
    changes a node. Raises FrameworkError where there is nothing to go on with: a file that cannot
    be read, is empty or not YAML.
    """
    text, last = load_text(file, hint), _last(file)
    last[:] = [reading := _read(file, text, *last)]
    return reading.root, [*reading.problems]


@lru_cache(_REMEMBERED)
def _last(_file: Path) -> list[Reading]:
    """Return the last reading of a file in a list, which is empty before the first."""
    return []


def _read(file: Path, text: str, last: Reading | None = None) -> Reading:
    if last is not None and text == last.text:
        return last
    root = reread(text, last) if last is not None else None
    return Reading(text, root, []) if root is not None else Reading(text, *parse_tree(file, text))


def reread(text: str, last: Reading) -> Node | None:
    """Return the tree of a file's new text, or None where the whole of it has to be parsed.

    What the text has in common with the `last` reading, from which it differs, is shared with that.
    """
    was, lines = last.text.split("\n"), text.split("\n")
    is_odd = any(mark in each for mark in _ODD for each in (last.text, text))
    if last.problems or is_odd or len(was) != len(lines):
        return None
    changed = [index for index, line in enumerate(lines, 1) if line != was[index - 1]]
    path, below = _entry_around(last.root, changed, len(lines) + 1)
    entry = _parse_alone(lines, below, path, last.root.nearest(*path).key) if path else None
    if entry is None:
        return None
    for depth in reversed(range(len(path))):
        around = last.root.nearest(*path[:depth])
        entry = around._replace(value={**around.value, path[depth]: entry})
    return entry


def _entry_around(
    node: Node, changed: list[int], end: int, levels: int = _LEVELS
) -> tuple[list[str], int]:
    """Return the path to the innermost entry that has all `changed` lines, and the line below it.

    `end` is the line below `node`. The path is empty where there is no such entry, and where the
    keys of `node` are not in line below its first: it is in braces, or some stand behind a `?`.
    """
    entries = [*node.entries.items()]
    keys = [entry.key for _, entry in entries]
    starts = [key.line for key in keys]
    in_line = node.at.line in starts[:1] and all(key.column == node.at.column for key in keys)
    index = bisect_right(starts, changed[0]) - 1
    below = [*starts, end][index + 1]
    if not levels or not in_line or index < 0 or changed[-1] >= below:
        return [], end
    name, entry = entries[index]
    path, below = _entry_around(entry, changed, below, levels - 1)
    return [name, *path], below


def _parse_alone(lines: list[str], below: int, path: list[str], key: Position) -> Node | None:
    """Return the entry between the line of its `key` and that `below` it, parsed by itself.

    None where that is not one entry without a problem.
    """
    own = lines[key.line - 1 : below - 1]
    if any(line.startswith("...") for line in own):  # it ends the document, and more may follow
        return None
    # Blank lines above keep it in its place, and its last line ends as it does in the file.
    alone = [*[""] * (key.line - 1), *own, *([""] if below <= len(lines) else [])]
    try:
        root, problems = parse_tree(key.file, "\n".join(alone), len(path) - 1)
    except (FrameworkError, yaml.YAMLError):
        return None
    entry = root.get(path[-1])
    if problems or entry is None or len(root.value) > 1:
        return None
    # The value of a key behind a ? that has none stands where something follows.
    if any(node.at.line >= below for node in entry.all()):
        return None
    return entry if root.at[1:3] == entry.key[1:3] == key[1:3] else None
