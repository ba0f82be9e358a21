"""Have PDFs and share pictures made in processes of their own, while the build makes the pages.

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
from concurrent.futures import Future, InvalidStateError
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO, NamedTuple

from .cache import Cache

MISSING = (
    "No PDFs this time: they need Pango (Debian, Ubuntu: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 fonts-liberation; macOS: brew install pango) "
    "and WeasyPrint (pip install weasyprint)"
)
#: More than these would wait for each other's last sheet.
_MOST = 8
#: What such a process runs; it is the engine of this one, wherever another is installed.
_PROGRAM = """
import contextlib, sys
sys.path.insert(0, sys.argv[1])
with contextlib.suppress(ImportError, OSError):  # whoever asks says what is missing
    from maturity.outputs.render_worker import serve
    serve([*map(int, sys.argv[2:])])
"""


class Job(NamedTuple):
    """Something to make out of HTML: a `sheet`, or the pictures that a link shows: `share`.

    Of kind `dependencies`, without HTML, it is a digest of all else that these depend on.
    """

    kind: str
    html: str


class _Worker(NamedTuple):
    """A process that takes jobs and hands out files, by the process that it is forked from."""

    jobs: BinaryIO
    files: BinaryIO
    process: subprocess.Popen[bytes]


#: Those that have begun and have nothing to do yet.
_ready: list[_Worker] = []
#: What `_digest_dependencies` has come to, once it is known.
_digests: list[bytes] = []


def start() -> None:
    """Begin as many processes as there are processors, if none waits for something to do.

    Begins none where it is known that they cannot make anything, or where the system refuses.
    """
    if _ready or _digests == [b""]:
        return
    count = min(_count_processors(), _MOST)
    # What is loaded cannot be forked everywhere: elsewhere each process loads it for itself.
    for size in [count] if sys.platform == "linux" else [1] * count:
        with contextlib.suppress(OSError):
            _ready.extend(_begin_process(size))


def _count_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _begin_process(size: int) -> list[_Worker]:
    """Begin a process that becomes `size` workers; raises OSError, and leaves nothing open."""
    engine, ends, pipes = str(Path(__file__).parents[2]), [], []
    with ExitStack() as theirs, ExitStack() as ours:
        for _ in range(size):
            their_jobs, jobs = _open_pipe(theirs, ours)
            files, their_files = _open_pipe(ours, theirs)
            pipes.append((jobs, files))
            ends += [their_jobs.fileno(), their_files.fileno()]
        # Ctrl-C is for this process: in a group of its own, the other ends when this one does.
        process = subprocess.Popen(  # noqa: S603  # ours
            [sys.executable, "-P", "-c", _PROGRAM, engine, *map(str, ends)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=ends,
            process_group=0,
        )
        ours.pop_all()
    return [_Worker(jobs, files, process) for jobs, files in pipes]


def _open_pipe(reader: ExitStack, writer: ExitStack) -> tuple[BinaryIO, BinaryIO]:
    """Open a pipe; each of its ends is closed by the stack of whoever has it."""
    end, other = os.pipe()
    return reader.enter_context(os.fdopen(end, "rb")), writer.enter_context(os.fdopen(other, "wb"))


def works() -> bool:
    """Tell whether WeasyPrint finds what it needs on this system."""
    return bool(_digest_dependencies())


def _digest_dependencies() -> bytes:
    """Return a digest of what changes a file beside its HTML; nothing where none can be made."""
    if not _digests:
        start()
        job, digest = Job("dependencies", ""), b""
        with contextlib.suppress(ImportError, OSError):
            digest = next(filter(None, (_ask(worker, job) for worker in _ready)), None) or _make(
                job
            )
        if not digest:
            _dismiss(_ready)
        _digests.append(digest)
    return _digests[0]


def make_all(jobs: Sequence[Job], folder: Path | None = None) -> list[Callable[[], bytes]]:
    """Begin to make files, in as many processes as there are processors.

    Returns functions that return the files, in the order of their jobs: they wait where one is
    not ready. What an earlier build has made out of the same HTML, fonts and libraries is taken
    from `folder`; None keeps nothing. Needs what `works` looks for.
    """
    digest = _digest_dependencies()
    caches = {job.kind: Cache(folder, job.kind) for job in jobs}
    kept = {job: caches[job.kind].read(digest, job.html.encode()) for job in jobs}
    begun = _begin([job for job, file in kept.items() if file is None])
    for kind in {job.kind for job in begun}:
        caches[kind].prune()

    def take(job: Job) -> bytes:
        if (file := kept[job]) is None:
            # What went wrong there, goes wrong here as well, and is said.
            file = kept[job] = begun[job].result() or _make(job)
            caches[job.kind].write(file, digest, job.html.encode())
        return file

    return [functools.partial(take, job) for job in jobs]


def _make(job: Job) -> bytes:
    """Return the file of a job, made in this process."""
    from . import render_worker  # loads much that this process does not need otherwise

    return render_worker.MAKE[job.kind](job.html)


def _begin(jobs: Sequence[Job]) -> dict[Job, Future[bytes]]:
    """Share the jobs out to the processes, the longest first; return what becomes of each.

    Pictures come before, as pages wait for them. What becomes of a job is empty where a process
    fails. Nobody waits for the threads: they end with this process.
    """
    start()
    queue = SimpleQueue[Job]()
    begun: dict[Job, Future[bytes]] = {job: Future() for job in jobs}
    for job in sorted(jobs, key=lambda job: (job.kind == "share", len(job.html)), reverse=True):
        queue.put(job)
    busy = [*_ready]
    _ready.clear()
    if not busy:
        _give_up(begun)
    for worker in [*busy]:
        threading.Thread(target=_employ, args=(worker, busy, queue, begun), daemon=True).start()
    return begun


def _employ(
    worker: _Worker,
    busy: list[_Worker],
    queue: SimpleQueue[Job],
    begun: Mapping[Job, Future[bytes]],
) -> None:
    """Have a worker make files until no job waits, or until it has ended; take it from the `busy`.

    A job during which it ends is not for another one, which might end of it, too.
    """
    try:
        file: bytes | None = b""
        while file is not None:
            job = queue.get_nowait()
            file = _ask(worker, job)
            begun[job].set_result(file or b"")
    except Empty:
        pass
    finally:
        busy.remove(worker)
        if not busy:
            _give_up(begun)
        _dismiss([worker])


def _give_up(begun: Mapping[Job, Future[bytes]]) -> None:
    """Leave to this process what no worker has made: nobody waits for it forever."""
    for future in begun.values():
        with contextlib.suppress(InvalidStateError):  # it is made, or the last two ended at once
            future.set_result(b"")


def _ask(worker: _Worker, job: Job) -> bytes | None:
    """Return the file that a worker makes; nothing if it cannot make it, None if it has ended."""
    with contextlib.suppress(OSError):
        worker.jobs.write(json.dumps(job).encode() + b"\n")
        worker.jobs.flush()
        if (line := worker.files.readline()).endswith(b"\n"):
            return base64.b64decode(line)
    return None


def _dismiss(workers: list[_Worker]) -> None:
    """Have workers end, empty their list, and wait until their processes have ended."""
    for worker in workers:
        worker.files.close()
        with contextlib.suppress(OSError):  # it has ended in the middle of a job
            worker.jobs.close()
    while workers:
        workers.pop().process.wait()
