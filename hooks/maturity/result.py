"""The workbook's sheet of results: what the computation says, in words."""

from __future__ import annotations

from dataclasses import dataclass

from .book import Sheet
from .cells import Formula, Part, Value, inert, quoted
from .computation import Computation, Computed
from .lookups import Lookups
from .model import Framework, LevelMeans
from .words import Words

#: How many marks a full bar has.
_BAR = 16
#: The columns of the table of progress after the dimension; the map may need more.
_PROGRESS = ("number", "reading", "bar")
#: The two ways that the sheet shows side by side, and the catalog's words for them.
_SHOWN = {"claimed": "said", "evidenced": "shown"}


@dataclass(frozen=True)
class Results:
    """The sheet is laid out in sections, one below the other; see `write`."""

    framework: Framework
    words: Words
    lists: Lookups
    computed: Computation
    #: The name of the sheet that computes.
    sheet: str

    def write(self, page: Sheet, about: list[tuple[str, Formula]]) -> None:
        """Fill the sheet in. `about` says what is scored: labels and the cells that hold it."""
        page.widths(34, *[17] * max(len(_PROGRESS) * len(_SHOWN), len(self.framework.dimensions)))
        page.put(0, 0, self.words("workbook.result"), "title")
        page.put(1, 0, self._identity(), "line")
        row = self._about(page, 3, about)
        row = self._verdict(page, row + 1)
        row = self._progress(page, row + 1)
        row = self._map(page, row + 1)
        self._distance(page, row + 1)

    # Sections: each takes its first row and gives the row after it

    def _identity(self) -> str:
        about = self.framework.framework
        return inert(f"{about.title} · {self.words('version', version=about.version)}")

    def _about(self, page: Sheet, row: int, about: list[tuple[str, Formula]]) -> int:
        for offset, (label, value) in enumerate(about):
            page.put(row + offset, 0, label, "label")
            is_date = offset == 1
            more = {"num_format": "yyyy-mm-dd", "align": "left"} if is_date else {}
            page.put(row + offset, 1, value, "line", **more)
        return row + len(about)

    def _verdict(self, page: Sheet, row: int) -> int:
        self._section(page, row, "verdict")
        for offset, (view, word) in enumerate(_SHOWN.items(), start=1):
            page.put(row + offset, 0, self.words(f"workbook.{word}"), "label")
            page.put(row + offset, 1, self._standing(f"at_{view}"), "lead")
        page.put(row + 3, 0, self.words("score.say.could_be"), "label")
        page.put(row + 3, 1, self._standing("at_possible"), "lead")
        page.put(row + 4, 1, self._meaning(), "line")
        page.put(row + 5, 1, self._range(), "line")
        return self._counts(page, row + 7)

    def _counts(self, page: Sheet, row: int) -> int:
        names = ("answered", "open", "unknown", "left_out", "assumed", "waiting")
        for column, name in enumerate(names):
            page.put(row, column, self.words(f"workbook.{name}"), "head")
            page.put(row + 1, column, self._overall(name), "cell-center")
        return row + 2

    def _progress(self, page: Sheet, row: int) -> int:
        self._section(page, row, "progress", "progress_text")
        head = row + 2
        page.put(head, 0, self.words("terms.dimension"), "head")
        for group, word in enumerate(_SHOWN.values()):
            for offset, name in enumerate(_PROGRESS):
                title = f"{self.words(f'workbook.{word}')}: {self.words(f'workbook.{name}')}"
                page.put(head, 1 + group * len(_PROGRESS) + offset, title, "head")
        for number in range(len(self.framework.dimensions)):
            self._progress_row(page, head + 1 + number, number)
        return head + 1 + len(self.framework.dimensions)

    def _progress_row(self, page: Sheet, row: int, dimension: int) -> None:
        page.put(row, 0, self._at(self.computed.dimensions, "title", dimension), "cell-bold")
        for group, view in enumerate(_SHOWN):
            progress = self._at(self.computed.dimensions, f"progress_{view}", dimension)
            completed = self._at(self.computed.dimensions, f"completed_{view}", dimension)
            column = 1 + group * len(_PROGRESS)
            bar = "bar" if view == "claimed" else "bar-shown"
            page.put(row, column, _floored(progress), "number")
            page.put(row, column + 1, self._reading(progress, completed), "cell")
            page.put(row, column + 2, self._bar(progress), bar)

    def _map(self, page: Sheet, row: int) -> int:
        self._section(page, row, "map", "map_text")
        head = row + 2
        page.put(head, 0, self.words("terms.level"), "head")
        dimensions = [dimension.title for dimension in self.framework.dimensions.values()]
        for column, title in enumerate(dimensions, start=1):
            page.put(head, column, inert(title), "head")
        levels = len(self.framework.levels)
        for number in range(levels):
            label = self._look_up(Part(self.lists.standings.table, number + 1).standing, number + 1)
            page.put(head + 1 + number, 0, label, "cell-bold")
            for column in range(len(dimensions)):
                state = self._state(column * levels + number)
                page.put(head + 1 + number, column + 1, state, "cell-center")
        self._color(page, head + 1, head + levels, len(dimensions))
        return head + 1 + levels

    def _color(self, page: Sheet, first: int, last: int, columns: int) -> None:
        for state, style in (("complete", "shown"), ("claimed", "claimed"), ("assumed", "assumed")):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": quoted(self.words(f"score.say.state.{state}")),
                "format": page.book.style(f"is-{style}"),
            }
            page.page.conditional_format(first, 1, last, columns, rule)

    def _distance(self, page: Sheet, row: int) -> None:
        self._section(page, row, "distance")
        page.put(row + 1, 0, self._remaining(), "lead")
        page.put(row + 2, 0, self.words("workbook.nearest"), "line")
        heads = ("terms.practice", "terms.dimension", "workbook.now", "workbook.why")
        for column, word in enumerate(heads):
            page.put(row + 3, column, self.words(word), "head")
        lines = len(self.computed.nearest.lines)
        for number in range(lines):
            for column, value in enumerate(self._nearest(number)):
                page.put(row + 4 + number, column, value, "cell")
        page.put(row + 5 + lines, 0, self.words("workbook.more"), "line")

    def _section(self, page: Sheet, row: int, word: str, text: str = "") -> None:
        for column in range(1 + len(_PROGRESS) * len(_SHOWN)):
            page.put(row, column, None, "section")
        page.put(row, 0, self.words(f"workbook.{word}"), "section")
        if text:
            page.put(row + 1, 0, self.words(f"workbook.{text}"), "line")

    # Phrases: a formula and, beside it, what it gives while nothing is answered

    def _at(self, table: Computed, column: str, row: int = 0) -> Formula:
        return table.at(column, row, self.sheet)

    def _overall(self, column: str) -> Formula:
        return self._at(self.computed.overall, column)

    def _look_up(self, reference: str, standing: int) -> Formula:
        return Formula(reference, self.lists.standings.entries[standing][0])  # type: ignore[arg-type]

    def _standing(self, column: str) -> Formula:
        """The label of the level with the number in a cell."""
        return self._level(self._overall(column))

    def _level(self, number: Formula) -> Formula:
        table = self.lists.standings.table
        at = min(int(number.value), table.rows - 1)
        return self._look_up(f"INDEX({table.span('standing')},{number.text}+1)", at)

    def _say(self, key: str, **parts: Formula) -> Formula:
        """A phrase of the catalog with its placeholders filled in."""
        keys = [entry[0] for entry in self.lists.phrases.entries]
        row = keys.index(key)
        text = self.lists.phrases.table.cell("phrase", row)
        value = str(self.lists.phrases.entries[row][1])
        for name, part in parts.items():
            text = f'SUBSTITUTE({text},"{{{name}}}",{part.text})'
            value = value.replace(f"{{{name}}}", str(part.value))
        return Formula(text, value)

    def _counted(self, key: str, n: Formula, **parts: Formula) -> Formula:
        """A phrase that has a form for one and a form for more."""
        one, other = (self._say(f"{key}.{form}", n=n, **parts) for form in ("one", "other"))
        return _either(Formula(f"{n.text}=1", n.value == 1), one, other)

    def _meaning(self) -> Formula:
        means = self.framework.scoring.level_means.value
        done = _either(
            _is(self._overall("assumed"), ">0"),
            self._say("score.say.meaning.done_assumed"),
            self._say("score.say.meaning.done"),
        )
        going = _either(
            _is(self._overall("completed_claimed"), "=0"),
            self._say(f"score.say.meaning.{means}_first"),
            self._say(f"score.say.meaning.{means}"),
        )
        return _either(self._all_done(), done, going)

    def _all_done(self) -> Formula:
        return Formula(f"{self._overall('deciding').text}>levels", False)

    def _range(self) -> Formula:
        """What open questions can still change."""
        opened = self._overall("open")
        ends = {"to": self._standing("at_possible"), "from": self._standing("at_claimed")}
        settled = _either(
            _is(self._overall("may_stop"), "=1"),
            self._say("score.say.may_stop"),
            self._counted("score.say.settled", opened),
        )
        moving = _either(
            _is(self._overall("settled"), "=1"),
            settled,
            self._say("score.say.range", n=opened, **ends),
        )
        return _either(_is(opened, "=0"), self._say("workbook.say.nothing_open"), moving)

    def _reading(self, progress: Formula, completed: Formula) -> Formula:
        total = Formula("levels", len(self.framework.levels))
        done = self._say("score.say.reading.done", total=total)
        if self.framework.scoring.level_means is LevelMeans.WORKING:
            share = Formula(f"INT(({progress.text}-{completed.text})*100+tolerance)", 0)
            following = Formula(f"{completed.text}+1", int(completed.value) + 1)
            going = self._say(
                "score.say.reading.working",
                share=self._say("percent", share=share),
                level_title=self._level(following),
            )
            # Past the last level there is no following one to name.
            return _either(_is(completed, "=levels", total.value), done, going)
        more, none = (
            self._say(f"score.say.reading.{form}", n=completed, total=total)
            for form in ("achieved_plus", "achieved")
        )
        going = _either(Formula(f"{progress.text}>{completed.text}", False), more, none)
        return _either(_is(completed, "=levels", total.value), done, going)

    def _bar(self, progress: Formula) -> Formula:
        share = f"INT({progress.text}/levels*{_BAR}+tolerance)"
        marks = int(int(progress.value) / len(self.framework.levels) * _BAR)
        full, empty = '"█"', '"░"'
        text = f"REPT({full},{share})&REPT({empty},{_BAR}-{share})"
        return Formula(text, "█" * marks + "░" * (_BAR - marks))

    def _state(self, row: int) -> Value | Formula:
        """How a cell of the map stands."""
        cells = self.computed.cells
        counted = self._at(cells, "counted", row)
        if not counted.value:
            return inert(self.words("nothing_asked"))
        opened = self._at(cells, "open_claimed", row)
        answered = Formula(f"{counted.text}-{opened.text}", 0)
        threshold = Formula("INT(threshold*100+tolerance)", 0)
        mean = Formula(f"INT({self._at(cells, 'mean_claimed', row).text}*100+tolerance)", 0)
        lacking = self._say(
            "score.say.state.mean",
            share=self._say("percent", share=mean),
            threshold=self._say("percent", share=threshold),
        )
        done = _either(
            _is(self._at(cells, "complete_evidenced", row), "=1"),
            self._say("score.say.state.complete"),
            self._say("score.say.state.claimed"),
        )
        complete = _either(_is(self._at(cells, "complete_claimed", row), "=1"), done, lacking)
        waiting = self._say("score.say.state.open", n=answered, total=counted)
        given = _either(_is(opened, ">0", 0), waiting, complete)
        assumed = self._say("score.say.state.assumed")
        return _either(_is(self._at(cells, "assumed", row), ">0"), assumed, given)

    def _remaining(self) -> Formula:
        level = self._level(self._overall("deciding"))
        away = self._counted(
            "score.say.distance_done", self._overall("distance"), level_title=level
        )
        return _either(self._all_done(), self._say("score.say.meaning.done"), away)

    def _nearest(self, number: int) -> list[Formula]:
        """One practice of the distance: title, dimension, answer, and why it is there."""
        place = self._at(self.computed.nearest, "place", number)
        there = _is(place, ">0", 0)
        return [
            _either(there, shown, Formula('""', ""))
            for shown in (self._of(place, "title"), *self._details(place))
        ]

    def _details(self, place: Formula) -> list[Formula]:
        said, number = self._of(place, "said"), self._of(place, "dimension")
        titles = self.computed.dimensions
        dimension = Formula(
            f"INDEX({titles.table.on(self.sheet).span('title')},{number.text})",
            self._at(titles, "title", max(int(number.value or 0) - 1, 0)).value,
        )
        answer = _either(
            Formula(f'{said.text}=""', said.value == ""), self._say("score.say.none"), said
        )
        must = _either(
            _is(self._of(place, "failing_claimed"), "=1"),
            self._say("workbook.say.essential"),
            self._say("workbook.say.lowest"),
        )
        is_open = _is(self._of(place, "open_claimed"), "=1")
        return [dimension, answer, _either(is_open, self._say("workbook.say.open"), must)]

    def _of(self, place: Formula, column: str) -> Formula:
        """A column of the practice that stands at a place, from 1."""
        practices = self.computed.practices
        row = int(place.value)
        value = self._at(practices, column, row - 1).value if row else ""
        span = practices.table.on(self.sheet).span(column)
        return Formula(f"INDEX({span},{place.text})", value)


def _either(test: Formula, yes: Formula, no: Formula) -> Formula:
    return Formula(f"IF({test.text},{yes.text},{no.text})", yes.value if test.value else no.value)


def _is(cell: Formula, comparison: str, *against: Value) -> Formula:
    """`cell` compared with the number that `comparison` ends in, such as `>0` or `=levels`."""
    limit = against[0] if against else int(comparison[1:])
    true = cell.value == limit if comparison[0] == "=" else cell.value > limit  # type: ignore[operator]
    return Formula(f"{cell.text}{comparison}", true)


def _floored(progress: Formula) -> Formula:
    """Two decimals, never rounded up."""
    return Formula(f"INT({progress.text}*100+tolerance)/100", progress.value)
