"""Release notes: what changed, in the words of the catalog.

The page, the command and its Markdown say it with the same sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..definition.model import COLLECTIONS, Framework
from ..definition.prose import lines_of_words
from ..framework.catalog import Words
from .changes import Change, Event, Weight, What, title_of
from .history import History, Step
from .three_way import Reread, Side, Stand, texts_of
from .word_diff import differing_sentences, without_empty_lines

#: Fields that are shares, shown as percentages.
_SHARES = ("threshold", "passing")


@dataclass(frozen=True)
class Line:
    """One thing that happened: a sentence, and the texts before and after where there are any."""

    what: What
    sentence: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Note:
    """What happened to one entry, a line each."""

    change: Change
    lines: list[Line]

    @property
    def whats(self) -> list[str]:
        """The kinds of things that happened, each once."""
        return _once(self.lines)


@dataclass(frozen=True)
class Heavy:
    """A change that may lower somebody's result, and the sentences that say by what."""

    change: Change
    sentences: list[str]


@dataclass(frozen=True)
class SidedLine:
    """One thing that upstream did to an entry, and what a fork has there.

    `before` and `after` are None where the sentence says it all. `yours` is what a fork says of its
    own, None where `stand` says it all.
    """

    what: What
    sentence: str
    stand: Stand | None
    before: str | None = None
    after: str | None = None
    yours: str | None = None


@dataclass(frozen=True)
class SidedNote:
    """What upstream did to an entry that a fork has changed or dropped, a line each."""

    change: Change
    lines: list[SidedLine]

    @property
    def whats(self) -> list[str]:
        """The kinds of things that upstream did, each once."""
        return _once(self.lines)


def _once(lines: Iterable[Line | SidedLine]) -> list[str]:
    return list(dict.fromkeys(line.what.value for line in lines))


@dataclass(frozen=True)
class ReleaseNotes:
    """What each release of a history changed, described once for all who say it.

    By version, which is empty for what is not released yet; the first release is left out.
    """

    history: History
    words: Words

    @cached_property
    def changes(self) -> dict[str, dict[str, list[Note]]]:
        """What `describe` returns for each release."""
        return {
            step.version: describe(step.changes, before, step.framework, self.words)
            for step, before in self._steps()
        }

    @cached_property
    def heavy(self) -> dict[str, list[Heavy]]:
        """What `describe_heavy` returns for each release."""
        return {
            step.version: describe_heavy(step.changes, before, step.framework, self.words)
            for step, before in self._steps()
        }

    def _steps(self) -> Iterator[tuple[Step, Framework]]:
        """Yield each step but the first with the framework before it."""
        for step in self.history.steps:
            if step.since is not None:
                yield step, self.history.versions[step.since]


def describe(
    changes: Iterable[Change], old: Framework, new: Framework, words: Words
) -> dict[str, list[Note]]:
    """Return a note for each change from `old` to `new`: by kind of entry, in their order.

    Titles and labels that the sentences hold are those of `new`, or of `old` for what is gone.
    """
    writer = _Writer(old, new, words)
    notes: dict[str, list[Note]] = {}
    for change in changes:
        lines = [writer.line(change, event) for event in change.events]
        notes.setdefault(change.kind, []).append(Note(change, lines))
    return notes


def describe_heavy(
    changes: Iterable[Change], old: Framework, new: Framework, words: Words
) -> list[Heavy]:
    """Return the changes that may lower a result, in their order: first the major ones.

    Those ask for more or take something away. New practices follow, as they are open until they
    are answered.
    """
    writer = _Writer(old, new, words)
    heavy: list[Heavy] = []
    opened: list[Heavy] = []
    for change in changes:
        major = [event for event in change.events if event.weight is Weight.MAJOR]
        if major:
            heavy.append(Heavy(change, [writer.line(change, event).sentence for event in major]))
        elif change.kind == "practice" and change.events[0].what is What.ADDED:
            opened.append(Heavy(change, [writer.say("opened")]))
    return heavy + opened


def describe_rereads(
    rereads: Iterable[Reread], old: Framework, new: Framework, words: Words
) -> list[SidedNote]:
    """Return a note for each entry to read again; upstream's definition was `old` and is `new`."""
    writer = _Writer(old, new, words)
    return [
        # Fields without a name of their own say the same where they follow: once is enough.
        SidedNote(
            reread.change,
            list(dict.fromkeys(writer.sided(reread.change, side) for side in reread.sides)),
        )
        for reread in rereads
    ]


class _Writer:
    """Turns events into sentences."""

    def __init__(self, old: Framework, new: Framework, words: Words) -> None:
        self.old, self.new, self.words = old, new, words

    def line(self, change: Change, event: Event) -> Line:
        if not event.field:
            former = ", ".join(self.quoted(former.title, former.id) for former in change.was)
            # Only an author's word raises an entry as a whole.
            key = "declared" if event.what is What.RAISED else event.what.value
            return Line(event.what, self.say(key, list=former))
        field = self.label(change, event)
        if event.what in (What.ADDED, What.REMOVED, What.REWORDED):
            what = _came_or_went(event)
            key = "relinked" if _is_relinked(event) else what.value
            sentence = self.say(f"part.{key}", field=field)
            return Line(what, sentence, *_differing(event.before, event.after))
        own = f"{event.what.value}.{event.field}"
        values = {
            "before": self.shown(event, event.before),
            "after": self.shown(event, event.after),
        }
        if f"changes.say.{own}" in self.words.texts:
            return Line(event.what, self.say(own, **values))
        return Line(event.what, self.say("from_to", field=field, **values))

    def sided(self, change: Change, side: Side) -> SidedLine:
        event, line = side.event, self.line(change, side.event)
        if not event.field:
            return SidedLine(line.what, line.sentence, None)
        is_own = side.stand is Stand.OWN
        if event.what not in (What.ADDED, What.REMOVED, What.REWORDED):
            yours = self.shown(event, side.yours) if is_own else None
            return SidedLine(line.what, line.sentence, side.stand, yours=yours)
        if side.stand is Stand.FOLLOWS:
            return SidedLine(line.what, line.sentence, side.stand)
        if _is_relinked(event):
            yours = "\n".join(lines_of_words(str(side.yours))) if is_own else None
            return SidedLine(line.what, line.sentence, side.stand, yours=yours)
        before, after, own = texts_of(side)
        yours = own if is_own else None
        return SidedLine(line.what, line.sentence, side.stand, before, after, yours)

    def say(self, key: str, **values: object) -> str:
        return str(self.words(f"changes.say.{key}", **values))

    def quoted(self, title: str, name: str) -> str:
        return self.say("former", title=title, id=name)

    def label(self, change: Change, event: Event) -> str:
        """Return what a field is called, with the part of the entry that it belongs to."""
        first, *rest = event.field.split(".")
        item = self.item(change, first, event.id) if rest and event.id else None
        fields = rest if event.id and rest else [first, *rest]
        names = [str(self.words(f"changes.fields.{name}")) for name in fields]
        return " · ".join([item, *names] if item else names)

    def item(self, change: Change, field: str, name: str) -> str | None:
        section = COLLECTIONS.get(change.kind)
        entry = getattr(self.new, section or "", {}).get(change.id)
        part = (getattr(entry, field, None) or {}).get(name)
        return title_of(part) if part is not None else None

    def shown(self, event: Event, value: Any) -> str:
        """Return a value that is no text as people write it."""
        if value is None or value == []:
            return self.say("nothing")
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, float):
            is_share = event.field in _SHARES
            return str(self.words.percent(value)) if is_share else self.words.number(value)
        if isinstance(value, list):
            return ", ".join(self.named(event.names, name) for name in value)
        return self.named(event.names, str(value))

    def named(self, kind: str, name: str) -> str:
        """Return the title of an entry that a value names; the value itself where it names none."""
        for framework in (self.new, self.old):
            entries = getattr(framework, COLLECTIONS.get(kind, ""), {})
            if name in entries:
                return title_of(entries[name])
        return name


def _differing(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Two texts in words alone, without the lines and, if long, the sentences of both."""
    sides = [lines_of_words(before), lines_of_words(after)]
    left, right = (
        "\n".join(line for line in own if line not in other)
        for own, other in (sides, reversed(sides))
    )
    if left and right:
        left, right = map(without_empty_lines, differing_sentences(left, right))
    return (left or None), (right or None)


def _came_or_went(event: Event) -> What:
    """What happened to a text, as readers see it: where none was before, it is new."""
    if event.what is What.REWORDED and event.before is None:
        return What.ADDED
    return What.REMOVED if event.what is What.REWORDED and event.after is None else event.what


def _is_relinked(event: Event) -> bool:
    """Whether the words are the same before and after, and only links are not."""
    if event.what is not What.REWORDED or event.before == event.after:
        return False
    return lines_of_words(event.before) == lines_of_words(event.after)


# Without a page


def render_text(notes: dict[str, list[Note]], heavy: list[Heavy], words: Words) -> str:
    """Render notes, by kind of entry, to be read in a terminal; empty where nothing changed.

    `heavy` are the changes that may lower a result, which come first.
    """
    blocks = ["\n".join([str(words("changes.heavy")), *map(_heavy_line, heavy)])] if heavy else []
    for kind, entries in notes.items():
        lines = [str(words(f"changes.kinds.{kind}"))]
        for note in entries:
            if note.change.title:
                lines.append(f"  {note.change.title} ({note.change.id})")
            for line in note.lines:
                lines.append(f"    {line.what.value}: {line.sentence}")
                lines += _sides(line, "      - ", "      + ")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def render_markdown(notes: dict[str, list[Note]], words: Words) -> str:
    """Render notes, by kind of entry, as Markdown for a changelog or a chat.

    Texts of the definition come out as the plain text that they are. Empty where nothing changed.
    """
    blocks = []
    for kind, entries in notes.items():
        lines = [f"### {words(f'changes.kinds.{kind}')}", ""]
        for note in entries:
            if note.change.title:
                lines.append(f"- **{_inert(note.change.title)}** (`{note.change.id}`)")
            indent = "    " if note.change.title else ""
            for line in note.lines:
                lines.append(f"{indent}- {_inert(line.sentence)}")
                lines += _sides(line, f"{indent}    - − ", f"{indent}    - + ", _inert)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def run_on(sentences: Iterable[str]) -> str:
    """Return sentences as one line; where one has no full stop a semicolon sets the next apart."""
    return re.sub(r"(?<!\.)\0", ";\0", "\0".join(sentences)).replace("\0", " ")


def _heavy_line(heavy: Heavy) -> str:
    name = f"{heavy.change.title} ({heavy.change.id})" if heavy.change.title else heavy.change.id
    return f"  {name}: {run_on(heavy.sentences)}"


def _sides(line: Line, minus: str, plus: str, shape: Any = str) -> Iterator[str]:
    for sign, text in ((minus, line.before), (plus, line.after)):
        for part in (text or "").splitlines():
            yield f"{sign}{shape(part)}"


def _inert(text: str) -> str:
    """Text in which no Markdown renderer finds a mark, a mention or a reference."""
    return re.sub(r"([\\`*_{}\[\]<>|~$#@&]|^[-+=])", r"\\\1", text)
