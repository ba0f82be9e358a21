"""What `maturity check` asks about: files of upstream's that were edited, ids, levels alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from maturity.definition import check
from maturity.site import remarks
from maturity.site.edited_files import edited_lines
from projects import ROOT
from repositories import commit, git

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
OURS = "{level: first-oven, dimension: shop, title: Ours, criteria: {a: It is there.}}"


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork that has merged a commit of upstream's, with a page of its own and one edit."""
    for name in ("content/data.md", "Makefile", "content/workshop.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Upstream's.\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    (tmp_path / "content" / "own").mkdir()
    (tmp_path / "content" / "own" / "a.md").write_text("Ours.\n", encoding="utf-8")
    (tmp_path / "content" / "data.md").write_text("Ours.\n", encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def test_check_names_upstreams_files_that_a_fork_has_edited(fork: Path) -> None:
    git(fork, "update-ref", "refs/remotes/upstream/main", "HEAD~1")
    (line,) = edited_lines(fork)
    assert line.startswith("content/data.md is upstream's and edited here")
    assert "content/instead/" in line
    (fork / "Makefile").unlink()  # what is not committed counts too
    assert [line.split()[0] for line in edited_lines(fork)] == [
        "Makefile",
        "content/data.md",
    ]


def test_where_git_cannot_tell_nothing_is_said(fork: Path) -> None:
    assert [*edited_lines(fork)] == []
    git(fork, "update-ref", "refs/remotes/upstream/main", "HEAD")
    assert [*edited_lines(fork)] == []
    (fork / ".git").rename(fork / ".git-away")
    assert [*edited_lines(fork)] == []


def asked(folder: Path, overlay: str) -> list[str]:
    (folder / "framework.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "overlay.yaml").write_text(f'based_on: "1.0.0"\n{overlay}', encoding="utf-8")
    source = check.load(folder / "framework.yaml", folder / "overlay.yaml").source
    return [problem.text(folder) for problem in remarks.new_entries_nearly_upstreams(source)]


def test_a_whole_entry_whose_id_is_nearly_one_of_upstreams_is_asked_about(tmp_path: Path) -> None:
    (question,) = asked(tmp_path, f"practices:\n  keep-recipe: {OURS}\n")
    assert question.startswith("overlay.yaml:3:3: practice keep-recipe is new, and nearly keep-rec")
    assert "did you mean keep-recipes? If it is one of your own, all is well" in question


@pytest.mark.parametrize(
    "overlay",
    [
        f"practices:\n  clean-ovens: {OURS}\n",
        f"practices:\n  keep-recipe: {OURS}\n  keep-recipes: {{title: Keep them}}\n",
        "practices:\n  keep-recipes: {title: Keep them}\n",
    ],
    ids=["another", "both", "upstreams"],
)
def test_entries_that_are_meant_as_they_are_raise_no_question(overlay: str, tmp_path: Path) -> None:
    assert asked(tmp_path, overlay) == []


def released(folder: Path, own_id: str, *names: str) -> list[str]:
    """Return what is remarked about the id of a fork with these files in `releases/`."""
    (folder / "framework.yaml").write_text(SMALL, encoding="utf-8")
    overlay = f'based_on: "1.0.0"\nframework: {{id: {own_id}, version: "0.1.0"}}\n'
    (folder / "overlay.yaml").write_text(overlay, encoding="utf-8")
    for name in names:
        (folder / "releases" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "releases" / name).write_text("", encoding="utf-8")
    source = check.load(folder / "framework.yaml", folder / "overlay.yaml").source
    found = remarks.id_without_releases(source, folder / "releases")
    return [problem.text(folder) for problem in found]


def test_a_new_id_leaves_the_releases_under_the_old_one_behind(tmp_path: Path) -> None:
    names = [f"acme-bread/0.{number}.0.yaml" for number in (10, 9, 1)]
    (remark,) = released(tmp_path, "acme", *names, "bakery/1.0.0.yaml")
    assert remark.startswith(
        "overlay.yaml:2:17: releases/acme-bread/ has 0.1.0 to 0.10.0; with the"
    )
    assert "id acme a new history begins, and readers' answers are set aside" in remark
    assert "write id: acme-bread to go on with it" in remark


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["bakery/1.0.0.yaml", "ml-maturity/1.0.0.yaml"],
        ["acme-bread/0.1.0.yaml", "acme/0.1.0.yaml"],
        ["acme-bread/notes.yaml"],
    ],
    ids=["nothing", "upstreams", "its own too", "no release"],
)
def test_an_id_of_a_forks_own_raises_no_question(names: list[str], tmp_path: Path) -> None:
    assert released(tmp_path, "acme", *names) == []


def unclear(folder: Path, style: str) -> list[str]:
    (folder / "own").mkdir()
    (folder / "own" / "brand.css").write_text(f":root {{\n{style}\n}}\n", encoding="utf-8")
    ours = ROOT / "content" / "assets" / "brand.css"
    files = (ours, folder / "own" / "brand.css")
    return [p.text(folder) for p in remarks.unclear_levels(files, ["one", "two", "three"])]


def test_levels_too_alike_in_gray_are_said_at_the_end_of_their_ramp(tmp_path: Path) -> None:
    ends = "  --mp-ramp-from: oklch(70% 0.1 142);\n  --mp-ramp-to: oklch(65% 0.1 29);"
    (remark,) = unclear(tmp_path, ends)
    assert remark.startswith("own/brand.css:3:3: levels beside each other differ by 2.5%")
    assert "at least 10% apart" in remark


def test_text_that_cannot_be_read_on_a_level_is_said_with_the_level(tmp_path: Path) -> None:
    (remark,) = unclear(tmp_path, "  --mp-ramp-to: oklch(58% 0.25 180);")
    assert remark.startswith(
        "own/brand.css:2:3: text on the color of level three has a contrast of"
    )


@pytest.mark.parametrize("style", ["  --mp-brand: red;", "  --mp-ramp-to: oklch(36% 0.1 230);"])
def test_levels_that_can_be_told_apart_and_read_need_no_remark(style: str, tmp_path: Path) -> None:
    assert unclear(tmp_path, style) == []
