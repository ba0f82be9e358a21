"""A company's whole customization, in an overlay of its own, before and after upstream's release.

The files lie in `fixtures/handbook`: it drops a level, five practices that others need, two answers
and a role, merges a dimension, is in German, and adds entries, pages with pictures and a logo.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from forks import NEXT, VERSION, excerpt, later
from htmltree import article, page
from projects import ROOT, Project, copy_project

OWN = Path(__file__).parent / "fixtures" / "handbook"
OVERLAY = (OWN / "overlay.yaml").read_text(encoding="utf-8")
DROPPED = (
    "leadership-interviews", "data-access-route", "ai-system-register", "release-risk-check",
    "traceable-releases",
)  # fmt: skip
#: Practices that upstream renames, and removes: the company drops, changes or names some of them.
RENAMED = {
    "release-risk-check": "launch-risk-check",
    "data-audit": "audit-of-data",
    "ai-use-rules": "ai-rules",
    "executive-sponsor": "sponsor-with-a-name",
}
REMOVED = ("traceable-releases", "cost-per-model")
#: What else is looked at, what else needs what is dropped, and what goes along with the level.
OTHERS = (
    "shared-goals", "data-catalog", "short-iterations", "customer-work-map", "ai-disclosure",
    "delivery-measures", "run-traces", "vendor-check", "system-register", "labeling-guidelines",
    "lead-engineer", "lead-product-manager", "own-framework",
)  # fmt: skip
#: What `maturity check` says of the company's lines then, and what its owner does about each.
EDITS = {
    "if upstream has it no longer, delete this line": ("  - practice:traceable-releases\n", ""),
    "write audit-of-data in the place of data-audit": ("  data-audit:", "  audit-of-data:"),
    "write ai-rules in the place of ai-use-rules": ("after: ai-use-rules", "after: ai-rules"),
    "write sponsor-with-a-name in the place of executive-sponsor": (
        "requires: [executive-sponsor]", "requires: [sponsor-with-a-name]",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Built:
    """What `maturity check` and `maturity words` said of a handbook, and where its site is."""

    checked: str
    lacking: str
    site: Path

    def words(self, path: str) -> str:
        return article(self.site / path / "index.html").words

    def has(self, path: str) -> bool:
        return (self.site / path / "index.html").exists()


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Ours, with the part of the definition that the company and its upstream change."""
    project = copy_project(tmp_path_factory.mktemp("upstream") / "playbook")
    excerpt(project, " ".join((OVERLAY, *RENAMED, *REMOVED, *OTHERS)))
    # The excerpt says a number, where the whole definition counts.
    text = (project.root / "framework.yaml").read_text(encoding="utf-8")
    text, numbers = re.subn(r"(the\s+first\s+of\s+)\w+(\s+levels)", r"\1{count:levels}\2", text)
    assert numbers == 1
    project.write("framework.yaml", text)
    return project


@pytest.fixture(scope="module")
def levels(upstream: Project) -> dict[str, str]:
    """The level of each practice of upstream's."""
    definition = yaml.safe_load((upstream.root / "framework.yaml").read_text(encoding="utf-8"))
    return {name: practice["level"] for name, practice in definition["practices"].items()}


@pytest.fixture(scope="module")
def counted(levels: dict[str, str]) -> str:
    """How many practices the company has, as it is said: it adds one of its own."""
    left = [n for n, level in levels.items() if level != "advanced" and n not in DROPPED]
    return f"{len(left) + 1} Praktiken"


@pytest.fixture(scope="module")
def handbook(upstream: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(
        shutil.copytree(upstream.root, tmp_path_factory.mktemp("company") / "handbook")
    )
    shutil.copytree(OWN, project.root, dirs_exist_ok=True)
    project.replace("overlay.yaml", 'based_on: "1.0.0"', f'based_on: "{VERSION}"')
    release(project, "0.1.0")
    return project


@pytest.fixture(scope="module")
def before(handbook: Project) -> Built:
    return build(handbook, "before")


@pytest.fixture(scope="module")
def after(
    upstream: Project, handbook: Project, before: Built, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """The same handbook on upstream's next release, with the lines changed that check names."""
    released = Project(shutil.copytree(upstream.root, tmp_path_factory.mktemp("next") / "playbook"))
    text = (released.root / "framework.yaml").read_text(encoding="utf-8")
    definition = later(text, renamed=RENAMED, removed=REMOVED)
    definition["levels"]["scaling"]["overview"] += " Upstream says more."
    go_on(definition["practices"])
    released.write("framework.yaml", yaml.safe_dump(definition, sort_keys=False))
    release(released, NEXT)
    for part in ("framework.yaml", f"releases/ml-maturity/{NEXT}.yaml"):
        shutil.copy(released.root / part, handbook.root / part)
    asked = handbook.run("maturity", "check")
    assert asked.code == 1
    for line, (old, new) in EDITS.items():
        assert line in asked.output
        handbook.replace("overlay.yaml", old, new)
    assert asked.output.endswith(f"\n{len(EDITS)} problems in overlay.yaml\n")
    return build(handbook, "after")


def go_on(practices: dict[str, Any]) -> None:
    """What upstream does meanwhile: rewords, and adds to what the company dropped."""
    practices["audit-of-data"]["criteria"]["extract-inspected"] += " Its owner agreed."
    practices["data-catalog"] |= {
        "title": "Open the data through one catalog",
        "why": "See [what comes later](practice:data-market) and [the page]"
        "(practice:launch-risk-check).",
        "requires": [*practices["data-catalog"].get("requires", []), "launch-risk-check"],
    }
    practices["data-market"] = {
        "level": "advanced", "dimension": "process", "title": "Run a data market",
        "criteria": {"runs": "It runs."}, "requires": ["data-catalog"],
    }  # fmt: skip
    practices["catalog-review"] = {
        "level": "scaling", "dimension": "process", "title": "Review the catalog",
        "criteria": {"reviewed": "It was reviewed."}, "requires": ["data-catalog"],
    }  # fmt: skip


def release(project: Project, version: str) -> None:
    result = project.run("maturity", "release", version)
    assert result.code == 0, result.output


def build(project: Project, name: str) -> Built:
    checked = project.run("maturity", "check")
    assert checked.code == 0, checked.output
    lacking = project.run("maturity", "words").output
    site = project.built("site.yml").rename(project.root / name)
    return Built(checked.output, lacking, site)


def read(built: Built, path: str) -> str:
    return (built.site / path / "index.html").read_text(encoding="utf-8")


def texts(node: Any) -> Iterator[str]:
    """Every text of a definition or an overlay that is longer than a title."""
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from texts(child)
    elif isinstance(node, str) and len(node) > 60:
        yield " ".join(node.split())


def test_the_overlay_is_short_and_copies_no_text() -> None:
    assert len(OVERLAY.splitlines()) <= 120
    upstream = set(texts(yaml.safe_load((ROOT / "framework.yaml").read_text(encoding="utf-8"))))
    assert not upstream & set(texts(yaml.safe_load(OVERLAY)))


def test_what_is_dropped_is_nowhere(before: Built) -> None:
    assert not before.has("levels/advanced")
    assert not before.has("practices/shared-goals")
    assert not before.has("dimensions/process")
    assert not before.has("roles/annotation-lead")
    assert not [name for name in DROPPED if before.has(f"practices/{name}")]
    assert "Mindestens die Hälfte" not in before.words("practices/data-audit")


def test_what_is_moved_and_added_is_there(before: Built, counted: str) -> None:
    assert "Show running results every two weeks" in before.words("dimensions/organizational")
    assert "KI-Lotse" in before.words("practices/works-council")
    assert "Ein Gremium" in before.words("decisions/freigabe")
    assert "Protokoll des Betriebsrats" in before.words("worksheets/freigabe-liste")
    assert before.words("").count(f"4 Stufen, 3 Bereiche, {counted}") == 1
    assert "This is the first of 4 levels" in before.words("levels/getting-started")


def test_pages_pictures_logo_and_language_are_the_companys(before: Built) -> None:
    welcome = page(before.site / "own" / "willkommen" / "index.html")
    assert welcome.first("html").attributes["lang"] == "de"
    assert '"Das Zeichen von Nordlicht" src="../logo.svg"' in read(before, "own/willkommen")
    assert 'src="../ablauf.svg"' in read(before, "own/ablauf")
    logo = list(welcome.first("header").all("img"))
    assert [image.attributes["src"] for image in logo] == ["../logo.svg"]
    assert (before.site / "own" / "logo.svg").is_file()
    assert (before.site / "own" / "ablauf.svg").is_file()
    assert "Das Handbuch hat 4 Stufen." in before.words("own/willkommen")


def test_a_page_of_upstreams_is_replaced_at_its_address(before: Built) -> None:
    shown = page(before.site / "workshop" / "index.html")
    assert "Nehmt euch einen Nachmittag" in shown.first("article").words
    links = {a.words: a.attributes.get("href", "") for a in shown.first("article").all("a")}
    assert links["dem Betriebsrat"] == "../practices/works-council/"
    assert links["dem Fragebogen"] == "../score/"
    assert 'href="workshop/"' in read(before, ""), "what leads there leads there still"
    assert not (before.site / "instead").exists()


def test_pages_that_are_still_upstreams_are_named(before: Built) -> None:
    said = before.lacking.splitlines()
    assert said[0] == "de lacks no word"
    assert re.match(r"de: \d+ of [\d,]+ texts of the content are translated$", said[1])
    pages, advice = next(line for line in said if line.startswith("pages ")).split("; ")
    assert pages == "pages that are still upstream's: data.md, facilitator.md"
    assert advice == "write yours in content/instead/"
    assert f"\n{said[1]}; see `maturity words`\n" in before.checked


def test_no_link_leads_to_what_is_gone(before: Built, after: Built) -> None:
    gone = re.compile(
        rf"(?:levels/advanced|dimensions/process|practices/(?:{'|'.join(DROPPED)}|data-market))/"
    )
    for site in (before.site, after.site):
        for file in site.rglob("index.html"):
            assert not gone.search(file.read_text(encoding="utf-8")), file


def test_upstreams_next_release_shows_through(after: Built, counted: str) -> None:
    catalog = after.words("practices/data-catalog")
    assert "Open the data through one catalog" in catalog
    assert "See what comes later and the page." in catalog
    assert "Review the catalog" in after.words("dimensions/organizational")
    assert counted in after.words("")


def test_what_upstream_adds_to_a_dropped_level_or_renames_stays_dropped(after: Built) -> None:
    assert not after.has("practices/data-market")
    assert not after.has("practices/launch-risk-check")


def test_what_upstream_removes_is_gone_and_what_it_renames_is_the_companys_still(
    before: Built, after: Built
) -> None:
    assert before.has("practices/cost-per-model")
    assert not after.has("practices/cost-per-model")
    audit = after.words("practices/audit-of-data")
    assert "Daten vor jedem Vorhaben prüfen" in audit
    assert "Von jeder Datenquelle liegt ein Auszug vor" in audit
    assert 'url=../audit-of-data/"' in read(after, "practices/data-audit")


def read_again(built: Built) -> list[str]:
    lines = built.checked.partition("upstream has changed these too")[2].splitlines()[1:]
    return [line for line in lines if re.match(" {4}\\w", line)]


def test_only_what_the_company_wrote_itself_is_to_be_read_again(
    before: Built, after: Built
) -> None:
    def entries(built: Built) -> set[str]:
        return {re.split("[:,]", line.strip())[0] for line in read_again(built)}

    audit = next(line for line in read_again(after) if "audit-of-data" in line)
    # Or it takes the place of that and others, until what upstream has merged is released.
    assert re.search("upstream called it data-audit before|takes the place of .*data-audit", audit)
    assert "level scaling" in entries(after)
    # What upstream adds or changes where the company has no word of its own is not among them.
    assert entries(after) - entries(before) - {"level scaling"} == {
        "practice audit-of-data",
        "practice launch-risk-check",
    }


def test_check_says_in_a_line_what_went_along(
    before: Built, after: Built, levels: dict[str, str]
) -> None:
    advanced = [*levels.values()].count("advanced")
    assert advanced > 1
    assert (
        f"  dropped level:advanced with {advanced} practices, 2 roles, 1 decision\n"
        in before.checked
    )
    assert (
        f"  dropped level:advanced with {advanced + 1} practices, 2 roles, 1 decision\n"
        in after.checked
    )
    assert "  moved dimension:process to dimension:organizational\n" in after.checked


def test_the_company_can_release_again(handbook: Project, after: Built) -> None:
    refused = handbook.run("maturity", "release", "0.1.1")
    assert refused.code == 1
    release(handbook, "0.2.0")


def test_the_page_of_differences_says_what_was_removed(before: Built) -> None:
    said = before.words("differences")
    assert "Share goals across Product, Engineering and ML Entfernt" in said
