"""What a framework holds, counted, as `maturity check` prints it."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition.model import COLLECTIONS, Framework
from .relations import Relations

_PLURALS = {"matrix": "matrices", "entry": "entries"}


def counted(kind: str, count: int) -> str:
    """Return how many entries of a kind there are, such as `1 term` or `2 matrices`."""
    return f"{count} {kind if count == 1 else _PLURALS.get(kind, f'{kind}s')}"


def overview_lines(framework: Framework) -> Iterator[str]:
    """Yield how many entries there are of each kind, then for each level how many practices.

    Those are counted by dimension. Last, for each standard, the clauses that nothing serves.
    """
    about, relations = framework.framework, Relations(framework)
    counts = [
        counted(kind, len(getattr(framework, section))) for kind, section in COLLECTIONS.items()
    ]
    yield f"{about.title} {about.version}: {', '.join(counts)}"
    for level in framework.levels:
        cells = [
            f"{len(relations.cell(level, dimension))} {dimension}"
            for dimension in framework.dimensions
        ]
        yield f"  {relations.number(level)} {level}: {', '.join(cells)}"
    for standard in relations.all("standard"):
        none = relations.coverage(standard).none
        if none:
            codes = ", ".join(clause.code for clause in none.values())
            total = len(standard.entry.clauses)
            yield f"  {standard.id}: nothing serves {len(none)} of {total} clauses: {codes}"
