"""Publishing, correcting, withdrawing: who may, what can be made public, and what is refused with a reason."""

from __future__ import annotations

import uuid

import pytest
from django.http import Http404

from cases.actions.redactions import redact_words
from cases.models import AuditEvent, CaseAudience, Redaction
from cases.redaction.facts import Extent, Ground
from pathways.models import Section
from prose.anchors import Span
from review.actions.publishing import CannotPublish, correct, publish, withdraw_publication
from review.actions.releases import withdraw_edition
from review.models import Correction, Edition, Publication
from review.outgoing import HeldBack
from tests.review.publishing_world import for_publication, published
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def make_public(world: World, edition_id: uuid.UUID, name: str = "Ada", **changes: str) -> uuid.UUID:
    given = {"address": "test-report", "checked_by": "", **changes}
    return publish(by=world.actor(name), case_id=world.case_id, edition_id=edition_id, **given)


def test_manager_publishes_an_edition_of_the_least_cleared_audience(world):
    edition = for_publication(world)
    key = make_public(world, edition, checked_by="Two people outside.")
    row = Publication.objects.get()
    assert (row.pk, row.edition_id, row.address, row.checked_by) == (key, edition, "test-report", "Two people outside.")
    assert AuditEvent.objects.filter(verb="edition_published", target=str(key)).count() == 1


@pytest.mark.parametrize("name", ["Jun", "Lex", "Sten", "Sofia", "Rhea", "Noor", "Aud"])
def test_who_is_no_manager_can_neither_publish_nor_correct_nor_withdraw(world, name):
    key, other = published(world), for_publication(world)
    by, case_id = world.actor(name), world.case_id
    with pytest.raises(Http404):
        make_public(world, other, name, address="other")
    with pytest.raises(Http404):
        correct(by=by, case_id=case_id, publication_id=key, notice="Wrong.", successor_id=None)
    with pytest.raises(Http404):
        withdraw_publication(by=by, case_id=case_id, publication_id=key)
    assert (Publication.objects.filter(withdrawn_on=None).count(), Correction.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("audience", "changes", "why"),
    [
        ("all_staff", {}, "an inward edition"),
        ("external_reviewer", {}, "cleared for a ground"),
        ("public", {"purpose": "draft_for_review"}, "released as a draft"),
        ("public", {"withdrawn": True}, "it was withdrawn"),
    ],
)
def test_what_is_not_for_everybody_is_refused_with_a_reason(world, audience, changes, why):
    edition = for_publication(world, audience, **changes)
    with pytest.raises(CannotPublish, match=why):
        make_public(world, edition)
    assert not Publication.objects.exists()


def test_audience_to_which_something_was_revealed_can_not_be_made_public(world):
    edition = for_publication(world)
    Redaction.objects.filter(case_id=world.case_id, ref="R-PUBL").update(revealed_to=["public"])
    with pytest.raises(CannotPublish, match="revealed"):
        make_public(world, edition)


def test_audience_that_is_cleared_since_can_not_be_made_public(world):
    edition = for_publication(world)
    CaseAudience.objects.filter(case_id=world.case_id, key="public").update(cleared=["security"])
    with pytest.raises(CannotPublish, match="cleared for a ground"):
        make_public(world, edition)


@pytest.mark.parametrize(
    ("words", "ref"),
    [({"cover": "attribute", "target": "C-BBBB", "attribute": "grade"}, "R-ATTR"),
     ({"cover": "object", "target": "E-AAAA", "omitted": True}, "R-GGNE"),
     ({"cover": "object", "target": "C-BBBB", "omitted": False}, "R-MASK"),
     ({"cover": "link", "target": "L-AAAA"}, "R-PUBL")],
)  # fmt: skip
def test_edition_that_shows_what_was_hidden_since_can_not_be_made_public(world, words, ref):
    edition = for_publication(world)
    Redaction.objects.filter(case_id=world.case_id, ref=ref).update(**words)
    with pytest.raises(CannotPublish, match=f"{ref}.* may hide now what this edition still shows"):
        make_public(world, edition)
    assert not Publication.objects.exists()


def test_edition_that_shows_words_that_were_hidden_since_can_not_be_made_public(world):
    edition = for_publication(world)
    text = Section.objects.get(case_id=world.case_id).body
    redact_words(
        by=world.actor("Ada"), case_id=world.case_id, text_key=text.key, version=0, span=Span(1, 12),
        ground=Ground.LEGAL_DUTY, note="Since.", reason="r", extent=Extent.SENTENCE,
    )  # fmt: skip
    with pytest.raises(CannotPublish, match="may hide now what this edition still shows"):
        make_public(world, edition)


def test_edition_is_published_once_and_an_address_given_once(world):
    edition = for_publication(world)
    make_public(world, edition)
    with pytest.raises(CannotPublish, match="public already"):
        make_public(world, edition, address="other")
    with pytest.raises(CannotPublish, match="“test-report” is taken") as refused:
        make_public(world, for_publication(world))
    assert refused.value.field == "address"
    assert Publication.objects.count() == 1


def test_edition_of_another_case_is_the_404(world):
    edition = for_publication(world)
    with pytest.raises(Http404):
        publish(by=world.actor("Ada"), case_id=uuid.uuid4(), edition_id=edition, address="a", checked_by="")
    with pytest.raises(Http404):
        make_public(world, uuid.uuid4())


HIDDEN = "As E-GNNE tells."  # left out of this edition without a trace


def test_words_beside_a_publication_pass_the_same_check_as_a_release(world):
    edition = for_publication(world)
    with pytest.raises(HeldBack):
        make_public(world, edition, checked_by=HIDDEN)
    key = make_public(world, edition)
    with pytest.raises(HeldBack):
        correct(by=world.actor("Ada"), case_id=world.case_id, publication_id=key, notice=HIDDEN, successor_id=None)
    assert not Correction.objects.exists()


def put_notice(world: World, key: uuid.UUID, successor: uuid.UUID | None = None) -> None:
    correct(
        by=world.actor("Mina"),
        case_id=world.case_id,
        publication_id=key,
        notice="Table 2 was wrong.",
        successor_id=successor,
    )


def test_correction_stands_beside_the_unchanged_edition(world):
    key = published(world)
    later = published(world, "later")
    before = Edition.objects.order_by("pk").values("shell", "withdrawn")
    put_notice(world, key, later)
    row = Correction.objects.get()
    assert (row.publication_id, row.notice, row.successor_id) == (key, "Table 2 was wrong.", later)
    assert list(before) == list(Edition.objects.order_by("pk").values("shell", "withdrawn"))


def test_successor_must_be_a_later_publication_that_stands(world):
    first, second, third = published(world, "one"), published(world, "two"), published(world, "three")
    withdraw_publication(by=world.actor("Ada"), case_id=world.case_id, publication_id=third)
    for wrong in (first, second, third, uuid.uuid4()):
        with pytest.raises(CannotPublish, match="choose a later publication"):
            put_notice(world, second, wrong)
    with pytest.raises(CannotPublish, match="withdrawn; nothing can be said"):
        put_notice(world, third)
    assert not Correction.objects.exists()


def test_one_manager_withdraws_publication_and_edition_together(world):
    key = published(world)
    withdraw_publication(by=world.actor("Mina"), case_id=world.case_id, publication_id=key)
    row = Publication.objects.select_related("edition").get()
    assert (row.withdrawn_on is not None, row.edition.withdrawn) == (True, True)
    assert AuditEvent.objects.filter(verb="publication_withdrawn", target=str(key)).count() == 1


def test_withdrawing_the_edition_withdraws_its_publication(world):
    published(world)
    row = Publication.objects.get()
    withdraw_edition(by=world.actor("Mina"), edition_id=row.edition_id)
    row.refresh_from_db()
    assert row.withdrawn_on is not None


def test_publication_of_another_case_is_the_404(world):
    key = published(world)
    for act in (
        lambda: withdraw_publication(by=world.actor("Ada"), case_id=uuid.uuid4(), publication_id=key),
        lambda: withdraw_publication(by=world.actor("Ada"), case_id=world.case_id, publication_id=uuid.uuid4()),
        lambda: put_notice(world, uuid.uuid4()),
    ):
        with pytest.raises(Http404):
            act()
