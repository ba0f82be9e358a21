"""The recipes for GitHub and GitLab: what their jobs run, as these do."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest
import sittings
import yaml
from forks import VERSION, excerpt
from maturity.definition import check
from maturity.definition.model import Framework
from projects import ENVIRONMENT, ROOT, Project, copy_project
from repositories import commit, git, lend_environment
from workflows import flat

RECIPES = ROOT / "docs" / "recipes"
DAYS = ("2026-03-01", "2026-06-01")


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A fork with a round of a unit, and a commit that adds the next one."""
    project = copy_project(tmp_path_factory.mktemp("recipes") / "fork")
    excerpt(project, "")
    framework = definition(project)
    for part in ("Makefile", "pyproject.toml", "constraints.txt"):
        (project.root / part).write_bytes((ROOT / part).read_bytes())
    listed = "units:\n  search: {title: Search}\n  stores: {title: Stores}\n"
    project.write("assessments/units.yaml", listed)
    project.write("assessments/stores/README.md", "Nobody has answered yet.\n")
    git(project.root, "init", "-q", "-b", "main")
    (project.root / ".gitignore").write_text(".venv\n.cache\n", encoding="utf-8")
    artifacts = {
        name: next(one for one, artifact in practice.evidence.items() if artifact.lasts)
        for name, practice in framework.practices.items()
        if any(artifact.lasts for artifact in practice.evidence.values())
    }
    for day, answer in zip(DAYS, ("unknown", list(framework.scale)[-1]), strict=True):
        answers = {name: {"answer": answer, "evidence": [one]} for name, one in artifacts.items()}
        data = sittings.sitting(framework, 0, answers, unit="Search", date=day)
        project.write(f"assessments/search/{day}.json", json.dumps(data))
        commit(project.root, day)
    lend_environment(project.root)
    return project


def definition(project: Project) -> Framework:
    return check.load(project.root / "framework.yaml").framework


def run(fork: Project, script: str, **says: str) -> str:
    """Run a job's commands; return what it hands to `gh` or `curl`, options and file."""
    stubs = fork.root.parent / "stubs"
    stubs.mkdir(exist_ok=True)
    text = (
        '#!/bin/sh\necho "$0 $*" > sent.txt\ncase "$*" in *"--body-file -"*) cat >> sent.txt ;;\n'
        "*) cat comment.md runs-out.txt due.txt >> sent.txt ;; esac\nexit 0\n"
    )
    for name in ("gh", "curl"):
        (stubs / name).write_text(text, encoding="utf-8")
        (stubs / name).chmod(0o755)
    for left in ("sent.txt", "comment.md", "runs-out.txt", "due.txt"):
        (fork.root / left).unlink(missing_ok=True)
    path = os.pathsep.join([str(stubs), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],  # as GitLab does, and GitHub nearly
        cwd=fork.root,
        stdin=subprocess.DEVNULL,
        env={**ENVIRONMENT, "PATH": path, **says},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sent = fork.root / "sent.txt"
    return sent.read_text(encoding="utf-8") if sent.exists() else ""


def job(name: str, recipe: str = "assessments") -> str:
    """The commands of a job: `github review`, `gitlab monthly` and so on."""
    host, job = name.split()
    flow: dict[Any, Any] = yaml.safe_load((RECIPES / f"{recipe}.{host}.yml").read_text("utf-8"))
    if host == "gitlab":
        return "\n".join(flat(flow[f"{recipe}-{job}"]["script"]))
    return "\n".join(step["run"] for step in flow["jobs"][job]["steps"] if "run" in step)


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_change_of_assessments_is_checked_and_what_it_comes_to_is_commented(
    fork: Project, host: str
) -> None:
    base = git(fork.root, "rev-parse", "HEAD~1").strip()
    says = {"BASE": base, "NUMBER": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    sent = run(fork, job(f"{host} review"), **says)
    assert "## Search, Jun 1, 2026" in sent
    first = next(iter(definition(fork).levels.values())).title
    assert f"### Since Mar 1, 2026\n\n- Then claimed: 1 · {first}." in sent


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_once_a_month_whatever_runs_out_is_listed(fork: Project, host: str) -> None:
    sent = run(fork, job(f"{host} monthly"))
    assert "Search, Jun 1, 2026: " in sent  # in a year from then it has run out, and is still named
    assert "until" in sent


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_once_a_month_whatever_is_due_is_listed(fork: Project, host: str) -> None:
    name = next(iter(definition(fork).practices))
    says = f"{name}: {{keeper: '@sam', reviewed: '2026-01-01', review_in: 1 month}}"
    fork.write("overlay.yaml", f'based_on: "{VERSION}"\npractices:\n  {says}\n')
    sent = run(fork, job(f"{host} monthly", "due"))
    (fork.root / "overlay.yaml").unlink()
    assert "    2026-02-01, " in sent
    assert f"practice {name}, " in sent
    assert "kept by @sam: overlay.yaml:3" in sent


def test_recipes_take_the_actions_that_ours_take() -> None:
    ours = (ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8")
    theirs = "".join(file.read_text(encoding="utf-8") for file in RECIPES.glob("*.github.yml"))
    uses = [line.strip() for line in theirs.splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if line not in ours] == []
