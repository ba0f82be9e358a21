"""What programs read in place of pages: Markdown copies, their list, and the feed of releases."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from htmltree import Element, documents_of
from maturity.definition import check
from maturity.framework import catalog
from maturity.outputs.feed import feed
from maturity.pages.markdown_copy import plain
from maturity.site.for_programs import with_copies
from maturity.site.generate import generate
from maturity.site.settings import Settings
from maturity.versions.history import History, Step
from maturity.versions.notes import ReleaseNotes
from playwright.sync_api import Browser, expect
from projects import ROOT, our_framework

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Element]:
    return documents_of(site)


def linked(folder: Path, file: Path, target: str) -> Path:
    """The file of the site that a link in `file` leads to."""
    path = unquote(target.partition("#")[0])
    place = (file.parent / path).resolve() if path else file
    assert place.is_relative_to(folder.resolve()), (file, target)
    return place / "index.html" if place.is_dir() else place


def test_every_page_has_a_copy_that_reads_like_it(site: Path) -> None:
    for page in site.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        if 'name="robots"' in html:  # at a former address
            continue
        link = re.search(r'type="text/markdown" href="([^"]+)"', html)
        assert link is not None, page
        copy = (page.parent / link[1]).read_text(encoding="utf-8")
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", copy, flags=re.S)
        assert not re.search(r"<(?:div|span|a|svg|p|form|input)\b|\{:? ?[.#]", prose), link[1]
        assert re.search(r"^# ", copy, re.M), link[1]


def test_links_in_copies_lead_somewhere(site: Path) -> None:
    for copy in [*site.rglob("*.md"), site / "llms.txt"]:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", copy.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^()\s]+)\)", text):
            if not re.match(r"[a-z]+:", target):
                assert linked(site, copy, target).exists(), (copy.name, target)


def test_the_list_names_every_generated_page_of_a_kind(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    about = our_framework()
    assert text.startswith(f"# {about.framework.title}\n\n> ")
    for name, practice in about.practices.items():
        assert f"- [{practice.title}](practices/{name}.md): " in text


def test_texts_of_a_definition_are_texts_in_the_list(tmp_path: Path) -> None:
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    text = small.replace("title: Keep recipes", "title: 'C# <b>, *a* & `[x](y)'")
    (tmp_path / "framework.yaml").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "framework.yaml", ROOT / "overrides", ROOT / "content")
    outputs = with_copies(generate(settings), (), {}, settings)
    made = next(str(output.content) for output in outputs if output.path == "llms.txt")
    title = r"C# \<b>, \*a\* & \`\[x\](y)"
    assert f"- [{title}](practices/keep-recipes.md): {title}: why it matters" in made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("---\ntitle: x\n---\n\n# A {: #a }\n", "# A\n"),
        ("[a](b.md){ .c style=\"d\" } <span class='e'>f</span>\n", "[a](b.md) f\n"),
        ('<svg viewBox="0 0 1 1">\n<path d="M0"/>\n</svg>\nafter\n', "after\n"),
        ('<a class="x" href="../../map/">The <b>map</b></a>\n', "[The map](../map/)\n"),
        ('<a href="https://example.org/">out</a> <a href="#here">in</a>\n',
         "[out](https://example.org/) [in](#here)\n"),
        ("2&#46;1 R&#38;D at 9&#58; a\n\n1&#46; b &#38;lt; x&#58;//y\n",
         "2.1 R&D at 9: a\n\n1&#46; b &#38;lt; x&#58;//y\n"),
        ("`<div>` and ``{: #x }``\n\n```{ .yaml }\n<a href='b'> &#34;\n```\n",
         "`<div>` and ``{: #x }``\n\n```{ .yaml }\n<a href='b'> &#34;\n```\n"),
        ("3 &lt; 4 &amp; {{ x }} {y}\n", "3 &lt; 4 &amp; {{ x }} {y}\n"),
        ("a  <br>b\n", "a<br>b\n"),
        ('<a href="x"><br class="y"/></a><a href="x">a<br/>b</a>\n', "[a b](x/x)\n"),
        ('<a href="x">a<BR>b</a>\n', "[a<br>b](x/x)\n"),
        ("#  A \n\n \n\n-   b\n", "# A\n\n- b\n"),
        ("<Table class='c'><TR><td>a<B>b</B></td></TR></Table>\n",
         "<table><tr><td>ab</td></tr></table>\n"),
        ("<dl><dt>Shown</dt><dd>1</dd>\n<dt>Aim </dt>\n<dd>2</dd></dl>\n", "Shown: 1\nAim: 2\n"),
        ('<script type="application/json">{"a": 1}</script>\n\n\n\nb\n', "b\n"),
    ],
)  # fmt: skip
def test_a_copy_keeps_words_links_and_code(text: str, wanted: str) -> None:
    assert plain(text, "practices/x.md") == wanted


def test_a_link_is_seen_from_the_list_of_a_kind() -> None:
    assert plain('<a href="../map/">m</a>', "practices/index.md") == "[m](../map/)\n"
    assert plain('<a href="score/">s</a>', "index.md") == "[s](score/)\n"


def test_the_feed_has_every_release_and_what_it_changed(site: Path) -> None:
    root = ElementTree.parse(site / "changes.xml").getroot()  # noqa: S314  # our own file
    released = sorted((ROOT / "releases" / "ml-maturity").glob("*.yaml"))
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(released)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        page, _, anchor = link.attrib["href"].partition("#")
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert f'id="{anchor}"' in html
    assert "<li><strong>" in (entries[0].findtext(f"{ATOM}content") or "")


def test_texts_of_a_definition_are_texts_in_the_feed() -> None:
    definition = check.load(ROOT / "tests" / "small.yaml")
    about = definition.framework.framework.model_copy(update={"title": "<b>&amp; ]]>"})
    framework = definition.framework.model_copy(update={"framework": about})
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    past = History(framework, [Step("1.0.0", "2026-01-31", None, [], framework)])
    root = ElementTree.fromstring(  # noqa: S314
        feed(ReleaseNotes(past, words), "https://example.org/x/")
    )
    assert root.findtext(f"{ATOM}title", "").startswith("<b>&amp; ]]>")
    links = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert links[0] == "https://example.org/x/changes.xml"
    assert posixpath.commonprefix(links) == "https://example.org/x/changes"


def test_a_page_is_copied_as_markdown(browser: Browser, address: str, site: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/practices/data-audit/")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("maturity-markdown [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (site / "practices" / "data-audit.md").read_text(encoding="utf-8")
    page.route("**/*.md", lambda route: route.abort())
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("maturity-markdown [role=status]")).to_contain_text("could not be loaded")
    context.close()
