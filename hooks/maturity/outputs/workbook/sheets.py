"""The workbook: the questions on one sheet, the result by formulas, and a sheet a level to read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...definition.model import Framework
from ...framework.answer_file import TABLE_COLUMNS
from ...framework.catalog import Words
from ...framework.plain_text import plain_text
from ...framework.questionnaire import fingerprint
from ...framework.relations import Item, Relations
from ..brand import Ramp
from ..formula_guard import guarded
from .book import SOFT, WAITING, Book, Sheet
from .cells import Formula, Table, quoted, sheet_names
from .computation import Computation, computation, in_answer_order
from .lookups import Block, Lookups, lookups
from .phrases import Phrases
from .result import Results

#: The columns that the reader fills in, and how wide each column is, in characters.
_INPUTS = (
    "answer",
    "evidence",
    "reason",
    "note",
    "owner",
    "due",
    "criteria",
    "evidence_days",
    "until",
)
_WIDTHS = {
    "practice": 16, "level": 15, "dimension": 15, "title": 30, "question": 48, "answer": 18,
    "evidence": 36, "reason": 24, "note": 30, "owner": 20, "due": 12, "criteria": 36,
    "evidence_days": 16, "until": 14,
}  # fmt: skip
_WIDTH = 12
#: What is said once of an assessment, on the sheet "Start".
_ABOUT = ("unit", "date", "role", "name", "start")
#: Where the day stands as of which evidence counts: below those, and a hint.
_AS_OF = len(_ABOUT) + 1
#: The columns that hold a day, and that which may hold one a line.
_DAYS = {"due": "input-date", "until": "input-date", "evidence_days": "input-days"}
#: The names by which rules of formatting, which see no other sheet, know what evidence came to.
_LOOKED_UP = {"practice": "computed_practices", "to_renew": "evidence_to_renew"}
#: The longest title and text of the note that a list of answers shows, and the longest constant.
_NOTE_TITLE, _NOTE, _CONSTANT = 32, 255, 255
#: How much of its level's color stands behind the name of one.
_PALE = 0.22
#: The longest footer.
_FOOTER = 255


@dataclass(frozen=True)
class _Names:
    """What the sheets are called."""

    start: str
    answers: str
    result: str
    levels: tuple[str, ...]
    lists: str
    computation: str


def workbook(framework: Framework, words: Words, colors: Ramp) -> bytes:
    """Return the file `data/checklists.xlsx`; levels have the `colors` that they have on pages."""
    return _Workbook(framework, words, colors).file()


class _Workbook:
    def __init__(self, framework: Framework, words: Words, colors: Ramp) -> None:
        self.framework = framework
        self.words = words
        self.colors = colors
        self.relations = Relations(framework)
        self.names = self._names()
        self.table = Table(TABLE_COLUMNS, 1, len(framework.practices), sheet=self.names.answers)
        start = Table(("label", "field"), self._first_field(), _AS_OF + 1, sheet=self.names.start)
        self.about = {name: start.cell("field", row) for row, name in enumerate(_ABOUT)}
        fields = {**self.about, "as_of": start.cell("field", _AS_OF)}
        self.lists = lookups(framework, words, self.names.lists, fields)
        self.computed = computation(framework, self.lists, self.table)
        self.title = framework.framework.title
        self.version = words("version", version=framework.framework.version)
        self.book = Book(self.title, self.version)

    def file(self) -> bytes:
        """Write every sheet, in the order of the tabs, and return the file."""
        self._start(self.book.sheet(self.names.start))
        self._answers(self.book.sheet(self.names.answers))
        means = self.framework.scoring.level_means
        phrases = Phrases(self.lists, self.computed, self.names.computation, means)
        page = self.book.sheet(self.names.result)
        Results(self.framework, self.words, phrases).write(page, self._repeated())
        page.set_up_print(self._footer(), landscape=False)
        for number, name in enumerate(self.names.levels, start=1):
            item = self._level_item(number)
            color = self.colors.hex(self.relations.position(item.id))
            self._level(self.book.sheet(name, color), item)
        self._hidden()
        return self.book.file()

    def _names(self) -> _Names:
        levels = [
            self.words("workbook.level", n=number, title=level.title)
            for number, level in enumerate(self.framework.levels.values(), start=1)
        ]
        own = [
            self.words(f"workbook.{name}")
            for name in ("start", "answers", "result", "lists", "computation")
        ]
        start, answers, result, lists, computed, *rest = sheet_names([*own, *levels])
        return _Names(start, answers, result, tuple(rest), lists, computed)

    def _level_item(self, number: int) -> Item:
        return self.relations.all("level")[number - 1]

    def _footer(self) -> str:
        name = f"{self.framework.framework.title} · {self.version}"
        pages = self.words("workbook.page", page="&P", pages="&N")
        room = _FOOTER - len(pages) - len("&L&R")
        return f"&L{textwrap.shorten(name, room // 2, placeholder='…').replace('&', '&&')}&R{pages}"

    # Start

    def _steps(self) -> list[str]:
        names = {name: getattr(self.names, name) for name in _Names.__annotations__}
        steps = ("about", "answer", "prove", "days", "read", "browser", "sort", "hidden")
        return [self.words(f"workbook.steps.{step}", **names) for step in steps]

    def _first_field(self) -> int:
        """The row of the first field, after title, introduction and steps."""
        return len(self._steps()) + 7

    def _start(self, page: Sheet) -> None:
        page.set_widths(18, 95)
        page.put(0, 0, self.title, "title")
        page.put(1, 0, self.version, "line")
        page.put(2, 1, self.words("workbook.intro"), "text")
        page.put(4, 0, self.words("workbook.how"), "lead")
        for number, step in enumerate(self._steps(), start=1):
            page.put(4 + number, 0, number, "label", align="right")
            page.put(4 + number, 1, step, "text")
        first = self._first_field()
        page.put(first - 1, 0, self.words("workbook.about"), "lead")
        for row, name in enumerate(_ABOUT, start=first):
            page.put(row, 0, self.words(f"score.{name}"), "label")
            page.put(row, 1, None, "input-date" if name == "date" else "input")
        page.put(first + len(_ABOUT), 1, self.words("score.start_hint"), "muted")
        page.put(first + _AS_OF, 0, self.words("workbook.as_of"), "label")
        page.put(first + _AS_OF, 1, None, "input-date")
        page.put(first + _AS_OF + 1, 1, self.words("workbook.as_of_hint"), "muted")
        self._fields(page, first)
        page.set_up_print(self._footer())

    def _fields(self, page: Sheet, first: int) -> None:
        row = first + _ABOUT.index("start")
        standings = self.lists.standings
        page.put(row, 1, standings.entries[1][0], "input")
        levels = standings.table.span("standing", 1, standings.table.rows - 1)
        page.page.data_validation(row, 1, row, 1, {"validate": "list", "source": f"={levels}"})
        if self.lists.roles.entries:
            role = first + _ABOUT.index("role")
            page.page.data_validation(role, 1, role, 1, self._any_role())

    def _any_role(self) -> dict[str, Any]:
        return _suggested(self.lists.roles.table.span("title"))

    def _repeated(self) -> dict[str, Formula]:
        """What is said on the sheet "Start", for other sheets."""
        return {name: _same(cell) for name, cell in self.about.items() if name != "start"}

    # Answers

    def _answers(self, page: Sheet) -> None:
        page.set_widths(*(_WIDTHS.get(name, _WIDTH) for name in TABLE_COLUMNS))
        for column, name in enumerate(TABLE_COLUMNS):
            head = "head-input" if name in _INPUTS else "head"
            page.put(0, column, self.words(f"table.columns.{name}"), head)
        places = self._places()
        for row, name in enumerate(in_answer_order(self.relations), start=self.table.top):
            self._answer_row(page, row, self.relations.item(f"practice:{name}"), places[name])
        self._mark_waiting(page)
        last = self.table.top + self.table.rows - 1
        page.page.autofilter(0, 0, last, len(TABLE_COLUMNS) - 1)
        page.page.freeze_panes(1, self.table.index("question"))
        page.set_up_print(self._footer(), heads=0)
        page.page.print_area(0, 0, last, self.table.index("due"))

    def _places(self) -> dict[str, str]:
        """Where each practice stands on its level's sheet."""
        places = {}
        for number, sheet in enumerate(self.names.levels, start=1):
            quoted_sheet = sheet.replace("'", "''")
            for row, item in enumerate(self._practices(number), start=_READING_TOP + 1):
                places[item.id] = f"'{quoted_sheet}'!A{row}"
        return places

    def _practices(self, number: int) -> list[Item]:
        """A level's practices by dimension, as its sheet shows them."""
        level = self._level_item(number).id
        return [
            item for name in self.framework.dimensions for item in self.relations.cell(level, name)
        ]

    def _answer_row(self, page: Sheet, row: int, item: Item, place: str) -> None:
        entry = item.entry
        level = self.framework.levels[entry.level]
        pale = self.colors.hex(self.relations.position(entry.level), _PALE)
        page.link(row, 0, item.id, place, "fact-link")
        page.put(row, 1, level.title, "cell-bold", bg_color=pale)
        page.put(row, 2, self.framework.dimensions[entry.dimension].title, "cell")
        page.put(row, 3, entry.title, "cell-bold")
        page.put(row, 4, entry.question or entry.title, "cell")
        for name in _INPUTS:
            page.put(row, self.table.index(name), None, _DAYS.get(name, "input"))
        for name, fact in self._facts(item).items():
            style = "fact-date" if name == "date" else "fact"
            page.put(row, self.table.index(name), fact, style)
        self._offer(page, row, item)

    def _facts(self, item: Item) -> dict[str, str | Formula]:
        about = self.framework.framework
        fixed = {
            "asked": fingerprint(self.relations, item.id),
            "framework": about.id,
            "version": about.version,
        }
        return {**self._repeated(), **fixed}

    def _offer(self, page: Sheet, row: int, item: Item) -> None:
        """The lists of a row: the answers on offer, the listed artifacts, and the roles."""
        part = self.lists.offered[item.id]
        rules: dict[str, Any] = {
            "validate": "list",
            "source": f"={part.label}",
            "input_title": textwrap.shorten(
                _narrow(item.entry.title), _NOTE_TITLE, placeholder="…"
            ),
            "input_message": self._note(item),
        }
        column = self.table.index("answer")
        page.page.data_validation(row, column, row, column, rules)
        if item.id in self.lists.listed:
            column = self.table.index("evidence")
            artifacts = _suggested(self.lists.listed[item.id].text)
            page.page.data_validation(row, column, row, column, artifacts)
        if self.lists.roles.entries:
            column = self.table.index("owner")
            page.page.data_validation(row, column, row, column, self._any_role())

    def _note(self, item: Item) -> str:
        """What the answers mean for a practice, as far as there is room."""
        lines = [
            _narrow(f"{label}: {text}") for label, text in self._meanings(item) if text != label
        ]
        note = "\n".join(lines)
        if len(note) <= _NOTE:
            return note
        share = _NOTE // len(lines) - 1
        return "\n".join(line if len(line) <= share else f"{line[: share - 1]}…" for line in lines)

    def _meanings(self, item: Item) -> list[tuple[str, str]]:
        return [(answer.label, text) for _, answer, text in self.relations.offered(item.id)]

    def _mark_waiting(self, page: Sheet) -> None:
        """Yellow: no answer, no evidence where it is needed, no reason why it does not apply.

        Also days of evidence that cannot be read, or of what has run out.
        """
        first, last = self.table.top, self.table.top + self.table.rows - 1
        needing = [
            answer.label for answer in self.framework.scale.values() if answer.needs_evidence
        ]
        rules = {
            "answer": f'TRIM({self._here("answer")})=""',
            "evidence": self._lacking("answer", needing, "evidence"),
            "reason": self._lacking("answer", [self.words("answers.not-applicable")], "reason"),
            "evidence_days": "INDEX({to_renew},MATCH({here},{practice},0))>0".format(
                here=self._here("practice"), **_LOOKED_UP
            ),
        }
        for name, rule in rules.items():
            column = self.table.index(name)
            look = {
                "type": "formula",
                "criteria": f"={rule}",
                "format": self.book.style("waiting"),
            }
            page.page.conditional_format(first, column, last, column, look)

    def _here(self, column: str) -> str:
        return f"${self.table.letter(column)}{self.table.top + 1}"

    def _lacking(self, answer: str, labels: Iterable[str], wanted: str) -> str:
        """Whether an answer is one of `labels` while the column `wanted` is empty."""
        short = [quoted(guarded(label)) for label in labels if len(label) < _CONSTANT]
        needing = ",".join(f"TRIM({self._here(answer)})={label}" for label in short) or "FALSE"
        return f'AND(OR({needing}),TRIM({self._here(wanted)})="")'

    # A sheet a level

    def _level(self, page: Sheet, item: Item) -> None:
        level = item.entry
        page.set_widths(16, 28, 38, 46, 46, 34, 18)
        number = self.relations.number(item.id)
        heading = self.words("score.say.level", n=number, title=level.title)
        page.put(0, 0, heading, "title")
        summary = level.exit or plain_text(level.summary, _SUMMARY)
        page.put(1, 0, summary or None, "line")
        place = self.relations.position(item.id)
        look = {"bg_color": self.colors.hex(place), "font_color": self.colors.text_on(place)}
        for column, word in enumerate(_READING):
            page.put(_READING_TOP - 1, column, self.words(word), "head", **look)
        for row, practice in enumerate(self._practices(number), start=_READING_TOP):
            self._reading_row(page, row, practice)
        page.page.freeze_panes(_READING_TOP, 2)
        page.set_up_print(self._footer(), heads=_READING_TOP - 1)

    def _reading_row(self, page: Sheet, row: int, item: Item) -> None:
        entry = item.entry
        essential = f"\n{self.words('practice.essential')}" if entry.essential else ""
        answers = [
            label if text == label else f"{label}: {text}" for label, text in self._meanings(item)
        ]
        answers.append(self.words("answers.unknown"))
        if entry.may_be_not_applicable:
            answers.append(self.words("answers.not-applicable"))
        owner = self.framework.roles[entry.owner].title if entry.owner else None
        page.put(row, 0, self.framework.dimensions[entry.dimension].title, "cell")
        page.put(row, 1, f"{entry.title}{essential}", "cell-bold")
        page.put(row, 2, entry.question or entry.title, "cell")
        page.put(row, 3, _marked("☐", entry.criteria.values()), "cell")
        page.put(row, 4, _marked("○", answers), "cell")
        page.put(row, 5, _marked("•", [one.text for one in entry.evidence.values()]), "cell")
        page.put(row, 6, owner, "cell")

    # The sheets behind it

    def _hidden(self) -> None:
        lists = self.book.sheet(self.names.lists, SOFT)
        for block in self.lists.blocks:
            _block(lists, block)
        self._name_rules(self.lists)
        lists.hide()
        page = self.book.sheet(self.names.computation, WAITING)
        _computation(page, self.computed)
        for column, name in _LOOKED_UP.items():
            practices = self.computed.practices.table.on(self.names.computation)
            self.book.name(name, practices.span(column))
        page.hide()

    def _name_rules(self, lists: Lookups) -> None:
        """Formulas call the rules by their names."""
        for row, (name, _) in enumerate(lists.rules.entries):
            self.book.name(str(name), lists.rules.table.cell("holds", row))


#: A level's sheet: its columns by the catalog's words, and the row of its first practice.
_READING = (
    "terms.dimension", "terms.practice", "practice.question", "practice.criteria", "scale.answer",
    "practice.evidence", "workbook.suggested",
)  # fmt: skip
_READING_TOP = 4
_SUMMARY = 500


def _suggested(span: str) -> dict[str, Any]:
    """A list to choose from, which takes any other text too."""
    return {"validate": "list", "source": f"={span}", "show_error": False}


def _same(cell: str) -> Formula:
    """What another cell holds, or nothing."""
    return Formula(f'IF({cell}="","",{cell})', "")


def _narrow(text: str) -> str:
    """Without what Excel counts as two characters: a note that is too long spoils the file."""
    return "".join(letter for letter in text if ord(letter) <= 0xFFFF)


def _marked(mark: str, lines: Iterable[str]) -> str:
    return "\n".join(f"{mark} {line}" for line in lines)


def _block(page: Sheet, block: Block) -> None:
    table = block.table
    for name in table.columns:
        page.put(table.top - 1, table.index(name), name, "head")
    for row, entry in enumerate(block.entries, start=table.top):
        for column, value in enumerate(entry, start=table.left):
            page.put(row, column, value, "line")


def _computation(page: Sheet, computed: Computation) -> None:
    for part in computed.tables:
        for column in part.table.columns:
            page.put(part.table.top - 1, part.table.index(column), column, "head")
        for row, line in enumerate(part.lines, start=part.table.top):
            for column, value in line.items():
                page.put(row, part.table.index(column), value, "line")
