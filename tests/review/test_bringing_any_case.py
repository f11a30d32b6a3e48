"""Any case that goes out as Markdown comes back as it was, into a new case and into its own, and no reader sees a word more."""

from __future__ import annotations

import base64
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cases.redaction import redact
from prose.inside import document_of
from prose.marked import MarkedText
from prose.nodes import Node, node_to_json
from review.actions.bringing import bring_in, keep_draft
from review.bringing.faults import CannotBring
from review.bringing.placing.proposing import parts_of
from review.loaders.bringing.drafts import opened_draft
from review.loaders.bringing.placing import placing_of
from review.snapshot import CaseSnapshot
from review.snapshot import read_case as snapshot
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import edition_of
from tests.review.any_documents import bodies, lines
from tests.review.test_bringing_round_trip import Same, empty_case, exported, hidden_in, taken_into, with_people
from tests.review.word_files import chart
from tests.world import CANARY, import_raw, secret_case

Raw = dict[str, Any]
FEWER = settings(max_examples=max(settings.default.max_examples // 8, 1))  # each makes two cases and imports twice
STATES = st.sampled_from(["proposed", "approved", "contested", "lifted"])
PICTURE = "f-aaaaaaaaaaaaaaaa"


@st.composite
def cases(draw: st.DrawFn) -> Raw:
    """A section, a pathway, a claim and a piece of evidence with any words, hidden by two redactions in any state."""
    case = CaseBuilder("K-SRCE")
    case.redaction("R-AAAA", state=draw(STATES))
    case.redaction("R-BBBB", ground="security", state=draw(STATES))
    case.section("S-AAAA", "", "")
    case.pathway("P-AAAA", "", "")
    case.claim("C-AAAA", "")
    case.evidence("E-AAAA", "")
    case.file["files"].append({"key": PICTURE, "data": base64.b64encode(chart().getvalue()).decode()})
    for kind, line, body in (
        ("sections", "title", "body"),
        ("pathways", "title", "argument"),
        ("claims", "statement", "basis"),
        ("evidence", "title", "description"),
    ):
        case.file[kind][0][line]["content"] = node_to_json(draw(lines()))
        case.file[kind][0][body]["content"] = node_to_json(draw(bodies()))
    return case.file


def worded(case: CaseSnapshot, last: bool) -> list[MarkedText]:
    """Its texts, of the first of each kind or of the last."""
    section, pathway, claim, evidence = (
        things[-1 if last else 0] for things in (case.sections, case.pathways, case.claims, case.evidence)
    )
    texts = [section.title, section.body, pathway.title, pathway.argument]
    return [*texts, claim.statement, claim.basis, evidence.title, evidence.description]


@pytest.mark.django_db
@given(cases())
@FEWER
def test_any_case_comes_into_a_new_one_as_it_was(raw: Raw):
    with transaction.atomic():
        world = with_people(empty_case().file)
        before = snapshot(import_raw(raw))
        after = taken_into(world, exported(before.case_id, world))
        Same(before, after).everything()
        assert_no_word_more(before, worded(before, last=False), after)
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(cases())
@FEWER
def test_any_case_comes_into_itself_beside_what_is_there(raw: Raw):
    with transaction.atomic():
        world = with_people(raw)
        before = snapshot(world.case_id)
        after = taken_into(world, exported(world.case_id, world))
        olds, news = worded(after, last=False), worded(after, last=True)
        assert [document_of(one) for one in olds] == [document_of(one) for one in worded(before, last=False)]
        assert [said(one) for one in news] == [said(one) for one in olds]
        assert_no_word_more(before, olds, after)
        transaction.set_rollback(True)


def said(text: MarkedText) -> list[tuple[str, str, frozenset[str]]]:
    """Its leaves and what hides them; the names of what is cited are others."""
    return [(leaf.type, leaf.text, frozenset(leaf.refs())) for leaf in document_of(text).leaves()]


def assert_no_word_more(before: CaseSnapshot, olds: list[MarkedText], after: CaseSnapshot) -> None:
    """For every audience: what each new text shows is what the old one shows."""
    for key in ("full", "all_staff", "external_reviewer", "public"):
        there, here = before.audience(key), after.audience(key)
        for old, new in zip(olds, worded(after, last=True), strict=True):
            shown_before, shown = redact(old, there).shown.document, redact(new, here).shown.document
            event(f"hides from {key}: {bool(hidden_in(document_of(old)) and shown_before != document_of(old))}")
            assert bare(shown) == bare(shown_before)


def bare(node: Node) -> list[tuple[str, str, int]]:
    """What a reader sees: each leaf, its words, and how many redactions a placeholder stands for."""
    return [(leaf.type, leaf.text, len(leaf.attrs.get("items", ()))) for leaf in node.leaves()]


@pytest.mark.django_db
@given(st.randoms(use_true_random=False))
@FEWER
def test_wherever_the_parts_are_placed_no_hidden_word_is_shown(random: Random):
    """Every word of that case that carries the canary is hidden from readers outside: in a text, an object, a link, a name."""
    with transaction.atomic():
        world = with_people(empty_case().file)
        raw = secret_case()
        for name in ("scope", "summary", "subject"):
            raw["case"][name]["content"] = empty_case().file["case"][name]["content"]  # there is room for other words
        by = world.actor("Ada")
        written = exported(import_raw(raw), world)
        draft = keep_draft(by=by, case_id=world.case_id, name="case.md", data=written.encode())
        opened = opened_draft(by, world.case_id, draft)
        parts = parts_of(opened.draft, opened.empty)
        some = [part for part in parts if random.random() < 0.12]  # the others where they are proposed
        places = {part.number: random.choice(part.choices) for part in some}
        refused = placing_of(opened, places, {}).refused
        event(f"refused: {bool(refused)}")
        if refused:
            with pytest.raises(CannotBring):
                bring_in(by=by, case_id=world.case_id, draft_id=draft, places=places, columns={})
        else:
            bring_in(by=by, case_id=world.case_id, draft_id=draft, places=places, columns={})
        assert CANARY not in edition_of(world)
        transaction.set_rollback(True)
