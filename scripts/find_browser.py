"""Find a browser for the tests, or install one; print its path.

In this order: the one that BROWSER names, one on the path, Debian's packages (as root), and the
one that Playwright brings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

#: The shell first: the same engine without windows, which takes half the processor time.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
ADVICE = """No browser was found for the tests, and none could be installed.
Install Chromium or Chrome (Debian, Ubuntu: apt install chromium), or name one:
    make test BROWSER=/path/to/chrome"""


def find() -> str | None:
    """Return the path of a Chromium that is there, or None."""
    if named := os.environ.get("BROWSER"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return shutil.which(playwright.chromium.executable_path)


def install() -> None:
    """Try Debian's packages, then Playwright's own download; say nothing if none works."""
    for name in NAMES[:2]:
        if find() is None:
            install_package(name)
    if find() is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, stdout=sys.stderr)


def install_package(name: str) -> None:
    """Try to install a package of Debian's or Ubuntu's, if this is root there."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=sys.stderr)
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", name]
        subprocess.run(command, check=False, env=environment, stdout=sys.stderr)


def main() -> None:
    """Print the browser's path; exit with advice where there is none."""
    if os.environ.get("BROWSER") and find() is None:
        sys.exit(f"BROWSER names {os.environ['BROWSER']}, which is no program that can be run.")
    if find() is None:
        install()
    if (path := find()) is None:
        sys.exit(ADVICE)
    print(f"Browser for the tests: {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
