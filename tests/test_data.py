"""The data files: what the page "Data and exports" says of them, and its examples."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from maturity.framework.answer_file import TABLE_COLUMNS
from maturity.outputs.data import PRACTICE_COLUMNS
from projects import ROOT, our_framework

PAGE = (ROOT / "content" / "data.md").read_text(encoding="utf-8")
FRAMEWORK = our_framework()
ESSENTIAL = {name: one for name, one in FRAMEWORK.practices.items() if one.essential}
SAVED = {"alpha": "None", "beta": "", "gamma": "None"}


def section(anchor: str) -> str:
    """The part of the page below a heading."""
    return PAGE.split(f"{{ #{anchor} }}\n")[1].split("\n## ")[0]


def example(anchor: str, language: str) -> str:
    """The example of a section."""
    (code,) = re.findall(rf"```{language}\n(.*?)```", section(anchor), re.DOTALL)
    return str(code)


def columns(anchor: str) -> tuple[str, ...]:
    return tuple(re.findall(r"^\| `(\w+)` \|", section(anchor), re.MULTILINE))


@pytest.fixture
def run(address: str, tmp_path: Path) -> Any:
    """Runs an example on the built site, beside a saved table of answers."""
    table = io.StringIO()
    lines = [
        dict.fromkeys(TABLE_COLUMNS, "") | {"practice": p, "answer": a} for p, a in SAVED.items()
    ]
    writer = csv.DictWriter(table, TABLE_COLUMNS)
    writer.writeheader()
    writer.writerows(lines)
    (tmp_path / "answers.csv").write_text(table.getvalue(), encoding="utf-8-sig", newline="")

    def run(anchor: str, language: str) -> list[str]:
        code = example(anchor, language).replace("https://example.org/playbook", address)
        program = [sys.executable, "-c", code] if language == "python" else ["sh", "-ec", code]
        done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        return done.stdout.splitlines()

    return run


def test_the_definition_as_json_fits_its_schema(site: Path) -> None:
    schema = json.loads((site / "data" / "framework.schema.json").read_text(encoding="utf-8"))
    data = json.loads((site / "data" / "framework.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert re.findall(
        r"`(\w+)`", section("framework").split("`framework.yaml`: ")[1].split(".")[0]
    ) == [*data]


def test_every_column_is_documented_in_its_place() -> None:
    assert columns("practices") == PRACTICE_COLUMNS
    assert columns("answers") == TABLE_COLUMNS


def test_every_data_file_is_documented(site: Path) -> None:
    entries = [*(site / "data").iterdir()]
    files = {entry.name for entry in entries if entry.is_file()} - {"index.html"}
    of_units = {"units.csv", "units.xlsx"}  # only where assessments of units are kept
    assert files == set(re.findall(r"\]\(data/([^)]+)\)", PAGE)) - of_units
    for folder in (entry for entry in entries if entry.is_dir()):
        name = {"releases": "VERSION.json", "samples": "NAME.json"}.get(folder.name, "ID.pdf")
        assert f"`{folder.name}/{name}`" in PAGE


def test_the_examples_for_what_changed_run(run: Any) -> None:
    released = [line.split()[0] for line in run("changes", "sh") if line.strip()]
    assert FRAMEWORK.framework.version in released
    for line in run("changes", "python"):  # what asks for more: version, kind, id
        assert line.split()[0] in released


def test_the_examples_for_the_definition_run(run: Any) -> None:
    lines = run("framework", "python")
    assert [line for line in lines if not line.startswith("- ")] == [
        level.title for level in FRAMEWORK.levels.values()
    ]
    assert {line[2:] for line in lines if line.startswith("- ")} == {
        practice.title for practice in ESSENTIAL.values()
    }
    assert run("framework", "sh") == [FRAMEWORK.framework.version]


def test_the_examples_for_the_practices_run(run: Any) -> None:
    counted = {line.split()[0]: int(line.split()[1]) for line in run("practices", "python")}
    assert counted == {
        level: sum(len(one.criteria) for one in FRAMEWORK.practices.values() if one.level == level)
        for level in FRAMEWORK.levels
    }
    assert run("practices", "sh") == [*ESSENTIAL]


def test_the_examples_for_the_answers_run(run: Any) -> None:
    assert run("answers", "python") == ["None 2", "open 1"]
    assert {" ".join(line.split()) for line in run("answers", "sh")} == {"1", "2 None"}
