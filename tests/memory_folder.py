"""A folder in memory for what tests write, where the machine has one with room.

Most tests copy the project or build a site: hundreds of small files each, and to make a file on
a disk may take many times the work that it takes in memory.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

#: Linux's folder in memory; other systems have none, and a container's is often tiny.
FOLDER = Path("/dev/shm")  # noqa: S108 - each run makes folders of its own in it
#: Bytes that have to be free, in the folder and of the memory: several times what a run writes.
ROOM = 4 * 2**30


def use() -> None:
    """Let this process, and all that it starts, make temporary files in memory, if there is room.

    Where somebody has set another folder in `TMPDIR`, it stays.
    """
    if "TMPDIR" not in os.environ and _may_be_used(FOLDER):
        os.environ["TMPDIR"] = tempfile.tempdir = str(FOLDER)


def _may_be_used(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    disk = os.statvfs(folder)
    available = re.search(r"^MemAvailable: +(\d+) kB", _memory(), re.MULTILINE)
    return (
        not disk.f_flag & os.ST_NOEXEC  # tests write programs, and run them
        and disk.f_bavail * disk.f_frsize >= ROOM
        and available is not None
        and int(available[1]) * 1024 >= ROOM
    )


def _memory() -> str:
    file = Path("/proc/meminfo")
    return file.read_text(encoding="utf-8") if file.exists() else ""
