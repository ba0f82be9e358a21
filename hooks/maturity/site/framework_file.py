"""Which framework a site is made of: one answer for `make`, `maturity`, scripts and the hook."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..definition.files import is_there
from .configuration import key_position

#: The definition where nobody names another one, beside the settings of the site.
DEFAULT = "framework.yaml"
OPTION = "--framework"
VARIABLE = "FRAMEWORK"


@dataclass(frozen=True)
class FrameworkFile:
    """The file of a definition, and who names it.

    `named_by` is the option, the variable of the environment or the name of a file of settings;
    empty where it is the default. `instead` says what another of these names, which counts less;
    empty where they agree.
    """

    path: Path
    named_by: str = ""
    instead: str = ""

    def notice(self, overlay: Path, folder: Path) -> str:
        """Return a line that says what is taken; empty where that is plain.

        `overlay` is the file that is applied if it is there; paths are written as in `folder`.
        """
        has_overlay = is_there(overlay)
        if not (has_overlay or self.instead or self.named_by not in ("", OPTION)):
            return ""
        by = f", as {self.named_by} says" if self.named_by else ""
        changed = f", with {short(overlay, folder)}" if has_overlay else ""
        other = f"; {self.instead}" if self.instead else ""
        left = self._left_out(overlay.parent, folder)
        beside = f"; {left} beside {self.named_by} for framework.yaml alone" if left else ""
        return f"This takes {short(self.path, folder)}{by}{changed}{other}{beside}"

    def _left_out(self, taken: Path, folder: Path) -> str:
        """Say which files in `folder`, beside the settings, nobody reads; empty where none.

        `taken` is the folder with the definition that the settings name.
        """
        if self.named_by in ("", OPTION, VARIABLE) or taken == folder:
            return ""
        names = [n for n in ("overlay.yaml", "words.yaml", "snippets") if is_there(folder / n)]
        verb = "is" if len(names) == 1 else "are"
        return f"{' and '.join(names)} {verb}" if names else ""


def choose(config: Path, configured: str, option: Path | None = None) -> FrameworkFile:
    """Return the definition of the site whose settings are in the file `config`.

    What `option` names comes first, then FRAMEWORK in the environment, then what the settings name,
    `configured`; then framework.yaml. What is relative begins in the folder of the settings. A text
    that is empty names nothing.
    """
    said = [(OPTION, option), (VARIABLE, os.environ.get(VARIABLE)), ("", configured)]
    named = [(by, Path(os.path.normpath(config.parent / name))) for by, name in said if name]
    if not named:
        return FrameworkFile(config.parent / DEFAULT)
    (by, path), *rest = [(by or _speaker(config), path) for by, path in named]
    if not rest and path == config.parent / DEFAULT and by != OPTION:
        by = ""
    others = (f"{who} says {short(file, config.parent)}" for who, file in rest if file != path)
    return FrameworkFile(path, by, next(others, ""))


def _speaker(config: Path) -> str:
    """Return the name of the file of settings that names the definition."""
    return key_position(config, "extra", "maturity", "framework").file.name


def short(path: Path, folder: Path) -> str:
    """Return a path as somebody in a folder would write it."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)
