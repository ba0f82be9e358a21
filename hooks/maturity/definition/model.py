"""What a framework is: the types of the definition.

The JSON Schema, the reference checks and the messages about mistakes are all derived from these
classes; nothing about the shape of `framework.yaml` is written anywhere else.

`Text` is plain text (every character comes out as itself), `Prose` is Markdown. Every collection
is a map keyed by id, in display order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
#: Answers that every scale has besides its own.
RESERVED_ANSWERS = ("unknown", "not-applicable")
#: The longest text or prose: far above any sensible page, far below what makes a build crawl.
LONGEST = 20_000

#: Control characters, half and no characters, and what turns around the text that follows, which
#: may be ours: letters and marks of languages that run from right to left do without.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

#: What names a language, such as en or pt-BR.
LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"


class Text(str):
    """Plain text, one paragraph: white space is folded, every other character stands for itself."""

    __slots__ = ()
    description: ClassVar[str] = "Plain text: every character comes out as itself."
    media_type: ClassVar[str] = "text/plain"

    @classmethod
    def parse(cls, value: str) -> Text:
        """`value` with its white space folded; raises for a text with nothing in it."""
        return cls(" ".join(_readable(value).split()))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        length = core_schema.str_schema(strict=True, max_length=LONGEST)
        return core_schema.no_info_after_validator_function(cls.parse, length)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST,
            "contentMediaType": cls.media_type,
        }


class Prose(Text):
    """Markdown. `[words](practice:keep-recipes)` links to another entry of the definition."""

    __slots__ = ()
    description = "Markdown."
    media_type = "text/markdown"

    @classmethod
    def parse(cls, value: str) -> Prose:
        """`value` without outer blank space; raises for one that is empty or too tangled."""
        _refuse_tangles(_readable(value))
        return cls(value.strip())


def _readable(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty_text", "the text is empty")
    if found := _FORBIDDEN.search(value):
        raise PydanticCustomError(
            "control_character",
            "the text contains the control character {code}",
            {"code": f"U+{ord(found[0]):04X}"},
        )
    return value


#: What stands between the scheme and the path.
_HOST = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?//([^/?#]*)")
#: What makes Markdown's work grow with its square, or nest until Python gives up; how many of it a
#: text may have, and what it is called.
_TANGLES = (
    (re.compile(r"\["), 500, "opening brackets ["),
    (re.compile(r"<"), 500, "signs <"),
    (re.compile(r"^ {0,3}:\s", re.MULTILINE), 100, "lines that begin with a colon"),
    (re.compile(r"^(?:[ \t]*(?:\d+\.|[-*+:>]))(?=(?:[ \t]*(?:\d+\.|[-*+:>])){20})", re.MULTILINE),
     0, "lines with more than 20 marks of lists in a row"),
)  # fmt: skip


def _refuse_tangles(value: str) -> None:
    for pattern, most, what in _TANGLES:
        if (count := len(pattern.findall(value))) > most:
            message = "{count} {what}"
            values = {"count": f"{count:,}", "what": what, "most": most}
            raise PydanticCustomError("tangled", message, values)


def is_address(url: str) -> bool:
    """Whether every program can take an address apart.

    Brackets, and letters that others take for one of the marks around a host, keep some from it:
    https://www.unicode.org/reports/tr46/ and https://bugs.python.org/issue36216.
    """
    host = _HOST.match(url)
    if host is None:
        return True
    name = re.sub("[@:]", "", host[1])
    return not set("[]/?#@:") & {*name, *unicodedata.normalize("NFKC", name)}


def _address(url: str) -> str:
    if not is_address(url):
        raise PydanticCustomError("string_pattern_mismatch", "this is no web address")
    return url


@dataclass(frozen=True)
class Ref:
    """Marks a field whose value (or map key) is the id of an entry of that kind."""

    kind: str


Id = Annotated[str, StringConstraints(strict=True, pattern=ID_PATTERN, max_length=80)]
LevelId = Annotated[Id, Ref("level")]
DimensionId = Annotated[Id, Ref("dimension")]
PracticeId = Annotated[Id, Ref("practice")]
RoleId = Annotated[Id, Ref("role")]
AnswerId = Annotated[Id, Ref("answer")]
ColumnId = Annotated[Id, Ref("column")]
FigureId = Annotated[Id, Ref("figure")]
ReferenceId = Annotated[Id, Ref("reference")]
EntryRef = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z]+:[a-z][a-z0-9-]*$", max_length=100)
]
#: A part of a pre-release: a number, or anything with a letter in it.
_PRE = r"(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
#: Semantic Versioning 2.0.0, https://semver.org, less build metadata.
Version = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=rf"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){{2}}(-{_PRE}(\.{_PRE})*)?$",
        max_length=80,
    ),
]
#: Half a point on a scale that is compared across practices: 1 is low, 3 is high.
Weight = Annotated[int, Field(strict=True, ge=1, le=3)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
#: Above nothing, up to all.
PositiveShare = Annotated[float, Field(strict=True, gt=0, le=1)]
#: The outline of an icon, 24 units wide and high: https://www.w3.org/TR/SVG2/paths.html#PathData
IconPath = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^[Mm][MmZzLlHhVvCcSsQqTtAa0-9eE., +-]+$", max_length=4000
    ),
]
Url = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^https?://[^\s<>\"\x00-\x1f\x7f-\x9f]+$", max_length=2000
    ),
    AfterValidator(_address),
]


class Part(BaseModel):
    """A part of the definition: frozen, and without room for unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        defer_build=True,  # most are only read as a part of the whole
    )


class Entry(Part):
    """An entry of a collection: it can be placed among its neighbors and keeps its former ids."""

    before: Id | None = None
    """Id of the entry of the same collection that this one comes before."""
    after: Id | None = None
    """Id of the entry of the same collection that this one comes after."""
    formerly: list[Id] = []
    """Ids that this entry had in earlier versions; their addresses keep working."""


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


class Dimension(Entry):
    """One side of the work that every level looks at."""

    title: Text
    summary: Prose | None = None
    question: Text | None = None
    """The one question that this dimension answers."""
    icon: IconPath | None = None
    """The path of an SVG icon 24 units wide and high; by default, the title's first letter."""


class Level(Entry):
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


class Practice(Entry):
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
    evidence: dict[Id, Text] = {}
    """Artifacts that prove it."""
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


class Role(Entry):
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
    sources: list[ReferenceId] = []


class Shape(StrEnum):
    """How a figure is drawn."""

    PERSON = "person"
    LEAD = "lead"
    THING = "thing"


class Figure(Part):
    """Whom or what the drawings of a decision show."""

    title: Text
    shape: Shape = Shape.PERSON
    """`person`, `lead` (somebody who leads others), or `thing` (a box with the title in it)."""
    marked: bool = Field(default=False, strict=True)
    """Whether it is what the drawing is about, and drawn filled."""


class Group(Part):
    """Figures that belong together: a unit, a team, a place."""

    title: Text
    note: Text | None = None
    """A few words below the title, such as who sets the priorities."""
    members: dict[FigureId, Annotated[int, Field(strict=True, ge=1, le=24)]] = {}
    """How many of which figure."""


class Stroke(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"


class Toward(StrEnum):
    """Where the arrow of a line points."""

    CENTER = "center"
    GROUPS = "groups"
    BOTH = "both"


class Link(Part):
    """What goes between the center and each group."""

    label: Text
    line: Stroke = Stroke.SOLID
    to: Toward = Toward.CENTER


class Center(Group):
    """The group that all others have to do with; it is drawn above them."""

    link: Link | None = None


class Diagram(Part):
    """A drawing of an option: who is where, and how they have to do with each other."""

    caption: Text
    """What the drawing shows, for those who cannot see it."""
    center: Center | None = None
    groups: Annotated[dict[Id, Group], Field(min_length=1, max_length=6)]


class Option(Part):
    """One of the ways to decide."""

    title: Text
    summary: Prose
    diagram: Diagram | None = None
    strengths: list[Prose] = []
    weaknesses: list[Prose] = []
    choose_when: Prose | None = None


class Decision(Entry):
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
    sources: list[ReferenceId] = []


class PromptGroup(Part):
    """Questions of a worksheet that are asked together."""

    title: Text
    note: Prose | None = None
    questions: Annotated[list[Text], Field(min_length=1)]


class Column(Part):
    """A column of a worksheet's table."""

    title: Text
    hint: Text | None = None
    """What to write into it."""


class Worksheet(Entry):
    """A sheet to fill in: questions to ask, a table to complete, or both."""

    level: LevelId
    title: Text
    purpose: Prose
    how: list[Prose] = []
    """How to use the sheet, in steps."""
    prompts: dict[Id, PromptGroup] = {}
    columns: dict[Id, Column] = {}
    examples: list[dict[ColumnId, Text]] = []
    """Filled-in rows that show what is meant."""
    rows: Annotated[int, Field(strict=True, ge=0, le=40)] = 8
    """How many empty rows to leave."""
    practices: list[PracticeId] = []
    """Practices that this sheet helps with."""
    sources: list[ReferenceId] = []


class Axis(Part):
    """One direction of a matrix."""

    title: Text
    low: Text
    high: Text
    question: Text | None = None
    """What to ask to place an idea on it."""


class Side(StrEnum):
    """One end of an axis."""

    LOW = "low"
    HIGH = "high"


class Quadrant(Part):
    """A quarter of a matrix, and what to do with what lands there."""

    title: Text
    x: Side
    y: Side
    advice: Prose


class Preference(StrEnum):
    """Which end of a mark's values puts an idea ahead of another."""

    FIRST = "first"
    LAST = "last"


class Mark(Part):
    """Something to note on each idea besides its place, such as how ready its data is."""

    title: Text
    question: Text
    values: Annotated[dict[Id, Text], Field(min_length=2)]
    blocks: dict[Id, Text] = {}
    """Values with which an idea cannot start, each with what is said of such an idea in a few
    words. In its quadrant it is ranked after those that can."""
    prefer: Preference | None = None
    """Which end of the values is ranked first in a quadrant; without it the mark ranks nothing."""
    advice: Prose | None = None


class Matrix(Entry):
    """Two axes, four quadrants, and the marks that each idea carries."""

    level: LevelId
    title: Text
    purpose: Prose
    how: list[Prose] = []
    x: Axis
    y: Axis
    quadrants: Annotated[dict[Id, Quadrant], Field(min_length=4, max_length=4)]
    """In the order in which their ideas are ranked: the first one is where the best ideas lie."""
    marks: dict[Id, Mark] = {}
    practices: list[PracticeId] = []
    sources: list[ReferenceId] = []


class Answer(Part):
    """One answer of the scale."""

    label: Text
    value: Share
    meaning: Text | None = None
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
    """`working`: you are at the level in hand; `achieved`: at the one completed."""


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

    date: Annotated[str, StringConstraints(strict=True, pattern=r"^\d{4}-\d\d-\d\d$")]
    """The day, such as "2026-11-25", in quotes."""
    raises: list[EntryRef] = []
    """Entries, such as practice:keep-recipes, whose new wording asks for more."""


#: OWASP SAMM's coverage scale, https://owaspsamm.org/model/ (see DESIGN section 6).
DEFAULT_SCALE = {
    "none": Answer(label=Text("No"), value=0.0),
    "some": Answer(label=Text("Some"), value=0.25),
    "half": Answer(label=Text("At least half"), value=0.5),
    "most": Answer(label=Text("Most or all"), value=1.0, needs_evidence=True),
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
    "term": "glossary",
    "reference": "references",
}
