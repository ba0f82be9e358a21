"""What YAML takes from an author without a word is a problem at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_silence import SMALL, report


def definition(old: str, new: str) -> dict[str, str]:
    assert SMALL.count(old) == 1
    return {"framework.yaml": SMALL.replace(old, new)}


def front(lines: str) -> dict[str, str]:
    return {"content/own/a.md": f"---\n{lines}\n---\n# A\n"}


def site(lines: str) -> dict[str, str]:
    return {"mkdocs.yml": "", "site.yml": f"INHERIT: mkdocs.yml\n{lines}\n"}


TITLE = "    title: Keep recipes\n"
ROWS = "    rows: 3\n"
CUT = "YAML cuts the text off here, at the #"
#: What somebody wrote, where the report points, and what it says.
CASES = [
    # A text that ends where YAML sees a comment.
    (definition(TITLE, "    title: Keep recipes #1 to #9\n"), "framework.yaml:39:25", CUT),
    (definition("The owner bakes.", "Baked at #shop"), "framework.yaml:29:18", CUT),
    (definition("    owner: baker\n", "    owner: baker #x\n"), "framework.yaml:49:18", CUT),
    ({"words.yaml": "practice:\n  why: Why #1 matters\n"}, "words.yaml:2:12", CUT),
    (site("site_author: Team #1"), "site.yml:2:19", CUT),
    (front("title: Issue #12 is done"), "content/own/a.md:2:14", CUT),
    # Numbers that people read otherwise.
    (
        definition(ROWS, "    rows: 010\n"),
        "framework.yaml:130:11",
        "YAML reads 010 as the number 8",
    ),
    (
        definition(ROWS, "    rows: 1:30\n"),
        "framework.yaml:130:11",
        "YAML reads 1:30 as the number 90",
    ),
    (
        definition(ROWS, "    rows: 0x10\n"),
        "framework.yaml:130:11",
        "YAML reads 0x10 as the number 16",
    ),
    (definition("year: 1999", "year: 1_999"), "framework.yaml:169:11", "reads 1_999 as the number"),
    (site("extra: {maturity: {canonical: 1.10}}"), "site.yml:2:31", "YAML reads 1.10 as a number"),
    # Keys that stand twice.
    (front("title: A\ntitle: B"), "content/own/a.md:3:1", '"title" stands twice'),
    (front("title: A\n---\n---\ntitle: B"), "content/own/a.md:4:1", "a second front matter"),
    # Texts that are none, and values of another kind.
    (front("title: no"), "content/own/a.md:2:1", "title must be text, not true or false"),
    (front("title: 1.10"), "content/own/a.md:2:1", "title must be text, not a number"),
    (front("author: 2026-01-02"), "content/own/a.md:2:1", "author must be text, not a date"),
    (front("render_macros: 'false'"), "content/own/a.md:2:1", "render_macros must be true or"),
    (front("search: exclude"), "content/own/a.md:2:1", "search must be a map, not text"),
    (front("hide: toc"), "content/own/a.md:2:1", "hide must be a list, not text"),
    (site("copyright: no"), "site.yml:2:1", "copyright: must be text, not true or false"),
    (site("strict: 'no'"), "site.yml:2:1", "strict: must be true or false, not text"),
    (site("nav: index.md"), "site.yml:2:1", "nav: must be a list, not text"),
    # Keys that nothing follows, which in settings take away what they inherit.
    (front("title:"), "content/own/a.md:2:1", "title is empty"),
    (front("description: ' '"), "content/own/a.md:2:1", "description is empty"),
    (site("nav:"), "site.yml:2:1", "nav is empty"),
    (site("nav:\n  - Own:"), "site.yml:3:5", "nav: Own is empty"),
    (site("extra:\n  maturity:"), "site.yml:3:3", "extra: maturity is empty"),
    (site("theme:\n  logo:"), "site.yml:3:3", "theme: logo is empty"),
    (site("copyright: #1 of us"), "site.yml:2:1", "copyright is empty"),
]


@pytest.mark.parametrize(("files", "place", "message"), CASES)
def test_what_yaml_would_lose_is_named(
    files: dict[str, str], place: str, message: str, tmp_path: Path
) -> None:
    said = report(tmp_path, files)
    assert said.startswith(f"{place}: "), said
    assert message in said.split("\n")[0]
    assert said.rstrip().split("\n")[-1].startswith("1 problem in "), said


def test_what_yaml_keeps_is_no_problem(tmp_path: Path) -> None:
    files = {
        **definition(ROWS, "    rows: 3 # as many as fit\n"),
        **site(
            "site_author: 'Team #1'  # ours\nstrict: true #why\ncopyright: C#\n"
            "plugins:\n  search:\nextra: {maturity: {canonical: 1.0}}\n"
            "theme: {icon: {logo: ~}}\n"
        ),
        **front("title: A # note\ndate: 2026-01-02\nstated: 1.10\nhide: [toc]"),
    }
    text = files["framework.yaml"].replace("passing: 0.5", "passing: .50")
    assert report(tmp_path, {**files, "framework.yaml": text}) == ""
