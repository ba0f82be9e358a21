"""What changed between two definitions: what counts as what, and how it is said."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from htmltree import article
from maturity.definition import check
from maturity.definition.model import COLLECTIONS, Framework, Release, Scoring, Terms
from maturity.definition.parts import Part
from maturity.definition.problems import FrameworkError
from maturity.framework import catalog as words
from maturity.versions import changes, history, notes, snapshots, word_diff
from maturity.versions.changes import Change
from projects import ROOT, Project, copy_project

SMALL = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
SAME = "    criteria:\n      same: Every shop bakes by the same recipe.\n"
SHARE = f"""  share-recipes:
    level: many-shops
    dimension: bread
    title: Share recipes
{SAME}    requires:
      - keep-recipes
    owner: inspector
"""
TEACH = """  teach:
    level: many-shops
    dimension: bread
    title: Teach
    criteria: {taught: Every baker was taught.}
"""

#: What an author does to the small definition, what has changed then, and what that weighs.
CASES = yaml.safe_load((ROOT / "tests" / "changes.yaml").read_text(encoding="utf-8"))


def framework(tmp_path: Path, text: str) -> Framework:
    file = tmp_path / "framework.yaml"
    file.write_text(text, encoding="utf-8")
    return check.load(file).framework


def edited(text: str, edits: list[tuple[str, str]]) -> str:
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def summary(changed: list[Change]) -> list[str]:
    return [
        " ".join(filter(None, (change.kind, change.id, event.what, event.field, event.id)))
        for change in changed
        for event in change.events
    ]


@pytest.mark.parametrize("case", CASES)
def test_what_an_author_does_is_found_and_weighed(case: str, tmp_path: Path) -> None:
    old = framework(tmp_path, SMALL)
    overlay = {"based_on": "1.0.0", **CASES[case]["patch"]}
    (tmp_path / "overlay.yaml").write_text(yaml.safe_dump(overlay), encoding="utf-8")
    new = check.load(tmp_path / "framework.yaml", tmp_path / "overlay.yaml").framework
    changed = changes.diff(old, new)
    assert summary(changed) == CASES[case]["events"]
    assert changes.heaviest(changed).word == CASES[case]["weight"]


def test_an_artifact_without_a_lifetime_lasts_as_long_as_all_evidence(tmp_path: Path) -> None:
    book, scoring = "      book: The recipe book\n", "scoring:\n"

    def definition(lasts: str | None) -> Framework:
        own = f"      book: {{text: The recipe book, lasts: {lasts}}}\n" if lasts else book
        ages = [(book, own), (scoring, f"{scoring}  evidence_lasts: 6 months\n")]
        return framework(tmp_path, edited(SMALL, ages))

    def weighed(*lasts: str | None) -> list[tuple[str, Any, Any, str]]:
        found = changes.diff(*map(definition, lasts))
        return [(e.what, e.before, e.after, e.weight.word) for c in found for e in c.events]

    assert weighed("12 months", None) == [("raised", "12 months", "6 months", "major")]
    assert weighed(None, "12 months") == [("lowered", "6 months", "12 months", "minor")]
    assert weighed("6 months", None) == [("changed", "6 months", None, "patch")]


def test_what_names_two_entries_that_became_one_has_not_changed(tmp_path: Path) -> None:
    both = [("    requires: [share-recipes]\n", "    requires: [open-daily, keep-recipes]\n")]
    old = framework(tmp_path, edited(SMALL, both))
    merged = [
        ("  keep-recipes:\n", "  keep-recipes:\n    formerly: [open-daily]\n"),
        ("    requires: [share-recipes]\n", "    requires: [keep-recipes]\n"),
    ]
    definition = yaml.safe_load(edited(SMALL, merged))
    hours = definition["practices"].pop("open-daily")
    definition["practices"]["stay-open"] = {**hours, "level": "first-oven"}
    new = framework(tmp_path, yaml.safe_dump(definition, sort_keys=False))
    assert "compare-shops" not in {change.id for change in changes.diff(old, new)}


def test_levels_that_change_places_ask_for_more(tmp_path: Path) -> None:
    old = framework(tmp_path, SMALL)
    new = old.model_copy(update={"levels": dict(reversed(old.levels.items()))})
    changed = changes.diff(old, new)
    places = [(c.id, e.before, e.after) for c in changed for e in c.events if e.field == "place"]
    assert places == [("many-shops", 2, 1), ("first-oven", 1, 2)]
    assert changes.heaviest(changed).word == "major"


def test_every_field_of_the_model_has_a_name_on_the_page() -> None:
    catalog = words.load(ROOT / "overrides" / "words", "en", Terms())
    bookkeeping = {
        "before",
        "after",
        "formerly",
        "id",
        "version",
        "also",
        *("icon", "figures", "diagram"),
        *("keeper", "reviewed", "review_in"),
        "text",  # what an artifact says is the artifact
    }
    names: set[str] = set()
    todo: list[type[Part]] = [Scoring, Terms]
    sections = [*COLLECTIONS.values(), "scale", "framework"]
    for section in sections:
        todo += parts_in(Framework.model_fields[section].annotation)
    while todo:
        part = todo.pop()
        for name, info in part.model_fields.items():
            if name not in bookkeeping:
                names.add(name)
                todo += parts_in(info.annotation)
    for name in names:
        assert catalog(f"changes.fields.{name}")
    for kind in (*COLLECTIONS, "answer", "scoring", "terms", "framework"):
        assert catalog(f"changes.kinds.{kind}")
    for what in changes.What:
        assert catalog(f"changes.whats.{what.value}")


def parts_in(annotation: Any) -> list[type[Part]]:
    inside = [part for inner in getattr(annotation, "__args__", ()) for part in parts_in(inner)]
    is_part = isinstance(annotation, type) and issubclass(annotation, Part)
    return [*inside, annotation] if is_part else inside


def test_marked_words_are_those_that_differ() -> None:
    before, after = word_diff.diff_words(
        "How many loaves, by day?", "How many rolls, by day or night?"
    )
    assert [text.strip() for text, own in before if own] == ["loaves"]
    assert [text.strip() for text, own in after if own] == ["rolls", "or night"]
    assert "".join(text for text, _ in after) == "How many rolls, by day or night?"


# The way to the present


def snapshot(folder: Path, text: str, version: str) -> snapshots.Snapshot:
    released = framework(folder, text.replace('"1.0.0"', f'"{version}"'))
    return snapshots.Snapshot(released, folder / f"{version}.yaml")


def test_a_former_id_is_followed_through_releases_that_named_only_the_last_one(
    tmp_path: Path,
) -> None:
    first = snapshot(tmp_path, SMALL, "1.0.0")
    renamed = edited(SMALL, [("  open-daily:\n", "  open-early:\n    formerly: [open-daily]\n")])
    second = snapshot(tmp_path, renamed, "1.1.0")
    again = edited(SMALL, [("  open-daily:\n", "  open-long:\n    formerly: [open-early]\n")])
    present = framework(tmp_path, again.replace('"1.0.0"', '"1.2.0"'))
    present = history.with_former_ids(present, [first, second])
    assert present.practices["open-long"].formerly == ["open-early", "open-daily"]
    past = history.build_history(present, [first, second])
    assert summary(past.upgrades["1.0.0"]) == ["practice open-long renamed"]
    assert [former.id for former in past.upgrades["1.0.0"][0].was] == ["open-daily"]
    assert [step.version for step in past.steps] == ["", "1.1.0", "1.0.0"]


REWORDED = [("Every shop bakes by the same", "Every shop and van bakes by the same")]


def raising(step: snapshots.Snapshot, *refs: str) -> snapshots.Snapshot:
    release = Release(date="2026-01-01", raises=list(refs))
    return replace(step, framework=step.framework.model_copy(update={"release": release}))


def with_recipes_called(name: str, formerly: str) -> str:
    text = edited(SMALL, REWORDED).replace("share-recipes", name)
    return edited(text, [(f"  {name}:\n", f"  {name}:\n    formerly: [{formerly}]\n")])


def test_what_was_declared_to_ask_for_more_stays_so_under_every_later_name(tmp_path: Path) -> None:
    steps = [
        snapshot(tmp_path, SMALL, "1.0.0"),
        raising(snapshot(tmp_path, edited(SMALL, REWORDED), "2.0.0"), "practice:share-recipes"),
        snapshot(tmp_path, with_recipes_called("spread-recipes", "share-recipes"), "2.1.0"),
        snapshot(
            tmp_path,
            with_recipes_called("give-recipes", "spread-recipes, share-recipes"),
            "2.2.0",
        ),
    ]
    past = history.build_history(history.with_former_ids(steps[-1].framework, steps[:-1]), steps)
    for upgrade, what in (("1.0.0", ["raised", "renamed", "reworded"]), ("2.0.0", ["renamed"])):
        (change,) = past.upgrades[upgrade]
        assert change.id == "give-recipes"
        assert [event.what for event in change.events] == what
    assert past.upgrades["1.0.0"][0].weight is changes.Weight.MAJOR


def test_what_was_declared_to_ask_for_more_stays_so_when_it_is_merged_or_split(
    tmp_path: Path,
) -> None:
    reworded = edited(SMALL, REWORDED)
    heir = [("  keep-recipes:\n", "  keep-recipes:\n    formerly: [share-recipes]\n")]
    merged = edited(reworded.replace(SHARE.replace(*REWORDED[0]), ""), heir)
    part = TEACH.replace("    title", "    formerly: [share-recipes]\n    title")
    split = edited(
        with_recipes_called("give-recipes", "share-recipes"), [("\nroles:", f"{part}\nroles:")]
    )
    merged = merged.replace("requires: [share-recipes]", "requires: [keep-recipes]")
    steps = [
        snapshot(tmp_path, SMALL, "1.0.0"),
        raising(snapshot(tmp_path, reworded, "2.0.0"), "practice:share-recipes"),
    ]
    for text, heirs in ((merged, {"keep-recipes"}), (split, {"give-recipes", "teach"})):
        last = snapshot(tmp_path, text, "3.0.0")
        past = history.build_history(last.framework, [*steps, last])
        raised = {
            change.id
            for change in past.upgrades["1.0.0"]
            if change.events[0].what is changes.What.RAISED
        }
        assert raised == heirs


def test_what_a_pre_release_declared_counts_for_the_release_after_it(tmp_path: Path) -> None:
    reworded = edited(SMALL, REWORDED)
    steps = [
        snapshot(tmp_path, SMALL, "1.0.0"),
        raising(snapshot(tmp_path, reworded, "2.0.0-rc.1"), "practice:share-recipes"),
        snapshot(tmp_path, reworded, "2.0.0"),
    ]
    past = history.build_history(steps[-1].framework, steps)
    assert past.steps[0].version == "2.0.0"
    assert past.steps[0].weight is changes.Weight.MAJOR


def test_what_was_released_before_html_had_to_be_complete_stays_readable(tmp_path: Path) -> None:
    file = tmp_path / "bakery" / "1.0.0.yaml"
    file.parent.mkdir()
    text = edited(SMALL, [("Sells what the baker bakes.", "Sells <b>bread.")])
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError):
        check.load(file)
    (snapshot,) = snapshots.load(file.parent)
    assert snapshot.framework.roles["seller"].mission == "Sells <b>bread."


def test_a_release_that_was_edited_by_hand_may_have_what_definitions_may_not(
    tmp_path: Path,
) -> None:
    file = tmp_path / "bakery" / "1.0.0.yaml"
    file.parent.mkdir()
    edit = ("mission: Sells what", "mission: &mission Sells what")
    file.write_text(edited(SMALL, [edit]), encoding="utf-8")
    (edited_one,) = snapshots.load(file.parent)
    assert edited_one.framework == snapshot(tmp_path, SMALL, "1.0.0").framework


def test_a_release_that_is_the_present_is_compared_like_one_that_is_not(tmp_path: Path) -> None:
    reworded = edited(SMALL, REWORDED)
    steps = [
        snapshot(tmp_path, SMALL, "1.0.0"),
        raising(snapshot(tmp_path, SMALL, "2.0.0-rc.1"), "practice:share-recipes"),
        raising(snapshot(tmp_path, reworded, "2.0.0"), "practice:keep-recipes"),
    ]
    present = framework(tmp_path, reworded.replace('"1.0.0"', '"2.0.0"'))
    about = present.framework.model_copy(update={"review_in": "6 months"})  # no change for readers
    other = present.model_copy(update={"framework": about})
    past, same = (history.build_history(one, steps) for one in (present, other))
    assert [*past.upgrades] == ["2.0.0-rc.1", "1.0.0"]
    assert past.upgrades == same.upgrades
    assert past.steps == same.steps


def test_levels_that_have_changed_places_since_the_last_release_are_a_change(
    tmp_path: Path,
) -> None:
    released = snapshot(tmp_path, SMALL, "1.0.0")
    levels = dict(reversed(released.framework.levels.items()))
    present = released.framework.model_copy(update={"levels": levels})
    first, _ = history.build_history(present, [released]).steps
    assert (first.version, first.since) == ("", "1.0.0")
    assert {change.id for change in first.changes} == {*levels}


def test_a_pre_release_is_no_ground_to_compare_with(tmp_path: Path) -> None:
    taught = edited(SMALL, [("\nroles:", f"{TEACH}\nroles:")])
    steps = [
        snapshot(tmp_path, text, version)
        for text, version in ((SMALL, "1.0.0"), (taught, "1.1.0-rc.1"), (taught, "1.1.0"))
    ]
    past = history.build_history(steps[-1].framework, steps)
    assert [(step.version, step.since) for step in past.steps] == [
        ("1.1.0", "1.0.0"),
        ("1.1.0-rc.1", "1.0.0"),
        ("1.0.0", None),
    ]
    assert summary(past.steps[0].changes) == ["practice teach added"]


# Releases


@pytest.fixture
def bakery(tmp_path: Path) -> Project:
    """A project with the small definition, not released yet; only the command works in it."""
    project = Project(tmp_path / "project")
    project.write("framework.yaml", SMALL)
    return project


def release(project: Project, *arguments: str) -> str:
    result = project.run("maturity", "release", *arguments)
    assert "Traceback" not in result.output
    return f"{result.code} {result.output}"


def test_a_release_is_a_snapshot_that_is_a_definition_itself(bakery: Project) -> None:
    bakery.write("framework.yaml", SMALL.replace('version: "1.0.0"', "version: '0.9.0' # ours"))
    assert "Wrote releases/bakery/1.0.0.yaml; framework.yaml says 1.0.0." in release(
        bakery, "1.0.0"
    )
    text = (bakery.root / "framework.yaml").read_text(encoding="utf-8")
    assert text == SMALL.replace('version: "1.0.0"', 'version: "1.0.0" # ours')
    released = check.load(bakery.root / "releases" / "bakery" / "1.0.0.yaml").framework
    present = check.load(bakery.root / "framework.yaml").framework
    assert changes.diff(present, released) == []
    assert released.release is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", released.release.date)


def test_a_number_that_is_too_low_is_refused_with_the_reasons(bakery: Project) -> None:
    release(bakery, "1.0.0")
    bakery.replace("framework.yaml", "threshold: 0.75", "threshold: 0.8")
    bakery.replace("framework.yaml", "\nroles:", f"{TEACH}\nroles:")
    before = (bakery.root / "framework.yaml").read_bytes()
    for low in ("1.0.1", "1.1.0", "1.9.0-rc.1"):
        printed = release(bakery, low)
        assert f"{low} is too low: what changed since 1.0.0 asks for 2.0.0" in printed
        assert "major: scoring scoring: raised threshold" in printed
        assert (bakery.root / "framework.yaml").read_bytes() == before
    assert release(bakery, "2.0.0-rc.1").startswith("0 Wrote releases/bakery/2.0.0-rc.1.yaml")
    assert release(bakery, "2.0.0").startswith("0")


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.0", '"1.0" is no version'),
        ("next", '"next" is no version'),
        ("1.1.0-01", '"1.1.0-01" is no version'),
        ("1.1.0+abc", '"1.1.0+abc" is no version'),
        ("v1.1.0", '"v1.1.0" is no version'),
        ("01.1.0", '"01.1.0" is no version'),
        (" 1.1.0", '" 1.1.0" is no version'),
        ("1.1.0\n", '" is no version'),
        ("", '"" is no version'),
        ("../1.1.0", '"../1.1.0" is no version'),
        (f"1.1.0-{'a' * 200}", 'a..." is no version'),
        ("1.0.0", "1.0.0 is released already"),
        ("0.9.0", "0.9.0 comes before 1.0.0"),
    ],
)
def test_a_number_that_cannot_be_the_next_one_is_refused(
    bakery: Project, version: str, message: str
) -> None:
    release(bakery, "1.0.0")
    printed = release(bakery, version)
    assert printed.startswith("1 framework.yaml:5:12:")
    assert message in printed
    assert [file.name for file in (bakery.root / "releases" / "bakery").iterdir()] == ["1.0.0.yaml"]


#: Runs a command on a disk that takes files of at most so many bytes.
FULL_DISK = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["maturity", *sys.argv[2:]]
runpy.run_module("maturity", run_name="__main__")
"""


def names(project: Project) -> list[str]:
    paths = (path.relative_to(project.root) for path in project.root.rglob("*"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".cache")


@pytest.mark.parametrize("room", [0, 1_000, len(SMALL) + 10])
def test_a_release_that_finds_no_room_changes_nothing(bakery: Project, room: int) -> None:
    before, text = names(bakery), (bakery.root / "framework.yaml").read_bytes()
    result = bakery.run("python", "-c", FULL_DISK, str(room), "release", "1.0.0")
    assert result.code == 1
    assert "this cannot be written: File too large" in result.output
    assert "nothing was changed: make room" in result.output
    assert "Traceback" not in result.output
    assert (names(bakery), (bakery.root / "framework.yaml").read_bytes()) == (before, text)


def test_a_release_whose_place_is_taken_changes_nothing(bakery: Project) -> None:
    (bakery.root / "releases" / "bakery" / "1.1.0.yaml").mkdir(parents=True)
    before, text = names(bakery), (bakery.root / "framework.yaml").read_bytes()
    printed = release(bakery, "1.1.0")
    assert "\nreleases/bakery/1.1.0.yaml:1:1: this cannot be written: there is" in printed
    assert (names(bakery), (bakery.root / "framework.yaml").read_bytes()) == (before, text)


def test_a_release_keeps_the_link_and_the_rights_of_the_definition(bakery: Project) -> None:
    shared = bakery.root / "shared.yaml"
    (bakery.root / "framework.yaml").rename(shared)
    shared.chmod(0o664)
    (bakery.root / "framework.yaml").symlink_to("shared.yaml")
    assert release(bakery, "1.1.0").startswith("0")
    assert (bakery.root / "framework.yaml").is_symlink()
    assert 'version: "1.1.0"' in shared.read_text(encoding="utf-8")
    assert shared.stat().st_mode & 0o777 == 0o664


def test_an_author_says_that_a_wording_asks_for_more(bakery: Project) -> None:
    release(bakery, "1.0.0")
    bakery.replace(
        "framework.yaml", "Every shop bakes by the same", "Every shop and van bakes by the same"
    )
    assert "--raises open-daily: it has not changed since 1.0.0" in release(
        bakery, "1.0.1", "--raises", "open-daily"
    )
    assert "asks for 2.0.0" in release(bakery, "1.0.1", "--raises", "share-recipes")
    assert release(bakery, "2.0.0", "--raises", "practice:share-recipes").startswith("0")
    released = check.load(bakery.root / "releases" / "bakery" / "2.0.0.yaml").framework
    assert released.release is not None
    assert released.release.raises == ["practice:share-recipes"]


def test_a_fork_releases_under_its_own_id_and_version(bakery: Project) -> None:
    bakery.write("overlay.yaml", 'based_on: "1.0.0"\nframework:\n  title: Our Bakery\n')
    printed = release(bakery, "1.0.0")
    assert "the id bakery is upstream's" in printed
    assert "give your own in overlay.yaml, under framework: version:" in printed
    bakery.write(
        "overlay.yaml",
        'based_on: "1.0.0"\nframework:\n  id: our-bakery\n  version: "0.1.0"\n',
    )
    assert "Wrote releases/our-bakery/0.2.0.yaml; overlay.yaml says 0.2.0." in release(
        bakery, "0.2.0"
    )
    assert (bakery.root / "framework.yaml").read_text(encoding="utf-8") == SMALL


def test_a_damaged_snapshot_is_reported_with_its_place(bakery: Project) -> None:
    release(bakery, "1.0.0")
    file = bakery.root / "releases" / "bakery" / "1.0.0.yaml"
    text = file.read_text(encoding="utf-8")
    for broken, message in (
        (text.replace("level: first-oven", "<<<<<<< HEAD", 1), "releases/bakery/1.0.0.yaml:"),
        (
            text.replace("version: 1.0.0", "version: 1.0.1"),
            "snapshot of version 1.0.1, under another",
        ),
        (
            text.replace("id: bakery", "id: butchery"),
            "snapshot of butchery, in the folder of bakery",
        ),
        ("", "the file is empty"),
    ):
        file.write_text(broken, encoding="utf-8")
        printed = release(bakery, "1.1.0")
        assert printed.startswith("1 ")
        assert message in printed


def test_what_happened_to_an_entry_is_set_apart_in_one_line() -> None:
    sentences = ["Gate: reworded", "It is new.", "Aim: reworded", "Signs: added"]
    assert notes.run_on(sentences) == "Gate: reworded; It is new. Aim: reworded; Signs: added"
    assert notes.run_on([]) == ""


def test_the_command_prints_what_changed_in_three_forms(bakery: Project) -> None:
    release(bakery, "1.0.0")
    bakery.replace("framework.yaml", "Every shop bakes by", "Each *shop* bakes by")
    bakery.replace("framework.yaml", "\nroles:", f"{TEACH}\nroles:")
    bakery.write("other.yaml", SMALL)
    give_words(bakery)
    text = bakery.run("maturity", "changes", "1.0.0")
    assert text.code == 0, text.output
    assert text.output.startswith(
        "What may lower your result\n"
        "  Teach (teach): New, and open until you answer it.\n\nPractices\n"
    )
    assert "  Share recipes (share-recipes)\n    reworded: Criterion: reworded\n" in text.output
    assert "      + Each *shop* bakes by the same recipe." in text.output
    assert "2 changes; a minor version at least" in text.output
    markdown = bakery.run("maturity", "changes", "1.0.0", "--format", "markdown").output
    assert r"+ Each \*shop\* bakes by the same recipe." in markdown
    data = json.loads(bakery.run("maturity", "changes", "1.0.0", "--format", "json").output)
    assert [change["id"] for change in data] == ["share-recipes", "teach"]
    both = bakery.run("maturity", "changes", "other.yaml", "framework.yaml", "--format", "json")
    assert json.loads(both.output) == data


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("0.1.0", 'releases/bakery:1:1: there is no release "0.1.0"'),
        ("", 'there is no release ""'),
        ("v1.0.0", 'there is no release "v1.0.0"'),
        ("1.0.0+abc", 'there is no release "1.0.0+abc"'),
        (" 1.0.0", 'there is no release " 1.0.0"'),
        ("../1.0.0", 'there is no release "../1.0.0"'),
        ("1" * 300, '1..."'),
        ("framework.txt", 'there is no release "framework.txt"'),
        ("none.yaml", "none.yaml:1:1: the file cannot be read: No such file"),
        ("releases.yaml", "releases.yaml:1:1: this is a folder, not a file"),
        ("pipe.yaml", "pipe.yaml:1:1: this is a pipe, not a file"),
        ("circle.yaml", "circle.yaml:1:1: the file cannot be read: Too many levels"),
        (f"{'long' * 100}.yaml", "the file cannot be read: File name too long"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_neither_a_release_nor_a_definition_is_said(
    bakery: Project, name: str, message: str
) -> None:
    release(bakery, "1.0.0")
    (bakery.root / "releases.yaml").mkdir()
    os.mkfifo(bakery.root / "pipe.yaml")
    (bakery.root / "circle.yaml").symlink_to("circle.yaml")
    give_words(bakery)
    for names in ([name], ["1.0.0", name], ["framework.yaml", name]):
        result = bakery.run("maturity", "changes", *names)
        assert result.code == 1
        assert message in result.output
        assert "name a release, or a definition whose file ends in .yaml" in result.output
        assert "Traceback" not in result.output


def test_the_command_says_what_releases_declared_to_ask_for_more(bakery: Project) -> None:
    give_words(bakery)
    release(bakery, "1.0.0")
    bakery.replace("framework.yaml", *REWORDED[0])
    release(bakery, "2.0.0", "--raises", "share-recipes")
    bakery.replace(
        "framework.yaml",
        "  share-recipes:\n",
        "  spread-recipes:\n    formerly: [share-recipes]\n",
    )
    bakery.replace("framework.yaml", "requires: [share-recipes]", "requires: [spread-recipes]")
    release(bakery, "2.1.0")
    for names in (["1.0.0"], ["1.0.0", "2.1.0"], ["1.0.0", "2.0.0"]):
        printed = bakery.run("maturity", "changes", *names).output
        assert "raised: The new wording asks for more." in printed, names
        assert "a major version at least" in printed
    for names in (["2.0.0"], ["2.0.0", "2.1.0"], ["2.1.0", "1.0.0"]):
        assert (
            "The new wording asks for more" not in bakery.run("maturity", "changes", *names).output
        )


def give_words(project: Project) -> None:
    """Give a project the catalog of words."""
    text = (ROOT / "overrides" / "words" / "en.yaml").read_text(encoding="utf-8")
    project.write("overrides/words/en.yaml", text)


# The page


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A bakery with three releases, and something that is not released yet."""
    project = copy_project(tmp_path_factory.mktemp("released") / "project")
    project.write("framework.yaml", SMALL)
    steps: list[tuple[str, list[tuple[str, str]], tuple[str, ...]]] = [
        ("1.0.0", [], ()),
        ("1.1.0", [("  open-daily:\n", "  open-early:\n    formerly: [open-daily]\n"),
                   ("\nroles:", TEACH.replace("Teach", "<b>Teach</b> & *more*") + "\nroles:")], ()),
        ("2.0.0", [(SHARE, SHARE.replace("Every shop", "Each <i>shop</i>")),
                   ("threshold: 0.75", "threshold: 0.8")], ("--raises", "share-recipes")),
    ]  # fmt: skip
    for version, edits, more in steps:
        text = (project.root / "framework.yaml").read_text(encoding="utf-8")
        project.write("framework.yaml", edited(text, edits))
        result = project.run("maturity", "release", version, *more)
        assert result.code == 0, result.output
    project.replace("framework.yaml", "The hours hang", "All hours hang")
    project.built()
    return project


def test_page_data_and_command_say_the_same(released: Project) -> None:
    data = json.loads((released.site / "data" / "changes.json").read_text(encoding="utf-8"))
    versions = [step["version"] for step in data["releases"]]
    assert versions == ["", "2.0.0", "1.1.0", "1.0.0"]
    assert [step["weight"] for step in data["releases"]] == ["patch", "major", "minor", "none"]
    files = [str(released.root / "releases" / "bakery" / f"{v}.yaml") for v in versions[1:]]
    for step, new, old in zip(data["releases"][1:], files, files[1:], strict=False):
        printed = released.run("maturity", "changes", old, new, "--format", "json").output
        by_command = {change["id"]: change["events"] for change in json.loads(printed)}
        for change in step["changes"]:
            events = [
                event
                for event in change["events"]
                if (event["what"], event["field"]) != ("raised", "")
            ]
            assert by_command[change["id"]] == events
    page = article(released.site / "changes" / "index.html")
    headings = [heading.words.rstrip("¶") for heading in page.all("h2")]
    assert headings[:4] == ["Not released yet", "Version 2.0.0", "Version 1.1.0", "Version 1.0.0"]
    text = page.words
    for step in data["releases"]:
        for change in step["changes"]:
            assert change["title"] in text


def test_what_may_lower_a_result_stands_before_all_else_of_a_release(released: Project) -> None:
    """Two hundred rewordings would bury it."""
    page = article(released.site / "changes" / "index.html").words
    unreleased, second, first, _ = re.split(r"Version [12]\.[01]\.0¶", page)
    assert "What may lower your result" not in unreleased
    assert re.search(
        r"Asks for more What may lower your result Share recipes: The new "
        r"wording asks for more. Scoring: \S.* 75% → 80% Practices",
        second,
    )
    assert "What may lower your result <b>Teach</b> & *more*: New, and open until" in first


def test_a_field_that_was_empty_is_added_and_nothing_stands_for_an_unchanged_line(
    tmp_path: Path,
) -> None:
    lines = [f"{'Bread is baked in the early morning here. ' * 9}Line {n}." for n in (1, 2)]
    summary = f"    summary: |-\n      - {lines[0]}\n      - {lines[1]}\n"
    first = edited(SMALL, [("    title: Many shops\n", f"    title: Many shops\n{summary}")])
    later = summary.replace("Line 2", "Line 3") + "    exit: Nothing burns.\n"
    old, new = framework(tmp_path, first), framework(tmp_path, edited(first, [(summary, later)]))
    english = words.load(ROOT / "overrides" / "words", "en", new.terms)
    (note,) = notes.describe(changes.diff(old, new), old, new, english)["level"]
    lines_of_note = {line.what.value: (line.before, line.after) for line in note.lines}
    assert lines_of_note["added"] == (None, "Nothing burns.")
    assert lines_of_note["reworded"] == ("… Line 2.", "… Line 3.")


def test_texts_stand_beside_each_other_as_the_text_they_are(released: Project) -> None:
    page = article(released.site / "changes" / "index.html")
    assert "Each <i>shop</i>" in page.words
    assert "<b>Teach</b> & *more*" in page.words
    assert [mark.words for mark in page.all("del")] == ["The", "Every shop"]
    assert [mark.words for mark in page.all("ins")][:2] == ["All", "Each <i>shop</i>"]


def test_pages_say_when_they_came_or_changed(released: Project) -> None:
    def badge(path: str) -> tuple[str, str] | None:
        page = article(released.site / path / "index.html")
        links = [link for link in page.all("a") if "mp-news" in link.attributes.get("class", "")]
        return (links[0].words, links[0].attributes["href"]) if links else None

    assert badge("practices/teach") == ("New in 1.1", "../../changes/#v1-1-0")
    assert badge("practices/share-recipes") == ("Changed in 2.0", "../../changes/#v2-0-0")
    assert badge("practices/keep-recipes") is None
    assert badge("roles/baker") is None
    assert (released.site / "practices" / "open-daily" / "index.html").is_file()


def test_what_an_earlier_version_asked_is_there_for_its_answers(released: Project) -> None:
    folder = released.site / "data"
    data = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    assert [*data["upgrades"]] == ["1.1.0", "1.0.0"]
    asked = {entry["practice"]: entry["criteria"] for entry in data["asked"].values()}
    assert asked["share-recipes"] == ["Every shop bakes by the same recipe."]
    for version in data["upgrades"]:
        earlier = json.loads((folder / "releases" / f"{version}.json").read_text(encoding="utf-8"))
        assert earlier["framework"]["version"] == version
        assert earlier["scoring"]["threshold"] == 0.75


def test_a_framework_that_was_never_released_says_so(project: Project) -> None:
    project.write("framework.yaml", SMALL)
    page = article(project.built() / "changes" / "index.html")
    assert "Nothing is released yet." in page.words
    data = json.loads((project.site / "data" / "changes.json").read_text(encoding="utf-8"))
    assert (data["releases"], data["upgrades"], data["asked"]) == ([], {}, {})
