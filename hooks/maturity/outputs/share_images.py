"""Which image a link to a page shows where it is shared: that of the site, a level or an entry."""

from __future__ import annotations

from ..framework.relations import Item, level_of

#: Kinds of entries whose title stands on their image, with the folder of each.
_TITLED = {"practice": "practices", "role": "roles", "decision": "decisions"}


def path(name: str) -> str:
    """Return the path in the site of the image for a level, an entry, or for the `site`.

    An entry other than a level is named by its page: `practices/ID`.
    """
    return f"assets/share/{name}.png"


def name_of(item: Item | None) -> str | None:
    """Return the name of the image for the page of an entry; None where it has that of the site."""
    level = level_of(item)
    if item is None or level is None:
        return None
    return f"{_TITLED[item.kind]}/{item.id}" if item.kind in _TITLED else level
