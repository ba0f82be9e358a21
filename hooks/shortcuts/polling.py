"""A preview that looks for changed files five times as often, and waits half as long for more.

Takes no processor time off a build, but 0.35 s of 1.28 s off the time from saving to the fresh page
(`make bench PART=shortcuts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from .shortcut import Shortcut

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

#: Seconds between two looks; MkDocs has 0.5.
_INTERVAL = 0.1
#: Seconds without another change after which a build begins; MkDocs has 0.1.
_DELAY = 0.05


class Polling(Shortcut):
    """Set how often the server of a preview looks."""

    previews_only = True

    @event_priority(110)  # before the hook, which keeps the interval
    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: object) -> None:
        """Look often, and begin soon."""
        from watchdog.observers.polling import PollingObserver  # what only a preview needs

        from .watching import replace_observer

        replace_observer(server, config, PollingObserver(timeout=_INTERVAL))
        server.build_delay = _DELAY
