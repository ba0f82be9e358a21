"""The card of a result, for a wiki or a pull request: SVG or HTML; `card.js` draws the same.

It names the unit, never a person, and holds no note and no link. The tests hold both to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..framework.scoring import Reading
from .account import Account

#: Characters that no XML may hold, that nobody sees, or that turn a text around.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANK = re.compile("[\t\n\r ]+")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
#: Where hosts of code see names, issues, labels, emoji and addresses; a comment keeps them apart.
_REFERENCE = re.compile(r"[@#:!$%~]|&amp;|\bG[HL](?=-\d)|\bwww(?=\.)", re.IGNORECASE | re.ASCII)
#: How wide letters are, in fifths of most: the broadest, capitals, and what is as wide in East Asia
#: as an emoji.
_WIDER = (
    (re.compile("[MWmw@%]"), 8),
    (re.compile("[A-Z\xc0-\xde\u0391-\u03a9\u0400-\u042f]"), 6),
    (re.compile("[^\0-\u10ff]"), 10),
)

#: In pixels: the width, its edge, where the bars begin, how wide they are, the height of a row.
_WIDTH, _EDGE, _BARS, _SPAN, _ROW = 720, 28, 250, 240, 32
_INK, _QUIET, _LINE, _STRONG, _FAINT = "#1b1830", "#57526b", "#c9c4d4", "#3b2e83", "#e4e0f5"
#: How many narrow characters fit.
_LONGEST = {"unit": 36, "verdict": 74, "dimension": 28, "row": 30, "foot": 100}


@dataclass(frozen=True)
class Facts:
    """What a card says beside the result.

    `unit` is as somebody entered it; `date` is the day of the assessment, empty without one; `on`
    the day on which evidence counts.
    """

    unit: str
    date: str
    on: str


def card_svg(account: Account, facts: Facts) -> str:
    """Return the card as an SVG file, dark on white whatever it is pasted into."""
    names, foot = [*account.framework.dimensions], 136 + _ROW * len(account.framework.dimensions)
    height = foot + 24
    date, right = account.words.date(facts.date), _WIDTH - _EDGE
    key = _say(account, "card.key", total=len(account.levels))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="system-ui, sans-serif">',
        f"<title>{_written(_title(account, facts))}</title>",
        f"<desc>{_written(' '.join(_said(account, name) for name in names))}</desc>",
        f'<rect x="0.5" y="0.5" width="{_WIDTH - 1}" height="{height - 1}" rx="12" fill="#ffffff" '
        f'stroke="{_LINE}"/>',
        _text("unit", _EDGE, 44, facts.unit, f'font-size="22" font-weight="700" fill="{_INK}"'),
        _text("row", right, 44, date, f'font-size="14" text-anchor="end" fill="{_QUIET}"'),
        _text("verdict", _EDGE, 76, account.verdict, f'font-size="16" fill="{_INK}"'),
        _text("row", _BARS, 110, key, f'font-size="12" fill="{_QUIET}"'),
        *(line for index, name in enumerate(names) for line in _row(account, name, index)),
        _text("foot", _EDGE, foot, _foot(account, facts), f'font-size="12" fill="{_QUIET}"'),
        "</svg>",
    ]
    return "\n".join(lines)


def card_html(account: Account, facts: Facts) -> str:
    """Return the card as a table of HTML without any style, which takes the colors around it."""

    def row(*cells: str) -> str:
        first, *others = map(_written, cells)
        rest = "".join(f"<td>{cell}</td>" for cell in others)
        return f'<tr><th scope="row">{first}</th>{rest}</tr>'

    claimed, shown = account.claimed, account.shown
    date = f", {account.words.date(facts.date)}" if facts.date else ""
    unit = _REFERENCE.sub(r"\g<0><!-- -->", _written(facts.unit))
    heads = (_say(account, "card.dimension"), account.say("claimed"), account.say("shown"))
    head = "".join(f'<th scope="col">{_written(one)}</th>' for one in heads)
    lines = [
        "<table>",
        f"<caption><strong>{unit}</strong>{_escaped(date)}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        row(_say(account, "card.overall"), account.level(claimed.at), account.level(shown.at)),
        *(
            row(account.dimension(name), *(account.progress(one, name) for one in (claimed, shown)))
            for name in account.framework.dimensions
        ),
        "</tbody>",
        f'<tfoot><tr><td colspan="3">{_written(_foot(account, facts))}</td></tr></tfoot>',
        "</table>",
    ]
    return "\n".join(lines)


def _row(account: Account, name: str, index: int) -> Iterator[str]:
    """Yield a dimension: what it is called, a piece for each level, and how many are complete."""
    y, total = 136 + _ROW * index, len(account.levels)
    claimed, shown = (one.completed[name] for one in (account.claimed, account.shown))
    yield _text("dimension", _EDGE, y, account.dimension(name), f'font-size="14" fill="{_INK}"')
    step = _SPAN // total
    for number in range(total):
        fill = _STRONG if number < shown else _FAINT if number < claimed else "#ffffff"
        stroke = _STRONG if number < max(claimed, shown) else _LINE
        yield (
            f'<rect x="{_BARS + step * number}" y="{y - 12}" width="{step - 4}" height="14" rx="3" '
            f'fill="{fill}" stroke="{stroke}"/>'
        )
    said = _say(account, "card.row", shown=shown, claimed=claimed)
    style = f'font-size="14" text-anchor="end" fill="{_INK}"'
    yield _text("row", _WIDTH - _EDGE, y, said, style)


def _said(account: Account, name: str) -> str:
    """Return how far a dimension has come, for whoever does not see it."""

    def progress(reading: Reading) -> str:
        return account.progress(reading, name)

    return account.say(
        "stairs_row",
        dimension_title=account.dimension(name),
        claimed=progress(account.claimed),
        shown=progress(account.shown),
    )


def _title(account: Account, facts: Facts) -> str:
    parts = (facts.unit, account.words.date(facts.date), account.verdict)
    return " · ".join(filter(None, parts))


def _foot(account: Account, facts: Facts) -> str:
    about = account.framework.framework
    version = _say(account, "framework_version", title=about.title, version=about.version)
    if not facts.on:
        return version
    return f"{version} · {_say(account, 'card.as_of', date=account.words.date(facts.on))}"


def _say(account: Account, key: str, **values: object) -> str:
    return str(account.words(f"review.say.{key}", **values))


def _text(kind: str, x: int, y: int, text: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{_escaped(_cut(_clean(text), _LONGEST[kind]))}</text>'


def _cut(text: str, longest: int) -> str:
    """Return as much of a text as fits."""
    room = 5 * longest
    for index, char in enumerate(text):
        room -= next((fifths for wide, fifths in _WIDER if wide.match(char)), 5)
        if room < 0:
            return f"{text[: max(0, index - 1)]}…"
    return text


def _written(text: str) -> str:
    return _escaped(_clean(text))


def _clean(text: str) -> str:
    return _BLANK.sub(" ", _FORBIDDEN.sub("", text)).strip(" ")


def _escaped(text: str) -> str:
    return re.sub('[&<>"]', lambda sign: _ENTITIES[sign[0]], text)
