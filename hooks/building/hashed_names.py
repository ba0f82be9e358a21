"""Names of scripts and styles that change with what they hold, and with what they import.

A browser or a cache may keep a file for as long as it likes, and still no page gets scripts of two
releases: a page of the old one asks for files that are not there any more, and says so.
"""

from __future__ import annotations

import functools
import hashlib
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from maturity.definition.problems import FrameworkError
from maturity.site.minify import minify_files
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_SUFFIXES = (".js", ".mjs", ".css")
#: Where a module names another, and where a style sheet does.
#: What stands in front of these words is looked at last, which takes a quarter of the time.
_IMPORT = re.compile(
    r"""(?:from(?<!\wfrom)|import(?<!\wimport))\s*\(?\s*"""
    r"""(?P<quote>["'])(?P<address>\.{1,2}/[^"'\s]+)(?P=quote)"""
)
_SHEET = re.compile(
    r"""@import\s*(?:url\(\s*)?(?P<quote>["']?)(?P<address>[^"'\s();]+)(?P=quote)""", re.IGNORECASE
)
#: What a page loads: a script, or what a link in its head names.
_LOADED = re.compile(
    r"""<(?:script|link)\b[^>]*?\s(?:src|href)\s*=\s*(?P<quote>["']?)(?P<address>[^"'\s>]+)(?P=quote)""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Renamed:
    """The new names of scripts and styles by their old ones, as paths from the site's root.

    `copies` are files that keep their name and have the new one beside it, by the new name.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, bytes] = field(default_factory=dict)

    def in_page(self, html: str, url: str, home: str) -> str:
        """Return a page with what it loads under the new names.

        `url` is the page's address below `home`, that of the site, which may be empty. What the
        page for missing addresses names begins with a slash.
        """
        place = urlsplit(home).path or "/"
        host, root = home.removesuffix(place), unquote(place)
        path = root + unquote(url)

        def renamed(match: re.Match[str]) -> str:
            address, rest = _split(match["address"])
            if address.endswith("/"):  # a page
                return match[0]
            name = self.names.get(_target(path, address.removeprefix(host)).removeprefix(root))
            return match[0] if name is None else _with_address(match, _under(address, name) + rest)

        return _LOADED.sub(renamed, html)


class HashedNames:
    """Gives every script and style its new name, and names them so in every page."""

    def __init__(self) -> None:
        self._renamed = Renamed()

    @event_priority(-90)  # after whoever adds files
    def on_files(self, files: Files, config: MkDocsConfig, **_: object) -> Files:
        """Make ours small; rename what lies beside the pages, and in the site's own theme.

        Raises PluginError for one of ours that is not UTF-8.
        """
        try:
            minify_files(files, Path(config.docs_dir))
        except FrameworkError as error:
            raise PluginError(f"\n\n{error.report(Path.cwd())}") from None
        folders = {Path(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder}
        self._renamed = rename_files(files, folders)
        for path, content in self._renamed.copies.items():
            files.append(File.generated(config, path, content=content))
        return files

    @event_priority(-90)  # after whoever changes a page, and before its policy
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Return a page that loads them under their new names."""
        return self._renamed.in_page(output, page.url, config.site_url or "")

    @event_priority(-90)
    def on_post_template(
        self, output: str, template_name: str, config: MkDocsConfig, **_: object
    ) -> str:
        """Return the page for missing addresses so too."""
        is_page = template_name.endswith(".html")
        return self._renamed.in_page(output, "", config.site_url or "") if is_page else output


def rename_files(files: Iterable[Any], folders: Collection[Path]) -> Renamed:
    """Give the scripts and styles among the `files` of MkDocs new names, and rewrite their imports.

    Only what lies in `folders` gets one: the theme's own have theirs. Those below `assets/` move;
    any other keeps its place too, for what may name it there.
    """
    sources = {
        file.src_uri: file
        for file in files
        if file.src_uri.endswith(_SUFFIXES)
        and file.src_dir is not None
        and Path(file.src_dir) in folders
        and not file.inclusion.is_excluded()
    }
    names, contents = _renamed(
        tuple((path, _decode(file.content_bytes)) for path, file in sources.items())
    )
    copies = {}
    for path, file in sources.items():
        content = contents[path]
        if path.startswith("assets/"):
            file.content_bytes, file.dest_uri = content, names[path]
            for derived in ("url", "abs_dest_path"):
                file.__dict__.pop(derived, None)
        else:
            copies[names[path]] = content
    return Renamed(names, copies)


@functools.lru_cache(maxsize=1)  # they seldom change while a site is served
def _renamed(texts: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the new names of files, and what they hold under them, by path."""
    names = hashed_names(dict(texts))
    return names, {path: _encode(rewrite_imports(path, text, names)) for path, text in texts}


def hashed_names(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a new name for each file: `score/quick.js` becomes `score/quick.0a1b2c3d.js`.

    `texts` are what the files hold, by their paths. The eight digits are a hash of the file and
    of all that it imports, directly or not.
    """
    imports = {path: {*_imports(path, text)} & texts.keys() for path, text in texts.items()}
    digests = {path: hashlib.sha256(_encode(text)).hexdigest() for path, text in texts.items()}
    names = {}
    for path in texts:
        reached, waiting = set[str](), {path}
        while waiting:
            reached |= waiting
            waiting = {other for one in waiting for other in imports[one]} - reached
        folder = posixpath.join("/", posixpath.dirname(path))
        parts = [f"{digests[one]} {posixpath.relpath(f'/{one}', folder)}" for one in reached]
        digest = hashlib.sha256("\n".join([digests[path], *sorted(parts)]).encode()).hexdigest()
        stem, suffix = posixpath.splitext(path)
        names[path] = f"{stem}.{digest[:8]}{suffix}"
    return names


def rewrite_imports(path: str, text: str, names: Mapping[str, str]) -> str:
    """Return a script or style with the files that it imports under their new names."""

    def renamed(match: re.Match[str]) -> str:
        address, rest = _split(match["address"])
        name = names.get(_target(path, address))
        return match[0] if name is None else _with_address(match, _under(address, name) + rest)

    return _pattern(path).sub(renamed, text)


def _imports(path: str, text: str) -> Iterator[str]:
    for match in _pattern(path).finditer(text):
        yield _target(path, _split(match["address"])[0])


def _pattern(path: str) -> re.Pattern[str]:
    return _SHEET if path.endswith(".css") else _IMPORT


def _target(path: str, address: str) -> str:
    """Return the path that an address in a file leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))


def _split(address: str) -> tuple[str, str]:
    """Split an address before its query or fragment."""
    path = re.split("[?#]", address)[0]
    return path, address[len(path) :]


def _under(address: str, name: str) -> str:
    """Return the address of a file beside the one that `address` leads to: `name` is its path."""
    return posixpath.join(posixpath.dirname(address), quote(posixpath.basename(name)))


def _with_address(match: re.Match[str], address: str) -> str:
    start, end = match.span("address")
    return match[0][: start - match.start()] + address + match[0][end - match.start() :]


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")  # a fork's own may be in any encoding


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
