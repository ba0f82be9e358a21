"""Mistakes of every kind are said in one run, also where an overlay has some that hide entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_silence import SMALL, report

#: A rename of upstream's, a slip in an id, and an entry of the fork's own that lacks its level.
OVERLAY = """
based_on: "1.0.0"
practices:
  old-recipes:
    title: Keep them
  open-daily:
    criteria:
      no-such: null
  ours:
    title: Ours
    dimension: bread
    criteria: {a: It is there.}
drop:
  - role:bakr
"""


def first_lines(said: str) -> list[str]:
    """Return the places and messages of a report."""
    return [line for line in said.splitlines() if line[:1].strip() and ":" in line]


@pytest.fixture
def files() -> dict[str, str]:
    upstream = SMALL.replace("  keep-recipes:\n", "  keep-recipes:\n    formerly: [old-recipes]\n")
    return {"framework.yaml": upstream, "overlay.yaml": OVERLAY, "mkdocs.yml": ""}


def test_mistakes_of_an_overlay_hide_none_of_snippets_pages_words_and_settings(
    tmp_path: Path, files: dict[str, str]
) -> None:
    said = report(
        tmp_path,
        files
        | {
            "snippets/practices/old-recipes.after-criteria.md": "Blue.\n",
            "snippets/practices.after.md": "{{ entry.titel }}\n",
            "content/own/a.md": "---\ntitel: A\n---\n\n[it](practice:old-recipes)\n",
            "content/own/brand.css": ":root { --mp-brnad: red }",
            "content/own/b.md": "[it](c.md)\n",
            "words.yaml": "practice: {wy: Why}\n",
            "mkdocs.yml": "theme: {logo: no.svg}\n",
        },
    )
    places = {line.split(" ")[0] for line in first_lines(said)}
    assert places >= {
        "content/own/a.md:2:1:",
        "content/own/a.md:5:6:",
        "content/own/b.md:1:6:",
        "content/own/brand.css:1:9:",
        "mkdocs.yml:1:9:",
        "overlay.yaml:4:3:",
        "overlay.yaml:8:7:",
        "overlay.yaml:9:3:",
        "overlay.yaml:14:5:",
        "snippets/practices.after.md:1:1:",
        "snippets/practices/old-recipes.after-criteria.md:1:1:",
        "words.yaml:1:12:",
    }, said


def test_what_an_entry_with_a_mistake_will_have_once_it_is_mended_is_not_missed(
    tmp_path: Path, files: dict[str, str]
) -> None:
    said = report(
        tmp_path,
        files
        | {
            "snippets/practices/ours.after-criteria.md": "Blue.\n",
            "content/own/a.md": "[it](practice:ours), [page](../practices/ours.md)\n",
            "content/practices/ours.md": '# Ours\n\n{{ link("practice:ours") }}\n',
        },
    )
    assert said.endswith("\n4 problems in overlay.yaml")


@pytest.mark.parametrize("line", ["", "based_on: 1\n", 'based_on: "3.0.0"\n'])
def test_an_overlay_without_the_version_that_it_is_for_hides_nothing(
    line: str, tmp_path: Path
) -> None:
    overlay = line + "framework: {title: Ours}\n"
    said = report(tmp_path, {"overlay.yaml": overlay, "content/own/a.md": "{{ no }}\n"})
    assert said.count("overlay.yaml:1:") == 1
    assert "content/own/a.md:1:1: " in said


def test_an_overlay_that_is_no_yaml_is_all_that_is_said(tmp_path: Path) -> None:
    overlay = 'based_on: "1.0.0"\nlevels: [\n'
    said = report(tmp_path, {"overlay.yaml": overlay, "content/own/a.md": "[it](level:new)\n"})
    assert said.endswith("\n1 problem in overlay.yaml")
