"""The settings of a site, `mkdocs.yml` or a fork's `site.yml`, as MkDocs reads them.

Written again because MkDocs is not imported here, and reports mistakes without a place: tags and
inheritance mean what they mean there.
"""

from __future__ import annotations

import copy
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
import yaml_env_tag

from ..definition.files import is_file, load_text
from ..definition.plain_yaml import parse_yaml
from ..definition.problems import FrameworkError, Position, Problem

_FORM = (
    'a text that begins with a sign such as @, or has ": " in it, needs quotes; what belongs '
    "together is indented alike, by spaces"
)
_UNREADABLE = "the settings of the site cannot be read"
#: The largest file of settings, in bytes; each mistake is looked for in the whole of it.
_LARGEST = 100_000
_KINDS: dict[type, str] = {dict: "a map", list: "a list"}
_Kind = TypeVar("_Kind", dict[str, Any], list[Any])
_PYTHON = "tag:yaml.org,2002:python/"


@dataclass(frozen=True)
class PythonName:
    """A name of Python code, such as `!!python/name:pymdownx.slugs.uslugify`; never looked up."""

    tag: str


class _Loader(yaml.SafeLoader):
    """Reads settings, with the tags that they may have."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor(
    _PYTHON, lambda loader, suffix, node: PythonName(f"{_PYTHON}{suffix}")
)


def load(file: Path) -> dict[str, Any]:
    """Load the settings of a site, merged with those that they inherit from.

    Variables of the environment are filled in; `INHERIT` itself is left out. An empty file gives
    an empty map. Raises FrameworkError for a file that is not there, cannot be read, holds no map
    or inherits from itself by whatever way.
    """
    return _load(file, ())


def _load(file: Path, heirs: tuple[Path, ...]) -> dict[str, Any]:
    """Load `file`, from which `heirs` inherit, the first of them from the second and so on."""
    settings = _parsed(file)
    inherited = settings.pop("INHERIT", None)
    if inherited is None:
        return settings
    where = key_position(file, "INHERIT")
    if not isinstance(inherited, str):
        raise _error(where, "INHERIT: must be the name of a file", "such as INHERIT: mkdocs.yml")
    target = file.parent / inherited
    chain = (file.resolve(), *heirs)
    if not is_file(target):
        raise _error(where, f"INHERIT: no file {inherited}", f"it would be {target}")
    if target.resolve() in chain:
        hint = "the last file of such a chain inherits from none"
        raise _error(where, f"INHERIT: {inherited} inherits from this file again", hint)
    return merged(_load(target, chain), settings)


def _parsed(file: Path) -> dict[str, Any]:
    if is_file(file) and (size := file.stat().st_size) > _LARGEST:
        message = f"{_UNREADABLE}: the file has {size // 1000:,} KB"
        raise _error(Position(file), message, f"settings have at most {_LARGEST // 1000} KB")
    text = load_text(file)
    try:
        settings = copy.deepcopy(_values(text, frozenset(os.environ.items())))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file)
        message = f"{_UNREADABLE}: {error.problem or error.context}"
        raise _error(where, message, _FORM) from None
    except yaml.YAMLError as error:
        raise _error(Position(file), f"{_UNREADABLE}: {error}") from None
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise _error(Position(file), f"{_UNREADABLE}: they are no map", "such as site_url: ADDRESS")
    return settings


@lru_cache(maxsize=8)  # one build asks for all settings four times
def _values(text: str, _environment: frozenset[tuple[str, str]]) -> Any:
    return parse_yaml(text, _Loader)


def part(settings: dict[str, Any], file: Path, key: str, kind: type[_Kind]) -> _Kind:
    """Return what a key of the settings in `file` holds, empty where it is not there.

    Raises FrameworkError if it is of another kind.
    """
    value = settings.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise _error(key_position(file, key), f"{key}: must be {_KINDS[kind]}")
    return value


def _error(where: Position, message: str, hint: str = "") -> FrameworkError:
    return FrameworkError([Problem(where, message, hint)])


def key_position(file: Path, *path: str) -> Position:
    """Return where a key of the settings stands; `path` leads to it from the outermost map.

    In a list the number of a value, from 0, takes the place of a key.

    That may be in a file that `file` inherits from. It is the innermost map around the key where
    that is nowhere, such as in a variable of the environment, else the beginning of `file`.
    """
    places = [place for heir in lineage(file) if (place := _key_places(heir, path))]
    return max(places, key=len, default=[Position(file)])[-1]


def lineage(file: Path) -> list[Path]:
    """Return a file of settings and those that it inherits from, as far as they can be read."""
    files: list[Path] = []
    while file not in files and is_file(file):
        files.append(file)
        root = composed(file)
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        file = next((file.parent / str(v.value) for k, v in pairs if k.value == "INHERIT"), file)
    return files


def _key_places(file: Path, path: tuple[str, ...]) -> list[Position]:
    """Return where the keys of `path` stand in a file, as many of them as are there."""
    places = []
    node = composed(file)
    for key in path:
        if isinstance(node, yaml.SequenceNode) and key.isdecimal():
            pairs = [(value, value) for value in node.value[int(key) : int(key) + 1]]
        else:
            entries = node.value if isinstance(node, yaml.MappingNode) else []
            pairs = [pair for pair in entries if pair[0].value == key]
        if not pairs:
            break
        mark, node = pairs[0][0].start_mark, pairs[0][1]
        places.append(Position(file, mark.line + 1, mark.column + 1, len(key)))
    return places


def composed(file: Path) -> yaml.Node | None:
    """Return the tree of a file of settings; None where it is empty or cannot be read."""
    try:
        return _tree(load_text(file))
    except (FrameworkError, yaml.YAMLError, RecursionError):
        return None


@lru_cache(maxsize=8)  # every setting that is looked for is looked for in the whole of it
def _tree(text: str) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, yaml.SafeLoader)
    return node


def merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with what `own` says in place of it: maps key by key, all else as a whole."""
    both = {
        key: merged(base[key], value)
        for key, value in own.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return base | own | both
