"""Publish a version of the site on the branch gh-pages, beside the earlier ones."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
from mike import git_utils

BRANCH = "gh-pages"
LATEST = "latest"


@click.command()
@click.argument("version")
@click.option("--config", default="mkdocs.yml", show_default=True, help="The site's configuration.")
@click.option("--push", is_flag=True, envvar="PUSH", help=f"Push {BRANCH} to origin afterwards.")
def main(version: str, config: str, push: bool) -> None:
    """Build VERSION and commit it to the branch gh-pages, with the alias `latest`."""
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", version):
        sys.exit(f'"{version}" is not a version. Write: make publish VERSION=1.2.0')
    if not os.environ.get("SITE_URL"):
        print("SITE_URL is not set: canonical links will name this machine.", file=sys.stderr)
    _fetch()
    environment = {**os.environ, "VERSION_PROVIDER": "mike", "NO_MKDOCS_2_WARNING": "1"}
    deploy = ["mike", "deploy", "-F", config, "-b", BRANCH, "--update-aliases", version, LATEST]
    _run(deploy, environment)
    if not _succeeds("git", "cat-file", "-e", f"{BRANCH}:index.html"):
        _run(["mike", "set-default", "-F", config, "-b", BRANCH, LATEST], environment)
    _publish_root_404(version)
    if push:
        _run(["git", "push", "origin", BRANCH], environment)
    print(f"{version} is on the branch {BRANCH}, and is {LATEST}.")


def _fetch() -> None:
    """Get the published branch where only the remote has it, so that its versions are kept."""
    if _succeeds("git", "rev-parse", "--verify", "--quiet", f"refs/heads/{BRANCH}"):
        return
    remote = f"refs/remotes/origin/{BRANCH}"
    if _succeeds("git", "fetch", "--quiet", "--depth=1", "origin", f"{BRANCH}:{remote}"):
        _run(["git", "branch", "--quiet", BRANCH, remote], dict(os.environ))


def _publish_root_404(version: str) -> None:
    """Copy the version's 404 page to the root: its addresses lead to `latest` from anywhere."""
    page = git_utils.read_file(BRANCH, f"{version}/404.html")
    page = page if isinstance(page, bytes) else page.encode()
    with (
        contextlib.suppress(git_utils.GitEmptyCommit),  # the page is there already
        git_utils.Commit(BRANCH, f"Show the 404 page of {version} everywhere") as commit,
    ):
        commit.add_file(git_utils.FileInfo("404.html", page))


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command with the programs of this Python first on the path; stop where it fails."""
    programs = Path(sys.executable).parent
    path = os.pathsep.join([str(programs), environment.get("PATH", "")])
    executable = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run(
        [executable, *command[1:]], env={**environment, "PATH": path}, check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
