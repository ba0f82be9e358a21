"""What programs read in place of pages: Markdown copies, `llms.txt` that lists them, and the feed.

A copy lies beside its page: `practices/ID.md` beside `practices/ID/`, so that the
links between pages are links between copies. For `llms.txt` see https://llmstxt.org.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from ..framework.plain_text import plain_text
from ..outputs import feed
from ..pages.listing import Page
from ..pages.markdown_copy import plain
from .generate import Output, Site
from .settings import Settings

#: How the name of a copy ends until it is published, lest MkDocs takes it for a page.
_COPY = ".md.txt"
#: What a program may leave out that has read the rest.
_OPTIONAL = ("data/framework.json", "data/practices.csv", "data/changes.json")


def with_copies(
    site: Site, files: Iterable[Any], filled: Mapping[str, str], settings: Settings
) -> list[Output]:
    """Return the outputs of a site, with a copy of each page, their list, and the feed.

    `files` are MkDocs', of which the hand-written pages have copies too; `filled` is the Markdown
    of those that use the framework. `settings` say where the site will be published, if anybody
    knows.
    """
    address = settings.public_address
    texts = {output.path: str(output.content) for output in site.outputs if output.in_nav}
    texts |= {file.src_uri: file.content_string for file in files if _is_written(file)}
    outputs = [
        Output(f"{path}.txt", partial(plain, text, path), published_at=path)
        for path, text in {**texts, **filled}.items()
    ]
    outputs.append(Output("llms.txt", partial(_list, site, address)))
    if feed.has_releases(site.history):
        make = partial(feed.feed, site.renderer.scope.release_notes, address)
        outputs.append(Output(feed.PATH, make))
    return [*site.outputs, *outputs]


def copies(files: Iterable[Any]) -> dict[str, Any]:
    """Return the copies among MkDocs' `files`, by the path of the page that each is of.

    Templates ask each for its address, as other plugins may still move it.
    """
    return {f.src_uri.removesuffix(".txt"): f for f in files if f.src_uri.endswith(_COPY)}


def _is_written(file: Any) -> bool:
    return bool(file.is_documentation_page() and file.inclusion.is_included())


def _list(site: Site, address: str) -> str:
    """List every generated page, below the kind that it is of, with what it is about."""
    about = site.framework.framework
    kinds = {_folder_of(page): page.title for page in site.pages if page.path.endswith("/index.md")}
    sections: dict[str, list[str]] = {site.words("nav.pages"): []}
    for page in site.pages:
        title = kinds.get(_folder_of(page), site.words("nav.pages"))
        sections.setdefault(title, []).append(_line(page, address))
    sections["Optional"] = [f"- [{posixpath.basename(p)}]({address}{p})" for p in _OPTIONAL]
    blocks = [f"# {_inert(about.title)}", f"> {_inert(plain_text(about.summary))}"]
    blocks += [f"## {title}\n\n" + "\n".join(lines) for title, lines in sections.items()]
    return "\n\n".join(blocks) + "\n"


def _folder_of(page: Page) -> str:
    """Return the folder that the Markdown of a page lies in; empty for the site's root."""
    return posixpath.dirname(page.path)


def _line(page: Page, address: str) -> str:
    title, description = map(_inert, (page.title, page.description))
    return f"- [{title}]({address}{page.path}): {description}"


def _inert(text: str) -> str:
    """Return a plain text as Markdown in which nothing of it is markup."""
    return re.sub(r"([\[\]\\<*`])", r"\\\1", text)
