"""Say whether what has changed is content or code: what the workflows have to run.

`python scripts/kind_of_change.py BASE` prints `content` or `code`. Needs nothing installed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

from maturity.site.ownership import is_content, is_forks


def git(*command: str) -> list[str]:
    """Return what git prints, as lines or as names that -z ended; empty where it fails."""
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *command], capture_output=True, text=True, check=False
    )
    text = "" if done.returncode else done.stdout
    return [line for line in text.replace("\0", "\n").split("\n") if line]


def kind_of_change(base: str) -> str:
    """Return "content" where nothing but content has changed since a commit, otherwise "code".

    Where there is no such commit, as for a tag, a fork's change is counted from its last tag, or
    from where it parted from upstream. What cannot be told, and a tag of upstream's, is code.
    """
    start = base if git("merge-base", base, "HEAD") else start_of_fork()
    if not start:
        return "code"
    names = git("diff", "--name-only", "--no-renames", "-z", f"{start}...HEAD")
    return "content" if all(is_content(name) for name in names) else "code"


def forks_files(commit: str) -> set[str]:
    """Return the files of a commit that are a fork's own."""
    names = git("ls-tree", "-r", "--name-only", "-z", commit)
    return {name for name in names if is_forks(name)}


def start_of_fork() -> str:
    """Return the fork's last tag before this commit, or the commit before its first file.

    Empty in a repository that is upstream's, or whose history is not all there.
    """
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "HEAD^")
    if tag and forks_files(tag[0]):
        return tag[0]
    own = forks_files("HEAD")
    history = ["log", "--first-parent", "-m", "--reverse", "--diff-filter=A", "--no-renames"]
    commit = ""
    for line in git(*history, "--name-only", "--format=commit %H"):
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line in own:
            return next(iter(git("rev-parse", "--verify", "--quiet", f"{commit}^")), "")
    return ""


if __name__ == "__main__":
    print(kind_of_change(sys.argv[1] if len(sys.argv) > 1 else ""))
