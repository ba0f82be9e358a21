"""Our own scripts and styles, without comments and blank space for publishing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin

from ..definition.files import check_file, load_text

#: A regular expression right behind an arrow, and the arrow. rjsmin expects none there, takes it
#: for division, and takes the spaces out of it.
_BEHIND_ARROW = re.compile(r"(=>\s*)(/(?![/*])(?:[^\\/\[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])+/)")


def minify_files(files: Iterable[Any], content: Path) -> None:
    """Make the scripts and style sheets of ours smaller among the `files` of MkDocs.

    These are all below `assets/` of the folder `content`. The theme has its own elsewhere, and a
    fork's lie in `own/` and are published as they are. Raises FrameworkError for one that is not
    UTF-8.
    """
    for file in files:
        source = Path(file.abs_src_path or "")
        if source.suffix in _MINIFIERS and source.is_relative_to(content / "assets"):
            file.content_string = load_minified(source)


def load_minified(file: Path) -> str:
    """Load a script or style sheet, and return what `minified` makes of it.

    It is read again only once it has changed: each is published, and joined into two others. Raises
    FrameworkError as `load_text` does.
    """
    return _load_minified(file, check_file(file), file.stat().st_mtime_ns)


@functools.lru_cache(maxsize=1000)
def _load_minified(file: Path, size: int, changed: int) -> str:
    return minified(file.name, load_text(file))


def minified(path: str, text: str) -> str:
    """Return `text` with the same meaning in fewer characters; `path` says what it is written in.

    Raises KeyError for any suffix but .css and .js.
    """
    return str(_MINIFIERS[Path(path).suffix](text))


def _minified_script(text: str) -> str:
    """Return a script in fewer characters; regular expressions stay as they are."""
    expressions: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        expressions.append(match[2])
        return f"{match[1]}$expression{len(expressions) - 1}$"

    short = rjsmin.jsmin(_BEHIND_ARROW.sub(put_aside, text))
    return re.sub(r"\$expression(\d+)\$", lambda match: expressions[int(match[1])], short)


_MINIFIERS = {".css": rcssmin.cssmin, ".js": _minified_script}
