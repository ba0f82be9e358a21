"""Look through everything that a site is made of, as a build does, but write nothing."""

from __future__ import annotations

from . import authored, generate
from .files import hand_written_files
from .generate import Site
from .settings import Settings


def inspect_site(settings: Settings) -> Site:
    """Generate a site with its hand-written pages, and return it.

    Raises FrameworkError with the problems of whatever comes first: the definition, the words and
    the generated pages, or the hand-written ones.
    """
    written = hand_written_files(settings.content)
    site = generate.generate(settings, written)
    authored.render(site, written)
    return site
