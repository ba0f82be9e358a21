"""PDFs and pictures are made once, and side by side, which must not show."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from maturity.outputs import beside, pdf, worker
from maturity.outputs.cache import Cache

SHEETS = [f"<title>{number}</title><p>{'word ' * number}" for number in range(8, 0, -1)]


def files(sheets: list[str], folder: Path | None = None) -> list[bytes]:
    jobs = [beside.Job("sheet", html) for html in sheets]
    return [take() for take in beside.make_all(jobs, folder)]


@pytest.fixture(autouse=True)
def nothing_begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process waits for something to do, and nothing is known of fonts and libraries."""
    monkeypatch.setattr(beside, "_waiting", [])
    beside._what_all_depend_on.cache_clear()
    yield
    beside._what_all_depend_on.cache_clear()


@pytest.fixture(scope="module")
def one_by_one() -> list[bytes]:
    """The sheets as this process makes them."""
    return [pdf.make(html) for html in SHEETS]


def test_sheets_that_are_made_side_by_side_are_those_made_one_by_one(
    one_by_one: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(worker, "MAKE", {})  # what is made then, is made elsewhere
    assert files(SHEETS) == one_by_one


def test_sheets_are_made_here_where_no_other_process_can(
    one_by_one: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr("sys.executable", "/no/such/program")
    assert files(SHEETS) == one_by_one


def test_a_process_that_stumbles_leaves_its_file_to_be_made_here(
    one_by_one: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(worker.MAKE, "known here alone", lambda html: html.encode())
    jobs = [beside.Job("known here alone", "words"), beside.Job("sheet", SHEETS[0])]
    assert [take() for take in beside.make_all(jobs)] == [b"words", one_by_one[0]]


def test_processes_end_with_the_one_that_began_them_also_where_it_is_killed() -> None:
    """They print to the same place: it ends when nobody is left who could."""
    code = (
        "from maturity.outputs import beside; beside.start(); print('begun', flush=True); input()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.kill()
        assert select.select([process.stdout], [], [], 60)[0], "some go on"
        assert process.stdout.read() == b""


def test_what_has_not_changed_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files(SHEETS[:2], tmp_path)
    monkeypatch.setattr("sys.executable", "/no/such/program")
    monkeypatch.setitem(worker.MAKE, "sheet", lambda html: f"new {html}".encode())
    again = files([SHEETS[1], "sheet", SHEETS[0]], tmp_path)
    assert again == [first[1], b"new sheet", first[0]]


def test_another_font_or_library_makes_all_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/program")
    monkeypatch.setitem(worker.MAKE, "sheet", lambda _: b"old")
    files(SHEETS[:2], tmp_path)
    monkeypatch.setitem(worker.MAKE, "sheet", lambda _: b"new")
    monkeypatch.setattr("weasyprint.VERSION", "99")
    beside._what_all_depend_on.cache_clear()
    assert files(SHEETS[:2], tmp_path) == [b"new", b"new"]


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
