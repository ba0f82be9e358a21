"""What goes around Markdown and the search must come out as if it had not."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from mkdocs.structure import pages as mkdocs_pages
from projects import ROOT, Project, copy_project
from shortcuts.plain_texts import PlainTextsExtension
from shortcuts.quick_html import read_html
from shortcuts.tags import TagsExtension

LINK = "# Own\n\n[There](score.md#{})\n"
#: A hook of a fork's, which may want to see whole pages: none of them goes around anything then.
OTHER = "def on_page_content(html, **_):\n    return html\n"


def small_project(root: Path, anchor: str) -> Project:
    """A small project with a page of its own that leads to an anchor of a form."""
    project = copy_project(root)
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write("content/own.md", LINK.format(anchor))
    project.replace("mkdocs.yml", "  /data.md", "  /data.md\n  /own.md")
    return project


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as it is built."""
    root = tmp_path_factory.mktemp("around") / "project"
    project = small_project(root, "practice-open-daily")
    project.write("other.yml", "INHERIT: mkdocs.yml\n")  # settings of the same name as below
    return project.built("other.yml")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site where somebody wants to see its pages whole."""
    project = small_project(tmp_path_factory.mktemp("whole") / "project", "practice-open-daily")
    project.write("other.py", OTHER)
    project.write("other.yml", "INHERIT: mkdocs.yml\nhooks: [hooks/playbook.py, other.py]\n")
    return project.built("other.yml")


def pages(site: Path) -> dict[str, str]:
    return {
        str(file.relative_to(site)): file.read_text(encoding="utf-8")
        for file in site.rglob("*.html")
    }


def entries(site: Path) -> list[dict[str, Any]]:
    """What the search knows, an entry a section."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    docs: list[dict[str, Any]] = index["docs"]
    return docs


def test_pages_are_what_they_are_where_somebody_wants_to_see_them_whole(
    around: Path, whole: Path
) -> None:
    assert pages(around) == pages(whole)
    assert "Open every day" in pages(around)["score/index.html"]
    assert 'class="mp-check"' in pages(around)["checklists/index.html"]


@pytest.mark.parametrize("site", ["around", "whole"])
def test_the_search_finds_neither_field_nor_heading_of_a_form(
    site: str, request: pytest.FixtureRequest
) -> None:
    docs = entries(request.getfixturevalue(site))
    for tool in ("score/", "team/"):
        assert [doc["location"] for doc in docs if doc["location"].startswith(tool)] == [tool]
    lists = [doc["text"] for doc in docs if doc["location"].startswith("checklists/")]
    assert not [text for text in lists if "Don't know" in text]


def test_a_link_into_a_form_is_checked(tmp_path: Path) -> None:
    result = small_project(tmp_path / "project", "practice-open-dayly").build()
    assert result.code != 0
    assert "#practice-open-dayly" in result.output


class Recorder(HTMLParser):
    """Takes down what it is told of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.calls.append(("start", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.calls.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.calls.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.calls.append(("comment", data))


#: HTML as we write it, and what a reader may stumble on.
HTML = [
    "",
    "text alone &amp; more",
    "before<p>in</p>after",
    '<h2 id="a&amp;b" class="x">One<a href="#a">&para;</a></h2>\n<p>R&amp;D, 3 &gt; 2</p>',
    "<ul data-search-exclude>\n<li data-x='{\"a\": 1}' hidden>x</li></ul>",
    '<p>a<br>b<br/>c<br />d<img src="a.png" alt=""/></p>',
    '<svg viewBox="0 0 1 1"\n width="1"><path d="M0"/></svg>',
    "<maturity-score data-name=''></maturity-score>",
    "a <!-- <p>no</p> --> b",
    "<script>if (a < b) '<p>'</script><p>after</p>",
    "<style>p > a {}</style><textarea><b></textarea><title><i></title>",
    "<P CLASS=x>upper</P>",
    "<p a = b>loose</p >",
    "1 < 2 <3 <",
    '<a href="x>y">z</a><b title="<">c</b>',
    "<p unended",
    "</p>alone</>",
    "<![CDATA[x]]><?pi?><!doctype html>",
]


@pytest.mark.parametrize("html", HTML)
def test_the_search_is_told_of_a_page_what_its_own_reader_would_tell_it(html: str) -> None:
    quick, slow = Recorder(), Recorder()
    read_html(quick, html)
    slow.feed(html)
    slow.close()
    assert quick.calls == slow.calls


#: A text for each mark alone with which Markdown makes something of a line, and for some that only
#: look so.
LINES = """Plain words, 3 > 2! "quoted" 'so' #5 {.no} ^a^ ~b~ http://example.org a@example.org

some `code`

an \\# escape

a [link](there.md "T")

an ![image](a.png)

[named][x]

<http://example.org>

<a@example.org>

some <b>html</b>

R&amp;D &copy; &

*em* **strong** ***both*** * *not **quite* closed**

_em_ __strong__ a_b_c _

broken \x20
here

- *in a list*, `and`
- plain

| *a* | b |
|---|---|
| c & d | [e](f.md) |

<div markdown>

*inside* and plain

</div>

[x]: y.md
"""


class Struck(Extension):
    """One more mark of emphasis."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        assert md.delimiters
        md.delimiters.add("~", "del")


class Underlined(Extension):
    """A pattern of another's in the place of one of Markdown's."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        pattern = SimpleTagInlineProcessor(r"(~)(.+?)~", "u")
        md.inlinePatterns.register(pattern, "em_strong2", 50)


@pytest.mark.parametrize(
    "extensions",
    [[], ["smarty"], ["wikilinks", "footnotes", "abbr"], [Struck()], [Underlined()]],
)
def test_markdown_makes_of_a_line_what_it_does_where_none_is_passed_by(
    extensions: list[str | Extension],
) -> None:
    usual = ["attr_list", "def_list", "md_in_html", "tables", *extensions]
    text = (
        LINES
        + '\na ~b~ c\n\n*[HTML]: Language\n\nHTML, [[Wiki]], "quoted" -- [^1]\n\n[^1]: plain\n'
    )
    passed = markdown.markdown(text, extensions=[*usual, PlainTextsExtension()])
    assert passed == markdown.markdown(text, extensions=usual)
    assert "<em>em</em>" in passed


#: Blocks that begin as others do, each beside some that only look so, and names of no reference.
KINDS = """Text
# One #

A C# and #

Two
===

Three
---

a - b
= c

> quoted
a > b

  > # Four

Term
:   What *it* is: this

At 10: 30
: no

| a |
|---|
| b |

a | b
--|--
c | d

a | b

- # In a list
- > quoted
- x | y
  --|--
  1 | 2

<div markdown>
## Five
Term
: Meaning
</div>

[TOC]

[a][b] ![c][d] [e] ![f] [g][] [h](i.md) [j] [k](l.md "M") ![n](o.png)

[p]:
"""


class Questions(Extension):
    """Headings that begin with another mark, found by Markdown's own processor."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        headings = HashHeaderProcessor(md.parser)
        headings.RE = re.compile(  # type: ignore[misc]
            r"(?:^|\n)(?P<level>[?]{1,6})(?P<header>.*?)(?:\n|$)"
        )
        md.parser.blockprocessors.register(headings, "hashheader", 70)


@pytest.mark.parametrize(
    "extensions", [[], ["footnotes", "abbr", "admonition"], [Questions()], ["toc"]]
)
def test_markdown_makes_of_a_block_what_it_does_where_each_is_tried_as_all_kinds(
    extensions: list[str | Extension],
) -> None:
    usual = ["attr_list", "def_list", "md_in_html", "tables", *extensions]
    text = KINDS + "\n? Six\n\n!!! note\n    # Seven\n\n*[One]: 1\n\n[^1]: # Eight\n"
    passed = markdown.markdown(text, extensions=[*usual, PlainTextsExtension()])
    assert passed == markdown.markdown(text, extensions=usual)
    assert all(f"<{tag}" in passed for tag in ("h1", "h2", "blockquote", "dt", "table"))


#: HTML in which Markdown stands, or an anchor.
BLOCKS = [
    '<div class="a" markdown>\n\n*in* <span id="one">it</span>\n\n<p id=\'two\'>out</p>\n\n</div>',
    '<div markdown>\n<p markdown="span">*a* <b>c</b></p>\n<ul><li markdown>*d*</ul>\n</div>\nx',
    '<a name="three"></a><section hidden\n title="x &amp; y">*raw*</section> *after*',
    "<div markdown><div markdown>*open*\n\n<hr markdown>\n<hr/>\n\n<div>",
    "`<div id=four>` and `</div>`\n\n```html\n<div markdown>\n```",
    "<details markdown><summary>*s*</summary>\n\n*t*\n</details>",
    "<![CDATA[</s>",
    "<![CDATA[>\n</b>\n>",
]


def converted(text: str, *extensions: Extension) -> tuple[str, set[str]]:
    """What MkDocs makes of Markdown, and which anchors it finds in the HTML in it."""
    md = markdown.Markdown(extensions=["attr_list", "md_in_html", "fenced_code", *extensions])
    anchors = mkdocs_pages._RawHTMLPreprocessor()
    anchors._register(md)
    return md.convert(text), anchors.present_anchor_ids


@pytest.mark.parametrize("html", [*HTML, *BLOCKS])
def test_markdown_reads_html_as_it_does_where_its_tags_are_not_found_faster(html: str) -> None:
    for text in (html, f"# One\n\n{html}\n\n*two*", f"- a\n\n    {html}", f"a {html} b"):
        assert converted(text, TagsExtension()) == converted(text)


def test_anchors_in_html_are_found_by_who_looks_for_them_faster() -> None:
    _, anchors = converted("\n\n".join(BLOCKS[:3]), TagsExtension())
    assert anchors == {"one", "two", "three"}
