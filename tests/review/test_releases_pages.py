"""The pages of a release: what the approver sees, how many acts an amendment takes, and that lists cost the same, short or long."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import CaseAudience, Grant
from cases.roles import Role
from review.loaders.releases.readers import Reader, consequence, how_many
from review.models import Edition, PreparedEdition, Release
from review.states import ReleaseState
from review.tasks import make_release
from tests.review.amending import amendment, write
from tests.review.test_releases import NEW, approve, asked, made
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
REVIEWER = {"external_reviewer": NEW["external_reviewer"]}


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


def page(world: World, name: str, below: str) -> str:
    answer = SiteClient("workshop", world.users[name]).get(f"/cases/{world.case_id}/releases/{below}")
    assert answer.status_code == 200, below
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def reader(place: str, number: int = 0) -> Reader:
    return Reader(UUID(int=number), f"Reader {number}", place)


@pytest.mark.parametrize(
    ("readers", "says"),
    [
        ([], "nobody yet"),
        ([reader("inside")], "1 person inside"),
        ([reader("Meridian", 1), reader("Meridian", 2)], "2 people at Meridian"),
        ([reader("Meridian", 1), reader("Meridian", 1)], "1 person at Meridian"),
        (
            [reader("Meridian", 1), reader("inside", 2), reader("Meridian", 3)],
            "3 people: 1 inside and 2 at Meridian",
        ),
    ],
)
def test_readers_are_counted_once_and_placed(readers, says):
    assert how_many(readers) == says


def test_what_will_happen_is_one_sentence_for_each_who_reads_it():
    four = [reader("Meridian", number) for number in range(4)]
    said = consequence(four, by_actor=True, for_publication=False)
    assert said == (
        "4 people at Meridian will be able to read this as soon as you approve. "
        "It can be withdrawn, but not from their memory."
    )
    assert "as soon as a second manager approves" in consequence(four, by_actor=False, for_publication=False)
    assert consequence([], by_actor=True, for_publication=True) == (
        "Nobody holds these editions yet. Whoever is given one can read it from then on. "
        "Opening it to everybody is a step of its own: publishing."
    )


def test_approver_sees_counts_readers_by_name_and_what_will_happen(world):
    write(world, "C-BBBB", "basis", "It was looked at three times.")
    found = made(world, {**REVIEWER, "full": ""})
    body = page(world, "Mina", f"{found.id}/")
    assert "Approve this draft?" in body
    assert body.count("Words added 2 Words taken out 0 Bars added 0 Bars taken out 0") == 2
    assert "For Rhea, Vik · 2 people: 1 at Meridian and 1 at Northlight" in body
    assert "Nobody holds this edition yet." in body
    assert "2 people (1 at Meridian and 1 at Northlight) will be able to read this as soon as you approve." in body
    assert "External reviewer, edition 2" in body
    asker = page(world, "Ada", f"{found.id}/")
    assert "Ready for a second manager" in asker
    assert "somebody else than Ada approves it" in asker


def test_what_changes_is_shown_old_beside_new_for_that_audience_alone(world):
    write(world, "C-BBBB", "basis", "It was seen at.")
    found = made(world, {"public": NEW["public"]})
    body = SiteClient("workshop", world.users["Mina"]).get(
        f"/cases/{world.case_id}/releases/{found.id}/changes/public/"
    )
    text = body.content.decode()
    assert re.search(r"<del>.*?looked.*?</del>", text)
    assert re.search(r"<ins>.*?seen.*?</ins>", text)
    assert "Redaction statement" in text
    assert "QXCANARY" not in text


def test_first_edition_has_nothing_to_be_compared_with(world):
    Edition.objects.filter(audience_key="public").delete()
    found = made(world, {"public": NEW["public"]})
    assert found.editions.get().changes["since"] is None
    assert "This is its first edition" in page(world, "Mina", f"{found.id}/changes/public/")
    assert "Its first edition:" in page(world, "Mina", f"{found.id}/?step=read")


@pytest.mark.parametrize("step", ["", "check", "read", "approve", "invented"])
def test_every_step_of_a_release_answers_in_every_state(world, step):
    found = made(world, REVIEWER)
    for state in ReleaseState:
        Release.objects.filter(pk=found.pk).update(state=state, approved_at=found.snapshot_at)
        assert page(world, "Sten", f"{found.id}/?step={step}")


@pytest.mark.parametrize("below", ["", "?step=check", "changes/public/", "as/public/"])
@pytest.mark.parametrize("name", ["Noor", "Aud", "Sofia"])
def test_release_is_not_there_for_who_may_not_read_the_live_case(world, name, below):
    path = f"/cases/{world.case_id}/releases/{world.release_id}/{below}"
    client = SiteClient("workshop", world.users[name])
    absent = client.get(f"/cases/{world.case_id}/releases/{UUID(int=7)}/{below}")
    assert (client.get(path).status_code, client.get(path).content) == (404, absent.content)


@pytest.mark.parametrize("name", ["Jun", "Sten", "Lex"])
def test_first_step_and_amending_are_for_managers(world, name):
    client, case = SiteClient("workshop", world.users[name]), f"/cases/{world.case_id}"
    assert client.get(f"{case}/releases/").status_code == 200
    for path in (f"{case}/releases/new/", f"{case}/editions/{world.editions['public']}/amend/"):
        assert client.get(path).status_code == 404
    assert "Start a release" not in page(world, name, "")


def test_amendment_takes_two_people_no_more_than_ten_acts(world):
    """Each get or post is one click; ticking a part and naming a reader are one each."""
    write(world, "C-BBBB", "basis", "Looked at again.")
    ada, mina = (SiteClient("workshop", world.users[name]) for name in ("Ada", "Mina"))
    clicks = 0
    assert "Amend External reviewer, edition 1" in ada.get(f"/cases/{world.case_id}/releases/").content.decode()
    path = f"/cases/{world.case_id}/editions/{world.editions['external_reviewer']}/amend/"
    desk = ada.get(path).content.decode()
    clicks += 2  # Releases, Amend…
    assert desk.index('value="claims/C-BBBB"') < desk.index("parts that did not change")
    assert re.search(r"Egress is capped\. <span class=\"quiet\">· \d+ words in, \d+ words? out", desk)
    clicks += 2  # tick the part, name the cold reader
    form = {
        "pages": ["claims/C-BBBB"],
        "cold_reader": str(world.users["Mina"].pk),
        "statement": "Some passages are withheld under a legal duty.",
    }
    release = ada.post(path, form)
    clicks += 1
    assert release.status_code == 302, release.content.decode()
    found = Release.objects.latest("requested_at")
    make_release(str(found.id))
    assert f"/releases/{found.id}/" in mina.get(f"/cases/{world.case_id}/releases/").content.decode()
    mina.get(release["Location"])
    changes = f"{release['Location']}changes/external_reviewer/"
    digest = re.search(r'name="digest" value="(\w+)"', mina.get(changes).content.decode())
    clicks += 3  # Releases, the release, Read what changed
    assert digest
    signed = mina.post(f"{release['Location']}sign/external_reviewer/", {"digest": digest[1]}, follow=True)
    approval = dict(re.findall(r'name="(digest_\w+)" value="(\w+)"', signed.content.decode()))
    mina.post(f"{release['Location']}approve/", approval)
    clicks += 2  # sign, Approve
    assert Edition.objects.filter(audience_key="external_reviewer", number=2).exists()
    assert clicks <= 10


def test_amending_nothing_comes_back_with_what_was_typed(world):
    ada = SiteClient("workshop", world.users["Ada"])
    path = f"/cases/{world.case_id}/editions/{world.editions['public']}/amend/"
    answer = ada.post(path, {"statement": "Typed words of mine."})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at least one part." in body
    assert "Typed words of mine." in body
    assert "Nothing has changed" in body


def test_pages_of_releases_cost_the_same_for_one_and_for_three(world):
    def cost(below: str) -> int:
        client = SiteClient("workshop", world.users["Mina"])
        client.get(f"/cases/{world.case_id}/{below}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/cases/{world.case_id}/{below}").status_code == 200
        return len(queries)

    first = made(world, {"public": NEW["public"]})
    amend = f"editions/{world.editions['external_reviewer']}/amend/"
    short = [cost("releases/"), cost("releases/new/"), cost(f"releases/{first.id}/"), cost(amend)]
    _more_readers(world)
    for _ in range(2):
        asked(world)
    write(world, "C-BBBB", "basis", "Looked at again.")
    write(world, "S-AAAA", "title", "Otherwise")
    third = made(world)
    assert third.editions.count() == 4
    assert [cost("releases/"), cost("releases/new/"), cost(f"releases/{third.id}/")] == short[:3]
    assert cost(amend) == short[3]
    assert max(short) <= 40


def _more_readers(world: World) -> None:
    audience = CaseAudience.objects.get(case_id=world.case_id, key="public")
    for name in ("Nadia", "Vik"):
        Grant.objects.create(
            user=world.users[name], case_id=world.case_id, role=Role.OUTSIDE_READER, audience=audience, why="w",
            expires_at=timezone.now() + timedelta(days=3),
        )  # fmt: skip


def test_counts_of_what_changed_are_stored_with_the_release(world):
    write(world, "P-BBBB", "argument", "Words and more words.")
    found = amendment(world, "pathways/P-BBBB")
    row = PreparedEdition.objects.get(release=found)
    assert {name: row.changes[name] for name in ("words_in", "words_out", "bars_in", "bars_out")} == {
        "words_in": 3, "words_out": 0, "bars_in": 0, "bars_out": 0,
    }  # fmt: skip
    approve(world, found)
    assert "Approved by Mina" in page(world, "Ada", f"{found.id}/")
