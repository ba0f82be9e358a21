"""Whatever stops a build: there is the whole old site or the whole new one, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from forks import small
from maturity.definition.problems import FrameworkError
from maturity.site import draft
from maturity.site.draft import SiteDraft
from projects import ENVIRONMENT, Project, copy_project

BUILD = ("mkdocs", "build", "--strict")
#: How many builds are killed; `make fuzz` kills more.
KILLS = int(os.environ.get("KILLS", "3"))


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    """What a folder holds, by path; what is hidden among it."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }


OLD = {"index.html": "old", "a/old.html": "old", "clash": "file"}
NEW = {"index.html": "new", "b/new.html": "new", "clash/index.html": "now a folder"}


def built(target: Path) -> SiteDraft:
    site = SiteDraft(target)
    write(site.folder, NEW)
    return site


@pytest.mark.parametrize("way", ["at once", "file by file", "hidden", "link", "missing"])
def test_a_new_site_takes_the_place_of_the_old_one(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "deep" / "site"
    hidden = {".git/HEAD": "main"} if way == "hidden" else {}
    if way != "missing":
        write(target, OLD | hidden)
    if way == "file by file":  # as where the folder is a mount
        monkeypatch.setattr(draft, "_exchange", lambda *_: False)
    named = tmp_path / "named" if way == "link" else target
    if way == "link":
        named.symlink_to(target)
    site = built(named)
    assert files(target).get("index.html") == (None if way == "missing" else "old")
    site.publish()
    assert files(named) == NEW | hidden
    assert named.is_symlink() == (way == "link")
    assert [path.name for path in target.parent.iterdir()] == ["site"]
    assert not (target / "a").exists()  # nor empty folders


def test_of_two_builds_at_once_each_is_whole_and_the_last_one_stays(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write(target, OLD)
    one, other = built(target), built(target)
    write(one.folder, {"index.html": "one"})
    other.publish()
    assert files(target) == NEW
    one.publish()
    assert files(target) == NEW | {"index.html": "one"}
    assert [*tmp_path.iterdir()] == [target]


def test_a_discarded_site_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write(target, OLD)
    built(target).discard()
    assert files(tmp_path) == {f"site/{name}": text for name, text in OLD.items()}
    assert [*tmp_path.iterdir()] == [target]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("file", "there is something under this name that is no folder"),
        ("pipe", "there is something under this name that is no folder"),
        ("link to a file", "there is something under this name that is no folder"),
        ("circle", "there is something under this name that is no folder"),
        ("below a file", "File exists"),
        ("long", "File name too long"),
        pytest.param(
            "read-only", "", marks=pytest.mark.skipif(not Path("/proc/self").exists(), reason="")
        ),
    ],
)
def test_a_place_where_no_site_can_be_is_said_before_anything_is_built(
    kind: str, message: str, tmp_path: Path
) -> None:
    target, file = tmp_path / "site", tmp_path / "file"
    file.write_text("", encoding="utf-8")
    if kind == "file":
        target.touch()
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "link to a file":
        target.symlink_to(file)
    elif kind == "circle":
        target.symlink_to(target)
    elif kind == "below a file":
        target = file / "site"
    elif kind == "long":
        target = tmp_path / ("long" * 100)
    else:
        target = Path("/proc/self/site")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(FrameworkError) as caught:
        SiteDraft(target)
    report = caught.value.report(tmp_path)
    assert message in report
    assert "this cannot be written: " in report
    assert ".maturity-" not in report
    assert sorted(path.name for path in tmp_path.iterdir()) == before


# Real builds


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the least definition and a site."""
    project = small(copy_project(tmp_path_factory.mktemp("draft") / "project"))
    project.built()
    return project


def marked(project: Project) -> set[str]:
    """Mark the site as the old one; return what it holds."""
    (project.site / "old").touch()
    return names(project.site)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def left(project: Project) -> set[str]:
    """What lies hidden beside the site or in it."""
    places = [*project.root.glob(".*"), *project.site.glob(".*")]
    return {place.name for place in places} - {".cache"}


def test_a_build_killed_at_any_moment_leaves_a_whole_site(project: Project) -> None:
    old = marked(project)
    whole = old - {"old"}
    begun = time.monotonic()
    other = Project(shutil.copytree(project.root, project.root.parent / "whole"))
    other.killed(100, *BUILD)
    assert names(other.site) == whole
    length = time.monotonic() - begun
    chance = random.Random(os.environ.get("SEED", "7"))  # noqa: S311 - moments, not secrets
    for share in (0.98, *(chance.uniform(0.3, 1) for _ in range(KILLS - 1))):
        (project.site / "old").touch()
        project.killed(length * share, *BUILD)
        assert names(project.site) in (old, whole)
    project.built()
    assert names(project.site) == whole
    assert left(project) == set()


def test_two_builds_into_one_folder_both_end_well(project: Project) -> None:
    whole = marked(project) - {"old"}
    command = [str(Path(sys.executable).parent / BUILD[0]), *BUILD[1:]]
    both = [
        subprocess.Popen(
            command, cwd=project.root, env=ENVIRONMENT, stdout=-1, stderr=subprocess.STDOUT
        )
        for _ in range(2)
    ]
    printed = [one.communicate()[0].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], printed
    assert names(project.site) == whole
    assert left(project) == set()


def test_a_disk_that_takes_no_more_is_said_in_one_sentence(project: Project) -> None:
    old = marked(project)
    program = Path(sys.executable).parent / BUILD[0]
    # No file may have more than 64 KB: the system refuses it as it refuses any on a full disk.
    limited = f"ulimit -f 64; exec {program} build --strict"
    done = subprocess.run(
        ["bash", "-c", limited], cwd=project.root, env=ENVIRONMENT, capture_output=True, text=True
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 1
    assert "this cannot be written: File too large" in printed
    assert "\nsite/assets/" in printed
    assert "Traceback" not in printed
    assert names(project.site) == old
    assert left(project) == set()


def test_a_build_that_is_ended_or_refused_for_its_warnings_leaves_the_old_site(
    project: Project,
) -> None:
    old = marked(project)
    home = project.root / "content" / "own" / "home.md"
    write(home.parent, {"home.md": "# Ours\n\n[There](#nowhere)\n"})
    project.replace("mkdocs.yml", "  /customize.md", "  /own/home.md\n  /customize.md")
    result = project.build()
    assert result.code == 1
    assert "Aborted with 1 warnings in strict mode" in result.output
    assert names(project.site) == old
    write(home.parent, {"home.md": "".join(f"{'    ' * n}- x\n" for n in range(400))})
    result = project.build()
    home.unlink()
    assert "own/home.md" in result.output
    assert "This page is nested too deep" in result.output
    assert "Traceback" not in result.output
    assert names(project.site) == old
    command = [str(Path(sys.executable).parent / BUILD[0]), *BUILD[1:]]
    with subprocess.Popen(
        command, cwd=project.root, env=ENVIRONMENT, stdout=-1, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Building documentation to directory" in line:
                process.send_signal(signal.SIGTERM)
        process.stdout.close()
    assert process.returncode == 128 + signal.SIGTERM
    assert names(project.site) == old
    assert left(project) == set()
