"""What a preview looks at to see that something has changed.

No shortcut: the hook needs it to watch the folder of a definition. Loads what only a preview needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from maturity.site.settings import Settings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS


def watch_definition(server: LiveReloadServer, config: MkDocsConfig, settings: Settings) -> None:
    """Let a server watch the definition, what lies beside it, and the snippets if there are any.

    Of the folder it sees YAML files only, also those that are written later: whatever else is
    written there, such as the log of the preview, would start a build, and that
    the next one. The server looks as often as before.
    """
    # As the server names what it watches; resolve() would follow links.
    name = os.path.abspath(settings.framework.parent)  # noqa: PTH100

    def entries(path: str | None) -> Iterator[os.DirEntry[str]]:
        with os.scandir(path) as inside:
            for entry in inside:
                if path != name or entry.name.endswith((".yaml", ".yml")):
                    yield entry

    interval = server.observer.timeout
    replace_observer(
        server, config, PollingObserverVFS(os.stat, entries, polling_interval=interval)
    )
    server.watch(name, recursive=False)
    if settings.snippets.is_dir():
        server.watch(str(settings.snippets))


def replace_observer(
    server: LiveReloadServer, config: MkDocsConfig, observer: BaseObserver
) -> None:
    """Give a server another observer, to look at what MkDocs watches by itself.

    Call it before anything else is watched.
    """
    paths = [config.docs_dir, config.config_file_path]
    for path in paths:
        server.unwatch(path)
    server.observer = observer  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
