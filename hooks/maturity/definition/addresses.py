"""The type for web addresses, and the rule for what is one."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

#: What stands between the scheme and the path.
_HOST = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?//([^/?#]*)")


def is_address(url: str) -> bool:
    """Tell whether every program can take an address apart; relative ones always can be.

    Brackets, and letters that others take for one of the marks around a host, keep some from it:
    https://www.unicode.org/reports/tr46/ and https://bugs.python.org/issue36216.
    """
    host = _HOST.match(url)
    if host is None:
        return True
    name = re.sub("[@:]", "", host[1])
    return not set("[]/?#@:") & {*name, *unicodedata.normalize("NFKC", name)}


def _checked(url: str) -> str:
    if not is_address(url):
        raise PydanticCustomError("string_pattern_mismatch", "this is no web address")
    return url


#: A web address, written out.
Url = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^https?://[^\s<>\"\x00-\x1f\x7f-\x9f]+$", max_length=2000
    ),
    AfterValidator(_checked),
]
