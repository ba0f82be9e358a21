"""Name upstream's files that a fork has edited, as far as git can tell, and what to do instead."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from .ownership import is_fork, is_forks

#: Where upstream's releases come from, as the guide names it: its default branch.
_BRANCHES = ("refs/remotes/upstream/HEAD", "refs/remotes/upstream/main")
#: What to write in place of an edited file, by how its path begins; the first that fits counts.
_INSTEAD = (
    ("framework.yaml", "write what differs into overlay.yaml"),
    ("mkdocs.yml", "write what differs into site.yml"),
    (
        "content/assets/",
        "write what differs into content/own/, as brand.css or another style sheet",
    ),
    ("content/", "keep your page in content/instead/ and restore this one"),
    ("overrides/words/", "write what differs into words.yaml"),
    ("overrides/pages/", "snippets/ and a page of that name in content/ go without it"),
    ("", "say why in the commit"),
)
_MOST_NAMED = 10


def edited_lines(root: Path) -> Iterator[str]:
    """Yield a line for each file of upstream's that a fork has edited, with what to do instead.

    Nothing where git cannot tell: without a remote `upstream` that has been fetched.
    """
    edited = [path for path in _changed_since_upstream(root) if not is_forks(path)]
    for path in edited[:_MOST_NAMED]:
        hint = next(hint for start, hint in _INSTEAD if path.startswith(start))
        yield f"{path} is upstream's and edited here, so that a release may conflict: {hint}"
    if len(edited) > _MOST_NAMED:
        yield f"{len(edited) - _MOST_NAMED} more files of upstream's are edited here"


def _changed_since_upstream(root: Path) -> list[str]:
    """List what differs from the commit of upstream's that was merged last, less what is new."""
    if not is_fork(root) or not (root / ".git").exists():
        return []
    branch = _git(root, "for-each-ref", "--format=%(refname)", *_BRANCHES).partition("\n")[0]
    base = _git(root, "merge-base", "HEAD", branch).strip() if branch else ""
    if not base:
        return []
    names = _git(root, "diff", "--name-only", "--no-renames", "--diff-filter=MD", "-z", base)
    return [name for name in names.split("\0") if name]


def _git(root: Path, *command: str) -> str:
    """Return what git prints in a folder; nothing where there is no git, or it fails."""
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
