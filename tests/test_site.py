"""The built site: every page is there, leads on, and says what the definition says."""

from __future__ import annotations
