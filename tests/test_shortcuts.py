"""What spares MkDocs work changes nothing of what is built, and can be turned off."""

from __future__ import annotations

import gc
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import jinja2
import pytest
from builds import NOW
from maturity.site import choices
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir
from mkdocs.utils.templates import TemplateContext
from projects import ROOT, Project, copy_project
from shortcuts import memory
from shortcuts.kept_pages import KeptPages
from shortcuts.memory import Memory
from shortcuts.navigation import Navigation
from shortcuts.on_demand import OnDemand
from shortcuts.shortcut import Shortcut
from shortcuts.tags import Tags
from shortcuts.templates import Templates
from shortcuts.waiting_pages import LatePage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NAMES = ("islands", "memory", "polling")
#: Pages beside and below others, some of them in sections, and links to what lies below a page.
NAV = """
nav:
  - Home: index.md
  - A: [a/index.md, B: a/b.md, Below: [C: a/b/c.md, D: a/b/d.md], Out: https://example.org/]
  - E: e.md
  - F: [G: f/g.md, H: [f/h/i.md, K: f/h/k.md, File: /f/file.txt], Alone: [f/h.md]]
  - Relative: f/g/file.txt
"""
#: With and without them.
SHORTCUTS = ("true", "false")


def fork(root: Path) -> Project:
    """A small framework of somebody else's, with pages and a style sheet of their own."""
    project = copy_project(root)
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    project.write(
        "content/own/welcome.md", "# Welcome\n\n[Score](../score.md#practice-open-daily)\n"
    )
    project.write(
        "content/practices/keep-recipes.md", '# Ours\n\n{% include "blocks/criteria.md" %}\n'
    )
    project.write("content/own/brand.css", ":root { --mp-brand: #123456 }\n")
    project.replace("mkdocs.yml", "  /data.md", "  /data.md\n  /own/*.md")
    project.write("site.yml", "INHERIT: mkdocs.yml\nplugins: [search, mike]\n")
    return project


def files(folder: Path) -> dict[str, bytes]:
    paths = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in paths}


def built(project: Project, config: str, **environment: str) -> dict[str, bytes]:
    result = project.build(config, SOURCE_DATE_EPOCH=NOW, **environment)
    assert result.code == 0, result.output
    return files(project.site)


def assert_same(without: dict[str, bytes], *those_with: dict[str, bytes]) -> None:
    for with_them in those_with:
        assert with_them.keys() == without.keys()
        differs = [name for name, content in with_them.items() if without[name] != content]
        if differs:  # its text says which shortcut it was
            assert with_them[differs[0]] == without[differs[0]], differs


def test_our_site_built_without_shortcuts_is_the_same_byte_for_byte(
    site: Path, tmp_path: Path
) -> None:
    project = copy_project(tmp_path / "project")  # which has what builds of ours have kept
    again, without = (built(project, "mkdocs.yml", PDF="true", SHORTCUTS=s) for s in SHORTCUTS)
    assert_same(without, files(site), again)


@pytest.mark.parametrize("config", ["mkdocs.yml", "site.yml"])
def test_a_fork_built_without_shortcuts_is_the_same_byte_for_byte(
    tmp_path: Path, config: str
) -> None:
    project = fork(tmp_path / "project")
    first = built(project, config, SHORTCUTS="true")
    # The second has what the first has kept.
    again, without = (built(project, config, SHORTCUTS=chosen) for chosen in SHORTCUTS)
    assert_same(without, first, again)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (True, set(NAMES)),
        (None, set(NAMES)),
        (False, set()),
        ([], set()),
        (["memory"], {"memory"}),
        ("islands, memory", {"islands", "memory"}),
        ("islands memory", {"islands", "memory"}),
    ],
)
def test_the_setting_is_yes_or_no_or_names(value: object, names: set[str]) -> None:
    extra = {"maturity": {"shortcuts": value}}
    chosen = choices.parse(extra, Path("site.yml"), NAMES, serving=False)
    assert chosen.shortcuts == names
    assert chosen.problems == ()


@pytest.mark.parametrize(
    ("chosen", "messages"),
    [
        (
            "{shortcuts: [islandz]}",
            ("site.yml:2:20: extra: maturity: shortcuts: no islandz", "did you mean islands?"),
        ),
        ("{shortcuts: 7}", ("extra: maturity: shortcuts: no 7",)),
        ("{shortcuts: [islandz], policy: {skript-src: a}}", ("2 problems",)),
        ("[shortcuts]", ("extra: maturity: must be a map",)),
    ],
)
def test_a_choice_that_is_none_is_reported(
    project: Project, chosen: str, messages: tuple[str, ...]
) -> None:
    project.write("site.yml", f"INHERIT: mkdocs.yml\nextra: {{maturity: {chosen}}}\n")
    result = project.build("site.yml")
    assert result.code == 1
    assert [message for message in messages if message not in result.output] == []
    assert "Traceback" not in result.output


class Preview:
    """A site of one page as MkDocs serves it, with the pages that are made on demand."""

    def __init__(self) -> None:
        self.on_demand = OnDemand()
        self.body = b""
        self.app = self.on_demand.middleware(self._serve)

    def _serve(self, _: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(len(self.body)))])
        return [self.body]

    def build(self, make: Callable[[], str]) -> None:
        self.on_demand.on_pre_build()
        self.body = self.on_demand.placeholder("page/", make)
        self.on_demand.on_post_build()

    def ask(self) -> bytes:
        return b"".join(self.app({}, lambda *_: lambda _: None))


def test_a_page_that_was_being_made_while_a_build_ended_is_not_shown_after_it() -> None:
    preview, is_making, may_end = Preview(), threading.Event(), threading.Event()

    def make_slowly() -> str:
        is_making.set()
        assert may_end.wait(60)
        return "old"

    preview.build(make_slowly)
    reader = threading.Thread(target=preview.ask)
    reader.start()
    assert is_making.wait(60)
    preview.build(lambda: "new")
    may_end.set()
    reader.join()
    assert preview.ask() == b"new"


def test_a_page_is_made_once_a_build_however_many_ask_for_it() -> None:
    preview, readers = Preview(), 4
    all_there, calls = threading.Barrier(readers), []

    def make() -> str:
        calls.append("page")
        return "page"

    def read() -> None:
        all_there.wait(60)
        preview.ask()

    for _ in range(2):
        preview.build(make)
        threads = [threading.Thread(target=read) for _ in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert calls == ["page", "page"]


def site_of_pages(folder: Path, settings: str, *shortcuts: Shortcut) -> dict[str, bytes]:
    """The pages of a site with the navigation above, built as MkDocs and the theme do it."""
    for path in ("index", "a/index", "a/b", "a/b/c", "a/b/d", "e", "f/g", "f/h", "f/h/i", "f/h/k"):
        page = folder / "docs" / f"{path}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {path}\n\n## Part\n", encoding="utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(f"site_name: Pages\nplugins: []\n{settings}\n{NAV}", encoding="utf-8")
    config = load_config(str(file))
    for shortcut in shortcuts:
        config.plugins[type(shortcut).__name__] = shortcut  # type: ignore[assignment]
    build(config)
    return {name: data for name, data in files(folder / "site").items() if name.endswith(".html")}


@pytest.mark.parametrize(
    ("urls", "features", "language"),
    [("true", "indexes, prune, tabs", "en"), ("true", "sections", "de"), ("false", "prune", "ur")],
)
def test_the_navigation_of_every_page_is_what_it_is_where_entries_are_made_anew(
    tmp_path: Path, urls: str, features: str, language: str
) -> None:
    names = [f"navigation.{name}" for name in features.split(", ")]
    theme = f"{{name: material, features: {names}, language: {language}}}"
    settings = f"use_directory_urls: {urls}\ntheme: {theme}"
    without = site_of_pages(tmp_path, settings)
    assert_same(without, site_of_pages(tmp_path, settings, Navigation()))
    assert len(without) == 11


@pytest.mark.parametrize(
    ("name", "text", "their_text"),
    [
        ("nav-item", "{{ nav_item.title }}", "{{ page.title }}"),
        ("language", "{{ lang.t(key)", "{{ page.title }} {{ lang.t(key)"),
    ],
)
def test_a_site_may_have_a_navigation_and_words_of_its_own(
    tmp_path: Path, name: str, text: str, their_text: str
) -> None:
    theirs = Path(get_theme_dir("material")) / "partials" / f"{name}.html"
    own = tmp_path / "own" / "partials" / theirs.name
    own.parent.mkdir(parents=True)
    own.write_text(theirs.read_text(encoding="utf-8").replace(text, their_text), encoding="utf-8")
    settings = "theme: {name: material, custom_dir: own}"
    without = site_of_pages(tmp_path, settings)
    assert_same(without, site_of_pages(tmp_path, settings, Navigation()))


def test_a_file_is_found_by_every_path_that_leads_to_it() -> None:
    file = File("a/b.md", "docs", "site", use_directory_urls=True)
    files = Files([file])
    Tags().on_files(files)
    assert all(files.get_file_from_path(path) is file for path in ("a/b.md", "a//b.md", "./a/b.md"))
    assert files.get_file_from_path("b.md") is None


class OtherFiles(Files):
    """Those of a plugin for languages, say, which finds a file by other paths, too."""

    def get_file_from_path(self, path: str) -> File | None:
        return super().get_file_from_path("a/b.de.md") or super().get_file_from_path(path)


def test_files_that_a_plugin_finds_otherwise_are_found_so() -> None:
    names = ("a/b.md", "a/b.de.md")
    files = OtherFiles([File(name, "docs", "site", use_directory_urls=True) for name in names])
    Tags().on_files(files)
    assert files.get_file_from_path("a/b.md") is files.src_uris["a/b.de.md"]


def theme_files(config: MkDocsConfig) -> list[tuple[str, str | None]]:
    """The files that a theme publishes, each with the folder in which it is found."""
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return [(file.src_uri, file.src_dir) for file in files]


def test_what_was_made_by_former_rules_is_not_kept_under_new_ones(tmp_path: Path) -> None:
    config, pages = MkDocsConfig(str(tmp_path / "mkdocs.yml")), KeptPages[str]("made")
    pages.open(config, "former")
    keep_late, digest = pages.keeper("a.md", b"sum"), b"sum"
    pages.keeper("b.md", digest)("soon")
    assert pages.get("b.md", digest) == "soon"
    pages.open(config, "new")
    keep_late("late")
    assert (pages.get("a.md", digest), pages.get("b.md", digest)) == (None, None)


def test_a_page_that_could_not_be_converted_is_tried_again() -> None:
    done: list[str] = []

    def convert(*, is_late: bool) -> None:
        assert is_late
        done.append("tried")
        if len(done) == 1:
            raise RecursionError

    config = MkDocsConfig()
    config.plugins = PluginCollection()
    page = Page("A", File("a.md", "", "", use_directory_urls=True), config)
    context = cast(TemplateContext, {"config": config, "nav": None})
    late = LatePage(page, jinja2.Environment().from_string("{{ nav }}"), context, convert)
    with pytest.raises(RecursionError):
        late.make()
    assert (late.make(), late.make(), done) == ("None", "None", ["tried", "tried"])


@pytest.fixture
def collector() -> Iterator[None]:
    """Python's garbage collector, which is afterwards as it was."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("collector")
def test_what_a_build_of_a_preview_throws_away_goes_after_it_and_not_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "_PAUSE", 0.01)
    shortcut, config = Memory(), MkDocsConfig()
    shortcut.serving = True
    shortcut.on_pre_build(config)
    circle, gone = Circle(), threading.Event()
    circle.itself = circle
    weakref.finalize(circle, gone.set)
    del circle
    shortcut.on_post_build(config)
    assert gone.wait(timeout=30)
    monkeypatch.setattr(memory, "_PAUSE", 3600)
    before = {*threading.enumerate()}  # the first look may still be about to end
    shortcut.on_post_build(config)
    (look,) = {*threading.enumerate()} - before
    shortcut.on_pre_build(config)
    look.join(timeout=30)
    assert not look.is_alive()


class Circle:
    """Something that leads to itself."""

    itself: Circle


def test_of_a_theme_is_published_what_is_not_hidden(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for path in ("a/b.css", "a/.c/d.css", ".e/f.css", "a/.g.css", ".h.css", "assets/i.css", "j.py"):
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text("", encoding="utf-8")
    (own / "k").symlink_to(own / "a")
    (own / "l.css").symlink_to(own / "a" / "b.css")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: A\ntheme: {name: material, custom_dir: own}", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    config = load_config(str(settings))
    without = theme_files(config)
    Templates().on_pre_build(config)
    assert theme_files(config) == without
    assert {path for path, folder in without if folder == str(own)} == {
        "a/b.css",
        "assets/i.css",
        "l.css",
    }
