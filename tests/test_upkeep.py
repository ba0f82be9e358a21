"""Handbooks stay fresh: who answers for a page, when it was looked at, and what is due."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from maturity.__main__ import main
from maturity.definition import check
from maturity.framework.questionnaire import fingerprints
from maturity.framework.relations import Relations
from maturity.site import files, nav
from maturity.site.for_programs import with_copies
from maturity.site.generate import Site, generate
from maturity.site.settings import Settings
from maturity.versions.changes import diff
from projects import ROOT

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
#: An overlay that says of upstream's entries what may be said.
OVERLAY = """\
based_on: "1.0.0"
framework: {review_in: 12 months}
practices:
  keep-recipes: {keeper: "Mira <b>*O*</b>", reviewed: "2026-01-31", review_in: 1 month}
  open-daily: {reviewed: "2026-03-01"}
roles:
  baker: {keeper: The guild}
"""
PAGE = "---\nkeeper: Ada\nreviewed: 2026-05-05\nreview_in: 90 days\n---\n\n# Our ovens\n\nHot.\n"
DAY = "2026-06-01"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A definition with an overlay and a hand-written page, looked at on a day in June."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")  # noon of DAY
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "own").mkdir(parents=True)
    (tmp_path / "framework.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "content" / "own" / "ovens.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def settings(folder: Path) -> Settings:
    return Settings(folder / "framework.yaml", ROOT / "overrides", folder / "content")


def site_in(folder: Path) -> tuple[Site, dict[str, str]]:
    """The site, and the Markdown of its pages by path."""
    written = files.hand_written_files(folder / "content")
    site = generate(settings(folder), written)
    return site, {path: str(text) for path, text in files.site_files(site, written).items()}


def run(*command: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [*command, "--overrides", str(ROOT / "overrides")])
    said = "".join(
        line for line in done.stderr.splitlines(True) if not line.startswith("This takes")
    )
    return done.exit_code, done.stdout, said


def test_pages_say_who_keeps_them_and_when_they_are_due_whatever_the_day(folder: Path) -> None:
    site, texts = site_in(folder)
    lines = {
        path: text.rsplit('data-search-exclude="1">', 1)[1].partition("</p>")[0]
        for path, text in texts.items()
        if "mp-kept" in text
    }
    assert lines == {
        "practices/keep-recipes.md": "Kept by Mira &#60;b&#62;&#42;O&#42;&#60;/b&#62;. "
        "Last looked at on Jan 31, 2026; due on Feb 28, 2026.",
        "practices/open-daily.md": "Last looked at on Mar 1, 2026; due on Mar 1, 2027.",
        "roles/baker.md": "Kept by The guild. ",
        "own/ovens.md": "Kept by Ada. Last looked at on May 5, 2026; due on Aug 3, 2026.",
    }
    copies = with_copies(site, (), {}, settings(folder))
    copy = next(one for one in copies if one.path == "practices/open-daily.md.txt")
    assert str(copy.content).endswith("Last looked at on Mar 1, 2026; due on Mar 1, 2027.\n")


def test_what_is_due_stands_on_a_page_that_says_what_it_counts_from(folder: Path) -> None:
    site, texts = site_in(folder)
    text = texts["due.md"]
    assert "made on Jun 1, 2026" in text
    parts = text.split("\n## ")
    assert [part.splitlines()[0].partition(" {:")[0] for part in parts[1:]] == [
        "Due on Jun 1, 2026 or before",
        "Later",
        "Without a day",
    ]
    assert [part.count("| [") for part in parts[1:]] == [1, 2, 1]
    assert "| [Keep recipes](practices/keep-recipes.md) |" in parts[1]
    assert parts[2].index("(own/ovens.md)") < parts[2].index("(practices/open-daily.md)")
    assert nav.paths(nav.expand(["@due"], site, folder / "mkdocs.yml")) == {"due.md"}


def test_without_a_word_of_it_there_is_no_page_and_nothing_to_say(folder: Path) -> None:
    (folder / "overlay.yaml").unlink()
    (folder / "content" / "own" / "ovens.md").unlink()
    site, texts = site_in(folder)
    assert "due.md" not in texts
    assert "mp-kept" not in "".join(texts.values())
    assert nav.expand([{"Own": ["@due"]}], site, folder / "mkdocs.yml") == []
    said = "Nothing is due on 2026-06-01; no entry and no page has a day\n"
    assert run("check", "--due") == (0, "", said)


def test_a_bot_is_told_what_is_due(folder: Path) -> None:
    code, text, _ = run("check", "--due")
    assert code == 4
    assert text == (
        "2026-02-28, 93 days overdue: practice keep-recipes, Keep recipes, kept by Mira <b>*O*</b>:"
        " overlay.yaml:4\n"
    )
    assert run("check", "--due", "--on", "2026-02-27") == (
        0,
        "",
        "Nothing is due on 2026-02-27; the next is on 2026-02-28\n",
    )
    code, text, _ = run("check", "--due", "--on", "2026-08-03", "--format", "json")
    assert code == 4
    listed = json.loads(text)
    assert listed["on"] == "2026-08-03"
    assert [(one["id"], one["days_over"]) for one in listed["due"]] == [
        ("keep-recipes", 156),
        ("", 0),
    ]
    assert listed["due"][1] == {
        "due": "2026-08-03",
        "days_over": 0,
        "kind": "",
        "id": "",
        "page": "own/ovens.md",
        "title": "Our ovens",
        "keeper": "Ada",
        "reviewed": "2026-05-05",
        "at": "content/own/ovens.md:3",
    }
    assert run("check", "--on", DAY)[0] == 2


def test_it_is_no_change_of_the_framework(folder: Path) -> None:
    before = check.load(folder / "framework.yaml").framework
    after = check.load(folder / "framework.yaml", folder / "overlay.yaml").framework
    assert after.practices["keep-recipes"].reviewed == "2026-01-31"
    assert diff(before, after) == []
    assert fingerprints(Relations(before)) == fingerprints(Relations(after))


OVENS = "content/own/ovens.md"
#: What is changed in which file, and words of the report.
MISTAKES = [
    (
        "overlay.yaml",
        "2026-03-01",
        "2026-06-02",
        "overlay.yaml:5:26: practice open-daily: reviewed:",
    ),
    ("overlay.yaml", "2026-03-01", "2026-06-02", "2026-06-02 is still to come"),
    ("overlay.yaml", "2026-03-01", "2026-02-30", "2026-02-30 is no day of the calendar"),
    ("overlay.yaml", '"2026-03-01"', "2026-03-01", "YAML reads 2026-03-01 as a date"),
    ("overlay.yaml", "1 month}", "soon}", '"review_in" is not a time: soon'),
    ("overlay.yaml", "12 months", "yearly", '"review_in" is not a time: yearly'),
    (
        "overlay.yaml",
        'reviewed: "2026-03-01"',
        "review_in: 6 months",
        "in reviewed, which is missing",
    ),
    (OVENS, "2026-05-05", "2026-06-02", "ovens.md:3:1: reviewed: 2026-06-02 is still to come"),
    (OVENS, "90 days", "90", "ovens.md:4:1: review_in: 90 is no time"),
    (OVENS, "2026-05-05", "null", "ovens.md:3:1: reviewed: the day is missing"),
    (OVENS, "90 days", "", "ovens.md:4:1: review_in: the time is missing"),
    (OVENS, "reviewed: 2026-05-05\n", "", "review_in counts from the day in reviewed"),
    (OVENS, "reviewed", "reviewd", "did you mean reviewed?"),
    (OVENS, "Ada", "[Ada]", "keeper must be text, not a list"),
    (OVENS, "Ada", '"\\u202eAda"', "keeper: this is no plain text"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), MISTAKES)
def test_mistakes_are_named(folder: Path, file: str, old: str, new: str, says: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    code, printed, report = run("check", "--due")
    assert (code, printed) == (1, "")
    assert says in report


def test_a_page_in_place_of_an_entrys_says_it_for_the_entry(folder: Path) -> None:
    page = folder / "content" / "practices" / "keep-recipes.md"
    page.parent.mkdir()
    page.write_text(PAGE.replace("# Our ovens", "# Recipes"), encoding="utf-8")
    code, text, _ = run("check", "--due", "--on", "2026-08-03")
    assert code == 4
    assert (
        "practice keep-recipes, Recipes, kept by Ada: content/practices/keep-recipes.md:3" in text
    )
    assert "Mira" not in text
