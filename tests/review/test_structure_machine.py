"""Structure changed in any order: what stands is always sound, and what was hidden in any way never comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from evidence.actions.any_part import bring_back, move, retire
from evidence.actions.kinds import KINDS
from evidence.actions.making import create_bearing
from evidence.actions.merging import merge_claims
from evidence.actions.splitting import split_claim
from evidence.values import Direction, EvidenceType
from pathways.actions import merging, splitting
from pathways.actions.acting import CannotChange
from pathways.actions.linking import create_support
from pathways.actions.making import create_claim
from pathways.actions.merging import FOLLOW, Merge, merge_pathways
from pathways.actions.splitting import Split, split_pathway
from pathways.cycles import first_cycle
from pathways.models import PartEvent
from pathways.values import ClaimKind, Grade, SupportRole
from prose import moving
from prose.anchors import Span
from prose.content import citations
from prose.marked import parsed
from review.actions.from_words import Selected, make_claim, make_evidence
from review.snapshot import CaseSnapshot, read_case
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import act, are_links_sound, read_by, refs, row, seen, structure_world
from tests.world import World

SECRET = "QXSECRET"
ROLES = tuple(SupportRole)
WORDED = {"S": ["body"], "P": ["argument", "title"], "C": ["statement", "basis"], "L": ["reason"]}


def hidden_in_every_way() -> CaseBuilder:
    """Words, a link, an attribute and objects hidden on legal duty; every hidden word carries the secret."""
    case = CaseBuilder()
    case.redaction("R-WRDS")
    case.redaction("R-LNKS", target={"kind": "link", "ref": "L-HXDE"})
    case.redaction("R-MASK", target={"kind": "object", "ref": "C-MASK", "how": "masked"})
    case.redaction("R-PATH", target={"kind": "object", "ref": "P-MASK", "how": "masked"})
    case.redaction("R-GGNE", target={"kind": "object", "ref": "C-GGNE", "how": "omitted"})
    case.section("S-AAAA", "Scope", f"Plain [[R-WRDS {SECRET} words]] {{C-AAAA}} and after.")
    case.pathway("P-AAAA", "Leaks", f"First [[R-WRDS {SECRET}]] block {{C-AAAA}}.\n\nSecond {{C-BBBB}}.")
    case.pathway("P-BBBB", f"Sabotage by [[R-WRDS {SECRET}]]", "Its own argument {C-AAAA}.")
    case.pathway("P-MASK", f"{SECRET} title", f"{SECRET} argument {{C-MASK}}.")
    case.claim("C-AAAA", f"Egress is [[R-WRDS {SECRET}]].", basis=f"A [[R-WRDS {SECRET} basis]] {{E-AAAA}}.")
    case.claim("C-BBBB", "Weights stay inside.")
    case.claim("C-MASK", f"{SECRET} masked", basis=f"{SECRET} basis")
    case.claim("C-GGNE", f"{SECRET} gone", basis=f"{SECRET} basis")
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.support("L-HXDE", "P-AAAA", "C-BBBB", reason=f"{SECRET} link", role="context")
    case.support("L-CCCC", "P-BBBB", "C-MASK", reason=f"{SECRET} why")
    case.support("L-DDDD", "C-MASK", "C-BBBB", reason=f"{SECRET} step")
    case.support("L-EEEE", "P-AAAA", "C-GGNE", reason=f"{SECRET} step")
    case.evidence("E-AAAA", "A drill")
    case.evidence("E-BBBB", "A survey")
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    case.bearing("B-BBBB", "E-BBBB", "C-MASK", place=f"{SECRET} place")
    return case


class StructureMachine(RuleBasedStateMachine):
    """Everything that authors do to a small case, drawn from what stands."""

    world: ClassVar[World]
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def one(self, data: st.DataObject, letters: str, retired: bool = False) -> str:
        """A part of one of these kinds."""
        found = [ref for letter in letters for ref in (self.retired(letter) if retired else refs(self.world, letter))]
        return data.draw(st.sampled_from(found or ["C-ZZZZ"]))

    def retired(self, letter: str) -> list[str]:
        rows = KINDS[letter].model._default_manager.filter(case_id=self.world.case_id, retired=True)
        return list(rows.order_by("ref").values_list("ref", flat=True))

    def attempt(self, what: str, do: Callable[[], object]) -> None:
        """Do it, or be told in a sentence why not, and then nothing was done."""
        before, refused = PartEvent.objects.count(), ""
        try:
            with transaction.atomic():
                do()
        except CannotChange as error:
            refused = error.why
        assert not refused or (refused.endswith(".") and PartEvent.objects.count() == before)
        self.done[f"{what} refused" if refused else what] += 1

    @rule(data=st.data(), what=st.sampled_from(["make", "rest", "bear", "move"]))
    def add_or_move(self, data: st.DataObject, what: str) -> None:
        given = act(self.world)
        claim, resting, evidence = self.one(data, "C"), self.one(data, "PC"), self.one(data, "E")
        if "C-ZZZZ" in (claim, resting, evidence):
            return
        says = {"direction": Direction.FOR, "strength": Grade.WEAK}
        acts: dict[str, Callable[[], object]] = {
            "make": lambda: create_claim(**given, kind=ClaimKind.USAGE, statement="New.", after=claim),
            "rest": lambda: create_support(
                **given, resting=resting, claim=claim, role=data.draw(st.sampled_from(ROLES))
            ),
            "bear": lambda: create_bearing(**given, evidence=evidence, claim=claim, **says),
            "move": lambda: move(**given, ref=claim, after=resting if resting[0] == "C" else ""),
        }
        self.attempt(what, acts[what])

    @rule(data=st.data(), back=st.booleans())
    def take_away_or_let_back(self, data: st.DataObject, back: bool) -> None:
        ref = self.one(data, "PCELB", retired=back)
        if ref != "C-ZZZZ" and back:
            self.attempt("bring back", lambda: bring_back(**act(self.world), ref=ref))
        elif ref != "C-ZZZZ":
            self.attempt("retire", lambda: retire(**act(self.world), ref=ref, **seen(self.world, ref), why="w"))

    @rule(data=st.data(), recite=st.booleans())
    def merge(self, data: st.DataObject, recite: bool) -> None:
        gone = self.one(data, "PC")
        if gone == "C-ZZZZ":
            return
        into = self.one(data, gone[0])
        append = data.draw(st.frozensets(st.sampled_from(sorted(FOLLOW[gone[0]]))))
        merge = Merge(gone, into, **seen(self.world, gone), why="w", append=append, recite=recite)
        do = merge_pathways if gone[0] == "P" else merge_claims
        self.attempt("merge", lambda: do(**act(self.world), merge=merge))

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        ref = self.one(data, "PC")
        if ref == "C-ZZZZ":
            return
        case = read_case(self.world.case_id)
        links = [one.ref for one in (*case.supports, *case.bearings)]
        chosen = st.frozensets(st.sampled_from(links)) if links else st.just(frozenset[str]())
        asked = Split(
            ref=ref,
            version=seen(self.world, ref)["version"],
            name="Split off.",
            why="w",
            move=data.draw(chosen),
            copy=data.draw(chosen),
            blocks=data.draw(st.frozensets(st.integers(0, 2))) if ref[0] == "P" else frozenset(),
            argument=row(self.world, ref).argument.version if ref[0] == "P" else 0,
        )
        do = split_pathway if ref[0] == "P" else split_claim
        self.attempt("split", lambda: do(**act(self.world), split=asked))

    @rule(data=st.data(), start=st.integers(0, 8), length=st.integers(4, 24), claim=st.booleans())
    def make_of_words(self, data: st.DataObject, start: int, length: int, claim: bool) -> None:
        ref = self.one(data, "SPCL")
        if ref == "C-ZZZZ":
            return
        text = getattr(row(self.world, ref), data.draw(st.sampled_from(WORDED[ref[0]])))
        chosen = Selected(text.key, text.version, Span(start, start + length))
        given = {**act(self.world), "selected": chosen}
        if claim:
            self.attempt("words", lambda: make_claim(**given, kind=ClaimKind.USAGE))
        else:
            says = (Direction.FOR, Grade.WEAK)
            self.attempt("words", lambda: make_evidence(**given, kind=EvidenceType.OTHER, says=says))

    @invariant()
    def what_stands_is_sound_and_hides_what_it_hid(self) -> None:
        if not hasattr(self, "savepoint"):
            return
        case = read_case(self.world.case_id)
        are_links_sound(case)
        assert first_cycle((one.resting, one.claim) for one in case.supports) == ()
        pairs = [(one.resting, one.claim) for one in case.supports] + [
            (one.evidence, one.claim) for one in case.bearings
        ]
        assert len(pairs) == len(set(pairs))
        for audience in ("public", "external_reviewer", "all_staff"):
            assert SECRET not in read_by(case, audience)
        self.done["hidden words there"] += SECRET in read_by(case, "full")
        self.orders_and_citations_hold(case)

    def orders_and_citations_hold(self, case: CaseSnapshot) -> None:
        known = set()
        for kind in KINDS.values():
            rows = list(kind.model._default_manager.filter(case_id=self.world.case_id).values_list("ref", "order"))
            orders = {order for _, order in rows}
            assert len(orders) == len(rows)
            assert max(orders, default=0) <= len(rows)
            known |= {ref for ref, _ in rows}
        assert cited_in(case) <= known


def cited_in(case: CaseSnapshot) -> set[str]:
    texts = [one.argument for one in case.pathways] + [one.basis for one in case.claims]
    return {ref for text in texts for ref in citations(parsed(text._content))}


@pytest.mark.django_db
def test_structure_stays_sound_and_hides_what_it_hid_whatever_is_done() -> None:
    StructureMachine.world = structure_world(hidden_in_every_way())
    StructureMachine.done.clear()
    run_state_machine_as_test(
        StructureMachine, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
    done = StructureMachine.done
    for what in ("retire", "bring back", "merge", "split", "words", "split refused", "words refused"):
        assert done[what], (what, done)
    assert done["make"] + done["rest"] + done["bear"] + done["move"], done
    assert done["hidden words there"]


def nothing_is_hidden_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "hide_alike", lambda **_: None)


def anything_may_go_into_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "not_hidden_alike", lambda *_: None)


def marks_stay_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_leaf", lambda leaf: {"type": "text", "text": leaf.text})


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [nothing_is_hidden_alike, anything_may_go_into_anything, marks_stay_behind])
def test_machine_catches_a_seeded_fault(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    StructureMachine.world = structure_world(hidden_in_every_way())
    fault(monkeypatch)
    quick = settings(max_examples=60, stateful_step_count=15, deadline=None, phases=[Phase.generate])
    with pytest.raises(AssertionError, match=SECRET):
        run_state_machine_as_test(StructureMachine, settings=quick)
