"""What the workbook's formulas look up: the answers on offer, levels, roles, rules and phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from ...definition.model import Answer, Framework, LevelMeans
from ...framework.catalog import Words
from ...framework.days import HORIZON
from ...framework.relations import TOLERANCE, Relations, without_evidence
from ...framework.scoring import NEARLY
from .ageing import day_number, months_after
from .cells import ANSWERED, LEFT_OUT, UNKNOWN, Formula, Part, Table, Value


@dataclass(frozen=True)
class Block:
    """A table with its content; `table` carries the name of the sheet that it stands on."""

    table: Table
    entries: list[tuple[Value | Formula, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Lookups:
    """The tables of the hidden sheet, side by side.

    `offered` leads from a practice to its rows of `choices`, `listed` to those of `artifacts`.
    """

    choices: Block
    offered: dict[str, Part]
    #: Listed artifacts, and where those of each practice stand that has any.
    artifacts: Block
    listed: dict[str, Part]
    standings: Block
    roles: Block
    phrases: Block
    rules: Block
    #: A row for each number from 0, a column for each counted phrase: which of its forms is said.
    #: Only of phrases with other forms than one for 1 and one for all else.
    forms: Block

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every table."""
        return (
            self.choices,
            self.standings,
            self.roles,
            self.phrases,
            self.rules,
            self.forms,
            self.artifacts,
        )


def lookups(framework: Framework, words: Words, sheet: str, fields: Mapping[str, str]) -> Lookups:
    """Return the tables of a framework, on the sheet of that name.

    `fields` names the cells in which the reader picks the level to `start` with, says the `date` of
    the assessment, and the day `as_of` which evidence counts.
    """
    left = 0

    def block(columns: tuple[str, ...], entries: list[tuple[Value | Formula, ...]]) -> Block:
        nonlocal left
        table = Table(columns, 1, len(entries), left, sheet)
        left += len(columns) + 1
        return Block(table, entries)

    entries, places = _choices(Relations(framework), words)
    choices = block(("number", "label", "value", "without", "needs", "state"), entries)
    offered = {name: Part(choices.table, *place) for name, place in places.items()}
    standings = block(("standing",), [(label,) for label in standing_labels(framework, words)])
    roles = block(("title",), [(role.title,) for role in framework.roles.values()])
    phrases = block(("key", "phrase"), [*_phrases(words).items()])
    start = _start(standings.table, fields["start"])
    days = _days(fields["date"], fields["as_of"])
    rules = block(("rule", "holds"), [*(_rules(framework, start) | days).items()])
    forms = block(*_spoken_forms(words, len(framework.practices)))
    texts = {
        name: [one.text for one in practice.evidence.values()]
        for name, practice in framework.practices.items()
        if practice.evidence
    }
    artifacts = block(("text",), [(str(text),) for those in texts.values() for text in those])
    ends = [*accumulate(len(those) for those in texts.values())]
    listed = {
        name: Part(artifacts.table, end - len(those), len(those))
        for (name, those), end in zip(texts.items(), ends, strict=True)
    }
    return Lookups(choices, offered, artifacts, listed, standings, roles, phrases, rules, forms)


def standing_labels(framework: Framework, words: Words) -> list[str]:
    """Return what one can be at: index 0 is "before the first level", then level by level."""
    levels = (
        words("score.say.level", n=number, title=level.title)
        for number, level in enumerate(framework.levels.values(), start=1)
    )
    return [words("score.say.before_first"), *levels]


def _choices(
    relations: Relations, words: Words
) -> tuple[list[tuple[Value | Formula, ...]], dict[str, tuple[int, int]]]:
    """A list of answers for each choice that practices offer, and where each practice's stands."""
    entries: list[tuple[Value | Formula, ...]] = []
    lists: dict[tuple[tuple[str, ...], bool], tuple[int, int]] = {}
    places = {}
    for item in relations.all("practice"):
        names = tuple(name for name, _, _ in relations.offered(item.id))
        choice = (names, item.entry.may_be_not_applicable)
        if choice not in lists:
            added = [*_choice(relations.framework, words, *choice)]
            lists[choice] = (len(entries), len(added))
            entries += added
        places[item.id] = lists[choice]
    return entries, places


def _choice(
    framework: Framework, words: Words, names: tuple[str, ...], may_be_left_out: bool
) -> Iterator[tuple[Value | Formula, ...]]:
    """One list: number, label, value, value without evidence, whether it needs some, state.

    An answer that needs criteria is offered a second time, for those of which not all are true: it
    counts as the highest lower answer on offer that needs none. Without evidence an answer counts
    as the highest lower one that needs neither evidence nor criteria.
    """
    offered = [framework.scale[name] for name in names]
    rows: list[tuple[str, Answer]] = []
    for place, answer in enumerate(offered):
        rows.append((str(answer.label), answer))
        if answer.needs_criteria:
            below = [one for one in offered[:place] if not one.needs_criteria]
            partly = words("table.partly", answer=answer.label)
            rows.append((partly, below[-1] if below else offered[0]))
    for number, (label, answer) in enumerate(rows, start=1):
        shown = answer if not answer.needs_evidence else without_evidence(offered, answer)
        needs = int(answer.needs_evidence)
        yield number, label, answer.value, shown.value, needs, ANSWERED
    yield len(rows) + 1, words("answers.unknown"), 0, 0, 0, UNKNOWN
    if may_be_left_out:
        yield len(rows) + 2, words("answers.not-applicable"), 0, 0, 0, LEFT_OUT


#: The phrases that formulas fill in or choose from, by their place in the catalog.
_SPOKEN = ("score.say", "workbook.say")


def _phrases(words: Words) -> dict[str, str]:
    """The phrases by key, placeholders left in."""
    spoken = {
        f"{place}.{key}": text for place in _SPOKEN for key, text in words.under(place).items()
    }
    return spoken | {"percent": words("percent", share="{share}")}


#: The phrases that have forms for numbers, none of which is greater than that of the practices.
COUNTED = ("score.say.settled", "score.say.distance_done")


def _spoken_forms(
    words: Words, most: int
) -> tuple[tuple[str, ...], list[tuple[Value | Formula, ...]]]:
    """Return columns and rows of the table of forms, for numbers up to `most`."""
    numbers = range(most + 1)
    forms = {key: [words.form(key, number) for number in numbers] for key in COUNTED}
    plain = ["one" if number == 1 else "other" for number in numbers]
    columns = tuple(key for key in COUNTED if forms[key] != plain)
    return columns, [tuple(forms[key][number] for key in columns) for number in numbers if columns]


def _start(standings: Table, chosen: str) -> Formula:
    """The number of the level that the reader chose to start with."""
    labels = standings.span("standing", 1, standings.rows - 1)
    first = standings.cell("standing")
    place = f"ROW({labels})-ROW({first})"
    return Formula(f"MAX(1,SUMPRODUCT(MAX(({labels}=TRIM({chosen}))*({place}))))", 1)


def _days(dated: str, as_of: str) -> dict[str, Value | Formula]:
    """The days that formulas use by name; that of the assessment is 0 while nobody gives it.

    Only the two that hang on the day on which the file is opened differ from what is saved in it.
    """
    given = day_number(as_of)
    return {
        "dated": Formula(day_number(dated), 0),
        "as_of": Formula(f"IF({given}>0,{given},TODAY())", 0),
        "horizon": Formula(months_after("as_of", HORIZON.split()[0]), 0),
    }


def _rules(framework: Framework, start: Formula) -> dict[str, Value | Formula]:
    """The numbers that formulas use by name."""
    scoring = framework.scoring
    return {
        "threshold": scoring.threshold,
        "passing": scoring.passing,
        "tolerance": TOLERANCE,
        "nearly": NEARLY,
        "levels": len(framework.levels),
        "ahead": int(scoring.level_means is LevelMeans.WORKING),
        "start": start,
    }
