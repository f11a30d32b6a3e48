"""Whatever reads a case passes over what is retired: case file, release check, redactions, lists of what is to be done."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from cases.actions.deciding import lift
from cases.models import Redaction
from evidence.actions.any_part import bring_back, retire
from evidence.actions.merging import merge_claims
from pathways.actions.merging import Merge
from pathways.models import Section
from prose.marked import content_to_json
from prose.models import Text
from review.actions.releases import start_release
from review.actions.releases.starting import unready_parts
from review.case_file.export import export_case
from review.loaders.earlier import facts_in
from review.models import EditionPart, Release
from review.states import Purpose
from review.tasks import make_release
from tests.case_builder import CaseBuilder
from tests.evidence.test_merging import SECRET, masked_case
from tests.pathways.structure_world import act, edition_of, plain_case, row, seen, stated, structure_world
from tests.review.redaction_world import at
from tests.review.test_structure_pages import body, get
from tests.world import STATEMENTS, World, import_raw, release

pytestmark = pytest.mark.django_db
ALL = ("S-AAAA", "P-AAAA", "C-AAAA", "L-BBBB", "E-AAAA", "B-BBBB", "A-AAAA", "N-AAAA", "G-AAAA")


def gone(world: World, *refs: str) -> None:
    for ref in refs:
        retire(**act(world), ref=ref, **seen(world, ref), why="w")


def exported(world: World) -> tuple[bytes, dict[str, Any]]:
    raw = export_case(case_id=world.case_id)
    return raw, json.loads(raw)


def again(raw: bytes) -> bytes:
    """The same file, in and out once more."""
    return export_case(case_id=import_raw(json.loads(raw), as_new=True))


@pytest.mark.parametrize("refs", [*((ref,) for ref in ALL), ALL, ("C-AAAA", "E-BBBB"), ("C-CCCC", "P-BBBB")])
def test_case_file_holds_what_stands_and_comes_back_byte_for_byte(refs):
    case = plain_case()
    case.file["claims"][0]["tags"] = ["G-AAAA"]
    for number, ref in enumerate(ALL):
        kind = {"L": "link", "B": "link"}.get(ref[0], "object")
        if ref[0] != "G":
            how = {"how": "masked"} if kind == "object" else {}
            case.redaction(f"R-T{'23456789A'[number]}RG", target={"kind": kind, "ref": ref, **how})
    case.redaction("R-GRDE", target={"kind": "attribute", "ref": "C-AAAA", "name": "grade"})
    world = structure_world(case)
    before, _ = exported(world)
    gone(world, *refs)
    raw, file = exported(world)
    assert again(raw) == raw
    assert not [ref for ref in refs if f'"ref": "{ref}"' in raw.decode()]
    targets = {one["target"]["ref"] for one in file["redactions"] if one["target"]}
    assert not targets & set(refs)
    for ref in reversed(refs):
        bring_back(**act(world), ref=ref)
    assert exported(world)[0] == before


def test_citation_of_something_retired_leaves_as_its_reference_hidden_as_it_was():
    case = plain_case()
    hidden = {
        "type": "citation",
        "attrs": {"ref": "C-CCCC"},
        "marks": [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}],
    }
    case.file["sections"][1]["body"]["content"]["content"] = [{"type": "paragraph", "content": [hidden]}]
    world = structure_world(case)
    gone(world, "C-CCCC", "C-AAAA")
    raw, file = exported(world)
    (paragraph,) = file["sections"][1]["body"]["content"]["content"]
    assert paragraph["content"] == [{"type": "text", "text": "C-CCCC", "marks": hidden["marks"]}]
    assert file["sections"][0]["body"]["content"]["content"][0]["content"] == [
        {"type": "text", "text": "Plain words C-AAAA and after."}
    ]
    assert again(raw) == raw


def test_redaction_of_something_retired_stays_one_of_words_where_words_carry_it():
    case = plain_case()
    case.redaction("R-BTHH", target={"kind": "object", "ref": "C-CCCC", "how": "masked"})
    case.file["sections"][1]["body"] = case.body("Also [[R-BTHH these]] words.")
    world = structure_world(case)
    gone(world, "C-CCCC")
    raw, file = exported(world)
    (one,) = [one for one in file["redactions"] if one["ref"] == "R-BTHH"]
    assert one["target"] is None
    assert again(raw) == raw


def test_assurance_of_a_retired_claim_leaves_without_it():
    world = structure_world()
    gone(world, "C-AAAA")
    _, file = exported(world)
    assert [one["claim"] for one in file["assurances"]] == [None]


def test_what_is_retired_is_not_waited_for():
    world = structure_world()
    Section.objects.filter(ref="S-AAAA").update(ready=False)
    assert unready_parts(world.case_id) == {"S-AAAA"}
    assert facts_in(world.case_id, date(2026, 1, 1)).unready == {"S-AAAA"}
    gone(world, "S-AAAA")
    assert unready_parts(world.case_id) == frozenset()
    assert facts_in(world.case_id, date(2026, 1, 1)).unready == frozenset()


def started(world: World) -> Release:
    release_id = start_release(
        by=world.actor("Ada"),
        case_id=world.case_id,
        purpose=Purpose.DRAFT_FOR_REVIEW,
        statements={"public": STATEMENTS["external_reviewer"]},
    )
    make_release(str(release_id))
    return Release.objects.get(pk=release_id)


def test_release_that_cites_something_retired_is_held_until_the_citation_is_gone():
    world = structure_world()
    gone(world, "C-AAAA")
    held = started(world)
    said = [one["sentence"] for one in held.findings if one["kind"] == "cites_omitted"]
    assert held.state == "held"
    assert "C-AAAA is retired, and stands nowhere, but the body of S-AAAA cites it." in said
    bring_back(**act(world), ref="C-AAAA")
    assert "cites_omitted" not in {one["kind"] for one in started(world).findings}


def test_release_after_merging_hides_the_right_words():
    case = plain_case()
    case.file["pathways"][1]["argument"] = case.body("Its own [[R-AAAA hidden]] argument {C-AAAA}.")
    world = structure_world(case)
    merge_claims(
        **act(world),
        merge=Merge(
            "C-AAAA", "C-BBBB", **seen(world, "C-AAAA"), why="w", append=frozenset({"statement", "basis"}), recite=True
        ),
    )
    release(world, STATEMENTS | {"public": STATEMENTS["external_reviewer"]})
    pages = dict(EditionPart.objects.filter(edition__audience_key="public").values_list("page", "html"))
    assert "claims/C-AAAA" not in pages
    assert "capped at ten" not in "".join(pages.values())
    assert "Egress is" in pages["claims/C-BBBB"]
    assert 'href="../../claims/C-BBBB/"' in pages["pathways/P-BBBB"]
    full = "".join(EditionPart.objects.filter(edition__audience_key="full").values_list("html", flat=True))
    assert "capped at ten" in full


def test_redaction_of_something_retired_can_still_be_read_and_decided():
    world = structure_world(masked_case())
    gone(world, "C-MASK")
    page = body(get(world, "redactions/R-MASK/"))
    assert "Claim C-MASK, which is retired" in page
    assert "retired/" in page
    assert "which is retired" in body(get(world, "redactions/"))
    lift(by=world.actor("Lex"), case_id=world.case_id, ref="R-MASK", seen=0, why="w")
    bring_back(**act(world), ref="C-MASK")
    assert SECRET in edition_of(world)


def test_redaction_page_says_that_retired_words_carry_it():
    world = structure_world()
    gone(world, "C-AAAA")
    page = body(get(world, "redactions/R-AAAA/"))
    assert "Statement of C-AAAA" in page
    assert "come back hidden" in page


def test_redaction_that_lies_on_retired_words_alone_is_not_said_to_hide_nothing():
    only = CaseBuilder()
    only.redaction("R-AAAA")
    only.claim("C-AAAA", "It is [[R-AAAA so]].")
    world = structure_world(only)
    gone(world, "C-AAAA")
    for page in (body(get(world, "redactions/R-AAAA/")), body(get(world, "redactions/"))):
        assert "No words carry its mark" not in page
        assert "Statement of C-AAAA" in page


def test_nothing_is_hidden_of_what_is_retired():
    world = structure_world()
    gone(world, "C-AAAA")
    sent = {"what": "object:C-AAAA", "ground": "security", "note": "n", "reason": "r", "extent": "more"}
    for below in ("hide/?ref=C-AAAA", "hide/?ref=L-AAAA"):
        assert at(world, "Jun").post(f"/cases/{world.case_id}/{below}", sent).status_code == 404
    assert Redaction.objects.filter(target="C-AAAA").count() == 0


def test_words_of_what_is_retired_are_kept_and_stay_marked():
    world = structure_world()
    before = {key: content_to_json(content) for key, content in Text.objects.values_list("key", "content")}
    gone(world, *ALL)
    assert {key: content_to_json(content) for key, content in Text.objects.values_list("key", "content")} == before
    assert stated(world, "C-AAAA")["state"] == "supported"
    assert row(world, "C-AAAA").retired
