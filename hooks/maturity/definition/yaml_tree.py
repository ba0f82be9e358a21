"""Parse YAML into a tree of nodes that know where they stand in their file.

A deliberate subset of YAML: one document, no anchors, aliases, tags or merge keys. They save an
author nothing here, and they make both a reader's and a program's work unbounded.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .plain_yaml import FAST_LOADER, STRING, implied_tag
from .problems import FrameworkError, Position, Problem, place_in, source_lines
from .yaml_losses import cut_text, is_decimal

DEEPEST = 20
#: The longest scalar that can be a number: 1:1:1... is one to YAML, and takes the square of it.
_LONGEST_NUMBER = 100

#: Mistakes that are better shown where the quote or bracket opens.
_UNCLOSED = {
    "while scanning a quoted scalar": "a quote",
    "while parsing a flow sequence": "a bracket [",
    "while parsing a flow mapping": "a brace {",
}
_HINT = "check the indentation and the quotes here and in the line above"
_HINTS = {
    "mapping values": 'a text that contains ": " needs quotes, and every key its own line',
    "cannot start any token": "a text that begins with @, %, or a backtick needs quotes",
}
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class Misread:
    """A scalar that YAML takes for something that no field wants, such as a date."""

    kind: str


class Node(NamedTuple):
    """A value of the file.

    `value` is a dict of nodes, a list of nodes or a scalar; `at` is where the value stands, `key`
    where its key stands; `raw` is the scalar as it is written.
    """

    value: Any
    at: Position
    key: Position
    raw: str = ""

    def get(self, *path: str | int) -> Node | None:
        """Return the node at `path`, or None where there is none."""
        node: Node | None = self
        for key in path:
            inside = node.value if node is not None else None
            if isinstance(inside, dict):
                node = inside.get(key)
            elif isinstance(inside, list) and isinstance(key, int) and key < len(inside):
                node = inside[key]
            else:
                return None
        return node

    def nearest(self, *path: str | int) -> Node:
        """Return the node at `path`, or the innermost of its parents that is there."""
        for end in range(len(path), 0, -1):
            if (node := self.get(*path[:end])) is not None:
                return node
        return self

    @property
    def entries(self) -> dict[str, Node]:
        """The nodes of a map by key; nothing for a list or a scalar."""
        return self.value if isinstance(self.value, dict) else {}

    def all(self) -> Iterator[Node]:
        """Yield this node and every one inside."""
        yield self
        for node in self.value if isinstance(self.value, list) else self.entries.values():
            yield from node.all()

    def plain(self) -> Any:
        """Return the value without positions, as `yaml.safe_load` would."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def parse_tree(file: Path, text: str, depth: int = 0) -> tuple[Node, list[Problem]]:
    """Parse the text of a file into a tree, and the mistakes that do not keep it from being read.

    `depth` is how many steps deep in the file its root lies. Raises FrameworkError where there is
    nothing to go on with: a text that is empty or not YAML.
    """
    reader = _Reader(file, text)
    return reader.document(depth), reader.problems


def _refusal(where: Position, message: str, hint: str) -> FrameworkError:
    return FrameworkError([Problem(where, message, hint)])


@dataclass
class _Reader:
    """One pass over the events of a YAML stream."""

    file: Path
    text: str
    problems: list[Problem] = field(default_factory=list)
    last: yaml.Event | None = None

    def document(self, depth: int) -> Node:
        """Return the root of the tree; raises FrameworkError where the rest cannot be read."""
        self._refuse_doubled_line_ends()
        self.lines = self.text.split("\n")
        self.loader = FAST_LOADER(self.text)
        self.events = self._events()
        try:
            next(self.events)  # stream start
            if isinstance(next(self.events), yaml.StreamEndEvent):
                hint = "restore it from version control; an overlay may also be deleted"
                raise _refusal(Position(self.file), "the file is empty", hint)
            root = self._node(next(self.events), None, depth)
            next(self.events)  # document end
            extra = next(self.events)
        finally:
            self.loader.dispose()
        if not isinstance(extra, yaml.StreamEndEvent):
            self._note(extra, "a second document begins here", "remove the line ---")
        return root

    def _refuse_doubled_line_ends(self) -> None:
        """Refuse what YAML takes for a blank line after each line, which tears texts apart."""
        if (index := self.text.find("\r\r\n")) >= 0:
            where = place_in(self.file, self.text, index)
            hint = "some program has written them twice: save the file with line ends of one kind"
            raise _refusal(where, "this line ends with CR CR LF", hint)

    def _events(self) -> Iterator[yaml.Event]:
        try:
            while (event := self.loader.get_event()) is not None:
                self.last = event
                yield event
        except yaml.MarkedYAMLError as error:
            raise FrameworkError([*self.problems, self._syntax(error)]) from error

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        what = error.problem or error.context or "it cannot be read"
        where = self._at(error.problem_mark or error.context_mark)
        line = "".join(source_lines(self.file)[where.line - 1 : where.line])
        if "tab" in what or line[where.column - 1 : where.column] == "\t":
            return Problem(where, "a tab indents this line", "indent with spaces")
        if error.context in _UNCLOSED:
            message = f"not valid YAML: {_UNCLOSED[error.context]} opens here: {what}"
            hint = "close it, or put the whole text in quotes"
            return Problem(self._at(error.context_mark), message, hint)
        if (runaway := self._long_quote()) is not None and runaway.line < where.line:
            message = f"not valid YAML: a quote opens here and closes only in line {where.line}"
            return Problem(runaway, message, "close it where the text ends")
        if not line.strip() and self.last is not None:  # the file ends too early
            where = self._position(self.last)
        hint = next((hint for words, hint in _HINTS.items() if words in what), _HINT)
        return Problem(where, f"not valid YAML: {what}", hint)

    def _at(self, mark: yaml.Mark | None) -> Position:
        return Position(self.file, mark.line + 1, mark.column + 1) if mark else Position(self.file)

    def _long_quote(self) -> Position | None:
        """Where the value read last begins, if it is a quoted text of several lines.

        A quote that was not closed ends at the next one, and what follows that makes no sense.
        """
        last = self.last
        if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"'):
            return None
        is_long = last.start_mark and last.end_mark and last.start_mark.line < last.end_mark.line
        return self._position(last) if is_long else None

    def _node(self, event: yaml.Event, key: Position | None, depth: int) -> Node:
        at = self._position(event)
        self._refuse_extras(event)
        if depth > DEEPEST:
            hint = "no part of a definition lies so deep: check the indentation and the brackets"
            problem = Problem(at, f"the nesting is deeper than {DEEPEST} steps", hint)
            raise FrameworkError([*self.problems, problem])
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._map(event, depth), at, key or at)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._list(depth), at, key or at)
        if isinstance(event, yaml.ScalarEvent):
            tag = self._tag(event)
            self._note_cut(event, tag)
            return Node(self._scalar(event, tag), at, key or at, event.value)
        return Node("", at, key or at)  # an alias: nothing, which in an overlay removes nothing

    def _list(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, None, depth + 1))
        return items

    def _map(self, start: yaml.MappingStartEvent, depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._key(event, start, depth)
            at = self._position(event)
            node = self._node(next(self.events), at, depth + 1)
            if name is None:
                continue
            if name in items:
                first = items[name].key.line
                self._note(event, f'"{name}" stands twice', f"first in line {first}; keep one")
            else:
                items[name] = node
        return items

    def _key(self, event: yaml.Event, start: yaml.MappingStartEvent, depth: int) -> str | None:
        """The key, or None where it is none and its value is left out."""
        if not isinstance(event, yaml.ScalarEvent):
            # A text in braces without quotes begins where the outer one opens.
            where = start if start.flow_style else event
            self._note(where, "a key must be text", "a text that begins with { or [ needs quotes")
            self._node(event, None, depth + 1)
            return None
        self._refuse_extras(event)
        name: str = event.value
        if (tag := self._tag(event)) == STRING:
            return name
        if tag == _MERGE:
            self._note(event, "merge keys (<<) are not read", "write the keys out")
            return None
        if not isinstance(value := self._scalar(event, tag), str):
            self._note(
                event, f"YAML reads the key {name} as {yaml_kind(value)}", f'write "{name}":'
            )
        return name

    def _note_cut(self, event: yaml.ScalarEvent, tag: str) -> None:
        """Report a text without quotes that ends at a # which is no comment."""
        end = event.end_mark
        if event.implicit[0] and tag == STRING and event.value and end is not None:
            line = self.lines[end.line] if end.line < len(self.lines) else ""
            if "#" in line:
                problem = cut_text(line, end.column, Position(self.file, end.line + 1))
                self.problems += [problem] if problem else []

    def _scalar(self, event: yaml.ScalarEvent, tag: str) -> Any:
        if tag == STRING:
            return event.value
        if len(event.value) > _LONGEST_NUMBER:
            return Misread("something too long for a number")
        node = yaml.ScalarNode(tag, event.value)
        try:
            value = self.loader.construct_object(node)
        except (ArithmeticError, ValueError, yaml.YAMLError):
            return Misread("something else")
        if isinstance(value, datetime.date):
            return Misread("a date")
        if isinstance(value, int | float) and not isinstance(value, bool):
            # As octal, in sixties or with _ in it: another number than people read.
            is_kept = is_decimal(event.value) or not math.isfinite(value)
            return value if is_kept else Misread(f"the number {value}")
        return value if isinstance(value, bool | None) else Misread("something else")

    def _tag(self, event: yaml.ScalarEvent) -> str:
        if event.tag and event.tag != "!":
            return STRING
        return implied_tag(self.loader, event)

    def _refuse_extras(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None):  # an alias has one too
            self._note(event, "anchors and aliases (& and *) are not read", "write the value out")
        if getattr(event, "tag", None):
            self._note(event, "tags (!) are not read", "remove the tag, or quote the text")

    def _position(self, event: yaml.Event) -> Position:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # only for events that nobody reads from a file
            return Position(self.file)
        length = end.column - start.column if end.line == start.line else 1
        return Position(self.file, start.line + 1, start.column + 1, length or 1)

    def _note(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self._position(event), message, hint))


def yaml_kind(value: Any) -> str:
    """Return what YAML took a value for, in the words of a message, such as `a number`."""
    if isinstance(value, Misread):
        return value.kind
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        dict: "a map",
        list: "a list",
        datetime.date: "a date",
        datetime.datetime: "a date",
    }
    return names.get(type(value), "text" if isinstance(value, str) else "nothing")
