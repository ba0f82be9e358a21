"""What every shortcut is: a plugin of MkDocs that no settings name."""

from __future__ import annotations

from typing import ClassVar


class Shortcut:
    """Has methods named like MkDocs's events, which make it do less and build the same.

    One object serves all builds of a process, and may keep things from one to the next.
    """

    #: Whether only a preview has it.
    previews_only: ClassVar[bool] = False
    #: Whether it keeps things from plugins and hooks that are not ours, and so gives way to them.
    hides_pages: ClassVar[bool] = False
    #: Whether the build that runs is that of a preview.
    serving: bool = False
