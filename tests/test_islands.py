"""What goes around Markdown and the search must come out as if it had not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from projects import ROOT, Project, copy_project

LINK = "# Own\n\n[There](score.md#{})\n"
#: A hook of a fork's, which may want to see whole pages: none of them goes around anything then.
OTHER = "def on_page_content(html, **_):\n    return html\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("islands") / "project")
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write("content/own.md", LINK.format("practice-open-daily"))
    project.write("other.py", OTHER)
    project.write("other.yml", "INHERIT: mkdocs.yml\nhooks: [hooks/playbook.py, other.py]\n")
    project.replace("mkdocs.yml", "  /data.md", "  /data.md\n  /own.md")
    return project


def pages(site: Path) -> dict[str, str]:
    return {
        str(file.relative_to(site)): file.read_text(encoding="utf-8")
        for file in site.rglob("*.html")
    }


def found(site: Path) -> list[dict[str, Any]]:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    docs: list[dict[str, Any]] = index["docs"]
    return docs


def test_pages_are_what_they_are_where_somebody_wants_to_see_them_whole(small: Project) -> None:
    around = pages(small.built())
    assert around == pages(small.built("other.yml"))
    assert "Open every day" in around["score/index.html"]
    assert 'class="mp-check"' in around["checklists/index.html"]


def test_the_search_finds_no_field_of_a_form(small: Project) -> None:
    docs = found(small.built())
    assert {doc["location"] for doc in docs if doc["location"].startswith("score/")} == {
        "score/",
        "score/#score-yourself",
    }
    lists = [doc["text"] for doc in docs if doc["location"].startswith("checklists/")]
    assert not [text for text in lists if "Don't know" in text]


def test_a_link_into_a_form_is_checked(small: Project) -> None:
    small.write("content/own.md", LINK.format("practice-open-dayly"))
    result = small.build()
    assert result.code != 0
    assert "#practice-open-dayly" in result.output
