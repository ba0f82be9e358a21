"""Find settings of a site that MkDocs would lose, or refuse without saying where they stand."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml

from ..definition.problems import FrameworkError, Position, Problem, suggestion
from .configuration import composed, key_position, lineage, load

#: All that MkDocs knows: https://www.mkdocs.org/user-guide/configuration/.
KNOWN = {
    "INHERIT", "config_file_path", "copyright", "dev_addr", "docs_dir", "draft_docs",
    "edit_uri", "edit_uri_template", "exclude_docs", "extra", "extra_css", "extra_javascript",
    "extra_templates", "google_analytics", "hooks", "markdown_extensions", "mdx_configs", "nav",
    "not_in_nav", "pages", "plugins", "remote_branch", "remote_name", "repo_name", "repo_url",
    "site_author", "site_description", "site_dir", "site_name", "site_url", "strict", "theme",
    "use_directory_urls", "validation", "watch",
}  # fmt: skip
#: The settings that every other file of settings inherits.
_BASE = "mkdocs.yml"
_KINDS = {"plugins": "mkdocs.plugins", "markdown_extensions": "markdown.extensions"}
#: How alike an extension and one that is installed must be: `our.tables` is another.
_ALIKE = 0.8


def check(file: Path) -> None:
    """Raise FrameworkError for settings that cannot be read, stand twice or are not known.

    So for settings that inherit nothing of ours, and plugins and extensions that are misspelled.
    """
    settings = load(file)
    problems = [
        *(problem for heir in lineage(file) for problem in _twice(heir)),
        *_unknown(settings, file),
        *_misspelled_names(settings, file),
    ]
    if problems or file.name == _BASE or not file.with_name(_BASE).is_file():
        pass
    elif "hooks" not in settings and len(lineage(file)) == 1:
        message = "INHERIT is missing, so that the site would have none of our pages and settings"
        problems = [Problem(Position(file), message, f"write as its first line: INHERIT: {_BASE}")]
    if problems:
        raise FrameworkError(problems)


def _twice(file: Path) -> Iterator[Problem]:
    """Yield a problem for each key that stands twice in a map, whose first value would be lost."""
    nodes = [composed(file)]
    seen: set[int] = set()
    while nodes:
        node = nodes.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        if not isinstance(node, yaml.MappingNode):
            continue
        first: dict[str, int] = {}
        for key, value in node.value:
            nodes.append(value)
            mark, name = key.start_mark, str(key.value)
            if first.setdefault(name, mark.line) != mark.line and name != "<<":
                where = Position(file, mark.line + 1, mark.column + 1, len(name))
                hint = f"first in line {first[name] + 1}; keep one"
                yield Problem(where, f'"{name}" stands twice', hint)


def _unknown(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    for key in map(str, settings):
        if key not in KNOWN:
            hint = suggestion(key, sorted(KNOWN), "settings").partition(" (")[0]
            yield Problem(key_position(file, key), f"unknown setting {key}", hint)


def _misspelled_names(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each plugin that is not installed, and extension that is nearly one.

    An extension may also be a module, wherever it lies, so that others are left to MkDocs.
    """
    theme = settings.get("theme")
    prefix = f"{theme.get('name') if isinstance(theme, dict) else theme}/"
    for key, group in _KINDS.items():
        installed = {entry.name for entry in entry_points(group=group)}
        known = sorted(installed | {name.removeprefix(prefix) for name in installed})
        for at, name in _names(settings.get(key)):
            is_near = difflib.get_close_matches(name, known, 1, _ALIKE)
            if name in known or (key != "plugins" and not is_near):
                continue
            message = f"{key}: no {name} is installed"
            hint = suggestion(name, known, "there are").partition(" (")[0]
            yield Problem(key_position(file, key, at), message, hint)


def _names(value: object) -> Iterator[tuple[str, str]]:
    """Yield where each plugin or extension stands in its list or map, and its name."""
    if isinstance(value, Mapping):
        yield from ((str(name), str(name)) for name in value)
    for index, each in enumerate(value if isinstance(value, list) else ()):
        names = each if isinstance(each, Mapping) else [each]
        yield from ((str(index), name) for name in names if isinstance(name, str))
