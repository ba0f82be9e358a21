"""Keeps what takes long to make, pictures and PDFs, from one build to the next."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

#: After so many days without a build that asked for it, a file is deleted.
_DAYS = 30
#: How many bytes the sum of a file has.
_SUM = 32


class Cache:
    """Files of one `kind` in a folder; each is named by a sum of everything that it depends on.

    Each begins with a sum of what it holds, as a disk may lose a part of it. Without a folder, and
    where it cannot be read or written, nothing is kept.
    """

    def __init__(self, folder: Path | None, kind: str) -> None:
        self._folder, self._kind = folder, kind

    def read(self, *parts: bytes) -> bytes | None:
        """Return what was kept for `parts`; None if that is nothing, or no longer whole."""
        if self._folder is None:
            return None
        file = self._folder / self._name(parts)
        with contextlib.suppress(OSError):
            content = file.read_bytes()
            if content[:_SUM] == _sum_of(content[_SUM:]):
                os.utime(file)  # asked for today
                return content[_SUM:]
        return None

    def write(self, content: bytes, *parts: bytes) -> None:
        """Keep `content` for `parts`, whole or not at all."""
        if self._folder is None:
            return
        file = self._folder / self._name(parts)
        draft = file.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_sum_of(content) + content)
            draft.replace(file)
        except OSError:  # a full disk leaves a part of the draft
            with contextlib.suppress(OSError):
                draft.unlink()

    def prune(self, most: int | None = None) -> None:
        """Delete the files that no build has asked for in 30 days; keep the last `most`, if any."""
        oldest = time.time() - _DAYS * 24 * 60 * 60
        ages: list[tuple[float, Path]] = []
        for file in self._folder.glob(f"{self._kind}-*") if self._folder else ():
            with contextlib.suppress(OSError):
                ages.append((file.stat().st_mtime, file))
        for place, (asked, file) in enumerate(sorted(ages, reverse=True)):
            if asked < oldest or (most is not None and place >= most):
                with contextlib.suppress(OSError):
                    file.unlink()

    def _name(self, parts: Iterable[bytes]) -> str:
        digest = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts))
        return f"{self._kind}-{digest.hexdigest()}"


def _sum_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
