"""Caches compiled templates from one build to the next, as Python does with its modules.

A template is compiled anew once its text has changed, or whatever else it is compiled with.
"""

from __future__ import annotations

import contextlib
import pickle
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket


def template_cache(name: str, version: str, folder: Path | None) -> jinja2.BytecodeCache:
    """Return a cache of compiled templates for the environment `name`.

    It lies on disk below `folder`, and in memory if that is None. `version` names whatever else
    the templates are compiled with.
    """
    if folder is not None:
        return _OnDisk(folder, name, f"{jinja2.__version__} {version}")
    return _IN_MEMORY.setdefault(name, _InMemory())


def from_source(
    environment: jinja2.Environment,
    cache: jinja2.BytecodeCache,
    text: str,
    name: str,
    file: Path,
) -> jinja2.Template:
    """Compile `text` as the template `name`, which no loader knows; `file` is named in errors.

    Raises jinja2.TemplateSyntaxError.
    """
    bucket = cache.get_bucket(environment, name, str(file), text)
    if bucket.code is None:
        bucket.code = environment.compile(text, name, str(file))
        cache.set_bucket(bucket)
    return jinja2.Template.from_code(environment, bucket.code, environment.globals)


class _InMemory(jinja2.BytecodeCache):
    """Jinja names each template by its file, and gives a sum that no other text has."""

    def __init__(self) -> None:
        self.compiled: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.compiled.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.checksum, bucket.code


_IN_MEMORY: dict[str, _InMemory] = {}


class _OnDisk(jinja2.FileSystemBytecodeCache):
    """A file for each template. What cannot be written or read is compiled anew, and no more.

    Templates beside the cache are named by where they lie from there, so that a project and its
    cache can be copied together.
    """

    def __init__(self, folder: Path, name: str, version: str) -> None:
        super().__init__(str(folder), f"{name}-%s")
        self.version = version
        self._root = folder.parent
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code and filename:
            bucket.code = _renamed(bucket.code, filename)
        return bucket

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        file = Path(filename) if filename else None
        if file and file.is_relative_to(self._root):
            filename = file.relative_to(self._root).as_posix()
        return super().get_cache_key(name, filename)

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


def _renamed(code: CodeType, file: str) -> CodeType:
    """Return compiled code as that of another file, which mistakes in it name."""
    inner = tuple(
        _renamed(one, file) if isinstance(one, CodeType) else one for one in code.co_consts
    )
    return code.replace(co_filename=file, co_consts=inner)
