"""Stage of the workshop: one batch through the product's action, over the barest way to change the same row and say so."""

from __future__ import annotations

import uuid
from functools import partial
from random import Random

from django.db import connection, transaction

from pathways.models import Section
from prose.announcing import CHANNEL
from prose.marked import content_to_json
from review.actions.writing import write_text
from review.loaders.texts import text_of
from tests.bench.figures import paired, say, seconds
from tests.bench.material import ref
from tests.bench.people import actor
from tests.bench.state import State
from tests.live.copy import Copy, Operation

RUNS, WORDS_A_BATCH = 201, 3
BARE = "update prose_text set version = version, content = %s where id = %s"


class Editing:
    """Ada types into a section of two pages, with hidden words in it."""

    def __init__(self, state: State) -> None:
        self.case_id, self.by = state.case(1), actor(state, "Ada")
        self.text = Section.objects.get(case_id=self.case_id, ref=ref("S", 0)).body
        found = text_of(self.by, self.case_id, self.text.key)
        self.copy = Copy({"kind": found.kind, "content": found.content, "version": found.version})
        self.chance, self.typed = Random(1), 0

    def through_the_action(self) -> float:
        """Seconds for a batch, database included, the client's own work not."""
        for _ in range(WORDS_A_BATCH):
            self.copy.type(f"w{self.typed}", self.chance)
            self.typed += 1
        operation = Operation([one.word for one in self.copy.typed])
        steps = self.copy.steps(operation)
        taken = partial(write_text, by=self.by, case_id=self.case_id, text_key=self.text.key, version=self.copy.version)
        made = []
        took = seconds(lambda: made.append(taken(operation_id=uuid.UUID(operation.id), steps=steps)))
        self.copy.confirm(operation)
        self.copy.take([{"version": b.version, "operation": operation.id, "steps": b.steps} for b in made[0].batches])
        return took

    def barely(self) -> float:
        """Seconds for the same content put into the same row, and a notification, in a transaction."""
        self.text.refresh_from_db()
        content, told = content_to_json(self.text.content), f"{self.case_id}|text|{self.text.key}|0"
        return seconds(lambda: self._put(content, told))

    def _put(self, content: str, told: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, [content, self.text.pk])
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, told])


def measure(state: State) -> None:
    """The figure."""
    editing = Editing(state)
    ratio = paired(editing.through_the_action, editing.barely, RUNS, "one batch, bare UPDATE and NOTIFY")
    say("edit_over_floor", ratio, "ratio", RUNS)
