"""An edited YAML file has the same tree and the same mistakes as if all of it were parsed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from maturity.definition.files import load_text
from maturity.definition.problems import FrameworkError, Problem
from maturity.definition.yaml_files import Reading, load_tree, reread
from maturity.definition.yaml_tree import DEEPEST, Node, parse_tree
from projects import ROOT

FILE = Path("framework.yaml")
FRAMEWORK = (ROOT / "framework.yaml").read_text(encoding="utf-8")
TEXT = """\
# at the margin
about:
  title: One
    two
  kept: |+
    three

    four

  folded: >-
    five
# at the margin
  six: |2
     seven
  quoted: "eight
nine
  ten"
  list:
  - a
  - b: c
  flow: [a, {b: c},
d]
  empty:
braces: {a: b,
c: d}
aligned:
  {
  e: f,
  g: h}
asked:
  ? a
  : b
  ?
    c
  : d
practices:
  first: {title: x}
  second:
    title: y
  last: >+
    z

end: here
"""

#: What is edited to what, and whether only the entry around it is parsed.
EDITS = [
    # Texts.
    ("title: One", "title: 1.5", True),
    ("title: One\n    two", "title: 'One\n    two'", True),
    ("  title: One\n    two\n", "  title: One #two\n    \n", False),
    ("    two", "    two # three", True),
    ("    two", "  # two", True),
    ("    two", "# two", True),
    ("    two", "", True),
    ("    two", "  two: 2", False),
    ("    two", "two: 2", False),
    ("    two", " two: 2", False),
    ("    two", "  - two", False),
    ("    two", "    two: 2", False),
    ("  kept: |+", "  kept: |", True),
    ("  kept: |+", "  kept: >-", True),
    ("  kept: |+", "  kept: |2", True),
    ("  kept: |+", "  kept: |6", False),
    ("  kept: |+", "  kept: |+ # four", True),
    ("  kept: |+", "  kept:", True),
    ("    four\n\n", "    four\n     \n", True),
    ("    four\n\n", "\n\n", True),
    ("    four\n\n", "\n    four\n", True),
    ("    four", "   four", False),
    ("    four", "four", False),
    ("    four", "# four", True),
    ("    four", "\tfour", False),
    ("    four", "    four\t", True),
    ("    five\n# at the margin\n", "    five\n    six\n", True),
    ("    five", "    - five: [", True),
    ("  six: |2\n     seven", "  six: |1\n   seven", True),
    ("  six: |2\n", "  six: |4\n", False),
    ("nine", "# nine", True),
    ("nine", '"nine', False),
    ("nine", 'nine"', False),
    ("nine", "---", False),
    ("nine", "... nine", False),
    ("nine", "....", False),
    ('  ten"', "  ten", False),
    ('  ten"', "  ten'", False),
    ('"eight', "'eight", False),
    # Lists and braces.
    ("  - a\n", "  -\n", True),
    ("  - a\n", "- a\n", False),
    ("  - a\n", "    - a\n", False),
    ("  - a\n  - b: c", "    - a\n    - b: c", True),
    ("  - b: c", "    b: c", False),
    ("  - b: c", "  - b: {c: [1, 2]}", True),
    ("  - b: c", "  - b: {c", False),
    ("d]", "d", False),
    ("d]", "d, ", False),
    ("d]", "'d']", True),
    ("d]", "%d]", False),
    ("d]", "# d\n]", False),
    ("  flow: [a, {b: c},\nd]", "  flow: [a, # {b: c},\n]", True),
    ("{a: b,", "{a: e,", True),
    ("c: d}", "c: d, c: e}", False),
    ("c: d}", "c: d", False),
    ("braces: {a: b,\nc: d}", "braces: a\nc: d", False),
    ("braces: {a: b,\nc: d}", "braces:\n  c: d", True),
    ("  e: f,", "  e: i,", True),
    ("  e: f,", "  e: f", False),
    ("end: here", "{end: here}", False),
    # Keys.
    ("  title: One", "  name: One", False),
    ("  title: One", '  "title": One', True),
    ("  title: One", "  title : One", True),
    ("  title: One", "   title: One", False),
    ("  title: One", "  ? title", False),
    ("  title: One", "? title: One", False),
    ("  title: One\n    two", "? title\n: One", False),
    ("  title: One", "  title One", False),
    ("  title: One", "  title:One", False),
    ("  title: One", "  title: One: two", False),
    ("  title: One", "\ttitle: One", False),
    ("  title: One", "  # title: One", False),
    ("  title: One", "- title: One", False),
    ("  title: One", "  ? |\n", False),
    ("    title: y", "    title: {title: y, title: z}", False),
    ("    title: y", "    other: y", True),
    ("    title: y", "    1: y", False),
    ("    title: y", "    <<: y", False),
    ("    title: y", "    ? y", False),
    ("    title: y", "  title: y", False),
    ("    title: y", "title: y", False),
    ("    title: y", "", True),
    ("  second:", "  first:", False),
    ("  second:", "  end:", False),
    ("  second:", "", False),
    ("  second:", "  second: &a", False),
    ("  empty:", "  empty: 2026-01-01", True),
    ("  empty:", "  empty: ~ # none", True),
    ("  empty:", "  empty: *a", False),
    ("  empty:", "  empty: !a b", False),
    ("  empty:", "  empty: <<", True),
    ("  empty:", "  empty: @", False),
    ("  ? a", "  ? e", True),
    ("  : d", "  : e", True),
    ("    c\n  : d", "  c: d\n", False),
    # Where entries begin and end.
    ("# at the margin\nabout:", "# edited\nabout:", False),
    ("# at the margin\nabout:", "about:\n", False),
    ("# at the margin\nabout:", "---\nabout:", False),
    ("# at the margin\nabout:", "%YAML 1.1\nabout:", False),
    ("# at the margin\n  six", "# edited\n  six", True),
    ("# at the margin\n  six", "  # edited\n  six", True),
    ("# at the margin\n  six", "...\n  six", False),
    ("# at the margin\n  six", "---\n  six", False),
    ("# at the margin\n  six", "%TAG\n  six", False),
    ("# at the margin\n  six", "six:\n  six", False),
    ("about:", "above:", False),
    ("about:", "about: # us", True),
    ("  first: {title: x}", "  first: {title: z}", True),
    ("  first: {title: x}", "  first:", True),
    ("    z\n\nend", "    z\n    z\nend", True),
    ("    z\n\nend", "    z\n  \nend", True),
    ("    z\n\nend", "    z\n...\nend", False),
    ("    z\n\nend", "    z\n--- # more\nend", False),
    ("    z\n\nend", "    z\nz: {}\nend", False),
    ("    z\n\nend", "    z\n\n---", False),
    ("end: here", "end: there", True),
    ("end: here", "end: |+", True),
    ("end: here\n", "end: |+\n \n", False),
    ("end: here", "...", False),
    ("end: here", "end: here # ...", True),
    # More than one entry, more or fewer lines, other ends of lines.
    ("  folded: >-\n    five", "  folded: 4\n    5", True),
    ("    five\n# at the margin\n  six: |2", "    5\n# at the margin\n  six: |", True),
    ("here\n", "here", False),
    ("title: One\n", "title: One\n\n", False),
    ("title: One\n", "title: One\r\n", False),
    ("title: One", "title: One\x85", False),
    ("title: One", "title: One\u2028", False),
    ("title: One", "title: One\u2029", False),
    ("title: One", "title: \ufeffOne", False),
    ("title: One", "title: \x00One", False),
    # As deep as can be, and deeper.
    ("  empty:", f"  empty: {'[' * (DEEPEST - 1)}{']' * (DEEPEST - 1)}", True),
    ("  empty:", f"  empty: {'[' * DEEPEST}{']' * DEEPEST}", False),
    ("end: here", f"end: {'[' * DEEPEST}{']' * DEEPEST}", True),
    ("end: here", f"end: {'[' * (DEEPEST + 1)}{']' * (DEEPEST + 1)}", False),
]

#: What matters to YAML, put in anywhere or in the place of something else.
MARKS = (
    *"-?:#&*!|>'\"%@`{}[],~<\t abz1", "\n", "  ", "\n  ", "\n\n", ": ", "- ", "? ", " #", "...",
    "---", "|+", ">-", "|2", "'a\nb'", "[a,\n", "x: ", "title: ", "\r\n", "\x85", "<<: ",
)  # fmt: skip


def reading(text: str) -> Reading:
    return Reading(text, *parse_tree(FILE, text))


@pytest.mark.parametrize(("old", "new", "is_alone"), EDITS)
def test_an_entry_is_parsed_alone_where_that_gives_what_the_whole_gives(
    old: str, new: str, is_alone: bool
) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    root = reread(text, reading(TEXT))
    assert (root is not None) == is_alone
    assert root is None or repr((text, root, [])) == repr(tuple(reading(text)))


def test_after_a_problem_the_whole_is_parsed() -> None:
    doubled = TEXT.replace("    title: y", "    title: {y: 1, y: 2}")
    assert reading(doubled).problems
    assert reread(TEXT, reading(doubled)) is None


def outcome(load: Callable[[], tuple[Node, list[Problem]]]) -> tuple[Node | None, list[Problem]]:
    try:
        return load()
    except FrameworkError as error:
        return None, error.problems


def edited(text: str, draw: random.Random) -> str:
    """Put something in at one place of a text or two, take something out, or indent a line."""
    if draw.random() < 0.3:
        lines = text.split("\n")
        index = draw.randrange(len(lines))
        lines[index] = " " * draw.randrange(6) + lines[index].lstrip(" ")
        text = "\n".join(lines)
    else:
        start = draw.randrange(len(text))
        end = start + draw.choice([0, 0, 1, 2])
        text = text[:start] + draw.choice([*MARKS, ""]) + text[end:]
    return edited(text, draw) if draw.random() < 0.2 else text


@pytest.mark.parametrize("seed", range(4))
def test_a_row_of_edits_gives_what_the_whole_gives(seed: int, tmp_path: Path) -> None:
    file, draw = tmp_path / "framework.yaml", random.Random(seed)  # noqa: S311
    sound, shared = TEXT, 0
    last: Node | None = None
    for _ in range(400):
        text = edited(sound, draw)
        file.write_text(text, encoding="utf-8", newline="")
        root, problems = outcome(lambda: load_tree(file))
        whole = outcome(lambda: parse_tree(file, load_text(file)))
        assert repr((root, problems)) == repr(whole), text
        if root is not None and not problems:
            parts = root.entries.values()
            shared += last is not None and any(
                part is old for part in parts for old in last.entries.values()
            )
            sound, last = text, root
    assert shared > 30


def test_of_the_definition_only_the_entries_that_were_edited_are_new(tmp_path: Path) -> None:
    file = tmp_path / "framework.yaml"
    lines = FRAMEWORK.split("\n")
    file.write_text(FRAMEWORK, encoding="utf-8")
    first, _ = load_tree(file)
    paths = [("framework", "title"), ("practices", "ml-strategy"), ("standards", "iso-iec-42001")]
    for path in paths:
        lines[first.nearest(*path, "title").key.line - 1] += " again"
        file.write_text("\n".join(lines), encoding="utf-8")
        root, problems = load_tree(file)
    assert (root, problems) == parse_tree(file, "\n".join(lines))
    old, new = (
        [(a, b, tree.get(a, b)) for a, s in tree.entries.items() for b in s.entries]
        for tree in (first, root)
    )
    assert [one[:2] for one, two in zip(old, new, strict=True) if one[2] is not two[2]] == paths
