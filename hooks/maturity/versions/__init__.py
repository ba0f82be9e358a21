"""Two frameworks and what lies between them: changes, snapshots, releases, what a fork adapted.

What counts as a change, and how much it asks of people, is `changes.py`. Snapshots in
`releases/<framework id>/` are written once, by `release.py`, and never changed.

Imports from `definition` and `framework`.
"""
