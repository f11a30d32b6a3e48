"""The editor's door over HTTP: who may read and write a text, and what comes back."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEvent
from prose.models import Text
from prose.schema import TextSchema
from tests.case_builder import CaseBuilder
from tests.review.test_case_file import full_case
from tests.review.texts_world import body_of, change, client, insert, path, send, world
from tests.world import CANARY, World, grant_all, import_raw

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture
WRITERS, READERS = ("Ada", "Mina", "Jun"), ("Lex", "Sten")
NOBODIES = ("Noor", "Sofia", "Aud")


def test_text_comes_as_the_editor_wants_it(world):
    text = body_of(world)
    found = client(world, "Jun").get(path(world, text)).json()
    assert (found["key"], found["kind"], found["version"], found["name"]) == (text.key, "body", 0, "Body")
    assert found["may_write"] is True
    assert CANARY in json.dumps(found["content"])
    assert client(world, "Sten").get(path(world, text)).json()["may_write"] is False


@pytest.mark.parametrize("name", [*WRITERS, *READERS])
def test_who_reads_the_case_live_reads_texts_and_steps(world, name):
    text = body_of(world)
    send(world, "Ada", text, change(insert()))
    reader = client(world, name)
    for below in ("", "html/", "steps/?since=0"):
        assert reader.get(path(world, text, below)).status_code == 200
    assert reader.get(path(world, text, "steps/?since=0")).json()["batches"][0]["by"] == str(world.users["Ada"].pk)


@pytest.mark.parametrize("name", [*NOBODIES, None])
def test_nobody_else_learns_that_it_is_there(world, name):
    text, reader = body_of(world), client(world, name)
    absent = reader.get(path(world, "t-zzzzzzzzzzzzzzzz"))
    for below in ("", "html/", "steps/", "steps/?since=0"):
        answer = reader.get(path(world, text, below))
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert send(world, name, text, change(insert())).status_code == 404


@pytest.mark.parametrize("name", WRITERS)
def test_writer_writes(world, name):
    text, operation = body_of(world), str(uuid.uuid4())
    answer = send(world, name, text, change(insert(), operation=operation))
    assert answer.status_code == 200
    batch = {"version": 1, "operation": operation, "by": str(world.users[name].pk), "steps": [insert()]}
    assert answer.json() == {"version": 1, "batches": [batch]}
    assert client(world, "Sten").get(path(world, text, "steps/?since=0")).json() == answer.json()


@pytest.mark.parametrize("name", [*READERS, *NOBODIES, None])
def test_who_may_not_write_gets_the_one_404(world, name):
    text = body_of(world)
    absent = send(world, name, "t-zzzzzzzzzzzzzzzz", change(insert()))
    answer = send(world, name, text, change(insert()))
    assert (answer.status_code, answer.content) == (404, absent.content)
    text.refresh_from_db()
    assert (text.version, text.log.count()) == (0, 0)


def test_text_of_another_case_is_not_there(world):
    other = import_raw(full_case("K-THER"))
    grant_all(other, people_without(world))
    foreign = Text.objects.filter(scope_id=other, kind=TextSchema.BODY)[0]
    Text.objects.filter(pk=foreign.pk).update(key="t-bbbbbbbbbbbbbbbb")
    for below in ("", "html/", "steps/?since=0"):
        assert client(world, "Ada").get(path(world, "t-bbbbbbbbbbbbbbbb", below)).status_code == 404
        assert client(world, "Ada").get(path(world, "t-bbbbbbbbbbbbbbbb", below, case_id=other)).status_code == 404
    assert send(world, "Ada", "t-bbbbbbbbbbbbbbbb", change(insert())).status_code == 404
    assert send(world, "Ada", "t-bbbbbbbbbbbbbbbb", change(insert()), case_id=other).status_code == 404
    foreign.refresh_from_db()
    assert foreign.version == 0


def people_without(world: World) -> dict[str, Any]:
    """Nobody of this world: the other case's cast is somebody else."""
    return dict.fromkeys(world.users, world.users["Noor"])


def test_stale_change_is_told_what_came_between(world):
    text = body_of(world)
    first = send(world, "Ada", text, change(insert("one "))).json()
    answer = send(world, "Jun", text, change(insert("two ")))
    assert (answer.status_code, answer.json()) == (409, first)


def test_repeated_operation_gets_the_same_answer(world):
    text, sent = body_of(world), change(insert())
    first, again = (send(world, "Ada", text, sent) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = send(world, "Jun", text, change(insert(), version=1)).json()
    late = send(world, "Ada", text, sent).json()
    assert late == {"version": 2, "batches": [*first.json()["batches"], *other["batches"]]}
    text.refresh_from_db()
    assert text.version == 2


def test_batch_is_written_in_few_statements(world):
    text = body_of(world)
    send(world, "Ada", text, change(insert()))
    sender = client(world, "Ada")
    with CaptureQueriesContext(connection) as queries:
        raw = json.dumps(change(insert(), version=1))
        assert sender.post(path(world, text, "steps/"), raw, content_type="application/json").status_code == 200
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= 13, said


def test_reading_is_in_the_trail_once_an_hour_and_writing_is_in_the_log(world):
    text = body_of(world)
    reader = client(world, "Lex")
    for below in ("", "html/", "steps/?since=0", ""):
        reader.get(path(world, text, below))
    rows = AuditEvent.objects.filter(case_id=world.case_id, target=text.key)
    assert [(row.verb, row.actor_id) for row in rows] == [("live_read", world.users["Lex"].pk)]
    send(world, "Ada", text, change(insert()))
    assert rows.count() == 1


def test_nothing_of_another_case_is_in_any_answer(world):
    secret = CaseBuilder("K-SCRT")
    secret.redaction("R-SCRT", note="QXOTHER note")
    secret.section("S-AAAA", "QXOTHER title", "QXOTHER [[R-SCRT words]]")
    secret.claim("C-AAAA", "QXOTHER claim")
    import_raw(secret.file)
    text, reader = body_of(world), client(world, "Ada")
    send(world, "Ada", text, change(insert("See C-AAAA and R-SCRT. ")))
    answers = [reader.get(path(world, text, below)).content for below in ("", "html/", "steps/?since=0")]
    answers.append(send(world, "Jun", text, change(insert())).content)
    assert all(b"QXOTHER" not in answer for answer in answers)
    assert any(CANARY.encode() in answer for answer in answers)
