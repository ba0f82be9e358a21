"""What a site chooses under `extra: maturity:` of its settings."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..definition.files import load_bytes
from ..definition.problems import FrameworkError, Problem, nearest, suggestion
from . import allowed_scripts, edit_links, ownership, security_policy
from .configuration import key_position, load
from .framework_file import DEFAULT, FrameworkFile, choose
from .misnamed import misnamed_settings
from .refused_settings import check_folders
from .settings import ANSWERS, NONE, RESULTS, Settings, published_at

#: The first part of a definition, and the id in it: found without parsing the rest.
_ABOUT = re.compile(r"^framework:.*\n(?:[ \t#].*\n|\n)*", re.MULTILINE)
_ID = re.compile(r"""[\s{,]id:\s*["']?([\w-]+)""")
#: What may be chosen, and of which type it is; a version may look like a number.
_TYPES: dict[str, tuple[type, ...]] = {
    "framework": (str,),
    "pdf": (bool,),
    "adapted": (bool,),
    "canonical": (str, int, float),
    "policy": (object,),
    "scripts": (list,),
    "units": (str,),
    "shortcuts": (object,),
}
#: What a site may tell of assessments.
_UNITS = (RESULTS, ANSWERS, NONE)
_WANTED = {
    (str,): "the name of a file",
    (bool,): "true or false",
    (list,): "a list of files",
    (str, int, float): "a version or an alias",
}
_SCRIPTS = "such as scripts: [content/own/welcome.md]"
_HINTS = {
    "framework": "such as framework: framework.yaml",
    "pdf": "false leaves out the fillable PDFs",
    "adapted": "false leaves out what the site was adapted from",
    "canonical": "such as canonical: latest",
    "scripts": _SCRIPTS,
    "units": "such as units: answers",
}


@dataclass(frozen=True)
class Choices:
    """The choices of a site, each what it is by default where the settings say nothing of it.

    `framework` is the definition, which FRAMEWORK and options of commands may choose too.
    `canonical` is the version that search engines are sent to, empty if there are no versions.
    `policy` is what is added to the security policy, None for no policy. `scripts` are the files
    that may hold scripts, with all links resolved. `shortcuts` are names. `units` is what the site
    tells of assessments.
    `problems` are the mistakes: what they leave unknown is as by default. `serving` is for a
    preview, which makes no PDFs and keeps nothing for the next process.
    """

    framework: FrameworkFile = field(default_factory=lambda: FrameworkFile(Path(DEFAULT)))
    pdf: bool = True
    adapted: bool = True
    canonical: str = ""
    policy: security_policy.Additions | None = None
    scripts: frozenset[Path] = frozenset()
    shortcuts: frozenset[str] = frozenset()
    units: str = RESULTS
    problems: tuple[Problem, ...] = ()
    serving: bool = False

    def check(self) -> None:
        """Raise FrameworkError if there are mistakes."""
        if self.problems:
            raise FrameworkError(self.problems)

    def address(self, site_url: str) -> str:
        """Return the address that search engines are sent to, with a slash at its end.

        `site_url` is that of the site; without a slash at its end, and if versions are published,
        it names one already, which mike's plugin has put there. Empty where `site_url` is.
        """
        home = re.sub(r"(?<=[^/])/[^/]*$", "/", site_url) if self.canonical else site_url
        return published_at(home, self.canonical)

    def edit_uri(self, address: str | None, file: Path, content: Path) -> str | None:
        """Return where the hand-written files in the folder `content` are edited; None if nowhere.

        `address` is what the settings in `file` say. Where that is only what everybody inherits,
        the clone tells, unless the environment has said it too.
        """
        if address != edit_links.UPSTREAM or "EDIT_URI" in os.environ:
            return address
        root = file.parent
        settings = self.settings(root, None, content, "")
        is_upstreams = file.name == "mkdocs.yml" and not settings.overlay.exists()
        is_upstreams = is_upstreams and _is_upstreams(root, settings.framework)
        return edit_links.edit_address(root, content, is_upstreams=is_upstreams)

    def settings(
        self, root: Path, overrides: Path | str | None, content: Path, address: str
    ) -> Settings:
        """Return where things lie, for a site whose settings lie in the folder `root`.

        `overrides` is the theme's own folder; without one, it is the one of that name in `root`.
        """
        settings = Settings(
            framework=root / self.framework.path,
            overrides=Path(overrides or root / "overrides"),
            content=content,
            pdf=self.pdf and not self.serving,
            address=address,
            adapted=self.adapted,
            scripts=self.scripts,
            units=self.units,
            cache=None if self.serving else root / ".cache",
        )
        return replace(settings, notice=self.framework.notice(settings.overlay, root))


def parse(
    extra: Mapping[str, Any],
    file: Path,
    shortcuts: Collection[str] | None,
    *,
    serving: bool,
    framework: Path | None = None,
) -> Choices:
    """Parse what the map `extra` of the settings in `file` says.

    `shortcuts` are the names of all there are; None where they are not known, and any will do.
    `framework` is the definition that an option of a command names, absolute; None if none does.
    Raises nothing: mistakes are in the result.
    """
    chosen, problems = _maturity(extra, file)
    problems += [*_wrong_keys(chosen, file), *misnamed_settings(file), *_misleading(file)]
    problems += _wrong_units(chosen.get("units"), file)
    policy: security_policy.Additions | None = {}
    try:
        policy = security_policy.parse_additions(chosen.get("policy", True), file)
    except FrameworkError as error:
        problems += error.problems
    scripts, mistakes = allowed_scripts.parse(chosen.get("scripts"), file)
    problems += mistakes
    names, named = _names(chosen.get("shortcuts"), shortcuts or ()), chosen.get("framework")
    known = names if shortcuts is None else {*shortcuts}
    problems += [_unknown(name, known, file) for name in sorted(names - known)]
    return Choices(
        framework=choose(file, named if isinstance(named, str) else "", framework),
        pdf=bool(chosen.get("pdf", True)),
        adapted=bool(chosen.get("adapted", True)),
        canonical=str(chosen.get("canonical") or ""),
        # What reloads the pages of a preview is a script in them that always differs.
        policy=None if serving else policy,
        scripts=scripts,
        shortcuts=frozenset(names & known),
        units=chosen["units"] if chosen.get("units") in _UNITS else RESULTS,
        problems=tuple(problems),
        serving=serving,
    )


def _misleading(file: Path) -> Iterator[Problem]:
    """Yield the problems of addresses and folders that lead to another site than is meant.

    Addresses are those that SITE_URL and EDIT_URI say otherwise than the settings, and would lose.
    """
    try:
        settings = load(file)
    except FrameworkError:  # whoever loads them is told
        return
    for key in ("site_url", "edit_uri"):
        own, said = str(settings.get(key) or ""), os.environ.get(key.upper(), "")
        if said and own and published_at(own) != published_at(said):
            message = f"{key}: {own} would win over {key.upper()}={said}"
            hint = f"leave {key} out of the settings, and give the address as {key.upper()}"
            yield Problem(key_position(file, key), message, hint)
    try:
        check_folders(settings, file)
    except FrameworkError as error:
        yield from error.problems


def _is_upstreams(root: Path, framework: Path) -> bool:
    """Tell whether a definition is one of upstream's, and not another in its place."""
    name = framework.relative_to(root).as_posix() if framework.is_relative_to(root) else ""
    if name != DEFAULT:
        return bool(name) and not ownership.is_forks(name)
    try:
        about = _ABOUT.search(load_bytes(framework).decode("utf-8-sig", "replace"))
    except FrameworkError:  # whoever builds the site is told
        return False
    own = _ID.search(about[0]) if about else None
    return own is not None and ownership.is_upstreams(own[1])


def _maturity(extra: Mapping[str, Any], file: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return the map of choices, empty where it is none, and what is wrong with its name or kind.

    Whatever else stands in `extra` is for the theme.
    """
    chosen = extra.get("maturity")
    if chosen is not None and not isinstance(chosen, dict):
        hint = 'such as "framework: framework.yaml"'
        where = key_position(file, "extra", "maturity")
        return {}, [Problem(where, "extra: maturity: must be a map", hint)]
    near = [key for key in map(str, extra) if key != "maturity" and nearest(key, ["maturity"])]
    return chosen or {}, [
        Problem(key_position(file, "extra", key), f"extra: unknown key {key}", "call it maturity")
        for key in near
    ]


def _wrong_keys(chosen: dict[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each key that means nothing, and each value of another type."""
    for key, value in chosen.items():
        where, start = key_position(file, "extra", "maturity", str(key)), "extra: maturity:"
        if key not in _TYPES:
            yield Problem(where, f"{start} unknown key {key}", suggestion(key, _TYPES, "keys"))
        elif value is not None and not isinstance(value, _TYPES[key]):
            yield Problem(where, f"{start} {key}: must be {_WANTED[_TYPES[key]]}", _HINTS[key])


def _names(value: Any, known: Collection[str]) -> set[str]:
    """Return the names that a setting chooses: all for true or nothing, none for false.

    A text is names between blanks or commas, as a variable of the environment holds no list.
    """
    if value is None or value is True:
        return {*known}
    if value is False:
        return set()
    if isinstance(value, list):
        return {str(name) for name in value}
    return {name for name in re.split(r"[\s,]+", str(value)) if name}


def _wrong_units(value: Any, file: Path) -> Iterator[Problem]:
    """Yield a problem where the settings say something else of assessments than there is."""
    if isinstance(value, str) and value not in _UNITS:
        where = key_position(file, "extra", "maturity", "units")
        message = f"extra: maturity: units: no {value}"
        yield Problem(where, message, suggestion(value, _UNITS, "it may be"))


def _unknown(name: str, known: Collection[str], file: Path) -> Problem:
    where = key_position(file, "extra", "maturity", "shortcuts")
    message = f"extra: maturity: shortcuts: no {name}"
    return Problem(where, message, suggestion(name, known, "shortcuts"))
