"""Evidence that ages, as formulas: the records of a row, their days, until when each counts.

The rules are those of `framework/evidence.py` and `framework/ageing.py`. A record is a listed
artifact that stands in a line of the cell of evidence, or whatever else stands there. The cell
beside it holds one day for all of them, or a line for each. Days are the numbers of the
spreadsheet, 0 for none. On which day a level falls is left to the page: for that every answer
would have to be scored on every day on which something ends.
"""

from __future__ import annotations

from .cells import LEFT_OUT, Value

#: What is known of a record beforehand; `lasts` is a number of days or months, 0 for ever.
RECORD_FACTS = ("record", "evidence", "practice", "title", "lasts")

#: What a practice's rows of records are computed from, and what they come to.
OF_PRACTICE = {
    "named": 'IF({place}=0,"",INDEX({answers.evidence},{place})&"")',
    # each line between two breaks of its own, so that a line that is taken out leaves its place
    "lines": 'IF({named}="","",'
    "CHAR(10)&SUBSTITUTE(LOWER({named}),CHAR(10),CHAR(10)&CHAR(10))&CHAR(10))",
    "days": 'IF({place}=0,"",IF(ISNUMBER(INDEX({answers.evidence_days},{place})),'
    'INDEX({answers.evidence_days},{place}),INDEX({answers.evidence_days},{place})&""))',
    "day_a_line": "IF(ISERROR(FIND(CHAR(10),{days})),0,1)",
    "ending": 'IF({place}=0,"",IF(ISNUMBER(INDEX({answers.until},{place})),'
    'INDEX({answers.until},{place}),TRIM(INDEX({answers.until},{place})&"")))',
    "proven": "IF(SUM({records.counts})>0,1,0)",
    # the last day of what ran out and nothing took the place of
    "lapsed": "IF({waiting}=0,0,SUMPRODUCT(MAX(({records.until}<as_of)*{records.until})))",
    "misread": 'SUMPRODUCT(({records.day}<>"")*({records.day}<>"?")*({records.own}=0))',
    "to_renew": "IF({lapsed}+{misread}>0,1,0)",
}


def day_number(cell: str) -> str:
    """Return the formula for the day in a cell, a date or such as 2026-11-24; 0 for none."""
    year, month, day = (
        f"VALUE(LEFT({cell},4))",
        f"VALUE(MID({cell},6,2))",
        f"VALUE(RIGHT({cell},2))",
    )
    # Spreadsheets begin with 1900, and some take earlier years for later ones.
    date = f"DATE(MAX(1900,{year}),{month},{day})"
    is_day = (
        f'(LEN({cell})=10)*(MID({cell},5,1)&MID({cell},8,1)="--")'
        f"*({month}>=1)*({month}<=12)*(DAY({date})={day})"
    )
    return f"IF(ISNUMBER({cell}),INT({cell}),IFERROR(IF({is_day},{date},0),0))"


def months_after(day: str, months: str) -> str:
    """Return the formula for the same day of a later month, or the last one of a shorter month."""
    same = f"DATE(YEAR({day}),MONTH({day})+{months},DAY({day}))"
    return f"MIN({same},DATE(YEAR({day}),MONTH({day})+{months}+1,0))"


def record_templates(unit: str, before: str, *, is_listed: bool) -> dict[str, str]:
    """Return the formulas of a record.

    `unit` is "day", "month", or empty where it lasts for ever; `before` is where the lines stand
    that earlier records of the practice left; `is_listed` tells an artifact from all else.
    """
    until = {
        "day": "IF({on}=0,0,{on}+{lasts})",
        "month": f"IF({{on}}=0,0,IFERROR({months_after('{on}', '{lasts}')},0))",
    }
    places = _LISTED if is_listed else _OTHER
    return {
        **{name: template.replace("BEFORE", before) for name, template in places.items()},
        "day": 'IF({line}=0,"",IF(ISNUMBER({of.days}),{of.days},TRIM(MID(SUBSTITUTE({of.days},'
        'CHAR(10),REPT(" ",99)),({line}-1)*99*{of.day_a_line}+1,99))))',
        "own": day_number("{day}"),
        "on": 'IF({line}=0,0,IF({own}>0,{own},IF({day}="?",0,dated)))',
        "until": until.get(unit, "0"),
        "counts": "IF({line}=0,0,IF({on}=0,1,"
        "IF(AND({on}<=as_of,OR({until}=0,as_of<={until})),1,0)))",
        "undated": "IF(AND({of.needing}=1,{line}>0,{on}=0),1,0)" if unit else "0",
        # the first day on which nothing counts any more, at the first of those that end together
        "ends": _ENDS if is_listed else _ENDS_OR_LEFT_OUT,
        "order": 'IF({ends}=0,"",{ends}+ROW()/100000)',
    }


def _line_of(place: str, lines: str) -> str:
    """The number of the line in which a place of `lines` is: two breaks for each line before it."""
    head = f"LEFT({lines},{place})"
    return f'IFERROR((LEN({head})-LEN(SUBSTITUTE({head},CHAR(10),""))+1)/2,0)'


_WHOLE_LINE = "CHAR(10)&LOWER({evidence})&CHAR(10)"
_LISTED = {
    "rest": f"SUBSTITUTE(BEFORE,{_WHOLE_LINE},CHAR(10)&CHAR(10))",
    "line": _line_of(f"FIND({_WHOLE_LINE},{{of.lines}})", "{of.lines}"),
}
_OTHER = {
    "rest": 'TRIM(SUBSTITUTE(BEFORE,CHAR(10)," "))',
    "line": f'IF({{rest}}="",0,{_line_of("FIND(LEFT({rest},1),BEFORE)", "BEFORE")})',
}
_STILL_COUNTS = (
    "SUMPRODUCT(({inside.line}>0)*((({inside.on}=0)+({inside.on}<={until}+1)"
    "*((({inside.until}=0)+({inside.until}>{until}))>0))>0))"
)
_NAMED_BEFORE = "SUMPRODUCT(({inside.until}={until})*(ROW({inside.until})<ROW({until})))"
_ENDS = (
    "IF(AND({of.needing}=1,{until}>=as_of,{until}<horizon),"
    f"IF({_STILL_COUNTS}+{_NAMED_BEFORE}=0,{{until}}+1,0),0)"
)
_ENDS_OR_LEFT_OUT = (
    f"IF({{of.state}}={LEFT_OUT},IF(AND({{of.last}}>=as_of,{{of.last}}<horizon),{{of.last}}+1,0),"
    f"{_ENDS})"
)

#: What the formulas of a record give while nothing is answered.
BLANK_RECORD: dict[str, Value] = {
    "rest": "", "line": 0, "day": "", "own": 0, "on": 0, "until": 0, "counts": 0,
    "undated": 0, "ends": 0, "order": "",
}  # fmt: skip

#: A line of the list of what runs out: its row among the records.
ENDING = {"place": "IFERROR(MATCH(SMALL({records.order},{ending}),{records.order},0),0)"}
#: How many lines it has.
ENDINGS = 12
