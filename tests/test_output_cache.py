"""PDFs and pictures are made once, and side by side, which must not show."""

from __future__ import annotations

import errno
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from subprocess import PIPE

import pytest
from maturity.outputs import page_images, pdf, render_pool, render_worker
from maturity.outputs.cache import Cache
from projects import ROOT

SHEETS = [f"<title>{number}</title><p>{'word ' * number}" for number in range(8, 0, -1)]


def files(sheets: list[str], folder: Path | None = None) -> list[bytes]:
    jobs = [render_pool.Job("sheet", html) for html in sheets]
    return [take() for take in render_pool.make_all(jobs, folder)]


def use_processors(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: count)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(count), raising=False)


@pytest.fixture(autouse=True)
def nothing_begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process waits for something to do, and nothing is known of fonts and libraries."""
    monkeypatch.setattr(render_pool, "_ready", [])
    monkeypatch.setattr(render_pool, "_digests", [])
    before = {*threading.enumerate()}
    yield
    render_pool._dismiss(render_pool._ready)
    # What goes wrong in a thread is said where it ends, which must not be in a later test.
    for thread in {*threading.enumerate()} - before:
        thread.join(timeout=60)


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets that this process makes, where another one might have."""
    sheets: list[str] = []

    def make(html: str) -> bytes:
        sheets.append(html)
        return pdf.make(html)

    monkeypatch.setitem(render_worker.MAKE, "sheet", make)
    return sheets


@pytest.fixture(scope="module")
def one_by_one() -> list[bytes]:
    """The sheets as this process makes them."""
    return [pdf.make(html) for html in SHEETS]


def test_sheets_that_are_made_side_by_side_are_those_made_one_by_one(
    one_by_one: list[bytes], made_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_processors(monkeypatch, 2)
    assert files(SHEETS) == one_by_one
    assert not made_here


def test_sheets_are_made_here_where_no_other_process_can(
    one_by_one: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/program")
    assert files(SHEETS) == one_by_one


def test_no_process_begins_where_the_system_opens_no_more_files_and_none_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []

    def open_one_pipe() -> tuple[int, int]:
        if opened:
            raise OSError(errno.EMFILE, "Too many open files")
        opened.extend(ends := pipe())
        return ends

    pipe = os.pipe
    monkeypatch.setattr(os, "pipe", open_one_pipe)
    use_processors(monkeypatch, 2)
    render_pool.start()
    assert not render_pool._ready
    for end in opened:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux says so")
def test_as_many_processes_begin_as_there_are_processors_for_this_one() -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        render_pool.start()
    finally:
        os.sched_setaffinity(0, allowed)
    assert len(render_pool._ready) == 1


def test_a_process_that_cannot_make_a_file_leaves_it_to_this_one_and_makes_the_others(
    one_by_one: list[bytes],
    made_here: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    use_processors(monkeypatch, 1)
    monkeypatch.setitem(render_worker.MAKE, "known here alone", lambda html: html.encode())
    jobs = [render_pool.Job("known here alone", "words" * 99)]
    jobs += [render_pool.Job("sheet", html) for html in SHEETS]
    assert [take() for take in render_pool.make_all(jobs)] == [b"words" * 99, *one_by_one]
    assert not made_here
    assert capfd.readouterr().err == ""


def test_a_process_that_is_killed_leaves_one_file_to_this_one_and_the_rest_to_the_others(
    one_by_one: list[bytes], made_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_processors(monkeypatch, 2)
    assert render_pool.works()
    process = render_pool._ready[0].process
    process.kill()
    process.wait()
    assert files(SHEETS) == one_by_one
    assert len(made_here) < 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_file_whose_process_is_lost(
    one_by_one: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_processors(monkeypatch, 1)
    assert render_pool.works()
    monkeypatch.delattr("base64.b64decode")
    assert files(SHEETS[-2:]) == one_by_one[-2:]


@pytest.mark.parametrize("error", [OSError, ImportError])
def test_processes_that_find_no_library_are_gone_without_a_word(
    error: type[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(_: str) -> bytes:
        raise error

    (tmp_path / "pydyf.py").write_text("raise ImportError" if error is ImportError else "")
    (tmp_path / "weasyprint.py").write_text("raise OSError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setitem(render_worker.MAKE, "dependencies", fail)
    use_processors(monkeypatch, 2)
    render_pool.start()
    process = render_pool._ready[0].process
    assert not render_pool.works()
    assert process.returncode is not None
    render_pool.start()
    assert not render_pool._ready
    assert capfd.readouterr().err == ""


#: Draws a picture with a font of its own, says so, and waits; sheets are made meanwhile.
_DRAWS = """
import base64, sys
from maturity.outputs import render_pool
font = base64.b64encode(open(sys.argv[1], "rb").read()).decode()
face = f"@font-face {{ font-family: own; src: url(data:font/woff2;base64,{font}) }}"
html = f"<style>{face} p {{ font-family: own }}</style><p>A"
sheets = [render_pool.Job("sheet", str(number)) for number in range(99)]
render_pool.make_all([render_pool.Job("share", html), *sheets])[0]()
print("drawn", flush=True)
input()
"""


def test_processes_end_with_the_one_that_began_them_also_where_it_is_killed(tmp_path: Path) -> None:
    """They write to the same place: it ends when nobody is left who could. No file stays."""
    font = next((ROOT / "content" / "assets" / "fonts").glob("*.woff2"))
    command = [sys.executable, "-c", _DRAWS, str(font)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"drawn\n"
        process.kill()
        assert select.select([process.stderr], [], [], 60)[0], "some go on"
        assert process.stderr.read() == b""
    assert not list(tmp_path.iterdir())


def test_an_interrupt_is_for_the_process_that_began_the_others() -> None:
    code = """
import os, signal
from maturity.outputs import render_pool, render_worker
render_pool.start()
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.killpg(0, signal.SIGINT)
render_worker.MAKE.clear()  # what is made then, is made elsewhere
render_pool.make_all([render_pool.Job("sheet", "words")])[0]()
"""
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, check=False, start_new_session=True)
    assert (result.returncode, result.stderr) == (0, b"")


def test_what_has_not_changed_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files(SHEETS[:2], tmp_path)
    monkeypatch.setattr("sys.executable", "/no/such/program")
    monkeypatch.setitem(render_worker.MAKE, "sheet", lambda html: f"new {html}".encode())
    again = files([SHEETS[1], "sheet", SHEETS[0]], tmp_path)
    assert again == [first[1], b"new sheet", first[0]]


def test_another_font_or_library_makes_all_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/program")
    monkeypatch.setitem(render_worker.MAKE, "sheet", lambda _: b"old")
    files(SHEETS[:2], tmp_path)
    monkeypatch.setitem(render_worker.MAKE, "sheet", lambda _: b"new")
    monkeypatch.setattr("importlib.metadata.version", lambda _: "99")
    render_pool._digests.clear()
    assert files(SHEETS[:2], tmp_path) == [b"new", b"new"]


def test_what_makes_a_file_changes_what_it_is_kept_under(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each library that draws, and each module of ours."""
    version = metadata.version
    digests = {"as it is": render_worker.digest_dependencies()}
    for changed in ("weasyprint", "pydyf", "fonttools", "pypdfium2", "pillow"):
        with monkeypatch.context() as patch:
            patch.setattr(metadata, "version", lambda n, c=changed: "99" if n == c else version(n))
            digests[changed] = render_worker.digest_dependencies()
    for module in (pdf, page_images):
        with monkeypatch.context() as patch:
            patch.setattr(module, "__file__", __file__)
            digests[module.__name__] = render_worker.digest_dependencies()
    assert len({*digests.values()}) == len(digests), digests


def test_what_no_build_has_asked_for_in_a_month_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "sheet")
    for part in (b"asked", b"forgotten"):
        cache.write(part, part)
    (tmp_path / "others").touch()
    for file in tmp_path.iterdir():
        os.utime(file, (time.time() - 40 * 24 * 60 * 60,) * 2)
    assert cache.read(b"asked") == b"asked"
    cache.prune()
    assert (cache.read(b"asked"), cache.read(b"forgotten")) == (b"asked", None)
    assert (tmp_path / "others").exists()


def test_of_large_files_only_the_last_stay(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "pages")
    for age in range(4):
        cache.write(b"content", bytes([age]))
        (file,) = (file for file in tmp_path.iterdir() if file.stat().st_mtime > time.time() - 500)
        os.utime(file, (time.time() - 1000 * (age + 1),) * 2)
    cache.prune(most=2)
    assert [cache.read(bytes([age])) is not None for age in range(4)] == [True, True, False, False]


@pytest.mark.parametrize("broken", [b"", b"half", bytes(64)])
def test_what_is_no_longer_whole_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    cache = Cache(tmp_path, "kind")
    cache.write(b"whole and long enough to be cut", b"part")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-4] if broken == b"half" else broken)
    assert cache.read(b"part") is None
    cache.write(b"", b"part")
    assert cache.read(b"part") == b""


def test_a_place_that_is_no_folder_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file", "sheet")
    cache.write(b"content", b"part")
    assert cache.read(b"part") is None
    cache.prune()
