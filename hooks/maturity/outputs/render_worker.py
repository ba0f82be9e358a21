"""What runs in a process that makes PDFs and share pictures: what it can make, and until when.

The first of them loads WeasyPrint, which takes a third of a second, and then forks.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import NoReturn

from . import page_images, pdf

#: Whatever their versions change in a file.
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "pypdfium2", "pillow")


def serve(ends: Sequence[int]) -> NoReturn:
    """Make files in a process for each pair of `ends`, descriptors of pipes; never return.

    The first of a pair holds jobs, one a line, the second takes files, a line each, empty where
    one cannot be made. A process ends when no more jobs can come: also where whoever asks is
    killed. Raises ImportError or OSError, before it forks, where WeasyPrint cannot be loaded.
    """
    import weasyprint  # noqa: F401

    gc.freeze()
    gc.set_threshold(3_000_000)  # more objects than forty sheets leave, of 100 bytes each
    # For the fonts that pictures bring along: WeasyPrint's own folders stay where `_exit` ends it.
    with tempfile.TemporaryDirectory(prefix="maturity-") as tempfile.tempdir:
        # Pango has threads that find fonts, and a fork loses threads: it must not have begun.
        first, *others = zip(ends[::2], ends[1::2], strict=True)
        for pair in others:
            if not os.fork():
                try:
                    _answer(pair, ends)
                finally:
                    os._exit(0)
        _answer(first, ends)
        for _ in others:
            os.wait()
    os._exit(0)  # whatever is in memory goes with the process


def _answer(mine: tuple[int, int], ends: Sequence[int]) -> None:
    """Make what is asked for at two of `ends`, and close the others."""
    for end in {*ends} - {*mine}:
        os.close(end)
    # Whoever asks may be killed at any moment.
    with (
        contextlib.suppress(OSError),
        os.fdopen(mine[0], "rb") as jobs,
        os.fdopen(mine[1], "wb") as files,
    ):
        for job in jobs:
            files.write(base64.b64encode(_make(*json.loads(job))) + b"\n")
            files.flush()


def _make(kind: str, html: str) -> bytes:
    """Return a file; nothing where that fails: whoever asks makes it, and says what is wrong."""
    try:
        return MAKE[kind](html)
    except Exception:
        return b""


def digest_dependencies() -> bytes:
    """Sum up what changes a file beside its HTML: these modules, the libraries, and every font.

    Raises ImportError where a library is missing, OSError where WeasyPrint does not find Pango.
    """
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
    versions = [*map(metadata.version, _LIBRARIES), pango.pango_version()]
    return hashlib.sha256(repr((versions, modules, known)).encode()).digest()


#: What can be made out of HTML, by the name that a job has for it; and a digest of the rest.
MAKE: dict[str, Callable[[str], bytes]] = {
    "sheet": pdf.make,
    "share": page_images.draw,
    "dependencies": lambda _: digest_dependencies(),
}
