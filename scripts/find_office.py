"""Find LibreOffice for the tests of the workbook, or install it; print its path.

In this order: the one that OFFICE names, one on the path or where macOS keeps it, and Debian's
package of the spreadsheet without its windows (as root).
"""

from __future__ import annotations

import os
import shutil
import sys

from find_browser import install_package

NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
PACKAGE = "libreoffice-calc-nogui"
ADVICE = f"""LibreOffice was not found for the tests of the workbook, and could not be installed.
Install LibreOffice Calc (Debian, Ubuntu: apt install {PACKAGE}), or name it:
    make test OFFICE=/path/to/soffice"""


def find() -> str | None:
    """Return the path of a LibreOffice that is there, or None."""
    if named := os.environ.get("OFFICE"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Print LibreOffice's path; exit with advice where there is none."""
    if os.environ.get("OFFICE") and find() is None:
        sys.exit(f"OFFICE names {os.environ['OFFICE']}, which is no program that can be run.")
    if find() is None:
        install_package(PACKAGE)
    if (path := find()) is None:
        sys.exit(ADVICE)
    print(f"LibreOffice for the tests: {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
