"""Links to entries and pages, as seen from the page on which they stand or from outside."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable

import jinja2
import markdown
from jinja2.runtime import Context
from markupsafe import Markup

from ..definition.prose import replace_links, replace_targets
from ..definition.text import Prose
from ..framework.relations import Item, Relations
from .filters import escape
from .paths import FOLDERS, address_of, built_path, path_of


class NoSuchEntry(Exception):
    """A link in a template or page names an entry that does not exist."""


@jinja2.pass_context
def printed_on_page(context: Context, value: object) -> Markup:
    """Return a value as it stands in the Markdown of a page.

    Prose comes out as Markdown with its links resolved, Markup as it is, None as an empty text, and
    all else escaped.
    """
    if isinstance(value, Prose):
        return Markup(replace_targets(value, functools.partial(_from_page, context)))
    if isinstance(value, Markup):
        return value
    return escape("" if value is None else value)


def printed_on_sheet(address: str) -> Callable[[Context, object], Markup]:
    """Return what prints values in the HTML of a PDF, whose links lead to the site at `address`.

    Prose comes out as HTML, Markup as it is, None as an empty text, and all else escaped. Of a link
    the words alone are left where the address is empty.
    """

    def link(words: str, kind: str, name: str) -> str:
        if not address:
            return words
        path, _, anchor = path_of(kind, name).partition("#")
        return f"[{words}]({address}{address_of(path)}{'#' if anchor else ''}{anchor})"

    @jinja2.pass_context
    def printed(_: Context, value: object) -> Markup:
        if not isinstance(value, Prose):
            return Markup.escape("" if value is None else value)
        return Markup(markdown.markdown(replace_links(value, link), extensions=["extra"]))

    return printed


def entry_link(relations: Relations) -> Callable[..., Markup]:
    """Return the function `link` of templates, which finds entries in these relations.

    It returns a Markdown link to an entry, given as an item or `kind:id`; a checklist goes by its
    level. Without words it shows the entry's title. Raises NoSuchEntry.
    """

    @jinja2.pass_context
    def link(context: Context, target: str | Item, words: str | None = None) -> Markup:
        if isinstance(target, str):
            kind, _, name = target.partition(":")
            try:
                item = relations.item(f"level:{name}" if kind == "checklist" else target)
            except KeyError:
                raise NoSuchEntry(target) from None
        else:
            kind, name, item = target.kind, target.id, target
        shown = words or getattr(item.entry, "title", None) or item.entry.term
        return Markup(f"[{escape(shown)}]({_from_page(context, kind, name)})")

    return link


@jinja2.pass_context
def to(context: Context, target: str) -> Markup:
    """Return the way from the page to `target`, a path below the site's root, for Markdown."""
    return Markup(_relative(target, posixpath.dirname(context["path"])))


@jinja2.pass_context
def url(context: Context, kind: str, name: str = "index") -> Markup:
    """Return the built address of an entry's page, or of the page of its kind, for raw HTML.

    It is relative to the page. Where `kind` is not a kind of entry, it is taken for the name of a
    page of `SINGLE` in `listing.py`, such as `score`; nobody checks that there is one.
    """
    target = _page_of(kind, name)
    here, there = (posixpath.dirname(built_path(path)) for path in (context["path"], target))
    return Markup(f"{_relative(there, here)}/")


def _page_of(kind: str, name: str) -> str:
    return path_of(kind, name) if kind in (*FOLDERS, "unit") else f"{kind}.md"


def url_in_one_file(address: str) -> Callable[..., str]:
    """Return what `url` is in the one file, which holds the report and the page that scores.

    What else there is lies on the site at `address`: "" leads nowhere where that is empty.
    """

    def url(kind: str, name: str = "index") -> str:
        if kind in ("score", "report"):
            return "#report" if kind == "report" else ""
        return address and address + address_of(_page_of(kind, name))

    return url


@jinja2.pass_context
def file_urls(context: Context, folder: str, paths: list[str]) -> list[str]:
    """Return the addresses of files in a folder of the site, relative to the page, for raw HTML."""
    here = posixpath.dirname(built_path(context["path"]))
    return [_relative(f"{folder}/{path}", here) for path in paths]


def _from_page(context: Context, kind: str, name: str) -> str:
    return _relative(path_of(kind, name), posixpath.dirname(context["path"]))


@functools.cache  # the pages of a folder share most of them
def _relative(target: str, folder: str) -> str:
    # Seen from a root: else each would be looked up from the folder that the command runs in.
    return posixpath.relpath(f"/{target}", f"/{folder}")
