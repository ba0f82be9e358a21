"""What a fork's owner reads again after a release of upstream: old, new and their own, by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from maturity.definition import check
from maturity.definition.model import Terms
from maturity.framework import catalog
from maturity.versions import notes, report, snapshots, word_diff
from maturity.versions.adaptation import Adaptation, load_adaptation
from maturity.versions.three_way import Stand
from projects import ROOT

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
ID = 'framework: {id: ours, version: "0.1.0"}\n'
LONG = " ".join(f"Sentence {number} says what it said." for number in range(20))
Edits = list[tuple[str, str]]


def adapted(
    folder: Path, overlay: str, edits: Edits, version: str = "1.1.0", text: str = SMALL
) -> Adaptation:
    """Release 1.0.0 of `text`, edit it into another version, and put an overlay for 1.0.0 on it."""
    file = folder / "framework.yaml"
    file.write_text(text, encoding="utf-8")
    released = folder / "releases" / "bakery" / "1.0.0.yaml"
    released.parent.mkdir(parents=True)
    released.write_text(snapshots.render(check.load(file).framework), encoding="utf-8")
    for old, new in [*edits, ('version: "1.0.0"', f'version: "{version}"')]:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    own = folder / "overlay.yaml"
    own.write_text(f'based_on: "1.0.0"\n{ID}{overlay}', encoding="utf-8")
    adaptation = load_adaptation(check.load(file, own), file, folder / "releases")
    assert adaptation is not None
    return adaptation


def since(adaptation: Adaptation) -> str:
    """What the report says of upstream's changes, from its heading on."""
    lines = list(report.report_lines(adaptation))
    start = next((n for n, line in enumerate(lines) if "upstream has changed" in line), len(lines))
    return "\n".join(lines[start:])


def test_old_new_and_ones_own_stand_below_each_other_by_field(tmp_path: Path) -> None:
    overlay = """\
practices:
  keep-recipes:
    criteria: {written: Every recipe is in the blue folder.}
    title: Keep our recipes
"""
    edits = [
        ("Every recipe is written down.", "Every recipe is written and dated."),
        ("How many breads have a written recipe?", "How many breads have a recipe?"),
    ]
    assert (
        since(adapted(tmp_path, overlay, edits))
        == """\
  upstream has changed these too since 1.0.0; read them again:
    practice keep-recipes: criteria, question
      criteria.written (overlay.yaml:5)
        was    Every recipe is written [-down-].
        now    Every recipe is written {+and dated+}.
        yours  Every recipe is in the blue folder.
      yours follows upstream in question
  when you have read them: based_on: "1.1.0\""""
    )


def test_of_a_long_text_only_the_sentences_that_differ_are_shown(tmp_path: Path) -> None:
    own = LONG.replace("Sentence 3 says", "Our third says")
    overlay = f"levels: {{first-oven: {{goal: {own}}}}}\n"
    start = "goal: Bake well once, then see [how to keep it up](practice:keep-recipes)."
    before = SMALL.replace(start, f"goal: {LONG}")
    edits = [("Sentence 7 says what it said.", "Sentence 7 says more.")]
    told = since(adapted(tmp_path, overlay, edits, text=before))
    assert "        was    … Sentence 7 says [-what it said-]. …\n" in told
    assert "        now    … Sentence 7 says {+more+}. …\n" in told
    assert (
        "        yours  … Our third says what it said. … Sentence 7 says what it said. …\n" in told
    )


@pytest.mark.parametrize(
    ("overlay", "edit", "stand", "shown"),
    [
        # a list of ids, as a whole
        (
            "practices: {keep-recipes: {involved: [inspector]}}",
            ("involved: [seller]", "involved: [inspector, seller]"),
            Stand.OWN,
            ("seller", "{+inspector+}, seller", "inspector"),
        ),
        # a list of texts
        (
            "levels: {first-oven: {signs: [We bake.]}}",
            ("      - The owner bakes.\n", "      - The owner bakes.\n      - It smells good.\n"),
            Stand.OWN,
            ("The owner bakes.", "The owner bakes. {+It smells good.+}", "We bake."),
        ),
        # a number, a choice, an id
        (
            "practices: {keep-recipes: {effort: 2}}",
            ("effort: 1", "effort: 3"),
            Stand.OWN,
            ("1", "3", "2"),
        ),
        (
            "practices: {keep-recipes: {title: Ours, essential: false}}",
            ("    essential: true\n", ""),
            Stand.SAME,
            ("yes", "no", "what it is now"),
        ),
        (
            "practices: {open-daily: {owner: baker}}",
            ("    owner: seller\n    how", "    owner: inspector\n    how"),
            Stand.OWN,
            ("seller", "inspector", "baker"),
        ),
        # an option's own wording
        (
            "practices: {keep-recipes: {options: {always: Each of ours}}}",
            ("always: All of them", "always: Each of them"),
            Stand.OWN,
            ("[-All-] of them", "{+Each+} of them", "Each of ours"),
        ),
        # an answer
        (
            "scale: {at-times: {label: Now and then}}",
            ("label: At times", "label: Sometimes"),
            Stand.OWN,
            ("[-At times-]", "{+Sometimes+}", "Now and then"),
        ),
        # what the overlay repeats of the older version, or takes over by itself
        (
            "roles: {seller: {title: Seller}}",
            ("title: Seller", "title: Salesperson"),
            Stand.KEPT,
            ("[-Seller-]", "{+Salesperson+}", "what it was"),
        ),
        # what the overlay removes
        (
            "practices: {keep-recipes: {question: null}}",
            ("How many breads have", "How many rolls have"),
            Stand.GONE,
            (
                "How many [-breads-] have a written recipe?",
                "How many {+rolls+} have a written recipe?",
                "left out",
            ),
        ),
    ],
)
def test_each_kind_of_field_has_its_three_sides(
    overlay: str, edit: tuple[str, str], stand: Stand, shown: tuple[str, str, str], tmp_path: Path
) -> None:
    adaptation = adapted(tmp_path, f"{overlay}\n", [edit])
    (reread,) = adaptation.changed_since
    (side,) = reread.sides
    assert side.stand is stand
    assert side.at is not None
    assert side.at.file.name == "overlay.yaml"
    lines = since(adaptation).splitlines()
    assert tuple(line[15:] for line in lines if line.startswith("        ")) == shown


def test_an_entry_that_the_overlay_removes_is_left_out(tmp_path: Path) -> None:
    overlay = "glossary: {sourdough: null}\n"
    edits = [("definition: Dough that rises", "definition: Any dough that rises")]
    adaptation = adapted(tmp_path, overlay, edits)
    assert [side.stand for reread in adaptation.changed_since for side in reread.sides] == [
        Stand.GONE
    ]


def test_what_upstream_removed_or_renamed_is_said_in_words(tmp_path: Path) -> None:
    whole = """\
practices:
  open-daily:
    level: first-oven
    dimension: shop
    title: Open at six
    criteria: {hours: We open at six.}
  share: {title: Share ours}
"""
    start, end = SMALL.index("  open-daily:"), SMALL.index("  share-recipes:")
    edits = [
        (SMALL[start:end], ""),
        ("  share-recipes:\n", "  share:\n    formerly: [share-recipes]\n"),
        ("requires: [share-recipes]", "requires: [share]"),
    ]
    told = since(adapted(tmp_path, whole, edits))
    assert "    practice share: upstream called it share-recipes before\n" in told
    assert "    practice open-daily: upstream has it no longer\n" in told


def test_an_entry_of_ones_own_that_upstream_has_now_too_is_said(tmp_path: Path) -> None:
    entry = (
        "    level: first-oven\n    dimension: shop\n    title: {}\n    criteria: {{a: It is.}}\n"
    )
    overlay = f"practices:\n  sweep:\n{entry.format('Sweep')}"
    edits = [("  open-daily:\n", f"  sweep:\n{entry.format('Sweep it')}  open-daily:\n")]
    told = since(adapted(tmp_path, overlay, edits))
    assert "    practice sweep: upstream has it now too\n" in told


def test_what_goes_with_a_dropped_level_is_not_to_be_read_but_what_is_named(
    tmp_path: Path,
) -> None:
    overlay = (
        "drop: [practice:compare-shops, answer:at-times]\nmove: {dimension:shop: dimension:bread}\n"
    )
    edits = [
        ("title: Compare shops", "title: Compare the shops"),
        ("label: At times", "label: Sometimes"),
        ("title: Shop\n", "title: Shops\n"),
        ("title: Share recipes", "title: Share the recipes"),
    ]
    adaptation = adapted(tmp_path, overlay, edits)
    assert not adaptation.changed_since
    assert (
        since(adaptation)
        == """\
  of what you drop or move, upstream has changed since 1.0.0:
    dimension shop: title
    practice compare-shops: title
    answer at-times: label
  when you have read them: based_on: "1.1.0\""""
    )


def test_an_option_goes_with_its_answer(tmp_path: Path) -> None:
    overlay = "drop: [answer:at-times]\npractices: {keep-recipes: {title: Ours}}\n"
    text = SMALL.replace(
        "      never: None of them\n", "      never: None of them\n      at-times: Few\n"
    )
    adaptation = adapted(tmp_path, overlay, [("at-times: Few", "at-times: Some")], text=text)
    (side,) = adaptation.changed_since[0].sides
    assert side.stand is Stand.GONE


def test_what_upstream_has_not_released_yet_asks_for_nothing(tmp_path: Path) -> None:
    overlay = "levels: {many-shops: {title: Ours}}\n"
    edits = [("title: Many shops", "title: Several shops")]
    told = since(adapted(tmp_path, overlay, edits, version="1.0.0"))
    assert (
        told
        == """\
  upstream has changed these too since 1.0.0, but not released that yet:
    level many-shops: title"""
    )


def test_once_based_on_is_raised_nothing_is_left_to_read(tmp_path: Path) -> None:
    overlay = "levels: {many-shops: {title: Ours}}\n"
    adapted(tmp_path, overlay, [("title: Many shops", "title: Several shops")])
    file, own = tmp_path / "framework.yaml", tmp_path / "overlay.yaml"
    present = snapshots.render(check.load(file).framework)
    (tmp_path / "releases" / "bakery" / "1.1.0.yaml").write_text(present, encoding="utf-8")
    own.write_text(own.read_text().replace('based_on: "1.0.0"', 'based_on: "1.1.0"'))
    adaptation = load_adaptation(check.load(file, own), file, tmp_path / "releases")
    assert adaptation is not None
    assert "upstream has changed" not in "\n".join(report.report_lines(adaptation))


def test_marks_stand_around_words_and_not_around_spaces() -> None:
    assert word_diff.mark_words("Many\nshops", "Many big shops here") == (
        "Many shops",
        "Many {+big+} shops {+here+}",
    )
    assert word_diff.mark_words("", "") == ("", "")


def test_a_long_text_whose_sentences_only_changed_places_is_shown_whole() -> None:
    turned = " ".join(reversed([f"{part}." for part in LONG.rstrip(".").split(". ")]))
    assert word_diff.differing_sentences(LONG, turned) == [LONG, turned]


def told(adaptation: Adaptation) -> list[tuple[str, list[notes.Line]]]:
    """What the page about the differences says, by entry."""
    upstream, fork = adaptation.upstream, adaptation.framework
    words = catalog.load(ROOT / "overrides" / "words", "en", Terms())
    kinds = notes.describe(adaptation.differences, upstream, fork, words).values()
    return [(note.change.ref, note.lines) for entries in kinds for note in entries]


def test_what_only_follows_from_a_count_or_a_drop_is_no_difference_of_the_forks(
    tmp_path: Path,
) -> None:
    text = SMALL.replace(
        "goal: Bake well once, then see", "goal: One of {count:practices} practices is to see"
    )
    overlay = "drop: [practice:keep-recipes]\nlevels: {many-shops: {title: Ours}}\n"
    adaptation = adapted(tmp_path, overlay, [], version="1.0.0", text=text)
    followed = {change.ref for change in adaptation.changes}
    assert {"level:first-oven", "practice:share-recipes"} & followed
    assert [ref for ref, _ in told(adaptation)] == [
        "level:many-shops",
        "practice:keep-recipes",
    ]


def test_where_a_line_ends_in_the_file_does_not_cut_a_text(tmp_path: Path) -> None:
    sentences = [f"In shop {n}\n        we bake bread." for n in range(12)]
    text = SMALL.replace(
        "goal: Bake well once, then see [how to keep it up](practice:keep-recipes).",
        "goal: |-\n        " + " ".join(sentences),
    )
    own = " ".join(sentences).replace("\n        ", " ").replace("shop 3 we bake", "shop 3 we sell")
    adaptation = adapted(
        tmp_path, f"levels: {{first-oven: {{goal: {own}}}}}\n", [], version="1.0.0", text=text
    )
    ((_, (line,)),) = [entry for entry in told(adaptation) if entry[0] == "level:first-oven"]
    assert line.before == "… In shop 3 we bake bread. …"
    assert line.after == "… In shop 3 we sell bread. …"


def test_a_text_whose_links_alone_differ_is_said_in_words(tmp_path: Path) -> None:
    goal = "Bake well once, then see [how to keep it up](practice:share-recipes)."
    overlay = f'levels: {{first-oven: {{goal: "{goal}"}}}}\n'
    adaptation = adapted(tmp_path, overlay, [], version="1.0.0")
    ((_, (line,)),) = [entry for entry in told(adaptation) if entry[0] == "level:first-oven"]
    assert (line.sentence, line.before, line.after) == (
        "Goal: the same words, with other links", None, None,
    )  # fmt: skip


def test_a_term_of_ones_own_is_named(tmp_path: Path) -> None:
    overlay = "terms: {practice: {singular: Habit, plural: Habits}}\n"
    ((_, lines), *_) = [
        entry for entry in told(adapted(tmp_path, overlay, [], version="1.0.0"))
        if entry[0] == "terms:terms"
    ]  # fmt: skip
    assert [line.sentence for line in lines] == [
        "Practice · One: reworded",
        "Practice · Several: reworded",
    ]
