"""The command `maturity`: check a definition, write its pages, compare and release it."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from .assessments import scored
from .definition import check
from .definition.atomic import replacing
from .definition.files import is_there, load_text
from .definition.messages import quotable
from .definition.problems import FrameworkError
from .definition.values import LANGUAGE
from .framework import catalog
from .framework.days import is_day, today
from .framework.overview import overview_lines
from .framework.relations import Relations
from .framework.translation import find_translation, translation_lines
from .outputs.data import schema_json
from .site import comparison, generate, inspection, own_files, remarks, wrong_settings
from .site.edited_files import edited_lines
from .site.export import make_export, write_export
from .site.framework_file import short
from .site.selection import SETTINGS_FILES, Selection, select, settings_file
from .site.settings import EXAMPLE_ADDRESS, is_public
from .upkeep.due import Subject, by_day, due_on, render_due
from .versions import release
from .versions.report import report_lines

_FILE = click.Path(path_type=Path)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False)
_NEW_FOLDER = click.Path(path_type=Path, file_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
#: How `maturity score` ends where a file does not reach what is required, or its evidence runs out;
#: 1 is a mistake in a file, 2 one of usage.
_NOT_REACHED, _RUNS_OUT = 3, 4
#: How `maturity check --due` ends where something is: as `score` does where time has run out.
_DUE = _RUNS_OUT
_Value = TypeVar("_Value")
_Command = TypeVar("_Command", bound=Callable[..., Any])

_overrides = click.option(
    "--overrides",
    type=_FOLDER,
    help="The folder with the templates and the words of the site; else what CONFIG says.",
)


def _note(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    """Keep the value of an option that may stand before and after the name of a command."""
    name = str(parameter.name)
    if value is not None and context.meta.setdefault(name, value) != value:
        raise click.UsageError(f"--{name} is given twice: {context.meta[name]} and {value}")


def _selecting(command: _Command) -> _Command:
    """Give a command the options that say what it works on."""
    for name, text in (
        ("--config", "The settings of the site; else CONFIG, site.yml or mkdocs.yml."),
        ("--framework", "The definition; else FRAMEWORK, what CONFIG says or framework.yaml."),
    ):
        option = click.option(name, type=_FILE, expose_value=False, callback=_note, help=text)
        command = option(command)
    return command


@click.group()
@_selecting
def main() -> None:
    """Work with the definition of a maturity framework.

    A fork's overlay.yaml and words.yaml, its snippets and the releases lie beside the definition.
    """


@main.command("check")
@click.option(
    "--due", "asks_due", is_flag=True, help="Print only what is to be looked at again; end with 4."
)
@click.option("--on", "day", metavar="DAY", help="The day to look from, with --due; else today.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), help="How to print it, with --due."
)
@_selecting
@_overrides
def check_command(
    asks_due: bool, day: str | None, form: str | None, overrides: Path | None
) -> None:
    """Report every mistake in the definition, the words, the templates, pages and settings.

    If there is none, print how many entries the definition has, what an overlay changes, and which
    of upstream's files a fork has edited.
    """
    on = _due_day(day, asked=asks_due, formed=form is not None)
    with _reporting():
        selected = _select(overrides)
        site = inspection.inspect_site(selected.settings, selected.config)
    if asks_due:
        sys.exit(_print_due(site.renderer.scope.upkeep.values(), on, form or "text"))
    for line in overview_lines(site.framework):
        click.echo(line)
    for line in report_lines(site.adaptation) if site.adaptation else ():
        click.echo(line)
    translation = find_translation(site.definition.source)
    if translation is not None:
        click.echo(f"{translation.summary}; see `maturity words`")
    for remark in (
        *remarks.new_entries_nearly_upstreams(site.definition.source),
        *remarks.id_without_releases(site.definition.source, selected.settings.releases),
        *remarks.unclear_levels(selected.settings.styles, [*site.framework.levels]),
    ):
        click.echo(remark.text(Path.cwd()))
    if units := site.renderer.scope.units:
        for line in (
            *units.collection.carry_lines(Path.cwd()),
            units.notice,
        ):
            click.echo(line)
    for line in edited_lines(selected.root):
        click.echo(line)


def _due_day(text: str | None, *, asked: bool, formed: bool) -> str:
    """Return the day to look from; --on and --format without --due are a mistake of usage."""
    if (text or formed) and not asked:
        raise click.UsageError("--on and --format go with --due")
    return _day(text)


def _print_due(subjects: Collection[Subject], on: str, form: str) -> int:
    """Print what is due on a day, or say that nothing is; return how the command ends."""
    found = due_on(subjects, on)
    if found or form == "json":
        click.echo(render_due(found, on, form, Path.cwd()))
    if not found:
        ahead = [one.kept.due for one in by_day(subjects)]
        then = f"the next is on {ahead[0]}" if ahead else "no entry and no page has a day"
        click.echo(f"Nothing is due on {on}; {then}", err=True)
    return _DUE if found else 0


@main.command("pages")
@click.argument("folder", type=_NEW_FOLDER)
@click.option(
    "--content",
    type=_FOLDER,
    help="The folder with the hand-written pages; else what CONFIG says.",
)
@_selecting
@_overrides
@click.option("--pdf/--no-pdf", default=None, help="Make the fillable PDFs; else as CONFIG says.")
@click.option(
    "--settings", type=_NEW_FILE, help="Write the other generator's settings too, made of CONFIG."
)
def pages_command(
    folder: Path,
    content: Path | None,
    overrides: Path | None,
    pdf: bool | None,
    settings: Path | None,
) -> None:
    """Write every page and data file to the new FOLDER, for another site generator."""
    target = settings.absolute() if settings else None
    with _reporting():
        selected = _select(overrides, content)
        if target:
            own_files.check_file(target, "name another file: --settings FILE")
        sources = selected.settings if pdf is None else replace(selected.settings, pdf=pdf)
        config = selected.config or selected.root / SETTINGS_FILES[-1]
        export = make_export(sources, folder.absolute(), config, target)
        for notice in export.notices:
            click.echo(notice, err=True)
        _announce(folder, *export.settings)
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
@_selecting
@_overrides
def changes_command(old: str, new: str | None, form: str, overrides: Path | None) -> None:
    """Print what changed from OLD to NEW: releases, or files of any two definitions.

    Without NEW, OLD is compared with the definition as it stands.
    """
    with _reporting():
        settings = _select(overrides).settings
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
@_selecting
@_overrides
def words_command(
    language: str | None, missing: bool, lists_content: bool, overrides: Path | None
) -> None:
    """Count the words of the site that LANGUAGE lacks; fail if there are any.

    LANGUAGE, such as de or pt-BR, is the definition's own if it is left out. Then it is also
    counted what of upstream's content a fork in another language has translated.
    """
    with _reporting():
        selected = _select(overrides)
        settings = selected.settings
        source = None if language else check.load(settings.framework, settings.overlay).source
        tag = language or (source.framework.framework.language if source else "")
        if not re.fullmatch(LANGUAGE, tag):
            sys.exit(f"{quotable(tag)} is no language: write it as de or pt-BR")
        texts = catalog.missing(settings.catalogs, tag, settings.words)
        translation = find_translation(source) if source else None
        pages = inspection.upstreams_pages(settings, selected.config) if translation else []
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


@main.command("score")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--on", "day", metavar="DAY", help="The day that evidence counts on; else today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(scored.FORMS),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--require",
    "required",
    multiple=True,
    metavar="READING:LEVEL",
    help="End with 3 if a file does not reach it, such as shown:LEVEL; may be given twice.",
)
@click.option(
    "--expiring",
    "within",
    metavar="TIME",
    help="End with 4 if evidence has run out, or does within a time such as 30d or 3m.",
)
@_selecting
@_overrides
def score_command(
    files: tuple[Path, ...],
    day: str | None,
    form: str,
    required: tuple[str, ...],
    within: str | None,
    overrides: Path | None,
) -> None:
    """Print what saved FILES of answers come to: the levels claimed and shown, why, what is next.

    It says what the self-scoring page says. A file DAY.json is compared with the one before it in
    its folder.
    """
    on = _day(day)
    _check_is_one(files, form)
    time = _parsed(scored.parse_time, within, "--expiring") if within else ""
    with _reporting():
        settings = _select(overrides).settings
        definition, _ = generate.load_definition(settings)
        about, relations = definition.framework, Relations(definition.framework)
        language = about.framework.language
        words = catalog.load(settings.catalogs, language, about.terms, settings.words)
        parse = partial(scored.parse_requirement, relations=relations)
        gates = [_parsed(parse, text, "--require") for text in required]
        results = scored.score_files(
            [Path(file).absolute() for file in files], relations, words, on
        )
    click.echo(scored.render_scored(results, form))
    missed = [line for gate in gates for line in gate.missed(results)]
    ending = scored.expiring(results, time) if time else []
    for line in (*missed, *ending):
        click.echo(line, err=True)
    sys.exit(_NOT_REACHED if missed else _RUNS_OUT if ending else 0)


def _check_is_one(files: Sequence[Path], form: str) -> None:
    """Refuse several cards in one SVG file: a mistake of usage."""
    if form == "svg" and len(files) > 1:
        raise click.UsageError("--format svg takes one file: each card is a file of its own")


def _day(text: str | None) -> str:
    """Return the day that an option names, today without one; a mistake in it is one of usage."""
    if text and not is_day(text):
        raise click.BadParameter("write a day such as 2026-11-24", param_hint="--on")
    return text or today()


def _parsed(parse: Callable[[str], _Value], text: str, option: str) -> _Value:
    """Return what an option says; a mistake in it is one of usage."""
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


@main.command("release")
@click.argument("version")
@click.option(
    "--raises",
    multiple=True,
    metavar="ID",
    help="An entry whose new wording asks for more; may be given several times.",
)
@_selecting
def release_command(version: str, raises: tuple[str, ...]) -> None:
    """Make a release: set VERSION where it stands, and write the snapshot of the definition."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with _reporting():
        selected = _select()
        settings = selected.settings
        definition = check.load(settings.framework, settings.overlay)
        own_files.check_release(definition)
        planned = release.plan(definition, settings.releases, version, today, raises)
        for remark in remarks.id_without_releases(definition.source, settings.releases):
            click.echo(remark.text(Path.cwd()), err=True)
        _announce(planned.version_at.file, planned.snapshot)
        release.write(planned)
    where = planned.version_at.file
    click.echo(f"Wrote {_short(planned.snapshot)}; {_short(where)} says {version}.")
    address = "" if is_public(selected.address) else f" SITE_URL={EXAMPLE_ADDRESS}"
    click.echo(f"Commit both, then publish: make publish VERSION={version}{address}")


@main.command("schema")
@click.option("--output", type=_NEW_FILE, help="Write it to a file, if that is not so already.")
def schema_command(output: Path | None) -> None:
    """Print the JSON Schema of definitions, or write it to a file."""
    text = schema_json()
    if output is None:
        click.echo(text, nl=False)
        return
    file = output.absolute()
    with _reporting():
        if is_there(file) and load_text(file) == text:
            click.echo(f"{output} is up to date")
            return
        own_files.check_file(file, "name another one: maturity schema --output FILE")
        _announce(file)
        with replacing(file, hint="make room, or name another place") as (draft,):
            draft.write_text(text, encoding="utf-8")


@main.command("which")
@click.argument("part", type=click.Choice(["framework", "overlay", "settings"]), required=False)
@click.option("--check", "checks", is_flag=True, help="Report mistakes in the settings first.")
@_selecting
def which_command(part: str | None, checks: bool) -> None:
    """Print which definition, overlay and settings the other commands take here.

    With the name of one, print its file alone: nothing if there is none.
    """
    with _reporting():
        file = settings_file(Path.cwd(), _option("config"))
        if checks and file:
            wrong_settings.check(file)
        if part == "settings":  # also where they cannot be read
            click.echo(_short(file) if file else "")
            return
        selected = _select(quiet=True)
    chosen, overlay = selected.choices.framework, selected.settings.overlay
    files = {"framework": chosen.path, "overlay": overlay if is_there(overlay) else None}
    if part:
        click.echo(_short(file) if (file := files[part]) else "")
        return
    why = f"  (as {chosen.named_by} says{f'; {chosen.instead}' if chosen.instead else ''})"
    for name, file in {**files, "settings": selected.config}.items():
        reason = why if name == "framework" and chosen.named_by else ""
        click.echo(f"{name:10} {_short(file) if file else 'none'}{reason}")


def _option(name: str) -> Path | None:
    """Return what an option says that may stand before and after the name of a command."""
    value: Path | None = click.get_current_context().meta.get(name)
    return value


def _select(
    overrides: Path | None = None, content: Path | None = None, *, quiet: bool = False
) -> Selection:
    """Select what a command works on, and say what that is where it is not plain."""
    folder = Path.cwd()
    selected = select(folder, _option("framework"), _option("config"), overrides, content)
    if selected.notice and not quiet:
        click.echo(selected.notice, err=True)
    return selected


def _announce(*files: Path) -> None:
    """Say what is going to be written."""
    click.echo(f"This writes {' and '.join(map(_short, files))}", err=True)


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
    return short(path, Path.cwd())


if __name__ == "__main__":
    main()
