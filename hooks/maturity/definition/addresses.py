"""The type for web addresses, and the rule for the host in one."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

#: What stands between the scheme and the path.
_HOST = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?//([^/?#]*)")


def has_sound_host(url: str) -> bool:
    """Return False if the host of an address has a character that programs refuse.

    These are brackets, and letters that NFKC turns into one of the marks around a host, /?#@: and
    brackets: https://www.unicode.org/reports/tr46/ and https://bugs.python.org/issue36216. True
    for an address without a host, such as a relative one.
    """
    host = _HOST.match(url)
    if host is None:
        return True
    name = re.sub("[@:]", "", host[1])
    return not set("[]/?#@:") & {*name, *unicodedata.normalize("NFKC", name)}


def _checked(url: str) -> str:
    if not has_sound_host(url):
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
