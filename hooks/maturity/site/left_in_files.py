"""Find hand-written files that are empty, or hold what a merge has left, by name or content."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..definition.characters import peculiar
from ..definition.files import check_file, load_bytes, load_text
from ..definition.leftovers import merge_conflict
from ..definition.problems import Position, Problem, place_in
from ..definition.prose import mask_code
from ..pages.front_matter import without_front_matter

#: Files of text that are published as they are.
_TEXTS = (
    ".css", ".csv", ".htm", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xhtml", ".xml",
    ".yaml", ".yml",
)  # fmt: skip
#: What other programs call Markdown; some editors put .txt behind every name.
_PAGE = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx)(?:\.txt)?$", re.IGNORECASE)
_BY_MERGES = re.compile(r".*(?:\.orig|\.rej|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(?:\.\w+)?)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NO_ADDRESS = re.compile(r"!?\[[^\[\]]*\](?P<place>\(\s*(?:<\s*>)?\s*\))")
_NO_HEADING = re.compile(r"^ {0,3}(?P<place>#{1,6})[ \t#]*$", re.MULTILINE)
#: What lets a page do without a text: another template makes one, or the page leads elsewhere.
_WITHOUT_TEXT = {"template", "redirect"}


def misnamed(path: str, file: Path) -> Iterator[Problem]:
    """Yield a problem for a file that a merge has put aside, or whose name or ending is wrong.

    `path` is the one below the site's root.
    """
    if _BY_MERGES.fullmatch(file.name):
        message = "a merge has left this file, and it would be published"
        yield Problem(Position(file), message, "delete it once the merge is done")
    if (ending := _PAGE.search(file.name)) and ending[0] != ".md":
        name = file.name.removesuffix(ending[0]) + ".md"
        message = f"pages end with .md; with {ending[0]} nothing in it is filled in or checked"
        yield Problem(Position(file), message, f"call it {name}")
    if names := peculiar(path, is_name=False):
        message = f"the name of this file contains {', '.join(names)}"
        yield Problem(Position(file), message, "rename it: its address would hold that too")


def left_in_file(file: Path) -> Iterator[Problem]:
    """Yield a problem for a file other than a page that is empty or holds what a merge has left.

    Other texts than style sheets may hold any character: they need not be written by hand.
    """
    if check_file(file) == 0:
        yield Problem(Position(file), "the file is empty", "save it again, or delete it")
    elif file.suffix == ".css":
        load_text(file)
    elif file.name.lower().endswith(_TEXTS):
        text = load_bytes(file, largest=math.inf).decode("utf-8", "replace")
        if (conflict := merge_conflict(text, file)) is not None:
            yield conflict


def left_empty(text: str, file: Path, matter: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for a page, link or heading with nothing in it.

    `text` is the page's in `file`, with its front matter, which is `matter` too.
    """
    body = without_front_matter(text)
    if not _COMMENT.sub("", body).strip() and not _WITHOUT_TEXT & {*matter}:
        yield Problem(Position(file), "nothing stands in this file", "write it, or delete it")
    shown = mask_code(body)
    for pattern, message, hint in (
        (_NO_ADDRESS, "this leads nowhere: there is no address", "write one between ( and )"),
        (_NO_HEADING, "this heading is empty", "write its words, or delete the line"),
    ):
        for match in pattern.finditer(shown):
            yield Problem(place_in(file, shown, match.start("place")), message, hint)
