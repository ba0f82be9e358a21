"""Tells whether files that nobody keeps can lie in memory, where making and deleting them is quick.

A disk may look long for room among files that were deleted a moment ago: a preview, which writes
its six hundred files anew after each edit, waits half a second for it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

#: Linux's folder in memory; other systems have none, and a container's is often tiny.
FOLDER = Path("/dev/shm")  # noqa: S108  # whoever writes there makes a folder of their own


def folder_in_memory(room: int) -> Path | None:
    """Return the system's folder in memory; None where it or the memory has less than `room` bytes.

    None too where somebody has set another folder in `TMPDIR`.
    """
    if "TMPDIR" in os.environ or not os.access(FOLDER, os.W_OK):
        return None
    disk = os.statvfs(FOLDER)
    available = re.search(r"^MemAvailable: +(\d+) kB", _memory(), re.MULTILINE)
    free = min(disk.f_bavail * disk.f_frsize, int(available[1]) * 1024 if available else 0)
    return FOLDER if free >= room else None


def _memory() -> str:
    file = Path("/proc/meminfo")
    return file.read_text(encoding="utf-8") if file.exists() else ""
