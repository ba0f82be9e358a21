"""Links between entries in Markdown, and what of it is code."""

from __future__ import annotations

import pytest
from maturity.definition.html import describe_incomplete
from maturity.definition.prose import (
    links,
    mask_code,
    replace_links,
    replace_targets,
    without_links_to,
)


@pytest.mark.parametrize(
    "link",
    [
        "[Bake](practice:bake)",
        "[Bake](<practice:bake>)",
        "[Bake]( practice:bake )",
        '[Bake](practice:bake "How to")',
        "[Bake](practice:bake 'How to')",
        "[Bake](practice:bake (How to))",
        '[Bake](<practice:bake> "How to")',
    ],
)
def test_a_link_is_found_and_taken_out_however_it_is_written(link: str) -> None:
    text = f"First {link}, then eat."
    assert [(found.kind, found.id) for found in links(text)] == [("practice", "bake")]
    assert without_links_to(text, "practice", "bake") == "First Bake, then eat."
    assert without_links_to(text, "practice", "eat") == text
    assert "practice:" not in replace_targets(text, lambda kind, name: f"/{kind}s/{name}/")


def test_words_of_a_link_may_hold_an_image_code_or_brackets() -> None:
    text = "[![oven](/oven.png) `b[0]` [sic]](practice:bake)"
    assert without_links_to(text, "practice", "bake") == "![oven](/oven.png) `b[0]` [sic]"


def test_a_title_stays_where_only_the_address_changes() -> None:
    text = '[Bake](practice:bake "How to")'
    assert replace_targets(text, lambda *_: "../bake/") == '[Bake](../bake/ "How to")'


@pytest.mark.parametrize(
    "code",
    [
        "`[x](practice:bake)`",
        "``[x](practice:bake) ` ``",
        "```\n[x](practice:bake)\n```",
        "~~~ text\n\n[x](practice:bake)\n~~~",
        "    [x](practice:bake)",
        "\t[x](practice:bake)",
        "- item\n\n        [x](practice:bake)",
    ],
)
def test_a_link_in_code_is_none(code: str) -> None:
    text = f"Like so:\n\n{code}\n\nThen [bake](practice:bake)."
    assert len(list(links(text))) == 1
    assert len(mask_code(text)) == len(text)
    assert code in replace_links(text, lambda words, *_: words)


@pytest.mark.parametrize(
    "prose",
    [
        "A paragraph\n    that goes on: [x](practice:bake)",
        "- item\n\n    its second paragraph: [x](practice:bake)",
        "1. item\n    - inner [x](practice:bake)",
        "A ` alone, [x](practice:bake)",
        "```\na fence that is never closed [x](practice:bake)",
        "Two paragraphs `\n\n[x](practice:bake) ` do not share code",
    ],
)
def test_what_is_no_code_keeps_its_links(prose: str) -> None:
    assert len(list(links(prose))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Write:\n\n    <div>\n\nin the page.",
        "```\n<div>\n```",
        "``<div> ` ``",
        "a `<b>` and `</i>`",
    ],
)
def test_html_in_code_need_not_be_complete(text: str) -> None:
    assert describe_incomplete(text) == ""


@pytest.mark.parametrize(
    "text", ["A paragraph\n    <div>", "- item\n\n    <div>", "<div>\n\n    </p>\n\n</div> <b>"]
)
def test_html_outside_of_code_must_be_complete(text: str) -> None:
    assert describe_incomplete(text) != ""
