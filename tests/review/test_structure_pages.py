"""The pages that change the structure: who gets them, what they say, and what becomes of what was typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.actions.any_part import retire, set_attributes
from pathways.actions.linking import create_support
from pathways.actions.making import create_claim, create_section
from pathways.models import Claim
from pathways.values import ClaimKind, SupportRole
from prose.models import Why
from tests.pathways.structure_world import (
    act,
    events,
    links,
    plain_case,
    refs,
    row,
    seen,
    stated,
    structure_world,
    words,
)
from tests.review.redaction_world import at
from tests.world import World, import_raw

pytestmark = pytest.mark.django_db
PAGES = (
    "change/",
    "parts/K-TEST/change/",
    "parts/C-AAAA/change/",
    "parts/L-AAAA/change/",
    "parts/A-AAAA/change/",
    "parts/T-AAAA/change/",
    "parts/T-AAAA/retire/",
    "parts/P-AAAA/rest-on/",
    "parts/C-AAAA/evidence/",
    "parts/C-AAAA/merge/",
    "parts/P-AAAA/split/",
    "parts/C-AAAA/split/",
    "parts/B-AAAA/retire/",
    "parts/C-AAAA/retire/",
    "order/",
    *(
        f"order/{kind}/"
        for kind in ("pathways", "claims", "evidence", "assurances", "limitations", "groups", "glossary")
    ),
    *(
        f"new/{what}/"
        for what in ("section", "pathway", "claim", "evidence", "assurance", "limitation", "group", "term")
    ),
    "retired/",
)


@pytest.fixture
def world() -> World:
    return structure_world()


def get(world: World, below: str, name: str = "Jun") -> Any:
    return at(world, name).get(f"/cases/{world.case_id}/{below}")


def post(world: World, below: str, who: str = "Jun", **data: Any) -> Any:
    headers = {"HTTP_X_EDITOR": "1"} if data.pop("editor", False) else {}
    return at(world, who).post(f"/cases/{world.case_id}/{below}", data, **headers)


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_authors_get_the_page_and_nobody_else_does(world, page):
    assert get(world, page).status_code == 200
    for name in ("Sten", "Lex", "Noor", "Sofia", "Aud"):
        assert get(world, page, name).status_code == 404, name
    assert at(world, "Jun").get(f"/cases/{import_raw(plain_case().file, as_new=True)}/{page}").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        *("parts/C-ZZZZ/change/", "parts/X-AAAA/change/", "parts/S-AAAA/merge/", "parts/E-AAAA/split/"),
        *("parts/S-AAAA/rest-on/", "parts/P-AAAA/evidence/", "parts/K-TEST/retire/", "order/nothing/", "new/nothing/"),
    ],
)
def test_what_there_is_not_is_absent(world, page):
    assert get(world, page).status_code == 404


@pytest.mark.parametrize("below", ["parts/C-AAAA/change/", "parts/C-AAAA/retire/", "parts/C-AAAA/move/", "parts/C-AAAA/bring-back/",
                                   "parts/C-AAAA/merge/", "parts/C-AAAA/split/", "parts/C-AAAA/rest-on/", "parts/C-AAAA/evidence/",
                                   "new/claim/", "words/claim/", "words/evidence/", "cite/"])  # fmt: skip
@pytest.mark.parametrize("name", ["Sten", "Noor"])
def test_nobody_else_posts_anything(world, below, name):
    assert post(world, below, name, why="w", version=0, written=0, steps=1, name="x").status_code == 404
    assert events(world) == []


def test_statements_of_every_page_do_not_grow_with_the_case(world):
    def count(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert get(world, page).status_code == 200
        return len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET "))])

    pick = "pick/?q=e&for=" + row(world, "P-AAAA").argument.key
    retire(**act(world), ref="S-BBBB", **seen(world, "S-BBBB"), why="w")
    few = {page: count(page) for page in (*PAGES, pick)}
    for number in range(2):
        claim = create_claim(**act(world), kind=ClaimKind.USAGE, statement=f"One more {number}")
        for resting in ("P-AAAA", "C-AAAA"):
            create_support(**act(world), resting=resting, claim=claim, role=SupportRole.CONTEXT)
        section = create_section(**act(world), title="More")
        retire(**act(world), ref=section, **seen(world, section), why="w")
    assert {page: count(page) for page in (*PAGES, pick)} == few
    assert max(few.values()) < 45


def test_attributes_are_set_from_the_form(world):
    page = body(get(world, "parts/C-AAAA/change/"))
    assert 'value="supported" selected' in page
    given = {
        "kind": "usage",
        "state": "in_doubt",
        "grade": "",
        "owner": "owen",
        "tags": ["G-AAAA"],
        "version": 0,
        "was": "{}",
    }
    done = post(world, "parts/C-AAAA/change/", **given)
    assert (done.status_code, done["Location"]) == (302, f"/cases/{world.case_id}/claims/C-AAAA/")
    assert stated(world, "C-AAAA") == {
        "kind": "usage", "state": "in_doubt", "grade": None, "owner": "owen", "tags": ("G-AAAA",),
    }  # fmt: skip


def test_bad_value_is_told_at_its_field_and_everything_typed_is_kept(world):
    given = {"kind": "usage", "state": "splendid", "version": 0, "owner": "owen"}
    answer = post(world, "parts/C-AAAA/change/", **given)
    assert answer.status_code == 422
    assert 'value="owen" selected' in body(answer)
    assert "wrong" in body(answer)


def test_rating_is_stated_without_a_reason_and_changed_with_one(world):
    row(world, "P-AAAA").__class__.objects.filter(ref="P-AAAA").update(rating=None, confidence=None)
    assert "needed when the rating changes" not in body(get(world, "parts/P-AAAA/change/"))
    first = post(world, "parts/P-AAAA/change/", **fields_of(world, "P-AAAA", rating="low", confidence="high"))
    assert (first.status_code, stated(world, "P-AAAA")["rating"]) == (302, "low")
    page = body(get(world, "parts/P-AAAA/change/"))
    assert "Why: needed when the rating changes</label>" in page
    rated = post(world, "parts/P-AAAA/change/", **fields_of(world, "P-AAAA", rating="high"))
    told = body(rated)
    assert (rated.status_code, stated(world, "P-AAAA")["rating"]) == (422, "low")
    assert '<a href="#id_why">Why: needed when the rating changes</a> · Say why the rating changes' in told
    assert told.index("autofocus data-refused") < told.index('id="id_why"')


def test_first_field_of_a_new_part_has_the_focus_and_no_kind_is_chosen_for_anybody(world):
    for what, first in (("pathway", "name"), ("claim", "name"), ("term", "name"), ("assurance", "owner")):
        page = body(get(world, f"new/{what}/"))
        assert page.count(" autofocus") == 1
        assert re.search(rf'<(input|select)[^>]*name="{first}"[^>]* autofocus', page), what
    for what, name in (("claim", "kind"), ("evidence", "type")):
        assert '<option value="" selected>Choose…</option>' in body(get(world, f"new/{what}/"))
        assert post(world, f"new/{what}/", name="One", **{name: ""}).status_code == 422
    refused = body(post(world, "new/claim/", name="One"))
    assert refused.index("autofocus data-refused") < refused.index('name="name"')


def test_of_two_fields_of_which_one_is_needed_neither_is_called_optional(world):
    for page in ("parts/P-AAAA/rest-on/", "parts/C-AAAA/evidence/"):
        optional = re.findall(r'<label[^>]*>([^<]*) <span class="optional">', body(get(world, page)))
        assert optional in (["Why the step holds"], ["Exact place"])


def fields_of(world: World, ref: str, name: str = "Jun", **changes: Any) -> dict[str, Any]:
    """What the form would send, with changes."""
    page = get(world, f"parts/{ref}/change/", name)
    form = page.context["form"]
    filled = {key: form[key].value() for key in form.fields}
    sent = {key: value for key, value in filled.items() if value is not None and value is not False}
    return {key: value for key, value in {**sent, **changes}.items() if value is not False}


def test_stale_form_gets_a_page_with_both_values_of_three_fields_and_loses_neither(world):
    mine = fields_of(world, "C-AAAA", state="draft", grade="strong", owner="owen")
    set_attributes(
        **act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt", "grade": "weak", "kind": "usage"}
    )
    told = post(world, "parts/C-AAAA/change/", **mine)
    page = body(told)
    assert told.status_code == 409
    assert stated(world, "C-AAAA")["state"] == "in_doubt"
    rows = {one.attribute.name: (one.theirs, one.yours, one.kept) for one in told.context["rows"]}
    assert rows == {
        "kind": ("usage", "control", "theirs"),  # only theirs changed
        "state": ("in doubt", "draft", ""),  # both did: somebody must choose
        "grade": ("weak", "strong", ""),
        "owner": ("not stated", "Owen Outside, An owner", "yours"),  # only yours did
    }
    assert "by Ada on" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert (hidden["state"], hidden["owner"], hidden["now"]) == ("draft", "owen", "1")


def test_choosing_field_by_field_saves_what_was_chosen(world):
    mine = fields_of(world, "C-AAAA", state="draft", grade="strong", owner="owen")
    set_attributes(
        **act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt", "grade": "weak", "kind": "usage"}
    )
    chosen = {"take-kind": "theirs", "take-state": "yours", "take-grade": "theirs", "take-owner": "yours"}
    half = post(world, "parts/C-AAAA/change/", **mine, **{**chosen, "take-state": ""}, settle=1, now=1)
    assert half.status_code == 409
    assert "Choose one of the two" in body(half)
    done = post(world, "parts/C-AAAA/change/", **mine, **chosen, settle=1, now=1)
    assert done.status_code == 302
    assert stated(world, "C-AAAA") == {"kind": "usage", "state": "draft", "grade": "weak", "owner": "owen", "tags": ()}


def test_a_third_change_while_choosing_is_told_again(world):
    mine = fields_of(world, "C-AAAA", state="draft")
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt"})
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=1, given={"state": "unsupported"})
    again = post(world, "parts/C-AAAA/change/", **mine, **{"take-state": "yours"}, settle=1, now=1)
    assert again.status_code == 409
    assert [one.theirs for one in again.context["rows"]] == ["unsupported"]


def test_who_changes_what_was_retired_meanwhile_is_told_and_can_bring_it_back_with_their_values(world):
    mine = fields_of(world, "C-AAAA", state="draft", owner="owen")
    retire(**act(world, "Ada"), ref="C-AAAA", **seen(world, "C-AAAA"), why="It was wrong.")
    told = post(world, "parts/C-AAAA/change/", **mine)
    assert told.status_code == 409
    for said in (
        "C-AAAA was retired meanwhile",
        "Ada retired it on",
        "It was wrong.",
        "you chose draft",
        'value="owen"',
    ):
        assert said in body(told)
    done = post(world, "parts/C-AAAA/change/", **mine, bring_back=1)
    assert done.status_code == 302
    assert (stated(world, "C-AAAA")["owner"], row(world, "C-AAAA").retired) == ("owen", False)


def test_retiring_tells_what_rests_on_it_and_where_it_is_cited(world):
    page = body(get(world, "parts/C-AAAA/retire/"))
    for said in ("It bears load", "P-AAAA", "Leaks", "load-bearing", "Argument of P-AAAA", "Body of S-AAAA"):
        assert said in page
    assert "Nothing rests on it" in body(get(world, "parts/N-AAAA/retire/"))
    done = post(world, "parts/C-AAAA/retire/", why="Wrong.", **seen(world, "C-AAAA"))
    assert (done.status_code, done["Location"]) == (302, f"/cases/{world.case_id}/")
    assert row(world, "C-AAAA").retired


def test_retiring_something_changed_meanwhile_shows_it_again_with_the_reason_kept(world):
    looked = seen(world, "C-AAAA")
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt"})
    told = post(world, "parts/C-AAAA/retire/", why="Wrong.", **looked)
    assert told.status_code == 409
    assert "Somebody changed it" in body(told)
    assert "Wrong.</textarea>" in body(told)
    assert '<input type="hidden" name="version" value="1"' in body(told)


def test_retired_page_lists_who_when_why_and_brings_back(world):
    assert "Nothing is retired" in body(get(world, "retired/"))
    retire(**act(world, "Ada"), ref="C-AAAA", **seen(world, "C-AAAA"), why="It was wrong.")
    retire(**act(world), ref="L-BBBB", **seen(world, "L-BBBB"), why="No.")
    page = body(get(world, "retired/"))
    for said in ("Egress is capped at ten.", "Ada,", "It was wrong.", "P-BBBB rests on C-BBBB"):
        assert said in page
    done = post(world, "parts/C-AAAA/bring-back/")
    assert done["Location"].endswith("/claims/C-AAAA/")
    assert "It was wrong." not in body(get(world, "retired/"))


def test_retired_object_has_no_live_page_and_stands_in_no_list(world):
    retire(**act(world), ref="C-AAAA", **seen(world, "C-AAAA"), why="w")
    assert get(world, "claims/C-AAAA/").status_code == 404
    for page in ("", "register/", "pathways/P-AAAA/", "evidence/E-AAAA/", "report/", "hide/"):
        found = get(world, page)
        assert found.status_code == 200
        assert "Egress is" not in body(found)
    assert get(world, "hide/?ref=C-AAAA").status_code == 404


def test_new_parts_lead_to_where_they_are_written(world):
    done = post(world, "new/pathway/", name="A new way")
    ref = refs(world, "P")[-1]
    assert done["Location"].endswith(f"/pathways/{ref}/")
    assert words(world, ref, "title") == "A new way"
    assert get(world, f"pathways/{ref}/").status_code == 200
    assert post(world, "new/claim/", name="", kind="usage").status_code == 302
    assert post(world, "new/claim/", name="x", kind="nonsense").status_code == 422
    assert post(world, "new/group/", name="").status_code == 422
    assert post(world, "new/evidence/", name="A log", type="incident").status_code == 302
    assert post(world, "new/assurance/", owner="owen", given_on="2026-01-02", claim="C-BBBB").status_code == 302
    assert post(world, "new/limitation/", name="Blind spots").status_code == 302
    assert post(world, "new/section/", name="Method").status_code == 302


def test_new_term_leads_to_its_place_in_the_glossary(world):
    typed = {"name": "weights", "definition": "What is trained.\nAnd kept.", "tentative": "on"}
    done = post(world, "new/term/", **typed)
    ref = refs(world, "T")[-1]
    assert done["Location"] == f"/cases/{world.case_id}/glossary/#{ref}"
    assert (words(world, ref, "name"), stated(world, ref)) == ("weights", {"tentative": True})
    again = post(world, "new/term/", **{**typed, "name": "Weights"})
    assert again.status_code == 422
    assert f"{ref} says already what this means." in body(again)
    assert "And kept.</textarea>" in body(again)
    assert post(world, "new/term/", name=" ").status_code == 422
    saved = post(world, f"parts/{ref}/change/", **fields_of(world, ref, tentative=False))
    assert saved["Location"].endswith(f"/glossary/#{ref}")
    assert stated(world, ref) == {"tentative": False}


def test_glossary_offers_what_can_be_done_to_writers_and_to_nobody_else(world):
    page = body(get(world, "glossary/"))
    for said in (
        "new/term/",
        "parts/T-AAAA/change/",
        "parts/T-AAAA/retire/",
        "hide/?ref=T-AAAA",
        'data-name="Definition"',
    ):
        assert said in page
    for name, below in (("Sten", "glossary/"), ("Lex", "glossary/"), ("Jun", "as/public/glossary/")):
        found = body(get(world, below, name))
        assert "T-AAAA" in found
        for said in ("new/term/", "parts/T-AAAA/", "part-acts", "data-name="):
            assert said not in found, (name, said)


@pytest.mark.parametrize(
    ("page", "ref", "invites", "says"),
    [
        ("glossary/", "T-AAAA", "No term is defined yet", "No term is defined here."),
        ("limitations/", "N-AAAA", "No limitation is named yet", "No limitation is named here."),
        ("assurances/", "A-AAAA", "No assurance is given yet", "No assurance is given here."),
    ],
)
def test_empty_list_invites_writers_and_tells_others(world, page, ref, invites, says):
    retire(**act(world), ref=ref, **seen(world, ref), why="w")
    assert invites in body(get(world, page))
    assert says in body(get(world, page, "Sten"))
    assert invites not in body(get(world, page, "Sten"))


def test_claim_is_chosen_or_written_but_not_both(world):
    chosen = post(world, "parts/P-AAAA/rest-on/", claim="C-CCCC", role="supporting", reason="Since.")
    assert chosen.status_code == 302
    assert ("P-AAAA", "C-CCCC") in links(world)
    sent = {"statement": "A new one.", "kind": "usage", "role": "context"}
    new = at(world, "Jun").post(f"/cases/{world.case_id}/parts/P-AAAA/rest-on/", sent, follow=True)
    ref = refs(world, "C")[-1]
    assert new.redirect_chain[-1][0].endswith("/pathways/P-AAAA/")
    assert f'P-AAAA rests on <a href="/cases/{world.case_id}/claims/{ref}/">{ref}</a>.' in body(new)
    assert ("P-AAAA", ref) in links(world)
    unkind = post(world, "parts/P-AAAA/rest-on/", statement="Another.", role="context")
    assert (unkind.status_code, refs(world, "C")[-1]) == (422, ref)
    assert 'href="#id_kind">Kind of the new one</a> · Choose one.' in body(unkind)
    for both in ({"claim": "C-BBBB", "statement": "x"}, {}):
        answer = post(world, "parts/P-AAAA/rest-on/", role="context", **both)
        assert answer.status_code == 422
        assert "not both, and not neither" in body(answer)
    assert "C-CCCC ·" not in body(get(world, "parts/P-AAAA/rest-on/"))


def test_ring_is_refused_in_words_at_the_field(world):
    answer = post(world, "parts/C-CCCC/rest-on/", claim="C-AAAA", role="context")
    assert answer.status_code == 422
    assert "rest on itself: C-" in body(answer)


def test_evidence_is_chosen_or_written(world):
    says = {"direction": "against", "strength": "weak", "place": "p. 3"}
    assert post(world, "parts/C-CCCC/evidence/", evidence="E-AAAA", **says).status_code == 302
    sent = {"title": "A log", "type": "incident", **says}
    new = at(world, "Jun").post(f"/cases/{world.case_id}/parts/C-CCCC/evidence/", sent, follow=True)
    ref = refs(world, "E")[-1]
    assert new.redirect_chain[-1][0].endswith("/claims/C-CCCC/")
    assert f'<a href="/cases/{world.case_id}/evidence/{ref}/">{ref}</a> bears on C-CCCC.' in body(new)
    assert post(world, "parts/C-CCCC/evidence/", title="A log", **says).status_code == 422
    assert ("E-AAAA", "C-CCCC") in links(world)
    assert (refs(world, "E")[-1], "C-CCCC") in links(world)


def whys(world: World, ref: str, name: str) -> list[Why]:
    """What became of a text, batch by batch."""
    return [Why(one) for one in getattr(row(world, ref), name).log.order_by("version").values_list("why", flat=True)]


def test_merging_from_the_form(world):
    page = body(get(world, "parts/C-AAAA/merge/"))
    assert "C-BBBB · Weights stay inside." in page
    assert "Argument of P-AAAA" in page
    sent = {**seen(world, "C-AAAA"), "into": "C-BBBB", "append": ["statement"], "recite": "on", "why": "Same."}
    done = post(world, "parts/C-AAAA/merge/", **sent)
    assert done["Location"].endswith("/claims/C-BBBB/")
    assert "Egress is capped at ten." in words(world, "C-BBBB", "basis")
    assert [one.label for one in whys(world, "C-BBBB", "basis")] == ["moved words in a merge or a split"]
    again = post(world, "parts/C-AAAA/merge/", **sent)
    assert again.status_code == 404


def test_merging_what_changed_meanwhile_keeps_what_was_chosen(world):
    looked = seen(world, "C-AAAA")
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt"})
    told = post(world, "parts/C-AAAA/merge/", **looked, into="C-BBBB", append=["basis"], why="Same.")
    assert told.status_code == 409
    assert 'value="C-BBBB" selected' in body(told)
    assert '<input type="hidden" name="version" value="1"' in body(told)
    assert "Same.</textarea>" in body(told)


def test_splitting_from_the_form(world):
    page = body(get(world, "parts/P-AAAA/split/"))
    assert "First secret block" in page
    sent = {"version": 0, "argument": 0, "name": "A second way", "why": "Two.", "blocks": ["0"], "link-L-AAAA": "copy"}
    done = post(world, "parts/P-AAAA/split/", **sent)
    new = refs(world, "P")[1]
    assert done["Location"].endswith(f"/pathways/{new}/")
    assert words(world, new, "argument").startswith("First")
    assert whys(world, "P-AAAA", "argument") == [Why.MOVED]
    assert {("P-AAAA", "C-AAAA"), (new, "C-AAAA")} <= links(world)
    told = post(world, "parts/P-AAAA/split/", **sent)
    assert told.status_code == 409
    assert "A second way" in body(told)


def test_moving_by_button_and_by_script(world):
    done = post(world, "parts/C-CCCC/move/", steps=-1)
    assert done["Location"].endswith("/order/claims/")
    assert refs(world, "C") == ["C-AAAA", "C-CCCC", "C-BBBB"]
    answer = post(world, "parts/C-BBBB/move/", after="", editor=True)
    assert (answer.status_code, answer.json()["ref"]) == (200, "C-BBBB")
    assert refs(world, "C") == ["C-BBBB", "C-AAAA", "C-CCCC"]
    retire(**act(world), ref="C-BBBB", **seen(world, "C-BBBB"), why="w")
    assert post(world, "parts/C-BBBB/move/", steps=1, editor=True).status_code == 422


def test_live_pages_offer_structure_to_writers_only(world):
    page = body(get(world, "claims/C-AAAA/"))
    for said in (
        "Change this claim",
        "Add a claim this rests on",
        "Add evidence",
        "Split",
        "Merge into…",
        "Retire",
        "make-claim",
    ):
        assert said in page
    assert "New pathway" in body(get(world, ""))
    for name, below in (("Sten", "claims/C-AAAA/"), ("Lex", "claims/C-AAAA/"), ("Jun", "as/public/claims/C-AAAA/")):
        found = get(world, below, name)
        assert found.status_code == 200
        assert "structure-acts" not in body(found)
        assert "make-claim" not in body(found)


@pytest.mark.parametrize(
    ("kind", "ref", "stands"),
    [
        ("claims", "C-AAAA", "claims/C-AAAA/"),
        ("pathways", "P-AAAA", "pathways/P-AAAA/"),
        ("assurances", "A-AAAA", "assurances/#A-AAAA"),
        ("groups", "G-AAAA", "register/#G-AAAA"),
        ("glossary", "T-AAAA", "glossary/#T-AAAA"),
    ],
)
def test_code_of_a_row_leads_to_the_live_page_as_everywhere(world, kind, ref, stands):
    page = body(get(world, f"order/{kind}/"))
    assert f'<a class="cite" href="/cases/{world.case_id}/{stands}">{ref}</a>' in page
    assert (f"parts/{ref}/change/" in page) is (kind == "groups")  # nowhere else can a group be changed
    assert get(world, stands.partition("#")[0]).status_code == 200


def test_order_pages_show_each_kind_and_invite_where_there_is_none(world):
    assert "Egress is capped at ten." in body(get(world, "order/claims/"))
    row(world, "P-AAAA").__class__.objects.filter(ref="P-AAAA").update(rating=None)
    assert '<span class="chip">not stated</span>' in body(get(world, "order/pathways/"))
    Claim.objects.all().update(retired=True)
    assert "There is none yet" in body(get(world, "order/claims/"))
