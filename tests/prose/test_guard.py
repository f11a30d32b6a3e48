"""What no editor sends is refused with a sentence; what is accepted is exactly what its normalised steps say."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from prose.authority import Advanced, advance
from prose.content import check_content
from prose.guard import BadSteps, parsed_steps
from prose.library import stored_document
from prose.marked import content_to_json, parsed
from prose.nodes import node_to_json
from prose.schema import TextSchema, schema_for
from tests.prose.hostile_steps import HOSTILE, LISTS, SIZE, around, attr, document, mark, marking, mutation, p, put
from tests.prose.random_edits import REFS
from tests.prose.test_covering import hidden, kept, tree
from tests.prose.test_marking import words

BODY = TextSchema.BODY
SCHEMA = schema_for(BODY)
MUTATIONS = 100_000 if os.environ.get("SAFETYCASE_NIGHTLY") else 5_000
CHUNKS = 10
KNOWN = frozenset({"R-AAAA"})


def library_document() -> LibraryNode:
    return LibraryNode.from_json(SCHEMA, document())


def send(steps: Any) -> Advanced:
    return advance(library_document(), parsed_steps(steps, BODY), KNOWN)


def test_document_of_these_tests_is_as_they_think():
    assert library_document().content.size == SIZE
    assert hidden(library_document()) == [("two", ["R-AAAA"])]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_step_is_refused_with_a_sentence(name: str):
    with pytest.raises(BadSteps) as caught:
        send([HOSTILE[name]])
    assert caught.value.why.endswith(".")
    assert caught.value.why[0].isupper()
    assert len(caught.value.why) < 250
    caught.value.why.encode()


@pytest.mark.parametrize("name", LISTS)
def test_hostile_batch_is_refused_with_a_sentence(name: str):
    with pytest.raises(BadSteps) as caught:
        send(LISTS[name])
    assert caught.value.why.endswith(".")


@pytest.mark.parametrize(
    "steps",
    [
        [put(p())],
        [put(words("x", "R-AAAA"), start=5, to=5)],
        [put(words("x"), start=5, to=5), marking("redaction", 5, 6, ref="R-AAAA")],
        [put(words("x"), start=5, to=5), put(words("y"), start=6, to=6), marking("redaction", 5, 7, ref="R-AAAA")],
        [marking("redaction", 8, 11, ref="R-AAAA")],
        [marking("em", 0, SIZE)],
        [marking("em", 1, 1)],
        [marking("link", 1, 4, href="mailto:ada@inside.example")],
        [marking("em", 1, 4), marking("em", 1, 4, "removeMark")],
        [attr(18, "level", 3)],
        [{"stepType": "replace", "from": 8, "to": 11}],
        [put(p(words("y", "R-AAAA")), start=25, to=25)],
        [
            put({"type": "horizontal_rule"}),
            {"stepType": "addNodeMark", "pos": 0, "mark": mark("redaction", ref="R-AAAA")},
        ],
        [around(slice={"content": [{"type": "heading", "attrs": {"level": 3}}]}, insert=1)],
    ],
)
def test_honest_batch_is_accepted(steps: Any):
    made = send(steps)
    assert [step.to_json() for step in made.steps][: len(steps)] == steps


def test_what_the_steps_point_at_is_told():
    figure = {"type": "figure", "content": [{"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": ""}}]}
    citation = {"type": "citation", "attrs": {"ref": "C-AAAA"}}
    made = send([put(figure, p(citation)), attr(4, "ref", "C-BBBB"), attr(1, "file", "f-bbbbbbbbbbbbbbbb")])
    assert made.pictures == {"f-aaaaaaaaaaaaaaaa", "f-bbbbbbbbbbbbbbbb"}
    assert made.cited == {"C-AAAA", "C-BBBB"}
    assert (send([put(p())]).pictures, send([put(p())]).cited) == (frozenset(), frozenset())


def test_steps_that_are_stored_are_the_librarys_and_not_the_clients():
    sent = [{"to": 1, "slice": {"openEnd": 0, "openStart": 0, "content": TEXT}, "from": 1, "stepType": "replace"}]
    assert [step.to_json() for step in send(sent).steps] == [
        {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "x"}]}}
    ]


TEXT = [{"type": "text", "text": "x", "marks": []}]


def accepted_means_what_it_says(before: LibraryNode, sent: list[LibraryStep], made: Advanced) -> None:
    raw = [step.to_json() for step in made.steps]
    assert json.loads(json.dumps(raw, ensure_ascii=False).encode()) == json.loads(json.dumps(raw))
    replay = before
    for step in parsed_steps_of(raw):
        result = step.apply(replay).doc
        assert result is not None
        replay = result
    assert tree(replay) == tree(made.document)
    stored = stored_document(made.document)
    json.loads(content_to_json(stored).encode())
    assert check_content(node_to_json(parsed(stored)), BODY) == parsed(stored)
    kept(before, made.document, made.steps)
    of_before = {ref for _, refs in hidden(before) for ref in refs}
    assert {ref for _, refs in hidden(made.document) for ref in refs} <= of_before | set(REFS)
    assert made.steps[: len(sent)] == sent


def parsed_steps_of(raw: Any) -> list[LibraryStep]:
    """Normalised steps pass the guard themselves, and come out as they went in."""
    steps = [one for start in range(0, len(raw), 500) for one in parsed_steps(raw[start : start + 500], BODY)]
    assert [step.to_json() for step in steps] == raw
    return steps


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_steps_are_refused_or_mean_what_they_say(chunk: int):
    accepted = 0
    for seed in range(chunk, MUTATIONS, CHUNKS):
        before, raw = mutation(seed)
        try:
            sent = parsed_steps(raw, BODY)
            made = advance(before, sent, frozenset(REFS))
        except BadSteps:
            continue
        accepted += 1
        accepted_means_what_it_says(before, sent, made)
    assert MUTATIONS / CHUNKS * 0.03 < accepted < MUTATIONS / CHUNKS * 0.8, "the mutations test nothing"
