"""What a framework's entries and its readings are called, as in `names.js`."""

from __future__ import annotations

import math

from ..definition.model import Framework
from ..framework.catalog import Words
from ..framework.relations import TOLERANCE
from ..framework.scoring import Reading


class Names:
    """What levels, dimensions and practices are called, and how far a dimension has come."""

    def __init__(self, words: Words, framework: Framework) -> None:
        self.words = words
        self.framework = framework
        self.levels = list(framework.levels)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the self-scoring page; raises KeyError as `Words` does."""
        return str(self.words(f"score.say.{key}", **values))

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as a percentage, never rounded up."""
        return str(self.words.percent(math.floor(share * 100 + TOLERANCE) / 100))

    def level(self, number: int) -> str:
        """Return what a level is called, with its number; 0 is before the first."""
        if number == 0:
            return self.say("before_first")
        return self.say("level", n=number, title=self.level_title(self.levels[number - 1]))

    def level_title(self, level: str) -> str:
        """Return what a level is called."""
        return str(self.framework.levels[level].title)

    def dimension(self, dimension: str) -> str:
        """Return what a dimension is called."""
        return str(self.framework.dimensions[dimension].title)

    def practice(self, practice: str) -> str:
        """Return what a practice is called."""
        return str(self.framework.practices[practice].title)

    def progress(self, reading: Reading, dimension: str) -> str:
        """Return how far a dimension has come, without a share while its questions are open."""
        total, done = len(self.levels), reading.completed[dimension]
        if done == total:
            return self.say("reading.done", total=total)
        following = self.level(done + 1)
        if answered := reading.answered[dimension]:
            key = "reading.partly" if answered[0] else "reading.open"
            return self.say(key, level_title=following, n=answered[0], total=answered[1])
        share = reading.progress[dimension] - done
        if self.framework.scoring.level_means == "working":
            return self.say("reading.working", level_title=following, share=self.percent(share))
        return self.say(
            "reading.achieved_plus" if share > 0 else "reading.achieved", n=done, total=total
        )
