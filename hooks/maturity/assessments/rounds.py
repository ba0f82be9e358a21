"""Rounds: a file of answers each, read for the present version of the framework, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from semver import Version

from ..definition.problems import FrameworkError, Problem, suggestion
from ..framework.answer_file import AnsweredFramework, AnswerFile, Assessment
from ..framework.days import is_day
from ..framework.relations import Relations
from ..framework.saved_file import Complaint, parse_saved, placed
from .carrying import Carried, carry


@dataclass(frozen=True)
class Round:
    """One assessment of one unit.

    `day` is its date, as 2026-11-24, or empty; `answered` the framework that its answers were given
    to. `sitting` holds the answers as `carried` over to the present version.
    """

    file: Path
    day: str
    answered: AnsweredFramework
    sitting: Assessment
    carried: Carried


def load_round(file: Path, relations: Relations, today: str) -> Round:
    """Load the round in a file.

    Raises FrameworkError with all that is wrong with it: its form, another framework, a newer
    version of this one, a day after `today`; and where its answers were given to this very version,
    practices and answers that this does not have.
    """
    read = parse_saved(file, AnswerFile)
    complaints = [*_foreign(read.framework, relations), *_late(read.assessment, today)]
    about = relations.framework.framework
    if not complaints and read.framework.version == about.version:
        complaints += _unknown(read.assessment, relations)
    if complaints:
        raise FrameworkError(placed(file, complaints))
    carried = carry(relations, read.assessment.answers)
    sitting = read.assessment.model_copy(update={"answers": carried.answers})
    return Round(file, sitting.date, read.framework, sitting, carried)


def load_rounds(files: list[Path], relations: Relations, today: str) -> list[Round]:
    """Load several files; raises FrameworkError with what is wrong with any of them."""
    rounds: list[Round] = []
    problems: list[Problem] = []
    for file in files:
        try:
            rounds.append(load_round(file, relations, today))
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return rounds


def carry_lines(one: Round, name: str) -> list[str]:
    """Return what becomes of the answers of an earlier version, in lines; nothing where all fit.

    `name` is what the file is called.
    """
    carried = one.carried
    said = [
        *_named("to be confirmed, as they were reworded", carried.reworded),
        *_named(
            "carried over from a former name",
            [f"{new} (was {old})" for new, old in carried.followed.items()],
        ),
        *_named("not carried over, as several answers are there for one", carried.choices),
        *_named("not counted, as their practices are gone", carried.gone),
    ]
    if not said:
        return []
    kept = len(carried.kept)
    return [
        f"{name}: answers to {one.answered.version}; {kept} stay as they are",
        *(f"  {line}" for line in said),
    ]


def _named(what: str, names: list[str] | dict[str, list[str]]) -> Iterator[str]:
    if names:
        yield f"{len(names)} {what}: {', '.join(names)}"


def _foreign(answered: AnsweredFramework, relations: Relations) -> Iterator[Complaint]:
    about = relations.framework.framework
    if answered.id != about.id:
        hint = f"keep only answers to {about.id} here, or score them with --framework FILE"
        yield Complaint(("framework", "id"), f"these answers belong to {answered.id}", hint)
    elif Version.parse(answered.version) > Version.parse(about.version):
        message = f"these answers were given to {answered.version}, and here is {about.version}"
        hint = "answers are never carried backwards: take the newer version over first"
        yield Complaint(("framework", "version"), message, hint)


def _late(sitting: Assessment, today: str) -> Iterator[Complaint]:
    at = ("assessment", "date")
    if sitting.date and not is_day(sitting.date):
        yield Complaint(at, f"{sitting.date} is no day of the calendar", "such as 2026-11-24")
    elif sitting.date > today:
        hint = f"write the day on which it was answered; today is {today}"
        yield Complaint(at, f"{sitting.date} is still to come", hint)


def _unknown(sitting: Assessment, relations: Relations) -> Iterator[Complaint]:
    """Yield what answers to the present version name that this does not have."""
    framework = relations.framework
    former = {old for one in framework.practices.values() for old in one.formerly}
    if sitting.start and sitting.start not in framework.levels:
        hint = suggestion(sitting.start, framework.levels, "levels")
        yield Complaint(("assessment", "start"), f"no level {sitting.start}", hint)
    for name, stored in sitting.answers.items():
        at = ("assessment", "answers", name)
        if name not in framework.practices:
            if name not in former:
                hint = suggestion(name, framework.practices, "practices")
                yield Complaint(at, f"no practice {name}", hint)
            continue
        offered = [answer for answer, _, _ in relations.offered(name)]
        offered += relations.reserved_answers(name)
        if stored.answer and stored.answer not in offered:
            hint = suggestion(stored.answer, offered, "answers")
            message = f"practice {name}: no answer {stored.answer}"
            yield Complaint((*at, "answer"), message, hint)


def earlier_file(file: Path) -> Path | None:
    """Return the file of the round before in the same folder, where files are called by days."""
    if not is_day(file.stem) or not file.parent.is_dir():
        return None
    others = [one for one in file.parent.glob("*.json") if is_day(one.stem)]
    return max((one for one in others if one.stem < file.stem), default=None)
