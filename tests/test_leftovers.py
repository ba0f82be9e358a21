"""What merges and programs leave in a file, and nobody sees, is named with its place."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from maturity.definition.characters import UNSEEN, describe
from maturity.definition.files import load_text
from maturity.definition.leftovers import leftovers
from maturity.definition.problems import FrameworkError, Position, Problem
from test_silence import SMALL, report

CONFLICT = "<<<<<<< HEAD\n{a}\n=======\n{b}\n>>>>>>> upstream/main\n"
#: Every kind of file that an author writes, with two texts that could stand there.
AUTHORED = {
    "framework.yaml": (SMALL, SMALL),
    "overlay.yaml": ('based_on: "1.0.0"', 'based_on: "1.1.0"'),
    "words.yaml": ("practice: {why: A}", "practice: {why: B}"),
    "site.yml": ("INHERIT: mkdocs.yml", "INHERIT: mkdocs.yml"),
    "content/own/a.md": ("# A", "# B"),
    "content/own/brand.css": ("a {}", "b {}"),
    "content/own/chart.js": ("let a", "let b"),
    "content/own/plan.svg": ("<svg/>", "<svg />"),
    "content/own/plan.html": ("<p>a</p>", "<p>b</p>"),
    "content/own/plan.txt": ("a", "b"),
    "content/own/data.csv": ("a", "b"),
    "snippets/practices.after.md": ("A", "B"),
    "samples/own/agreed.json": ("{}", "[]"),
    "releases/bakery/0.9.0.yaml": ("a: 1", "b: 1"),
}


@pytest.mark.parametrize("name", AUTHORED)
def test_a_merge_conflict_is_named_in_every_kind_of_file(name: str, tmp_path: Path) -> None:
    a, b = AUTHORED[name]
    said = report(tmp_path, {"mkdocs.yml": "", name: CONFLICT.format(a=a, b=b)})
    assert said.startswith(f"{name}:1:1: a merge conflict of git stands here\n"), said


#: What is left of a conflict that somebody mended in part: the file, its text, and the line.
PARTS = [
    ("a.yaml", "a: 1\n=======\nb: 2\n", 2),
    ("a.yaml", "a: 1\n>>>>>>> upstream/main\n", 2),
    ("a.yaml", "a: 1\r\n>>>>>>>\r\n", 2),
    ("a.yaml", "a: 1\n||||||| base\nb: 2\n", 2),
    ("a.css", "a {}\n=======\n", 2),
    ("a.md", "# A\n\n||||||| base\n", 3),
    ("a.md", "# A\n\n<<<<<<<\n", 3),
    ("a.md", "A\n=======\n", None),  # a heading
    ("a.md", "```\n<<<<<<< HEAD\n=======\n>>>>>>> b\n```\n", None),  # of a guide to git
    ("a.md", "Write `<<<<<<<` or <<<<<<< in a line.\n", None),
    ("a.yaml", "a: |\n  <<<<<<< HEAD\n", None),
]


def test_what_is_left_of_a_conflict_is_named_and_what_only_looks_so_is_not() -> None:
    for name, text, line in PARTS:
        lines = [problem.where.line for problem in leftovers(text, Path(name))]
        assert lines == ([] if line is None else [line]), (name, text)


@pytest.mark.parametrize(
    "name", ["content/own/a.md.orig", "content/own/a.css.rej", "content/own/a_LOCAL_4711.md"]
)
def test_a_file_that_a_merge_put_aside_is_not_published(name: str, tmp_path: Path) -> None:
    said = report(tmp_path, {"content/own/a.md": "# A\n", name: "# B\n"})
    assert said.startswith(f"{name}:1:1: a merge has left this file")


@pytest.mark.parametrize("ending", ["markdown", "mdown", "mkd", "MD", "md.txt"])
def test_a_page_with_another_ending_than_ours_is_named(ending: str, tmp_path: Path) -> None:
    said = report(tmp_path, {f"content/own/a.{ending}": "# A\n"})
    assert said.startswith(f"content/own/a.{ending}:1:1: pages end with .md")
    assert "call it a.md" in said


@pytest.mark.parametrize("name", ["own/welcome.md", "own/brand.css", "instead/workshop.md"])
def test_a_fork_whose_own_folder_lies_beside_content_is_told(name: str, tmp_path: Path) -> None:
    said = report(tmp_path, {name: "A\n"})
    folder = name.partition("/")[0]
    assert said.startswith(f"{name}:1:1: nobody reads the folder {folder}/ here\n")
    assert f"move it to content/{folder}/" in said


#: Texts that hold what nobody sees, and the character; None for what a script or emoji needs.
UNSEEN_TEXTS = {
    "keep\u200brecipes": "\u200b",
    "keep\u200crecipes": "\u200c",
    "keep\u200drecipes": "\u200d",
    "recipes\u2060": "\u2060",
    "\ufeffrecipes": "\ufeff",
    "Daten\u00adschutz": "\u00ad",
    "a \u202e b": "\u202e",
    "a \u2067b": "\u2067",
    "left\u200e": "\u200e",
    "a\x07b": "\x07",
    "a\x0cb": "\x0c",
    "a\x85b": "\x85",
    "a\u2028b": "\u2028",
    "a\u3164b": "\u3164",
    "a\ufe0fb": "\ufe0f",
    "a\U000e0041b": "\U000e0041",
    "a \ufffc b": "\ufffc",
    "Gr\ufffd\ufffde": "\ufffd",
    "a letter was lost (\ufffd)": None,
    "Zo\u00eb \u2013 5\u00a0\u20ac, \u201equote\u201c, \u00f1, e\u0301": None,
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": None,  # Persian
    "\u0d95\u0dca\u200d\u0dbb": None,  # Sinhala
    "\U0001f469\u200d\U0001f4bb \U0001f3f3\ufe0f\u200d\U0001f308 1\ufe0f\u20e3 \u00a9\ufe0f": None,
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f": None,  # a flag
    "\u65e5\u672c\u3000\u8a9e": None,  # a wide blank
}  # fmt: skip


def test_a_character_that_nobody_sees_is_named_once_with_all_its_lines() -> None:
    for text, character in UNSEEN_TEXTS.items():
        problems = [*leftovers(f"{text}\n\n\n{text}\n", Path("a.md"))]
        if character is None:
            assert problems == [], text
            continue
        (problem,) = problems
        assert f"U+{ord(character):04X}" in problem.message
        assert problem.where.column == text.index(character) + 1
        assert "; also in line " in problem.hint


def test_letters_of_no_script_are_taken_for_unseen() -> None:
    letters = (chr(code) for code in range(0x20, 0x20000))
    seen = [c for c in letters if unicodedata.category(c) in ("Ll", "Lu", "Nd", "Po", "Sc", "Sm")]
    assert not [describe(letter) for letter in seen if UNSEEN.search(f"a{letter}b")]


#: Where a space that is none would take something away, and where it is good typography.
ODD_SPACES = [
    ("a.yaml", "a:\n\u00a0 b: 1\n", True),
    ("a.yaml", "a:\u00a0b\n", True),
    ("a.yaml", "a:\n  -\u202fb\n", True),
    ("a.yaml", "a: 5\u00a0%\nb: Ziel\u00a0: gut\n", False),
    ("a.md", "#\u00a0A\n", True),
    ("a.md", "- a\n-\u00a0b\n", True),
    ("a.md", "1.\u2007a\n", True),
    ("a.md", "Ziel\u00a0: 5\u00a0%\n", False),
    ("a.md", "```\n\u00a0a\n```\n", False),
    ("a.css", ":root { --mp-brand\u00a0: red }", True),
    ("a.css", 'a::before { content: "a\u00a0b" } /* 5\u00a0px */', False),
]


def test_a_space_that_is_none_is_named_where_a_blank_means_something() -> None:
    for name, text, is_problem in ODD_SPACES:
        problems = [*leftovers(text, Path(name))]
        assert len(problems) == is_problem, (name, text)
        if problems:
            assert "looks like a blank and is none" in problems[0].message


def test_the_given_file_with_spaces_that_are_none_is_named_at_its_line(tmp_path: Path) -> None:
    text = SMALL.replace("    title: Keep recipes", "  \u00a0 title: Keep recipes")
    said = report(tmp_path, {"framework.yaml": text})
    assert said.startswith("framework.yaml:39:3: U+00A0 (no-break space) stands here")
    assert said.endswith("\n  write a blank instead\n1 problem in framework.yaml")


def test_an_id_that_looks_like_another_says_which_letter_is_not_what_it_seems(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.yaml"
    for name, letter in {
        "keep-r\u0435cipes": "U+0435 (cyrillic small letter ie)",
        "\uff4beep-recipes": "U+FF4B (fullwidth latin small letter k)",
        "keep\u2011recipes": "U+2011 (non-breaking hyphen)",
        "keep-recipes\u00a0": "U+00A0 (no-break space)",
    }.items():
        file.write_text(f"requires: [{name}]\n", encoding="utf-8")
        hint = "did you mean keep-recipes?"
        problem = Problem(Position(file, 1, 12, len(name)), f'no practice "{name}"', hint)
        assert problem.text(tmp_path).endswith(f"{hint}\n  it contains {letter}")


@pytest.mark.parametrize("name", ["content/own/a\u200b.md", "content/own/a\u00a0b.png"])
def test_a_file_whose_name_holds_what_nobody_sees_is_named(name: str, tmp_path: Path) -> None:
    assert "the name of this file contains U+" in report(tmp_path, {name: "# A\n"})


#: What has nothing in it: the file, its text, the place, and what is said of it.
EMPTY = [
    ("content/own/a.md", "", "1:1", "nothing stands in this file"),
    ("content/own/a.md", " \n\n", "1:1", "nothing stands in this file"),
    ("content/own/a.md", "<!-- later -->\n", "1:1", "nothing stands in this file"),
    ("content/own/a.md", "---\ntitle: A\n---\n", "1:1", "nothing stands in this file"),
    ("content/own/a.md", "# A\n\n[the plan]()\n", "3:11", "there is no address"),
    ("content/own/a.md", "# A\n\n![the plan]( )\n", "3:12", "there is no address"),
    ("content/own/a.md", "# A\n\n## \n\ntext\n", "3:1", "this heading is empty"),
    ("snippets/practices.after.md", "\n", "1:1", "nothing stands in this file"),
    ("snippets/practices.after.md", "See [it]().\n", "1:9", "there is no address"),
    ("content/own/brand.css", "", "1:1", "the file is empty"),
    ("content/own/plan.svg", "", "1:1", "the file is empty"),
    ("content/own/plan.png", "", "1:1", "the file is empty"),
    ("words.yaml", "# later\n", "1:1", "the file is empty"),
    ("words.yaml", "practice:\n  why: ' '\n", "2:3", "practice.why is empty"),
    ("overlay.yaml", " \n", "1:1", "the file is empty"),
    ("framework.yaml", "---\n", "2:1", "the file is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "place", "message"), EMPTY)
def test_what_is_empty_is_named(
    name: str, text: str, place: str, message: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {name: text})
    assert said.startswith(f"{name}:{place}: "), said
    assert message in said.split("\n")[0]


def test_a_page_that_another_template_makes_needs_no_text(tmp_path: Path) -> None:
    files = {
        "content/own/a.md": "---\ntemplate: home.html\n---\n",
        "content/own/b.md": "# B\n\n`[a]()` and {{ framework.levels.values() | length }}.\n",
    }
    assert report(tmp_path, files) == ""


#: How files begin that are something else, and what is said of them.
OTHERS = {
    b"PK\x03\x04\x14\x00": "a ZIP file, or a document of an office program",
    b"\xd0\xcf\x11\xe0\xa1": "a document of an office program",
    b"{\\rtf1\\ansi": "a document of an office program (RTF)",
    b"%PDF-1.7\n": "a PDF",
    b"\x89PNG\r\n": "a picture",
    "a: \u00e4".encode("utf-16"): "not UTF-8 but UTF-16",
    "a: \u00e4".encode("utf-16-be"): "not UTF-8 but UTF-16",
    "a: \u00e4".encode("utf-16-le"): "not UTF-8 but UTF-16",
    "a: \u00e4".encode("latin-1"): "not UTF-8",
}


def test_a_file_of_another_program_is_called_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    for data, kind in OTHERS.items():
        file.write_bytes(data)
        with pytest.raises(FrameworkError) as caught:
            load_text(file)
        assert kind in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("catalog:\n  uuid: x\n  metadata: {title: T}\n", "catalog"),
        ("openapi: 3.0.0\ninfo: {title: T}\npaths: {}\n", "openapi"),
        ('{"format": "maturity-answers/1", "assessment": {}}', "format"),
    ],
)
def test_a_file_of_another_kind_as_definition_is_one_problem(
    text: str, first: str, tmp_path: Path
) -> None:
    said = report(tmp_path, {"framework.yaml": text})
    assert f'this is no definition of a framework: it begins with "{first}"' in said
    assert "a definition has at least framework, dimensions, levels and practices" in said
    assert said.endswith("\n1 problem in framework.yaml")
