"""Every word of ours that is not content: one catalog a language, English behind all of them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..definition import yaml_tree as tree
from ..definition.model import Terms, Text
from ..definition.problems import FrameworkError, Problem, suggestion
from ..definition.yaml_tree import Node

FALLBACK = "en"


@dataclass(frozen=True)
class Words:
    """A catalog: `words("practice.why")`, `words("count.practices", n=3)`.

    A text may hold `{placeholders}`; `{level}`, `{Levels}` and so on stand for the framework's own
    terms. A text that depends on a number has the forms `one` and `other` for its `n`.
    """

    texts: dict[str, str]
    terms: dict[str, str]

    def __call__(self, key: str, **values: object) -> Text:
        """The text of `key`; raises KeyError for a key or placeholder that does not exist."""
        if key not in self.texts and f"{key}.other" in self.texts:
            key = f"{key}.one" if values["n"] == 1 else f"{key}.other"
        return Text(self.texts[key].format(**{**self.terms, **values}))

    def under(self, prefix: str) -> dict[str, str]:
        """The texts below a key, for a script that fills their placeholders in by itself."""
        start = f"{prefix}."
        return {
            key.removeprefix(start): text.format_map(_Terms(self.terms))
            for key, text in self.texts.items()
            if key.startswith(start)
        }


class _Terms(dict[str, str]):
    """The framework's terms; any other placeholder stands for itself."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def load(folder: Path, language: str, terms: Terms, own: Path | None = None) -> Words:
    """The words of a language: a fork's `own` file first, then its catalog, then English.

    Raises FrameworkError for unknown keys, unknown placeholders and texts that are none.
    """
    english, problems = _catalog(folder / f"{FALLBACK}.yaml")
    forms = _forms(terms)
    texts = dict(english)
    catalog = folder / f"{language}.yaml" if language != FALLBACK else None
    for file in (catalog, own):
        if file is not None and file.exists():
            found, wrong = _catalog(file)
            problems += [*wrong, *_misfits(found, english, set(forms))]
            texts |= {key: node for key, node in found.items() if key in english}
    if problems:
        raise FrameworkError(problems)
    return Words({key: node.value for key, node in texts.items()}, forms)


def _misfits(
    texts: dict[str, Node], english: dict[str, Node], terms: set[str]
) -> Iterator[Problem]:
    """Keys that English does not have, and placeholders that its text does not have."""
    for key, node in texts.items():
        if key not in english:
            yield Problem(node.key, f"unknown word {key}", suggestion(key, english, "keys"))
            continue
        known = _placeholders(english[key].value)
        if extra := _placeholders(node.value) - known - terms:
            hint = f"it may use {', '.join(sorted(known | terms))}"
            yield Problem(node.at, f"{key}: no placeholder {{{min(extra)}}}", hint)


def _catalog(file: Path) -> tuple[dict[str, Node], list[Problem]]:
    """The texts of a file by dotted key; the file is a tree of maps."""
    root, problems = tree.read(file)
    texts: dict[str, Node] = {}
    stack = [("", root)]
    while stack:
        key, node = stack.pop()
        if isinstance(node.value, dict):
            prefix = f"{key}." if key else ""
            stack += [(f"{prefix}{name}", child) for name, child in node.value.items()]
        elif not isinstance(node.value, str) or not node.value.strip():
            hint = "write the text in quotes, or delete the key"
            problems.append(
                Problem(node.key, f"{key} must be text, not {tree.kind(node.value)}", hint)
            )
        elif not _is_balanced(node.value):
            problems.append(
                Problem(node.at, f"{key}: a brace stands alone", "write {{ for a brace")
            )
        else:
            texts[key] = node
    return texts, problems


def _placeholders(text: str) -> set[str]:
    """The names in braces; raises ValueError where the braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _is_balanced(text: str) -> bool:
    try:
        return "" not in _placeholders(text)
    except ValueError:
        return False


def _forms(terms: Terms) -> dict[str, str]:
    """`Level`, `Levels`, `level`, `levels`, `a_level`, `A_level`, and so for the other terms."""
    forms = {}
    for name in Terms.model_fields:
        term = getattr(terms, name)
        for key, text in ((name, term.singular), (f"{name}s", term.plural)):
            forms[key] = text[:1].lower() + text[1:]
            forms[key.capitalize()] = str(text)
        # English alone has this article, and an author of other terms must not get "a area".
        article = "an" if term.singular[:1].lower() in "aeio" else "a"
        forms[f"a_{name}"] = f"{article} {forms[name]}"
        forms[f"A_{name}"] = f"{article.capitalize()} {forms[name]}"
    return forms
