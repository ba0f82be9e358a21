"""Which plugins a build always has."""

from __future__ import annotations

from pathlib import Path

from maturity.definition.files import list_files
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from .aside import Aside
from .hashed_names import HashedNames


def files_of_site(config: MkDocsConfig) -> Files:
    """Return the files that MkDocs finds beside the pages, as its `get_files`.

    Raises FrameworkError for folders that cannot be read, and where there is no end of them.
    """
    list_files(Path(config.docs_dir), "")
    return get_files(config)


class Plugins:
    """The plugins of a process: one object of each serves all its builds."""

    def __init__(self) -> None:
        #: Whether the command that runs is that of a preview.
        self.serving = False
        self._aside = Aside()
        self._chosen: dict[str, object] = {"hashed_names": HashedNames()}

    def start(self, command: str, *, dirty: bool) -> None:
        """Take down which command of MkDocs runs, and whether it keeps what is built already.

        Without it, nobody says when the command ends, and nothing is built beside the site.
        """
        self.serving = command == "serve"
        if not self.serving and not dirty:
            self._chosen["aside"] = self._aside

    def register(self, config: MkDocsConfig) -> None:
        """Add them to the plugins of `config`; a second call for it changes nothing.

        Call it in the event `config`.
        """
        for name, plugin in self._chosen.items():
            if (key := f"building/{name}") not in config.plugins:
                config.plugins[key] = plugin  # type: ignore[assignment]
