"""The example company: held to the definition, over releases and in forks, and offered by pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from maturity.definition.model import Framework
from maturity.framework.relations import Relations
from maturity.framework.samples import load_samples
from maturity.site.own_files import is_below_forks
from maturity.site.settings import Settings
from projects import ROOT, Project

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's own samples."""
    return Path(shutil.copytree(ROOT / "samples", tmp_path / "samples"))


def edit(file: Path, change: Edit) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")


def test_every_page_has_its_example(framework: Framework) -> None:
    samples, problems = load_samples(ROOT / "samples", Relations(framework))
    assert problems == []
    assert samples.company
    for page in ("score", "team", "compare", "report"):
        assert samples.needed(page), page
    for matrix in framework.matrices:
        assert samples.needed("matrix", matrix), matrix


def test_what_is_published_is_of_this_version(framework: Framework) -> None:
    samples, _ = load_samples(ROOT / "samples", Relations(framework))
    for path, text in samples.files().items():
        assert json.loads(text)["framework"]["version"] == framework.framework.version, path


def answer(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The first answer of a file with criteria and evidence, and its practice."""
    answers = data["assessment"]["answers"].items()
    return next((name, one) for name, one in answers if one.get("evidence"))


def reworded(data: dict[str, Any]) -> None:
    answer(data)[1]["asked"] = "0123456789abcdef"


def renamed(data: dict[str, Any]) -> None:
    name, _ = answer(data)
    data["assessment"]["answers"]["the-old-name"] = data["assessment"]["answers"].pop(name)


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (reworded, "has been reworded since this was answered", 'write "asked": "'),
        (renamed, "practice the-old-name is now ", "read the answer again"),
        (
            lambda data: answer(data)[1].update(answer="mots"),
            "no answer mots",
            "did you mean most?",
        ),
        (lambda data: answer(data)[1].update(evidence=["gone"]), "no evidence gone", "there are: "),
        (
            lambda data: answer(data)[1].update(criteria=["gone"]),
            "no criterion gone",
            "there are: ",
        ),
        (lambda data: answer(data)[1].update(due="soon"), "due: ", "save the file again"),
        (lambda data: data["framework"].update(id="other"), "these belong to other", "ml-maturity"),
        (
            lambda data: data["assessment"].update(start="nowhere"),
            "no level nowhere",
            "there are: ",
        ),
        (lambda data: data["assessment"].update(id="same-as-agreed"), "has the same id", "its own"),
    ],
)
def test_a_mistake_in_a_sample_is_named_at_its_place(
    folder: Path, framework: Framework, change: Edit, message: str, hint: str
) -> None:
    edit(folder / "agreed.json", lambda data: data["assessment"].update(id="same-as-agreed"))
    edit(folder / "earlier.json", change)
    former = json.loads((ROOT / "samples" / "earlier.json").read_text(encoding="utf-8"))
    name, _ = answer(former)
    practice = framework.practices[name].model_copy(update={"formerly": ["the-old-name"]})
    practices = {**framework.practices, name: practice}
    now = framework.model_copy(update={"practices": practices})
    _, (problem,) = load_samples(folder, Relations(now))
    assert message in problem.message
    assert hint in problem.hint
    assert problem.where.file.name == "earlier.json"
    assert problem.where.line > 1


def test_files_that_no_page_opens_and_broken_ones_are_named(
    folder: Path, framework: Framework
) -> None:
    (folder / "agred.json").write_text("{}", encoding="utf-8")
    (folder / "earlier.json").write_text('{\n "format": ', encoding="utf-8")
    _, problems = load_samples(folder, Relations(framework))
    messages = {problem.where.file.name: problem for problem in problems}
    assert "did you mean agreed.json?" in messages["agred.json"].hint
    assert messages["earlier.json"].where.line == 2


def without(framework: Framework, share: int) -> Framework:
    """The framework with one in so many practices worded otherwise, and one dropped."""
    practices = {
        name: one.model_copy(update={"question": "Another one?"}) if place % share == 0 else one
        for place, (name, one) in enumerate(framework.practices.items())
    }
    practices.pop([*practices][1])
    return framework.model_copy(update={"practices": practices})


def test_of_upstreams_samples_a_fork_gets_what_it_asks_alike_and_no_problem(
    folder: Path, framework: Framework
) -> None:
    whole, _ = load_samples(folder, Relations(framework))
    some, problems = load_samples(folder, Relations(without(framework, 4)), is_others=True)
    assert problems == []
    before, after = (one.answers["agreed.json"].assessment.answers for one in (whole, some))
    assert 0 < len(after) < len(before)
    assert {name: before[name] for name in after} == after
    none, problems = load_samples(folder, Relations(without(framework, 1)), is_others=True)
    assert (none.files(), problems) == ({}, [])


def test_a_forks_own_samples_take_the_place_of_upstreams(
    folder: Path, framework: Framework
) -> None:
    settings = Settings(folder.parent / "framework.yaml", folder, folder)
    assert settings.samples == folder
    (folder / "own").mkdir()
    (folder / "own" / "README.md").write_text("No example here.", encoding="utf-8")
    samples, problems = load_samples(settings.samples, Relations(framework))
    assert (samples.files(), problems) == ({}, [])
    shutil.copy(folder / "agreed.json", folder / "own" / "agreed.json")
    assert [*load_samples(settings.samples, Relations(framework))[0].files()] == ["agreed.json"]


@pytest.mark.parametrize(
    ("own", "file", "framework", "is_below"),
    [
        ("", "samples/agreed.json", "ml-maturity", False),
        ("overlay.yaml", "samples/agreed.json", "ours", True),
        ("", "samples/agreed.json", "ours", True),
        ("overlay.yaml", "samples/own/agreed.json", "ours", False),
        ("mine/framework.yaml", "mine/samples/agreed.json", "ours", False),
        ("", "examples/team-health/samples/agreed.json", "team-health", False),
    ],
)
def test_only_its_own_samples_are_a_forks_to_mend(
    tmp_path: Path, own: str, file: str, framework: str, *, is_below: bool
) -> None:
    project = Project(tmp_path)
    for name in ("mkdocs.yml", *filter(None, [own])):
        project.write(name, "")
    assert is_below_forks(tmp_path / file, framework) == is_below
