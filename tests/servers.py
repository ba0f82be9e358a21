"""Servers on this machine, and ports for those that tests start."""

from __future__ import annotations

import fcntl
import functools
import io
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

import pytest

#: Ports below those that systems give away by themselves, so that no other connection takes one.
_PORTS = range(21_000, 29_000)


class _Quiet(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, head: str = "", **named: Any) -> None:
        self.head = head
        super().__init__(*arguments, **named)

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send what comes before the file, and return the file; to a page the head is added."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and self.path.endswith("/") else file
        if not self.head or file.suffix != ".html" or not file.exists():
            return super().send_head()
        page = file.read_text(encoding="utf-8").replace("<head>", f"<head>{self.head}", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            raise


@contextmanager
def serving(folder: Path, head: str = "") -> Iterator[str]:
    """Serve a folder on this machine; gives its address without the last slash.

    `head` is HTML that comes first in the head of every page.
    """
    handler = functools.partial(_Quiet, directory=str(folder), head=head)
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as url:
        yield url


@contextmanager
def reserved_ports() -> Iterator[Callable[[], int]]:
    """Give ports that are nobody else's until the end: each call gives another one.

    Whoever runs tests on this machine, in whatever folder, locks a file for each port.
    """
    folder = Path(tempfile.gettempdir()) / "maturity-test-ports"
    folder.mkdir(exist_ok=True)
    ports = iter(_PORTS)
    with ExitStack() as locks:

        def reserve() -> int:
            for port in ports:
                lock = locks.enter_context((folder / str(port)).open("w"))
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                if _is_free(port):
                    return port
            raise AssertionError("no port is free")

        yield reserve


@pytest.fixture(scope="session")
def free_port() -> Iterator[Callable[[], int]]:
    """Ports that are nobody else's until the tests have ended."""
    with reserved_ports() as reserve:
        yield reserve


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
