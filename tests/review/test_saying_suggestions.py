"""Suggestions: accepted wholly or in part, into the very words; hidden words stay hidden; who suggested stays recorded."""

from __future__ import annotations

import json

import pytest
from django.http import Http404

from pathways.models import Claim, Section
from prose.marked import parsed
from prose.models import Anchor, Step, Text, Why
from prose.nodes import Node
from review.actions.talk import CannotBeSaid, accept
from review.models import EditionPart, InsideThread, InsideThreadEvent
from tests.review.redaction_world import section_read_by
from tests.review.saying import edit, reads, select, shown, small_world, speak, text_of
from tests.site_client import SiteClient
from tests.world import World, release

pytestmark = pytest.mark.django_db
STATEMENTS = {"external_reviewer": "Withheld under a legal duty.", "public": "Withheld under a legal duty."}


@pytest.fixture
def world() -> World:
    return small_world()


def body(world: World) -> Text:
    return text_of(world, Section, "body", "S-AAAA")


def suggest(world: World, words: str, wording: str, name: str = "Sten") -> InsideThread:
    made = speak(world, name, select(body(world), words), "suggestion", wording=wording, body="")
    return InsideThread.objects.get(pk=made)


def take(world: World, row: InsideThread, *chosen: int, name: str = "Jun") -> str:
    numbers = frozenset(chosen) if chosen else None
    return accept(by=world.actor(name), case_id=world.case_id, thread_id=row.pk, chosen=numbers)


def leaves(world: World) -> list[Node]:
    return list(parsed(Text.objects.get(pk=body(world).pk).content).leaves())


def test_accepting_puts_the_words_in_and_remembers_who_suggested_and_who_accepted(world):
    row = suggest(world, "plain words", "very simple words")
    assert take(world, row) == "accepted"
    assert reads(body(world)).startswith("First 🔒 very simple words.")
    row.refresh_from_db()
    step = Step.objects.get(text=body(world))
    event = InsideThreadEvent.objects.get(thread=row)
    assert (row.state, row.by_id) == ("accepted", world.users["Sten"].pk)
    assert (step.why, step.by_id) == (Why.SUGGESTED, world.users["Jun"].pk)
    assert (event.verb, event.by_id, event.version) == ("accepted", world.users["Jun"].pk, step.version)
    assert Anchor.objects.count() == 1  # that of the thread


@pytest.mark.parametrize("name", ["Lex", "Sten", "Sofia", "Noor", "Aud", "Rhea"])
def test_only_authors_accept(world, name):
    row = suggest(world, "plain words", "simple words")
    with pytest.raises(Http404):
        take(world, row, name=name)
    assert (reads(body(world))[:19], body(world).version) == ("First 🔒 plain words", 0)


def test_a_part_is_accepted_and_the_rest_is_not(world):
    row = suggest(world, "First 🔒 plain words.", "Second 🔑 plain old words!")
    pieces = [(piece.was, piece.words) for piece in shown(world, row.pk).pieces if piece.number >= 0]
    assert pieces == [("First 🔒", "Second 🔑"), ("", "old "), (".", "!")]
    assert take(world, row, 0, 2) == "in_part"
    assert reads(body(world)).startswith("Second 🔑 plain words!")
    row.refresh_from_db()
    assert row.state == "in_part"
    assert [piece.taken for piece in shown(world, row.pk).pieces if piece.number >= 0] == [True, False, True]
    with pytest.raises(CannotBeSaid, match="accepted in part"):
        take(world, row)


def test_nothing_chosen_is_nothing_accepted(world):
    row = suggest(world, "plain words", "simple words")
    for chosen in (frozenset(), frozenset({7}), frozenset({-1})):
        with pytest.raises(CannotBeSaid, match="choose what to accept"):
            accept(by=world.actor("Jun"), case_id=world.case_id, thread_id=row.pk, chosen=chosen)
    assert body(world).version == 0


def test_words_around_may_change_and_the_suggestion_still_fits_exactly(world):
    row = suggest(world, "plain words", "simple words")
    edit(world, body(world), "First", "The very first, and longest 🔒🔒")
    edit(world, body(world), "words", "old words")
    take(world, row)
    assert reads(body(world)).startswith("The very first, and longest 🔒🔒 🔒 simple old words.")


def test_words_that_changed_since_are_not_overwritten(world):
    row = suggest(world, "First 🔒 plain words.", "First 🔒 simple words!")
    edit(world, body(world), "plain", "ordinary")
    pieces = [(piece.was, piece.stands) for piece in shown(world, row.pk).pieces if piece.number >= 0]
    assert pieces == [("plain", False), (".", True)]
    with pytest.raises(CannotBeSaid, match="have changed since: “plain”"):
        take(world, row)
    assert reads(body(world)).startswith("First 🔒 ordinary words.")
    assert take(world, row, 1) == "in_part"
    assert reads(body(world)).startswith("First 🔒 ordinary words!")


def test_a_suggestion_whose_words_are_gone_can_only_be_rejected(world):
    row = suggest(world, "plain words", "simple words")
    edit(world, body(world), "plain words", "")
    found = shown(world, row.pk)
    assert found.is_gone
    assert not found.can_be_accepted
    with pytest.raises(CannotBeSaid, match="have changed since"):
        take(world, row)


def test_citations_and_hidden_words_that_stay_are_untouched(world):
    before = leaves(world)
    row = suggest(
        world, "words. HALDEN keeps the keys C-AAAA and after", "words. HALDEN keeps all keys C-AAAA or after"
    )
    take(world, row)
    after = leaves(world)
    assert [leaf for leaf in after if leaf.type == "citation"] == [leaf for leaf in before if leaf.type == "citation"]
    assert [leaf for leaf in after if leaf.refs()] == [leaf for leaf in before if leaf.refs()]
    assert "HALDEN keeps all keys C-AAAA or after" in reads(body(world))


@pytest.mark.parametrize(
    ("words", "wording", "hidden"),
    [
        ("HALDEN keeps", "QXCANARYONE keeps", "QXCANARYONE keeps"),
        ("HALDEN keeps", "HALDEN QXCANARYTWO keeps", "HALDEN QXCANARYTWO keeps"),
        ("HALDEN keeps", "QXCANARYTHREE", "QXCANARYTHREE"),
        ("HALDEN keeps the", "HALDENQXCANARYFOUR keeps the", "HALDENQXCANARYFOUR keeps"),
    ],
)
def test_accepted_words_inside_hidden_ones_stay_hidden_and_no_edition_shows_them(world, words, wording, hidden):
    row = suggest(world, words, wording)
    take(world, row)
    marked = "".join(leaf.text for leaf in leaves(world) if leaf.refs())
    assert marked == hidden
    release(world, STATEMENTS)
    for part in EditionPart.objects.filter(outward=True):
        assert "QXCANARY" not in part.html
        assert "QXCANARY" not in part.content
    rhea = SiteClient("reading_room", world.users["Rhea"])
    page = rhea.get(f"/editions/{world.editions['external_reviewer']}/sections/S-AAAA/").content.decode()
    assert "QXCANARY" not in page
    assert "Withheld" in page


def test_nothing_of_a_thread_reaches_a_release(world):
    suggest(world, "plain words", "QXCANARYPROPOSED words")
    speak(world, "Sten", select(body(world), "plain words"), "doubt", body="QXCANARYBODY")
    release(world, STATEMENTS)
    stored = json.dumps([[part.html, part.content] for part in EditionPart.objects.all()])
    assert "QXCANARY" not in stored


@pytest.mark.parametrize(
    ("wording", "says"),
    [("plain words", "change some of them"), ("plain   words", "change some of them")],
)
def test_the_same_words_are_no_suggestion(world, wording, says):
    with pytest.raises(CannotBeSaid, match=says) as refused:
        suggest(world, "plain words", wording)
    assert refused.value.field == "wording"
    assert not Anchor.objects.exists()


def test_a_suggestion_is_about_words(world):
    with pytest.raises(CannotBeSaid, match="select the words"):
        speak(world, "Sten", "C-AAAA", "suggestion", wording="x")


def test_words_selected_before_others_typed_are_found_where_they_are_now(world):
    about = select(body(world), "plain words")
    edit(world, body(world), "First", "Long before")
    made = speak(world, "Sten", about, "suggestion", wording="simple words")
    take(world, InsideThread.objects.get(pk=made))
    assert reads(body(world)).startswith("Long before 🔒 simple words.")
    gone = select(body(world), "simple words")
    edit(world, body(world), "simple words", "")
    with pytest.raises(CannotBeSaid, match="these words are gone"):
        speak(world, "Sten", gone, "suggestion", wording="other words")


def test_a_statement_is_a_line_and_takes_suggestions_too(world):
    statement = text_of(world, Claim, "statement", "C-AAAA")
    made = speak(world, "Sten", select(statement, "ten"), "suggestion", wording="twelve")
    client = SiteClient("workshop", world.users["Jun"])
    response = client.post(f"/cases/{world.case_id}/said/{made}/accept/", {"chosen": ["0"], "page": "claims/C-AAAA"})
    assert response.status_code == 302
    assert reads(statement) == "Egress is capped at twelve."


def test_the_page_says_what_is_left_to_accept(world):
    row = suggest(world, "First 🔒 plain words.", "First 🔒 simple words!")
    edit(world, body(world), "plain", "ordinary")
    client = SiteClient("workshop", world.users["Jun"])
    path = f"/cases/{world.case_id}/said/{row.pk}/"
    page = client.get(path).content.decode()
    assert page.count('name="chosen"') == 2
    assert page.count("disabled") == 1
    assert "changed since" in page
    refused = client.post(f"{path}accept/", {"chosen": ["0"]})
    assert refused.status_code == 422
    assert "have changed since: “plain”" in refused.content.decode()
    sten = SiteClient("workshop", world.users["Sten"]).get(path).content.decode()
    assert 'name="chosen"' not in sten
    assert "Withdraw" in sten


def test_history_tells_who_suggested_and_who_accepted(world):
    row = suggest(world, "plain words", "simple words")
    edit(world, body(world), "First", "Second", name="Ada")
    take(world, row)
    client = SiteClient("workshop", world.users["Lex"])
    page = client.get(f"/cases/{world.case_id}/texts/{body(world).key}/history/").content.decode()
    assert "accepted a suggestion by Sten" in page
    assert "Jun" in page


@pytest.mark.parametrize(
    "wording",
    [
        "the keys, which HALDEN keeps,",
        "HALDEN the keys keeps",
        "the keys of halden",
        "HALDEN keeps the keys that HALDEN made",
        "the keys (HALDEN keeps).",
    ],
)
def test_hidden_words_put_elsewhere_by_a_suggestion_stay_hidden(world, wording):
    row = suggest(world, "HALDEN keeps the keys", wording)
    take(world, row)
    assert wording.removesuffix(",").removesuffix(".") in reads(body(world))
    read = section_read_by(world, "public")
    assert "the keys" in read
    assert "halden" not in read.lower()


def test_words_that_stand_shown_are_not_hidden_by_a_suggestion(world):
    edit(world, body(world), "A second paragraph", "HALDEN is a model")
    take(world, suggest(world, "the keys", "the keys of HALDEN"))
    assert "the keys of HALDEN" in section_read_by(world, "public")
