"""What was invoked and what was answered, and whether the texts and their logs agree with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from prosemirror.model import Node
from prosemirror.transform import Step

from prose.schema import TextSchema, schema_for

WORD = re.compile(r"\bw\d+x\d+\b")


@dataclass
class History:
    """Words by what is known of them: each word is one edit."""

    invoked: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)

    def faults(self, texts: list[Logged]) -> list[str]:
        """What a text or a log has that it must not have, or lacks."""
        found = []
        in_text, in_log = Counter[str](), Counter[str]()
        for text in texts:
            in_text.update(WORD.findall(text.words))
            in_log.update(WORD.findall(text.logged))
            found += text.faults()
        for what, counted in (("text", in_text), ("log", in_log)):
            found += [f"{word} stands {n} times in the {what}" for word, n in counted.items() if n > 1]
            found += [
                f"{word} was acknowledged and is not in the {what}" for word in self.acknowledged - counted.keys()
            ]
            found += [f"{word} is in the {what} and nobody typed it" for word in counted.keys() - self.invoked]
        if in_text != in_log:
            found.append("texts and logs differ")
        unknown = self.invoked - self.acknowledged - self.given_up
        return found + [f"{word} was neither acknowledged nor given up" for word in unknown]


@dataclass
class Logged:
    """One text as the server has it, at its beginning and now, with its whole log."""

    first: dict[str, Any]
    now: dict[str, Any]
    batches: list[dict[str, Any]]

    @property
    def words(self) -> str:
        """All that stands there."""
        return self.document.text_between(0, self.document.content.size, " ", " ")

    @property
    def logged(self) -> str:
        """All that was ever put there."""
        return json.dumps([batch["steps"] for batch in self.batches])

    @property
    def document(self) -> Node:
        """Now."""
        return Node.from_json(schema_for(TextSchema(self.now["kind"])), self.now["content"])

    def faults(self) -> list[str]:
        """Versions are dense, operations are there once, and the log leads from the beginning to what stands there."""
        versions = [batch["version"] for batch in self.batches]
        found = []
        if versions != list(range(1, self.now["version"] + 1)):
            found.append(f"{self.now['key']}: versions are not 1 to {self.now['version']}")
        if len({batch["operation"] for batch in self.batches}) != len(self.batches):
            found.append(f"{self.now['key']}: an operation was applied twice")
        if not self._replayed().eq(self.document):
            found.append(f"{self.now['key']}: the log does not lead to the text")
        return found

    def _replayed(self) -> Node:
        document = Node.from_json(self.document.type.schema, self.first["content"])
        for batch in self.batches:
            for step in batch["steps"]:
                result = Step.from_json(document.type.schema, step).apply(document)
                assert result.doc is not None, result.failed
                document = result.doc
        return document
