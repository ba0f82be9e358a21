"""The built site: every page is there, leads on, and says what the definition says."""

from __future__ import annotations

import csv
import html
import json
import posixpath
import re
import shutil
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from htmltree import HOME, Element, article, broken_links, documents_of, links, page
from kinds import KINDS
from maturity.definition.model import RESERVED_ANSWERS, Framework
from maturity.framework.relations import Relations
from maturity.pages.glossary_links import spellings
from maturity.pages.listing import SINGLE
from maturity.site import configuration
from maturity.site.generate import Site, generate
from maturity.site.nav import expand, leads_on, paths
from maturity.site.settings import Settings
from projects import ROOT, Project, our_framework


@pytest.fixture(scope="module")
def framework() -> Framework:
    return our_framework()


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Element]:
    """Every page by its address."""
    return documents_of(site)


def article_of(documents: dict[str, Element], path: str) -> Element:
    """The part of a page that is ours; `path` is its folder below the site's root."""
    return documents[f"{HOME}{path}/"].first("article")


def test_the_pages_that_are_looked_at_are_one_of_every_kind(
    documents: dict[str, Element],
) -> None:
    def kind(path: str) -> tuple[str, int]:
        folders = path.strip("/").split("/")
        return folders[0], len(folders)

    built = {kind(urlsplit(address).path) for address in documents}
    assert built | {kind("/404.html")} == {kind(path) for path in KINDS}


def test_every_entry_has_its_page(site: Path, framework: Framework) -> None:
    wanted: dict[str, Mapping[str, object]] = {
        "levels": framework.levels,
        "dimensions": framework.dimensions,
        "practices": framework.practices,
        "roles": framework.roles,
        "checklists": framework.levels,
        "decisions": framework.decisions,
        "worksheets": framework.worksheets,
        "matrices": framework.matrices,
    }
    missing = [
        f"{folder}/{name}"
        for folder, entries in wanted.items()
        for name in entries
        if not (site / folder / name / "index.html").exists()
    ]
    assert not missing


def named(document: Element) -> dict[str | None, str | None]:
    """Return what a page says of itself in its head, by name."""
    tags = document.all("meta")
    return {tag.attributes.get("name"): tag.attributes.get("content") for tag in tags}


def moved(document: Element) -> bool:
    """Tell whether a page only leads to what has taken the place of its entry."""
    return named(document).get("robots") == "noindex"


def test_every_page_is_three_clicks_from_home(documents: dict[str, Element]) -> None:
    reached, frontier = {HOME}, {HOME}
    for _ in range(3):
        frontier = {
            target.split("#")[0]
            for address in frontier
            for target in links(address, documents[address])
        } & documents.keys() - reached
        reached |= frontier
    assert {
        address for address in documents.keys() - reached if not moved(documents[address])
    } == set()


def test_no_link_or_anchor_is_broken(site: Path, documents: dict[str, Element]) -> None:
    assert not broken_links(site, documents)


def test_the_build_warns_of_nothing(build: tuple[Path, str]) -> None:
    assert not re.findall(r"WARNING|ERROR", build[1])


def test_an_edit_link_opens_the_line_of_its_entry(
    documents: dict[str, Element], framework: Framework
) -> None:
    lines = (ROOT / "framework.yaml").read_text(encoding="utf-8").splitlines()
    for folder in (
        "levels",
        "dimensions",
        "practices",
        "roles",
        "decisions",
        "worksheets",
        "matrices",
    ):
        for name in getattr(framework, folder):
            document = documents[f"{HOME}{folder}/{name}/"]
            targets = [a.attributes["href"] for a in document.all("a", "md-content__button")]
            (line,) = re.findall(r"/framework\.yaml#L(\d+)$", targets[0])
            assert lines[int(line) - 1] == f"  {name}:"


def test_every_page_describes_itself_in_its_own_words(documents: dict[str, Element]) -> None:
    described: dict[str, str] = {}
    for address, document in documents.items():
        if moved(document):
            continue
        text = named(document).get("description")
        assert text, address
        assert 20 <= len(text) <= 200, address
        assert text not in described, (address, described[text])
        described[text] = address


@pytest.mark.parametrize(
    ("address", "needed"),
    [
        ("index.html", set()),
        ("checklists/building/index.html", {"tools"}),
        ("score/index.html", {"tools", "score"}),
        ("team/index.html", {"tools", "score", "review"}),
    ],
)
def test_a_page_loads_the_sheets_that_it_needs(site: Path, address: str, needed: set[str]) -> None:
    linked = [link for link in page(site / address).all("link") if "rel" in link.attributes]
    sheets = {
        posixpath.basename(link.attributes["href"]).split(".")[0]: link.attributes
        for link in linked
    }
    assert needed == sheets.keys() & {"tools", "score", "review"}
    assert sheets["paper"]["media"] == "print"  # no screen waits for it


def test_search_finds_every_entry(site: Path, framework: Framework) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    pages = {posixpath.dirname(doc["location"]) for doc in index["docs"]}
    for folder in ("levels", "practices", "roles", "decisions", "worksheets"):
        assert {f"{folder}/{name}" for name in getattr(framework, folder)} <= pages
    text = " ".join(doc["text"] for doc in index["docs"])
    assert all(term.term.split(" (")[0] in text for term in framework.glossary.values())


def test_search_finds_entries_by_what_else_people_call_them(
    site: Path, framework: Framework
) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    tags = {doc["location"]: doc["tags"] for doc in index["docs"] if "tags" in doc}
    assert {location: [html.unescape(tag) for tag in tags[location]] for location in tags} == {
        f"{folder}/{name}/": entry.also
        for folder in ("practices", "roles", "decisions", "worksheets")
        for name, entry in getattr(framework, folder).items()
        if entry.also
    }


def test_in_the_search_practices_weigh_most_and_copies_of_them_least(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    weight = {doc["location"].partition("#")[0]: doc["boost"] for doc in index["docs"]}
    places = [
        "practices/data-audit/",
        "worksheets/data-audit-sheet/",
        "levels/building/",
        "glossary/",
    ]
    assert sorted(places, key=weight.__getitem__, reverse=True) == places
    assert weight["checklists/building/"] == weight["references/"] < weight["glossary/"]
    titles = [doc["title"] for doc in index["docs"] if doc["location"].startswith(places[0])]
    assert titles.count(titles[0]) == 1  # a page is no part of itself
    assert "Sources" not in titles


def test_a_level_says_what_it_usually_takes(
    documents: dict[str, Element], framework: Framework
) -> None:
    for name, level in framework.levels.items():
        words = article_of(documents, f"levels/{name}").words
        for text in (
            level.takes.time,
            level.takes.people,
            level.takes.money,
            level.takes.small_team,
        ):
            assert str(text) in words


def hrefs(documents: dict[str, Element], path: str) -> set[str]:
    """The pages that a page's own part links to, as paths below the site's root."""
    here, own = f"{HOME}{path}/", article_of(documents, path)
    return {urlsplit(target).path.strip("/") for target in links(here, own)}


def test_links_lead_both_ways(documents: dict[str, Element], framework: Framework) -> None:
    relations = Relations(framework)
    own_links = cache(partial(hrefs, documents))
    for name, practice in framework.practices.items():
        mine = own_links(f"practices/{name}")
        level = own_links(f"levels/{practice.level}")
        assert {f"levels/{practice.level}", f"dimensions/{practice.dimension}"} <= mine
        assert f"practices/{name}" in level
        assert f"practices/{name}" in own_links(f"dimensions/{practice.dimension}")
        if practice.owner:
            assert f"roles/{practice.owner}" in mine
            assert f"practices/{name}" in own_links(f"roles/{practice.owner}")
        for other in practice.requires:
            assert f"practices/{other}" in mine
            assert f"practices/{name}" in own_links(f"practices/{other}")
        item = relations.item(f"practice:{name}")
        for step in (-1, 1):
            for neighbor in relations.neighbor_cell(item, step):
                assert f"practices/{neighbor.id}" in mine
    for name in framework.levels:
        level = own_links(f"levels/{name}")
        assert f"checklists/{name}" in level
        for kind, folder in (
            ("role", "roles"),
            ("decision", "decisions"),
            ("worksheet", "worksheets"),
        ):
            assert {f"{folder}/{item.id}" for item in relations.at_level(kind, name)} <= level


def test_a_practice_page_says_what_the_definition_says(
    documents: dict[str, Element], framework: Framework
) -> None:
    for name, practice in framework.practices.items():
        text = article_of(documents, f"practices/{name}").words
        assert practice.title in text
        evidence = [artifact.text for artifact in practice.evidence.values()]
        for part in (*practice.criteria.values(), *evidence, practice.question):
            assert part is not None
            assert part in text, (name, part)
        for answer in practice.options.values():
            assert answer in text, (name, answer)


def test_every_drawing_says_what_it_shows_and_shows_everybody(
    documents: dict[str, Element], framework: Framework
) -> None:
    drawn = 0
    for name, decision in framework.decisions.items():
        content = article_of(documents, f"decisions/{name}")
        drawings = content.all("div", "mp-diagram")
        options = [option.diagram for option in decision.options.values() if option.diagram]
        assert len(drawings) == len(options)
        for drawing, diagram in zip(drawings, options, strict=True):
            assert drawing.attributes["role"] == "img"
            assert drawing.attributes["aria-label"] == diagram.caption
            parts = [*([diagram.center] if diagram.center else []), *diagram.groups.values()]
            for part in parts:
                assert part.title in drawing.words
            shown = len([*drawing.all("svg", "mp-figure"), *drawing.all("span", "mp-thing")])
            assert shown == sum(count for part in parts for count in part.members.values())
            drawn += 1
        for figure in decision.figures.values():
            assert figure.title in content.words
    assert drawn


def test_a_checklist_holds_every_criterion_once(
    documents: dict[str, Element], framework: Framework
) -> None:
    relations = Relations(framework)
    for level in framework.levels:
        text = article_of(documents, f"checklists/{level}").words
        for item in relations.at_level("practice", level):
            for criterion in item.entry.criteria.values():
                assert text.count(criterion) == 1, (level, criterion)


def test_terms_are_explained_where_they_first_appear(
    documents: dict[str, Element], framework: Framework
) -> None:
    explained = set()
    for address, document in documents.items():
        terms = document.first("article").all("a", "mp-term")
        targets = [link.attributes["href"].split("#")[1] for link in terms]
        assert len(targets) == len(set(targets)), f"{address}: a term is linked twice"
        for link, name in zip(terms, targets, strict=True):
            assert link.words in spellings(framework.glossary[name])
            assert link.attributes["title"]
        explained |= set(targets)
    assert len(explained) >= 20


def test_the_404_page_offers_the_search_and_five_ways_on(site: Path) -> None:
    lost = page(site / "404.html").first("article")
    targets = [a.attributes["href"].removesuffix(".") for a in lost.all("a")]
    assert targets == ["/", "/levels/", "/practices/", "/tools/", "/decisions/"]
    (search,) = lost.all("form")
    assert search.attributes["action"].removesuffix(".") == "/"
    assert [field.attributes["name"] for field in search.all("input")] == ["q"]


def test_every_tool_is_shown_with_its_drawing(site: Path) -> None:
    cards = article(site / "tools" / "index.html").all("div", "mp-kit__card")
    targets = [card.first("h3").first("a").attributes["href"] for card in cards]
    assert targets == [
        "../score/#quick", "../score/", "../checklists/", "../data/checklists.xlsx", "../workshop/",
        "../workshop/#invitation", "../team/", "../facilitator/", "../report/", "../report/",
        "../compare/", "../map/", "../decisions/", "../worksheets/", "../matrices/opportunity/",
    ]  # fmt: skip
    assert all(card.all("svg", "mp-drawing") and card.all("p")[-1].words for card in cards)
    examples = [a.attributes["href"] for card in cards for a in card.all("a")[1:]]
    tools = ["score", "team", "report", "compare", "matrices/opportunity"]
    assert examples == [f"../{tool}/#example" for tool in tools]


def test_tools_that_a_framework_has_nothing_for_are_not_shown(tmp_path: Path) -> None:
    definition = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    parts = ("decisions", "worksheets", "matrices")
    small = {key: value for key, value in definition.items() if key not in parts}
    for practice in small["practices"].values():
        practice.pop("essential", None)
    file = tmp_path / "framework.yaml"
    file.write_text(yaml.safe_dump(small, sort_keys=False), encoding="utf-8")
    made = generate(Settings(file, ROOT / "overrides", ROOT / "content"))
    text = next(str(output.content) for output in made.outputs if output.path == "tools.md")
    assert re.findall(r'<h3><a href="\.\./(.+?)"', text) == [
        "score/", "checklists/", "data/checklists.xlsx", "team/", "report/", "report/", "compare/",
        "map/",
    ]  # fmt: skip


def test_data_files_hold_the_definition(site: Path, framework: Framework) -> None:
    data = json.loads((site / "data" / "framework.json").read_text(encoding="utf-8"))
    assert Framework.model_validate(data) == framework
    schema = json.loads((site / "data" / "framework.schema.json").read_text(encoding="utf-8"))
    assert schema == json.loads((ROOT / "framework.schema.json").read_text(encoding="utf-8"))
    with (site / "data" / "practices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == list(framework.practices)
    assert rows[0]["criteria"].split("\n") == [
        *next(iter(framework.practices.values())).criteria.values()
    ]


def test_nothing_but_the_site_is_published(site: Path) -> None:
    ours = {path.relative_to(site).parts[0] for path in site.rglob("*.y*ml")}
    assert not ours


@pytest.fixture(scope="module")
def generated() -> Site:
    settings = Settings(ROOT / "framework.yaml", ROOT / "overrides", ROOT / "content", adapted=True)
    return generate(settings, ["customize.md", "when-material-ends.md"])


def test_the_navigation_leads_to_every_page_and_names_nothing_else(generated: Site) -> None:
    config = ROOT / "mkdocs.yml"
    nav = configuration.load(config)["nav"]
    leads_to = paths(expand(nav, generated, config))
    assert {page.path for page in generated.pages} - leads_to == set()
    assert [path for path in leads_to if path.startswith("@")] == []
    for name in SINGLE.keys() - {"index", "how-it-works"}:
        assert f"'@{name}'" in str(nav), name


def test_every_page_lies_under_one_tab(generated: Site) -> None:
    config = ROOT / "mkdocs.yml"
    tabs = [paths([tab]) for tab in expand(configuration.load(config)["nav"], generated, config)]
    assert len(tabs) == 5
    assert sum(map(len, tabs)) == len(set().union(*tabs))
    (own,) = [tab for tab in tabs if "customize.md" in tab]
    assert "when-material-ends.md" in own
    assert "glossary.md" in own  # at the end, after what readers need


def test_a_nav_of_an_earlier_version_still_leads_to_its_pages(generated: Site) -> None:
    nav = [
        {"@nav.start": ["index.md", "@map"]},
        "@levels",
        {"@nav.tools": ["@score", "@checklists", "@decisions"]},
        {"@nav.reference": ["@dimensions", "@glossary", "@owners"]},
    ]
    written = expand(nav, generated, ROOT / "mkdocs.yml")
    assert [title for entry in written for title in entry] == [
        "Home",
        "Levels",
        "Tools",
        "Reference",
    ]
    assert {"map.md", "score.md", "decisions/index.md", "customize.md"} <= paths(written)


@pytest.mark.parametrize(
    ("path", "other", "beside", "leads"),
    [
        ("levels/index.md", "levels/exploring.md", False, True),
        ("levels/exploring.md", "levels/building.md", True, True),
        ("practices/a.md", "practices/b.md", False, True),  # of the next level
        ("worksheets/a.md", "matrices/b.md", True, True),
        ("roles/lead.md", "score.md", False, False),
        ("checklists/advanced.md", "workshop.md", False, False),
        ("roles/lead.md", "practices/index.md", True, False),
        ("workshop.md", "facilitator.md", True, True),
        ("data.md", "customize.md", False, False),
        ("own/one.md", "own/two.md", True, True),
    ],
)
def test_previous_and_next_are_pages_of_a_kind_or_side_by_side(
    path: str, other: str, beside: bool, leads: bool
) -> None:
    assert leads_on(path, other, side_by_side=beside) is leads


def test_page_script_and_catalog_know_the_same_answers_beside_the_scale() -> None:
    script = (ROOT / "content" / "assets" / "assessment" / "scoring.js").read_text("utf-8")
    named = re.findall(r'^export const (?:UNKNOWN|NOT_APPLICABLE) = "(.+)";$', script, re.MULTILINE)
    catalog = yaml.safe_load((ROOT / "overrides" / "words" / "en.yaml").read_text("utf-8"))
    assert tuple(named) == tuple(catalog["answers"]) == RESERVED_ANSWERS


def test_scripts_and_styles_of_the_site_are_published_small_and_a_forks_own_as_they_are(
    project: Project,
) -> None:
    script = "/** What it is for. */\nexport const answer = 42; // the usual\n"
    style = "/* What it is for. */\n.new {\n  color: red;\n}\n"
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    for folder in ("assets", "assets/new/room", "own"):
        project.write(f"content/{folder}/new.js", script)
        project.write(f"content/{folder}/new.css", style)
    built = project.built()
    for folder in ("assets", "assets/new/room"):
        [small_script] = (built / folder).glob("new.????????.js")
        [small_style] = (built / folder).glob("new.????????.css")
        assert small_script.read_text("utf-8") == "export const answer=42;"
        assert small_style.read_text("utf-8") == ".new{color:red}"
    assert (built / "own" / "new.js").read_text("utf-8") == script
    assert (built / "own" / "new.css").read_text("utf-8") == style
    home = (built / "index.html").read_text("utf-8")
    [own] = (built / "own").glob("new.????????.css")  # beside it, for the pages
    assert own.read_text("utf-8") == style
    assert f'href="own/{own.name}"' in home
    assert '"own/new.css"' not in home


def test_a_long_list_of_practices_is_folded_in_the_navigation(tmp_path: Path) -> None:
    definition = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    definition["practices"] |= {
        f"practice-{n}": {
            "level": "many-shops",
            "dimension": "shop",
            "title": f"Do {n}",
            "criteria": {"done": "It is done."},
        }
        for n in range(90)
    }
    file = tmp_path / "framework.yaml"
    file.write_text(yaml.safe_dump(definition, sort_keys=False), encoding="utf-8")
    generated = generate(Settings(file, ROOT / "overrides", ROOT / "content"))
    nav = expand(["@practices"], generated, ROOT / "mkdocs.yml")
    assert {f"practices/practice-{n}.md" for n in range(90)} <= paths(nav)
    assert "1–22" in str(nav)
    assert longest(nav) <= 40


def longest(nav: list[Any]) -> int:
    """The length of the longest list in a navigation."""
    inside = [value for entry in nav if isinstance(entry, dict) for value in entry.values()]
    return max([len(nav), *(longest(value) for value in inside if isinstance(value, list))])


def test_a_page_has_every_style_sheet_that_its_classes_need(site: Path) -> None:
    """On screen: what only paper.css says of a class is for paper."""
    sheets = {file.stem: file for file in (ROOT / "content" / "assets").glob("*.css")}
    styled = {
        name: set(re.findall(r"\.(mp-[\w-]+)", re.sub(PRINT, "", file.read_text("utf-8"))))
        for name, file in sheets.items()
        if name != "paper"
    }
    known = set().union(*styled.values())
    missing = set()
    for file in site.rglob("index.html"):
        text = file.read_text(encoding="utf-8")
        loaded = set(re.findall(r'/?assets/([\w-]+)\.\w{8}\.css"', text)) & styled.keys()
        used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
        for name in (used & known).difference(*(styled[sheet] for sheet in loaded)):
            missing.add((file.parent.relative_to(site).parts[0], name))
    assert not missing


#: Rules for paper inside of a style sheet for the screen.
PRINT = re.compile(r"^@media print \{.*?^\}", re.MULTILINE | re.DOTALL)
