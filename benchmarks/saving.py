"""Question 3: how long after an edit is saved `make serve` shows it."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import plain
import yaml
from against_plain import MKDOCS
from definitions import repeated
from measuring import ENVIRONMENT, Finding, Sample, elapsed, in_turn
from projects import ROOT, copy_project

ROUNDS = 7
PRACTICES = 100
LIMIT = 1.2
#: Seconds after which a page that has not come will not come.
PATIENCE = 300


def findings(folder: Path) -> Iterator[Finding]:
    """Yield the time from saving to the fresh page, ours over that of plain MkDocs.

    There the Markdown of the page itself is edited.
    """
    own = copy_project(folder / "own").root
    text = repeated(ROOT / "framework.yaml", PRACTICES)
    (own / "framework.yaml").write_text(text, encoding="utf-8")
    plain.write(own, folder / "plain")
    name, practice = next(iter(yaml.load(text, yaml.CSafeLoader)["practices"].items()))
    sentence, title = practice["why"].rsplit(". ", 1)[-1].rstrip("."), practice["title"]
    address = f"practices/{name}"
    markdown = folder / "plain" / "content" / f"{address}.md"
    with ExitStack() as open_servers:
        ours = f"{open_servers.enter_context(_served(own))}/{address}/"
        theirs = f"{open_servers.enter_context(_served(folder / 'plain'))}/{address}/"
        definition = own / "framework.yaml"
        plainly = _saving(markdown, f"# {title}\n", theirs)
        # A title stands beside every page, a sentence on a few: each takes its own turns.
        for edited, part in (("sentence", sentence), ("title", f"    title: {title}\n")):
            edit = _saving(definition, part, ours)
            samples = in_turn(ROUNDS, {"own": edit, "plain": plainly})
            yield from _findings(edited, samples["own"], samples["plain"])


def _findings(edited: str, own: Sample, plainly: Sample) -> Iterator[Finding]:
    yield Finding(
        f"From saving a {edited} to the fresh page, over plain, {PRACTICES} practices",
        own.over(plainly),
        LIMIT,
        f"{own.median:.2f} s, {plainly.median:.2f} s; noise {own.spread}, {plainly.spread}",
    )
    yield Finding("The same, in seconds", own.median, 1.0)


def _saving(file: Path, text: str, address: str) -> Callable[[], float]:
    """Return an action that adds a word to a text in a file and times until a page has it.

    The file has to have the text. Every call adds another word to the original.
    """
    original = file.read_text(encoding="utf-8")
    if text not in original:
        sys.exit(f"{file} has no {text!r}")

    def edit() -> float:
        word = f"edited{time.monotonic_ns()}"
        end = "\n" if text.endswith("\n") else ""
        changed = original.replace(text, f"{text.rstrip()} {word}{end}", 1)

        def save_and_look() -> None:
            file.write_text(changed, encoding="utf-8")
            _wait_for(address, word)

        return elapsed(save_and_look)

    return edit


def _wait_for(address: str, word: str) -> None:
    """Ask for a page until it has a word; while it is built anew, the server's answer waits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
                if word in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.01)
    sys.exit(f"{address} did not show an edit within {PATIENCE} seconds")


@contextmanager
def _served(project: Path) -> Iterator[str]:
    """Serve a preview as `make serve` does while the block runs; yield its address."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        host = f"127.0.0.1:{free.server_port}"
    command = [str(MKDOCS), "serve", "--quiet", "--livereload", "--no-strict", "-a", host]
    server = subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://{host}/", "<html")
        yield f"http://{host}"
    finally:
        server.terminate()
        server.wait()
