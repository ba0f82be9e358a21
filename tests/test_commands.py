"""The command `maturity`, and what is said of the Makefile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from maturity.site.files import write_folder
from projects import ROOT, Project

#: Variables of the Makefile that stand for what it runs.
INTERNAL = {"BIN", "NODE", "TSC", "PYTEST", "MAKE", "VERSION"}


def test_check_counts_what_the_definition_holds(project: Project) -> None:
    result = project.run("maturity", "check")
    assert result.code == 0
    assert re.search(
        r"ML Maturity Playbook 1\.0\.0: 5 levels, 4 dimensions, \d+ practices", result.output
    )


def test_check_reports_problems_and_fails(project: Project) -> None:
    project.replace("framework.yaml", "effort: 1", "effort: 9")
    result = project.run("maturity", "check")
    assert result.code == 1
    assert re.match(r"framework\.yaml:\d+:\d+: practice ", result.output)
    assert "Traceback" not in result.output


def test_pages_writes_what_another_generator_needs(project: Project) -> None:
    assert project.run("maturity", "pages", "--no-pdf", "out").code == 0
    out = project.root / "out"
    text = (out / "practices" / "data-audit.md").read_text(encoding="utf-8")
    assert "\n# Audit the data behind each opportunity\n" in text
    assert (out / "data" / "framework.json").exists()
    assert (out / "assets" / "playbook.css").exists()
    (out / "index.md").write_text("mine", encoding="utf-8")
    again = project.run("maturity", "pages", "out")
    assert again.code == 1
    assert "out is not empty" in again.output
    assert (out / "index.md").read_text(encoding="utf-8") == "mine"


def test_pages_that_cannot_all_be_written_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File exists"):
        write_folder(tmp_path / "new" / "out", {"a": "a file", "a/b": "and a folder"})
    assert [path.name for path in tmp_path.rglob("*")] == ["new"]
    write_folder(tmp_path / "new" / "out", {"a": "ä", "b/c": b"\x00"})
    assert (tmp_path / "new" / "out" / "a").read_bytes() == "ä".encode()


def test_the_reference_names_every_command_and_variable_of_the_makefile() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    variables = set(re.findall(r"\$\(([A-Z]+)\)", makefile)) - INTERNAL
    assert len(targets.split()) > 20
    assert [name for name in targets.split() if f"`make {name}" not in reference] == []
    assert [name for name in sorted(variables) if f"`{name}`" not in reference] == []
    assert {"PYTHON", "WORKERS", "SHUFFLE"} <= variables


def test_the_mistake_that_the_readme_shows_is_reported_in_these_words(project: Project) -> None:
    entry = "  data-audit:\n    level: getting-started"
    project.replace("framework.yaml", entry, "  data-audit:\n    level: geting-started")
    result = project.run("maturity", "check")
    shown = [f"    {line}" if line else "" for line in result.output.splitlines()]
    assert "\n".join(shown) in (ROOT / "README.md").read_text(encoding="utf-8")
