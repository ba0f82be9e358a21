"""The Jinja environment that turns pages into Markdown.

What a template prints decides how it comes out: `Prose` as Markdown with its links resolved,
`Markup` as it is, and everything else as the plain characters that it consists of.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import posixpath
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import jinja2
import markdown
import yaml
from jinja2.runtime import Context
from markupsafe import Markup

from ..definition.check import Definition
from ..definition.model import COLLECTIONS
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..definition.prose import replace_links, replace_targets
from ..definition.text import Prose
from ..framework.answer_file import LONGEST_ENTRY, TABLE_COLUMNS
from ..framework.catalog import Words
from ..framework.idea_file import board
from ..framework.plain_text import escaped, plain_text
from ..framework.questionnaire import questionnaire, texts
from ..framework.relations import Item, Relations, level_of
from ..outputs import share_images as share
from ..outputs.brand import Ramp
from ..versions.adaptation import Adaptation
from ..versions.history import History, Step
from ..versions.notes import Note, describe, diff_words
from . import template_cache as compiled
from .listing import FOLDERS, Page, Redirect, built_path, path_of
from .snippets import Snippet, nowhere, placed

#: Characters that can be a mark of Markdown or HTML; the later ones only where a line begins.
_MARKS = re.compile(r"[\\`*_{}\[\]<>&|\"#]|^[-+!:=~]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def escape(value: object) -> Markup:
    """`value` so that neither Markdown nor HTML finds a mark in it.

    Numeric character references mean the same in Markdown, in raw HTML and in attributes.
    """
    if isinstance(value, float):
        return Markup(f"{value:g}")
    return _written_out(str(value))


@functools.lru_cache(maxsize=100_000)
def _written_out(text: str) -> Markup:
    """The marks of a text written out; most texts stand on several pages."""
    if "\n" in text or "\r" in text:
        text = re.sub(r"\s*[\n\r]\s*", " ", text)
    return Markup(_MARKS.sub(lambda found: f"&#{ord(found[0])};", text))


def attribute(value: object) -> Markup:
    """`value` for an attribute of HTML that stands inside of Markdown.

    There attributes are read and written anew, but for each `&` where an entity seems to begin.
    """
    return Markup(str(escape(value)).replace("&", "&amp;"))


def hang(text: str, width: int = 4) -> Prose:
    """Prose with every line but the first indented, so that it stays inside its list item."""
    return Prose(f"\n{' ' * width}".join(text.splitlines()))


def beside(before: str | None, after: str | None) -> tuple[Markup, Markup]:
    """Two texts as HTML, what is only in one of them marked there as deleted or inserted."""
    left, right = diff_words(before or "", after or "")
    return _pieces(left, "del"), _pieces(right, "ins")


def _pieces(pieces: list[tuple[str, bool]], tag: str) -> Markup:
    found = Markup()
    for text, own in pieces:
        words = text.lstrip(" ")  # a mark under the space before a word looks like a slip
        written = Markup("<br>").join(map(escape, words.split("\n")))
        found += " " * (len(text) - len(words))
        found += Markup("<{0}>{1}</{0}>").format(tag, written) if own and words else written
    return found


def anchor(version: str) -> str:
    """Where a version stands on the page of changes; what is not released yet has none."""
    return re.sub(r"[^0-9A-Za-z]+", "-", f"v{version}") if version else "unreleased"


def short(version: str) -> str:
    """A version as people say it: 1.1 for 1.1.0."""
    return version.removesuffix(".0") if version.count(".") == 2 else version


#: What templates are compiled with, beside their text: filters of ours may be worked out then.
_VERSION = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


class Renderer:
    """Renders the pages of a definition with the templates in a folder.

    `written` are the hand-written pages, so that generated ones link to those that are there.
    `adaptation` is what a fork's site tells of where it comes from. `sheets` says whether pages
    have a PDF beside them, and `address` where the site will be published: with a slash at the
    end, or empty where nobody knows. `cache` is the folder that keeps compiled templates.
    """

    def __init__(
        self,
        definition: Definition,
        history: History,
        words: Words,
        folder: Path,
        colors: Ramp,
        written: Collection[str] = (),
        *,
        adaptation: Adaptation | None = None,
        sheets: bool = False,
        address: str = "",
        cache: Path | None = None,
    ) -> None:
        self.address = address
        self.definition = definition
        self.history = history
        self.words = words
        self.folder = folder
        self.sheets = sheets
        self.relations = Relations(definition.framework)
        self.cache = compiled.kept("pages", _VERSION, cache)
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            undefined=jinja2.StrictUndefined,
            finalize=self._finalize,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # no template changes while pages are made of it
            bytecode_cache=self.cache,
        )
        # Scripts read maps in their order; the filter `tojson` would sort them.
        self.environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
        self.environment.filters |= {
            "hang": hang,
            "plain": plain_text,
            "short": short,
            "anchor": anchor,
            "attribute": attribute,
        }
        self.environment.globals |= {
            "framework": definition.framework,
            "about": definition.framework.framework,
            "relations": self.relations,
            "history": history,
            "adaptation": adaptation,
            "kinds": COLLECTIONS,
            "beside": beside,
            "notes": self._notes,
            "words": words,
            "written": written,
            "questionnaire": lambda: questionnaire(definition.framework),
            "texts": lambda: texts(definition.framework),
            "board": lambda name: board(definition.framework, name),
            "longest_entry": LONGEST_ENTRY,
            "table_columns": TABLE_COLUMNS,
            "link": self._link,
            "to": self._to,
            "url": self._url,
            "sheets": sheets,
            "ramp": colors,
        }
        self.on_sheets = self.environment.overlay(
            finalize=self._finalize_sheet,
            bytecode_cache=compiled.kept("sheets", _VERSION, cache),
        )

    def pages(self, pages: list[Page], snippets: list[Snippet]) -> dict[str, str]:
        """The Markdown of all generated pages by path, with a fork's snippets in them.

        Raises FrameworkError for mistakes in templates and snippets.
        """
        texts = {page.path: self.page(page) for page in pages}
        problems: list[Problem] = []
        for snippet in snippets:
            own = [page for page in pages if snippet.is_for(page)]
            found = {page.path: self._placed(texts[page.path], snippet, page) for page in own}
            texts |= {path: text for path, text in found.items() if text is not None}
            if not any(found.values()):
                problems.append(nowhere(snippet, [texts[page.path] for page in own]))
        if problems:
            raise FrameworkError(problems)
        return texts

    def _placed(self, body: str, snippet: Snippet, page: Page) -> str | None:
        text = self.authored(snippet.text, page.path, snippet.file, page)
        return placed(body, snippet, text)

    def page(self, page: Page) -> str:
        """The Markdown of a generated page, front matter included."""
        front: dict[str, Any] = {"title": escaped(page.title)}
        front["description"] = _attribute(page.description)
        if page.hide:
            front["hide"] = list(page.hide)
        if self.sheets and (level := level_of(page.item)):
            front["image"] = share.path(level)
        template = self.environment.get_template
        body = self._render(lambda: template(page.template), page.path, page.item)
        return _front_matter(front) + body

    def sheet(self, page: Page) -> str:
        """The HTML of the PDF that a page has beside it."""
        template = self.on_sheets.get_template
        values = {
            "title": page.title,
            "description": page.description,
            "address": (self.address or "/") + page.address.removesuffix("index.html"),
        }
        name = f"pdf/{Path(page.template).stem}.html"
        return self._render(lambda: template(name), page.path, page.item, values)

    def share(self, fonts: list[Path]) -> str:
        """The HTML of the images for shared links, with the first of the fonts inside it."""
        font = base64.b64encode(fonts[0].read_bytes()).decode() if fonts else ""
        values = {
            "font": Markup(f"data:font/woff2;base64,{font}"),
            "width": share.WIDTH,
            "height": share.HEIGHT,
        }
        template = self.on_sheets.get_template
        return self._render(lambda: template("share.html"), "index.md", None, values)

    def redirect(self, redirect: Redirect) -> str:
        """The Markdown of the page at a former address; with one successor it moves on."""
        target = redirect.targets[0]
        front: dict[str, Any] = {
            "title": escaped(self.words("redirect.title")),
            "search": {"exclude": True},
            "hide": ["navigation", "toc"],
            "robots": "noindex",
        }
        if len(redirect.targets) == 1:
            front["redirect"] = f"../{target.id}/"
        template = self.environment.get_template
        values = {"targets": redirect.targets}
        body = self._render(lambda: template("redirect.md"), redirect.path, None, values)
        return _front_matter(front) + body

    def authored(self, text: str, path: str, file: Path, replaced: Page | None = None) -> str:
        """A hand-written page with the framework in scope.

        `replaced` is the generated page whose place it takes, so that it may include its blocks.
        Raises FrameworkError for a mistake in its braces.
        """
        item = replaced.item if replaced else None
        return self._render(
            lambda: compiled.template(self.environment, self.cache, text, path, file), path, item
        )

    def _notes(self, told: Step | Adaptation) -> dict[str, list[Note]]:
        """What a release or an overlay changed, in words, by kind of entry."""
        if isinstance(told, Adaptation):
            return describe(told.changes, told.upstream, told.framework, self.words)
        old = self.history.versions[told.since or ""]
        return describe(told.changes, old, told.framework, self.words)

    def _render(
        self,
        template: Callable[[], jinja2.Template],
        path: str,
        item: Item | None,
        values: dict[str, Any] | None = None,
    ) -> str:
        scope = {"path": path, "item": item, "id": item and item.id, "entry": item and item.entry}
        try:
            return template().render(**scope, **(values or {}))
        except jinja2.TemplateSyntaxError as error:
            file = Path(error.filename) if error.filename else self.folder / (error.name or "")
            problem = Problem(Position(file, error.lineno), f"template: {error.message}", _BRACES)
            raise FrameworkError([problem]) from error
        # A template is a program: whatever it raises is a mistake in it, and is reported as one.
        except Exception as error:
            raise FrameworkError([self._mistake(error)]) from error

    def _mistake(self, error: Exception) -> Problem:
        """The problem behind an exception, at the innermost line of a template that it passed."""
        where = Position(self.folder)
        trace = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.suffix in (".md", ".html"):
                where = Position(file, trace.tb_lineno)
            trace = trace.tb_next
        if isinstance(error, jinja2.TemplateNotFound):
            known = self.environment.list_templates()
            return Problem(
                where, f"no template {error}", suggestion(str(error), known, "templates")
            )
        if isinstance(error, _NoSuchEntry):
            return Problem(where, f'no entry "{error}"', self._entry_hint(str(error)))
        if isinstance(error, KeyError):
            hint = suggestion(error.args[0], self.words.texts, "words")
            return Problem(where, f"no word {error}", hint)
        return Problem(where, f"template: {error}", _BRACES)

    def _entry_hint(self, target: str) -> str:
        kind, _, name = target.partition(":")
        if kind not in FOLDERS and kind not in COLLECTIONS:
            return suggestion(kind, COLLECTIONS, "kinds")
        section = COLLECTIONS.get(kind, "levels")
        return suggestion(name, getattr(self.definition.framework, section), section)

    @jinja2.pass_context
    def _finalize(self, context: Context, value: object) -> object:
        if isinstance(value, Prose):
            return Markup(replace_targets(value, functools.partial(_address, context)))
        if isinstance(value, Markup):
            return value
        return escape("" if value is None else value)

    def _finalize_sheet(self, value: object) -> object:
        """Prose as HTML; Jinja escapes everything else, and lets Markup pass."""
        if not isinstance(value, Prose):
            return "" if value is None else value
        text = replace_links(value, self._absolute)
        return Markup(markdown.markdown(text, extensions=["extra"]))

    def _absolute(self, words: str, kind: str, name: str) -> str:
        """A link that works outside of the site; its words where that has no address."""
        if not self.address:
            return words
        path, _, anchor = path_of(kind, name).partition("#")
        address = self.address + built_path(path).removesuffix("index.html")
        return f"[{words}]({address}{'#' if anchor else ''}{anchor})"

    @jinja2.pass_context
    def _link(self, context: Context, target: str | Item, words: str | None = None) -> Markup:
        """A Markdown link to an entry: an item or `kind:id`; a checklist goes by its level."""
        if isinstance(target, str):
            kind, _, name = target.partition(":")
            try:
                entry = self.relations.item(
                    f"level:{name}" if kind == "checklist" else target
                ).entry
            except KeyError:
                raise _NoSuchEntry(target) from None
        else:
            kind, name, entry = target.kind, target.id, target.entry
        shown = words or getattr(entry, "title", None) or entry.term
        return Markup(f"[{escape(shown)}]({_address(context, kind, name)})")

    @jinja2.pass_context
    def _to(self, context: Context, target: str) -> Markup:
        """The address of `target`, a path below the site's root, as seen from this page."""
        return Markup(_relative(target, posixpath.dirname(context["path"])))

    @jinja2.pass_context
    def _url(self, context: Context, kind: str, name: str = "index") -> Markup:
        """The built address of an entry's page, or of the page of its kind, for raw HTML.

        What is no kind is a page that stands for itself.
        """
        target = f"{FOLDERS[kind]}/{name}.md" if kind in FOLDERS else f"{kind}.md"
        here, there = (posixpath.dirname(built_path(path)) for path in (context["path"], target))
        return Markup(f"{_relative(there, here)}/")


def problem_page(report: str, folder: Path) -> str:
    """The page that a preview shows in place of a site that cannot be made."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    total = report.rsplit("\n", 1)[-1]
    return environment.get_template("problems.html").render(report=report, total=total)


class _NoSuchEntry(Exception):
    """A link in a template or page names an entry that does not exist."""


#: Written in C where PyYAML was built with libyaml: the same text, ten times as fast.
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_BRACES = "to show braces as they are, set render_macros: false in the page's front matter"


def _address(context: Context, kind: str, name: str) -> str:
    return _relative(path_of(kind, name), posixpath.dirname(context["path"]))


@functools.cache
def _relative(target: str, folder: str) -> str:
    """The way from a folder of the site to a target; the pages of a folder share most of them."""
    return posixpath.relpath(target, folder or ".")


def _front_matter(values: dict[str, Any]) -> str:
    return f"---\n{yaml.dump(values, Dumper=_Dumper, sort_keys=False)}---\n\n"


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
