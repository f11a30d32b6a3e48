"""Ways out that an attacker found in this model, each closed: what is hidden must not show in what stands around it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Redaction
from cases.projection import AudienceLens, to_json
from cases.redaction import Cover, Register
from evidence.models import Bearing
from pathways.models import Section, Tag
from prose.marked import MarkedContent
from prose.models import Text
from review.actions.publishing import CannotPublish, publish
from review.actions.releases import withdraw_edition
from review.checks.findings import Finding
from review.loaders.earlier import ratings_before
from review.models import Publication, Release
from review.projection import Composer
from review.projection.history import EarlierPages, history_of
from tests.case_builder import inline, paragraphs
from tests.review.amending import amendment, write
from tests.review.material import PUBLIC, SnapshotBuilder, redaction
from tests.review.publishing_world import for_publication
from tests.world import SHOWN_FIGURE, World, make_world, secret_case


def pages_of(snapshot: Any) -> dict[str, Any]:
    lens = AudienceLens(snapshot.register, PUBLIC)
    return {name: to_json(page) for name, page in Composer(snapshot, lens).pages()}


# Projections


def test_masked_bearing_does_not_tell_which_evidence_it_comes_from():
    """Its placeholder stands under the claim. Under its evidence too, the one reference on both pages would join them."""

    def case(evidence: str) -> dict[str, Any]:
        builder = SnapshotBuilder(redaction("R-LNKS", cover=Cover.LINK, target="B-AAAA"))
        builder.claim("C-AAAA", "Weights are guarded.")
        builder.evidence("E-AAAA", "A drill").evidence("E-BBBB", "Another drill")
        return pages_of(builder.bearing("B-AAAA", evidence, "C-AAAA").snapshot())

    one, other = case("E-AAAA"), case("E-BBBB")
    assert "R-LNKS" in json.dumps(one["claims/C-AAAA"])
    assert one == other


def test_masked_pathway_says_nothing_of_its_earlier_ratings():
    shown = SnapshotBuilder().pathway("P-AAAA", "A way", "Words.").snapshot()
    earlier = EarlierPages(None, date(2026, 1, 1), pages_of(shown))
    now = Register.of([redaction("R-MASK", cover=Cover.OBJECT, target="P-AAAA")])
    reference = shown.header.reference
    assert history_of([earlier], AudienceLens(shown.register, PUBLIC), reference)["pathways/P-AAAA"]
    assert "pathways/P-AAAA" not in history_of([earlier], AudienceLens(now, PUBLIC), reference)


def test_earlier_rating_that_was_withheld_repeats_no_note_of_then():
    hiding = redaction("R-RATE", cover=Cover.ATTRIBUTE, target="P-AAAA", attribute="rating", note="Named by Harbour.")
    then = SnapshotBuilder(hiding).pathway("P-AAAA", "A way", "Words.").snapshot()
    earlier = EarlierPages(None, date(2026, 1, 1), pages_of(then))
    lifted = AudienceLens(Register.of([]), PUBLIC)
    [row] = history_of([earlier], lifted, then.header.reference)["pathways/P-AAAA"]
    assert "R-RATE" in json.dumps(to_json(row))
    assert "Harbour" not in json.dumps(to_json(row))


# Publications


@pytest.fixture
def world(db: None) -> World:
    """Edition 1 of every audience."""
    return make_world()


def test_publication_tells_of_no_earlier_rating_that_was_never_made_public(world):
    edition_id = for_publication(world)
    assert ratings_before(world.case_id, ["public"], for_publication=True) == {}
    Publication.objects.create(edition_id=edition_id, address="first", published_on=timezone.now().date())
    told = ratings_before(world.case_id, ["public"], for_publication=True)["public"]
    assert [(row.number, row.on) for row in told] == [(None, timezone.now().date())]
    withdraw_edition(by=world.actor("Ada"), edition_id=edition_id)
    assert ratings_before(world.case_id, ["public"], for_publication=True) == {}


def test_address_of_a_publication_may_not_say_hidden_words(db):
    raw = secret_case()
    raw["limitations"][0]["body"]["content"]["content"] = paragraphs("[[R-WRDS Under the name nightingale harbour.]]")
    world = make_world(raw)
    edition_id, address = for_publication(world), "under-the-name-nightingale-harbour-2026"
    with pytest.raises(CannotPublish, match="address"):
        publish(by=world.actor("Ada"), case_id=world.case_id, edition_id=edition_id, address=address, checked_by="")


def test_edition_is_not_published_once_words_on_its_bars_were_taken_back(world):
    edition_id = for_publication(world)
    Redaction.objects.filter(case_id=world.case_id, ref="R-PUBL").update(note="Withheld.")
    with pytest.raises(CannotPublish, match="R-PUBL"):
        publish(by=world.actor("Ada"), case_id=world.case_id, edition_id=edition_id, address="a", checked_by="")


# Amendments


def hide(world: World, ref: str = "R-NEWW", **target: Any) -> None:
    Redaction.objects.create(
        case_id=world.case_id, order=99, ref=ref, ground="legal_duty", note="By duty.", reason="r",
        extent="name", state="approved", **target,
    )  # fmt: skip


def put(text: Text, words: str) -> None:
    content = inline(words) if text.kind == "line" else paragraphs(words)
    stored = MarkedContent(json.dumps({"type": "doc", "content": content}))
    Text.objects.filter(pk=text.pk).update(content=stored, version=text.version + 1)


def kept(found: Release) -> list[str]:
    rows = map(Finding.from_json, found.findings)
    return sorted(row.page for row in rows if row.kind.value == "kept_page")


def parts(found: Release) -> dict[str, str]:
    return dict(found.editions.get().parts.values_list("page", "content"))


def test_kept_claim_does_not_name_what_rests_on_it_by_a_link_hidden_since(world):
    hide(world, cover="link", target="L-AAAA")
    made = parts(amendment(world, "pathways/P-AAAA"))
    assert "R-NEWW" in made["pathways/P-AAAA"]
    assert json.loads(made["claims/C-AAAA"])["carries"] == []


def test_kept_evidence_does_not_name_the_claim_of_a_bearing_hidden_since(world):
    hide(world, cover=Cover.LINK, target="B-AAAA")
    made = parts(amendment(world, "claims/C-AAAA"))
    assert "R-NEWW" in made["claims/C-AAAA"]
    assert json.loads(made["evidence/E-AAAA"])["bears_on"] == []


def test_kept_evidence_says_of_a_bearing_what_the_claim_says_now(world):
    place = Bearing.objects.get(case_id=world.case_id, ref="B-AAAA").place
    put(place, "Page nine, [[R-WRDS beside the vault]].")
    made = parts(amendment(world, "claims/C-AAAA"))
    on_claim, on_evidence = (json.loads(made[page]) for page in ("claims/C-AAAA", "evidence/E-AAAA"))
    assert on_claim["evidence"][0]["place"] == on_evidence["bears_on"][0]["place"]


@pytest.mark.parametrize("omitted", [False, True])
def test_kept_assurance_does_not_name_a_claim_hidden_since(world, omitted):
    hide(world, cover="object", target="C-AAAA", omitted=omitted)
    write(world, "P-AAAA", "argument", "Other words.")
    write(world, "S-AAAA", "body", "Plain words.")
    made = parts(amendment(world, "claims/C-AAAA", "pathways/P-AAAA", "sections/S-AAAA"))
    assert json.loads(made["assurances"])["assurances"][0]["claim"] is None


@pytest.mark.parametrize(("target", "page"), [("A-AAAA", "assurances"), ("N-AAAA", "limitations")])
def test_kept_list_may_not_carry_what_is_left_out_since(world, target, page):
    hide(world, cover="object", target=target, omitted=True)
    write(world, "C-BBBB", "basis", "Looked at again.")
    assert page in kept(amendment(world, "claims/C-BBBB"))


def test_kept_page_may_not_carry_the_words_of_a_group_that_joined_an_older_bar(world):
    put(Tag.objects.get(case_id=world.case_id).name, "[[R-WRDS Weights and QXCANARYthirteen]]")
    write(world, "C-BBBB", "basis", "Looked at again.")
    assert "claims/C-AAAA" in kept(amendment(world, "claims/C-BBBB"))


@pytest.mark.parametrize(
    "leaf",
    [{"type": "image", "attrs": {"file": SHOWN_FIGURE, "alt": ""}}, {"type": "citation", "attrs": {"ref": "C-BBBB"}}],
)
def test_kept_page_may_not_carry_what_has_no_words_and_joined_an_older_bar(db, leaf):
    raw = secret_case()
    blocks = raw["sections"][0]["body"]["content"]["content"]
    hidden = [{"type": "redaction", "attrs": {"ref": "R-WRDS"}}]
    blocks[:] = [*paragraphs("Plain words."), _around(leaf), *paragraphs("[[R-WRDS hidden words]]")]
    world = make_world(raw)
    body = Section.objects.get(case_id=world.case_id).body
    blocks[1] = _around({**leaf, "marks": hidden})
    stored = MarkedContent(json.dumps({"type": "doc", "content": blocks}))
    Text.objects.filter(pk=body.pk).update(content=stored, version=body.version + 1)
    write(world, "C-BBBB", "basis", "Looked at again.")
    assert "sections/S-AAAA" in kept(amendment(world, "claims/C-BBBB"))


def _around(leaf: dict[str, Any]) -> dict[str, Any]:
    return {"type": "figure" if leaf["type"] == "image" else "paragraph", "content": [leaf]}


def test_kept_page_may_not_carry_words_on_a_bar_that_were_taken_back(world):
    Redaction.objects.filter(case_id=world.case_id, ref="R-WRDS").update(note="Withheld.")
    write(world, "C-BBBB", "basis", "Looked at again.")
    assert "sections/S-AAAA" in kept(amendment(world, "claims/C-BBBB"))
