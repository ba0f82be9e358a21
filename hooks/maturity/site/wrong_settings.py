"""Find settings of a site that MkDocs would lose, or refuse without saying where they stand."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from ..definition.files import load_text
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.yaml_losses import losses
from ..definition.yaml_tree import yaml_kind
from .configuration import composed, key_position, lineage, load
from .refused_settings import (
    check_folders,
    entries_of,
    lost_of_lists,
    missing_files,
    not_followed,
    shown,
)  # fmt: skip
from .settings import EXAMPLE_ADDRESS
from .theme_settings import of_another_kind, unknown_to_the_theme

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
#: Settings by the kind of their values, as far as MkDocs takes one kind alone.
_KINDS_OF: dict[type, tuple[str, tuple[str, ...]]] = {
    str: (
        "text",
        (
            "copyright", "docs_dir", "edit_uri", "edit_uri_template", "exclude_docs", "not_in_nav",
            "repo_name", "repo_url", "site_author", "site_description", "site_dir", "site_name",
            "site_url",
        ),
    ),
    bool: ("true or false", ("strict", "use_directory_urls")),
    list: (
        "a list",
        ("extra_css", "extra_javascript", "extra_templates", "hooks", "nav", "watch"),
    ),
    dict: ("a map", ("extra", "validation")),
}  # fmt: skip
#: Settings in which no key stands for itself.
_FILLED = (("extra",), ("nav",), ("theme",))
#: What MkDocs takes for an address: with its scheme, and a host.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]", re.IGNORECASE)


def check(file: Path) -> None:
    """Raise FrameworkError for settings that cannot be read, stand twice or are not known.

    So for settings that inherit nothing of ours, and plugins and extensions that are not there.
    """
    settings = load(file)
    check_folders(settings, file)
    problems = [
        *(problem for heir in lineage(file) for problem in _lost(heir)),
        *_unknown(settings, file),
        *_wrong_kinds(settings, file),
        *_partial_addresses(settings, file),
        *not_followed(settings, file),
        *lost_of_lists(settings, file),
        *missing_files(settings, file),
        *_missing_names(settings, file),
        *unknown_to_the_theme(settings, file),
        *of_another_kind(settings, file),
    ]
    if problems or file.name == _BASE or not file.with_name(_BASE).is_file():
        pass
    elif "hooks" not in settings and len(lineage(file)) == 1:
        message = "INHERIT is missing, so that the site would have none of our pages and settings"
        problems = [Problem(Position(file), message, f"write as its first line: INHERIT: {_BASE}")]
    if problems:
        raise FrameworkError(problems)


def _lost(file: Path) -> Iterator[Problem]:
    """Yield what YAML would lose of one file of settings, and keys of it with nothing behind."""
    root = composed(file)
    if root is None:
        return
    yield from losses(root, load_text(file), file, numbers=True)
    yield from _empty(root, (), file)


def _empty(node: yaml.Node, path: tuple[str, ...], file: Path) -> Iterator[Problem]:
    """Yield a problem for each key that nothing follows, which would take away what is inherited.

    Extensions and plugins without options, and the theme's own maps, are written so too.
    """
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode) and (path[:1] in _FILLED or not path):
        pairs = node.value
    elif isinstance(node, yaml.SequenceNode) and path == ("nav",):
        pairs = [(item, item) for item in node.value]
    for key, value in pairs:
        if isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null") and not value.value:
            name = ": ".join([*path, str(key.value)] if key.value else path)
            where = Position(file, key.start_mark.line + 1, key.start_mark.column + 1)
            where = where._replace(length=max(1, len(str(key.value))))
            hint = "write what belongs there, or delete the line"
            yield Problem(where, f"{name} is empty", hint)
        inside = path if key is value else (*path, str(key.value))
        yield from _empty(value, inside if path != ("nav",) else path, file)


def _wrong_kinds(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each setting whose value is of another kind than MkDocs takes."""
    for kind, (wanted, names) in _KINDS_OF.items():
        for name in names:
            value = settings.get(name)
            if value is not None and not isinstance(value, kind):
                message = f"{name}: must be {wanted}, not {yaml_kind(value)}"
                hint = "put it in quotes" if kind is str else ""
                yield Problem(key_position(file, name), message, hint)


def _unknown(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    for key in map(str, settings):
        if key not in KNOWN:
            hint = suggestion(key, sorted(KNOWN), "settings").partition(" (")[0]
            yield Problem(key_position(file, key), f"unknown setting {key}", hint)


def _partial_addresses(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    for name in ("site_url", "repo_url"):
        value = settings.get(name)
        if value and isinstance(value, str) and not _ADDRESS.match(value):
            message = f"{name}: {shown(value)} is no whole address"
            yield Problem(key_position(file, name), message, f"such as {EXAMPLE_ADDRESS}")


def _missing_names(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each plugin and extension that is not installed.

    An extension may also be a module, wherever it lies.
    """
    theme = settings.get("theme")
    prefix = f"{theme.get('name') if isinstance(theme, dict) else theme}/"
    for key, group in _KINDS.items():
        known = _known(group, prefix)
        missing = [
            (at, name)
            for at, name, _ in entries_of(settings.get(key))
            if name not in known and (key == "plugins" or not _is_module(name))
        ]
        if missing:
            _known.cache_clear()  # it may have been installed since a preview began
            known = _known(group, prefix)
        for at, name in missing:
            if name not in known:
                message = f"{key}: no {shown(name)} is installed"
                hint = suggestion(name, sorted(known), "there are").partition(" (")[0]
                yield Problem(key_position(file, key, at), message, hint)


@functools.cache  # to look through all packages takes longer than all else here
def _known(group: str, prefix: str) -> frozenset[str]:
    """Return what is installed of a group, with and without the prefix of the site's theme."""
    installed = entry_points(group=group).names
    return frozenset(installed | {name.removeprefix(prefix) for name in installed})


def _is_module(extension: str) -> bool:
    """Tell whether an extension is a module of Python, or a class in one: `acme.terms:Terms`."""
    try:
        return find_spec(extension.partition(":")[0]) is not None
    except (ImportError, ValueError):
        return False
