"""What forks write: a small definition that the site's own pages fit, and a catalog of marks."""

from __future__ import annotations

import re
import shutil

import yaml
from projects import ROOT, Project

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


def catalog_of_marks() -> str:
    """A catalog whose every word is marked; placeholders stay."""
    catalog = yaml.safe_load((ROOT / "overrides/words/en.yaml").read_text(encoding="utf-8"))
    marks = {section: _marked(texts) for section, texts in catalog.items()}
    return yaml.safe_dump({**marks, "term_case": catalog["term_case"]}, allow_unicode=True)


def _marked(node: object) -> object:
    if isinstance(node, dict):
        return {key: _marked(value) for key, value in node.items()}
    return "⟦" + re.sub(r"[^{}]+(?![^{]*\})", "¤", str(node)) + "⟧"
