"""Make the next commit of the branch aside, so that it appears at once or not at all.

Whatever is made on the way lies in a folder inside `.git`, in a repository of its own. A killed
command leaves only that behind, and the next one clears it away.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from branch import BRANCH, HERE, THERE, Branch, RefusedError, git, succeeds

#: What git leaves locked if it is killed while it fetches or moves the branch.
_LOCKS = (f"{HERE}.lock", f"{THERE}.lock", "shallow.lock")


@contextmanager
def workroom() -> Iterator[Path]:
    """Yield a new folder for what is made on the way; delete it at the end.

    What an earlier, killed command left behind is cleared away first. Raises RefusedError where
    another command is at work, and where the branch cannot be committed to.
    """
    _check()
    common = Path(git("rev-parse", "--git-common-dir")).resolve()
    room = common / "publish"
    room.mkdir(exist_ok=True)
    with (room / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system frees it, even if killed
        except OSError:
            raise RefusedError(f"Another command is changing {BRANCH}: wait for its end.") from None
        _clear(room, common)
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=room))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _check() -> None:
    """Raise RefusedError where the branch cannot be committed to."""
    if not succeeds("var", "GIT_COMMITTER_IDENT"):
        raise RefusedError(
            "git does not know who you are. Tell it:\n"
            '  git config user.name "Your Name"\n  git config user.email you@example.com'
        )
    for tree in git("worktree", "list", "--porcelain").split("\n\n"):
        folder, *lines = tree.splitlines()
        if f"branch {HERE}" in lines:
            folder = os.path.relpath(folder.removeprefix("worktree "))
            raise RefusedError(
                f"{BRANCH} is checked out in {folder}, which would no longer fit it.\n"
                "  Check out another branch there, or remove it: git worktree remove"
            )


def _clear(room: Path, common: Path) -> None:
    left = list(room.glob("work-*"))
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    for lock in _LOCKS if left else ():
        (common / lock).unlink(missing_ok=True)


@contextmanager
def draft(folder: Path, branch: Branch) -> Iterator[None]:
    """Let mike commit to a branch of the same name in a repository that lies in `folder`.

    Its objects are this repository's, so that nothing has to be copied; its branch is its own.
    """
    repository = folder / "draft.git"
    people = {**_person("AUTHOR"), **_person("COMMITTER")}
    kind = git("rev-parse", "--show-object-format")
    objects = Path(git("rev-parse", "--git-path", "objects")).resolve()
    git("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(repository))
    before = dict(os.environ)
    os.environ |= {"GIT_DIR": str(repository), "GIT_OBJECT_DIRECTORY": str(objects), **people}
    try:
        if branch.tip:
            git("update-ref", HERE, branch.tip)
        yield
    finally:
        os.environ.clear()
        os.environ |= before


def _person(role: str) -> dict[str, str]:
    """Return who commits, as an environment: a draft's repository has no settings of this one."""
    match = re.fullmatch(r"(.*) <(.*)> .*", git("var", f"GIT_{role}_IDENT"))
    return {f"GIT_{role}_NAME": match[1], f"GIT_{role}_EMAIL": match[2]} if match else {}


def commit_draft(branch: Branch, message: str) -> str:
    """Make one commit, on top of the branch, of all that was drafted; return it.

    To be called inside a draft. Where nothing was drafted, the branch's own commit is returned.
    """
    tree = git("rev-parse", f"{HERE}^{{tree}}")
    if branch.tip and tree == git("rev-parse", f"{branch.tip}^{{tree}}"):
        return branch.tip
    parents = ["-p", branch.tip] if branch.tip else []
    return git("commit-tree", tree, *parents, "-m", message)
