"""The fillable PDFs: their fields, what is filled into them, and builds that cannot make them."""

from __future__ import annotations
