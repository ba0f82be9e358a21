"""Texts that mean something to a spreadsheet, a tracker or a browser, written down and drawn."""

from __future__ import annotations

import random

HOSTILE = (
    "=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "  =1+1", "\t=1", "\r=1", "\u200b=1", "＝1+1",
    "'=1", "'quoted'", 'say "hi"', "a,b;c\td", "line one\nline two\r\n- three",
    "a | b", "`code` ``more``", "*bold* _em_ __strong__ ~~gone~~ snake_case",
    "<img src=x onerror=alert(1)>",
    "<!-- gone --> &lt;b&gt; &amp; &#64;", "[link](https://example.com) ![picture](x.png) [1]: x",
    "@someone and @some-one, a@example.com", "#1, org/repo#2, GH-3, !4, ~5, %6, &7, $8 and $9$",
    ":smile: :+1: :white_check_mark:", "https://example.com www.example.com ftp://x",
    "# heading", "- item", "+ item", "1. one", "2) two", "> quote", "===", "---", "/close",
    "\\ \\* \\\\",
    "{+added+} {-gone-} {color:red}x{color} [~accountid:1] !picture.png! ??who??", "😀 naïve ﷽",
)  # fmt: skip
#: Marks and a few letters, for texts that are drawn.
MARKS = [
    *"=+-@\t\r\n\"',;|\\`*_{}[]()<>#!~&$%:./ \u00a0\ufeff\u2028＝0123aBw",
    "😀",
    "www.",
    "://",
    "<!--",
    "&lt;",
]


def drawn(seed: int, count: int, longest: int = 12) -> list[str]:
    """Return texts of up to `longest` marks, the same ones for a seed."""
    luck = random.Random(seed)  # noqa: S311
    return ["".join(luck.choices(MARKS, k=luck.randint(1, longest))) for _ in range(count)]
