"""Files of answers without a browser: Python says of them what the page says, figure by figure."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import agreement
import pytest
import sittings
from click.testing import CliRunner, Result
from maturity.__main__ import main
from maturity.assessments.account import Account
from maturity.assessments.scored import inline
from maturity.assessments.standing import stand_given
from maturity.definition.model import Framework
from maturity.framework import catalog
from maturity.framework.relations import Relations
from maturity.framework.scoring import Given
from node import call
from projects import ROOT
from scorer import CASES, FRAMEWORKS, Sitting, given, whole
from texts import HOSTILE, MARKS, drawn


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_figure_is_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    small = FRAMEWORKS[case["framework"]]
    framework = whole(small)
    answers = {
        name: Given(one["answer"], one["proven"], one["reasoned"], one["lacking"])
        for name, one in given(Sitting(small, case["answers"])).items()
    }
    standing = stand_given(Relations(framework), answers, case.get("start", ""))
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    figures = agreement.plain(agreement.figures(standing, Account(words, standing)))
    wrong = {
        key: figures[key]
        for key, expected in case["expect"].items()
        if not agreement.is_same(figures[key], expected)
    }
    assert wrong == {}


def test_page_and_python_say_the_same_of_sittings_drawn_at_random() -> None:
    wrong = agreement.differences(40)
    assert {name: found[:1] for name, found in wrong.items() if found} == {}


def test_drawn_sittings_reach_every_level(framework: Framework) -> None:
    relations, luck = Relations(framework), Random(1)  # noqa: S311 - no secret
    words = catalog.load(ROOT / "overrides" / "words", "en", framework.terms)
    said = Counter(
        agreement.said_of(relations, words, json.dumps(agreement.drawn(relations, luck)))[
            "figures"
        ][reading]
        for _ in range(60)
        for reading in ("claimed", "evidenced")
    )
    assert len(said) == len(framework.levels), said


# maturity score


@pytest.fixture
def files(framework: Framework, tmp_path: Path) -> Path:
    """Two rounds of a unit, the second with every answer raised to the top, without evidence."""
    folder = tmp_path / "search"
    folder.mkdir()
    top = list(framework.scale)[-1]
    for day, answer in (("2026-03-01", "unknown"), ("2026-06-01", top)):
        answers = dict.fromkeys(framework.practices, answer)
        data = sittings.sitting(framework, 0, answers, unit="Search & <b>find</b> @all", date=day)
        (folder / f"{day}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def score(*arguments: object, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(ROOT)
    return CliRunner().invoke(main, ["score", *map(str, arguments)])


def test_score_says_what_the_page_says_and_what_changed(
    files: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = score(files / "2026-06-01.json", monkeypatch=monkeypatch)
    assert done.exit_code == 0, done.output
    titles = [level.title for level in framework.levels.values()]
    assert f"Claimed: {len(titles)} · {titles[-1]} · Shown: 1 · {titles[0]}" in done.output
    assert f"Since Mar 1, 2026:\n  - Then claimed: 1 · {titles[0]}." in done.output
    markdown = score(files / "2026-06-01.json", "--format", "markdown", monkeypatch=monkeypatch)
    assert "## Search & \\<b\\>find\\</b\\> \\@<!-- -->all, Jun 1, 2026" in markdown.output
    data = json.loads(
        score(files / "2026-06-01.json", "--format", "json", monkeypatch=monkeypatch).output
    )
    assert (data[0]["claimed"]["at"], data[0]["shown"]["at"]) == (len(titles), 1)


def test_a_card_of_a_result_holds_levels_and_nothing_else_that_people_wrote(
    files: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = files / "2026-06-01.json", files / "2026-03-01.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["assessment"] |= {"name": "Zoe", "role": "Secret role"}
    for stored in data["assessment"]["answers"].values():
        stored |= {"owner": "Zoe", "note": "Secret note", "proof": "https://secret.example"}
    file.write_text(json.dumps(data), encoding="utf-8")
    titles = [str(level.title) for level in framework.levels.values()]
    forms = {
        form: score(file, "--format", form, "--on", "2026-06-01", monkeypatch=monkeypatch).output
        for form in ("svg", "html")
    }
    for form, text in forms.items():
        root = ElementTree.fromstring(text.replace("<!-- -->", ""))  # noqa: S314 (our own)
        words = " ".join(root.itertext())
        assert not re.search(
            r"zoe|secret|href|src=|url\(|style|class=|https?://(?!www\.w3)", text, re.I
        )
        assert "<b>" not in text
        for part in ("Search & <b>find</b> @all", "Jun 1, 2026", framework.framework.version):
            assert part in words, form
        for dimension in framework.dimensions.values():
            assert str(dimension.title) in words
    drawn = ElementTree.fromstring(forms["svg"])  # noqa: S314 (our own)
    assert drawn.attrib["role"] == "img"
    title, description = drawn[0].text or "", drawn[1].text or ""
    top = f"{len(titles)} · {titles[-1]}"
    assert title.endswith(f"Claimed: {top} · Shown: {top}")
    assert description.count(f"Shown: All of {len(titles)} levels.") == len(framework.dimensions)
    assert "@<!-- -->all" in forms["html"]
    assert score(file, other, "--format", "svg", monkeypatch=monkeypatch).exit_code == 2


def test_a_card_has_room_for_wide_letters_and_refers_to_nothing_where_it_is_pasted(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files / "2026-06-01.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    for unit, cut in (
        ("n" * 50, "n" * 35),
        ("N" * 50, "N" * 29),
        ("W" * 50, "W" * 21),
        ("MACHINE LEARNING PLATFORM", ""),
    ):
        data["assessment"]["unit"] = unit
        file.write_text(json.dumps(data), encoding="utf-8")
        drawn = score(file, "--format", "svg", monkeypatch=monkeypatch).output
        assert f">{cut}…</text>" in drawn if cut else f">{unit}</text>" in drawn, unit
    data["assessment"]["unit"] = "R&D !1 &2 ~bug $3 %4 gl-5"
    file.write_text(json.dumps(data), encoding="utf-8")
    pasted = score(file, "--format", "html", monkeypatch=monkeypatch).output
    apart = "R&amp;_D !_1 &amp;_2 ~_bug $_3 %_4 gl_-5".replace("_", "<!-- -->")
    assert f"<strong>{apart}</strong>" in pasted


def test_score_ends_with_another_code_for_each_reason_to_stop(
    files: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, last = files / "2026-06-01.json", list(framework.levels)[-1]
    codes = {
        arguments: score(file, *arguments, monkeypatch=monkeypatch).exit_code
        for arguments in (
            ("--require", f"claimed:{last}"),
            ("--require", f"shown:{last}"),
            ("--require", "shown:nowhere"),
            ("--on", "2026-02-30"),
            ("--expiring", "30d"),
            ("--expiring", "soon"),
        )
    }
    assert [*codes.values()] == [0, 3, 2, 2, 0, 2]
    file.write_text("{", encoding="utf-8")
    broken = score(file, monkeypatch=monkeypatch)
    assert broken.exit_code == 1
    assert "2026-06-01.json:1:2: this is no JSON" in broken.output


def test_score_says_what_it_leaves_out_and_never_that_evidence_run_out_is_not_named(
    files: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = files.parent / "assessments"
    folder.mkdir()
    file, names = files.rename(folder / "search") / "2026-06-01.json", [*framework.practices][:3]
    data = json.loads(file.read_text(encoding="utf-8"))
    answers = data["assessment"]["answers"]
    for name, stored in answers.items():
        evidence = framework.practices[name].evidence
        lasting = [one for one, artifact in evidence.items() if artifact.lasts]
        named = {"evidence": lasting, "records": {one: {"on": "1999-01-01"} for one in lasting}}
        stored |= named if lasting else {"proof": "Minutes"}
    file.write_text(json.dumps(data), encoding="utf-8")
    assert "have no evidence that counts." in score(file, monkeypatch=monkeypatch).output

    data["assessment"]["unit"] = ""
    answers[names[0]]["answer"] = ""
    del answers[names[1]]
    file.write_text(json.dumps(data), encoding="utf-8")
    inherits = f"inherits: {{platform: [{', '.join(names)}]}}"
    listed = f"units: {{platform: {{title: Platform}}, search: {{title: Search, {inherits}}}}}"
    (folder / "units.yaml").write_text(listed, encoding="utf-8")
    last = list(framework.levels)[-1]
    done = score(file, "--require", f"claimed:{last}", monkeypatch=monkeypatch)
    assert done.exit_code == 3
    assert done.output.startswith("search, Jun 1, 2026\n")
    assert "\n- 2 practices without an answer of their own are inherited: they" in done.output
    assert f"(not counted: {names[0]}, {names[1]}, inherited)" in done.output
    figures = score(file, "--format", "json", monkeypatch=monkeypatch).output
    assert json.loads(figures)[0]["inherited"] == names[:2]


def test_plain_text_stays_plain_in_python_as_on_the_page() -> None:
    texts = [*HOSTILE, *MARKS, *drawn(1, 400)]
    from_page = call("common/markdown.js", "value.map((one) => text(one))", texts)
    assert [*map(inline, texts)] == from_page
