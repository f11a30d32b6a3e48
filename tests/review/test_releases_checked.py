"""The check of a release knows what was decided before and what each audience has read already."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import Http404

from cases.actions.redactions import redact_words
from cases.models import AuditEvent
from cases.redaction.facts import Extent, Ground
from pathways.models import Pathway, Section
from prose.anchors import Span
from review.actions.releases import CannotRelease, settle_check, start_again, withdraw_edition
from review.checks.findings import Finding, FindingKind
from review.loaders.earlier import words_read_last
from review.models import CheckDecision, Release
from review.tasks import make_release
from tests.case_builder import CaseBuilder
from tests.review.test_releases import approve, made
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, make_world, people

pytestmark = pytest.mark.django_db
SECRET = "the isolated storage tier of Halden is patched weekly"
STATEMENT = {"external_reviewer": "Some passages are withheld under a legal duty."}


@pytest.fixture
def held_world() -> tuple[World, Release]:
    """A release that is held: hidden words stand readable elsewhere."""
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.section("S-AAAA", "Storage", f"Here [[R-AAAA {SECRET}]].")
    case.section("S-BBBB", "Elsewhere", f"It is said that {SECRET}, too.\n\nMore words.")
    users = people()
    world = World(import_raw(case.file), users)
    grant_all(world.case_id, users)
    return world, made(world, STATEMENT)


def findings(found: Release, *kinds: FindingKind) -> list[Finding]:
    found.refresh_from_db()
    return [finding for finding in map(Finding.from_json, found.findings) if finding.kind in kinds]


def again(world: World, found: Release, by: str = "Ada") -> Release:
    release_id = start_again(by=world.actor(by), release_id=found.id)
    make_release(str(release_id))
    return Release.objects.get(pk=release_id)


def settle(world: World, found: Release, fingerprint: str, by: str = "Ada", reason: str = "Another Halden.") -> None:
    settle_check(by=world.actor(by), release_id=found.id, fingerprint=fingerprint, reason=reason)


def test_settled_finding_no_longer_holds_the_release_and_says_why(held_world):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    assert (found.state, quote.stops) == ("held", True)
    ada = SiteClient("workshop", world.users["Ada"])
    path = f"/cases/{world.case_id}/releases/{found.id}/"
    ada.post(f"{path}settle/", {"fingerprint": quote.fingerprint, "reason": "Another Halden."})
    later = again(world, found)
    (decided,) = findings(later, FindingKind.QUOTE)
    assert (later.state, decided.stops, decided.decided) == ("ready", False, "Another Halden.")
    body = ada.get(f"/cases/{world.case_id}/releases/{later.id}/?step=check").content.decode()
    assert "Not the same, because Another Halden." in body
    approve(world, later)
    assert made(world, {"external_reviewer": f"{STATEMENT['external_reviewer']} More."}).state == "ready"


def test_decision_of_another_case_settles_nothing_here(held_world):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    other = import_raw(CaseBuilder().file, as_new=True)
    by_id = world.users["Ada"].pk
    CheckDecision.objects.create(case_id=other, fingerprint=quote.fingerprint, reason="Elsewhere.", by_id=by_id)
    assert again(world, found).state == "held"


def test_decision_holds_until_the_passage_changes(held_world):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    settle(world, found, quote.fingerprint)
    hide(world, "S-BBBB", "It is said")
    later = again(world, found)
    assert [finding.decided for finding in findings(later, FindingKind.QUOTE)] == [""]
    assert later.state == "held"


@pytest.mark.parametrize("name", ["Jun", "Sten", "Lex", "Aud", "Noor"])
def test_only_managers_settle(held_world, name):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    with pytest.raises(Http404):
        settle(world, found, quote.fingerprint, by=name)
    settle(world, found, quote.fingerprint, by="Mina")
    event = AuditEvent.objects.get(verb="check_settled")
    assert (event.actor_id, UUID(event.target), event.case_id) == (world.users["Mina"].pk, found.id, world.case_id)


def test_what_can_be_put_right_and_what_was_not_found_is_not_settled(held_world):
    world, _ = held_world
    found = made(world, {"external_reviewer": ""})
    (missing,) = findings(found, FindingKind.NO_STATEMENT)
    for fingerprint in (missing.fingerprint, "0" * 64, ""):
        with pytest.raises(Http404):
            settle(world, found, fingerprint)
    assert not CheckDecision.objects.exists()


def test_settling_without_a_reason_is_refused_in_words(held_world):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    path = f"/cases/{world.case_id}/releases/{found.id}/settle/"
    ada, jun = (SiteClient("workshop", world.users[name]) for name in ("Ada", "Noor"))
    body = ada.post(path, {"fingerprint": quote.fingerprint, "reason": " "}, follow=True).content.decode()
    assert "Say why: a reason is what settles it." in body
    assert jun.post(path, {"fingerprint": quote.fingerprint, "reason": " "}).status_code == 404
    assert not CheckDecision.objects.exists()


def test_redact_there_too_hides_the_words_and_lets_the_release_go_on(held_world):
    world, found = held_world
    (quote,) = findings(found, FindingKind.QUOTE)
    ada = SiteClient("workshop", world.users["Ada"])
    path = f"/cases/{world.case_id}/releases/{found.id}/redact/"
    body = ada.post(path, {"fingerprint": quote.fingerprint}, follow=True).content.decode()
    assert "Hidden there too, by R-AAAA. Check again to go on." in body
    later = again(world, found)
    assert (later.state, findings(later, FindingKind.QUOTE)) == ("ready", [])
    html = later.editions.get().parts.get(page="sections/S-BBBB").html
    assert "Halden" not in html
    assert "It is said that" in html


def hide(world: World, ref: str, words: str, start: int = 1) -> None:
    if ref.startswith("S"):
        body = Section.objects.select_related("body").get(case_id=world.case_id, ref=ref).body
    else:
        body = Pathway.objects.select_related("argument").get(case_id=world.case_id, ref=ref).argument
    redact_words(
        by=world.actor("Ada"),
        case_id=world.case_id,
        text_key=body.key,
        version=body.version,
        span=Span(start, start + len(words)),
        ground=Ground.LEGAL_DUTY,
        note="Withheld by duty.",
        reason="r",
        extent=Extent.SENTENCE,
    )


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_words_that_an_audience_has_read_and_would_lose_warn(is_withdrawn):
    world = make_world()
    if is_withdrawn:  # they have been read all the same
        withdraw_edition(by=world.actor("Ada"), edition_id=world.editions["external_reviewer"])
    hide(world, "P-AAAA", "would need", start=4)
    found = made(world, STATEMENT)
    (lost,) = findings(found, FindingKind.LOST)
    assert (found.state, lost.audience, lost.ref, lost.words) == ("ready", "external_reviewer", "P-AAAA", "would need")
    approve(world, found)
    later = made(world, {"external_reviewer": f"{STATEMENT['external_reviewer']} More."})
    assert findings(later, FindingKind.LOST) == []  # lost already, in the edition that is the newest now


def test_words_that_an_audience_never_read_are_not_lost():
    world = make_world()
    hide(world, "P-AAAA", "would need", start=4)
    Release.objects.filter(pk=world.release_id).delete()
    found = made(world, STATEMENT)
    assert len(findings(found, FindingKind.LOST)) == 1  # what was read stands in the edition, not in the release
    read = words_read_last(world.case_id, ["external_reviewer", "nobody"])
    assert list(read) == ["external_reviewer"]
    whole = "\n".join(read["external_reviewer"].values())
    assert "would need" in whole
    assert "QXCANARY" not in whole


def test_words_read_last_are_those_of_every_page(django_assert_num_queries):
    world = make_world()
    with django_assert_num_queries(2):
        read = words_read_last(world.case_id, ["full", "public"])
    assert {"full", "public"} == set(read)
    for words in ("Egress is capped.", "A drill", "It would need weights", "It carries.", "table 2", "Test report"):
        assert any(words in one for one in read["full"].values()), words
    assert "holds the keys" not in "\n".join(read["public"].values())


@pytest.mark.parametrize("hidden_since", [False, True])
def test_release_is_not_approved_once_words_of_it_were_hidden(hidden_since):
    world = make_world()
    hide(world, "S-AAAA", "Plain")
    found = made(world, {"external_reviewer": "Some passages are withheld under a legal duty."})
    assert found.state == "ready"
    if hidden_since:
        hide(world, "S-AAAA", "words", start=7)
        with pytest.raises(CannotRelease, match="something was hidden after its snapshot"):
            approve(world, found)
        found = again(world, found)
    approve(world, found)
    found.refresh_from_db()
    assert found.state == "approved"
