"""Which files are upstream's, and which are a fork's own.

Upstream never adds a file that is a fork's, so that its releases merge without a conflict; the
tests of the engine work on upstream's files alone, and what changes a fork's files only is a change
of content. Uses nothing but the standard library: the workflows ask before anything is installed.
"""

from __future__ import annotations

from pathlib import Path

#: All that upstream has, as files and as folders with a slash. Whatever else stands in a repository
#: is its fork's: `overlay.yaml`, `site.yml`, `snippets/`, `content/own/`, pages that replace
#: generated ones, assessments, releases under other ids, frameworks in folders of their own.
UPSTREAM = (
    ".ci/", ".github/", "benchmarks/", "docs/", "hooks/", "overrides/", "scripts/", "tests/",
    ".gitignore", ".gitlab-ci.yml", ".npmrc", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "LICENSE-CONTENT", "Makefile", "README.md", "constraints.txt", "framework.schema.json",
    "framework.yaml", "jsconfig.json", "mkdocs.yml", "package-lock.json", "package.json",
    "pyproject.toml",
    "content/assets/", "content/customize.md", "content/data.md", "content/facilitator.md",
    "content/when-material-ends.md", "content/workshop.md",
    "examples/README.md", "examples/platform-engineering/", "examples/team-health/",
    "releases/ml-maturity/",
    "samples/README.md", "samples/agreed.json", "samples/earlier.json", "samples/ideas/",
    "samples/team/",
)  # fmt: skip
#: What forks have beside upstream's files, most of them one of these.
_FORKS = (
    "overlay.yaml", "words.yaml", "site.yml", "snippets", "content/own", "content/instead",
    "samples/own", "assessments",
)  # fmt: skip
#: What of it is content: text and no program.
_CONTENT = ("framework.yaml", "content/", "releases/", "samples/")
_PROGRAMS = "content/assets/"

#: Hand-written pages for whoever owns a site; a fork's readers are not led to them.
OWNERS_PAGES = ("customize.md", "when-material-ends.md")
#: Those for everybody.
READERS_PAGES = ("data.md", "facilitator.md", "workshop.md")


def is_upstreams(framework: str) -> bool:
    """Return whether a framework is the one that upstream releases, by its id."""
    return f"releases/{framework}/" in UPSTREAM


def is_forks(path: str) -> bool:
    """Return whether a file is a fork's own, by its path in the repository, with slashes."""
    return not any(
        path.startswith(name) if name.endswith("/") else path == name for name in UPSTREAM
    )


def is_fork(root: Path) -> bool:
    """Return whether a folder is a fork's: one with files, frameworks or releases of its own."""
    if any((root / name).exists() for name in _FORKS):
        return True
    own = [f"{file.parent.name}/framework.yaml" for file in root.glob("*/framework.yaml")]
    released = [f"releases/{folder.name}/" for folder in root.glob("releases/*/")]
    return any(map(is_forks, [*own, *released]))


def is_content(path: str) -> bool:
    """Return whether a file is content: a fork's own, or text of upstream's and no program."""
    if is_forks(path):
        return True
    return path.startswith(_CONTENT) and not path.startswith(_PROGRAMS)
