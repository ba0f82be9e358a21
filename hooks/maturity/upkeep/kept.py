"""What entries and hand-written pages say of who keeps them and when they were looked at."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..definition.messages import entry_prefix, quotable
from ..definition.model import COLLECTIONS
from ..definition.problems import Position, Problem
from ..definition.source import Source
from ..definition.text import Text
from ..definition.upkeep import KeptEntry
from ..definition.values import Lifetime
from ..framework.days import is_day, last_day

#: The keys of an entry, and of the front matter of a page.
KEYS = ("keeper", "reviewed", "review_in")
_NO_DAY = "write the day on which somebody last looked, such as reviewed: 2026-11-25"


@dataclass(frozen=True)
class Kept:
    """Who answers for a page, when somebody last looked at it, and when it is to be looked at.

    Days are as 2026-11-25; what is not said is empty.
    """

    keeper: str = ""
    reviewed: str = ""
    due: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.keeper or self.reviewed)


def kept_of(entry: KeptEntry, default: str | None) -> Kept:
    """Return what an entry says; `default` is the framework's own `review_in`, if it has one."""
    return _kept(entry.keeper or "", entry.reviewed or "", entry.review_in or default)


def kept_of_page(matter: Mapping[str, Any], default: str | None) -> Kept:
    """Return what the front matter of a page says; empty where something in it is a mistake."""
    if any(_complaints(matter, "9999-12-31")):
        return Kept()
    keeper = " ".join(str(matter.get("keeper") or "").split())
    return _kept(keeper, _day(matter.get("reviewed")), matter.get("review_in") or default)


def _kept(keeper: str, reviewed: str, review_in: str | None) -> Kept:
    is_due = reviewed and review_in and is_day(reviewed)
    due = last_day(reviewed, review_in or "") if is_due else None
    return Kept(keeper, reviewed, due or "")


def entry_problems(source: Source, today: str) -> Iterator[Problem]:
    """Yield what is wrong with the days of entries, as of `today`; their form is checked before."""
    for section in COLLECTIONS.values():
        node = source.root.get(section)
        for name, entry in node.entries.items() if node is not None else ():
            values = {key: one.value for key in KEYS if (one := entry.get(key)) is not None}
            for key, message, hint in _complaints(values, today):
                gone = source.removed.get((section, name, "reviewed"))
                where = gone if gone and key == "review_in" else entry.nearest(key).at
                yield Problem(where, f"{entry_prefix((section, name))}{message}", hint)


def page_problems(
    matter: Mapping[str, Any], places: Mapping[str, Position], today: str
) -> Iterator[Problem]:
    """Yield what is wrong in the front matter of a page; `places` are where its keys stand."""
    for key, message, hint in _complaints(matter, today):
        yield Problem(places[key], message, hint)


def _complaints(values: Mapping[str, Any], today: str) -> Iterator[tuple[str, str, str]]:
    """Yield the key, what is wrong with it, and what to do."""
    keeper, review_in = values.get("keeper"), values.get("review_in")
    if isinstance(keeper, str) and keeper.strip() and not _is(Text, keeper):
        yield "keeper", "keeper: this is no plain text", "write a name of a person or a team"
    day = _day(values.get("reviewed"))
    if "reviewed" in values and not is_day(day):
        fault = f"{quotable(day)} is no day of the calendar" if day else "the day is missing"
        yield "reviewed", f"reviewed: {fault}", _NO_DAY
    elif day > today:
        hint = f"write the day on which somebody has looked; today is {today}"
        yield "reviewed", f"reviewed: {day} is still to come", hint
    if "review_in" not in values:
        return
    if not _is(Lifetime, review_in):
        fault = (
            "the time is missing" if review_in is None else f"{quotable(str(review_in))} is no time"
        )
        hint = "a number of days or months, such as 90 days or 6 months"
        yield "review_in", f"review_in: {fault}", hint
    elif "reviewed" not in values:
        yield "review_in", "review_in counts from the day in reviewed, which is missing", _NO_DAY


def _day(value: object) -> str:
    """Return a day as text; YAML makes a date of one without quotes."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _is(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
