"""Loading the engine: all of it stays, so that nobody need look meanwhile for what has gone.

The hook imports this before everything else, and says when the rest is there.
"""

from __future__ import annotations

import gc

gc.disable()


def end() -> None:
    """Let Python look for circles in memory again, but not among what has been loaded."""
    gc.freeze()
    gc.enable()
