"""Renewals: what of a sitting's evidence has run out or will, in words; as in `renewals.js`."""

from __future__ import annotations

from dataclasses import dataclass

from ..framework.ageing import Ageing, Fall, RunOut
from ..framework.answer_file import Sitting
from ..framework.days import day_before, last_day
from .account import Account

#: How far ahead whoever plans looks.
SOON = "90 days"


@dataclass(frozen=True)
class Renewal:
    """A practice whose evidence runs out, or whose exemption ends, after the day `until`.

    `owner` is the title of the role that owns the practice, empty where none does.
    """

    practice: str
    until: str
    is_over: bool
    is_exempt: bool
    owner: str


class Renewals:
    """What becomes of a sitting's evidence from the day `on`."""

    def __init__(self, account: Account, sitting: Sitting, on: str) -> None:
        self.account = account
        self.on = on
        self.ageing = Ageing(account.standing.relations, sitting, on)

    def within(self, time: str) -> list[Renewal]:
        """Return what has run out, and what will within a time such as 90 days, by day."""
        last = last_day(self.on, time) or self.on
        over = [self._renewal(one, is_over=True) for one in self.ageing.renew]
        ahead = [one for one in self.ageing.runs_out if one.day <= last]
        return [*over, *(self._renewal(one, is_over=False) for one in ahead)]

    @property
    def falls(self) -> list[str]:
        """The days on which the level falls, each with why, in sentences."""
        return [self._fall(one) for one in self.ageing.falls if not one.dimension]

    def line(self, one: Renewal) -> str:
        """Return a renewal in a line: the practice, and until when its evidence counts."""
        title, date = self.account.practice(one.practice), self.account.words.date(one.until)
        key = "review.say.ended_on" if one.is_over else "units.counts_until"
        text = str(self.account.words(key, practice_title=title, date=date))
        return f"{text} ({one.owner})" if one.owner else text

    def _fall(self, fall: Fall) -> str:
        words = self.account.words
        return str(
            words(
                f"review.say.falls.{fall.reading}",
                date=words.date(day_before(fall.day)),
                before=self.account.level(fall.before),
                after=self.account.level(fall.after),
                n=len(fall.because),
                list=", ".join(map(self.account.practice, fall.because)),
            )
        )

    def _renewal(self, end: RunOut, *, is_over: bool) -> Renewal:
        framework = self.account.framework
        role = framework.practices[end.practice].owner
        owner = str(framework.roles[role].title) if role else ""
        return Renewal(end.practice, day_before(end.day), is_over, not end.records, owner)
