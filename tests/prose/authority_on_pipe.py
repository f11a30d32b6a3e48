"""The authority over one text without a database, for the editor's tests: `python -m tests.prose.authority_on_pipe`.

A JSON object a line in, one a line out:

    {"op": "reset", "kind": "body", "content": {…}}                     {"version": 0}
    {"op": "send", "version": 3, "operation": "…", "steps": […]}         {"ok": true, "version": 4, "batches": […], "grids": 0}
                                                                        | {"stale": true, "version": 4, "batches": […]}
                                                                        | {"refused": "why"}
    {"op": "pull", "version": 3}                                        {"version": 4, "batches": […]}
    {"op": "mark", "from": 4, "to": 9, "ref": "R-2ABC"}, "unmark"        {"version": 5} | {"refused": "why"}
    {"op": "doc"}                                                       {"version": 5, "content": {…}}
    {"op": "shown"}                                                     {"words": "…"}, as somebody reads it who is cleared for nothing

`grids`: how many of the steps hide what a label of a table hid before. The editor leaves those to the authority.

A batch is {"version", "operation", "by", "steps"}; `send` may say "by". References are known once they marked something, or
stand in the content that the text was reset to.
"""

from __future__ import annotations

import json
import sys
import uuid
from typing import Any

from cases.redaction.facts import EMPTY_REGISTER, Audience
from cases.redaction.rule import redact_document
from prose.anchors import Span
from prose.authority import advance
from prose.content import BadContent, check_content, plain_text
from prose.covering import leaves_between
from prose.guard import BadSteps, parsed_steps
from prose.library import read_document, stored_document
from prose.marked import MarkedContent, content_to_json, parsed
from prose.marking import CannotMark, mark_range, unmark_range
from prose.schema import TextSchema
from tests.prose.as_the_editor import as_the_editor

Raw = dict[str, Any]
NOBODY = Audience("public", "Public", outward=True)


class PipeAuthority:
    """One text, its log, and the references that it knows."""

    def __init__(self) -> None:
        self.reset({"kind": "body", "content": {"type": "doc", "content": [{"type": "paragraph"}]}})

    def answer(self, asked: Raw) -> Raw:
        """What the authority says to one request."""
        try:
            return getattr(self, asked["op"])(asked)
        except (BadSteps, BadContent, CannotMark) as error:
            return {"refused": str(error)}

    def reset(self, asked: Raw) -> Raw:
        self.kind = TextSchema(asked["kind"])
        self.content = MarkedContent(check_content(asked["content"], self.kind))
        self.log: list[Raw] = []
        document = read_document(self.content, self.kind)
        self.known = {ref for leaf in leaves_between(document, 0, document.content.size) for ref in leaf.refs}
        return {"version": 0}

    def send(self, asked: Raw) -> Raw:
        version, operation = asked["version"], asked["operation"]
        if type(version) is not int or not 0 <= version <= len(self.log):
            raise BadSteps("a version from the future")
        since = self.log[version:]
        if any(batch["operation"] == operation for batch in self.log):
            return {"ok": True, "version": len(self.log), "batches": since}
        if since:
            return {"stale": True, "version": len(self.log), "batches": since}
        steps = parsed_steps(asked["steps"], self.kind)
        before = read_document(self.content, self.kind)
        known = frozenset(self.known)
        made = advance(before, steps, known)
        added = len(made.steps) - len(steps)
        for_grids = added and len(made.steps) - len(as_the_editor(before, steps, known).steps)
        self.content = stored_document(made.document)
        self._accept([step.to_json() for step in made.steps], operation, asked.get("by", ""))
        return {"ok": True, "version": len(self.log), "batches": self.log[version:], "grids": for_grids}

    def pull(self, asked: Raw) -> Raw:
        return {"version": len(self.log), "batches": self.log[asked["version"] :]}

    def mark(self, asked: Raw) -> Raw:
        self.content, steps = mark_range(self.content, self.kind, Span(asked["from"], asked["to"]), asked["ref"])
        self.known.add(asked["ref"])
        return self._accept(steps, str(uuid.uuid4()), "command")

    def unmark(self, asked: Raw) -> Raw:
        self.content, steps = unmark_range(self.content, self.kind, Span(asked["from"], asked["to"]), asked["ref"])
        return self._accept(steps, str(uuid.uuid4()), "command")

    def doc(self, asked: Raw) -> Raw:
        return {"version": len(self.log), "content": json.loads(content_to_json(self.content))}

    def shown(self, asked: Raw) -> Raw:
        return {"words": plain_text(redact_document(parsed(self.content), EMPTY_REGISTER, NOBODY)[0])}

    def _accept(self, steps: list[Any], operation: str, by: str) -> Raw:
        self.log.append({"version": len(self.log) + 1, "operation": operation, "by": by, "steps": steps})
        return {"version": len(self.log)}


def main() -> None:
    """Answer until the other side closes the pipe."""
    authority = PipeAuthority()
    for line in sys.stdin:
        print(json.dumps(authority.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
