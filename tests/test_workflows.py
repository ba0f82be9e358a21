"""The two workflows: what each job is allowed, and what it takes along."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from projects import ROOT
from workflows import jobs_of

GITHUB: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
#: The key `on`, as YAML 1.1 reads it.
ON = True


def test_actions_are_pinned_by_the_whole_hash_of_a_commit() -> None:
    uses = [
        step["uses"] for job in GITHUB["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert uses
    assert [use for use in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", use)] == []


def test_every_python_is_set_up_with_a_cache() -> None:
    setups = [
        step["with"]
        for job in GITHUB["jobs"].values()
        for step in job["steps"]
        if "setup-python" in step.get("uses", "")
    ]
    assert len(setups) == 4
    assert {(w["cache"], w["cache-dependency-path"]) for w in setups} == {
        ("pip", "constraints.txt")
    }
    assert GITLAB["default"]["cache"]["paths"] == [".cache/pip"]


def test_every_job_ends_some_time() -> None:
    assert all(job["timeout-minutes"] <= 60 for job in GITHUB["jobs"].values())
    assert GITLAB["default"]["timeout"] == "1 hour"


def test_only_the_job_that_pushes_keeps_the_credentials_and_may_write() -> None:
    for name, job in GITHUB["jobs"].items():
        (checkout,) = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
        assert checkout["with"]["persist-credentials"] is (name == "publish")
        assert ("permissions" in job) is (name == "publish")
    assert GITHUB["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(
    ("kind", "event", "jobs"),
    [
        ("content", {"event_name": "push", "ref_name": "trunk"}, ["change", "content"]),
        ("code", {"event_name": "push", "ref_name": "trunk"}, ["change", "code", "other-pythons"]),
        ("content", {"event_name": "push", "ref_name": "an-idea"}, []),
        ("content", {"event_name": "pull_request", "ref_name": "7/merge"}, ["change", "content"]),
        (
            "content",
            {"event_name": "push", "ref_name": "v0.2.0", "ref_type": "tag"},
            ["change", "content", "publish"],
        ),
    ],
    ids=["default-branch", "code", "other-branch", "pull-request", "tag"],
)
def test_a_change_runs_once_whatever_the_default_branch_is_called(
    kind: str, event: dict[str, str], jobs: list[str]
) -> None:
    assert GITHUB[ON]["push"]["branches"] == ["**"]
    assert jobs_of(kind, **{"ref_type": "branch", **event}) == jobs


def test_no_tag_waits_in_the_place_of_another() -> None:
    assert "github.ref" in GITHUB["jobs"]["publish"]["concurrency"]
    assert GITLAB["publish"]["resource_group"] == "publish"  # which keeps all that wait


def test_nothing_that_a_job_keeps_is_kept_for_ever() -> None:
    keeps = [
        step["with"]
        for step in GITHUB["jobs"]["content"]["steps"]
        if "path" in step.get("with", {})
    ]
    assert [(keep["path"], keep["retention-days"]) for keep in keeps] == [("site/", 14)]
    jobs = [job for job in GITLAB.values() if isinstance(job, dict) and "artifacts" in job]
    assert len(jobs) == 2
    assert all("expire_in" in job["artifacts"] for job in jobs)
