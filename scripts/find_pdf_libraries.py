"""Install what PDFs are made with, where it is missing: Pango and a font, from Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from maturity.outputs import render_pool

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-liberation")


def missing() -> list[str]:
    """Return the packages that a Debian system lacks; none on any other system."""
    if not shutil.which("dpkg-query"):
        return []
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}"]
    states = {
        name: subprocess.run([*query, name], check=False, capture_output=True, text=True).stdout
        for name in PACKAGES
    }
    return [name for name, state in states.items() if state != "installed"]


def install(packages: list[str]) -> None:
    """Try Debian's packages; say nothing if that does not work."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=sys.stderr)
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, check=False, env=environment, stdout=sys.stderr)


def main() -> None:
    """Exit with advice where PDFs cannot be made."""
    if (packages := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        install(packages)
    if not render_pool.works():
        sys.exit(render_pool.MISSING)


if __name__ == "__main__":
    main()
