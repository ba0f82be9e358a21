"""Reading and checking a definition: from files that people write to a `Framework`.

Everything that an author can get wrong becomes a `Problem` with a place and a hint here. Start at
`check.load`. What a definition may hold is `model.py`, made of the types in `text.py`, `ids.py`,
`values.py`, `addresses.py`, `drawings.py`, `worksheets.py` and `matrices.py`. How a mistake is
worded is `messages.py`; an overlay is `overlay.py`; rules across entries are `check.py`. Whoever
opens a file that an author wrote does so by `files.py`, and parses YAML by `plain_yaml.py` where
no places are needed.

This room imports from no other. Nothing here knows of pages, words of the site or releases.
"""
