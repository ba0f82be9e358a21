"""Types for what people read: `Text` is plain text, `Prose` is Markdown; both have limits.

The limits keep out what nobody can see, what turns a page around, and what makes a build crawl.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

#: The longest text or prose: far above any sensible page, far below what makes a build crawl.
LONGEST = 20_000

#: Control characters, half and no characters, and what turns around the text that follows, which
#: may be ours: letters and marks of languages that run from right to left do without.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

#: What makes Markdown's work grow with its square, or nest until Python gives up; how many of it a
#: text may have, and what it is called.
_TANGLES = (
    (re.compile(r"\["), 500, "opening brackets ["),
    (re.compile(r"<"), 500, "signs <"),
    (re.compile(r"^ {0,3}:\s", re.MULTILINE), 100, "lines that begin with a colon"),
    (re.compile(r"^(?:[ \t]*(?:\d+\.|[-*+:>]))(?=(?:[ \t]*(?:\d+\.|[-*+:>])){20})", re.MULTILINE),
     0, "lines with more than 20 marks of lists in a row"),
)  # fmt: skip


class Text(str):
    """Plain text, one paragraph: white space is folded, every other character stands for itself."""

    __slots__ = ()
    description: ClassVar[str] = "Plain text: every character comes out as itself."
    media_type: ClassVar[str] = "text/plain"

    @classmethod
    def parse(cls, value: str) -> Text:
        """Return `value` with its white space folded.

        Raises PydanticCustomError for a text with nothing in it or with a control character.
        """
        _refuse_unreadable(value)
        return cls(" ".join(value.split()))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        length = core_schema.str_schema(strict=True, max_length=LONGEST)
        return core_schema.no_info_after_validator_function(cls.parse, length)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST,
            "contentMediaType": cls.media_type,
        }


class Prose(Text):
    """Markdown. `[words](practice:keep-recipes)` links to another entry of the definition."""

    __slots__ = ()
    description = "Markdown."
    media_type = "text/markdown"

    @classmethod
    def parse(cls, value: str) -> Prose:
        """Return `value` without blank space around it.

        Raises PydanticCustomError as `Text.parse` does, and for a text that is too tangled.
        """
        _refuse_unreadable(value)
        _refuse_tangles(value)
        return cls(value.strip())


def _refuse_unreadable(value: str) -> None:
    if not value.strip():
        raise PydanticCustomError("empty_text", "the text is empty")
    if match := _FORBIDDEN.search(value):
        raise PydanticCustomError(
            "control_character",
            "the text contains the control character {code}",
            {"code": f"U+{ord(match[0]):04X}"},
        )


def _refuse_tangles(value: str) -> None:
    for pattern, most, what in _TANGLES:
        if (count := len(pattern.findall(value))) > most:
            message = "{count} {what}"
            values = {"count": f"{count:,}", "what": what, "most": most}
            raise PydanticCustomError("tangled", message, values)
