"""Days on which evidence runs out, read by another's reader of calendars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import icalendar
from node import call

#: Whatever means something to a calendar, and characters of several bytes at the ends of lines.
HOSTILE = 'a, b; c\\d\r\nEND:VEVENT\nBEGIN:VALARM "e" ' + "ä€😀" * 30
CODE = """calendar(value.renewals, value.about, (key, { n, unit }) => `${unit}: ${n}`,
  ({ practice }) => `https://example.org/practices/${practice.id}/`)"""


def events(unit: str = "Search", stamp: str = "2026-01-02T03:04:05.678Z") -> list[Any]:
    renewals = [
        {
            "until": until,
            "practice": {"id": name, "label": name},
            "what": [HOSTILE],
            "owner": "Bo, Cy",
        }
        for until, name in (("2026-04-01", "one"), ("2026-04-01", "two"), ("2028-02-29", "three"))
    ]
    about = {"framework": "case", "unit": unit, "stamp": stamp}
    file = call("assessment/calendar.js", CODE, {"renewals": renewals, "about": about})
    return icalendar.Calendar.from_ical(file).events


def test_a_calendar_opens_elsewhere_with_its_days_and_texts() -> None:
    first, second = events(HOSTILE)
    assert [one.start for one in (first, second)] == [date(2026, 4, 1), date(2028, 2, 29)]
    assert first.DTSTAMP.replace(tzinfo=None) == datetime(2026, 1, 2, 3, 4, 5)
    assert str(first["SUMMARY"]) == f"{HOSTILE}: 2".replace("\r\n", "\n")
    lines = str(second["DESCRIPTION"]).split("\n")
    assert (lines[0], lines[-1]) == (
        "three (Bo, Cy): a, b; c\\d", "https://example.org/practices/three/",
    )  # fmt: skip
    assert HOSTILE.rpartition("\n")[2] in lines


def test_a_second_import_finds_the_entries_of_the_first() -> None:
    def ids(*of: str) -> list[str]:
        return [str(one["UID"]) for one in events(*of)]

    assert ids() == ids("search ", "2027-05-06T07:08:09.000Z")
    assert len({*ids(), *ids("Ads")}) == 4
