"""What a preview looks at to see that something has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS


def observer(definition: Path) -> BaseObserver:
    """What looks for changes, five times as often as MkDocs does by itself.

    Of the files right in the folder of a definition it sees YAML only: whatever else is written
    there, such as the log of the preview, would start a build, and that the next one.
    """
    # As the server names what it watches; resolve() would follow links.
    folder = os.path.abspath(definition.parent)  # noqa: PTH100

    def entries(path: str | None) -> Iterator[os.DirEntry[str]]:
        with os.scandir(path) as found:
            for entry in found:
                if path != folder or entry.name.endswith((".yaml", ".yml")):
                    yield entry

    return PollingObserverVFS(os.stat, entries, polling_interval=0.1)
