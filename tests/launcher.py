"""Has a command run by the process that commands are forked from, or runs it plainly.

Called with that process's socket, a program's name and its arguments, as the program. It imports
little: most of what such a command took was the start of Python.
"""

import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def main(door: str, python: str, *command: str) -> None:
    """Ask, and end as the command has ended; `python` is the one that it is run with else."""
    job = {"command": command, "folder": str(Path.cwd()), "environment": {**os.environ}}
    answer = ask(door, job, (0, 1, 2))
    if answer == "plain":
        program, *arguments = command
        module = [] if program == "python" else ["-m", program]
        os.execv(python, [python, *module, *arguments])  # noqa: S606
    code = int(answer)
    sys.exit(code if code >= 0 else 128 - code)


def ask(door: str, job: Mapping[str, object], files: tuple[int, ...]) -> str:
    """Return the exit code of a job as text, or "plain" where it has to be run another way.

    `files` are the open files that it reads from, and writes and complains to.
    """
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(door)
        socket.send_fds(asking, [b"\n"], files)
        asking.sendall(json.dumps(job).encode())
        asking.shutdown(socket.SHUT_WR)
        answer = asking.makefile().read()
    assert answer, "The process that commands are forked from has ended; see what it printed."
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
