"""The guide "Make it yours": whoever does what it says, on a fresh clone, gets what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from forks import NEXT, excerpt, later
from guide import BASED_ON, GUIDE, SERVES, attempt, blocks, home_of, lines_of, run, sign, steps
from htmltree import article
from maturity.site.inspection import inspect_site
from maturity.site.selection import select
from projects import ROOT, Project
from repositories import commit, git, lend_environment
from workflows import github, gitlab, run_steps


@dataclass(frozen=True)
class Done:
    """The clone after everything in the guide was done, in its order."""

    root: Path
    #: Another clone, with a framework from nothing.
    other: Path
    origin: Path
    other_origin: Path
    #: Our repository, which both came from.
    upstream: Path
    #: What stood on the home page of each command that served something.
    served: list[str]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]) -> Done:
    """Follow the guide from its first to its last command."""
    root = tmp_path_factory.mktemp("guide")
    upstream, fork, other = root / "upstream", root / "fork.git", root / "other.git"
    # Without what was before, which every clone would copy; what is not committed yet counts too.
    git(root, "init", "-q", "-b", "main", "upstream")
    for name in git(ROOT, "ls-files").splitlines():
        if (ROOT / name).is_file():
            (upstream / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, upstream / name)
    excerpt(Project(upstream), f"{GUIDE} {' '.join((*RENAMED, REMOVED))}")
    commit(upstream)
    for origin in (fork, other):
        git(root, "clone", "-q", "--bare", "upstream", origin.name)
    names = {"YOUR-FORK": fork, "YOUR-OTHER-FORK": other, "OUR-REPOSITORY": upstream}
    folders, served = [root], []
    for file, text in steps():
        folder = folders[-1]
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
            continue
        line = re.sub("|".join(names), lambda name: str(names[name[0]]), text)
        if line.startswith("cd "):
            folders.append(folder / line.removeprefix("cd "))
            lend_environment(folders[-1])
            sign(folders[-1])
        elif SERVES.search(line):
            served.append(home_of(line, folder, free_port()))
        else:
            run(line, folder)
    return Done(folders[1], folders[2], fork, other, upstream, served)


def test_serving_shows_the_site(done: Done) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", page)[0] for page in done.served]
    assert titles == ["ML Maturity Playbook", "Acme ML Handbook", "Release habits"]
    assert "Release habits" in article(done.other / "site/index.html").words


def test_the_site_is_what_the_files_of_the_guide_say(done: Done) -> None:
    site = done.root / "site"
    assert "First project" in article(site / "levels/exploring/index.html").words
    audit = article(site / "practices/data-audit/index.html").words
    assert "has an extract under 6 months old." in audit
    assert "Why we do it" in audit
    assert 'Questions about "Audit the data behind each opportunity"?' in audit
    assert not (site / "practices/ai-use-rules").exists()
    assert "Welcome to Acme ML Handbook" in article(site / "own/welcome/index.html").words
    home = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r"own/brand\.[0-9a-f]{8}\.css", home)


def test_versions_are_published_as_the_guide_says(done: Done) -> None:
    listed = yaml.safe_load(git(done.origin, "show", "gh-pages:versions.json"))
    assert [(entry["version"], entry["aliases"]) for entry in listed] == [("0.2.0", ["latest"])]
    log = git(done.origin, "log", "--format=%s", "gh-pages").splitlines()
    assert log == ["Drop 0.1.0", "Show 0.1.0", "Hide 0.1.0", "Publish 0.2.0", "Publish 0.1.0"]
    assert git(done.origin, "tag").splitlines()[-2:] == ["v0.1.0", "v0.2.0"]


@pytest.fixture(scope="module")
def _runner(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("runner")
    git(root, "clone", "-q", "--bare", str(done.origin), "fork.git")
    git(root / "fork.git", "branch", "-q", "-D", "gh-pages")
    git(root, "clone", "-q", "--branch=v0.2.0", (root / "fork.git").as_uri(), "runner")
    lend_environment(root / "runner")
    return Project(root / "runner")


@pytest.fixture
def runner(_runner: Project) -> Project:
    """A clone of the fork as the guide left it, but that nothing was published, at a tag."""
    git(_runner.root, "checkout", "-q", "--detach", "--force", "v0.2.0")
    git(_runner.root, "clean", "-q", "-ffdx", "--exclude=.venv")
    return _runner


@pytest.mark.parametrize("tag", ["v0.1.0", "v0.2.0"])
def test_the_workflows_see_that_the_fork_has_changed_content(runner: Project, tag: str) -> None:
    git(runner.root, "checkout", "-q", tag)
    said = runner.root.parent / f"said-{tag}"
    steps, environment = github("change", tag)
    run_steps(runner, steps, {**environment, "GITHUB_OUTPUT": str(said)})
    assert said.read_text(encoding="utf-8") == "kind=content\n"
    steps, environment = gitlab("build")
    run_steps(runner, [steps[0], 'test "$kind" = content'], environment)


def test_a_change_of_the_engine_is_one_of_code(runner: Project) -> None:
    with (runner.root / "hooks" / "playbook.py").open("a", encoding="utf-8") as file:
        file.write("# a change\n")
    commit(runner.root)
    for base in ("HEAD^", "v0.2.0", ""):
        assert runner.run("python", "scripts/kind_of_change.py", base).output == "code\n"
    runner.write("content/own/welcome.md", "# Welcome\n")
    commit(runner.root)
    assert runner.run("python", "scripts/kind_of_change.py", "HEAD^").output == "content\n"


def test_a_link_that_leads_nowhere_is_said(runner: Project) -> None:
    runner.write("site/index.html", '<a href="gone/">x</a> <a href="#here" id="here">y</a>')
    runner.write("site/a/index.html", '<img src="../no.png"><a href="../#there">z</a>')
    result = runner.run("python", "scripts/links.py", "site")
    assert result.code == 1
    assert result.output == (
        "a/index.html: ../no.png leads nowhere\na/index.html: ../#there leads nowhere\n"
        "index.html: gone/ leads nowhere\n3 broken links in site\n"
    )


@pytest.fixture
def overlay(done: Done) -> Iterator[Path]:
    """The clone's overlay, for a test to write something else into."""
    file = done.root / "overlay.yaml"
    before = file.read_text(encoding="utf-8")
    yield file
    file.write_text(before, encoding="utf-8")


def test_every_snippet_of_an_overlay_in_the_guide_is_one(done: Done, overlay: Path) -> None:
    """The pieces that stand for themselves are checked one by one."""
    overlays = [text for text in blocks("yaml") if text.startswith("based_on")]
    assert len(overlays) >= 3
    for text in overlays:
        overlay.write_text(text, encoding="utf-8")
        selected = select(done.root)
        inspect_site(selected.settings, selected.config)  # as `maturity check` does


def test_the_message_that_the_guide_shows_is_the_one_that_is_printed(
    done: Done, overlay: Path
) -> None:
    shown = blocks("text")[0]
    overlay.write_text(f"{BASED_ON}\n\npractices:\n  decision-record: null\n", encoding="utf-8")
    result = subprocess.run(
        [".venv/bin/maturity", "check"], cwd=done.root, capture_output=True, text=True, check=False
    )
    assert result.stderr.endswith(f"\n{shown}")  # after the files that are taken


def test_the_guides_overlays_are_written_for_one_release_of_ours() -> None:
    (version,) = {
        yaml.safe_load(line)["based_on"] for line in re.findall("^based_on:.*", GUIDE, re.M)
    }
    assert (ROOT / "releases" / "ml-maturity" / f"{version}.yaml").is_file()


# Upstream's next release

#: Practices by what it calls them, and one that it has no longer.
RENAMED = {"slowdown-review": "slowdown-checkup", "ai-use-rules": "ai-rules"}
REMOVED = "cost-per-model"


@dataclass(frozen=True)
class Upgraded:
    """A clone of the fork in which upstream's next release was merged, and what was said of it."""

    clone: Project
    origin: Path
    refused: str
    checked: str


@pytest.fixture(scope="module")
def upgraded(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """Merge a release that rewords, renames and removes what the overlay changes, as told."""
    root = tmp_path_factory.mktemp("upgraded")
    git(root, "clone", "-q", "--bare", str(done.origin), "fork.git")
    git(root, "clone", "-q", str(root / "fork.git"), "handbook")
    clone = Project(root / "handbook")
    lend_environment(clone.root)
    release_upstream(root, done.upstream)
    git(clone.root, "remote", "add", "--no-tags", "upstream", str(root / "upstream"))
    titles = (
        "  slowdown-review:\n    title: Our own look back\n  cost-per-model:\n    title: Costs\n"
    )
    clone.replace("overlay.yaml", "practices:\n", f"practices:\n{titles}")
    commit(clone.root, "Two titles")
    git(clone.root, "push", "-q", "origin", "main")
    pull, content = lines_of("{ #upstream }")
    run(pull, clone.root)
    refused = attempt(content, clone.root)
    assert refused.returncode != 0
    clone.replace("overlay.yaml", "  slowdown-review:", "  slowdown-checkup:")
    clone.replace("overlay.yaml", "  cost-per-model:\n    title: Costs\n", "")
    checked = clone.run("maturity", "check").output
    (version,) = re.findall("when you have read them: (based_on: .*)", checked)
    clone.replace("overlay.yaml", BASED_ON, version)
    for line in lines_of("3. Publish it, with the address")[:-1]:
        run(line.replace("0.2.0", "0.3.0"), clone.root)
    git(clone.root, "tag", "v0.3.0")
    git(clone.root, "push", "-q", "origin", "main", "v0.3.0")
    return Upgraded(clone, root / "fork.git", refused.stderr, checked)


def release_upstream(folder: Path, before: Path) -> None:
    """Make a clone of our repository with a release of ours, and its tag."""
    git(folder, "clone", "-q", str(before), "upstream")
    upstream = Project(folder / "upstream")
    text = (upstream.root / "framework.yaml").read_text(encoding="utf-8")
    definition = later(text, renamed=RENAMED, removed=[REMOVED])
    definition["practices"]["data-audit"]["criteria"]["extract-inspected"] += " Its owner agreed."
    upstream.write("framework.yaml", yaml.safe_dump(definition, sort_keys=False))
    released = upstream.run("maturity", "release", NEXT)
    assert released.code == 0, released.output
    commit(upstream.root, f"Release {NEXT}")
    git(upstream.root, "tag", f"v{NEXT}")


def test_a_release_that_renames_and_removes_says_what_to_write_instead(upgraded: Upgraded) -> None:
    said = re.findall("^overlay.yaml:.*|^  (?:write|if)[^;\n]*", upgraded.refused, re.MULTILINE)
    assert said == [
        'overlay.yaml:14:3: upstream has renamed the practice "slowdown-review"',
        "  write slowdown-checkup in the place of slowdown-review",
        'overlay.yaml:16:3: no practice "cost-per-model" to change, and too little for a new one',
        "  if upstream has removed it, delete it here",
    ]


def test_check_says_what_to_read_again_and_which_version_to_write_then(upgraded: Upgraded) -> None:
    first = "    practice data-audit: .*criteria.*\n      criteria.extract-inspected"
    assert re.search(first, upgraded.checked)
    assert "{+Its owner agreed.+}" in upgraded.checked
    assert (
        "practice slowdown-checkup: upstream called it slowdown-review before" in upgraded.checked
    )
    assert f'\n  when you have read them: based_on: "{NEXT}"\n' in upgraded.checked
    again = upgraded.clone.run("maturity", "check").output
    assert f"overlay.yaml, based on ml-maturity {NEXT} (here is {NEXT}):" in again
    assert "read them" not in again


def test_upstreams_tags_stay_upstreams(upgraded: Upgraded) -> None:
    for repository in (upgraded.clone.root, upgraded.origin):
        assert git(repository, "tag").split() == ["v0.1.0", "v0.2.0", "v0.3.0"]


# The workflows, whose steps are those of their files


def runner_of(origin: Path, folder: Path, *options: str) -> tuple[Project, Path]:
    """A job's clone of a repository of its own, which is a copy of `origin`."""
    git(folder, "clone", "-q", "--bare", str(origin), "origin.git")
    git(folder, "clone", "-q", *options, (folder / "origin.git").as_uri(), "runner")
    lend_environment(folder / "runner")
    return Project(folder / "runner"), folder / "origin.git"


def run_github(clone: Project, tag: str, before: str, *jobs: str) -> None:
    """See what a change is since `before`, where the branch stood, and run jobs for a tag on it."""
    said = clone.root.parent / "said"
    steps, environment = github("change", tag)
    run_steps(clone, steps, {**environment, "BASE": before, "GITHUB_OUTPUT": str(said)})
    assert said.read_text(encoding="utf-8") == "kind=content\n"
    for job in jobs:
        run_steps(clone, *github(job, tag))


def run_gitlab(clone: Project, origin: Path, tag: str, before: str, *jobs: str) -> None:
    """Run jobs of GitLab's for a tag on a branch that stood at `before`."""
    said = {
        "CI_COMMIT_TAG": tag,
        "CI_COMMIT_BEFORE_SHA": before,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{origin.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://oauth2:token@gitlab.com:443/acme/handbook.git",
    }
    for job in jobs:
        steps, environment = gitlab(job)
        checks = ['test "$kind" = content'] if job == "build" else []
        run_steps(clone, [*steps, *checks], {**environment, **said})


def published(origin: Path) -> dict[str, list[str]]:
    """The versions on the branch, newest first, with their aliases."""
    listed = yaml.safe_load(git(origin, "show", "gh-pages:versions.json"))
    return {entry["version"]: entry["aliases"] for entry in listed}


def test_githubs_steps_check_the_merge_and_publish_its_tag_beside_the_earlier_version(
    upgraded: Upgraded, tmp_path: Path
) -> None:
    clone, origin = runner_of(upgraded.origin, tmp_path)
    before = git(clone.root, "rev-parse", "HEAD^")
    run_github(clone, "v0.3.0", before, "content", "publish")
    assert published(origin) == {"0.3.0": ["latest"], "0.2.0": []}
    latest = git(origin, "show", "gh-pages:latest/practices/slowdown-checkup/index.html")
    assert "Our own look back" in latest
    assert "https://acme.github.io/handbook/latest/practices/slowdown-checkup/" in latest
    assert "Our own look back" not in git(
        origin, "show", "gh-pages:0.2.0/practices/slowdown-review/index.html"
    )


def test_gitlabs_jobs_check_the_merge_publish_its_tag_and_show_every_version(
    upgraded: Upgraded, tmp_path: Path
) -> None:
    clone, origin = runner_of(upgraded.origin, tmp_path)
    before = git(clone.root, "rev-parse", "HEAD^")
    run_gitlab(clone, origin, "v0.3.0", before, "build", "publish", "pages")
    assert published(origin) == {"0.3.0": ["latest"], "0.2.0": []}
    public = clone.root / "public"
    assert (public / "0.2.0/own/welcome/index.html").is_file()
    assert (
        "Our own look back"
        in article(public / "latest/practices/slowdown-checkup/index.html").words
    )


def test_another_framework_is_checked_on_github_and_published_on_gitlab(
    done: Done, tmp_path: Path
) -> None:
    clone, origin = runner_of(done.other_origin, tmp_path, "--branch=v0.1.0")
    run_github(clone, "v0.1.0", "0" * 40, "content")
    run_gitlab(clone, origin, "v0.1.0", "0" * 40, "publish", "pages")
    assert published(origin) == {"0.1.0": ["latest"]}
    assert "Release habits" in article(clone.root / "public/latest/index.html").words
    assert not (clone.root / "public/latest/roles").exists()
