"""The command `maturity`: check a definition, write its pages, compare and release it."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from .definition import check
from .definition.files import is_there
from .definition.messages import quotable
from .definition.problems import FrameworkError
from .definition.values import LANGUAGE
from .framework import catalog
from .framework.overview import overview_lines
from .framework.translation import find_translation, translation_lines
from .outputs.data import schema_json
from .site import comparison, configuration, inspection
from .site.export import make_export, write_export
from .site.settings import EXAMPLE_ADDRESS, Settings, is_public
from .versions import release
from .versions.report import report_lines

_FILE = click.Path(path_type=Path)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False)
_NEW_FOLDER = click.Path(path_type=Path, file_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)

_overrides = click.option(
    "--overrides",
    type=_FOLDER,
    default="overrides",
    show_default=True,
    help="The folder with the templates and the words of the site.",
)


@click.group()
@click.option(
    "--framework", type=_FILE, default="framework.yaml", show_default=True, help="The definition."
)
@click.pass_context
def main(context: click.Context, framework: Path) -> None:
    """Work with the definition of a maturity framework.

    A fork's overlay.yaml and words.yaml, its snippets and the releases lie beside the definition.
    """
    context.obj = framework.absolute()


@main.command("check")
@_overrides
@click.pass_obj
def check_command(file: Path, overrides: Path) -> None:
    """Report every mistake in the definition, the words, the templates, pages and settings.

    If there is none, print how many entries the definition has, and what an overlay changes.
    """
    with _reporting():
        site = inspection.inspect_site(_settings(file, overrides), _config())
    for line in overview_lines(site.framework):
        click.echo(line)
    for line in report_lines(site.adaptation) if site.adaptation else ():
        click.echo(line)
    translation = find_translation(site.definition.source)
    if translation is not None:
        click.echo(f"{translation.summary}; see `maturity words`")


@main.command("pages")
@click.argument("folder", type=_NEW_FOLDER)
@click.option(
    "--content",
    type=_FOLDER,
    default="content",
    show_default=True,
    help="The folder with the hand-written pages.",
)
@_overrides
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="Make the fillable PDFs.")
@click.option(
    "--config", type=_FILE, default="mkdocs.yml", show_default=True, help="MkDocs' settings."
)
@click.option(
    "--settings", type=_NEW_FILE, help="Write the other generator's settings too, made of CONFIG."
)
@click.pass_obj
def pages_command(
    file: Path,
    folder: Path,
    content: Path,
    overrides: Path,
    pdf: bool,
    config: Path,
    settings: Path | None,
) -> None:
    """Write every page and data file to the new FOLDER, for another site generator."""
    sources = Settings(file, overrides.absolute(), content.absolute(), pdf=pdf)
    target = settings.absolute() if settings else None
    with _reporting():
        export = make_export(sources, folder.absolute(), config.absolute(), target)
        for notice in export.notices:
            click.echo(notice, err=True)
        write_export(export)
    click.echo(f"{len(export.contents)} files in {folder}")


@main.command("changes")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print them.",
)
@_overrides
@click.pass_obj
def changes_command(file: Path, old: str, new: str | None, form: str, overrides: Path) -> None:
    """Print what changed from OLD to NEW: releases, or files of any two definitions.

    Without NEW, OLD is compared with the definition as it stands.
    """
    settings = _settings(file, overrides)
    with _reporting():
        compared = comparison.load_comparison(settings, old, new)
        about = compared.new.framework
        words = catalog.load(settings.catalogs, about.language, compared.new.terms, settings.words)
    click.echo(comparison.render(compared, words, form))


@main.command("words")
@click.argument("language", required=False)
@click.option("--missing", is_flag=True, help="List them, each with its English text.")
@click.option(
    "--content",
    "lists_content",
    is_flag=True,
    help="List the texts of the content that an overlay in another language has not translated.",
)
@_overrides
@click.pass_obj
def words_command(
    file: Path, language: str | None, missing: bool, lists_content: bool, overrides: Path
) -> None:
    """Count the words of the site that LANGUAGE lacks; fail if there are any.

    LANGUAGE, such as de or pt-BR, is the definition's own if it is left out. Then it is also
    counted what of upstream's content a fork in another language has translated.
    """
    settings = _settings(file, overrides)
    with _reporting():
        source = None if language else check.load(file, settings.overlay).source
        tag = language or (source.framework.framework.language if source else "")
        if not re.fullmatch(LANGUAGE, tag):
            sys.exit(f"{quotable(tag)} is no language: write it as de or pt-BR")
        texts = catalog.missing(settings.catalogs, tag, settings.words)
        translation = find_translation(source) if source else None
        pages = inspection.upstreams_pages(settings, _config()) if translation else []
    for key, text in texts.items() if missing else ():
        click.echo(f"{key}: {' '.join(text.split())}")
    click.echo(f"{tag} lacks {len(texts) or 'no'} {'word' if len(texts) < 2 else 'words'}")
    for line in translation_lines(translation, lists_content) if translation else ():
        click.echo(line)
    if pages:
        click.echo(
            f"pages that are still upstream's: {', '.join(pages)}; write yours in content/instead/"
        )
    sys.exit(bool(texts))


@main.command("release")
@click.argument("version")
@click.option(
    "--raises",
    multiple=True,
    metavar="ID",
    help="An entry whose new wording asks for more; may be given several times.",
)
@click.pass_obj
def release_command(file: Path, version: str, raises: tuple[str, ...]) -> None:
    """Make a release: set VERSION where it stands, and write the snapshot of the definition."""
    settings = _settings(file)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with _reporting():
        definition = check.load(settings.framework, settings.overlay)
        snapshot = release.make(definition, settings.releases, version, today, raises)
    where = definition.source.position("framework", "version").file
    click.echo(f"Wrote {_short(snapshot)}; {_short(where)} says {version}.")
    address = "" if is_public(_address()) else f" SITE_URL={EXAMPLE_ADDRESS}"
    click.echo(f"Commit both, then publish: make publish VERSION={version}{address}")


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of framework.yaml."""
    click.echo(schema_json(), nl=False)


def _settings(framework: Path, overrides: Path = Path("overrides")) -> Settings:
    return Settings(framework, overrides.absolute(), Path("content").absolute())


def _address() -> str:
    """Return where the settings of the site say that it will be; empty where they do not."""
    config = _config()
    try:
        settings = configuration.load(config) if config else {}
    except FrameworkError:  # whoever builds the site is told
        return ""
    return str(settings.get("site_url") or "")


def _config() -> Path | None:
    """Return the file with the settings of the site in this folder, as `make` chooses it."""
    files = (Path.cwd() / name for name in ("site.yml", "mkdocs.yml"))
    return next((file for file in files if is_there(file)), None)


@contextmanager
def _reporting() -> Iterator[None]:
    """Print the problems that come up inside, or which file the system refuses, and stop with 1."""
    try:
        yield
    except OSError as error:
        sys.exit(f"{error.filename or 'a file'}: {error.strerror or error}")
    except FrameworkError as error:
        click.echo(error.report(Path.cwd()), err=True)
        sys.exit(1)


def _short(path: Path) -> str:
    """Return a path as somebody in this folder would write it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
