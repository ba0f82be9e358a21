"""A guard that keeps spreadsheets from taking texts for formulas.

`assets/common/csv.js` has the same rule for the tables that pages write; `tests/formulas.yaml`
holds both to it. Everything that writes cells goes through one of the two.
"""

from __future__ import annotations

import unicodedata

#: The signs of a formula, and those that East Asian keyboards type for them.
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: What may begin a cell of its own where a table is opened.
_BREAKS = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """Return `text` with an apostrophe in front if a spreadsheet would take it for a formula.

    Spreadsheets skip white space and what cannot be seen. Apostrophes before a formula are
    guarded too, so that the one that a reader of tables takes off is always ours.
    """
    bare = text.lstrip("'")
    is_live = bare.startswith(_BREAKS) or _visible(bare).startswith(_SIGNS)
    return f"'{text}" if is_live else text


def _visible(text: str) -> str:
    """Return `text` from its first character that is neither white space nor invisible."""
    for place, char in enumerate(text):
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"):
            return text[place:]
    return ""
