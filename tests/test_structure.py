"""The house: what may import what, and that nothing public goes without its sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "hooks" / "maturity"
#: A module imports only from those before it.
ORDER = (
    "problems", "assets", "model", "tree", "overlay", "shape", "wording", "source", "references",
    "check", "relations", "words", "questionnaire", "answers", "cells",
    "pages", "render", "exports", "pdf",
    "lookups", "computation", "phrases", "book", "result", "workbook",
    "site", "authored", "nav", "terms", "__main__",
)  # fmt: skip
MODULES = sorted(PACKAGE.glob("*.py"))


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            found |= {f".{module}"} if node.level and module else set()
            found |= (
                {f".{alias.name}" for alias in node.names} if node.level and not module else set()
            )
            found |= {module.split(".")[0]} if not node.level else set()
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_imports_go_one_way(file: Path) -> None:
    if file.stem == "__init__":
        return
    own = {name[1:] for name in imports(file) if name.startswith(".")}
    assert own <= set(ORDER[: ORDER.index(file.stem)])


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
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
