"""Question 6: what each shortcut saves, measured by leaving it out."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import yaml
from against_plain import MKDOCS
from measuring import ENVIRONMENT, Finding, Sample, in_turn, processor_time
from previews import Preview, preview
from projects import ROOT, Project, copy_project
from saving import first_words, new_word, seconds_to_fresh_page
from servers import reserved_ports
from shortcuts.registry import Shortcuts

ROUNDS = 7
#: What the settings choose, by what a row says of it.
Choices = Mapping[str, str]


def findings(folder: Path) -> Iterator[Finding]:
    """Measure what builds and previews take with none and with all but one, over those with all."""
    shortcuts = Shortcuts().all
    in_builds = [name for name, shortcut in shortcuts.items() if not shortcut.previews_only]
    yield from _build_findings(copy_project(folder / "build").root, _choices(in_builds))
    yield from _saving_findings(folder, _choices(list(shortcuts)))


def _choices(names: Sequence[str]) -> Choices:
    """Return all, none, and all but each of them, as SHORTCUTS says it."""
    without = {f"without {name}": ",".join(n for n in names if n != name) for name in names}
    return {"with all": ",".join(names), "with none": "false", **without}


def _build_findings(project: Path, choices: Choices) -> Iterator[Finding]:
    """Compare the processor time of whole builds."""
    actions = {what: partial(_build, project, chosen) for what, chosen in choices.items()}
    for build in actions.values():
        build()  # what is kept for the next build is there from now on
    yield from _compared("A build", in_turn(ROUNDS, actions))


def _build(project: Path, chosen: str) -> float:
    command: list[str | Path] = [MKDOCS, "build", "--quiet", "--site-dir", project / "site"]
    return processor_time(command, project, {**ENVIRONMENT, "SHORTCUTS": chosen})


def _saving_findings(folder: Path, choices: Choices) -> Iterator[Finding]:
    """Compare the time from saving an edit to the fresh page, and the processor's part of it."""
    with ExitStack() as stack:
        ports = stack.enter_context(reserved_ports())
        servers: dict[str, tuple[Project, Preview]] = {}
        for what, chosen in choices.items():
            project = copy_project(folder / what)
            server = stack.enter_context(preview(project, ports(), SHORTCUTS=chosen))
            servers[what] = project, server
            stack.callback(os.kill, server.process.pid, signal.SIGCONT)
            os.kill(server.process.pid, signal.SIGSTOP)  # those that wait take no time
        for edited in ("sentence", "title"):
            turns = {what: _Turns(*server, edited) for what, server in servers.items()}
            actions: dict[str, Callable[[], float]] = {w: t.take for w, t in turns.items()}
            for take in actions.values():
                take()  # an edit of the other kind goes away with the first
            name = f"From saving a {edited} to the fresh page"
            yield from _compared(name, in_turn(ROUNDS, actions))
            used = {what: Sample(tuple(turn.used[1:])) for what, turn in turns.items()}
            yield from _compared(f"{name}, processor time", used)


class _Turns:
    """Edits of one text of a project, each with another word, under a preview that waits between.

    `used` is the processor time of each so far, in seconds.
    """

    def __init__(self, project: Project, server: Preview, edited: str) -> None:
        self.project, self.server = project, server
        self.text = (ROOT / "framework.yaml").read_text(encoding="utf-8")
        name, practice = next(iter(yaml.load(self.text, yaml.CSafeLoader)["practices"].items()))
        places = {"sentence": first_words(practice["why"]), "title": f"title: {practice['title']}"}
        self.place = places[edited]
        self.page = f"practices/{name}/"
        self.used: list[float] = []

    def take(self) -> float:
        """Return the seconds from saving the next edit until the page has it."""
        word = new_word()
        text = self.text.replace(self.place, f"{self.place} {word}", 1)
        server = self.server.process.pid
        os.kill(server, signal.SIGCONT)
        # It looks for changes now, and then every now and then: each turn saves at another time.
        time.sleep(1 + len(self.used) / ROUNDS / 2)
        before = _processor_time(server)
        seconds = seconds_to_fresh_page(
            self.project, self.server, "framework.yaml", text, self.page, word
        )
        self.used.append(_processor_time(server) - before)
        os.kill(server, signal.SIGSTOP)
        return seconds


def _processor_time(process: int) -> float:
    """Return the seconds that the processor has worked for a process that runs; Linux says it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _compared(name: str, samples: Mapping[str, Sample]) -> Iterator[Finding]:
    """Yield what each takes over the first."""
    (_, base), *others = samples.items()
    for what, sample in others:
        yield Finding(
            f"{name}, {what}, over that with all",
            sample.over(base),
            None,
            f"saves {sample.median - base.median:.2f} s of {sample.median:.2f} s; "
            f"noise {sample.spread}, {base.spread}",
        )
