"""`make publish`: versions side by side on the branch gh-pages, whatever happens on the way."""

from __future__ import annotations

import atexit
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from audit import violations
from forks import small
from mike.versions import Versions
from playwright.sync_api import Browser, Page, expect
from projects import ENVIRONMENT, ROOT, Project, Result, copy_project
from publish import is_latest
from ready import MAY_DIFFER, STAND_IN, script
from repositories import git, lend_environment
from servers import serving
from workflows import github, gitlab, run_steps

PREFIX = "handbook"
#: What a project that is published has beside what builds it.
REST = (".gitignore", "Makefile", "constraints.txt", "pyproject.toml")
#: One day, so that a site built twice is the same.
DAY = {"SOURCE_DATE_EPOCH": "1700000000"}
PUBLISH = ("python", "scripts/publish.py", "--config", "site.yml")
#: What is published, whose size says nothing here: a practice with a role, and one more.
BAKERY = """\
framework:
  id: bakery
  title: Bakery Check
  version: "0.0.1"
  summary: How a bakery gets better at baking.
dimensions:
  bread: {title: Bread}
levels:
  first-oven: {title: First oven}
  many-shops: {title: Many shops}
practices:
  open-daily:
    level: first-oven
    dimension: bread
    title: Open every day
    criteria: {hours: The hours hang at the door.}
    how: ["Ask the [baker](role:baker) when the bread is done."]
  compare-shops:
    level: many-shops
    dimension: bread
    title: Compare shops
    criteria: {compared: Shops are compared.}
roles:
  baker: {title: Baker, joins: first-oven}
"""
ADDITION = """\
  added-later:
    level: first-oven
    dimension: bread
    title: Added later
    criteria: {added: It was added.}
"""


def commit(project: Project, message: str = "A change") -> None:
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", message)


def release(project: Project, version: str) -> None:
    """Release the definition under another version."""
    succeeded(project.run("maturity", "release", version))
    commit(project, f"Release {version}")


def publish(project: Project, version: str, **environment: str) -> Result:
    address = f"https://example.org/{PREFIX}/"
    return project.run(
        *PUBLISH, version, **{"SITE_URL": address, **DAY, **built_once(), **environment}
    )


@cache
def built_once() -> dict[str, str]:
    """Have a site built once for all that publish the same files for the same address.

    Returns the environment for that: what is called for a build looks first whether there was one.
    """
    room = Path(tempfile.mkdtemp(prefix="built-once-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    alike = "|".join(sorted(MAY_DIFFER - {"PUSH", "AGAIN", STAND_IN}))
    python = f"""\
#!/bin/sh
# -m mkdocs build --strict -f SETTINGS -d SITE
key=$( (git rev-parse 'HEAD^{{tree}}'; echo "$6"; env | grep -E '^({alike})=' | sort) |
  git hash-object --stdin)
if [ -e {room}/$key ]; then
  echo "Building documentation to directory: $8, which was built before"
else
  {room}/mkdocs "$@" && cp -r "$8" {room}/$key
  exit
fi
cp -r {room}/$key "$8"
"""
    for name, text in (("python", python), ("mkdocs", script("python"))):
        (room / name).write_text(text, encoding="utf-8")
        (room / name).chmod(0o755)
    return {STAND_IN: str(room / "python")}


def change(project: Project, verb: str, version: str, **environment: str) -> Result:
    """Hide, show or drop a version."""
    return project.run("python", "scripts/versions.py", verb, version, **environment)


def succeeded(result: Result) -> str:
    assert result.code == 0, result.output
    return result.output


def refused(result: Result) -> str:
    assert result.code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def tip(folder: Path, of: str = "gh-pages^{commit}") -> str:
    return git(folder, "rev-parse", of)


def tree(folder: Path) -> str:
    return tip(folder, "gh-pages^{tree}")


def listed(folder: Path) -> list[dict[str, Any]]:
    """Return the versions on the branch, as its versions.json says them."""
    versions: list[dict[str, Any]] = json.loads(git(folder, "show", "gh-pages:versions.json"))
    return versions


def aliases(folder: Path) -> dict[str, list[str]]:
    return {entry["version"]: entry["aliases"] for entry in listed(folder)}


def serves(folder: Path) -> bool:
    """Tell whether readers find every version that the branch lists, and the way there."""
    files = set(git(folder, "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    names = [name for entry in listed(folder) for name in (entry["version"], *entry["aliases"])]
    wanted = {f"{name}/{file}" for name in names for file in ("index.html", "data/framework.json")}
    git(folder, "fsck", "--connectivity-only", "gh-pages")
    return wanted | {"index.html", "404.html", "versions.json"} <= files


def unpacked(folder: Path, to: Path) -> None:
    """Write the branch's files to a folder."""
    done = subprocess.run(
        ["git", "archive", "gh-pages"], cwd=folder, capture_output=True, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(to, filter="data")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str]]:
    """A project that published two versions, the second with a page more, and their address."""
    root = tmp_path_factory.mktemp("published")
    project = copy_project(root / "project")
    shutil.copytree(
        ROOT / "scripts", project.root / "scripts", ignore=shutil.ignore_patterns("__pycache__")
    )
    for file in REST:
        shutil.copy(ROOT / file, project.root / file)
    small(project, BAKERY)
    site = "INHERIT: mkdocs.yml\ntheme: {features: [navigation.instant]}\n"
    project.write("site.yml", site)
    git(project.root, "init", "-q", "-b", "main")
    git(project.root, "config", "user.name", "Tester")
    git(project.root, "config", "user.email", "tester@example.org")
    release(project, "1.0.0")
    (root / "www").mkdir()
    with serving(root / "www") as url:
        address = f"{url}/{PREFIX}/"
        succeeded(publish(project, "1.0.0", SITE_URL=address))
        project.replace("framework.yaml", "\npractices:\n", f"\npractices:\n{ADDITION}")
        release(project, "1.1.0")
        succeeded(publish(project, "1.1.0", SITE_URL=address))
        unpacked(project.root, root / "www" / PREFIX)
        git(project.root, "gc", "-q", "--prune=now")  # nearly all tests copy or clone it
        shutil.rmtree(project.root / ".cache")  # which copies are given again
        yield project, address


@pytest.fixture(scope="module")
def published(served: tuple[Project, str]) -> Project:
    """The project, to look at."""
    return served[0]


@pytest.fixture
def copy(published: Project, tmp_path: Path) -> Project:
    """A copy of it, to change."""
    return copy_of(published, tmp_path / "copy")


@pytest.fixture(scope="module")
def _refusing(published: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_of(published, tmp_path_factory.mktemp("refusing") / "copy")


@pytest.fixture
def refusing(_refusing: Project) -> Iterator[Project]:
    """A copy of it for what is refused: its files are put back afterwards, its branch stays."""
    before = tip(_refusing.root)
    yield _refusing
    assert tip(_refusing.root) == before
    git(_refusing.root, "reset", "-q", "--hard")
    git(_refusing.root, "clean", "-q", "-ffdx")


def copy_of(project: Project, root: Path) -> Project:
    shutil.copytree(project.root, root, symlinks=True)
    return Project(root)


@pytest.fixture
def origin(published: Project, tmp_path: Path) -> Path:
    """A bare repository with everything that was published."""
    git(tmp_path, "clone", "-q", "--bare", str(published.root), "origin.git")
    return tmp_path / "origin.git"


def clone_of(origin: Path, name: str = "clone", *options: str) -> Project:
    """Somebody's clone, without a branch gh-pages of its own."""
    root = origin.parent / name
    git(origin.parent, "clone", "-q", *options, origin.as_uri(), str(root))
    git(root, "config", "user.name", "Tester")
    git(root, "config", "user.email", "tester@example.org")
    return Project(root)


@pytest.fixture
def clone(origin: Path) -> Project:
    """Somebody's clone."""
    return clone_of(origin)


# What readers get


def test_every_version_and_the_latest_have_pages_and_data(published: Project) -> None:
    assert serves(published.root)
    assert aliases(published.root) == {"1.1.0": ["latest"], "1.0.0": []}
    latest = json.loads(git(published.root, "show", "gh-pages:latest/data/framework.json"))
    assert latest["framework"]["version"] == "1.1.0"
    git(published.root, "cat-file", "-e", "gh-pages:1.1.0/practices/added-later/index.html")
    assert "added-later" not in git(
        published.root, "ls-tree", "-r", "--name-only", "gh-pages:1.0.0"
    )


def test_search_engines_are_led_to_the_latest_version(served: tuple[Project, str]) -> None:
    project, address = served
    for version in ("1.0.0", "1.1.0", "latest"):
        html = git(project.root, "show", f"gh-pages:{version}/practices/open-daily/index.html")
        assert f'<link rel="canonical" href="{address}latest/practices/open-daily/">' in html


def test_each_version_is_one_commit_on_top_of_the_earlier_ones(published: Project) -> None:
    log = git(published.root, "log", "--format=%an: %s", "gh-pages").splitlines()
    assert log == ["Tester: Publish 1.1.0", "Tester: Publish 1.0.0"]
    built_from = [entry["properties"]["source"] for entry in listed(published.root)]
    assert built_from == git(published.root, "log", "--format=%H", "main").splitlines()
    assert git(published.root, "status", "--porcelain") == ""
    assert git(published.root, "branch", "--show-current") == "main"


def test_a_reader_changes_version_and_stays_on_the_page(
    served: tuple[Project, str], browser: Browser
) -> None:
    address = served[1]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}#start")
    expect(page).to_have_url(f"{address}latest/#start")
    assert "Content-Security-Policy" in page.request.get(f"{address}index.html").text()
    page.goto(f"{address}1.0.0/practices/open-daily/")
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text="1.1.0").click()
    expect(page).to_have_url(f"{address}1.1.0/practices/open-daily/")
    lost = page.request.get(f"{address}404.html").text()
    assert f'href="/{PREFIX}/latest/practices/"' in lost
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_an_older_version_leads_to_the_same_page_in_the_latest(
    served: tuple[Project, str], window: Page, scheme: Any, width: int
) -> None:
    address, page, errors = served[1], window, list[str]()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 700})
    page.on("pageerror", listen := lambda error: errors.append(str(error)))
    page.goto(f"{address}1.0.0/practices/open-daily/")
    banner = page.locator(".mp-outdated")
    expect(banner).to_contain_text("This page is from version 1.0.0, which is not the latest.")
    expect(banner).to_be_visible()
    assert violations(page, part=".md-banner") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print")
    expect(banner).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("article a", has_text="baker").click()
    expect(page).to_have_url(f"{address}1.0.0/roles/baker/")
    banner.get_by_role("link", name="See it in the latest version").click()
    expect(page).to_have_url(f"{address}latest/roles/baker/")
    expect(page.locator(".md-version__current")).to_contain_text("1.1.0")
    expect(banner).to_be_hidden()
    moves_on_within_the_latest(page, address)
    page.remove_listener("pageerror", listen)
    assert errors == []


def moves_on_within_the_latest(page: Page, address: str) -> None:
    page.goto(f"{address}latest/practices/")
    page.locator("article a", has_text="Added later").first.click()
    expect(page).to_have_url(f"{address}latest/practices/added-later/")
    expect(page.locator(".mp-outdated")).to_be_hidden()


# What is refused

#: What `publish` runs, as a hint repeats it.
AS_BEFORE = f"make publish VERSION=1.1.0 SITE_URL=https://example.org/{PREFIX}/"


@pytest.mark.parametrize(
    ("version", "file", "text", "messages"),
    [
        ("next", "", "", ['"next" is not a version', "make publish VERSION=1.2.0"]),
        ("1.2", "", "", ['"1.2" is not a version']),
        ("1.1.0+abc", "", "", ['"1.1.0+abc" is not a version']),
        ("../1.1.0", "", "", ['"../1.1.0" is not a version']),
        ("", "", "", ['"" is not a version']),
        ("1.1.0", "site.yml", "INHERIT: [", ["site.yml:1:11: the settings of the site cannot"]),
        ("1.1.0", "site.yml", "INHERIT: site.yml", ["site.yml:1:1: INHERIT: site.yml inherits"]),
        ("1.1.0", "site.yml", "extra: [x]", ["site.yml:1:1: extra: must be a map"]),
        ("1.1.0", "site.yml", "extra: {maturity: x}", ["site.yml:1:9: extra: maturity: must"]),
        ("1.1.0", "content/index.md", "Draft", ["Not committed: content/index.md", "Commit"]),
        ("1.1.0", "content/new.md", "Draft", ["Not committed: content/new.md"]),
        (
            "1.2.0", "", "",
            ["framework.yaml:4:12: VERSION is 1.2.0, but the version of the definition is 1.1.0",
             ".venv/bin/maturity release 1.2.0", f"to publish 1.1.0: {AS_BEFORE}"],
        ),
        (
            "1.1.0", "", "",
            ["its pages give another address than https://example.org/", f"{AS_BEFORE} AGAIN=1"],
        ),
    ],
    ids=["word", "two-numbers", "build-metadata", "path", "nothing", "broken-settings", "circle",
         "extra-list", "choices-text", "changed-file", "new-file", "other-version",
         "another-address"],
)  # fmt: skip
def test_what_could_not_be_meant_is_refused(
    refusing: Project, version: str, file: str, text: str, messages: list[str]
) -> None:
    if file:
        refusing.write(file, text)
    printed = refused(publish(refusing, version))
    assert all(message in printed for message in messages), printed


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("gone.yml", "gone.yml:1:1: the file cannot be read: No such file"),
        ("content", "content:1:1: this is a folder, not a file"),
        ("pipe", "pipe:1:1: this is a pipe, not a file"),
        ("site.yml/below", "site.yml/below:1:1: the file cannot be read: Not a directory"),
        ("-h", "-h:1:1: the file cannot be read: No such file"),
    ],
)
def test_settings_that_are_no_file_are_said(refusing: Project, config: str, message: str) -> None:
    pipe = refusing.root / "pipe"
    os.mkfifo(pipe)
    result = refusing.run("python", "scripts/publish.py", f"--config={config}", "1.1.0")
    pipe.unlink()  # which git does not see
    assert message in refused(result)


@pytest.mark.parametrize(
    "version",
    [
        "",
        "-h",
        "--push",
        "1.1.0 --push",
        "../1.1.0",
        'a"b',
        "a'b",
        "`touch hacked`",
        "1.1.0;",
        "a\\",
    ],
)
def test_make_takes_any_version_as_the_text_that_it_is(refusing: Project, version: str) -> None:
    lend_environment(refusing.root)
    names = sorted(path.name for path in refusing.root.iterdir())
    # What hides, shows and drops is one rule.
    for target in ("publish", "hide", *(("show", "drop") if version == "--push" else ())):
        done = subprocess.run(
            ["make", target, f"VERSION={version}"],
            cwd=refusing.root,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2  # what make says when a command has failed
        message = "is not a version" if target == "publish" else "There is no published version"
        assert message in done.stderr
        assert f'"{version}"' in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in refusing.root.iterdir()) == names


def test_everything_that_stands_in_the_way_is_said_at_once(refusing: Project) -> None:
    refusing.write("site.yml", "INHERIT: mkdocs.yml\n")
    refusing.write("overlay.yaml", 'based_on: "1.1.0"\nframework: {version: "3.0.0"}\n')
    printed = refused(publish(refusing, "2.0.0"))
    assert "Not committed: site.yml, overlay.yaml" in printed
    assert (
        "overlay.yaml:2:22: VERSION is 2.0.0, but the version of the definition is 3.0.0" in printed
    )


@pytest.fixture(scope="module")
def released(_released: Path) -> Project:
    """A clone of what was released and not published, for what is refused."""
    return clone_of(_released, "reader")


@pytest.mark.parametrize(
    "address",
    [None, "", "http://localhost/ml/", "http://127.0.0.1:8000/"],
    ids=["unset", "empty", "localhost", "preview"],
)
def test_nothing_is_pushed_that_names_the_machine_it_was_built_on(
    released: Project, address: str | None
) -> None:
    before = tip(released.root, "origin/gh-pages")
    command = [*PUBLISH, "1.2.0", "--push"]
    said = refused(released.run(*command, **({} if address is None else {"SITE_URL": address})))
    assert "make publish VERSION=1.2.0 SITE_URL=https://handbook.example.com/ PUSH=1" in said, said
    assert "Building documentation" not in said
    assert tip(released.root, "origin/gh-pages") == before


def test_an_address_may_stand_in_the_settings_of_the_site(clone: Project) -> None:
    clone.write("site.yml", "INHERIT: mkdocs.yml\nsite_url: https://handbook.example.org/\n")
    said = succeeded(clone.run("maturity", "release", "1.2.0"))
    assert "make publish VERSION=1.2.0\n" in said
    commit(clone)
    command = [*PUBLISH, "1.2.0", "--push"]
    assert "1.2.0 is on the branch gh-pages and on origin;" in succeeded(clone.run(*command))


def test_what_was_built_without_an_address_is_not_pushed_later(clone: Project) -> None:
    said = succeeded(clone.run("maturity", "release", "1.2.0"))
    command = "make publish VERSION=1.2.0 SITE_URL="
    assert f"{command}https://handbook.example.com/\n" in said
    commit(clone)
    succeeded(clone.run(*PUBLISH, "1.2.0", **built_once()))
    said = refused(publish(clone, "1.2.0", PUSH="1"))
    assert f"{command}https://example.org/{PREFIX}/ PUSH=1 AGAIN=1" in said
    succeeded(publish(clone, "1.2.0", PUSH="1", AGAIN="1"))


def test_what_was_built_without_an_address_is_not_pushed_along_with_something_else(
    clone: Project,
) -> None:
    release(clone, "1.2.0")
    succeeded(clone.run(*PUBLISH, "1.2.0", **built_once()))
    there = tip(clone.root, "origin/gh-pages")
    built = git(clone.root, "rev-parse", "HEAD")[:10]
    said = refused(change(clone, "hide", "1.0.0", PUSH="1"))
    assert "1.2.0 is only on your machine, and was built without SITE_URL" in said
    assert f"git checkout {built}\n  make publish VERSION=1.2.0 SITE_URL=https://handbook" in said
    release(clone, "1.3.0")
    said = refused(publish(clone, "1.3.0", PUSH="1"))
    assert "1.2.0 is only on your machine" in said
    assert "Building documentation" not in said
    assert tip(clone.root, "origin/gh-pages") == there
    git(clone.root, "checkout", "-q", "HEAD^")
    succeeded(publish(clone, "1.2.0", PUSH="1", AGAIN="1"))
    succeeded(change(clone, "hide", "1.0.0", PUSH="1"))


def test_only_what_was_released_is_published(copy: Project) -> None:
    before = tip(copy.root)
    (copy.root / "releases" / "bakery" / "1.1.0.yaml").unlink()
    commit(copy)
    printed = refused(publish(copy, "1.1.0", AGAIN="1"))
    assert "1.1.0 is not released yet." in printed
    assert ".venv/bin/maturity release 1.1.0" in printed
    release(copy, "1.1.0")
    copy.replace("framework.yaml", "It was added.", "It was added then.")
    commit(copy)
    printed = refused(publish(copy, "1.1.0", AGAIN="1"))
    assert "The definition has changed since 1.1.0 was released." in printed
    assert tip(copy.root) == before


def test_a_tag_set_before_its_release_is_taken_back_as_the_message_says(clone: Project) -> None:
    assert "git tag -d" not in refused(publish(clone, "1.2.0"))
    git(clone.root, "tag", "v1.2.0")
    git(clone.root, "push", "-q", "origin", "v1.2.0")
    said = refused(publish(clone, "1.2.0"))
    for line in ("git tag -d v1.2.0", "git push origin --delete v1.2.0"):
        assert f"\n  {line}\n" in said, said
        git(clone.root, *line.split()[1:])
    assert ".venv/bin/maturity release 1.2.0" in said
    release(clone, "1.2.0")
    git(clone.root, "tag", "v1.2.0")
    git(clone.root, "push", "-q", "origin", "v1.2.0")


def test_a_branch_that_somebody_has_checked_out_is_left_alone(
    copy: Project, tmp_path: Path
) -> None:
    git(copy.root, "worktree", "add", "-q", str(tmp_path / "pages"), "gh-pages")
    printed = refused(change(copy, "hide", "1.0.0"))
    assert f"gh-pages is checked out in {Path('..', 'pages')}" in printed


def test_a_failed_build_leaves_the_branch_as_it_was(copy: Project) -> None:
    before = tip(copy.root)
    copy.write("content/index.md", "# Home\n\n[A link](nowhere.md) that is a warning.\n")
    release(copy, "1.2.0")
    printed = refused(publish(copy, "1.2.0"))
    assert "nowhere.md" in printed
    assert "The site could not be built, so gh-pages is as it was." in printed
    assert tip(copy.root) == before
    assert not list((copy.root / ".git" / "publish").glob("work-*"))


# Which version is the latest


@pytest.mark.parametrize(
    ("version", "now_latest", "becomes_it"),
    [
        ("1.0.0", "", True),
        ("1.10.0", "1.9.0", True),
        ("1.9.0", "1.9.0", True),
        ("1.8.1", "1.9.0", False),
        ("2.0.0-rc.1", "1.9.0", False),
        ("2.0.0", "2.0.0-rc.2", True),
        ("1.0.0-rc.1", "", True),
        ("1.0.0-rc.10", "1.0.0-rc.9", True),
        ("0.9.0", "1.0.0-rc.1", True),
    ],
)
def test_the_latest_is_the_highest_release_or_pre_release_while_there_is_none(
    version: str, now_latest: str, becomes_it: bool
) -> None:
    published = Versions()
    if now_latest:
        published.add(now_latest, aliases=["latest"])
    assert is_latest(version, published) is becomes_it


def test_a_pre_release_is_published_beside_the_latest(copy: Project) -> None:
    release(copy, "1.2.0-rc.1")
    assert "latest stays 1.1.0" in succeeded(publish(copy, "1.2.0-rc.1"))
    assert aliases(copy.root) == {"1.2.0-rc.1": [], "1.1.0": ["latest"], "1.0.0": []}
    assert tip(copy.root, "gh-pages:latest") == tip(copy.root, "gh-pages:1.1.0")
    assert serves(copy.root)


def test_a_published_version_is_replaced_when_that_is_wanted(copy: Project) -> None:
    copy.replace("overrides/words/en.yaml", "title: How it works", "title: How it is done")
    commit(copy)
    assert "1.1.0 is published already, built from commit" in refused(publish(copy, "1.1.0"))
    assert "1.1.0 is on the branch gh-pages; is latest." in succeeded(
        publish(copy, "1.1.0", AGAIN="1")
    )
    for name in ("1.1.0", "latest"):
        assert "How it is done" in git(
            copy.root, "show", f"gh-pages:{name}/how-it-works/index.html"
        )


def test_the_same_commit_again_has_nothing_to_do(
    refusing: Project, served: tuple[Project, str]
) -> None:
    for address in (served[1], ""):
        said = succeeded(publish(refusing, "1.1.0", SITE_URL=address))
        assert "1.1.0 is published already, from this commit; nothing to do." in said


# Hidden and dropped versions


def test_a_version_is_hidden_shown_again_and_dropped(copy: Project) -> None:
    def hidden() -> dict[str, bool]:
        return {e["version"]: e["properties"].get("hidden", False) for e in listed(copy.root)}

    shown = tree(copy.root)
    succeeded(change(copy, "hide", "1.0.0"))
    assert hidden() == {"1.1.0": False, "1.0.0": True}
    assert serves(copy.root)
    succeeded(change(copy, "show", "1.0.0"))
    assert tree(copy.root) == shown
    succeeded(change(copy, "drop", "1.0.0"))
    assert hidden() == {"1.1.0": False}
    assert "1.0.0" not in git(copy.root, "ls-tree", "--name-only", "gh-pages").splitlines()
    log = git(copy.root, "log", "--format=%s", "gh-pages").splitlines()
    assert log[:3] == ["Drop 1.0.0", "Show 1.0.0", "Hide 1.0.0"]


def test_the_menu_leaves_a_hidden_version_out_and_its_pages_stay(
    copy: Project, browser: Browser, tmp_path: Path
) -> None:
    succeeded(change(copy, "hide", "1.0.0"))
    unpacked(copy.root, tmp_path / "www")
    with serving(tmp_path / "www") as url:
        page = browser.new_page()
        page.goto(f"{url}/1.0.0/")
        expect(page.locator(".md-version__link")).to_have_text(["1.1.0"])
        expect(page.locator(".mp-outdated")).to_be_visible()
        page.close()


def test_what_readers_see_first_can_neither_be_hidden_nor_dropped(refusing: Project) -> None:
    for verb in ("hide", "drop"):
        assert "1.1.0 is what readers see first" in refused(change(refusing, verb, "1.1.0"))
    for none in ("1.0.9", "../1.0.0", "", "latest"):
        assert f'There is no published version "{none}"' in refused(change(refusing, "drop", none))
    printed = refused(change(refusing, "drop", "1.0.9"))
    assert 'There is no published version "1.0.9". Published are: 1.1.0, 1.0.0' in printed
    assert "Published are: 1.1.0, 1.0.0" in refused(change(refusing, "hide", ""))


# With a remote


@pytest.mark.parametrize("depth", [[], ["--depth=1"]], ids=["clone", "shallow-clone"])
def test_what_only_the_remote_has_is_fetched_first(origin: Path, depth: list[str]) -> None:
    before = tip(origin)
    clone = clone_of(origin, "clone", *depth)
    succeeded(change(clone, "hide", "1.0.0", PUSH="1"))
    assert tip(origin) == tip(clone.root)
    assert tip(origin, "gh-pages^") == before
    assert list(aliases(origin)) == ["1.1.0", "1.0.0"]
    assert serves(origin)
    is_shallow = git(clone.root, "rev-parse", "--is-shallow-repository")
    assert is_shallow == ("true" if depth else "false")


def test_a_branch_that_is_behind_is_brought_up_to_the_remote(origin: Path) -> None:
    one, other = clone_of(origin, "one"), clone_of(origin, "other")
    succeeded(change(one, "hide", "1.0.0", PUSH="1"))
    succeeded(change(other, "show", "1.0.0", PUSH="1"))
    succeeded(change(one, "drop", "1.0.0", PUSH="1"))
    assert tip(one.root) == tip(origin)
    log = git(origin, "log", "--format=%s", "gh-pages").splitlines()
    assert log[:3] == ["Drop 1.0.0", "Show 1.0.0", "Hide 1.0.0"]


def test_a_branch_that_has_gone_two_ways_is_left_for_people_to_decide(origin: Path) -> None:
    one, other = clone_of(origin, "one"), clone_of(origin, "other")
    succeeded(change(one, "hide", "1.0.0"))
    succeeded(change(other, "drop", "1.0.0", PUSH="1"))
    before = tip(one.root), tip(origin)
    printed = refused(change(one, "show", "1.0.0"))
    assert "gh-pages has gone two ways" in printed
    assert "git branch -f gh-pages origin/gh-pages" in printed
    assert (tip(one.root), tip(origin)) == before


def test_what_was_not_pushed_yet_is_pushed_by_the_same_command_from_the_same_commit(
    origin: Path,
) -> None:
    clone = clone_of(origin)
    release(clone, "1.2.0")
    hook = clone.root / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\necho The line is down >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    printed = refused(publish(clone, "1.2.0", PUSH="1"))
    assert "The line is down" in printed
    assert "Run the same command again to push it." in printed
    hook.unlink()
    published = tip(clone.root)
    git(clone.root, "commit", "-q", "--allow-empty", "-m", "Another commit")
    printed = refused(publish(clone, "1.2.0", PUSH="1"))
    assert "To push gh-pages as it is: git push origin gh-pages" in printed
    assert tip(origin) != published
    git(clone.root, "reset", "-q", "--hard", "HEAD^")
    printed = succeeded(publish(clone, "1.2.0", PUSH="1"))
    assert "was on the branch gh-pages already, and is now on origin too" in printed
    assert tip(origin) == tip(clone.root) == published
    said = succeeded(publish(clone, "1.2.0", PUSH="1"))
    assert "1.2.0 is published already, from this commit; nothing to do." in said
    assert "Building documentation" not in said
    assert tip(origin) == tip(clone.root) == published
    succeeded(change(clone, "drop", "1.0.0"))
    succeeded(change(clone, "drop", "1.0.0", PUSH="1"))
    assert tip(origin) == tip(clone.root) != published


def test_two_who_publish_at_once_do_not_get_stuck(origin: Path) -> None:
    one, other = clone_of(origin, "one"), clone_of(origin, "other")
    succeeded(change(other, "hide", "1.0.0"))
    faster = f'#!/bin/sh\nunset GIT_DIR\ngit -C "{other.root}" push -q origin gh-pages\n'
    hook = one.root / ".git" / "hooks" / "pre-push"
    hook.write_text(faster, encoding="utf-8")
    hook.chmod(0o755)
    printed = refused(change(one, "drop", "1.0.0", PUSH="1"))
    assert "Somebody else has changed gh-pages on origin in the meantime" in printed
    assert tip(origin) == tip(other.root)
    hook.unlink()
    succeeded(change(one, "drop", "1.0.0", PUSH="1"))
    assert tip(origin) == tip(one.root)
    assert tip(origin, "gh-pages^") == tip(other.root)


def test_a_remote_that_is_missing_or_does_not_answer_is_said(copy: Project) -> None:
    printed = refused(change(copy, "drop", "1.0.0", PUSH="1"))
    assert "There is no remote called origin to push to." in printed
    git(copy.root, "remote", "add", "origin", (copy.root / "nowhere.git").as_uri())
    assert "git ls-remote failed" in refused(change(copy, "drop", "1.0.0"))


# Killed


#: What `publish` does with git after the build, in its order: it may be cut off before each.
STEPS = (
    "init --quiet",
    "fast-import",  # the version's files
    "cat-file -e",
    "rev-parse refs/heads/gh-pages^{tree}",
    "commit-tree",
    "update-ref -m publish",
)


def killed_at(project: Project, step: str, programs: Path, *, after: bool = False) -> None:
    """Kill a publish of 1.2.0 before it takes a step of git's, or after it."""
    real = shutil.which("git")
    reached = programs / "reached"
    reached.unlink(missing_ok=True)
    done = f'{real} "$@"' if after else "true"
    kill = f"{done}; touch {reached}; exec kill -9 $PPID"
    (programs / "git").write_text(
        f'#!/bin/sh\ncase "$*" in "{step}"*) {kill};; esac\nexec {real} "$@"\n', encoding="utf-8"
    )
    (programs / "git").chmod(0o755)
    result = publish(project, "1.2.0", PATH=f"{programs}:{ENVIRONMENT['PATH']}")
    assert result.code == -signal.SIGKILL, result.output
    assert reached.exists(), f"{step!r} is no step of publish any more"


def killed_while_it_builds(project: Project) -> None:
    """Kill a publish of 1.2.0, with all it started, as soon as MkDocs builds the site."""
    with subprocess.Popen(
        [sys.executable, *PUBLISH[1:], "1.2.0"],
        cwd=project.root,
        env={**ENVIRONMENT, **DAY, "SITE_URL": f"https://example.org/{PREFIX}/"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Building documentation to directory" in line:
                break
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_a_publish_killed_at_any_moment_leaves_a_branch_that_serves(
    copy: Project, tmp_path: Path
) -> None:
    release(copy, "1.2.0")
    head, before = tip(copy.root, "HEAD"), tree(copy.root)
    clean = git(copy.root, "status", "--porcelain", "--ignored")
    whole = copy_of(copy, tmp_path / "whole")
    succeeded(publish(whole, "1.2.0"))
    after = tree(whole.root)
    programs = tmp_path / "programs"
    programs.mkdir()

    def is_as(expected: str) -> bool:
        assert git(copy.root, "status", "--porcelain", "--ignored") == clean
        return tree(copy.root) == expected and serves(copy.root)

    killed_while_it_builds(copy)
    assert is_as(before)
    for step in STEPS:  # each goes beyond where the one before it was killed
        killed_at(copy, step, programs)
        assert is_as(before), step
    killed_at(copy, STEPS[-1], programs, after=True)
    assert is_as(after)
    git(copy.root, "update-ref", "refs/heads/gh-pages", "gh-pages^")
    succeeded(publish(copy, "1.2.0"))
    assert is_as(after)
    assert tip(copy.root, "HEAD") == head


def test_what_a_killed_command_left_behind_stops_nobody(copy: Project) -> None:
    folder = copy.root / ".git"
    (folder / "publish" / "work-left" / "draft.git").mkdir(parents=True)
    for name in ("refs/heads/gh-pages.lock", "shallow.lock", "publish/work-left/index.lock"):
        (folder / name).touch()
    succeeded(change(copy, "drop", "1.0.0"))
    assert [path.name for path in (folder / "publish").iterdir()] == ["lock"]


# The workflows


def test_a_tag_of_upstreams_that_came_along_is_not_published_in_a_fork(origin: Path) -> None:
    clone = clone_of(origin, "runner")
    git(clone.root, "checkout", "-q", "--detach")
    git(clone.root, "rm", "-q", "-r", "site.yml", "releases")
    commit(clone, "As upstream's")
    before = tip(origin)
    printed = refused(clone.run("python", "scripts/publish.py", "1.1.0", PUSH="1"))
    assert "it is upstream's and is not published here" in printed
    assert "git push origin --delete v1.1.0" in printed
    assert tip(origin) == before


@pytest.fixture(scope="module")
def _released(published: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository with everything that was published, and a release that was not."""
    root = tmp_path_factory.mktemp("released")
    git(root, "clone", "-q", "--bare", str(published.root), "origin.git")
    clone = clone_of(root / "origin.git", "author")
    release(clone, "1.2.0")
    git(clone.root, "tag", "v1.2.0")
    git(clone.root, "push", "-q", "origin", "main", "v1.2.0")
    return root / "origin.git"


@pytest.fixture
def tagged(_released: Path, tmp_path: Path) -> Path:
    """The bare repository with a tag for a version that is not published yet."""
    git(tmp_path, "clone", "-q", "--bare", str(_released), "origin.git")
    return tmp_path / "origin.git"


@pytest.mark.parametrize("depth", [[], ["--depth=1"]], ids=["clone", "shallow-clone"])
def test_githubs_workflow_publishes_a_tag(tagged: Path, depth: list[str]) -> None:
    before = tip(tagged)
    clone = clone_of(tagged, "runner", *depth, "--branch=v1.2.0")
    lend_environment(clone.root)
    steps, environment = github("publish", "v1.2.0")
    run_steps(clone, steps, {**environment, **built_once()})
    assert tip(tagged, "gh-pages^") == before
    assert aliases(tagged) == {"1.2.0": ["latest"], "1.1.0": [], "1.0.0": []}
    assert serves(tagged)
    html = git(tagged, "show", "gh-pages:1.2.0/practices/open-daily/index.html")
    assert 'href="https://acme.github.io/handbook/latest/practices/open-daily/"' in html


def test_gitlabs_jobs_publish_a_tag_and_put_the_branch_on_pages(tagged: Path) -> None:
    before = tip(tagged)
    clone = clone_of(tagged, "runner", "--depth=1", "--branch=v1.2.0")
    lend_environment(clone.root)
    remote = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{tagged.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://oauth2:token@gitlab.com:443/acme/handbook.git",
    }
    steps, environment = gitlab("publish")
    run_steps(clone, steps, {**environment, **remote})
    assert tip(tagged, "gh-pages^") == before
    assert git(tagged, "log", "-1", "--format=%an: %s", "gh-pages") == "Ada: Publish 1.2.0"
    assert serves(tagged)
    steps, environment = gitlab("pages")
    run_steps(clone, steps, {**environment, **remote})
    public = clone.root / "public"
    assert (public / "latest" / "data" / "framework.json").exists()
    assert sorted(p.name for p in public.iterdir() if p.is_dir()) == [
        "1.0.0", "1.1.0", "1.2.0", "latest",
    ]  # fmt: skip
