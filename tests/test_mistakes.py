"""What an author is told: every mistake at its place, once, in words that help."""

from __future__ import annotations
