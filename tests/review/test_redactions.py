"""What deciding does: to the words that an audience would read, to releases under way, and to who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from cases.actions.deciding import approve, decide_again_by, lift, narrow, propose_again
from cases.actions.redaction_details import (
    agree_to_omit,
    ask_to_omit,
    change_words_about,
    decline_to_omit,
    reveal,
    unreveal,
)
from cases.actions.redactions import CannotRedact, redact_there_too, redact_words
from cases.models import Redaction
from cases.redaction.facts import Extent, Ground
from pathways.models import Section
from prose.anchors import Span
from prose.marking import CannotMark
from prose.models import Text
from review.actions.releases import CannotRelease, approve_release, start_release
from review.models import EditionPart, Release
from review.states import Purpose
from review.tasks import make_release
from tests.review.redaction_world import history, in_state, live_world, row, section_read_by
from tests.world import CANARY, STATEMENTS, World, release

pytestmark = pytest.mark.django_db
SECRET = f"{CANARY}one hidden"


@pytest.fixture
def world() -> World:
    return live_world()


def given(world: World, name: str = "Lex", ref: str = "R-WRDS") -> dict[str, Any]:
    return {"by": world.actor(name), "case_id": world.case_id, "ref": ref}


def body(world: World) -> Text:
    return Section.objects.select_related("body").get(case_id=world.case_id).body


def spot(words: str) -> Span:
    """Where those words stand in the first paragraph of the section."""
    start = 1 + f"Plain words. {SECRET} and after.".index(words)
    return Span(start, start + len(words))


def narrow_by(world: World, words: str, name: str = "Lex", version: int = 0) -> None:
    narrow(**given(world, name), text_key=body(world).key, version=version, span=spot(words))


def test_narrowing_shows_exactly_the_words_selected(world):
    before = section_read_by(world, "public")
    narrow_by(world, "hidden")
    assert before.startswith("Plain words. [withheld] and after.")
    assert section_read_by(world, "public") == before.replace("[withheld] and", "[withheld]hidden and")
    assert CANARY not in section_read_by(world, "public")
    assert history(world) == [("Lex", "narrowed")]


def test_narrowing_everything_away_in_one_place_leaves_the_others(world):
    narrow_by(world, SECRET)
    assert SECRET in section_read_by(world, "public")
    assert row(world).state == "approved"


@pytest.mark.parametrize(
    ("words", "version", "error"),
    [
        ("hidden and", 0, "not all of these words are hidden by R-WRDS"),
        ("Plain", 0, "not all of these words are hidden by R-WRDS"),
        ("hidden", 1, "this text has changed since"),
    ],
)
def test_selection_that_can_not_be_shown_again_is_refused(world, words, version, error):
    with pytest.raises(CannotMark, match=error):
        narrow_by(world, words, version=version)
    assert SECRET not in section_read_by(world, "public")
    assert history(world) == []


def test_last_words_of_a_redaction_can_not_be_narrowed_away(world):
    ref = redact_words(
        by=world.actor("Ada"),
        case_id=world.case_id,
        text_key=body(world).key,
        version=0,
        span=spot("Plain"),
        ground=Ground.SECURITY,
        note="n",
        reason="r",
        extent=Extent.NAME,
    ).ref
    with pytest.raises(CannotRedact, match=f"nothing would be left of {ref}; lift it instead"):
        narrow(**given(world, ref=ref), text_key=body(world).key, version=1, span=spot("Plain"))
    assert (body(world).version, history(world, ref)) == (1, [("Ada", "proposed")])


def test_attribute_can_not_be_narrowed_and_absent_text_is_absent(world):
    with pytest.raises(CannotRedact, match="R-ATTR hides no words"):
        narrow(**given(world, ref="R-ATTR"), text_key=body(world).key, version=0, span=Span(1, 2))
    with pytest.raises(Http404):
        narrow(**given(world), text_key="t-zzzzzzzzzzzzzzzz", version=0, span=Span(1, 2))
    in_state(world, "lifted")
    with pytest.raises(CannotRedact, match="R-WRDS is lifted and hides nothing; propose it again first"):
        narrow_by(world, "hidden")


@pytest.mark.parametrize("name", ["Mina", "Jun", "Noor", "Sten", "Sofia", "Aud"])
def test_only_who_decides_on_the_ground_shows_more(world, name):
    for act in (
        lambda: narrow_by(world, "hidden", name),
        lambda: reveal(**given(world, name), audience_key="public"),
        lambda: unreveal(**given(world, name), audience_key="public"),
        lambda: decide_again_by(**given(world, name), day=None),
    ):
        with pytest.raises(Http404):
            act()
    assert history(world) == []


def test_revealing_shows_it_to_one_audience_alone_until_it_is_hidden_again(world):
    reveal(**given(world), audience_key="external_reviewer")
    assert (SECRET in section_read_by(world, "external_reviewer"), SECRET in section_read_by(world, "public")) == (
        True,
        False,
    )
    with pytest.raises(CannotRedact, match="R-WRDS is revealed to External reviewer already"):
        reveal(**given(world), audience_key="external_reviewer")
    unreveal(**given(world), audience_key="external_reviewer")
    assert SECRET not in section_read_by(world, "external_reviewer")
    with pytest.raises(CannotRedact, match="R-WRDS is not revealed to External reviewer"):
        unreveal(**given(world), audience_key="external_reviewer")
    with pytest.raises(CannotRedact, match="Full is cleared for this ground and reads it already"):
        reveal(**given(world), audience_key="full")
    with pytest.raises(Http404):
        reveal(**given(world), audience_key="nobody")
    assert history(world) == [("Lex", "revealed"), ("Lex", "unrevealed")]


def test_lifting_shows_from_the_next_release_only(world):
    release(world)
    part = EditionPart.objects.get(edition_id=world.editions["public"], page="sections/S-AAAA")
    lift(**given(world), seen=0, why="No duty any more")
    assert SECRET in section_read_by(world, "public")
    assert SECRET not in EditionPart.objects.get(pk=part.pk).html


def test_lifted_object_comes_back_masked_when_it_is_proposed_again(world):
    assert row(world, "R-GGNE").omitted
    lift(**given(world, ref="R-GGNE"), seen=0, why="w")
    propose_again(**given(world, "Ada", "R-GGNE"), why="w")
    assert (row(world, "R-GGNE").omitted, row(world, "R-GGNE").state) == (False, "proposed")


def waiting_release(world: World) -> Release:
    release_id = start_release(
        by=world.actor("Ada"), case_id=world.case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=STATEMENTS
    )
    make_release(str(release_id))
    found = Release.objects.get(pk=release_id)
    assert found.state == "ready", found.findings
    return found


def approve_it(world: World, found: Release) -> None:
    digests = dict(found.editions.filter(unchanged=False).values_list("audience_key", "digest"))
    approve_release(by=world.actor("Mina"), release_id=found.id, digests=digests)


def reword(world: World, name: str = "Lex", ref: str = "R-WRDS", **changes: Any) -> None:
    usual: dict[str, Any] = {"note": "n", "reason": "r", "instead": {}, "extent": Extent.NAME, "bears_load": True}
    change_words_about(**given(world, name, ref), **{**usual, **changes})


@pytest.mark.parametrize(
    "act",
    [
        lambda world: unreveal(**given(world), audience_key="external_reviewer"),
        lambda world: propose_again(**given(world, "Jun", "R-PUBL"), why="w"),
        lambda world: reword(world),
        lambda world: agree_to_omit(**given(world, "Mina", "R-MASK")),
    ],
    ids=["unrevealed", "proposed again", "reworded", "omitted"],
)
def test_release_made_before_something_was_hidden_can_not_be_approved(world, act: Callable[[World], None]):
    reveal(**given(world), audience_key="external_reviewer")
    lift(**given(world, ref="R-PUBL"), seen=0, why="w")
    ask_to_omit(**given(world, "Ada", "R-MASK"), reason="r")
    Redaction.objects.filter(ref="R-WRDS").update(revealed_to=["external_reviewer"])
    statements = {"public": "Some passages are withheld under a legal duty."}
    release_id = start_release(
        by=world.actor("Ada"), case_id=world.case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=statements
    )
    make_release(str(release_id))
    found = Release.objects.get(pk=release_id)
    assert found.state == "ready", found.findings
    act(world)
    with pytest.raises(CannotRelease, match="something was hidden after its snapshot was taken"):
        approve_it(world, found)


def test_release_made_before_something_was_lifted_is_approved_as_it_was_read(world):
    found = waiting_release(world)
    lift(**given(world), seen=0, why="w")
    decide_again_by(**given(world, ref="R-ATTR"), day=timezone.now().date() + timedelta(days=9))
    approve_it(world, found)
    html = EditionPart.objects.get(edition__audience_key="public", page="sections/S-AAAA").html
    assert SECRET not in html


def test_leaving_out_needs_two_managers(world):
    ask_to_omit(**given(world, "Ada", "R-MASK"), reason="Its existence tells")
    assert (row(world, "R-MASK").omitted, row(world, "R-MASK").asked_to_omit_by_id) == (False, world.users["Ada"].pk)
    for name in ("Ada", "Jun", "Lex", "Sten", "Aud"):
        with pytest.raises(Http404):
            agree_to_omit(**given(world, name, "R-MASK"))
    agree_to_omit(**given(world, "Mina", "R-MASK"))
    assert (row(world, "R-MASK").omitted, row(world, "R-MASK").asked_to_omit_by_id) == (True, None)
    assert history(world, "R-MASK") == [("Ada", "asked_to_omit"), ("Mina", "omitted")]
    assert row(world, "R-MASK").events.get(verb="asked_to_omit").why == "Its existence tells"


def test_request_to_leave_out_is_declined_or_taken_back_by_any_manager(world):
    for name in ("Mina", "Ada"):
        ask_to_omit(**given(world, "Ada", "R-MASK"), reason="r")
        decline_to_omit(**given(world, name, "R-MASK"))
        assert not row(world, "R-MASK").omitted
        with pytest.raises(CannotRedact, match="nobody asks to leave it out any more"):
            agree_to_omit(**given(world, "Mina", "R-MASK"))


@pytest.mark.parametrize(
    ("ref", "state", "error"),
    [
        ("R-WRDS", "approved", "only a whole object can be left out"),
        ("R-LNKS", "approved", "only a whole object can be left out"),
        ("R-GGNE", "approved", "E-GNNE is left out already"),
        ("R-MASK", "lifted", "R-MASK is lifted and hides nothing"),
    ],
)
def test_what_can_not_be_left_out_is_refused_in_words(world, ref, state, error):
    in_state(world, state, ref)
    with pytest.raises(CannotRedact, match=error):
        ask_to_omit(**given(world, "Ada", ref), reason="r")
    in_state(world, "approved", "R-MASK")
    ask_to_omit(**given(world, "Ada", "R-MASK"), reason="r")
    with pytest.raises(CannotRedact, match="somebody has asked for this already"):
        ask_to_omit(**given(world, "Mina", "R-MASK"), reason="r")


@pytest.mark.parametrize("name", ["Jun", "Lex", "Sten"])
def test_who_is_no_manager_asks_for_no_omission(world, name):
    for act in (
        lambda: ask_to_omit(**given(world, name, "R-MASK"), reason="r"),
        lambda: decline_to_omit(**given(world, name, "R-MASK")),
    ):
        with pytest.raises(Http404):
            act()


@pytest.mark.parametrize(
    ("name", "state", "result"),
    [
        ("Jun", "proposed", None),
        ("Jun", "contested", None),
        ("Jun", "approved", CannotRedact),
        ("Jun", "lifted", CannotRedact),
        ("Noor", "approved", CannotRedact),
        ("Lex", "approved", None),
        ("Lex", "lifted", None),
        ("Sten", "proposed", Http404),
        ("Aud", "proposed", Http404),
    ],
)
def test_words_about_it_change_until_decided_and_by_its_decider_always(world, name, state, result):
    in_state(world, state)
    if result is not None:
        with pytest.raises(result):
            reword(world, name)
        assert row(world).note == "Withheld by duty."
        return
    reword(world, name, instead={"public": " a named team ", "external_reviewer": "  "})
    changed = row(world)
    assert (changed.note, changed.extent, changed.bears_load, changed.instead) == (
        "n",
        "name",
        True,
        {"public": "a named team"},
    )


def test_words_shown_instead_are_for_an_audience_of_the_case(world):
    with pytest.raises(Http404):
        reword(world, instead={"nobody": "words"})
    assert row(world).instead == {}


def test_day_to_decide_again_is_later_than_today(world):
    today = timezone.now().date()
    for day in (today, today - timedelta(days=1)):
        with pytest.raises(CannotRedact, match="choose a day after today"):
            decide_again_by(**given(world), day=day)
        in_state(world, "proposed")
        with pytest.raises(CannotRedact, match="choose a day after today"):
            approve(**given(world), seen=0, again=day)
        assert (row(world).state, history(world)) == ("proposed", [])
    approve(**given(world), seen=0, again=today + timedelta(days=1))
    assert row(world).decide_again == today + timedelta(days=1)
    decide_again_by(**given(world), day=None)
    assert row(world).decide_again is None
    assert history(world) == [("Lex", "approved"), ("Lex", "dated"), ("Lex", "dated")]


def test_lifted_redaction_can_not_be_laid_over_more_words(world):
    in_state(world, "lifted")
    with pytest.raises(CannotMark, match="R-WRDS is lifted and would hide nothing"):
        redact_there_too(**given(world, "Ada"), text_key=body(world).key, version=0, span=spot("Plain"))
    in_state(world, "approved")
    redact_there_too(**given(world, "Ada"), text_key=body(world).key, version=0, span=spot("Plain"))
    assert history(world) == [("Ada", "laid_over_more")]
