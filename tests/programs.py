"""Programs beside the browser that some tests need: an office, other site generators."""

from __future__ import annotations

from pathlib import Path

import find_generators
import find_office
import pytest


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice's program."""
    program = find_office.find()
    assert program, find_office.ADVICE
    return program


@pytest.fixture(scope="session")
def generators() -> dict[str, Path]:
    """The programs of the other generators, by name; a test is skipped where one is missing."""
    programs = {name: find_generators.find(name) for name in find_generators.GENERATORS}
    there = {name: program for name, program in programs.items() if program}
    if len(there) < len(programs):
        pytest.skip(find_generators.ADVICE)
    return there
