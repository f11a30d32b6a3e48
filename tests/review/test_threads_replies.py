"""Replies: what goes outward passes the check first; and what the reading room's login can not insert."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.http import Http404

from cases.models import AuditEvent, Grant
from review.actions.threads import reply
from review.models import Edition, EditionPart, OutsideComment, OutsideThread, Reply, ReplyAuthor
from review.outgoing import HeldBack
from tests.case_builder import CaseBuilder
from tests.site_client import SiteClient, as_login
from tests.world import STATEMENTS, World, comment_as, grant_all, import_raw, people, release

pytestmark = pytest.mark.django_db
SECRET = "the isolated storage tier of Halden is patched weekly"
FOR_SOME = "a second operator at Northgate confirms every single change"


@pytest.fixture
def world() -> World:
    """Words hidden from everybody outside, words that External reviewer reads and Public doesn't; a thread on each edition."""
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.redaction("R-BBBB", ground="security", note="A security matter.")
    case.section("S-AAAA", "Storage", f"Plain words. [[R-AAAA {SECRET}]]. Then [[R-BBBB {FOR_SOME}]] for sure.")
    users = people()
    world = World(import_raw(case.file), users)
    grant_all(world.case_id, users)
    release(world, {"all_staff": "", **{key: STATEMENTS[key] for key in ("external_reviewer", "public")}})
    world.thread_id = comment_as(world, "Rhea", "external_reviewer", "Rhea asks.")
    return world


def post(world: World, body: str, name: str = "Ada", thread: UUID | None = None) -> Any:
    path = f"/cases/{world.case_id}/comments/{thread or world.thread_id}/reply/"
    return SiteClient("workshop", world.users[name]).post(path, {"body": body, "page": "sections/S-AAAA"})


def test_reply_is_read_outside_under_a_role_word(world):
    assert post(world, "Thank you, see the section.", "Jun").status_code == 302
    rhea = SiteClient("reading_room", world.users["Rhea"])
    body = rhea.get(f"/editions/{world.editions['external_reviewer']}/sections/S-AAAA/").content.decode()
    assert "Thank you, see the section." in body
    assert "<b>Authors</b>" in body
    assert "Jun" not in body
    assert ReplyAuthor.objects.get().by_id == world.users["Jun"].pk


HELD = [
    f"Well, {SECRET}.",
    SECRET.upper(),
    SECRET.replace(" ", "  \u200b"),
    "We patched it: the isolated storage tier of Halden.",
]


@pytest.mark.parametrize("words", HELD)
def test_reply_that_says_hidden_words_is_held_back_and_nothing_is_stored(world, words):
    before = AuditEvent.objects.filter(verb="replied").count()
    response = post(world, words)
    body = response.content.decode()
    assert response.status_code == 422
    assert "This reply was not sent" in body
    assert "R-AAAA" in body  # the finding, for the cleared
    assert words.replace("\u200b", "") in body.replace("\u200b", "")  # what was typed is kept
    assert (Reply.objects.count(), ReplyAuthor.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(verb="replied").count() == before
    rhea = SiteClient("reading_room", world.users["Rhea"])
    page = rhea.get(f"/editions/{world.editions['external_reviewer']}/sections/S-AAAA/").content.decode()
    assert "Halden" not in page
    assert "reply" not in page.split('class="note"')[1].split("<details")[0]


@pytest.mark.parametrize(
    ("name", "audience", "is_sent"), [("Rhea", "external_reviewer", True), ("Omar", "public", False)]
)
def test_reply_may_say_what_its_own_reader_reads(world, name, audience, is_sent):
    thread = comment_as(world, name, audience, "Who confirms?")
    assert post(world, f"As it says: {FOR_SOME}.", thread=thread).status_code == (302 if is_sent else 422)
    assert Reply.objects.filter(thread_id=thread).exists() is is_sent


def test_finding_of_a_held_reply_is_for_those_who_may_reply(world):
    for name, status in (("Jun", 422), ("Mina", 422), ("Lex", 404), ("Sten", 404), ("Sofia", 404), ("Noor", 404)):
        response = post(world, SECRET, name)
        assert (response.status_code, "R-AAAA" in response.content.decode()) == (status, status == 422)
        empty = post(world, "", name)
        assert empty.status_code == (404 if name in ("Sofia", "Noor") else 302)
    assert not Reply.objects.exists()


def test_reply_to_a_thread_of_another_case_is_the_404(world):
    other = import_raw(CaseBuilder().file, as_new=True)
    Grant.objects.filter(user=world.users["Mina"]).update(case_id=other)
    for case_id, thread in ((other, world.thread_id), (other, uuid4()), (world.case_id, world.thread_id)):
        with pytest.raises(Http404):
            reply(by=world.actor("Mina"), case_id=case_id, thread_id=thread, body="Hello.")
    assert not Reply.objects.exists()


def test_action_itself_holds_back(world):
    with pytest.raises(HeldBack) as held:
        reply(by=world.actor("Ada"), case_id=world.case_id, thread_id=world.thread_id, body=SECRET)
    assert held.value.findings
    assert "Halden" not in str(held.value)


def thread_on(edition: UUID, **changes: Any) -> OutsideThread:
    fields = {"page": "front", "text_key": "t-x", "start": 0, "end": 1, "quote": "q", "author_id": uuid4(), **changes}
    return OutsideThread(edition_id=edition, **fields)


def insert(row: Any) -> None:
    with transaction.atomic(), as_login("reading_room"):
        row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def refusal(row: Any) -> str:
    """What the database says when the reading room's login inserts it."""
    with pytest.raises((ProgrammingError, IntegrityError)) as refused:
        insert(row)
    return str(refused.value)


def test_reading_room_login_inserts_threads_on_outward_editions_only(world):
    insert(thread_on(world.editions["public"]))
    inward, absent = world.editions["all_staff"], uuid4()
    said = {refusal(thread_on(edition)).replace(str(edition), "…") for edition in (inward, absent)}
    assert len(said) == 1, "an inward id can be told from no id at all"
    assert "thread_edition_and_direction" in said.pop()
    assert "thread_on_outward_edition" in refusal(thread_on(inward, outward=False))
    assert OutsideThread.objects.count() == 2


def test_reading_room_login_inserts_nothing_that_comes_from_inside(world):
    edition = Edition.objects.get(pk=world.editions["public"])
    edition.pk = uuid4()
    rows = [
        Reply(thread_id=world.thread_id, role_word="Authors", body="forged"),
        ReplyAuthor(reply_id=uuid4(), by_id=uuid4()),
        edition,
        EditionPart(edition_id=world.editions["public"], outward=True, page="more", content="{}", html="forged"),
    ]
    assert ["permission denied" in refusal(row) for row in rows] == [True] * 4


def test_reading_room_login_changes_nothing_that_was_said(world):
    for model in (OutsideThread, OutsideComment, Reply, Edition):
        for change in (lambda rows: rows.update(id=uuid4()), lambda rows: rows._raw_delete("default")):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                as_login("reading_room"),
            ):
                change(model.objects.all())
    assert OutsideComment.objects.count() == 1
