"""What was made of each page, for the next build: in memory, and in a file between commands."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from maturity.outputs.cache import Cache
from mkdocs.config.defaults import MkDocsConfig

#: So many files of a kind are kept: one for each set of rules, of about two megabytes here.
_MOST = 4
_PROTOCOL = 5
#: Whatever of this package had a hand in it: what a mistake here made must not outlast the mistake.
_CODE = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]

T = TypeVar("T")


class KeptPages(Generic[T]):
    """What was made of pages, each by its path with a sum of what it was made from.

    All of it goes when `rules` change, which say whatever else it depends on.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._cache = Cache(None, kind)
        self._pages: dict[str, tuple[bytes, T]] = {}
        self._rules: bytes | None = None
        self._is_new = False

    def open(self, config: MkDocsConfig, rules: object) -> None:
        """Go on with what was made by the same rules; keep nothing where `rules` is None.

        `rules` is anything whose `repr` says all of it.
        """
        around = (sys.version, _CODE, rules)
        digest = None if rules is None else sum_of(around)
        if digest is not None and digest == self._rules:
            return
        self._rules, self._pages, self._is_new = digest, {}, False
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self._cache = Cache(root / ".cache", self._kind)
        if digest is not None and (kept := self._cache.read(digest)) is not None:
            with contextlib.suppress(Exception):  # whatever a broken file raises
                self._pages = pickle.loads(kept)  # noqa: S301  # as safe as the code beside it

    def save(self) -> None:
        """Keep for the next command what is new since this one has begun."""
        if self._is_new and self._rules is not None:
            self._cache.write(pickle.dumps(self._pages, _PROTOCOL), self._rules)
            self._cache.prune(most=_MOST)
            self._is_new = False

    def get(self, path: str, digest: bytes) -> T | None:
        """Return what was made of a page from what has this sum; None if that is nothing."""
        known = self._pages.get(path)
        return known[1] if known is not None and known[0] == digest else None

    def keeper(self, path: str, digest: bytes) -> Callable[[T], None]:
        """Return what keeps that which will be made of a page from what has this sum.

        Nothing is kept where rules are unknown, or are others by then.
        """
        rules = self._rules

        def keep(made: T) -> None:
            if rules is not None and rules == self._rules:
                self._pages[path], self._is_new = (digest, made), True

        return keep

    def forget(self, path: str) -> None:
        """Forget what was made of a page."""
        self._pages.pop(path, None)

    @property
    def is_open(self) -> bool:
        """Whether anything is kept at all."""
        return self._rules is not None


def sum_of(value: object) -> bytes:
    """Return a sum of a text, or of what `repr` says of anything else."""
    text = value if isinstance(value, str) else repr(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
