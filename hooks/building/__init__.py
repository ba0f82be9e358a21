"""What every build does around MkDocs: where it writes, and what scripts and styles are called.

Each module is a plugin of MkDocs that no settings name: the hook registers them all (`plugins.py`).
Unlike the shortcuts they change what is built, so they are always there.

This room knows MkDocs, and of ours the draft of a site. Only the hook imports from it.
"""
