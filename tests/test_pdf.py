"""The fillable PDFs: their fields, what is filled into them, and builds that cannot make them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from htmltree import article
from maturity.framework.relations import Relations
from maturity.outputs import pdf, render_pool
from maturity.pages.sheets import SheetRenderer
from maturity.site.generate import Site, generate
from maturity.site.settings import Settings
from paper import texts
from projects import ROOT, Project, our_framework
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

FRAMEWORK = our_framework()
RELATIONS = Relations(FRAMEWORK)
HEAD = {"unit", "name", "role", "date"}
#: Whatever can mean something to HTML, CSS, Jinja, Markdown or PDF.
HOSTILE = """<b>&amp; "it's" {{ 7 * 7 }} {% x %} </style> ) \\( *a* [b](c)"""


def file_of(folder: Path, level: str) -> Path:
    """The checklist of a level."""
    return folder / "data" / "checklists" / f"{level}.pdf"


@cache
def opened(file: Path) -> PdfReader:
    """A PDF that no test changes; it is taken apart once for all of them."""
    return PdfReader(file, strict=True)


def checklist(folder: Path, level: str) -> PdfReader:
    return opened(file_of(folder, level))


def worksheet(folder: Path, name: str) -> PdfReader:
    return opened(folder / "data" / "worksheets" / f"{name}.pdf")


def root(reader: PdfReader) -> Any:
    """The catalog, which leads to everything else."""
    return reader.trailer["/Root"]


def states(field: DictionaryObject) -> set[str]:
    """What a box, or a group of boxes, can be set to."""
    kids = field.get("/Kids") or [field]
    found = {name for kid in kids for name in kid.get_object()["/AP"]["/N"]}
    return {name.removeprefix("/") for name in found} - {"Off"}


def fields(reader: PdfReader) -> dict[str, set[str]]:
    """Every field with its states; text has none."""
    form = root(reader)["/AcroForm"]
    made = [reference.get_object() for reference in form["/Fields"]]
    assert len({field["/T"] for field in made}) == len(made)
    return {field["/T"]: states(field) if field["/FT"] == "/Btn" else set() for field in made}


def squeezed(text: str) -> str:
    """The text without white space, which PDFs do not keep."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("level", FRAMEWORK.levels)
def test_the_fields_of_a_checklist_are_the_criteria_and_answers_of_its_level(
    site: Path, level: str
) -> None:
    wanted: dict[str, set[str]] = {name: set() for name in HEAD}
    for practice in RELATIONS.at_level("practice", level):
        for criterion in practice.entry.criteria:
            wanted[f"criterion/{practice.id}/{criterion}"] = {"on"}
        offered = {name for name, _, _ in RELATIONS.offered(practice.id)} | {"unknown"}
        if practice.entry.may_be_not_applicable:
            offered.add("not-applicable")
        wanted[f"answer/{practice.id}"] = offered
        wanted |= {f"{name}/{practice.id}": set() for name in ("evidence", "owner", "due")}
    assert fields(checklist(site, level)) == wanted


@pytest.mark.parametrize("name", FRAMEWORK.worksheets)
def test_the_fields_of_a_worksheet_are_its_prompts_and_cells(site: Path, name: str) -> None:
    sheet = FRAMEWORK.worksheets[name]
    prompts = {
        f"prompt/{group}/{number}"
        for group, asked in sheet.prompts.items()
        for number in range(1, len(asked.questions) + 1)
    }
    rows = range(1, sheet.rows + 1) if sheet.columns else ()
    cells = {f"row/{row}/{column}" for row in rows for column in sheet.columns}
    assert fields(worksheet(site, name)) == {key: set() for key in HEAD | prompts | cells}


@pytest.mark.parametrize("level", FRAMEWORK.levels)
def test_a_checklist_prints_every_question_criterion_and_answer_on_four_pages(
    site: Path, level: str
) -> None:
    pages = texts(file_of(site, level))
    text = squeezed("".join(pages))
    for practice in RELATIONS.at_level("practice", level):
        offered = [wording for _, _, wording in RELATIONS.offered(practice.id)]
        for wording in (practice.entry.question, *practice.entry.criteria.values(), *offered):
            assert squeezed(wording) in text, wording
    assert len(pages) <= 4, "the font may be wider than the one asked for"


def test_what_is_filled_in_is_there_when_the_saved_file_is_opened_again(site: Path) -> None:
    level, practice = next((entry.level, name) for name, entry in FRAMEWORK.practices.items())
    criterion = next(iter(FRAMEWORK.practices[practice].criteria))
    answer = RELATIONS.offered(practice)[-1][0]
    filled = {
        "unit": "Pricing (EU) – Søren & Co.",
        f"criterion/{practice}/{criterion}": "/on",
        f"answer/{practice}": f"/{answer}",
        f"evidence/{practice}": "<b>Signed</b> {{ strategy }}",
    }
    writer = PdfWriter(clone_from=checklist(site, level))
    for page in writer.pages:
        writer.update_page_form_field_values(page, filled, auto_regenerate=False)
    saved = io.BytesIO()
    writer.write(saved)
    reader = PdfReader(saved, strict=True)
    values = {name: field.get("/V") for name, field in (reader.get_fields() or {}).items()}
    assert {name: values[name] for name in filled} == filled
    others = {name: value for name, value in values.items() if name not in filled}
    assert set(others.values()) <= {None, "/Off", ""}


def test_a_sheet_is_tagged_titled_and_in_its_language(site: Path) -> None:
    for file in (site / "data").rglob("*.pdf"):
        catalog = root(opened(file))
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/Lang"] == FRAMEWORK.framework.language
        assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
        assert catalog["/StructTreeRoot"]["/K"]
    titled = checklist(site, next(iter(FRAMEWORK.levels))).metadata
    assert titled is not None
    assert titled.title == f"Checklist: {next(iter(FRAMEWORK.levels.values())).title}"


def test_a_screen_reader_is_told_what_each_field_is_for(site: Path) -> None:
    name, practice = next(iter(FRAMEWORK.practices.items()))
    form = root(checklist(site, practice.level))["/AcroForm"]
    said = {field["/T"]: field.get_object() for field in (f.get_object() for f in form["/Fields"])}
    for criterion, text in practice.criteria.items():
        assert said[f"criterion/{name}/{criterion}"]["/TU"] == text
    assert said[f"answer/{name}"]["/TU"] == practice.question
    labels = [kid.get_object()["/TU"] for kid in said[f"answer/{name}"]["/Kids"]]
    assert labels[0] == RELATIONS.offered(name)[0][1].label
    assert said[f"owner/{name}"]["/TU"] == f"Owner: {practice.title}"


def test_each_page_of_a_sheet_says_what_it_is_and_where_it_comes_from(site: Path) -> None:
    about = FRAMEWORK.framework
    level = next(iter(FRAMEWORK.levels))
    pages = texts(file_of(site, level))
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.split())
        foot = f"{about.title} · Version {about.version} · /checklists/{level}/"
        assert squeezed(foot) in squeezed(text)
        assert f"{number} / {len(pages)}" in text


def test_pages_lead_to_their_pdf(site: Path) -> None:
    made = [f"checklists/{name}" for name in FRAMEWORK.levels]
    made += [f"worksheets/{name}" for name in FRAMEWORK.worksheets]
    for path in made:
        links = article(site / path / "index.html").all("a")
        assert f"../../data/{path}.pdf" in [link.attributes["href"] for link in links]


def settings(framework: Path, address: str = "") -> Settings:
    return Settings(framework, ROOT / "overrides", ROOT / "content", pdf=True, address=address)


def content(made: Site, path: str) -> bytes:
    """What a file of the site holds."""
    held = next(output.content for output in made.outputs if output.path == path)
    assert isinstance(held, bytes)
    return held


def sheet(made: Site, path: str) -> PdfReader:
    return PdfReader(io.BytesIO(content(made, path)), strict=True)


def said(made: Site, path: str) -> str:
    """What a sheet says, on one line."""
    return " ".join(" ".join(texts(content(made, path))).split())


#: Texts of the small framework, and what stands in their place.
CHANGED = {
    **dict.fromkeys(
        ("Open every day", "The hours hang at the door.", "Tasting sheet", "Who tastes?", "Rye"),
        HOSTILE,
    ),
    "Find out which bread people like.": "![A loaf](file:///etc/hostname) of *bread*. "
    "Ask the [one](role:baker) who bakes",
}
FIRST_OVEN, TASTING = "data/checklists/first-oven.pdf", "data/worksheets/tasting.pdf"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Makes the small framework with changed texts for an address; for each only once."""
    text = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    for old, new in CHANGED.items():
        assert text.count(old) == 1
        text = text.replace(old, json.dumps(new))
    file = tmp_path_factory.mktemp("small") / "framework.yaml"
    file.write_text(text, encoding="utf-8")
    return cache(lambda address: generate(settings(file, address)))


def test_every_character_of_a_text_comes_out_as_itself(small: Callable[[str], Site]) -> None:
    made = small("https://example.org/b/")
    assert squeezed(said(made, FIRST_OVEN)).count(squeezed(HOSTILE)) == 2
    form = sheet(made, FIRST_OVEN).get_fields() or {}
    assert form["criterion/open-daily/hours"]["/TU"] == HOSTILE
    assert squeezed(said(made, TASTING)).count(squeezed(HOSTILE)) == 3
    about = sheet(made, TASTING).metadata
    assert about is not None
    assert about.title == HOSTILE


def test_an_image_in_prose_is_not_fetched(small: Callable[[str], Site]) -> None:
    text = said(small("https://example.org/b/"), TASTING)
    assert "A loaf" in text
    assert "of bread" in text


@pytest.mark.parametrize("address", ["https://example.org/b/", "https://example.org/b"])
def test_links_in_prose_lead_to_the_published_site(
    small: Callable[[str], Site], address: str
) -> None:
    made = small(address)
    pages: list[Any] = list(sheet(made, TASTING).pages)
    annotations = [found.get_object() for page in pages for found in page["/Annots"]]
    targets = {link["/A"]["/URI"] for link in annotations if "/A" in link}
    assert targets == {"https://example.org/b/roles/baker/"}
    assert "https://example.org/b/worksheets/tasting/" in said(made, TASTING)


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8000/"])
def test_a_site_without_an_address_prints_paths_and_no_links(
    small: Callable[[str], Site], address: str
) -> None:
    text = said(small(address), TASTING)
    assert "Ask the one who bakes" in text
    assert " · /worksheets/tasting/" in text
    assert "127.0.0.1" not in text


def test_two_builds_give_the_same_bytes(site: Path) -> None:
    chosen = replace(settings(ROOT / "framework.yaml"), pdf=False)
    made = generate(chosen)
    renderer = SheetRenderer(made.renderer.scope, chosen.templates)
    sheets = {page.template: page for page in made.pages if page.sheet}
    assert len(sheets) == 2
    for page in sheets.values():
        again = pdf.make(renderer.sheet(page))
        assert (site / (page.sheet or "")).read_bytes() == again


def test_a_system_without_the_libraries_still_builds_and_links_to_no_pdf(
    project: Project,
) -> None:
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    project.write("framework.yaml", small)
    project.write("stub/weasyprint.py", "raise OSError('cannot load library libpango-1.0-0')")
    result = project.build(PDF="true", PYTHONPATH=str(project.root / "stub"))
    assert result.code == 0, result.output
    assert result.output.count(render_pool.MISSING) == 1
    assert "Traceback" not in result.output
    assert not list(project.site.rglob("*.pdf"))
    assert (project.site / "checklists" / "first-oven" / "index.html").exists()
    for file in project.site.rglob("index.html"):
        assert "/data/checklists/" not in file.read_text(encoding="utf-8")


def test_pages_for_another_generator_come_with_pdfs(project: Project) -> None:
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    project.write("framework.yaml", small)
    (project.root / "empty").mkdir()
    command = ("maturity", "pages", "--content", "empty", "out")
    assert project.run(*command, PDF="true").code == 0
    assert (project.root / "out" / "data" / "checklists" / "first-oven.pdf").exists()
    page = (project.root / "out" / "checklists" / "first-oven.md").read_text(encoding="utf-8")
    assert "(../data/checklists/first-oven.pdf)" in page


def test_sheets_have_the_colors_of_the_site() -> None:
    style = (ROOT / "overrides" / "pages" / "pdf" / "style.html").read_text(encoding="utf-8")
    css = (ROOT / "content" / "assets" / "brand.css").read_text(encoding="utf-8")
    for color in re.findall(r"--\w+: (#\w+)", style):
        assert f": {color};" in css
