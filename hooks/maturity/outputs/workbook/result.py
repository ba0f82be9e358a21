"""The workbook's sheet of results: what the computation says, in words."""

from __future__ import annotations

from dataclasses import dataclass

from ...definition.model import Framework
from ...framework.catalog import Words
from ...framework.relations import TOLERANCE
from ..formula_guard import guarded
from .book import Sheet
from .cells import Formula, quoted
from .phrases import Phrases

#: How many marks a full bar has.
_BAR = 16
#: The columns of the table of progress after the dimension, for each way to read the answers.
_PROGRESS = ("number", "reading", "bar")
#: The two ways that the sheet shows side by side, and the catalog's words for them.
_SHOWN = {"claimed": "said", "evidenced": "shown"}
_COUNTS = ("answered", "open", "unknown", "left_out", "assumed", "waiting", "lapsed", "undated")
#: The list of what completes the lowest incomplete level, by the catalog's words.
_NEAREST = ("terms.practice", "terms.dimension", "workbook.now", "workbook.why")
#: The list of what runs out, likewise.
_ENDING = ("terms.practice", "workbook.counts_until", "table.columns.evidence")
#: The widths of the first column and of the others.
_FIRST, _OTHERS = 44, 20


@dataclass(frozen=True)
class Results:
    """The sheet is made of sections, one below the other; each gives the row after it."""

    framework: Framework
    words: Words
    phrases: Phrases

    def write(self, page: Sheet, about: dict[str, Formula]) -> None:
        """Fill the sheet in. `about` says what is scored, by the names of the fields."""
        tables = (len(_PROGRESS) * len(_SHOWN), len(_COUNTS), len(self.framework.dimensions))
        columns = max(tables)
        page.set_widths(_FIRST, *[_OTHERS] * columns)
        identity = self.framework.framework
        version = self.words("version", version=identity.version)
        page.put(0, 0, self.words("workbook.result"), "title")
        page.put(1, 0, f"{identity.title} · {version}", "line")
        row = self._about(page, 3, about)
        for section in (self._verdict, self._progress, self._map, self._distance, self._ageing):
            row = section(page, row + 1)

    def _about(self, page: Sheet, row: int, about: dict[str, Formula]) -> int:
        for offset, (name, value) in enumerate(about.items()):
            page.put(row + offset, 0, self.words(f"score.{name}"), "label")
            page.put(row + offset, 1, value, "line-date" if name == "date" else "line")
        return row + len(about)

    def _verdict(self, page: Sheet, row: int) -> int:
        self._section(page, row, "verdict")
        standings = {
            "workbook.said": "at_claimed",
            "workbook.shown": "at_evidenced",
            "score.say.could_be": "at_possible",
        }
        for offset, (word, column) in enumerate(standings.items(), start=1):
            page.put(row + offset, 0, self.words(word), "label")
            page.put(row + offset, 1, self.phrases.level(self.phrases.overall(column)), "lead")
        page.put(row + 4, 1, self.phrases.meaning(), "line")
        page.put(row + 5, 1, self.phrases.what_is_open(), "line")
        page.put_row(row + 7, [self.words(f"workbook.{name}") for name in _COUNTS], "head")
        page.put_row(row + 8, [self.phrases.overall(name) for name in _COUNTS], "cell-center")
        return row + 9

    def _progress(self, page: Sheet, row: int) -> int:
        self._section(page, row, "progress", "progress_text")
        titles = [
            f"{self.words(f'workbook.{word}')}: {self.words(f'workbook.{name}')}"
            for word in _SHOWN.values()
            for name in _PROGRESS
        ]
        page.put_row(row + 2, [self.words("terms.dimension"), *titles], "head")
        for number in range(len(self.framework.dimensions)):
            self._progress_row(page, row + 3 + number, number)
        return row + 3 + len(self.framework.dimensions)

    def _progress_row(self, page: Sheet, row: int, dimension: int) -> None:
        by_dimension = self.phrases.computed.dimensions
        page.put(row, 0, self.phrases.at(by_dimension, "title", dimension), "cell-bold")
        for group, (view, look) in enumerate(zip(_SHOWN, ("bar", "bar-shown"), strict=True)):
            progress = self.phrases.at(by_dimension, f"progress_{view}", dimension)
            column = 1 + group * len(_PROGRESS)
            page.put(row, column, _floored(progress), "number")
            page.put(row, column + 1, self.phrases.progress(dimension, view), "cell")
            page.put(row, column + 2, self._bar(progress), look)

    def _bar(self, progress: Formula) -> Formula:
        share = f"INT({progress.text}/levels*{_BAR}+tolerance)"
        marks = int(float(progress.value) / len(self.framework.levels) * _BAR + TOLERANCE)
        text = f'REPT("█",{share})&REPT("░",{_BAR}-{share})'
        return Formula(text, "█" * marks + "░" * (_BAR - marks))

    def _map(self, page: Sheet, row: int) -> int:
        self._section(page, row, "map", "map_text")
        dimensions = [dimension.title for dimension in self.framework.dimensions.values()]
        levels = len(self.framework.levels)
        page.put_row(row + 2, [self.words("terms.level"), *dimensions], "head")
        for number in range(levels):
            there = row + 3 + number
            level = self.phrases.level(Formula(str(number + 1), number + 1))
            page.put(there, 0, level, "cell-bold")
            for column in range(len(dimensions)):
                page.put(there, column + 1, self._cell(column * levels + number), "cell-center")
        self._color_states(page, row + 3, row + 2 + levels, len(dimensions))
        return row + 3 + levels

    def _cell(self, row: int) -> str | Formula:
        if not self.phrases.at(self.phrases.computed.cells, "counted", row).value:
            return self.words("nothing_asked")
        return self.phrases.state(row)

    def _color_states(self, page: Sheet, first: int, last: int, columns: int) -> None:
        for state in ("complete", "claimed", "assumed"):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": quoted(guarded(self.words(f"score.say.state.{state}"))),
                "format": page.book.style(f"is-{state}"),
            }
            page.page.conditional_format(first, 1, last, columns, rule)

    def _distance(self, page: Sheet, row: int) -> int:
        self._section(page, row, "distance")
        page.put(row + 1, 0, self.phrases.remaining(), "lead")
        page.put(row + 2, 0, self.words("workbook.more"), "line")
        page.put(row + 3, 0, self.words("workbook.nearest"), "line")
        page.put_row(row + 4, [self.words(word) for word in _NEAREST], "head")
        lines = len(self.phrases.computed.nearest.lines)
        for number in range(lines):
            page.put_row(row + 5 + number, [*self.phrases.nearest(number)], "text")
        return row + 5 + lines

    def _ageing(self, page: Sheet, row: int) -> int:
        self._section(page, row, "ageing", "ageing_text")
        page.put(row + 2, 0, self.words("workbook.counted_on"), "label")
        page.put(row + 2, 1, Formula("as_of", ""), "line-date")
        page.put(row + 3, 0, self.phrases.endings(), "line")
        page.put_row(row + 4, [self.words(word) for word in _ENDING], "head")
        lines = len(self.phrases.computed.ending.lines)
        for number in range(lines):
            title, until, evidence = self.phrases.ending(number)
            page.put(row + 5 + number, 0, title, "cell-bold")
            page.put(row + 5 + number, 1, until, "cell-date")
            # It may be long, and has the columns beside it to itself.
            page.put(row + 5 + number, 2, evidence, "line")
        return row + 5 + lines

    def _section(self, page: Sheet, row: int, word: str, text: str = "") -> None:
        blanks = [None] * (len(_PROGRESS) * len(_SHOWN))
        page.put_row(row, [self.words(f"workbook.{word}"), *blanks], "section")
        if text:
            page.put(row + 1, 0, self.words(f"workbook.{text}"), "line")


def _floored(progress: Formula) -> Formula:
    """Two decimals, never rounded up."""
    return Formula(f"INT({progress.text}*100+tolerance)/100", progress.value)
