"""The type of entries that say who answers for them, and when they are to be looked at again."""

from __future__ import annotations

from .parts import Entry
from .text import Text
from .values import Day, Lifetime


class KeptEntry(Entry):
    """An entry with a page of its own; what it says here is no change of what it asks."""

    keeper: Text | None = None
    """Who answers for what it says: a person, a team."""
    reviewed: Day | None = None
    """The day on which somebody last looked whether it still holds, in quotes."""
    review_in: Lifetime | None = None
    """For how long from that day on: "6 months"; else what `framework` says."""
