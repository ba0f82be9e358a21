"""The processes that make PDFs and pictures, seen from inside: what they can make, and until when.

The first of them loads WeasyPrint, which takes a third of a second, and then forks.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pydyf

from . import page_images, pdf


def serve(pipes: Sequence[int]) -> None:
    """Make files in a process for each pair of `pipes`; return nowhere.

    The first of a pair holds jobs, one a line, the second takes what was made, a line each. A
    process ends when no more jobs can come: also where whoever asks is killed. All end at once
    where WeasyPrint cannot be loaded.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the other process says what happened
    with contextlib.suppress(OSError):
        import weasyprint  # noqa: F401

        gc.freeze()
        gc.set_threshold(3_000_000)  # more objects than forty sheets leave, of 100 bytes each
        mine, others, children = pipes[:2], pipes[2:], []
        # Pango has threads that find fonts, and a fork loses threads: it must not have begun.
        while others:
            pair, others = others[:2], others[2:]
            if child := os.fork():
                children.append(child)
                _close(pair)
            else:
                _close([*mine, *others])
                mine, others, children = pair, [], []
        _answer(*mine)
        for child in children:
            os.waitpid(child, 0)
    os._exit(0)  # whatever is in memory goes with the process


def _close(pipes: Sequence[int]) -> None:
    for pipe in pipes:
        os.close(pipe)


def _answer(jobs: int, files: int) -> None:
    with os.fdopen(jobs, "rb") as lines, os.fdopen(files, "wb") as made:
        for line in lines:
            kind, html = json.loads(line)
            made.write(base64.b64encode(MAKE[kind](html)) + b"\n")
            made.flush()


def what_all_depend_on() -> bytes:
    """Sum up what changes a file beside its HTML: these modules, the libraries, and every font.

    Raises OSError where WeasyPrint does not find what it needs on this system.
    """
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
    modules = [Path(str(module.__file__)).read_bytes() for module in (pdf, page_images)]
    around = VERSION, pydyf.VERSION, pango.pango_version(), modules, known
    return hashlib.sha256(repr(around).encode()).digest()


#: What can be made out of HTML, by the name that a job has for it; and the sum of the rest.
MAKE: dict[str, Callable[[str], bytes]] = {
    "sheet": pdf.make,
    "share": page_images.draw,
    "around": lambda _: what_all_depend_on(),
}
