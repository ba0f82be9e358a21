"""The MkDocs hook: events in, calls out. It decides nothing; `maturity` does."""

from __future__ import annotations

import copy
import os
import pkgutil
import posixpath
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import markdown.extensions
from maturity import assets, authored, policy, render, site
from maturity.nav import expand, paths
from maturity.problems import FrameworkError
from maturity.site import Settings, Site
from maturity.terms import TermsExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

log = get_plugin_logger("playbook")


class Converted(NamedTuple):
    """A page's Markdown and what became of it; `links` to anchors go by the path of their page."""

    markdown: str
    html: str
    toc: TableOfContents
    anchors: set[str] | None
    links: dict[str, dict[str, str]] | None


class Build:
    """What the running build works with: a site, or the report of what keeps it from being one."""

    serving = False
    site: Site | None = None
    pages: ClassVar[dict[str, str]] = {}
    report = ""
    #: What the pages may load beside what is the site's own; nothing if they are not to say so.
    policy: policy.Additions | None = None
    #: What a preview has converted, by path; what else that depends on, None where nobody knows.
    converted: ClassVar[dict[str, Converted]] = {}
    rules: tuple[object, ...] | None = None


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
    config.site_name = str(made.framework.framework.title)
    config.theme["language"] = _theme_language(config, made.framework.framework.language)
    config.copyright = config.copyright or site.footer(made)
    unlisted = [path for path in published if path not in config.extra_css]
    config.extra.update(site.shown(made, _settings(config), unlisted))
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


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Forget converted pages once anything has changed that a conversion depends on.

    Python-Markdown's own extensions look at nothing but a page; of others nobody knows.
    """
    known = {module.name for module in pkgutil.iter_modules(markdown.extensions.__path__)}
    given = [e for e in config.markdown_extensions if not isinstance(e, TermsExtension)]
    rules: tuple[object, ...] | None = None
    if Build.serving and Build.site is not None and known.issuperset(given):
        glossary = Build.site.framework.glossary
        settings = [repr(config.mdx_configs), repr(config.validation), config.use_directory_urls]
        rules = (given, settings, glossary, [(file.src_uri, file.url) for file in files])
    if rules is None or rules != Build.rules:
        Build.converted.clear()
    Build.rules = rules


def _remembers(page: Page) -> bool:
    """Whether a page is one to remember: what is hand-written may have warnings to repeat."""
    return Build.rules is not None and bool(page.file.generated_by) and "title" in page.meta


@event_priority(-100)  # after whoever changes it
def on_page_markdown(text: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """A preview has nothing to convert where a page reads as it did before."""
    known = Build.converted.get(page.file.src_uri) if _remembers(page) else None
    if known is None or known.markdown == text:
        return None if known is None else ""
    del Build.converted[page.file.src_uri]
    return None


@event_priority(100)  # before whoever changes it
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """Put in place what a page was converted to before, or remember it."""
    known = Build.converted.get(page.file.src_uri) if _remembers(page) else None
    if known is None:
        _remember(page, html)
        return None
    page.markdown, page.toc = known.markdown, copy.deepcopy(known.toc)
    page.present_anchor_ids = known.anchors
    if known.links is not None:
        page.links_to_anchors = {files.src_uris[path]: found for path, found in known.links.items()}
    return known.html


def _remember(page: Page, html: str) -> None:
    if _remembers(page):
        links = page.links_to_anchors
        by_path = None if links is None else {file.src_uri: found for file, found in links.items()}
        Build.converted[page.file.src_uri] = Converted(
            page.markdown or "", html, copy.deepcopy(page.toc), page.present_anchor_ids, by_path
        )


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Hand-written pages with the framework filled in."""
    return Build.pages.get(page.file.src_uri)


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


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Watch the definition and what lies beside it, also what is only written later."""
    settings = _settings(config)
    server.watch(str(settings.framework.parent), recursive=False)
    if settings.snippets.is_dir():
        server.watch(str(settings.snippets))


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
