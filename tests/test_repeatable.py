"""Two builds of the same files are the same files."""

from __future__ import annotations

import shutil
from pathlib import Path

from projects import ROOT, copy_project


def built(root: Path, **environment: str) -> dict[str, bytes]:
    """Every file of a site, of the small framework, PDFs and images included."""
    project = copy_project(root, shares=False)
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    result = project.build(PDF="true", SOURCE_DATE_EPOCH="1700000000", **environment)
    assert result.code == 0, result.output
    files = sorted(file for file in project.site.rglob("*") if file.is_file())
    return {file.relative_to(project.site).as_posix(): file.read_bytes() for file in files}


def test_a_build_elsewhere_in_another_time_zone_and_locale_is_the_same_byte_for_byte(
    tmp_path: Path,
) -> None:
    """The second knows no character beyond ASCII unless it is told of one."""
    (tmp_path / "a far place").mkdir()
    here = built(
        tmp_path / "a far place" / "zwölf",
        TZ="America/Los_Angeles", LC_ALL="C.UTF-8", PYTHONHASHSEED="1",
    )  # fmt: skip
    there = built(
        tmp_path / "there",
        TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
        PYTHONHASHSEED="2",
    )  # fmt: skip
    kinds = {Path(name).suffix for name in here}
    assert {".html", ".gz", ".pdf", ".png", ".xlsx", ".json", ".xml", ".js", ".css"} <= kinds
    assert here.keys() == there.keys()
    assert [name for name, content in here.items() if there[name] != content] == []
