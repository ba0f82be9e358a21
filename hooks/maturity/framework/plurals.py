"""Which form of a text a number takes in a language, by the rules of Unicode's CLDR.

https://cldr.unicode.org/index/cldr-spec/plural-rules. Two other places choose forms: pages, by
`Intl.PluralRules` (`assets/common/speaker.js`), and the workbook, by formulas that look forms up in
a table from here (`Phrases.say_counted` in `outputs/workbook/phrases.py`). `tests/plurals.yaml`
holds Python and pages to the same.
"""

from __future__ import annotations

import functools

from babel.core import Locale, UnknownLocaleError
from babel.plural import PluralRule

#: What forms are called, in whatever language.
FORMS = ("zero", "one", "two", "few", "many", "other")
#: Whose rules hold where CLDR knows none.
ENGLISH = "en"


def plural_form(language: str, number: int) -> str:
    """Return the form that a number takes in a language such as `pl` or `pt-BR`: one of FORMS.

    A language that CLDR does not know follows the rules of English.
    """
    return str(_rule(language)(number))


def plural_forms(language: str) -> tuple[str, ...]:
    """Return the forms that a language tells apart, in the order of FORMS, `other` as the last."""
    known = _rule(language).tags
    return tuple(form for form in FORMS if form in {*known, "other"})


def is_language(tag: str) -> bool:
    """Tell whether a tag such as `pt-BR` names a language that CLDR has a name for."""
    return tag.split("-")[0] in Locale.parse(ENGLISH).languages


def _rule(language: str) -> PluralRule:
    return locale(language).plural_form


@functools.cache
def locale(language: str) -> Locale:
    """Return what CLDR knows of a language: of the country, the language, or else of English."""
    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except UnknownLocaleError:
            continue
    return Locale.parse(ENGLISH)
