"""The search finds on every page what the theme's own parser finds there."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from material.plugins.search import plugin  # type: ignore[import-untyped]
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from shortcuts.on_demand import Contents, OnDemand
from shortcuts.quick_html import read_html
from shortcuts.search import SearchEntries
from shortcuts.sections import SectionParser, replaces, without_marks
from shortcuts.shortcut import Shortcut

#: What random pages are made of.
STARTS = (
    "<h1 id='one'>", "<h2 id=two>", "<h2 id='two' data-search-exclude>", "<h3>", "<h3 id>",
    "<h4 id='a' id='b'>", "<p>", "<p class='linenodiv'>", "<div>", "<div data-search-exclude>",
    "<div class='a linenodiv'>", "<section>", "<td class='linenodiv'>", "<pre>", "<code>", "<ul>",
    "<li>", "<a class='headerlink' href='#one'>", "<a href='#two'>", "<hx>", "<object>", "<script>",
)  # fmt: skip
PIECES = (
    "</h1>", "</h2>", "</h3>", "</h4>", "</p>", "</div>", "</section>", "</a>", "</li>", "</hx>",
    "<br>", "<br/>", "</br>", "<img alt='data-search-exclude'>", "<span/>", "<!-- <p> -->",
    "<Strong>", "</STRONG>", " ", "\n", " \n\t ", "\u00a0", "Text\nof two lines", "<", "&nbsp;",
    "a &lt; b &amp;&amp; c > \"d\" &nosuch; &#223;", "Straße 日本 👍🏽", "a < b", "<style>", "text",
)  # fmt: skip

INDEX = "search/search_index.json"
PAGE = """# Home

Text <b data-search-exclude>b</b>

## Part {data-search-exclude=1}

`code` & more

### Below

<div data-search-exclude>\n<p>left out</p>\n</div>
"""
#: What another version of the theme has beside its search.
Parser = plugin.Parser


class OtherSearch(plugin.SearchPlugin):  # type: ignore[misc]
    """The search of a version that is not known here."""


def random_html(draw: random.Random, depth: int = 0) -> str:
    """HTML whose elements mostly end where they should."""
    parts = []
    for _ in range(draw.randint(0, 4)):
        if depth < 5 and draw.random() < 0.5:
            start, name = (tag := draw.choice(STARTS)), re.split("[ >]", tag)[0]
            parts += [start, random_html(draw, depth + 1), f"{name}>".replace("<", "</")]
        else:
            parts.append(draw.choice(PIECES if draw.random() < 0.5 else (*STARTS, "text", " ")))
    return "".join(parts)


def sections(parser: plugin.Parser | SectionParser, html: str) -> object:
    """What a parser hands to the index; the kind of mistake where it makes one."""
    try:
        read_html(parser, html)
    except ValueError as error:
        return type(error)
    return [(s.id, s.title, s.text, s.is_excluded()) for s in parser.data]


def random_pages(seed: int) -> Iterator[str]:
    draw = random.Random(seed)  # noqa: S311 - no secret hangs on it
    return (random_html(draw) for _ in range(1000))


def content_after_search(html: str) -> object:
    """What is left of a page by the theme's plugin, which removes what is meant for the search."""
    index = SimpleNamespace(add_entry_from_context=lambda page: None)
    page = SimpleNamespace(content=html)
    theirs = SimpleNamespace(config=SimpleNamespace(enabled=True), search_index=index)
    plugin.SearchPlugin.on_page_context(theirs, {}, page=page, config=None, nav=None)
    return page.content


def test_ours_is_written_after_the_search_of_the_theme_that_is_installed() -> None:
    """Where this fails, compare their old file with the new one, and `sections.py` with that."""
    assert replaces(Path(plugin.__file__))


@pytest.mark.parametrize("seed", range(8))
def test_a_page_of_any_tags_and_texts_has_the_sections_that_the_theme_finds(seed: int) -> None:
    for html in random_pages(seed):
        assert sections(SectionParser(), html) == sections(plugin.Parser(), html), html


def test_a_page_that_is_built_has_the_sections_that_the_theme_finds(site: Path) -> None:
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert sections(SectionParser(), html) == sections(plugin.Parser(), html), file


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<p data-search-exclude="1">a</p>',
        '<p data-search-exclude="" id="a"  data-search-exclude="1"\n\tdata-search-boost="2">',
        'data-search-a="b"data-search-c="d" \u2003data-search-e="f"',
        'data-search-a="b" data-search-="" data-search-c="d',
    ],
)
def test_what_a_page_says_to_the_search_is_removed_as_the_theme_does_it(html: str) -> None:
    assert without_marks(html) == content_after_search(html)


def built(folder: Path, search: plugin.SearchPlugin, *shortcuts: Shortcut) -> tuple[str, str]:
    """A page of a site with that search, and its index."""
    page, settings = folder / "docs" / "index.md", folder / "mkdocs.yml"
    page.parent.mkdir(exist_ok=True)
    page.write_text(PAGE, encoding="utf-8")
    settings.write_text(
        "{site_name: A, plugins: [], theme: material, markdown_extensions: [attr_list]}",
        encoding="utf-8",
    )
    config = load_config(str(settings))
    search.load_config({})
    config.plugins["material/search"] = search
    for shortcut in shortcuts:
        config.plugins[f"shortcut/{type(shortcut).__name__}"] = shortcut  # type: ignore[assignment]
    build(config)
    site = folder / "site"
    index = (site / INDEX).read_text(encoding="utf-8")
    return (site / "index.html").read_text(encoding="utf-8"), index


@pytest.mark.parametrize(
    ("search", "parser"),
    [(plugin.SearchPlugin, SectionParser), (OtherSearch, plugin.Parser)],
)
def test_only_the_search_that_is_known_has_its_parser_replaced(
    tmp_path: Path, search: type[plugin.SearchPlugin], parser: type
) -> None:
    entries = SearchEntries(OnDemand())
    without = built(tmp_path, search())
    assert built(tmp_path, search(), entries) == without  # reads
    assert built(tmp_path, search(), SearchEntries(OnDemand())) == without  # remembers
    assert entries.index is not None
    assert entries.index.parser is parser


class Late(Shortcut):
    """A generated page that has changed in each build."""

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        text = "---\ntitle: Late\n---\n\n# Late\n\n## Later\n"
        files.append(File.generated(config, "late.md", content=text))


def test_a_page_of_the_build_before_does_not_come_into_the_index(tmp_path: Path) -> None:
    search, on_demand = plugin.SearchPlugin(), OnDemand(["late.md"], lambda _: True)
    on_demand.is_asked = True
    shortcuts = Late(), on_demand, SearchEntries(on_demand)
    contents: list[Contents] = []
    for _ in range(2):  # MkDocs has one object of a plugin for all builds
        assert "made on demand" in built(tmp_path, search, *shortcuts)[1]
        contents.append(on_demand.current)
    before, after = contents
    assert b"Later" in before.content("late/")
    locations = re.findall(r'"location":"(late[^"]*)"', after.content(INDEX).decode())
    assert locations == ["late/", "late/#later"]
