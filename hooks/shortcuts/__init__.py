"""What spares MkDocs work: in previews mostly, and the parts of pages that it need not read.

Each module is one trick. None of them changes what is built. This room knows MkDocs, and of ours
only what it is given; the hook is the only one that imports it.
"""
