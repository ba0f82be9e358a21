"""Checks whether a version can be published, before anything is built."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from branch import REMOTE, git, has_remote, succeeds
from maturity.definition import check
from maturity.definition.check import Definition
from maturity.definition.problems import Problem, clip
from maturity.definition.values import is_version
from maturity.site import inspection, wrong_settings
from maturity.site.framework_file import VARIABLE, short
from maturity.site.ownership import is_forks
from maturity.site.selection import SETTINGS_FILES, Selection, select, settings_file
from maturity.site.settings import EXAMPLE_ADDRESS, Settings, is_public
from maturity.versions import snapshots
from maturity.versions.history import with_former_ids


@dataclass
class Publication:
    """A version that is to be published, and the commit to build.

    `settings_file` is the file with the settings of the site; None if `maturity` chooses it. `push`
    tells that it goes to where readers are.
    """

    version: str
    settings_file: Path | None
    source: str
    push: bool = False

    @property
    def is_a_version(self) -> bool:
        """True if the version is written as one."""
        return is_version(self.version)

    @cached_property
    def selection(self) -> Selection:
        """The site that is published; raises FrameworkError."""
        return select(Path.cwd(), config=self.settings_file)

    @property
    def config(self) -> Path:
        """The file with the settings of the site; raises FrameworkError if it is none or wrong."""
        file = self.selection.config or self.selection.root / SETTINGS_FILES[-1]
        wrong_settings.check(file)
        return file

    @property
    def address(self) -> str:
        """Where the site will be, as the configuration says; empty where it does not."""
        return self.selection.address

    @property
    def files(self) -> Settings:
        """The places of the definition and of what belongs to it; raises FrameworkError."""
        return self.selection.settings

    @property
    def option(self) -> str:
        """The option that makes the command `maturity` take the same definition, or nothing.

        A variable of the environment may be there for this command alone.
        """
        taken, root = self.selection.choices.framework, Path.cwd()
        is_settings = self.selection.config == settings_file(root)
        if taken.named_by != VARIABLE and (is_settings or not taken.named_by):
            return ""
        return f"--framework {short(taken.path, root)} "

    def command(self, version: str, address: str = "") -> str:
        """Return what publishes a version as this one is: with its address, and pushed if it is.

        An empty `address` is the one that came as SITE_URL; without that, none is said.
        """
        address = address or os.environ.get("SITE_URL", "")
        parts = ["make publish", f"VERSION={version}"]
        parts += [f"SITE_URL={shlex.quote(address)}"] if address else []
        parts += ["PUSH=1"] if self.push else []
        return " ".join(parts)

    @cached_property
    def definition(self) -> Definition:
        """The definition that will be published; raises FrameworkError with all its problems."""
        return check.load(self.files.framework, self.files.overlay)


def no_version(publication: Publication) -> str:
    """Refuse a version that is not written as one."""
    if publication.is_a_version:
        return ""
    command = publication.command("1.2.0")
    return f'"{clip(publication.version, 80)}" is not a version. Write: {command}'


def no_address(publication: Publication) -> str:
    """Refuse to push pages that would give an address where no reader finds them."""
    if not publication.push or is_public(publication.address):
        return ""
    version = publication.version if publication.is_a_version else "1.2.0"
    return (
        f"The pages would give {publication.address or 'no address'} as theirs.\n"
        f"  Say where readers will find them: {publication.command(version, EXAMPLE_ADDRESS)}"
    )


def uncommitted_files(_: Publication) -> str:
    """Refuse to publish while files differ from the commit that the version will be built from."""
    lines = git("--no-optional-locks", "status", "--porcelain").splitlines()
    if not lines:
        return ""
    names = ", ".join(line.strip().split(maxsplit=1)[1] for line in lines[:5])
    more = f", and {len(lines) - 5} more" if len(lines) > 5 else ""
    return (
        f"Not committed: {names}{more}\n"
        "  Commit, ignore or remove them first, so that the version can be built again later."
    )


def ignored_files(publication: Publication) -> str:
    """Refuse to publish files that git ignores, as the commit does not hold them."""
    files, root = publication.files, Path.cwd()
    places = [files.content, files.snippets, files.releases, files.overlay, files.words]
    places += [files.framework, files.samples, publication.config]
    inside = [str(place) for place in places if place.is_relative_to(root)]
    listed = git("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *inside)
    published = inspection.published_files(files.content, publication.selection.known).values()
    paths = [root / name for name in listed.split("\0") if name]
    lost = [
        short(path, root)
        for path in paths
        if path in published or not path.is_relative_to(files.content)
    ]
    if not lost:
        return ""
    more = f", and {len(lost) - 5} more" if len(lost) > 5 else ""
    return (
        f"Ignored by git, so not in the commit: {', '.join(lost[:5])}{more}\n"
        f"  Add them with git add --force, or move them away. Why: git check-ignore -v {lost[0]}"
    )


def other_version(publication: Publication) -> str:
    """Refuse another version than the one that the definition has."""
    if not publication.is_a_version:
        return ""
    definition, version = publication.definition, publication.version
    own = definition.framework.framework.version
    if own == version:
        return ""
    where = definition.source.position("framework", "version")
    message = f"VERSION is {version}, but the version of the definition is {own}"
    released = snapshots.load(snapshots.folder_of(publication.files.releases, definition.framework))
    if any(str(snapshot.number) == version for snapshot in released):
        hint = f"{version} is released already; to publish it, go back to it first: "
        hint += f"git checkout v{version}\n"
    else:
        release = f".venv/bin/maturity {publication.option}release {version}"
        hint = f"{_way_out_of_a_tag(version)}to release {version}: {release}\n"
    hint += f"to publish {own}: {publication.command(own)}"
    return Problem(where, message, hint).text(Path.cwd())


def _way_out_of_a_tag(version: str) -> str:
    """Say how to take back a tag that was set before its version was released; empty for none."""
    if not succeeds("show-ref", "--verify", f"refs/tags/v{version}"):
        return ""
    return (
        f"The tag v{version} was set before the release. Delete it, here and on {REMOTE}:\n"
        f"git tag -d v{version}\n"
        f"git push {REMOTE} --delete v{version}\n"
        "Then release, commit, and tag that commit.\n"
    )


def unreleased(publication: Publication) -> str:
    """Refuse a version that is not released, or whose definition has changed since."""
    definition, version = publication.definition, publication.version
    if definition.framework.framework.version != version:
        return ""  # another refusal says so
    folder = snapshots.folder_of(publication.files.releases, definition.framework)
    released = snapshots.load(folder)
    framework = with_former_ids(definition.framework, released)
    mine = [snapshot for snapshot in released if str(snapshot.number) == version]
    command = f".venv/bin/maturity {publication.option}release"
    if not mine:
        tag = "".join(f"  {line}\n" for line in _way_out_of_a_tag(version).splitlines())
        release = f"  Release it, and commit that: {command} {version}"
        return f"{version} is not released yet.\n{tag}{release}"
    if not snapshots.is_unchanged(mine[0], framework):
        return (
            f"The definition has changed since {version} was released.\n"
            f"  Release the change under a number of its own: {command} VERSION"
        )
    return ""


def of_upstream(publication: Publication) -> str:
    """Refuse a commit of upstream's in a fork, as where a tag of upstream's was copied into it."""
    if not has_remote() or _has_forks_files(publication.source):
        return ""
    main = git("ls-remote", REMOTE, "HEAD").partition("\t")[0]
    if not main:
        return ""
    if not succeeds("cat-file", "-e", f"{main}^{{commit}}"):
        depth = ["--depth=1"] if git("rev-parse", "--is-shallow-repository") == "true" else []
        git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *depth, REMOTE, "HEAD")
    if not _has_forks_files(main):
        return ""
    return (
        f"This commit has nothing of what the main branch on {REMOTE} has of its own, so it is "
        "upstream's and is not published here.\n"
        "  If its tag came along with a copy of upstream's, delete it: "
        f"git push {REMOTE} --delete v{publication.version}"
    )


def _has_forks_files(commit: str) -> bool:
    names = git("ls-tree", "-r", "--name-only", "-z", commit).split("\0")
    return any(is_forks(name) for name in names if name)


#: Each returns what stands in the way, in words for whoever publishes, or an empty text.
BEFORE_BUILDING: tuple[Callable[[Publication], str], ...] = (
    no_version,
    no_address,
    uncommitted_files,
    ignored_files,
    other_version,
    unreleased,
    of_upstream,
)
