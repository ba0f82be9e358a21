"""Pages and files that are made when somebody asks for them, and not before.

A preview shows one page of hundreds at a time. In place of each lies a file that says which one it
is, and whoever asks for it gets the page. So no page is ever older than the last build.
"""

from __future__ import annotations

import html
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import jinja2
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = get_plugin_logger("playbook")

#: How a file begins that stands for another. Nothing else that a site holds begins with it.
_MARK = b"<!-- made on demand: "
_END = b" -->"
_ENVIRONMENT = jinja2.Environment(autoescape=True)
_NOTHING = _ENVIRONMENT.compile("")


class OnDemand:
    """The pages and files of the last build: what makes them, and those that were asked for."""

    def __init__(self) -> None:
        self.waiting: dict[str, Callable[[], str | bytes]] = {}
        self.next: dict[str, Callable[[], str | bytes]] = {}
        self.made: dict[str, bytes] = {}
        self.lock = threading.Lock()
        #: Whether somebody answers with them; before that, and without live reload, nobody does.
        self.is_asked = False

    def stand_in(self, name: str, make: Callable[[], str | bytes]) -> bytes:
        """What lies in the place of a file until somebody asks for it."""
        self.next[name] = make
        return _MARK + name.encode() + _END

    def defer(self, page: Page, env: jinja2.Environment) -> None:
        """Let a page wait that MkDocs is about to give to the theme."""
        later = cast(_Later, _Later.from_code(_ENVIRONMENT, _NOTHING, {}))
        later.own = page.meta.get("template")
        later.real = env.get_template(later.own or "main.html")
        later.page, later.on_demand = page, self
        page.meta["template"] = later

    def finish(self) -> None:
        """From now on, make what belongs to the build that ends here."""
        self.waiting, self.next, self.made = self.next, {}, {}

    def answering(self, serve: WSGIApplication) -> WSGIApplication:
        """What answers as a server of files does, with each file in place of its stand-in."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
            status, headers, body = _answer(serve, environ)
            if body.startswith(_MARK):
                # What follows is the script that MkDocs gives to each page which it serves.
                name, script = body.removeprefix(_MARK).split(_END, 1)
                try:
                    made = self._made(name.decode())
                except Exception:  # a template is a program, and may raise whatever it likes
                    log.exception("/%s cannot be made", name.decode())
                    status, made = "500 Internal Server Error", _report(traceback.format_exc())
                before, end, after = made.rpartition(b"</body>")
                body = before + script + end + after
                headers = [(key, value) for key, value in headers if key != "Content-Length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        self.is_asked = True
        return answer

    def _made(self, name: str) -> bytes:
        """What belongs there; nothing where its build is over, as the browser will ask again."""
        with self.lock:  # pages share what tells which of them is shown
            if name not in self.made and name in self.waiting:
                made = self.waiting[name]()
                self.made[name] = made.encode() if isinstance(made, str) else made
            return self.made.get(name, b"")


class _Later(jinja2.Template):
    """Stands in for the template of a page, and only takes down what that would be given."""

    page: Page
    own: str | None
    real: jinja2.Template
    on_demand: OnDemand

    def render(self, *args: Any, **kwargs: Any) -> str:
        """What stands for the page."""
        if self.own is None:
            del self.page.meta["template"]
        else:
            self.page.meta["template"] = self.own
        make = partial(_page, self.page, self.real, args[0])
        return self.on_demand.stand_in(self.page.url, make).decode()


def _page(page: Page, template: jinja2.Template, context: TemplateContext) -> str:
    """A page as MkDocs makes it."""
    page.active = True
    try:
        text, config = template.render(context), context["config"]
        return config.plugins.on_post_page(text, page=page, config=config)
    finally:
        page.active = False


def _report(trace: str) -> bytes:
    """A page that says what went wrong, and goes away with the mistake like any other."""
    text = f"<!doctype html><title>500</title><body><pre>{html.escape(trace)}</pre></body>"
    return text.encode()


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
