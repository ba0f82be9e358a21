"""What is written together appears together, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from maturity.definition.atomic import replacing
from maturity.definition.problems import FrameworkError


def write(*places: Path) -> None:
    """Write a line into each place, a folder where its name says so."""
    with replacing(*places, hint="make room") as drafts:
        for draft in drafts:
            if draft.name == "folder":
                (draft / "below").mkdir(parents=True)
            file = draft / "below" / "file" if draft.name == "folder" else draft
            file.write_text("new\n", encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_and_folders_are_made_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old\n", encoding="utf-8")
    (tmp_path / "old").chmod(0o640)
    (tmp_path / "link").symlink_to("old")
    (tmp_path / "folder").mkdir()
    write(tmp_path / "a" / "b" / "file", tmp_path / "folder", tmp_path / "link")
    assert names(tmp_path) == [
        "a", "a/b", "a/b/file", "folder", "folder/below", "folder/below/file", "link", "old",
    ]  # fmt: skip
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "old").read_text(encoding="utf-8") == "new\n"
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("full", "something under this name that is no file"),
        ("full/folder", "something in this folder already"),
        ("pipe", "something under this name that is no file"),
        ("circle", "Too many levels of symbolic links"),
        ("file/below", "something under this name that is no folder"),
        ("pipe/below", "something under this name that is no folder"),
        ("circle/below", "something under this name that is no folder"),
        ("long" * 100, "File name too long"),
        (f"new/{'long' * 100}", "File name too long"),
        (f"{'long' * 100}/file", "File name too long"),
    ],
    ids=lambda text: text[:20],
)
def test_where_one_cannot_be_written_nothing_is(tmp_path: Path, place: str, message: str) -> None:
    (tmp_path / "file").write_text("old\n", encoding="utf-8")
    (tmp_path / "full" / "folder").mkdir(parents=True)
    (tmp_path / "full" / "folder" / "entry").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    before = names(tmp_path)
    with pytest.raises(FrameworkError) as caught:
        write(tmp_path / "file", tmp_path / "other" / "new", tmp_path / place)
    report = caught.value.report(tmp_path)
    assert message in report
    assert "make room" in report
    assert ".maturity-" not in report
    assert names(tmp_path) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old\n"


def test_what_fails_while_the_drafts_are_written_leaves_nothing(tmp_path: Path) -> None:
    def stop_half_way() -> None:
        with replacing(tmp_path / "new" / "file", hint="") as (draft,):
            draft.touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder like /proc")
def test_a_folder_that_takes_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError) as caught:
        write(tmp_path / "file", Path("/proc/file"))
    assert caught.value.report(tmp_path).startswith("/proc:1:1: this cannot be written: ")
    assert names(tmp_path) == []
