"""Files that an author writes: those that are none become problems, never tracebacks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from maturity.definition.files import is_there
from maturity.definition.model import Terms
from maturity.definition.problems import FrameworkError
from maturity.framework import catalog
from maturity.site import authored, generate, settings
from maturity.site.files import hand_written_files, site_files
from projects import ROOT

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
#: Each kind of file that an author writes, below the folder of the definition.
AUTHORED = (
    "framework.yaml",
    "overlay.yaml",
    "words.yaml",
    "releases/bakery/1.0.0.yaml",
    "snippets/practices.before.md",
    "content/assets/brand.css",
    "content/own/fonts.css",
    "content/own/story.md",
)
#: One that is published as it is, and never read as text.
PICTURE = "content/own/oven.jpg"


def link_to_nowhere(file: Path) -> None:
    file.symlink_to("not-there")


def link_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def endless_device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def not_utf_8(file: Path) -> None:
    file.write_bytes("Öfen: größte".encode("latin-1"))


#: What may lie there instead, and what is said of it.
FAULTS: dict[Callable[[Path], None], str] = {
    link_to_nowhere: "the file cannot be read: it is a link that leads nowhere",
    link_to_itself: "the file cannot be read: Too many levels of symbolic links",
    endless_device: "this is a device, not a file",
    os.mkfifo: "this is a pipe, not a file",
    Path.mkdir: "this is a folder, not a file",
    not_utf_8: "the file is not UTF-8",
}
CASES = [
    pytest.param(name, fault, id=f"{name}-{fault.__name__}")
    for name in (*AUTHORED, PICTURE)
    for fault in FAULTS
    if not (fault is Path.mkdir and "/" in name)  # a folder among them is none of these files
    and not (fault is not_utf_8 and name == PICTURE)
]


def build(root: Path) -> dict[str, Path]:
    """Do what `maturity pages` does, less writing files; return the hand-written ones."""
    written = hand_written_files(root / "content")
    chosen = settings.Settings(root / "framework.yaml", ROOT / "overrides", root / "content")
    site_files(generate.generate(chosen, written), written)
    return written


def problems_of(root: Path) -> FrameworkError:
    with pytest.raises(FrameworkError) as caught:
        build(root)
    return caught.value


@pytest.mark.parametrize(("name", "fault"), CASES)
def test_a_file_that_is_none_is_a_problem_at_its_place(
    name: str, fault: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    fault(file)
    report = problems_of(tmp_path).report(tmp_path)
    assert report.startswith(f"{name}:1:1: {FAULTS[fault]}")
    assert report.endswith(f"1 problem in {name}")


def test_a_file_that_may_not_be_read_is_a_problem_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    picture = tmp_path / PICTURE
    picture.parent.mkdir(parents=True)
    picture.touch()
    # Who administers a machine may read whatever has no rights.
    monkeypatch.setattr(os, "access", lambda file, _: Path(file) != picture)
    report = problems_of(tmp_path).report(tmp_path)
    assert report.startswith(f"{PICTURE}:1:1: the file cannot be read: Permission denied")


@pytest.mark.parametrize("target", ["..", ".", "../../content", "../other"])
def test_folders_without_end_are_a_problem(target: str, tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    for folder in ("own", "other"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "content" / "own" / "link").symlink_to(target)
    if target == "../other":  # two that lead to each other
        (tmp_path / "content" / "other" / "link").symlink_to("../own")
    report = problems_of(tmp_path).report(tmp_path)
    assert "this is a link to a folder that it lies in" in report


def test_a_folder_elsewhere_that_a_link_leads_to_is_read(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    (tmp_path / "shared" / "deep" / "oven.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "content" / "own").symlink_to("../shared")
    assert build(tmp_path).keys() == {"own/deep/oven.jpg"}


def test_the_hint_for_own_words_is_about_these(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "words.yaml").mkdir()
    report = problems_of(tmp_path).report(tmp_path)
    assert "or delete it if all words are to be those of the catalog" in report


def test_lock_files_of_editors_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    for name in (*AUTHORED, PICTURE):
        lock = (tmp_path / name).with_name(f".#{Path(name).name}")
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.symlink_to("somebody@somewhere.4711")
    assert build(tmp_path) == {}


#: YAML whose values make Python raise all kinds of errors.
VALUES = {
    "a day that is none": "date: 2026-02-30",
    "an hour that is none": "date: 2026-02-03 25:00:00",
    "neither true nor false": "x: !!bool maybe",
    "no number": "x: !!float much",
    "no bytes": 'x: !!binary "@@"',
    "a number of 5000 digits": f"x: {'1' * 5000}",
    "brackets without end": "[" * 5000,
    "a key that is a list": "? [x]\n: y",
    "aliases of aliases": "a: &a0 [x, x]\n"
    + "".join(f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9)),
    "merges of merges": "a: &a0 {x: 1}\n"
    + "".join(f"b{n}: &a{n + 1} {{<<: [{', '.join([f'*a{n}'] * 9)}]}}\n" for n in range(9)),
    "a list that holds itself": "x: &x [*x]",
}


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_a_snapshot_with_a_value_that_is_none_is_a_problem(text: str, tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    file = tmp_path / "releases" / "bakery" / "1.0.0.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert problems_of(tmp_path).report(tmp_path).startswith("releases/bakery/1.0.0.yaml:1:")


@pytest.mark.parametrize("text", [text for text in VALUES.values() if "binary" not in text])
def test_front_matter_with_a_value_that_is_none_is_a_problem(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.md"
    file.write_text(f"---\n{text}\n---\n{{{{ framework.framework.title }}}}\n", encoding="utf-8")
    chosen = settings.Settings(ROOT / "tests" / "small.yaml", ROOT / "overrides", tmp_path)
    with pytest.raises(FrameworkError) as caught:
        authored.render(generate.generate(chosen), {"own.md": file})
    assert caught.value.report(tmp_path).startswith("own.md:")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("releases", "releases:1:1: this is a file, not a folder"),
        ("releases/bakery", "releases/bakery:1:1: the folder cannot be read: Not a directory"),
        ("snippets", "snippets:1:1: the folder cannot be read: Not a directory"),
    ],
)
def test_a_file_in_the_place_of_a_folder_is_a_problem(
    folder: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    place = tmp_path / folder
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("", encoding="utf-8")
    assert problems_of(tmp_path).report(tmp_path).startswith(said)


def test_what_may_not_be_looked_at_is_there(tmp_path: Path) -> None:
    assert not is_there(tmp_path / "nothing")
    assert not is_there(tmp_path / "nothing" / "at" / "all")
    link_to_itself(tmp_path / "loop")
    assert is_there(tmp_path / "loop")
    assert is_there(tmp_path / "loop" / "overlay.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("All {practices: of ours}", "{practices: of ours} is no placeholder"),
        ("{n:d}", "{n:d} is no placeholder"),
        ("{n!z}", "{n!z} is no placeholder"),
        ("{n.real}", "{n.real} is no placeholder"),
        ("{n[0]}", "{n[0]} is no placeholder"),
        ("{}", "{} is no placeholder"),
        ("{0}", "{0} is no placeholder"),
        ("100 {", "a brace stands alone"),
    ],
)
def test_braces_that_hold_no_name_are_reported_where_they_stand(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    words = f'count:\n  practices:\n    one: "{text}"\n    other: "{{n}} ways"\n'
    (tmp_path / "words.yaml").write_text(words, encoding="utf-8")
    report = problems_of(tmp_path).report(tmp_path)
    assert report.startswith(f"words.yaml:3:10: count.practices.one: {said}")


def test_a_missing_catalog_says_where_catalogs_lie(
    tmp_path: Path,
) -> None:
    with pytest.raises(FrameworkError) as caught:
        catalog.load(tmp_path, "en", Terms())
    assert caught.value.report(tmp_path).startswith(
        "en.yaml:1:1: the file cannot be read: No such file or directory\n"
        "  catalogs of words lie in overrides/words/"
    )
