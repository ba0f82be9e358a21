"""The example company: its files of answers and ideas, held to the definition, as pages offer them.

They are files as the pages save them. What does not belong to the definition any more is a problem,
and is left out of what is published: an answer to a question that has been reworded is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ..definition.files import list_files
from ..definition.matrices import Matrix
from ..definition.problems import FrameworkError, Problem, suggestion
from .answer_file import (
    AnsweredFramework,
    AnswerFile,
    Assessment,
    Rater,
    Sitting,
    StoredAnswer,
)
from .idea_file import Idea, IdeaFile, PlacedOn
from .questionnaire import fingerprint
from .relations import Relations
from .saved_file import Complaint, KeyPath, parse_saved, placed
from .scoring import Result, counted_answers, score

#: The files of a company, below its folder; `TEAM` and `IDEAS` are folders.
AGREED, EARLIER, TEAM, IDEAS = "agreed.json", "earlier.json", "team/", "ideas/"
#: The folder in it that is a fork's, and takes the place of upstream's.
OWN = "own"
_ENDING = ".json"
_Sitting = TypeVar("_Sitting", bound=Sitting)


@dataclass(frozen=True)
class Samples:
    """What an example company says: its files as they are published, by their paths."""

    answers: Mapping[str, AnswerFile] = field(default_factory=dict)
    ideas: Mapping[str, IdeaFile] = field(default_factory=dict)

    @property
    def company(self) -> str:
        """The name that readers see: the unit of what was agreed, or else of the first file."""
        files = [*self.answers.values()]
        first = self.answers.get(AGREED) or next(iter(files), None)
        return first.assessment.unit.strip() if first else ""

    def files(self) -> dict[str, str]:
        """Render every file as JSON, by its path; what is empty is left out."""
        return {
            path: f"{file.model_dump_json(exclude_defaults=True)}\n"
            for path, file in {**self.answers, **self.ideas}.items()
        }

    def needed(self, page: str, matrix: str = "") -> list[str]:
        """Return the paths of the files that a page opens as its example; empty if one is missing.

        `page` is `score`, `team`, `compare`, `report` or `matrix`, the last with the id of the
        `matrix`. A team has at least two people; the report goes without the round before.
        """
        there = {*self.answers, *self.ideas}
        people = [path for path in self.answers if path.startswith(TEAM)]
        wanted = {
            "score": [AGREED],
            "team": people if len(people) > 1 else [TEAM],
            "compare": [EARLIER, AGREED],
            "report": [*({EARLIER} & there), AGREED],
            "matrix": [f"{IDEAS}{matrix}{_ENDING}"],
        }[page]
        return wanted if there.issuperset(wanted) else []

    def result(self, relations: Relations) -> Result | None:
        """Return what the answers agreed on come to; None without such."""
        if AGREED not in self.answers:
            return None
        sitting = self.answers[AGREED].assessment
        counted = counted_answers(relations.framework, sitting.answers)
        return score(relations, counted, sitting.start)


def load_samples(
    folder: Path, relations: Relations, *, is_others: bool = False
) -> tuple[Samples, list[Problem]]:
    """Load the files in a folder; return what of them belongs to the framework, and what is wrong.

    Nothing of both where there is no such folder. A folder `own` in it is left out. `is_others`
    says that the files were written for another definition, as upstream's are below an overlay:
    what that one does not ask alike is left out without a word, and everything is where less than
    half of the answers is left, as under a translation.
    """
    try:
        files = list_files(folder, _ENDING)
    except FrameworkError as error:
        return Samples(), error.problems
    loader = _Loader(folder, relations, is_others=is_others)
    for file in files:
        if OWN not in file.relative_to(folder).parts:
            loader.load(file)
    samples = Samples(loader.answers, loader.ideas)
    if not is_others:
        return samples, loader.problems
    left = sum(len(file.assessment.answers) for file in loader.answers.values())
    return (samples if left and 2 * left >= loader.answered else Samples()), []


class _Loader:
    """One pass over the files of a company: what fits of them, and what is wrong.

    `answered` counts the answers in the files, also those that do not fit.
    """

    def __init__(self, folder: Path, relations: Relations, *, is_others: bool) -> None:
        self.folder = folder
        self.relations = relations
        self.framework = relations.framework
        self.is_others = is_others
        self.answers: dict[str, AnswerFile] = {}
        self.ideas: dict[str, IdeaFile] = {}
        self.problems: list[Problem] = []
        self.answered = 0
        self._ids: dict[str, str] = {}
        about = self.framework.framework
        self._present = AnsweredFramework(id=about.id, version=about.version, title=about.title)

    def load(self, file: Path) -> None:
        """Take what fits of a file, and note what does not."""
        path = file.relative_to(self.folder).as_posix()
        known = (AGREED, EARLIER, f"{TEAM}NAME{_ENDING}", f"{IDEAS}MATRIX{_ENDING}")
        try:
            if path.startswith(IDEAS):
                complaints = self._load_ideas(file, path)
            elif path in known or path.startswith(TEAM):
                complaints = self._load_answers(file, path)
            else:
                complaints = [Complaint((), f"no page opens {path}", _listing(path, known))]
            if not self.is_others:  # or it is no mistake, and where it stands is not looked up
                self.problems += placed(file, complaints)
        except FrameworkError as error:
            self.problems += error.problems

    def _load_answers(self, file: Path, path: str) -> list[Complaint]:
        read = parse_saved(file, AnswerFile)
        self.answered += len(read.assessment.answers)
        complaints = [*self._foreign(read.framework), *self._twin(read.assessment.id, path)]
        if complaints:
            return complaints
        update = {"framework": self._present, "assessment": self._assessment(read.assessment)}
        self.answers[path] = read.model_copy(update=update)
        sittings = {("assessment",): read.assessment, **_inside(read.assessment)}
        return [one for at, sitting in sittings.items() for one in self._misfits(sitting, at)]

    def _load_ideas(self, file: Path, path: str) -> list[Complaint]:
        read = parse_saved(file, IdeaFile)
        name = read.matrix.id
        complaints = [*self._foreign(read.framework), *self._other_matrix(name, path)]
        if complaints:
            return complaints
        matrix = self.framework.matrices[name]
        complaints = [*_wrong_ideas(read.ideas, matrix)]
        wrong = {complaint.path[1] for complaint in complaints}
        self.ideas[path] = read.model_copy(
            update={
                "framework": self._present,
                "matrix": PlacedOn(id=name, title=matrix.title),
                "ideas": [idea for place, idea in enumerate(read.ideas) if place not in wrong],
            }
        )
        return complaints

    # What is wrong with a whole file

    def _foreign(self, framework: AnsweredFramework) -> Iterator[Complaint]:
        here = self.framework.framework.id
        if framework.id != here and not self.is_others:
            hint = f"write answers to {here}, or take the file away"
            yield Complaint(("framework", "id"), f"these belong to {framework.id}", hint)

    def _twin(self, name: str, path: str) -> Iterator[Complaint]:
        first = self._ids.setdefault(name, path)
        if first != path:
            hint = "give each file an id of its own"
            yield Complaint(("assessment", "id"), f"{first} has the same id: {name}", hint)

    def _other_matrix(self, name: str, path: str) -> Iterator[Complaint]:
        matrices, at = self.framework.matrices, ("matrix", "id")
        now = next((new for new, one in matrices.items() if name in one.formerly), None)
        if name not in matrices and now:
            hint = f"write {now} here, and call the file {IDEAS}{now}{_ENDING}"
            yield Complaint(at, f"the matrix {name} is now {now}", hint)
        elif name not in matrices:
            yield Complaint(at, f"no matrix {name}", _listing(name, matrices))
        elif path != f"{IDEAS}{name}{_ENDING}":
            hint = f"call the file {IDEAS}{name}{_ENDING}"
            yield Complaint(at, f"no page opens the ideas on {name} under this name", hint)

    # What somebody has answered

    def _assessment(self, assessment: Assessment) -> Assessment:
        """Return an assessment with what fits of its answers, and of those inside it."""
        update: dict[str, object] = {"raters": [*map(self._rater, assessment.raters)]}
        if assessment.before:
            update["before"] = self._rater(assessment.before)
        return self._fitting(assessment.model_copy(update=update))

    def _rater(self, rater: Rater) -> Rater:
        return self._fitting(rater.model_copy(update={"version": self._present.version}))

    def _fitting(self, sitting: _Sitting) -> _Sitting:
        wrong = {path[1] for path, _, _ in self._misfits(sitting, ()) if path[0] == "answers"}
        answers = {name: one for name, one in sitting.answers.items() if name not in wrong}
        start = sitting.start if sitting.start in self.framework.levels else ""
        return sitting.model_copy(update={"answers": answers, "start": start})

    def _misfits(self, sitting: Sitting, at: KeyPath) -> Iterator[Complaint]:
        """Yield what does not belong to the framework; `at` leads to the sitting."""
        levels = self.framework.levels
        if sitting.start and sitting.start not in levels:
            hint = _listing(sitting.start, levels)
            yield Complaint((*at, "start"), f"no level {sitting.start}", hint)
        for name, stored in sitting.answers.items():
            place = (*at, "answers", name)
            if name in self.framework.practices:
                yield from self._misfit(name, stored, place)
            else:
                yield Complaint(place, *self._gone(name))

    def _gone(self, name: str) -> tuple[str, str]:
        """Return message and hint for an answer to a practice that there is not.

        Both are empty where the files are another definition's, as nobody is told.
        """
        if self.is_others:
            return "", ""
        practices = self.framework.practices
        now = next((new for new, one in practices.items() if name in one.formerly), None)
        if now:
            hint = f"call it {now}, and read the answer again: it may no longer fit"
            return f"practice {name} is now {now}", hint
        return f"no practice {name}", _listing(name, practices)

    def _misfit(self, name: str, stored: StoredAnswer, at: KeyPath) -> Iterator[Complaint]:
        """Yield what is wrong with an answer to a practice."""
        practice = self.framework.practices[name]
        scale = [answer for answer, _, _ in self.relations.offered(name)]
        offered = [*scale, *self.relations.reserved_answers(name)]
        start = f"practice {name}: "
        if stored.answer and stored.answer not in offered:
            hint = _listing(stored.answer, offered)
            yield Complaint((*at, "answer"), f"{start}no answer {stored.answer}", hint)
        asked = self._asked[name]
        if stored.answer and stored.asked != asked:
            message = f"{start}it has been reworded since this was answered"
            hint = (
                f'read it, change the answer where it no longer fits, and write "asked": "{asked}"'
            )
            yield Complaint((*at, "asked"), message, hint)
        for key, label, known in (
            ("criteria", "criterion", practice.criteria),
            ("evidence", "evidence", practice.evidence),
        ):
            for index, one in enumerate(getattr(stored, key) or []):
                if one not in known:
                    yield Complaint(
                        (*at, key, index), f"{start}no {label} {one}", _listing(one, known)
                    )

    @cached_property
    def _asked(self) -> dict[str, str]:
        return {name: fingerprint(self.relations, name) for name in self.framework.practices}


def _inside(assessment: Assessment) -> dict[KeyPath, Sitting]:
    """Return the sittings inside an assessment, by the keys that lead to them."""
    sittings: dict[KeyPath, Sitting] = {
        ("assessment", "raters", index): rater for index, rater in enumerate(assessment.raters)
    }
    if assessment.before:
        sittings["assessment", "before"] = assessment.before
    return sittings


def _wrong_ideas(ideas: list[Idea], matrix: Matrix) -> Iterator[Complaint]:
    """Yield what is wrong with ideas on a matrix."""
    ids: set[str] = set()
    for index, idea in enumerate(ideas):
        if idea.id in ids:
            hint = "give each idea an id of its own"
            yield Complaint(("ideas", index, "id"), f"an idea before it has the id {idea.id}", hint)
        ids.add(idea.id)
        for name, value in idea.marks.items():
            at = ("ideas", index, "marks", name)
            if name not in matrix.marks:
                yield Complaint(at, f"no mark {name}", _listing(name, matrix.marks))
            elif value not in (values := matrix.marks[name].values):
                yield Complaint(at, f"no value {value} of {name}", _listing(value, values))


def _listing(name: str, known: Iterable[str]) -> str:
    return suggestion(name, known, "there are")
