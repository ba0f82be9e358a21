"""Which shortcuts there are, and which of them a build takes."""

from __future__ import annotations

from collections.abc import Collection

from maturity.site.generate import Output
from mkdocs.config.defaults import MkDocsConfig

from .conversions import Conversions
from .islands import Islands
from .late import Late
from .memory import Memory
from .navigation import Navigation
from .on_demand import OnDemand
from .plain_texts import PlainTexts
from .polling import Polling
from .search import SearchEntries
from .shortcut import Shortcut
from .tags import Tags
from .templates import Templates

#: The plugins that are no other's: the search of MkDocs, under the names that it may have.
_SEARCH = {"search", "material/search"}


class Shortcuts:
    """Every shortcut, by the name that the settings have for it.

    One object serves all builds of a process.
    """

    def __init__(self) -> None:
        conversions = Conversions()
        self._on_demand = OnDemand(conversions.changed, self._may_wait)
        self._search, self._late = SearchEntries(self._on_demand), Late()
        self.all: dict[str, Shortcut] = {
            "memory": Memory(),
            "templates": Templates(),
            "islands": Islands(),
            "plain_texts": PlainTexts(),
            "tags": Tags(),
            "conversions": conversions,
            "search": self._search,
            "navigation": Navigation(),
            "on_demand": self._on_demand,
            "late": self._late,
            "polling": Polling(),
        }

    def register(self, config: MkDocsConfig, chosen: Collection[str], *, serving: bool) -> None:
        """Add the chosen shortcuts that fit this build to the plugins of `config`.

        Call it in the event `config`. A second call for the same `config` changes nothing. Left out
        are shortcuts with `previews_only` in a build, those with `hides_pages` beside plugins or
        hooks of others, and names of no shortcut.
        """
        alone = _is_alone(config, self.all.values())
        for name, shortcut in self.all.items():
            shortcut.serving = serving
            fits = (serving or not shortcut.previews_only) and (alone or not shortcut.hides_pages)
            if name in chosen and fits and (key := f"shortcuts/{name}") not in config.plugins:
                config.plugins[key] = shortcut  # type: ignore[assignment]

    def _may_wait(self, config: MkDocsConfig) -> bool:
        """Return whether no search reads pages before they are asked for."""
        return _SEARCH.isdisjoint(config.plugins) or self._search.reads(config)

    def content(self, config: MkDocsConfig, output: Output) -> str | bytes:
        """Return what a file of the site holds in this build.

        That is a placeholder for a file that a preview makes only when it is asked for, and for
        one that a build writes at its end.
        """
        if output.is_late and self._late in config.plugins.values():
            return self._late.placeholder(output)
        waits = self._on_demand.is_asked and self._on_demand in config.plugins.values()
        if waits and callable(output.source):
            return self._on_demand.placeholder(output.path, output.source)
        return output.content


def _is_alone(config: MkDocsConfig, ours: Collection[object]) -> bool:
    """Return whether MkDocs calls no plugin or hook besides ours and its search."""
    others = {
        name
        for name, plugin in config.plugins.items()
        if name not in _SEARCH
        and not name.startswith("building/")
        and not any(plugin is shortcut for shortcut in ours)
    }
    return others == set(config.hooks) and len(config.hooks) == 1
