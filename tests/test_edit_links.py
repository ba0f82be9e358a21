"""The edit buttons: they lead to the repository that the files were cloned from, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from forks import VERSION, excerpt, small
from htmltree import page
from maturity.site import configuration
from maturity.site.choices import Choices
from maturity.site.edit_links import UPSTREAM, edit_address, edit_base
from maturity.site.framework_file import FrameworkFile
from projects import ROOT, Project
from repositories import git

OVERLAY = f"""based_on: "{VERSION}"
practices:
  ask-once:
    level: getting-started
    dimension: product
    title: Ask one customer
    criteria: {{asked: One customer was asked.}}
"""


def edit_link(site: Path, name: str) -> str:
    document = page(site / "practices" / name / "index.html")
    links = [a.attributes["href"] for a in document.all("a", "md-content__button")]
    return links[0].replace("/content/../", "/") if links else ""


@pytest.mark.parametrize(
    ("origin", "base"),
    [
        ("https://github.com/acme/handbook.git", "https://github.com/acme/handbook/edit"),
        ("https://github.com/acme/handbook/", "https://github.com/acme/handbook/edit"),
        ("git@github.com:acme/handbook.git", "https://github.com/acme/handbook/edit"),
        ("ssh://git@github.com/acme/handbook", "https://github.com/acme/handbook/edit"),
        ("ssh://git@ssh.github.com:443/acme/hb.git", "https://github.com/acme/hb/edit"),
        ("git@github.acme.example:ml/hb.git", "https://github.acme.example/ml/hb/edit"),
        ("https://gitlab.com/acme/ml/hb.git", "https://gitlab.com/acme/ml/hb/-/edit"),
        ("git@gitlab.com:acme/hb.git", "https://gitlab.com/acme/hb/-/edit"),
        ("ssh://git@gitlab.acme.example:2222/a/b/hb.git", "https://gitlab.acme.example/a/b/hb/-/edit"),
        ("https://gitlab.acme.example:8443/a/hb.git", "https://gitlab.acme.example:8443/a/hb/-/edit"),
        ("http://gitlab.intranet/a/hb", "http://gitlab.intranet/a/hb/-/edit"),
        ("https://oauth2:a-token@gitlab.com/acme/hb.git", "https://gitlab.com/acme/hb/-/edit"),
        ("https://bitbucket.org/acme/hb.git", None),
        ("https://code.acme.example/ml/hb.git", None),
        ("https://github.com/acme", None),
        ("https://github.com:port/acme/hb", None),
        ("/srv/git/github/handbook.git", None),
        ("../handbook", None),
        ("file:///srv/github/handbook", None),
        ("C:/github/handbook", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_address_of_the_origin_tells_where_files_are_edited(
    origin: str, base: str | None
) -> None:
    assert edit_base(origin) == base


def test_a_fork_is_edited_in_its_own_repository(project: Project) -> None:
    excerpt(project, "ai-use-rules")
    project.write("overlay.yaml", OVERLAY)
    git(project.root, "init", "-q")
    git(project.root, "remote", "add", "upstream", "https://github.com/other/playbook.git")
    git(project.root, "remote", "add", "origin", "git@gitlab.acme.example:ml/team/handbook.git")
    own = "https://gitlab.acme.example/ml/team/handbook/-/edit/main"
    site = project.built()
    assert edit_link(site, "ask-once") == f"{own}/overlay.yaml#L3"
    assert edit_link(site, "ai-use-rules").startswith(f"{own}/framework.yaml#L")
    buttons = page(site / "data" / "index.html").all("a", "md-content__button")
    assert buttons[0].attributes["href"] == f"{own}/content/data.md"


def test_a_fork_that_does_not_tell_where_it_lies_has_no_edit_buttons(project: Project) -> None:
    small(project).write("site.yml", "INHERIT: mkdocs.yml\n")
    assert edit_link(project.built("site.yml"), "first") == ""


@pytest.mark.parametrize(
    ("framework", "text", "leads"),
    [
        ("framework.yaml", "framework:\n  # ours\n\n  title: T\n  id: ml-maturity\n", True),
        ("framework.yaml", "framework: {title: T, id: ml-maturity}\n", True),
        ("framework.yaml", "framework:\n  id: 'bakery'\nlevels:\n  id: ml-maturity\n", False),
        ("framework.yaml", "levels: {}\n", False),
        ("examples/team-health/framework.yaml", "framework: {id: team-health}\n", True),
        ("release-habits/framework.yaml", "framework: {id: release-habits}\n", False),
    ],
)
def test_another_framework_in_the_place_of_upstreams_is_not_edited_there(
    framework: str, text: str, leads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDIT_URI", raising=False)
    file = tmp_path / framework
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    choices = Choices(FrameworkFile(file))
    address = choices.edit_uri(UPSTREAM, tmp_path / "mkdocs.yml", tmp_path / "content")
    assert address == (UPSTREAM if leads else None)


def test_a_fork_says_itself_where_its_files_are_edited(project: Project) -> None:
    git(small(project).root, "init", "-q")
    git(project.root, "remote", "add", "origin", "https://github.com/acme/handbook.git")
    project.write("site.yml", "INHERIT: mkdocs.yml\n")
    result = project.build("site.yml", EDIT_URI="https://code.acme.example/hb/edit/content/")
    assert result.code == 0, result.output
    there = "https://code.acme.example/hb/edit/framework.yaml#L"
    assert edit_link(project.site, "first").startswith(there)


def test_worktrees_and_other_branches_are_known(tmp_path: Path) -> None:
    server, clone, tree = (tmp_path / name for name in ("server", "clone", "tree"))
    git(tmp_path, "init", "-q", "-b", "trunk", str(server))
    git(server, "-c", "user.name=T", "-c", "user.email=t@example.org",
        "commit", "-q", "--allow-empty", "-m", "Start")  # fmt: skip
    git(tmp_path, "clone", "-q", server.as_uri(), str(clone))
    git(clone, "worktree", "add", "-q", "-b", "draft", str(tree))
    content = tree / "content"
    assert edit_address(tree, content, is_upstreams=False) is None
    git(clone, "remote", "set-url", "origin", "https://github.com/acme/handbook.git")
    wanted = "https://github.com/acme/handbook/edit/trunk/content/"
    assert edit_address(tree, content, is_upstreams=False) == wanted
    assert edit_address(clone, clone / "content", is_upstreams=True) == wanted


def test_what_is_upstreams_is_edited_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDIT_URI", raising=False)
    assert configuration.load(ROOT / "mkdocs.yml")["edit_uri"] == UPSTREAM
    git(tmp_path, "init", "-q")
    content = tmp_path / "content"
    assert edit_address(tmp_path, content, is_upstreams=True) == UPSTREAM
    git(tmp_path, "remote", "add", "origin", "/srv/git/playbook")  # somebody's clone of a clone
    assert edit_address(tmp_path, content, is_upstreams=True) == UPSTREAM
    origin = "https://github.com/ml-maturity-playbook/ml-maturity-playbook.git"
    git(tmp_path, "remote", "set-url", "origin", origin)
    assert edit_address(tmp_path, content, is_upstreams=False) == UPSTREAM
