"""Find settings of the theme that it does not know, and those that would hide ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..definition.problems import Problem, nearest, suggestion
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


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _unknown(
    path: tuple[str, ...], name: str, known: Collection[str], label: str, file: Path
) -> Problem:
    start = ": ".join(key for key in path[:-1])
    hint = suggestion(name, sorted(known), label).partition(" (")[0]
    return Problem(key_position(file, *path), f"{start}: unknown {label[:-1]} {shown(name)}", hint)
