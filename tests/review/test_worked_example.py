"""The worked example: what the first thing that anybody sees must be, and what the release check says of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from review.case_file.checking import checked
from review.case_file.export import export_case
from review.case_file.reading import read_file
from review.case_file.writing import import_case
from review.checks.findings import Finding, FindingKind
from review.checks.material import material_for
from review.checks.run import check_release
from review.demo.things import THINGS, WORKED_EXAMPLE, things_to_try
from review.loaders.earlier import facts_in
from review.loaders.home import CaseRow
from review.making import make_edition
from review.snapshot import read_case
from tests.site_client import SiteClient
from tests.world import grant_all, people

pytestmark = pytest.mark.django_db
EXAMPLE = Path(settings.BASE_DIR) / "examples" / "worked-example" / "case.json"
WRITTEN = date(2026, 11, 21)  # later, decisions fall due
AUDIENCES = ("full", "all_staff", "external_reviewer", "public")
# Raised once for every audience: what is weak in the argument, all of it put there to be found.
PLANTED = {
    FindingKind.UNDECIDED: 2,
    FindingKind.UNNAMED: 2,
    FindingKind.NOT_READY: 1,
    FindingKind.SHAKY: 4,
    FindingKind.WEAK_EVIDENCE: 1,
    FindingKind.UNOWNED: 2,
    FindingKind.MENTIONED_ONLY: 2,  # two arguments name a claim to say that it does not help them
    FindingKind.LINKED_ONLY: 2,
}


def findings() -> list[Finding]:
    """What the check says of a release to all four audiences, its redaction statements apart."""
    case_id = import_case(case_file=checked(read_file(EXAMPLE)))
    snapshot = read_case(case_id)
    made = [make_edition(snapshot, snapshot.audience(key), "") for key in AUDIENCES]
    found = check_release(material_for(snapshot, made, facts=facts_in(case_id, WRITTEN))).findings
    statements = (FindingKind.NO_STATEMENT, FindingKind.MISSING_FILE)  # statements and figures are given by a release
    return [finding for finding in found if finding.kind not in statements]


def test_example_comes_back_as_the_same_bytes() -> None:
    case_id = import_case(case_file=checked(read_file(EXAMPLE)))
    assert export_case(case_id=case_id) == EXAMPLE.read_bytes()


def test_check_finds_the_seeded_slip_and_raises_no_false_alarm() -> None:
    leaks = [finding for finding in findings() if not finding.kind.is_argument]
    assert [(one.kind, one.audience, one.redaction_ref, one.ref) for one in leaks] == [
        (FindingKind.QUOTE, "public", "R-S7J4", "E-WZ8R")
    ]


def test_check_finds_what_was_planted_in_the_argument() -> None:
    kinds = Counter(finding.kind for finding in findings() if finding.kind.is_argument)
    assert kinds == PLANTED


def test_example_is_as_large_as_the_published_reports_are() -> None:
    case: dict[str, Any] = json.loads(EXAMPLE.read_bytes())
    assert len(case["pathways"]) == 9
    assert len(case["claims"]) >= 40
    assert len(case["evidence"]) >= 30
    hiding = [one for one in case["redactions"] if one["state"] != "lifted"]
    assert len(hiding) >= 12
    assert len({one["ground"] for one in hiding}) >= 5
    covers = {one["target"]["kind"] if one["target"] else "span" for one in hiding}
    assert covers == {"span", "attribute", "link", "object"}
    types = set(node_types(case))
    assert {"figure", "table", "footnote", "transcript", "elision"} <= types
    assert any(not one["relied_on"] for one in case["evidence"])


def node_types(value: Any) -> list[str]:
    """The types of all nodes of all texts."""
    if isinstance(value, dict):
        own = [value["type"]] if isinstance(value.get("type"), str) else []
        return own + [name for child in value.values() for name in node_types(child)]
    if isinstance(value, list):
        return [name for child in value for name in node_types(child)]
    return []


def test_things_to_try_lead_somewhere() -> None:
    case_id = import_case(case_file=checked(read_file(EXAMPLE)))
    users = people()
    grant_all(case_id, users)
    client = SiteClient("workshop", users["Ada"])
    rows = [CaseRow(case_id, WORKED_EXAMPLE, "", may_read=True)]
    offered = things_to_try(rows)
    assert [thing.title for thing, _ in offered] == [thing.title for thing in THINGS]
    for thing, address in offered:
        assert client.get(address).status_code == 200, thing.title
    assert things_to_try([CaseRow(case_id, WORKED_EXAMPLE, "", may_read=False)]) == []
