"""The questionnaire: what the self-scoring page has to know of a framework, and of what it asks."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

from ..definition.model import Framework, Practice
from .relations import Relations

#: Hexadecimal digits of a fingerprint.
FINGERPRINT_LENGTH = 16


def fingerprint(relations: Relations, practice: str) -> str:
    """Return a hash of what a practice asks, as 16 hexadecimal digits.

    It is made of question, criteria, offered answers and their text. A saved answer carries it, so
    that a later version can tell whether the answer still fits. White space is folded by the model
    already.
    """
    entry: Practice = relations.framework.practices[practice]
    asked = [
        entry.question or entry.title,
        list(entry.criteria.values()),
        [[name, text] for name, _, text in relations.offered(practice)],
    ]
    text = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]


@functools.lru_cache(maxsize=16)
def fingerprints(relations: Relations) -> dict[str, str]:
    """Return the fingerprint of every practice, for whoever looks at many files of answers."""
    return {name: fingerprint(relations, name) for name in relations.framework.practices}


def questionnaire(framework: Framework) -> dict[str, Any]:
    """Return the framework as `scoring.js` and its neighbors read it, ready for JSON.

    The names are those of `framework.yaml`. A practice has besides: `offered` (its answers, in
    order), `criteria` and `evidence` (ids), `lasts` (lifetimes of artifacts that have one, by their
    ids; left out where none has), `may_be_not_applicable`, and `asked`, its fingerprint.
    """
    about = framework.framework
    return {
        "framework": {"id": about.id, "title": about.title, "version": about.version},
        "levels": {
            name: {"title": level.title, **({"formerly": level.formerly} if level.formerly else {})}
            for name, level in framework.levels.items()
        },
        "dimensions": _titles(framework.dimensions),
        "roles": _titles(framework.roles),
        "scale": {
            name: answer.model_dump(
                mode="json", include={"label", "value", "needs_criteria", "needs_evidence"}
            )
            for name, answer in framework.scale.items()
        },
        "scoring": framework.scoring.model_dump(mode="json", exclude_none=True),
        "practices": _practices(framework),
    }


def texts(framework: Framework) -> dict[str, Any]:
    """Return what the questions say, by practice, for pages that show no form; ready for JSON.

    A practice has `question`, `criteria` (texts), `options` (what each offered answer means here)
    and `evidence` (what each listed artifact is).
    """
    relations = Relations(framework)
    return {
        name: {
            "question": practice.question or practice.title,
            "criteria": list(practice.criteria.values()),
            "options": {answer: text for answer, _, text in relations.offered(name)},
            "evidence": {name: str(artifact) for name, artifact in practice.evidence.items()},
        }
        for name, practice in framework.practices.items()
    }


def _titles(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: {"title": entry.title} for name, entry in entries.items()}


def _practices(framework: Framework) -> dict[str, Any]:
    relations = Relations(framework)
    fields = {"level", "dimension", "title", "essential", "value", "effort", "requires", "owner"}
    return {
        name: {
            **practice.model_dump(mode="json", include=fields),
            "formerly": practice.formerly,
            "offered": [answer for answer, _, _ in relations.offered(name)],
            "criteria": list(practice.criteria),
            "evidence": list(practice.evidence),
            **({"lasts": lasts} if (lasts := _lifetimes(practice)) else {}),
            "may_be_not_applicable": practice.may_be_not_applicable,
            "asked": fingerprint(relations, name),
        }
        for name, practice in framework.practices.items()
    }


def _lifetimes(practice: Practice) -> dict[str, str]:
    return {name: one.lasts for name, one in practice.evidence.items() if one.lasts}
