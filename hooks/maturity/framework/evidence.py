"""Records of evidence: which there are of a practice, and on which days each of them counts.

`content/assets/assessment/evidence.js` follows the same rules in the browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..definition.model import Framework, Practice
from .answer_file import NO_DAY, EvidenceRecord, StoredAnswer
from .days import is_day, last_day

#: What other evidence than a listed artifact is called among records; no id of an artifact.
OTHER = ""
_NOTHING_KNOWN = EvidenceRecord()


@dataclass(frozen=True)
class Record:
    """A piece of evidence and its days.

    `artifact` is the id of a listed one, or OTHER. `on` is the day on which it was last true, None
    where nobody knows; `lasts` its lifetime, None for ever; `until` the last day on which it
    counts, None where there is none. `link` and `seen_by` are texts that may be empty.
    """

    artifact: str
    on: str | None
    lasts: str | None
    until: str | None
    link: str = ""
    seen_by: str = ""

    def counts(self, day: str | None) -> bool:
        """Tell whether it counts on a day; for None, on any. One without a day always does."""
        if day is None or self.on is None:
            return True
        return self.on <= day and (self.until is None or day <= self.until)

    @property
    def is_undated(self) -> bool:
        """Whether it has a lifetime, and no day from which on."""
        return self.on is None and self.lasts is not None


def records(
    framework: Framework, practice: Practice, stored: StoredAnswer, dated: str = ""
) -> list[Record]:
    """Return the evidence that an answer names, in the order of the practice, other evidence last.

    `dated` is the date of the assessment, or empty. A day that the calendar does not have is none;
    NO_DAY in place of a day leaves that date aside.
    """
    everywhere = framework.scoring.evidence_lasts
    found = [
        _record(name, stored.records.get(name), artifact.lasts or everywhere, dated)
        for name, artifact in practice.evidence.items()
        if name in stored.evidence
    ]
    if stored.proof.strip():
        found.append(_record(OTHER, stored.proof_record, everywhere, dated))
    return found


def _record(artifact: str, known: EvidenceRecord | None, lasts: str | None, dated: str) -> Record:
    known = known or _NOTHING_KNOWN
    days = () if known.on == NO_DAY else (known.on, dated)
    on = next((day for day in days if is_day(day)), None)
    until = last_day(on, lasts) if on and lasts else None
    return Record(artifact, on, lasts, until, known.link, known.seen_by)
