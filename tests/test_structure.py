"""The house: what may import what, and that nothing public goes without its sentence."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import code_map
import pytest
import rjsmin
from maturity.framework import relations, scoring
from projects import ROOT

PACKAGE = ROOT / "hooks" / "maturity"
#: A room imports only from itself and from rooms before it; the doors from all of them.
ORDER = (*code_map.ROOMS, "__main__")
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """A module by its place in the package, as `workbook.sheets`; a folder's own is the folder."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports(file: Path) -> set[str]:
    """What a module imports: `.workbook.book` for one of the package, `click` for another."""
    folder = file.relative_to(PACKAGE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = folder[: len(folder) + 1 - node.level]
            names = [alias.name for alias in node.names]
            if node.module and not (PACKAGE.joinpath(*base, *node.module.split("."))).is_dir():
                names = [node.module]
            elif node.module:
                names = [f"{node.module}.{name}" for name in names]
            found |= {".".join(["", *base, name]) for name in names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


def room_of(name: str) -> str:
    return name.split(".")[0]


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_rooms_import_one_way(file: Path) -> None:
    if name_of(file) == "__init__":
        return
    rooms = {room_of(name[1:]) for name in imports(file) if name.startswith(".")}
    own = room_of(name_of(file))
    assert rooms <= set(ORDER[: ORDER.index(own) + 1])


def test_no_module_imports_itself_around_a_corner() -> None:
    waiting = {
        name_of(file): {
            target[1:]
            for target in imports(file)
            if target.startswith(".") and target[1:] != name_of(file)
        }
        for file in MODULES
        if file.name != "__init__.py"
    }
    while free := [name for name, needed in waiting.items() if not needed & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert not waiting


def test_every_room_says_what_it_is_for() -> None:
    rooms = [PACKAGE / room for room in ORDER if room != "__main__"] + [
        PACKAGE.parent / "building",
        PACKAGE.parent / "shortcuts",
    ]
    for room in rooms:
        docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        assert (docstring or "").count("\n") >= 3, room.name


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_the_package_knows_nothing_of_mkdocs_or_the_network(file: Path) -> None:
    assert not imports(file) & {
        "mkdocs",
        "material",
        "mike",
        "urllib",
        "http",
        "socket",
        "requests",
    }


ENGINE = sorted(
    file for folder in ("hooks", "scripts", "benchmarks") for file in (ROOT / folder).rglob("*.py")
)


#: How a line begins that says what a function is about, and not what it does.
NOT_IMPERATIVE = re.compile(
    r"(?:The|A|An|What|Whether|Where|Which|Who|How|When|Why|Every|Each|All|Nothing|Those|It)\b"
)


def functions(file: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_functions_are_short_enough_to_be_seen_whole() -> None:
    lengths = {
        f"{file.name}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for file in ENGINE
        for function in functions(file)
    }
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def public_functions(file: Path) -> list[ast.FunctionDef]:
    """Functions and methods that others call, without those inside a function."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    bodies = [tree.body, *(node.body for node in classes)]
    return [
        node
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def is_property(function: ast.FunctionDef) -> bool:
    names = {ast.unparse(decorator).split(".")[-1] for decorator in function.decorator_list}
    return bool(names & {"property", "cached_property"})


def test_docstrings_of_public_functions_say_what_they_do() -> None:
    """Ruff's D401 knows verbs in a wrong form; this knows what is no verb at all."""
    narrative = [
        f"{file.name}:{function.name}: {docstring.splitlines()[0]}"
        for file in ENGINE
        for function in public_functions(file)
        if not is_property(function)
        and (docstring := ast.get_docstring(function) or "")
        and NOT_IMPERATIVE.match(docstring)
        and not (file.name == "playbook.py" and function.name.startswith("on_"))
    ]
    assert narrative == []


def test_docstrings_name_what_a_function_raises() -> None:
    silent = [
        f"{file.name}:{function.name}"
        for file in ENGINE
        for function in public_functions(file)
        if any(
            isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
            for node in ast.walk(function)
        )
        and "aise" not in (ast.get_docstring(function) or "")
        and "refuse" not in (ast.get_docstring(function) or "").lower()
    ]
    assert silent == []


def test_the_hook_is_thin() -> None:
    hook = ROOT / "hooks" / "playbook.py"
    assert len(hook.read_text(encoding="utf-8").splitlines()) <= 150


def test_python_looks_for_circles_again_once_the_hook_is_loaded() -> None:
    code = "import gc, sys; sys.path.insert(0, 'hooks'); import playbook; print(gc.isenabled())"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert loaded.stdout.split() == [b"True"]


def test_the_map_of_the_code_is_what_the_code_says() -> None:
    text = code_map.FILE.read_text(encoding="utf-8")
    assert code_map.with_map(text) == text, "make map"


def test_every_place_that_contributors_are_sent_to_is_there() -> None:
    text = code_map.FILE.read_text(encoding="utf-8").partition(code_map.START)[0]
    paths = re.findall(
        r"`((?:hooks|content|overrides|tests|scripts|benchmarks|docs)/[\w./-]+)`", text
    )
    made_by_need = {"tests/regressions/", "content/own/", "content/instead/"}
    assert [path for path in paths if path not in made_by_need and not (ROOT / path).exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    documented = re.findall(
        r"^- `.+?`:(.*)$", code_map.FILE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [line for line in documented if not line.strip()] == []
    browser = ROOT / "content" / "assets"
    rooms = {folder.name for folder in browser.iterdir() if any(folder.glob("*.js"))}
    assert rooms == code_map.SHARED_ROOMS.keys() | code_map.PAGE_ROOMS.keys()


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 90


ASSETS = ROOT / "content" / "assets"
SCRIPTS = sorted(ASSETS.glob("*/*.js"))
#: The rooms of the browser, in the same way: a room imports from itself and from rooms before it.
SHARED_ROOMS = tuple(code_map.SHARED_ROOMS)
#: What works without a page, and so runs and is tested outside of a browser.
PURE = [file for file in SCRIPTS if file.parent.name == "assessment"] + [
    ASSETS / "matrix" / "ideas.js",
    ASSETS / "matrix" / "placing.js",
]
#: What only a page has.
PAGE_ONLY = re.compile(
    r"\b(?:document|window|localStorage|sessionStorage|location|history|navigator|customElements"
    r"|HTML\w*Element|matchMedia|addEventListener)\b"
)


def script_name(file: Path) -> str:
    return str(file.relative_to(ASSETS))


def code_of(file: Path) -> str:
    """A script without its comments, so that prose and types do not count."""
    return str(rjsmin.jsmin(file.read_text(encoding="utf-8")))


def imported_files(text: str, file: Path) -> set[Path]:
    """The scripts that a text names, be it at its head, on demand or for a type."""
    names = re.findall(r"""(?:\bfrom|\bimport\(?)\s*["'`](\.[^"'`]+)["'`]""", text)
    return {(file.parent / name).resolve() for name in names}


@pytest.mark.parametrize("file", SCRIPTS, ids=script_name)
def test_scripts_import_one_way(file: Path) -> None:
    room = file.parent.name
    before = SHARED_ROOMS[: SHARED_ROOMS.index(room)] if room in SHARED_ROOMS else SHARED_ROOMS
    if room in ("matrix", "map"):
        before = ("common",)  # ideas and maps are no assessments
    targets = imported_files(file.read_text(encoding="utf-8"), file)
    assert all(target.is_file() for target in targets)
    assert {target.parent.name for target in targets} <= {*before, room}


@pytest.mark.parametrize("file", SCRIPTS, ids=script_name)
def test_published_scripts_say_what_their_sources_say(file: Path) -> None:
    """The minifier takes a template within another one for code, and drops its blank space."""
    text = file.read_text(encoding="utf-8")
    inner = re.findall(r"`[^`\n]*\$\{[^`}\n]*(`[^`\n]*`)", text)
    assert [words for words in inner if words not in code_of(file)] == []


def test_no_script_imports_itself_around_a_corner() -> None:
    waiting = {file: imported_files(code_of(file), file) for file in SCRIPTS}
    while free := [file for file, needed in waiting.items() if not needed & waiting.keys()]:
        for file in free:
            del waiting[file]
    assert not waiting


@pytest.mark.parametrize("file", PURE, ids=script_name)
def test_what_is_pure_touches_no_page(file: Path) -> None:
    reached, waiting = set[Path](), {file}
    while waiting:
        script = waiting.pop()
        reached.add(script)
        waiting |= imported_files(code_of(script), script) - reached
    assert {script: PAGE_ONLY.findall(code_of(script)) for script in reached} == {
        script: [] for script in reached
    }


@pytest.mark.parametrize(
    ("script", "name", "value"),
    [
        ("common/numbers.js", "TOLERANCE", relations.TOLERANCE),
        ("assessment/scoring.js", "NEARLY", scoring.NEARLY),
    ],
)
def test_page_and_python_round_alike(script: str, name: str, value: float) -> None:
    text = (ASSETS / script).read_text(encoding="utf-8")
    (figure,) = re.findall(rf"^const {name} = (.+);$", text, re.MULTILINE)
    assert float(figure) == value


#: The head of a function or method, or of one that is a constant.
FUNCTION = re.compile(
    r"^( *)(?:export )?(?:(?:async |get |set )?(?:function\*? )?(?!if|for|while|switch|catch)"
    r"#?[\w$]+\(.*\)|const \w+ = (?:async )?\(.*\) =>) \{$"
)


def test_functions_of_scripts_are_short_enough_to_be_seen_whole() -> None:
    long = []
    for file in SCRIPTS:
        lines = file.read_text(encoding="utf-8").splitlines()
        for start, line in enumerate(lines):
            if head := FUNCTION.match(line):
                rest = (text.startswith(f"{head[1]}}}") for text in lines[start + 1 :])
                if [*rest].index(True) >= 39:
                    long.append(f"{script_name(file)}:{start + 1}")
    assert long == []
