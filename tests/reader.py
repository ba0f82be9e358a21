"""What a reader does on the pages that work with answers, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audit import COLORS as COLORS
from audit import violations
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Route,
    expect,
)

IN_PAGE = Path(__file__).parent / "in_page"
#: Gives a page that works with answers or ideas its element anew, with what is stored then.
ANEW = (IN_PAGE / "anew.js").read_text(encoding="utf-8")
#: Shows another page of the site in the place of the one that is open.
TURN = (IN_PAGE / "turn.js").read_text(encoding="utf-8")
#: Markup that runs, wherever text is taken for HTML.
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@contextmanager
def heard(page: Page) -> Iterator[list[str]]:
    """What a page raises and says to the console, as it comes."""
    said: list[str] = []

    def console(message: ConsoleMessage) -> None:
        said.append(message.text)

    def raised(error: Error) -> None:
        said.append(str(error))

    page.on("console", console)
    page.on("pageerror", raised)
    yield said
    page.remove_listener("console", console)
    page.remove_listener("pageerror", raised)


def opened(context: BrowserContext, address: str, fragment: str = "") -> tuple[Page, list[str]]:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/score/{fragment}")
    ready(page)
    return page, said


def forget(page: Page, address: str) -> None:
    """Leave the site's pages, and forget all that they have stored."""
    page.goto(f"{address}/data/answers.schema.json")  # is of the site, and runs no script
    page.evaluate("localStorage.clear(); sessionStorage.clear()")


def open_anew(
    page: Page, address: str, name: str = "score", entries: Mapping[str, str] | None = None
) -> None:
    """Open one of the pages that work with answers for who has only these entries in the browser's
    storage, or has never been here.

    Where it is open already, only its element comes anew, as with instant navigation: to load the
    page takes four times as long. What Tab comes to first is then where the old element was.
    """
    if page.url.partition("#")[0] == f"{address}/{name}/":
        page.evaluate(ANEW, dict(entries or {}))
    else:
        forget(page, address)
        page.evaluate("(entries) => Object.assign(localStorage, entries)", dict(entries or {}))
        page.goto(f"{address}/{name}/")
    if name == "score":
        ready(page)
    else:
        page.locator(f"maturity-{name}:defined").wait_for()


def turn(page: Page, address: str) -> None:
    """Go from one page of the site to another, for tests of what the page shows.

    It comes as with instant navigation: to load it, and axe with it, takes three times as long.
    """
    page.evaluate(TURN, address)
    loaded(page)


def ready(page: Page) -> None:
    # `expect` would describe the whole page to say what it has not found yet.
    page.locator("maturity-score:defined[data-view]").wait_for(state="attached")


def loaded(page: Page) -> None:
    """Wait until all code of a page that has been opened is there."""
    # `expect` would take four times as long to look once.
    until(page, "() => !document.querySelector(':not(:defined)')")


def settled(page: Page) -> None:
    """Wait until a page has fetched all that it fetches by itself, and what that imports."""
    loaded(page)
    page.wait_for_load_state("networkidle")
    # A busy machine may be idle for a while between a module and those that it imports.
    page.evaluate(
        """() => Promise.all(
          performance.getEntriesByType("resource")
            .map(({ name }) => name)
            .filter((name) => /\\/assets\\/(?!javascripts\\/).*\\.js$/.test(name))
            .map((name) => import(name)),
        ).then(() => null)"""
    )


def until(page: Page, condition: str, argument: object = None) -> None:
    """Wait until a function of JavaScript returns something true.

    It is called from outside of the page, whose policy lets nothing in it evaluate a text: what
    `wait_for_function` asks a second time is refused.
    """
    for _ in range(600):
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


#: Lists the folders of the site's scripts, as our servers do that give no page for a folder.
_MODULES = """async () => {
  const found = {};
  const own = [...document.querySelectorAll("script[type=module]")].map(({ src }) => src);
  const root = new URL(".", own.find((address) => address.includes("/assets/")));
  const folders = [root.href];
  for (const folder of folders) {
    const list = new DOMParser().parseFromString(await (await fetch(folder)).text(), "text/html");
    for (const link of list.links) {
      const { href } = new URL(link.getAttribute("href"), folder);
      const [, path] = href.slice(root.href.length).match(/^(.+)\\.[0-9a-f]{8}\\.js$/) ?? [];
      if (path) found[path] = href;
      else if (/^[a-z-]+\\/$/.test(href.slice(root.href.length))) folders.push(href);
    }
  }
  return found;
}"""


def module_addresses(page: Page) -> dict[str, str]:
    """The addresses of the site's modules, by names such as `score/quick`."""
    addresses: dict[str, str] = page.evaluate(_MODULES)
    return addresses


def question(page: Page, practice: str) -> Locator:
    return page.locator(f"#practice-{practice}")


#: Chooses an answer of a question, and ticks the criteria that it needs.
_ANSWER = """(asked, choice) => {
  asked.querySelector(`input[value="${choice}"]`).click();
  if (asked.dataset.criteria === "true") asked.querySelector("[data-do=all_true]").click();
}"""


def answer(page: Page, practice: str, choice: str) -> None:
    """Choose an answer, wherever on the page its question is; what it needs is ticked."""
    question(page, practice).evaluate(_ANSWER, choice)


def answer_each(page: Page, choices: Mapping[str, str]) -> None:
    """Choose an answer for each practice, as `answer` does, but all at once."""
    page.evaluate(
        f"""(choices) => {{
          for (const [practice, choice] of Object.entries(choices))
            ({_ANSWER})(document.getElementById(`practice-${{practice}}`), choice);
        }}""",
        dict(choices),
    )


def answer_all(page: Page, choice: str = "most", prove: bool = True) -> None:
    """Answer every question alike; the criteria that an answer needs are ticked."""
    page.evaluate(
        """([choice, prove]) => {
          for (const asked of document.querySelectorAll("fieldset[data-practice]")) {
            asked.querySelector(`input[value="${choice}"]`)?.click();
            if (asked.dataset.criteria === "true")
              asked.querySelector("[data-do=all_true]").click();
            if (prove) asked.querySelector("[name=evidence]")?.click();
          }
        }""",
        [choice, prove],
    )


def unfold(page: Page) -> None:
    """Open what is folded above the questions: details, files and order."""
    summary = page.locator(".mp-about:not([open]) > summary")
    if summary.is_visible():
        summary.click()


def tell(page: Page, field: str, text: str) -> None:
    """Say whose answers these are."""
    unfold(page)
    page.locator(f'input[name="{field}"]').fill(text)


def stored(page: Page) -> dict[str, str]:
    """What the page keeps in the browser's storage."""
    kept: dict[str, str] = page.evaluate("({...localStorage})")
    return {key: value for key, value in kept.items() if key.startswith("maturity-")}


def chosen(page: Page) -> dict[str, str]:
    """What is chosen on the page, by practice."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("fieldset[data-practice]")]
          .map((asked) => [asked.dataset.practice,
            asked.querySelector("input[type=radio]:checked")?.value])
          .filter(([, value]) => value))"""
    )
    return found


def axe(page: Page, *rules: str, whole: bool = False) -> list[str]:
    """What axe finds in the page's own part, by some of its rules or by all.

    By itself it looks at what is shown; `whole` adds the questions that are not.
    """
    hidden = "" if whole else "fieldset[data-practice]"
    return violations(page, *rules, part=".md-content", hidden=hidden)


def in_every_look(page: Page, whole: bool = False) -> list[tuple[object, ...]]:
    """What axe finds on a desktop and on a phone, in light colors and in dark ones, and which of
    them is too narrow for the page. `whole` looks once at the questions that are not shown too."""
    found: list[tuple[object, ...]] = []
    page.emulate_media(reduced_motion="reduce")  # colors change at once
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("default", ()), ("slate", COLORS)):
            page.evaluate("name => (document.body.dataset.mdColorScheme = name)", scheme)
            found += [(width, scheme, wrong) for wrong in axe(page, *rules, whole=whole)]
            whole = False
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((width, "too wide"))
    return found


def notice(page: Page, name: str) -> Locator:
    return page.locator(f'[data-notice="{name}"]')


def close(page: Page, name: str) -> None:
    """Close a notice, and wait until it is gone."""
    notice(page, name).get_by_role("button", name="Close").click()
    expect(notice(page, name)).to_be_hidden()


def hold(page: Page, address: str) -> list[Route]:
    """Hold back the first request to an address; it is in the list once it is made."""
    held: list[Route] = []

    def handle(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(address, handle)
    return held


def open_table(page: Page, file: Path) -> dict[str, Any]:
    """Open a table on the self-scoring page; gives the answers that are kept of it."""
    page.locator('[data-part="file"]').set_input_files(file)
    expect(notice(page, "file")).to_contain_text("Opened: ")
    kept = next(text for key, text in stored(page).items() if "current" not in key)
    data: dict[str, Any] = json.loads(kept)
    return data
