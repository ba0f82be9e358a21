"""Find settings that a site made of a definition cannot follow, and say what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..definition.files import is_file, is_there
from ..definition.problems import FrameworkError, Problem, clip, printable, suggestion
from .configuration import key_position, lineage, load

_FOLDERS = "leave it out; the site needs a web server, which any machine can be"
_OURS = "leave it out; what is yours goes into content/own/"
_BRANCH = "leave it out; make publish writes there"
_COLORS = "write --mp-brand, --mp-accent and the like in content/own/brand.css"
_LANGUAGE = "write it under framework: language: in the overlay"


class Refusal(NamedTuple):
    """A setting that is not followed, where `is_meant` holds of its value.

    `path` are the keys that lead to it, `why` the reason, and `hint` what to do instead.
    """

    path: tuple[str, ...]
    is_meant: Callable[[Any], bool]
    why: str
    hint: str


def _is_other_than(*values: object) -> Callable[[Any], bool]:
    return lambda value: value not in values


#: By the value, whichever file says it.
REFUSALS = (
    Refusal(
        ("use_directory_urls",),
        lambda value: value is False,
        "scripts, data and links shared by readers count on addresses that are folders",
        _FOLDERS,
    ),
    Refusal(
        ("strict",),
        lambda value: value is False,
        "what is wrong stops a build, so that no reader meets it",
        "leave it out; validation: says what counts as wrong of links and pages",
    ),
    Refusal(
        ("site_dir",),
        _is_other_than("site"),
        "a site is written to site/, where the workflows look for it",
        "leave it out, and copy site/ to wherever it belongs",
    ),
    Refusal(
        ("dev_addr",),
        bool,
        "a preview listens where its command says",
        "leave it out, and write make serve ADDRESS=127.0.0.1:9000",
    ),
    Refusal(("remote_branch",), _is_other_than("gh-pages"), "versions lie on gh-pages", _BRANCH),
    Refusal(("remote_name",), _is_other_than("origin"), "versions go to origin", _BRANCH),
    Refusal(
        ("edit_uri_template",),
        bool,
        "entries are edited in the definition, which it cannot name",
        "leave it out; EDIT_URI says where content/ is edited",
    ),
    Refusal(("google_analytics",), bool, "it has gone", "write it as extra: analytics:"),
    Refusal(("pages",), bool, "it has gone", "call it nav"),
    Refusal(("mdx_configs",), bool, "it is MkDocs' own", "options follow each extension's name"),
    Refusal(("config_file_path",), bool, "it is MkDocs' own", "leave it out; CONFIG names a file"),
    Refusal(
        ("theme", "name"),
        _is_other_than("material"),
        "our templates are made for material",
        "colors, fonts and sizes are yours to change in content/own/",
    ),
    Refusal(
        ("theme", "language"), bool, "the site speaks the language of its definition", _LANGUAGE
    ),
    Refusal(("theme", "locale"), bool, "the site speaks the language of its definition", _LANGUAGE),
    Refusal(
        ("theme", "direction"),
        _is_other_than("ltr", None),
        "pages read from left to right",
        "leave it out",
    ),
    Refusal(
        ("theme", "font"),
        lambda value: value is not False and not isinstance(value, Mapping),
        "it must be false, or a map",
        "font: false for ours, font: {text: Roboto} for one of Google's",
    ),
    Refusal(("extra", "polyfills"), bool, "it is no setting any more", "call it extra_javascript"),
)
#: In a fork's own file alone: upstream's says it too.
_UPSTREAMS = (
    Refusal(
        ("site_name",),
        bool,
        "a site is called by the title of its framework",
        "write it under framework: title: in the overlay",
    ),
    Refusal(
        ("extra", "version", "provider"),
        bool,
        "only a published version has others beside it",
        "leave it out; make publish adds the menu of versions",
    ),
)
#: Extensions that hold others.
_BUNDLES = ("extra", "markdown.extensions.extra", "pymdownx.extra")
#: Lists that take the place of ours, and what of ours a site cannot be without, by all its names.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "hooks": (("hooks/playbook.py",),),
    "plugins": (("search", "material/search"),),
    "markdown_extensions": tuple(
        (name, f"markdown.extensions.{name}", *_BUNDLES)
        for name in ("attr_list", "def_list", "md_in_html")
    ),
}
#: Folders, and a file of ours in each that no site can be made without.
_WITH_OURS = {("docs_dir",): "assets/brand.css", ("theme", "custom_dir"): "words/en.yaml"}


def not_followed(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each setting that a site made of a definition cannot follow.

    `settings` are those of `file`, with what it inherits.
    """
    theme = settings.get("theme")
    if isinstance(theme, str):
        hint = "write theme: {name: material}, or leave it out"
        message = "theme: a name alone is not followed: it takes away our templates and fonts"
        yield Problem(key_position(file, "theme"), message, hint)
    for refusal in REFUSALS:
        yield from _refused(settings, refusal, file)
    files = lineage(file)
    for refusal in _UPSTREAMS:
        if len(files) > 1 and key_position(file, *refusal.path).file != files[-1]:
            yield from _refused(settings, refusal, file)
    yield from _refused_colors(theme, file)
    yield from _refused_plugins(settings.get("plugins"), file)


def _refused(settings: Mapping[str, Any], refusal: Refusal, file: Path) -> Iterator[Problem]:
    value: Any = settings
    for key in refusal.path:
        if not isinstance(value, Mapping) or key not in value:
            return
        value = value[key]
    if refusal.is_meant(value):
        name = ": ".join(refusal.path)
        name += f": {str(value).lower()}" if isinstance(value, bool) else ""
        name += f": {shown(value)}" if isinstance(value, str) else ""
        message = f"{name} is not followed: {refusal.why}"
        yield Problem(key_position(file, *refusal.path), message, refusal.hint)


def _refused_colors(theme: object, file: Path) -> Iterator[Problem]:
    """Yield a problem for each color of the theme's that the brand's would hide."""
    palette = theme.get("palette") if isinstance(theme, Mapping) else None
    entries = palette if isinstance(palette, list) else [palette]
    for index, entry in enumerate(entries):
        for key in ("primary", "accent") if isinstance(entry, Mapping) else ():
            if entry.get(key, "custom") != "custom":
                path = ("theme", "palette", *([str(index)] if entry is not palette else []), key)
                message = f"theme: palette: {key} is not followed: colors are those of the brand"
                yield Problem(key_position(file, *path), message, _COLORS)


def _refused_plugins(plugins: object, file: Path) -> Iterator[Problem]:
    for at, name, options in entries_of(plugins):
        if name in ("offline", "material/offline"):
            message = "plugins: offline is not followed: it makes other addresses of all pages"
            yield Problem(key_position(file, "plugins", at), message, _FOLDERS)
        enabled = options.get("enabled") if isinstance(options, Mapping) else None
        if name in ("search", "material/search") and enabled is False:
            message = "plugins: search: enabled: false is not followed: pages lead to the search"
            yield Problem(key_position(file, "plugins", at), message, "leave enabled out")


def lost_of_lists(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each list in place of ours that lacks what no site can be without."""
    files = lineage(file)
    if len(files) < 2:
        return
    ours = load(files[-1])
    for key, needed in _NEEDED.items():
        names = {name for _, name, _ in entries_of(settings.get(key))}
        had = {name for _, name, _ in entries_of(ours.get(key))}
        missing = [each[0] for each in needed if not names & {*each} and had & {*each}]
        if missing and key in settings:
            message = f"{key}: {', '.join(missing)} missing: this list takes the place of ours"
            hint = f"write {'it' if len(missing) == 1 else 'them'} too, or leave {key} out"
            yield Problem(key_position(file, key), message, hint)


def entries_of(value: object) -> Iterator[tuple[str, str, object]]:
    """Yield where each plugin, extension or hook stands in its list or map, its name and options.

    These are None where there are none.
    """
    if isinstance(value, Mapping):
        yield from ((str(name), str(name), options) for name, options in value.items())
    for index, each in enumerate(value if isinstance(value, list) else ()):
        named = each if isinstance(each, Mapping) else {each: None} if _is_text(each) else {}
        yield from ((str(index), name, named[name]) for name in named if _is_text(name))


def shown(value: object) -> str:
    """Return a name from the settings as a message can show it: in one line, and not too long."""
    return clip(printable(str(value)), 80)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def check_folders(settings: Mapping[str, Any], file: Path) -> None:
    """Raise FrameworkError where the settings name folders that are not there, or lack ours."""
    problems = []
    for path, ours in _WITH_OURS.items():
        value: Any = settings
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, str) and not is_file(file.parent / value / ours):
            fault = "is not there"
            if is_there(file.parent / value):
                fault = f"lacks what every site needs, such as {ours}"
            message = f"{': '.join(path)}: the folder {shown(value)} {fault}"
            problems.append(Problem(key_position(file, *path), message, _OURS))
    if problems:
        raise FrameworkError(problems)


def missing_files(settings: Mapping[str, Any], file: Path) -> Iterator[Problem]:
    """Yield a problem for each hook, and each folder or file to be watched, that is not there."""
    there = sorted(each.name for each in file.parent.iterdir() if each.name[0] != ".")
    for key in ("hooks", "watch"):
        for at, name, _ in entries_of(settings.get(key)):
            if not is_there(file.parent / name):
                hint = suggestion(name, there, "there are").partition(" (")[0]
                where = key_position(file, key, at)
                yield Problem(where, f"{key}: no file or folder {shown(name)}", hint)
