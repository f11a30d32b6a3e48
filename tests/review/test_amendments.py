"""An amendment: chosen parts made anew for one audience, everything else as it was; and what it may not carry along."""

from __future__ import annotations

import json

import pytest
from django.http import Http404

from cases.models import Redaction
from pathways.models import Claim
from prose.models import Text
from review.actions.releases import CannotRelease, start_amendment, withdraw_edition
from review.checks.findings import Finding, FindingKind
from review.models import Edition, PreparedMap, Release
from review.tasks import NOTHING_NEW
from tests.review.amending import OBJECTS, amendment, parts_of, write
from tests.review.test_releases import approve, digests_of
from tests.world import STATEMENTS, World, make_world, secret_case

pytestmark = pytest.mark.django_db
SECTION, PATHWAY, CLAIM = "sections/S-AAAA", "pathways/P-AAAA", "claims/C-BBBB"


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


def kinds(found: Release) -> list[tuple[str, str]]:
    findings = map(Finding.from_json, found.findings)
    return [(finding.kind.value, finding.page) for finding in findings if finding.stops]


def newest(world: World, audience: str = "external_reviewer") -> Edition:
    return Edition.objects.filter(case_id=world.case_id, audience_key=audience).latest("number")


def test_chosen_part_is_new_and_every_other_one_is_what_it_was(world):
    before = parts_of(world.editions["external_reviewer"])
    write(world, "C-BBBB", "statement", "Egress is capped at night.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    write(world, "S-AAAA", "body", "Quite other words.")
    found = amendment(world, CLAIM)
    assert (found.state, found.total, found.chosen) == ("ready", 1, [CLAIM])
    approve(world, found)
    after = parts_of(newest(world).id)
    assert newest(world).number == 2
    assert "Looked at again." in after[CLAIM]
    assert "Quite other words." not in "".join(after.values())
    untouched = [SECTION, "pathways/P-BBBB", "claims/C-AAAA", "evidence/E-AAAA", "assurances", "limitations"]
    same = [
        json.loads(before[page]) | {"history": None} == json.loads(after[page]) | {"history": None}
        for page in untouched
    ]
    assert all(same), same
    assert set(after) == set(before)
    others = Edition.objects.exclude(audience_key="external_reviewer")
    assert set(others.values_list("number", flat=True)) == {1}


def test_text_that_stands_on_several_pages_is_new_on_all_of_them(world):
    """One text, one version in an edition: lists, the register and what rests on it follow the page where it is at home."""
    write(world, "C-AAAA", "statement", "Weights are read by nobody at night.")
    found = amendment(world, "claims/C-AAAA")
    parts = dict(found.editions.get().parts.values_list("page", "content"))
    saying = {page for page, content in parts.items() if "nobody at night" in content}
    assert saying >= {"claims/C-AAAA", PATHWAY, "evidence/E-AAAA", "register", "report"}
    assert not [page for page, content in parts.items() if "Weights are read by" in content and page not in saying]


def test_lists_contents_and_what_can_be_found_follow_the_chosen_part(world):
    write(world, "P-BBBB", "title", "Leaks of plans")
    found = amendment(world, "pathways/P-BBBB")
    edition = found.editions.get()
    assert "Leaks of plans" in edition.parts.get(page="front").content
    assert "Leaks of plans" in edition.shell["rail"]
    assert "Leaks of plans" in edition.parts.get(page="find").content


def test_amendment_of_what_did_not_change_is_nothing_new(world):
    assert amendment(world, SECTION).failure == NOTHING_NEW


def test_what_changed_is_counted_since_the_edition_before(world):
    write(world, "C-BBBB", "basis", "It was looked at three times.")
    changes = amendment(world, CLAIM).editions.get().changes
    assert (changes["since"], changes["words_in"], changes["words_out"], changes["pages"]) == (1, 2, 0, [CLAIM])


@pytest.mark.parametrize("chosen", [SECTION, CLAIM])
def test_kept_part_may_not_carry_words_hidden_since(world, chosen):
    write(world, "S-AAAA", "body", "[[R-WRDS Plain words.]] [[R-WRDS QXCANARYone hidden]] and after.\n\nMore {C-AAAA}.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = amendment(world, chosen)
    if chosen == SECTION:
        assert (found.state, kinds(found)) == ("ready", [])
        assert "Plain words" not in found.editions.get().parts.get(page=SECTION).content
    else:
        assert found.state == "held"
        assert ("kept_page", SECTION) in kinds(found)
        says = [one["sentence"] for one in found.findings if one["kind"] == "kept_page"]
        assert says == ["S-AAAA holds words hidden from External reviewer since, by R-WRDS; choose it too."]


def test_words_that_joined_an_older_bar_are_found_too(world):
    """The bar is the same bar, with the same reference: only the words tell."""
    write(world, "S-AAAA", "body", "Plain words. [[R-WRDS QXCANARYone hidden and]] after.\n\nMore {C-AAAA}.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    assert ("kept_page", SECTION) in kinds(amendment(world, CLAIM))


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ({"cover": "attribute", "target": "P-BBBB", "attribute": "frequency"}, "pathways/P-BBBB"),
        ({"cover": "object", "target": "E-AAAA"}, "evidence/E-AAAA"),
        ({"cover": "object", "target": "E-AAAA", "omitted": True}, "evidence/E-AAAA"),
        ({"cover": "link", "target": "L-AAAA"}, PATHWAY),
    ],
)
def test_kept_part_may_not_carry_an_attribute_object_or_link_hidden_since(world, target, page):
    Redaction.objects.create(
        case_id=world.case_id, order=99, ref="R-NEWW", ground="legal_duty", note="By duty.", reason="r",
        extent="name", state="approved", **target,
    )  # fmt: skip
    write(world, "C-BBBB", "basis", "Looked at again.")
    held = amendment(world, CLAIM)
    assert held.state == "held"
    assert ("kept_page", page) in kinds(held)


def test_object_that_was_hidden_since_goes_from_every_page_once_its_part_is_chosen(world):
    Redaction.objects.create(
        case_id=world.case_id, order=99, ref="R-NEWW", ground="legal_duty", note="By duty.", reason="r",
        extent="name", state="approved", cover="object", target="E-AAAA", omitted=True,
    )  # fmt: skip
    found = amendment(world, "evidence/E-AAAA", "claims/C-AAAA")
    assert found.state == "ready", found.findings
    parts = dict(found.editions.get().parts.values_list("page", "content"))
    assert "evidence/E-AAAA" not in parts
    assert "E-AAAA" not in "".join(parts.values())


def test_object_that_is_new_and_not_chosen_stays_away_and_may_not_be_cited():
    world = make_world(_without(secret_case(), "C-BBBB"))
    _add_claim(world)
    write(world, "S-AAAA", "body", "See {C-NEWW}, please.")
    held = amendment(world, SECTION)
    assert held.state == "held"
    assert ("cites_omitted", SECTION) in kinds(held)
    both = amendment(world, SECTION, "claims/C-NEWW")
    assert both.state == "ready", both.findings
    assert "claims/C-NEWW" in dict(both.editions.get().parts.values_list("page", "html"))


def _without(raw: dict, ref: str) -> dict:
    raw["claims"] = [one for one in raw["claims"] if one["ref"] != ref]
    raw["supports"] = [one for one in raw["supports"] if one["to"] != ref]
    raw["redactions"] = [one for one in raw["redactions"] if (one["target"] or {}).get("ref") != "L-BBBB"]
    return raw


def _add_claim(world: World) -> None:
    like = Claim.objects.get(case_id=world.case_id, ref="C-AAAA")
    texts = {}
    for number, name in enumerate(("statement", "basis", "assumptions")):
        old = getattr(like, name)
        texts[name] = Text.objects.create(
            scope_id=world.case_id,
            key=f"t-newnewnewnewnew{number + 2}",
            kind=old.kind,
            content=like.assumptions.content,
        )
    Claim.objects.create(case_id=world.case_id, ref="C-NEWW", order=99, kind="control", state="draft", **texts)
    write(world, "C-NEWW", "statement", "A new claim.")


def test_private_map_is_that_of_the_words_which_the_edition_shows(world):
    """Comments go through it: a kept text has the version that was shown, a new one the version of now."""
    write(world, "S-AAAA", "body", "Plain words. [[R-WRDS QXCANARYone hidden]] and after. More.\n\nMore {C-AAAA}.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    edition = amendment(world, CLAIM).editions.get()
    body = Text.objects.get(pk=_text(world, "S-AAAA", "body"))
    basis = Text.objects.get(pk=_text(world, "C-BBBB", "basis"))
    versions = dict(PreparedMap.objects.filter(edition=edition).values_list("text_key", "version"))
    assert (versions[body.key], versions[basis.key]) == (body.version - 1, basis.version)


def _text(world: World, ref: str, field: str) -> object:
    return getattr(OBJECTS[ref[0]].objects.get(case_id=world.case_id, ref=ref), f"{field}_id")


def test_only_the_newest_edition_is_amended_and_not_one_that_was_withdrawn(world):
    first = world.editions["external_reviewer"]
    write(world, "C-BBBB", "basis", "Looked at again.")
    approve(world, amendment(world, CLAIM))
    with pytest.raises(CannotRelease, match="only the newest edition"):
        _ask(world, first)
    withdraw_edition(by=world.actor("Ada"), edition_id=newest(world).id)
    with pytest.raises(CannotRelease, match="only the newest edition"):
        _ask(world, newest(world).id)


def test_amendment_of_an_edition_withdrawn_since_is_not_approved(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = amendment(world, CLAIM)
    withdraw_edition(by=world.actor("Mina"), edition_id=world.editions["external_reviewer"])
    with pytest.raises(CannotRelease, match="the edition that it amends was withdrawn"):
        approve(world, found)
    found.refresh_from_db()
    assert (found.state, newest(world).number) == ("ready", 1)


@pytest.mark.parametrize("name", ["Jun", "Sten", "Lex", "Sofia", "Aud", "Noor", "Rhea"])
def test_only_managers_amend(world, name):
    with pytest.raises(Http404):
        _ask(world, world.editions["public"], by=name)
    assert Release.objects.count() == 1


def test_amendment_without_parts_is_refused(world):
    with pytest.raises(CannotRelease, match="choose at least one part"):
        _ask(world, world.editions["public"], pages=frozenset())


def test_who_asked_for_an_amendment_does_not_approve_it(world):
    write(world, "C-BBBB", "basis", "Looked at again.")
    found = amendment(world, CLAIM)
    with pytest.raises(Http404):
        approve(world, found, by="Ada")
    assert digests_of(found)


def _ask(world: World, edition_id: object, by: str = "Ada", pages: frozenset[str] = frozenset({CLAIM})) -> None:
    start_amendment(
        by=world.actor(by),
        edition_id=edition_id,
        pages=pages,
        statement=STATEMENTS["external_reviewer"],  # type: ignore[arg-type]
    )


def test_kept_page_is_a_leak_and_can_not_be_settled():
    assert FindingKind.KEPT_PAGE.severity == "stops"
    assert not FindingKind.KEPT_PAGE.can_be_settled
