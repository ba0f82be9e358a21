"""Parse YAML into data without places, for what is not a part of the definition itself."""

from __future__ import annotations

from typing import Any

import yaml

#: How many values aliases may add to those that are written out.
_MOST_REPEATED = 100_000


def parse_yaml(text: str | bytes, loader: Any = yaml.SafeLoader) -> Any:
    """Parse YAML into data.

    Raises yaml.YAMLError for all that cannot be parsed, where aliases repeat it beyond measure, and
    for a value that is none: PyYAML lets through whatever Python raises for these, such as
    ValueError for the day 2026-02-30, KeyError for `!!bool maybe` and RecursionError for a thousand
    brackets.
    """
    reading = None
    try:
        reading = loader(text)
        node = reading.get_single_node()
        if node is None:
            return None
        _count(node, {}, [], len(text) + _MOST_REPEATED)  # what is written out takes characters
        return reading.construct_document(node)
    except yaml.YAMLError:
        raise
    except RecursionError as error:
        raise yaml.YAMLError("it is nested too deep") from error
    except Exception as error:
        raise yaml.YAMLError(f"a value is none ({error})") from error
    finally:
        if reading is not None:
            reading.dispose()


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
