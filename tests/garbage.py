"""How often Python looks for circles in the memory of the processes that run the tests.

By itself it goes through everything again and again, as tests make much that goes away at once;
that took a fifth of their processor time.
"""

from __future__ import annotations

import gc

gc.set_threshold(10_000, 10, 100)


def pytest_collection_finish() -> None:
    """Leave the tests and what they have imported alone, which stay to the end."""
    gc.collect()
    gc.freeze()
