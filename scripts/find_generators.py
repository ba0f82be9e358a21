"""Install the other site generators that the pages are tried with, each in an environment alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: A generator, and what it builds with.
GENERATORS = {"properdocs": ["properdocs", "mkdocs-material"], "zensical": ["zensical"]}
ADVICE = "Other site generators are not tried: pip could not install them. Try: make generators"


def find(name: str) -> Path | None:
    """Return the program of a generator, or None if it is not installed."""
    program = folder(name) / "bin" / name
    return program if program.exists() else None


def folder(name: str) -> Path:
    """Return the folder of a generator's environment, inside ours."""
    return Path(sys.prefix) / "generators" / name


def install(name: str) -> None:
    """Try to make a generator's environment, and print only what pip and the system complain of.

    Raises nothing where that fails: `find` tells whether the generator is there.
    """
    environment = folder(name)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=False)
    pins = [f"--constraint={ROOT / file}" for file in ("constraints.txt", "tests/generators.txt")]
    command = [
        str(environment / "bin" / "pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    try:
        subprocess.run([*command, *pins, *GENERATORS[name]], check=False, stdout=sys.stderr)
    except OSError as error:  # where venv failed there is no pip, or none that runs
        print(error, file=sys.stderr)


def main() -> None:
    """Install what is missing, and say what could not be."""
    for name in GENERATORS:
        if find(name) is None:
            install(name)
        if find(name) is None:
            print(ADVICE, file=sys.stderr)


if __name__ == "__main__":
    main()
