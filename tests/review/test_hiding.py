"""Hiding what is not words: every attribute, link and object can be chosen, hides at once, and stays masked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import Http404

from cases.actions.redactions import Because, CannotRedact
from cases.hiding import ATTRIBUTES
from cases.models import Case, Redaction
from cases.projection import AudienceLens
from cases.redaction import Withheld
from cases.redaction.facts import Extent, Ground
from review.actions.hiding import PARTS, hide_attribute, hide_link, hide_object
from review.projection import Composer
from review.snapshot import read_case
from tests.review.redaction_world import at, history, live_world, row
from tests.world import World

pytestmark = pytest.mark.django_db
BECAUSE = Because(Ground.PRIVACY, "A person's name.", "She asked", Extent.NAME, bears_load=True)
TYPED = {
    "ground": "privacy",
    "note": "A person <asked>.",
    "reason": "Inside only",
    "extent": "name",
    "bears_load": "on",
}


@pytest.fixture
def world() -> World:
    return live_world()


def page(world: World, ref: str) -> str:
    return f"/cases/{world.case_id}/hide/?ref={ref}"


def choices(world: World, ref: str) -> list[str]:
    return re.findall(
        r'name="what" id="[^"]*" value="([^"]*)"', at(world, "Jun").get(page(world, ref)).content.decode()
    )


def test_table_names_columns_that_exist():
    for letter, names in ATTRIBUTES.items():
        if letter != "K":
            fields = {field.name for field in PARTS[letter]._meta.get_fields()}
            assert set(names) <= fields, letter
    header = {field.name for field in Case._meta.get_field("header").related_model._meta.get_fields()}
    assert set(ATTRIBUTES["K"]) <= header


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("C-AAAA", ["attribute:C-AAAA:kind", "attribute:C-AAAA:state", "attribute:C-AAAA:grade", "attribute:C-AAAA:owner",
                    "attribute:C-AAAA:tags", "link:B-AAAA", "attribute:B-AAAA:direction", "attribute:B-AAAA:strength",
                    "link:B-BBBB", "attribute:B-BBBB:direction", "attribute:B-BBBB:strength", "object:A-AAAA",
                "attribute:A-AAAA:owner",
                "attribute:A-AAAA:given_on",
                "attribute:A-AAAA:valid_until",
                "attribute:A-AAAA:claim",
                "object:C-AAAA"]),
        ("L-AAAA", ["attribute:L-AAAA:role", "link:L-AAAA"]),
        ("S-AAAA", ["object:S-AAAA"]),
        ("K-TEST", [f"attribute:K-TEST:{name}" for name in ATTRIBUTES["K"]]),
    ],
)  # fmt: skip
def test_page_offers_every_attribute_every_link_and_the_object(world, ref, expected):
    assert choices(world, ref) == expected


def test_page_says_what_each_says_now_and_what_is_hidden_already(world):
    body = at(world, "Jun").get(page(world, "C-AAAA")).content.decode()
    assert 'Grade of C-AAAA</b><span class="quiet"> · moderate' in body
    assert "hidden by R-ATTR" in body


def test_list_of_all_objects_leads_to_each(world):
    body = at(world, "Jun").get(f"/cases/{world.case_id}/hide/").content.decode()
    for ref in ("K-TEST", "S-AAAA", "P-AAAA", "C-MASK", "E-AAAA"):
        assert f'href="/cases/{world.case_id}/hide/?ref={ref}"' in body


@pytest.mark.parametrize("ref", ["P-AAAA", "C-AAAA", "E-AAAA", "S-AAAA"])
def test_everything_offered_can_be_hidden(world, ref):
    for what in choices(world, ref):
        before = set(Redaction.objects.values_list("ref", flat=True))
        response = at(world, "Jun").post(page(world, ref), {**TYPED, "what": what})
        (made,) = set(Redaction.objects.values_list("ref", flat=True)) - before
        assert (response.status_code, response["location"]) == (302, f"/cases/{world.case_id}/redactions/{made}/")
        found = row(world, made)
        kind, target, *attribute = what.split(":")
        assert (found.cover, found.target, found.attribute) == (kind, target, "".join(attribute))
        assert (found.state, found.omitted, found.bears_load) == ("proposed", False, True)
        assert history(world, made) == [("Jun", "proposed")]


def test_hidden_attribute_is_withheld_at_once_from_who_is_not_cleared(world):
    hide_attribute(by=world.actor("Jun"), case_id=world.case_id, ref="P-AAAA", name="rating", because=BECAUSE)
    snapshot = read_case(world.case_id)
    ratings = {
        key: Composer(snapshot, AudienceLens(snapshot.register, snapshot.audience(key)))
        .pathway("P-AAAA")
        .pathway.rating
        for key in ("full", "public")
    }
    assert isinstance(ratings["public"], Withheld)
    assert not isinstance(ratings["full"], Withheld)


def test_same_thing_is_hidden_once_on_one_ground(world):
    given: dict[str, Any] = {"by": world.actor("Jun"), "case_id": world.case_id, "ref": "C-AAAA", "because": BECAUSE}
    first = hide_object(**given)
    with pytest.raises(CannotRedact, match=f"C-AAAA is hidden on this ground already, by {first}"):
        hide_object(**given)
    other = Because(Ground.SECURITY, "n", "r", Extent.MORE)
    assert hide_object(**{**given, "because": other}) != first
    response = at(world, "Jun").post(page(world, "C-AAAA"), {**TYPED, "what": "object:C-AAAA"})
    assert response.status_code == 422
    assert f"C-AAAA is hidden on this ground already, by {first}." in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"what": ""}, "Choose what is to be hidden."),
        ({"what": "object:C-BBBB"}, "Select a valid choice."),
        ({"what": "attribute:C-AAAA:statement"}, "Select a valid choice."),
        ({"note": ""}, "This field is required."),
        ({"reason": ""}, "This field is required."),
        ({"ground": "whim"}, "Select a valid choice."),
        ({"extent": "all"}, "Select a valid choice."),
    ],
)
def test_refused_form_keeps_what_was_typed(world, changes, message):
    before = Redaction.objects.count()
    response = at(world, "Jun").post(page(world, "C-AAAA"), {**TYPED, "what": "attribute:C-AAAA:state", **changes})
    body = response.content.decode()
    assert (response.status_code, Redaction.objects.count()) == (422, before)
    assert message in body
    if "note" not in changes:
        assert "A person &lt;asked&gt;." in body
    if "what" not in changes:
        assert 'value="attribute:C-AAAA:state" checked' in body


@pytest.mark.parametrize("name", ["Sten", "Sofia", "Aud"])
def test_who_may_not_redact_finds_no_way_to_hide(world, name):
    client = at(world, name)
    for response in (
        client.get(page(world, "C-AAAA")),
        client.post(page(world, "C-AAAA"), {**TYPED, "what": "object:C-AAAA"}),
    ):
        assert response.status_code == 404
    with pytest.raises(Http404):
        hide_object(by=world.actor(name), case_id=world.case_id, ref="C-AAAA", because=BECAUSE)


@pytest.mark.parametrize(
    ("act", "ref", "more"),
    [
        (hide_object, "C-ZZZZ", {}),
        (hide_object, "L-AAAA", {}),
        (hide_object, "K-TEST", {}),
        (hide_object, "", {}),
        (hide_link, "C-AAAA", {}),
        (hide_link, "L-ZZZZ", {}),
        (hide_attribute, "C-AAAA", {"name": "statement"}),
        (hide_attribute, "S-AAAA", {"name": "title"}),
        (hide_attribute, "K-ZZZZ", {"name": "kind"}),
        (hide_attribute, "R-WRDS", {"name": "note"}),
    ],
)
def test_what_is_not_there_can_not_be_hidden(world, act, ref, more):
    with pytest.raises(Http404):
        act(by=world.actor("Jun"), case_id=world.case_id, ref=ref, because=BECAUSE, **more)


def test_live_page_leads_there_for_who_may_redact(world):
    link = f'href="/cases/{world.case_id}/hide/?ref=C-AAAA"'
    live = f"/cases/{world.case_id}/claims/C-AAAA/"
    preview = f"/cases/{world.case_id}/as/public/claims/C-AAAA/"
    bodies = [
        at(world, name).get(path).content.decode() for name, path in (("Jun", live), ("Sten", live), ("Jun", preview))
    ]
    assert [link in body for body in bodies] == [True, False, False]


def test_absent_object_is_the_404(world):
    for ref in ("C-ZZZZ", "nonsense", "R-WRDS", "<b>"):
        assert at(world, "Jun").get(page(world, ref)).status_code == 404
