"""Find settings of the theme that it does not know, and those that would hide ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..definition.problems import Problem, nearest, suggestion
from ..definition.yaml_tree import yaml_kind
from .configuration import key_position
from .refused_settings import shown

#: All that Material for MkDocs reads of `theme`, `theme: features` and `extra`.
KEYS = {
    "custom_dir", "direction", "favicon", "features", "font", "icon", "language", "locale", "logo",
    "name", "palette", "static_templates",
}  # fmt: skip
FEATURES = {
    "announce.dismiss", "content.action.edit", "content.action.view", "content.code.annotate",
    "content.code.copy", "content.code.select", "content.footnote.tooltips", "content.lazy",
    "content.tabs.link", "content.tooltips", "header.autohide", "navigation.expand",
    "navigation.footer", "navigation.indexes", "navigation.instant", "navigation.instant.prefetch",
    "navigation.instant.preview", "navigation.instant.progress", "navigation.path",
    "navigation.prune", "navigation.sections", "navigation.tabs", "navigation.tabs.sticky",
    "navigation.top", "navigation.tracking", "search.highlight", "search.share", "search.suggest",
    "toc.follow", "toc.integrate",
}  # fmt: skip
EXTRA = {
    "alternate", "analytics", "annotate", "consent", "generator", "homepage", "maturity",
    "polyfills", "scope", "social", "status", "tags", "version",
}  # fmt: skip
#: What our templates read of `extra`; it is worked out anew for every build.
TAKEN = {
    "copies", "feed", "fonts", "mark", "markdown", "missing", "not_found", "outdated",
    "own_styles", "pages", "paper", "share",
}  # fmt: skip
#: Whose scripts of analytics the theme has.
_PROVIDERS = ("google",)
_LIST, _MAP = ((list,), "a list"), ((dict,), "a map")
#: What the theme takes as some kinds alone, by the keys that lead to it, and an example of it.
_KINDS: dict[tuple[str, ...], tuple[tuple[tuple[type, ...], str], str]] = {
    ("theme", "features"): (_LIST, "[toc.follow]"),
    ("theme", "icon"): (_MAP, "{edit: material/pencil}"),
    ("theme", "palette"): (((dict, list), "a map, or a list of maps"), "{scheme: slate}"),
    ("theme", "static_templates"): (_LIST, "[own.html]"),
    ("extra", "alternate"): (_LIST, "[{name: Deutsch, link: /de/, lang: de}]"),
    ("extra", "analytics"): (_MAP, "{provider: google, property: G-1}"),
    ("extra", "annotate"): (_MAP, "{js: [.c]}"),
    ("extra", "consent"): (_MAP, "{title: May we count?, description: Only visits.}"),
    ("extra", "consent", "actions"): (_LIST, "[accept, reject]"),
    ("extra", "consent", "cookies"): (_MAP, "{analytics: Visits}"),
    ("extra", "status"): (_MAP, "{new: Written lately}"),
    ("extra", "tags"): (_MAP, "{Looks: look}"),
    ("extra", "version"): (_MAP, "{alias: true}"),
}


def unknown_to_the_theme(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each setting that the theme would pass over, or we would write over.

    `settings` are those of `file`, with what it inherits. Under `extra` anything may stand for a
    fork's own hooks and templates, but what is nearly a name that is known.
    """
    theme, extra = (_map(settings.get(key)) for key in ("theme", "extra"))
    for key in map(str, theme):
        if key not in KEYS:
            yield _unknown(("theme", key), key, KEYS, "keys", file)
    features = theme.get("features")
    for index, name in enumerate(features if isinstance(features, list) else ()):
        if not isinstance(name, str) or name not in FEATURES:
            yield _unknown(("theme", "features", str(index)), str(name), FEATURES, "features", file)
    for key in map(str, extra):
        where = key_position(file, "extra", key)
        if key in TAKEN:
            message = f"extra: {key} is not followed: our templates take it"
            yield Problem(where, message, f"call it otherwise, such as our_{key}")
        elif key not in EXTRA and (near := nearest(key, sorted(EXTRA))) not in (None, "maturity"):
            yield Problem(where, f"extra: unknown key {shown(key)}", f"call it {near}")
    provider = _map(extra.get("analytics")).get("provider")
    if provider is not None and provider not in _PROVIDERS:
        where = key_position(file, "extra", "analytics", "provider")
        message = f"extra: analytics: provider: the theme knows no {shown(provider)}"
        hint = (
            f"it knows {', '.join(_PROVIDERS)}; any other is a script: name it in extra_javascript"
        )
        yield Problem(where, message, hint)


def of_another_kind(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each setting at whose kind the theme would fail, or pass over it.

    `settings` are as for `unknown_to_the_theme`. False turns off what could be a map.
    """
    for path, ((kinds, wanted), example) in _KINDS.items():
        value: Any = settings
        for key in path:
            value = _map(value).get(key)
        is_off = value is None or (value is False and dict in kinds)
        if not is_off and not isinstance(value, kinds):
            message = f"{': '.join(path)}: must be {wanted}, not {yaml_kind(value)}"
            yield Problem(key_position(file, *path), message, f"such as {path[-1]}: {example}")


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _unknown(
    path: tuple[str, ...], name: str, known: Collection[str], label: str, file: Path
) -> Problem:
    start = ": ".join(key for key in path[:-1])
    hint = suggestion(name, sorted(known), label).partition(" (")[0]
    return Problem(key_position(file, *path), f"{start}: unknown {label[:-1]} {shown(name)}", hint)
