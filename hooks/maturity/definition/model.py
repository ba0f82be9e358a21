"""What a framework is: the types of the definition.

The JSON Schema, the reference checks and the messages about mistakes are all derived from these
classes, and from those that they are made of in the modules beside this; nothing about the shape
of `framework.yaml` is written anywhere else.

`Text` is plain text (every character comes out as itself), `Prose` is Markdown. Every collection
is a map keyed by id, in display order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from .addresses import Url
from .drawings import Diagram, Figure
from .ids import (
    AnswerId,
    DimensionId,
    EntryRef,
    Id,
    LevelId,
    PracticeId,
    ReferenceId,
    RoleId,
)
from .matrices import Matrix
from .parts import Entry, Part
from .standards import Standard
from .text import Prose, Text
from .upkeep import KeptEntry
from .values import LANGUAGE, Day, IconPath, Lifetime, PositiveShare, Share, Version, Weight
from .worksheets import Worksheet

#: Answers that every scale has besides its own.
RESERVED_ANSWERS = UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"


class About(Part):
    """The framework as a whole."""

    id: Id
    """Never changes: saved answers are found by it."""
    title: Text
    version: Version
    """A semantic version, in quotes."""
    language: Annotated[str, StringConstraints(strict=True, pattern=LANGUAGE)] = "en"
    """The language of the definition, such as en or de."""
    summary: Prose
    """One or two sentences: what this is and for whom."""
    about: Prose | None = None
    """What the framework covers, and what it leaves out."""
    origins: Prose | None = None
    """Where the framework comes from and on whose evidence it stands; a page of its own."""
    licence: Text | None = None
    """Under which terms the content may be used."""
    review_in: Lifetime | None = None
    """For how long from the day in `reviewed` on, where an entry or page does not say."""


class Term(Part):
    """What one thing is called."""

    singular: Text
    plural: Text


class Terms(Part):
    """What a fork calls the four things that a framework is made of."""

    level: Term = Term(singular=Text("Level"), plural=Text("Levels"))
    dimension: Term = Term(singular=Text("Dimension"), plural=Text("Dimensions"))
    practice: Term = Term(singular=Text("Practice"), plural=Text("Practices"))
    role: Term = Term(singular=Text("Role"), plural=Text("Roles"))


class Dimension(KeptEntry):
    """One side of the work that every level looks at."""

    title: Text
    summary: Prose | None = None
    question: Text | None = None
    """The one question that this dimension answers."""
    icon: IconPath | None = None
    """The path of an SVG icon 24 units wide and high; by default, the title's first letter."""


class Takes(Part):
    """What the work of a level usually takes, each in a range."""

    time: Prose | None = None
    people: Prose | None = None
    money: Prose | None = None
    small_team: Prose | None = None
    """What a team of two or three leaves out, and what it keeps."""


class Level(KeptEntry):
    """One step of maturity; the order of the levels is their order in the file."""

    title: Text
    summary: Prose | None = None
    """One or two sentences."""
    overview: Prose | None = None
    """What this level is about, in a few paragraphs."""
    goal: Prose | None = None
    """What working at this level is for."""
    signs: list[Prose] = []
    """How a team knows that it is here."""
    takes: Takes = Takes()
    """What the level usually takes, as a judgment or with a source."""
    focus: dict[DimensionId, Prose] = {}
    """What to attend to, for each dimension."""
    pitfalls: list[Prose] = []
    """What goes wrong here."""
    exit: Text | None = None
    """One sentence: when the work of this level is done."""


class Applicability(StrEnum):
    """Whether a practice may be answered with "not applicable"."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class Artifact(Part):
    """A thing that proves a practice; written as its text alone where it has no more."""

    text: Text
    lasts: Lifetime | None = None
    """For how long it proves that from its day on: "90 days", or "12 months" by the calendar."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"text": value}

    @model_serializer(mode="wrap")
    def _as_written(self, dump: SerializerFunctionWrapHandler) -> Any:
        return dump(self) if self.lasts else str(self.text)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of both forms."""
        return {"anyOf": [Text.__get_pydantic_json_schema__(schema, handler), handler(schema)]}

    def __str__(self) -> str:
        """Return its text, as templates show it."""
        return str(self.text)


class Practice(KeptEntry):
    """One thing that a team does, asked about by one question and proved by evidence."""

    level: LevelId
    dimension: DimensionId
    title: Text
    summary: Prose | None = None
    """One or two sentences: what is done."""
    why: Prose | None = None
    how: list[Prose] = []
    """Steps, in order."""
    criteria: Annotated[dict[Id, Text], Field(min_length=1)]
    """Observable statements, true or false, that the top answer means."""
    question: Text | None = None
    """One behavior, countable, with a time window where that fits."""
    options: dict[AnswerId, Text] = {}
    """Answer texts for this practice; naming only some answers offers only those."""
    evidence: dict[Id, Artifact] = {}
    """Artifacts that prove it, each a text, or a map of `text` and `lasts`."""
    owner: RoleId | None = None
    involved: list[RoleId] = []
    essential: bool = Field(default=False, strict=True)
    """Whether the level's gate stays closed without it."""
    not_applicable: Applicability | None = None
    """Whether "not applicable" may be answered; by default refused for essential practices."""
    value: Weight = 2
    """What it brings: 1 low, 2 medium, 3 high."""
    effort: Weight = 2
    """What it costs: 1 days, 2 weeks, 3 months."""
    requires: list[PracticeId] = []
    """Practices of the same or an earlier level that come first."""
    pitfalls: list[Prose] = []
    also: list[Text] = []
    """Words that people look for when they mean this practice; its page shows them."""
    sources: list[ReferenceId] = []

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether the reader may leave this practice out of the score, with a reason."""
        if self.not_applicable is None:
            return not self.essential
        return self.not_applicable is Applicability.ALLOWED


class RoleKind(StrEnum):
    """When and why a team has a role."""

    CORE = "core"
    SPECIALIST = "specialist"
    LEADERSHIP = "leadership"
    EMERGING = "emerging"


class Role(KeptEntry):
    """A job to be done by somebody; one person may hold several."""

    title: Text
    kind: RoleKind = RoleKind.CORE
    joins: LevelId
    """The level at which the team first needs it."""
    mission: Prose | None = None
    """Why the role exists, in one or two sentences."""
    responsibilities: list[Prose] = []
    skills: list[Prose] = []
    look_for: list[Prose] = []
    """Good signs in a candidate."""
    watch_for: list[Prose] = []
    """Warning signs in a candidate."""
    interview: list[Text] = []
    """Questions to ask a candidate."""
    evolves: dict[LevelId, Prose] = {}
    """How the role changes by level."""
    alternatives: list[Prose] = []
    """What to do instead of hiring."""
    also: list[Text] = []
    """Other titles of this job; its page shows them."""
    sources: list[ReferenceId] = []


class Option(Part):
    """One of the ways to decide."""

    title: Text
    summary: Prose
    diagram: Diagram | None = None
    strengths: list[Prose] = []
    weaknesses: list[Prose] = []
    choose_when: Prose | None = None


class Decision(KeptEntry):
    """A choice with real trade-offs that most teams face at about the same time."""

    level: LevelId
    dimension: DimensionId
    title: Text
    question: Text
    summary: Prose | None = None
    """One or two sentences: what is at stake."""
    figures: dict[Id, Figure] = {}
    """Whom or what the options' diagrams show; one key above them explains all."""
    options: Annotated[dict[Id, Option], Field(min_length=2)]
    advice: Prose | None = None
    practices: list[PracticeId] = []
    """Practices that this decision belongs to."""
    also: list[Text] = []
    """Words that people look for when they face this choice; its page shows them."""
    sources: list[ReferenceId] = []


class Answer(Part):
    """One answer of the scale."""

    label: Text
    value: Share
    meaning: Text | None = None
    needs_criteria: bool = Field(default=False, strict=True)
    """Whether this answer counts in full only with every criterion of its practice ticked."""
    needs_evidence: bool = Field(default=False, strict=True)
    """Whether this answer counts in full only with evidence."""


class LevelMeans(StrEnum):
    """What "we are at this level" says."""

    WORKING = "working"
    ACHIEVED = "achieved"


class Scoring(Part):
    """When a cell is complete, and what a level means."""

    threshold: PositiveShare = 0.75
    """The mean of a cell's answers from which the cell can be complete."""
    passing: PositiveShare = 0.5
    """The value that each essential practice needs."""
    level_means: LevelMeans = LevelMeans.WORKING
    """`working`: you are at the level being worked on; `achieved`: at the one completed."""
    evidence_lasts: Lifetime | None = None
    """For how long evidence proves something from its day on, where an artifact does not say."""


class GlossaryTerm(Entry):
    """A term and what it means here."""

    term: Text
    definition: Prose
    also: list[Text] = []
    """Other spellings that are explained where they appear, such as the plural."""
    sources: list[ReferenceId] = []


class Reference(Entry):
    """A source that can be looked up."""

    title: Text
    author: Text | None = None
    year: Annotated[int, Field(strict=True, ge=1900, le=2100)] | None = None
    url: Url | None = None
    note: Prose | None = None
    """What it says that matters here."""


class Release(Part):
    """How a version was released; `maturity release` writes it into the snapshot."""

    date: Day
    """The day, such as "2026-11-25", in quotes."""
    raises: list[EntryRef] = []
    """Entries, such as practice:keep-recipes, whose new wording asks for more."""


#: OWASP SAMM's coverage scale, https://owaspsamm.org/model/.
DEFAULT_SCALE = {
    "none": Answer(label=Text("No"), value=0.0),
    "some": Answer(label=Text("Some"), value=0.25),
    "half": Answer(label=Text("At least half"), value=0.5),
    "most": Answer(label=Text("Most or all"), value=1.0, needs_criteria=True, needs_evidence=True),
}


class Framework(Part):
    """A maturity framework: everything that the site is made of."""

    framework: About
    terms: Terms = Terms()
    dimensions: Annotated[dict[Id, Dimension], Field(min_length=1, max_length=20)]
    levels: Annotated[dict[Id, Level], Field(min_length=2, max_length=12)]
    practices: Annotated[dict[Id, Practice], Field(min_length=1)]
    roles: dict[Id, Role] = {}
    decisions: dict[Id, Decision] = {}
    worksheets: dict[Id, Worksheet] = {}
    matrices: dict[Id, Matrix] = {}
    scale: Annotated[dict[Id, Answer], Field(min_length=2)] = DEFAULT_SCALE
    scoring: Scoring = Scoring()
    standards: dict[Id, Standard] = {}
    glossary: dict[Id, GlossaryTerm] = {}
    references: dict[Id, Reference] = {}
    release: Release | None = None
    """Only in the snapshots in `releases/`."""


#: The collections whose entries are referred to by `kind:id`.
COLLECTIONS = {
    "level": "levels",
    "dimension": "dimensions",
    "practice": "practices",
    "role": "roles",
    "decision": "decisions",
    "worksheet": "worksheets",
    "matrix": "matrices",
    "standard": "standards",
    "term": "glossary",
    "reference": "references",
}
