"""The MkDocs hook: events in, calls out. It decides nothing; `maturity` does."""

from __future__ import annotations

import gc
import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin

# A build makes very much and throws nearly nothing away: to look through all of it for circles as
# often as Python does by itself takes a twentieth of its time, loading what follows included.
gc.set_threshold(50_000)

import jinja2
import mkdocs
from markupsafe import Markup, escape
from maturity.definition.problems import FrameworkError
from maturity.pages import render
from maturity.pages import template_cache as compiled
from maturity.pages.glossary_links import TermsExtension
from maturity.site import authored, theme_context
from maturity.site import generate as site
from maturity.site import minify as assets
from maturity.site import security_policy as policy
from maturity.site.generate import Output, Site
from maturity.site.nav import expand, paths
from maturity.site.settings import Settings, published_at
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from shortcuts.islands import Islands
from shortcuts.on_demand import OnDemand
from shortcuts.preview import Conversions, Searched

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("playbook")


class Build:
    """What the running build works with: a site, or the report of what keeps it from being one."""

    serving = False
    #: Whether all are known who want to see a page while it is made.
    alone = False
    site: Site | None = None
    pages: ClassVar[dict[str, str]] = {}
    report = ""
    #: What the pages may load beside what is the site's own; nothing if they are not to say so.
    policy: policy.Additions | None = None
    #: What a preview has worked out before, and what it leaves for later.
    conversions: ClassVar[Conversions] = Conversions()
    searched: ClassVar[Searched] = Searched()
    on_demand: ClassVar[OnDemand] = OnDemand()
    islands: ClassVar[Islands] = Islands()


def on_startup(command: str, dirty: bool) -> None:
    """Only `serve` shows mistakes in the browser."""
    Build.serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Where several versions are published, search engines are sent to one of them."""
    version = str(_chosen(config).get("canonical") or "")
    if config.site_url:
        # Without a slash at its end it names a version already, which mike's plugin has put there.
        home = urljoin(config.site_url, ".") if version else config.site_url
        config.site_url = published_at(home, version)


def on_pre_build(config: MkDocsConfig) -> None:
    """Read, check and render everything, while the last good site still stands."""
    Build.alone = _is_alone(config)
    files = get_files(config)
    written = {file.src_uri: Path(file.abs_src_path or "") for file in files}
    hidden = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
    published = [file.src_uri for file in files if file.inclusion not in hidden]
    try:
        Build.policy = _policy(config)
        Build.site = site.generate(_settings(config), published)
        Build.pages = authored.render(Build.site, written)
        config.nav = expand(config.nav or [], Build.site, Path(config.config_file_path))
    except FrameworkError as error:
        Build.site, Build.report = None, error.report(_root(config))
        if not Build.serving:
            raise PluginError(f"\n\n{Build.report}") from None
        log.info("\n\n%s\n", Build.report)
        config.nav = []
        return
    for notice in Build.site.notices:
        log.info(notice)
    _configure(config, Build.site, published)


def _configure(config: MkDocsConfig, made: Site, published: list[str]) -> None:
    """Give the theme what it shows on every page."""
    # The theme escapes it in some places and not in others: it is marked as what it is.
    config.site_name = escape(str(made.framework.framework.title))
    config.theme["language"] = _theme_language(config, made.framework.framework.language)
    config.copyright = config.copyright or theme_context.footer(made)
    unlisted = [path for path in published if path not in config.extra_css]
    config.extra.update(theme_context.theme_context(made, _settings(config), unlisted))
    config.markdown_extensions.append(TermsExtension(made.framework.glossary))  # type: ignore[arg-type]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was generated; a hand-written file with the same path takes its place."""
    if Build.site is None:
        return _problem_files(files, config)
    catalogs = _settings(config).catalogs
    for file in [f for f in files if Path(f.abs_src_path or "").is_relative_to(catalogs)]:
        files.remove(file)  # a theme publishes its files, and the catalogs lie among them
    content = _settings(config).content
    for file in [f for f in files if assets.is_ours(Path(f.abs_src_path or ""), content)]:
        small = assets.minified(file.src_uri, file.content_string)
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=small))
    listed = paths(config.nav or [])
    for output in Build.site.outputs:
        if files.get_file_from_path(output.path) is not None:
            log.info("%s is hand-written and replaces the generated page", output.path)
            continue
        file = File.generated(config, output.path, content=_content(output))
        if output.origin is not None:
            source = os.path.relpath(output.origin.file, config.docs_dir)
            file.edit_uri = f"{Path(source).as_posix()}#L{output.origin.line}"
        if not output.in_nav or (listed and output.path not in listed):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def _content(output: Output) -> str | bytes:
    """What a file holds, or what a preview puts in its place."""
    if callable(output.source) and _waits():
        return Build.on_demand.stand_in(output.path, output.source)
    return output.content


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """A preview remembers pages as long as nothing has changed that all of them depend on."""
    remembers = Build.serving and Build.site is not None
    glossary = Build.site.framework.glossary if Build.site and remembers else None
    Build.conversions.begin(config, files, glossary)


@event_priority(-100)  # after whoever changes it
def on_page_markdown(text: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Titles of generated pages are marked as the HTML that they are."""
    if page.file.abs_src_path is None and "title" in page.meta:
        page.meta["title"] = Markup(page.meta["title"])
    if Build.alone:
        text = Build.islands.take_out(page, text)
    Build.conversions.recall(page, text)
    return text


@event_priority(100)  # before whoever changes it
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """What a page was converted to, before anybody changes it."""
    Build.conversions.keep(page, html)
    Build.islands.note_anchors(page)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Hand-written pages with the framework filled in."""
    return Build.pages.get(page.file.src_uri)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
    """The theme's templates are compiled once, like ours."""
    env.bytecode_cache = compiled.kept("theme", mkdocs.__version__, _settings(config).cache)
    known = Build.serving and Build.alone
    Build.searched.begin(config.plugins.get("material/search") if known else None)
    if Build.site is not None and _waits():
        for file in files.documentation_pages():
            if file.page is not None:
                Build.on_demand.defer(file.page, env)


def _is_alone(config: MkDocsConfig) -> bool:
    others = set(config.plugins) - set(config.hooks) - {"search", "material/search"}
    return not others and len(config.hooks) == 1


def _waits() -> bool:
    """Whether what takes its time may wait until somebody asks for it."""
    return Build.on_demand.is_asked and Build.alone


@event_priority(100)
def _before_search(context: TemplateContext, /, page: Page, **_: object) -> None:
    Build.searched.before(page)


@event_priority(-100)
def _after_search(context: TemplateContext, /, page: Page, **_: object) -> None:
    Build.searched.after(page)
    Build.islands.put_back(page)


on_page_context = CombinedEvent(_before_search, _after_search)


def on_post_build(config: MkDocsConfig) -> None:
    """Pages that had to wait can be asked for."""
    Build.on_demand.finish()


@event_priority(-100)  # after all that may still change a page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Every page says what it may load, and its links outside are careful."""
    return policy.finished(output, config.site_url or "", Build.policy)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for addresses that do not exist is a page too."""
    if not template_name.endswith(".html"):
        return output_content
    return policy.finished(output_content, config.site_url or "", Build.policy)


@event_priority(100)  # before others watch what is theirs
def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Watch the definition and what lies beside it, also what is only written later."""
    from shortcuts.watching import observer  # loads what only a preview needs

    settings = _settings(config)
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.build_delay = 0.05  # after a change, for more of them
    server.observer = observer(settings.framework)  # type: ignore[assignment]
    for path in watched:
        server.watch(path)
    server.set_app(Build.on_demand.answering(server.serve_request))
    server.watch(str(settings.framework.parent), recursive=False)
    if settings.snippets.is_dir():
        server.watch(str(settings.snippets))


def on_shutdown() -> None:
    """What was made is thrown away with the process: nobody need look through it once more."""
    gc.freeze()


def _chosen(config: MkDocsConfig) -> dict[str, Any]:
    chosen = config.extra.get("maturity", {})
    if not isinstance(chosen, dict):
        raise PluginError('extra: maturity: must be a map, such as "framework: framework.yaml"')
    return chosen


def _policy(config: MkDocsConfig) -> policy.Additions | None:
    """A preview has none: what reloads its pages is a script in them that always differs."""
    added = policy.additions(
        _chosen(config).get("policy", True), Path(config.config_file_path).resolve()
    )
    return None if Build.serving else added


def _settings(config: MkDocsConfig) -> Settings:
    root, chosen = _root(config), _chosen(config)
    return Settings(
        framework=root / str(chosen.get("framework", "framework.yaml")),
        overrides=Path(config.theme.custom_dir or root / "overrides"),
        content=Path(config.docs_dir),
        pdf=bool(chosen.get("pdf", True)) and not Build.serving,
        address=config.site_url or "",
        adapted=bool(chosen.get("adapted", True)),
        cache=None if Build.serving else root / ".cache",
    )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or posixpath.curdir).resolve().parent


def _theme_language(config: MkDocsConfig, language: str) -> str:
    """The language for the theme's own words, or the nearest that the theme has."""
    for name in (language, language.split("-")[0]):
        if any(
            Path(d, "partials", "languages", f"{name}.html").exists() for d in config.theme.dirs
        ):
            return name
    return "en"


def _problem_files(files: Files, config: MkDocsConfig) -> Files:
    """Nothing but a page that shows the problems, at every address."""
    config.theme.static_templates.discard("404.html")
    page = render.problem_page(Build.report, _settings(config).templates)
    return Files(
        [File.generated(config, name, content=page) for name in ("index.html", "404.html")]
    )
