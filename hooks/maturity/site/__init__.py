"""The whole site as files, for the hook and for `maturity pages`: this is where it comes together.

Where things lie is `Settings`; `generate.py` makes all that is generated, `authored.py` fills in
hand-written pages, `nav.py` the navigation. What MkDocs needs to know is handed to it by the hook:
nothing here imports MkDocs, so that another generator can build the same site tomorrow.

Imports from every other room; only the two doors, the hook and `__main__`, import from this one.
"""
