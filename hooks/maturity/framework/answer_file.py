"""The file that holds one assessment's answers: its types, and so its published JSON Schema.

The page `/score/` writes and reads such files (`content/assets/assessment/answers.js`). A reader of
files ignores keys that it does not know, so that later versions may add some.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..definition.ids import Id
from ..definition.text import LONGEST
from ..definition.values import Version
from .questionnaire import FINGERPRINT_LENGTH

#: What a reader types into one field, at most.
LONGEST_ENTRY = 4_000
#: How many practices or artifacts one list may name.
MOST_ENTRIES = 10_000

Date = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
#: What stands in place of a day that nobody knows.
NO_DAY = "unknown"
EvidenceDay = Annotated[
    str, StringConstraints(strict=True, pattern=rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{NO_DAY})?$")
]
Entry = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_ENTRY)]
#: A title of the definition; what pages save must be able to hold every one.
Title = Annotated[str, StringConstraints(strict=True, max_length=LONGEST)]
Fingerprint = Annotated[
    str, StringConstraints(strict=True, pattern=rf"^[0-9a-f]{{{FINGERPRINT_LENGTH}}}$")
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class EvidenceRecord(_Part):
    """What is known of a piece of evidence."""

    on: EvidenceDay = ""
    """The day on which it was last true. Empty, as in older files: the assessment's date.
    `unknown`: none, whatever date the assessment has; what came by a link, for one."""
    link: Entry = ""
    """Where it lies."""
    seen_by: Entry = ""
    """Who else has seen it."""


class StoredAnswer(_Part):
    """What was answered to one practice."""

    answer: Id | Literal[""] = ""
    """An answer of the scale, `unknown` or `not-applicable`; empty where only a note was taken."""
    asked: Fingerprint | Literal[""] = ""
    """The fingerprint of what was asked when this was answered."""
    criteria: Annotated[list[Id], Field(max_length=MOST_ENTRIES)] | None = None
    """Which of the criteria are ticked. Null, or left out as in older files: all of them."""
    evidence: Annotated[list[Id], Field(max_length=MOST_ENTRIES)] = []
    """Which of the practice's listed artifacts exist."""
    records: Annotated[dict[Id, EvidenceRecord], Field(max_length=MOST_ENTRIES)] = {}
    """What is known of them, by artifact."""
    proof: Entry = ""
    """Other evidence: a link or a line of text."""
    proof_record: EvidenceRecord | None = None
    """What is known of that; null, or left out as in older files: nothing."""
    reason: Entry = ""
    """Why the practice is not applicable."""
    until: Date = ""
    """The last day on which it is not, after which the question is open again; empty: no end."""
    note: Entry = ""
    owner: Entry = ""
    """Who brings it further."""
    due: Date = ""
    """By when."""
    confirm: Annotated[bool, Field(strict=True)] = False
    """Whether it was kept from the round before, and nobody has looked at it since."""


class Sitting(_Part):
    """What one person, or a group, has answered."""

    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-z-]{8,64}$")]
    """Tells assessments apart; a copy has one of its own."""
    unit: Entry = ""
    """The team, product line or company that is judged."""
    date: Date = ""
    role: Entry = ""
    """The role of whoever answered."""
    name: Entry = ""
    """Who answered, if they say so."""
    start: Id | Literal[""] = ""
    """The level at which the answering began; earlier ones are assumed where not answered."""
    changed: Annotated[str, StringConstraints(strict=True, max_length=40)] = ""
    """When it was last changed, ISO 8601."""
    answers: Annotated[dict[Id, StoredAnswer], Field(max_length=MOST_ENTRIES)]
    """By practice."""


class Rater(Sitting):
    """A sitting inside another: one that it was agreed from, or the round before it."""

    version: Version | Literal[""] = ""
    """The version of the framework that the answers were given to."""


class Assessment(Sitting):
    """The answers of one sitting, with those that they were agreed from or follow on, if any."""

    raters: Annotated[list[Rater], Field(max_length=MOST_ENTRIES)] = []
    before: Rater | None = None
    """The round before, as it was when this one was made from it."""


class AnsweredFramework(_Part):
    """Which framework the answers belong to."""

    id: Id
    version: Version
    title: Title = ""


class AnswerFile(_Part):
    """One assessment of one framework, as the self-scoring page saves it."""

    format: Literal["maturity-answers/1"]
    framework: AnsweredFramework
    assessment: Assessment


#: What stands in a table in place of a day that nobody knows.
UNDATED = "?"
#: The columns of a table of answers, in order: the workbook's sheet and its CSV, a row a practice.
#: `answer` is the answer's label, `level` and `dimension` are titles, `asked` is the fingerprint,
#: `unit` to `name` repeat what is said once of an assessment. `criteria` are those that are ticked
#: where the answer's label says that not all are. `evidence_days` has one day for all lines of
#: `evidence`, or a line for each of them, with UNDATED where nobody knows it; `until` is the last
#: day of "not applicable". Later versions add only at the end.
TABLE_COLUMNS = (
    "practice", "level", "dimension", "title", "question", "answer", "evidence", "reason", "note",
    "owner", "due", "asked", "unit", "date", "role", "name", "framework", "version", "criteria",
    "evidence_days", "until",
)  # fmt: skip
