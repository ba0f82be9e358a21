"""Templates, snapshots and pages are kept for the next build, which must not show."""

from __future__ import annotations

import shutil
from pathlib import Path

import jinja2
import pytest
from maturity.pages.template_cache import TemplateCache
from projects import ROOT, Project, copy_project

#: The template of the pages of practices.
EDITED = "overrides/pages/practice.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with a release that was built before, to take copies of."""
    project = copy_project(tmp_path_factory.mktemp("compiled") / "project", shares=False)
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    released = project.run("maturity", "release", "1.0.0")
    assert released.code == 0, released.output
    project.replace("framework.yaml", "title: Compare shops", "title: Compare all shops")
    project.built()
    return project


@pytest.fixture
def small(built: Project, tmp_path: Path) -> Project:
    """A copy of the project as it was built: what is kept goes with its project."""
    shutil.copytree(built.root, tmp_path / "project")
    return Project(tmp_path / "project", shares=False)


@pytest.fixture(scope="module")
def edited(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy that was built again with another template and two pages of its own."""
    root = tmp_path_factory.mktemp("edited") / "project"
    project = Project(shutil.copytree(built.root, root), shares=False)
    project.replace(EDITED, "# {{ entry.title }}", "# Look: {{ entry.title }}")
    project.replace("mkdocs.yml", "  /data.md", "  /data.md\n  /own/*.md")
    project.write("content/own/next.md", "---\ntitle: Next\n---\n\n## Proof\n\nEnough.\n")
    project.write(
        "content/own/note.md",
        "---\ntitle: Note\n---\n\nA sourdough. [See](next.md#proof)\n\n*Always.*\n",
    )
    project.built()
    return project


def cached_files(project: Project) -> list[Path]:
    return sorted((project.root / ".cache").iterdir())


def heading(project: Project) -> str:
    page = project.site / "practices" / "open-daily" / "index.html"
    return page.read_text(encoding="utf-8").split("<h1", 1)[1].split("</h1>", 1)[0]


def changes(project: Project) -> str:
    """What a build says of the release that its snapshot is of."""
    return (project.site / "data" / "changes.json").read_text(encoding="utf-8")


def render(folder: Path) -> list[str]:
    """Render two templates of a folder; return the names of those that are compiled for it."""
    compiled: list[str] = []

    class Environment(jinja2.Environment):
        def _parse(
            self, source: str, name: str | None, filename: str | None
        ) -> jinja2.nodes.Template:
            compiled.append(str(name))
            return super()._parse(source, name, filename)

    cache = TemplateCache("pages", "1", folder / ".cache")
    loader = jinja2.FileSystemLoader(folder)
    environment = Environment(loader=loader, bytecode_cache=cache, auto_reload=False)
    templates = [environment.get_template(name) for name in ("one.md", "two.md")]
    cache.save()
    for template in templates:
        template.render()
    return compiled


def test_what_was_compiled_is_not_compiled_again(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "one.md").write_text("One", encoding="utf-8")
    (project / "two.md").write_text("Two", encoding="utf-8")
    assert render(project) == ["one.md", "two.md"]
    assert render(project) == []
    (project / "one.md").write_text("Another", encoding="utf-8")
    assert render(project) == ["one.md"]
    moved = Path(shutil.copytree(project, tmp_path / "moved"))
    assert render(moved) == []
    (moved / "two.md").write_text("{{ unknown.word }}", encoding="utf-8")
    with pytest.raises(jinja2.UndefinedError):
        render(moved)
    with pytest.raises(jinja2.UndefinedError) as caught:
        render(Path(shutil.copytree(moved, tmp_path / "again")))
    assert tmp_path / "again" / "two.md" in [Path(entry.path) for entry in caught.traceback]


def test_an_edited_template_shows(built: Project, edited: Project) -> None:
    assert "Look:" not in heading(built)
    assert "Look:" in heading(edited)


def test_a_snapshot_reads_as_it_did(built: Project, edited: Project) -> None:
    assert [file for file in cached_files(built) if file.name.startswith("snapshot")]
    assert "Compare all shops" in changes(built)
    assert changes(edited) == changes(built)


def test_what_a_page_depends_on_elsewhere_shows(edited: Project, tmp_path: Path) -> None:
    """A term that is explained on it, a heading that it leads to, and what converts it."""
    project = Project(shutil.copytree(edited.root, tmp_path / "project"), shares=False)
    note = project.site / "own" / "note" / "index.html"
    assert 'title="Dough that' in note.read_text(encoding="utf-8")
    project.replace("framework.yaml", "definition: Dough that", "definition: Flour that")
    project.built()
    assert 'title="Flour that' in (text := note.read_text(encoding="utf-8"))
    assert "<em>Always.</em>" in text
    project.replace("hooks/shortcuts/plain_texts.py", "<&*_]", "<&_]")
    project.built()
    assert "*Always.*" in note.read_text(encoding="utf-8")
    project.replace("content/own/next.md", "## Proof", "## Oven")
    assert "does not contain an anchor '#proof'" in project.build().output


def test_check_keeps_nothing_where_no_build_did(small: Project) -> None:
    shutil.rmtree(small.root / ".cache")
    assert small.run("maturity", "check").code == 0
    assert not (small.root / ".cache").exists()


def test_files_cut_off_and_files_of_others_do_no_harm(built: Project, small: Project) -> None:
    for number, file in enumerate(cached_files(small)):
        whole = file.read_bytes()
        if file.name.startswith("snapshot"):
            file.write_bytes(whole[:200])
            continue
        file.write_bytes([whole[: len(whole) // 2], whole[:30], b"", b"\0" * 40][number % 4])
    small.built()
    assert "Open every day" in heading(small)
    assert changes(small) == changes(built)


def test_a_place_where_nothing_can_be_kept_does_no_harm(small: Project) -> None:
    shutil.rmtree(small.root / ".cache")
    (small.root / ".cache").write_text("not a folder", encoding="utf-8")
    small.built()
    assert "Open every day" in heading(small)
