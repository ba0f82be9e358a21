"""The two definitions that `maturity changes` names, and what changed between them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..definition import check
from ..definition.files import load_bytes
from ..definition.messages import quotable
from ..definition.model import Framework
from ..definition.problems import FrameworkError, Position, Problem, suggestion
from ..framework.catalog import Words
from ..outputs.data import changes_data
from ..versions import notes, snapshots
from ..versions.changes import Change, diff, heaviest
from ..versions.history import History
from .generate import load_definition
from .settings import Settings

#: How a name ends that means a file and no version.
_ENDINGS = (".yaml", ".yml")
_NAMES = "name a release, or a definition whose file ends in .yaml"


@dataclass(frozen=True)
class Comparison:
    """Two definitions, and what changed from the older to the newer one."""

    old: Framework
    new: Framework
    changes: list[Change]


def load_comparison(settings: Settings, old: str, new: str | None) -> Comparison:
    """Load and compare two definitions, each a released version or the path of a file.

    If `new` is None, it is the present definition. What releases declared to ask for more counts
    from release to release, not where a file is compared. Raises FrameworkError for a version that
    is not released, and for files that cannot be read or are no sound definition.
    """
    names = [name for name in (old, new) if name is not None]
    files = {name: _load_file(name) for name in names if name.endswith(_ENDINGS)}
    if new is not None and len(files) == len(set(names)):
        return Comparison(files[old], files[new], diff(files[old], files[new]))
    definition, history = load_definition(settings)
    folder = snapshots.folder_of(settings.releases, definition.framework)
    known = {**_released(history, names, folder), **files}
    after = known[new] if new is not None else definition.framework
    changes = diff(known[old], after) if files else history.between(old, new)
    return Comparison(known[old], after, changes)


def _load_file(name: str) -> Framework:
    file = Path(name).absolute()
    load_bytes(file, _NAMES)  # the hint of the loader is about the site's own definition
    return check.load(file).framework


def _released(history: History, names: list[str], folder: Path) -> dict[str, Framework]:
    """Return the releases among the names; raise FrameworkError for what is neither."""
    unknown = [n for n in names if n not in history.versions and not n.endswith(_ENDINGS)]
    if unknown:
        hint = f"{suggestion(unknown[0], history.versions, 'released')}\n{_NAMES}"
        message = f'there is no release "{quotable(unknown[0])}"'
        raise FrameworkError([Problem(Position(folder), message, hint)])
    return history.versions


def render(comparison: Comparison, words: Words, form: str) -> str:
    """Render the changes as `text`, `markdown` or `json`; the last line has no line end.

    Text ends with how many they are, and which part of the version they raise.
    """
    changes = comparison.changes
    if form == "json":
        return json.dumps(changes_data(changes), ensure_ascii=False, indent=1)
    described = notes.describe(changes, comparison.old, comparison.new, words)
    if not described:
        return str(words("changes.no_changes"))
    if form == "markdown":
        return notes.render_markdown(described, words)
    count = words("changes.count", n=len(changes))
    weight = heaviest(changes).word
    heavy = notes.describe_heavy(changes, comparison.old, comparison.new, words)
    return f"{notes.render_text(described, heavy, words)}\n\n{count}; a {weight} version at least"
