"""Fillable PDFs out of the HTML that their templates make.

WeasyPrint lays a sheet out and tags it. Its own fields are not what viewers expect: it embeds a
whole font for text, names each radio button twice, and draws no empty box. So every field is a
checkbox to it, and `data-field` says what becomes of it here: `tick`, `choice`, `text`, `lines`.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import gc
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pydyf
from pydyf import PDF, Array, Dictionary, Object, Stream, String

MISSING = (
    "No PDFs this time: they need Pango (Debian, Ubuntu: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 fonts-liberation; macOS: brew install pango)"
)
#: Flags of a field, ISO 32000-1, tables 226 and 228.
_CHOICE, _LINES = 1 << 15, 1 << 12
#: How typed text looks, in a font that every viewer has.
_TYPED = String("/Helv 9 Tf 0 g")
_HELVETICA = {
    "Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding",
}  # fmt: skip
#: What is drawn in a box whose side is 1.
_TICK = "0.14 w 1 J 1 j 0.22 0.5 m 0.42 0.27 l 0.8 0.77 l S"
_DOT = "0.55 w 1 J 0.5 0.5 m 0.5 0.5 l S"
_NOTHING = ""


def works() -> bool:
    """Tell whether WeasyPrint finds what it needs on this system."""
    try:
        import weasyprint  # noqa: F401  # takes half a second that most commands do not need
    except OSError:
        return False
    return True


def make_all(sheets: Sequence[str], folder: Path | None = None) -> list[Callable[[], bytes]]:
    """Begin to render each sheet as `make` does, in as many processes as there are processors.

    Returns functions that return the files, in the order of their sheets: they wait where one is
    not ready. What an earlier build has made out of the same HTML, fonts and libraries is taken
    from `folder`; None keeps nothing.
    """
    from .cache import Cache  # a process beside this one needs no cache, and knows no package

    cache, around = Cache(folder, "sheet"), _what_all_depend_on() if folder else b""
    kept = {html: cache.read(around, html.encode()) for html in sheets}
    begun = _begin([html for html, file in kept.items() if file is None])
    if begun:
        cache.prune()

    def take(html: str) -> bytes:
        if (file := kept[html]) is None:
            # What went wrong there, goes wrong here as well, and is said.
            file = kept[html] = begun[html].result() or make(html)
            cache.write(file, around, html.encode())
        return file

    return [functools.partial(take, html) for html in sheets]


def _begin(sheets: list[str]) -> dict[str, Future[bytes]]:
    """Share the sheets out to processes, the longest first; return what becomes of each.

    That is empty where a process fails. A process takes a third of a second to begin, as long as
    two sheets. Nobody waits for the threads: they end with this process.
    """
    waiting = SimpleQueue[str]()
    begun: dict[str, Future[bytes]] = {html: Future() for html in sheets}
    for html in sorted(sheets, key=len, reverse=True):
        waiting.put(html)
    for _ in range(min(os.cpu_count() or 1, -(-len(sheets) // 4))):
        threading.Thread(target=_make_elsewhere, args=(waiting, begun), daemon=True).start()
    return begun


def _make_elsewhere(waiting: SimpleQueue[str], begun: Mapping[str, Future[bytes]]) -> None:
    """Make sheets in a process of its own, until none waits.

    It ends with this one, however that ends: its input closes, or nobody reads its output.
    """
    command = [sys.executable, "-P", __file__]
    with ExitStack() as stack:
        process = None
        with contextlib.suppress(OSError):
            process = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # this very module
            )
        while True:
            try:
                html = waiting.get_nowait()
            except Empty:
                return
            begun[html].set_result(_answer_of(process, html) if process else b"")


def _answer_of(process: subprocess.Popen[bytes], html: str) -> bytes:
    """Return the file that a process makes of a sheet; nothing if it has ended."""
    if process.stdin is None or process.stdout is None:
        return b""
    with contextlib.suppress(OSError):
        process.stdin.write(json.dumps(html).encode() + b"\n")
        process.stdin.flush()
        return base64.b64decode(process.stdout.readline())
    return b""


@functools.cache
def _what_all_depend_on() -> bytes:
    """Sum up what changes a PDF beside its HTML: this module, the libraries, and every font."""
    from weasyprint import VERSION
    from weasyprint.text.ffi import ffi, fontconfig, pango

    config, name = fontconfig.FcInitLoadConfigAndFonts(), ffi.new("FcChar8 **")
    files, fonts = set(), fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    for index in range(fonts.nfont):
        if not fontconfig.FcPatternGetString(fonts.fonts[index], b"file", 0, name):
            files.add(ffi.string(ffi.cast("char *", name[0])).decode())
    listed = fontconfig.FcConfigGetConfigFiles(config)
    while (file := fontconfig.FcStrListNext(listed)) != ffi.NULL:
        files.add(ffi.string(ffi.cast("char *", file)).decode())
    fontconfig.FcConfigDestroy(config)
    stats = [(file, file.stat()) for file in map(Path, sorted(files)) if file.exists()]
    known = [(file, stat.st_size, stat.st_mtime_ns) for file, stat in stats]
    around = VERSION, pydyf.VERSION, pango.pango_version(), Path(__file__).read_bytes(), known
    return hashlib.sha256(repr(around).encode()).digest()


def make(html: str) -> bytes:
    """Render a sheet to a fillable, tagged PDF; nothing is fetched for it."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    sheet = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))
    file: bytes = sheet.write_pdf(
        pdf_forms=True, pdf_variant="pdf/ua-1", finisher=_make_fields, font_config=_fonts()
    )
    return file


@functools.cache
def _fonts() -> Any:
    """Look for the fonts of the system once; a sheet cannot add any, as nothing is fetched."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _make_fields(document: Any, pdf: PDF) -> None:
    form = _Form(pdf)
    for page in document.pages:
        for inputs in page.forms.values():
            for box, _ in inputs:
                form.add(box.element.attrib, box.widget_annotation)


class _Form:
    """The form of a PDF, and what its fields share."""

    def __init__(self, pdf: PDF) -> None:
        self.pdf = pdf
        self.fields = Array()
        self.groups: dict[str, Dictionary] = {}
        self.off, self.tick, self.dot = map(self._drawing, (_NOTHING, _TICK, _DOT))
        fonts = Dictionary({"Helv": self._added(Dictionary(_HELVETICA))})
        pdf.catalog["AcroForm"] = Dictionary(
            {"Fields": self.fields, "DR": Dictionary({"Font": fonts}), "DA": _TYPED}
        )

    def add(self, element: Mapping[str, str], widget: Dictionary) -> None:
        """Turn a checkbox into the field that the attributes of its element ask for."""
        self._forget(widget)
        kind = element.get("data-field")
        if kind == "choice":
            self._choose(element, widget)
            return
        self.fields.append(widget.reference)
        if kind == "tick":
            widget |= {"FT": "/Btn", "V": "/Off", **self._states("on", self.tick)}
        else:
            widget |= {"FT": "/Tx", "DA": _TYPED, "Ff": _LINES if kind == "lines" else 0}

    def _choose(self, element: Mapping[str, str], widget: Dictionary) -> None:
        """An answer is a kid of its question, and has neither name nor type of its own."""
        name = element["name"]
        if name not in self.groups:
            self.groups[name] = Dictionary({"FT": "/Btn", "Ff": _CHOICE, "V": "/Off"})
            self.groups[name] |= {"T": String(name), "TU": String(element["data-question"])}
            self.groups[name]["Kids"] = Array()
            self.fields.append(self._added(self.groups[name]))
        group = self.groups[name]
        group["Kids"].append(widget.reference)
        del widget["T"]
        widget |= {"Parent": group.reference, **self._states(element["value"], self.dot)}

    def _forget(self, widget: Dictionary) -> None:
        """Take out what makes it a checkbox, and what was to be drawn in it."""
        drawing = int(widget["AP"]["N"]["on"].split()[0])
        empty = Dictionary()
        empty.number = drawing
        self.pdf.objects[drawing] = empty
        for name in ("AP", "AS", "FT", "MK", "V"):
            del widget[name]

    def _states(self, name: str, drawing: bytes) -> dict[str, Any]:
        states = Dictionary({name: drawing, "Off": self.off})
        return {"AP": Dictionary({"N": states}), "AS": "/Off"}

    def _drawing(self, operators: str) -> bytes:
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": Array((0, 0, 1, 1))}
        return self._added(Stream([operators], extra))

    def _added(self, part: Object) -> bytes:
        self.pdf.add_object(part)
        reference: bytes = part.reference
        return reference


def _answer() -> None:
    """Make the sheets that standard input holds, one a line; write each file to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the other process says what happened
    gc.set_threshold(3_000_000)  # more objects than forty sheets leave, of 100 bytes each
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(base64.b64encode(make(json.loads(line))) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _answer()
