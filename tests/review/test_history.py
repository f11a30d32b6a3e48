"""The history of a text: its versions by author and time, the difference between any two, who wrote what."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from cases.redaction.facts import RedactionState
from prose.marked import content_to_json
from prose.models import Checkpoint, Step, Text, Why
from prose.schema import TextSchema
from prose.versions import content_at, contents_at
from review.comparing.changes import Change
from review.history.differences import Difference
from review.loaders.history.text import Asked, TextHistory, text_history
from tests.review.history_world import hide, minutes_ago, position, send, text_of, type_after, type_over
from tests.review.redaction_world import at, in_state, live_world
from tests.world import CANARY, World, import_raw, secret_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return live_world()


@pytest.fixture
def text(world: World) -> Text:
    return text_of(world, "Plain words.")


def history(world: World, text: Text, name: str = "Ada", **asked: int) -> TextHistory:
    return text_history(world.actor(name), world.case_id, text.key, Asked(**asked), "../../../")


def told(found: TextHistory) -> list[tuple[str, str, int, int]]:
    """Who, did what, words in, words out; newest first."""
    return [
        (row.signed, row.did, row.difference.words_in, row.difference.words_out)
        for row in found.sittings
        if row.difference
    ]


def words(difference: Difference | None, change: Change) -> str:
    assert difference is not None
    return " ".join(one.words.strip() for row in difference.rows for one in row.stretches if one.change is change)


def address(world: World, text: Text, page: str = "history", case_id: UUID | None = None) -> str:
    return f"/cases/{case_id or world.case_id}/texts/{text.key}/{page}/"


def test_versions_are_told_by_author_and_time_with_how_many_words_came_and_went(world, text):
    with minutes_ago(60):
        type_over(world, "Ada", text, "Plain", "Quite plain")
        type_after(world, "Ada", text, "Quite", " and very")
    with minutes_ago(30):
        type_over(world, "Jun", text, "Plain"[1:], "lainer")
    ref = hide(world, "Jun", text, "words")
    found = history(world, text)
    assert told(found) == [
        ("Jun", "hid words", 0, 0),
        ("Jun", "wrote", 1, 1),
        ("Ada", "wrote", 4, 1),
    ]
    first = found.sittings[0].difference
    assert first is not None
    assert first.hidden == (ref,)
    assert [row.is_now for row in found.sittings] == [True, False, False]


def test_the_last_sitting_is_compared_unless_two_versions_are_asked_for(world, text):
    with minutes_ago(60):
        type_over(world, "Ada", text, "Plain", "Simple")
    type_over(world, "Jun", text, "words", "signs")
    last = history(world, text).compared
    assert (words(last.difference, Change.OUT), words(last.difference, Change.IN)) == ("words", "signs")
    both = history(world, text, start=0, end=2).compared
    assert (words(both.difference, Change.OUT), words(both.difference, Change.IN)) == ("Plain words", "Simple signs")
    assert history(world, text, start=2, end=0).compared == both
    since = history(world, text, start=1).compared
    assert words(since.difference, Change.IN) == "signs"


def test_any_two_of_many_versions_can_be_compared_across_checkpoints(world, text):
    for number in range(120):
        type_over(world, "Ada", text, "", f"w{number} ")
    assert Checkpoint.objects.filter(text=text).count() == 3
    for start, end in ((0, 120), (49, 51), (50, 100), (77, 78), (119, 120)):
        found = history(world, text, start=start, end=end).compared
        assert sorted(words(found.difference, Change.IN).split()) == sorted(f"w{n}" for n in range(start, end))


def test_redaction_marks_are_seen_and_a_lifted_one_is_told_without_hatching(world, text):
    ref = hide(world, "Ada", text, "words")
    page = at(world, "Ada").get(address(world, text)).content.decode()
    assert re.search(rf'mark-redact" data-refs="{ref}" data-state="proposed">words<', page)
    assert "now hidden by <a" in page
    in_state(world, RedactionState.LIFTED, ref)
    page = at(world, "Ada").get(address(world, text)).content.decode()
    assert f'data-refs="{ref}"' not in page
    assert f'now hidden by <span class="id">{ref}' in page


def test_words_are_escaped(world, text):
    type_over(world, "Ada", text, "Plain", "<b>&amp;")
    for page in ("history", "authors"):
        body = at(world, "Ada").get(address(world, text, page)).content.decode()
        assert "<b>&amp;<" not in body
        assert "&lt;b&gt;" in body or "&lt;" in body


def test_every_stretch_is_signed_and_leads_to_its_sitting(world, text):
    with minutes_ago(60):
        type_over(world, "Ada", text, "Plain", "Quite plain")
    type_over(world, "Jun", text, "Quite", "Nearly")
    body = at(world, "Sten").get(address(world, text, "authors")).content.decode()
    assert re.search(
        r'<span class="by by-2">Nearly<a class="by-ref"[^>]*from=1&amp;to=2" aria-label="Jun wrote, ', body
    )
    assert re.search(
        r'<span class="by by-1"> plain<a class="by-ref"[^>]*from=0&amp;to=1" aria-label="Ada wrote, ', body
    )
    assert re.search(r"</span> words\. ", body), "words from before the log are signed by nobody"


def test_hidden_words_are_marked_where_authors_are_told(world, text):
    body = at(world, "Ada").get(address(world, text, "authors")).content.decode()
    assert f'<span class="mark-redact" data-refs="R-WRDS" data-state="approved">{CANARY}one hidden</span>' in body


@pytest.mark.parametrize("page", ["history", "authors"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("Ada", 200), ("Jun", 200), ("Lex", 200), ("Sten", 200), ("Sofia", 404), ("Aud", 404)],
)
def test_only_who_reads_the_case_live_looks_back(world, text, page, name, status):
    assert at(world, name).get(address(world, text, page)).status_code == status


@pytest.mark.parametrize("page", ["history", "authors", "restore"])
def test_the_key_of_another_case_is_nowhere(world, text, page):
    other = import_raw(secret_case(), as_new=True)
    key = Text.objects.filter(scope_id=other).exclude(key__in=Text.objects.filter(scope_id=world.case_id).values("key"))
    assert at(world, "Ada").get(address(world, text, page, other)).status_code == 404
    text.key = next((one.key for one in key), "t-zzzzzzzzzzzzzzzz")
    assert at(world, "Ada").get(address(world, text, page)).status_code == 404


@pytest.mark.parametrize(
    "query", ["from=9", "to=-1", "from=x", "to=99999999999999999999", "until=", "from=0&to=1&until=1"]
)
def test_a_version_that_the_text_never_had_is_nowhere(world, text, query):
    type_over(world, "Ada", text, "Plain", "Simple")
    status = at(world, "Ada").get(f"{address(world, text)}?{query}").status_code
    assert status == (200 if query.startswith(("until", "from=0")) else 404)


def test_a_text_that_nobody_changed_says_so(world, text):
    body = at(world, "Ada").get(address(world, text)).content.decode()
    assert "Nothing was changed here yet" in body
    assert "Nobody has written here yet" in at(world, "Ada").get(address(world, text, "authors")).content.decode()


def test_what_was_done_before_anything_was_kept_is_told_without_words(world, text):
    """A log from before there were checkpoints: the sitting is there, its words are not."""
    Step.objects.create(
        text=text, version=1, operation_id=UUID(int=1), by_id=world.users["Ada"].pk, why=Why.MARKED, steps=text.content
    )
    Text.objects.filter(pk=text.pk).update(version=1)
    (row,) = history(world, text).sittings
    assert (row.signed, row.did, row.difference) == ("Ada", "hid words", None)
    type_over(world, "Jun", text, "Plain", "Simple")
    assert [row.difference is None for row in history(world, text).sittings] == [False, True]
    with pytest.raises(Http404):
        history(world, text, start=0, end=2)
    assert "not kept" in at(world, "Ada").get(address(world, text)).content.decode()


def statements(world: World, path: str) -> list[str]:
    client = at(world, "Ada")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    control = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SET ")
    return [query["sql"] for query in queries if not query["sql"].startswith(control)]


@pytest.mark.parametrize("page", ["history", "authors"])
def test_statements_do_not_grow_with_the_history(world, text, page):
    type_over(world, "Ada", text, "Plain", "Simple")
    one = statements(world, address(world, text, page))
    for number in range(110):
        with minutes_ago(5_000 - 20 * number):
            type_over(world, ("Ada", "Jun")[number % 2], text, "", f"w{number} ")
    many = statements(world, address(world, text, page))
    assert len(one) == len(many), "\n".join(sorted(set(many) - set(one)))
    assert len(many) <= 20


def test_five_hundred_versions_are_told_page_by_page_from_few_steps(world, text):
    for number in range(500):
        with minutes_ago(20_000 - 20 * number):
            start = position(text, "words") if number % 2 else 1
            step = {
                "stepType": "replace",
                "from": start,
                "to": start,
                "slice": {"content": [{"type": "text", "text": "x "}]},
            }
            send(world, "Ada", text, step)
    with CaptureQueriesContext(connection) as queries:
        found = history(world, text)
    loaded = [query["sql"] for query in queries if '"prose_step"."steps"' in query["sql"]]
    assert len(loaded) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({loaded[0]}) s")
        assert cursor.fetchone()[0] <= 50
    assert (len(found.sittings), found.older, len(found.sittings[0].who)) == (20, 480, 1)
    seen = [row.sitting.last for row in found.sittings]
    for until in (found.older, 40, 20):
        found = history(world, text, until=until)
        seen += [row.sitting.last for row in found.sittings]
    assert seen == [*range(500, 460, -1), *range(40, 0, -1)]
    assert found.older is None


def test_the_texts_of_a_page_lead_to_their_histories_those_that_changed_first(world, text):
    type_over(world, "Jun", text, "Plain", "Simple")
    page = at(world, "Sten").get(f"/cases/{world.case_id}/history/?page=sections/S-AAAA").content.decode()
    assert f"/texts/{text.key}/history/" in page
    assert "Jun wrote, " in page
    assert "1 change<" in page
    assert page.index("Body of S-AAAA") < page.index("As brought in or made") < page.index("Title of S-AAAA")


@pytest.mark.parametrize("page", ["nothing", "claims/C-ZZZZ", "report"])
def test_a_page_without_texts_of_its_own_has_no_history(world, page):
    assert at(world, "Ada").get(f"/cases/{world.case_id}/history/?page={page}").status_code == 404


def test_a_live_page_leads_to_the_history_of_its_texts_and_a_preview_does_not(world):
    link = f"/cases/{world.case_id}/history/?page=sections/S-AAAA"
    live = f"/cases/{world.case_id}/sections/S-AAAA/"
    assert link in at(world, "Sten").get(live).content.decode()
    preview = live.replace("/sections/", "/as/public/sections/")
    assert link not in at(world, "Sten").get(preview).content.decode()


def test_many_versions_are_made_again_at_once_as_each_is_by_itself(world, text):
    for number in range(107):
        type_over(world, "Ada", text, "", f"w{number} ")
    other = text_of(world, "Egress is capped.")
    type_over(world, "Ada", other, "Egress", "Traffic")
    kinds = {one.pk: TextSchema(one.kind) for one in (text, other)}
    wanted = {text.pk: {0, 1, 49, 50, 51, 73, 99, 100, 106}, other.pk: {0}}
    with CaptureQueriesContext(connection) as queries:
        found = contents_at(wanted, kinds)
    assert len(queries) == 3
    assert {place: content_to_json(content) for place, content in found.items()} == {
        (one.pk, version): content_to_json(content_at(one, version))
        for one in (text, other)
        for version in wanted[one.pk]
    }
