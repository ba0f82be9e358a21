"""Many units: their files are checked as one collection, and set side by side."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from maturity.assessments.collection import load_collection
from maturity.assessments.results import UnitsResults
from maturity.definition import check
from maturity.definition.problems import FrameworkError
from maturity.framework import catalog
from maturity.framework.relations import Relations
from projects import ROOT

EXAMPLE = ROOT / "examples" / "platform-engineering"
TODAY = "2026-11-29"


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations(check.load(EXAMPLE / "framework.yaml").framework)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example's assessments."""
    return Path(shutil.copytree(EXAMPLE / "assessments", tmp_path / "assessments"))


@pytest.fixture(scope="module")
def results(relations: Relations) -> UnitsResults:
    terms = relations.framework.terms
    words = catalog.load(ROOT / "overrides" / "words", "en", terms)
    return UnitsResults(
        load_collection(EXAMPLE / "assessments", relations, TODAY), relations, words
    )


# Mistakes


def in_file(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def moved(path: str, target: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / target).parent.mkdir(exist_ok=True)
        (folder / path).rename(folder / target)

    return change


UNITS, ROAD, SEA = "units.yaml", "road-freight/2026-09-07.json", "sea-freight/2026-09-07.json"
#: What is changed, where the problem is, and words of its message and hint.
MISTAKES = [
    (in_file("customs/2026-03-02.json", "{", "["), "customs/2026-03-02.json:", "no JSON", "save"),
    (
        in_file("customs/2026-06-01.json", '"id": "platform-engineering"', '"id": "another"'),
        "customs/2026-06-01.json:3:",
        "these answers belong to another",
        "keep only answers to platform-engineering",
    ),
    (
        in_file("customs/2026-09-07.json", '"version": "1.0.0"', '"version": "9.0.0"'),
        "customs/2026-09-07.json:3:",
        "given to 9.0.0, and here is 1.0.0",
        "never carried backwards",
    ),
    (
        in_file(ROAD, '"request-log": ', '"request-lock": '),
        ROAD,
        "no practice request-lock",
        "did you mean request-log?",
    ),
    (
        in_file(SEA, '"answer": "', '"answer": "x-'),
        SEA,
        "practice platform-mandate: no answer x-",
        "answers: not-done",
    ),
    (
        moved("air-freight/2026-09-07.json", "air-freight/2099-01-01.json"),
        "air-freight/2099-01-01.json:1:1",
        "its date is 2026-09-07, and its name says 2099-01-01",
        'call it 2026-09-07.json, or write "date": "2099-01-01"',
    ),
    (
        in_file("returns/2026-09-07.json", '"date": "2026-09-07"', '"date": "2099-09-07"'),
        "returns/2026-09-07.json:5:",
        "2099-09-07 is still to come",
        f"today is {TODAY}",
    ),
    (
        moved("warehouses/2026-03-02.json", "ware-houses/2026-03-02.json"),
        "ware-houses/2026-03-02.json:1:1",
        "no unit ware-houses",
        "did you mean warehouses?",
    ),
    (
        moved("warehouses/2026-06-01.json", "warehouses/june.json"),
        "warehouses/june.json:1:1",
        "june is no day of the calendar",
        "such as 2026-09-01.json",
    ),
    (
        moved("warehouses/2026-09-07.json", "2026-09-07.json"),
        "2026-09-07.json:1:1",
        "this is in no folder of a unit",
        "UNIT/DAY.json",
    ),
]
#: The same of the file of units.
UNIT_MISTAKES = [
    ("    title: Sea Freight\n", "    titel: Sea Freight\n", 'unknown key "titel"', "did you mean"),
    ("level: trusted-product}", "level: trusted}", "no level trusted", "did you mean"),
    ("{reliability: first-path}", "{relaibility: first-path}", "no dimension relaibility", "did"),
    ("part_of: freight\n", "part_of: fright\n", "no unit fright", "did you mean freight?"),
    ("named-on-call", "named-on-cal", "no practice named-on-cal", "did you mean named-on-call?"),
    ("by: 2026-12-31", "by: 2026-12-32", "2026-12-32 is no day of the calendar", ""),
    (
        "    title: Core Platform\n",
        "    title: Core Platform\n    inherits:\n      air-freight: [named-on-call]\n",
        "a circle: core-platform inherits from air-freight inherits from core-platform",
        "take one of these out",
    ),
]


def report_of(folder: Path, relations: Relations) -> str:
    with pytest.raises(FrameworkError) as caught:
        load_collection(folder, relations, TODAY)
    return caught.value.report(folder)


def test_every_mistake_in_any_file_is_said_at_once_with_its_place(
    folder: Path, relations: Relations
) -> None:
    for change, *_ in MISTAKES:
        change(folder)
    report = report_of(folder, relations)
    missing = [
        words
        for _, place, message, hint in MISTAKES
        for words in (place, message, hint)
        if words not in report
    ]
    assert missing == [], report


@pytest.mark.parametrize(("old", "new", "message", "hint"), UNIT_MISTAKES)
def test_a_mistake_in_the_file_of_units_is_said_with_its_place(
    folder: Path, relations: Relations, old: str, new: str, message: str, hint: str
) -> None:
    in_file(UNITS, old, new)(folder)
    report = report_of(folder, relations)
    assert report.startswith(f"{UNITS}:")
    assert message in report
    assert hint in report
    assert "Traceback" not in report


def test_answers_of_an_earlier_version_are_said_to_carry_over_or_to_be_confirmed(
    folder: Path, relations: Relations
) -> None:
    for old, new in (
        ('"version": "1.0.0"', '"version": "0.9.0"'),
        ('"request-log"', '"gone-with-the-wind"'),
        ('"asked": "', '"asked": "0000000000000000", "was": "'),
    ):
        in_file(SEA, old, new)(folder)
    [head, reworded, gone] = load_collection(folder, relations, TODAY).carry_lines(folder)
    assert head.startswith(f"{SEA}: answers to 0.9.0; ")
    assert reworded == "  1 to be confirmed, as they were reworded: platform-mandate"
    assert gone == "  1 not counted, as their practices are gone: gone-with-the-wind"


# Side by side


def test_units_stand_in_the_order_of_their_file_each_with_all_its_rounds(
    results: UnitsResults,
) -> None:
    listed = [name for name in results.collection.units.units if name in results.units]
    assert [*results.units] == listed
    assert len(listed) == 9
    assert {len(unit.moments) for unit in results.units.values()} == {3}
    assert results.groups == {"freight": "Freight", "parcels": "Parcels"}


def test_an_inherited_answer_counts_unless_the_unit_has_its_own(
    folder: Path, results: UnitsResults, relations: Relations
) -> None:
    heir = results.units["road-freight"]
    assert set(heir.inherited.values()) == {"core-platform"}
    assert "named-on-call" in heir.inherited
    assert heir.account.standing.states["named-on-call"] == "answered"
    own = '"answers": {\n   "named-on-call": {"answer": "not-done", "asked": ""},'
    in_file(ROAD, '"answers": {', own)(folder)
    changed = UnitsResults(
        load_collection(folder, relations, TODAY), relations, results.words
    ).units["road-freight"]
    assert "named-on-call" not in changed.inherited
    assert changed.claimed.completed["reliability"] == 0


def test_what_holds_back_several_units_is_counted_and_nothing_else(results: UnitsResults) -> None:
    lacking: dict[str, int] = {}
    for unit in results.units.values():
        for names in unit.account.advice.distance.values():
            for name in names:
                lacking[name] = lacking.get(name, 0) + 1
    shared = {one.practice.id: len(one.units) for one in results.blockers}
    assert shared == {name: n for name, n in lacking.items() if n > 1}
    assert [*shared.values()] == sorted(shared.values(), reverse=True)


def test_the_distance_to_a_target_is_that_of_every_cell_up_to_it(results: UnitsResults) -> None:
    unit = results.units["sea-freight"]
    aims = {aim.dimension.id: aim for aim in unit.aims}
    assert aims["reliability"].level.id == "first-path"
    assert aims["experience"].level.id == "shared-ground"
    assert [one.id for one in aims["reliability"].practices] == [
        one.id for one in unit.lacking_in("reliability")
    ]
    assert aims["experience"].practices == []


def test_tables_of_units_hold_figures_alone(results: UnitsResults) -> None:
    from maturity.outputs.unit_tables import UNIT_COLUMNS, units_csv, units_xlsx

    head, *rows = units_csv(results).splitlines()
    assert head == ",".join(UNIT_COLUMNS)
    assert len(rows) == 9 * 3 * 6
    assert units_xlsx(results)[:2] == b"PK"
    words = [
        text
        for unit in results.units.values()
        for stored in unit.last.sitting.answers.values()
        for text in (stored.note, stored.owner, stored.reason, stored.proof)
        if text
    ]
    assert words
    assert not any(text in line for line in rows for text in words)


def test_the_example_is_as_the_page_saves_it(relations: Relations) -> None:
    for file in sorted((EXAMPLE / "assessments").glob("*/*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        assert data["assessment"]["date"] == file.stem
        assert data["framework"]["version"] == relations.framework.framework.version
