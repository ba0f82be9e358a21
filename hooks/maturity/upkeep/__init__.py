"""Upkeep: who answers for an entry or page, and when it is to be looked at again.

Nothing here counts for a score, and none of it is a change of what the framework asks.

Imports from `definition` and `framework`. Nothing here writes a file.
"""
