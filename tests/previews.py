"""Previews that run while a test or a benchmark looks at them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError

from projects import ENVIRONMENT, ROOT, Project

#: Seconds after which a preview that says nothing is held to be stuck.
PATIENCE = 120
#: What a preview prints when what it has built can be asked for.
BUILT = "Reloading browsers"
#: What `make serve` runs, and what comes with MkDocs, each but for the address.
OURS = (sys.executable, str(ROOT / "scripts" / "serve.py"), "--address")
MKDOCS = (str(Path(sys.executable).parent / "mkdocs"), "serve", "--no-strict", "-a")


class Preview:
    """A server of a project; what it prints lies there, in `serve.log`."""

    def __init__(self, project: Project, port: int, *command: str, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        self.news = threading.Condition()
        # Where the tests run in the background, SIGINT is ignored, also by what they start.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [*command, self.url.removeprefix("http://")],
            cwd=project.root,
            env={**ENVIRONMENT, "PDF": "true", **environment},  # which a preview does not wait for
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, args=(project.root / "serve.log",))
        self.reader.start()

    def _read(self, file: Path) -> None:
        assert self.process.stdout
        with self.process.stdout as lines, file.open("w", encoding="utf-8") as log:
            for line in lines:
                log.write(line)
                log.flush()
                with self.news:
                    self.printed += line
                    self.news.notify_all()

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it has printed a text as many times."""
        with self.news:
            assert self.news.wait_for(lambda: self.printed.count(text) >= times, PATIENCE), (
                self.printed
            )

    def wait_until(self, page: str, text: str) -> None:
        """Wait for builds until a page has a text."""
        while True:
            builds = self.printed.count(BUILT)  # one that ends from here on may bring it
            with suppress(HTTPError):  # where it is not there yet
                if text in self.text(page):
                    return
            self.wait_for(BUILT, builds + 1)

    def bytes(self, page: str) -> bytes:
        """Return what it answers; while it builds, the answer waits."""
        with urllib.request.urlopen(f"{self.url}/{page}", timeout=PATIENCE) as answer:  # noqa: S310
            body: bytes = answer.read()
        return body

    def text(self, page: str) -> str:
        """Return a page, less the server's own address and the script that it puts in."""
        own = r"127\.0\.0\.1:\d+|<script>\s*var livereload.*?</script>"
        return re.sub(own, "", self.bytes(page).decode(), flags=re.DOTALL)

    def interrupt(self) -> int:
        """End it as Ctrl-C does; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def stop(self) -> None:
        """End it, and wait until it has."""
        self.process.terminate()
        self.process.wait()
        self.reader.join()


@contextmanager
def preview(
    project: Project, port: int, command: Sequence[str] = OURS, **environment: str
) -> Iterator[Preview]:
    """Run a preview of a project at a port that is free; by default what `make serve` runs."""
    server = Preview(project, port, *command, **environment)
    try:
        server.wait_for("Serving on")
        yield server
    finally:
        server.stop()


def edit(project: Project, file: str, old: str, new: str) -> None:
    """Change one place of a file at once, so that no preview sees half of it."""
    text = (project.root / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    save(project, file, text.replace(old, new, 1))


def save(project: Project, file: str, text: str) -> None:
    """Write a file at once."""
    aside = project.root.with_name("aside")
    aside.write_text(text, encoding="utf-8")
    aside.replace(project.root / file)
