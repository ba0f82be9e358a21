"""What is due on a day: pages to look at again, the longest due first, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..definition.problems import Position, printable
from .kept import Kept


@dataclass(frozen=True)
class Subject:
    """A page that says who keeps it, or when it was looked at.

    `path` is its Markdown file below the site's root; `kind` and `id` are those of its entry, empty
    for a hand-written page; `where` is where that is said.
    """

    path: str
    title: str
    kept: Kept
    where: Position
    kind: str = ""
    id: str = ""


def by_day(subjects: Iterable[Subject]) -> list[Subject]:
    """Return the subjects that have a day on which they are due, the earliest first."""
    return sorted((one for one in subjects if one.kept.due), key=lambda one: one.kept.due)


def due_on(subjects: Iterable[Subject], day: str) -> list[Subject]:
    """Return the subjects that are due on a day or were before, the earliest first."""
    return [one for one in by_day(subjects) if one.kept.due <= day]


def render_due(due: Iterable[Subject], day: str, form: str, root: Path) -> str:
    """Render what is due on a day as `text`, a line each, or `json`; files as seen from `root`.

    Text is empty where nothing is.
    """
    if form == "json":
        return json.dumps(
            {"on": day, "due": [_data(one, day, root) for one in due]}, ensure_ascii=False, indent=1
        )
    return "\n".join(_line(one, day, root) for one in due)


def _line(one: Subject, day: str, root: Path) -> str:
    over = _days_over(one, day)
    since = f", {over} {'day' if over == 1 else 'days'} overdue" if over else ""
    keeper = f", kept by {one.kept.keeper}" if one.kept.keeper else ""
    name = f"{one.kind} {one.id}" if one.kind else one.path
    return printable(f"{one.kept.due}{since}: {name}, {one.title}{keeper}: {_place(one, root)}")


def _data(one: Subject, day: str, root: Path) -> dict[str, Any]:
    return {
        "due": one.kept.due,
        "days_over": _days_over(one, day),
        "kind": one.kind,
        "id": one.id,
        "page": one.path,
        "title": one.title,
        "keeper": one.kept.keeper,
        "reviewed": one.kept.reviewed,
        "at": _place(one, root),
    }


def _days_over(one: Subject, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(one.kept.due)).days


def _place(one: Subject, root: Path) -> str:
    file = one.where.file
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    return f"{name}:{one.where.line}"
