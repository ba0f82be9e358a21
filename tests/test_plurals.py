"""Texts that depend on a number: the form that a language has for it, on pages and in files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import node
import pytest
import yaml
from filled_workbooks import Filling, many
from maturity.definition.model import Framework, Terms
from maturity.definition.problems import FrameworkError
from maturity.framework import catalog
from maturity.framework.plurals import plural_form, plural_forms
from projects import ROOT
from spreadsheet import Book, recalculated, saved_values, words_of, workbook_of

TABLE: dict[str, dict[str, list[int]]] = yaml.safe_load(
    (ROOT / "tests" / "plurals.yaml").read_text(encoding="utf-8")
)
CASES = [
    (language, number, form)
    for language, forms in TABLE.items()
    for form, numbers in forms.items()
    for number in numbers
]
POLISH = {"one": "{n} praktyka", "few": "{n} praktyki", "many": "{n} praktyk", "other": "{n} p."}
#: What a script says: the expression over the exports of speaker.js.
SAY = "value.numbers.map((n) => speaker(value.texts, value.language).say('practices', { n }))"


@pytest.mark.parametrize(("language", "number", "form"), CASES)
def test_files_and_pages_know_the_form_of_a_number(language: str, number: int, form: str) -> None:
    assert plural_form(language, number) == form
    assert form in plural_forms(language)


def test_scripts_know_the_same_forms() -> None:
    code = "value.map(([language, number]) => pluralForm(language, number))"
    forms = node.call("common/speaker.js", code, [[language, n] for language, n, _ in CASES])
    assert forms == [form for *_, form in CASES]


def loaded(folder: Path, language: str, texts: dict[str, Any]) -> catalog.Words:
    """The words of a fork in that language, which has these of its own."""
    (folder / "words.yaml").write_text(yaml.safe_dump(texts), encoding="utf-8")
    catalogs = ROOT / "overrides" / "words"
    return catalog.load(catalogs, language, Terms(), folder / "words.yaml")


def both(words: catalog.Words, numbers: list[int]) -> list[str]:
    """What pages say of numbers of practices; insists that scripts say the same."""
    value = {"texts": words.under("count"), "language": words.language, "numbers": numbers}
    said = [str(words("count.practices", n=number)) for number in numbers]
    assert node.call("common/speaker.js", SAY, value) == said
    return said


def test_a_catalog_gives_every_form_of_its_language(tmp_path: Path) -> None:
    words = loaded(tmp_path, "pl", {"count": {"practices": POLISH}})
    assert both(words, [0, 1, 2, 5, 21, 22]) == [
        "0 praktyk", "1 praktyka", "2 praktyki", "5 praktyk", "21 praktyk", "22 praktyki",
    ]  # fmt: skip


def test_a_form_that_a_catalog_leaves_out_is_the_other_one(tmp_path: Path) -> None:
    words = loaded(tmp_path, "pl", {"count": {"practices": {"one": "raz", "other": "{n} p."}}})
    assert both(words, [1, 2, 5]) == ["raz", "2 p.", "5 p."]
    words = loaded(tmp_path, "pl", {"count": {"practices": {"other": "{n} p."}}})
    assert both(words, [1, 2, 5]) == ["1 p.", "2 p.", "5 p."]


def test_french_counts_nothing_as_one(tmp_path: Path) -> None:
    texts = {"count": {"practices": {"one": "{n} pratique", "other": "{n} pratiques"}}}
    words = loaded(tmp_path, "fr", texts)
    assert both(words, [0, 1, 2]) == ["0 pratique", "1 pratique", "2 pratiques"]


@pytest.mark.parametrize("language", ["fr", "ru", "ar", "ja", "xx"])
def test_what_stays_english_keeps_the_forms_of_english(tmp_path: Path, language: str) -> None:
    words = loaded(tmp_path, language, {"print": "x"})
    assert both(words, [0, 1, 2, 21]) == [
        "0 practices", "1 practice", "2 practices", "21 practices",
    ]  # fmt: skip


def test_english_may_change_a_single_form(tmp_path: Path) -> None:
    words = loaded(tmp_path, "en", {"count": {"practices": {"one": "a single one"}}})
    assert both(words, [0, 1, 2]) == ["0 practices", "a single one", "2 practices"]


@pytest.mark.parametrize(
    ("language", "forms", "place", "message", "hint"),
    [
        ("pl", {"few": "{n}", "one": "{n}"}, "words.yaml:3:5", "lacks the form other", "add it"),
        ("pl", {"two": "{n}", "other": "{n}"}, "words.yaml:4:5", "pl has no such form",
         "it has one, few, many and other"),
        ("en", {"many": "{n}", "other": "{n}"}, "words.yaml:3:5", "en has no such form",
         "it has one and other"),
        ("ja", {"few": "{n}", "other": "{n}"}, "words.yaml:3:5", "ja has no such form",
         "it has other"),
        ("pl", {"few": "{m}", "other": "{n}"}, "words.yaml:3:10", "no placeholder {m}", "n"),
        ("pl", {"several": "{n}", "other": "{n}"}, "words.yaml:4:5", "unknown word", ""),
    ],
)  # fmt: skip
def test_forms_that_cannot_be_are_told_with_their_place(
    tmp_path: Path, language: str, forms: dict[str, str], place: str, message: str, hint: str
) -> None:
    with pytest.raises(FrameworkError) as told:
        loaded(tmp_path, language, {"count": {"practices": forms}})
    (problem,) = told.value.problems
    assert problem.heading(tmp_path).startswith(f"{place}: ")
    assert message in problem.message
    assert hint in problem.hint


def counted(framework: Framework, language: str, forms: dict[str, str]) -> bytes:
    """The workbook with forms of its own for the way to the next level."""
    words = words_of(framework)
    texts = {key: text for key, text in words.texts.items() if "distance_done" not in key}
    own = {f"score.say.distance_done.{form}": text for form, text in forms.items()}
    return workbook_of(framework, replace(words, texts={**texts, **own}, language=language))


def test_the_workbook_counts_as_its_language_does(office: str, tmp_path: Path) -> None:
    definition = yaml.safe_load((ROOT / "tests" / "small.yaml").read_text(encoding="utf-8"))
    first = definition["practices"]["keep-recipes"]
    definition["practices"] |= {f"more-{n}": {**first, "title": str(n)} for n in range(4)}
    framework = Framework.model_validate(definition)
    empty = counted(
        framework, "pl", {form: f"way: {{n}} {form}" for form in ("one", "few", "many", "other")}
    )
    done = {"answer": "Always", "evidence": "x"}
    rows = ["keep-recipes", "open-daily", *(f"more-{n}" for n in range(4))]
    file = many(empty, [Filling(dict.fromkeys(rows[:n], done)) for n in range(6)])
    computed = recalculated(office, {"counted": file}, tmp_path)["counted"]
    books: list[Book] = [saved_values(empty), *(computed.of(number) for number in range(1, 7))]
    spoken = [
        next(row[0] for row in book["Result"] if str(row[0]).startswith("way: ")) for book in books
    ]
    assert spoken == [
        f"way: {text}"
        for text in ("6 many", "6 many", "5 many", "4 few", "3 few", "2 few", "1 one")
    ]
