"""Files of answers, as people save them on the self-scoring page."""

from __future__ import annotations

from typing import Any

from maturity.definition.model import Framework
from maturity.framework.questionnaire import questionnaire

PEOPLE = (("CTO", ""), ("Data lead", "Ann"), ("Engineer", "Bo"))


def sitting(
    framework: Framework, number: int, answers: dict[str, Any], **about: str
) -> dict[str, Any]:
    """One person's file; an answer is an id, or a map with evidence, proof, reason or note."""
    role, name = PEOPLE[number % len(PEOPLE)]
    asked = questionnaire(framework)["practices"]
    return {
        "format": "maturity-answers/1",
        "framework": {
            "id": framework.framework.id,
            "version": framework.framework.version,
            "title": str(framework.framework.title),
        },
        "assessment": {
            "id": f"person-{number:04}",
            "unit": "Search team",
            "date": f"2026-{number + 1:02}-15",
            "role": role,
            "name": name,
            "start": "",
            "changed": f"2026-{number + 1:02}-15T10:00:00.000Z",
            **about,
            "answers": {
                practice: {
                    "asked": asked[practice]["asked"],
                    **(given if isinstance(given, dict) else {"answer": given}),
                }
                for practice, given in answers.items()
            },
        },
    }
