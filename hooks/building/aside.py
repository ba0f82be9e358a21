"""Builds a site beside the one that is there, so that this stays whole until the new one is.

MkDocs empties the folder of the site and then fills it, and where it is stopped or stumbles on the
way, there is a piece of a site. Here it fills another folder; when the command has ended well, that
takes the place of the site. What MkDocs says of the system's refusals becomes one sentence.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound
from maturity.definition.problems import FrameworkError
from maturity.site.draft import SiteDraft
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

log = get_plugin_logger("playbook")

#: What ends a command so that it can clean up. Nobody can where it is killed; the next build does.
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


class Aside:
    """Gives MkDocs another folder for the site, and puts it in place at the end."""

    def __init__(self) -> None:
        self._draft: SiteDraft | None = None
        self._config: MkDocsConfig | None = None

    @event_priority(-100)  # when nothing of the definition keeps the site from being built
    def on_pre_build(self, config: MkDocsConfig, **_: object) -> None:
        """Make the folder; raises PluginError where it cannot be made."""
        for ending in _ENDINGS:
            if signal.getsignal(ending) is signal.SIG_DFL:
                signal.signal(ending, lambda number, _: sys.exit(128 + number))
        try:
            self._draft = SiteDraft(Path(config.site_dir))
        except FrameworkError as error:
            raise _failure(error) from None
        self._config, config.site_dir = config, str(self._draft.folder)

    @event_priority(-100)  # after all who write into the site
    def on_post_build(self, **_: object) -> None:
        """Take down that every file is there. MkDocs may still refuse the site for its warnings."""
        if self._draft is not None:
            self._draft.is_whole = True

    def on_build_error(self, error: Exception, **_: object) -> None:
        """Leave the site as it was; raises PluginError for what needs a sentence of ours."""
        draft, self._draft = self._draft, None
        if draft is None:
            return
        draft.discard()
        if isinstance(error, TemplateNotFound):  # which is an error of the system too
            raise PluginError(f"The theme has no template {error.name}.")
        if isinstance(error, OSError):
            raise _failure(draft.refusal(error)) from None
        if isinstance(error, RecursionError):  # MkDocs has named the page
            raise PluginError("This page is nested too deep: lists in lists, or quotes in quotes.")

    def on_shutdown(self, **_: Any) -> None:
        """Put the site in its place, if it is whole; raises PluginError where that fails."""
        draft, self._draft = self._draft, None
        if draft is None:
            return
        if self._config is not None:  # a command may go on with the site that it has built
            self._config.site_dir = str(draft.target)
        if not draft.is_whole:
            draft.discard()
            return
        try:
            draft.publish()
        except FrameworkError as error:
            raise _failure(error) from None
        log.info("It is in its place now: %s", draft.target)


def _failure(error: FrameworkError) -> PluginError:
    return PluginError(f"\n\n{error.report(Path.cwd())}")
