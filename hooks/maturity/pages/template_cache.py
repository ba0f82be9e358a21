"""Compiled templates, kept from one build to the next, as Python keeps its compiled modules.

A template is compiled anew once its text has changed, or whatever else it is compiled with.
"""

from __future__ import annotations

import contextlib
import pickle
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket


def kept(name: str, version: str, folder: Path | None) -> jinja2.BytecodeCache:
    """The compiled templates of an environment: in a folder, or else while the process runs.

    `version` names whatever they are compiled with beside their text.
    """
    if folder is not None:
        return _OnDisk(folder, name, f"{jinja2.__version__} {version}")
    return _IN_MEMORY.setdefault(name, _InMemory())


def template(
    environment: jinja2.Environment,
    cache: jinja2.BytecodeCache,
    text: str,
    name: str,
    file: Path,
) -> jinja2.Template:
    """A template that no loader knows, compiled like those that one does."""
    bucket = cache.get_bucket(environment, name, str(file), text)
    if bucket.code is None:
        bucket.code = environment.compile(text, name, str(file))
        cache.set_bucket(bucket)
    return jinja2.Template.from_code(environment, bucket.code, environment.globals)


class _InMemory(jinja2.BytecodeCache):
    """Jinja names each template by its file, and gives a sum that no other text has."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.checksum, bucket.code


_IN_MEMORY: dict[str, _InMemory] = {}


class _OnDisk(jinja2.FileSystemBytecodeCache):
    """A file for each template. What cannot be written or read is compiled anew, and no more."""

    def __init__(self, folder: Path, name: str, version: str) -> None:
        super().__init__(str(folder), f"{name}-%s")
        self.version = version
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self.version}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)
