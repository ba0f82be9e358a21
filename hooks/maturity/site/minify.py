"""Our own scripts and styles, without comments and blank space for publishing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin

from ..definition.files import load_text

_MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def minify_files(files: Iterable[Any], content: Path) -> None:
    """Make the scripts and style sheets of ours smaller among the `files` of MkDocs.

    These are all below `assets/` of the folder `content`. The theme has its own elsewhere, and a
    fork's lie in `own/` and are published as they are. Raises FrameworkError for one that is not
    UTF-8.
    """
    for file in files:
        source = Path(file.abs_src_path or "")
        if source.suffix in _MINIFIERS and source.is_relative_to(content / "assets"):
            file.content_string = minified(file.src_uri, load_text(source))


def minified(path: str, text: str) -> str:
    """Return `text` with the same meaning in fewer characters; `path` says what it is written in.

    Raises KeyError for any suffix but .css and .js.
    """
    return str(_MINIFIERS[Path(path).suffix](text))
