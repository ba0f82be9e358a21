"""Check the built site with axe, the Nu checker and Lighthouse, and print a table of the results.

Exits with 1 where a page falls short of the bar, and where a tool is missing: what was not looked
at is not good.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal

import find_browser
from axe_playwright_python.sync_playwright import Axe
from kinds import KINDS, MEASURED
from playwright.sync_api import Page, sync_playwright

#: Where the tools of npm are kept, and which ones.
TOOLS = Path(".venv/node")
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
SCHEMES = ("light", "dark")
#: What a page has to reach in each of Lighthouse's categories, on its phone.
BAR = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
COLUMNS = (*(f"axe {scheme}" for scheme in SCHEMES), "Nu", *BAR)
#: One measurement below the bar may be bad luck: then the median of so many counts.
TRIES = 3
#: What axe says of colors; everything else it says of one scheme is true of the other.
COLORS = ("color-contrast", "link-in-text-block")
#: From so many elements on, axe looks at the colors of a page only where they are new to it: its
#: time grows faster than the page, to a quarter of a minute for a long list of changes.
LONG = 200
#: Runs axe in a part of the document, without what is not shown of some elements, and perhaps
#: without what looks like something before it: the same element in the same surroundings, in the
#: same colors and type, and so all that is in it.
_RUN = """async ([options, onlyNew, part, hidden]) => {
  const looks = new Map(), old = [], aside = [];
  // Old browsers do not know; what has no box of its own may have some inside.
  const isUnseen = (one) =>
    one.checkVisibility?.() === false && getComputedStyle(one).display !== "contents";
  const setAside = (one) => {
    aside.push([one, [...one.childNodes]]);
    one.replaceChildren();
  };
  const number = (look) => looks.get(look) ?? (looks.set(look, looks.size), looks.size - 1);
  const visit = (one, outer) => {
    if (isUnseen(one)) return;
    const before = looks.size, style = getComputedStyle(one);
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const look = number([
      outer, one.tagName, one.getAttribute("class"), own, style.color, style.backgroundColor,
      style.backgroundImage, style.fontSize, style.fontWeight, style.opacity, style.display,
    ].join());
    for (const child of one.children) visit(child, look);
    if (looks.size === before) old.push(one);
  };
  const unseen = hidden ? [...document.querySelectorAll(hidden)] : [];
  unseen.filter(isUnseen).forEach(setAside);
  const within = document.querySelector(part);
  if (onlyNew) visit(within, 0);
  old.forEach(setAside);
  const { violations } = await axe.run(within, options);
  for (const [one, nodes] of aside.reverse()) one.append(...nodes);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.replace(/\\s+/g, " ").slice(0, 160)}`));
}"""
#: Whether the columns beside a page in a wide window are as high as they will be. The theme does
#: that in a frame of its own, and whatever they hold stands out until then.
COLUMNS_ARE_HIGH = """() => [...document.querySelectorAll(".md-sidebar__scrollwrap")].every(
  (one) => one.style.height || !one.checkVisibility())"""
#: What the Nu checker says, and of what, where that is the theme's own, or the checker's view.
THEIRS = (
    # It reads files, where 'self' is nobody. tests/test_safe.py holds the policy in a browser.
    (r"violates? Content Security Policy", ""),
    # The boxes behind the menu and the search say how a browser is to fill them in.
    (
        r"^Attribute .autocomplete. is only allowed",
        r'class="md-toggle"[^>]*autocomplete="off">(?: <)?$',
    ),
    # The label of a part of the menu that is always open is no stop of the keyboard.
    (r"^Bad value .. for attribute .tabindex. on", r'for="__nav_[\d_]+"[^>]*tabindex="">$'),
    # A page that is not in the menu has no box that the label of its contents belongs to.
    (r"^The value of the .for. attribute", r'^<label class="md-nav__title" for="__toc">$'),
)


class Missing(Exception):
    """A tool is not there, or does not run; the message says what to do."""


@dataclass(frozen=True)
class Result:
    """What one column says of a page, whether that will do, and what is at fault."""

    page: str
    column: str
    value: str
    good: bool
    faults: tuple[str, ...] = ()


class _Host(SimpleHTTPRequestHandler):
    """Serves files as hosts do: compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers; return the body, compressed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(path)
        if not path.is_file() or not re.match(r"text/|\S+(javascript|json|xml)$", kind):
            return super().send_head()
        body = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


@functools.cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes())


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve a folder as long as the block runs; yield its address, without a slash at its end."""
    handler = functools.partial(_Host, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def existing_pages(site: Path, pages: Iterable[str]) -> list[str]:
    """Return those of the pages that the site has: other frameworks have other ids.

    A page is its address from the site's root, such as `/levels/`.
    """
    files = {page: page + "index.html" if page.endswith("/") else page for page in pages}
    return [page for page, file in files.items() if (site / file[1:]).is_file()]


def axe(site: Path, address: str) -> Iterator[Result]:
    """Yield what axe finds in the whole document of each page, in both color schemes.

    Raises Missing where there is no browser.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        for scheme in SCHEMES:
            colors: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
            page = browser.new_page(color_scheme=colors, bypass_csp=True)
            for kind in existing_pages(site, dict.fromkeys((*KINDS, *MEASURED))):
                page.goto(address + kind)
                page.wait_for_function("!document.querySelector(':not(:defined)')")
                page.wait_for_function(COLUMNS_ARE_HIGH)
                faults = violations(page)
                yield Result(kind, f"axe {scheme}", str(len(faults)), not faults, tuple(faults))
            page.close()
        browser.close()


def violations(page: Page, *rules: str, part: str = "html", hidden: str = "") -> list[str]:
    """Return what axe finds by `rules`, or by all: each as rule and element.

    `part` is a selector of what of the document is looked at. What is inside of elements that match
    `hidden` steps aside meanwhile where they are not shown: axe would pass it by, but only after it
    has walked through it, which takes most of its time.
    """
    # Asked for less, axe takes half the time.
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    if rules == COLORS:  # what is not shown has none: questions, what is for paper
        hidden = hidden or "fieldset, aside"
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    long: bool = page.evaluate("document.querySelectorAll('*').length") >= LONG
    if not long or rules == COLORS:
        return list(page.evaluate(_RUN, [options, long, part, hidden]))
    options["rules"] = {rule: {"enabled": False} for rule in COLORS}
    found: list[str] = page.evaluate(_RUN, [options, False, part, hidden])
    return [*found, *violations(page, *COLORS, part=part, hidden=hidden)]


def nu(site: Path, _: str) -> Iterator[Result]:
    """Yield how many errors the Nu checker finds in the HTML of each page, less those of others.

    Raises Missing where Java or the checker is missing.
    """
    if shutil.which("java") is None:
        raise Missing("Java is missing; on Debian: apt install default-jre-headless")
    command = ["java", "-jar", str(_tool("vnu-jar", "build/dist/vnu.jar")), "--format", "json"]
    done = _run([*command, "--skip-non-html", "--exit-zero-always", str(site)])
    if not done.stderr.startswith("{"):
        raise Missing(f"the Nu checker does not run: {done.stderr[:300]}")
    faults: dict[str, list[str]] = {page: [] for page in existing_pages(site, (*KINDS, *MEASURED))}
    for message in json.loads(done.stderr)["messages"]:
        text, extract = message["message"], " ".join(message.get("extract", "").split())
        if any(re.search(what, text) and re.search(where, extract) for what, where in THEIRS):
            continue
        page = message["url"].removeprefix(f"file:{site.resolve()}").removesuffix("index.html")
        faults.setdefault(page, []).append(f"{text} {extract}")
    for page, own in faults.items():
        yield Result(page, "Nu", str(len(own)), not own, tuple(own))


def lighthouse(site: Path, address: str) -> Iterator[Result]:
    """Yield the scores, 0 to 100, that Lighthouse gives the pages that most people meet first.

    The median of several runs where the first falls short. Raises Missing where a tool is missing.
    """
    for page in existing_pages(site, MEASURED):
        runs = [_measured(address + page)]
        while len(runs) < TRIES and any(_median(runs, name) < bar for name, bar in BAR.items()):
            runs.append(_measured(address + page))
        for name, bar in BAR.items():
            score = _median(runs, name)
            faults = () if score >= bar else tuple(runs[-1][f"{name} faults"])
            yield Result(page, name, f"{score:.0f}", score >= bar, faults)


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def _measured(address: str) -> dict[str, Any]:
    """Run Lighthouse once; return the score of each category, and as `… faults` what lowered it."""
    if shutil.which("node") is None:
        raise Missing("Node is missing; on Debian: apt install nodejs npm")
    command = [
        "node", str(_tool("lighthouse", "cli/index.js")), address, "--quiet", "--output=json",
        "--no-enable-error-reporting", f"--only-categories={','.join(BAR)}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    done = _run(command, CHROME_PATH=_browser())
    if done.returncode:
        raise Missing(f"Lighthouse does not run: {done.stderr[-300:]}")
    report = json.loads(done.stdout)
    measured: dict[str, Any] = {}
    for name in BAR:
        category = report["categories"][name]
        audits = [report["audits"][ref["id"]] for ref in category["auditRefs"] if ref["weight"]]
        low = [audit for audit in audits if audit["score"] is not None and audit["score"] < 0.9]
        measured[name] = round(100 * category["score"])
        measured[f"{name} faults"] = [
            f"{audit['id']} {audit.get('displayValue', '')}" for audit in low
        ]
    return measured


def _browser() -> str:
    path = find_browser.find()
    if path is None:
        raise Missing(find_browser.ADVICE)
    return path


@functools.cache
def _tool(package: str, file: str) -> Path:
    """Return a file of one of npm's packages, which are fetched where they are not there yet."""
    path = TOOLS / "node_modules" / package / file
    if not path.is_file():
        if shutil.which("npm") is None:
            raise Missing("npm is missing; on Debian: apt install nodejs npm")
        _run(["npm", "install", "--ignore-scripts", "--no-save", f"--prefix={TOOLS}", *PACKAGES])
    if not path.is_file():
        raise Missing(f"npm could not fetch {package}")
    return path


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def results(site: Path) -> Iterator[Result]:
    """Yield what every tool says of every page; of a tool that is missing, that, for no page."""
    with hosted(site) as address:
        for tool in (axe, nu, lighthouse):
            try:
                for result in tool(site, address):
                    if sys.stderr.isatty():
                        print(f"\r{result.column} {result.page}\033[K", end="", file=sys.stderr)
                    yield result
            except Missing as missing:
                yield Result("", tool.__name__, f"skipped: {missing}", good=False)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def table_lines(results: list[Result]) -> Iterator[str]:
    """Yield the table line by line, below it what is at fault, and which tool is missing."""
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for result in results:
        cells[result.page][result.column] = result.value + ("" if result.good else " !")
    cells.pop("", None)
    yield f"{'page':33}" + "".join(f"{column:>16}" for column in COLUMNS)
    for page, row in cells.items():
        yield f"{page:33}" + "".join(f"{row.get(column, '-'):>16}" for column in COLUMNS)
    for result in results:
        yield from (f"{result.page} {result.column}: {fault}" for fault in result.faults)
        if not result.page:
            yield f"{result.column} {result.value}"


def main(site: Path) -> int:
    """Print the table; return 0 if every page is good enough, else 1."""
    seen = list(results(site))
    print("\n".join(table_lines(seen)))
    return 0 if all(result.good for result in seen) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
