"""Scoring as formulas: from the sheet of answers to levels, progress and distance.

The rules are those of `scoring.js` and of the page "How it works"; the cases of `scoring.yaml`
hold both to them. Answers are read three ways by the same rules: as claimed, as far as evidence
goes, and with every open question at full credit. Only functions that every spreadsheet has had
for decades are used.

Practices stand cell by cell, and within a cell in the order of next steps. So a formula looks at
the few rows of its own cell, and ties are decided by the row. The list of the nearest practices
therefore goes dimension by dimension: the order over all dimensions is only in `advice.js`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...definition.model import Framework
from ...framework.relations import Item, Relations
from .ageing import (
    BLANK_RECORD,
    ENDING,
    ENDINGS,
    OF_PRACTICE,
    RECORD_FACTS,
    day_number,
    record_templates,
)
from .cells import (
    ANSWERED,
    ASSUMED,
    LEFT_OUT,
    OPEN,
    UNKNOWN,
    Formula,
    Part,
    Scope,
    Table,
    Value,
    cell_content,
)
from .lookups import Lookups

#: The ways to read the answers.
VIEWS = ("claimed", "evidenced", "possible")


def _in_each_view(templates: dict[str, str]) -> dict[str, str]:
    return {
        name.replace("VIEW", view): template.replace("VIEW", view)
        for name, template in templates.items()
        for view in VIEWS
    }


#: What is known of a practice beforehand.
FACTS = ("practice", "title", "level", "dimension", "essential")

PRACTICE = {
    # its row on the sheet of answers, which a reader may have sorted
    "place": "IFERROR(MATCH({practice},{answers.practice},0),0)",
    "said": 'IF({place}=0,"",TRIM(INDEX({answers.answer},{place})&""))',
    "choice": 'SUMPRODUCT(MAX((({offered.label}={said})+({offered.label}="\'"&{said})>0)'
    "*{offered.number}))",
    **OF_PRACTICE,
    "last": day_number("{ending}"),
    "reasoned": 'IF({place}=0,0,IF(TRIM(INDEX({answers.reason},{place})&"")="",0,1))',
    "given": f"IF({{choice}}=0,{OPEN},IF(AND(INDEX({{offered.state}},{{choice}})={LEFT_OUT},"
    f"OR({{reasoned}}=0,AND({{last}}>0,{{last}}<as_of))),{OPEN},"
    "INDEX({offered.state},{choice})))",
    "state": f"IF(AND({{given}}={OPEN},{{level}}<start),{ASSUMED},{{given}})",
    "counted": f"IF({{state}}={LEFT_OUT},0,1)",
    "needing": f"IF({{state}}={ANSWERED},INDEX({{offered.needs}},{{choice}}),0)",
    "waiting": "{needing}*(1-{proven})",
    # its credit
    "claimed": f"IF({{state}}={ASSUMED},1,"
    f"IF({{state}}={ANSWERED},INDEX({{offered.value}},{{choice}}),0))",
    "evidenced": f"IF({{state}}={ANSWERED},IF({{proven}}=1,INDEX({{offered.value}},{{choice}}),"
    "INDEX({offered.without},{choice})),0)",
    "possible": f"IF({{state}}={OPEN},1,{{claimed}})",
    # whether it counts as not answered
    "open_claimed": f"IF({{state}}={OPEN},1,0)",
    "open_evidenced": f"IF(OR({{state}}={OPEN},{{state}}={ASSUMED}),1,0)",
    "open_possible": "0",
    # whether it is essential and below what that needs
    **_in_each_view(
        {
            "failing_VIEW": "IF(AND({essential}=1,{counted}=1,{open_VIEW}=0,"
            "{VIEW}<passing-tolerance),1,0)"
        }
    ),
    # the distance: what must be raised in any case, then the lowest credits until it is enough
    "other": "IF(AND({counted}=1,{open_claimed}=0,{failing_claimed}=0),1,0)",
    "before": "IF({other}=0,0,SUMPRODUCT({inside.other}*(({inside.claimed}<{claimed})"
    "+({inside.claimed}={claimed})*(ROW({inside.claimed})<ROW({claimed})))*(1-{inside.claimed})))",
    "nearest": "IF(OR({level}<>{overall.deciding},{cell.complete_claimed}=1),0,"
    "IF({open_claimed}+{failing_claimed}>0,1,IF({other}=0,0,"
    "IF(({cell.base}+{before})/{cell.counted}<threshold-tolerance,1,0))))",
    "rank": "{nearest}+N({above.rank})",
}

#: One dimension at one level. Without practices it has no {inside}, and is complete.
CELL = {
    "counted": "SUM({inside.counted})",
    "assumed": f"COUNTIF({{inside.state}},{ASSUMED})",
    **_in_each_view(
        {
            "open_VIEW": "SUM({inside.open_VIEW})",
            "failing_VIEW": "SUM({inside.failing_VIEW})",
            "mean_VIEW": "IF({counted}=0,1,SUM({inside.VIEW})/{counted})",
            "complete_VIEW": "IF(AND({open_VIEW}=0,{failing_VIEW}=0,"
            "{mean_VIEW}>=threshold-tolerance),1,0)",
            # complete, and so are all earlier levels
            "through_VIEW": "{complete_VIEW}*IF({level}=1,1,N({above.through_VIEW}))",
        }
    ),
    # the sum of credits once all that must be raised is
    "base": "{open_claimed}+{failing_claimed}+SUMPRODUCT({inside.other}*{inside.claimed})",
}

DIMENSION = {
    **_in_each_view(
        {
            "completed_VIEW": "SUM({column.through_VIEW})",
            "progress_VIEW": "IF({completed_VIEW}=levels,levels,{completed_VIEW}"
            "+MIN(nearly,INDEX({column.mean_VIEW},{completed_VIEW}+1)))",
        }
    ),
    "distance": "SUMIF({practices.dimension},{dimension},{practices.nearest})",
}

OVERALL = {
    **_in_each_view(
        {
            "completed_VIEW": "MIN({dimensions.completed_VIEW})",
            "at_VIEW": "MIN({completed_VIEW}+ahead,levels)",
        }
    ),
    # the lowest incomplete level; one more than there are where all is complete
    "deciding": "{completed_claimed}+1",
    "open": f"COUNTIF({{practices.state}},{OPEN})",
    "unknown": f"COUNTIF({{practices.state}},{UNKNOWN})",
    "left_out": f"COUNTIF({{practices.state}},{LEFT_OUT})",
    "assumed": f"COUNTIF({{practices.state}},{ASSUMED})",
    "waiting": "SUM({practices.waiting})",
    "lapsed": 'COUNTIF({practices.lapsed},">0")',
    "undated": "SUM({records.undated})",
    "endings": 'COUNTIF({records.ends},">0")',
    "total": "ROWS({practices.state})",
    "answered": "{total}-{open}-{assumed}",
    "settled": "IF({at_claimed}={at_possible},1,0)",
    "open_deciding": "SUMIF({cells.level},{deciding},{cells.open_claimed})",
    "may_stop": "IF(AND({settled}=1,{open_deciding}=0),1,0)",
    "distance": "SUM({practices.nearest})",
}

#: A line of the list of practices that complete the deciding level: its row among the practices.
NEAREST = {"place": "IF({number}>{overall.distance},0,MATCH({number},{practices.rank},0))"}

#: One line of a table: what stands in each column.
Line = dict[str, Value | Formula]


@dataclass(frozen=True)
class Computed:
    """A table and its lines."""

    table: Table
    lines: list[Line]

    def at(self, column: str, row: int = 0, sheet: str = "") -> Formula:
        """Return a reference to a cell, as other sheets see it if this one's name is `sheet`."""
        cell = self.lines[row][column]
        value = cell.value if isinstance(cell, Formula) else cell_content(cell)
        return Formula(self.table.on(sheet).cell(column, row), value)


@dataclass(frozen=True)
class Computation:
    """Every table of the sheet that computes, one below the other."""

    overall: Computed
    dimensions: Computed
    cells: Computed
    nearest: Computed
    ending: Computed
    practices: Computed
    records: Computed

    @property
    def tables(self) -> tuple[Computed, ...]:
        """The tables in their order."""
        return (
            self.overall,
            self.dimensions,
            self.cells,
            self.nearest,
            self.ending,
            self.practices,
            self.records,
        )


def computation(framework: Framework, lists: Lookups, answers: Table) -> Computation:
    """Return the formulas of a framework; `answers` is its table, as other sheets see it."""
    return _Maker(framework, lists, answers).all()


def in_next_step_order(framework: Framework, practices: list[Item]) -> list[Item]:
    """Sort practices: essential first, then by value for effort, then as in the file."""
    place = {name: number for number, name in enumerate(framework.practices)}

    def key(item: Item) -> tuple[bool, float, int]:
        practice = item.entry
        return not practice.essential, -practice.value / practice.effort, place[item.id]

    return sorted(practices, key=key)


class _Maker:
    """Lays the tables out, then fills them in."""

    def __init__(self, framework: Framework, lists: Lookups, answers: Table) -> None:
        self.framework = framework
        self.lists = lists
        self.answers = answers
        self.levels = [*framework.levels]
        self.dimensions = [*framework.dimensions]
        relations = Relations(framework)
        self.rows = {name: row for row, name in enumerate(in_answer_order(relations))}
        #: The practices of each cell; dimension by dimension, so that its levels are neighbors.
        self.inside = {
            (level, dimension): in_next_step_order(framework, relations.cell(level, dimension))
            for dimension in self.dimensions
            for level in self.levels
        }
        self.most = max(len(relations.at_level("practice", level)) for level in self.levels)
        self._lay_out()

    def _lay_out(self) -> None:
        top = 0

        def add(columns: tuple[str, ...], rows: int) -> Table:
            nonlocal top
            table = Table(columns, top + 1, rows)
            top += rows + 2
            return table

        self.overall = add((*OVERALL,), 1)
        self.by_dimension = add(("dimension", "title", *DIMENSION), len(self.dimensions))
        self.cells = add(("level", "dimension", *CELL), len(self.inside))
        self.nearest = add(("number", *NEAREST), self.most)
        practices = [item.entry for items in self.inside.values() for item in items]
        count = sum(len(practice.evidence) + 1 for practice in practices)
        self.ending = add(("ending", *ENDING), min(ENDINGS, count))
        self.practices = add((*FACTS, *PRACTICE), len(practices))
        self.records = add((*RECORD_FACTS, *BLANK_RECORD), count)

    def all(self) -> Computation:
        """Return the tables with their formulas."""
        blank = _Blank(self)
        return Computation(
            Computed(self.overall, [*self._overall(blank)]),
            Computed(self.by_dimension, [*self._by_dimension(blank)]),
            Computed(self.cells, [*self._cells(blank)]),
            Computed(self.nearest, [*self._nearest(blank)]),
            Computed(self.ending, [*self._ending()]),
            Computed(self.practices, [*self._practices(blank)]),
            Computed(self.records, [*self._records()]),
        )

    def _overall(self, blank: _Blank) -> Iterator[Line]:
        scope = Scope(
            Part(self.overall, 0),
            dimensions=self._all(self.by_dimension),
            cells=self._all(self.cells),
            practices=self._all(self.practices),
            records=self._all(self.records),
        )
        yield _line({}, OVERALL, scope, blank.overall())

    def _by_dimension(self, blank: _Blank) -> Iterator[Line]:
        for row, name in enumerate(self.dimensions):
            scope = Scope(
                Part(self.by_dimension, row),
                column=Part(self.cells, row * len(self.levels), len(self.levels)),
                practices=self._all(self.practices),
            )
            title = self.framework.dimensions[name].title
            facts: Line = {"dimension": row + 1, "title": title}
            yield _line(facts, DIMENSION, scope, blank.dimension(name))

    def _cells(self, blank: _Blank) -> Iterator[Line]:
        first = 0
        for row, ((level, dimension), items) in enumerate(self.inside.items()):
            scope = Scope(
                Part(self.cells, row),
                above=Part(self.cells, row - 1),
                inside=Part(self.practices, first, len(items)),
            )
            first += len(items)
            facts: Line = {
                "level": self.levels.index(level) + 1,
                "dimension": self.dimensions.index(dimension) + 1,
            }
            templates = CELL if items else _WITHOUT_PRACTICES
            yield _line(facts, templates, scope, blank.cell(level, dimension))

    def _nearest(self, blank: _Blank) -> Iterator[Line]:
        places = blank.places()
        for row in range(self.most):
            scope = Scope(
                Part(self.nearest, row),
                overall=Part(self.overall, 0),
                practices=self._all(self.practices),
            )
            value = places[row] if row < len(places) else 0
            yield _line({"number": row + 1}, NEAREST, scope, {"place": value})

    def _ending(self) -> Iterator[Line]:
        for row in range(self.ending.rows):
            scope = Scope(Part(self.ending, row), records=self._all(self.records))
            yield _line({"ending": row + 1}, ENDING, scope, {"place": 0})

    def _records(self) -> Iterator[Line]:
        """Each practice's listed artifacts, and below them other evidence."""
        top = row = 0
        everywhere = self.framework.scoring.evidence_lasts
        for place, item in enumerate(item for items in self.inside.values() for item in items):
            listed = [(one.text, one.lasts or everywhere) for one in item.entry.evidence.values()]
            inside = Part(self.records, top, len(listed) + 1)
            for text, lifetime in [*listed, ("", everywhere)]:
                lasts, _, unit = (lifetime or "").partition(" ")
                before = "{of.lines}" if row == top else "{above.rest}"
                is_listed = row < top + len(listed)
                templates = record_templates(unit.rstrip("s"), before, is_listed=is_listed)
                scope = Scope(
                    Part(self.records, row),
                    of=Part(self.practices, place),
                    above=Part(self.records, row - 1),
                    inside=inside,
                )
                facts: Line = {
                    "record": row + 1,
                    "evidence": str(text),
                    "practice": item.id,
                    "title": item.entry.title,
                    "lasts": int(lasts or 0),
                }
                yield _line(facts, templates, scope, BLANK_RECORD)
                row += 1
            top = row

    def _practices(self, blank: _Blank) -> Iterator[Line]:
        row = rank = record = 0
        for number, ((level, dimension), items) in enumerate(self.inside.items()):
            inside = Part(self.practices, row, len(items))
            for item in items:
                scope = Scope(
                    Part(self.practices, row),
                    answers=Part(self.answers),
                    offered=self.lists.offered[item.id],
                    inside=inside,
                    cell=Part(self.cells, number),
                    overall=Part(self.overall, 0),
                    above=Part(self.practices, row - 1),
                    records=Part(self.records, record, len(item.entry.evidence) + 1),
                )
                record += len(item.entry.evidence) + 1
                nearest = int(level == self.levels[0])
                rank += nearest
                place = self.answers.top + self.rows[item.id] + 1
                values = {**blank.practice(), "place": place, "nearest": nearest, "rank": rank}
                facts: Line = {
                    "practice": item.id,
                    "title": item.entry.title,
                    "level": self.levels.index(level) + 1,
                    "dimension": self.dimensions.index(dimension) + 1,
                    "essential": int(item.entry.essential),
                }
                yield _line(facts, PRACTICE, scope, values)
                row += 1

    @staticmethod
    def _all(table: Table) -> Part:
        return Part(table, 0, table.rows)


def in_answer_order(relations: Relations) -> list[str]:
    """Return the ids of all practices in the order of the sheet of answers.

    That is by level, and within a level as in the file.
    """
    return [
        item.id
        for level in relations.framework.levels
        for item in relations.at_level("practice", level)
    ]


_WITHOUT_PRACTICES = {
    name: template if "{inside" not in template else "1" if name.startswith("mean") else "0"
    for name, template in CELL.items()
}


def _line(facts: Line, templates: dict[str, str], scope: Scope, values: dict[str, Value]) -> Line:
    formulas = {
        name: Formula(scope.fill(template), values[name]) for name, template in templates.items()
    }
    return {**facts, **formulas}


class _Blank:
    """What the formulas give while nothing is answered.

    Then every practice is open, and a cell is complete only if it has none; read as possible,
    everything is complete.
    """

    def __init__(self, maker: _Maker) -> None:
        self.levels = maker.levels
        self.dimensions = maker.dimensions
        self.inside = maker.inside
        self.sizes = {cell: len(items) for cell, items in maker.inside.items()}
        self.ahead = maker.framework.scoring.level_means == "working"
        self.total = len(maker.framework.practices)

    def practice(self) -> dict[str, Value]:
        """Return the values of a practice, less its place, distance and rank."""
        values: dict[str, Value] = dict.fromkeys(PRACTICE, 0)
        ones = ("counted", "possible", "open_claimed", "open_evidenced")
        texts = ("said", "named", "lines", "days", "ending")
        return {**values, **dict.fromkeys(texts, ""), **dict.fromkeys(ones, 1)}

    def cell(self, level: str, dimension: str) -> dict[str, Value]:
        """Return the values of a cell."""
        size = self.sizes[level, dimension]
        values: dict[str, Value] = {**dict.fromkeys(CELL, 0), "counted": size, "base": size}
        for view in VIEWS:
            complete = int(view == "possible" or not size)
            values[f"open_{view}"] = 0 if view == "possible" else size
            values[f"mean_{view}"] = values[f"complete_{view}"] = complete
            number = self.levels.index(level) + 1
            values[f"through_{view}"] = int(self._completed(dimension, view) >= number)
        return values

    def dimension(self, name: str) -> dict[str, Value]:
        """Return the values of a dimension."""
        values: dict[str, Value] = {"distance": self.sizes[self.levels[0], name]}
        for view in VIEWS:
            values[f"completed_{view}"] = self._completed(name, view)
            values[f"progress_{view}"] = self._completed(name, view)
        return values

    def overall(self) -> dict[str, Value]:
        """Return the values of the table of everything."""
        first = sum(self.sizes[self.levels[0], dimension] for dimension in self.dimensions)
        values: dict[str, Value] = dict.fromkeys(OVERALL, 0)
        values |= {"deciding": 1, "open": self.total, "total": self.total}
        values |= {"open_deciding": first, "distance": first}
        for view in VIEWS:
            completed = len(self.levels) if view == "possible" else 0
            values[f"completed_{view}"] = completed
            values[f"at_{view}"] = min(completed + self.ahead, len(self.levels))
        return values

    def places(self) -> list[int]:
        """Return where the practices of the first level stand among all, from 1."""
        levels = [level for (level, _), items in self.inside.items() for _ in items]
        return [place for place, level in enumerate(levels, 1) if level == self.levels[0]]

    def _completed(self, dimension: str, view: str) -> int:
        """How many levels are complete from the first one on."""
        if view == "possible":
            return len(self.levels)
        sizes = [self.sizes[level, dimension] for level in self.levels]
        return next(number for number, size in enumerate(sizes) if size)
