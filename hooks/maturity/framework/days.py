"""Days of the calendar, as ISO texts such as 2026-11-24: no times, and so no time zones.

`content/assets/common/days.js` follows the same rules in the browser; `tests/scoring.yaml` holds
both to the same cases.
"""

from __future__ import annotations

import os
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

#: How far ahead anybody looks for what runs out.
HORIZON = "24 months"
#: The last day of the calendar.
LAST = "9999-12-31"
#: How many texts are known to be days or none: many files name the same few.
_KNOWN = 4096


def today() -> str:
    """Return the day by this machine's clock, or that of SOURCE_DATE_EPOCH, as 2026-11-24."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return datetime.now().astimezone().date().isoformat()


@lru_cache(maxsize=_KNOWN)
def is_day(text: str) -> bool:
    """Tell whether a text is a day that the calendar has."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


@lru_cache(maxsize=_KNOWN)
def last_day(on: str, lifetime: str) -> str | None:
    """Return the last day of what lasts a lifetime, such as 90 days or 12 months, from a day on.

    Months end on the same day of another month, or on the last one of a shorter month. None where
    the calendar ends before, after the year 9999. Raises ValueError where `on` is no day.
    """
    number, unit = lifetime.split()
    start = date.fromisoformat(on)
    with suppress(ValueError, OverflowError):
        if unit.startswith("day"):
            return (start + timedelta(days=int(number))).isoformat()
        year, month = divmod(12 * start.year + start.month - 1 + int(number), 12)
        day = min(start.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day).isoformat()
    return None


def day_after(day: str) -> str | None:
    """Return the day after a day; None after the last one of the calendar."""
    return last_day(day, "1 day")


def day_before(day: str) -> str:
    """Return the day before a day.

    Raises ValueError where `day` is none, and OverflowError before the calendar's first one.
    """
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
