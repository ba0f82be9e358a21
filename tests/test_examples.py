"""The other frameworks in examples/: each builds by one command into a whole site."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from htmltree import article, broken_links, documents_of
from maturity.definition import check
from maturity.definition.model import Framework
from paper import texts
from playwright.sync_api import BrowserContext, Page, expect
from projects import ROOT, copy_project, our_framework
from reader import answer_all, axe, forget, heard, ready, turn
from servers import serving

NAMES = [folder.name for folder in sorted((ROOT / "examples").iterdir()) if folder.is_dir()]


@dataclass(frozen=True)
class Example:
    """A framework of examples/, built and served."""

    framework: Framework
    site: Path
    address: str


@pytest.fixture(scope="module", params=NAMES)
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Example]:
    definition = ROOT / "examples" / request.param / "framework.yaml"
    project = copy_project(tmp_path_factory.mktemp(request.param) / "project")
    result = project.build(FRAMEWORK=str(definition))
    assert result.code == 0, result.output
    assert not re.findall(r"WARNING|ERROR", result.output)
    with serving(project.site) as address:
        yield Example(check.load(definition).framework, project.site, address)


def test_there_are_two_that_differ_in_everything() -> None:
    frameworks = [
        check.load(ROOT / "examples" / name / "framework.yaml").framework for name in NAMES
    ]
    shapes = {
        (len(f.levels), len(f.dimensions), f.scoring.level_means, len(f.scale)) for f in frameworks
    }
    assert {(4, 6, "achieved", 5), (2, 3, "working", 2)} <= shapes


def test_every_entry_has_a_page_and_no_link_is_broken(example: Example) -> None:
    for folder in ("levels", "dimensions", "practices", "roles", "decisions", "worksheets"):
        for name in getattr(example.framework, folder):
            assert (example.site / folder / name / "index.html").is_file()
    assert not broken_links(example.site, documents_of(example.site))


def test_nothing_on_the_site_is_of_another_framework(example: Example) -> None:
    ours = our_framework()
    own = [*example.framework.levels, *example.framework.practices, *example.framework.roles]
    for document in documents_of(example.site).values():
        text = document.first("article").words if document.all("article") else ""
        if "Make it yours" in text:
            continue  # the guide is about forks of this project
        assert str(ours.framework.title) not in text
        assert not re.search(r"\b(ML|machine learning)\b", text), text[:80]
    assert own


@pytest.fixture
def scoring(window: Page, example: Example) -> Iterator[Page]:
    """The self-scoring page of who has never been there, and which says nothing to the console."""
    forget(window, example.address)
    with heard(window) as said:
        window.goto(f"{example.address}/score/")
        ready(window)
        yield window
    assert said == []


def test_all_answers_complete_it_and_none_completes_nothing(
    example: Example, scoring: Page
) -> None:
    page = scoring
    top = list(example.framework.scale)[-1]
    answer_all(page, top)
    page.locator('.mp-panel [data-do="see_verdict"]').click()
    term = str(example.framework.terms.level.singular)
    last = str(list(example.framework.levels.values())[-1].title)
    expect(page.locator('[data-part="verdict"]')).to_contain_text(last)
    expect(page.locator('[data-part="verdict"]')).to_contain_text(
        f"Every {term.lower()} is complete."
    )
    answer_all(page, next(iter(example.framework.scale)), prove=False)
    first = page.locator('[data-part="headline"] .mp-levels')
    number = 0 if example.framework.scoring.level_means == "achieved" else 1
    expect(first).to_contain_text(f"Before the first {term.lower()}" if number == 0 else "1 · ")


def test_a_level_that_does_not_say_what_it_takes_has_no_place_for_it(example: Example) -> None:
    for name in example.framework.levels:
        headings = article(example.site / "levels" / name / "index.html").all("h2")
        assert headings
        assert "What it usually takes" not in [heading.words for heading in headings]


def test_axe_finds_nothing(example: Example, window: Page) -> None:
    framework = example.framework
    kinds = [
        "", "how-it-works", "score", "practices", "roles", "glossary", "changes",
        f"levels/{next(iter(framework.levels))}", f"practices/{next(iter(framework.practices))}",
        f"roles/{next(iter(framework.roles))}", f"checklists/{next(iter(framework.levels))}",
        f"worksheets/{next(iter(framework.worksheets))}",
    ]  # fmt: skip
    violations_by_path: dict[str, Any] = {}
    window.goto(example.address)
    for path in kinds:
        turn(window, f"{example.address}/{path}")
        if violations := axe(window):
            violations_by_path[path] = violations
    assert not violations_by_path


def test_a_checklist_prints_with_every_criterion(example: Example, window: Page) -> None:
    for name in example.framework.levels:
        window.goto(f"{example.address}/checklists/{name}/")
        text = "".join(texts(window.pdf(format="A4", prefer_css_page_size=True)))
        folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))  # ligatures
        for practice in example.framework.practices.values():
            for criterion in practice.criteria.values() if practice.level == name else ():
                assert re.sub(r"\s", "", criterion) in folded


def test_a_round_of_a_unit_is_saved_under_the_name_that_its_folder_wants(
    example: Example, scoring: Page
) -> None:
    page = scoring
    button = page.locator('[data-do="save_round"]')
    if not (example.site / "units").is_dir():
        expect(button).to_have_count(0)
        return
    unit = page.locator('[name="unit"]')
    unit.evaluate("(field) => { field.value = ' sea freight'; }")
    unit.dispatch_event("input")
    answer_all(page, next(iter(example.framework.scale)), prove=False)
    page.locator('.mp-panel [data-do="see_verdict"]').click()
    with page.expect_download() as saved:
        button.click()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.json", saved.value.suggested_filename)
    text = f"Saved as {saved.value.suggested_filename}. Put it into assessments/sea-freight/"
    expect(page.locator(".mp-keep")).to_contain_text(text)


def written_by_people(value: Any) -> Iterator[str]:
    """What people wrote into files of answers: names, notes, links and reasons."""
    for key, inside in value.items() if isinstance(value, dict) else ():
        if key in ("name", "note", "owner", "reason", "proof", "link", "seen_by") and inside:
            yield str(inside)
        else:
            yield from written_by_people(inside)


def test_units_have_pages_and_nothing_that_people_wrote_is_on_the_site(example: Example) -> None:
    folder = ROOT / "examples" / example.framework.framework.id / "assessments"
    pages = [page.parent.name for page in (example.site / "units").glob("*/index.html")]
    if not folder.is_dir():
        assert pages == []
        assert not list(example.site.glob("data/units.*"))
        return
    units = [unit.name for unit in folder.iterdir() if unit.is_dir()]
    assert sorted(pages) == sorted([*units, "board"])
    files = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*/*.json")]
    secrets = {text for file in files for text in written_by_people(file["assessment"])}
    assert len(secrets) > 100
    kinds = {text.partition(" ")[0] for text in secrets}
    assert len(kinds) > 20
    published = b"\n".join(
        zip_text(file) for file in sorted(example.site.rglob("*")) if file.is_file()
    )
    for answer in ("Road Freight", "by Mar 31, 2027"):  # it would find what is there
        assert answer.encode() in published
    assert [text for text in secrets if text.encode() in published] == []


def zip_text(file: Path) -> bytes:
    """What a file says, unpacked if it is a spreadsheet."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


# Nothing knows our own framework

#: Words that only our own definition may know, and ids of it that are no common words.
TELLTALE = re.compile(r"\bML\b|machine learning", re.IGNORECASE)


def test_nothing_that_makes_the_site_knows_the_framework() -> None:
    definition = yaml.safe_load((ROOT / "framework.yaml").read_text(encoding="utf-8"))
    sections = ("levels", "practices", "roles", "decisions", "worksheets", "glossary", "references")
    ids = {name for section in sections for name in definition[section] if "-" in name}
    mentions, repositorys = [], ("ownership.py", "edit_links.py")  # where upstream's files lie
    for folder in ("hooks/maturity", "overrides", "content/assets"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix not in (".py", ".md", ".html", ".yaml", ".css", ".js"):
                continue
            if file.name in repositorys:
                continue
            text = file.read_text(encoding="utf-8")
            named = ids.intersection(re.findall(r"[\w-]+", text))
            if TELLTALE.search(text) or named:
                mentions.append((file.relative_to(ROOT).as_posix(), named))
    assert not mentions


def test_a_definition_as_large_as_may_be_stays_usable(
    tmp_path: Path, context: BrowserContext
) -> None:
    """Twelve levels and twenty dimensions: nothing is too wide for a phone or for paper."""
    levels = {f"level-{n}": {"title": f"The step called {n}"} for n in range(12)}
    dimensions = {f"side-{n}": {"title": f"Side number {n}"} for n in range(20)}
    practices = {
        f"practice-{n}": {
            "level": f"level-{n // 20}", "dimension": f"side-{n % 20}", "title": f"Do thing {n}",
            "criteria": {"done": f"Thing {n} is done."},
        }
        for n in range(240)
    }  # fmt: skip
    about = {"id": "large", "title": "Large", "version": "1.0.0", "summary": "A large one."}
    definition = {"framework": about, "levels": levels, "dimensions": dimensions}
    project = copy_project(tmp_path / "project")
    project.write(
        "framework.yaml", yaml.safe_dump({**definition, "practices": practices}, sort_keys=False)
    )
    with serving(project.built()) as address:
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 900})
        for path in ("levels/level-3", "practices", "score", "checklists/level-3", ""):
            page.goto(f"{address}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        text = [re.sub(r"\s+", " ", sheet) for sheet in texts(pdf)]
        (table,) = [sheet for sheet in text if "Side number 19" in sheet and "Dimension" in sheet]
        assert table.count("Side number") >= 20
        assert axe(page) == []
