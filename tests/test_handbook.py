"""A company's handbook: a fork that changes what it likes, and takes over upstream's releases."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass

import pytest
from htmltree import Element, article, page
from maturity.site.ownership import is_forks
from playwright.sync_api import Browser, BrowserContext
from projects import ROOT, Project, copy_project
from repositories import commit, git
from servers import serving

#: The files that are a fork's; upstream never has them.
OWN = {
    "overlay.yaml": """\
based_on: "1.0.0"
framework:
  id: our-bakery
  title: Our Bakery Book
  version: "0.1.0"
  summary: How we run our shops.
  licence: For our bakers only
terms:
  practice: {singular: Habit, plural: Habits}
dimensions:
  bread: {title: Loaves}
levels:
  many-shops: {title: Our shops}
practices:
  keep-recipes:
    criteria: {written: Every recipe is in the blue folder.}
    question: How many of our breads are in the blue folder?
  open-daily: {title: Open at six, effort: 3}
  share-recipes: null
  compare-shops: {requires: []}
  sweep:
    after: open-daily
    level: first-oven
    dimension: shop
    title: Sweep the shop
    criteria: {swept: The floor is swept each night.}
  swap-bakers:
    level: many-shops
    dimension: bread
    title: Swap bakers
    criteria: {swapped: Every baker worked in another shop this year.}
roles:
  seller: {title: Shopkeeper}
decisions:
  make-or-buy: null
scale:
  at-times: {label: Now and then}
scoring: {threshold: 0.8}
glossary:
  blue-folder: {term: blue folder, definition: The folder beside the oven.}
""",
    "site.yml": """\
INHERIT: mkdocs.yml
site_url: https://book.bakery.example/
copyright: Bakery Ltd
theme: {logo: own/logo.svg}
nav:
  - Welcome: own/welcome.md
  - "@nav.start":
      - index.md
  - "@levels"
  - "@practices"
  - "@nav.reference":
      - "@differences"
      - "@changes"
""",
    "words.yaml": "practice:\n  why: The reason\n",
    "content/own/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n',
    "content/own/brand.css": ":root { --mp-brand: rgb(1, 2, 3) }\n",
    "content/own/welcome.md": '# Welcome to {{ about.title }}\n\n{{ link("practice:sweep") }}\n',
    "content/practices/compare-shops.md": "# We compare on Fridays\n",
    "snippets/index.after.md": "Ask Ada.\n",
    "snippets/practices.before.md": "Our rule on {{ entry.title }}.\n",
    "snippets/practices/keep-recipes.after-criteria.md": "The folder is blue.\n",
}
#: What upstream changes meanwhile, in the same entries and in the files of the site.
UPSTREAM = [
    ("framework.yaml", "Every recipe is written down.", "Every recipe is written and dated."),
    ("framework.yaml", "How many breads have a written recipe?", "How many breads have a recipe?"),
    ("framework.yaml", "title: Open every day", "title: Open every day of the week"),
    ("framework.yaml", "title: Seller", "title: Salesperson"),
    ("framework.yaml", "title: Many shops", "title: Several shops"),
    ("framework.yaml", "summary: How a bakery grows", "summary: How any bakery grows"),
    ("framework.yaml", "label: At times", "label: Sometimes"),
    ("framework.yaml", "purpose: Find out which bread", "purpose: Learn which bread"),
    ("overrides/words/en.yaml", "why: Why it matters", "why: Why it counts"),
    ("mkdocs.yml", '  - "@nav.read":\n', '  - "@decisions"\n  - "@nav.read":\n'),
    ("content/assets/brand.css", "--mp-brand: #43308f", "--mp-brand: #43308e"),
]


@dataclass(frozen=True)
class Handbook:
    """A fork before and after it took over a release of upstream."""

    project: Project
    merge: str
    checked: str

    def article(self, path: str) -> Element:
        return article(self.project.site / path / "index.html")


def release(project: Project, version: str) -> None:
    result = project.run("maturity", "release", version)
    assert result.code == 0, result.output
    commit(project.root)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """Upstream releases, somebody forks and adapts, upstream goes on, the fork takes it over."""
    root = tmp_path_factory.mktemp("fork")
    upstream = copy_project(root / "upstream")
    shutil.copy(ROOT / "tests" / "small.yaml", upstream.root / "framework.yaml")
    shutil.copy(ROOT / ".gitignore", upstream.root)  # or what builds keep would be committed
    git(upstream.root, "init", "-q", "-b", "main")
    release(upstream, "1.0.0")
    git(root, "clone", "-q", str(upstream.root), "handbook")
    fork = Project(root / "handbook")
    for file, text in OWN.items():
        fork.write(file, text)
    release(fork, "0.1.0")
    for file, old, new in UPSTREAM:
        upstream.replace(file, old, new)
    release(upstream, "1.1.0")
    merged = git(fork.root, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    fork.built("site.yml")
    return Handbook(fork, merged, fork.run("maturity", "check").output)


def test_upstream_has_none_of_a_forks_files() -> None:
    """Where upstream gets a new file or folder, `ownership.UPSTREAM` names it too."""
    assert not [file for file in git(ROOT, "ls-files").splitlines() if is_forks(file)]
    assert all(is_forks(file) for file in OWN)


def test_a_release_of_upstream_is_merged_without_a_conflict(handbook: Handbook) -> None:
    assert git(handbook.project.root, "status", "--porcelain", "-uno") == ""
    assert "1.1.0" in git(handbook.project.root, "show", "HEAD:framework.yaml")
    for file, text in OWN.items():
        assert (handbook.project.root / file).read_text(encoding="utf-8") == text


def test_a_fork_that_asks_something_else_offers_no_example_of_ours(handbook: Handbook) -> None:
    site = handbook.project.site
    assert (handbook.project.root / "samples" / "agreed.json").exists()
    assert not (site / "data" / "samples").exists()
    for path in ("", "score/", "team/", "compare/", "report/"):
        text = (site / path / "index.html").read_text(encoding="utf-8")
        assert not re.search(r"data-example|See an example|#example", text), path


@pytest.mark.parametrize(
    ("path", "shown", "gone"),
    [
        ("", "Our Bakery Book", ""),
        ("", "How we run our shops.", "How any bakery grows"),
        ("", "For our bakers only", "CC0"),
        ("", "Ask Ada.", ""),
        ("practices", "Habits", "Practices"),
        ("dimensions/bread", "Loaves", ""),
        ("levels/many-shops", "Our shops", "Several shops"),
        ("practices/keep-recipes", "Every recipe is in the blue folder.", "written and dated"),
        ("practices/keep-recipes", "in the blue folder?", "have a recipe?"),
        ("practices/keep-recipes", "The folder is blue. The question", ""),
        ("practices/keep-recipes", "Our rule on Keep recipes.", ""),
        ("practices/open-daily", "Open at six", "Open every day of the week"),
        ("practices/open-daily", "Our rule on Open at six.", ""),
        ("practices/open-daily", "Now and then", "Sometimes"),
        ("practices/sweep", "The floor is swept each night.", ""),
        ("practices/compare-shops", "We compare on Fridays", "Sales are compared"),
        ("roles/seller", "Shopkeeper", "Salesperson"),
        ("how-it-works", "80%", "75%"),
        ("glossary", "The folder beside the oven.", ""),
        ("own/welcome", "Welcome to Our Bakery Book¶ Sweep the shop", ""),
        ("worksheets/tasting", "Learn which bread people like.", "Find out"),
    ],
)
def test_what_the_fork_says_stands_and_the_rest_is_upstreams(
    handbook: Handbook, path: str, shown: str, gone: str
) -> None:
    text = handbook.article(path).words
    assert shown in text
    assert not gone or gone not in text


def test_what_the_fork_took_out_is_gone(handbook: Handbook) -> None:
    for path in ("practices/share-recipes", "decisions"):
        assert not (handbook.project.site / path).exists()


def test_the_site_around_the_pages_is_the_forks(handbook: Handbook, browser: Browser) -> None:
    home = page(handbook.project.site / "index.html")
    assert home.first("a", "md-logo").all("img")[0].attributes["src"] == "own/logo.svg"
    assert "Bakery Ltd" in home.first("footer").words
    tabs = [tab.words for tab in home.first("nav", "md-tabs").all("li")]
    assert tabs == ["Welcome", "Home", "Stages", "Habits", "Reference"]
    canonical = [
        e.attributes["href"] for e in home.all("link") if e.attributes["rel"] == "canonical"
    ]
    assert canonical == ["https://book.bakery.example/"]
    with serving(handbook.project.site) as url:
        shown = browser.new_page()
        shown.goto(url)
        brand = "getComputedStyle(document.documentElement).getPropertyValue('--mp-brand')"
        assert shown.evaluate(brand) == "rgb(1, 2, 3)"
        shown.close()


def test_the_page_of_differences_says_what_the_fork_changed_and_nothing_else(
    handbook: Handbook,
) -> None:
    differences = handbook.article("differences")
    assert "adapted from Bakery Check, version 1.1.0." in differences.words
    assert "Terms of the original: CC0" in differences.words
    marks = {
        entry.first("strong").words: [tag.words for tag in entry.all("span", "mp-what")]
        for entry in differences.first("section", "mp-release").all("div", "mp-edit")
    }
    assert marks == {
        "Terms": ["Reworded"],
        "Scoring": ["Raised"],
        "The framework as a whole": ["Reworded"],
        "Our shops": ["Reworded"],
        "Loaves": ["Reworded"],
        "Keep recipes": ["Reworded"],
        "Open at six": ["Reworded", "Changed"],
        "Compare shops": ["Changed"],
        "Sweep the shop": ["New"],
        "Swap bakers": ["New"],
        "Share recipes": ["Removed"],
        "Shopkeeper": ["Reworded"],
        "Make or buy dough": ["Removed"],
        "blue folder": ["New"],
        "Now and then": ["Reworded"],
    }
    home = handbook.article("")
    links = {a.words: a.attributes["href"] for a in home.all("a") if "href" in a.attributes}
    assert links["Adapted from Bakery Check 1.1.0"] == "differences/"


def test_the_page_of_differences_shows_old_new_and_own_texts_beside_each_other(
    handbook: Handbook,
) -> None:
    since = list(handbook.article("differences").all("section", "mp-release"))[1]
    entries = {entry.first("strong").words: entry for entry in since.all("div", "mp-edit")}
    assert list(entries) == [
        "Our shops",
        "Keep recipes",
        "Open at six",
        "Shopkeeper",
        "Sometimes",
        "The framework as a whole",
    ]
    was, now, here = entries["Our shops"].first("div", "mp-beside").all("p")
    assert (was.words, now.words, here.words) == (
        "Original, version 1.0.0 Many shops",
        "Original now Several shops",
        "Here Our shops",
    )
    assert [mark.words for mark in was.all("del")] == ["Many"]
    assert [mark.words for mark in now.all("ins")] == ["Several"]


def test_the_forks_changes_page_is_its_own(handbook: Handbook) -> None:
    headings = [heading.words.rstrip("¶") for heading in handbook.article("changes").all("h2")]
    assert headings == ["Not released yet", "Version 0.1.0", "What the numbers mean"]


def test_check_says_what_the_overlay_does_and_what_to_read_again(handbook: Handbook) -> None:
    report = handbook.checked.split("overlay.yaml, based on bakery 1.0.0 (here is 1.1.0):\n")[1]
    assert (
        report
        == """\
  changed level many-shops: title
  changed dimension bread: title
  changed practice keep-recipes: criteria, question
  changed practice open-daily: title, effort
  added practice sweep
  changed practice compare-shops: requires
  added practice swap-bakers
  removed practice share-recipes
  changed role seller: title
  removed decision make-or-buy
  added term blue-folder
  changed answer at-times: label
  changed scoring: threshold
  changed terms: practice.singular, practice.plural
  changed framework: title, summary, licence
  upstream has changed these too since 1.0.0; read them again:
    level many-shops: title
      title (overlay.yaml:13)
        was    [-Many-] shops
        now    {+Several+} shops
        yours  Our shops
    practice keep-recipes: criteria, question
      criteria.written (overlay.yaml:16)
        was    Every recipe is written [-down-].
        now    Every recipe is written {+and dated+}.
        yours  Every recipe is in the blue folder.
      question (overlay.yaml:17)
        was    How many breads have a [-written-] recipe?
        now    How many breads have a recipe?
        yours  How many of our breads are in the blue folder?
    practice open-daily: title
      title (overlay.yaml:18)
        was    Open every day
        now    Open every day {+of the week+}
        yours  Open at six
    role seller: title
      title (overlay.yaml:33)
        was    [-Seller-]
        now    {+Salesperson+}
        yours  Shopkeeper
    answer at-times: label
      label (overlay.yaml:37)
        was    [-At times-]
        now    {+Sometimes+}
        yours  Now and then
    framework: summary
      summary (overlay.yaml:6)
        was    How [-a-] bakery grows from one oven to a chain of shops.
        now    How {+any+} bakery grows from one oven to a chain of shops.
        yours  How we run our shops.
  when you have read them: based_on: "1.1.0"
This takes framework.yaml, with overlay.yaml
"""
    )


@pytest.fixture
def fork(project: Project) -> Project:
    """A fork with an overlay that changes one title."""
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    overlay = 'based_on: "1.0.0"\nlevels: {many-shops: {title: Ours}}\n'
    project.write("overlay.yaml", overlay)
    return project


def test_a_fork_may_keep_to_itself_what_it_was_adapted_from(fork: Project) -> None:
    fork.write("site.yml", "INHERIT: mkdocs.yml\nextra: {maturity: {adapted: false}}\n")
    built = fork.built("site.yml")
    assert not (built / "differences").exists()
    assert "dapted from" not in (built / "index.html").read_text(encoding="utf-8")


def test_without_a_snapshot_nobody_can_tell_what_upstream_changed(fork: Project) -> None:
    report = fork.run("maturity", "check").output
    assert "no snapshot of bakery 1.0.0: upstream's changes cannot be told" in report
    assert "give it an id of its own (framework: id:)" in report


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("snippets/practices/open-dayly.after.md", "x", "did you mean practices/open-daily?"),
        ("snippets/practices/open-daily.after-critera.md", "x", "did you mean criteria?"),
        ("snippets/practices/open-daily.md", "x", "does not say where it goes"),
        ("snippets/practices.before.md", "{{ nonsense }}", "snippets/practices.before.md:1"),
        ("words.yaml", "practice: {wy: Why}", "words.yaml:1:12: unknown word practice.wy"),
        ("words.yaml", 'version: "{x}"', "no placeholder {x}"),
    ],
)
def test_a_mistake_in_a_forks_file_is_reported_with_its_place(
    fork: Project, file: str, text: str, message: str
) -> None:
    fork.write(file, text)
    result = fork.run("maturity", "check")
    assert result.code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_a_style_sheet_that_is_no_text_is_reported_with_its_place(fork: Project) -> None:
    fork.write("content/own/brand.css", "")
    (fork.root / "content" / "own" / "brand.css").write_bytes(b"/* caf\xe9 */")
    result = fork.run("maturity", "check")
    assert result.code == 1
    assert "content/own/brand.css:1:7: the file is not UTF-8" in result.output
    assert "Traceback" not in result.output


def test_the_number_of_a_printed_page_is_said_in_any_characters(
    fork: Project, context: BrowserContext
) -> None:
    fork.write("words.yaml", """paper: {number: 'Sheet "{page}" \\ </style> of {pages}'}\n""")
    with serving(fork.built()) as url:
        shown = context.new_page()
        shown.goto(url)
        shown.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=\"number\"></p>')")
        shown.add_style_tag(content="#number::before { content: var(--mp-page-number) }")
        content = shown.evaluate(
            "getComputedStyle(document.getElementById('number'), '::before').content"
        )
    assert content == (r'"Sheet \"" counter(page) "\" \\ </style> of " counter(pages) ""')


def test_a_logo_of_the_theme_and_style_sheets_of_ones_own_join_what_is_ours(fork: Project) -> None:
    fork.write(
        "site.yml",
        "INHERIT: mkdocs.yml\nextra_css: [own/look/a.css]\n"
        "theme: {icon: {logo: material/school}}\n",
    )
    fork.write("content/own/look/a.css", ":root { --ours: 1 }\n")
    fork.write("content/own/b.css", ":root { --ours: 2 }\n")
    home = page(fork.built("site.yml") / "index.html")
    assert home.first("a", "md-logo").all("path")[0].attributes["d"].startswith("M12 3 1 9l11")
    sheets = [link.attributes["href"] for link in home.all("link")]
    digits = re.compile(r"\.[0-9a-f]{8}(?=\.css$)")  # of what a sheet holds
    loaded = [digits.sub("", str(sheet)) for sheet in sheets if str(sheet).endswith(".css")]
    ours = [f"assets/{name}.css" for name in ("brand", "playbook", "pages", "sheets", "material")]
    assert loaded[2:8] == [*ours, "own/look/a.css"]
    assert loaded[-1] == "own/b.css"
