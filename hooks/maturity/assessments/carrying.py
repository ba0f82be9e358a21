"""Take answers over to the present version of a framework: `carry` in `answers.js` is its like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..framework.answer_file import StoredAnswer
from ..framework.questionnaire import fingerprints
from ..framework.relations import Relations


@dataclass(frozen=True)
class Carried:
    """Answers by practice, and what became of them.

    `followed` names practices by the former id that had the answer; `choices` those for which
    several former ids have one, and nobody has picked; `reworded` those whose answer is to be
    confirmed; `gone` are ids of answers that belong to no practice any more.
    """

    answers: dict[str, StoredAnswer]
    kept: list[str]
    reworded: list[str]
    followed: dict[str, str]
    choices: dict[str, list[str]]
    gone: list[str]


def carry(relations: Relations, stored: Mapping[str, StoredAnswer]) -> Carried:
    """Return what becomes of stored answers, whichever version of the framework they were given to.

    A practice takes the answers under its former ids where it has none of its own.
    """
    carried = Carried(dict(stored), [], [], {}, {}, [])
    used: set[str] = set()
    for name, practice in relations.framework.practices.items():
        ids = dict.fromkeys([name, *practice.formerly])
        sources = [one for one in ids if one in stored and not _is_empty(stored[one])]
        used.update(sources)
        if len(sources) > 1:
            carried.choices[name] = sources
        if not sources or (len(sources) > 1 and sources[0] != name):
            continue
        answer = stored[sources[0]]
        carried.answers[name] = answer
        if sources[0] != name:
            carried.followed[name] = sources[0]
        if answer.answer:
            is_same = answer.asked == fingerprints(relations)[name]
            (carried.kept if is_same else carried.reworded).append(name)
    for old, answer in stored.items():
        if old in relations.framework.practices:
            continue
        if old in used:
            del carried.answers[old]
        elif answer.answer:
            carried.gone.append(old)
    return carried


def _is_empty(stored: StoredAnswer) -> bool:
    texts = (stored.proof, stored.reason, stored.note, stored.owner, stored.due)
    given = stored.answer or stored.criteria or stored.evidence
    return not given and not any(text.strip() for text in texts)
