"""Where people go next: what waits for them on the first page, other parts for an amendment that is held, what a publication means."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Redaction
from review.actions.publishing import publish, withdraw_publication
from review.actions.releases import withdraw_edition
from tests.review.amending import amendment, write
from tests.review.publishing_world import for_publication
from tests.review.test_releases import NEW, approve, made
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
REVIEWER = {"external_reviewer": NEW["external_reviewer"]}


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


def at(world: World, name: str, path: str = "/") -> str:
    """A page of the workshop as somebody sees it."""
    answer = SiteClient("workshop", world.users[name]).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_first_page_tells_the_second_manager_what_waits_for_approval(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = made(world, REVIEWER)
    there = f"/cases/{world.case_id}/releases/{found.id}/"
    assert there in at(world, "Mina")
    assert not [name for name in ("Ada", "Jun", "Sten", "Lex") if there in at(world, name)]
    approve(world, found)
    assert there not in at(world, "Mina")


def test_first_page_sends_the_cold_reader_before_the_second_manager(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    made(world, REVIEWER, cold_reader="Sten")
    assert "Read what changes for External reviewer, and sign" in at(world, "Sten")
    assert "waits for you" not in at(world, "Mina")


def test_first_page_costs_the_same_whatever_waits(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    made(world, REVIEWER)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            body = at(world, "Mina")
        counts.append((len(queries), body.count("waits for you")))
        made(world, REVIEWER)
        made(world, REVIEWER)
    assert [number for _, number in counts] == [1, 3]
    assert counts[0][0] == counts[1][0]


def test_held_amendment_leads_to_the_choice_that_would_pass(world):
    write(world, "S-AAAA", "body", "[[R-WRDS Plain words.]] [[R-WRDS QXCANARYone hidden]] and after.\n\nMore {C-AAAA}.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    held = amendment(world, "claims/C-BBBB")
    edition = f"/cases/{world.case_id}/editions/{world.editions['external_reviewer']}/amend/"
    there = f"{edition}?pages=claims/C-BBBB&amp;pages=sections/S-AAAA"
    assert f'href="{there}"' in at(world, "Ada", f"/cases/{world.case_id}/releases/{held.id}/")
    body = at(world, "Ada", there.replace("&amp;", "&"))
    assert [name for name in ("claims/C-BBBB", "sections/S-AAAA", "claims/C-AAAA") if _is_ticked(body, name)] == [
        "claims/C-BBBB",
        "sections/S-AAAA",
    ]


def _is_ticked(body: str, page: str) -> bool:
    return " checked" in body.partition(f'value="{page}"')[2].partition(">")[0]


def test_held_amendment_names_the_page_with_the_words_and_not_the_summary_that_counts_them(world):
    Redaction.objects.create(
        case_id=world.case_id, order=99, ref="R-NEWW", ground="legal_duty", note="By duty.", reason="r",
        extent="name", state="approved", cover="attribute", target="P-BBBB", attribute="frequency",
    )  # fmt: skip
    write(world, "C-BBBB", "basis", "Looked at again.")
    held = amendment(world, "claims/C-BBBB")
    assert [one["page"] for one in held.findings if one["kind"] == "kept_page"] == ["pathways/P-BBBB"]


def test_decider_is_told_that_an_edition_is_public(world):
    edition_id = for_publication(world)
    key = publish(
        by=world.actor("Ada"), case_id=world.case_id, edition_id=edition_id, address="corvus", checked_by="Nobody."
    )
    Redaction.objects.filter(case_id=world.case_id, ref="R-PUBL").update(state="proposed")
    there = f"/cases/{world.case_id}/redactions/R-PUBL/"
    assert "An edition of Public is published: everybody can read it, and it does not change." in at(
        world, "Lex", there
    )
    withdraw_publication(by=world.actor("Mina"), case_id=world.case_id, publication_id=key)
    assert "An edition of Public" not in at(world, "Lex", there)


def test_release_says_when_what_it_gave_out_was_withdrawn(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = made(world, REVIEWER)
    approve(world, found)
    there = f"/cases/{world.case_id}/releases/{found.id}/"
    assert "Its readers can open it now" in at(world, "Ada", there)
    withdraw_edition(by=world.actor("Mina"), edition_id=found.editions.get().id)
    assert "It was withdrawn since: nobody can open it." in at(world, "Ada", there)
