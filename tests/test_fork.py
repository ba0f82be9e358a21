"""What a fork does with files of its own: overlay, pages, words, former ids."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from forks import SMALL, VERSION, catalog_of_marks, excerpt, part_of_ours, small
from htmltree import Element, article, page
from projects import ROOT, Project, copy_project, our_framework

OVERLAY = f"""
based_on: "{VERSION}"
levels:
  building:
    title: Productizing
  waiting:
    before: getting-started
    title: Waiting
    summary: Nobody has asked yet.
practices:
  data-audit:
    criteria:
      owner-known: Every dataset has an owner in the company directory.
  ask-once:
    level: waiting
    dimension: product
    title: Ask one customer
    criteria: {{asked: One customer was asked.}}
  wait-for-data:
    level: waiting
    dimension: technical
    title: Wait for data
    criteria: {{waited: The list of data is written.}}
drop:
  - practice:ai-use-rules
"""


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the overlay, on a part of ours."""
    project = copy_project(tmp_path_factory.mktemp("overlaid") / "project")
    excerpt(project, OVERLAY)
    project.write("overlay.yaml", OVERLAY)
    result = project.build(EDIT_URI="https://example.org/edit/content/")
    assert result.code == 0, result.output
    return project.site


def test_an_overlay_shows_exactly_what_it_says(overlaid: Path, site: Path) -> None:
    def changed(path: str) -> tuple[str, str]:
        return article(site / path).words, article(overlaid / path).words

    before, after = changed("practices/data-audit/index.html")
    new = "Every dataset has an owner in the company directory."
    assert new not in before
    assert new in after
    before, after = changed("levels/building/index.html")
    assert re.match(r"Level 3 of 5 (Changed in \S+ )?Building", before)
    assert re.match(r"Level 4 of 6 (Changed in \S+ )?Productizing", after)
    assert article(overlaid / "levels/waiting/index.html").words.startswith("Level 1 of 6 Waiting")
    assert (overlaid / "practices/ask-once/index.html").exists()
    assert not (overlaid / "practices/ai-use-rules").exists()
    assert (
        "Publish rules for staff"
        not in (overlaid / "checklists/getting-started/index.html").read_text()
    )
    entries = json.loads((overlaid / "data/framework.json").read_text(encoding="utf-8"))
    assert next(iter(entries["levels"])) == "waiting"
    assert entries["levels"]["building"]["goal"]


def test_an_overlay_entry_is_edited_in_the_overlay(overlaid: Path) -> None:
    document = page(overlaid / "practices/ask-once/index.html")
    link = document.first("a", "md-content__button").attributes["href"]
    line = OVERLAY.splitlines().index("  ask-once:") + 1
    assert link.endswith(f"/overlay.yaml#L{line}")
    for path, first in (
        ("practices/data-audit", "Every dataset has"),
        ("levels/building", "Producti"),
    ):
        document = page(overlaid / path / "index.html")
        link = document.first("a", "md-content__button").attributes["href"]
        line = next(n for n, text in enumerate(OVERLAY.splitlines(), 1) if first in text)
        assert link.endswith(f"/overlay.yaml#L{line}"), "what it changes, too"


def test_readers_of_a_fork_are_not_led_to_what_is_for_its_owner(overlaid: Path, site: Path) -> None:
    def leads(folder: Path, name: str, *more: str) -> bool:
        links = [
            link.attributes.get("href", "").removeprefix("../").split("#")[0]
            for path in ("index.html", "data/index.html", "map/index.html", *more)
            for link in page(folder / path).all("a")
        ]
        return f"{name}/" in links

    def found(folder: Path) -> set[str]:
        index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
        return {entry["location"].split("/")[0] for entry in index["docs"]}

    for name in ("customize", "when-material-ends"):
        assert leads(site, name, "customize/index.html")  # the menu opens further there
        assert not leads(overlaid, name)
        assert (overlaid / name / "index.html").exists(), "its owner reads it there"
        assert name in found(site)
        assert name not in found(overlaid)
    assert "data" in found(overlaid)


@pytest.fixture
def bakery(project: Project) -> Project:
    """A copy of the project with the small definition."""
    project.write("framework.yaml", (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    return project


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """A built bakery with pages of its own and a nav that leaves some out, and what it said."""
    project = copy_project(tmp_path_factory.mktemp("own") / "project")
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write(
        "content/practices/keep-recipes.md",
        '# Our recipes of {{ about.title }}\n\n{{ link("role:inspector") }}\n\n'
        '{% include "blocks/criteria.md" %}\n',
    )
    project.write("content/raw.md", "---\nrender_macros: false\n---\n# Raw\n\n{{ about.title }}\n")
    project.replace("mkdocs.yml", "      - workshop.md", "      - workshop.md\n      - raw.md")
    project.replace("mkdocs.yml", '      - "@team"\n', "")
    project.replace("mkdocs.yml", '      - "@roles"\n', "")
    result = project.build()
    assert result.code == 0, result.output
    return project, result.output


def test_a_mistake_leaves_the_built_site_as_it_was(
    own: tuple[Project, str], tmp_path: Path
) -> None:
    project = Project(shutil.copytree(own[0].root, tmp_path / "project"))
    built = project.site
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert before
    project.replace("framework.yaml", "owner: baker", "owner: bakers")
    result = project.build()
    assert result.code == 1
    assert re.search(r"framework\.yaml:\d+:\d+: practice .*no role \"bakers\"", result.output)
    assert "did you mean baker?" in result.output
    assert "Traceback" not in result.output
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


#: Files with a mistake, and what is said of it; each file of mistakes is reported in one build.
MISTAKES = [
    {
        "content/new.md": (
            "# New\n\n{{ nonsense }}\n", "content/new.md:3:1: nonsense is nothing that pages know"
        ),
        "content/open.md": ("# New\n\n{% if %}\n", "content/open.md:3:1: template"),
        "content/link.md": (
            '# N\n{{ link("practice:open-dayly") }}\n',
            "did you mean open-daily?",
        ),
        "content/words.md": (
            '# N\n{{ words("levels.titel") }}\n', "did you mean levels.title?"
        ),
        "content/README.md": ("# Home\n", "has the address of the generated page index.md"),
        "content/levels/many-shops/index.md": ("# M\n", "call it levels/many-shops.md"),
        "overrides/pages/role.md": (
            "# {{ entry.titel }}\n", "overrides/pages/role.md:1:1: role has no titel"
        ),
    },
    {"overrides/words/de.yaml": ("levels: {titel: Stufen}\n", "did you mean levels.title?")},
    {"overrides/words/de.yaml": ('levels: {title: "{x}"}\n', "no placeholder {x}")},
]  # fmt: skip


@pytest.mark.parametrize("mistakes", MISTAKES, ids=lambda mistakes: ", ".join(mistakes))
def test_mistakes_outside_the_definition_are_reported_alike(
    bakery: Project, mistakes: dict[str, tuple[str, str]]
) -> None:
    bakery.replace("framework.yaml", "language: en", "language: de")
    for file, (text, _) in mistakes.items():
        bakery.write(file, text)
    result = bakery.build()
    print(result.output)
    assert result.code == 1
    assert [file for file, (_, said) in mistakes.items() if said not in result.output] == []
    assert "Traceback" not in result.output


def test_a_nav_name_that_means_nothing_is_reported(bakery: Project) -> None:
    bakery.replace("mkdocs.yml", '  - "@roles"', '  - "@rolls"')
    output = bakery.build().output
    assert re.search(r"mkdocs\.yml:\d+:\d+: nav: no @rolls", output)
    assert "did you mean @roles?" in output


def test_a_nav_of_ones_own_may_leave_generated_pages_out(own: tuple[Project, str]) -> None:
    """A fork's nav still builds when a release brings pages that it does not name."""
    site = own[0].site
    assert (site / "team" / "index.html").exists()
    assert (site / "roles" / "baker" / "index.html").exists()
    tools = (site / "compare" / "index.html").read_text(encoding="utf-8")
    assert 'href="../report/"' in tools
    assert 'href="../team/"' not in tools


def test_a_hand_written_page_takes_the_place_of_a_generated_one(own: tuple[Project, str]) -> None:
    project, output = own
    message = "practices/keep-recipes.md is hand-written and replaces the generated page"
    assert message in output
    text = article(project.site / "practices/keep-recipes/index.html").words
    assert "Our recipes of Bakery Check" in text
    assert "Inspector" in text
    assert "It is done when" in text
    assert "{{ about.title }}" in article(project.site / "raw/index.html").words


def is_refresh(meta: Element) -> bool:
    return meta.attributes.get("http-equiv") == "refresh"


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the least definition."""
    project = copy_project(tmp_path_factory.mktemp("least") / "project")
    # What an editor leaves beside a page that is being written.
    (project.root / "content" / ".#index.md").symlink_to("an.editor@works.here:4711")
    return small(project).built()


def test_the_least_definition_makes_a_whole_site(least: Path) -> None:
    assert "First" in article(least / "practices/first/index.html").words
    assert not (least / "roles").exists()
    assert not (least / "glossary").exists()


NASTY = r"""<b>*x*</b> `{{ y }}` | [z](w) _u_ "q" 'p' & &amp; #1 \ {% if %} ~~s~~ 1. € 😀"""


PARTLY_TOLD = f"""{SMALL}
  third: {{level: two, dimension: only, title: Third, criteria: {{a: It is.}}, effort: 3}}
  fourth:
    {{level: two, dimension: only, title: Fourth, criteria: {{a: So.}}, effort: 2, value: 2}}
decisions:
  pick:
    level: one
    dimension: only
    title: Pick one
    question: Which?
    figures: {{a: {{title: A, shape: thing}}}}
    options:
      drawn:
        title: Drawn
        summary: With a drawing.
        diagram: {{caption: It is here., groups: {{here: {{title: Here, members: {{a: 1}}}}}}}}
      plain: {{title: Plain, summary: Without one.}}
"""


@pytest.fixture(scope="module")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a definition that says little."""
    project = copy_project(tmp_path_factory.mktemp("partly") / "project")
    text = PARTLY_TOLD.replace("title: First,", "title: First, formerly: [old, both],")
    text = text.replace("title: Second,", "title: Second, formerly: [both],")
    return small(project, text).built()


def test_former_ids_lead_to_what_took_their_place(partly: Path) -> None:
    moved = page(partly / "practices/old/index.html")
    refresh = [m.attributes["content"] for m in moved.all("meta") if is_refresh(m)]
    assert refresh == ["0; url=../first/"]
    split = page(partly / "practices/both/index.html")
    assert not [meta for meta in split.all("meta") if is_refresh(meta)]
    assert {"../first/", "../second/"} <= {
        a.attributes["href"] for a in split.all("a") if "href" in a.attributes
    }
    index = (partly / "search/search_index.json").read_text(encoding="utf-8")
    assert "practices/old" not in index


def test_what_the_definition_does_not_say_is_not_shown(partly: Path) -> None:
    facts = {
        name: [
            (term.words, fact.words)
            for box in article(partly / "practices" / name / "index.html").all("div", "mp-facts")
            for term, fact in zip(box.all("dt"), box.all("dd"), strict=True)
        ]
        for name in ("second", "third", "fourth")
    }
    assert facts == {
        "second": [],
        "third": [("Effort", "●●● Months")],
        "fourth": [("Value", "●●○ Medium"), ("Effort", "●●○ Weeks")],
    }
    assert not article(partly / "practices" / "second" / "index.html").all("div", "mp-facts")
    entries = page(partly / "map" / "index.html").first("maturity-map").all("li")
    efforts = {li.first("a").words: li.attributes.get("data-effort") for li in entries}
    assert efforts == {"First": None, "Second": None, "Third": "3", "Fourth": "2"}


def test_an_option_without_a_drawing_has_no_empty_box(partly: Path) -> None:
    options = article(partly / "decisions" / "pick" / "index.html").all("div", "mp-alternative")
    drawn, plain = ([c for c in o.children if isinstance(c, Element)] for o in options)
    assert drawn[1].attributes["class"] == "mp-alternative__diagram"
    assert len(drawn) == len(plain) + 1
    # What belongs together stands at one height: the text takes the place of the drawing too.
    assert "mp-alternative--two-rows" in plain[1].attributes["class"]
    assert plain[1].words == "Without one."


def test_the_map_asks_for_no_effort_where_no_practice_says_one(least: Path) -> None:
    labels = [label.words for label in page(least / "map" / "index.html").all("label")]
    assert "Essential only" in labels
    assert "Effort" not in labels


def test_plain_text_comes_out_as_the_text_it_is(project: Project) -> None:
    definition = yaml.safe_load(SMALL)
    first = definition["practices"]["first"]
    first |= {
        "title": NASTY,
        "question": NASTY,
        "criteria": {"a": f"- {NASTY}", "b": f"1. {NASTY}"},
    }
    first |= {"evidence": {"a": f"# {NASTY}"}, "options": {"none": NASTY, "most": NASTY}}
    definition["levels"]["one"] |= {"title": NASTY, "exit": NASTY}
    definition["dimensions"]["only"]["title"] = NASTY
    small(project, yaml.safe_dump(definition, allow_unicode=True))
    built = project.built()
    shown = " ".join(NASTY.split())
    text = article(built / "practices/first/index.html").words
    assert text.count(shown) >= 8
    assert f"- {shown}" in text
    assert f"1. {shown}" in text
    assert f"# {shown}" in text
    for path in (
        "index.html",
        "levels/one/index.html",
        "checklists/one/index.html",
        "practices/index.html",
    ):
        assert shown in article(built / path).words, path
        assert not article(built / path).all("b")
    title = page(built / "practices/first/index.html").first("title").words
    assert "<b>*x*</b>" in title


def test_every_word_of_ours_comes_from_the_catalog(tmp_path: Path) -> None:
    """With a catalog of marks and a definition of marks, no letter is left on any page.

    The definition has every role and decision of ours, but only some practices: more of these have
    the same words on their pages.
    """
    project = copy_project(tmp_path / "marked")
    shutil.rmtree(project.root / "samples")  # its answers are to questions with words
    project.write("overrides/words/de.yaml", catalog_of_marks())

    def blank(node: object, key: str = "") -> object:
        if isinstance(node, dict):
            return {name: blank(value, name) for name, value in node.items()}
        if isinstance(node, list):
            return [blank(item, key) for item in node]
        if key == "relation":
            return node
        return "§" if isinstance(node, str) and (key in PROSE or " " in node) else node

    ours = our_framework()
    definition = blank(yaml.safe_load(part_of_ours(" ".join((*ours.roles, *ours.decisions)))))
    assert isinstance(definition, dict)
    definition["framework"]["language"] = "de"
    definition["terms"] = {
        name: {"singular": "§", "plural": "§"}
        for name in ("level", "dimension", "practice", "role")
    }
    for number, answer in enumerate(definition["scale"].values(), 1):
        answer["label"] = "§" * number  # labels have to differ
    for collection in ("criteria", "evidence", "options"):
        for practice in definition["practices"].values():
            practice[collection] = dict.fromkeys(practice.get(collection, {}), "§")
    for sheet in definition["worksheets"].values():
        sheet["examples"] = []
    for dimension in definition["dimensions"].values():
        dimension.pop("icon", None)
    for standard in definition["standards"].values():
        standard |= dict.fromkeys(("publisher", "version", "short"), "§")
        del standard["codes"]
        for number, clause in enumerate(standard["clauses"].values()):
            clause["code"] = str(number)  # codes have to differ
    for matrix in definition["matrices"].values():
        for mark in matrix.get("marks", {}).values():
            mark["values"] = dict.fromkeys(mark["values"], "§")
    small(project, yaml.safe_dump(definition, allow_unicode=True, sort_keys=False))
    built = project.built()
    left: dict[str, set[str]] = {}
    for file in built.rglob("index.html"):
        text = re.sub(r"https?://\S+|mappings\.\w+", "", article(file).words)
        if words := set(re.findall(r"[A-Za-z]{2,}", text)) - THEME:
            left[file.relative_to(built).as_posix()] = words
    assert not left


#: Fields whose one-word values are content.
PROSE = {
    "title",
    "label",
    "hint",
    "term",
    "low",
    "high",
    "author",
    "licence",
    "also",
    "singular",
    "plural",
}
#: What Material itself writes into an article, in German here.
THEME = {"Seite", "editieren", "Link"}
