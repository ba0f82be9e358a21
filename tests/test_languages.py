"""The site in other languages: which words are found, how terms are written, what is missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from forks import SMALL, small
from htmltree import article, page
from maturity.definition import check
from maturity.definition.model import Term, Terms
from maturity.definition.problems import FrameworkError
from maturity.definition.text import Text
from maturity.framework import catalog
from maturity.framework.translation import Translation, find_translation, translation_lines
from projects import ROOT, Project

CATALOGS = ROOT / "overrides" / "words"
STAGES = Terms(level=Term(singular=Text("Stage"), plural=Text("Stages")))


def loaded(folder: Path, language: str, terms: Terms | None = None, **files: str) -> catalog.Words:
    """The words of a site that has these catalogs, and `own` as those of the fork."""
    (folder / "en.yaml").write_text((CATALOGS / "en.yaml").read_text("utf-8"), encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return catalog.load(folder, language, terms or Terms(), folder / "own.yaml")


def test_terms_begin_with_a_small_letter_inside_a_sentence(tmp_path: Path) -> None:
    words = loaded(tmp_path, "en", STAGES)
    assert words("count.practices", n=2) == "2 practices"
    assert words("level.exit") == "The gate to the next stage"
    assert words("level.number", n=1, total=2) == "Stage 1 of 2"


@pytest.mark.parametrize(
    ("language", "terms"),
    [("en", r"levels?|dimensions?|practices?"), ("de", r"Stufen?|Dimension(en)?|Praktik(en)?")],
)
def test_words_of_the_site_follow_the_terms(language: str, terms: str) -> None:
    """Where levels are called stages, no sentence of ours speaks of levels."""
    texts = catalog.load(CATALOGS, language, Terms()).texts.items()
    bare = {
        key: re.sub(r"\{\w+\}", "", text)
        for key, text in texts
        if not key.startswith("default_terms.")
    }
    assert not {key: text for key, text in bare.items() if re.search(rf"(?i)\b({terms})\b", text)}


def test_terms_keep_their_capital_where_the_language_says_so(tmp_path: Path) -> None:
    own = 'term_case: kept\nlevel: {exit: "Zum nächsten {level}"}\n'
    words = loaded(tmp_path, "nl", STAGES, own=own)
    assert words("level.exit") == "Zum nächsten Stage"
    assert words("count.practices", n=2) == "2 Practices"


def test_how_terms_begin_is_one_of_two_words(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError) as told:
        loaded(tmp_path, "de", de="term_case: upper\n")
    (problem,) = told.value.problems
    assert problem.heading(tmp_path) == "de.yaml:1:12: term_case must be small or kept"


def test_terms_that_a_definition_leaves_out_are_those_of_the_language(tmp_path: Path) -> None:
    french = """
        default_terms:
          level: {singular: Niveau, plural: Niveaux}
          practice: {singular: Pratique, plural: Pratiques}
    """
    words = loaded(tmp_path, "fr", STAGES, fr=french)
    assert (words.terms["Level"], words.terms["levels"]) == ("Stage", "stages")
    assert (words.terms["Practice"], words.terms["practices"]) == ("Pratique", "pratiques")
    assert words.terms["role"] == "role"


def test_a_country_has_the_words_of_its_language_but_where_it_says_otherwise(
    tmp_path: Path,
) -> None:
    french = 'print: Imprimer\npercent: "{share} %"\n'
    words = loaded(tmp_path, "fr-CH", fr=french, fr_CH='percent: "{share}%"\n', own="version: v\n")
    assert words("print") == "Imprimer"
    assert words("percent", share=3) == "3%"
    assert words("version", version=1) == "v"
    assert words("sources") == "Sources"


def test_numbers_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    english = loaded(tmp_path, "en")
    assert [english.number(value) for value in (0, 0.25, 1.0, 1234.5)] == [
        "0", "0.25", "1", "1234.5",
    ]  # fmt: skip
    assert [english.percent(share) for share in (0.75, 0.667, 1)] == ["75%", "66.7%", "100%"]
    assert german().number(0.25) == "0,25"
    assert german().percent(0.667) == "66,7\u00a0%"
    assert loaded(tmp_path, "xx").number(0.25) == "0.25"


def test_days_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    assert loaded(tmp_path, "en").date("2026-11-25") == "Nov 25, 2026"
    assert loaded(tmp_path, "de").date("2026-11-25") == "25.11.2026"
    assert loaded(tmp_path, "de").date("2026-02-30") == "2026-02-30"
    assert loaded(tmp_path, "de").date("") == ""


def test_what_a_language_lacks_is_told_in_the_order_of_the_catalog(tmp_path: Path) -> None:
    loaded(tmp_path, "fr", fr="print: Imprimer\n", own="nav: {start: Accueil}\n")
    left = catalog.missing(tmp_path, "fr", tmp_path / "own.yaml")
    assert list(left)[:2] == ["nav.read", "nav.assess"]
    assert left["count.criteria.other"] == "{n} criteria"
    assert not {"print", "nav.start"} & set(left)
    assert not catalog.missing(tmp_path, "en")
    assert not catalog.missing(tmp_path, "en-GB")


def test_a_text_that_counts_is_not_missing_with_the_forms_of_its_language(tmp_path: Path) -> None:
    loaded(tmp_path, "ja", ja='count: {criteria: {other: "{n}"}}\n')
    left = catalog.missing(tmp_path, "ja")
    assert not {"count.criteria.one", "count.criteria.other"} & set(left)


def test_the_command_lists_missing_words_with_their_english_text(project: Project) -> None:
    english = (CATALOGS / "en.yaml").read_text(encoding="utf-8")
    project.write("overrides/words/eo.yaml", english)
    complete = project.run("maturity", "words", "--missing", "eo")
    assert (complete.code, complete.output) == (0, "eo lacks no word\n")
    project.write("overrides/words/eo.yaml", english.replace("\nprint: Print this page", "", 1))
    lacking = project.run("maturity", "words", "--missing", "eo")
    assert (lacking.code, lacking.output) == (1, "print: Print this page\neo lacks 1 word\n")
    project.write("words.yaml", "print: Presi\n")
    assert project.run("maturity", "words", "eo").code == 0


def test_the_command_asks_for_the_language_of_the_definition(project: Project) -> None:
    assert project.run("maturity", "words").output == "en lacks no word\n"
    project.write("overlay.yaml", 'based_on: "1.0.0"\nframework: {language: eo}\n')
    result = project.run("maturity", "words")
    assert result.code == 1
    assert result.output.startswith("eo lacks ")
    assert re.search(
        r"^eo: 0 of [3-7],\d+ texts of the content are translated$", result.output, re.M
    )
    listed = project.run("maturity", "words", "--content").output
    assert re.search("^practices.data-audit.title: Audit the data", listed, re.M)
    wrong = project.run("maturity", "words", "German")
    assert (wrong.code, wrong.output) == (
        1,
        "This takes framework.yaml, with overlay.yaml\n"
        "German is no language: write it as de or pt-BR\n",
    )


# German


def german(terms: Terms | None = None) -> catalog.Words:
    return catalog.load(CATALOGS, "de", terms or Terms())


def test_german_has_every_word() -> None:
    assert not catalog.missing(CATALOGS, "de")


def test_german_terms_keep_their_capital_and_have_both_numbers() -> None:
    words = german()
    assert [words("count.practices", n=n) for n in (0, 1, 2, 67)] == [
        "0 Praktiken", "1 Praktik", "2 Praktiken", "67 Praktiken",
    ]  # fmt: skip
    assert words("levels.title") == "Stufen"
    assert words("score.say.distance.one", n=1, level_title="Wachsen") == (
        "Noch 1 Antwort bis Wachsen"
    )
    assert words("map.caption") == "Praktiken nach Stufe und Dimension"


#: What has to agree with the gender, or in the plural with the case, of the word after it.
_BENT = (
    r"(?i)\b(d(er|ie|as|en|em|es)|(ein|kein|dies|jed|nächst|letzt|erst|ganz)\w*) "
    r"(\w+(e|er|es|en|em) )?\{(level|dimension|practice|role)\}"
    r"|\b(in|mit|von|zu|bei|aus|nach|an)( den| \w+en)? \{(levels|dimensions|practices|roles)\}"
)


def test_no_german_sentence_hangs_on_the_gender_or_case_of_a_term() -> None:
    """A fork may call its levels "Reifegrade", and its practices "Themen"."""
    texts = german().texts.items()
    assert not {key: text for key, text in texts if re.search(_BENT, text)}
    assert re.search(_BENT, "jede {practice}")
    assert re.search(_BENT, "in der nächsten {level}")
    assert re.search(_BENT, "von allen {levels}")


def test_german_fills_in_all_that_english_does() -> None:
    """A placeholder that a translation forgets would lose a number, a name or a link."""
    english, words = catalog.load(CATALOGS, "en", Terms()), german()
    names = set(english.terms)

    def filled(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text)) - names

    assert {key: filled(text) for key, text in words.texts.items()} == {
        key: filled(text) for key, text in english.texts.items()
    }


def test_german_is_written_as_german() -> None:
    texts = german().texts
    assert texts["percent"] == "{share}\u00a0%"
    for key, text in texts.items():
        assert not re.search(r"[\"'”]|“\w|\.\.\.", text), key
        assert text.count("„") == text.count("“"), key


def test_a_german_definition_without_terms_has_a_german_site(project: Project) -> None:
    small(project, SMALL.replace("id: tiny,", "id: tiny, language: de,"))
    site = project.built()
    practice = page(site / "practices/first/index.html")
    assert practice.first("html").attributes["lang"] == "de"
    text = article(site / "practices/first/index.html").words
    assert "Stufe danach Second" in text
    assert "0,5" in text
    assert "Geschafft ist es, wenn" in text
    assert "1 Praktik gehört hierher." in article(site / "levels/one/index.html").words
    start = article(site / "index.html").words
    assert "2 Praktiken, je eine Frage." in start
    assert "Stufe 1 bis 2" in start


# The content of a fork


def translated(folder: Path, overlay: str, language: str = "de") -> Translation | None:
    shutil.copy(ROOT / "tests" / "small.yaml", folder / "framework.yaml")
    own = folder / "overlay.yaml"
    text = f'based_on: "1.0.0"\nframework: {{language: {language}}}\n{overlay}'
    own.write_text(text, encoding="utf-8")
    return find_translation(check.load(folder / "framework.yaml", own).source)


def test_what_a_fork_has_translated_is_counted_by_section(tmp_path: Path) -> None:
    translation = translated(
        tmp_path,
        """
levels:
  first-oven: {title: Erster Ofen}
  many-shops: {title: Viele Läden, pitfalls: [Jeder Laden backt anders.]}
roles:
  baker: {title: Baker, evolves: {many-shops: Lehrt andere.}}
drop: [glossary, decision:make-or-buy]
""",
    )
    assert translation is not None
    lines = list(translation_lines(translation))
    assert lines[0] == "de: 5 of 76 texts of the content are translated"
    assert "  levels      3 of 7 texts, 1 of 2 whole" in lines
    assert "  roles       2 of 5 texts, 1 of 3 whole" in lines, "a word may be the same in both"
    assert not [line for line in lines if "glossary" in line], "what is dropped is not missing"
    left = translation.left
    assert left["practices.keep-recipes.options.never"] == "None of them"
    assert left["worksheets.tasting.prompts.before-tasting.questions.0"] == "Who tastes?"
    assert "levels.many-shops.title" not in left
    assert "references.bread-book.title" not in left, "a work keeps its name"
    assert "framework.licence" not in left


def test_a_text_to_be_translated_is_listed_on_a_line(tmp_path: Path) -> None:
    translation = translated(tmp_path, "")
    assert translation is not None
    listed = [*translation_lines(translation, lists_left=True)]
    assert "levels.first-oven.title: First oven" in listed
    assert listed.index("framework.title: Bakery Check") < listed.index(translation.summary)


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_where_the_language_is_upstreams_nothing_is_to_be_translated(
    tmp_path: Path, language: str
) -> None:
    assert translated(tmp_path, "", language) is None
    assert find_translation(check.load(tmp_path / "framework.yaml").source) is None
