"""What is weak in the argument: each weakness is found where it was put, and not where it was not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.redaction import Cover, RedactionState
from cases.redaction.facts import Owner, OwnerName
from prose.marked import MarkedText
from review.checks.advice import ADVICE
from review.checks.argument import Standing, find_weak
from review.checks.catalogue import Catalogue
from review.checks.findings import ARGUMENT_KINDS, Finding, FindingKind
from review.checks.material import CaseFacts, OpenDoubt
from review.checks.run import check_release, run_checks
from review.snapshot import CaseSnapshot
from review.states import Purpose
from tests.review.material import FULL, PUBLIC, REVIEWER, SnapshotBuilder, material_of, redaction

DAY = date(2026, 6, 1)
ANN = Owner(OwnerName("Ann"), named_outside=True)
BOB = Owner(OwnerName("Bob"), named_outside=False)


def sound(*redactions: Any, words: str = "Weights are kept.") -> SnapshotBuilder:
    """An argument without a weakness: two rated pathways on one owned claim with owned, fresh evidence."""
    built = SnapshotBuilder(*redactions).section("S-AAAA", "Scope", "What it is about.")
    for ref, link in (("P-AAAA", "L-AAAA"), ("P-BBBB", "L-BBBB")):
        built.pathway(ref, "A pathway", "It rests on C-AAAA.").support(link, ref, "C-AAAA")
        built.pathways[-1] = replace(built.pathways[-1], rating="low", reason=built.body("Seen twice."))
    built.claim("C-AAAA", words, owner=ANN).evidence("E-AAAA", "A drill", valid_until=date(2026, 12, 31))
    built.evidence_items[-1] = replace(built.evidence_items[-1], owner=ANN)
    return built.bearing("B-AAAA", "E-AAAA", "C-AAAA").assurance("A-AAAA", "I stand for it.", ANN)


def weak(snapshot: CaseSnapshot, *audiences: Any, **facts: Any) -> list[Finding]:
    left_out = facts.pop("left_out", frozenset())
    known = CaseFacts(day=DAY, **facts)
    return list(find_weak(Standing(snapshot, Catalogue(snapshot), audiences or (PUBLIC,), left_out, known)))


def kinds(findings: list[Finding]) -> list[FindingKind]:
    return [finding.kind for finding in findings]


def changed(built: SnapshotBuilder, name: str, **values: Any) -> CaseSnapshot:
    """The last object of that list with other values."""
    rows = getattr(built, name)
    rows[-1] = replace(rows[-1], **values)
    return built.snapshot()


def citing(ref: str) -> MarkedText:
    """A body that cites that."""
    return SnapshotBuilder().body([{"type": "paragraph", "content": [{"type": "citation", "attrs": {"ref": ref}}]}])


def test_context_need_not_be_spoken_of():
    assert weak(changed(sound().claim("C-BBBB", "Else.", owner=ANN), "claims", state="draft")) == []
    built = sound().claim("C-BBBB", "Else.", owner=ANN).support("L-CCCC", "P-AAAA", "C-BBBB", role="context")
    assert weak(changed(built, "claims", state="draft")) == []


def test_sound_argument_has_no_finding():
    assert weak(sound().snapshot(), FULL, REVIEWER, PUBLIC) == []


CASES: list[tuple[FindingKind, Callable[[], CaseSnapshot], str]] = [
    (
        FindingKind.MENTIONED_ONLY,
        lambda: changed(sound().claim("C-BBBB", "Seen.", owner=ANN), "claims", state="draft", basis=citing("E-AAAA")),
        "C-BBBB cites E-AAAA and is not linked to it.",
    ),
    (
        FindingKind.LINKED_ONLY,
        lambda: changed(sound(), "pathways", argument=SnapshotBuilder().body("Words.")),
        "P-BBBB rests on C-AAAA, and its argument never cites it.",
    ),
    (FindingKind.NOT_RATED, lambda: changed(sound(), "pathways", rating=None), "P-BBBB has no rating."),
    (
        FindingKind.NOT_RATED,
        lambda: changed(sound(), "pathways", reason=SnapshotBuilder().body("")),
        "P-BBBB has no reason for its rating.",
    ),
    (FindingKind.BARE, lambda: sound().claim("C-BBBB", "Bare.", owner=ANN).snapshot(), "C-BBBB is called supported"),
    (
        FindingKind.SHAKY,
        lambda: changed(sound(), "claims", state="in_doubt"),
        "C-AAAA is in doubt and bears load under P-AAAA and P-BBBB.",
    ),
    (FindingKind.SHAKY, lambda: changed(sound(), "claims", state="draft"), "C-AAAA is a draft and bears load"),
    (
        FindingKind.WEAK_EVIDENCE,
        lambda: changed(sound(), "evidence_items", valid_until=date(2026, 1, 30)),
        "E-AAAA was valid until 30 January 2026, before the evidence cut-off.",
    ),
    (
        FindingKind.WEAK_EVIDENCE,
        lambda: changed(sound(), "evidence_items", relied_on=False),
        "C-AAAA has no other evidence than E-AAAA, which is not relied on.",
    ),
    (FindingKind.UNOWNED, lambda: changed(sound(), "claims", owner=None), "Nobody owns C-AAAA"),
    (FindingKind.UNOWNED, lambda: changed(sound(), "evidence_items", owner=None), "Nobody owns E-AAAA"),
    (FindingKind.UNNAMED, lambda: changed(sound(), "assurances", owner=BOB), "A-AAAA is withheld from Public"),
]


@pytest.mark.parametrize(("kind", "snapshot", "says"), CASES)
def test_weakness_is_found_with_its_place_and_what_to_do(kind, snapshot, says):
    (found,) = weak(snapshot())
    assert (found.kind, found.sentence.startswith(says)) == (kind, True), found.sentence
    assert found.page
    assert found.ref
    assert found.place
    assert ADVICE[kind]


def test_pathway_that_rests_on_nothing_is_found():
    built = sound().pathway("P-CCCC", "Another", "Words.")
    found = weak(changed(built, "pathways", rating="low", reason=built.body("So.")))
    assert [(one.kind, one.ref) for one in found] == [(FindingKind.BARE, "P-CCCC")]


def test_claim_in_doubt_that_only_supports_is_no_finding():
    built = sound().claim("C-BBBB", "Maybe.", owner=ANN).support("L-CCCC", "P-AAAA", "C-BBBB", role="supporting")
    assert kinds(weak(changed(built, "claims", state="in_doubt"))) == [FindingKind.LINKED_ONLY]


def test_load_is_carried_down_a_chain_of_claims():
    built = sound().claim("C-BBBB", "Below.", owner=ANN).support("L-CCCC", "C-AAAA", "C-BBBB")
    (found,) = weak(changed(built, "claims", state="unsupported"))
    assert found.sentence == "C-BBBB is unsupported and bears load under P-AAAA and P-BBBB."


def test_evidence_that_is_not_relied_on_is_no_weakness_where_there_is_better():
    built = sound().evidence("E-BBBB", "An old one").bearing("B-BBBB", "E-BBBB", "C-AAAA")
    assert weak(changed(built, "evidence_items", relied_on=False, owner=ANN)) == []


def test_evidence_against_a_claim_bears_no_load():
    built = sound().evidence("E-BBBB", "Against it", valid_until=date(2025, 1, 1)).bearing("B-BBBB", "E-BBBB", "C-AAAA")
    built.evidence_items[-1] = replace(built.evidence_items[-1], owner=ANN)
    assert weak(changed(built, "bearings", direction="against")) == []


def test_fact_without_owner_under_one_pathway_is_no_finding():
    built = sound()
    built.supports = built.supports[:1]
    found = weak(changed(built, "claims", owner=None))
    assert kinds(found) == [FindingKind.BARE, FindingKind.MENTIONED_ONLY]  # of the pathway that lost its support


def test_part_that_is_not_ready_is_found_unless_it_is_left_out():
    snapshot, unready = sound().snapshot(), frozenset({"S-AAAA", "P-BBBB"})
    found = weak(snapshot, unready=unready)
    assert [(one.kind, one.ref) for one in found] == [
        (FindingKind.NOT_READY, "S-AAAA"),
        (FindingKind.NOT_READY, "P-BBBB"),
    ]
    assert weak(snapshot, unready=unready, left_out=unready) == []


def test_left_out_pathway_has_no_other_weakness_and_bears_no_load():
    built = sound()
    built.pathways[-1] = replace(built.pathways[-1], rating=None)
    assert kinds(weak(built.snapshot())) == [FindingKind.NOT_RATED]
    out = frozenset({"P-BBBB"})
    assert weak(changed(built, "claims", owner=None), left_out=out) == []  # one pathway is left under it


@pytest.mark.parametrize("state", list(RedactionState))
def test_undecided_redaction_that_hides_something_from_the_release_is_found(state):
    hides = redaction("R-AAAA", state=state)
    snapshot = sound(hides, words="Weights are kept by [[R-AAAA three people]].").snapshot()
    found = weak(snapshot, PUBLIC)
    undecided = state in (RedactionState.PROPOSED, RedactionState.CONTESTED)
    assert kinds(found) == [FindingKind.UNDECIDED] * undecided
    assert weak(snapshot, REVIEWER) == []  # cleared for its ground: nothing is hidden from it
    if undecided:
        assert found[0].sentence == f"R-AAAA is {state} and hides the statement of C-AAAA from Public."
        assert (found[0].redaction_ref, found[0].page) == ("R-AAAA", "claims/C-AAAA")


def test_undecided_redaction_that_covers_nothing_any_more_is_no_finding():
    assert weak(sound(redaction("R-AAAA", state=RedactionState.PROPOSED)).snapshot()) == []


@pytest.mark.parametrize(("day", "is_found"), [(date(2026, 5, 31), True), (DAY, False)])
def test_decision_to_be_looked_at_again_by_now_is_found(day, is_found):
    snapshot = sound(redaction("R-AAAA"), words="Kept by [[R-AAAA three people]].").snapshot()
    found = weak(snapshot, decide_again={"R-AAAA": day})
    assert kinds(found) == [FindingKind.DECIDE_AGAIN] * is_found
    if is_found:
        assert "was to be decided again by 31 May 2026" in found[0].sentence


def test_hidden_load_is_found_unless_an_audience_outside_reads_it():
    words = "Kept by [[R-AAAA three people]]."
    bears = redaction("R-AAAA", bears_load=True, ground="legal_duty")
    snapshot = sound(bears, words=words).snapshot()
    (found,) = weak(snapshot)
    assert found.sentence == "What R-AAAA hides in the statement of C-AAAA bears load, and nobody outside has seen it."
    assert weak(snapshot, FULL) == []  # no edition of this release goes outside
    assert weak(sound(redaction("R-AAAA", bears_load=True), words=words).snapshot()) == []  # the reviewer is cleared
    assert weak(sound(redaction("R-AAAA", ground="legal_duty"), words=words).snapshot()) == []


def test_hidden_attribute_is_named_as_what_it_is():
    hides = redaction(
        "R-AAAA", state=RedactionState.CONTESTED, cover=Cover.ATTRIBUTE, target="C-AAAA", attribute="grade"
    )
    (found,) = weak(sound(hides).snapshot())
    assert found.sentence == "R-AAAA is contested and hides the grade of C-AAAA from Public."


def test_weak_argument_holds_publication_and_no_draft():
    facts = CaseFacts(day=DAY)
    (found,) = run_checks(material_of(changed(sound(), "claims", owner=None), facts=facts))
    assert [found.holds(purpose) for purpose in Purpose] == [False, True]
    assert not found.stops


def test_weakness_is_settled_with_a_reason_until_it_changes():
    def checked(state: str, decisions: dict[str, str]) -> list[Finding]:
        material = material_of(changed(sound(), "claims", state=state), facts=CaseFacts(day=DAY), decisions=decisions)
        return list(run_checks(material))

    (found,) = checked("in_doubt", {})
    reason = {found.fingerprint: "argued openly weakly"}
    assert [one.decided for one in checked("in_doubt", reason)] == ["argued openly weakly"]
    assert [one.holds(Purpose.PUBLICATION) for one in checked("in_doubt", reason)] == [False]
    assert [one.decided for one in checked("unsupported", reason)] == [""]


def test_what_is_fine_is_told_with_counts_and_not_what_was_found():
    facts = CaseFacts(day=DAY)
    checked = check_release(material_of(sound().snapshot(), facts=facts))
    said = {one.sentence: one.looked_at for one in checked.fine}
    assert said["Every pathway has a rating and a reason"] == "2 pathways"
    assert said["Every load-bearing claim is supported"] == "1 claim"
    assert any("citation" in looked_at for looked_at in said.values())
    weaker = check_release(material_of(changed(sound(), "claims", state="draft"), facts=facts))
    assert "Every load-bearing claim is supported" not in {one.sentence for one in weaker.fine}
    assert len(weaker.fine) == len(checked.fine) - 1


def test_argument_is_looked_at_only_where_its_facts_are_known():
    snapshot = changed(sound(), "claims", owner=None)
    assert run_checks(material_of(snapshot)) == ()


def test_every_kind_has_advice_and_every_weakness_a_seeded_case():
    assert set(ADVICE) == set(FindingKind)
    seeded = {kind for kind, _, _ in CASES} | {
        FindingKind.UNDECIDED,
        FindingKind.DECIDE_AGAIN,
        FindingKind.UNSEEN_LOAD,
        FindingKind.NOT_READY,
        FindingKind.DOUBTED,
    }
    assert seeded == ARGUMENT_KINDS


def test_open_doubts_are_told_once_for_each_object_and_hold_nothing():
    snapshot = sound().snapshot()
    statement, argument = snapshot.claims[0].statement.key, snapshot.pathways[0].argument.key
    doubts = (
        OpenDoubt("1", sustained=False, ref="C-AAAA"),
        OpenDoubt("2", sustained=True, text_key=statement),
        OpenDoubt("3", sustained=True, text_key=argument),
        OpenDoubt("4", sustained=False, ref="C-ZZZZ"),  # retired since
    )
    found = weak(snapshot, doubts=doubts)
    assert [(one.kind, one.sentence, one.page) for one in found] == [
        (FindingKind.DOUBTED, "2 doubts about C-AAAA are open, 1 of them sustained.", "claims/C-AAAA"),
        (FindingKind.DOUBTED, "A doubt about P-AAAA is sustained.", "pathways/P-AAAA"),
    ]
    assert not any(one.holds(purpose) for one in found for purpose in Purpose)
    assert kinds(weak(snapshot, doubts=doubts, left_out=frozenset({"P-AAAA"}))).count(FindingKind.DOUBTED) == 1
    more = (*doubts[:2], OpenDoubt("5", sustained=False, ref="C-AAAA"))
    assert weak(snapshot, doubts=more)[0].fingerprint != found[0].fingerprint
