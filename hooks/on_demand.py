"""Pages that the theme makes when somebody asks for them, and not before.

A preview shows one page of hundreds at a time. In place of each lies a file that says which one it
is, and whoever asks for it gets the page. So no page is ever older than the last build.
"""

from __future__ import annotations

import html
import threading
import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = get_plugin_logger("playbook")

#: How a file begins that stands for a page. Only files of HTML that MkDocs writes begin with it.
_MARK = b"<!-- made on demand: "


class OnDemand:
    """The pages of the last build: what they will be made of, and those that were asked for."""

    def __init__(self) -> None:
        self.waiting: dict[str, _Waiting] = {}
        self.made: dict[str, str] = {}
        self.next: dict[str, _Waiting] = {}
        self.lock = threading.Lock()
        #: Whether somebody answers with them; before that, and without live reload, nobody does.
        self.is_asked = False

    def defer(self, page: Page, env: jinja2.Environment) -> None:
        """Let a page wait that MkDocs is about to give to the theme."""
        later = _Later("")
        later.own = page.meta.get("template")
        later.real = env.get_template(later.own or "main.html")
        later.page, later.waiting = page, self.next
        page.meta["template"] = later

    def finish(self) -> None:
        """Make the pages of the build that ends here from now on."""
        self.waiting, self.next, self.made = self.next, {}, {}

    def answering(self, serve: WSGIApplication) -> WSGIApplication:
        """What answers as a server of files does, with pages in place of what stands for them."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
            status, headers, body = _answer(serve, environ)
            if body.startswith(_MARK):
                # What follows is the script that MkDocs gives to each page which it serves.
                url, script = body.removeprefix(_MARK).split(b" -->", 1)
                try:
                    page = self._page(url.decode())
                except Exception:  # a template is a program, and may raise whatever it likes
                    log.exception("/%s cannot be made", url.decode())
                    status, page = "500 Internal Server Error", _report(traceback.format_exc())
                before, end, after = page.rpartition("</body>")
                body = before.encode() + script + f"{end}{after}".encode()
                headers = [(name, value) for name, value in headers if name != "Content-Length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        self.is_asked = True
        return answer

    def _page(self, url: str) -> str:
        """The HTML of a page; nothing where its build is over, as the browser will ask again."""
        with self.lock:  # pages share what tells which of them is shown
            if url not in self.made and url in self.waiting:
                self.made[url] = self.waiting[url].made()
            return self.made.get(url, "")


class _Later(jinja2.Template):
    """Stands in for the template of a page, and only takes down what that would be given."""

    page: Page
    own: str | None
    real: jinja2.Template
    waiting: dict[str, _Waiting]

    def render(self, *args: Any, **kwargs: Any) -> str:
        """What stands for the page."""
        if self.own is None:
            del self.page.meta["template"]
        else:
            self.page.meta["template"] = self.own
        self.waiting[self.page.url] = _Waiting(self.page, self.real, args[0])
        return f"{_MARK.decode()}{self.page.url} -->"


class _Waiting(NamedTuple):
    page: Page
    template: jinja2.Template
    context: TemplateContext

    def made(self) -> str:
        """The page as MkDocs makes it."""
        self.page.active = True
        try:
            text, config = self.template.render(self.context), self.context["config"]
            return config.plugins.on_post_page(text, page=self.page, config=config)
        finally:
            self.page.active = False


def _report(trace: str) -> str:
    """A page that says what went wrong, and goes away with the mistake like any other."""
    return f"<!doctype html><title>500</title><body><pre>{html.escape(trace)}</pre></body>"


def _answer(
    serve: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, list[tuple[str, str]], bytes]:
    """What a server answers: status, headers and body."""
    head: list[Any] = []

    def start(*given: Any) -> Any:
        head[:] = given

    body = serve(environ, start)
    try:
        return head[0], head[1], b"".join(body)
    finally:
        if hasattr(body, "close"):  # of those that are files, says PEP 3333
            body.close()
