"""What an overlay drops and moves in a line each, with all that belongs to it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
import yaml
from maturity.definition import check
from maturity.definition.model import COLLECTIONS, Framework
from maturity.definition.problems import FrameworkError

#: Each way from a level to another.
LEVELS = list(permutations(["first-oven", "many-shops", "franchise"], 2))
SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


def load(
    folder: Path, overlay: str, text: str = SMALL, replace: dict[str, str] | None = None
) -> Framework:
    for old, new in (replace or {}).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "framework.yaml").write_text(text, encoding="utf-8")
    (folder / "overlay.yaml").write_text(f'based_on: "1.0.0"\n{overlay}', encoding="utf-8")
    return check.load(folder / "framework.yaml", folder / "overlay.yaml").framework


#: A level after the others, and what a definition can have there.
THIRD = {
    "practices:\n  keep-recipes": """\
  franchise:
    title: Franchise
    focus: {bread: Same everywhere., shop: Same signs.}
practices:
  audit-shops:
    {level: franchise, dimension: shop, title: Audit, criteria: {a: A.}, requires: [share-recipes]}
  keep-recipes""",
}


def test_a_level_goes_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    framework = load(tmp_path, "drop: [level:many-shops]", replace=THIRD)
    assert list(framework.levels) == ["first-oven", "franchise"]
    assert list(framework.practices) == ["audit-shops", "keep-recipes", "open-daily"]
    assert framework.practices["audit-shops"].requires == []
    assert framework.matrices == {}
    assert framework.roles["baker"].evolves == {}
    assert framework.roles["inspector"].joins == "franchise"


def test_roles_that_join_at_the_last_level_go_with_it(tmp_path: Path) -> None:
    late = {"  first-oven:\n    title": "  alone: {title: Alone}\n  first-oven:\n    title"}
    practice = {
        "practices:\n": "practices:\n  bake: {level: alone, dimension: bread, title: Bake, "
        "criteria: {a: A.}}\n"
    }
    framework = load(tmp_path, "drop: [level:many-shops]", replace=late | practice)
    assert list(framework.roles) == ["baker", "seller"]


def test_a_dimension_goes_with_its_practices_and_decisions(tmp_path: Path) -> None:
    framework = load(tmp_path, "drop:\n  - dimension:bread\n")
    assert list(framework.practices) == ["open-daily", "compare-shops"]
    assert framework.decisions == {}
    assert framework.levels["first-oven"].focus == {}
    assert framework.levels["first-oven"].goal == "Bake well once, then see how to keep it up."
    assert framework.practices["compare-shops"].requires == []
    assert framework.worksheets["tasting"].practices == []


def test_links_to_what_is_gone_become_their_words_but_not_in_code(tmp_path: Path) -> None:
    prose = (
        "    why: |\n"
        '      Ask [the baker](role:baker "Who bakes"), not `[x](role:baker)`.\n\n'
        "      Then ask [the *other* one](<role:baker>) and [her](role:seller).\n"
        "    how:\n"
    )
    framework = load(tmp_path, "drop: [role:baker]", replace={"    how:\n": prose})
    practice = framework.practices["open-daily"]
    assert practice.why == (
        "Ask the baker, not `[x](role:baker)`.\n\nThen ask the *other* one and [her](role:seller)."
    )
    assert practice.how == ["Ask the baker when the bread is done."]
    assert framework.practices["keep-recipes"].owner is None


def test_an_answer_goes_with_the_texts_that_practices_have_for_it(tmp_path: Path) -> None:
    own = {"      always: All of them\n": "      at-times: Some\n      always: All of them\n"}
    framework = load(tmp_path, "drop: [answer:at-times]", replace=own)
    assert list(framework.scale) == ["never", "always"]
    assert list(framework.practices["keep-recipes"].options) == ["never", "always"]


def test_a_column_and_a_whole_section_can_be_dropped(tmp_path: Path) -> None:
    overlay = "drop: [column:tasting.grade, references]\nreferences: {own: {title: Ours}}\n"
    framework = load(tmp_path, overlay)
    assert framework.worksheets["tasting"].examples == [{"loaf": "Rye"}]
    assert list(framework.references) == ["own"]
    assert framework.practices["keep-recipes"].sources == []


def test_an_entry_keeps_the_place_that_it_has_beside_a_dropped_one(tmp_path: Path) -> None:
    overlay = "drop: [role:baker]\nroles: {miller: {after: baker, title: M, joins: first-oven}}\n"
    assert list(load(tmp_path, overlay).roles) == ["miller", "seller", "inspector"]


def test_all_practices_of_a_dimension_go_to_another(tmp_path: Path) -> None:
    texts = {
        "      bread: Taste comes first.\n": "      bread: Taste.\n      shop: Smile.\n",
        "    title: Many shops\n": "    title: Many shops\n    focus: {bread: Same taste.}\n"
        "    summary: See [it](dimension:bread).\n",
    }
    framework = load(tmp_path, "move: {dimension:bread: dimension:shop}", replace=texts)
    assert list(framework.dimensions) == ["shop"]
    assert {practice.dimension for practice in framework.practices.values()} == {"shop"}
    assert framework.decisions["make-or-buy"].dimension == "shop"
    assert framework.levels["first-oven"].focus == {"shop": "Smile."}
    assert framework.levels["many-shops"].focus == {"shop": "Same taste."}
    assert framework.levels["many-shops"].summary == "See [it](dimension:shop)."


def test_all_of_a_level_goes_to_one_that_the_overlay_adds(tmp_path: Path) -> None:
    overlay = (
        "levels: {chain: {after: many-shops, title: Chain}}\n"
        "move:\n  level:many-shops: level:chain\n"
    )
    framework = load(tmp_path, overlay)
    assert list(framework.levels) == ["first-oven", "chain"]
    assert framework.practices["share-recipes"].level == "chain"
    assert framework.roles["inspector"].joins == "chain"
    assert framework.roles["baker"].evolves == {"chain": "Teaches others."}


def test_what_is_dropped_stays_so_when_upstream_renames_it(tmp_path: Path) -> None:
    renamed = {"    title: Many shops\n": "    title: Many shops\n    formerly: [second]\n"}
    overlay = "drop: [practice:count-sales, practice:share-recipes, level:second]"
    framework = load(tmp_path, overlay, replace=THIRD | renamed)
    assert list(framework.practices) == ["audit-shops", "keep-recipes", "open-daily"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "two levels, five practices, no"), ("de", "2 levels, 5 practices, 0")],
)
def test_counts_in_prose_are_those_of_what_is_left(
    language: str, shown: str, tmp_path: Path
) -> None:
    counts = "{count:levels} levels, {count:practices} practices, {count:decisions}"
    texts = {
        "summary: How a bakery grows from one oven to a chain of shops.": f'summary: "{counts}"',
        "language: en": f"language: {language}",
        "practices:\n  keep": "practices:\n  sell: {level: first-oven, dimension: shop, "
        "title: Sell, criteria: {a: A.}}\n  keep",
    }
    framework = load(tmp_path, "drop: [decisions]", replace=texts)
    assert framework.framework.summary == shown


def test_after_one_the_noun_is_singular(tmp_path: Path) -> None:
    about = "{count:dimensions} dimensions, {count:levels} levels"
    overlay = f"framework: {{about: '{about}'}}\nmove: {{'dimension:bread': 'dimension:shop'}}\n"
    assert load(tmp_path, overlay).framework.about == "one dimension, two levels"


@pytest.fixture
def unscaled() -> str:
    """A definition that leaves the scale to the default."""
    definition = yaml.safe_load(SMALL)
    definition.pop("scale", None)
    for practice in definition["practices"].values():
        practice.pop("options", None)
    return yaml.safe_dump(definition, sort_keys=False)


@pytest.mark.parametrize("words", ["drop: [answer:half]", "scale: {half: null}"])
def test_an_answer_of_the_default_scale_can_be_dropped(
    words: str, unscaled: str, tmp_path: Path
) -> None:
    scale = load(tmp_path, words, unscaled).scale
    assert [*scale] == ["none", "some", "most"]
    assert scale["most"].needs_evidence


def test_an_answer_of_the_default_scale_can_be_changed_and_all_of_it_replaced(
    unscaled: str, tmp_path: Path
) -> None:
    scale = load(tmp_path, "scale: {half: {label: Half of it}}", unscaled).scale
    assert [answer.label for answer in scale.values()] == [
        "No",
        "Some",
        "Half of it",
        "Most or all",
    ]
    own = "scale: {none: {label: Nein, value: 0}, most: {label: Ja, value: 1}}"
    assert [*load(tmp_path, own, unscaled).scale] == ["none", "most"]
    with pytest.raises(FrameworkError) as caught:
        load(tmp_path, "drop: [answer:hlaf]", unscaled)
    assert "did you mean half" in caught.value.problems[0].hint


def test_a_count_in_code_or_plain_text_is_text(tmp_path: Path) -> None:
    texts = {
        "      - The owner bakes.\n": "      - Write `{count:levels}`.\n",
        "title: First oven": 'title: "{count:levels}"',
    }
    level = load(tmp_path, "", replace=texts).levels["first-oven"]
    assert (level.title, level.signs) == ("{count:levels}", ["Write `{count:levels}`."])


def test_counts_are_those_of_the_default_scale_where_there_is_none(tmp_path: Path) -> None:
    definition = yaml.safe_load(SMALL)
    del definition["scale"], definition["practices"]["keep-recipes"]["options"]
    definition["framework"]["about"] = "Every question has {count:scale} answers."
    framework = load(tmp_path, "", yaml.safe_dump(definition))
    assert framework.framework.about == "Every question has four answers."


@pytest.mark.parametrize(
    "request_line",
    [
        f"drop: ['{kind}:{name}']"
        for kind, section in {**COLLECTIONS, "answer": "scale"}.items()
        for name in yaml.safe_load(SMALL)[section]
    ]
    + [f"move: {{'level:{one}': 'level:{other}'}}" for one, other in LEVELS],
)
def test_what_a_request_lineleads_to_is_sound_or_said_in_the_overlay(
    request_line: str, tmp_path: Path
) -> None:
    problems = []
    try:
        load(tmp_path, request_line, replace=THIRD)
    except FrameworkError as error:
        problems = error.problems
    assert {problem.where.file.name for problem in problems} <= {"overlay.yaml"}
