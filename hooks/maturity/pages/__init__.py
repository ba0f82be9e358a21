"""From a framework to its pages as Markdown: addresses, titles, templates, links, snippets.

Which pages there are is `listing.py`; how one becomes text is `render.py`, with the templates in
`overrides/pages/`. A page is a value: nothing here reads or writes the site's folder.

Imports from `definition`, `framework`, `versions` and `outputs`.
"""
