"""Templates, snapshots and pages are kept for the next build, which must not show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import ROOT, Project, copy_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that was built before, to take copies of."""
    project = copy_project(tmp_path_factory.mktemp("compiled") / "project", shares=False)
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.built()
    return project


@pytest.fixture
def small(built: Project, tmp_path: Path) -> Project:
    """A copy of the project as it was built: what is kept goes with its project."""
    shutil.copytree(built.root, tmp_path / "project")
    return Project(tmp_path / "project", shares=False)


def cached_files(project: Project) -> list[Path]:
    return sorted((project.root / ".cache").iterdir())


def compiled(project: Project) -> dict[str, int]:
    """When each template was compiled, by the name of its file."""
    files = [file for file in cached_files(project) if file.name.startswith(("pages", "theme"))]
    return {file.name: file.stat().st_mtime_ns for file in files}


def heading(project: Project) -> str:
    page = project.site / "practices" / "open-daily" / "index.html"
    return page.read_text(encoding="utf-8").split("<h1", 1)[1].split("</h1>", 1)[0]


def test_what_was_compiled_is_not_compiled_again(small: Project) -> None:
    before = compiled(small)
    assert {name.split("-")[0] for name in before} == {"pages", "theme"}
    small.built()
    assert compiled(small) == before


def test_what_a_page_depends_on_elsewhere_shows(small: Project) -> None:
    """A term that is explained on it, and a heading that it leads to."""
    note = small.site / "own" / "note" / "index.html"
    small.replace("mkdocs.yml", "  /data.md", "  /data.md\n  /own/*.md")
    small.write("content/own/next.md", "---\ntitle: Next\n---\n\n## Proof\n\nEnough.\n")
    small.write(
        "content/own/note.md", "---\ntitle: Note\n---\n\nA sourdough. [See](next.md#proof)\n"
    )
    small.built()
    assert 'title="Dough that' in note.read_text(encoding="utf-8")
    small.replace("framework.yaml", "definition: Dough that", "definition: Flour that")
    small.built()
    assert 'title="Flour that' in note.read_text(encoding="utf-8")
    small.replace("content/own/next.md", "## Proof", "## Oven")
    assert "does not contain an anchor '#proof'" in small.build().output


def test_check_uses_what_builds_keep_and_keeps_nothing_where_none_did(small: Project) -> None:
    (compiled, *_) = (file for file in cached_files(small) if file.name.startswith("pages"))
    compiled.unlink()
    assert small.run("maturity", "check").code == 0
    assert compiled.exists()
    shutil.rmtree(small.root / ".cache")
    assert small.run("maturity", "check").code == 0
    assert not (small.root / ".cache").exists()


def test_an_edited_template_shows(small: Project) -> None:
    assert "Look:" not in heading(small)
    small.replace("overrides/pages/practice.md", "# {{ entry.title }}", "# Look: {{ entry.title }}")
    small.built()
    assert "Look:" in heading(small)


def test_files_cut_off_and_files_of_others_do_no_harm(small: Project) -> None:
    for number, file in enumerate(cached_files(small)):
        whole = file.read_bytes()
        file.write_bytes([whole[: len(whole) // 2], whole[:30], b"", b"\0" * 40][number % 4])
    small.built()
    assert "Open every day" in heading(small)


def test_a_snapshot_reads_as_it_did(small: Project) -> None:
    released = small.run("maturity", "release", "1.0.0")
    assert released.code == 0, released.output
    small.replace("framework.yaml", "title: Open every day", "title: Open at six")
    data = small.site / "data" / "changes.json"
    small.built()
    first = data.read_text(encoding="utf-8")
    assert "Open at six" in first
    (snapshot,) = (file for file in cached_files(small) if file.name.startswith("snapshot"))
    small.built()
    assert data.read_text(encoding="utf-8") == first
    snapshot.write_bytes(snapshot.read_bytes()[:200])
    small.built()
    assert data.read_text(encoding="utf-8") == first


def test_a_place_where_nothing_can_be_kept_does_no_harm(small: Project) -> None:
    shutil.rmtree(small.root / ".cache")
    (small.root / ".cache").write_text("not a folder", encoding="utf-8")
    small.built()
    assert "Open every day" in heading(small)
