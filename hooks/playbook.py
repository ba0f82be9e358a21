"""The MkDocs hook: events in, calls out. It decides nothing; `maturity` does."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup, escape
from maturity import assets, authored, render, site
from maturity.nav import expand, paths
from maturity.problems import FrameworkError
from maturity.site import Settings, Site
from maturity.terms import TermsExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.pages import Page

log = get_plugin_logger("playbook")


class Build:
    """What the running build works with: a site, or the report of what keeps it from being one."""

    serving = False
    site: Site | None = None
    pages: ClassVar[dict[str, str]] = {}
    report = ""


def on_startup(command: str, dirty: bool) -> None:
    """Only `serve` shows mistakes in the browser."""
    Build.serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Read, check and render everything, while the last good site still stands."""
    files = get_files(config)
    written = {file.src_uri: Path(file.abs_src_path or "") for file in files}
    hidden = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
    published = [file.src_uri for file in files if file.inclusion not in hidden]
    try:
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
    config.copyright = config.copyright or site.footer(made)
    config.extra["paper"] = site.paper(made)
    config.extra["fonts"] = _settings(config).fonts
    config.extra["mark"] = site.mark(made)
    config.extra["share"] = site.share_image(made)
    config.extra["outdated"] = site.outdated(made)
    config.extra["not_found"] = site.not_found(made)
    styles = site.own_styles(published)
    config.extra["own_styles"] = [style for style in styles if style not in config.extra_css]
    config.markdown_extensions.append(TermsExtension(made.framework.glossary))  # type: ignore[arg-type]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was generated; a hand-written file with the same path takes its place."""
    if Build.site is None:
        return _problem_files(files, config)
    catalogs = _settings(config).catalogs
    for file in [f for f in files if Path(f.abs_src_path or "").is_relative_to(catalogs)]:
        files.remove(file)  # a theme publishes its files, and the catalogs lie among them
    for file in [f for f in files if assets.is_ours(f.src_uri)]:
        small = assets.minified(file.src_uri, file.content_string)
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=small))
    listed = paths(config.nav or [])
    for output in Build.site.outputs:
        if files.get_file_from_path(output.path) is not None:
            log.info("%s is hand-written and replaces the generated page", output.path)
            continue
        file = File.generated(config, output.path, content=output.content)
        if output.origin is not None:
            source = os.path.relpath(output.origin.file, config.docs_dir)
            file.edit_uri = f"{Path(source).as_posix()}#L{output.origin.line}"
        if not output.in_nav or (listed and output.path not in listed):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Hand-written pages with the framework filled in."""
    return Build.pages.get(page.file.src_uri)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """The titles of generated pages are marked as the HTML that they are, as in the nav."""
    if page.file.abs_src_path is None and "title" in page.meta:
        page.meta["title"] = Markup(page.meta["title"])


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Watch the definition and what lies beside it, also what is only written later."""
    settings = _settings(config)
    server.watch(str(settings.framework.parent), recursive=False)
    if settings.snippets.is_dir():
        server.watch(str(settings.snippets))


def _settings(config: MkDocsConfig) -> Settings:
    root, chosen = _root(config), config.extra.get("maturity", {})
    if not isinstance(chosen, dict):
        raise PluginError('extra: maturity: must be a map, such as "framework: framework.yaml"')
    return Settings(
        framework=root / str(chosen.get("framework", "framework.yaml")),
        overrides=Path(config.theme.custom_dir or root / "overrides"),
        content=Path(config.docs_dir),
        pdf=bool(chosen.get("pdf", True)) and not Build.serving,
        address=config.site_url or "",
        adapted=bool(chosen.get("adapted", True)),
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
