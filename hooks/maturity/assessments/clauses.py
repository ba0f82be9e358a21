"""Clauses of laws and standards that a sitting touches; `clauses.js` follows the same rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..definition.standards import Standard
from ..framework.answer_file import Sitting
from ..framework.catalog import Words
from ..framework.evidence import records
from .standing import Standing

#: A code that ends in a number, and what it may have in common with others, such as "Article ".
_NUMBERED = re.compile(r"(.+ )?(\S*\d\S*)")


@dataclass(frozen=True)
class Touched:
    """The codes of a standard's clauses, in its order, each in one of four lists.

    `shown`: a practice that serves it is answered with more than nothing, and evidence of it
    counts; `claimed`: one is answered so, and no evidence of any counts; `none`: no practice that
    serves it is answered so; `unserved`: no practice serves it.
    """

    shown: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    none: list[str] = field(default_factory=list)
    unserved: list[str] = field(default_factory=list)

    def lines(self, words: Words) -> list[str]:
        """Return each list that is not empty in a line, with how many codes it has."""
        return [
            str(words(f"review.say.clauses.{part}", n=len(codes), list=list_codes(codes)))
            for part, codes in vars(self).items()
            if codes
        ]


def touched_clauses(
    standard: Standard, standing: Standing, sitting: Sitting, on: str | None = None
) -> Touched:
    """Return which clauses of a standard the answers of a sitting touch.

    `standing` is that of the sitting; `on` is the day on which evidence has to count, None for any.
    """
    touched = Touched()
    for clause in standard.clauses.values():
        claimed = [name for name in clause.served_by if _is_claimed(standing, name)]
        if any(_is_shown(standing, sitting, name, on) for name in claimed):
            touched.shown.append(clause.code)
        elif claimed:
            touched.claimed.append(clause.code)
        else:
            (touched.none if clause.served_by else touched.unserved).append(clause.code)
    return touched


def list_codes(codes: list[str]) -> str:
    """Return codes in one line; what one has in common with the one before is not repeated.

    So "Article 4" and "Article 4a" become "Article 4, 4a".
    """
    parts = [match.groups() if (match := _NUMBERED.fullmatch(code)) else None for code in codes]
    shortened = [
        part[1] if part and part[0] and before and part[0] == before[0] else code
        for code, part, before in zip(codes, parts, [None, *parts], strict=False)
    ]
    return ", ".join(shortened)


def _is_claimed(standing: Standing, practice: str) -> bool:
    """Tell whether an answer counts for more than nothing; what is only assumed is no answer."""
    is_answered = standing.states[practice] == "answered"
    return is_answered and bool(standing.result.claimed.credit[practice])


def _is_shown(standing: Standing, sitting: Sitting, practice: str, on: str | None) -> bool:
    framework = standing.relations.framework
    stored = sitting.answers[practice]
    evidence = records(framework, framework.practices[practice], stored, sitting.date)
    return any(record.counts(on) for record in evidence)
