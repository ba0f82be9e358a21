"""The workbook: the page's results by formulas, values for readers that compute nothing, and its
answers on the self-scoring page."""

from __future__ import annotations

import csv
import datetime
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from aged_workbooks import Aged, aged_workbooks, comparable, workbook_results
from filled_workbooks import Filling, filled, many
from maturity.definition import check
from maturity.definition.model import Framework
from maturity.framework.answer_file import TABLE_COLUMNS
from maturity.framework.answer_file import Sitting as AnswerSitting
from maturity.framework.questionnaire import fingerprint, questionnaire
from maturity.framework.relations import Relations
from maturity.outputs.workbook.cells import sheet_names
from maturity.outputs.workbook.computation import in_answer_order
from playwright.sync_api import Page
from projects import ROOT, our_framework
from reader import forget, heard, open_table, ready
from scorer import AGES, CASES, FRAMEWORKS, Sitting, aged, expected, given, whole
from spreadsheet import (
    Book,
    Computed,
    Rows,
    opened,
    recalculated,
    saved_values,
    table,
    workbook_of,
)

REAL = our_framework()
SMALL = check.load(ROOT / "tests" / "small.yaml").framework
SITTINGS = {
    f"case{number}": Sitting(FRAMEWORKS[case["framework"]], case["answers"], case.get("start", ""))
    for number, case in enumerate(CASES)
}
LABELS = {"unknown": "Don't know", "not-applicable": "Not applicable"}
#: Texts that are formulas, marks of XML, quotes and placeholders elsewhere.
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://example.org\")", "'quoted'", "a\"b",
    "]]></si><script>&", "{n} of {total}", "[a]:*?/\\", "מבחן 😀", "1",
)  # fmt: skip


def hostile() -> Framework:
    """A framework whose every text means something to a spreadsheet."""
    definition = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    texts = iter(HOSTILE * 9)

    def spoil(entry: dict[str, Any]) -> None:
        for key, value in entry.items():
            if isinstance(value, dict):
                spoil(value)
            elif key in ("title", "question", "label") or key in ("written", "hours", "book"):
                entry[key] = next(texts)

    for section in ("framework", "dimensions", "levels", "practices", "roles", "scale"):
        spoil(definition[section])
    definition["practices"]["open-daily"]["question"] = "=" + "long " * 3000
    many = {f"criterion-{number}": "x" * 9000 for number in range(5)}
    definition["practices"]["share-recipes"]["criteria"] = many
    for number, answer in enumerate(definition["scale"].values()):
        answer["label"] = ("=1+1", "0", "-")[number]
    return Framework.model_validate(definition)


def large() -> Framework:
    """As large as a framework may be expected to get."""
    levels = [f"level-{number}" for number in range(12)]
    dimensions = [f"dimension-{number}" for number in range(20)]
    practice = {"criteria": {f"c{n}": f"Criterion {n} of it is true." for n in range(4)}}
    return Framework.model_validate(
        {
            "framework": {"id": "l", "title": "Large", "version": "1.0.0", "summary": "Large"},
            "levels": {name: {"title": name} for name in levels},
            "dimensions": {name: {"title": name} for name in dimensions},
            "practices": {
                f"practice-{number}": {
                    **practice,
                    "title": f"Practice number {number}",
                    "level": levels[number % 12],
                    "dimension": dimensions[number // 12 % 20],
                }
                for number in range(3000)
            },
        }
    )


UNTOUCHED = {
    "real": REAL,
    "small": SMALL,
    "hostile": hostile(),
    **{name: whole(FRAMEWORKS[name]) for name in ("holes", "twelve", "line-achieved", "many")},
}


def answered(framework: Framework, sitting: Sitting) -> Filling:
    """The answers of a case as somebody fills them in."""
    labels = LABELS | {name: str(answer.label) for name, answer in framework.scale.items()}
    partly = {
        name: f"{answer.label}, but not all criteria"
        for name, answer in framework.scale.items()
        if answer.needs_criteria
    }
    rows = {
        practice: {
            "answer": (labels | (partly if one["lacking"] else {})).get(
                one["answer"], one["answer"]
            ),
            "evidence": "A record" if one["proven"] else None,
            "reason": "Not here" if one["reasoned"] else None,
        }
        for practice, one in given(sitting).items()
    }
    levels = [*framework.levels]
    start = sitting.start or levels[0]
    return Filling(rows, {"Start with": f"{levels.index(start) + 1} · {start}"})


#: The frameworks of the cases, and there the cases as they are filled in.
JUDGED = {case["framework"]: whole(FRAMEWORKS[case["framework"]]) for case in CASES}
FILLINGS = {
    framework: {
        f"case{number}": answered(JUDGED[framework], SITTINGS[f"case{number}"])
        for number, case in enumerate(CASES)
        if case["framework"] == framework
    }
    for framework in JUDGED
}
AGED_FRAMEWORKS = {case["framework"]: whole(FRAMEWORKS[case["framework"]]) for case in AGES}
AGED = [
    Aged(case["framework"], AnswerSitting.model_validate(aged(case)), tuple(expected(case)))
    for case in AGES
]
#: What somebody fills in who saves the sheet of answers as CSV: the answers, and the rest.
PROOF = 'A page, "signed"; kept\nsince May'
SAVED = (
    {
        "share-recipes": {
            "answer": "Always",
            "evidence": PROOF,
            "owner": "Baker",
            "evidence_days": datetime.date(2026, 3, 4),
        }
    },
    {"Unit": "Bakery; north", "Date": datetime.date(2026, 11, 24), "Your role": "Baker"},
)
#: A spreadsheet may or may not keep the apostrophe of a choice that looks like a formula.
TYPED = {"keep-recipes": "'-", "open-daily": "-", "share-recipes": "0", "compare-shops": "=1+1"}


def half_way() -> dict[str, dict[str, str]]:
    """Our first level answered and shown, the second with every answer there is."""
    labels = [str(answer.label) for answer in REAL.scale.values()]
    first, second = [*REAL.levels][:2]
    rows: dict[str, dict[str, str]] = {}
    for number, (name, practice) in enumerate(REAL.practices.items()):
        if practice.level == first:
            rows[name] = {"answer": labels[-1], "evidence": "A page"}
        elif practice.level == second:
            rows[name] = {"answer": labels[number % 4]}
    return rows


def for_the_page(untouched: dict[str, bytes]) -> bytes:
    """Ours, with three answers for the self-scoring page."""
    first, second, third, *_ = REAL.practices
    labels = [str(answer.label) for answer in REAL.scale.values()]
    artifact = next(iter(REAL.practices[first].evidence.values())).text
    rows: dict[str, dict[str, Any]] = {
        first: {"answer": labels[-1], "evidence": f"{artifact}\nwiki; page 12"},
        second: {"answer": "Don't know", "note": "=1+1 is asked for"},
        third: {"answer": labels[1], "owner": "Dana", "due": datetime.date(2027, 1, 15)},
    }
    return filled(untouched["real"], rows, {"Unit": "Search; Ads", "Your role": "CTO"})


@pytest.fixture(scope="module")
def untouched() -> dict[str, bytes]:
    """Workbooks as they are published."""
    return {name: workbook_of(framework) for name, framework in UNTOUCHED.items()}


@pytest.fixture(scope="module")
def saved_real(untouched: dict[str, bytes]) -> dict[str, Rows]:
    """The values that ours is published with."""
    return saved_values(untouched["real"])


@pytest.fixture(scope="module")
def computed(
    office: str, untouched: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Computed]:
    """The untouched workbooks, one for each framework of the cases of scoring and of ages, with
    every case in it, and those of two tests; recalculated."""
    empty = {name: workbook_of(framework) for name, framework in JUDGED.items()}
    cases = {name: many(empty[name], [*fillings.values()]) for name, fillings in FILLINGS.items()}
    files = {
        **untouched,
        **{f"case-{name}": file for name, file in cases.items()},
        **{f"aged-{name}": file for name, file in aged_workbooks(AGED_FRAMEWORKS, AGED).items()},
        "filled": filled(untouched["small"], *SAVED),
        "for-the-page": for_the_page(untouched),
        "typed": filled(untouched["hostile"], {name: {"answer": a} for name, a in TYPED.items()}),
    }
    return recalculated(office, files, tmp_path_factory.mktemp("computed"))


@pytest.fixture(scope="module")
def computed_in_german(
    office: str, untouched: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Computed]:
    """Workbooks in an office whose numbers have commas."""
    plain = filled(untouched["real"], half_way())
    files = {
        "filled": filled(untouched["small"], *SAVED),
        "for-the-page": for_the_page(untouched),
        "plain": plain,
        "turned": turned(plain),
    }
    folder = tmp_path_factory.mktemp("german")
    return recalculated(office, files, folder, separator=";", locale="de-DE")


def beside(book: Book, label: str) -> Any:
    """What stands beside a label of the sheet of results."""
    return next(row[1] for row in book["Result"] if row[0] == label)


def standing(book: Book, label: str) -> str:
    """The title of the level beside a label."""
    return str(beside(book, label)).split(" · ")[-1].replace("Before the first level", "none")


def result(book: Book, framework: Framework) -> dict[str, Any]:
    """What a workbook says, in the form of scoring.yaml."""
    (overall,) = table(book, "Computation", "completed_claimed")
    by_dimension = table(book, "Computation", "dimension")
    practices = table(book, "Computation", "practice")
    nearest = table(book, "Result", "Practice")
    deciding = [*framework.levels, "none"][overall["deciding"] - 1]
    claimed = standing(book, "Claimed")

    def each(column: str) -> dict[str, Any]:
        return {row["title"]: row[column] for row in by_dimension}

    return {
        "claimed": claimed,
        "evidenced": standing(book, "Shown"),
        "range": [claimed, standing(book, "Could still become")],
        "completed": each("completed_claimed"),
        "evidenced_completed": each("completed_evidenced"),
        "progress": each("progress_claimed"),
        "evidenced_progress": each("progress_evidenced"),
        "settled": bool(overall["settled"]),
        "may_stop": bool(overall["may_stop"]),
        "deciding": deciding,
        "distance": {
            dimension: [row["Practice"] for row in nearest if row["Dimension"] == dimension]
            for dimension in framework.dimensions
            if deciding != "none"
        },
        "show_evidence": sorted(row["practice"] for row in practices if row["waiting"]),
        "not_applicable": sorted(row["practice"] for row in practices if not row["counted"]),
    }


#: What the workbook leaves to the page: the order of next steps, and what comes before them.
ON_THE_PAGE_ONLY = {"steps", "reasons", "answer_first", "find_out", "lacking"}
NUMBERS = {"progress", "evidenced_progress"}
#: Lists whose order the workbook does not show.
UNORDERED = {"show_evidence", "not_applicable"}


@pytest.mark.parametrize("name", SITTINGS)
def test_the_workbook_scores_as_worked_out_by_hand(
    computed: dict[str, Computed], name: str
) -> None:
    case = CASES[[*SITTINGS].index(name)]
    framework = JUDGED[case["framework"]]
    number = [*FILLINGS[case["framework"]]].index(name) + 1
    found = result(computed[f"case-{case['framework']}"].of(number), framework)
    assert found.keys() | ON_THE_PAGE_ONLY == case["expect"].keys() | {"lacking"}
    for key, wanted in case["expect"].items():
        if key in NUMBERS:
            assert found[key] == pytest.approx(wanted, abs=1e-9), (case["name"], key)
        elif key not in ON_THE_PAGE_ONLY:
            assert found[key] == (sorted(wanted) if key in UNORDERED else wanted), case["name"]


def test_evidence_ages_in_the_workbook_as_worked_out_by_hand(
    computed: dict[str, Computed],
) -> None:
    books = {name: computed[f"aged-{name}"] for name in AGED_FRAMEWORKS}
    results = workbook_results(books, AGED_FRAMEWORKS, AGED)
    for case, found in zip(AGES, results, strict=True):
        for day, wanted in expected(case).items():
            known = comparable(wanted)
            assert {key: found[day][key] for key in known} == known, (case["name"], day)


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_reader_that_does_not_compute_sees_what_one_that_does_would_see(
    untouched: dict[str, bytes], computed: dict[str, Computed], name: str
) -> None:
    for sheet, rows in saved_values(untouched[name]).items():
        for before, after in zip(rows, computed[name][sheet], strict=False):
            labels = (None, *before)
            shown, wanted = (
                # an empty text is saved as nothing
                [value or None for value, label in pairs if label not in OF_TODAY]
                for row in (before, after[: len(before)])
                for pairs in [zip(row, labels, strict=False)]
            )
            assert shown == wanted, (sheet, before)


#: What stands before the day on which a workbook is opened, and what is reckoned from it.
OF_TODAY = ("as_of", "horizon", "Counted as of")


def test_without_computing_the_result_has_its_words_and_bars(
    saved_real: dict[str, Rows],
) -> None:
    book = saved_real
    levels = [level.title for level in REAL.levels.values()]
    assert beside(book, "Claimed") == f"1 · {levels[0]}"
    assert beside(book, "Could still become") == f"{len(levels)} · {levels[-1]}"
    progress = table(book, "Result", "Dimension")
    assert len(progress) == len(REAL.dimensions)
    assert all(value not in (None, "") for row in progress for value in row.values())
    (counts,) = table(book, "Result", "Answered")
    assert (counts["Answered"], counts["Open"]) == (0, len(REAL.practices))


def test_every_practice_can_be_answered_and_read(saved_real: dict[str, Rows]) -> None:
    relations = Relations(REAL)
    order = in_answer_order(relations)
    assert [row[0] for row in saved_real["Answers"][1:]] == order
    reading = [*saved_real][3 : 3 + len(REAL.levels)]
    for sheet, level in zip(reading, relations.all("level"), strict=True):
        text = "\n".join(str(value) for row in saved_real[sheet] for value in row if value)
        for item in relations.at_level("practice", level.id):
            entry = item.entry
            assert entry.question in text
            assert all(f"☐ {criterion}" in text for criterion in entry.criteria.values())
            assert all(artifact.text in text for artifact in entry.evidence.values())
            for _, answer, meaning in relations.offered(item.id):
                assert f"○ {answer.label}" in text
                assert meaning in text


def test_each_row_offers_the_answers_of_its_practice(untouched: dict[str, bytes]) -> None:
    book = opened(untouched["small"], values=False)
    rules = book["Answers"].data_validations.dataValidation
    choices = {}
    for rule in rules:
        column, row = str(rule.sqref)[0], int(str(rule.sqref)[1:])
        if column == "F":
            span = str(rule.formula1).replace("'", "").split("!")[1].replace("$", "")
            cells = [cell.value for (cell,) in book["Lists"][span]]
            choices[book["Answers"].cell(row, 1).value] = cells
    assert choices == {
        "keep-recipes": ["Never", "Always", "Don't know"],
        "open-daily": ["Never", "At times", "Always", "Don't know", "Not applicable"],
        "share-recipes": ["Never", "At times", "Always", "Don't know", "Not applicable"],
        "compare-shops": ["Never", "At times", "Always", "Don't know", "Not applicable"],
    }
    note = next(str(rule.prompt) for rule in rules if str(rule.sqref) == "F2")
    assert note == "Never: None of them\nAlways: All of them"


# What a reader does to it


def turned(file: bytes) -> bytes:
    """A workbook with the rows of its answers the other way round; cells keep what is in them."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet2.xml"
    head, *rows = re.findall("<row .*?</row>", parts[name].decode(), re.DOTALL)
    after = [
        re.sub(r'( r="[A-Z]*)\d+"', rf'\g<1>{line}"', row)
        for line, row in enumerate(reversed(rows), start=2)
    ]
    assert len(after) == len(REAL.practices)
    page = parts[name].decode().replace("".join([head, *rows]), "".join([head, *after]))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for part, content in {**parts, name: page.encode()}.items():
            archive.writestr(part, content)
    return saved.getvalue()


def test_sorted_or_pasted_rows_and_commas_change_nothing(
    computed_in_german: dict[str, Computed],
) -> None:
    plain, after = (computed_in_german[name] for name in ("plain", "turned"))
    rows = [row[0] for row in plain["Answers"]]
    assert [row[0] for row in after["Answers"]] == [rows[0], *reversed(rows[1:])]
    assert result(plain, REAL) == result(after, REAL)
    assert standing(plain, "Claimed") == REAL.levels[[*REAL.levels][1]].title
    shares = [row["Claimed: Progress"] for row in table(plain, "Result", "Dimension")]
    assert all(1 < share < 2 for share in shares)


def test_answers_of_the_workbook_open_on_the_self_scoring_page(
    computed: dict[str, Computed],
    computed_in_german: dict[str, Computed],
    window: Page,
    address: str,
    tmp_path: Path,
) -> None:
    asked = questionnaire(REAL)["practices"]
    first, second, third, *_ = REAL.practices
    scale = [*REAL.scale]
    for separator, saved_in in ((",", computed), (";", computed_in_german)):
        table = io.StringIO()
        csv.writer(table, delimiter=separator).writerows(saved_in["for-the-page"].lines("Answers"))
        (tmp_path / "sheet.csv").write_text(table.getvalue(), encoding="utf-8", newline="")
        forget(window, address)
        with heard(window) as said:
            window.goto(f"{address}/score/")
            ready(window)
            data = open_table(window, tmp_path / "sheet.csv")["assessment"]
        assert said == [], separator
        answers = data["answers"]
        assert {name: one["answer"] for name, one in answers.items()} == {
            first: scale[-1], second: "unknown", third: scale[1],
        }, separator  # fmt: skip
        evidence = [next(iter(REAL.practices[first].evidence))]
        assert answers[first]["evidence"] == evidence, separator
        assert answers[first]["proof"] == "wiki; page 12", separator
        assert answers[first]["asked"] == asked[first]["asked"], separator
        assert answers[second]["note"] == "=1+1 is asked for", separator
        owner, due = answers[third]["owner"], answers[third]["due"]
        assert (owner, due) == ("Dana", "2027-01-15"), separator
        assert (data["unit"], data["role"]) == ("Search; Ads", "CTO"), separator


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_the_sheet_of_answers_saved_as_csv_is_a_whole_table(
    computed: dict[str, Computed], computed_in_german: dict[str, Computed], locale: str
) -> None:
    saved_in = {"en-US": computed, "de-DE": computed_in_german}[locale]
    head, *lines = saved_in["filled"].lines("Answers")
    spoken = {
        "level": "stage",
        "evidence_days": "evidence last true on",
        "until": "not applicable until",
    }
    assert [name.lower() for name in head] == [spoken.get(name, name) for name in TABLE_COLUMNS]
    saved = {line[0]: dict(zip(TABLE_COLUMNS, line, strict=True)) for line in lines}
    assert [*saved] == [*SMALL.practices]
    assert saved["share-recipes"] == {
        "practice": "share-recipes",
        "level": "Many shops",
        "dimension": "Bread",
        "title": "Share recipes",
        "question": "Share recipes",
        "answer": "Always",
        "evidence": PROOF,
        "reason": "",
        "note": "",
        "owner": "Baker",
        "due": "",
        "asked": fingerprint(Relations(SMALL), "share-recipes"),
        "unit": "Bakery; north",
        "date": "2026-11-24",
        "role": "Baker",
        "name": "",
        "framework": "bakery",
        "version": "1.0.0",
        "criteria": "",
        "evidence_days": "2026-03-04",
        "until": "",
    }


def test_rows_grow_with_what_is_typed(untouched: dict[str, bytes]) -> None:
    """LibreOffice lets them, where they have a height that nobody has set by hand."""
    with zipfile.ZipFile(io.BytesIO(untouched["real"])) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if "/sheet" in name]
    rows = [row for sheet in sheets for row in re.findall(r"<row [^>]*>", sheet)]
    assert [row for row in rows if " ht=" in row]
    assert [row for row in rows if "customHeight" in row] == []


# Texts, names, size


def test_no_text_of_a_definition_can_run(
    untouched: dict[str, bytes], computed: dict[str, Computed]
) -> None:
    plain = opened(untouched["hostile"], values=False)
    for sheet in plain.sheetnames:
        for row in plain[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert not any(text in str(cell.value) for text in ("HYPERLINK", "A1)")), cell
    lines = computed["hostile"].lines("Answers")
    assert not [value for line in lines for value in line if value.startswith(tuple("=+-@"))]
    titles = [row[3] for row in computed["hostile"]["Answers"][1:]]
    assert [title.removeprefix("'") for title in titles] == [
        practice.title.removeprefix("'") for practice in UNTOUCHED["hostile"].practices.values()
    ]


def test_answers_count_whatever_they_are_called(computed: dict[str, Computed]) -> None:
    book = computed["typed"]
    credit = {row["practice"]: row["claimed"] for row in table(book, "Computation", "practice")}
    scale = [answer.value for answer in UNTOUCHED["hostile"].scale.values()]
    assert [credit[name] for name in TYPED] == [scale[2], scale[2], scale[1], scale[0]]


def test_sheets_have_names_that_every_program_takes() -> None:
    names = sheet_names(["A/B", "a:b", "'", "x" * 40, "x" * 40, "Answers", "answers"])
    assert names == ["A B", "a b 2", "-", "x" * 31, "x" * 29 + " 2", "Answers", "answers 2"]
    # An emoji counts as two characters.
    assert sheet_names(["\U0001f600" * 20] * 2) == ["\U0001f600" * 15, "\U0001f600" * 14 + " 2"]


def test_the_same_definition_gives_the_same_file(site: Path) -> None:
    published = (site / "data" / "checklists.xlsx").read_bytes()
    assert published == workbook_of(REAL)


#: Functions that Excel 2007, LibreOffice and Google Sheets all have.
LONG_KNOWN = {
    "AND", "CHAR", "COUNTIF", "DATE", "DAY", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISERROR",
    "ISNUMBER", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN", "MONTH", "N", "OR", "REPT",
    "RIGHT", "ROW", "ROWS", "SMALL", "SUBSTITUTE", "SUM", "SUMIF", "SUMPRODUCT", "TODAY", "TRIM",
    "VALUE", "YEAR",
}  # fmt: skip


def test_no_formula_needs_a_recent_program(untouched: dict[str, bytes]) -> None:
    book = opened(untouched["real"], values=False)
    used = set()
    for sheet in book.sheetnames:
        for row in book[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert isinstance(cell.value, str), (sheet, cell)  # and no array formula
                    assert len(cell.value) < 8192
                    used |= set(re.findall(r"([\w.]+)\(", cell.value))
    assert used <= LONG_KNOWN


def test_a_large_framework_is_written_in_seconds() -> None:
    framework = large()
    begun = time.process_time()
    workbook_of(framework)
    assert time.process_time() - begun < 20
