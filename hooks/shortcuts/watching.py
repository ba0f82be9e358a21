"""What a preview looks at to see that something has changed.

No shortcut: the hook needs it to watch the folder of a definition, `make serve` that of the
settings. Loads what only a preview needs.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast

from maturity.site.settings import Settings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter, PollingObserverVFS

#: Folders beside a definition that are watched whole, also where they are only made later.
_FOLDERS = ("snippets", "releases", "samples", "assessments")


def watch_definition(server: LiveReloadServer, config: MkDocsConfig, settings: Settings) -> None:
    """Let a server watch the definition, what lies beside it, and the settings of the site.

    Of these folders it sees YAML files, snippets, releases, samples and assessments, also those
    that are written later: whatever else is written there, such as the log of the preview, would
    start a build, and that the next one. The server looks as often as before.
    """
    # As the server names what it watches; resolve() would follow links.
    folders = {
        os.path.abspath(place)  # noqa: PTH100
        for place in (settings.framework.parent, Path(config.config_file_path).parent)
    }
    replace_observer(server, config, _observer(server, folders))
    for folder in sorted(folders):
        server.watch(folder)


def watch_settings(server: LiveReloadServer, file: Path) -> None:
    """Let a server without a site watch the folder of the settings that keep it from being one."""
    folder = os.path.abspath(file.parent)  # noqa: PTH100
    server.observer = _observer(server, {folder})  # type: ignore[assignment]
    server.watch(folder)


def was_written_since(server: LiveReloadServer, moment: float) -> bool:
    """Tell whether anything that a server watches was written or removed since a moment.

    `moment` is in seconds as those of `time.time`. A server looks for changes only when it has
    built for the first time; what is saved before that would not show.
    """
    snapshots = [cast(PollingEmitter, each)._take_snapshot() for each in server.observer.emitters]
    return any(seen.mtime(path) > moment for seen in snapshots for path in seen.paths)


@contextmanager
def nobody_looking(server: LiveReloadServer) -> Iterator[None]:
    """Let nobody look for changes meanwhile: a build and whoever looks take turns in one process.

    What changes meanwhile is seen afterwards.
    """
    with ExitStack() as stack:
        for emitter in server.observer.emitters:
            stack.enter_context(cast(PollingEmitter, emitter)._lock)
        yield


def _observer(server: LiveReloadServer, folders: Collection[str]) -> BaseObserver:
    """Return an observer that sees of `folders` what belongs to a definition, of others all."""

    def entries(path: str | None) -> Iterator[os.DirEntry[str]]:
        with os.scandir(path) as inside:
            for entry in inside:
                is_ours = entry.name.endswith((".yaml", ".yml")) or entry.name in _FOLDERS
                if is_ours or path not in folders:
                    yield entry

    return PollingObserverVFS(os.stat, entries, polling_interval=server.observer.timeout)


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
