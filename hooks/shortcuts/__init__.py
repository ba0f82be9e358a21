"""What spares MkDocs work: pages that it has made before, and parts of pages that it need not read.

Each module is one shortcut, a plugin of MkDocs that the hook registers where `extra: maturity:
shortcuts:` chooses it and the build allows it (`registry.py`). None of them changes what is built:
a test holds that. To add one, write a `Shortcut`, name it in the registry, and measure it with
`make bench PART=shortcuts`; what saves less than a tenth of a second goes.

This room knows MkDocs, and of ours the caches, the extension that links terms, and what
an output and the settings of a site are. Only the hook imports from it.
"""
