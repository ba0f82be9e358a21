"""Has PDFs and pictures made in processes beside this one, while it goes on with the pages.

They begin with the build: until there is something to make, they have loaded WeasyPrint, which
this process never does where they work.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO, NamedTuple

from .cache import Cache

MISSING = (
    "No PDFs this time: they need Pango (Debian, Ubuntu: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 fonts-liberation; macOS: brew install pango)"
)
#: More than these would wait for each other's last sheet.
_MOST = 8
#: What such a process runs; it is the engine of this one, wherever another is installed.
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from maturity.outputs.worker import serve; "
    "serve([*map(int, sys.argv[2:])])"
)


class Job(NamedTuple):
    """Something to make out of HTML: a `sheet`, or the pictures that a link shows: `share`.

    Of kind `around` it is a sum of all else that these depend on.
    """

    kind: str
    html: str


class _Worker(NamedTuple):
    """A process that takes jobs and hands out files, or the one that it is forked from."""

    jobs: BinaryIO
    files: BinaryIO
    process: subprocess.Popen[bytes] | None


#: Those that have begun and have nothing to do yet.
_waiting: list[_Worker] = []


def start() -> None:
    """Begin as many processes as there are processors, if none waits for something to do."""
    if _waiting:
        return
    pipes = [(*os.pipe(), *os.pipe()) for _ in range(min(os.cpu_count() or 1, _MOST))]
    # What is loaded cannot be forked everywhere: elsewhere each process loads it for itself.
    for group in [pipes] if sys.platform == "linux" else [[pipe] for pipe in pipes]:
        theirs = [end for reads, _, _, writes in group for end in (reads, writes)]
        process = _begin_process(theirs)
        for end in theirs:
            os.close(end)
        for _, jobs, files, _ in group:
            _waiting.append(_Worker(os.fdopen(jobs, "wb"), os.fdopen(files, "rb"), process))


def _begin_process(pipes: Sequence[int]) -> subprocess.Popen[bytes] | None:
    """Begin a process with open pipes, as `serve` takes them; return None where that fails."""
    engine = str(Path(__file__).parents[2])
    command = [sys.executable, "-P", "-c", _PROGRAM, engine, *map(str, pipes)]
    with contextlib.suppress(OSError):
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=pipes)  # noqa: S603  # ours
    return None


def works() -> bool:
    """Tell whether WeasyPrint finds what it needs on this system."""
    return bool(_what_all_depend_on())


@functools.cache
def _what_all_depend_on() -> bytes:
    """Return a sum of what changes a file beside its HTML; nothing where none can be made."""
    start()
    job = Job("around", "")
    with contextlib.suppress(OSError):
        return _answer_of(_waiting[0], job) or _make_here(job)
    return b""


def make_all(jobs: Sequence[Job], folder: Path | None = None) -> list[Callable[[], bytes]]:
    """Begin to make files, in as many processes as there are processors.

    Returns functions that return the files, in the order of their jobs: they wait where one is
    not ready. What an earlier build has made out of the same HTML, fonts and libraries is taken
    from `folder`; None keeps nothing. Needs what `works` looks for.
    """
    around = _what_all_depend_on()
    caches = {job.kind: Cache(folder, job.kind) for job in jobs}
    kept = {job: caches[job.kind].read(around, job.html.encode()) for job in jobs}
    begun = _begin([job for job, file in kept.items() if file is None])
    for kind in {job.kind for job in begun}:
        caches[kind].prune()

    def take(job: Job) -> bytes:
        if (file := kept[job]) is None:
            # What went wrong there, goes wrong here as well, and is said.
            file = kept[job] = begun[job].result() or _make_here(job)
            caches[job.kind].write(file, around, job.html.encode())
        return file

    return [functools.partial(take, job) for job in jobs]


def _make_here(job: Job) -> bytes:
    from . import worker  # loads much that this process does not need otherwise

    return worker.MAKE[job.kind](job.html)


def _begin(jobs: Sequence[Job]) -> dict[Job, Future[bytes]]:
    """Share the jobs out to the processes, the longest first; return what becomes of each.

    Pictures come before, as pages wait for them. What becomes of a job is empty where a process
    fails. Nobody waits for the threads: they end with this process.
    """
    start()
    waiting = SimpleQueue[Job]()
    begun: dict[Job, Future[bytes]] = {job: Future() for job in jobs}
    for job in sorted(jobs, key=lambda job: (job.kind == "share", len(job.html)), reverse=True):
        waiting.put(job)
    for worker in _waiting:
        threading.Thread(target=_employ, args=(worker, waiting, begun), daemon=True).start()
    _waiting.clear()
    return begun


def _employ(worker: _Worker, waiting: SimpleQueue[Job], begun: Mapping[Job, Future[bytes]]) -> None:
    """Have a process make files until no job waits; it ends then, or whenever this one does."""
    with contextlib.suppress(Empty):
        while True:
            job = waiting.get_nowait()
            begun[job].set_result(_answer_of(worker, job))
    for pipe in (worker.jobs, worker.files):
        with contextlib.suppress(OSError):  # it has ended in the middle of a job
            pipe.close()
    if worker.process:
        worker.process.wait()


def _answer_of(worker: _Worker, job: Job) -> bytes:
    """Return the file that a process makes; nothing if it has ended."""
    with contextlib.suppress(OSError):
        worker.jobs.write(json.dumps(job).encode() + b"\n")
        worker.jobs.flush()
        line = worker.files.readline()
        return base64.b64decode(line) if line.endswith(b"\n") else b""
    return b""
