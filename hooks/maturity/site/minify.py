"""Our own scripts and styles, without comments and blank space for publishing."""

from __future__ import annotations

import re

import rcssmin
import rjsmin

_STYLES = "brand|playbook|pages|map|matrix|sheets|tools|material|paper|score|review"
_SCRIPTS = (
    r"playbook|frame|search|(?:common|assessment|parts|checklist|map|matrix|score|review)/[\w-]+"
)
_OURS = re.compile(rf"assets/(?:(?:{_STYLES})\.css|(?:{_SCRIPTS})\.js)")


def is_ours(path: str) -> bool:
    """Whether a file of the site, by its path below the site's root, is ours to make smaller."""
    return _OURS.fullmatch(path) is not None


def minified(path: str, text: str) -> str:
    """The text of one of our files, with the same meaning in fewer characters."""
    minify = rcssmin.cssmin if path.endswith(".css") else rjsmin.jsmin
    return str(minify(text))
