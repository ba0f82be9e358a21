"""What works without a server: the self-scoring in one file, and one script for pages on a drive.

The questions stand in the one file to be read; what has to be true for the top answer would take a
fourteenth of it, and stands in the checklists. What is long, styles and the elements with their
words, is packed; the scripts are not, so that anybody can read what would run.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path

from markupsafe import Markup

from ..definition.files import is_there, load_text
from ..framework.catalog import Words
from ..outputs import brand
from ..outputs.modules import join
from ..pages.environment import Scope
from ..pages.sheets import SheetRenderer
from .minify import load_minified
from .security_policy import fingerprint
from .settings import Settings

#: Where they lie on the site.
PATH = "data/assessment.html"
DRIVE_SCRIPT = "assets/drive.js"
#: The modules that run first, in the one file and from a drive.
_ENTRY = "one-file.js"
_DRIVE_ENTRY = "from-drive.js"
#: What the pages of both elements load, in the same order.
_STYLES = ("brand", "playbook", "pages", "sheets", "material", "tools", "stairs", "score", "review")
#: Nothing is loaded, from nowhere; pictures are drawn by the page itself.
_POLICY = (
    "default-src 'none'; script-src {script}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
#: What the one file does without, for its size: nothing in it asks for the card.
_LEFT_OUT = "assessment/card.js"
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")


def has_parts(settings: Settings) -> bool:
    """Tell whether the scripts and style sheets are there that the file is made of."""
    return is_there(settings.content / "assets" / _ENTRY)


def make_one_file(scope: Scope, settings: Settings) -> str:
    """Return the file as HTML. Its links lead to the published site, where its address is known."""
    assets, address = settings.content / "assets", settings.public_address
    sheets = SheetRenderer(scope, settings.templates, address, settings.cache)
    own = [load_text(file) for file in settings.styles[1:]]
    styles = [*(_style(assets, name) for name in _STYLES), *own]
    inside = sheets.one_file(
        "inside",
        home=f"{address}score/" if address else "",
        style=Markup(_FONT.sub("", "".join(styles))),
        print_style=Markup(_style(assets, "paper")),
    )
    script = _joined(assets, _ENTRY, without=_LEFT_OUT)
    return sheets.one_file(
        "page",
        mark=brand.logo_steps(len(scope.definition.framework.levels)),
        address=address,
        style=Markup(_FONT.sub("", _style(assets, "brand") + _style(assets, "one-file"))),
        packed=base64.b64encode(gzip.compress(inside.encode(), mtime=0)).decode(),
        script=Markup(script),
        policy=_POLICY.format(script=fingerprint(script)),
    )


def make_drive_script(words: Words, content: Path) -> str:
    """Return the script that pages load from a drive: all scripts in `content`, and its words."""
    said = json.dumps(words.under("drive"), ensure_ascii=False)
    script = _joined(content / "assets", _DRIVE_ENTRY)
    return f'(()=>{{"use strict";globalThis.driveWords={said};{script}}})();\n'


def _joined(assets: Path, entry: str, without: str = "") -> str:
    """Join the modules that one needs; of the one `without` is left that there is nothing in it."""
    return join(entry, lambda path: "" if path == without else load_minified(assets / path))


def _style(assets: Path, name: str) -> str:
    return load_minified(assets / f"{name}.css")
