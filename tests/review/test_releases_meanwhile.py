"""What happens to a release while somebody hides, lifts, withdraws, drops or checks again: one clear answer, nothing half done."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from cases.actions.deciding import lift
from cases.actions.redactions import redact_words
from cases.models import CaseAudience, Grant, OrganisationCeiling, Redaction
from cases.redaction.facts import Extent, Ground
from cases.role_permissions import write_role_permissions
from pathways.models import Section
from prose.anchors import Span
from review import tasks
from review.actions.releases import CannotRelease, approve_release, drop_release, start_again, withdraw_edition
from review.models import Edition, Release
from tests.review.amending import amendment, write
from tests.review.test_releases import NEW, asked, made, sign
from tests.review.test_releases_at_once import WORDS, approval, at_once, during, world_of_three
from tests.site_client import SiteClient
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience, committed, with a third manager."""
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return world_of_three()


def test_release_is_not_approved_if_words_were_just_being_hidden_when_it_was_made(world):
    """Hidden before the snapshot and committed after it: not in the snapshot, and by the clock no later than it."""
    marked = threading.Event()

    def hide() -> None:
        with transaction.atomic():
            key = Section.objects.get(case_id=world.case_id).body.key
            redact_words(
                by=world.actor("Ada"),
                case_id=world.case_id,
                text_key=key,
                version=0,
                span=Span(1, 1 + len(WORDS)),
                ground=Ground.LEGAL_DUTY,
                note="Meanwhile.",
                reason="r",
                extent=Extent.SENTENCE,
            )
            marked.set()
            while Release.objects.get(pk=found.id).snapshot_at is None:
                time.sleep(0.02)

    found = asked(world)
    assert at_once(hide, lambda: marked.wait(60) and tasks.make_release(str(found.id))) == [None, None]
    found.refresh_from_db()
    assert found.state == "ready"
    assert WORDS in found.editions.get(audience_key="public").parts.get(page="sections/S-AAAA").html
    digests = dict(found.editions.filter(unchanged=False).values_list("audience_key", "digest"))
    with pytest.raises(CannotRelease, match="something was hidden after its snapshot"):
        approve_release(by=world.actor("Mina"), release_id=found.id, digests=digests)


def test_what_is_lifted_during_a_release_is_decided_by_its_snapshot(world):
    redaction = Redaction.objects.get(case_id=world.case_id, ref="R-PUBL")
    Grant.objects.filter(user=world.users["Lex"]).update(grounds=[Ground.SECURITY])
    lifting = during(
        'FROM "prose_text"',
        lambda: at_once(
            lambda: lift(
                by=world.actor("Lex"), case_id=world.case_id, ref="R-PUBL", seen=redaction.events.count(), why="Known."
            )
        ),
    )
    with lifting as done:
        found = made(world)
    assert (len(done), found.state) == (1, "ready")
    redaction.refresh_from_db()
    assert redaction.state == "lifted"
    public = found.editions.get(audience_key="public").parts.get(page="pathways/P-AAAA").html
    assert "holds the keys" not in public
    approval(world, found, "Mina")()
    assert made(world, {"public": NEW["public"]}).state == "held"  # the statement names a ground that no bar gives now


@pytest.mark.parametrize("time_", range(2))
def test_approval_of_an_amendment_and_withdrawal_of_what_it_amends_at_once(world, time_):
    """Either it was withdrawn first, and nothing comes of the amendment; or last, and the amendment stands whole."""
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = amendment(world, "claims/C-BBBB")
    edition = world.editions["external_reviewer"]
    results = at_once(
        approval(world, found, "Mina"),
        lambda: withdraw_edition(by=world.actor("Noor"), edition_id=edition),
    )
    assert results[1] is None
    assert Edition.objects.get(pk=edition).withdrawn
    second = Edition.objects.filter(audience_key="external_reviewer", number=2)
    if results[0] is None:
        assert second.get().parts.count() == Edition.objects.get(pk=edition).parts.count()
    else:
        assert (str(results[0]), second.exists()) == (WITHDRAWN, False)


WITHDRAWN = "the edition that it amends was withdrawn; start a whole release"


@pytest.mark.parametrize("time_", range(2))
def test_approval_and_dropping_at_once_give_one_of_both(world, time_):
    found = made(world)
    results = at_once(approval(world, found, "Mina"), lambda: drop_release(by=world.actor("Ada"), release_id=found.id))
    found.refresh_from_db()
    assert sorted(type(one).__name__ for one in results) == ["CannotRelease", "NoneType"]
    new = Edition.objects.filter(number=2)
    assert (found.state, new.count()) in (("approved", 4), ("dropped", 0))
    assert new.count() == 0 or {edition.parts.count() > 0 for edition in new} == {True}


def test_signature_and_checking_again_at_once_leave_no_signed_release_that_can_be_approved_unread(world):
    found = made(world, {"public": NEW["public"]}, cold_reader="Sten")
    results = at_once(
        lambda: sign(world, found, "public"),
        lambda: start_again(by=world.actor("Ada"), release_id=found.id),
    )
    assert results[0] is None or isinstance(results[0], CannotRelease)
    again = Release.objects.get(pk=results[1])
    assert set(again.editions.values_list("cold_read_digest", flat=True)) == {""}
    with pytest.raises(CannotRelease, match="dropped"):
        approval(world, found, "Mina")()


def test_audience_that_somebody_reads_is_not_deleted_and_without_readers_its_edition_answers_404(world):
    """No page deletes an audience. Where the row goes all the same, its edition is nobody's."""
    audience = CaseAudience.objects.get(case_id=world.case_id, key="external_reviewer")
    with pytest.raises(ProtectedError):
        audience.delete()
    path = f"/editions/{world.editions['external_reviewer']}/"
    rhea, ada = SiteClient("reading_room", world.users["Rhea"]), SiteClient("workshop", world.users["Ada"])
    assert rhea.get(path).status_code == 200
    Grant.objects.filter(audience=audience).delete()
    OrganisationCeiling.objects.filter(audience=audience).delete()
    audience.delete()
    absent = rhea.get("/editions/00000000-0000-0000-0000-000000000007/")
    assert (rhea.get(path).status_code, rhea.get(path).content) == (404, absent.content)
    case = f"/cases/{world.case_id}"
    for below in ("releases/", f"releases/{world.release_id}/", "releases/new/"):
        assert ada.get(f"{case}/{below}").status_code == 200, below
    assert ada.get(f"{case}/editions/{world.editions['external_reviewer']}/amend/").status_code == 404
