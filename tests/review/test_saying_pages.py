"""The pages and forms of what is said inside: comments, one thread, the box, the acts; for the browser and for the editor."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.models import Claim, Pathway, Section
from prose.models import Text
from review.models import InsideComment, InsideThread, Release
from tests.review.saying import edit, select, small_case, small_world, speak, text_of
from tests.site_client import SiteClient
from tests.world import World, comment_as, grant_all, import_raw, release

pytestmark = pytest.mark.django_db
PAGE = "sections/S-AAAA"
EDITOR = {"headers": {"X-Editor": "1"}}
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def world() -> World:
    ContentType.objects.clear_cache()
    return small_world()


def at(world: World, name: str) -> SiteClient:
    return SiteClient("workshop", world.users[name])


def here(world: World, below: str = "") -> str:
    return f"/cases/{world.case_id}/{below}"


def body(world: World) -> Text:
    return text_of(world, Section, "body", "S-AAAA")


def selection(world: World, words: str = "plain words", **more: Any) -> dict[str, Any]:
    """What the box sends about selected words."""
    about = select(body(world), words)
    span = {"text": about.key, "version": about.version, "from": about.span.start, "to": about.span.end}
    return {**span, "page": PAGE, "kind": "comment", "body": "Which ones?", **more}


def test_words_said_stand_beside_their_words_and_on_the_comments_page(world):
    response = at(world, "Sten").post(here(world, "say/"), selection(world))
    thread = InsideThread.objects.get()
    assert response.headers["Location"] == f"{here(world, PAGE)}/#thread-{thread.pk}"
    live = at(world, "Jun").get(here(world, f"{PAGE}/")).content.decode()
    assert f'id="thread-{thread.pk}" data-text="{body(world).key}" data-from="' in live
    assert "Which ones?" in live
    comments = at(world, "Jun").get(here(world, "comments/")).content.decode()
    assert "Which ones?" in comments
    assert "Body of S-AAAA" in comments


def test_box_and_words_bar_are_there_for_a_stress_tester_and_not_in_a_preview(world):
    live = at(world, "Sten").get(here(world, f"{PAGE}/")).content.decode()
    assert 'data-opens="say"' in live
    assert 'data-opens="redact"' not in live
    assert "data-selectable" in live
    preview = at(world, "Sten").get(here(world, f"as/public/{PAGE}/")).content.decode()
    assert 'data-opens="say"' not in preview
    assert "data-selectable" not in preview


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"body": " "}, "This field is required"),
        ({"kind": "question"}, "Choose the colleague who is asked"),
        ({"kind": "question", "asked": "noor"}, "Select a valid choice"),
        ({"kind": "suggestion", "wording": "plain words"}, "change some of them"),
        ({"from": 9000, "to": 9001}, "Select some words first"),
        ({"version": 7}, "Load the page again"),
        ({"text": "", "from": "", "to": ""}, "Select some words"),
        ({"kind": "finding"}, "Select a valid choice"),
    ],
)
def test_refused_words_come_back_with_a_sentence_beside_them(world, wrong, says):
    data = selection(world, body="Kept words.") | {
        name: str(world.users["Noor"].pk) if value == "noor" else value for name, value in wrong.items()
    }
    response = at(world, "Jun").post(here(world, "say/"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "data-open-now" in page
    assert "Kept words." in page or wrong.get("body")
    assert not InsideThread.objects.exists()
    answer = at(world, "Jun").post(here(world, "say/"), data, **EDITOR)
    assert answer.status_code == 422
    assert says in str(answer.json()["errors"])


def test_words_typed_on_a_page_that_is_gone_come_back_on_the_first_one(world):
    data = selection(world, body="Kept words.", kind="question", page="claims/C-ZZZZ")
    response = at(world, "Jun").post(here(world, "say/"), data)
    assert response.status_code == 422
    assert "Kept words." in response.content.decode()


def test_editor_gets_json_and_stays_where_it_is(world):
    answer = at(world, "Jun").post(here(world, "say/"), selection(world), **EDITOR)
    thread = InsideThread.objects.get()
    assert answer.json() == {"sentence": "Said. It stands beside its words, inside only.", "ref": str(thread.pk)}
    refused = at(world, "Jun").post(here(world, f"said/{thread.pk}/reply/"), {"body": ""}, **EDITOR)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["body"])


def test_something_is_said_about_an_object_or_a_link_without_script(world):
    page = at(world, "Sten").get(here(world, "say/?about=P-AAAA")).content.decode()
    assert "Say something about this pathway" in page
    assert '<option value="L-AAAA">' in page
    assert 'value="suggestion"' not in page
    for about, there in (("P-AAAA", "pathways/P-AAAA"), ("L-AAAA", "pathways/P-AAAA"), ("C-BBBB", "claims/C-BBBB")):
        data = {"about": about, "kind": "doubt", "body": f"Is {about} so?", "page": there}
        assert at(world, "Sten").post(here(world, "say/"), data).status_code == 302
        assert f"Is {about} so?" in at(world, "Jun").get(here(world, f"{there}/")).content.decode()
    absent = {"about": "C-ZZZZ", "kind": "doubt", "body": "?", "page": "front"}
    assert at(world, "Sten").post(here(world, "say/"), absent).status_code == 404
    again = at(world, "Sten").post(here(world, "say/"), {"about": "P-AAAA", "kind": "question", "body": "Kept."})
    assert again.status_code == 422
    assert "Kept." in again.content.decode()
    assert "Choose the colleague who is asked" in again.content.decode()


def test_doubts_show_with_their_number_on_the_object_and_in_the_register_until_they_are_answered(world):
    statement = text_of(world, Claim, "statement", "C-AAAA")
    one = speak(world, "Sten", "C-AAAA", "doubt")
    speak(world, "Sten", select(statement, "capped"), "doubt")
    speak(world, "Sten", select(statement, "capped"), "comment")
    for below in ("claims/C-AAAA/", "register/"):
        page = at(world, "Jun").get(here(world, below)).content.decode()
        assert "comments/?kind=doubt&amp;about=C-AAAA" in page
        assert ">2 open doubts</a>" in page
        assert "open doubt" not in at(world, "Jun").get(here(world, f"as/full/{below}")).content.decode()
    at(world, "Jun").post(here(world, f"said/{one}/answered/"), {"why": "It is."})
    assert ">1 open doubt</a>" in at(world, "Jun").get(here(world, "claims/C-AAAA/")).content.decode()
    listed = at(world, "Jun").get(here(world, "comments/?kind=doubt&about=C-AAAA")).content.decode()
    assert listed.count('class="note inside') == 2


def test_a_settled_thread_is_folded_away_and_lights_no_words(world):
    thread = speak(world, "Sten", select(body(world), "plain words"))
    at(world, "Jun").post(here(world, f"said/{thread}/resolved/"), {"page": PAGE})
    page = at(world, "Jun").get(here(world, f"{PAGE}/")).content.decode()
    assert "1 settled" in page
    assert f'id="thread-{thread}"' in page
    assert "data-from=" not in page.split('<details class="over">')[1].split("</details>")[0]
    assert "Jun</b> resolved it" in page


def test_a_thread_whose_words_are_gone_says_so_with_the_words(world):
    thread = speak(world, "Sten", select(body(world), "plain words"))
    edit(world, body(world), "plain words", "", name="Jun")
    page = at(world, "Jun").get(here(world, f"{PAGE}/")).content.decode()
    assert "These words are no longer in the text." in page
    assert "plain words</a></q>" in page
    assert str(thread) in page


def test_threads_about_something_retired_stay_and_say_so(world):
    Claim.objects.filter(case_id=world.case_id, ref="C-BBBB").update(retired=True)
    speak(world, "Sten", "C-BBBB", body="About the claim.")
    speak(world, "Sten", select(text_of(world, Claim, "statement", "C-BBBB"), "the log"), body="About its words.")
    page = at(world, "Jun").get(here(world, "comments/")).content.decode()
    assert page.count("(retired)") == 2
    assert "Claim C-BBBB" in page
    assert "Statement of C-BBBB" in page


FILTERS = [
    ("", {"a", "b", "c"}),
    ("?state=", {"a", "b", "c", "d"}),
    ("?state=over", {"d"}),
    ("?kind=doubt", {"b"}),
    ("?kind=question", {"c"}),
    ("?mine=raised", {"d"}),
    ("?mine=asked", {"c"}),
    ("?mine=mentions", {"a"}),
    ("?person=Sten", {"a", "b"}),
    ("?page=claims/C-AAAA", {"b"}),
    ("?about=C-AAAA", {"b"}),
    ("?kind=outside", set()),
    ("?kind=nonsense&state=open", {"a", "b", "c"}),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_comments_are_filtered(world, query, found):
    said = {
        "a": speak(world, "Sten", select(body(world), "plain words"), body="Ask @Jun."),
        "b": speak(world, "Sten", "C-AAAA", "doubt"),
        "c": speak(world, "Mina", "P-AAAA", "question", to_id=world.users["Jun"].pk),
        "d": speak(world, "Jun", "P-AAAA"),
    }
    at(world, "Ada").post(here(world, f"said/{said['d']}/resolved/"), {})
    page = at(world, "Jun").get(here(world, f"comments/{query}")).content.decode()
    shown = page.split('<div class="comments">')[1]
    assert {name for name, thread in said.items() if f'id="thread-{thread}"' in shown} == found


def test_pages_of_comments_stand_by_their_newest_act(world):
    first = speak(world, "Sten", "C-AAAA", body="first")
    speak(world, "Sten", "P-AAAA", body="second")
    assert order(world) == ["Pathway P-AAAA", "Claim C-AAAA"]
    at(world, "Jun").post(here(world, f"said/{first}/reply/"), {"body": "third"})
    assert order(world) == ["Claim C-AAAA", "Pathway P-AAAA"]


def order(world: World) -> list[str]:
    """The headings of the comments page."""
    page = at(world, "Jun").get(here(world, "comments/")).content.decode()
    return re.findall(r'<h2 id="on-\d+"><a href="[^"]*">([^<]*)<', page)


def test_first_page_shows_what_is_for_whom(world):
    asked = speak(world, "Sten", "C-AAAA", "question", body="Is it ten?", to_id=world.users["Jun"].pk)
    named = speak(world, "Sten", "P-AAAA", body="See here, @Jun and @Noor.")
    for there in ("/", here(world, "comments/")):
        page = at(world, "Jun").get(there).content.decode()
        assert "Sten asks you" in page
        assert "Sten mentions you" in page
        assert "For you" not in at(world, "Lex").get(there).content.decode()
    assert "For you" not in at(world, "Noor").get("/").content.decode()
    at(world, "Jun").post(here(world, f"said/{asked}/reply/"), {"body": "It is nine."})
    at(world, "Jun").post(here(world, f"said/{named}/reply/"), {"body": "Seen."})
    assert "For you" not in at(world, "Jun").get("/").content.decode()
    sten = at(world, "Sten").get("/").content.decode()
    assert sten.count("Jun went on with what you said") == 2
    assert "It is nine." in sten


def test_what_is_for_somebody_ends_with_their_grant(world):
    speak(world, "Sten", "C-AAAA", "question", body="Is it ten?", to_id=world.users["Jun"].pk)
    world.users["Jun"].grants.update(expires_at="2020-01-01T00:00Z")
    page = at(world, "Jun").get("/").content.decode()
    assert "Is it ten?" not in page
    assert at(world, "Jun").get(here(world, "comments/")).status_code == 404


def test_htmx_gets_the_card_alone_with_what_was_refused_in_it(world):
    thread = speak(world, "Sten", select(body(world), "plain words"), "doubt")
    refused = at(world, "Jun").post(here(world, f"said/{thread}/answered/"), {"why": "", "page": PAGE}, **HTMX)
    assert refused.status_code == 200
    card = refused.content.decode()
    assert card.strip().startswith("<article")
    assert "Say why." in card
    answered = at(world, "Jun").post(here(world, f"said/{thread}/answered/"), {"why": "It is.", "page": PAGE}, **HTMX)
    assert "Doubt · answered" in answered.content.decode()
    alone = at(world, "Lex").get(here(world, f"said/{thread}/?page={PAGE}"), **HTMX).content.decode()
    assert alone.strip().startswith("<article")


@pytest.mark.parametrize("name", ["Sofia", "Noor", "Aud"])
def test_who_may_not_read_the_case_gets_the_one_404(world, name):
    thread = speak(world, "Sten", "C-AAAA", body="Secret words.")
    client, missing = at(world, name), uuid.uuid4()
    expected = client.get(here(world, f"said/{missing}/")).content
    for below in ("comments/", "say/", f"said/{thread}/", f"said/{missing}/"):
        response = client.get(here(world, below))
        assert (response.status_code, response.content) == (404, expected)
    for below in ("say/", f"said/{thread}/reply/", f"said/{thread}/accept/", f"said/{thread}/resolved/"):
        for data in ({}, {"body": "Probe", "why": "w", "kind": "comment", "about": "C-AAAA", "chosen": [0]}):
            for more in ({}, EDITOR, HTMX):
                response = client.post(here(world, below), data, **more)
                assert (response.status_code, response.content) == (404, expected), below
    assert InsideComment.objects.count() == 1


def test_a_thread_or_text_of_another_case_is_a_404(world):
    other = import_raw(small_case(), as_new=True)
    grant_all(other, world.users)
    thread = speak(world, "Sten", "C-AAAA")
    for below in (f"said/{thread}/",):
        assert at(world, "Ada").get(f"/cases/{other}/{below}").status_code == 404
    assert at(world, "Ada").post(f"/cases/{other}/said/{thread}/reply/", {"body": "x"}).status_code == 404
    assert at(world, "Ada").post(f"/cases/{other}/said/{thread}/no-such-act/", {}).status_code == 404
    foreign = Text.objects.filter(scope_id=other).exclude(
        key__in=Text.objects.filter(scope_id=world.case_id).values("key")
    )
    Text.objects.filter(pk=Section.objects.get(case_id=other).body_id).update(key="t-zzzzzzzzzzzzzzzz")
    data = selection(world) | {"text": foreign[0].key}
    assert at(world, "Ada").post(here(world, "say/"), data).status_code == 404
    assert InsideThread.objects.count() == 1


def statements(client: SiteClient, path: str) -> list[str]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    control = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SET ")
    return [q["sql"] for q in queries if not q["sql"].startswith(control)]


def some(world: World) -> None:
    """One of each, with replies and a decision."""
    text = body(world)
    speak(world, "Sten", select(text, "plain words"), "comment", body="Ask @Jun.")
    doubt = speak(world, "Sten", select(text_of(world, Pathway, "argument", "P-AAAA"), "An argument"), "doubt")
    speak(world, "Sten", select(text, "plain words"), "suggestion", wording="simple words")
    speak(world, "Sten", "C-AAAA", "question", to_id=world.users["Jun"].pk)
    client = at(world, "Jun")
    client.post(here(world, f"said/{doubt}/reply/"), {"body": "Hm."})
    client.post(here(world, f"said/{doubt}/answered/"), {"why": "So."})


@pytest.mark.parametrize("below", ["", f"{PAGE}/", "claims/C-AAAA/", "comments/?state=", "register/"])
def test_pages_take_the_same_statements_with_one_of_each_as_with_three(world, below):
    some(world)
    client = at(world, "Jun")
    one = statements(client, here(world, below))
    some(world)
    some(world)
    three = statements(client, here(world, below))
    assert len(one) == len(three), "\n".join(sorted(set(three) - set(one)))


def test_first_page_takes_the_same_statements(world):
    some(world)
    client = at(world, "Jun")
    one = statements(client, "/")
    some(world)
    some(world)
    assert len(one) == len(statements(client, "/"))


def test_what_was_said_inside_and_outside_stands_on_one_page_told_apart(world):
    released = small_released(world)
    thread = comment_as(released, "Rhea", "external_reviewer", "Rhea asks.", words="plain words")
    speak(world, "Sten", select(body(world), "plain words"), body="Sten says.")
    page = at(world, "Jun").get(here(world, "comments/")).content.decode()
    assert page.count('class="note inside comment"') == page.count("External reviewer, edition 1") == 1
    assert 'name="page" value="comments"' in page
    answer = at(world, "Jun").post(here(world, f"comments/{thread}/reply/"), {"body": "Thank you.", "page": "comments"})
    assert answer.headers["Location"] == here(world, "comments/")
    live = at(world, "Jun").get(here(world, f"{PAGE}/")).content.decode()
    assert "Rhea asks." in live
    assert "Sten says." in live
    outside = at(world, "Jun").get(here(world, "comments/?kind=outside")).content.decode()
    assert "Rhea asks." in outside
    assert "Sten says." not in outside


def small_released(world: World) -> World:
    said = "Withheld under a legal duty."
    release(world, {"external_reviewer": said, "public": said})
    return world


def test_release_check_tells_of_open_doubts_inside_and_holds_nothing_for_them(world):
    speak(world, "Sten", select(text_of(world, Claim, "statement", "C-AAAA"), "capped"), "doubt", body="QXBODY")
    small_released(world)
    findings = Release.objects.get(pk=world.release_id).findings
    told = [one["sentence"] for one in findings if one["kind"] == "doubted"]
    assert told == ["A doubt about C-AAAA is open."]
    assert "QXBODY" not in str(findings)
    page = at(world, "Mina").get(here(world, f"releases/{world.release_id}/?step=check")).content.decode()
    assert "A doubt about C-AAAA is open." in page
    rhea = SiteClient("reading_room", world.users["Rhea"])
    edition = f"/editions/{world.editions['external_reviewer']}/"
    for below in ("", "claims/C-AAAA/", "register/", "report/"):
        assert "doubt" not in rhea.get(edition + below).content.decode()
