"""The commands and files of the guide "Make it yours", and running them as a person does."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from projects import ENVIRONMENT, ROOT
from repositories import git

GUIDE = (ROOT / "content" / "customize.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r'^```(?:\{ \.)?(?P<language>\w+)(?: data-file="(?P<file>[^"]+)" \})?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
#: The line of the guide's overlays that names the version of ours.
BASED_ON = re.findall(r'^based_on: ".+"$', GUIDE, re.MULTILINE)[0]
#: What serves until it is stopped, and the port that it serves on.
SERVES = re.compile(r"make serve|http\.server")
#: Seconds that a server may take until it answers.
PATIENCE = 90


def blocks(language: str) -> list[str]:
    """The guide's blocks in a language that are no files."""
    return [b["text"] for b in BLOCK.finditer(GUIDE) if b["language"] == language and not b["file"]]


def steps() -> Iterator[tuple[str, str]]:
    """Files to write and lines to run: file (or nothing), text."""
    for block in BLOCK.finditer(GUIDE):
        if block["file"]:
            yield block["file"], block["text"]
        elif block["language"] == "sh":
            yield from (("", line) for line in block["text"].splitlines())


def lines_of(part: str) -> list[str]:
    """The lines of the first block of commands below the heading with an id, or a text."""
    block = next(b for b in BLOCK.finditer(GUIDE, GUIDE.index(part)) if b["language"] == "sh")
    return block["text"].splitlines()


def run(line: str, folder: Path) -> None:
    result = attempt(line, folder)
    assert result.returncode == 0, f"{line}\n{result.stdout}{result.stderr}"


def attempt(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line that may fail."""
    return subprocess.run(
        ["sh", "-ec", line],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def home_of(line: str, folder: Path, port: int) -> str:
    """The home page that a command serves, which is stopped then."""
    line = f"{line} ADDRESS=127.0.0.1:{port}" if "make" in line else line.replace("8080", str(port))
    with subprocess.Popen(
        ["sh", "-ec", f"exec {line}"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return answer(f"http://127.0.0.1:{port}/", process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def answer(address: str, process: subprocess.Popen[bytes]) -> str:
    """The page at an address, as soon as the process serves it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address) as response:  # noqa: S310 - of this machine
                return str(response.read().decode())
        except URLError:
            assert process.poll() is None, f"{process.args!r} has ended"
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)


def sign(folder: Path) -> None:
    """Let git know who commits in a clone."""
    git(folder, "config", "user.name", "Tester")
    git(folder, "config", "user.email", "tester@example.org")
