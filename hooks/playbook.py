"""The MkDocs hook: events in, calls out. It decides nothing; `maturity` does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from building import loading
from building.plugins import Plugins, files_of_site
from markupsafe import Markup, escape
from maturity.definition.problems import FrameworkError
from maturity.pages import glossary_links, render
from maturity.site import choices, for_programs, generate, inspection, instead, nav, security_policy
from maturity.site.search_index import follow_language, refine_entries
from maturity.site.settings import Settings
from maturity.site.theme_context import screen_footer, theme_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from shortcuts.registry import Shortcuts

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

loading.end()
log = get_plugin_logger("playbook")


@dataclass
class _Build:
    """What one event leaves for the next: a site, or the report of what keeps it from being one."""

    file: Path = Path("mkdocs.yml")
    choices: choices.Choices = field(default_factory=choices.Choices)
    site: generate.Site | None = None
    pages: dict[str, str] = field(default_factory=dict)
    report: str = ""


build, plugins, shortcuts = _Build(), Plugins(), Shortcuts()


def on_startup(command: str, dirty: bool) -> None:
    """Only `serve` shows mistakes in the browser; what else builds leaves the last site whole."""
    plugins.start(command, dirty=dirty)


def on_config(config: MkDocsConfig) -> None:
    """Where several versions are published, search engines are sent to one of them."""
    build.file = Path(config.config_file_path or build.file).resolve()
    build.choices = choices.parse(config.extra, build.file, shortcuts.all, serving=plugins.serving)
    shortcuts.register(config, build.choices.shortcuts, serving=plugins.serving)
    plugins.register(config)
    config.site_url = build.choices.address(config.site_url or "") or config.site_url
    config.edit_uri = build.choices.edit_uri(config.edit_uri, build.file, Path(config.docs_dir))


def on_pre_build(config: MkDocsConfig) -> None:
    """Read, check and render all while the last good site stands; raises PluginError if not."""
    try:
        _generate(config, generate.prepare(_settings(config)))
    except FrameworkError as error:
        build.site, build.report = None, error.report(build.file.parent)
        if not plugins.serving:
            raise PluginError(f"\n\n{build.report}") from None
        log.info("\n\n%s\n", build.report)
        config.nav = []


def _generate(config: MkDocsConfig, settings: Settings) -> None:
    """Generate the site, and give the theme what it shows on every page."""
    files = [f for f in files_of_site(config) if f.inclusion is not InclusionLevel.EXCLUDED]
    published = [f.src_uri for f in files if f.inclusion.value > InclusionLevel.DRAFT.value]
    build.choices.check()
    build.site = site = generate.attempt(settings, published)
    written = {f.src_uri: Path(f.abs_src_path or "") for f in files}
    build.pages = inspection.inspect_written(site, written, config, config.theme.dirs, build.file)
    config.nav = nav.expand(config.nav or [], site, Path(config.config_file_path))
    for notice in site.notices:
        log.info(notice)
    config.site_name = escape(str(site.framework.framework.title))  # marked: the theme escapes some
    follow_language(config, site.framework.framework.language)
    config.copyright = config.copyright or screen_footer(site)
    config.extra.update(theme_context(site, settings, {*published} - {*config.extra_css}))
    config.markdown_extensions.append(glossary_links.TermsExtension(site.framework.glossary))  # type: ignore[arg-type]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was generated; a hand-written file with the same path takes its place."""
    settings, listed = _settings(config), nav.paths(config.nav or [])
    if build.site is None:  # a page that shows the problems, at every address
        config.theme.static_templates.discard("404.html")
        page = render.problem_page(build.report, settings.templates)
        return Files([File.generated(config, f"{n}.html", content=page) for n in ("index", "404")])
    for file in instead.settle(files):
        if Path(file.abs_src_path or "").is_relative_to(settings.catalogs):
            files.remove(file)  # a theme publishes its files, and the catalogs lie among them
    for output in for_programs.with_copies(build.site, files, build.pages, settings):
        if files.get_file_from_path(output.path) is not None:
            log.info("%s is hand-written and replaces the generated page", output.path)
            continue
        file = File.generated(config, output.path, content=shortcuts.content(config, output))
        output.place(file, config.docs_dir)
        if not output.in_nav or (listed and output.path not in listed):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    config.extra["copies"] = for_programs.copies(files)
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Hand-written pages with the framework filled in."""
    return build.pages.get(page.file.src_uri)


@event_priority(-100)  # after whoever changes it
def on_page_markdown(text: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Titles of generated pages are marked as HTML; pages lead on to their like."""
    if page.file.abs_src_path is None and "title" in page.meta:
        page.meta["title"] = Markup(page.meta["title"])
    nav.keep_related(page)


@event_priority(-100)  # after all that may still change a page
def on_post_page(output: str, config: MkDocsConfig, page: Page | None = None) -> str:
    """Every page says what it may load, and its links outside are careful; the search weighs it."""
    refine_entries(config.plugins, page.file.src_uri if page else "", build.site)
    return security_policy.secure(output, config.site_url or "", build.choices.policy)


@event_priority(-100)
def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for addresses that do not exist is a page too."""
    return on_post_page(output, config) if template_name.endswith(".html") else output


@event_priority(100)  # before others watch what is theirs
def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Watch the definition and what lies beside it, also what is only written later."""
    from shortcuts.watching import watch_definition  # loads what only a preview needs

    watch_definition(server, config, _settings(config))


def _settings(config: MkDocsConfig) -> Settings:
    root, content, address = build.file.parent, Path(config.docs_dir), config.site_url or ""
    return build.choices.settings(root, config.theme.custom_dir, content, address)
