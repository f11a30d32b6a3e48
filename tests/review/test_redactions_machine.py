"""Decisions in any order: what an audience would read always agrees with a model that fits on one screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases.actions.deciding import approve, contest, lift, narrow, propose_again
from cases.actions.redaction_details import reveal, unreveal
from cases.actions.redactions import CannotRedact, redact_there_too
from pathways.models import Section
from prose.anchors import Span
from prose.marking import CannotMark
from prose.models import Text
from tests.review.redaction_world import history, live_world, row, section_read_by
from tests.world import CANARY, World

FIRST = f"Plain words. {CANARY}one hidden and after."
HIDDEN = f"{CANARY}one hidden"
AUDIENCES = {"full": True, "all_staff": False, "external_reviewer": False, "public": False}  # cleared for legal duty?
AFTER = {"approve": "approved", "contest": "contested", "lift": "lifted", "propose": "proposed"}
FROM = {"approve": "pc", "contest": "pa", "lift": "pac", "propose": "l"}


class DecisionsMachine(RuleBasedStateMachine):
    """R-WRDS over some words of the section's first paragraph, and over other places that nobody touches."""

    world: ClassVar[World]
    seen: ClassVar[set[tuple[str, bool, str]]] = set()

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.state, self.revealed, self.done = "approved", set[str](), 0
        start = FIRST.index(HIDDEN)
        self.marked = set(range(start, start + len(HIDDEN)))

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def given(self, name: str) -> dict[str, object]:
        return {"by": self.world.actor(name), "case_id": self.world.case_id, "ref": "R-WRDS"}

    def attempt(self, allowed: bool, act: Callable[[], object]) -> bool:
        """Whether it was done; that it was refused where the model says so."""
        if allowed:
            act()
            self.done += 1
        else:
            with pytest.raises((CannotRedact, CannotMark)):
                act()
        return allowed

    @rule(what=st.sampled_from(sorted(FROM)))
    def move(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "approve": lambda: approve(**self.given("Lex"), seen=self.done),
            "contest": lambda: contest(**self.given("Sten"), why="w"),
            "lift": lambda: lift(**self.given("Lex"), seen=self.done, why="w"),
            "propose": lambda: propose_again(**self.given("Jun"), why="w"),
        }
        if self.attempt(self.state[0] in FROM[what], acts[what]):
            self.state = AFTER[what]

    @rule(key=st.sampled_from(sorted(AUDIENCES)), more=st.booleans())
    def show_to_one(self, key: str, more: bool) -> None:
        act = reveal if more else unreveal
        allowed = not AUDIENCES[key] and (key in self.revealed) is not more and self.state != "lifted"
        if self.attempt(allowed, lambda: act(**self.given("Lex"), audience_key=key)):
            self.revealed ^= {key}

    @rule(start=st.integers(0, len(FIRST) - 1), length=st.integers(1, 12))
    def narrow_it(self, start: int, length: int) -> None:
        end = min(start + length, len(FIRST))
        chosen = set(range(start, end))
        text, span = self.text(), Span(1 + start, 1 + end)
        if self.attempt(
            chosen <= self.marked and self.state != "lifted",
            lambda: narrow(**self.given("Lex"), text_key=text.key, version=text.version, span=span),
        ):
            self.marked -= chosen

    @rule(start=st.integers(0, len(FIRST) - 1), length=st.integers(1, 12))
    def lay_it_over_more(self, start: int, length: int) -> None:
        end = min(start + length, len(FIRST))
        text, span = self.text(), Span(1 + start, 1 + end)
        if self.attempt(
            self.state != "lifted",
            lambda: redact_there_too(**self.given("Jun"), text_key=text.key, version=text.version, span=span),
        ):
            self.marked |= set(range(start, end))

    def text(self) -> Text:
        return Section.objects.select_related("body").get(case_id=self.world.case_id).body

    @invariant()
    def every_audience_reads_what_the_model_says(self) -> None:
        if not hasattr(self, "state"):
            return
        assert (row(self.world).state, len(history(self.world))) == (self.state, self.done)
        for key, cleared in AUDIENCES.items():
            hides = self.state != "lifted" and not cleared and key not in self.revealed
            read = section_read_by(self.world, key).split("\n")[0]
            assert read.replace("[withheld]", "\x00") == self.expected(hides)
            self.seen.add((key, hides, self.state))

    def expected(self, hides: bool) -> str:
        """Each run of hidden letters as one mark; spaces and stops between two hidden letters belong to the run."""
        out: list[str] = []
        soft = ""  # spaces and stops that wait for what comes after them
        for place, letter in enumerate(FIRST):
            hidden = hides and place in self.marked
            if not hidden and letter in " ." and out and out[-1] == "\x00":
                soft += letter
            elif hidden:
                if not (out and out[-1] == "\x00"):
                    out.append("\x00")
                soft = ""
            else:
                out.append(soft + letter)
                soft = ""
        return "".join(out) + soft


@pytest.mark.django_db
def test_what_audiences_read_agrees_with_the_model_of_decisions():
    DecisionsMachine.world = live_world()
    run_state_machine_as_test(
        DecisionsMachine, settings=settings(max_examples=15, stateful_step_count=10, deadline=None)
    )
    assert {hides for _, hides, _ in DecisionsMachine.seen} == {True, False}
    assert {state for _, _, state in DecisionsMachine.seen} == set(AFTER.values())
