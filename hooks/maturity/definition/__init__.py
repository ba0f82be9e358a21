"""Reading and checking a definition: from files that people write to a `Framework`.

Everything that an author can get wrong is found here and becomes a `Problem` with a place and a
hint; nobody else reads YAML. Start at `check.load`. What a definition may hold is `model.py`, how a
mistake is worded `messages.py`, an overlay `overlay.py`, rules across entries `check.py`.

This room imports from no other. Nothing here knows of pages, words of the site or releases.
"""
