"""What of a definition a fork in another language has translated, and what is upstream's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from ..definition.model import COLLECTIONS
from ..definition.shape import Location
from ..definition.source import Source
from ..definition.text import Text
from ..definition.yaml_tree import Node
from .plurals import ENGLISH

#: Names of works, people and licences read the same in every language.
_NAMES = {("references", "title"), ("references", "author"), ("framework", "licence")}
_NAMES |= {(section, "keeper") for section in COLLECTIONS.values()}
#: How much of a text a line shows, in characters.
_BEGINNING = 80
_SECTIONS = ("framework", "terms", *COLLECTIONS.values(), "scale")


@dataclass(frozen=True)
class Tally:
    """How many texts there are in a section and in how many entries, and what of it is done."""

    entries: int
    whole: int
    texts: int
    translated: int


@dataclass(frozen=True)
class Translation:
    """What of the content is in the language of a fork.

    `tallies` are by section, those without a text left out; `left` are upstream's texts that still
    show, by their path as in `practices.ID.question`.
    """

    language: str
    tallies: dict[str, Tally]
    left: dict[str, str]

    @property
    def summary(self) -> str:
        """How many texts there are and are translated, in a sentence."""
        tallies = self.tallies.values()
        total, done = sum(t.texts for t in tallies), sum(t.translated for t in tallies)
        return f"{self.language}: {done:,} of {total:,} texts of the content are translated"


def find_translation(source: Source) -> Translation | None:
    """Return what an overlay has translated; None where it is in upstream's language.

    A text counts as translated once the overlay has it, whatever it says: some words are the same
    in both languages.
    """
    language, theirs = (_language(root) for root in (source.root, source.upstream))
    if source.overlay is None or language.partition("-")[0] == theirs.partition("-")[0]:
        return None
    texts: dict[str, dict[str, list[bool]]] = {}
    left: dict[str, str] = {}
    for path, text, is_done in _texts(source):
        section, entry = str(path[0]), str(path[1] if _holds_entries(path) else "")
        texts.setdefault(section, {}).setdefault(entry, []).append(is_done)
        if not is_done:
            left[".".join(map(str, path))] = text
    sections = {name: [*texts[name].values()] for name in _SECTIONS if name in texts}
    tallies = {name: _tally(entries) for name, entries in sections.items()}
    return Translation(language, tallies, left)


def translation_lines(translation: Translation, lists_left: bool = False) -> Iterator[str]:
    """Yield how many texts are translated, as a whole and by section.

    With `lists_left`, a line for each that is not goes before: its path, and how it begins.
    """
    for path, text in translation.left.items() if lists_left else ():
        yield f"{path}: {shorten(text, _BEGINNING, placeholder=' …')}"
    yield translation.summary
    width = max(map(len, translation.tallies), default=0)
    for name, tally in translation.tallies.items():
        texts = f"{tally.translated:,} of {tally.texts:,} texts"
        entries = f", {tally.whole} of {tally.entries} whole" if tally.entries > 1 else ""
        yield f"  {name:<{width}}  {texts}{entries}"


def _language(root: Node) -> str:
    node = root.get("framework", "language")
    return node.raw if node is not None and node.raw else ENGLISH


def _texts(source: Source) -> Iterator[tuple[Location, str, bool]]:
    """Yield every text that is to be translated: where it stands, what it says, whether it is."""
    for visit in source.visits:
        is_text = isinstance(visit.type, type) and issubclass(visit.type, Text)
        if not is_text or visit.is_key or not isinstance(visit.node.value, str):
            continue
        if (visit.path[0], visit.path[-1]) not in _NAMES:
            yield visit.path, visit.node.value, visit.node.at.file == source.overlay


def _holds_entries(path: Location) -> bool:
    return path[0] == "scale" or path[0] in COLLECTIONS.values()


def _tally(entries: list[list[bool]]) -> Tally:
    every = [is_done for texts in entries for is_done in texts]
    return Tally(len(entries), sum(map(all, entries)), len(every), sum(every))
