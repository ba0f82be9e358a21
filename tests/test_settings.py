"""Every setting that the guide promises is followed, or refused with a message and its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import links
import pytest
import yaml
from forks import small
from htmltree import page
from maturity.site import configuration, generate, theme_settings, wrong_settings
from maturity.site.blocked import loads_of_html, loads_of_styles
from maturity.site.security_policy import allows
from maturity.site.theme_context import theme_context
from playwright.sync_api import Browser, expect
from projects import ROOT, Project, copy_project
from reader import heard
from servers import serving
from test_safe import RUNS, directives, hashed
from test_silence import report, settings

CASES = yaml.safe_load(Path(__file__).with_name("settings.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "content" / "customize.md").read_text(encoding="utf-8")
SPEC = find_spec("material")
THEME = Path((SPEC and SPEC.origin) or "").parent / "templates"

Row = dict[str, Any]


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The settings in a file of settings, as `theme: logo`: names of lists, keys of maps."""
    name = ": ".join(path)
    if path in (("theme", "features"), ("plugins",)):
        yield name
        for entry in tree:
            yield from (
                f"{name}: {each}" for each in ([entry] if isinstance(entry, str) else entry)
            )
    elif isinstance(tree, dict) and path in ((), ("theme",), ("extra",), ("extra", "maturity")):
        for key, inside in tree.items():
            yield from leaves(inside, (*path, key))
    if path:
        yield name


def promised() -> set[str]:
    """All that can stand in `site.yml`, as the guide says: of MkDocs, of the theme, and ours."""
    table = GUIDE.split("What you can set under `extra: maturity:` is:")[1].split("\n\n")[1]
    ours = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    plugins = [entry.name for entry in entry_points(group="mkdocs.plugins")]
    return {
        *wrong_settings.KNOWN,
        *(f"theme: {key}" for key in theme_settings.KEYS),
        *(f"theme: features: {name}" for name in theme_settings.FEATURES),
        *(f"extra: {key}" for key in theme_settings.EXTRA),
        *(f"extra: maturity: {key}" for key in ours),
        *(f"plugins: {name.split('/')[1]}" for name in plugins if name.startswith("material/")),
    }


def test_every_setting_that_is_promised_is_tried() -> None:
    refused = [yaml.safe_load(case["lines"]) for case in CASES["refused"]]
    tried = {name for tree in refused for name in leaves(tree)}
    tried |= {name for row in CASES["followed"] for name in leaves(row["lines"])}
    assert promised() - tried - {*CASES["elsewhere"]} == set()


def test_all_that_the_theme_reads_is_known() -> None:
    templates = "".join(file.read_text(encoding="utf-8") for file in THEME.rglob("*.html"))
    (bundle,) = (THEME / "assets" / "javascripts").glob("bundle.*.min.js")
    names = r"(?:announce|content|header|navigation|search|toc)(?:\.[a-z]+)+"
    features = {*re.findall(rf'"({names})"(?: not)? in features', templates)}
    features |= {*re.findall(rf'\("({names})"\)', bundle.read_text(encoding="utf-8"))}
    assert {name for name in features if not name.startswith("search.result")} <= (
        theme_settings.FEATURES | {"content.tooltips"}
    )
    assert {*re.findall(r"config\.extra\.(\w+)", templates)} <= theme_settings.EXTRA
    assert {*re.findall(r"config\.theme\.(\w+)", templates)} <= theme_settings.KEYS


def test_what_our_templates_take_of_extra_is_known(tmp_path: Path) -> None:
    where = settings(tmp_path, {})
    taken = theme_context(generate.generate(where), where, [])
    assert {*taken, "copies"} == theme_settings.TAKEN


def test_the_guide_names_what_is_refused_and_nothing_else() -> None:
    table = GUIDE.split("These cannot be followed, and are refused:")[1].split("\n\n")[1]
    rows = re.findall(r"^\| (`[^|]+)\|", table, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([^`]+)`", row)} == {
        case["guide"] for case in CASES["refused"] if "guide" in case
    }


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["lines"])
def test_what_cannot_be_followed_is_refused_at_its_place(case: Row, tmp_path: Path) -> None:
    files = {
        **dict.fromkeys(("content/assets/brand.css", "overrides/words/en.yaml", "own.py"), "x"),
        "hooks/playbook.py": "",
        "mkdocs.yml": (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:")[0]
        + "\nhooks: [hooks/playbook.py]\nplugins: [search]\n"
        "markdown_extensions: [attr_list, def_list, md_in_html]\n",
        "site.yml": f"INHERIT: mkdocs.yml\n{case['lines']}\n",
    }
    said = report(tmp_path, files)
    assert said.startswith("site.yml:2:"), said
    assert case["says"] in said.split("\n")[0]
    assert case.get("hint", "") in said
    assert said.endswith("\n1 problem in site.yml")


# What is followed


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site for each build, with all the settings that it tries."""
    folder = tmp_path_factory.mktemp("settings")
    names = dict.fromkeys(row["build"] for row in CASES["followed"])
    return {name: made(folder / name, rows(name)) for name in names}


def rows(name: str) -> list[Row]:
    return [row for row in CASES["followed"] if row["build"] == name]


def made(root: Path, tried: list[Row]) -> Path:
    """Build a small site with the settings of some rows, each of which no other sets."""
    project: Project = small(copy_project(root))
    lines: dict[str, Any] = {"INHERIT": "mkdocs.yml"}
    for row in tried:
        lines = configuration.merged(lines, row["lines"])
        for name, text in row.get("files", {}).items():
            project.write(name, text)
    project.write("site.yml", yaml.safe_dump(lines, sort_keys=False))
    result = project.build("site.yml")
    assert result.code == 0, result.output
    return project.site


def test_each_setting_shows(sites: dict[str, Path]) -> None:
    wrong = []
    for row in CASES["followed"]:
        site = sites[row["build"]]
        text = (site / row.get("page", "practices/first/index.html")).read_text(encoding="utf-8")
        wrong += [(row["lines"], "lacks", has) for has in row.get("has", []) if has not in text]
        wrong += [(row["lines"], "has", lacks) for lacks in row.get("lacks", []) if lacks in text]
        wrong += [
            (row["lines"], "has", gone)
            for gone in [row.get("gone")]
            if gone and (site / gone).exists()
        ]
    assert not wrong


@pytest.mark.parametrize("name", dict.fromkeys(row["build"] for row in CASES["followed"]))
def test_links_policy_and_search_hold_under_every_setting(
    name: str, sites: dict[str, Path]
) -> None:
    assert not [*faults_of(sites[name])], [row["lines"] for row in rows(name)]


def faults_of(site: Path) -> list[tuple[str, str]]:
    """Dead links, what pages load against their policy, and what the search lacks, by page."""
    return [*links.broken_links(site), *breaches(site), *lost_in_search(site)]


def breaches(site: Path) -> Iterator[tuple[str, str]]:
    sheets = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.css")}
    for file in site.rglob("*.html"):
        name, text = file.relative_to(site).as_posix(), file.read_text(encoding="utf-8")
        if name == "data/assessment.html":  # its own is held by its own tests
            continue
        document = page(file)
        policy = {key: tuple(sources) for key, sources in directives(document).items()}
        loads = [*loads_of_html(text)]
        if name == "index.html":
            loads += [load for sheet in sheets.values() for load in loads_of_styles(sheet)]
        for load in loads:
            if not allows(load.directive, load.address, policy):
                yield name, load.address
        for script in document.all("script"):
            if (
                "src" not in script.attributes
                and script.attributes.get("type", "") in RUNS
                and hashed(script) not in policy["script-src"]
            ):
                yield name, "a script that may not run"


def lost_in_search(site: Path) -> Iterator[tuple[str, str]]:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].split("#")[0] for entry in index["docs"]}
    pages = {
        "levels/one/",
        "practices/first/",
        "practices/second/",
        "dimensions/only/",
        "glossary/",
    }
    yield from ((place, "not in the search") for place in pages - places if (site / place).exists())
    yield from (
        (place, "no page") for place in places if not (site / place / "index.html").exists()
    )
    spoken = page(site / "index.html").first("html").attributes["lang"]
    if index["config"]["lang"] != [spoken]:
        yield "search_index.json", f"{index['config']['lang']} for {spoken}"


def test_a_reader_searches_under_every_setting(sites: dict[str, Path], browser: Browser) -> None:
    for name, site in sites.items():
        title = page(site / "practices" / "first" / "index.html").first("h1").words.strip("¶#")
        with serving(site) as address, browser.new_context() as context:
            tab = context.new_page()
            tab.route(lambda url: not url.startswith(address), lambda route: route.abort())
            with heard(tab) as said:
                tab.goto(f"{address}/practices/second/?q={quote(title)}")
                expect(tab.locator(".md-search-result__link").first).to_contain_text(title)
            refused = [
                text for text in said if "Content Security Policy" in text or "rror:" in text
            ]
            assert not refused, name
