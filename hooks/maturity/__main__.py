"""The command `maturity`: check a definition, write its pages, compare and release it."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from .definition import check
from .definition.model import COLLECTIONS, Framework
from .definition.problems import FrameworkError
from .definition.values import LANGUAGE
from .framework import catalog as words
from .framework.relations import Relations
from .outputs import data as exports
from .site import generate as site
from .site import other_generators as moving
from .site.files import hand_written_files, site_files, write_files, write_folder
from .site.settings import Settings
from .versions import adaptation, notes, release, snapshots
from .versions.changes import diff, heaviest

_FILE = click.Path(path_type=Path)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)
_NEW_FOLDER = click.Path(path_type=Path, file_okay=False, writable=True)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


_overrides = click.option("--overrides", type=_FOLDER, default="overrides", show_default=True)


@click.group()
@click.option("--framework", type=_FILE, default="framework.yaml", show_default=True)
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
    """Report every mistake in the definition and the templates, or what the definition holds."""
    with _reporting():
        made = site.generate(_settings(file, overrides))
    framework = made.framework
    about = framework.framework
    counts = [f"{len(getattr(framework, section))} {section}" for section in COLLECTIONS.values()]
    click.echo(f"{about.title} {about.version}: {', '.join(counts)}")
    relations = Relations(framework)
    for level in framework.levels:
        cells = [
            f"{len(relations.cell(level, dimension))} {dimension}"
            for dimension in framework.dimensions
        ]
        click.echo(f"  {relations.number(level)} {level}: {', '.join(cells)}")
    for line in adaptation.report_lines(made.adaptation) if made.adaptation else ():
        click.echo(line)


@main.command("pages")
@click.argument("folder", type=_NEW_FOLDER)
@click.option("--content", type=_FOLDER, default="content", show_default=True)
@_overrides
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="Make the fillable PDFs.")
@click.option("--config", type=_FILE, default="mkdocs.yml", show_default=True)
@click.option(
    "--settings", type=_NEW_FILE, help="Write the generator's settings too, made of CONFIG."
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
    """Write every page and data file to FOLDER, for another site generator."""
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty. Name a new folder, so that nothing in it is lost.")
    chosen = replace(_settings(file, overrides, content), pdf=pdf)
    written = hand_written_files(content)
    with _reporting():
        if settings:
            chosen = replace(chosen, address=moving.address(config.absolute()))
        made = site.generate(chosen, written)
        contents = site_files(made, written)
        texts = {
            path: moving.settings(made, chosen, config.absolute(), path, folder.absolute(), written)
            for path in ([settings.absolute()] if settings else [])
        }
    for notice in made.notices:
        click.echo(notice, err=True)
    with _reporting():
        write_folder(folder, contents)
        write_files(texts)
    click.echo(f"{len(contents)} files in {folder}")


@main.command("changes")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@_overrides
@click.pass_obj
def changes_command(file: Path, old: str, new: str | None, form: str, overrides: Path) -> None:
    """Print what changed from OLD to NEW: versions, or files of any two definitions.

    Without NEW, OLD is compared with the definition as it stands.
    """
    with _reporting():
        before, after = _named(file, old), _named(file, new)
        about = after.framework
        catalog = words.load(overrides.absolute() / "words", about.language, after.terms)
    found = diff(before, after)
    if form == "json":
        click.echo(json.dumps(exports.changes_data(found), ensure_ascii=False, indent=1))
        return
    write = notes.render_markdown if form == "markdown" else notes.render_text
    told = write(notes.describe(found, before, after, catalog), catalog)
    click.echo(told or catalog("changes.no_changes"))
    if form == "text" and found:
        weight = heaviest(found).word
        click.echo(f"\n{catalog('changes.count', n=len(found))}; a {weight} version at least")


@main.command("words")
@click.argument("language", required=False)
@click.option("--missing", is_flag=True, help="List them, each with its English text.")
@_overrides
@click.pass_obj
def words_command(file: Path, language: str | None, missing: bool, overrides: Path) -> None:
    """Count the words of the site that LANGUAGE lacks; fail where there are any.

    LANGUAGE is the definition's own if it is left out.
    """
    settings = _settings(file, overrides)
    with _reporting():
        tag = language or _named(file, None).framework.language
        if not re.fullmatch(LANGUAGE, tag):
            sys.exit(f"{tag} is no language: write it as de or pt-BR")
        texts = words.missing(settings.catalogs, tag, settings.words)
    for key, text in texts.items() if missing else ():
        click.echo(f"{key}: {' '.join(text.split())}")
    click.echo(f"{tag} lacks {len(texts) or 'no'} {'word' if len(texts) < 2 else 'words'}")
    sys.exit(bool(texts))


def _named(file: Path, name: str | None) -> Framework:
    """The definition that a version, a file or nothing (the present one) stands for."""
    if name and (path := Path(name)).suffix in (".yaml", ".yml"):
        return check.load(path.absolute()).framework
    present = site.load_definition(_settings(file, Path()))
    if name is None:
        return present[0].framework
    known = present[1].versions
    if name not in known:
        sys.exit(f"no release {name} (released: {', '.join(known) or 'none'})")
    return known[name]


@main.command("release")
@click.argument("version")
@click.option(
    "--raises", multiple=True, metavar="ID", help="An entry whose new wording asks for more."
)
@click.pass_obj
def release_command(file: Path, version: str, raises: tuple[str, ...]) -> None:
    """Make a release: set VERSION where it stands, and write the snapshot of the definition."""
    settings = _settings(file, Path())
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with _reporting():
        definition = check.load(settings.framework, settings.overlay)
        folder = snapshots.folder_of(settings.releases, definition.framework)
        drafted = release.draft(definition, snapshots.load(folder), version, today, raises)
        written = release.write(definition, drafted, folder)
    where = definition.source.position("framework", "version").file
    click.echo(f"Wrote {_short(written)}; {_short(where)} says {version}.")
    click.echo(f"Commit both, then publish: make publish VERSION={version}")


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of framework.yaml."""
    click.echo(exports.schema_json(), nl=False)


def _settings(framework: Path, overrides: Path, content: Path = Path("content")) -> Settings:
    return Settings(framework, overrides.absolute(), content.absolute())


@contextmanager
def _reporting() -> Iterator[None]:
    """Print the problems of what is read inside, or which file the system refuses, and stop."""
    try:
        yield
    except OSError as error:
        sys.exit(f"{error.filename or 'a file'}: {error.strerror or error}")
    except FrameworkError as error:
        click.echo(error.report(Path.cwd()), err=True)
        sys.exit(1)


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
