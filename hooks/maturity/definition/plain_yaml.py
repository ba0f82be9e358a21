"""Parse YAML into data without places, for what is not a part of the definition itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

#: In C where PyYAML was built with libyaml; the other has the same results, five times slower.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STRING = "tag:yaml.org,2002:str"
#: How many values aliases may add to those that are written out.
_MOST_REPEATED = 100_000


def parse_yaml(text: str | bytes, loader: Any = yaml.SafeLoader) -> Any:
    """Parse YAML into data.

    Raises yaml.YAMLError for all that cannot be parsed, where aliases repeat it beyond measure, and
    for a value that is none.
    """
    with _reading(text, loader) as reading:
        node = reading.get_single_node()
        if node is None:
            return None
        _count(node, {}, [], len(text) + _MOST_REPEATED)  # what is written out takes characters
        return reading.construct_document(node)


def parse_simple_yaml(text: bytes) -> Any:
    """Parse YAML without anchors, aliases and tags into data, in less than half the time.

    Of a key that stands twice, the last value counts. Raises yaml.YAMLError as `parse_yaml` does,
    and for what has any of these.
    """
    with _reading(text, FAST_LOADER) as reading:
        return _Simple(reading).document()


@contextmanager
def _reading(text: str | bytes, loader: Any) -> Iterator[Any]:
    """Provide a loader; raise yaml.YAMLError for what goes wrong with it.

    PyYAML lets through whatever Python raises for a value that is none, such as ValueError for the
    day 2026-02-30, KeyError for `!!bool maybe` and RecursionError for a thousand brackets.
    """
    reading = None
    try:
        reading = loader(text)
        yield reading
    except yaml.YAMLError:
        raise
    except RecursionError as error:
        raise yaml.YAMLError("it is nested too deep") from error
    except Exception as error:
        raise yaml.YAMLError(f"a value is none ({error})") from error
    finally:
        if reading is not None:
            reading.dispose()


class _Simple:
    """One pass over the events of a stream, whose values are made as they come."""

    def __init__(self, loader: Any) -> None:
        self.loader, self.next = loader, loader.get_event

    def document(self) -> Any:
        """Return the value of the only document; raises yaml.YAMLError where there is another.

        None where there is no document.
        """
        self.next()  # the stream begins
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        value = self.value(self.next())
        self.next()  # the document ends
        if not isinstance(self.next(), yaml.StreamEndEvent):
            raise yaml.YAMLError("it has a second document")
        return value

    def value(self, event: Any) -> Any:
        """Return the value that begins with an event; raises yaml.YAMLError for one with a mark."""
        if event.anchor or event.tag:  # an alias has the first
            raise yaml.YAMLError("it has an anchor, an alias or a tag")
        if isinstance(event, yaml.ScalarEvent):
            if (tag := implied_tag(self.loader, event)) == STRING:
                return event.value
            return self.loader.construct_object(yaml.ScalarNode(tag, event.value))
        if isinstance(event, yaml.SequenceStartEvent):
            return [self.value(item) for item in self.until(yaml.SequenceEndEvent)]
        keys = self.until(yaml.MappingEndEvent)
        return {self.value(key): self.value(self.next()) for key in keys}

    def until(self, end: type[yaml.Event]) -> Iterator[Any]:
        """Yield events up to one of the type `end`, which is left out."""
        while not isinstance(event := self.next(), end):
            yield event


def implied_tag(loader: Any, event: yaml.ScalarEvent) -> str:
    """Return the tag of a scalar that has none of its own: what YAML takes it for."""
    if not event.implicit[0] or event.value[:1] not in loader.yaml_implicit_resolvers:
        return STRING  # it stands in quotes, or nothing else begins so
    tag: str = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    return tag


def _count(node: yaml.Node, counts: dict[int, int], above: list[yaml.Node], most: int) -> int:
    """Return how many values a node stands for, each alias as often as it is written.

    `counts` are those that are known, by the id of the node, `above` the nodes around it. Raises
    yaml.YAMLError where there are more than `most`, and for a value that holds itself.
    """
    if isinstance(node, yaml.ScalarNode):
        return 1
    if any(node is other for other in above):
        raise yaml.YAMLError("a value holds itself, by an alias (*)")
    if id(node) not in counts:
        pairs = isinstance(node, yaml.MappingNode)
        inside = [part for pair in node.value for part in pair] if pairs else node.value
        above.append(node)
        counts[id(node)] = 1 + sum(_count(part, counts, above, most) for part in inside)
        above.pop()
    if counts[id(node)] > most:
        raise yaml.YAMLError("aliases (*) repeat so much of it that there is no end to it")
    return counts[id(node)]
