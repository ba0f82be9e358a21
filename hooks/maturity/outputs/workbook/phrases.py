"""Sentences made by formulas: phrases of the catalog, filled in and chosen by what is computed.

Each is a formula together with what it gives while nothing is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...definition.model import LevelMeans
from ...framework.relations import TOLERANCE
from ..formula_guard import guarded
from .cells import Formula, Value, cell_content
from .computation import Computation, Computed
from .lookups import Lookups

NOTHING = Formula('""', "")

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": lambda one, other: one == other,
    ">": lambda one, other: one > other,
}


def compare(one: Formula, sign: str, other: Formula | int) -> Formula:
    """Return the formula that compares two numbers; `sign` is "=" or ">".

    Its value is that of the two formulas' values, worked out here for the empty workbook.
    """
    second = other if isinstance(other, Formula) else Formula(str(other), other)
    is_so = _COMPARISONS[sign](float(one.value or 0), float(second.value or 0))
    return Formula(f"{one.text}{sign}{second.text}", is_so)


def either(test: Formula, yes: Formula, no: Formula) -> Formula:
    """Return the formula that chooses one of two, by what `test` says."""
    return Formula(f"IF({test.text},{yes.text},{no.text})", yes.value if test.value else no.value)


def percentage(share: Formula) -> Formula:
    """Return a share, from 0 to 1, as a whole number of percent, never rounded up."""
    return Formula(
        f"INT(({share.text})*100+tolerance)", int(float(share.value or 0) * 100 + TOLERANCE)
    )


@dataclass(frozen=True)
class Phrases:
    """Speaks of what the sheet of that name computes, as seen from another sheet."""

    lists: Lookups
    computed: Computation
    sheet: str
    level_means: LevelMeans

    # What is computed

    def at(self, table: Computed, column: str, row: int = 0) -> Formula:
        """Return a cell of the computation; `row` is counted from 0."""
        return table.at(column, row, self.sheet)

    def overall(self, column: str) -> Formula:
        """Return a cell of its first table."""
        return self.at(self.computed.overall, column)

    def of_practice(self, place: Formula, column: str) -> Formula:
        """Return a column of the practice that stands at a place, from 1; 0 is none."""
        span = self.computed.practices.table.on(self.sheet).span(column)
        row = int(place.value)
        value = self.at(self.computed.practices, column, row - 1).value if row else ""
        return Formula(f"INDEX({span},{place.text})", value)

    # Phrases

    def say(self, key: str, **parts: Formula) -> Formula:
        """Return a phrase of the catalog with its placeholders filled in."""
        row = [entry[0] for entry in self.lists.phrases.entries].index(key)
        text = self.lists.phrases.table.cell("phrase", row)
        value = guarded(str(self.lists.phrases.entries[row][1]))
        for name, part in parts.items():
            text = f'SUBSTITUTE({text},"{{{name}}}",{part.text})'
            value = value.replace(f"{{{name}}}", str(part.value))
        return Formula(text, value)

    def say_counted(self, key: str, n: Formula, **parts: Formula) -> Formula:
        """Return a phrase of COUNTED in the form that the number `n` takes."""
        forms = self.lists.forms
        if key not in forms.table.columns:
            one, other = (self.say(f"{key}.{form}", n=n, **parts) for form in ("one", "other"))
            return either(compare(n, "=", 1), one, other)
        column = forms.table.columns.index(key)
        now = forms.entries[int(n.value)][column]
        spoken = self.say(f"{key}.other", n=n, **parts)
        for form in sorted({str(entry[column]) for entry in forms.entries} - {"other"}):
            current = f'INDEX({forms.table.span(key)},{n.text}+1)="{form}"'
            phrase = self.say(f"{key}.{form}", n=n, **parts)
            spoken = either(Formula(current, now == form), phrase, spoken)
        return spoken

    def percent(self, share: Formula) -> Formula:
        """Return a share, from 0 to 1, as the catalog writes percent: whole, never rounded up."""
        return self.say("percent", share=percentage(share))

    def level(self, number: Formula) -> Formula:
        """Return a level's label by its number; 0 is before the first one."""
        standings = self.lists.standings
        value = standings.entries[min(int(number.value), standings.table.rows - 1)][0]
        assert not isinstance(value, Formula)  # noqa: S101 - labels are constants
        return Formula(
            f"INDEX({standings.table.span('standing')},{number.text}+1)", cell_content(value)
        )

    def meaning(self) -> Formula:
        """Say what the level that is claimed means."""
        done = either(
            compare(self.overall("assumed"), ">", 0),
            self.say("score.say.meaning.done_assumed"),
            self.say("score.say.meaning.done"),
        )
        going = either(
            compare(self.overall("completed_claimed"), "=", 0),
            self.say(f"score.say.meaning.{self.level_means.value}_first"),
            self.say(f"score.say.meaning.{self.level_means.value}"),
        )
        return either(self._all_done(), done, going)

    def what_is_open(self) -> Formula:
        """Say what open questions can still change."""
        opened = self.overall("open")
        settled = either(
            compare(self.overall("may_stop"), "=", 1),
            self.say("score.say.may_stop"),
            self.say_counted("score.say.settled", opened),
        )
        lowest, highest = (
            self.level(self.overall(f"at_{view}")) for view in ("claimed", "possible")
        )
        moving = self.say("score.say.range", **{"n": opened, "from": lowest, "to": highest})
        some = either(compare(self.overall("settled"), "=", 1), settled, moving)
        return either(compare(opened, "=", 0), self.say("workbook.say.nothing_open"), some)

    def remaining(self) -> Formula:
        """Say how far it is to the end of the lowest incomplete level."""
        level = self.level(self.overall("deciding"))
        key = "score.say.distance_done"
        away = self.say_counted(key, self.overall("distance"), level_title=level)
        return either(self._all_done(), self.say("score.say.meaning.done"), away)

    def progress(self, dimension: int, view: str) -> Formula:
        """Say how far a dimension has come; it is counted from 0, `view` is one of VIEWS."""
        progress = self.at(self.computed.dimensions, f"progress_{view}", dimension)
        completed = self.at(self.computed.dimensions, f"completed_{view}", dimension)
        total = Formula("levels", self.lists.standings.table.rows - 1)
        if self.level_means is LevelMeans.WORKING:
            share = Formula(f"{progress.text}-{completed.text}", 0)
            number = Formula(f"{completed.text}+1", int(completed.value) + 1)
            parts = {"share": self.percent(share), "level_title": self.level(number)}
            going = self.say("score.say.reading.working", **parts)
        else:
            more, exactly = (
                self.say(f"score.say.reading.{form}", n=completed, total=total)
                for form in ("achieved_plus", "achieved")
            )
            going = either(compare(progress, ">", completed), more, exactly)
        done = self.say("score.say.reading.done", total=total)
        return either(compare(completed, "=", total), done, going)

    def state(self, row: int) -> Formula:
        """Say how a cell of the map stands; `row` is its row among the cells."""
        cells = self.computed.cells
        counted, opened = (self.at(cells, name, row) for name in ("counted", "open_claimed"))
        answered = Formula(f"{counted.text}-{opened.text}", 0)
        lacking = self.say(
            "score.say.state.mean",
            share=self.percent(self.at(cells, "mean_claimed", row)),
            threshold=self.percent(Formula("threshold", 0)),
        )
        complete = either(
            compare(self.at(cells, "complete_evidenced", row), "=", 1),
            self.say("score.say.state.complete"),
            self.say("score.say.state.claimed"),
        )
        answered_all = either(
            compare(self.at(cells, "complete_claimed", row), "=", 1), complete, lacking
        )
        waiting = self.say("score.say.state.open", n=answered, total=counted)
        not_assumed = either(compare(opened, ">", 0), waiting, answered_all)
        assumed = self.say("score.say.state.assumed")
        return either(compare(self.at(cells, "assumed", row), ">", 0), assumed, not_assumed)

    def nearest(self, number: int) -> list[Formula]:
        """Return a line of the distance: practice, dimension, answer, and why it is there."""
        place = self.at(self.computed.nearest, "place", number)
        answer = self.of_practice(place, "said")
        is_silent = Formula(f'{answer.text}=""', answer.value == "")
        line = [
            self.of_practice(place, "title"),
            self._dimension(self.of_practice(place, "dimension")),
            either(is_silent, self.say("score.say.none"), answer),
            self._because(place, is_silent),
        ]
        there = compare(place, ">", 0)
        return [either(there, shown, NOTHING) for shown in line]

    def endings(self) -> Formula:
        """Say whether anything runs out within two years."""
        some, none = self.say("workbook.say.endings"), self.say("workbook.say.no_endings")
        return either(compare(self.overall("endings"), ">", 0), some, none)

    def ending(self, number: int) -> list[Formula]:
        """Say what runs out: practice, the last day on which it counts, evidence; from 0."""
        place = self.at(self.computed.ending, "place", number)
        table = self.computed.records.table.on(self.sheet)

        def of_record(column: str) -> Formula:
            return Formula(f"INDEX({table.span(column)},{place.text})", "")

        last = Formula(f"{of_record('ends').text}-1", "")
        # What ends with no record is "not applicable", which stands in the row of other evidence.
        is_left_out = Formula(f"{of_record('until').text}+1<>{of_record('ends').text}", False)
        is_other = Formula(f'{of_record("evidence").text}=""', False)
        left_out, other = self.say("workbook.say.left_out"), self.say("workbook.say.other_evidence")
        shown = either(is_other, either(is_left_out, left_out, other), of_record("evidence"))
        there = compare(place, ">", 0)
        return [either(there, one, NOTHING) for one in (of_record("title"), last, shown)]

    def _dimension(self, number: Formula) -> Formula:
        table = self.computed.dimensions
        value: Value = self.at(table, "title", int(number.value) - 1).value if number.value else ""
        return Formula(f"INDEX({table.table.on(self.sheet).span('title')},{number.text})", value)

    def _because(self, place: Formula, is_silent: Formula) -> Formula:
        unanswered = either(
            is_silent, self.say("workbook.say.open"), self.say("workbook.say.uncounted")
        )
        too_low = either(
            compare(self.of_practice(place, "failing_claimed"), "=", 1),
            self.say("workbook.say.essential"),
            self.say("workbook.say.lowest"),
        )
        is_open = compare(self.of_practice(place, "open_claimed"), "=", 1)
        return either(is_open, unanswered, too_low)

    def _all_done(self) -> Formula:
        levels = Formula("levels", self.lists.standings.table.rows - 1)
        return compare(self.overall("deciding"), ">", levels)
