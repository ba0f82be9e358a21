"""What forks write, and what upstream releases: definitions, and a catalog of marks."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml
from maturity.definition import check
from maturity.versions import snapshots
from projects import ROOT, Project, our_framework

#: Of upstream's definition, whatever it is by now; and a release of upstream's far ahead of that.
VERSION = re.findall(r'^  version: "(.+)"$', (ROOT / "framework.yaml").read_text("utf-8"), re.M)[0]
NEXT = "99.0.0"

SMALL = """
framework: {id: tiny, title: Tiny, version: "1.0.0", summary: A small one.}
dimensions: {only: {title: Only}}
levels: {one: {title: One}, two: {title: Two}}
practices:
  first: {level: one, dimension: only, title: First, criteria: {a: It is there.}}
  second: {level: two, dimension: only, title: Second, criteria: {a: It is there too.}}
"""


def small(project: Project, text: str = SMALL) -> Project:
    """Give a project another definition, and a nav and content that fit it."""
    project.write("framework.yaml", text)
    shutil.rmtree(project.root / "releases")
    for name in ("data.md", "facilitator.md", "workshop.md"):
        project.replace("mkdocs.yml", f"      - {name}\n", "")
    for name in (
        "customize.md", "data.md", "facilitator.md", "when-material-ends.md", "workshop.md",
    ):  # fmt: skip
        (project.root / "content" / name).unlink()
    return project


def excerpt(project: Project, named: str) -> None:
    """Give a project a part of our definition: what is done with it takes a quarter of the time.

    It is released under our version, alone; nothing in it has an example company.
    """
    project.write("framework.yaml", part_of_ours(named))
    shutil.rmtree(project.root / "releases")
    for file in (project.root / "samples").rglob("*.json"):
        file.unlink()
    released = project.run("maturity", "release", VERSION)
    assert released.code == 0, released.output


def part_of_ours(named: str) -> str:
    """Return a definition that is a part of ours.

    Left are the practices, roles, decisions and worksheets whose ids stand in the text `named`, the
    practices of these worksheets, and a practice for each level and dimension.
    """
    ours = our_framework()
    kept = {*re.findall(r"[\w-]+", named)}
    sheets = [sheet for name, sheet in ours.worksheets.items() if name in kept]
    kept |= {name for sheet in sheets for name in sheet.practices}
    places = {(one.level, one.dimension): name for name, one in ours.practices.items()}
    kept |= {*places.values()}
    kinds = ("practice", "role", "decision", "worksheet")
    drop = [f"{k}:{name}" for k in kinds for name in getattr(ours, f"{k}s") if name not in kept]
    with tempfile.TemporaryDirectory() as folder:
        overlay = Path(folder) / "excerpt.yaml"
        overlay.write_text(yaml.safe_dump({"based_on": VERSION, "drop": drop}), encoding="utf-8")
        return snapshots.render(check.load(ROOT / "framework.yaml", overlay).framework)


def later(text: str, *, renamed: Mapping[str, str], removed: Collection[str]) -> dict[str, Any]:
    """Upstream's definition some time later: practices have other ids, and some are gone.

    Whatever named those goes on without them.
    """
    for old, new in renamed.items():
        text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text)
    definition: dict[str, Any] = yaml.safe_load(text)
    for name in removed:
        assert name in definition["practices"], name
        definition = _without(definition, name)
    for old, new in renamed.items():
        definition["practices"][new].setdefault("formerly", []).append(old)
    return definition


def _without(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        return {key: _without(value, name) for key, value in node.items() if key != name}
    if isinstance(node, list):
        return [_without(value, name) for value in node if value != name]
    if isinstance(node, str):
        return re.sub(rf"\[([^\[\]]*)\]\(practice:{name}\)", r"\1", node)
    return node


def catalog_of_marks() -> str:
    """A catalog whose every word is marked; placeholders stay."""
    catalog = yaml.safe_load((ROOT / "overrides/words/en.yaml").read_text(encoding="utf-8"))
    marks = {section: _marked(texts) for section, texts in catalog.items()}
    return yaml.safe_dump({**marks, "term_case": catalog["term_case"]}, allow_unicode=True)


def _marked(node: object) -> object:
    if isinstance(node, dict):
        return {key: _marked(value) for key, value in node.items()}
    return "⟦" + re.sub(r"[^{}]+(?![^{]*\})", "¤", str(node)) + "⟧"
