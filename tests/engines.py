"""Chromium, Firefox and WebKit, driven alike: by roles and labels, as readers find their way."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from find_engines import ENGINES
from reader import ANEW
from selenium import webdriver
from selenium.common.exceptions import (
    JavascriptException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.print_page_options import PrintOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService
from servers import serving

#: What a driver cannot do, by engine, and why; a test that needs it is left out there.
CANNOT = {
    "webkit": {
        "print": "WebKitGTK's driver does not print",
        "touch": "WebKitGTK's driver has no touch",
        "forced colors": "WebKit has none",
        "boxes in columns": "WebKit measures what flows in columns as if it were in one",
    },
}
IN_PAGE = Path(__file__).parent / "in_page"
FIND = (IN_PAGE / "find.js").read_text(encoding="utf-8")
REST = (IN_PAGE / "rest.js").read_text(encoding="utf-8")
#: Ends once a page has been drawn anew, and again after what its scripts then changed.
DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))"
#: Keeps the focus, whatever Tabs are pressed, once an element has it.
STAY = """
  window.stay = new AbortController();
  const isThere = ({ key }) => key === "Tab" && document.activeElement === arguments[0];
  const { signal } = window.stay;
  addEventListener("keydown", (event) => isThere(event) && event.preventDefault(), { signal });
"""
COLLECTOR = f"<script>{(IN_PAGE / 'collector.js').read_text(encoding='utf-8')}</script>"
PATIENCE = 20
#: What passes while a page is drawn anew: a script of it is not there yet, an element no longer.
PASSING = [JavascriptException, StaleElementReferenceException]


class Visit:
    """A reader with a browser of an engine of their own, and what is asked of it."""

    def __init__(self, engine: str, driver: WebDriver, downloads: Path) -> None:
        """Take over a driver that has been started, and the folder that it saves files in."""
        self.engine, self.driver, self.downloads = engine, driver, downloads
        self.address = ""

    def until(self, code: str, *values: object) -> Any:
        """Wait until an expression of JavaScript is truthy, and return it."""

        def asked(driver: WebDriver) -> Any:
            return driver.execute_script(f"return {code}", *values)

        waiting = WebDriverWait(self.driver, PATIENCE, 0.05, PASSING)
        return waiting.until(asked, code)

    def js(self, code: str, *values: object) -> Any:
        """Run a script in the page, and return what it returns."""
        return self.driver.execute_script(code, *values)

    def go(self, path: str) -> None:
        """Open a page, and wait until its own code runs."""
        if "#" in path:
            self.driver.get("about:blank")  # or a new fragment would not load the page anew
        self.driver.get(self.address + path)
        self.until(
            "document.readyState === 'complete' && !document.querySelector(':not(:defined)')"
        )

    def open_file(self, file: Path) -> None:
        """Open a page from this machine's drive, and wait until its own code runs."""
        self.driver.get(file.as_uri())
        self.until(
            "document.querySelector('maturity-score:defined') && "
            "!document.querySelector(':not(:defined)')"
        )

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Cut the network; WebKitGTK's driver cannot."""
        self._cut_network(True)
        try:
            yield
        finally:
            self._cut_network(False)

    def _cut_network(self, cut: bool) -> None:
        if self.engine == "chromium":
            self.driver.execute_cdp_cmd(
                "Network.emulateNetworkConditions",
                {"offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
            )
        elif self.engine == "firefox":
            with self.driver.context("chrome"):  # type: ignore[attr-defined]
                self.js("Services.io.offline = arguments[0]", cut)

    def afresh(self, path: str) -> None:
        """Open a page as somebody who has never been here.

        Where one that works with answers or ideas is open already, only its element comes anew.
        """
        is_open = self.driver.current_url.partition("#")[0] == self.address + path
        if is_open and self.driver.execute_async_script(f"({ANEW})({{}}).then(arguments[0])"):
            self._delete_downloads()
            self.until("!document.querySelector(':not(:defined)')")
        else:
            self.forget()
            self.go(path)

    def forget(self) -> None:
        """Forget what pages have kept and saved; the page that is open then is none of the site."""
        self.driver.get(f"{self.address}/nobody")  # a page of the server's, quickly there
        self.js("localStorage.clear(); sessionStorage.clear()")
        self._delete_downloads()

    def _delete_downloads(self) -> None:
        for file in self.downloads.iterdir():
            file.unlink()

    def find(self, role: str, name: str = "", inside: object = None) -> WebElement:
        """Wait for the first visible element of a role whose name begins like that."""

        def asked(driver: WebDriver) -> Any:
            return driver.execute_script(FIND, role, name, inside)

        waiting = WebDriverWait(self.driver, PATIENCE, 0.05, PASSING)
        found: WebElement = waiting.until(asked, f"no {role} “{name}”")
        return found

    def has(self, role: str, name: str = "", inside: object = None) -> bool:
        """Tell whether there is such an element now."""
        return self.js(FIND, role, name, inside) is not None

    def click(self, role: str, name: str = "", inside: object = None) -> None:
        """Click with the mouse on what has a role and a name, also where it is drawn anew."""

        def clicked(driver: WebDriver) -> bool:
            element = self.find(role, name, inside)
            driver.execute_async_script(REST, element)
            ActionChains(driver, 0).move_to_element(element).click().perform()
            return True

        WebDriverWait(self.driver, PATIENCE, 0.05, [StaleElementReferenceException]).until(clicked)

    def fill(self, name: str, text: str, inside: object = None) -> None:
        """Write into the field of a name, in place of what is in it."""
        field = self.find("field", name, inside)
        self.driver.execute_async_script(REST, field)
        field.clear()
        field.send_keys(text)

    def keys(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        ActionChains(self.driver, 0).send_keys(*keys).perform()

    def tab_to(self, element: WebElement) -> None:
        """Press Tab until an element has the focus."""
        self.js(STAY, element)  # so that several keys can be pressed at once
        for presses in (1, 3, *[8] * 18):
            if self.focus() == element:
                self.js("window.stay.abort()")
                return
            self.keys(*[Keys.TAB] * presses)
        raise AssertionError(f"Tab does not lead to {element.accessible_name}")

    def narrow(self) -> None:
        """Make the page that is open, and those after it, as wide as on a phone, until `widen`.

        WebKit's window is never narrower than about 450 pixels.
        """
        if self.engine == "firefox":  # whose window is wider: the page does not fill it
            self._style_page("max-height: 780px; max-width: 390px")
        else:
            self.driver.set_window_rect(0, 0, 390, 780)
        self.until("innerWidth < 500")
        self.driver.execute_async_script(DRAWN)

    def widen(self) -> None:
        """Make pages as wide again as they are at first."""
        if self.engine == "firefox":
            self._style_page("")
        else:
            self.driver.set_window_rect(0, 0, 1280, 900)
        self.until("innerWidth > 1200")

    def _style_page(self, style: str) -> None:
        with self.driver.context("chrome"):  # type: ignore[attr-defined]
            self.js("gBrowser.selectedBrowser.style = arguments[0]", style)

    def tap(self, element: WebElement) -> None:
        """Tap an element with a finger."""
        self.driver.execute_async_script(REST, element)
        finger = PointerInput(interaction.POINTER_TOUCH, "finger")  # type: ignore[no-untyped-call]
        actions = ActionBuilder(self.driver, mouse=finger)
        actions.pointer_action.move_to(element).pointer_down().pointer_up()  # type: ignore[no-untyped-call]
        actions.perform()

    def paste(self) -> None:
        """Paste what was copied to where the focus is."""
        ActionChains(self.driver, 0).key_down(Keys.CONTROL).send_keys("v").key_up(
            Keys.CONTROL
        ).perform()

    def drag(self, element: WebElement, across: int, down: int) -> None:
        """Drag an element with the mouse, by pixels."""
        self.driver.execute_async_script(REST, element)
        ActionChains(self.driver, 0).drag_and_drop_by_offset(element, across, down).perform()

    def focus(self) -> WebElement:
        """Return what has the focus."""
        return self.driver.switch_to.active_element

    def bring(self, *files: Path) -> None:
        """Give files to the page's own chooser."""
        chooser = self.until("document.querySelector('input[type=file]')")
        chooser.send_keys("\n".join(map(str, files)))

    def saved(self, ending: str) -> Path:
        """Wait for a file that was saved, whole."""

        def arrived(_: WebDriver) -> Path | None:
            files = [file for file in self.downloads.glob(f"*{ending}") if file.stat().st_size]
            return files[0] if files else None

        found: Path = WebDriverWait(self.driver, PATIENCE, 0.05).until(arrived, f"no *{ending}")  # type: ignore[assignment]
        return found

    def printed(self) -> bytes:
        """Print the page on A4 as readers do, without grounds; returns the PDF."""
        options = PrintOptions()
        options.page_width, options.page_height = 21.0, 29.7
        return base64.b64decode(self.driver.print_page(options))

    @contextmanager
    def forced_colors(self) -> Iterator[None]:
        """Let the reader's own few colors take the place of the page's."""
        self._force_colors(True)
        try:
            yield
        finally:
            self._force_colors(False)

    def _force_colors(self, forced: bool) -> None:
        if self.engine == "chromium":
            features = [{"name": "forced-colors", "value": "active" if forced else "none"}]
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            return
        with self.driver.context("chrome"):  # type: ignore[attr-defined]
            setting = (
                "Services.prefs.setIntPref('browser.display.document_color_use', arguments[0])"
            )
            self.js(setting, 2 if forced else 1)

    def said(self) -> list[str]:
        """Return what the console said, and what was against the policy, since `afresh`."""
        if self.driver.current_url == "about:blank":
            return []
        return list(self.js("return JSON.parse(sessionStorage.said ?? '[]')"))


def _chromium(downloads: Path, _: ExitStack) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.binary_location = ENGINES["chromium"].path("browser")
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--force-prefers-reduced-motion",
    ):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, webdriver.ChromeService(ENGINES["chromium"].path("driver")))
    saving = {"behavior": "allow", "downloadPath": str(downloads)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", saving)
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": allowed})
    return driver


def _close(driver: WebDriver) -> None:
    """End Chromium, where its driver would end only the script that has started it."""
    with suppress(WebDriverException):  # nobody is left to answer
        driver.execute_cdp_cmd("Browser.close", {})


def _firefox(downloads: Path, _: ExitStack) -> WebDriver:
    options = webdriver.FirefoxOptions()
    options.binary_location = ENGINES["firefox"].path("browser")
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")  # settings change within a visit
    preferences: dict[str, str | int | bool] = {
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "ui.prefersReducedMotion": 1,
        "dom.events.testing.asyncClipboard": True,
        # As for readers: the driver would let pages on a drive load modules.
        "security.fileuri.strict_origin_policy": True,
        # No other site is there to be kept apart: one process is enough for all pages.
        "fission.autostart": False,
        "dom.ipc.processCount": 1,
        "dom.ipc.processPrelaunch.enabled": False,
        # Nobody looks on, and no other visit follows: ten pictures a second will do, and nothing
        # is written down for later.
        "layout.frame_rate": 10,
        "nglayout.initialpaint.delay": 1000,
        "browser.cache.disk.enable": False,
        "browser.chrome.site_icons": False,
        "browser.sessionstore.interval": 3_600_000,
        "network.prefetch-next": False,
        "places.history.enabled": False,
    }
    for name, value in preferences.items():
        options.set_preference(name, value)
    service = webdriver.FirefoxService(ENGINES["firefox"].path("driver"), log_output=os.devnull)
    return webdriver.Firefox(options, service)


def _webkit(downloads: Path, stack: ExitStack) -> WebDriver:
    programs, home = ENGINES["webkit"], downloads.parent
    environment = {**os.environ, "HOME": str(home), "NO_AT_BRIDGE": "1"}
    environment |= {"XDG_CONFIG_HOME": str(home), "WEBKIT_DISABLE_DMABUF_RENDERER": "1"}
    # Scripts of pages that are soon left are not worth WebKit's optimizing compilers.
    environment["JSC_useDFGJIT"] = "0"
    environment["JSC_useConcurrentGC"] = "0"
    (home / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n', encoding="utf-8")
    read, write = os.pipe()
    screen = [programs.path("screen"), "-displayfd", str(write), "-screen", "0", "1280x1000x24"]
    _running(stack, [*screen, "-nolisten", "tcp"], environment, write)
    environment["DISPLAY"] = f":{os.read(read, 9).decode().strip()}"
    _running(stack, [programs.path("window manager")], environment)
    options = WebKitOptions()
    options.binary_location = programs.path("browser")
    options.add_argument("--automation")
    service = WebKitService(programs.path("driver"), env=environment, log_output=os.devnull)
    # Selenium's own class for WebKitGTK warns of what it does itself.
    service.start()
    stack.callback(service.stop)
    return webdriver.Remote(
        RemoteConnection(client_config=ClientConfig(service.service_url)),
        file_detector=UselessFileDetector(),  # files are on this machine
        options=options,
    )


def _running(stack: ExitStack, command: list[str], environment: dict[str, str], *keep: int) -> None:
    """Start a program that ends with the visit."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, pass_fds=keep, stdout=quiet, stderr=quiet)
    stack.callback(process.wait)
    stack.callback(process.terminate)


_STARTED: dict[str, Callable[[Path, ExitStack], WebDriver]] = {
    "chromium": _chromium,
    "firefox": _firefox,
    "webkit": _webkit,
}


@contextmanager
def visiting(engine: str) -> Iterator[Visit]:
    """Start a browser of an engine, which ends with the context."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        downloads = home / "Downloads"
        downloads.mkdir()
        driver = _STARTED[engine](downloads, stack)
        stack.callback(driver.quit)
        if engine == "chromium":
            stack.callback(_close, driver)
        driver.set_window_rect(0, 0, 1280, 900)
        yield Visit(engine, driver, downloads)


@pytest.fixture(scope="module", params=ENGINES)
def visit(request: pytest.FixtureRequest, site: Path) -> Iterator[Visit]:
    """A visit to the built site with each engine, one for all tests of a file.

    An engine that is missing is left out, and said so; where CI is set, its tests fail.
    """
    if missing := ENGINES[request.param].missing():
        if os.environ.get("CI"):
            pytest.fail(f"with CI set, {request.param} is not left out: no {', '.join(missing)}")
        pytest.skip(f"no {', '.join(missing)}")
    with visiting(request.param) as visit, serving(site, COLLECTOR) as url:
        visit.address = url
        yield visit


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Keep with a test of several browsers which one it was, for the table at the end."""
    if call.when != "setup" or not isinstance(item, pytest.Function):
        return
    engine = getattr(item, "callspec", None) and item.callspec.params.get("visit")
    if mark := item.get_closest_marker("engine"):
        engine = mark.args[0]
    if engine:
        item.user_properties.append(("way", (engine, item.originalname)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print which ways were walked with which browser."""
    ways: dict[str, dict[str, str]] = {}
    # What is left out in one file may be judged in another.
    marks = {"skipped": "left out", "passed": "yes", "failed": "FAILED", "error": "FAILED"}
    for outcome, mark in marks.items():
        for report in terminalreporter.getreports(outcome):
            kept = getattr(report, "user_properties", ())  # a file that is not read has none
            for engine, way in (value for name, value in kept if name == "way"):
                ways.setdefault(way, {})[engine] = mark
    if not ways:
        return
    terminalreporter.section("browsers and ways")
    width = max(map(len, ways))
    lines = [("", {name: engine.title for name, engine in ENGINES.items()}), *ways.items()]
    for way, cells in lines:
        name = way.removeprefix("test_").replace("_", " ")
        row = " ".join(f"{cells.get(engine, '-'):9}" for engine in ENGINES)
        terminalreporter.write_line(f"{name:{width}} {row}".rstrip())
    for engine, reasons in CANNOT.items():
        for what, reason in reasons.items():
            terminalreporter.write_line(f"{ENGINES[engine].title} without {what}: {reason}")
