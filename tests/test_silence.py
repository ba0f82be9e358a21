"""Nothing that an author writes is lost without a word: check and build say where it is."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from maturity.definition import check
from maturity.definition.problems import FrameworkError
from maturity.site import authored, generate, inspection, wrong_settings
from maturity.site.files import hand_written_files
from maturity.site.instead import settle
from maturity.site.selection import select
from maturity.site.settings import Settings
from maturity.versions import release
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files
from projects import ROOT, Project

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")


def settings(root: Path, files: dict[str, str]) -> Settings:
    """Write the smallest project, and beside it some files; return where things lie."""
    for name, text in {"framework.yaml": SMALL, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return Settings(root / "framework.yaml", ROOT / "overrides", root / "content")


def report(root: Path, files: dict[str, str]) -> str:
    """Return what `maturity check` prints of the smallest project with these files."""
    settings(root, files)
    try:
        selected = select(root, overrides=ROOT / "overrides")
        inspection.inspect_site(selected.settings, selected.config)
    except FrameworkError as error:
        return error.report(root)
    return ""


def page(root: Path, files: dict[str, str], path: str) -> str:
    """Return the Markdown of a page, hand-written or generated."""
    chosen = settings(root, files)
    written = hand_written_files(chosen.content)
    site = generate.generate(chosen, written)
    made = {output.path: str(output.source) for output in site.outputs if output.in_nav}
    return {**made, **authored.render(site, written)}[path]


# Pages in place of others


def test_a_page_that_takes_the_place_of_none_is_a_problem(tmp_path: Path) -> None:
    files = {"content/workshop.md": "# Ours\n", "content/instead/worksop.md": "# Theirs\n"}
    assert report(tmp_path, files).startswith(
        "content/instead/worksop.md:1:1: there is no hand-written page worksop.md to take the place"
        " of\n"
    )
    assert "did you mean workshop.md?" in report(tmp_path, files)


def test_a_mistake_in_a_page_that_takes_anothers_place_is_reported_where_it_stands(
    tmp_path: Path,
) -> None:
    files = {"content/workshop.md": "# Ours\n", "content/instead/workshop.md": "# T\n\n{{ no }}\n"}
    assert report(tmp_path, files).startswith("content/instead/workshop.md:3:1: no is nothing")


def test_a_page_in_place_of_a_generated_one_is_told_where_it_belongs(tmp_path: Path) -> None:
    for path in ("glossary.md", "practices/open-daily.md"):
        said = report(tmp_path, {f"content/instead/{path}": "# Ours\n"})
        assert said.startswith(f"content/instead/{path}:1:1: {path} is a generated page\n")
        assert f"move it out of instead/, to {path}, and it takes that page's place" in said
        (tmp_path / "content" / "instead" / path).unlink()


def test_a_forks_own_pages_are_none_that_another_could_replace(tmp_path: Path) -> None:
    files = {"content/own/worksop.md": "# Ours\n", "content/workshop.md": "# Workshop\n"}
    said = report(tmp_path, {**files, "content/instead/worksop.md": "# Theirs\n"})
    assert "did you mean workshop.md? (there are: workshop.md)\n" in said


# Front matter


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("titel", "title"), ("Title", "title"), ("discription", "description"),
        ("render-macros", "render_macros"), ("tag", "tags"),
    ],
)  # fmt: skip
def test_a_key_of_a_page_that_is_nearly_one_that_is_read_is_a_problem(
    key: str, meant: str, tmp_path: Path
) -> None:
    name = "content/own/welcome.md"
    said = report(tmp_path, {name: f"---\nreviewed: 2026-01-01\n{key}: x\n---\n\n# W\n"})
    assert said.startswith(f"{name}:3:1: nobody reads {key}; did you mean {meant}?\n")
    own = "---\ntitle: W\nowner: us\nreviewed: 2026-01-01\nstate: draft\n---\n\n# W\n"
    assert report(tmp_path, {name: own}) == ""


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("---\ntitle: Welcome: all\n---\n\n# W\n", "2:15", "not valid YAML: mapping values are"),
        ("---\ntitle: x\nby: @us\n---\n\n# W\n", "3:5", "not valid YAML: found character '@'"),
        ("---\r\ntitle: Welcome: all\r\n---\r\n\r\n# W\r\n", "2:15", "not valid YAML"),
        ("---\nday: 2026-02-30\n---\n\n# W\n", "1:1", "cannot be read: a value is none"),
        ("---\ntitle Welcome\n---\n\n# W\n", "1:1", "the front matter holds no keys"),
        ("---\n- title: Welcome\n---\n\n# W\n", "1:1", "the front matter holds no keys"),
        ("---\ntitle: Welcome\n\n# W\n", "1:1", "the front matter never ends"),
        ("\n---\ntitle: Welcome\n---\n\n# W\n", "2:1", "the front matter is not at the top"),
    ],
)
def test_front_matter_that_would_be_printed_as_text_is_a_problem_at_its_line(
    text: str, place: str, message: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {"content/own/welcome.md": text})
    assert said.startswith(f"content/own/welcome.md:{place}: ")
    assert message in said.split("\n", 1)[0]
    assert said.endswith("\n1 problem in content/own/welcome.md")


@pytest.mark.parametrize(
    "text", ["---\ntitle: Welcome\n---\n# W\n", "---\r\ntitle: W\r\n...\r\n", "# W\n\n---\n\nx: y"]
)
def test_front_matter_that_is_read_is_none(text: str, tmp_path: Path) -> None:
    assert report(tmp_path, {"content/own/welcome.md": text}) == ""


@pytest.mark.parametrize("text", ["---\ntitle: A\n---\nx\n", "\n---\ntitle: A: B\n---\nx\n"])
def test_a_snippet_has_no_front_matter_of_its_own(text: str, tmp_path: Path) -> None:
    said = report(tmp_path, {"snippets/levels.after.md": text})
    assert f"snippets/levels.after.md:{2 - (text[0] == '-')}:1: a snippet can have no" in said
    assert "title and description are those of the page" in said
    assert report(tmp_path, {"snippets/levels.after.md": "---\n\nA line above.\n"}) == ""


# Links by kind and id


@pytest.mark.parametrize("front", ["", "---\nrender_macros: false\n---\n"])
def test_links_by_kind_and_id_work_in_own_pages_but_not_in_code(front: str, tmp_path: Path) -> None:
    text = front + "[a](practice:open-daily), [b](level:first-oven 'B'), `[c](practice:nope)`\n"
    assert page(tmp_path, {"content/own/welcome.md": text}, "own/welcome.md") == front + (
        "[a](../practices/open-daily.md), [b](../levels/first-oven.md 'B'), `[c](practice:nope)`\n"
    )


def test_links_by_kind_and_id_may_be_made_by_braces(tmp_path: Path) -> None:
    text = "{% for id in framework.levels %}[x](level:{{ id }}) {% endfor %}"
    made = page(tmp_path, {"content/own/welcome.md": text}, "own/welcome.md")
    assert made == "[x](../levels/first-oven.md) [x](../levels/many-shops.md) "


def test_links_by_kind_and_id_work_in_snippets_from_every_page(tmp_path: Path) -> None:
    files = {"snippets/practices.after.md": "Ask [them](role:baker).\n"}
    text = page(tmp_path, files, "practices/open-daily.md")
    assert "Ask [them](../roles/baker.md)" in text


@pytest.mark.parametrize("name", ["content/own/welcome.md", "snippets/practices.after.md"])
@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("# W\n\n[x](practice:open-dayly)\n", "3:5", 'no practice "open-dayly"', "mean open-daily"),
        ("[x](practice:count-sales)", "1:5", 'no practice "count-sales"', "write compare-shops in"),
        ("[x]( <practice:> )", "1:7", 'no practice ""', "practices: "),
        ("A\n[x](practise:open-daily)", "2:5", '"practise:" leads nowhere', "mean practice?"),
        ("[x](practices:open-daily)", "1:5", '"practices:" leads nowhere', "mean practice?"),
        ("[x](checklist:first-oven)", "1:5", "leads nowhere", '{{ link("checklist:first-oven") }}'),
        ("[x](level:{{ 'no' + 'pe' }})", "1:1", 'no level "nope"', "levels: first-oven"),
    ],
)  # fmt: skip
def test_a_link_to_an_entry_that_does_not_exist_is_a_problem_at_its_line(
    name: str, text: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {name: text})
    assert said.startswith(f"{name}:{place}: ")
    assert message in said
    assert hint in said
    assert said.endswith(f"\n1 problem in {name}")


def test_links_of_other_programs_are_none_of_ours(tmp_path: Path) -> None:
    text = "[a](mailto:x@y.org) [b](tel:123) [c](teams:ml-help) [d](https://x.org) [e](slack:x)"
    assert report(tmp_path, {"content/own/welcome.md": text}) == ""


# Two pages for one address


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("own/b.md", "own/b/index.md"),
        ("own/README.md", "own/index.md"),
        ("own/b.md", "own/b/index.html"),
    ],
)
def test_two_pages_for_one_address_are_a_problem_that_names_both(
    first: str, second: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {f"content/{first}": "# A\n", f"content/{second}": "# B\n"})
    one, _, other = said.split("\n")[0].partition(":1:1: this page has the address of ")
    other = other.removesuffix(", and one of them would be lost")
    assert {one, f"content/{other}"} == {f"content/{first}", f"content/{second}"}


def test_what_the_settings_exclude_is_not_looked_at(tmp_path: Path) -> None:
    files = {"content/own/b.md": "[x](level:no)\n", "mkdocs.yml": "exclude_docs: |\n  own/b.md\n"}
    assert report(tmp_path, files) == ""


def test_what_takes_the_place_of_a_page_that_the_settings_exclude_is_a_problem(
    tmp_path: Path,
) -> None:
    files = {"content/workshop.md": "# Ours\n", "content/instead/workshop.md": "# Theirs\n"}
    said = report(tmp_path, {**files, "mkdocs.yml": "exclude_docs: /workshop.md\n"})
    assert said.startswith(
        "content/instead/workshop.md:1:1: workshop.md is left out by exclude_docs"
    )
    assert report(tmp_path, {**files, "mkdocs.yml": "exclude_docs: instead/\n"}) == ""


def test_an_excluded_page_takes_no_place(tmp_path: Path) -> None:
    settings(
        tmp_path, {"docs/instead/a.md": "# B\n", "docs/instead/gone.md": "", "docs/a.md": "# A\n"}
    )
    config = MkDocsConfig(str(tmp_path / "mkdocs.yml"))
    config.load_dict({"site_name": "A", "exclude_docs": "instead/"})
    assert config.validate() == ([], [])
    files = get_files(config)
    settle(files)
    replaced = files.src_uris["a.md"]
    assert replaced.content_string == "# A\n"


# Settings


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        ("extra: {maturity: {pfd: false}}", "2:20", "maturity: unknown key pfd", "mean pdf?"),
        ("extra:\n  maturity:\n    pdf: fasle", "4:5", "pdf: must be true or false", "leaves out"),
        ("extra:\n  maturity: {adapted: [no]}", "3:14", "adapted: must be true or false", "false"),
        ("extra: {maturity: {framework: 7}}", "2:20", "framework: must be the name", "such as"),
        ("extra: {maturity: {canonical: []}}", "2:20", "canonical: must be a version", "latest"),
        ("extra: {maturty: {pdf: false}}", "2:9", "extra: unknown key maturty", "call it maturity"),
        ("extra: {maturity: [pdf]}", "2:9", "extra: maturity: must be a map", "such as"),
        ("extra:\n  maturity:\n    policy:\n      skript-src: a", "5:7", "no skript-src", "script"),
        ("extra: [maturity]", "2:1", "extra: must be", ""),
    ],
)  # fmt: skip
def test_a_setting_that_means_nothing_is_a_problem_at_its_line(
    lines: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {"mkdocs.yml": "", "site.yml": f"INHERIT: mkdocs.yml\n{lines}\n"})
    assert said.startswith(f"site.yml:{place}: ")
    assert message in said
    assert hint in said
    assert said.endswith("\n1 problem in site.yml")


def test_a_plugin_that_is_installed_meanwhile_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"mkdocs.yml": "", "site.yml": "INHERIT: mkdocs.yml\nplugins: [acme]\n"}
    assert "plugins: no acme is installed" in report(tmp_path, files)
    acme = EntryPoint("acme", "acme:Plugin", "mkdocs.plugins")
    monkeypatch.setattr(wrong_settings, "entry_points", lambda group: EntryPoints([acme]))
    assert report(tmp_path, files) == ""
    wrong_settings._known.cache_clear()


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        ("nav:\n  - index.md\n  - @map\n", "4:5", "found character '@'", "needs quotes"),
        ("copyright: Our: own\n", "2:15", "mapping values are not allowed", "needs quotes"),
        ("theme:\n   logo: a.svg\n  icon: b\n", "4:3", "expected <block end>", "indented alike"),
        ("theme:\n\tlogo: a.svg\n", "3:1", "cannot start any token", "by spaces"),
        ("them: {logo: a.svg}\n", "2:1", "unknown setting them", "did you mean theme?"),
        (
            "nav: [a.md]\ncopyright: x\nnav: [b.md]\n",
            "4:1",
            '"nav" stands twice',
            "first in line 2",
        ),
        ("theme:\n  logo: a\n  logo: b\n", "4:3", '"logo" stands twice', "first in line 3; keep"),
        ("plugins: [search, serch]\n", "2:19", "plugins: no serch is installed", "mean search?"),
        ("plugins:\n  - serch: {}\n", "3:5", "plugins: no serch is installed", "mean search?"),
        ("plugins: {mikee: {}}\n", "2:11", "plugins: no mikee is installed", "mean mike?"),
        ("markdown_extensions: [tabels]\n", "2:23", "no tabels is installed", "mean tables?"),
        ("INHERIT: mkdoks.yml\n", "1:1", "INHERIT: no file mkdoks.yml", "it would be"),
    ],
)
def test_settings_that_mkdocs_would_stumble_over_are_a_problem_at_their_line(
    lines: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    inherits = "" if lines.startswith("INHERIT") else "INHERIT: mkdocs.yml\n"
    said = report(tmp_path, {"mkdocs.yml": "", "site.yml": inherits + lines})
    assert said.startswith(f"site.yml:{place}: ")
    assert message in said.split("\n", 1)[0]
    assert hint in said
    assert said.endswith("\n1 problem in site.yml")


def test_settings_that_inherit_nothing_of_ours_are_a_problem(tmp_path: Path) -> None:
    said = report(tmp_path, {"mkdocs.yml": "", "site.yml": "site_url: https://x.org\n"})
    assert said.startswith("site.yml:1:1: INHERIT is missing, so that the site would have none of")
    assert "write as its first line: INHERIT: mkdocs.yml\n" in said
    own = "site_name: Ours\nhooks: [hooks/playbook.py]\n"
    assert report(tmp_path, {"site.yml": own, "hooks/playbook.py": ""}) == ""


def test_plugins_and_extensions_by_whatever_name_are_no_problem(tmp_path: Path) -> None:
    lines = "theme: {name: material}\nplugins: [search, material/search, mike]\n"
    lines += "markdown_extensions: [tables, pymdownx.tabbed, {toc: {}}, markdown.extensions.meta]"
    assert report(tmp_path, {"mkdocs.yml": lines}) == ""


def test_every_setting_of_mkdocs_is_known_and_no_other(tmp_path: Path) -> None:
    names = [name for name, _ in MkDocsConfig()._schema]
    (tmp_path / "mkdocs.yml").write_text("".join(f"{name}: 1\n" for name in names))
    with pytest.raises(FrameworkError) as caught:  # none of them is a number
        wrong_settings.check(tmp_path / "mkdocs.yml")
    assert not [p for p in caught.value.problems if "unknown" in p.message]
    assert {*names, "INHERIT"} == wrong_settings.KNOWN


def test_a_setting_is_found_in_the_file_that_another_inherits_from(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: A\nextra: {maturity: {pfd: no}}",
        "site.yml": "INHERIT: mkdocs.yml",
    }
    assert report(tmp_path, files).startswith("mkdocs.yml:2:20: extra: maturity: unknown key pfd")


def test_the_guide_lists_every_setting_of_ours(tmp_path: Path) -> None:
    said = report(tmp_path, {"mkdocs.yml": "extra: {maturity: {zzz: 1}}\n"})
    guide = (ROOT / "content" / "customize.md").read_text(encoding="utf-8")
    table = guide.split("What you can set under `extra: maturity:` is:")[1].split("\n\n")[1]
    listed = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert f"keys: {', '.join(listed)}\n" in said


def test_settings_that_mean_something_are_no_problem(tmp_path: Path) -> None:
    lines = "{framework: a.yaml, pdf: false, adapted: true, canonical: 1.0, policy: false}"
    settings_file = f"extra:\n  social: []\n  maturity: {lines}\n"
    assert report(tmp_path, {"mkdocs.yml": settings_file, "a.yaml": SMALL}) == ""


def test_an_address_that_would_lose_without_a_word_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"mkdocs.yml": "site_url: !ENV [SITE_URL, x]\n"}
    monkeypatch.setenv("SITE_URL", "https://b.example/")
    assert report(tmp_path, files) == ""
    files["site.yml"] = "INHERIT: mkdocs.yml\nsite_url: https://b.example\n"
    assert report(tmp_path, files) == ""
    monkeypatch.setenv("SITE_URL", "https://c.example/")
    assert report(tmp_path, files).startswith(
        "site.yml:2:1: site_url: https://b.example would win over SITE_URL=https://c.example/\n"
    )


def test_a_language_that_is_none_is_a_problem_at_its_line(tmp_path: Path) -> None:
    overlay = 'based_on: "1.0.0"\nframework: {language: dee}\n'
    said = report(tmp_path, {"overlay.yaml": overlay})
    assert said.startswith("overlay.yaml:2:23: dee is no language\n")
    assert "did you mean de?" in said
    assert report(tmp_path, {"overlay.yaml": overlay.replace("dee", "la")}) == ""


# Names that are nearly right


@pytest.mark.parametrize(
    ("lost", "below", "right"),
    [
        ("overlay.yml", "", "overlay.yaml"),
        ("Overlay.yaml", "", "overlay.yaml"),
        ("overlays.yaml", "", "overlay.yaml"),
        ("overlay.yaml.txt", "", "overlay.yaml"),
        ("words.yml", "", "words.yaml"),
        ("word.yaml", "", "words.yaml"),
        ("site.yaml", "", "site.yml"),
        ("Site.yml", "", "site.yml"),
        ("snippet", "/levels.after.md", "snippets"),
        ("Snippets", "/levels.after.md", "snippets"),
        ("release", "/bakery/1.0.0.yaml", "releases"),
        ("releases/bakery/1.0.0.yml", "", "1.0.0.yaml"),
        ("content/Own", "/welcome.md", "own"),
        ("content/owns", "/welcome.md", "own"),
        ("content/insted", "/workshop.md", "instead"),
    ],
)
def test_a_name_that_is_nearly_right_is_reported_with_the_right_one(
    lost: str, below: str, right: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {f"{lost}{below}": "A text.\n", "mkdocs.yml": ""})
    assert said.startswith(f"{lost}:1:1: nobody reads {lost.split('/')[-1]}; did you mean {right}?")
    assert f"call it {right}" in said


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("snippets/levels.after.txt", "snippets are Markdown", "call it levels.after.md"),
        ("snippets/practices/a.after.markdown", "Markdown", "call it practices/a.after.md"),
        ("snippets/oven.png", "Markdown", "what is no text belongs in content/own/"),
    ],
)
def test_what_is_no_snippet_is_reported(name: str, message: str, hint: str, tmp_path: Path) -> None:
    said = report(tmp_path, {name: "x"})
    assert said.startswith(f"{name}:1:1: nobody reads this: ")
    assert message in said
    assert hint in said


def test_a_snippet_of_a_page_that_is_replaced_is_reported(tmp_path: Path) -> None:
    page, name = "content/practices/keep-recipes.md", "snippets/practices/keep-recipes.after.md"
    assert report(tmp_path, {name: "Blue.\n", "snippets/practices.after.md": "Red.\n"}) == ""
    said = report(tmp_path, {page: "# Ours\n"})
    assert said.startswith(f"{name}:1:1: practices/keep-recipes is hand-written ({page}), so this ")
    assert "move its text there" in said
    assert "practices.after.md" not in said, "it stands on the other pages"


def test_a_snippet_for_a_folder_whose_pages_are_all_replaced_is_reported(tmp_path: Path) -> None:
    pages = {f"content/roles/{name}.md": "# Ours\n" for name in ("baker", "seller", "inspector")}
    said = report(tmp_path, {"snippets/roles.after.md": "Blue.\n", **pages})
    assert said.startswith("snippets/roles.after.md:1:1: roles is hand-written (content/roles/), ")


def test_a_folder_of_snippets_that_is_for_no_page_is_reported(tmp_path: Path) -> None:
    (tmp_path / "snippets" / "practises").mkdir(parents=True)
    (tmp_path / "snippets" / "levels").mkdir()
    said = report(tmp_path, {})
    assert said.startswith("snippets/practises:1:1: no generated page lies in practises/\n")
    assert "did you mean practices?" in said


def test_names_that_are_quite_different_are_left_alone(tmp_path: Path) -> None:
    names = ("overlay-old.yaml", "overlay.md", "sites/a.yml", "snippets/a~")
    assert report(tmp_path, {"content/town/a.md": "# A\n"}) == ""
    files = {**dict.fromkeys((*names, "mkdocs.yml"), ""), "content/owners/a.md": "# A\n"}
    assert report(tmp_path, files) == ""


def test_a_snippet_for_all_of_a_kind_is_told_the_name_of_their_folder(tmp_path: Path) -> None:
    said = report(tmp_path, {"snippets/practice.after.md": "x"})
    assert said.startswith("snippets/practice.after.md:1:1: no generated page practice\n")
    assert "did you mean practices? (" in said


# What is said of braces and versions that name nothing


@pytest.mark.parametrize(
    ("name", "text", "place", "message", "hint"),
    [
        ("snippets/practices.after.md", "A\n{{ entry.titel }}", "2:1", "practice has no titel",
         "did you mean title?"),
        ("content/own/x.md", "{{ framework.framework.titel }}", "1:1",
         "framework.framework has no titel", "did you mean title?"),
        ("content/own/x.md", 'A\n{% include "blocks/criterias.md" %}', "2:1",
         "no template blocks/criterias.md\n", "did you mean blocks/criteria.md?"),
        ("content/own/x.md", "{{ framework.practces }}", "1:1", "framework has no practces",
         "did you mean practices?"),
        ("content/own/x.md", "{{ framwork.levels }}", "1:1", "framwork is nothing that pages know",
         "did you mean framework?"),
        ("content/own/x.md", "{{ framework.framework.title.text }}", "1:1", "a text has no text",
         "leave out .text"),
        ("content/own/x.md", "{{ framework.practices.nope.title }}", "1:1",
         "nothing here is called nope", "by its id in brackets"),
        ("content/own/x.md", "{{ entry.title }}", "1:1", "there is no entry here", "snippets"),
        ("content/practices/nope.md", '# N\n\n{% include "blocks/criteria.md" %}', "3:1",
         "there is no entry here that could have criteria", "the path of a generated one"),
    ],
)  # fmt: skip
def test_braces_that_name_nothing_are_reported_in_an_authors_words_and_file(
    name: str, text: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {name: text})
    assert said.startswith(f"{name}:{place}: {message}")
    assert hint in said
    assert said.endswith(f"\n1 problem in {name}")


def test_an_overlay_on_a_version_that_upstream_never_had_is_a_problem(tmp_path: Path) -> None:
    chosen = settings(tmp_path, {})
    definition = check.load(chosen.framework)
    release.write(release.plan(definition, chosen.releases, "1.0.0", "2026-01-01"))
    said = report(tmp_path, {"overlay.yaml": 'based_on: "2.0.0"\nframework: {title: Ours}\n'})
    assert said.startswith('overlay.yaml:1:11: "based_on": bakery has no version 2.0.0\n')
    assert "versions: 1.0.0" in said
    assert report(tmp_path, {"overlay.yaml": 'based_on: "1.0.0"\nframework: {title: O}\n'}) == ""


@pytest.mark.parametrize("adapted", ["true", "false"])
def test_a_version_that_is_still_to_come_is_none_of_upstreams_either(
    tmp_path: Path, adapted: str
) -> None:
    files = {"mkdocs.yml": f"extra: {{maturity: {{adapted: {adapted}}}}}\n"}
    for version, said in (("0.9.0", ""), ("1.0.0", ""), ("2.0.0", "bakery has no version 2.0.0")):
        overlay = f'based_on: "{version}"\nframework: {{title: Ours}}\n'
        assert said in (told := report(tmp_path, {"overlay.yaml": overlay, **files}))
        assert bool(told) == bool(said), told


# Pictures


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("![x](../own/ovn.png)\n", "1:6", "no picture ../own/ovn.png"),
        ('Look:\n\n<img src="oven.png">\n', "3:11", "no picture oven.png"),
    ],
)
def test_a_picture_that_is_not_there_is_a_problem_in_its_snippet_once(
    text: str, place: str, message: str, tmp_path: Path
) -> None:
    name = "snippets/practices.after.md"
    said = report(tmp_path, {name: text, "content/own/oven.png": "x"})
    assert said.startswith(f"{name}:{place}: {message}\n")
    assert said.endswith(f"\n1 problem in {name}")
    fits = '![x](../own/oven.png)\n\n<img src="../../own/oven.png">\n'
    assert report(tmp_path, {name: fits}) == ""


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ('A\n<img src="oven.png">', "2:11", "no picture oven.png", "it is ../oven.png"),
        ('<img alt="x" src="../ovn.png">', "1:19", "no picture ../ovn.png", "../oven.png"),
        ("![x](ovn.png)", "1:6", "no picture ovn.png", "did you mean oven.png?"),
    ],
)
def test_a_picture_that_is_not_there_is_a_problem_at_its_line(
    text: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {"content/own/welcome.md": text, "content/own/oven.png": "x"})
    assert said.startswith(f"content/own/welcome.md:{place}: {message}\n")
    assert hint in said


def test_pictures_that_are_there_or_elsewhere_are_no_problem(tmp_path: Path) -> None:
    text = '<img src="../oven.png">\n![x](oven.png)\n![y](https://x.org/y.png)\n`![z](z.png)`\n'
    files = {"content/own/welcome.md": text, "content/own/oven.png": "x"}
    assert report(tmp_path, files) == ""


# Pages and files that are not there


@pytest.mark.parametrize("name", ["content/own/welcome.md", "content/instead/about.md"])
@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("# W\n\n[x](../practices/open-dayly.md#criteria)", "3:5", "../practices/open-dayly.md#",
         "did you mean ../practices/open-daily.md?"),
        ("A [y](/workshp.md) [z](/workshop.md)", "1:7", "/workshp.md", "workshop.md?"),
        ("[x][1]\n\n[1]: nowhere.md\n[^2]: A note.", "3:6", "nowhere.md", ""),
        ("[x](../nowhere/)", "1:5", "../nowhere/", ""),
    ],
)  # fmt: skip
def test_a_link_to_a_page_that_is_not_there_is_a_problem_at_its_line(
    name: str, text: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    if "instead" in name:
        text, hint = text.replace("(../", "("), hint.replace("../", "")
        message = message.removeprefix("../")
    files = {"content/workshop.md": "# Workshop\n", "content/about.md": "# About\n"}
    said = report(tmp_path, {**files, name: text})
    assert said.startswith(f"{name}:{place}: no page {message}")
    assert hint in said
    assert said.endswith(f"\n1 problem in {name}")


def test_a_snippets_link_to_a_page_that_is_not_there_is_a_problem_in_the_snippet(
    tmp_path: Path,
) -> None:
    name = "snippets/practices.after.md"
    said = report(tmp_path, {name: "Ask\n[x](open-dayly.md)\n"})
    assert said.startswith(f"{name}:2:5: no page open-dayly.md\n")
    assert "did you mean open-daily.md?" in said
    assert said.endswith(f"\n1 problem in {name}")


def test_links_that_lead_somewhere_are_no_problem(tmp_path: Path) -> None:
    text = (
        "[a](#part) [b](../workshop.md?x#y) [c](https://x.org/no.md) [d](practice:open-daily)\n"
        "[e](../data/framework.json) [f](a%20b.md) [g](/practices/index.md) [h](../../practices/)\n"
        "[![i](oven.png)](../data/checklists/first-oven.pdf) `[j](no.md)` [k](mailto:a@b.org)\n"
        "{% if false %}[l](no.md){% endif %}{{ '[m](../workshop.md)' }}\n"
    )
    files = {"content/own/w.md": text, "content/own/a b.md": "# A\n", "content/own/oven.png": "x"}
    assert report(tmp_path, {**files, "content/workshop.md": "# Workshop\n"}) == ""


STRICT = "strict: true\nvalidation: {omitted_files: warn}\n"


@pytest.mark.parametrize(
    ("nav", "place", "message", "hint"),
    [
        ("nav: [index.md, own/welcom.md]\n", "1:17", "no page own/welcom.md", "own/welcome.md?"),
        ("nav:\n  - A:\n      - B: own/welcom.md\n", "3:9", "no page own/welcom.md", "mean own/"),
        ('nav: ["@pratices"]\n', "1:8", "nav: no @pratices", "did you mean @practices?"),
    ],
)
def test_a_page_in_the_nav_that_is_not_there_is_a_problem_at_its_line(
    nav: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {"mkdocs.yml": nav, "content/own/welcome.md": "# W\n"})
    assert said.startswith(f"mkdocs.yml:{place}: ")
    assert message in said
    assert hint in said
    assert said.endswith("\n1 problem in mkdocs.yml")


def test_a_page_in_no_nav_is_a_problem_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    nav = 'nav: [index.md, "@levels", https://x.org]\n'
    files = {"mkdocs.yml": STRICT + nav, "content/own/welcome.md": "# W\n"}
    said = report(tmp_path, files)
    assert said.startswith("content/own/welcome.md:1:1: this page is in no nav\n")
    assert "name own/welcome.md under nav:, or under not_in_nav: if other" in said
    for allowed in (
        nav, STRICT, f"{STRICT}{nav}not_in_nav: own/\n", f"{STRICT}nav: [own/welcome.md]\n",
    ):  # fmt: skip
        assert report(tmp_path, {**files, "mkdocs.yml": allowed}) == ""


def test_a_page_in_no_nav_that_is_nearly_a_generated_one_asks_for_that(tmp_path: Path) -> None:
    name = "content/practices/open-dayly.md"
    said = report(tmp_path, {"mkdocs.yml": f'{STRICT}nav: ["@practices"]\n', name: "# W\n"})
    assert said.startswith(f"{name}:1:1: this page is in no nav\n")
    assert "did you mean practices/open-daily.md, to take the place of that page? Else" in said


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        ("extra_css: [own/styl.css]\n", "1:13", "no file own/styl.css", "own/style.css?"),
        ("extra_css:\n  - own/style.css\n  - no.css\n", "3:5", "no file no.css", ""),
        ("extra_javascript:\n  - path: own/x.js\n    type: module\n", "2:5",
         "no file own/x.js", ""),
    ],
)  # fmt: skip
def test_a_style_sheet_or_script_that_is_not_there_is_one_problem_at_its_line(
    lines: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    files = {"content/own/style.css": "a {}", "content/own/a.md": "# A\n", "mkdocs.yml": lines}
    said = report(tmp_path, files)
    assert said.startswith(f"mkdocs.yml:{place}: {lines.partition(':')[0]}: {message}\n")
    assert hint in said
    assert said.endswith("\n1 problem in mkdocs.yml")
    fits = "extra_css: ['own/style.css?1', https://x.org/a.css]\nextra_javascript: [//x.org/b]\n"
    fits += "extra: {maturity: {policy: false}}\n"
    assert report(tmp_path, {**files, "mkdocs.yml": fits}) == ""


def test_mistakes_in_pages_and_in_settings_are_said_at_once(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "nav: [no.md]\ntheme: {logo: no.svg}\n", "content/own/a.md": "{{ no }}"}
    said = report(tmp_path, files)
    assert said.endswith("\n3 problems in content/own/a.md, mkdocs.yml")


@pytest.mark.parametrize(
    ("theme", "place", "message", "hint"),
    [
        ("{logo: own/lgo.svg}", "1:9", "theme: logo: no file own/lgo.svg", "own/logo.svg?"),
        ("{favicon: own/fav.ico}", "1:9", "theme: favicon: no file own/fav.ico", ""),
        ("{icon: {logo: material/scool}}", "1:16", "icon: logo: no icon material/scool", "names"),
        ("{icon: {admonition: {note: a/b}}}", "1:29", "icon: admonition: note: no icon a/b", ""),
        ("{palette: {toggle: {icon: a/b}}}", "1:28", "theme: palette: toggle: icon: no", "names"),
        ("{palette: [{toggle: {icon: a/b}}]}", "1:29", "palette: 0: toggle: icon: no icon", ""),
    ],
)
def test_a_logo_favicon_or_icon_that_is_not_there_is_a_problem_at_its_line(
    theme: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    files = {"mkdocs.yml": f"theme: {theme}\n", "content/own/logo.svg": "<svg/>"}
    said = report(tmp_path, files)
    assert said.startswith(f"mkdocs.yml:{place}: ")
    assert message in said
    assert hint in said
    fits = "theme: {logo: own/logo.svg, favicon: assets/favicon.svg, icon: {logo: material/school}}"
    assert report(tmp_path, {**files, "mkdocs.yml": fits}) == ""


@pytest.mark.parametrize("name", ["x" * 300, r"a\0b"])
def test_a_name_in_the_settings_that_no_file_can_have_is_a_problem(
    name: str, tmp_path: Path
) -> None:
    for settings, said in (
        (f'theme: {{icon: {{logo: "{name}"}}}}', "icon: logo: no icon"),
        (f'theme: {{logo: "{name}"}}', "theme: logo: no file"),
        (f'extra_css: ["{name}"]', "extra_css: no file"),
        (f'INHERIT: "{name}"', "INHERIT: no file"),
        (f'docs_dir: "{name}"', "docs_dir: the folder"),
        (f'watch: ["{name}"]', "watch: no file or folder"),
        (f'dev_addr: "{name}"', "is not followed"),
        (f'extra: {{maturity: {{framework: "{name}"}}}}', "the file cannot be read"),
        (f'extra: {{maturity: {{scripts: ["{name}"]}}}}', "no page or other text"),
        ("extra: {social: x}", "extra: social: needs a list of icon and link"),
        ("a: 1\n" * 20_001, "the settings of the site cannot be read: the file has 100 KB"),
    ):
        assert said in report(tmp_path, {"mkdocs.yml": settings})


def test_an_icon_of_a_page_or_of_a_link_in_the_foot_is_looked_for_too(tmp_path: Path) -> None:
    config = {"mkdocs.yml": "extra:\n  social:\n    - {icon: simple/xx, link: https://x.org}\n"}
    assert report(tmp_path, config).startswith("mkdocs.yml:3:8: extra: social: 0: icon: no icon")
    page = {"content/own/w.md": "---\nicon: material/scool\n---\n\n# W\n", "mkdocs.yml": ""}
    assert report(tmp_path, page).startswith("content/own/w.md:2:1: icon: no icon material/scool\n")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("content/own/w.md", "---\ntitle: W: all\n---\n\n# W\n", "content/own/w.md:2:9: the front"),
        (
            "site.yml",
            "INHERIT: mkdocs.yml\ntheme: {logo: own/no.svg}\n",
            "site.yml:2:9: theme: logo",
        ),
    ],
)
def test_the_build_says_it_too_strict_or_not(
    project: Project, name: str, text: str, said: str
) -> None:
    project.write("framework.yaml", SMALL)
    project.write("site.yml", "INHERIT: mkdocs.yml\n")
    project.write(name, text)
    result = project.run("mkdocs", "build", "--no-strict", "-f", "site.yml")
    assert result.code == 1
    assert said in result.output
