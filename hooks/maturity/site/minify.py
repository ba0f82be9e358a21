"""Our own scripts and styles, without comments and blank space for publishing."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin

_MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def is_ours(file: Path, content: Path) -> bool:
    """Tell whether a file is a script or style sheet of ours, to be made smaller.

    These are all below `assets/` of the folder `content`. The theme has its own elsewhere, and a
    fork's lie in `own/` and are published as they are.
    """
    return file.suffix in _MINIFIERS and file.is_relative_to(content / "assets")


def minified(path: str, text: str) -> str:
    """Return `text` with the same meaning in fewer characters; `path` says what it is written in.

    Raises KeyError for any suffix but .css and .js.
    """
    return str(_MINIFIERS[Path(path).suffix](text))
