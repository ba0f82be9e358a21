"""Every word of ours that is not content: one catalog a language, English behind all of them."""

from __future__ import annotations

import datetime
import functools
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

from ..definition.files import is_there
from ..definition.model import Term, Terms
from ..definition.problems import FrameworkError, Problem, suggestion
from ..definition.text import Text
from ..definition.yaml_files import load_tree
from ..definition.yaml_tree import Node, yaml_kind
from .plurals import ENGLISH, FORMS, locale, plural_form, plural_forms

_RESTORE = "catalogs of words lie in overrides/words/: restore it from version control"
_OWN = "restore it from version control, or delete it if all words are to be those of the catalog"

#: The key that says how terms begin inside a sentence, and what it may say.
_CASE = "term_case"
_CASES = (_SMALL, _KEPT) = ("small", "kept")
#: No grouping, and as many decimal places as tell numbers apart in spite of binary fractions.
_DECIMALS = "0.##########"
#: What a text may call the framework's terms.
_TERMS = {
    form
    for name in Terms.model_fields
    for small in (name, f"{name}s", f"a_{name}")
    for form in (small, small.capitalize())
}


@dataclass(frozen=True)
class Words:
    """A catalog: `words("practice.why")`, `words("count.practices", n=3)`.

    A text may hold `{placeholders}`; `{level}`, `{Levels}` and so on stand for the framework's own
    terms. A text that depends on a number `n` has forms below its key: `other`, and those that its
    language tells apart from it. `untranslated` are the keys of such texts that stayed English,
    and so follow its rules.
    """

    texts: dict[str, str]
    terms: dict[str, str]
    language: str = ENGLISH
    untranslated: frozenset[str] = frozenset()

    def __call__(self, key: str, **values: object) -> Text:
        """Return the text of `key` with `values` and terms filled in.

        Raises KeyError for a key or placeholder that does not exist.
        """
        if key not in self.texts and f"{key}.other" in self.texts:
            key = f"{key}.{self.form(key, values['n'])}"
        return Text(self.texts[key].format(**{**self.terms, **values}))

    def number(self, value: float) -> str:
        """Return a number as the language writes it, with every decimal place that it has."""
        return _decimal(value, self.language)

    def date(self, day: str) -> str:
        """Return a day, such as 2026-11-25, as the language writes it; what is no day as it is."""
        try:
            known = datetime.date.fromisoformat(day)
        except ValueError:
            return day
        return str(format_date(known, "medium", locale(self.language)))

    def percent(self, share: float) -> Text:
        """Return a share from 0 to 1 as a percentage."""
        return self("percent", share=self.number(share * 100))

    def form(self, key: str, number: object) -> str:
        """Return which form of a text a number takes, among those that the text has."""
        language = ENGLISH if key in self.untranslated else self.language
        form = plural_form(language, number) if isinstance(number, int) else "other"
        return form if f"{key}.{form}" in self.texts else "other"

    def under(self, prefix: str) -> dict[str, str]:
        """Return the texts below a key, terms filled in, for a script that fills in the rest.

        Where a text with forms is not translated, its `KEY.language` says whose rules it follows.
        """
        start = f"{prefix}."
        languages = {f"{key}.language": ENGLISH for key in self.untranslated}
        return {
            key.removeprefix(start): text.format_map(_Terms(self.terms))
            for key, text in {**self.texts, **languages}.items()
            if key.startswith(start)
        }


@functools.lru_cache(maxsize=1000, typed=True)  # hundreds of practices say the same few
def _decimal(value: float, language: str) -> str:
    return str(format_decimal(value, _DECIMALS, locale(language)))


class _Terms(dict[str, str]):
    """The framework's terms; any other placeholder stands for itself."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def load(folder: Path, language: str, terms: Terms, own: Path | None = None) -> Words:
    """Load the words of a language: a fork's `own` file first, then its catalog, then English.

    A term that a definition leaves out is called what the language calls it. Raises FrameworkError
    for unknown keys, unknown placeholders, texts that are none, and forms that the language does
    not have or lacks.
    """
    rules, translated = _read(folder, language, own)
    nodes = rules.english_left(translated) | translated
    untranslated = set() if rules.is_english else rules.counted - rules.entries(translated)
    texts = {key: node.value for key, node in nodes.items()}
    return Words(texts, _forms(terms, texts), language, frozenset(untranslated))


def missing(folder: Path, language: str, own: Path | None = None) -> dict[str, str]:
    """Return the English texts that a language has no words for, by key, in their order.

    Words are looked for where `load` does; none is missing in English. Raises what `load` raises.
    """
    rules, translated = _read(folder, language, own)
    if rules.is_english:
        return {}
    left = sorted(rules.english_left(translated).items(), key=lambda item: item[1].key)
    return {key: node.value for key, node in left}


def _read(folder: Path, language: str, own: Path | None) -> tuple[_Rules, dict[str, Node]]:
    """Read the rules that English sets, and the texts of the language and of a fork.

    `de-AT` has the words of `de.yaml`, and in their place those of `de-AT.yaml`.
    """
    english, problems = _catalog(folder / f"{ENGLISH}.yaml")
    rules = _Rules(language, english)
    translated: dict[str, Node] = {}
    tags = dict.fromkeys((language.split("-")[0], language))
    for file in [*(folder / f"{tag}.yaml" for tag in tags if tag != ENGLISH), own]:
        if file is not None and is_there(file):
            texts, wrong = _catalog(file, _OWN if file == own else _RESTORE)
            problems += [*wrong, *rules.misfits(texts)]
            translated |= texts
    problems += rules.lacking(translated)
    if problems:
        raise FrameworkError(problems)
    return rules, translated


class _Rules:
    """What a file of words may hold: the keys, forms and placeholders that English has."""

    def __init__(self, language: str, english: dict[str, Node]) -> None:
        self.language = language
        self.is_english = language.split("-")[0] == ENGLISH
        self.english = english
        #: The keys of texts that depend on a number.
        self.counted = {
            key.removesuffix(".one")
            for key in english
            if key.endswith(".one") and f"{key.removesuffix('.one')}.other" in english
        }
        #: The placeholders of each text in English, those of all its forms.
        self.placeholders: dict[str, set[str]] = {}
        for key, node in english.items():
            self.placeholders.setdefault(self.entry(key), set()).update(_placeholders(node.value))

    def entry(self, key: str) -> str:
        """Return the key of the text that a form belongs to; other keys are their own."""
        above, _, form = key.rpartition(".")
        return above if above in self.counted and form in FORMS else key

    def entries(self, texts: dict[str, Node]) -> set[str]:
        """Return the keys of texts, forms taken together."""
        return {self.entry(key) for key in texts}

    def english_left(self, translated: dict[str, Node]) -> dict[str, Node]:
        """Return the English texts, by key, that `translated` has in no form."""
        if self.is_english:
            return self.english
        taken = self.entries(translated)
        return {key: node for key, node in self.english.items() if self.entry(key) not in taken}

    def misfits(self, texts: dict[str, Node]) -> Iterator[Problem]:
        """Yield keys, forms and placeholders that there are none of."""
        for key, node in texts.items():
            entry = self.entry(key)
            if entry == key and key not in self.english:
                hint = suggestion(key, self.english, "keys")
                yield Problem(node.key, f"unknown word {key}", hint)
                continue
            if entry != key and key not in self.english:
                yield from self._unknown_forms(key, node)
            if key == _CASE and node.value not in _CASES:
                yield Problem(node.at, f"{key} must be {' or '.join(_CASES)}")
            known = self.placeholders[entry] | _TERMS
            if extra := _placeholders(node.value) - known:
                hint = f"it may use {', '.join(sorted(known))}"
                yield Problem(node.at, f"{key}: no placeholder {{{min(extra)}}}", hint)

    def lacking(self, texts: dict[str, Node]) -> Iterator[Problem]:
        """Yield texts that have forms, and none for the numbers that no form fits."""
        if self.is_english:
            return
        for entry in sorted(self.entries(texts) & self.counted):
            if f"{entry}.other" not in texts:
                first = min(node.key for key, node in texts.items() if self.entry(key) == entry)
                hint = "add it: it is for every number that has no form of its own"
                yield Problem(first, f"{entry} lacks the form other", hint)

    def _unknown_forms(self, key: str, node: Node) -> Iterator[Problem]:
        """Yield a form that the language never uses."""
        *others, last = plural_forms(self.language)
        if key.rpartition(".")[2] not in (*others, last):
            has = f"{', '.join(others)} and {last}" if others else last
            message = f"{key}: the language {self.language} has no such form"
            yield Problem(node.key, message, f"it has {has}")


def _catalog(file: Path, hint: str = _RESTORE) -> tuple[dict[str, Node], list[Problem]]:
    """Load the texts of a file by dotted key, and what is wrong with it; it is a tree of maps."""
    root, problems = load_tree(file, hint)
    texts: dict[str, Node] = {}
    stack = [("", root)]
    while stack:
        key, node = stack.pop()
        if isinstance(node.value, dict):
            prefix = f"{key}." if key else ""
            stack += [(f"{prefix}{name}", child) for name, child in node.value.items()]
        elif not isinstance(node.value, str) or not node.value.strip():
            hint = "write the text in quotes, or delete the key"
            is_empty = node.value is None or isinstance(node.value, str)
            message = "is empty" if is_empty else f"must be text, not {yaml_kind(node.value)}"
            problems.append(Problem(node.key, f"{key} {message}", hint))
        elif (wrong := _wrong_braces(node.value)) is not None:
            problems.append(Problem(node.at, f"{key}: {wrong[0]}", wrong[1]))
        else:
            texts[key] = node
    return texts, problems


def _placeholders(text: str) -> set[str]:
    """The names in braces; raises ValueError where the braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _wrong_braces(text: str) -> tuple[str, str] | None:
    """What is wrong with the braces of a text, and what to do; None if nothing is.

    Between them stands a name alone: what may follow one in Python (`{n:d}`, `{n!r}`, `{n.real}`)
    is a program's business, and would fail only when the text is filled in.
    """
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return "a brace stands alone", "write {{ for a brace"
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion or not name.isidentifier()):
            written = (
                f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
            )
            hint = "between braces stands a name, such as {practices}; write {{ for a brace"
            return f"{written} is no placeholder", hint
    return None


def _forms(terms: Terms, texts: dict[str, str]) -> dict[str, str]:
    """Return what `Level`, `Levels`, `level`, `levels`, `a_level` and so on stand for."""
    forms = {}
    for name in Terms.model_fields:
        term = getattr(terms, name)
        if name not in terms.model_fields_set:
            term = Term(**{n: Text(texts[f"default_terms.{name}.{n}"]) for n in Term.model_fields})
        for key, text in ((name, term.singular), (f"{name}s", term.plural)):
            forms[key] = text[:1].lower() + text[1:] if texts[_CASE] == _SMALL else str(text)
            forms[key.capitalize()] = str(text)
        # English alone has this article, and an author of other terms must not get "a area".
        article = "an" if term.singular[:1].lower() in "aeio" else "a"
        forms[f"a_{name}"] = f"{article} {forms[name]}"
        forms[f"A_{name}"] = f"{article.capitalize()} {forms[name]}"
    return forms
