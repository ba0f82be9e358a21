"""Git repositories for tests, and an environment that they can run commands in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import build_cache
import ready


def git(folder: Path, *command: str) -> str:
    """Run git in a folder; what it prints, without the last line end."""
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, message: str = "A change") -> None:
    """Commit everything, as a tester."""
    git(folder, "config", "user.name", "Tester")
    git(folder, "config", "user.email", "tester@example.org")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def lend_environment(folder: Path) -> None:
    """Give a clone the environment that the tests run in, in such a way that it stays unchanged.

    It is up to date for make; should make install all the same, it fails.
    """
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    guard = 'case "$*" in *"pip "*) echo "make wants to install: $*" >&2; exit 97;; esac\n'
    for name, before in (("python", guard), ("mkdocs", ""), ("maturity", "")):
        (programs / name).write_text(ready.script(name, before), encoding="utf-8")
        (programs / name).chmod(0o755)
    build_cache.take(folder)
    build_cache.take_engine(folder)
    for stamp in (".runtime", ".dev"):
        (folder / ".venv" / stamp).touch()
