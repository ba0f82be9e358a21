"""Commands of the project that begin at once, forked from a process that has loaded all they need.

Run as a program, this is that process: it reads a job a line, runs each in a process of its own,
and answers with the command's exit code. It does nothing but import.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: What a job may set otherwise; what Python or its libraries read at their start is not among it.
MAY_DIFFER = {
    "SITE_URL", "EDIT_URI", "CONFIG", "FRAMEWORK", "VERSION_PROVIDER", "CANONICAL_VERSION",
    "SHORTCUTS", "PUSH", "AGAIN", "PDF", "SOURCE_DATE_EPOCH",
}  # fmt: skip


def is_served(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    """Tell whether a command can come from such a process: `maturity`, `mkdocs`, a script."""
    script = command[0] == "python" and command[1].startswith("scripts/")
    return (command[0] in ("maturity", "mkdocs") or script) and set(environment) <= MAY_DIFFER


def run(command: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code and what was printed, errors last.

    `environment` is the whole one; but for MAY_DIFFER it has to be the same at every call.
    """
    server = _server("mkdocs" if command[0] == "mkdocs" else "maturity")
    assert server.stdin
    assert server.stdout
    with tempfile.TemporaryDirectory() as room:
        files = [str(Path(room) / name) for name in ("out", "err")]
        job = {"command": command, "folder": str(folder), "environment": {**environment}}
        print(json.dumps({**job, "files": files}), file=server.stdin, flush=True)
        code = server.stdout.readline()
        assert code, "The process that commands are forked from has ended; see what it printed."
        return int(code), "".join(Path(file).read_text(encoding="utf-8") for file in files)


@cache
def _server(program: str) -> subprocess.Popen[str]:
    """Start the process for a program; it ends with this one, whose pipe it reads."""
    return subprocess.Popen(
        [sys.executable, __file__, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""},
    )


def _import(program: str) -> None:
    """Import what a program needs; for a site no engine, as its hook brings the project's own."""
    sys.path.pop(0)  # the tests' folder
    importlib.import_module("maturity.__main__")
    if program == "mkdocs":
        importlib.import_module("material.plugins.search.plugin")
        importlib.import_module("mkdocs.__main__")
        for name in [name for name in sys.modules if name.split(".")[0] == "maturity"]:
            del sys.modules[name]


def _next_job() -> dict[str, object] | None:
    """Return a job in the process forked for it; None in the one that waits, at the end."""
    for line in sys.stdin:
        if not (child := os.fork()):
            job: dict[str, object] = json.loads(line)
            return job
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return None


def _work(command: list[str], folder: str, environment: dict[str, str], files: list[str]) -> None:
    for number, file in enumerate((os.devnull, *files)):
        opened = os.open(file, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    name, *arguments = command
    if name == "python":
        sys.path.insert(0, str(Path(arguments[0]).parent.resolve()))
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")
    else:
        sys.argv = command
        module = sys.modules[f"{name}.__main__"]
        getattr(module, "main" if name == "maturity" else "cli")(prog_name=name)


if __name__ == "__main__":
    _import(sys.argv[1])
    if job := _next_job():
        _work(**job)  # type: ignore[arg-type]
