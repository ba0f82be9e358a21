"""Many units: their files are checked as one collection, and set side by side."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from maturity.assessments.collection import load_collection
from maturity.assessments.results import UnitsResults
from maturity.definition import check
from maturity.definition.problems import FrameworkError
from maturity.framework import catalog
from maturity.framework.answer_file import (
    LONGEST_ENTRY,
    Assessment,
    EvidenceRecord,
    Rater,
    StoredAnswer,
)
from maturity.framework.relations import Relations
from maturity.site import generate
from maturity.site.settings import Settings
from projects import ROOT
from pydantic import BaseModel

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
MISTAKES += [
    (
        moved("core-platform/2026-03-02.json", "core-platform/2026-03-02.JSON"),
        "core-platform/2026-03-02.JSON:1:1",
        "nobody reads 2026-03-02.JSON",
        "call it 2026-03-02.json",
    ),
    (
        in_file("parcel-apps/2026-06-01.json", '"unit": "', '"unit": "", "unit": "'),
        "parcel-apps/2026-06-01.json:5:",
        '"unit" stands twice',
        "first in line 5; keep one",
    ),
]
#: The same of the file of units.
UNIT_MISTAKES = [
    ("    title: Sea Freight\n", "    titel: Sea Freight\n", 'unknown key "titel"', "did you mean"),
    ("level: trusted-product}", "level: trusted}", "no level trusted", "did you mean"),
    ("{reliability: first-path}", "{relaibility: first-path}", "no dimension relaibility", "did"),
    ("part_of: freight\n", "part_of: fright\n", "no unit fright", "did you mean freight?"),
    ("named-on-call", "named-on-cal", "no practice named-on-cal", "did you mean named-on-call?"),
    (
        "target: {by: 2026-12-31, level: trusted-product}",
        "target: trusted-product",
        "unit core-platform: target must be a map",
        "such as target: {by: 2027-06-30, level: LEVEL}",
    ),
    ("by: 2026-12-31", "by: 2026-12-32", "2026-12-32 is no day of the calendar", ""),
    ("as_of: 2026-11-27", "as_of: 2026-09-31", "2026-09-31 is no day of the calendar", ""),
    ("as_of: 2026-11-27", "as_of: 2026-11-30", "as_of: 2026-11-30 is still to come", TODAY),
    (
        "as_of: 2026-11-27",
        "as_of: 2026-09-01",
        "as_of: 2026-09-01 is before the round core-platform/2026-09-07.json",
        "write 2026-09-07 or later, or leave as_of out",
    ),
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


def test_a_unit_without_a_round_is_named_and_a_group_is_not(
    folder: Path, results: UnitsResults, relations: Relations
) -> None:
    assert results.unassessed == []
    in_file(UNITS, "units:\n", "units:\n  labs: {title: R & D, part_of: freight}\n")(folder)
    more = UnitsResults(load_collection(folder, relations, TODAY), relations, results.words)
    assert more.unassessed == ["R & D"]


def test_a_round_is_said_to_belong_into_a_folder_only_where_one_unit_is_called_so(
    folder: Path, results: UnitsResults, relations: Relations
) -> None:
    units = results.collection.units.units
    assert {results.folders[str(unit.title).lower()] for unit in units.values()} == {*units}
    in_file(UNITS, "units:\n", "units:\n  labs: {title: Sea freight}\n")(folder)
    more = UnitsResults(load_collection(folder, relations, TODAY), relations, results.words)
    assert "sea freight" not in more.folders
    assert (more.folders["sea-freight"], more.folders["labs"]) == ("sea-freight", "labs")


def test_evidence_counts_as_of_the_day_of_the_file_or_that_of_the_build(
    folder: Path, results: UnitsResults, relations: Relations
) -> None:
    assert (results.day, results.is_day_fixed) == ("2026-11-27", True)
    assert "(27 assessments), as of 2026-11-27 as units.yaml says; " in results.notice
    in_file(UNITS, "as_of: 2026-11-27\n", "")(folder)
    later = UnitsResults(load_collection(folder, relations, "2028-09-30"), relations, results.words)
    assert (later.day, later.is_day_fixed) == ("2028-09-30", False)
    assert not any(end.is_over for end in results.runs_out)
    assert any(end.is_over for end in later.runs_out)


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


def test_what_runs_out_on_one_day_in_several_units_is_said_once(results: UnitsResults) -> None:
    ends = [(one.until, one.practice.id, len(one.units)) for one in results.runs_out]
    assert ends == sorted(ends, key=lambda one: one[0])
    assert len({one[:2] for one in ends}) == len(ends)
    assert ("2027-02-24", "named-on-call", 8) in ends
    in_units = sum(len(unit.runs_out) for unit in results.units.values())
    assert sum(count for *_, count in ends) == in_units


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


# On the site

#: What a unit of a bakery answers to the one practice that serves clauses, and what that touches.
SELLING = {
    "shown": ("always", "Touched by evidence (2): S.1, S.2"),
    "claimed": ("always", "Touched by claims alone (2): S.1, S.2"),
    "neither": ("not-applicable", "Touched by no answer (2): S.1, S.2"),
}


def marks(model: type[BaseModel]) -> dict[str, str]:
    """Every free text of a part of a file of answers, with a word that stands nowhere else."""
    return {
        name: f"{model.__name__}-{name}-MARK"
        for name, field in model.model_fields.items()
        if any(getattr(one, "max_length", 0) == LONGEST_ENTRY for one in field.metadata)
    }


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A definition with three units, whose files have a text wherever one may stand."""
    root = tmp_path_factory.mktemp("bakery")
    shutil.copyfile(ROOT / "tests" / "small.yaml", root / "framework.yaml")
    record = marks(EvidenceRecord)
    listed = ["as_of: 2026-11-27", "units:"]
    for name, (answer, _) in SELLING.items():
        rest = {"answer": answer, "proof_record": record, "records": {"book": record}}
        stored = {**marks(StoredAnswer), **rest, "evidence": ["book"]}
        if name == "claimed":
            stored["proof"] = ""
        rater: dict[str, Any] = {**marks(Rater), "id": "who-has-answered"}
        rater["answers"] = {"compare-shops": stored}
        sitting = rater | marks(Assessment) | {"date": "2026-09-01", "raters": [rater]}
        sitting["before"] = rater
        about = {"id": "bakery", "version": "1.0.0"}
        data = {"format": "maturity-answers/1", "framework": about, "assessment": sitting}
        file = root / "assessments" / name / "2026-09-01.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(data), encoding="utf-8")
        listed.append(f"  {name}: {{title: Unit that has {name}}}")
    (root / "assessments" / UNITS).write_text("\n".join(listed), encoding="utf-8")
    return root


@pytest.mark.parametrize("units", ["results", "answers"])
def test_nothing_that_people_wrote_is_in_any_file_of_the_site(bakery: Path, units: str) -> None:
    settings = Settings(
        bakery / "framework.yaml", ROOT / "overrides", ROOT / "content", units=units
    )
    files = {one.path: one.content for one in generate.generate(settings).outputs}
    raw = {path: one if isinstance(one, bytes) else one.encode() for path, one in files.items()}
    assert {"data/units.csv", "data/units.xlsx", "units/board.md"} <= raw.keys()
    assert [path for path, one in raw.items() if b"-MARK" in unpacked(one)] == []
    pages = {name: str(files[f"units/{name}.md"]) for name in SELLING}
    wrong = {name: page for name, page in pages.items() if SELLING[name][1] not in page}
    assert wrong == {}
    assert all("Served by nothing here (1): B.1" in page for page in pages.values())
    assert all("nothing here says that you comply" in page for page in pages.values())
    assert ("Not applicable" in pages["neither"]) == (units == "answers")


def unpacked(content: bytes) -> bytes:
    """What a file says, that of a spreadsheet out of its archive."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())
