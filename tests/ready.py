"""Commands of the project that begin at once, forked from a process that has loaded all they need.

Run as a program, this is that process: it takes jobs at a socket, runs each in a process of its
own, and answers with the command's exit code. It does nothing but import.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

#: Names a program that a job of a test calls in the place of Python.
STAND_IN = "STAND_IN_FOR_PYTHON"
#: What a job of a test may set otherwise.
MAY_DIFFER = {
    "SITE_URL", "EDIT_URI", "CONFIG", "FRAMEWORK", "VERSION_PROVIDER", "CANONICAL_VERSION",
    "SHORTCUTS", "PUSH", "AGAIN", "PDF", "SOURCE_DATE_EPOCH", STAND_IN,
}  # fmt: skip
#: What the hook of MkDocs loads from the folder that it lies in.
_ENGINE = {"building", "maturity", "shortcuts"}
#: How variables begin that Python or its libraries read at their start.
READ_AT_START = ("PYTHON", "LANG", "LC_", "TZ", "NO_MKDOCS_2_WARNING", "HOME", "VIRTUAL_ENV")


def is_served(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    """Tell whether a test's command can come from such a process."""
    return _program(command) != "" and {*environment} <= {*MAY_DIFFER, "PATH"}


def _program(command: tuple[str, ...]) -> str:
    """Return `maturity`, `mkdocs` or `script`; empty for others, and for what serves: it is stopped
    by a signal, which would not reach it."""
    if command[0] == "python" and command[1].startswith("scripts/"):
        return "" if command[1] == "scripts/serve.py" else "script"
    return command[0] if command[0] in ("maturity", "mkdocs") and "serve" not in command else ""


def run(command: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code and what was printed, errors last; `environment` is the whole one."""
    from launcher import ask

    job = {"command": command, "folder": str(folder), "environment": {**environment}}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, ExitStack() as stack:
        nothing = stack.enter_context(Path(os.devnull).open("rb"))
        files = (nothing, out, err)
        code = ask(str(_room() / "door"), job, tuple(file.fileno() for file in files))
        printed = []
        for file in (out, err):
            file.seek(0)
            printed.append(file.read().decode())
    return int(code), "".join(printed)


def script(program: str, before: str = "") -> str:
    """Return a shell script that runs `python`, `maturity` or `mkdocs` like this, if it can.

    `before` are lines that come first.
    """
    return _script(_room(), program, before)


def _script(room: Path, program: str, before: str = "") -> str:
    launcher = Path(__file__).with_name("launcher.py")
    words = [sys.executable, "-S", "-E", launcher, room / "door", sys.executable, program]
    return f'#!/bin/sh\n{before}exec {shlex.join(map(str, words))} "$@"\n'


@cache
def _room() -> Path:
    """Start the process, once; it ends with this one, whose pipe it reads.

    Returns the folder with its socket, `door`, and with what its jobs call Python.
    """
    room = Path(tempfile.mkdtemp(prefix="ready-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    (room / "python").write_text(_script(room, "python"), encoding="utf-8")
    (room / "python").chmod(0o755)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(room / "door"))
        door.listen(64)
        process = subprocess.Popen(
            [sys.executable, __file__, str(room / "python"), str(door.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[door.fileno()],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""},
        )
    atexit.register(process.communicate)
    return room


def _import() -> None:
    """Import what the programs need."""
    sys.path.pop(0)  # the tests' folder
    programs = "maturity.__main__", "material.plugins.search.plugin", "mkdocs.__main__"
    for name in (*programs, "building.plugins", "shortcuts.registry"):
        importlib.import_module(name)
    gc.freeze()  # what is there by now stays, and need not be looked through again and again


def _next_job(door: socket.socket) -> dict[str, Any] | None:
    """Return a job in the process forked for it; None in the one that waits, at the end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how those that attend have ended
    started = _read_at_start(os.environ)
    while True:
        coming, _, _ = select.select([door, sys.stdin], [], [])
        if sys.stdin in coming:
            return None
        asking, _ = door.accept()
        with asking:
            if os.fork() == 0:
                door.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return _attended(asking, started)


def _attended(asking: socket.socket, started: dict[str, str]) -> dict[str, Any]:
    """Take a job and return it in the process forked for it; the other one answers, and ends."""
    _, files, _, _ = socket.recv_fds(asking, 1, 3)
    job: dict[str, Any] = json.loads(asking.makefile().read())
    if job["command"][:2] == ["python", "-m"]:
        job["command"] = job["command"][2:]
    if not _program((*job["command"], "", "")) or _read_at_start(job["environment"]) != started:
        asking.sendall(b"plain")
        os._exit(0)
    if not (child := os.fork()):
        return {**job, "files": files}
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    asking.sendall(str(code).encode())
    os._exit(0)


def _engine_in(folder: Path) -> dict[str, bytes]:
    """Return what the modules of the engine in a folder hold, by path; empty if there is none."""
    files = folder.rglob("*.py")
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(READ_AT_START) and value
    }


def _work(
    python: str, command: list[str], folder: str, environment: dict[str, str], files: list[int]
) -> None:
    """Run a job; what it starts as Python can come from the same process."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.executable = environment.get(STAND_IN, python)
    name, *arguments = command
    if name == "python":
        sys.path.insert(0, str(Path(arguments[0]).parent.resolve()))
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")
        return
    main = sys.modules[f"{name}.__main__"]
    loaded = Path(str(sys.modules["maturity"].__file__)).parent.parent
    if name == "mkdocs" and _engine_in(Path("hooks")) != _engine_in(loaded):
        for module in [module for module in sys.modules if module.split(".")[0] in _ENGINE]:
            del sys.modules[module]  # the hook brings the project's own
    sys.argv = command
    getattr(main, "main" if name == "maturity" else "cli")(prog_name=name)


if __name__ == "__main__":
    _import()
    with socket.socket(fileno=int(sys.argv[2])) as door:
        job = _next_job(door)
    if job:
        _work(sys.argv[1], **job)
