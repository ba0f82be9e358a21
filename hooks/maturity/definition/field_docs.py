"""Find what is said of a model's fields: the docstrings below them.

Pydantic finds them too, but reads the source of every model whenever the engine is loaded. Here it
is read when somebody asks: a message about a mistake, a JSON Schema.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstring of each field of a model that has one, by the field's name."""
    docs: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part is not BaseModel:
            docs |= _docs_in(part.__module__).get(part.__name__, {})
    return docs


@cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings of fields in a module, by class and field."""
    classes = ast.parse(inspect.getsource(sys.modules[module])).body
    return {part.name: dict(_docs_of(part)) for part in classes if isinstance(part, ast.ClassDef)}


def _docs_of(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class that have a docstring, each with it."""
    for pair in pairwise(part.body):
        match pair:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                yield name, inspect.cleandoc(text)
