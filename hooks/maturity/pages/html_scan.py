"""Finds tags in HTML, links and scripts above all, with their attributes, as browsers read them.

Follows the tokenizer of the HTML standard (html.spec.whatwg.org, 13.2.5) as far as it says where
a tag ends, what its attributes are and where a script ends. A parser of the whole page would take
ten times as long, on every page of every build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_SPACE = r"[\t\n\f\r ]"
#: One attribute. A quote means something only after the equals sign, and so does a `>` in it.
_ATTRIBUTE = (
    rf"[\t\n\f\r /]*+(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"""(?:{_SPACE}*+={_SPACE}*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    rf"""|(?P<bare>(?!["'])[^\t\n\f\r >]*+)))?+"""
)
_ANY_ATTRIBUTE = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
#: The rest of a link as nearly all are written, which leads to a page of ours: in the address of
#: another site is `//`, a backslash or an entity. Each link that is looked at takes its time.
_INWARD = rf"""(?:{_SPACE}++[\w-]++="(?:[^"</\\&]++|/(?!/))*+")*+{_SPACE}*+>"""
#: The start tag of a link or script, or what is skipped whole because no tag in it is one.
_PIECE = re.compile(
    rf"<(?=[asxtin!])(?:(?P<tag>a(?!{_INWARD})|script)(?=[\t\n\f\r />])"
    rf"(?P<attributes>(?:{_ANY_ATTRIBUTE})*+)[\t\n\f\r /]*+>"
    r"|(?P<raw>style|textarea|title|xmp|iframe|noembed|noframes)(?=[\t\n\f\r />])"
    r".*?</(?P=raw)(?=[\t\n\f\r />])"
    r"|!--(?:-?>|.*?--!?>))",
    re.DOTALL | re.IGNORECASE,
)
#: Any start tag, also one that what follows may yet end, or a comment, which is skipped.
_START = re.compile(
    rf"<(?:(?P<tag>[a-z][^\t\n\f\r />]*+)(?P<attributes>(?:{_ANY_ATTRIBUTE})*+)"
    r"|!--(?:-?>|.*?--!?>))",
    re.DOTALL | re.IGNORECASE,
)
#: Types of scripts that run, or tell the browser of others: modules, and all that the HTML standard
#: takes for JavaScript. Of any other type, such as JSON, they are data.
_RUNS = {"module", "importmap", "speculationrules"} | {
    f"{kind}/{name}"
    for kind, names in {
        "application": ("ecmascript", "javascript", "x-ecmascript", "x-javascript"),
        "text": (
            *("ecmascript", "javascript", "jscript", "livescript", "x-ecmascript", "x-javascript"),
            *(f"javascript1.{number}" for number in range(6)),
        ),
    }.items()
    for name in names
}
#: What decides where a script ends: one that writes of scripts in a comment goes on after it.
_SCRIPT_MARK = re.compile(
    r"(?P<open><!--)|(?P<close>-->)|<(?P<end>/?)script(?=[\t\n\f\r />])", re.IGNORECASE
)
#: Where any other ends.
_SCRIPT_END = re.compile(r"</script(?=[\t\n\f\r />])", re.IGNORECASE)
_ATTRIBUTES = re.compile(_ATTRIBUTE)


@dataclass(frozen=True)
class Attribute:
    """An attribute: its value with entities decoded, and where it stands in the page.

    `start` is before the white space that comes before its name.
    """

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Tag:
    """A start tag: where it stands, and its attributes by name.

    Names of tags and attributes are in lower case. `text` is what stands in a script, where that
    was asked for.
    """

    name: str
    start: int
    end: int
    attributes: dict[str, Attribute]
    text: str = ""

    @property
    def holds_code(self) -> bool:
        """Whether a browser runs what such a script holds or loads, or takes orders from it."""
        if (kind := self.attributes.get("type")) is None:
            language = self.attributes.get("language")
            return not (language and language.value) or f"text/{language.value.lower()}" in _RUNS
        return not kind.value or kind.value.strip("\t\n\f\r ").lower() in _RUNS


def start_tags(html: str) -> Iterator[Tag]:
    """Yield every start tag that is in no comment, in the order of the page.

    What looks like one in a script, a title or a text field is among them, and so is one without
    an end.
    """
    for match in _START.finditer(html):
        if match["tag"] is not None:
            attributes = _attributes(html, *match.span("attributes"))
            yield Tag(match["tag"].lower(), match.start(), match.end(), attributes)


def outward_links_and_scripts(html: str) -> Iterator[Tag]:
    """Yield every `script`, and every `a` that may lead to another site, in the order of the page.

    What looks like a tag in a comment, a script, a title or a text field is none. A tag or script
    that nothing ends is left out, as it is by browsers.
    """
    place = 0
    while match := _PIECE.search(html, place):
        place = match.end()
        name = (match["tag"] or "").lower()
        span = match.span("attributes")
        if name == "a":
            yield Tag(name, match.start(), match.end(), _attributes(html, *span))
        elif name == "script" and (end := _script_end(html, place)) is not None:
            yield Tag(name, match.start(), match.end(), _attributes(html, *span), html[place:end])
            place = end


def _attributes(html: str, start: int, end: int) -> dict[str, Attribute]:
    """Return the attributes between two places; of two with one name the first counts."""
    attributes: dict[str, Attribute] = {}
    for match in _ATTRIBUTES.finditer(html, start, end):
        value = match["double"] or match["single"] or match["bare"] or ""
        attribute = Attribute(unescape(value), match.start(), match.end())
        attributes.setdefault(match["name"].lower(), attribute)
    return attributes


def _script_end(html: str, start: int) -> int | None:
    """Return where the text of a script ends that begins at `start`; None if it never does."""
    end = _SCRIPT_END.search(html, start)
    if end is None or html.find("<!--", start, end.start()) < 0:
        return end and end.start()
    in_comment = in_script = False
    place = start
    while match := _SCRIPT_MARK.search(html, place):
        place = match.end()
        if match["open"]:
            in_comment = True
            place -= 2  # `<!-->` is a comment that has ended
        elif match["close"]:
            in_comment = in_script = False
        elif not match["end"]:
            in_script = in_comment
        elif in_script:
            in_script = False
        else:
            return match.start()
    return None
