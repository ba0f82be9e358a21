"""Look at the built site as axe, the Nu checker and Lighthouse do, and print what they find.

Each is held to a bar, and so is each part of it that could not be run: whatever is missing is
named, and the command ends as it does for a page that falls short.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import find_browser
from axe_playwright_python.sync_playwright import Axe
from kinds import KINDS, MEASURED
from playwright.sync_api import Page, sync_playwright

#: Where the tools of npm are kept, and which ones.
TOOLS = Path(".venv/node")
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
#: What a page has to reach in each of Lighthouse's categories, on its phone.
BAR = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
#: A measurement below the bar may be bad luck: the median of so many counts.
TRIES = 3
#: What the Nu checker says of markup that is the theme's own.
THEIRS = (
    # The boxes behind the menu and the search say how a browser is to fill them in.
    (r"Attribute .autocomplete. is only allowed", r'class="md-toggle"[^>]*autocomplete="off">\s*<?$'),
    # A part of the menu that is always open is no stop of the keyboard, which is said by nothing.
    (r"Bad value .. for attribute .tabindex. on element .label.", r'for="__nav_\d+"[^>]*tabindex="">$'),
    # A page without a place in the menu has no box that its list of headings belongs to.
    (r"The value of the .for. attribute", r'<label class="md-nav__title" for="__toc">$'),
)


class Missing(Exception):
    """A tool is not there; the message says how to get it."""


@dataclass(frozen=True)
class Row:
    """A line of the table: what was looked at, by what, what it came to, and whether it will do."""

    page: str
    check: str
    result: str
    good: bool


class _Host(SimpleHTTPRequestHandler):
    """Serves files as hosts do: compressed, and over connections that stay open."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".woff2": "font/woff2"}

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers, and give what is to follow them."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not path.is_file() or not re.match(r"text/|.*(javascript|json|xml)$", kind):
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
    """Serve a folder; gives its address without the last slash."""
    handler = functools.partial(_Host, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def pages(site: Path, wanted: tuple[str, ...]) -> list[str]:
    """Those of the wanted pages that the site has: other frameworks have other ids."""
    return [page for page in wanted if _file(site, page).is_file()]


def _file(site: Path, page: str) -> Path:
    return site / page[1:] / "index.html" if page.endswith("/") else site / page[1:]


def axe(site: Path, address: str) -> Iterator[Row]:
    """What axe finds in the whole document of each page, in both color schemes."""
    path = find_browser.find()
    if path is None:
        raise Missing(find_browser.ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
            for kind in pages(site, KINDS):
                page.goto(address + kind)
                found = violations(page)
                yield Row(kind, f"axe, {scheme}", "; ".join(found) or "nothing", not found)
            page.close()
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds in a document, by all of its rules: the rule and the element."""
    response = Axe().run(page).response
    return [
        f"{violation['id']}: {' '.join(node['html'].split())[:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def nu(site: Path, _: str) -> Iterator[Row]:
    """What the Nu checker says of every page's HTML."""
    if shutil.which("java") is None:
        raise Missing("Java is missing; on Debian: apt install default-jre-headless")
    jar = _tool("vnu-jar", "build/dist/vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--exit-zero-always"]
    done = subprocess.run([*command, str(site)], capture_output=True, text=True, check=False)
    if not done.stderr.startswith("{"):
        raise Missing(f"the Nu checker did not run: {done.stderr[:500]}")
    found: dict[str, int] = {}
    for message in json.loads(done.stderr)["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            text, extract = message["message"], message.get("extract", "")
            if not any(re.search(what, text) and re.search(where, extract) for what, where in THEIRS):
                page = message["url"].removeprefix(site.resolve().as_uri())
                key = f"{text} {' '.join(extract.split())}"
                found.setdefault(key, 0)
                found[key] += 1
                if found[key] == 1:
                    yield Row(page, "Nu", key, good=False)
    yield Row("every page", "Nu", f"{sum(found.values())} messages", not found)


def lighthouse(site: Path, address: str) -> Iterator[Row]:
    """What Lighthouse gives a phone's view of the pages that most people meet first."""
    if shutil.which("node") is None:
        raise Missing("Node is missing; on Debian: apt install nodejs npm")
    cli, browser = _tool("lighthouse", "cli/index.js"), find_browser.find()
    if browser is None:
        raise Missing(find_browser.ADVICE)
    for page in pages(site, MEASURED):
        runs = [_measured(cli, browser, address + page)]
        while _short(runs) and len(runs) < TRIES:
            runs.append(_measured(cli, browser, address + page))
        scores = _median(runs)
        result = " ".join(f"{scores[name]:3.0f}" for name in BAR)
        faults = sorted({fault for run in runs for fault in run["faults"]})
        yield Row(page, "Lighthouse", "; ".join([result, *faults]), not _short(runs))


def _short(runs: list[dict[str, Any]]) -> bool:
    scores = _median(runs)
    return any(scores[name] < bar for name, bar in BAR.items())


def _median(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in BAR}


def _measured(cli: Path, browser: str, address: str) -> dict[str, Any]:
    command = [
        "node", str(cli), address, "--quiet", "--output=json", "--no-enable-error-reporting",
        f"--only-categories={','.join(BAR)}", "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    environment = {"CHROME_PATH": browser, "PATH": f"{Path(shutil.which('node') or '').parent}:/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise Missing(f"Lighthouse did not run: {done.stderr[-500:]}")
    report = json.loads(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in BAR}
    if "--debug" in sys.argv:
        print(address, scores, {k: report["audits"][k]["displayValue"] for k in ("first-contentful-paint","largest-contentful-paint","total-blocking-time","cumulative-layout-shift","speed-index")}, file=sys.stderr)
    faults = [
        audit["id"]
        for name in ("accessibility", "best-practices", "seo")
        for item in report["categories"][name]["auditRefs"]
        if (audit := report["audits"][item["id"]])["score"] == 0 and item["weight"]
    ]
    return {**scores, "faults": faults}


@functools.cache
def _tool(package: str, file: str) -> Path:
    """A file of a package of npm's, which is fetched if it is not there."""
    if shutil.which("npm") is None:
        raise Missing("npm is missing; on Debian: apt install nodejs npm")
    found = TOOLS / "node_modules" / package / file
    if not found.is_file():
        command = ["npm", "install", "--silent", "--ignore-scripts", "--no-save", "--prefix", str(TOOLS)]
        subprocess.run([*command, *PACKAGES], check=False, stdout=sys.stderr)
    if not found.is_file():
        raise Missing(f"{package} could not be fetched with npm")
    return found


def rows(check: Callable[[Path, str], Iterator[Row]], site: Path, address: str) -> Iterator[Row]:
    """What a check finds, or that it could not be run."""
    try:
        yield from check(site, address)
    except Missing as missing:
        yield Row("every page", check.__name__, f"skipped: {missing}", good=False)


def main(site: Path) -> int:
    """Print the table; the number to end with: 1 if anything falls short."""
    fine = True
    with hosted(site) as address:
        for check in (axe, nu, lighthouse):
            if len(sys.argv) > 2 and check.__name__ not in sys.argv: continue
            for row in rows(check, site, address):
                fine = fine and row.good
                print(f"{'ok  ' if row.good else 'BAD '} {row.page:32} {row.check:11} {row.result}", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
