"""Definitions and overlays broken at random, and what must hold of each of them.

A case is made from its seed alone. It ends in a site or in problems with file and line, and where
it holds a mistake that must be reported only in these: never in another exception, in more than
`SECONDS` of work or in more than `MEMORY`. Cases run in a process
of their own, so that one that hangs or eats the memory is told from the others.

As a program (`make fuzz`) it runs on with new seeds, builds a share of the accepted cases, and
keeps each that fails in `tests/regressions/`, where the tests find it from then on.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import math
import os
import random
import re
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import author_mistakes
import yaml
from maturity.definition import shape
from maturity.definition.model import COLLECTIONS
from maturity.definition.problems import FrameworkError, place_in, printable, source_lines
from maturity.definition.text import LONGEST, Prose, Text
from maturity.definition.yaml_files import load_tree
from maturity.site import generate as site
from maturity.site import inspection, selection, wrong_settings
from maturity.site.settings import Settings
from projects import ROOT
from pydantic_core import PydanticCustomError

HERE = Path(__file__).resolve().parent
#: Kinds of what an overlay can drop, and where they lie.
KINDS = {**COLLECTIONS, "answer": "scale"}
#: Each a folder with a definition that failed once, and the overlay on it if it had one.
KEPT = HERE / "regressions"
#: What one case may take: processor time, and memory beside the program itself.
SECONDS = 10
MEMORY = 1_000_000_000
#: One case in so many is made of the real definition, which takes longer.
REAL_SHARE = 12
#: The longest heading of a problem that still reads as a line.
LONGEST_HEADING = 1_100
#: One case in so many is a mistake that must be reported, and one in so many is about settings.
MISTAKE_SHARE = 5
SETTINGS_SHARE = 6
FILES = ("framework.yaml", "overlay.yaml", "site.yml", "mkdocs.yml")
#: How the name of a case ends that must be reported.
REPORTED = "-reported"


# Nasty values

#: A symbol of every plane, and characters that programs trip over.
CHARACTERS = [
    *(chr(plane * 0x10000 + 0x41) for plane in range(1, 17)),
    "\0", "\1", "\t", "\r", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u061c", "\u200b",
    "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202e", "\u2066", "\u3000", "\ufdd0",
    "\ufeff", "\ufffd", "\ufffe", "\U0001f469\u200d\U0001f4bb", "\U0010ffff",
]  # fmt: skip

#: What means something to YAML.
TOKENS = [
    "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!!binary ", "!t ", "? ", "- ", "|", ">-",
    "|9", "---\n", "...\n", "%YAML 1.1\n", "{", "}", "[", "]", "{{", ": ", ":", "#", "'", '"', "`",
    "@", "\t", "\n", "\r\n", "\r", ",", "\\", '"\\ud800"', '"\\0"', '"\\x85"', "0o7", "0x1F",
    "1:30", "1:30.5", "2026-11-25", "2026-13-45", "9999-12-31t23:59:59-99:99", ".inf", ".nan", "~",
    "null", "yes", "=", "1e999", "-0", "1_000", "'" * 999, "[" * 999, "{a: " * 999, "- " * 999,
    "1" + ":1" * 300 + ".0", "1" + ":1" * 9999, "0x" + "f" * 9999, "9" * 9999,
]  # fmt: skip

#: What means something to Markdown, HTML, Jinja, CSS, a spreadsheet or an address.
TEXTS = [
    "", " ", "\n", "a\nb", "-", "=1+1", "+1", "@x", "'=1", "_x000D_", "{{ 7 * 7 }}", "{% x %}",
    "{# x", "<b>", "</article>", "<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "<?php",
    "`<?php`", "<div", "<div>", "x </div> y", "<style>", "<p>x</p>", "<b>x</b>", "`<div>`",
    "&amp;", "&#0;", "&#x110000;", "`", "```", "~~~", "**", "__", "*[x]: y", "[x]: http://[",
    "[^1]", "[a](b)", "[a](http://[)", "[a](//[)", "[a](practice:)", "[a](practice:x y)",
    "[a](level:nowhere)", "[a](javascript:alert(1))", "[a](../../../x)", "[a](x.md)", "[a](#no)",
    "[a](?x)", "![a](x.png)", "<a href='x.md'>", "<http://[>", "| a | b |\n|---|", "> " * 500,
    "[" * 5000, "![" * 3000, "*a " * 3000, "`" * 5001, "<" * 5000, "(" * 5000, "&" * 5000,
    "[a](" * 3000, "]( " * 3000, "- a\n" + "    - a\n" * 99, "???+ x\n    y", "=== x\n    y",
    "--8<-- 'x'", "{: #x .y }", "# a {#x}", "$x$", "\\", "%", "%s", "{0}", "{x}", "../x", "con",
    "index", "constructor", "__proto__", "x" * 20_001, "é" * 19_999, "\U0001f600" * 9_000,
    "\u202e" * 40, "http://[", "https://x\0y", "https://[::1", "https://x/" + "y" * 4000,
]  # fmt: skip

#: What has the wrong type, or the right one and a value that is out of the ordinary.
VALUES: list[Any] = [
    None, True, False, 0, 1, 3, -1, 2**64, 10**400, 0.5, 1e308, float("nan"), float("inf"), [], {},
    [[]], [{}], [None], {"": ""}, {"a": {}}, {"index": {}}, ["a"] * 1000, {1: 2},
]  # fmt: skip


def nasty(rng: random.Random) -> str:
    """A text that some program between the file and the reader may trip over."""
    makers: list[Callable[[], str]] = [
        lambda: rng.choice(TEXTS),
        lambda: rng.choice(CHARACTERS),
        lambda: rng.choice(TOKENS),
        lambda: "".join(rng.choice([*CHARACTERS, *"a <{`|\"'"]) for _ in range(12)),
        lambda: chr(rng.randrange(0x20, 0xD800)) + chr(rng.randrange(0xE000, 0x110000)),
        lambda: "".join(rng.choice(TEXTS) for _ in range(3)),
    ]
    return rng.choice(makers)()


# Text broken


def _cut(rng: random.Random, text: str) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.choice([1, 1, 2, 9, 60, 900]))


def _delete(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    return text[:end] + text[start:end] * rng.choice([1, 1, 1, 20]) + text[end:]


def _insert(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + nasty(rng) + text[at:]


def _splice(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[start:end] + text[at:]


def _truncate(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


def _lines(rng: random.Random, text: str) -> str:
    """Two lines change places, or one is deleted, doubled or indented otherwise."""
    lines = text.splitlines(keepends=True) or [""]
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    what = rng.randrange(4)
    if what == 0:
        lines[first], lines[second] = lines[second], lines[first]
    elif what == 1:
        del lines[first]
    elif what == 2:
        lines.insert(second, lines[first])
    else:
        lines[first] = rng.choice(["", " ", "  ", "\t", " " * 40]) + lines[first].lstrip(" ")
    return "".join(lines)


def _scalar(rng: random.Random, text: str) -> str:
    """What stands after a colon becomes something else, in quotes or not."""
    places = [*re.finditer(r"(?<=: )[^\n]+", text)]
    if not places:
        return text + nasty(rng)
    place = rng.choice(places)
    value = nasty(rng)
    written = rng.choice([value, json.dumps(value), value.replace("\n", " ")])
    return text[: place.start()] + written + text[place.end() :]


def _key(rng: random.Random, text: str) -> str:
    """A key becomes something else."""
    places = [*re.finditer(r"(?m)(?<=^ {2})[a-z-]+(?=:)|^[a-z-]+(?=:)|(?<= )[a-z-]+(?=:)", text)]
    if not places:
        return text + nasty(rng)
    place = rng.choice(places)
    new = rng.choice([nasty(rng), json.dumps(nasty(rng)), rng.choice(places)[0], "index", "con"])
    return text[: place.start()] + new + text[place.end() :]


def _laughs(rng: random.Random, text: str) -> str:
    """Aliases of aliases, which a careless reader multiplies."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return text + rng.choice(["", "\n"]) + "\n".join(lines)


def _megabyte(rng: random.Random, text: str) -> str:
    filler = rng.choice(
        ["x", "x ", "ü", "[", "- ", "#", " ", "\n", "'", "a: 1\n", "[a](", "\U0001f600"]
    )
    at = rng.choice([place.end() for place in re.finditer(r": |\n", text)] or [0])
    return text[:at] + filler * (1_000_000 // len(filler)) + text[at:]


def _ends(rng: random.Random, text: str) -> str:
    return text.replace("\n", rng.choice(["\r\n", "\r", "\u2028", "\x85", "\n\n", "\0"]))


TEXT_MUTATORS: list[Callable[[random.Random, str], str]] = [
    *[_scalar] * 8, *[_key] * 3, *[_lines] * 3, *[_insert] * 4, *[_delete] * 2, *[_double] * 2,
    *[_splice] * 2, _truncate, _laughs, _megabyte, _ends,
]  # fmt: skip


# Trees broken


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every value of the tree stands, the root left out."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in inside if isinstance(tree, dict | list) else ():
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _copied(value: Any) -> Any:
    """A copy that shares nothing, so that YAML writes no aliases; NaN and huge numbers as well."""
    if isinstance(value, dict):
        return {key: _copied(inside) for key, inside in value.items()}
    return [_copied(inside) for inside in value] if isinstance(value, list) else value


def _break(rng: random.Random, tree: Any) -> None:
    """One value of the tree is taken out, swapped, renamed, doubled or becomes another."""
    places = [*_paths(tree)]
    if not places:
        return
    path, other = rng.choice(places), rng.choice(places)
    parent, key = _at(tree, path[:-1]), path[-1]
    what = rng.randrange(8)
    if what == 0:
        del parent[key]
    elif what == 1:
        parent[key] = _copied(_at(tree, other))
    elif what == 2 and isinstance(parent, dict):
        parent[rng.choice([nasty(rng), other[-1], "index", "con"])] = parent.pop(key)
    elif what == 3 and isinstance(parent, dict):
        parent[nasty(rng)] = _copied(parent[key])
    elif what == 4:
        parent[key] = _copied(rng.choice(VALUES))
    elif what == 5:
        parent[key] = [_copied(parent[key])] * rng.choice([1, 30])
    else:
        parent[key] = nasty(rng)


def _dumped(rng: random.Random, tree: Any) -> str:
    text: str = yaml.safe_dump(
        _copied(tree),
        sort_keys=rng.random() < 0.1,
        allow_unicode=rng.random() < 0.7,
        default_flow_style=rng.random() < 0.1,
        width=rng.choice([40, 100, 100_000]),
        line_break=rng.choice(["\n", "\n", "\r\n"]),
    )
    return text


def _patch(rng: random.Random, tree: Any) -> dict[str, Any]:
    """An overlay on the tree that is right in form."""
    patch: dict[str, Any] = {"based_on": "1.0.0"}
    places = [path for path in _paths(tree) if all(isinstance(key, str) for key in path)]
    for path in rng.sample(places, min(len(places), rng.choice([1, 2, 6]))):
        inside: Any = patch
        for key in path[:-1]:
            inside = inside.setdefault(key, {})
            if not isinstance(inside, dict):
                break
        else:
            copy = _copied(_at(tree, rng.choice(places)))
            inside[path[-1]] = rng.choice(
                [None, None, nasty(rng), copy, _copied(rng.choice(VALUES))]
            )
    if rng.random() < 0.4:
        patch |= _restructuring(rng, tree)
    return patch


def _restructuring(rng: random.Random, tree: Any) -> dict[str, Any]:
    """What an overlay may drop and move of the tree."""
    names = [f"{kind}:{name}" for kind, section in KINDS.items() for name in tree.get(section, {})]
    movable = [name for name in names if name.startswith(("level:", "dimension:"))]
    return {
        "drop": rng.sample([*names, *KINDS.values()], rng.choice([0, 1, 1, 3])),
        "move": {rng.choice(movable): rng.choice(movable) for _ in range(rng.choice([0, 0, 1, 2]))},
    }


@functools.cache
def _texts(base: Path) -> list[tuple[tuple[Any, ...], bool]]:
    """Where the texts of a definition stand, and whether they are Markdown."""
    root, _ = load_tree(base)
    visits = [visit for visit in shape.walk(root) if not visit.is_key]
    return [(visit.path, visit.type is Prose) for visit in visits if visit.type in (Text, Prose)]


def _reword(rng: random.Random, tree: Any, base: Path) -> None:
    """Some of the texts become nasty ones that are texts all the same."""
    places = _texts(base)
    for path, _ in rng.sample(places, rng.choice([1, 3, 30])):
        text = nasty(rng)
        for odd in CHARACTERS:
            text = text.replace(odd, " ") if is_forbidden(odd) else text
        _at(tree, path[:-1])[path[-1]] = (text.strip() or "x")[:LONGEST]


def is_forbidden(character: str) -> bool:
    """Whether a text may not hold a character."""
    try:
        Text.parse(f"x{character}x")
    except PydanticCustomError:
        return True
    return False


# Cases


@dataclass(frozen=True)
class Case:
    """Files to read, by name."""

    name: str
    files: dict[str, bytes]

    @property
    def verdicts(self) -> list[str]:
        """What may become of it."""
        return ["problems"] if self.name.endswith(REPORTED) else ["site", "problems"]

    def write(self, folder: Path) -> None:
        """Write the files into a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def made(seed: int) -> Case:
    """The case of a seed."""
    rng = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    small = (HERE / "small.yaml").read_text(encoding="utf-8")
    if seed % SETTINGS_SHARE == 0:
        files = author_mistakes.settings(rng, nasty)
        if rng.random() < 0.2:
            files["site.yml"] = _written(rng, files["site.yml"].decode(), 1)
        return Case(str(seed), {**files, "framework.yaml": small.encode()})
    if seed % MISTAKE_SHARE == 0:
        return Case(f"{seed}{REPORTED}", {"framework.yaml": author_mistakes.mistaken(rng, small)})
    is_real = rng.randrange(REAL_SHARE) == 0
    base = ROOT / "framework.yaml" if is_real else HERE / "small.yaml"
    text = base.read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    files = {}
    if rng.random() < 0.4:
        patch = _patch(rng, tree)
        for _ in range(rng.choice([0, 0, 1, 2])):
            _break(rng, patch)
        files["overlay.yaml"] = _written(rng, _dumped(rng, patch), rng.choice([0, 0, 1, 2]))
    count = rng.choice([0, 1]) if files else rng.choice([1, 1, 2, 4])
    if rng.random() < 0.3:
        _reword(rng, tree, base)
        text, count = _dumped(rng, tree), 0
    elif rng.random() < 0.5:
        for _ in range(count):
            _break(rng, tree)
        text, count = _dumped(rng, tree), 0
    files["framework.yaml"] = _written(rng, text, count)
    return Case(str(seed), files)


def _written(rng: random.Random, text: str, mutations: int) -> bytes:
    for _ in range(mutations):
        text = rng.choice(TEXT_MUTATORS)(rng, text)
    data = text.encode("utf-8", "surrogatepass")
    if mutations and rng.random() < 0.03:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice([b"\xff", b"\xed\xa0\x80", b"\xc0\x80"]) + data[at:]
    if mutations and rng.random() < 0.01:
        data = text.encode(rng.choice(["utf-16", "utf-32"]), "replace")
    return data


def kept() -> list[Case]:
    """The cases that failed once."""
    folders = sorted(path for path in KEPT.iterdir() if path.is_dir()) if KEPT.exists() else []
    return [read(folder) for folder in folders]


def read(folder: Path) -> Case:
    """The case that lies in a folder."""
    files = {name: folder / name for name in FILES}
    content = {name: file.read_bytes() for name, file in files.items() if file.exists()}
    return Case(folder.name, content)


# What must hold


class _Timeout(Exception):
    """A case took too long; where it was at work is in its traceback."""


def verdict(folder: Path) -> str:
    """What becomes of the definition in a folder: "site", "problems", or what is wrong with that.

    Never raises for anything that a file can cause.
    """
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    settings = Settings(folder / "framework.yaml", ROOT / "overrides", ROOT / "content")
    try:
        try:
            if (file := folder / "site.yml").exists():
                wrong_settings.check(file)
                chosen = selection.select(folder, None, file, settings.overrides, settings.content)
                return "\n".join(_faults(inspection.inspect_site(chosen.settings, file))) or "site"
            return "\n".join(_faults(site.generate(settings))) or "site"
        except FrameworkError as error:
            return "\n".join(_vague(error, folder)) or "problems"
    except BaseException:
        return traceback.format_exc(limit=-12, chain=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(*_: object) -> None:
    raise _Timeout(f"after {SECONDS} s of processor time")


def _vague(error: FrameworkError, folder: Path) -> Iterator[str]:
    """What is wrong with the problems: a place outside the files, a message that is no line."""
    if not error.problems:
        yield "an error without problems"
    last_place = functools.cache(functools.partial(_last_place, folder=folder))
    for problem in error.problems:
        heading, *more = problem.text(folder).split("\n")
        if not 1 <= problem.where.line <= last_place(problem.where.file):
            yield f"a place outside the files: {heading[:300]!r}"
        if len(heading) > LONGEST_HEADING or any(
            printable(line) != line for line in (heading, *more)
        ):
            yield f"a message that cannot be shown: {heading[:300]!r} {problem.hint[:300]!r}"
    report = error.report(folder)
    if len(error.problems) < 20 and len(report) > 100_000:
        yield f"a report of {len(report):,} characters"


def _last_place(file: Path, folder: Path) -> float:
    """Return the last line of a file that a problem may name; 0 where it may name none."""
    if ROOT / "content" in file.parents:  # hand-written pages that a setting leaves out
        return math.inf
    if file.parent != folder or not file.is_file():  # one that a setting names is not there
        return 1 if file.parent == folder else 0
    return len(source_lines(file)) or _last_line(file) if file.name in FILES else 0


def _last_line(file: Path) -> int:
    """Return the number of the last line of a file that may not be UTF-8."""
    text = file.read_bytes().decode(errors="replace")
    return place_in(file, text, len(text)).line


def _faults(found: site.Site) -> Iterator[str]:
    """What is wrong with a site: files that clash, that cannot be written or do not parse."""
    paths = [output.path for output in found.outputs]
    if len({path.casefold() for path in paths}) < len(paths):
        yield "two files have one name"
    for output in found.outputs:
        if not re.fullmatch(r"[a-z0-9][a-zA-Z0-9./-]*", output.path) or ".." in output.path:
            yield f"a file has a name that is none: {output.path!r}"
        if isinstance(output.content, str):
            try:
                output.content.encode("utf-8")
            except UnicodeEncodeError as error:
                yield f"{output.path} cannot be written: {error}"
            if output.path.endswith(".json"):
                json.loads(output.content)


# A process for them


def serve() -> None:
    """Judge each folder that is named on standard input, a line of JSON for each."""
    with contextlib.suppress(ValueError, OSError):  # not every system has such a limit
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    for line in sys.stdin:
        print(json.dumps(verdict(Path(line.rstrip("\n")))), flush=True)


class Judge:
    """A process that judges cases, and is started anew when one has brought it down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def judge(self, case: Case) -> str:
        """The verdict on a case; see `verdict`."""
        folder = self.folder / case.name
        case.write(folder)
        if self.process is None:
            command = [sys.executable, str(HERE / "mutation.py"), "--serve"]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            # The process watches its own time; this is for work that no signal can interrupt.
            answered = ready.select(timeout=SECONDS * 6)
        answer = self.process.stdout.readline() if answered else ""
        if not answer:
            self._stop()
            return "it took far too long" if not answered else "it ended the process"
        shutil.rmtree(folder)
        told: str = json.loads(answer)
        return told

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


# Real builds


def project(root: Path) -> None:
    """A project in a new folder that has everything but a definition."""
    root.mkdir()
    for part in ("content", "hooks", "overrides"):
        (root / part).symlink_to(ROOT / part)


def build_fault(root: Path, case: Case) -> str:
    """What is wrong with the real build of a case that was accepted; "" if nothing is.

    The site that was there before stays as it was unless the new one is whole.
    """
    for name in FILES:
        (root / name).unlink(missing_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root)  # the definition lies beside the real file
    case.write(root)
    before = root / "site" / "before.txt"
    before.parent.mkdir(exist_ok=True)
    before.write_text("here")
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--strict"]
    environment = {**os.environ, "PDF": "false", "NO_MKDOCS_2_WARNING": "1"}
    has_settings = "site.yml" in case.files
    if has_settings:
        command += ["-f", "site.yml"]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**environment, "FRAMEWORK": "framework.yaml"},
            capture_output=True,
            text=True,
            timeout=SECONDS * 6,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "the build took far too long"
    if has_settings:
        # What only MkDocs, a plugin or the theme knows is refused here; in words all the same.
        told = done.stdout + done.stderr
        return f"a traceback:\n{told[-3000:]}" if "Traceback" in told else ""
    if done.returncode:
        return f"what was accepted does not build:\n{(done.stdout + done.stderr)[-3000:]}"
    return "" if (root / "site" / "search" / "search_index.json").exists() else "no whole site"


# `make fuzz`


def fuzz(seed: int, minutes: float, build_every: int) -> int:
    """Run on from a seed; how many cases failed."""
    end, failed, seen = time.monotonic() + minutes * 60, 0, {"site": 0, "problems": 0}
    with tempfile.TemporaryDirectory() as name, Judge(Path(name) / "cases") as judge:
        project(Path(name) / "project")
        for number in range(seed, sys.maxsize):
            if time.monotonic() > end:
                break
            case = made(number)
            said = judge.judge(case)
            seen[said] = seen.get(said, 0) + 1
            if said == "site" and seen[said] % build_every == 0:
                said = build_fault(Path(name) / "project", case) or said
            if said not in case.verdicts:
                failed += 1
                case.write(KEPT / case.name)
                print(f"seed {number} failed; kept in {KEPT / case.name}:\n{said}\n", flush=True)
    print(f"{number - seed} cases from seed {seed}: {seen['site']} sites, "
          f"{seen['problems']} with problems, {failed} failed")  # fmt: skip
    return failed


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--build-every", type=int, default=10)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
    elif fuzz(chosen.seed, chosen.minutes, chosen.build_every):
        sys.exit(1)


if __name__ == "__main__":
    main()
