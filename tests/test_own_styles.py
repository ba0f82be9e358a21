"""Style sheets of a fork: what browsers would pass over without a word is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from maturity.definition.problems import FrameworkError
from maturity.site.own_styles import check_styles
from maturity.site.settings import Settings
from projects import ROOT


def report(root: Path, style: str) -> str:
    """Return what is said of a fork's style sheet, beside a brand with two properties."""
    for name, text in {
        "assets/brand.css": ":root { --mp-brand: red; --mp-ramp-from: x }",
        "own/brand.css": style,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    try:
        check_styles(Settings(root / "framework.yaml", ROOT / "overrides", root))
    except FrameworkError as error:
        return error.report(root)
    return ""


@pytest.mark.parametrize(
    ("style", "place", "message", "hint"),
    [
        (":root {\n  --mp-brnad: red }", "2:3", "nobody reads --mp-brnad", "mean --mp-brand?"),
        (":root { --mp-brand: red\n.a { color: red }", "1:7", "never closed", "leave out"),
        (":root { --mp-brand: red } }", "1:27", "closes none", "leave out"),
        (":root { --mp-brand: geren }", "1:21", '"geren" is no color', "did you mean green?"),
        (":root {\n--mp-brand: #12345 }", "2:13", '"#12345" is no color', "such as #1f6b3a"),
        (":root { --mp-ramp-from: grean }", "1:25", '"grean" is no color', "oklch(88% 0.1 130)"),
        (":root { --mp-ramp-from: #1f6b3a; }", "1:25", '"#1f6b3a" is no color', "oklch("),
    ],
)
def test_what_would_do_nothing_is_a_problem_at_its_place(
    style: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    said = report(tmp_path, style)
    assert said.startswith(f"own/brand.css:{place}: ")
    assert message in said
    assert hint in said
    assert said.endswith("1 problem in own/brand.css")


@pytest.mark.parametrize(
    "style",
    [
        "/* { --mp-brnad: red */ :root { --mp-brand: red }",
        '.a::before { content: "}" }',
        ":root { --mp-ramp-from: oklch(88% 0.1 130deg) }",
        "@media screen { a { --mp-ramp-from: green } }",
        ":root { --mp-brand: Var(--x) } a { --mp-brand: currentColor; --mp-brand: RED !important }",
        ":root { --mp-gap-of-ours: 1rem; --ours: 1 } .a { margin: var(--mp-gap-of-ours) }",
    ],
    ids=["comment", "text", "degrees", "dark", "other-colors", "own-property"],
)
def test_what_means_something_is_no_problem(style: str, tmp_path: Path) -> None:
    assert report(tmp_path, style) == ""
