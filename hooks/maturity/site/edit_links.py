"""Where edit buttons lead: to the repository that the site's files were cloned from.

Nothing is asked but the files of the clone; no program runs.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..definition.files import load_text
from ..definition.problems import FrameworkError

#: What the settings say that everybody inherits: where upstream's files are edited.
UPSTREAM = "https://github.com/ml-maturity-playbook/ml-maturity-playbook/edit/main/content/"

_SECTION = re.compile(r'\s*\[\s*remote\s+"origin"\s*\]', re.IGNORECASE)
_URL = re.compile(r'\s*url\s*=\s*"?([^"\s]+)"?\s*$', re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<scheme>https?|ssh|git\+ssh)://(?:[^@/\s]+@)?"
    r"(?P<host>[\w.-]+)(?::(?P<port>\d+))?/(?P<path>\S+)"
)
#: As in `git clone git@example.com:team/handbook.git`.
_SHORT = re.compile(r"(?:[^@/\s]+@)?(?P<host>[\w.-]{2,}):(?P<path>(?!//)\S+)")
_BRANCH = re.compile(r"ref: refs/remotes/origin/(\S+)")


def edit_address(root: Path, content: Path, *, is_upstreams: bool) -> str | None:
    """Return the address at which the files below `content` are edited, with a slash at its end.

    `root` is the folder of the clone. None where the clone does not tell: a button that leads to
    somebody else's file is worse than none. Without an origin on a server, what is upstream's as it
    stands, `is_upstreams`, is edited there.
    """
    git = _git_folder(root)
    origin = _first(_origin_lines(_text(git / "config")), _URL)
    if not _parts(origin):
        return UPSTREAM if is_upstreams else None
    if not content.is_relative_to(root):
        return None
    branch = _first(_text(git / "refs" / "remotes" / "origin" / "HEAD").splitlines(), _BRANCH)
    base, folder = edit_base(origin), content.relative_to(root).as_posix()
    return f"{base}/{_quoted(branch or 'main')}/{_quoted(folder)}/" if base else None


def edit_base(origin: str) -> str | None:
    """Return where a repository's files are edited, up to the branch, by the address of its origin.

    GitHub and GitLab are known, also on servers of one's own whose name says what runs there. None
    for all others, and for a folder. Whatever name or token the address holds is left out.
    """
    if not (parts := _parts(origin)):
        return None
    web = parts["scheme"].startswith("http")
    scheme = parts["scheme"] if web else "https"
    host = re.sub(r"^(alt)?ssh\.", "", parts["host"].lower())
    if web and parts["port"]:
        host += f":{parts['port']}"
    path = parts["path"].strip("/").removesuffix(".git")
    names = path.count("/") + 1
    if "github" in host and names == 2:
        return f"{scheme}://{host}/{path}/edit"
    if "gitlab" in host and names > 1:
        return f"{scheme}://{host}/{path}/-/edit"
    return None


def _parts(origin: str) -> dict[str, str]:
    """Return scheme, host, port and path of an address on a server; nothing for a folder."""
    if match := _ADDRESS.fullmatch(origin):
        return match.groupdict("")
    match = _SHORT.fullmatch(origin)
    return {"scheme": "ssh", "port": "", **match.groupdict("")} if match else {}


def _quoted(path: str) -> str:
    """Return a path as it stands in an address."""
    return re.sub(r"[^\w./-]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), path)


def _git_folder(root: Path) -> Path:
    """Return the folder with a clone's settings; for a worktree that of the clone it is of."""
    git = root / ".git"
    if not git.is_file():
        return git
    folder = root / _text(git).removeprefix("gitdir:").strip()
    common = _text(folder / "commondir").strip()
    return folder / common if common else folder


def _text(file: Path) -> str:
    """Return what a file holds; nothing where it is not there or cannot be read."""
    try:
        return load_text(file) if file.is_file() else ""
    except (FrameworkError, OSError):
        return ""


def _origin_lines(settings: str) -> list[str]:
    """Return the lines of git's settings that are about the remote origin."""
    lines, inside = [], False
    for line in settings.splitlines():
        if line.lstrip().startswith("["):
            inside = bool(_SECTION.match(line))
        elif inside:
            lines.append(line)
    return lines


def _first(lines: list[str], pattern: re.Pattern[str]) -> str:
    matches = (match for line in lines if (match := pattern.match(line)))
    return next((match[1] for match in matches), "")
