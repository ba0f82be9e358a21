"""The house: what may import what, and that nothing public goes without its sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "hooks" / "maturity"
#: A module imports only from those before it.
ORDER = (
    "problems", "assets", "compiled", "policy", "tags", "model", "tree", "overlay", "shape",
    "wording", "source", "references", "check", "relations", "words", "questionnaire", "answers",
    "ideas", "changes", "snapshots", "history", "notes", "release", "adaptation", "pages",
    "snippets", "brand", "share", "render", "exports", "pdf", "workbook.cells", "workbook.lookups",
    "workbook.computation", "workbook.phrases", "workbook.book", "workbook.result",
    "workbook.sheets", "workbook", "site", "authored", "nav", "moving", "terms", "__main__",
)  # fmt: skip
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
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {".".join(["", *base, name]) for name in names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    if name_of(file) == "__init__":
        return
    own = {name[1:] for name in imports(file) if name.startswith(".")}
    assert own <= set(ORDER[: ORDER.index(name_of(file))])


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


def test_the_hook_is_thin() -> None:
    tree = ast.parse((ROOT / "hooks" / "playbook.py").read_text(encoding="utf-8"))
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert max(lengths.values()) <= 25, lengths
