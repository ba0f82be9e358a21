"""The workflows' own steps, for tests that run them as GitHub and GitLab do."""

from __future__ import annotations

import os
import re
import string
import subprocess
from typing import Any

import build_cache
import yaml
from projects import ENVIRONMENT, ROOT, Project

#: What GitHub puts in the place of the expressions that its workflow holds.
EXPRESSIONS = {
    "vars.SITE_URL || format('https://{0}.github.io/{1}/', "
    "github.repository_owner, github.event.repository.name)": "https://acme.github.io/handbook/",
    "github.server_url": "https://github.com",
    "github.repository": "acme/handbook",
    "github.event.repository.default_branch": "main",
    "github.event.pull_request.base.sha || github.event.before": "0" * 40,
}
#: What GitLab says in variables.
GITLAB = {
    "CI_PROJECT_DIR": ".",
    "CI_PAGES_URL": "https://acme.gitlab.io/handbook",
    "CI_PROJECT_URL": "https://gitlab.com/acme/handbook",
    "CI_DEFAULT_BRANCH": "main",
    "CI_COMMIT_TAG": "v1.2.0",
    "CI_COMMIT_BEFORE_SHA": "0" * 40,
    "CI_SERVER_PROTOCOL": "https",
    "CI_SERVER_HOST": "gitlab.com",
    "CI_SERVER_PORT": "443",
    "CI_PROJECT_PATH": "acme/handbook",
    "GITLAB_USER_NAME": "Ada",
    "GITLAB_USER_EMAIL": "ada@example.org",
    "PUBLISH_TOKEN": "token",
}


def expanded(text: str) -> str:
    """A text with GitHub's expressions filled in; KeyError for one that is not known here."""
    first, *rest = text.split("${{")
    for part in rest:
        expression, _, after = part.partition("}}")
        first += EXPRESSIONS[expression.strip()] + after
    return first


def flat(steps: list[Any]) -> list[str]:
    """A script of GitLab's; one that stands in the place of a line counts line by line."""
    return [line for step in steps for line in (flat(step) if isinstance(step, list) else [step])]


def github(job: str, tag: str) -> tuple[list[str], dict[str, str]]:
    """The commands of a job for a tag, and their environment."""
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8"))
    environment = {name: expanded(value) for name, value in flow["env"].items()}
    steps = [step for step in flow["jobs"][job]["steps"] if "run" in step]
    for step in steps:
        own = {name: expanded(value) for name, value in step.get("env", {}).items()}
        environment |= own
    assert not any("${{" in step["run"] for step in steps)
    return [step["run"] for step in steps], {**environment, "GITHUB_REF_NAME": tag}


def jobs_of(kind: str, **github_says: str) -> list[str]:
    """The jobs of GitHub's workflow that run for an event and a kind of change, in their order."""
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8"))
    says = {f"github.{name}": value for name, value in github_says.items()}
    says |= {
        "github.event.repository.default_branch": "trunk",
        "needs.change.outputs.kind": kind,
    }
    runs: list[str] = []
    for name, job in flow["jobs"].items():
        needs = job.get("needs", [])
        needed = [needs] if isinstance(needs, str) else needs
        condition = job.get("if", "true")
        waits = "failure()" not in condition  # without a word on it, all that is needed has to run
        if holds(condition, says) and not (waits and set(needed) - set(runs)):
            runs.append(name)
    return runs


def holds(condition: str, says: dict[str, str]) -> bool:
    """Whether a condition of GitHub's is true, in a run where nothing fails; KeyError as above."""
    states = {"cancelled()": "False", "failure()": "False", "true": "True"}
    signs = {"&&": " and ", "||": " or ", "==": "==", "!": " not "}
    parts = re.findall(r"'[^']*'|[\w.]+\(\)|[\w.-]+|&&|\|\||==|!", condition)
    python = "".join(
        part if part.startswith("'") else (signs | states).get(part) or repr(says[part])
        for part in parts
    )
    return bool(eval(python))  # noqa: S307 - of our own workflow


def gitlab(job: str) -> tuple[list[str], dict[str, str]]:
    """The commands of a job, and their environment."""
    flow = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    variables = {**flow["variables"], **flow[job].get("variables", {})}
    own = {name: string.Template(text).substitute(GITLAB) for name, text in variables.items()}
    return flat(flow[job]["script"]), {**GITLAB, **own}


def run_steps(clone: Project, steps: list[str], environment: dict[str, str]) -> None:
    """Run a job's commands as its runner does, with nothing that installs anything."""
    stubs = clone.root.parent / "stubs"
    stubs.mkdir(exist_ok=True)
    for name, text in (("apt-get", "exit 0"), ("sudo", 'exec "$@"')):
        (stubs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (stubs / name).chmod(0o755)
    path = os.pathsep.join([str(stubs), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(steps)],
        cwd=clone.root,
        env={**ENVIRONMENT, **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    build_cache.give(clone.root)
    assert done.returncode == 0, done.stdout + done.stderr
