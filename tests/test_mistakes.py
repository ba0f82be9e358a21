"""What an author is told: every mistake at its place, once, in words that help."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from maturity.definition import check
from maturity.definition.problems import FrameworkError, Problem
from maturity.definition.prose import replace_links
from maturity.outputs import data as exports
from maturity.site import generate as site
from maturity.site.settings import Settings
from projects import ROOT

HERE = Path(__file__).parent
SMALL = (HERE / "small.yaml").read_text(encoding="utf-8")
REAL = (ROOT / "framework.yaml").read_text(encoding="utf-8")
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "mistakes.yaml").read_text(encoding="utf-8"))


def edited(text: str, replacements: dict[str, str]) -> str:
    for old, new in replacements.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        text = text.replace(old, new)
    return text


def write(folder: Path, definition: str, overlay: str | None = None) -> None:
    (folder / "framework.yaml").write_text(definition, encoding="utf-8", newline="")
    if overlay is not None:
        (folder / "overlay.yaml").write_text(overlay, encoding="utf-8", newline="")


def load(folder: Path) -> check.Definition:
    return check.load(folder / "framework.yaml", folder / "overlay.yaml")


def generate(folder: Path) -> site.Site:
    return site.generate(Settings(folder / "framework.yaml", ROOT / "overrides", ROOT / "content"))


def problems(folder: Path) -> list[Problem]:
    try:
        generate(folder)
    except FrameworkError as error:
        return error.problems
    return []


def report(folder: Path) -> str:
    with pytest.raises(FrameworkError) as caught:
        load(folder)
    return caught.value.report(folder)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_mistake(case: dict[str, Any], tmp_path: Path) -> None:
    text = edited(case.get("file", SMALL), case.get("replace", {})) + case.get("append", "")
    write(tmp_path, text, case.get("overlay"))
    found = problems(tmp_path)
    places = [problem.heading(tmp_path) for problem in found]
    assert len(found) == len(case["expect"]), "\n".join(places)
    for problem, place, expected in zip(found, places, case["expect"], strict=True):
        assert place.startswith(f"{expected['at']}: ")
        assert expected["says"] in problem.message
        assert expected.get("hint", "") in problem.hint + "\n"


def test_the_names_of_cases_differ() -> None:
    names = [case["name"] for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_the_small_definition_has_no_mistakes() -> None:
    assert check.load(HERE / "small.yaml").framework.framework.title == "Bakery Check"


# Whole files


def test_missing_file(tmp_path: Path) -> None:
    assert report(tmp_path).startswith("framework.yaml:1:1: the file cannot be read: No such file")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").mkdir()
    assert report(tmp_path).startswith("framework.yaml:1:1: this is a folder, not a file")


@pytest.mark.parametrize("text", ["", " \n\n", "# Nothing\n# yet\n"])
def test_file_without_content(text: str, tmp_path: Path) -> None:
    write(tmp_path, text)
    assert report(tmp_path).startswith("framework.yaml:1:1: the file is empty\n")


def test_file_that_is_not_utf_8(tmp_path: Path) -> None:
    data = SMALL.replace("Bakery Check", "Bäckerei").encode("latin-1")
    (tmp_path / "framework.yaml").write_bytes(data)
    assert report(tmp_path).startswith("framework.yaml:4:11: the file is not UTF-8\n")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_byte_order_mark_and_line_ends_of_other_systems(ends: str, tmp_path: Path) -> None:
    text = "\ufeff" + SMALL.replace("owner: baker", "owner: bakr").replace("\n", ends)
    write(tmp_path, text)
    assert report(tmp_path).startswith(
        'framework.yaml:49:12: practice keep-recipes: no role "bakr"\n  49 |     owner: bakr\n'
    )


def test_line_ends_that_a_program_has_doubled_are_named(tmp_path: Path) -> None:
    first, rest = SMALL.split("terms:\n")
    write(tmp_path, f"{first}terms:\r\r\n{rest}".replace("\n", "\r\n").replace("\r\r\r", "\r\r"))
    assert report(tmp_path) == (
        "framework.yaml:10:7: this line ends with CR CR LF\n"
        "  10 | terms:\n"
        "     |       ^\n"
        "  some program has written them twice: save the file with line ends of one kind\n"
        "1 problem in framework.yaml"
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_control_characters_are_shown_where_they_stand_with_any_line_ends(
    ends: str, tmp_path: Path
) -> None:
    write(tmp_path, SMALL.replace("title: Baker\n", "title: B\aker\n").replace("\n", ends))
    assert report(tmp_path).startswith("framework.yaml:84:13: the file contains the control")


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "framework.yaml").open("wb") as file:
        file.truncate(100_000_000_000)  # of holes; no memory holds what they are read as
    assert report(tmp_path) == (
        "framework.yaml:1:1: the file has 100000 MB\n"
        "  the largest that is read has 20 MB\n"
        "1 problem in framework.yaml"
    )


def test_text_that_is_too_long_is_shown_in_part(tmp_path: Path) -> None:
    write(tmp_path, edited(SMALL, {"title: Baker\n": f"title: {'x' * 20_001}\n"}))
    assert report(tmp_path) == (
        'framework.yaml:84:12: role baker: "title" has 20,001 characters\n'
        f"  84 |     title: {'x' * 109}\n"
        f"     |            {'^' * 109}\n"
        "  it can have at most 20,000\n"
        "1 problem in framework.yaml"
    )


# The report


def test_report_is_as_designed(tmp_path: Path) -> None:
    write(
        tmp_path,
        edited(SMALL, {"joins: first-oven\n    evolves": "joins: frist-oven\n    evolves"}),
    )
    assert report(tmp_path) == (
        'framework.yaml:85:12: role baker: no level "frist-oven"\n'
        "  85 |     joins: frist-oven\n"
        "     |            ^^^^^^^^^^\n"
        "  did you mean first-oven? (levels: first-oven, many-shops)\n"
        "1 problem in framework.yaml"
    )


def test_report_on_two_files_counts_once(tmp_path: Path) -> None:
    write(tmp_path, edited(SMALL, {"owner: baker": "owner: bakr"}), "roles: {cook: null}\n")
    assert report(tmp_path).endswith("\n3 problems in framework.yaml, overlay.yaml")


def test_misspellings_in_the_real_definition_give_a_problem_each(tmp_path: Path) -> None:
    definition = yaml.safe_load(REAL)
    level, role = list(definition["levels"])[2], next(iter(definition["roles"]))
    text = REAL.replace(f"    level: {level}\n", f"    level: {level[1:]}\n", 1)
    text = text.replace(f"    owner: {role}\n", f"    owner: {role}s\n", 1)
    text = text.replace("    criteria:\n", "    critera:\n", 1)
    write(tmp_path, text)
    found = [problem.text(tmp_path) for problem in problems(tmp_path)]
    assert len(found) == 3, "\n".join(found)
    everything = "\n".join(found)
    for mistake, hint in (
        (f'no level "{level[1:]}"', f"did you mean {level}?"),
        (f'no role "{role}s"', f"did you mean {role}?"),
        ('unknown key "critera"', "did you mean criteria?"),
    ):
        assert f"{mistake}\n" in everything
        assert hint in everything


# What the overlay removes


def removed(section: str, name: str) -> dict[str, Any]:
    return {"based_on": "1.0.0", section: {name: None}}


def merged(patch: Any, other: Any) -> Any:
    if not isinstance(patch, dict) or not isinstance(other, dict):
        return other
    both = {key: merged(patch.get(key), value) for key, value in other.items()}
    return {**patch, **both}


def without_nulls(patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    return {key: without_nulls(value) for key, value in patch.items() if value is not None}


@cache
def plain(text: str) -> Any:
    """What a definition holds; to be looked at only."""
    return yaml.safe_load(text)


def assert_lines_repair(folder: Path, text: str, patch: dict[str, Any]) -> None:
    """The printed lines, where there are any, make the definition sound, whatever is removed."""
    write(folder, text, yaml.safe_dump(patch))
    if not (found := problems(folder)):
        return
    assert {problem.where.file.name for problem in found} == {"overlay.yaml"}
    drops = []
    for problem in found:
        printed = problem.text(folder).partition("what names it is mended by itself:\n")[2]
        assert len(printed.splitlines()) == 2
        drops += yaml.safe_load(textwrap.dedent(printed))["drop"]
    write(folder, text, yaml.safe_dump({**without_nulls(patch), "drop": drops}))
    repaired = generate(folder).definition.source.root.plain()
    assert_only_links_differ(plain(text), repaired)


def assert_only_links_differ(before: Any, after: Any, key: str = "") -> None:
    """What is left is as it was, but for links that became their words and levels that are gone."""
    if isinstance(after, str):
        assert key == "joins" or words_of(after) == words_of(before)
    elif isinstance(after, list):
        rest = iter(before)
        for item in after:  # some may have gone
            assert any(words_of(str(item)) == words_of(str(old)) for old in rest)
    elif isinstance(after, dict):
        for name, value in after.items():
            if name != "based_on":
                assert_only_links_differ(before[name], value, name)
    else:
        assert after == before


def words_of(text: str) -> str:
    return replace_links(text.strip(), lambda words, *_: words)


#: A practice beside another in its cell, so that the cell's level stays when either goes.
TRY_RECIPES = """\
  try-recipes:
    level: first-oven
    dimension: bread
    title: Try recipes
    criteria: {tried: Each recipe is tried first.}
    options: {never: None, at-times: Some, always: All}
"""


@pytest.mark.parametrize(
    ("section", "name"),
    [
        (section, name)
        for section, entries in yaml.safe_load(SMALL).items()
        if section in ("roles", "decisions", "worksheets", "matrices", "glossary", "references")
        for name in entries
    ]
    + [("practices", "keep-recipes"), ("scale", "at-times")],
)
def test_printed_lines_repair_a_removal(section: str, name: str, tmp_path: Path) -> None:
    text = edited(SMALL, {"  open-daily:\n": TRY_RECIPES + "  open-daily:\n"})
    assert_lines_repair(tmp_path, text, removed(section, name))


def test_printed_lines_repair_several_removals_at_once(tmp_path: Path) -> None:
    patch = merged(removed("roles", "baker"), removed("roles", "seller"))
    assert_lines_repair(tmp_path, SMALL, merged(patch, removed("references", "bread-book")))


def test_printed_lines_repair_links_with_titles_in_texts_of_several_paragraphs(
    tmp_path: Path,
) -> None:
    prose = (
        "    why: |\n"
        '      Ask [the baker](role:baker "Who bakes"), not `[x](role:baker)`.\n\n'
        "      Then ask [the *other* one](<role:baker>).\n\n\n"
        "      1. One\n\n         more\n"
    )
    text = edited(SMALL, {"  open-daily:\n    level": f"  open-daily:\n{prose}    level"})
    assert_lines_repair(tmp_path, text, removed("roles", "baker"))


@pytest.mark.parametrize("section", ["levels", "dimensions", "roles", "references"])
def test_printed_lines_repair_removals_from_the_real_definition(
    section: str, tmp_path: Path
) -> None:
    text = re.sub(r"\{count:\w+\}", "some", REAL)
    name = list(plain(text)[section])[-1]
    assert_lines_repair(tmp_path, text, removed(section, name))


# The schema


def test_schema_is_that_of_the_model() -> None:
    written = (ROOT / "framework.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == json.loads(exports.schema_json())
    assert written == exports.schema_json(), (
        "write it anew: maturity schema > framework.schema.json"
    )


def test_definition_names_its_schema() -> None:
    assert REAL.startswith("# yaml-language-server: $schema=framework.schema.json\n")
