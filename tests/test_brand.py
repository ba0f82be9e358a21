"""The brand: colors of the levels, sizes and spaces, on pages and in files."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from forks import small
from maturity.definition.model import Framework
from maturity.outputs import brand, page_images, share_titles
from maturity.site.settings import Settings
from openpyxl import load_workbook
from PIL import Image, ImageChops
from projects import ROOT, Project
from pypdfium2 import PdfDocument

STYLES = ROOT / "content" / "assets"


def test_levels_can_be_told_apart_in_gray() -> None:
    """Neighbors among five differ by much of what there is between black and white."""
    css = (STYLES / "brand.css").read_text(encoding="utf-8")
    ends = re.findall(r"--mp-ramp-(?:from|to): oklch\(([\d.]+)%", css)
    for first, last in ((ends[0], ends[1]), (ends[2], ends[3])):
        assert abs(float(first) - float(last)) / 4 >= 8.5


def test_what_stands_around_pages_shares_no_class_with_what_stands_in_them() -> None:
    """A menu that phones and paper leave out would take the sections of a level with it."""
    frame = (ROOT / "overrides" / "main.html").read_text(encoding="utf-8")
    around = set(re.findall(r'class="(mp-[\w-]+)', frame))
    pages = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "overrides" / "pages").rglob("*.md")
    )
    inside = {name for names in re.findall(r'class="([^"]*)', pages) for name in names.split()}
    assert around
    assert not around & inside


@pytest.mark.parametrize(
    ("own", "loaded"),
    [
        ("--mp-brand: red", ["bricolage-grotesque", "public-sans", "public-sans"]),
        ("--mp-heading-font: serif", ["public-sans", "public-sans"]),
        ("--mp-text-font: serif", ["bricolage-grotesque"]),
        ("--mp-heading-font: serif; --mp-text-font: serif", []),
    ],
)
def test_a_font_of_ones_own_takes_the_place_of_ours(
    tmp_path: Path, own: str, loaded: list[str]
) -> None:
    shutil.copytree(STYLES / "fonts", tmp_path / "assets" / "fonts")
    shutil.copy(STYLES / "brand.css", tmp_path / "assets")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "brand.css").write_text(f":root {{ {own} }}", encoding="utf-8")
    fonts = Settings(ROOT / "framework.yaml", ROOT / "overrides", tmp_path).fonts
    assert [Path(font).name.split("-latin")[0] for font in fonts] == loaded


def test_sizes_of_text_and_space_are_those_of_the_scale() -> None:
    """What is as thin as a line, or as large as a part of a page, is no space."""
    sheets = {file.name: file.read_text(encoding="utf-8") for file in STYLES.glob("*.css")}
    scale = {
        kind: set(re.findall(rf"--mp-{kind}-\w+: ([\d.]+)rem", sheets["brand.css"]))
        for kind in ("text", "space")
    }
    off = []
    for name, style in sheets.items():
        for line in re.findall(r"^ +((?:font-size|margin|padding|\w*-?gap)[^;]*;)", style, re.M):
            kind = "text" if line.startswith("font-size") else "space"
            found = [] if re.search(r"calc|clamp", line) else re.findall(r"[ :]([\d.]+)rem", line)
            off += [(name, line) for n in found if 0.07 < float(n) < 2.3 and n not in scale[kind]]
    assert not off


def test_a_style_sheet_of_a_fork_colors_the_files_too(site: Path) -> None:
    css = (STYLES / "brand.css").read_text(encoding="utf-8")
    own = ":root { --mp-ramp-from: oklch(90% 0.1 350) }\n"
    own += "@media screen { body { --mp-ramp-to: oklch(1% 0 0) } }"
    ours, theirs = brand.ramp([css]), brand.ramp([css, own])
    assert theirs.at(0) == "oklch(90.00% 0.1000 350.00)"
    assert theirs.at(1) == ours.at(1)
    hue = float(theirs.at(0.5).split()[2].rstrip(")"))
    assert 300 < hue < 340  # the shorter way around, as the browser mixes
    assert ours.at(0) in (site / "assets" / "favicon.svg").read_text(encoding="utf-8")


def test_shared_links_show_the_level_or_the_title_of_the_page(
    site: Path, framework: Framework
) -> None:
    folder = site / "assets" / "share"
    images = {file.relative_to(folder).as_posix()[:-4]: file for file in folder.rglob("*.png")}
    assert set(images) == {"site", *framework.levels} | {
        f"{kind}/{name}"
        for kind in ("practices", "roles", "decisions")
        for name in getattr(framework, kind)
    }
    assert len({file.read_bytes() for file in images.values()}) == len(images)
    for name in ("site", "building", "practices/data-audit"):
        assert Image.open(io.BytesIO(images[name].read_bytes())).size == (1200, 630)
    page = (site / "practices" / "data-audit" / "index.html").read_text(encoding="utf-8")
    assert 'assets/share/practices/data-audit.png">' in page


@pytest.mark.parametrize(
    "title", ["Audit", "Datenschutzfolgenabschätzungen für große Sprachmodelle abschließen " * 2]
)
def test_a_title_fits_on_the_image_of_a_shared_link_however_long(title: str) -> None:
    ground = io.BytesIO()
    empty = Image.new("P", (page_images.WIDTH, page_images.HEIGHT))
    empty.putpalette([253, 251, 247])
    empty.save(ground, "PNG")
    font = (STYLES / "fonts" / "bricolage-grotesque-latin-700-normal.woff2").read_bytes()
    text = share_titles.Text("Handbuch", title)
    assert share_titles.draws(text, font)
    assert not share_titles.draws(share_titles.Text("Podręcznik", "Zażółć"), font)
    image = Image.open(io.BytesIO(share_titles.titled(ground.getvalue, text, font)))
    assert has(image, "#1E1A2C")
    box = image.convert("L").point([255] * 200 + [0] * 56).getbbox()
    assert box is not None
    assert box[0] >= 60
    assert box[2] <= 730  # before the step that rises beside it
    assert box[3] <= 430


@pytest.mark.parametrize(
    ("css", "hex_color"),
    [
        ("oklch(62.7955% 0.257683 29.2339)", "#FF0000"),
        ("oklch(86.644% 0.294827 142.4953)", "#00FF00"),
        ("oklch(45.2014% 0.313214 264.052)", "#0000FF"),
        ("oklch(59.9871% 0 0)", "#808080"),
        ("oklch(100% 0 0)", "#FFFFFF"),
        ("oklch(0% 0 0)", "#000000"),
        ("oklch(62.7955% 0.4 29.2339)", "#FF0000"),  # more than a screen can show
    ],
)
def test_programs_that_know_no_css_are_told_the_same_color(css: str, hex_color: str) -> None:
    colors = brand.ramp([f":root {{ --mp-ramp-from: {css}; --mp-ramp-to: {css} }}"])
    assert colors.hex(0) == colors.hex(1) == hex_color


def test_text_on_a_color_of_the_ramp_can_be_read() -> None:
    """By the contrast that https://www.w3.org/TR/WCAG22/#contrast-minimum asks for."""
    colors = brand.ramp([(STYLES / "brand.css").read_text(encoding="utf-8")])

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(p * share for p, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    for position in (step / 20 for step in range(21)):
        dark, light = sorted(map(luminance, (colors.hex(position), colors.text_on(position))))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


#: Two ends that no part of our own ramp comes near: green, and red.
FORK = ":root { --mp-ramp-from: oklch(70% 0.2 142); --mp-ramp-to: oklch(55% 0.2 29) }\n"


def test_the_ramp_of_a_fork_reaches_every_file(project: Project) -> None:
    small(project).write("content/own/brand.css", FORK)
    result = project.build(PDF="true")
    assert result.code == 0, result.output
    ramp = brand.ramp([FORK])
    book = load_workbook(project.site / "data" / "checklists.xlsx")
    ends = {"one": ramp.hex(0), "two": ramp.hex(1)}
    tabs = [book.worksheets[place].sheet_properties.tabColor for place in (3, 4)]
    heads = [str(sheet["A4"].fill.fgColor.rgb)[-6:] for sheet in book.worksheets[3:5]]
    assert [str(tab and tab.rgb)[-6:] for tab in tabs] == heads
    assert heads == [color[1:] for color in ends.values()]
    assert ramp.at(0) in (project.site / "assets" / "favicon.svg").read_text(encoding="utf-8")
    for level, color in ends.items():
        with PdfDocument(project.site / "data" / "checklists" / f"{level}.pdf") as sheet:
            assert has(sheet[0].render().to_pil(), color)
        assert has(Image.open(project.site / "assets" / "share" / f"{level}.png"), color)


def has(image: Image.Image, color: str) -> bool:
    """Whether an image has a pixel of a color, `#RRGGBB`, as nearly as one can see."""
    wanted = Image.new("RGB", image.size, color)
    apart = ImageChops.difference(image.convert("RGB"), wanted)
    nearest = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    return nearest.getextrema()[0] <= 3  # type: ignore[operator]  # an image of one band
