"""What a built page may run, load and give away, and that it works wherever it lies."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
import yaml
from htmltree import Element, page
from maturity.definition.problems import FrameworkError
from maturity.site import generate, inspection, one_file
from maturity.site import security_policy as policy
from maturity.site.selection import select
from maturity.site.settings import Settings
from playwright.sync_api import Page, expect
from projects import ENVIRONMENT, ROOT, Project
from reader import answer_all, heard, ready, settled
from servers import serving

#: What runs when it stands in a page without a `src`.
RUNS = ("", "module", "text/javascript")
#: What loads or leads somewhere.
ADDRESSES = ("href", "src", "action", "data", "poster", "srcset")
#: How keys and tokens of common services begin.
SECRETS = re.compile(
    r"ghp_\w{20}|github_pat_|glpat-|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|xox[bp]-"
)


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Element]:
    """Every page, by its file; that for missing addresses too."""
    return {file.relative_to(site).as_posix(): page(file) for file in sorted(site.rglob("*.html"))}


@pytest.fixture
def tab(window: Page) -> Page:
    """A window that shows nothing yet."""
    window.goto("about:blank")
    return window


@pytest.fixture
def console(tab: Page) -> Iterator[list[str]]:
    """What pages in the window say, as it comes."""
    with heard(tab) as said:
        yield said


def directives(document: Element) -> dict[str, list[str]]:
    """The policy of a page: sources by directive."""
    (text,) = (
        meta.attributes["content"]
        for meta in document.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    return {part.split()[0]: part.split()[1:] for part in text.split(";")}


def hashed(script: Element) -> str:
    text = "".join(part for part in script.children if isinstance(part, str))
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_page_runs_scripts_of_the_site_and_those_it_names_alone(
    documents: dict[str, Element],
) -> None:
    assert len(documents) > 100
    for file, document in documents.items():
        policies = directives(document)
        if file == one_file.PATH:  # its own is held by its own tests
            continue
        inline = {
            hashed(script)
            for script in document.all("script")
            if "src" not in script.attributes and script.attributes.get("type", "") in RUNS
        }
        assert inline, file
        assert set(policies["script-src"]) == {"'self'", *inline}, file
        for name, sources in policies.items():
            assert set(sources) <= {"'self'", "'none'", "data:", "'unsafe-inline'", *inline}
            assert "'unsafe-inline'" not in sources or name == "style-src"
        assert policies["default-src"] == ["'self'"]
        assert policies["object-src"] == ["'none'"]
        loading = [e.tag for e in document.first("head").all() if e.tag in ("script", "link")]
        names = [
            e.attributes.get("http-equiv", e.tag) if e.tag == "meta" else e.tag
            for e in document.first("head").all()
        ]
        assert names.index("Content-Security-Policy") < names.index(loading[0]), file


def test_no_element_of_a_page_has_a_script_in_an_attribute(documents: dict[str, Element]) -> None:
    scripts = [
        (file, name, value)
        for file, document in documents.items()
        for element in document.all()
        for name, value in element.attributes.items()
        if name.startswith("on") or value.strip().lower().startswith("javascript:")
    ]
    assert not scripts


def test_other_sites_are_told_nothing_by_a_link(documents: dict[str, Element]) -> None:
    outside = [
        (file, link)
        for file, document in documents.items()
        for link in document.all("a")
        if re.match(r"(https?:)?//", link.attributes.get("href", ""))
    ]
    assert len(outside) > 100
    careless = [
        (file, link.attributes["href"])
        for file, link in outside
        if not {"noopener", "noreferrer"} <= set(link.attributes.get("rel", "").split())
    ]
    assert not careless


def test_no_address_on_a_page_depends_on_where_the_site_lies(
    documents: dict[str, Element],
) -> None:
    """The page for missing addresses is shown at any depth, so its own begin at the root."""
    absolute = {
        file
        for file, document in documents.items()
        for element in document.all()
        for name in ADDRESSES
        if element.attributes.get(name, "").startswith("/")
    }
    assert absolute == {"404.html"}


def test_nothing_of_this_machine_or_of_its_keys_is_published(site: Path) -> None:
    here = {str(ROOT), str(site.parent), str(Path.home()) + "/"} - {"//"}
    keys = [value for name, value in ENVIRONMENT.items() if re.search("TOKEN|SECRET|PASSW", name)]
    private = [text.encode() for text in (*here, *keys) if len(text) > 6]
    leaks = []
    for file in site.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        if any(text in content for text in private) or SECRETS.search(content.decode("latin-1")):
            leaks.append(file.relative_to(site).as_posix())
    assert not leaks


def test_a_script_that_slips_into_a_page_does_not_run(
    tab: Page, console: list[str], address: str
) -> None:
    tab.goto(f"{address}/practices/data-audit/")
    tab.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'run'";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend",
            `<button id="slipped" onclick="document.title = 'run'">here</button>`);
          document.getElementById("slipped").click();
        }"""
    )
    expect(tab).not_to_have_title("run")
    assert len([text for text in console if "Content Security Policy" in text]) == 2


def test_a_reader_who_uses_everything_hits_no_limit_of_the_policy(
    tab: Page, console: list[str], address: str
) -> None:
    tab.goto(f"{address}/how-it-works/")
    scheme = tab.locator("body").get_attribute("data-md-color-scheme")
    tab.locator('label[for^="__palette"]:visible').click()
    expect(tab.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme or "")
    tab.locator(".md-search__input").click()
    tab.keyboard.type("data audit")
    tab.locator(".md-search-result__link").first.click()
    expect(tab.locator("mark[data-md-highlight]").first).to_be_visible()
    tab.get_by_role("navigation", name="Tabs").get_by_role("link", name="Home").click()
    tab.goto(f"{address}/map/")
    tab.get_by_label("Essential only").check()
    tab.emulate_media(media="print")
    assert tab.pdf()
    tab.emulate_media(media="screen")
    tab.goto(f"{address}/score/")
    ready(tab)
    answer_all(tab)
    tab.locator(".mp-panel [data-do=see_verdict]").click()
    expect(tab.locator("[data-part=verdict]")).to_be_visible()
    with tab.expect_download():
        tab.locator("[data-do=save]").first.evaluate("button => button.click()")
    tab.goto(f"{address}/matrices/opportunity/")
    settled(tab)
    form = tab.locator(".mp-idea")
    form.get_by_label("Name").fill("Sort the mail")
    for axis in "xy":
        form.locator(f"[name={axis}][value='5']").check()
    form.get_by_role("button", name="Add the idea").click()
    expect(tab.locator("[data-part=said]")).to_contain_text("Sort the mail")
    assert console == []


# What a fork may change

PAGE = """<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="i.svg"></head>
<body><script>let a = "<a href='https://b.example'>"</script><script src="a.js"></script>
<script type="application/json">{"a": "<a href=\\"https://c.example\\">"}</script>
<a href=https://d.example/>d</a><a class="x" rel="license" href="//e.example">e</a>
<a href="https://home.example/book/f/">f</a><a href="../g/">g</a></body></html>"""
HOME = "https://home.example/book/"
HERE = Path("mkdocs.yml")


def test_what_a_site_names_is_let_in_and_nothing_else() -> None:
    chosen = {"script-src": ["https://a.example", "'wasm-unsafe-eval'"], "frame-src": "blob:"}
    secured = policy.secure(PAGE, HOME, policy.parse_additions(chosen, HERE))
    (text,) = re.findall(r'charset="utf-8"><meta http-equiv="[^"]+" content="([^"]+)"', secured)
    inline = (
        """'sha256-"""
        + base64.b64encode(
            hashlib.sha256(b"""let a = "<a href='https://b.example'>\"""").digest()
        ).decode()
    )
    assert f"script-src 'self' {inline}' https://a.example 'wasm-unsafe-eval';" in text
    assert "; frame-src blob:;" in text
    assert policy.secure(PAGE, HOME, policy.parse_additions(False, HERE)).count("http-equiv") == 0


def test_only_links_outside_get_a_rel() -> None:
    secured = policy.secure(PAGE, HOME, None)
    careful = 'rel="noopener noreferrer"'
    assert f"<a {careful} href=https://d.example/>d</a>" in secured
    assert '<a rel="license noopener noreferrer" class="x" href="//e.example">e</a>' in secured
    assert secured.count(" rel=") == 3  # with that of the icon


@pytest.mark.parametrize(
    ("link", "careful"),
    [
        ("<A HREF=//d.example>", '<A rel="noopener noreferrer" HREF=//d.example>'),
        (
            '<a title="x > y" href="https://d.example">',
            '<a rel="noopener noreferrer" title="x > y" href="https://d.example">',
        ),
        (
            "<a\nhref = 'https://d.example'\nrel = external >",
            "<a rel=\"external noopener noreferrer\"\nhref = 'https://d.example' >",
        ),
        (
            '<a href="https&#58;//d.example">',
            '<a rel="noopener noreferrer" href="https&#58;//d.example">',
        ),
        (
            '<a title="<!--" href="in/"><a href="//d.example">',
            '<a title="<!--" href="in/"><a rel="noopener noreferrer" href="//d.example">',
        ),
        ('<a title="see href=//d.example" href="in/">', ""),
        ('<a data-href="https://d.example" href="in/">', ""),
        ('<a href="in/?to=//d.example">', ""),
        ('<a-note href="//d.example">', ""),
        ('<!-- <a href="//d.example"> -->', ""),
        ('<textarea><a href="//d.example"></textarea>', ""),
    ],
)
def test_a_link_is_read_as_a_browser_reads_it(link: str, careful: str) -> None:
    assert policy.secure(link, HOME, None) == (careful or link)


#: Start tags of scripts, in every spelling that browsers read in a way of their own.
SPELLINGS = (
    "<script>", "<SCRIPT>", "<script\n>", "<script/>", "<script defer>",
    "<script type>", "<script type=''>", "<script type=' '>",
    "<script type=module>", "<script TYPE=Module>", '<script type = "module">',
    "<script type='module'>", "<script/type=module>", "<script type=module/>",
    "<script type=&#109;odule>", '<script type="module" type="application/json">',
    '<script type="application/json" type="module">', '<script type="text/javascript">',
    '<script type=" text/javascript\n">', '<script type="text/JavaScript1.5">',
    '<script type="application/x-ecmascript">', '<script type="text/javascript; charset=utf-8">',
    '<script type="application/json">', '<script type="text/plain">',
    '<script data-type="application/json">', "<script data-type>", "<script data-src=a.js>",
    "<script data-src>", "<script src>", '<script src="">', "<script SRC=''>",
    '<script title="src=a.js">', '<script title="type=text/plain">', '<script title="a > b">',
    """<script data-a='">' type="module">""", '<script data-a=b"c>', '<script "src=a.js">',
    "<script\n  data-src=a.js\n  type=\"module\"\n>", "<script =src>", "<script = src=a.js>",
    "<script language=JavaScript>", "<script language=json>", "<script language>",
    '<script type="module" language=json>', '<script type="" language=json>',
)  # fmt: skip
#: Opens pages in frames, and returns of each by its name whether its script ran.
RAN_IN_FRAMES = """(names) => Promise.all(names.map((name) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.onload = () =>
    resolve([name, frame.contentDocument.documentElement.dataset.ran ?? null]);
  frame.src = `${name}.html`;
  document.body.append(frame);
}))).then(Object.fromEntries)"""
RAN = 'document.documentElement.dataset.ran = "yes";'
#: What stands before a script's end, where a browser has to look twice to know where that is.
BODIES = (
    RAN,
    f"{RAN}\r\n\r// lines\r\n",
    f"{RAN} // <!-- <script> </script> -->",
    f"{RAN} // <!-- </SCRIPT\n>",
    f"{RAN} // <!--> <script> </script>",
    f"{RAN} // <!-- <script> --> </script>",
    f"{RAN} // <scripts> </scripts>",
    f"{RAN} // <!-- <scripts> </script>",
)


def test_what_runs_without_a_policy_runs_with_it(tab: Page, tmp_path: Path) -> None:
    """Each page has one script, and the browser is the judge of what that is."""
    scripts = [f"{tag}{RAN}</script>" for tag in SPELLINGS]
    scripts += [f"<script>{body}</script>" for body in BODIES]
    scripts += [
        f"<title><script></title><script>{RAN}</script>",
        f"<!-- <script> --><script>{RAN}</script>",
        f"<!--><script>{RAN}</script>",
        f"<script-x>{RAN}</script-x>",
        f'<a href="in/" title="<script>"><script>{RAN}</script>',
    ]
    for number, script in enumerate(scripts):
        html = f'<!doctype html><head><meta charset="utf-8"></head><body>{script}</body>'
        (tmp_path / f"{number}-free.html").write_text(html, encoding="utf-8", newline="")
        ruled = policy.secure(html, HOME, {})
        (tmp_path / f"{number}-ruled.html").write_text(ruled, encoding="utf-8", newline="")
    names = [f"{number}-{kind}" for number in range(len(scripts)) for kind in ("free", "ruled")]
    with serving(tmp_path) as url:
        tab.goto(f"{url}/nobody")
        results = tab.evaluate(RAN_IN_FRAMES, names)
    ran = {
        script: {kind: results[f"{number}-{kind}"] for kind in ("free", "ruled")}
        for number, script in enumerate(scripts)
    }
    assert {script: kinds for script, kinds in ran.items() if kinds["free"] != kinds["ruled"]} == {}
    assert 25 < sum(kinds["free"] == "yes" for kinds in ran.values()) < len(scripts) - 10


@pytest.mark.parametrize("kind", ["importmap", "speculationrules", "IMPORTMAP"])
def test_what_tells_the_browser_of_other_scripts_is_let_in(
    tab: Page, console: list[str], tmp_path: Path, kind: str
) -> None:
    script = f"<script type={kind}>{{}}</script>"
    html = f'<head><meta charset="utf-8"></head>{script}<script>console.log("end")</script>'
    (tmp_path / "index.html").write_text(policy.secure(html, HOME, {}), encoding="utf-8")
    with serving(tmp_path) as url:
        tab.goto(url)
    assert console == ["end"]


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"skript-src": ["https://a.example"]}, "did you mean script-src?"),
        ({"script-src": ["https://a.example; object-src *"]}, "is no source"),
        ({"script-src": [1]}, "1 is no source"),
        ({"script-src": 1}, "1 is no source"),
        ({"script-src": None}, "None is no source"),
        ("script-src https://a.example", "must be a map"),
    ],
)
def test_a_setting_that_is_no_policy_is_reported(chosen: object, message: str) -> None:
    with pytest.raises(FrameworkError) as error:
        policy.parse_additions(chosen, ROOT / "mkdocs.yml")
    assert message in error.value.report(ROOT)


def test_a_build_stops_at_a_policy_that_is_none(project: Project) -> None:
    project.write(
        "site.yml",
        "INHERIT: mkdocs.yml\nextra: {maturity: {policy: {skript-src: [https://a.example]}}}\n",
    )
    result = project.build("site.yml")
    assert result.code == 1
    assert "site.yml:2:29: extra: maturity: policy: no skript-src" in result.output
    assert not project.site.exists()


# Scripts in what authors write

ROWS = re.findall(
    r"^\| (`.+`) \| (refused|data, stays|code, shown) \|$",
    (ROOT / "content" / "customize.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")


def report(root: Path, files: dict[str, str]) -> str:
    """Return what `maturity check` prints of the smallest project with these files."""
    for name, text in {"framework.yaml": SMALL, "mkdocs.yml": "", **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    try:
        selected = select(root, overrides=ROOT / "overrides")
        inspection.inspect_site(selected.settings, selected.config)
    except FrameworkError as error:
        return error.report(root)
    return ""


def written(row: str) -> str:
    """Return the Markdown that a row of the guide's table shows as code."""
    return re.sub(r"^(`+) ?(.*?) ?\1$", r"\2", row).replace("\\|", "|")


def overlay_with(text: str) -> str:
    summary = yaml.safe_dump({"summary": text}, width=1000).rstrip()
    return f'based_on: "1.0.0"\npractices:\n  open-daily:\n    {summary}\n'


@pytest.mark.parametrize(("row", "outcome"), ROWS)
def test_what_the_guide_says_of_scripts_in_texts_is_so(
    row: str, outcome: str, tmp_path: Path
) -> None:
    text = written(row)
    files = {
        "content/own/a.md": (f"# A\n\n{text}\n", 3),
        "overlay.yaml": (overlay_with(text), 4),
        "snippets/practices.after.md": (f"More.\n\n{text}\n", 3),
    }
    said = report(tmp_path, {name: content for name, (content, _) in files.items()})
    if outcome != "refused":
        assert said == ""
        return
    problems = re.findall(r"^(\S+):(\d+):\d+: (.*)\n(?:  .*\n)+", said, re.MULTILINE)
    assert {(name, int(line)) for name, line, _ in problems} == {
        (name, line) for name, (_, line) in files.items()
    }
    assert said.endswith(f"3 problems in {', '.join(files)}")
    if "](javascript:" in text:  # no link of a definition leads there, whatever may stand in it
        (tmp_path / "overlay.yaml").unlink()
        problems = [problem for problem in problems if problem[0] != "overlay.yaml"]
    assert all("no script may stand here: " in message for _, _, message in problems), said
    assert said.count("extra: maturity: scripts") == len(problems)
    allowed = [name for name in files if (tmp_path / name).exists()]
    chosen = f"extra: {{maturity: {{scripts: [{', '.join(allowed)}]}}}}\n"
    assert report(tmp_path, {"mkdocs.yml": chosen}) == ""


def test_the_guides_table_has_every_way_to_write_a_script() -> None:
    refused = " ".join(row for row, outcome in ROWS if outcome == "refused")
    for way in ("<script>", "<script src=", "onclick=", "](javascript:", "srcdoc=", "{: on"):
        assert way in refused
    assert {outcome for _, outcome in ROWS} == {"refused", "data, stays", "code, shown"}


def test_of_what_is_allowed_the_policy_runs_script_elements_alone(
    tab: Page, tmp_path: Path
) -> None:
    """As the guide says: not what stands in an attribute or an address."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "chart.js").write_text('document.title = "ran"', encoding="utf-8")
    refused = [row for row, outcome in ROWS if outcome == "refused"]
    extensions = ["attr_list", "md_in_html"]
    ran = []
    with serving(tmp_path) as url:
        for number, row in enumerate(refused):
            body = markdown.markdown(written(row), extensions=extensions)
            html = f'<head><meta charset="utf-8"><title>still</title></head><body>{body}</body>'
            secured = policy.secure(html, HOME, {})
            (tmp_path / f"{number}.html").write_text(secured, encoding="utf-8")
            tab.goto(f"{url}/{number}.html")
            tab.evaluate(
                """() => document.querySelectorAll("b, strong, a").forEach((element) => {
                  element.dispatchEvent(new MouseEvent("mouseover"));
                  element.click();
                })"""
            )
            ran += [row] if tab.title() == "ran" else []
    assert ran == [row for row in refused if row.startswith("`<script")]


@pytest.mark.parametrize(
    ("name", "text", "place", "what"),
    [
        ("content/own/a.md", "---\ntitle: a <script>x</script>\n---\nA", "2:10", "<script>"),
        ("content/own/a.md", '---\ntitle: "a \\u003cscript>x"\n---\nA', "1:1", "<script>"),
        ("content/own/a.md", "<div>\n\n    <script>x</script>\n</div>", "3:5", "<script>"),
        ("content/own/a.md", "`<script>`\n<SCRIPT type=module>x</SCRIPT>", "2:1", "<script>"),
        ("content/own/a.md", '{{ "<script>x</script>" | safe }}', "1:5", "<script>"),
        ("content/own/a.md", "<{{ 'scr' }}ipt>x</script>", "1:1", "<script>"),
        ("content/own/a.md", "[x](java&#115;cript:x)", "1:1", "javascript:"),
        ("content/own/a.md", "[x][y]\n\n[y]: JavaScript:x", "3:6", "javascript:"),
        ("content/own/a.md", '<a href="java\tscript:x">x</a>', "1:10", "javascript:"),
        ("content/own/a.md", "# A {: onmouseover=x }", "1:8", "onmouseover"),
        ("content/own/a.md", "<svg><animate values='#;javascript:x'/></svg>", "1:25", "javascr"),
        ("content/own/a.html", "<p>\n<script>x</script>", "2:1", "<script>"),
        ("content/own/a.svg", "<svg>\n<s:script>x</s:script></svg>", "2:1", "<script>"),
        ("content/own/a.svg", "<svg onload='x'/>", "1:6", "onload"),
        ("mkdocs.yml", "site_name: A\ncopyright: by <script>x</script>\n", "2:15", "<script>"),
        ("mkdocs.yml", "nav:\n  - A: javascript:x\n", "2:8", "javascript:"),
    ],
)
def test_a_script_is_found_wherever_authors_write(
    name: str, text: str, place: str, what: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {name: text})
    assert said.startswith(f"{name}:{place}: ")
    assert "no script may stand here: " in said.split("\n", 1)[0]
    assert what in said.split("\n", 1)[0]
    assert said.endswith(f"\n1 problem in {name}")


def test_each_script_is_a_problem_at_its_own_line(tmp_path: Path) -> None:
    said = report(tmp_path, {"content/own/a.md": "<script>a</script>\n\n<script>b</script>\n"})
    assert re.findall(r"^content/own/a.md:(\d):1: ", said, re.MULTILINE) == ["1", "3"]


def test_what_is_no_script_is_no_problem(tmp_path: Path) -> None:
    texts = (
        "A support script: one = two, version=3. See javascript: the language.",
        "<!-- <script> -->\n",
        "```html\n<script>x</script>\n```\n",
        "    <script>x</script>\n",
        "Write &lt;script> or `onclick=x`.",
        '<a href="https://a.example/?to=javascript:x">a</a>',
    )
    files = {f"content/own/{n}.md": f"# T\n\n{text}" for n, text in enumerate(texts)}
    files["words.yaml"] = 'practice: {criteria: "<script>x</script>"}\n'
    assert report(tmp_path, files) == ""


@pytest.mark.parametrize(
    ("chosen", "message", "hint"),
    [
        ("content/own/a.md", "scripts: must be a list of files", "such as"),
        ("[content/own/b.md]", "scripts: no page or other text content/own/b.md", "own/a.md?"),
        ("[content/own]", "scripts: no page or other text content/own", ""),
        ("[content/own/a.js]", "scripts: no page or other text content/own/a.js", "own/a.md?"),
    ],
)
def test_only_texts_that_are_there_can_be_allowed_scripts(
    chosen: str, message: str, hint: str, tmp_path: Path
) -> None:
    settings_file = f"extra:\n  maturity:\n    scripts: {chosen}\n"
    files = {"mkdocs.yml": settings_file, "content/own/a.md": "# A", "content/own/a.js": "0"}
    said = report(tmp_path, files)
    assert said.startswith(f"mkdocs.yml:3:5: extra: maturity: {message}")
    assert hint in said


def test_words_come_out_as_text_and_never_as_a_script(tmp_path: Path) -> None:
    report(tmp_path, {"words.yaml": 'practice: {criteria: "<script>x</script>"}\n'})
    settings = Settings(tmp_path / "framework.yaml", ROOT / "overrides", tmp_path / "content")
    pages = [str(output.source) for output in generate.generate(settings).outputs if output.in_nav]
    headings = [line for page in pages for line in page.splitlines() if "{: #criteria }" in line]
    assert len(headings) > 1
    assert all("script" in line and "<script" not in line for line in headings)
