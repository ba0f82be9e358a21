"""Write the map of the code in CONTRIBUTING.md, from the first sentence of each module.

`python scripts/code_map.py` writes it; with `--check` it writes nothing and fails if it would have.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "CONTRIBUTING.md"
#: Between these lines of the file stands what is written here.
START = "<!-- map: written by `make map` from the first sentence of each module -->"
END = "<!-- end of map -->"
#: The rooms of `hooks/maturity/`. A room imports only from itself and from rooms before it.
ROOMS = (
    "definition", "framework", "upkeep", "assessments", "versions", "outputs", "pages", "site",
)  # fmt: skip
#: The rooms of `content/assets/`, likewise, but that a page's folder imports from no other page's.
SHARED_ROOMS = {
    "common": "elements, words, notices, files, storage: know nothing of assessments",
    "assessment": "answers and what they come to: know no page, and run in Node as well",
    "parts": "what several pages show of assessments",
}
PAGE_ROOMS = {
    "score": "the self-scoring page",
    "review": "the pages that review answers: team, compare, report",
    "checklist": "copying from checklists and roles",
    "matrix": "ideas on a matrix; `ideas.js` and `placing.js` know no page",
    "map": "the map",
    "units": "the page of all units",
}


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring or comment on one line, without its full stop.

    What follows a colon or a semicolon belongs to it. Empty where there is no text.
    """
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return re.split(r"(?<=[^.])\.(?:\s|$)", paragraph, maxsplit=1)[0]


def python_doc(file: Path) -> str:
    """Return the docstring of a Python module, empty where it has none."""
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


def script_doc(file: Path) -> str:
    """Return the comment at the head of a script or style sheet, without its stars.

    Empty where there is none.
    """
    comment = re.match(r"/\*\*?(.*?)\*/", file.read_text(encoding="utf-8"), re.DOTALL)
    return re.sub(r"^ *\* ?", "", comment[1], flags=re.MULTILINE) if comment else ""


def _modules(folder: Path, pattern: str) -> Iterator[str]:
    for file in sorted(folder.rglob(pattern)):
        if file.name != "__init__.py":
            doc = python_doc(file) if file.suffix == ".py" else script_doc(file)
            yield f"- `{file.relative_to(folder).as_posix()}`: {first_sentence(doc)}"
        elif file.parent != folder:
            yield f"- `{file.parent.name}/`: {first_sentence(python_doc(file))}"


def _rooms() -> Iterator[str]:
    engine, browser = ROOT / "hooks" / "maturity", ROOT / "content" / "assets"
    yield "The doors:\n"
    for door in (ROOT / "hooks" / "playbook.py", engine / "__main__.py"):
        yield f"- `{door.relative_to(ROOT).as_posix()}`: {first_sentence(python_doc(door))}"
    for folder in (
        ROOT / "hooks" / "building",
        ROOT / "hooks" / "shortcuts",
        *(engine / room for room in ROOMS),
    ):
        about = first_sentence(python_doc(folder / "__init__.py"))
        yield f"\n**`{folder.relative_to(ROOT).as_posix()}/`** {about}\n"
        yield from _modules(folder, "*.py")
    yield "\n**`content/assets/`** what every page loads\n"
    yield from _scripts(browser)
    yield "\n**Style sheets** in `content/assets/`; `overrides/main.html` loads them\n"
    yield from _scripts(browser, "*.css")
    for room, about in (SHARED_ROOMS | PAGE_ROOMS).items():
        yield f"\n**`content/assets/{room}/`** {about}\n"
        yield from _scripts(browser / room)
    for name in ("scripts", "benchmarks"):
        yield f"\n**`{name}/`**\n"
        yield from _modules(ROOT / name, "*.py")


def _scripts(folder: Path, pattern: str = "*.js") -> Iterator[str]:
    for file in sorted(folder.glob(pattern)):
        yield f"- `{file.name}`: {first_sentence(script_doc(file))}"


def with_map(text: str) -> str:
    """Return the text of CONTRIBUTING.md with the map of the code as it now is.

    Raises ValueError where the lines that enclose the map are missing.
    """
    before, _, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{FILE.name} needs the lines {START} and {END}")
    body = "\n".join(_rooms())
    return f"{before}{START}\n\n{body}\n\n{END}{after}"


def main() -> int:
    """Write the map, or with `--check` say whether it is as it would be written."""
    text = FILE.read_text(encoding="utf-8")
    written = with_map(text)
    if "--check" in sys.argv[1:]:
        if written != text:
            print(f"{FILE.name}: the map of the code is out of date: make map")
        return int(written != text)
    FILE.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
