"""Files of answers scored on a day, as text, Markdown or JSON, and the gates that they may miss."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ..definition.problems import suggestion
from ..framework.catalog import Words
from ..framework.days import HORIZON, is_day, today
from ..framework.relations import Relations
from ..framework.scoring import Reading
from .account import Account
from .card import Facts, card_html, card_svg
from .carrying import carry
from .changing import Change, compare
from .renewals import SOON, Renewals
from .rounds import Round, earlier_file, load_rounds
from .standing import Standing, stand
from .units_file import FILE, FOLDER, load_units

#: How many next steps a text names.
_STEPS = 5
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
#: Names, references, markup and HTML: `text` in `common/markdown.js` says what each is.
_SPECIAL = re.compile(
    r"(@(?=\w)|#(?=\d)|(?<=\b[GgHh][HhLl])-(?=\d)|:(?=[\w+-]+:|//)|(?<=\bwww)\.)"
    r"|[\\`*_{}\[\]<>|~$]|&(?=[#\w])|!(?=\d)|%(?=[\w\"])",
    re.IGNORECASE | re.ASCII,
)
#: White space as browsers trim it.
_ENDS = re.compile(r"^[\s\ufeff]+|[\s\ufeff]+$")
_START = re.compile(r"^(?:[-+=#/]|\d{1,9}(?=[.)]))")


@dataclass(frozen=True)
class Scored:
    """A round with what it comes to on the day `on`.

    `before` is how the round before it stood on its own day, `since` that day; None without one.
    `inherited` are practices that another unit answers for this one, which do not count here.
    """

    round: Round
    account: Account
    on: str
    before: Standing | None = None
    since: str = ""
    inherited: list[str] = field(default_factory=list)

    @cached_property
    def renewals(self) -> Renewals:
        """What of its evidence runs out, and when."""
        return Renewals(self.account, self.round.sitting, self.on)

    @property
    def unit(self) -> str:
        """What the unit calls itself, on one line; else the name of its folder, or of its file."""
        file = self.round.file
        name = file.parent.name if is_day(file.stem) else ""
        return _CONTROL.sub(" ", self.round.sitting.unit).strip() or name or file.stem

    @property
    def remarks(self) -> list[str]:
        """What has to be said beside the level, and how much is inherited and does not count."""
        left, account = len(self.inherited), self.account
        said = [str(account.words("units.not_counted", n=left))] if left else []
        return [*account.remarks, *said]


def score_round(
    one: Round, relations: Relations, words: Words, on: str, earlier: Round | None = None
) -> Scored:
    """Return what a round comes to on a day, and what changed in it since an `earlier` one.

    Without an earlier one, it is compared with the one that it was made from, if that is in it.
    """
    account = Account(words, stand(relations, one.sitting, on))
    origin = one.sitting.before
    if earlier:
        before = stand(relations, earlier.sitting, earlier.day or on)
        return Scored(one, account, on, before, earlier.day)
    if origin:
        answers = carry(relations, origin.answers).answers
        sitting = origin.model_copy(update={"answers": answers})
        return Scored(one, account, on, stand(relations, sitting, origin.date), origin.date)
    return Scored(one, account, on)


def score_files(files: list[Path], relations: Relations, words: Words, on: str) -> list[Scored]:
    """Score files as of a day, each beside the one before it in its folder.

    Raises FrameworkError with all that is wrong with any of them.
    """
    before = {file: earlier_file(file) for file in files}
    needed = dict.fromkeys([*files, *(file for file in before.values() if file)])
    loaded = load_rounds([*needed], relations, max(on, today()))
    rounds = {one.file: one for one in loaded}
    results = []
    for file in files:
        earlier = before[file]
        previous = rounds[earlier] if earlier else None
        scored = score_round(rounds[file], relations, words, on, previous)
        results.append(replace(scored, inherited=_inherited(rounds[file], relations)))
    return results


def _inherited(one: Round, relations: Relations) -> list[str]:
    """Return what the unit of a file in its place inherits and the file has no answer to."""
    folder = one.file.parent.parent
    if folder.name != FOLDER or not is_day(one.file.stem) or not (folder / FILE).is_file():
        return []
    unit = load_units(folder / FILE, relations.framework, today()).units.get(one.file.parent.name)
    wanted = {name for names in unit.inherits.values() for name in names} if unit else set()
    stored = one.sitting.answers
    answered = {name for name in wanted if name in stored and stored[name].answer}
    return [name for name in relations.framework.practices if name in wanted - answered]


# Gates


@dataclass(frozen=True)
class Requirement:
    """A level that a reading, `claimed` or `shown`, has to have; `number` counts levels from 1."""

    reading: str
    level: str
    number: int

    def is_met(self, scored: Scored) -> bool:
        """Tell whether a file reaches the level."""
        reading: Reading = getattr(scored.account, self.reading)
        return reading.at >= self.number

    def missed(self, results: Iterable[Scored]) -> list[str]:
        """Return a line for each file that does not reach the level."""
        return [
            f"{_heading(one)}: {self.reading} is {one.account.level(reading.at)}, "
            f"and {self.reading}:{self.level} is required{_besides(one)}"
            for one in results
            if not self.is_met(one)
            for reading in [getattr(one.account, self.reading)]
        ]


def _besides(one: Scored) -> str:
    """Return what a gate does not count, to stand after its line; empty where that is nothing."""
    return f" (not counted: {', '.join(one.inherited)}, inherited)" if one.inherited else ""


def parse_time(text: str) -> str:
    """Parse a time such as 30d or 3m; raises ValueError with what to write instead."""
    match = re.fullmatch(r"([1-9][0-9]{0,3})([dm])", text)
    if match is None:
        raise ValueError("write days or months, such as 30d or 3m")
    return f"{match[1]} {'days' if match[2] == 'd' else 'months'}"


def expiring(results: Iterable[Scored], time: str) -> list[str]:
    """Return a line for each practice whose evidence has run out or does within a time."""
    return [
        f"{_heading(one)}: {one.renewals.line(renewal)}"
        for one in results
        for renewal in one.renewals.within(time)
    ]


def parse_requirement(text: str, relations: Relations) -> Requirement:
    """Parse a requirement, such as shown:building; raises ValueError with what to write instead."""
    reading, _, level = text.partition(":")
    if reading not in ("claimed", "shown") or not level:
        raise ValueError("write claimed:LEVEL or shown:LEVEL")
    levels = relations.framework.levels
    if level not in levels:
        raise ValueError(f"no level {level}; {suggestion(level, levels, 'levels')}")
    return Requirement(reading, level, relations.number(level))


# Text


#: How results can be printed; a card of SVG is a file, and holds one of them.
FORMS = ("text", "markdown", "json", "svg", "html")
_CARDS = {"svg": card_svg, "html": card_html}


def render_scored(scored: Iterable[Scored], form: str) -> str:
    """Render files as one of `FORMS`, one after the other, without a line end."""
    if form == "json":
        return json.dumps([*map(_data, scored)], ensure_ascii=False, indent=1)
    if form in _CARDS:
        return "\n\n".join(_CARDS[form](one.account, _facts(one)) for one in scored)
    if form == "markdown":
        return "\n".join(_markdown(one) for one in scored).rstrip("\n")
    return "\n\n".join("\n".join(_text(one)) for one in scored)


def _facts(one: Scored) -> Facts:
    return Facts(one.unit, one.round.day, one.on)


@dataclass(frozen=True)
class _Section:
    title: str
    items: list[str]


def _heading(one: Scored) -> str:
    return ", ".join(filter(None, [one.unit, one.account.words.date(one.round.day)]))


def _since(one: Scored) -> Iterator[_Section]:
    """Yield what changed since the round before."""
    account = one.account
    if one.before is None:
        return
    earlier, changes = one.before.result, compare(one.before, account.standing)
    summary = account.say(
        "since_text",
        claimed=account.level(earlier.claimed.at),
        shown=account.level(earlier.shown.at),
        rose=len(changes.rose),
        fell=len(changes.fell),
        fresh=len(changes.fresh),
    )
    moved = [_moved(account, change) for change in (*changes.rose, *changes.fell)]
    yield _Section(account.say("since", date=account.words.date(one.since)), [summary, *moved])


def _moved(account: Account, change: Change) -> str:
    ends = {
        "from": account.answer_title(change.before),
        "to": account.answer_title(change.after),
    }
    title = account.practice(change.practice)
    return str(account.words("review.say.moved", practice_title=title, **ends))


def _sections(one: Scored) -> Iterator[_Section]:
    """Yield what there is to say after the verdict, part by part."""
    account, words = one.account, one.account.words
    yield from _since(one)
    if why := account.why:
        yield _Section(why.title, [f"{part.title}: {part.todo}" for part in why.reasons])
    steps = [step for step in account.advice.steps if step.practice in account.advice.needed]
    named = [
        f"{account.practice(step.practice)}: {account.because(step)}" for step in steps[:_STEPS]
    ]
    if len(steps) > _STEPS:
        named.append(account.say("more", n=len(steps) - _STEPS))
    runs_out = [*one.renewals.falls, *map(one.renewals.line, one.renewals.within(SOON))]
    if runs_out:
        yield _Section(str(words("review.say.runs_out")), runs_out)
    lists = {
        "steps": named,
        "answer_first": [step.practice for step in account.advice.answer_first],
        "find_out": [step.practice for step in account.advice.find_out],
        "show": account.advice.show_evidence,
        "confirm": account.standing.to_confirm,
        "look_at": account.standing.unconfirmed,
        "left_out": account.advice.not_applicable,
    }
    for key, items in lists.items():
        texts = items if key == "steps" else [*map(account.practice, items)]
        if texts:
            yield _Section(str(words(f"score.lists.{key}")), texts)


def _text(one: Scored) -> Iterator[str]:
    account = one.account
    yield _heading(one)
    yield account.verdict
    yield " ".join(account.sentences)
    for text in one.remarks:
        yield f"- {text}"
    for section in _sections(one):
        yield f"{section.title}:"
        yield from (f"  - {item}" for item in section.items)


def _markdown(one: Scored) -> str:
    account = one.account
    parts = [
        f"## {inline(_heading(one))}",
        f"**{inline(account.verdict)}**",
        inline(" ".join(account.sentences)),
        "\n".join(f"- {inline(text)}" for text in one.remarks),
    ]
    for section in _sections(one):
        items = "\n".join(f"- {inline(item)}" for item in section.items)
        parts.append(f"### {inline(section.title)}\n\n{items}")
    return "\n\n".join(parts) + "\n"


def inline(plain: str) -> str:
    """Return a plain text as one line of Markdown in which nothing of it is markup or a mention."""
    line = _ENDS.sub("", _CONTROL.sub(" ", plain))
    escaped = _SPECIAL.sub(lambda match: f"\\{match[0]}{'<!-- -->' if match[1] else ''}", line)
    start = _START.match(escaped)
    if start is None:
        return escaped
    rest = escaped[start.end() :]
    return f"{start[0]}\\{rest}" if start[0][0].isdigit() else f"\\{escaped}"


def _data(one: Scored) -> dict[str, Any]:
    """Return the figures of a file, ready for JSON."""
    account, standing = one.account, one.account.standing
    advice, levels = account.advice, [None, *account.levels]
    return {
        "file": one.round.file.name,
        "unit": one.round.sitting.unit,
        "date": one.round.day,
        "on": one.on,
        "framework": {
            "id": account.framework.framework.id,
            "version": account.framework.framework.version,
            "answered": one.round.answered.version,
        },
        "claimed": _reading(account.claimed, levels),
        "shown": _reading(account.shown, levels),
        "possible": _reading(standing.result.possible, levels),
        "settled": standing.is_settled,
        "deciding": standing.deciding,
        "distance": advice.distance,
        "steps": [
            {"practice": step.practice, "reason": step.reason, "before": step.before}
            for step in advice.steps
        ],
        "answer_first": [step.practice for step in advice.answer_first],
        "find_out": [step.practice for step in advice.find_out],
        "show_evidence": advice.show_evidence,
        **_ageing(one),
        "lacking_criteria": standing.lacking,
        "not_applicable": advice.not_applicable,
        "inherited": one.inherited,
        "to_confirm": standing.to_confirm,
        "unconfirmed": standing.unconfirmed,
        "gone": one.round.carried.gone,
    }


def _ageing(one: Scored) -> dict[str, Any]:
    """Return when the level shown falls, and what runs out within two years."""
    levels = [None, *one.account.levels]
    falls = [
        {"day": fall.day, "then": levels[fall.after], "because": fall.because}
        for fall in one.renewals.ageing.falls
        if fall.reading == "shown" and not fall.dimension
    ]
    return {
        "shown_falls": falls,
        "runs_out": [
            {"practice": renewal.practice, "until": renewal.until, "over": renewal.is_over}
            for renewal in one.renewals.within(HORIZON)
        ],
    }


def _reading(reading: Reading, levels: list[str | None]) -> dict[str, Any]:
    return {
        "level": levels[reading.at],
        "at": reading.at,
        "completed": reading.completed,
        "progress": {name: round(value, 9) for name, value in reading.progress.items()},
    }
