"""What templates may print, and the Jinja environments that know it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from ..assessments.names import Names
from ..assessments.picture import picture
from ..definition.check import Definition
from ..definition.model import COLLECTIONS, RESERVED_ANSWERS
from ..framework import plain_text
from ..framework.answer_file import LONGEST_ENTRY, TABLE_COLUMNS
from ..framework.catalog import Words
from ..framework.days import today
from ..framework.example import example
from ..framework.idea_file import board
from ..framework.questionnaire import questionnaire, texts
from ..framework.relations import Relations
from ..framework.samples import Samples
from ..outputs.brand import Ramp
from ..upkeep.due import Subject, by_day
from ..versions.adaptation import Adaptation
from ..versions.history import History, Step
from ..versions.notes import (
    Heavy,
    Note,
    ReleaseNotes,
    SidedNote,
    describe,
    describe_rereads,
    run_on,
)
from . import filters, links
from .template_cache import TemplateCache

if TYPE_CHECKING:
    from ..assessments.results import UnitsResults

#: How many disagreements a workshop plans for: five minutes each of its agenda's forty.
TALKS = 8


@dataclass(frozen=True)
class Scope:
    """What templates may print.

    `written` are the paths of the hand-written pages, so that generated ones link to those that
    are there. `adaptation` is what a fork's site tells of where it comes from, if it tells that.
    `has_pdfs` says whether pages have a PDF beside them. `scripts` are the files of authors that
    may hold scripts, with all links resolved. `samples` are what the example company says.
    `units` are the results of units, None if the site tells none. `upkeep` are the pages that say
    who keeps them, by path.
    """

    definition: Definition
    history: History
    words: Words
    colors: Ramp
    written: Collection[str] = ()
    adaptation: Adaptation | None = None
    has_pdfs: bool = False
    scripts: Collection[Path] = ()
    samples: Samples = field(default_factory=Samples)
    units: UnitsResults | None = None
    upkeep: Mapping[str, Subject] = field(default_factory=dict)

    @cached_property
    def relations(self) -> Relations:
        """How the entries of the framework belong together."""
        return Relations(self.definition.framework)

    @cached_property
    def release_notes(self) -> ReleaseNotes:
        """What each release changed, in words."""
        return ReleaseNotes(self.history, self.words)

    def notes(self, source: Step | Adaptation) -> dict[str, list[Note]]:
        """Return what a release or an overlay changed, in words, by kind of entry."""
        if isinstance(source, Adaptation):
            return describe(source.differences, source.upstream, source.framework, self.words)
        return self.release_notes.changes[source.version]

    def heavy(self, step: Step) -> list[Heavy]:
        """Return the changes of a release that may lower a result, in words."""
        return self.release_notes.heavy[step.version]

    def rereads(self, adaptation: Adaptation) -> list[SidedNote]:
        """Return what upstream has changed since in entries that an overlay changes or drops."""
        if adaptation.base is None:
            return []
        rereads = [*adaptation.changed_since, *adaptation.dropped_since]
        return describe_rereads(rereads, adaptation.base, adaptation.upstream, self.words)

    def variables(self) -> dict[str, Any]:
        """Return everything by the name that templates have for it."""
        framework = self.definition.framework
        return {
            "framework": framework,
            "about": framework.framework,
            "relations": self.relations,
            "history": self.history,
            "adaptation": self.adaptation,
            "kinds": COLLECTIONS,
            "reserved_answers": {name: self.words(f"answers.{name}") for name in RESERVED_ANSWERS},
            "beside": filters.side_by_side,
            "notes": self.notes,
            "heavy": self.heavy,
            "rereads": self.rereads,
            "words": self.words,
            "written": self.written,
            "questionnaire": lambda: questionnaire(framework),
            "texts": lambda: texts(framework),
            "board": lambda name: board(framework, name),
            "example": lambda: example(self.relations),
            "samples": self.samples,
            "units": self.units,
            "upkeep": self.upkeep,
            "due": lambda: by_day(self.upkeep.values()),
            "today": today,
            "picture": lambda result: picture(Names(self.words, framework), result),
            "sample_result": lambda: self.samples.result(self.relations),
            "longest_entry": LONGEST_ENTRY,
            "table_columns": TABLE_COLUMNS,
            "talks": TALKS,
            "link": links.entry_link(self.relations),
            "to": links.to,
            "url": links.url,
            "file_urls": links.file_urls,
            "sheets": self.has_pdfs,
            "ramp": self.colors,
        }


_FILTERS = {
    "beyond": filters.beyond,
    "hang": filters.hang,
    "plain": plain_text.plain_text,
    "short": filters.short_version,
    "run_on": run_on,
    "version_id": filters.version_id,
    "attribute": filters.attribute,
}


class _Printing(CodeGenerator):
    """Compiles templates that take what a value is printed as for Markup, as it always is here.

    Jinja would make Markup of it once more, which takes a tenth of the time to fill a template.
    """

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.finalize(context, ")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Environment(jinja2.Environment):
    code_generator_class = _Printing


def environment(
    folder: Path,
    scope: Scope,
    printed: Callable[..., Markup],
    cache: TemplateCache,
) -> jinja2.Environment:
    """Return the environment of the templates in a folder.

    `printed` turns each value that a template prints into what stands on the page. It takes the
    template's context first, so that Jinja compiles all environments' templates alike, and none
    twice. `cache` holds them.
    """
    result = _Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # no template changes while pages are made of it
        optimized=False,  # what could be worked out beforehand is less than it takes to look for it
        bytecode_cache=cache,
    )
    # Scripts read maps in their order; the filter `tojson` would sort them.
    result.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    result.filters |= _FILTERS
    result.globals |= scope.variables()
    return result


#: What templates are compiled with, beside their text: the settings above.
VERSION = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
