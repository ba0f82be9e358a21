"""What `maturity check` asks a fork's owner about, though none of it is a mistake for sure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from semver import Version

from ..definition.files import load_text
from ..definition.messages import KIND_OF
from ..definition.model import COLLECTIONS
from ..definition.overlay import is_misspelled
from ..definition.problems import Problem, place_in
from ..definition.restructure import first_written
from ..definition.source import Source
from ..definition.values import is_version
from ..outputs.brand import find_ends, ramp
from ..versions.snapshots import ENDING
from .ownership import is_upstreams

#: In percent of lightness; ours are 12.5 apart.
_LEAST_APART = 5.0
#: https://www.w3.org/TR/WCAG22/#contrast-minimum
_LEAST_CONTRAST = 4.5


def new_entries_nearly_upstreams(source: Source) -> Iterator[Problem]:
    """Yield a question for each whole entry of an overlay whose id is nearly one of upstream's.

    Not where the overlay changes or drops that one too, so that its author knows of both.
    """
    for section in COLLECTIONS.values():
        here = source.root.nearest(section).entries
        theirs = source.upstream.nearest(section).entries
        untouched = [
            name for name in theirs
            if name in here and first_written(here[name], source.overlay) is None
        ]  # fmt: skip
        for name, entry in here.items():
            near = next((other for other in untouched if is_misspelled(name, other)), None)
            if name not in theirs and near:
                message = f"{KIND_OF[section]} {name} is new, and nearly {near}, which is there"
                hint = f"did you mean {near}? If it is one of your own, all is well"
                yield Problem(entry.key, message, hint)


def id_without_releases(source: Source, releases: Path) -> Iterator[Problem]:
    """Yield a remark where nothing is released under a framework's id, but is under another one.

    `releases` holds a folder for each id. Upstream's, and the id that an overlay has changed, are
    left out: a fork begins with one of its own.
    """
    here = source.framework.framework.id
    theirs = source.upstream.nearest("framework", "id").raw
    released = {folder.name: _versions(folder) for folder in sorted(releases.glob("*/"))}
    if released.get(here):
        return
    for name, versions in released.items():
        if versions and name not in (here, theirs) and not is_upstreams(name):
            span = " to ".join(dict.fromkeys([versions[0], versions[-1]]))
            message = (
                f"{releases.name}/{name}/ has {span}; with the id {here} a new history begins, "
                "and readers' answers are set aside"
            )
            hint = f"write id: {name} to go on with it; if this is another framework, all is well"
            yield Problem(source.position("framework", "id"), message, hint)


def _versions(folder: Path) -> list[str]:
    """List the versions in a folder of snapshots, the oldest first, by the names of its files."""
    names = (file.name.removesuffix(ENDING) for file in folder.glob(f"*{ENDING}"))
    return sorted(filter(is_version, names), key=Version.parse)


def unclear_levels(styles: Iterable[Path], levels: Sequence[str]) -> Iterator[Problem]:
    """Yield what cannot be read or told apart in the colors that a fork's style sheets give.

    `styles` are all that the site loads, in their order; `levels` are the ids from the first to the
    last. What is said stands where a fork gives an end of the ramp for the last time.
    """
    texts = {file: load_text(file) for file in styles}
    own = [file for file in texts if file.parent.name == "own"]
    places = [place_in(file, texts[file], at) for file in own for at in find_ends(texts[file])]
    if not places or len(levels) < 2:
        return
    colors, where = ramp(texts.values()), places[-1]._replace(length=len("--mp-ramp-to"))
    apart = colors.lightness_apart(len(levels))
    if apart < _LEAST_APART:
        message = f"levels beside each other differ by {apart:.1f}% of lightness: too alike in gray"
        least = math.ceil(_LEAST_APART * (len(levels) - 1))
        yield Problem(where, message, f"let the two ends of the ramp be at least {least}% apart")
    places_of = {name: index / (len(levels) - 1) for index, name in enumerate(levels)}
    contrast, name = min((colors.contrast(place), name) for name, place in places_of.items())
    if contrast < _LEAST_CONTRAST:
        message = f"text on the color of level {name} has a contrast of {contrast:.1f}, not 4.5"
        hint = "give an end of the ramp another lightness, or less of its color (the second number)"
        yield Problem(where, message, hint)
