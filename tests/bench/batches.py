"""Stage of the workshop: how many batches of steps one text of two pages takes in a second, from the lock to the commit."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from random import Random
from statistics import median

from django.db import transaction

from cases.actions.writing import known_redactions
from pathways.models import Section
from prose.actions import accept_steps
from prose.covering import leaves_between
from prose.library import read_document
from prose.models import Text
from prose.nodes import Json
from tests.bench.figures import progress, say, seconds
from tests.bench.material import ref
from tests.bench.state import State

BATCHES, ROUNDS, STEPS = 100, 7, 3
LETTERS = "abcdefghij "


def measure(state: State) -> None:
    """The figure: the median of some rounds, the first to warm up."""
    text = Section.objects.select_related("body").get(case_id=state.case(1), ref=ref("S", 0)).body
    write = _writer(text, state.case(1), uuid.UUID(state.people["Ada"]))
    rounds = [BATCHES / seconds(lambda: [write() for _ in range(BATCHES)]) for _ in range(ROUNDS + 1)][1:]
    progress(f"step batches a second: {', '.join(f'{one:.0f}' for one in rounds)}")
    say("step_batches_per_s", median(rounds), "batches/s", BATCHES * ROUNDS)


def _writer(text: Text, case_id: uuid.UUID, by_id: uuid.UUID) -> Callable[[], None]:
    """Types three letters in a row somewhere in the text, each as a step of its own."""
    dice, known, version = Random(1), known_redactions(case_id), text.version
    document = read_document(text.content, text.kind)
    starts = [leaf.start for leaf in leaves_between(document, 0, document.content.size) if leaf.node.is_text]

    def write() -> None:
        nonlocal version
        at = dice.choice(starts)
        starts[:] = [start + STEPS if start > at else start for start in starts]
        steps: list[Json] = [_typed(dice.choice(LETTERS), at + number) for number in range(STEPS)]
        with transaction.atomic():
            accepted = accept_steps(
                scope_id=case_id,
                key=text.key,
                version=version,
                operation_id=uuid.uuid4(),
                steps=steps,
                by_id=by_id,
                known=known,
            )
        version = accepted.version

    return write


def _typed(letter: str, at: int) -> Json:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": letter}]}}
