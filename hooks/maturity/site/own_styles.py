"""Look for mistakes in a fork's style sheets that browsers pass over without a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from ..definition.files import list_files, load_text
from ..definition.problems import FrameworkError, Problem, nearest, place_in
from ..outputs.brand import find_unread_ends
from .settings import Settings

_PROPERTY = re.compile(r"(?<![\w-])--mp-[\w-]+")
_DECLARED = re.compile(r"(?<![\w-])(--mp-[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--mp-[\w-]+)")
#: A declaration that may give a color.
_VALUE = re.compile(r"(?<![\w-])(--mp-[\w-]+):\s*([^;{}]*)")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
#: Words that may stand for a color, beside its names.
_WORDS = {"transparent", "currentcolor", "inherit", "initial", "unset", "revert", "revert-layer"}
_WORDS |= {"canvas", "canvastext", "linktext", "highlight", "highlighttext", "graytext"}
_WORDS |= {"accentcolor", "accentcolortext", "buttonface", "buttontext", "field", "fieldtext"}
#: What holds braces that are none: comments and texts.
_NO_CODE = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def check_styles(settings: Settings) -> None:
    """Raise FrameworkError for unclosed braces, properties that nobody reads, and wrong colors.

    Looks at the style sheets directly in `content/own/`. A property of ours is any that begins
    with `--mp-`; one that a fork both sets and uses is its own.
    """
    own = [file for file in settings.styles if file.parent.name == "own"]
    if not own:
        return
    texts = {file: _NO_CODE.sub(_blank, load_text(file)) for file in own}
    ours = list_files(settings.content / "assets", ".css")
    known = {name for file in ours for name in _PROPERTY.findall(load_text(file))}
    colors = {n for f in ours for n, value in _VALUE.findall(load_text(f)) if _is_color(value)}
    known |= {name for text in texts.values() for name in _USED.findall(text)}
    problems = [p for file, text in texts.items() for p in _mistakes(file, text, known)]
    problems += [p for file, text in texts.items() for p in _no_colors(file, text, colors)]
    if problems:
        raise FrameworkError(problems)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _mistakes(file: Path, text: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with a style sheet, given without comments and texts."""
    if (brace := _unbalanced(text)) is not None:
        message = "this brace is never closed" if text[brace] == "{" else "this brace closes none"
        hint = "browsers leave out what stands behind it"
        yield Problem(place_in(file, text, brace), message, hint)
    for match in _DECLARED.finditer(text):
        if match[1] not in known:
            near = nearest(match[1], sorted(known))
            hint = f"did you mean {near}? " if near else ""
            hint += "those that are read are in content/assets/brand.css"
            yield Problem(place_in(file, text, match.start()), f"nobody reads {match[1]}", hint)
    for index, value in find_unread_ends(text):
        hint = "such as oklch(88% 0.1 130): sheets, images and the favicon take it from here"
        message = f'"{value}" is no color that the ramp can be made of'
        yield Problem(place_in(file, text, index), message, hint)


def _no_colors(file: Path, text: str, colors: Collection[str]) -> Iterator[Problem]:
    """Yield each single word that stands in the place of a color and is none."""
    for match in _VALUE.finditer(text):
        value = match[2].replace("!important", "").strip()
        is_word = re.fullmatch(r"[\w-]+|#\S*", value) is not None
        if match[1] in colors and is_word and not _is_color(value) and value.lower() not in _WORDS:
            near = nearest(value, sorted(_color_names()))
            hint = (
                f"did you mean {near}?" if near else "such as #1f6b3a, green or oklch(40% 0.1 130)"
            )
            yield Problem(place_in(file, text, match.start(2)), f'"{value}" is no color', hint)


@cache
def _color_names() -> Collection[str]:
    """Return the names that colors have in style sheets."""
    from PIL.ImageColor import colormap  # loads what only a fork with styles of its own needs

    return colormap


def _is_color(value: str) -> bool:
    """Tell whether a value is the name of a color or its hexadecimal digits."""
    word = value.strip().lower()
    return word in _color_names() or _HEX.fullmatch(word) is not None


def _unbalanced(text: str) -> int | None:
    """Return where the brace stands that has no other one; None where all have."""
    opened: list[int] = []
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            return match.start()
    return opened[-1] if opened else None
