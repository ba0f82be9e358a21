"""The command `maturity`: check a definition, write its pages, print its schema."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from . import authored, exports, site
from .model import COLLECTIONS
from .problems import FrameworkError
from .relations import Relations
from .site import Settings

_FILE = click.Path(path_type=Path)


@click.group()
@click.option("--framework", type=_FILE, default="framework.yaml", show_default=True)
@click.option("--overlay", type=_FILE, default="overlay.yaml", show_default=True)
@click.pass_context
def main(context: click.Context, framework: Path, overlay: Path) -> None:
    """Work with the definition of a maturity framework."""
    context.obj = (framework.absolute(), overlay.absolute())


@main.command("check")
@click.option("--overrides", type=_FILE, default="overrides", show_default=True)
@click.pass_obj
def check_command(files: tuple[Path, Path], overrides: Path) -> None:
    """Report every mistake in the definition and the templates, or what the definition holds."""
    try:
        framework = site.generate(_settings(files, overrides)).framework
    except FrameworkError as error:
        _fail(error)
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


@main.command("pages")
@click.argument("folder", type=_FILE)
@click.option("--content", type=_FILE, default="content", show_default=True)
@click.option("--overrides", type=_FILE, default="overrides", show_default=True)
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="Make the fillable PDFs.")
@click.pass_obj
def pages_command(
    files: tuple[Path, Path], folder: Path, content: Path, overrides: Path, pdf: bool
) -> None:
    """Write every page and data file to FOLDER, for another site generator."""
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty. Name a new folder, so that nothing in it is lost.")
    written = {
        path.relative_to(content).as_posix(): path
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    try:
        made = site.generate(replace(_settings(files, overrides), pdf=pdf), written)
        rendered = authored.render(made, written)
    except FrameworkError as error:
        _fail(error)
    for notice in made.notices:
        click.echo(notice, err=True)
    contents: dict[str, str | bytes] = {output.path: output.content for output in made.outputs}
    contents |= {path: file.read_bytes() for path, file in written.items()}
    contents |= rendered
    for path, data in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    click.echo(f"{len(contents)} files in {folder}")


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of framework.yaml."""
    click.echo(exports.schema_json(), nl=False)


def _settings(files: tuple[Path, Path], overrides: Path) -> Settings:
    folder = overrides.absolute()
    return Settings(*files, templates=folder / "pages", words=folder / "words")


def _fail(error: FrameworkError) -> None:
    click.echo(error.report(Path.cwd()), err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
