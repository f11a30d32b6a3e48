"""A client's copy of one text: what the server confirmed, and what was typed since, rebased as the editor does it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any

from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import Mapping, ReplaceStep, Step

from prose.schema import TextSchema, schema_for


@dataclass
class Typed:
    """One word not yet confirmed, as a step on the confirmed document alone."""

    word: str
    step: ReplaceStep


@dataclass
class Operation:
    """One batch on its way: its words, whatever their steps become until it arrives."""

    words: list[str]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


class Copy:
    """The text as one client has it."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.schema = schema_for(TextSchema(said["kind"]))
        self.document = Node.from_json(self.schema, said["content"])
        self.version = int(said["version"])
        self.typed: list[Typed] = []

    def type(self, word: str, chance: Random) -> None:
        """Put a word, and a space behind it, before some other word."""
        at = self._some_word(chance)
        words = Slice(Fragment.from_(self.schema.text(f"{word} ")), 0, 0)
        self.typed.append(Typed(word, ReplaceStep(at, at, words)))

    def take(self, batches: list[dict[str, Any]]) -> list[str]:
        """Apply what was accepted after our version; the ids of these operations. What we have already is passed over."""
        taken = []
        for batch in batches:
            if batch["version"] <= self.version:
                continue
            assert batch["version"] == self.version + 1, (batch["version"], self.version)
            self._apply([Step.from_json(self.schema, step) for step in batch["steps"]])
            self.version = batch["version"]
            taken.append(batch["operation"])
        return taken

    def confirm(self, operation: Operation) -> None:
        """These words are in the document now. Call before `take` applies them."""
        self.typed = [one for one in self.typed if one.word not in operation.words]

    def steps(self, operation: Operation) -> list[Any]:
        """The operation's words as steps one after the other."""
        mapping, steps = Mapping(), []
        for one in self.typed:
            if one.word in operation.words:
                step = one.step.map(mapping)
                assert step is not None
                mapping.append_map(step.get_map())
                steps.append(step.to_json())
        return steps

    def _apply(self, steps: list[Step]) -> None:
        mapping = Mapping()
        for step in steps:
            result = step.apply(self.document)
            assert result.doc is not None, result.failed
            self.document = result.doc
            mapping.append_map(step.get_map())
        for one in self.typed:
            moved = one.step.map(mapping)
            assert isinstance(moved, ReplaceStep)
            one.step = moved

    def _some_word(self, chance: Random) -> int:
        """The start of a paragraph, or the place behind a space in it."""
        start, blocks = 0, []
        for number in range(self.document.child_count):
            block = self.document.child(number)
            blocks += [(start + 1, block)] if block.is_textblock else []
            start += block.node_size
        at, block = chance.choice(blocks)
        words, before = block.maybe_child(chance.randrange(max(block.child_count, 1))), at
        for number in range(block.child_count):
            if block.child(number) is words:
                break
            before += block.child(number).node_size
        text = (words.text if words is not None else None) or ""
        found = text.rfind(" ", 0, chance.randrange(len(text) + 1))
        return int(before + found + 1 if found >= 0 else at)
