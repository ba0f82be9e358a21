"""Serve the site with live reload: broken settings show as a page, new ones get a new start.

What `mkdocs serve` does, but for the settings of the site: it ends where they cannot be read, hangs
where they break later, and never takes others. A new start is a new process that goes on with the
same socket, so that whoever asks meanwhile waits for the answer.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import signal
import socket
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from in_memory import folder_in_memory
from maturity.definition.atomic import workroom
from maturity.definition.problems import FrameworkError, Position, Problem
from maturity.pages.render import problem_page
from maturity.site import configuration, wrong_settings
from maturity.site.selection import SETTINGS_FILES, settings_file
from mkdocs.__main__ import State
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import clean_directory, write_file
from shortcuts.watching import nobody_looking, was_written_since, watch_settings

log = logging.getLogger("mkdocs.serve")

#: Bytes of memory that have to be free for a site to lie there: a hundred times what ours takes.
ROOM = 2 * 2**30

#: Settings that are read once, when a preview starts; MkDocs reads all others at each build.
READ_ONCE = ("docs_dir", "site_url", "hooks", "plugins", "watch")
#: The same, inside of `theme` and of `extra: maturity:`.
READ_ONCE_OF_THEME = ("name", "custom_dir")
READ_ONCE_OF_OURS = ("framework", "shortcuts")


class NewStart(SystemExit):
    """Ends a preview whose settings ask for a new start."""


def main() -> None:
    """Serve until somebody ends it; start anew as often as it takes."""
    arguments = _arguments()
    for ending in (signal.SIGTERM, signal.SIGHUP):  # the folder of the site goes then too
        signal.signal(ending, lambda *_: sys.exit(0))
    state = State()  # type: ignore[no-untyped-call]  # prints what MkDocs says
    try:
        inherited = arguments.listening
        address = arguments.address
        listening = listen(address) if inherited is None else socket.socket(fileno=inherited)
        try:
            _serve(listening, address.rpartition(":")[0])
        except NewStart:
            log.info("The settings of the site ask for a new start")
            _start_anew(arguments, listening)
    except KeyboardInterrupt:
        log.info("Shutting down...")
    finally:
        state.stream.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="127.0.0.1:8000", help="HOST:PORT")
    parser.add_argument("--listening", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def listen(address: str) -> socket.socket:
    """Return a socket that listens at an address, such as 127.0.0.1:8000.

    Raises SystemExit with a message where the address is none, or is taken.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        sys.exit(f"ADDRESS is a host and a port, such as 127.0.0.1:8000, not {address}")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=100)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            sys.exit(f"nothing can listen at {address}: {error.strerror or error}")
    other = f"{host if ':' not in host else f'[{host}]'}:{int(port) + 1}"
    sys.exit(
        f"{address} is in use, perhaps by another make serve.\n"
        f"End that one, or take another port: make serve ADDRESS={other}"
    )


def _start_anew(arguments: argparse.Namespace, listening: socket.socket) -> None:
    """Replace this process by a new one that answers at the same socket."""
    listening.set_inheritable(True)
    command = [sys.executable, __file__, "--address", arguments.address]
    command += ["--listening", str(listening.fileno())]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606  # the same program again


def _serve(listening: socket.socket, host: str) -> None:
    """Serve the site of the folder at hand."""
    # A killed preview leaves its folder behind, and the next one deletes it.
    with workroom(folder_in_memory(ROOM) or Path(tempfile.gettempdir())) as folder:
        preview = Preview(folder)
        server = Server(preview, listening, host)
        try:
            server.first_build()
            server.look_back()
            server.serve()  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()


class Preview:
    """What is served: the site in a folder, or a page with what keeps it from being one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun = time.time()
        self.file = _settings_file()
        #: The settings as they were at the start; None if they could not be read.
        self.config: MkDocsConfig | None = None
        self.problems = ""
        try:
            self.config = load(self.file, folder)
            self.config.plugins.on_startup(command="serve", dirty=False)
        except FrameworkError as error:
            self.problems = error.report(Path.cwd())
        self.read_once = read_once(self.file)

    def build(self, config: MkDocsConfig | None, url: str) -> None:
        """Build the site, or else the page that says why not; nothing that is wrong is raised."""
        try:
            log.info("Building documentation...")
            config = config or load(self.file, self.folder)
            config.site_url = url
            build(config, serve_url=url)
        except FrameworkError as error:
            self.show(error.report(Path.cwd()))
        except MkDocsException as error:
            self.show(str(error).strip())
        except OSError as error:
            self.show(f"{error.filename2 or error.filename}: {error.strerror or error}")
        except Exception:  # a template or plugin is a program, and may raise whatever it likes
            self.show(traceback.format_exc().rstrip())

    def build_again(self, url: str) -> None:
        """Build after a change; raises NewStart if the settings ask for it."""
        try:
            if _settings_file() != self.file:
                raise NewStart
            if self.config is None or read_once(self.file) != self.read_once:
                load(self.file, self.folder)
                raise NewStart
        except FrameworkError as error:
            self.show(error.report(Path.cwd()))
            return
        self.build(None, url)

    def show(self, report: str) -> None:
        """Print a report, and let it be the page at every address."""
        log.info("\n\n%s\n", report)
        clean_directory(str(self.folder))
        page = problem_page(report, Path.cwd() / "overrides" / "pages")
        for name in ("index.html", "404.html"):
            write_file(page.encode(), str(self.folder / name))


class Server(LiveReloadServer):
    """Answers at a socket that listens already."""

    def __init__(self, preview: Preview, listening: socket.socket, host: str) -> None:
        config = preview.config
        path = urlsplit(config.site_url or "/").path if config else "/"
        port = listening.getsockname()[1]
        super().__init__(self._build_again, host, port, str(preview.folder), path)
        self.preview, self.listening = preview, listening
        self.error_handler = self._error_page

    def first_build(self) -> None:
        """Build, and watch whatever may change."""
        config, preview = self.preview.config, self.preview
        if config is None:
            preview.show(preview.problems)
            watch_settings(self, preview.file)
            return
        preview.build(config, self.url)
        self.watch(config.docs_dir)
        self.watch(config.config_file_path)
        config.plugins.on_serve(self, config=config, builder=self.builder)
        inherited = map(str, configuration.lineage(preview.file)[1:])
        for place in (*config.watch, *inherited):
            self.watch(place)

    def look_back(self) -> None:
        """Ask for another build if anything was saved while the first one ran."""
        with self._rebuild_cond:
            self._want_rebuild = was_written_since(self, self.preview.begun)

    def _build_again(self) -> None:
        with nobody_looking(self):
            self.preview.build_again(self.url)

    def _error_page(self, code: int) -> bytes | None:
        page = self.preview.folder / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    def server_bind(self) -> None:
        """Take the socket; what is closed at the end is this copy of it."""
        self.socket.close()
        self.socket = self.listening.dup()
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.socket.getsockname()[:2]
        self.setup_environ()

    def server_activate(self) -> None:
        """Do nothing: it listens already."""


def _settings_file() -> Path:
    root = Path.cwd()
    return settings_file(root) or root / SETTINGS_FILES[-1]


def load(file: Path, site: Path) -> MkDocsConfig:
    """Load settings as MkDocs does, for a site in the folder `site`.

    Raises FrameworkError for what is wrong with them, each at its place.
    """
    wrong_settings.check(file)
    config = MkDocsConfig(config_file_path=str(file))
    try:
        with file.open("rb") as stream:
            config.load_file(stream)
    except MkDocsException as error:
        raise FrameworkError([Problem(Position(file), str(error))]) from None
    config.load_dict({"site_dir": str(site), "strict": False})
    errors, warnings = config.validate()
    for key, warning in warnings:
        log.warning("Config value '%s': %s", key, warning)
    if errors:
        raise FrameworkError(
            Problem(configuration.key_position(file, key), f"{key}: {error}")
            for key, error in errors
        )
    return config


def read_once(file: Path) -> dict[str, Any]:
    """Return the settings that are read once; none where they cannot be read.

    The files that they stand in are among them.
    """
    try:
        settings = configuration.load(file)
    except FrameworkError:
        return {}
    extra, theme = settings.get("extra"), settings.get("theme")
    ours = extra.get("maturity") if isinstance(extra, dict) else None
    return {
        "files": configuration.lineage(file),
        **_part(settings, READ_ONCE),
        "theme": _part(theme, READ_ONCE_OF_THEME) if isinstance(theme, dict) else theme,
        "maturity": _part(ours, READ_ONCE_OF_OURS) if isinstance(ours, dict) else ours,
    }


def _part(settings: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: settings.get(key) for key in keys}


if __name__ == "__main__":
    main()
