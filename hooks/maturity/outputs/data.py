"""The definition as data, for other programs."""

from __future__ import annotations

import csv
import functools
import io
import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema, ModelSchema

from ..definition.field_docs import field_docs
from ..definition.model import Framework
from ..framework.answer_file import AnswerFile
from ..framework.idea_file import IdeaFile
from ..framework.questionnaire import fingerprint, questionnaire, texts
from ..framework.relations import Mapping, Relations
from ..versions.changes import Change
from ..versions.history import History
from .formula_guard import guarded


def framework_json(framework: Framework) -> str:
    """Render the whole definition after the overlay, every default written out."""
    return framework.model_dump_json(indent=1) + "\n"


def questionnaire_json(framework: Framework) -> str:
    """Render what a version asked, and how it scored, as the self-scoring page reads it."""
    return _compact(questionnaire(framework))


def changes_json(history: History) -> str:
    """Render what each release changed, and what answers to earlier ones were answers to."""
    return _compact(
        {
            "format": CHANGES_FORMAT,
            "framework": questionnaire(history.present)["framework"],
            "releases": [
                {
                    "version": step.version,
                    "date": step.date,
                    "since": step.since,
                    "weight": step.weight.word,
                    "changes": changes_data(step.changes),
                }
                for step in history.steps
            ],
            "upgrades": {
                version: changes_data(changes) for version, changes in history.upgrades.items()
            },
            "asked": _asked(history),
        }
    )


#: The form of `data/changes.json`.
CHANGES_FORMAT = "maturity-changes/1"


def changes_data(changes: list[Change]) -> list[dict[str, Any]]:
    """Return changes ready for JSON, as `data/changes.json` holds them."""
    return [
        {
            "kind": change.kind,
            "id": change.id,
            "title": change.title,
            "weight": change.weight.word,
            "was": [{"id": former.id, "title": former.title} for former in change.was],
            "events": [
                {
                    "what": event.what.value,
                    "weight": event.weight.word,
                    "field": event.field,
                    "id": event.id,
                    "before": event.before,
                    "after": event.after,
                }
                for event in change.events
            ],
        }
        for change in changes
    ]


def _asked(history: History) -> dict[str, Any]:
    """What was asked in an earlier release and is asked no more, by fingerprint."""
    present = Relations(history.present)
    today = {fingerprint(present, name) for name in history.present.practices}
    asked: dict[str, Any] = {}
    for snapshot in history.snapshots:
        former = Relations(snapshot.framework)
        for name, text in texts(snapshot.framework).items():
            key = fingerprint(former, name)
            if key not in today:
                title = snapshot.framework.practices[name].title
                asked[key] = {"practice": name, "title": title, **text}
    return asked


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def schema_json() -> str:
    """Render the JSON Schema of `framework.yaml`, from the model."""
    return _schema(Framework, "Maturity framework")


def answers_schema_json() -> str:
    """Render the JSON Schema of the files that the self-scoring page saves."""
    return _schema(AnswerFile, "Answers to a maturity framework")


def ideas_schema_json() -> str:
    """Render the JSON Schema of the files that the page of a matrix saves."""
    return _schema(IdeaFile, "Ideas on a matrix")


class _Strict(GenerateJsonSchema):
    """Pydantic's schemas, in which maps also refuse the keys that their models refuse.

    Fields have what their docstrings say of them.
    """

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model, its fields described."""
        described = super().model_schema(schema)
        for name, doc in field_docs(schema["cls"]).items():
            described["properties"][name]["description"] = doc
        return described

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        """Return the schema of a map; keys that no pattern fits are not allowed."""
        mapping = super().dict_schema(schema)
        return {**mapping, "additionalProperties": False} if _PATTERNS in mapping else mapping


_PATTERNS = "patternProperties"


@functools.cache
def _schema(model: type[BaseModel], title: str) -> str:
    schema = model.model_json_schema(schema_generator=_Strict)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    schema = {**head, **schema, **head}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


PRACTICE_COLUMNS = (
    "id", "level", "dimension", "title", "question", "essential", "owner", "value", "effort",
    "requires", "criteria", "evidence",
)  # fmt: skip


def practices_csv(framework: Framework) -> str:
    """Render a row for each practice; lists are separated by line ends inside their cell."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(PRACTICE_COLUMNS)
    for item in Relations(framework).all("practice"):
        practice = item.entry
        row = {
            **{name: getattr(practice, name, None) for name in PRACTICE_COLUMNS},
            "id": item.id,
            "essential": "yes" if practice.essential else "no",
            "requires": practice.requires,
            "criteria": practice.criteria.values(),
            "evidence": practice.evidence.values(),
        }
        writer.writerow([_cell(row[name]) for name in PRACTICE_COLUMNS])
    return table.getvalue()


MAPPING_COLUMNS = (
    "standard", "version", "clause", "code", "title", "practice", "practice_title", "relation",
    "why",
)  # fmt: skip


def mappings(framework: Framework) -> list[dict[str, Any]]:
    """List which practice serves which clause; a clause that nothing serves has one row as well.

    There `practice`, `practice_title`, `relation` and `why` are None.
    """
    relations = Relations(framework)
    rows: list[dict[str, Any]] = []
    for standard in relations.all("standard"):
        for name, clause in standard.entry.clauses.items():
            start = (standard.id, standard.entry.version, name, clause.code, clause.title)
            ends = [_served(mapping) for mapping in relations.serving(standard, name)]
            rows += (
                dict(zip(MAPPING_COLUMNS, (*start, *end), strict=True))
                for end in ends or [(None,) * 4]
            )
    return rows


def _served(mapping: Mapping) -> tuple[str | None, ...]:
    """Return the last four columns of a practice that serves a clause."""
    practice, service = mapping.practice, mapping.service
    return practice.id, practice.entry.title, service.relation.value, service.why


def mappings_json(framework: Framework) -> str:
    """Render what `mappings` lists as JSON."""
    return json.dumps(mappings(framework), ensure_ascii=False, indent=1) + "\n"


def mappings_csv(framework: Framework) -> str:
    """Render what `mappings` lists as a table; a cell is empty where there is nothing."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(MAPPING_COLUMNS)
    writer.writerows([_cell(value) for value in row.values()] for row in mappings(framework))
    return table.getvalue()


def _cell(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    return guarded(str(value) if isinstance(value, str | int) else "\n".join(map(str, value)))
