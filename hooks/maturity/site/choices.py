"""What a site chooses under `extra: maturity:` of its settings."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..definition.problems import FrameworkError, Position, Problem, suggestion
from . import security_policy
from .settings import Settings, published_at


@dataclass(frozen=True)
class Choices:
    """The choices of a site, each what it is by default where the settings say nothing of it.

    `canonical` is the version that search engines are sent to, empty if there are no versions.
    `policy` is what is added to the security policy, None for no policy. `shortcuts` are names.
    `problems` are the mistakes: what they leave unknown is as by default. `serving` is for a
    preview, which makes no PDFs and keeps nothing for the next process.
    """

    framework: str = "framework.yaml"
    pdf: bool = True
    adapted: bool = True
    canonical: str = ""
    policy: security_policy.Additions | None = None
    shortcuts: frozenset[str] = frozenset()
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

    def settings(self, root: Path, overrides: Path, content: Path, address: str) -> Settings:
        """Return where things lie, for a site whose settings lie in the folder `root`."""
        return Settings(
            framework=root / self.framework,
            overrides=overrides,
            content=content,
            pdf=self.pdf and not self.serving,
            address=address,
            adapted=self.adapted,
            cache=None if self.serving else root / ".cache",
        )


def parse(
    extra: Mapping[str, Any], file: Path, shortcuts: Collection[str], *, serving: bool
) -> Choices:
    """Parse what the map `extra` of the settings in `file` says; `shortcuts` are all there are.

    Raises nothing: mistakes are in the result.
    """
    problems: list[Problem] = []
    chosen = extra.get("maturity", {})
    if chosen is None:
        chosen = {}
    if not isinstance(chosen, dict):
        hint = 'such as "framework: framework.yaml"'
        problems.append(Problem(Position(file), "extra: maturity: must be a map", hint))
        chosen = {}
    policy: security_policy.Additions | None = {}
    try:
        policy = security_policy.parse_additions(chosen.get("policy", True), file)
    except FrameworkError as error:
        problems += error.problems
    names = _names(chosen.get("shortcuts"), shortcuts)
    problems += [_unknown(name, shortcuts, file) for name in sorted(names - {*shortcuts})]
    return Choices(
        framework=str(chosen.get("framework", Choices.framework)),
        pdf=bool(chosen.get("pdf", True)),
        adapted=bool(chosen.get("adapted", True)),
        canonical=str(chosen.get("canonical") or ""),
        # What reloads the pages of a preview is a script in them that always differs.
        policy=None if serving else policy,
        shortcuts=frozenset(names & {*shortcuts}),
        problems=tuple(problems),
        serving=serving,
    )


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


def _unknown(name: str, known: Collection[str], file: Path) -> Problem:
    message = f"extra: maturity: shortcuts: no {name}"
    return Problem(Position(file), message, suggestion(name, known, "shortcuts"))
