"""A folder in memory for what tests write, where the machine has one with room.

Most tests copy the project or build a site: hundreds of small files each, and to make a file on
a disk may take many times the work that it takes in memory.
"""

from __future__ import annotations

import os
import tempfile

from in_memory import folder_in_memory

#: Bytes that have to be free, in the folder and of the memory: several times what a run writes.
ROOM = 4 * 2**30


def use() -> None:
    """Let this process, and all that it starts, make temporary files in memory, if there is room.

    Where somebody has set another folder in `TMPDIR`, it stays.
    """
    folder = folder_in_memory(ROOM)
    if folder and not os.statvfs(folder).f_flag & os.ST_NOEXEC:  # they write programs, and run them
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
