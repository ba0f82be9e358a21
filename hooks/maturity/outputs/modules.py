"""Join modules of ours into one script: from a drive, browsers load none.

The modules stay functions that hand their exports on, so that each has its own names and runs when
it is asked for. Addresses of data would do as well, but for a policy that then has to allow every
script with such an address.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

#: The words that begin it. Their letters are looked for before what stands in front of them: that
#: takes a tenth of the time.
_IMPORTS = r"import(?<!\wimport)"
_EXPORTS = r"export(?<!\wexport)"
#: What a module says of other modules and of its own names, as the minifier leaves it.
_NAMES = r"\{([^{}]*)\}"
_IMPORT = re.compile(rf'{_IMPORTS}{_NAMES}from"([^"]+)";?')
_PASSED_ON = re.compile(rf'{_EXPORTS}{_NAMES}from"([^"]+)";?')
_EXPORT = re.compile(rf"{_EXPORTS} (?=(?:(?:async )?function\b\*?|class|const) ?([\w$]+))")
_NOTHING = re.compile(rf"{_EXPORTS}\{{\}};?")
_ON_DEMAND = re.compile(rf'{_IMPORTS}\("([^"]+)"\)')
_OTHER_FORM = re.compile(rf"(?:{_IMPORTS}|{_EXPORTS})\b(?=[\s({{*\"'])")
#: What stands in a script for the address of a module: one at which nothing lies.
_NOWHERE = '"file:///"'
_HEAD = (
    "const ready={},need=(name)=>(ready[name]??=modules[name]()),"
    "later=async(name)=>need(name),modules={"
)


class UnknownForm(ValueError):
    """A module imports or exports something in a way that cannot be joined."""


@dataclass(frozen=True)
class _Module:
    """A module as the body of a function.

    `needs` are the names that it imports, by module; `later` the modules that it imports on demand.
    """

    body: str
    exports: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    later: tuple[str, ...]


def join(entry: str, read: Callable[[str], str]) -> str:
    """Return one script that does what the module `entry` does.

    `read` returns the text of a module by its path, such as `score/score.js`, without comments. All
    that it imports is in the script, on demand as well. Raises UnknownForm for imports and exports
    of another form than `import { a } from`, `import("./b.js")`, `export { a } from` and `export`
    before a function, a class or a constant; for names that no module exports; and for modules
    that import each other.
    """
    waiting = [entry]
    modules: dict[str, _Module] = {}
    while waiting:
        path = waiting.pop()
        if path not in modules:
            module = modules[path] = _parse(path, read(path))
            waiting += [*module.needs, *module.later]
    _check(modules)
    bodies = ",\n".join(f'"{path}"(){{{modules[path].body}}}' for path in sorted(modules))
    return f'{_HEAD}\n{bodies}}};\nneed("{entry}");\n'


def _check(modules: Mapping[str, _Module]) -> None:
    for path, module in modules.items():
        for source, names in module.needs.items():
            if missing := names - modules[source].exports:
                raise UnknownForm(f"{path}: {source} exports no {', '.join(sorted(missing))}")
    try:
        TopologicalSorter({path: module.needs for path, module in modules.items()}).prepare()
    except CycleError as error:
        raise UnknownForm(f"modules import each other: {' '.join(error.args[1])}") from None


@functools.lru_cache(maxsize=1000)  # modules are joined into more than one script
def _parse(path: str, text: str) -> _Module:
    folder = posixpath.dirname(path)
    needs: dict[str, frozenset[str]] = {}
    later: list[str] = []
    exports: list[str] = []

    def bound(names: str, source: str) -> str:
        target = posixpath.normpath(posixpath.join(folder, source))
        needs[target] = needs.get(target, frozenset()) | frozenset(_names(names, 0))
        renamed = re.sub(r"\b([\w$]+) as ([\w$]+)", r"\1:\2", names)
        return f'const{{{renamed}}}=need("{target}");'

    def passed_on(match: re.Match[str]) -> str:
        exports.extend(_names(match[1], -1))
        return bound(match[1], match[2])

    def on_demand(match: re.Match[str]) -> str:
        later.append(posixpath.normpath(posixpath.join(folder, match[1])))
        return f'later("{later[-1]}")'

    body = _IMPORT.sub(lambda match: bound(match[1], match[2]), text)
    body = _PASSED_ON.sub(passed_on, body)
    exports += _EXPORT.findall(body)
    body = _NOTHING.sub("", _EXPORT.sub("", body))
    body = _ON_DEMAND.sub(on_demand, body).replace("import.meta.url", _NOWHERE)
    if match := _OTHER_FORM.search(body):
        raise UnknownForm(f"{path}: {body[match.start() : match.start() + 60]}")
    body = f"{body}\nreturn{{{','.join(exports)}}}"
    return _Module(body, frozenset(exports), needs, tuple(later))


def _names(listed: str, which: int) -> list[str]:
    """Return the names in braces: of `a as b` the first, a, or the last, b."""
    return [part.split()[which] for part in listed.split(",") if part.strip()]
