"""What merges, editors and hands leave in an author's files, and a site's settings, at random.

`mutation.py` judges them. A mistake here is one that must be reported: a site that comes out of it
has lost something without a word.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import yaml
from projects import ROOT

#: Characters that nobody sees, or takes for a space.
UNSEEN = ["\u00a0", "\u200b", "\u00ad", "\u2060", "\u3000", "\u2009", "\u202e"]
#: Keys whose line can stand twice, or lose its value, only by mistake.
_PLAIN_KEY = re.compile(r"(?m)^( +)(title|level|dimension|owner|effort|value): \S[^\n]*\n")


def _merged(rng: random.Random, text: str) -> str:
    """A conflict that nobody has settled."""
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    other = rng.choice(lines)
    lines[at : at + 1] = ["<<<<<<< HEAD\n", lines[at], "=======\n", other, ">>>>>>> theirs\n"]
    return "".join(lines)


def _odd_space(rng: random.Random, text: str) -> str:
    """A space that is none, in the indentation or behind a colon."""
    places = [*re.finditer(r"(?m)^ +(?=[a-z-]+:)|(?<=^[a-z]{4}:) ", text)]
    place = rng.choice(places)
    at = rng.randrange(place.start(), place.end())
    return text[:at] + rng.choice(UNSEEN) + text[at + 1 :]


def _unseen_in_a_key(rng: random.Random, text: str) -> str:
    place = rng.choice([*_PLAIN_KEY.finditer(text)])
    at = place.start(2) + rng.randrange(1, len(place[2]))
    return text[:at] + rng.choice(UNSEEN) + text[at:]


def _twice(rng: random.Random, text: str) -> str:
    """A key that stands twice in its entry."""
    place = rng.choice([*_PLAIN_KEY.finditer(text)])
    again = f"{place[1]}{place[2]}: {rng.choice(['Bread', '1', '{}'])}\n"
    return text[: place.end()] + again + text[place.end() :]


def _no_value(rng: random.Random, text: str) -> str:
    """A title whose value has gone."""
    place = rng.choice([one for one in _PLAIN_KEY.finditer(text) if one[2] == "title"])
    return f"{text[: place.start()]}{place[1]}title:\n{text[place.end() :]}"


MISTAKES: list[Callable[[random.Random, str], str]] = [
    *(_merged, _odd_space, _unseen_in_a_key, _twice, _no_value)
]
#: How a text is saved that a reader of UTF-8 does not understand.
ENCODINGS = ["windows-1252", "utf-16", "utf-16-le", "utf-32"]


def mistaken(rng: random.Random, text: str) -> bytes:
    """Return a definition with one mistake in it that must be reported."""
    if rng.random() < 0.2:
        wide = text.replace("How a bakery", "Wie eine Bäckerei", 1)
        return wide.encode(rng.choice(ENCODINGS))
    made = rng.choice(MISTAKES)(rng, text)
    ends = rng.choice(["\n", "\n", "\r\n"])
    mark = "\ufeff" if rng.random() < 0.1 else ""
    return (mark + made.replace("\n", ends)).encode("utf-8", "surrogatepass")


# Settings

#: What the guide promises of a site's settings, with values as people write them.
SETTINGS: dict[str, list[Any]] = {
    "site_name": ["Our handbook", "", "Bäckerei: das Handbuch", 5, None],
    "site_url": ["https://example.org/", "https://example.org/a", "", None, "example.org", 7],
    "use_directory_urls": [True, False, "no"],
    "copyright": ["Us", "<b>Us</b>", None],
    "repo_url": ["https://example.org/repo", "", "x"],
    "edit_uri": ["https://example.org/edit/", "", None, "edit/"],
    "theme.font": [False, {"text": "Roboto"}, {"text": "Roboto", "code": "Roboto Mono"}, None],
    "theme.language": ["en", "de", "fr", "xx", "ar", None],
    "theme.features": [["navigation.instant"], ["toc.integrate", "navigation.tabs"], [], "toc"],
    "theme.palette": [{"scheme": "slate"}, [{"scheme": "default"}], [], "slate"],
    "theme.logo": ["assets/favicon.svg", "own/no.png", None],
    "theme.icon": [{"logo": "material/home"}, {"logo": "material/no-such"}, {"repo": 5}],
    "theme.name": ["material", "mkdocs", "readthedocs", None],
    "extra_css": [["own/brand.css"], ["https://example.org/a.css"], "own/brand.css", []],
    "extra_javascript": [["https://example.org/a.js"], ["own/a.js"], [{"path": "a.js"}], "a.js"],
    "nav": [["index.md"], [{"Home": "index.md"}, "@levels"], [{"@nav.read": ["@roles"]}], [], "x"],
    "plugins": [
        ["search"],
        [],
        [{"search": {"lang": "de"}}],
        ["no-such"],
        ["tags"],
        {"search": {}},
    ],
    "markdown_extensions": [["tables"], ["no.such"], [{"toc": {"toc_depth": 2}}], ["admonition"]],
    "exclude_docs": ["data.md", "*.md", ""],
    "not_in_nav": ["/customize.md", "*"],
    "validation": [{"links": "ignore"}, {"omitted_files": "ignore"}, "warn"],
    "strict": [True, False],
    "docs_dir": ["content", "pages", "."],
    "extra.maturity.pdf": [False, "no", 1],
    "extra.maturity.canonical": ["latest", 1.0, "", []],
    "extra.maturity.shortcuts": [False, ["tour"], ["no-such"], "all"],
    "extra.maturity.adapted": [False, "yes"],
    "extra.maturity.policy": [False, {"script-src": ["https://example.org"]}, {"x": "y"}, "none"],
    "extra.maturity.scripts": [["content/own/x.md"], "x.md", [5]],
    "extra.maturity.framework": ["framework.yaml", "no.yaml", 5, ""],
    "extra.version": [{"provider": "mike"}, "mike"],
    "extra.generator": [True, False],
    "extra.social": [[{"icon": "fontawesome/brands/github", "link": "https://example.org"}], "x"],
    "INHERIT": ["mkdocs.yml"] * 9 + ["site.yml", "no.yml", 5, ["mkdocs.yml"]],
}


def settings(rng: random.Random, nasty: Callable[[random.Random], str]) -> dict[str, bytes]:
    """Return the files of a site that sets some of them, the odd one to something nasty."""
    tree: dict[str, Any] = {"INHERIT": rng.choice(SETTINGS["INHERIT"])}
    for key in rng.sample([*SETTINGS], rng.choice([1, 2, 2, 5])):
        inside = tree
        *parents, last = key.split(".")
        for parent in parents:
            inside = inside.setdefault(parent, {})
            if not isinstance(inside, dict):
                break
        else:
            value = rng.choice(SETTINGS[key])
            inside[last] = nasty(rng) if rng.random() < 0.1 else value
    text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=rng.random() < 0.7)
    return {"site.yml": text.encode(), "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}
