"""From words to structure: what hides the words hides what is made of them, it is cited where they stand and linked to what they are of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cases.models import Redaction
from evidence.models import Bearing
from pathways.models import Claim, Support
from pathways.values import ClaimKind, SupportRole
from prose.anchors import Span
from prose.models import Step
from prose.nodes import utf16_length
from review.actions.from_words import Selected, make_claim
from review.snapshot import read_case
from tests.case_builder import CaseBuilder
from tests.evidence.test_merging import SECRET, masked_case
from tests.pathways.structure_world import (
    act,
    edition_of,
    events,
    links,
    plain_case,
    raw,
    read_by,
    refs,
    row,
    sound,
    structure_world,
    words,
)
from tests.review.redaction_world import at
from tests.review.test_structure_pages import body, get, post
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return structure_world()


def selected(world: World, ref: str, name: str, quote: str) -> dict[str, Any]:
    """The range of a quote in the first block of a text, as the words-bar sends it."""
    text = getattr(row(world, ref), name)
    before = words(world, ref, name).split(quote)[0]
    start = utf16_length(before) + (0 if text.kind == "line" else 1)
    return {"text": text.key, "version": text.version, "from": start, "to": start + utf16_length(quote)}


def make(world: World, ref: str, name: str, quote: str, what: str = "claim", who: str = "Jun", **more: Any) -> Any:
    kind = {"claim": "security", "evidence": "incident"}[what]
    return post(world, f"words/{what}/", who, editor=True, **selected(world, ref, name, quote), kind=kind, **more)


def test_words_become_a_claim_that_is_cited_after_them_and_rested_on(world):
    answer = make(world, "P-AAAA", "argument", "secret block", role="supporting")
    told = answer.json()
    ref = refs(world, "C")[-1]
    assert (answer.status_code, told["ref"], told["version"]) == (200, ref, 1)
    assert told["sentence"] == f"{ref} is made and cited here; P-AAAA rests on it."
    assert json.loads(raw(world, ref, "statement"))["content"] == [
        {"type": "text", "text": "secret", "marks": [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]},
        {"type": "text", "text": " block"},
    ]
    first = json.loads(raw(world, "P-AAAA", "argument"))["content"][0]["content"]
    assert [one.get("text") or one["attrs"]["ref"] for one in first[2:]] == [" block ", ref, " ", "C-AAAA", "."]
    assert Support.objects.get(claim__ref=ref).role == "supporting"
    assert ("P-AAAA", ref) in links(world)
    assert [step.why for step in Step.objects.all()] == ["placed"]
    assert "secret" not in edition_of(world)
    assert "secret" in edition_of(world, "full")


def test_words_of_a_claim_become_evidence_that_bears_on_it(world):
    told = make(world, "C-AAAA", "basis", "A private", "evidence", direction="against", strength="weak").json()
    bearing = Bearing.objects.get(ref=told["link"])
    assert told["sentence"] == f"{told['ref']} is made and cited here; it bears on C-AAAA."
    assert (bearing.evidence.ref, bearing.claim.ref, bearing.direction, bearing.strength) == (
        told["ref"],
        "C-AAAA",
        "against",
        "weak",
    )
    assert words(world, told["ref"], "title") == "A private"
    assert "private" not in edition_of(world)


def test_words_of_a_section_are_cited_and_linked_to_nothing(world):
    for what in ("claim", "evidence"):
        told = make(world, "S-AAAA", "body", "Plain words", what).json()
        assert told["link"] == ""
        assert f'"{told["ref"]}"' in raw(world, "S-AAAA", "body")


def test_selection_over_blocks_becomes_one_line(world):
    sent = selected(world, "P-AAAA", "argument", "secret")
    sent["to"] += 25
    told = post(world, "words/claim/", editor=True, **sent, kind="control").json()
    assert words(world, told["ref"], "statement").startswith("secret block . Second")


def test_words_written_meanwhile_move_the_selection(world):
    sent = selected(world, "P-AAAA", "argument", "Second block")
    first = make(world, "P-AAAA", "argument", "First").json()
    told = post(world, "words/claim/", editor=True, **sent, kind="control").json()
    assert words(world, first["ref"], "statement") == "First"
    assert told["version"] == 2


def test_code_takes_no_citation_and_still_becomes_a_claim():
    case = plain_case()
    code = {"type": "code_block", "content": [{"type": "text", "text": "x = 1"}]}
    case.file["sections"][1]["body"]["content"]["content"] = [code]
    world = structure_world(case)
    told = make(world, "S-BBBB", "body", "x = 1").json()
    assert "no citation can stand here" in told["sentence"]
    assert (told["version"], words(world, told["ref"], "statement")) == (0, "x = 1")


@pytest.mark.parametrize(
    ("changes", "says"), [({"to": 1}, "Select some words"), ({"version": 9}, "Load the page again")]
)
def test_selection_that_cannot_be_is_refused_in_words(world, changes, says):
    sent = {**selected(world, "P-AAAA", "argument", "First"), **changes, "kind": "control"}
    refused = post(world, "words/claim/", editor=True, **sent)
    assert refused.status_code == 422
    assert says in refused.json()["errors"][""][0]
    assert (Claim.objects.count(), events(world)) == (3, [])


def test_without_the_editor_the_page_comes_back_with_the_dialog_open(world):
    sent = {**selected(world, "P-AAAA", "argument", "First"), "to": 1, "kind": "usage", "page": "pathways/P-AAAA"}
    refused = post(world, "words/claim/", **sent)
    assert refused.status_code == 422
    assert 'id="make-claim" aria-labelledby="make-claim-title" data-open-now' in body(refused)
    done = post(world, "words/claim/", **{**sent, **selected(world, "P-AAAA", "argument", "First")})
    assert done["Location"].endswith("/pathways/P-AAAA/")


@pytest.mark.parametrize("name", ["Sten", "Lex", "Noor"])
def test_nobody_else_makes_anything_of_words(world, name):
    assert make(world, "P-AAAA", "argument", "First", who=name).status_code == 404
    assert make(world, "P-AAAA", "argument", "First", "evidence", who=name).status_code == 404
    assert post(world, "words/claim/", name, editor=True).status_code == 404


def test_text_of_another_case_is_absent(world):
    sent = selected(world, "P-AAAA", "argument", "First")
    assert (
        post(world, "words/claim/", editor=True, **{**sent, "text": "t-zzzzzzzzzzzzzzzz"}, kind="usage").status_code
        == 404
    )


def test_words_of_something_masked_make_something_masked():
    world = structure_world(masked_case(note="By law."))
    told = make(world, "C-MASK", "basis", f"{SECRET} basis").json()
    over = Redaction.objects.get(target=told["ref"])
    assert (over.cover, over.ground, over.note, over.state) == ("object", "legal_duty", "By law.", "proposed")
    assert SECRET not in edition_of(world)
    sound(read_case(world.case_id))


@pytest.mark.parametrize("end", ["P-AAAA", "C-AAAA", "L-AAAA"])
def test_words_of_a_link_are_hidden_as_the_link_and_both_its_ends_are(end):
    case = plain_case()
    kind = {"kind": "link"} if end[0] == "L" else {"kind": "object", "how": "masked"}
    case.redaction("R-MASK", target={**kind, "ref": end})
    next(one for one in case.file["supports"] if one["ref"] == "L-AAAA")["reason"] = case.line(f"Since {SECRET} holds.")
    world = structure_world(case)
    assert SECRET not in edition_of(world)
    told = make(world, "L-AAAA", "reason", f"{SECRET} holds").json()
    assert SECRET not in edition_of(world)
    assert Redaction.objects.get(target=told["ref"]).ground == "legal_duty"


def test_words_that_are_withheld_without_a_redaction_are_refused():
    case = plain_case()
    case.assurance("A-NNNN", f"Nobody {SECRET} reads it.", "ada")
    case.file["case"]["history"] = [
        {"on": "2026-01-01", "rating": "low", "confidence": None, "why": case.line(f"{SECRET} why")}
    ]
    world = structure_world(case)
    assert SECRET not in edition_of(world)
    refused = make(world, "A-NNNN", "statement", SECRET)
    assert refused.status_code == 422
    assert "whose word it is" in str(refused.json())
    key = case.file["case"]["history"][0]["why"]["key"]
    inside = post(world, "words/claim/", editor=True, text=key, version=0, **{"from": 0, "to": 8}, kind="usage")
    assert "stays inside" in str(inside.json())
    assert make(world, "A-AAAA", "statement", "Nobody").status_code == 200


@pytest.mark.parametrize("how", ["attribute", "object"])
def test_name_of_a_group_is_refused_as_it_is_read_only_where_a_shown_claim_carries_it(how):
    case = plain_case()
    target = {"kind": how, "ref": "C-CCCC", **({"name": "tags"} if how == "attribute" else {"how": "masked"})}
    case.redaction("R-TAGS", target=target)
    case.file["tags"] = []
    case.tag("G-AAAA", SECRET)
    case.file["claims"][2]["tags"] = ["G-AAAA"]
    world = structure_world(case)
    for what in ("claim", "evidence"):
        refused = make(world, "G-AAAA", "name", SECRET, what)
        assert refused.status_code == 422
        assert "a claim that they may see carries it" in str(refused.json())
    assert SECRET not in edition_of(world)
    assert (Claim.objects.count(), events(world)) == (3, [])


def test_words_of_something_left_out_are_refused():
    case = masked_case()
    case.file["redactions"][0]["target"]["how"] = "omitted"
    world = structure_world(case)
    refused = make(world, "C-MASK", "basis", f"{SECRET} basis")
    assert refused.status_code == 422
    assert Claim.objects.count() == 3


def test_citation_after_hidden_words_stands_outside_them(world):
    told = make(world, "C-AAAA", "statement", "capped at ten").json()
    content = json.loads(raw(world, "C-AAAA", "statement"))["content"]
    assert content[2:4] == [{"type": "text", "text": " "}, {"type": "citation", "attrs": {"ref": told["ref"]}}]
    assert "capped" not in edition_of(world)


def test_picking_finds_by_reference_and_words_and_tells_what_is_linked(world):
    key = row(world, "P-AAAA").argument.key
    rows = get(world, f"pick/?q=weights&for={key}").json()["rows"]
    assert [(one["ref"], one["kind"], one["words"], one["linked"]) for one in rows] == [
        ("C-BBBB", "claim", "Weights stay inside.", False)
    ]
    assert get(world, f"pick/?q=c-aa&for={key}").json()["rows"][0]["linked"] is True
    everything = [one["ref"] for one in get(world, f"pick/?q=&for={key}").json()["rows"]]
    assert everything == ["C-AAAA", "C-BBBB", "C-CCCC", "E-AAAA", "E-BBBB", "P-BBBB"]
    marked = get(world, "pick/?q=egress").json()["rows"][0]["html"]
    assert 'class="mark-redact"' in marked
    assert "<a " not in marked


def test_picking_gives_twelve_at_most_nothing_retired_and_nothing_to_others():
    case = CaseBuilder()
    for index in range(20):
        case.claim(f"C-AA{'23456789ABCDEFGHJKLM'[index]}A", f"Claim {index}.")
    world = structure_world(case)
    Claim.objects.filter(ref="C-AA2A").update(retired=True)
    found = [one["ref"] for one in get(world, "pick/?q=claim").json()["rows"]]
    assert (len(found), "C-AA2A" in found) == (12, False)
    for name in ("Sten", "Noor", "Sofia"):
        assert get(world, "pick/?q=claim", name).status_code == 404
    assert at(world, "Jun").get("/cases/00000000-0000-0000-0000-000000000000/pick/").status_code == 404


def test_citing_offers_the_link_once(world):
    key = row(world, "P-AAAA").argument.key
    told = post(world, "cite/", editor=True, text=key, ref="C-CCCC", role="context").json()
    assert Support.objects.get(ref=told["link"]).role == "context"
    assert post(world, "cite/", editor=True, text=key, ref="C-CCCC", role="load_bearing").json()["link"] == told["link"]
    basis = row(world, "C-BBBB").basis.key
    bears = post(world, "cite/", editor=True, text=basis, ref="E-AAAA", direction="against", strength="weak").json()
    assert Bearing.objects.get(ref=bears["link"]).direction == "against"
    nothing = post(world, "cite/", editor=True, text=row(world, "S-AAAA").body.key, ref="C-AAAA").json()
    assert (nothing["link"], nothing["sentence"]) == ("", "C-AAAA is cited; nothing is to be linked here.")


def cited_in(*pieces: tuple[str, str]) -> World:
    """A pathway that cites C-CCCC once for each piece, after these words, under that redaction if there is one."""
    case = plain_case()
    case.redaction("R-BBBB", state="lifted")
    inline: list[dict[str, Any]] = []
    for words_before, ref in pieces:
        mark = {"marks": [{"type": "redaction", "attrs": {"ref": ref}}]} if ref else {}
        inline += [{"type": "text", "text": words_before}, {"type": "citation", "attrs": {"ref": "C-CCCC"}, **mark}]
    case.file["pathways"][1]["argument"]["content"]["content"] = [{"type": "paragraph", "content": inline}]
    return structure_world(case)


def cite(world: World) -> Any:
    return post(world, "cite/", editor=True, text=row(world, "P-BBBB").argument.key, ref="C-CCCC", role="context")


def test_what_is_cited_only_in_hidden_words_is_not_linked_in_the_open():
    world = cited_in(("Since ", "R-AAAA"), (" and ", "R-AAAA"))
    before = read_by(read_case(world.case_id), "public")
    refused = cite(world)
    assert refused.status_code == 422
    assert "cited only in hidden words here" in str(refused.json())
    assert ("P-BBBB", "C-CCCC") not in links(world)
    assert read_by(read_case(world.case_id), "public") == before


def test_what_is_cited_in_a_table_whose_label_is_hidden_is_not_linked_in_the_open():
    case = plain_case()
    hidden = {"type": "text", "text": "name", "marks": [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]}
    cells = [
        {"type": "table_cell", "content": [{"type": "paragraph", "content": [one]}]}
        for one in (hidden, {"type": "citation", "attrs": {"ref": "C-CCCC"}})
    ]
    table = {"type": "table", "content": [{"type": "table_row", "content": cells}]}
    case.file["pathways"][1]["argument"]["content"]["content"] = [table]
    assert cite(structure_world(case)).status_code == 422


@pytest.mark.parametrize("also", ["", "R-BBBB"], ids=["in the open", "under a lifted redaction"])
def test_what_is_cited_in_words_that_are_shown_as_well_is_linked(also):
    world = cited_in(("Since ", "R-AAAA"), (" and ", also))
    assert cite(world).status_code == 200
    assert ("P-BBBB", "C-CCCC") in links(world)


def test_citing_in_a_ring_is_refused_and_what_is_not_there_is_absent(world):
    key = row(world, "C-CCCC").basis.key
    assert "rest on itself" in str(post(world, "cite/", editor=True, text=key, ref="C-AAAA").json())
    assert post(world, "cite/", editor=True, text=key, ref="C-ZZZZ").status_code == 404
    assert post(world, "cite/", editor=True, text="t-zzzzzzzzzzzzzzzz", ref="C-AAAA").status_code == 404


def test_action_takes_the_same_without_a_request(world):
    sent = selected(world, "P-AAAA", "argument", "First")
    chosen = Selected(sent["text"], 0, Span(sent["from"], sent["to"]))
    made = make_claim(**act(world), selected=chosen, kind=ClaimKind.USAGE, role=SupportRole.CONTEXT)
    assert (made.ref, made.cited, made.version) == (refs(world, "C")[-1], True, 1)
