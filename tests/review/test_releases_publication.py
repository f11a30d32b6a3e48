"""What publication asks besides: a cold reader's signature on exactly these bytes, and an argument whose weaknesses are answered."""

from __future__ import annotations

import pytest
from django.http import Http404

from cases.models import AuditEvent
from pathways.models import Pathway, Section
from review.actions.releases import CannotRelease, approve_release, sign_cold_read, start_again, start_release
from review.checks.findings import Finding
from review.models import Edition, Release
from review.states import Purpose
from review.tasks import make_release
from tests.review.amending import write
from tests.review.test_releases import (
    NEW,
    REVIEWER,
    approve,
    asked,
    digests_of,
    made,
    numbers,
    ready_publication,
    sign,
)
from tests.site_client import SiteClient
from tests.world import STATEMENTS, World, make_world

pytestmark = pytest.mark.django_db
PUBLICATION = Purpose.PUBLICATION


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


def ready_draft(world: World, reader: str = "Sten") -> Release:
    """A draft for which a cold reader was named."""
    return made(world, {"external_reviewer": NEW["external_reviewer"], "full": ""}, cold_reader=reader)


def test_weak_argument_holds_a_publication_and_not_the_draft_of_the_same_words(world):
    draft = made(world, {"external_reviewer": NEW["external_reviewer"]})
    publication = made(world, REVIEWER, purpose=PUBLICATION, cold_reader="Sten")
    assert (draft.state, publication.state) == ("ready", "held")
    weak = [finding for raw in publication.findings if (finding := Finding.from_json(raw)).is_argument]
    assert weak
    assert {one.fingerprint for one in weak} <= {raw["fingerprint"] for raw in draft.findings}
    assert not [raw for raw in draft.findings if Finding.from_json(raw).stops]


def test_draft_shows_what_would_hold_its_publication(world):
    draft = made(world, {"external_reviewer": NEW["external_reviewer"]})
    page = f"/cases/{world.case_id}/releases/{draft.id}/?step=check"
    body = SiteClient("workshop", world.users["Ada"]).get(page).content.decode()
    assert "Nothing holds this draft back" in body
    assert "Before publication, not before this draft" in body
    assert "Must be settled" not in body
    assert "Every citation leads somewhere in every edition" in body


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        (None, "name a cold reader"),
        ("Ada", "somebody else than who asks"),
        ("Aud", "name a cold reader"),
        ("Rhea", "name a cold reader"),
        ("Noor", "name a cold reader"),
    ],
)
def test_outward_publication_names_somebody_else_who_works_on_the_case(world, reader, why):
    with pytest.raises(CannotRelease, match=why):
        start_release(
            by=world.actor("Ada"),
            case_id=world.case_id,
            purpose=PUBLICATION,
            statements=REVIEWER,
            cold_reader_id=world.users[reader].pk if reader else None,
        )
    assert Release.objects.count() == 1


def test_inward_publication_needs_nobody(world):
    assert asked(world, {"all_staff": ""}, purpose=PUBLICATION).cold_reader_id is None


def test_publication_is_approved_once_signed(world):
    found = ready_publication(world)
    approve(world, found)
    edition = found.editions.get()
    assert (edition.cold_read_by_id, edition.cold_read_digest) == (world.users["Sten"].pk, edition.digest)
    assert Edition.objects.get(pk=edition.id).purpose == "publication"
    event = AuditEvent.objects.get(verb="cold_read_signed")
    assert (event.actor_id, event.target) == (world.users["Sten"].pk, str(found.id))


def test_nothing_unsigned_is_approved(world):
    found = ready_draft(world)
    with pytest.raises(CannotRelease, match="the cold reader has not signed External reviewer yet"):
        approve(world, found)
    assert set(numbers(world).values()) == {1}
    sign(world, found, "external_reviewer")
    approve(world, found)
    assert numbers(world)["external_reviewer"] == 2


@pytest.mark.parametrize("name", ["Ada", "Mina", "Jun", "Sofia", "Aud", "Noor", "Rhea"])
def test_nobody_but_the_one_who_was_named_signs(world, name):
    found = ready_draft(world)
    with pytest.raises(Http404):
        sign(world, found, "external_reviewer", by=name)
    assert not found.editions.filter(cold_read_by_id__isnull=False).exists()


def test_who_was_named_and_lost_access_signs_no_more(world):
    found = ready_draft(world)
    world.users["Sten"].grants.update(revoked_at=found.requested_at)
    with pytest.raises(Http404):
        sign(world, found, "external_reviewer")


def test_signature_is_for_exactly_the_bytes_that_were_read(world):
    found = ready_draft(world)
    with pytest.raises(CannotRelease, match="not what you looked at"):
        sign_cold_read(by=world.actor("Sten"), release_id=found.id, audience_key="external_reviewer", digest="0" * 64)
    sign(world, found, "external_reviewer")
    found.editions.filter(audience_key="external_reviewer").update(digest="1" * 64)
    with pytest.raises(CannotRelease, match="has not signed"):
        approve_release(by=world.actor("Mina"), release_id=found.id, digests=digests_of(found))


@pytest.mark.parametrize("key", ["full", "public", "nobody"])
def test_only_outward_editions_of_the_release_are_signed(world, key):
    found = ready_draft(world)
    with pytest.raises(Http404):
        sign_cold_read(by=world.actor("Sten"), release_id=found.id, audience_key=key, digest="0" * 64)


@pytest.mark.parametrize("state", ["held", "running", "dropped", "approved"])
def test_only_what_is_ready_is_signed(world, state):
    found = ready_draft(world)
    Release.objects.filter(pk=found.pk).update(state=state)
    with pytest.raises(CannotRelease, match=f"this release is {state}"):
        sign(world, found, "external_reviewer")


def test_check_again_asks_for_a_new_signature_and_not_by_the_one_who_is_to_sign(world):
    found = ready_draft(world, reader="Mina")
    sign(world, found, "external_reviewer", by="Mina")
    with pytest.raises(CannotRelease, match="somebody else than who asks"):
        start_again(by=world.actor("Mina"), release_id=found.id)
    again = Release.objects.get(pk=start_again(by=world.actor("Ada"), release_id=found.id))
    make_release(str(again.id))
    assert again.cold_reader_id == world.users["Mina"].pk
    with pytest.raises(CannotRelease, match="has not signed"):
        approve(world, again)


def test_cold_reader_finds_it_reads_what_changes_and_signs(world):
    found = ready_draft(world)
    sten = SiteClient("workshop", world.users["Sten"])
    base = f"/cases/{world.case_id}/releases/"
    assert "Read what changes, and sign" in sten.get(base).content.decode()
    assert "Read what changes, and sign" not in SiteClient("workshop", world.users["Mina"]).get(base).content.decode()
    page = sten.get(f"{base}{found.id}/").content.decode()
    assert "You are the cold reader" in page
    changes = sten.get(f"{base}{found.id}/changes/external_reviewer/").content.decode()
    assert "And more is said." in changes
    digest = found.editions.get(audience_key="external_reviewer").digest
    assert digest in changes
    mina = SiteClient("workshop", world.users["Mina"])
    assert digest not in mina.get(f"{base}{found.id}/changes/external_reviewer/").content.decode()
    signed = sten.post(f"{base}{found.id}/sign/external_reviewer/", {"digest": digest}, follow=True).content.decode()
    assert "Signed." in signed
    assert "Read and approve" in mina.get(base).content.decode()
    assert "Waiting for you" not in SiteClient("workshop", world.users["Ada"]).get(base).content.decode()


def test_form_without_cold_reader_comes_back_with_everything_typed(world):
    ada = SiteClient("workshop", world.users["Ada"])
    typed = {"purpose": "publication", "audiences": ["public"], "statement_public": "Typed words of mine."}
    answer = ada.post(f"/cases/{world.case_id}/releases/start/", typed)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "A publication for readers outside needs a cold reader" in body
    assert "Typed words of mine." in body
    assert 'value="public" id="for-public" aria-describedby="who-public" checked' in body
    assert Release.objects.count() == 1


def test_form_without_audience_says_so(world):
    answer = SiteClient("workshop", world.users["Ada"]).post(
        f"/cases/{world.case_id}/releases/start/", {"purpose": "draft_for_review"}
    )
    assert (answer.status_code, "Choose at least one audience." in answer.content.decode()) == (422, True)


def test_part_that_is_not_ready_is_offered_by_name_and_left_out_of_every_page(world):
    Pathway.objects.filter(case_id=world.case_id, ref="P-BBBB").update(ready=False)
    ada = SiteClient("workshop", world.users["Ada"])
    body = ada.get(f"/cases/{world.case_id}/releases/new/").content.decode()
    assert "P-BBBB · Leaks of" in body
    assert 'name="left_out" value="P-BBBB"' in body
    found = made(world, {"external_reviewer": STATEMENTS["external_reviewer"]}, left_out=frozenset({"P-BBBB"}))
    assert found.state == "ready"
    parts = dict(found.editions.get().parts.values_list("page", "content"))
    assert "P-BBBB" not in "".join(parts.values())
    assert "pathways/P-BBBB" not in parts
    page = ada.get(f"/cases/{world.case_id}/releases/{found.id}/").content.decode()
    assert "Left out" in page
    assert "P-BBBB · Leaks of" in page


def test_part_that_is_not_ready_and_not_left_out_holds_publication_only(world):
    Section.objects.filter(case_id=world.case_id).update(ready=False)
    found = made(world, {"external_reviewer": NEW["external_reviewer"]})
    assert (found.state, [raw["ref"] for raw in found.findings if raw["kind"] == "not_ready"]) == ("ready", ["S-AAAA"])


def test_citation_of_a_part_that_is_left_out_holds_the_release(world):
    Pathway.objects.filter(case_id=world.case_id, ref="P-BBBB").update(ready=False)
    write(world, "S-AAAA", "body", "See {P-BBBB}.")
    found = made(world, {"all_staff": ""}, left_out=frozenset({"P-BBBB"}))
    assert found.state == "held"
    (cites,) = [raw for raw in found.findings if raw["kind"] == "cites_omitted"]
    assert cites["sentence"] == "P-BBBB is left out of this release, but the body of S-AAAA cites it."


def test_only_parts_that_are_not_ready_are_left_out(world):
    with pytest.raises(CannotRelease, match="only parts that are not ready"):
        asked(world, REVIEWER, left_out=frozenset({"P-AAAA"}))


def test_part_that_became_ready_is_in_again_when_it_is_checked_again(world):
    Pathway.objects.filter(case_id=world.case_id, ref="P-BBBB").update(ready=False)
    found = made(world, left_out=frozenset({"P-BBBB"}))
    Pathway.objects.filter(case_id=world.case_id).update(ready=True)
    again = Release.objects.get(pk=start_again(by=world.actor("Ada"), release_id=found.id))
    assert (found.left_out, again.left_out) == (["P-BBBB"], [])
