"""Which tests share a process, and which of them are quick."""

from __future__ import annotations

import pytest

#: Files whose tests may go to any process. Those of any other file stay together, as what they
#: share is made once a process.
SPREAD = ("test_pdf.py", "test_review.py", "test_score.py")
#: What a machine has to have for a test beyond Python's packages and Pango.
MACHINERY = {"browser", "office", "generators"}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by the file it stays with, for `--dist loadgroup`, and quick ones by that."""
    for item in items:
        if item.path.name not in SPREAD:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        if not MACHINERY & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.quick)
