"""The content: what can be checked of its quality by machine."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from maturity.definition.model import COLLECTIONS, Framework, Practice
from maturity.framework.relations import Relations
from projects import ROOT
from readability import reading_ease, syllables

TESTS = ROOT / "tests"
DEFINITION: dict[str, Any] = yaml.safe_load((ROOT / "framework.yaml").read_text(encoding="utf-8"))
FRAMEWORK = Framework.model_validate(DEFINITION)
PRACTICES = [*FRAMEWORK.practices.items()]
#: What stands more than once, with its places.
FACTS: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "facts.yaml").read_text("utf-8"))

#: Words that two people read differently; a criterion does without them.
VAGUE = re.compile(
    r"\b(appropriate(ly)?|regular(ly)?|adequate(ly)?|effective(ly)?|best[- ]practices?|as needed"
    r"|proper(ly)?|robust(ly)?|sufficient(ly)?|relevant|reasonabl[ey]|timely|meaningful|good|clear(ly)?"
    r"|key|strong|comprehensive|where possible|if applicable|etc|well-\w+|periodic(ally)?"
    r"|suitable)\b",
    re.IGNORECASE,
)
#: Words that say nothing, and British spellings.
UNWANTED = re.compile(
    r"\b(leverage[sd]?|ensures?|seamless(ly)?|empower(s|ed)?|unlock(s|ed)?|delve|best-in-class"
    r"|utili[sz]e[sd]?|whilst|behaviour|labell(ing|ed)|organisation(s|al)?|programme|favour)\b",
    re.IGNORECASE,
)


#: The target of a link in Markdown.
LINK_TARGET = re.compile(r"(?<=\])\([^)]*\)")
#: A question can be said in one breath, and so can a question with its own answers on average.
LONGEST_QUESTION = 20
#: Flesch's "plain English" begins at 60. A question is read in a meeting, and has to be easier.
EASE = 65
QUESTIONS_EASE = 70


def texts(node: Any = DEFINITION, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of ours that is more than a word, with its place; not names of sources."""
    if isinstance(node, dict):
        for key, value in node.items():
            if path.startswith("references.") and key in ("title", "author"):
                continue
            yield from texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, f"{path}.{index}")
    elif isinstance(node, str) and " " in node:
        yield path, node


def words(text: str) -> int:
    return len(text.split())


# Amount


def test_there_is_a_whole_framework() -> None:
    relations = Relations(FRAMEWORK)
    assert 80 <= len(FRAMEWORK.practices) <= 100
    for level in FRAMEWORK.levels:
        for dimension in FRAMEWORK.dimensions:
            assert 3 <= len(relations.cell(level, dimension)) <= 6, (level, dimension)
    assert len(FRAMEWORK.roles) >= 18
    assert len(FRAMEWORK.decisions) >= 8
    assert len(FRAMEWORK.worksheets) >= 8
    assert len(FRAMEWORK.glossary) >= 60
    assert len(FRAMEWORK.references) >= 40


def test_every_level_has_its_signs_its_work_and_its_gate() -> None:
    relations = Relations(FRAMEWORK)
    for name, level in FRAMEWORK.levels.items():
        assert level.summary and level.overview and level.goal and level.exit, name  # noqa: PT018
        assert len(level.signs) >= 4, name
        takes = level.takes
        assert takes.time and takes.people and takes.money and takes.small_team, name  # noqa: PT018
        assert len(level.pitfalls) >= 3, name
        assert set(level.focus) == set(FRAMEWORK.dimensions), name
        essential = {item.entry.dimension for item in relations.essential(name)}
        assert essential == set(FRAMEWORK.dimensions), name


def test_an_essential_practice_rests_on_essential_ones_only() -> None:
    """Otherwise the gate could open while something that it stands on is missing."""
    weak = [
        (name, needed)
        for name, practice in PRACTICES
        if practice.essential
        for needed in practice.requires
        if not FRAMEWORK.practices[needed].essential
    ]
    assert not weak


def test_nothing_reaches_users_past_the_gate_without_evaluation_tests_and_a_look_at_risk() -> None:
    for name in ("held-out-evaluation", "llm-risk-tests", "release-risk-check", "ml-test-suites"):
        assert FRAMEWORK.practices[name].essential, name


def test_the_marks_for_value_and_effort_tell_practices_apart() -> None:
    marks = Counter((practice.value, practice.effort) for _, practice in PRACTICES)
    assert max(marks.values()) <= len(PRACTICES) / 3, marks
    relations = Relations(FRAMEWORK)
    for level in FRAMEWORK.levels:
        for dimension in FRAMEWORK.dimensions:
            cell = relations.cell(level, dimension)
            assert len({(one.entry.value, one.entry.effort) for one in cell}) > 1, cell


def test_the_first_two_levels_are_short_to_answer() -> None:
    first_two = [*FRAMEWORK.levels][:2]
    asked = [name for name, practice in PRACTICES if practice.level in first_two]
    assert len(asked) <= 45


def test_every_role_owns_something_and_every_practice_is_owned() -> None:
    owners = {practice.owner for _, practice in PRACTICES}
    assert owners == set(FRAMEWORK.roles)


def test_every_role_can_be_hired_for() -> None:
    for name, role in FRAMEWORK.roles.items():
        lists = (role.responsibilities, role.skills, role.look_for, role.watch_for, role.interview)
        assert role.mission, name
        assert all(len(items) >= 2 for items in (*lists, role.alternatives)), name
        assert role.evolves, name
        assert all(question.count("?") <= 1 for question in role.interview), name


def test_every_decision_is_honest_about_its_options() -> None:
    for name, decision in FRAMEWORK.decisions.items():
        for key, option in decision.options.items():
            assert option.strengths and option.weaknesses, (name, key)  # noqa: PT018
            assert option.choose_when, (name, key)
        assert decision.advice, name


# Practices


@pytest.mark.parametrize(("name", "practice"), PRACTICES, ids=[name for name, _ in PRACTICES])
def test_a_practice_can_be_done_asked_and_proved(name: str, practice: Practice) -> None:
    assert words(practice.title) <= 8
    assert practice.summary
    assert words(practice.summary) <= 30
    assert practice.why
    assert 35 <= words(practice.why) <= 120
    assert 3 <= len(practice.how) <= 6
    assert 2 <= len(practice.criteria) <= 4
    for criterion in practice.criteria.values():
        assert criterion.endswith("."), criterion
        assert "?" not in criterion, criterion
        assert words(criterion) <= 20, criterion
        assert not VAGUE.search(criterion), criterion
    question = practice.question or ""
    assert question.count("?") == 1
    assert question.endswith("?")
    assert words(question) <= LONGEST_QUESTION
    assert practice.evidence
    assert practice.pitfalls
    assert practice.sources
    for item in practice.evidence.values():
        assert not item.text.endswith("."), item


NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8}
_COUNT = rf"(\d+|{'|'.join(NUMBERS)})"
#: How far back a criterion looks: "in the last 90 days", "the past year", "under six months old".
WINDOW = re.compile(
    rf"\b(?:(?:last|past) {_COUNT} (day|week|month|quarter)s?\b|past year\b"
    rf"|(?:under|at most) {_COUNT} (day|month)s? old\b)"
)


def windows(criterion: str) -> set[str]:
    """How far back a criterion looks, as lifetimes of evidence."""

    def lifetime(count: str, unit: str) -> str:
        number = int(count) if count.isdigit() else NUMBERS[count]
        factor, unit = {"week": (7, "day"), "quarter": (3, "month")}.get(unit, (1, unit))
        return f"{factor * number} {unit}{'s' * (factor * number > 1)}"

    return {
        lifetime(one or other or "12", unit or other_unit or "month")
        for one, unit, other, other_unit in WINDOW.findall(criterion)
    }


def test_evidence_lasts_as_long_as_the_criteria_that_it_proves_look_back() -> None:
    aging = 0
    for name, practice in PRACTICES:
        looks_back = {one for text in practice.criteria.values() for one in windows(text)}
        lasts = {artifact.lasts for artifact in practice.evidence.values()}
        assert lasts <= looks_back if looks_back else lasts == {None}, (name, lasts, looks_back)
        aging += bool(looks_back)
    assert aging > len(PRACTICES) / 2


def test_a_criterion_does_not_choose_the_cases_that_it_judges() -> None:
    """Of what counts only because it is done, nothing can be missing."""
    circular = re.compile(r"\b(that counts?|counted as)\b")
    said = [text for _, practice in PRACTICES for text in practice.criteria.values()]
    assert [text for text in said if circular.search(text)] == []


def test_a_practice_offers_its_answers_in_the_order_of_the_scale() -> None:
    order = [*FRAMEWORK.scale]
    for name, practice in PRACTICES:
        assert [*practice.options] == [a for a in order if a in practice.options], name


def test_an_answer_says_more_than_its_label() -> None:
    """What the label says is left out; where it says enough, a practice has no texts of answers."""
    echoes = [
        (name, text)
        for name, practice in PRACTICES
        for answer, text in practice.options.items()
        if FRAMEWORK.scale[answer].label.lower() in text.lower()
    ]
    assert echoes == []


def test_questions_do_not_all_begin_alike() -> None:
    """At most a third of them by the same two words."""
    asked = [str(practice.question).lower().split()[:2] for _, practice in PRACTICES]
    ((beginning, count),) = Counter(" ".join(start) for start in asked).most_common(1)
    assert count <= len(PRACTICES) / 3, beginning


@pytest.mark.parametrize("level", FRAMEWORK.levels)
def test_a_level_is_quickly_asked(level: str) -> None:
    asked = [(str(p.question), *p.options.values()) for _, p in PRACTICES if p.level == level]
    spoken = sum(words(text) for texts_of_one in asked for text in texts_of_one)
    assert spoken <= LONGEST_QUESTION * len(asked)


@pytest.mark.parametrize("level", FRAMEWORK.levels)
def test_a_level_is_read_easily(level: str) -> None:
    """Its questions as a whole, and everything that it and its practices say."""
    asked = [str(practice.question) for _, practice in PRACTICES if practice.level == level]
    assert reading_ease(asked) >= QUESTIONS_EASE
    entries = [entry for entry in DEFINITION["practices"].values() if entry["level"] == level]
    said = [text for _, text in texts([*entries, DEFINITION["levels"][level]])]
    assert reading_ease(LINK_TARGET.sub("", text) for text in said) >= EASE


def test_plain_words_are_easier_to_read_than_long_ones() -> None:
    assert round(reading_ease(["The cat sat on the mat."])) == 116  # Flesch's own arithmetic
    assert reading_ease(["Organizational responsibilities necessitate documentation."]) < 0
    assert [syllables(word) for word in ("pages", "users", "dated", "stopped")] == [2, 2, 2, 1]


# Words


def test_no_text_stands_twice() -> None:
    counted = Counter(text.strip().lower() for _, text in texts() if len(text) > 25)
    assert [text for text, count in counted.items() if count > 1] == []


def test_nothing_is_filler_or_spelled_the_british_way() -> None:
    pages = [(page.name, page.read_text("utf-8")) for page in (ROOT / "content").glob("*.md")]
    found = [
        (path, match[0]) for path, text in [*texts(), *pages] if (match := UNWANTED.search(text))
    ]
    assert not found


def test_no_sentence_is_taken_from_the_sources() -> None:
    """No run of eight words of the article or of its retelling; their hashes are in the file."""
    runs = set((TESTS / "source_runs.txt").read_text(encoding="utf-8").split())
    written = [*(ROOT / "content").glob("*.md"), *(ROOT / "overrides" / "words").glob("*.yaml")]
    pages = [(page.name, page.read_text(encoding="utf-8")) for page in written]
    found = []
    for path, text in [*texts(), *pages]:
        spoken = re.findall(r"[a-z0-9']+", text.lower())
        for start in range(len(spoken) - 7):
            run = " ".join(spoken[start : start + 8])
            if hashlib.sha1(run.encode()).hexdigest()[:12] in runs:  # noqa: S324
                found.append((path, run))
    assert not found


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_stands_twice_has_one_value(fact: str) -> None:
    """Counts, limits, owners, triggers and dates: tests/facts.yaml says where each stands."""
    entry = FACTS[fact]
    assert len(entry["places"]) > 1
    values = {place: _value(place, entry["says"]) for place in entry["places"]}
    if "values" in entry:
        assert set(values.values()) == set(entry["values"]), values
    else:
        assert len(set(values.values())) == 1, values


def test_a_role_that_claims_a_practice_takes_part_in_it() -> None:
    """Unless the practice is older than the role, which then takes it over."""
    levels = [*FRAMEWORK.levels]
    claimed = [
        (role, practice)
        for role, entry in FRAMEWORK.roles.items()
        for practice in re.findall(r"\(practice:([a-z0-9-]+)\)", "\n".join(entry.responsibilities))
        if levels.index(FRAMEWORK.practices[practice].level) >= levels.index(entry.joins)
    ]
    assert len(claimed) > len(FRAMEWORK.roles)
    people = {name: {practice.owner, *practice.involved} for name, practice in PRACTICES}
    assert [(role, name) for role, name in claimed if role not in people[name]] == []


def _value(place: str, pattern: str) -> str:
    node: Any = DEFINITION
    for step in place.split("."):
        node = node[int(step)] if isinstance(node, list) else node[step]
    if isinstance(node, dict):  # an artifact with its lifetime
        node = node["text"]
    found = re.findall(pattern, " ".join(node.split()))
    assert found, f"{place} does not say {pattern}: {node}"
    assert len(set(found)) == 1, (place, found)
    return str(found[0]).lower()


# Sources


def test_every_reference_can_be_found_and_is_used() -> None:
    cited = set(re.findall(r"\(reference:([a-z0-9-]+)\)", "\n".join(text for _, text in texts())))
    for section in COLLECTIONS.values():
        for entry in getattr(FRAMEWORK, section).values():
            cited |= set(getattr(entry, "sources", ()))
    assert cited == set(FRAMEWORK.references)
    for name, reference in FRAMEWORK.references.items():
        assert reference.url, name
        assert reference.note, name


def test_law_is_dated_and_no_legal_advice() -> None:
    law = re.compile(r"\bAI Act\b|\bGDPR\b|Local Law|Colorado|California|product liability")
    for name, practice in PRACTICES:
        text = " ".join([str(practice.why), *practice.how])
        if law.search(text):
            assert re.search(r"legal advice", text, re.IGNORECASE), name
            assert re.search(r"\b20(2[4-9]|3\d)\b", text), name


def test_every_claim_of_the_article_is_carried() -> None:
    claims = yaml.safe_load((TESTS / "source_claims.yaml").read_text(encoding="utf-8"))
    counts = {"G": 31, "L1": 30, "L2": 58, "L3": 41, "L4": 36, "L5": 24}
    wanted = [f"{part}-{n:02}" for part, count in counts.items() for n in range(1, count + 1)]
    assert list(claims) == wanted
    relations = Relations(FRAMEWORK)
    for claim, carried in claims.items():
        if isinstance(carried, str):
            assert words(carried) >= 5, claim
            continue
        assert carried, claim
        for ref in carried:
            kind, _, name = ref.partition(":")
            if kind == "framework":
                assert getattr(FRAMEWORK.framework, name, None) or getattr(FRAMEWORK, name), ref
            else:
                relations.item(ref)
