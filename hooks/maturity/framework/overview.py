"""What a framework holds, counted, as `maturity check` prints it."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition.model import COLLECTIONS, Framework
from .relations import Relations


def overview_lines(framework: Framework) -> Iterator[str]:
    """Yield how many entries there are of each kind, then for each level how many practices.

    Those are counted by dimension.
    """
    about, relations = framework.framework, Relations(framework)
    counts = [f"{len(getattr(framework, section))} {section}" for section in COLLECTIONS.values()]
    yield f"{about.title} {about.version}: {', '.join(counts)}"
    for level in framework.levels:
        cells = [
            f"{len(relations.cell(level, dimension))} {dimension}"
            for dimension in framework.dimensions
        ]
        yield f"  {relations.number(level)} {level}: {', '.join(cells)}"
