"""Where the parts of a site lie, what is to be made of them, and where it will be published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..assessments.units_file import FOLDER
from ..definition.files import is_there, list_files, load_text
from ..framework.samples import OWN

#: Addresses that name nothing but the reader's own machine.
_LOCAL = re.compile(
    r"https?://(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?![\w.-])", re.IGNORECASE
)

#: What stands for the address of a site in a command that is to be written.
EXAMPLE_ADDRESS = "https://handbook.example.com/"


#: The fonts that come with the site, below `content`.
HEADING_FONT = "assets/fonts/bricolage-grotesque-latin-700-normal.woff2"
TEXT_FONTS = [f"assets/fonts/public-sans-latin-{weight}-normal.woff2" for weight in (400, 600)]
#: What a site may tell of assessments: nothing, what they come to, and which answer was given.
NONE, RESULTS, ANSWERS = "none", "results", "answers"


@dataclass(frozen=True)
class Settings:
    """Where things lie, every path absolute, and what is to be made.

    What belongs to a definition lies beside it. `overrides` is the folder with the templates and
    the catalogs, `content` that of the hand-written pages and the style sheets. `address` is where
    the site will be published; empty if unknown. `adapted` says whether a fork's site tells what
    it was adapted from. `scripts` are the files that may hold scripts, with all links resolved.
    `cache` is where things are kept for the next build that take long to
    work out, compiled templates and snapshots; without it, for as long as the process runs.
    `notice` says which definition was taken, empty where that is plain. `units` says what the site
    tells of assessments: `results`, `answers` besides, or `none`.
    """

    framework: Path
    overrides: Path
    content: Path
    pdf: bool = False
    address: str = ""
    adapted: bool = True
    scripts: frozenset[Path] = frozenset()
    cache: Path | None = None
    notice: str = ""
    units: str = RESULTS

    @property
    def overlay(self) -> Path:
        """A fork's own changes to the definition."""
        return self.framework.with_name("overlay.yaml")

    @property
    def words(self) -> Path:
        """A fork's own words, in place of those of the catalog."""
        return self.framework.with_name("words.yaml")

    @property
    def releases(self) -> Path:
        """The snapshots, in a folder for each framework."""
        return self.framework.with_name("releases")

    @property
    def snippets(self) -> Path:
        """A fork's own pieces of generated pages."""
        return self.framework.with_name("snippets")

    @property
    def samples(self) -> Path:
        """The files of the example company: a fork's own in place of upstream's."""
        folder = self.framework.with_name("samples")
        return folder / OWN if is_there(folder / OWN) else folder

    @property
    def assessments(self) -> Path:
        """The units of a company and the files of their answers."""
        return self.framework.with_name(FOLDER)

    @property
    def templates(self) -> Path:
        """The templates of generated pages."""
        return self.overrides / "pages"

    @property
    def styles(self) -> list[Path]:
        """The style sheets that may set the brand, in the order in which they are loaded."""
        brand, own = self.content / "assets" / "brand.css", self.content / "own"
        files = [file for file in list_files(own, ".css") if file.parent == own]
        return [brand, *files] if is_there(brand) else files

    @property
    def heading_font(self) -> str | None:
        """The file of the heading font, below `content`; None where a fork has another one."""
        return self._shipped_font("--mp-heading-font", HEADING_FONT)

    @property
    def fonts(self) -> list[str]:
        """The files of the fonts that every page needs, less those that a fork has others for."""
        texts = [self._shipped_font("--mp-text-font", font) for font in TEXT_FONTS]
        return [font for font in (self.heading_font, *texts) if font]

    def _shipped_font(self, setting: str, path: str) -> str | None:
        if any(setting in load_text(style) for style in self.styles[1:]):
            return None
        return path if is_there(self.content / path) else None

    @property
    def catalogs(self) -> Path:
        """The words of the site, a file a language."""
        return self.overrides / "words"

    @property
    def public_address(self) -> str:
        """The address with a slash at its end; empty where no other machine would find it."""
        return published_at(self.address) if is_public(self.address) else ""


def is_public(address: str) -> bool:
    """Tell whether other machines can find a site at an address."""
    return bool(address) and not _LOCAL.match(address)


def published_at(address: str, version: str = "") -> str:
    """Return the address of a site, or of a version in it, with a slash at its end.

    `version` may also be an alias such as `latest`; "" where the site has no versions. Whatever is
    put after the address must not run into its last name. Empty where `address` is.
    """
    if not address:
        return ""
    return "/".join([address.rstrip("/"), *([version] if version else []), ""])
