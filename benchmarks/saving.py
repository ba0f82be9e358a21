"""Question 3: how long after an edit is saved `make serve` shows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import plain
import yaml
from definitions import repeated
from measuring import Finding, Sample, elapsed, in_turn
from previews import MKDOCS, Preview, preview, save
from projects import ROOT, Project, copy_project
from servers import reserved_ports

ROUNDS = 7
PRACTICES = 100
LIMIT = 1.2


def findings(folder: Path) -> Iterator[Finding]:
    """Yield the time from saving to the fresh page, ours over that of plain MkDocs.

    There the Markdown of the page itself is edited.
    """
    own, beside = copy_project(folder / "own"), Project(folder / "plain")
    text = repeated(ROOT / "framework.yaml", PRACTICES)
    own.write("framework.yaml", text)
    plain.write(own.root, beside.root)
    name, practice = next(iter(yaml.load(text, yaml.CSafeLoader)["practices"].items()))
    page, title = f"practices/{name}/", practice["title"]
    with ExitStack() as stack:
        ports = stack.enter_context(reserved_ports())
        ours = stack.enter_context(preview(own, ports()))
        theirs = stack.enter_context(preview(beside, ports(), MKDOCS))
        plainly = _edits(beside, theirs, f"content/practices/{name}.md", f"# {title}", page)
        # A title stands beside every page, a sentence on a few: each takes its own turns.
        for edited, place in (
            ("sentence", first_words(practice["why"])),
            ("title", f"title: {title}"),
        ):
            edit = _edits(own, ours, "framework.yaml", place, page)
            samples = in_turn(ROUNDS, {"own": edit, "plain": plainly})
            yield from _findings(edited, samples["own"], samples["plain"])


def first_words(text: str) -> str:
    """Return the first three words of a text, which stand in one line wherever it is written."""
    return " ".join(text.split()[:3])


def new_word() -> str:
    """Return a word that no page has yet."""
    return f"edited{time.monotonic_ns()}"


def seconds_to_fresh_page(
    project: Project, server: Preview, file: str, text: str, page: str, word: str
) -> float:
    """Save `text` in a file; return the seconds until a page of the preview has `word`."""

    def save_and_look() -> None:
        save(project, file, text)
        server.wait_until(page, word)

    return elapsed(save_and_look)


def _edits(
    project: Project, server: Preview, file: str, place: str, page: str
) -> Callable[[], float]:
    """Return an action that adds a word after `place` in a file and times until a page has it.

    The file has to have the place. Every call adds another word to the original.
    """
    original = (project.root / file).read_text(encoding="utf-8")

    def edit() -> float:
        word = new_word()
        text = original.replace(place, f"{place} {word}", 1)
        return seconds_to_fresh_page(project, server, file, text, page, word)

    return edit


def _findings(edited: str, own: Sample, plainly: Sample) -> Iterator[Finding]:
    yield Finding(
        f"From saving a {edited} to the fresh page, over plain, {PRACTICES} practices",
        own.over(plainly),
        LIMIT,
        f"{own.median:.2f} s, {plainly.median:.2f} s; noise {own.spread}, {plainly.spread}",
    )
    yield Finding("The same, in seconds", own.median, 1.0)
