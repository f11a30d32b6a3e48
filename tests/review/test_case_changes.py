"""What changed in the whole case: since when, by whom, of which kind; page by page, and no more work than there were changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import AuditEvent, RedactionEvent
from pathways.models import PartEvent
from prose.models import Text
from review.loaders.history.case import CaseChanges, Wanted, case_changes
from tests.review.history_world import hide, minutes_ago, text_of, type_over
from tests.review.redaction_world import at, live_world, row
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db
HOUR = 60
DAY = 24 * HOUR


@pytest.fixture
def world() -> World:
    return live_world()


@pytest.fixture
def text(world: World) -> Text:
    return text_of(world, "Plain words.")


def changes(world: World, name: str = "Ada", **wanted: str | int) -> CaseChanges:
    return case_changes(world.actor(name), world.case_id, Wanted(**{"since": "7d", **wanted}), "../")  # type: ignore[arg-type]


def told(found: CaseChanges) -> dict[str, list[str]]:
    """Page → what happened there, as words."""
    return {
        page.page: [
            *(f"{one.who} {one.event.did} {one.event.ref}".strip() for one in page.events),
            *(
                f"{' and '.join(one.who)} {', '.join(one.did)}: {one.name.label if one.name else ''}"
                for one in page.texts
            ),
        ]
        for page in found.pages
    }


def event(world: World, verb: str, ref: str, minutes: float = 5, **more: str) -> None:
    then = timezone.now() - timedelta(minutes=minutes)
    PartEvent.objects.create(case_id=world.case_id, ref=ref, verb=verb, by_id=world.users["Jun"].pk, at=then, **more)


def test_changes_stand_by_page_the_newest_first(world, text):
    with minutes_ago(30):
        type_over(world, "Ada", text, "Plain", "Simple")
    with minutes_ago(20):
        type_over(world, "Jun", text_of(world, "It would need weights"), "It", "That")
    event(world, "changed", "C-BBBB", attribute="grade", before="moderate", after="strong", why="A new test.")
    event(world, "created", "L-AAAA", 10)
    RedactionEvent.objects.create(
        redaction=row(world), by_id=world.users["Lex"].pk, verb="approved", at=timezone.now() - timedelta(minutes=25)
    )
    found = told(changes(world))
    assert list(found) == ["claims/C-BBBB", "pathways/P-AAAA", "redactions", "sections/S-AAAA"]
    assert found["claims/C-BBBB"] == ["Jun changed it C-BBBB"]
    assert found["pathways/P-AAAA"] == ["Jun made it L-AAAA", "Jun wrote: Argument of P-AAAA"]
    assert found["redactions"] == ["Lex approved it R-WRDS"]
    assert found["sections/S-AAAA"] == ["Ada wrote: Body of S-AAAA"]


def test_only_what_changed_since_then_is_told_against_the_version_of_then(world, text):
    with minutes_ago(3 * DAY):
        type_over(world, "Ada", text, "Plain", "Simple")
    type_over(world, "Jun", text, "words", "signs")
    (page,) = changes(world, since="1d").pages
    difference = page.texts[0].difference
    assert difference is not None
    assert (difference.words_in, difference.words_out, page.texts[0].who) == (1, 1, ("Jun",))
    (page,) = changes(world, since="7d").pages
    assert page.texts[0].difference is not None
    assert (page.texts[0].difference.words_in, page.texts[0].who) == (2, ("Ada", "Jun"))


def test_filters_by_author_and_kind(world, text):
    type_over(world, "Ada", text, "Plain", "Simple")
    event(world, "retired", "C-BBBB")
    hide(world, "Lex", text, "words")
    jun = str(world.users["Jun"].pk)
    assert list(told(changes(world, by=jun))) == ["claims/C-BBBB"]
    assert list(told(changes(world, kind="redactions"))) == ["redactions"]
    assert list(told(changes(world, kind="structure"))) == ["claims/C-BBBB"]
    assert told(changes(world, kind="words")) == {"sections/S-AAAA": ["Ada and Lex wrote, hid words: Body of S-AAAA"]}
    assert told(changes(world, by=jun, kind="words")) == {}
    assert dict(changes(world).people)[jun] == "Jun"


def test_since_an_edition_is_since_the_case_was_read_for_it():
    world = make_world()
    text = text_of(world, "Plain words.")
    with minutes_ago(5):
        type_over(world, "Ada", text, "Plain", "Before")
    assert told(changes(world, since="edition:public:1")) == {}
    type_over(world, "Ada", text, "Before", "Simple")
    found = changes(world, since="edition:public:1")
    assert list(told(found)) == ["sections/S-AAAA"]
    assert "Public, edition 1" in found.since.words


def test_my_last_visit_is_before_i_left_for_a_while(world, text):
    me, other = world.users["Ada"].pk, world.users["Jun"].pk
    for minutes, by in ((3 * DAY, me), (2 * DAY, me), (30, me), (10 * HOUR, other)):
        AuditEvent.objects.create(
            actor_id=by, verb="live_read", case_id=world.case_id, at=timezone.now() - timedelta(minutes=minutes)
        )
    found = changes(world, since="")
    assert found.since.asked == "visit"
    assert timezone.now() - found.since.at > timedelta(days=1.9)
    assert changes(world, "Sten", since="").since.asked == "7d", "who was never here looks back a week"
    assert changes(world, "Sten", since="visit").since.asked == "7d"


def test_what_was_said_is_counted_and_its_words_are_not_there(world):
    say_it(world, f"{CANARY}said aloud")
    found = changes(world)
    assert (found.said.threads, found.said.inside, found.said.outside) == (1, 1, 0)
    page = at(world, "Ada").get(f"/cases/{world.case_id}/changes/?since=7d").content.decode()
    assert "1 thing said inside, 1 thread opened" in page
    assert "said aloud" not in page


def say_it(world: World, body: str) -> None:
    from review.models import InsideComment, InsideThread

    thread = InsideThread.objects.create(
        case_id=world.case_id, kind="comment", state="open", by_id=world.users["Ada"].pk
    )
    InsideComment.objects.create(thread=thread, by_id=world.users["Ada"].pk, body=body)


@pytest.mark.parametrize(
    "since",
    ["yesterday", "2026-13-45", "edition:public:99", "edition:nobody:1", "0d", "99999d", "release", "9999-99-99T00:00"],
)
def test_no_moment_is_nowhere(world, since):
    assert at(world, "Ada").get(f"/cases/{world.case_id}/changes/?since={since}").status_code == 404


@pytest.mark.parametrize(
    "query", ["since=2026-01-31", "since=2026-01-31T10:00", "since=7d&page=7", "day=2026-01-31", "page=x"]
)
def test_moments_of_every_kind(world, query):
    assert at(world, "Ada").get(f"/cases/{world.case_id}/changes/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("Ada", 200), ("Jun", 200), ("Lex", 200), ("Sten", 200), ("Sofia", 404), ("Aud", 404)]
)
def test_only_who_reads_the_case_live_sees_what_changed(world, text, name, status):
    type_over(world, "Ada", text, "Plain", "Simple")
    assert at(world, name).get(f"/cases/{world.case_id}/changes/").status_code == status


def test_the_page_tells_words_structure_and_decisions(world, text):
    type_over(world, "Ada", text, "Plain", "Simple")
    event(world, "changed", "C-BBBB", attribute="grade", before="moderate", after="strong", why="A new test.")
    event(world, "merged", "C-AAAA", other_ref="C-BBBB", why="The same.")
    ref = hide(world, "Ada", text, "words")
    page = at(world, "Sten").get(f"/cases/{world.case_id}/changes/?since=7d").content.decode()
    assert "<del>Plain</del> <ins>Simple</ins>" in page
    assert (
        'grade: <del><span class="sr">was </span>moderate</del> <ins><span class="sr">now </span>strong</ins>' in page
    )
    assert "merged it into another" in page
    assert f"/redactions/{ref}/" in page
    assert "A new test." in page


def test_statements_do_not_grow_with_what_changed(world, text):
    type_over(world, "Ada", text, "Plain", "Simple")
    event(world, "changed", "C-BBBB", attribute="grade", before="a", after="b")
    hide(world, "Ada", text, "words")
    path = f"/cases/{world.case_id}/changes/?since=7d"
    one = statements(world, path)
    for old in ("It would need", "Egress is", "A drill", "Self-exfiltration"):
        text = text_of(world, old)
        for _ in range(3):
            type_over(world, "Jun", text, "", "More ")
    event(world, "moved", "P-AAAA")
    hide(world, "Jun", text, "weights")
    many = statements(world, path)
    assert len(one) == len(many), "\n".join(sorted(set(many) - set(one)))
    assert len(many) <= 30


def statements(world: World, path: str) -> list[str]:
    client = at(world, "Ada")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    control = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SET ")
    return [query["sql"] for query in queries if not query["sql"].startswith(control)]


def test_only_texts_that_changed_are_opened(world, text):
    type_over(world, "Ada", text, "Plain", "Simple")
    with CaptureQueriesContext(connection) as queries:
        changes(world)
    contents = [
        query["sql"] for query in queries if '"prose_text"."content"' in query["sql"] and '"prose_text"' in query["sql"]
    ]
    with connection.cursor() as cursor:
        read = 0
        for statement in contents:
            cursor.execute(f"select count(*) from ({statement}) s")
            read += cursor.fetchone()[0]
    assert read <= 4, "the text, its section's title, the title of the case"


def test_many_pages_of_changes_are_told_in_parts(world):
    for number in range(30):
        event(
            world,
            "changed",
            f"C-{'23456789'[number // 8]}{'ABCDEFGH'[number % 8]}XX",
            number,
            attribute="grade",
            before="a",
            after="b",
        )
    first = changes(world)
    assert (len(first.pages), first.total, first.more) == (12, 30, 2)
    seen = [page.page for n in (1, 2, 3) for page in changes(world, number=n).pages]
    assert len(set(seen)) == 30
    assert changes(world, number=3).more is None
