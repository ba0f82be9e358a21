"""The kinds of pages that the tests and the audit look at: one page of each."""

from __future__ import annotations

#: A page of every kind, by its address. A test holds it to the built site.
KINDS = (
    "/", "/how-it-works/", "/levels/", "/levels/exploring/", "/dimensions/",
    "/dimensions/technical/", "/practices/", "/practices/data-audit/", "/roles/",
    "/roles/ml-engineer/", "/checklists/", "/checklists/building/", "/decisions/",
    "/decisions/organization-models/", "/worksheets/", "/worksheets/data-audit-sheet/",
    "/matrices/opportunity/", "/standards/", "/standards/nist-ai-rmf/", "/glossary/",
    "/references/", "/origins/", "/changes/", "/customize/", "/when-material-ends/", "/workshop/",
    "/facilitator/", "/data/", "/map/", "/tools/", "/score/", "/team/", "/compare/", "/report/",
    "/404.html",
)  # fmt: skip
#: Those that the audit measures: the ones that most people meet first.
MEASURED = (
    "/", "/levels/exploring/", "/practices/data-audit/", "/roles/ml-engineer/",
    "/checklists/building/", "/map/", "/matrices/opportunity/", "/score/",
)  # fmt: skip
