"""The definition as data, for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from pydantic import BaseModel

from .answers import AnswerFile
from .cells import inert
from .model import Framework
from .relations import Relations


def framework_json(framework: Framework) -> str:
    """The whole definition after the overlay, every default written out."""
    return json.dumps(framework.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def schema_json() -> str:
    """The JSON Schema of `framework.yaml`, from the model."""
    return _schema(Framework, "Maturity framework")


def answers_schema_json() -> str:
    """The JSON Schema of the files that the self-scoring page saves."""
    return _schema(AnswerFile, "Answers to a maturity framework")


def _schema(model: type[BaseModel], title: str) -> str:
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **model.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


PRACTICE_COLUMNS = (
    "id", "level", "dimension", "title", "question", "essential", "owner", "value", "effort",
    "requires", "criteria", "evidence",
)  # fmt: skip


def practices_csv(framework: Framework) -> str:
    """A row for each practice; lists are separated by line ends inside their cell."""
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


def _cell(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    return inert(str(value) if isinstance(value, str | int) else "\n".join(map(str, value)))
