"""What the editor's door refuses, and how: nothing has changed then, and a sentence says why."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from typing import Any

import pytest

from cases.models import Redaction
from evidence.models import Evidence
from pathways.models import Claim, Section, Support
from prose.marked import parsed
from prose.models import Text
from tests.prose.hostile_steps import HOSTILE, LISTS, mutation
from tests.review.test_case_file import full_case
from tests.review.texts_world import body_of, change, client, insert, path, refused, send, world
from tests.world import CANARY, SHOWN_FIGURE, figure, import_raw

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture


def test_redaction_of_another_case_is_refused(world):
    other = import_raw(full_case("K-THER"))
    ref = Redaction.objects.filter(case_id=other).exclude(ref__startswith="R-WRDS")[0].ref
    Redaction.objects.filter(case_id=world.case_id, ref=ref).delete()
    marked = {"type": "text", "text": "x", "marks": [{"type": "redaction", "attrs": {"ref": ref}}]}
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [marked]}}
    assert refused(world, body_of(world), step).endswith("hide words with Redact.")


def test_picture_and_citation_must_be_of_the_case(world):
    other = import_raw(full_case("K-THER"))
    Claim.objects.filter(pk=Claim.objects.filter(case_id=other)[0].pk).update(ref="C-THER")
    text = body_of(world)

    def put(*nodes: Any) -> dict[str, Any]:
        return {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": list(nodes)}}

    def citing(ref: str) -> dict[str, Any]:
        return put({"type": "paragraph", "content": [{"type": "citation", "attrs": {"ref": ref}}]})

    assert "add the picture first" in refused(world, text, put(figure("f-zzzzzzzzzzzzzzzz", "Elsewhere")))
    assert "There is no C-THER here" in refused(world, text, citing("C-THER"))
    good = send(world, "Ada", text, change(put(figure(SHOWN_FIGURE, "Ours")), citing("C-AAAA"), citing("E-AAAA")))
    assert good.status_code == 200


@pytest.mark.parametrize("retired", ["section", "end"])
def test_what_was_retired_takes_no_more_words_but_knows_what_it_took(world, retired):
    text, operation = body_of(world), str(uuid.uuid4())
    if retired == "end":
        text = Support.objects.select_related("reason").get(case_id=world.case_id, ref="L-AAAA").reason
    at = 1 if retired == "section" else 0
    assert send(world, "Ada", text, change(insert(at=at), operation=operation)).status_code == 200
    Section.objects.filter(case_id=world.case_id).update(retired=True)
    Claim.objects.filter(case_id=world.case_id).update(retired=True)
    assert "was retired" in refused(world, text, insert(at=at), version=1)
    assert client(world, "Ada").get(path(world, text)).json()["may_write"] is False
    again = send(world, "Ada", text, change(insert(at=at), operation=operation))
    assert (again.status_code, again.json()["version"]) == (200, 1)


def test_body_of_ten_megabytes_is_refused(world):
    text = body_of(world)
    answer = send(world, "Ada", text, b'{"steps": "' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["why"].endswith("paste it in parts.")
    just_fits = change(insert("x" * 150_000))
    assert send(world, "Ada", text, just_fits).status_code == 200


NO_CHANGES = (
    b"",
    b"evil",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b"{}",
    b"null",
    b'{"version": 0, "operation": 5, "steps": []}',
    b'{"version": 0, "operation": "x", "steps": []}',
    b'{"version": 0, "operation": null, "steps": []}',
    *(
        json.dumps({**change(insert()), "version": version}).encode()
        for version in (-1, True, 1.0, "0", None, 2**31, 10**30, [], 1, 2**31 - 1)
    ),
)


def test_body_that_is_no_change_is_refused_with_a_sentence(world):
    text = body_of(world)
    for sent in NO_CHANGES:
        answer = send(world, "Ada", text, sent)
        assert answer.status_code == 422, sent[:80]
        assert answer.json()["why"].endswith(".")
    assert Text.objects.get(pk=text.pk).version == 0


def test_form_is_no_change(world):
    text = body_of(world)
    answer = client(world, "Ada").post(path(world, text, "steps/"), {"version": 0})
    assert (answer.status_code, Text.objects.get(pk=text.pk).version) == (422, 0)


def test_other_methods_are_refused(world):
    for name in ("put", "patch", "delete"):
        assert getattr(client(world, "Ada"), name)(path(world, body_of(world), "steps/")).status_code == 405
    assert client(world, "Ada").post(path(world, body_of(world))).status_code == 405


def test_hostile_changes_are_answered_below_500_and_show_nothing(world):
    """Most were made for other documents, so few are accepted; none may break anything, or show what was hidden."""
    text = body_of(world)
    deepest = "nested 5000 deep"  # no JSON that Python itself would write
    batches = [[one] for name, one in HOSTILE.items() if name != deepest] + list(LISTS.values())
    answers, seen = Counter[int](), Counter[str]()
    for steps in [*batches, *(mutation(seed)[1] for seed in range(200))]:
        version = Text.objects.get(pk=text.pk).version
        answer = send(world, "Ada", text, {**change(version=version), "steps": steps})
        answers[answer.status_code] += 1
        now = Text.objects.get(pk=text.pk)
        assert now.version == version + (answer.status_code == 200)
        secret = [leaf.refs() for leaf in parsed(now.content).leaves() if CANARY in leaf.text]
        assert all("R-WRDS" in refs for refs in secret)
        seen["states with a secret"] += bool(secret)
    assert set(answers) <= {200, 413, 422}
    assert answers[422] > 200
    assert seen["states with a secret"] > 80


def test_retired_evidence_can_still_be_cited_again(world):
    """An undo that brings a citation back must not fail."""
    Evidence.objects.filter(case_id=world.case_id, ref="E-AAAA").update(retired=True)
    cite = {"type": "citation", "attrs": {"ref": "E-AAAA"}}
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [cite]}}
    assert send(world, "Ada", body_of(world), change(step)).status_code == 200
