"""Descriptions and tooltips: what Markdown says without its marks, escaped once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from forks import SMALL, small
from htmltree import page
from maturity.framework.plain_text import plain_text
from maturity.pages.filters import beyond
from projects import copy_project
from pypdf import PdfReader


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
        ("&amp;lt; &#955; &#x3bb; &copy;", "&lt; λ λ ©"),
        ("AT&T, R&D; &unheard;", "AT&T, R&D; &unheard;"),
        ("<b>bold</b>, <kbd>Ctrl</kbd>+<kbd>C</kbd>", "bold, Ctrl+C"),
        ('<a href="https://example.org">there</a>', "there"),
        ("one<br>two<br/>three", "one two three"),
        ("<p>one</p><p>two</p>", "one two"),
        ("seen <!-- *not* seen --> again", "seen again"),
        ("<code>&lt;?</code>", "<?"),
        ("`&lt;` and `<b>` and `*`", "&lt; and <b> and *"),
        ("**`code`** _em_ snake_case __x__", "code em snake_case x"),
        (r"\*starred\* and 1\. and a\_b", "*starred* and 1. and a_b"),
        ("<https://example.org/a_b_>, <a@example.org>", "https://example.org/a_b_, a@example.org"),
        ("[`a[0]`](practice:x) and [a &lt; b](http://x)", "a[0] and a < b"),
        ("1 < 2, a<b, 2 > 1", "1 < 2, a<b, 2 > 1"),
        ("", ""),
        (None, ""),
    ],
)
def test_it_is_what_a_reader_of_the_page_sees(markdown: str | None, text: str) -> None:
    assert plain_text(markdown) == text


def test_it_is_cut_at_a_word_and_an_entity_is_one_character() -> None:
    assert plain_text("&lt; " * 10, longest=19) == " ".join("<" * 10)
    assert plain_text("one two, three", longest=10) == "one two…"
    # Never in the middle of a thought, where there is a better place
    assert plain_text("Judge where you stand. And find what matters.", longest=38) == (
        "Judge where you stand."
    )
    assert plain_text("Judge where you stand, and find what matters.", longest=27) == (
        "Judge where you stand…"
    )
    assert plain_text("No. It is a long way, with z. B. a turn.", longest=35) == (
        "No. It is a long way, with z. B. a…"
    )


MARKED = 'Is <b>new</b> &lt; "old" &amp; `&lt;`'
SEEN = 'Is new < "old" & &lt;'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose summaries and definitions hold tags, entities and quotes."""
    definition = yaml.safe_load(SMALL)
    definition["framework"]["summary"] = MARKED
    definition["levels"]["one"] |= {"summary": MARKED, "overview": "The oven is hot."}
    definition["roles"] = {"baker": {"title": "Baker", "joins": "one", "mission": MARKED}}
    sheet = {
        "title": "Sheet",
        "level": "one",
        "purpose": MARKED,
        "prompts": {"why": {"title": "Why", "questions": ["Why?"]}},
    }
    definition["worksheets"] = {"sheet": sheet}
    definition["glossary"] = {"oven": {"term": "oven", "definition": MARKED}}
    project = copy_project(tmp_path_factory.mktemp("marked") / "project")
    small(project, yaml.safe_dump(definition, allow_unicode=True))
    result = project.build(SITE_URL="https://example.org/", PDF="true")
    assert result.code == 0, result.output
    return project.site


@pytest.mark.parametrize("path", ["index.html", "levels/one/index.html", "roles/baker/index.html"])
def test_descriptions_are_escaped_once(built: Path, path: str) -> None:
    metas = [meta.attributes for meta in page(built / path).all("meta")]
    said = {meta.get("name") or meta.get("property"): meta.get("content") for meta in metas}
    assert said["description"] == SEEN
    assert said["og:description"] == SEEN


def test_tooltips_of_terms_are_escaped_once(built: Path) -> None:
    links = page(built / "levels/one/index.html").all("a")
    titles = [link.attributes.get("title") for link in links if link.words == "oven"]
    assert titles == [SEEN]


def test_a_sheet_is_described_like_its_page(built: Path) -> None:
    metadata = PdfReader(built / "data" / "worksheets" / "sheet.pdf").metadata
    assert metadata is not None
    assert metadata.subject == SEEN


@pytest.mark.parametrize(
    ("text", "beyond_it"),
    [
        ("None: ideas come by chance", "ideas come by chance"),
        ("None; ideas come by chance", "ideas come by chance"),
        ("none of the four", "of the four"),
        ("None", ""),
        ("None.", ""),
        ("Nonetheless one", "Nonetheless one"),
        ("No strategy at all", "No strategy at all"),
        ("", ""),
    ],
)
def test_an_answer_does_not_repeat_its_label(text: str, beyond_it: str) -> None:
    assert beyond(text, "None") == beyond_it
