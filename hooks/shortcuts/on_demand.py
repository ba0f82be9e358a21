"""Pages and files that are made when somebody asks for them, and not before.

A preview shows one page of hundreds at a time. In place of each lies a file that says which one it
is, and whoever asks for it gets the page. So no page is ever older than the last build. A generated
page that has changed is converted only then, unless something reads all pages in the build.

Saves 1.16 s of 2.02 s from saving a sentence to the fresh page, and 1.41 s of 2.15 s from a title.
Processor time on a busy machine (`make bench PART=shortcuts`).
"""

from __future__ import annotations

import html
import threading
import traceback
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from .shortcut import Shortcut
from .waiting_pages import LatePage, WaitingPages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("playbook")

#: How a file begins that stands for another. Nothing else that a site holds begins with it.
_MARK = b"<!-- made on demand: "
_END = b" -->"
_ENVIRONMENT = jinja2.Environment(autoescape=True)
_NOTHING = _ENVIRONMENT.compile("")

#: What makes a page or file once it is asked for.
Make = Callable[[], str | bytes]


class Contents:
    """What one build has left for later: what makes each page or file, and those that are made.

    `unfinished` are pages whose Markdown is not converted yet, in their order.
    """

    #: Held by whoever makes anything: pages share what tells which of them is shown, and builds
    #: the search.
    _lock = threading.Lock()

    def __init__(self) -> None:
        self.makers: dict[str, Make] = {}
        self.unfinished: list[LatePage] = []
        self._contents: dict[str, bytes] = {}

    def content(self, name: str) -> bytes:
        """Return what belongs in the place of a file, made at most once.

        Empty where the build knows no such file, as it was asked for in an earlier one: the
        browser will ask again.
        """
        with self._lock:
            if name not in self._contents and name in self.makers:
                content = self.makers[name]()
                self._contents[name] = content.encode() if isinstance(content, str) else content
            return self._contents.get(name, b"")

    def finish_pages(self) -> None:
        """Convert what is left; for a maker that needs all pages."""
        for page in self.unfinished:
            page.finish()


class OnDemand(Shortcut):
    """Make the pages and data files of a preview when they are asked for.

    `changed` are the paths of the pages that have to be converted in the running build, and
    `may_wait` tells of its settings whether nobody reads their HTML before it is asked for.
    """

    previews_only = True
    hides_pages = True

    def __init__(
        self,
        changed: Collection[str] = (),
        may_wait: Callable[[MkDocsConfig], bool] = lambda _: False,
    ) -> None:
        self._changed, self._may_wait = changed, may_wait
        #: Of the build that has ended last, and of the one that runs. What is made while a build
        #: ends stays among those of its own.
        self.current = Contents()
        self.next = Contents()
        self._waiting = WaitingPages()
        #: Whether somebody answers with them; before that, and without live reload, nobody does.
        self.is_asked = False

    def placeholder(self, name: str, make: Make) -> bytes:
        """Register `make` for the file `name`; return what lies in its place until it is asked for.

        It can be asked for once the running build has ended.
        """
        self.next.makers[name] = make
        return _MARK + name.encode() + _END

    def on_pre_build(self, **_: object) -> None:
        """Forget what a build has left that never ended."""
        self.next, self._waiting = Contents(), WaitingPages()

    @event_priority(-120)  # when it is known whether it has changed
    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Let a generated page that has changed wait until it is asked for.

        One that somebody writes is converted at once, so that what is wrong with it is said.
        """
        is_ours = bool(page.file.generated_by) and not page.file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
        may_wait = self.is_asked and is_ours and self._may_wait(config)
        if may_wait and page.file.src_uri in self._changed:
            self._waiting.add(page)

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Give every page of the site a template that renders to a placeholder.

        Nothing changes where no server asks for pages: in a build, and in a preview's first one.
        Pages to whose anchors somebody links by hand wait no longer, as MkDocs checks such links.
        """
        if self.is_asked:
            self._waiting.convert_linked(files)
            for file in files.documentation_pages():
                if file.page is not None:
                    self.defer_page(file.page, env)

    def defer_page(self, page: Page, env: jinja2.Environment) -> None:
        """Give a page a template that renders to a placeholder."""
        later = cast(_Later, _Later.from_code(_ENVIRONMENT, _NOTHING, {}))
        later.own = page.meta.get("template")
        later.real = env.get_template(later.own or "main.html")
        later.page, later.on_demand = page, self
        page.meta["template"] = later

    def leave(self, page: LatePage) -> bytes:
        """Return the placeholder of a page, which is registered with it."""
        if self._waiting.leave(page):
            self.next.unfinished.append(page)
        return self.placeholder(page.page.url, page.make)

    def on_post_build(self, **_: object) -> None:
        """From now on, make what belongs to the build that ends here."""
        self.current = self.next

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: object) -> None:
        """Answer those who ask, from the next build on."""
        app = server.get_app()
        if app is not None:
            server.set_app(self.middleware(app))
            self.is_asked = True

    def middleware(self, app: WSGIApplication) -> WSGIApplication:
        """Return an application that answers like `app`, which serves files, without placeholders.

        In place of each it gives the page or file, or a report with the status 500 if that cannot
        be made.
        """

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
            status, headers, body = _answer(app, environ)
            if body.startswith(_MARK):
                # What follows is the script that MkDocs gives to each page which it serves.
                name, script = body.removeprefix(_MARK).split(_END, 1)
                try:
                    content = self.current.content(name.decode())
                except Exception:  # a template is a program, and may raise whatever it likes
                    log.exception("/%s cannot be made", name.decode())
                    status, content = "500 Internal Server Error", _report(traceback.format_exc())
                before, end, after = content.rpartition(b"</body>")
                body = before + script + end + after
                headers = [(key, value) for key, value in headers if key != "Content-Length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        return answer


class _Later(jinja2.Template):
    """Stands in for the template of a page, and only takes down what that would be given."""

    page: Page
    own: str | None
    real: jinja2.Template
    on_demand: OnDemand

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the placeholder of the page."""
        if self.own is None:
            del self.page.meta["template"]
        else:
            self.page.meta["template"] = self.own
        return self.on_demand.leave(LatePage(self.page, self.real, args[0])).decode()


def _report(trace: str) -> bytes:
    """Return a page that says what went wrong, and goes away with the mistake like any other."""
    text = f"<!doctype html><title>500</title><body><pre>{html.escape(trace)}</pre></body>"
    return text.encode()


def _answer(
    app: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return what an application answers: status, headers and body."""
    head: list[Any] = []

    def start(*arguments: Any) -> Any:
        head[:] = arguments

    body = app(environ, start)
    try:
        return head[0], head[1], b"".join(body)
    finally:
        if hasattr(body, "close"):  # of those that are files, says PEP 3333
            body.close()
