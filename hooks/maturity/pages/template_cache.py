"""Caches compiled templates from one build to the next, as Python does with its modules.

A template is compiled anew once its text has changed, or whatever else it is compiled with.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from ..outputs.cache import Cache

#: So many files are kept for an environment, one for each version of what it compiles with.
_MOST = 4


def template_cache(name: str, version: str, folder: Path | None) -> TemplateCache:
    """Return the cache of compiled templates for the environments called `name`.

    It goes on with what lies in `folder`, and is in memory alone if that is None. `version` names
    whatever else the templates are compiled with.
    """
    if (key := (name, version, folder)) not in _CACHES:
        _CACHES[key] = TemplateCache(name, version, folder)
    return _CACHES[key]


def keep_templates() -> None:
    """Keep for the next command what was compiled since this one has begun."""
    for cache in _CACHES.values():
        cache.save()


class TemplateCache(jinja2.BytecodeCache):
    """Compiled templates in memory, and in one file: a file for each takes long to write.

    Templates beside the folder of the file are named by where they lie from there, so that a
    project and what it keeps can be copied together. Jinja names the others by their file, and
    gives each a sum that no other text has.
    """

    def __init__(self, name: str, version: str, folder: Path | None) -> None:
        self._root = folder.parent if folder else None
        self._file = Cache(folder, name)
        # Where the theme's templates lie is a part of their names.
        self._rules = f"{sys.version} {sys.prefix} {jinja2.__version__} {version}".encode()
        self._compiled: dict[str, tuple[str, CodeType]] = {}
        self._is_new = False
        if kept := self._file.read(self._rules):
            self._compiled = marshal.loads(kept)  # noqa: S302  # as safe as the code beside it

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the place of a template, with what it was compiled to, if it was."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code and filename:
            bucket.code = _renamed(bucket.code, filename)
        return bucket

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template: of its name, and where its file lies."""
        file = Path(filename) if filename else None
        if file and self._root and file.is_relative_to(self._root):
            filename = file.relative_to(self._root).as_posix()
        return super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what the template was compiled to, if its text is still the same."""
        checksum, code = self._compiled.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take down what the template was compiled to."""
        if bucket.code is not None:
            self._compiled[bucket.key] = bucket.checksum, bucket.code
            self._is_new = True

    def save(self) -> None:
        """Write the file, if anything is new."""
        if self._is_new:
            self._file.write(marshal.dumps(self._compiled), self._rules)
            self._file.prune(most=_MOST)
            self._is_new = False


_CACHES: dict[tuple[str, str, Path | None], TemplateCache] = {}


def from_source(
    environment: jinja2.Environment, cache: TemplateCache, text: str, name: str, file: Path
) -> jinja2.Template:
    """Compile `text` as the template `name`, which no loader knows; `file` is named in errors.

    Raises jinja2.TemplateSyntaxError.
    """
    bucket = cache.get_bucket(environment, name, str(file), text)
    if bucket.code is None:
        bucket.code = environment.compile(text, name, str(file))
        cache.set_bucket(bucket)
    return jinja2.Template.from_code(environment, bucket.code, environment.globals)


def _renamed(code: CodeType, file: str) -> CodeType:
    """Return compiled code as that of another file, which mistakes in it name."""
    if code.co_filename == file:
        return code
    inner = tuple(
        _renamed(one, file) if isinstance(one, CodeType) else one for one in code.co_consts
    )
    return code.replace(co_filename=file, co_consts=inner)
