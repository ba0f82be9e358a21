"""Which tests share a process, which of them are quick, and which are tried a second time."""

from __future__ import annotations

import pytest

#: Files whose tests may go to any process. Those of any other file stay together, as what they
#: share is made once a process; so do tests of these files that share what is dear to make.
SPREAD = ("test_review.py", "test_score.py")
DEAR = ("agreed", "versions")
#: Files whose tests take long together, or wait for servers: they go first, so that no process is
#: left alone with one of them at the end. Those that may go to any process fill what is left.
FIRST = (
    "test_every_browser.py", "test_guide.py", "test_serve.py", "test_publish.py", "test_print.py",
    "test_browser.py", "test_upgrade.py", "test_moving.py", "test_fuzz.py", "test_matrix.py",
    "test_handbook.py",
)  # fmt: skip
#: What a machine has to have for a test beyond Python's packages and Pango.
MACHINERY = {"browser", "visit", "office", "generators"}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by the file it stays with, for `--dist loadgroup`, and quick ones by that.

    Long files come first and those that are spread last; the order inside a file stays. What
    drives another program is tried once more: on a busy machine it may run out of time. The
    summary names each that passed only then.
    """
    items.sort(key=_rank)
    for item in items:
        if group := _group(item):
            item.add_marker(pytest.mark.xdist_group(group))
        if not MACHINERY & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.quick)
        else:
            item.add_marker(pytest.mark.flaky(reruns=1))


def _group(item: pytest.Item) -> str:
    """The file, and there the engine of a browser: each drives its own. Of a file whose tests are
    spread, what is dear to make and they share, or nothing."""
    if item.path.name in SPREAD:
        return next((name for name in DEAR if name in getattr(item, "fixturenames", ())), "")
    values = item.callspec.params if hasattr(item, "callspec") else {}
    return f"{item.path.stem} {values.get('visit', '')}".strip()


def _rank(item: pytest.Item) -> int:
    name = item.path.name
    if name in FIRST:
        return FIRST.index(name)
    return len(FIRST) + (name in SPREAD)
