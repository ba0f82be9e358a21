"""Hard to break: whatever a definition, a file or a link holds, the answer is a site or a problem.

What is random here has fixed seeds; `make fuzz` runs on with new ones.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

import markdown
import mutation
import openpyxl
import pytest
import yaml
from htmltree import article, page
from maturity.definition import check, shape
from maturity.definition.model import Framework
from maturity.definition.problems import FrameworkError
from maturity.definition.text import Prose, Text
from maturity.definition.yaml_files import load_tree
from maturity.framework.idea_file import board
from maturity.framework.questionnaire import questionnaire
from maturity.site import generate as site
from maturity.site.settings import Settings
from modules import call_in_page
from playwright.sync_api import Browser
from projects import ROOT, copy_project
from pypdfium2 import PdfDocument

HERE = Path(__file__).parent
SMALL = (HERE / "small.yaml").read_text(encoding="utf-8")

# Definitions


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[mutation.Judge]:
    with mutation.Judge(tmp_path_factory.mktemp("cases")) as made:
        yield made


def test_a_broken_definition_is_a_site_or_problems(judge: mutation.Judge) -> None:
    cases = [mutation.made(seed) for seed in range(1, 41)]
    verdicts = {case.name: judge.judge(case) for case in cases}
    wrong = {case.name: verdicts[case.name] for case in cases
             if verdicts[case.name] not in case.verdicts}  # fmt: skip
    assert not wrong
    assert set(verdicts.values()) == {"site", "problems"}, "one of them was never tried"


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in mutation.kept()])
def test_what_failed_once_does_not_fail_again(case: mutation.Case, judge: mutation.Judge) -> None:
    assert judge.judge(case) in case.verdicts


#: Values that brought the program down, made it hang or came out as what they are not: what stands
#: in the small definition, what stands there instead, and what is said of it.
FOUND = {
    "a number in base 60 that is no float": (
        "threshold: 0.75", "threshold: 1" + ":1" * 300 + ".0", '"threshold" must be a number'),
    "a number in base 60 that takes minutes": (
        "rows: 3", "rows: 1" + ":1" * 200_000, '"rows" must be a whole number'),
    "a key with a line end that stands twice": (
        "title: Bread\n", 'title: Bread\n    "a\\nb": 1\n    "a\\nb": 2\n', '"a�b" stands twice'),
    "a name that a terminal would obey": (
        "owner: baker", 'owner: "\\e[31mbaker"', 'no role "�[31mbaker"'),
    "a name that turns the line around": (
        "owner: baker", 'owner: "\\u202Ebaker"', 'no role "�baker"'),
    "a name of a megabyte": (
        "owner: baker", "owner: " + "x" * 1_000_000, "xxx..."),
    "a web address without a host": (
        "https://example.org/bread", "https://[bread", '"url" is not a web address'),
    "a web address that is another one to some": (
        "https://example.org/bread", "https://ex℀mple.org/", '"url" is not a web address'),
    "a web address with a control character": (
        "https://example.org/bread", '"https://example.org/\\0"', '"url" is not a web address'),
    "a link to no host in prose": (
        "Sells what the baker bakes.", "See [it](http://[).", 'a link to "http://[" leads nowhere'),
    "an address of no host in prose": (
        "Sells what the baker bakes.", "See <http://[> now.", 'a link to "http://[" leads nowhere'),
    "a definition of a link to no host": (
        "Sells what the baker bakes.", '"[a]\\n\\n[a]: //["', 'a link to "//[" leads nowhere'),
    "a link from nowhere in particular": (
        "Sells what the baker bakes.", "See [it](shop.md).", 'a link to "shop.md" leads nowhere'),
    "a character that turns around what follows": (
        "title: Baker\n", 'title: "Baker\\u202E"\n', "the control character U+202E"),
    "brackets that nothing closes": (
        "Sells what the baker bakes.", "'" + "[" * 19_000 + "'", "19,000 opening brackets"),
    "a list in a list in a list": (
        "Sells what the baker bakes.", '"' + "1. " * 400 + '"', "marks of lists in a row"),
    "a thousand definitions": (
        "Sells what the baker bakes.", '"' + "a\\n:   b\\n" * 1000 + '"', "begin with a colon"),
    "an element that nothing closes": (
        "Sells what the baker bakes.", "Sells <div>bread.", 'role seller: <div> is never closed'),
    "an element that takes everything for its text": (
        "Sells what the baker bakes.", "<style> bread.", 'role seller: <style> is never closed'),
    "a tag that closes nothing": (
        "Sells what the baker bakes.", "Sells </section> bread.", "</section> closes nothing"),
    "elements that cross": (
        "Sells what the baker bakes.", "Sells <b>a <i>lot</b></i>.", "</b> closes nothing"),
    "a tag that has no end": (
        "Sells what the baker bakes.", "Sells <div", "<div has no end"),
    "a comment that has no end": (
        "Sells what the baker bakes.", "Sells <!-- bread", "<!-- has no end"),
    "an instruction, even as code": (
        "Sells what the baker bakes.", "Sells `<?php` bread.", "<? hides what follows"),
    "a section of XML": (
        "Sells what the baker bakes.", "Sells <![CDATA[bread", "<! hides what follows"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_said_with_its_place(
    name: str, judge: mutation.Judge, tmp_path: Path
) -> None:
    old, new, says = FOUND[name]
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    case = mutation.Case(re.sub(r"\W", "-", name), {"framework.yaml": text.encode()})
    assert judge.judge(case) == "problems"
    case.write(tmp_path)
    with pytest.raises(FrameworkError) as caught:
        check.load(tmp_path / "framework.yaml")
    headings = [problem.heading(tmp_path) for problem in caught.value.problems]
    line = SMALL[: SMALL.index(old)].count("\n") + 1
    assert any(
        says in heading and abs(int(heading.split(":")[1]) - line) <= 2 for heading in headings
    ), headings


def test_hundreds_of_thousands_of_problems_are_told_in_seconds(judge: mutation.Judge) -> None:
    text = SMALL.replace("title: Bread\n", "title: Bread\n" + "    1: 1\n" * 100_000)
    assert judge.judge(mutation.Case("many", {"framework.yaml": text.encode()})) == "problems"


def test_a_link_with_a_title_leads_to_its_entry(judge: mutation.Judge, tmp_path: Path) -> None:
    text = SMALL.replace("Sells what the", 'Sells what the [baker](role:bake "Who?")')
    mutation.Case("x", {"framework.yaml": text.encode()}).write(tmp_path)
    with pytest.raises(FrameworkError) as caught:
        check.load(tmp_path / "framework.yaml")
    assert 'no role "bake"' in caught.value.report(tmp_path)


#: HTML that is complete, and what is none.
COMPLETE = (
    "Mix <kbd>a</kbd><br>and `<div>` by <https://example.org/a>, 1 < 2 <!-- so --> "
    '<span class="a">b & c</span> <'
)


def test_html_that_is_complete_leaves_the_page_around_it_alone(tmp_path: Path) -> None:
    found = {text: headings(tmp_path, text) for text in ("Mix it.", COMPLETE)}
    assert found[COMPLETE] == found["Mix it."]
    assert sum(map(len, found[COMPLETE].values())) > 50


def headings(folder: Path, text: str) -> dict[str, list[str]]:
    """The ids of the headings of every page, by its path, where all Markdown is one text."""
    data = yaml.safe_load(SMALL)
    root, _ = load_tree(ROOT / "tests" / "small.yaml")
    for visit in shape.walk(root):
        if visit.type is Prose and not visit.is_key:
            holder = data
            for key in visit.path[:-1]:
                holder = holder[key]
            holder[visit.path[-1]] = text
    (folder / "framework.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    made = site.generate(Settings(folder / "framework.yaml", ROOT / "overrides", ROOT / "content"))
    pages = {output.path: str(output.content) for output in made.outputs if output.in_nav}
    extensions = ["attr_list", "def_list", "md_in_html", "tables", "toc"]
    return {
        path: re.findall(
            r'<h[1-6] id="([^"]+)"',
            markdown.markdown(page.split("---\n", 2)[2], extensions=extensions),
        )
        for path, page in pages.items()
    }


# Plain text

#: What a definition may hold besides what the small one does, so that every plain text is there.
MORE = """
framework: {licence: x}
terms:
  level: {singular: x, plural: x}
  dimension: {singular: x, plural: x}
  practice: {singular: x, plural: x}
  role: {singular: x, plural: x}
dimensions: {bread: {keeper: x}}
levels: {first-oven: {exit: x, keeper: x}}
practices: {keep-recipes: {also: [x], keeper: x, evidence: {card: {text: x, lasts: 90 days}}}}
roles: {baker: {interview: [x], also: [x], keeper: x}}
decisions:
  make-or-buy:
    also: [x]
    keeper: x
    figures: {oven: {title: x, shape: thing}}
    options:
      make:
        diagram:
          caption: x
          center: {title: x, note: x, members: {oven: 1}, link: {label: x}}
          groups: {shop: {title: x, note: x, members: {oven: 2}}}
worksheets: {tasting: {also: [x], keeper: x}}
standards: {bread-law: {keeper: x}}
matrices:
  next-bread:
    keeper: x
    x: {question: x}
    y: {question: x}
    marks: {flour: {title: x, question: x, values: {here: x, away: x}, blocks: {away: x}}}
scale: {never: {meaning: x}, at-times: {meaning: x}, always: {meaning: x}}
glossary: {sourdough: {also: [x]}}
"""
#: Characters that mean something to what a text goes through on its way to a reader.
WRITTEN = (
    "<b>&amp; {{ 7*7 }} {% x %} `c` | \"q\" 'a' *e* __s__ [l](u) ![i](u) ~~~ \\ _x0041_ é 日本 "
    "👩‍💻\u2028\u200f!"
)
#: What a reader sees of it: white space is folded, and a line separator is white space.
SEEN = WRITTEN.replace("\u2028", " ")


def merged(value: Any, more: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(more, dict):
        return more
    return {**value, **{key: merged(value.get(key), inside) for key, inside in more.items()}}


def plain_texts(folder: Path, data: Any) -> dict[str, shape.Location]:
    """Put a nasty text of its own into every field of plain text; which stands where."""
    (folder / "plain.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    root, _ = load_tree(folder / "plain.yaml")
    texts: dict[str, shape.Location] = {}
    for visit in shape.walk(root):
        if visit.type is not Text or visit.is_key:
            continue
        number = f"m{len(texts)}m"
        texts[f"{number} {SEEN} {number}"] = visit.path
        holder = data
        for key in visit.path[:-1]:
            holder = holder[key]
        holder[visit.path[-1]] = f"{number} {WRITTEN} {number}"
    return texts


def text_fields(kind: Any, seen: frozenset[Any] = frozenset()) -> set[tuple[str, str]]:
    """Every field of the model that holds plain text, in itself or in a list or map."""
    found: set[tuple[str, str]] = set()
    for name, info in kind.model_fields.items():
        for inside in parts(info.annotation):
            if inside is Text:
                found.add((kind.__name__, name))
            elif shape.is_model(inside) and inside not in seen:
                found |= text_fields(inside, seen | {kind})
    return found


def parts(annotation: Any) -> list[Any]:
    kind = shape.unwrap(annotation)[0]
    inside = [part for argument in get_args(kind) for part in parts(argument)]
    return inside if get_origin(kind) in (dict, list) else [kind]


def owner(path: shape.Location) -> tuple[str, str]:
    """The class and the field that a text at a path belongs to."""
    for end in range(len(path) - 1, -1, -1):
        if shape.is_model(kind := shape.type_at(path[:end]) if end else Framework):
            return kind.__name__, str(path[end])
    raise AssertionError(path)


@dataclass(frozen=True)
class Plain:
    """A site with a nasty text in every field of plain text, and where each stands."""

    site: Path
    texts: dict[str, shape.Location]

    def of(self, *fields: str) -> list[str]:
        """The texts in fields such as `Practice.title`."""
        return [text for text, path in self.texts.items() if ".".join(owner(path)) in fields]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    folder = tmp_path_factory.mktemp("plain")
    data = merged(yaml.safe_load(SMALL), yaml.safe_load(MORE))
    for standard in data["standards"].values():
        del standard["codes"]  # a pattern that no nasty text fits
    texts = plain_texts(folder, data)
    project = copy_project(folder / "project")
    project.write("framework.yaml", yaml.safe_dump(data, sort_keys=False))
    result = project.build(PDF="true")
    assert result.code == 0, result.output
    return Plain(project.site, texts)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_field_of_plain_text_is_tried(plain: Plain) -> None:
    short = {("Practice", "evidence")}  # a text in place of an artifact of which that is all
    assert {owner(path) for path in plain.texts.values()} == text_fields(Framework) | short


def test_plain_text_is_itself_on_its_page(plain: Plain) -> None:
    articles = [article(file) for file in plain.site.rglob("index.html")]
    shown = " ".join(one.words for one in articles)
    drawn = {part.attributes.get("aria-label") for one in articles for part in one.all()}
    missing = [text for text in plain.texts if text not in shown and text not in drawn]
    assert missing == plain.of("GlossaryTerm.also"), "those are looked for, not shown"


def test_plain_text_is_itself_to_who_listens_and_on_a_phone(plain: Plain) -> None:
    """In attributes that are read out, and in those that a narrow table shows."""
    found = 0
    for file in plain.site.rglob("index.html"):
        for part in page(file).all():
            for name in ("aria-label", "data-label", "data-hint", "alt", "title"):
                value = part.attributes.get(name, "")
                for number in set(re.findall(r"\bm\d+m\b", value)):
                    found += 1
                    cut = f"{number} {SEEN}"[:20]  # descriptions are cut
                    assert cut in value, f"{file}: {name} of {part.tag}"
    assert found > 20


def test_plain_text_is_itself_in_data(plain: Plain) -> None:
    data = json.loads((plain.site / "data" / "framework.json").read_text(encoding="utf-8"))
    for text, path in plain.texts.items():
        value = data
        for key in path:
            value = value[key]
        assert value == text
    table = (plain.site / "data" / "practices.csv").read_text(encoding="utf-8")
    cells = [
        line for row in csv.reader(io.StringIO(table)) for cell in row for line in cell.split("\n")
    ]
    asked = plain.of(
        "Practice.title",
        "Practice.question",
        "Practice.criteria",
        "Practice.evidence",
        "Artifact.text",
    )
    assert set(asked) <= set(cells)


def test_plain_text_is_itself_in_the_workbook(plain: Plain) -> None:
    book = openpyxl.load_workbook(plain.site / "data" / "checklists.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value}
    asked = plain.of("Practice.title", "Practice.question", "Practice.criteria", "Answer.label")
    missing = [text for text in asked if not any(text in cell for cell in cells)]
    assert not missing


def test_plain_text_is_itself_in_pdfs(plain: Plain) -> None:
    """But for what comes after the last letter that the fonts of every machine have."""
    printed = ""
    for file in (plain.site / "data").rglob("*.pdf"):
        with closing(PdfDocument(file)) as document:
            for number in range(len(document)):
                printed += squeezed(document[number].get_textpage().get_text_range())
    asked = plain.of(
        *("Practice.title", "Practice.question", "Practice.criteria"),
        *("PromptGroup.title", "PromptGroup.questions", "Column.title", "Answer.label"),
    )
    missing = [plain.texts[text] for text in asked if squeezed(text.split("é")[0]) not in printed]
    assert asked
    assert not missing


def test_plain_text_is_itself_in_search(plain: Plain) -> None:
    index = json.loads((plain.site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = [html.unescape(part) for doc in index["docs"]
             for part in (doc["title"], re.sub(r"<[^>]*>", "", doc["text"]))]  # fmt: skip
    everything = " ".join(" ".join(found).split())
    asked = plain.of(
        "Practice.title", "Level.title", "Role.title", "Practice.criteria", "Decision.title"
    )
    missing = [plain.texts[text] for text in asked if text not in everything]
    assert not missing


# Files, tables and links: tests/js/hostile.test.js reads thousands of them

HOSTILE = """
async ([board, questionnaire]) => {
  const { Luck } = await import("/tests/js/luck.js");
  const { readHostile } = await import("/tests/js/hostile.js");
  return readHostile(new Luck(1), 200, questionnaire, board);
}
"""


def test_no_file_table_or_link_breaks_or_runs_in_a_page(browser: Browser, address: str) -> None:
    small, real = (
        check.load(file).framework for file in (HERE / "small.yaml", ROOT / "framework.yaml")
    )
    asked = [board(real, next(iter(real.matrices))), questionnaire(small)]
    page = browser.new_page()
    result = call_in_page(page, address, HOSTILE, asked)
    title = page.title()
    page.close()
    assert not result["failures"]
    assert title == real.framework.title, "something was run"
