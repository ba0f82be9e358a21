"""Addresses of scripts and styles change with what these hold, and what is missing is said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from building.hashed_names import Renamed, hashed_names, rename_files, rewrite_imports
from maturity.site.minify import minified, minify_files
from mkdocs.structure.files import File, InclusionLevel
from playwright.sync_api import Page, expect
from projects import ROOT

#: A page's scripts and styles: two that import each other, one beside them, a style with another.
FILES = {
    "assets/a.js": "import { b } from \"./room/b.js\";export{c}from'./c.js'",
    "assets/c.js": 'const later = () => import("./room/b.js");',
    "assets/room/b.js": 'import"../c.js"',
    "assets/alone.js": 'import x from "./nowhere.js"',
    "own/my chart.css": '@import "base.css"; @import url(look/x.css?1);',
    "own/base.css": "",
    "own/look/x.css": "@import '../base.css'",
}
IMPORTERS = {
    "assets/a.js": {"assets/a.js"},
    "assets/c.js": {"assets/a.js", "assets/c.js", "assets/room/b.js"},
    "assets/room/b.js": {"assets/a.js", "assets/c.js", "assets/room/b.js"},
    "assets/alone.js": {"assets/alone.js"},
    "own/my chart.css": {"own/my chart.css"},
    "own/base.css": {"own/base.css", "own/look/x.css", "own/my chart.css"},
    "own/look/x.css": {"own/look/x.css", "own/my chart.css"},
}


@pytest.mark.parametrize("changed", FILES)
def test_with_a_file_its_name_changes_and_those_of_all_that_import_it_and_no_other(
    changed: str,
) -> None:
    before, after = hashed_names(FILES), hashed_names(FILES | {changed: f"{FILES[changed]}\n;"})
    assert {path for path in FILES if before[path] != after[path]} == IMPORTERS[changed]
    assert all(re.fullmatch(r".+\.[0-9a-f]{8}\.(js|css)", name) for name in after.values())


def test_what_a_file_imports_has_its_new_name() -> None:
    names = {path: path.replace(".", ".00000000.") for path in FILES}
    written = {path: rewrite_imports(path, text, names) for path, text in FILES.items()}
    assert written == {
        "assets/a.js": "import { b } from \"./room/b.00000000.js\";export{c}from'./c.00000000.js'",
        "assets/c.js": 'const later = () => import("./room/b.00000000.js");',
        "assets/room/b.js": 'import"../c.00000000.js"',
        "assets/alone.js": 'import x from "./nowhere.js"',
        "own/my chart.css": '@import "base.00000000.css"; @import url(look/x.00000000.css?1);',
        "own/base.css": "",
        "own/look/x.css": "@import '../base.00000000.css'",
    }


@pytest.mark.parametrize(
    ("url", "home", "tag", "written"),
    [
        ("", "", '<script src="assets/a.js">', "assets/a.1.js"),
        ("a/b/", "", '<script defer src="../../assets/a.js">', "../../assets/a.1.js"),
        ("a/b.html", "https://x.org/v/1/", "<script src='../assets/a.js'>", "../assets/a.1.js"),
        ("", "https://x.org/v/1/", "<script src=/v/1/assets/a.js>", "/v/1/assets/a.1.js"),
        ("", "https://x.org/a%20b/", "<script src=/a%20b/assets/a.js>", "/a%20b/assets/a.1.js"),
        ("a/", "https://x.org/v/", '<link href="../own/a%20b.css?2" rel=stylesheet>',
         "../own/a%20b.1.css?2"),
        ("", "https://x.org/v/", '<link rel=modulepreload href="https://x.org/v/assets/a.js">',
         "https://x.org/v/assets/a.1.js"),
        ("", "https://x.org/v/", '<script src="https://y.org/v/assets/a.js">', None),
        ("", "https://x.org/v/", '<script src="../assets/a.js">', None),
        ("", "", '<script src="assets/other.js">', None),
        ("", "", '<link rel="next" href="assets/a.js/">', None),
        ("", "", '<a href="assets/a.js">', None),
    ],
)  # fmt: skip
def test_a_page_loads_them_under_their_new_names(
    url: str, home: str, tag: str, written: str | None
) -> None:
    names = Renamed({"assets/a.js": "assets/a.1.js", "own/a b.css": "own/a b.1.css"})
    page = names.in_page(f"<p>{tag}</p>", url, home)
    assert written in page if written else page == f"<p>{tag}</p>"


def test_a_smaller_script_keeps_its_regular_expressions() -> None:
    kept = (r"/^(.+ )?[^\s,;/\"] - (\d+)$/gu", r"/\/ ( a ) /", "/[/] ( b ) /")
    for expression in kept:
        for before in ("(one) => ", "(one) =>\n  ", "const a = ", "return "):
            assert expression in minified("a.js", f"{before}{expression}.exec(one)")
    assert minified("a.js", "// (one) => /a ( b ) c/\nlet a = (one) => one / 2 / 1;") == (
        "let a=(one)=>one/2/1;"
    )


def renamed(content: Path) -> tuple[dict[str, File], Renamed]:
    """Return the scripts and styles below a folder as a build publishes them, by path."""
    paths = [p.relative_to(content).as_posix() for p in content.rglob("*.*s*") if p.is_file()]
    files = [
        File(path, str(content), "/site", True, inclusion=InclusionLevel.INCLUDED)
        for path in paths
        if path.endswith((".js", ".css"))
    ]
    minify_files(files, content)
    names = rename_files(files, {content})
    return {file.src_uri: file for file in files}, names


def importers(content: Path, module: Path) -> set[str]:
    """A module and all that import it, also later or by way of others, as paths."""
    changed, size = {module.resolve()}, 0
    while len(changed) > size:
        size = len(changed)
        for file in content.rglob("*.js"):
            # Types are imported in comments alone, which nobody publishes.
            code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
            names = re.findall(r'(?:from |import\()"(\.[^"]+)"', code)
            if changed & {(file.parent / name).resolve() for name in names}:
                changed.add(file.resolve())
    return {file.relative_to(content.resolve()).as_posix() for file in changed}


def test_of_our_own_modules_a_changed_one_takes_its_importers_along(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content" / "assets", tmp_path / "assets")
    files, before = renamed(tmp_path)
    _, same = renamed(tmp_path)
    assert before == same
    for path, file in files.items():  # each import leads to a file that is there
        for name in re.findall(r'(?:from|import\(?)\s*"(\.[^"]+)"', file.content_string):
            target = (Path("/", file.dest_uri).parent / name).resolve().as_posix()[1:]
            assert target in before.names.values(), (path, name)
    deep = tmp_path / "assets" / "score" / "since.js"  # the verdict fetches it, when it is shown
    deep.write_text(f"{deep.read_text('utf-8')}\nexport const more = 1;\n", encoding="utf-8")
    _, after = renamed(tmp_path)
    changed = {path for path, name in before.names.items() if after.names[path] != name}
    expected = importers(tmp_path, deep)
    assert {"assets/score/verdict.js", "assets/playbook.js"} < expected
    assert changed == expected


def test_a_forks_own_keep_their_place_too_whatever_their_encoding(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "old.js").write_bytes(b"// caf\xe9\n")
    files, names = renamed(tmp_path)
    assert files["own/old.js"].dest_uri == "own/old.js"
    assert names.copies == {names.names["own/old.js"]: b"// caf\xe9\n"}


LOST = "A part of this page could not be loaded"


@pytest.mark.parametrize(
    "gone",
    [
        "playbook.*.js",  # the page's own script
        "common/dom.*.js",  # what a module imports
        "score/score.*.js",  # what is fetched when it is needed
        "score.*.css",
        "stylesheets/main.*.min.css",  # the theme's
    ],
)
def test_a_page_whose_script_or_style_is_gone_says_so_and_offers_to_reload(
    window: Page, address: str, gone: str
) -> None:
    page = window
    page.route(f"**/assets/{gone}", lambda route: route.fulfill(status=404))
    page.goto(f"{address}/score/")
    notice = page.get_by_role("alert").filter(has_text=LOST)
    expect(notice).to_be_visible()
    page.unroute(f"**/assets/{gone}")  # the page is loaded as it is now
    notice.get_by_role("button", name="Reload the page").click()
    expect(page.locator("maturity-score:defined")).to_be_attached()
    expect(page.locator(".mp-missing")).to_be_hidden()
