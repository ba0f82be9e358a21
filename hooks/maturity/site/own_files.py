"""Keep commands from writing a file that is upstream's in a fork: it would conflict one day."""

from __future__ import annotations

from pathlib import Path

from ..definition.check import Definition
from ..definition.files import is_there
from ..definition.problems import FrameworkError, Position, Problem
from .framework_file import OPTION
from .ownership import is_fork, is_forks, is_upstreams

_OVERLAY = """\
write overlay.yaml beside it, and release that:
  based_on: "{version}"
  framework: {{id: YOUR-ID, version: "0.1.0"}}
or name a framework of yours: {option} FILE"""


def check_release(definition: Definition) -> None:
    """Raise FrameworkError where a release would be one of upstream's, in a fork.

    A release writes the version into the definition, or into its overlay, and a snapshot beside
    those of the same id. A fork that has written its own framework into `framework.yaml` may.
    """
    source, about = definition.source, definition.framework.framework
    where, id_at = source.position("framework", "version"), source.position("framework", "id")
    root = _fork_around(where.file)
    if root is None:
        return
    if source.overlay is not None:
        # What the overlay leaves to upstream, the release itself refuses.
        if is_upstreams(about.id) and id_at.file == source.overlay:
            message = f"the id {about.id} is upstream's, and so would be the release"
            hint = "give an id of your own"
            raise FrameworkError([Problem(id_at, message, hint)])
        return
    path = where.file.relative_to(root).as_posix()
    if is_forks(path):
        return
    if "/" in path:
        hint = "copy it into a folder of your own, give it an id of your own, and release that"
    elif is_upstreams(about.id):
        hint = _OVERLAY.format(version=about.version, option=OPTION)
    else:
        return
    raise FrameworkError([Problem(where, f"{path} is upstream's", hint)])


def check_file(file: Path, hint: str) -> None:
    """Raise FrameworkError, with `hint`, for a file that is upstream's, in a fork."""
    root = _fork_around(file)
    if root is not None and not is_forks(file.relative_to(root).as_posix()):
        raise FrameworkError([Problem(Position(file), "this file is upstream's", hint)])


def is_below_forks(file: Path, framework: str) -> bool:
    """Tell whether a file is upstream's and belongs to a definition that a fork has changed.

    `framework` is the id of the definition. A fork may also have written its own into the file that
    is upstream's, and be known by its id alone.
    """
    root = _project_around(file)
    if root is None or is_forks(file.relative_to(root).as_posix()):
        return False
    is_beside = file.relative_to(root).parts[0] == "samples"
    return is_fork(root) or (is_beside and not is_upstreams(framework))


def _fork_around(file: Path) -> Path | None:
    """Return the folder of the fork in which a file lies; None if it lies in none."""
    root = _project_around(file)
    return root if root is not None and is_fork(root) else None


def _project_around(file: Path) -> Path | None:
    return next((place for place in file.parents if is_there(place / "mkdocs.yml")), None)
