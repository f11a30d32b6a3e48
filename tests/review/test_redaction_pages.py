"""The register of redactions and one redaction's own page: what stands there, for whom, and what a refused form says."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Redaction
from pathways.models import Section
from review.views.deciding import ACTS
from tests.review.redaction_world import at, history, in_state, live_world, row
from tests.world import CANARY, World, grant_all, import_raw, people, secret_case

pytestmark = pytest.mark.django_db

PLACES = json.dumps(secret_case()).count('"ref": "R-WRDS"') - 1  # every mark, the redaction itself apart


@pytest.fixture
def world() -> World:
    return live_world()


def page(world: World, ref: str = "", query: str = "") -> str:
    return f"/cases/{world.case_id}/redactions/{f'{ref}/' if ref else ''}{query}"


def read(world: World, name: str = "Lex", ref: str = "", query: str = "") -> str:
    response = at(world, name).get(page(world, ref, query))
    assert response.status_code == 200
    return response.content.decode()


def listed(world: World, query: str = "", name: str = "Lex") -> list[str]:
    return re.findall(r'<li class="claim redaction[^"]*" id="(R-\w+)"', read(world, name, query=query))


def do(world: World, act: str, name: str = "Lex", ref: str = "R-WRDS", **data: Any) -> Any:
    return at(world, name).post(f"{page(world, ref)}{act}/", data)


def test_words_stand_in_their_sentence_with_everything_known_of_them(world):
    Redaction.objects.filter(ref="R-WRDS").update(instead={"public": "a few words"}, bears_load=True)
    body = read(world)
    item = body[body.index('id="R-WRDS"') :].split("</li>")[0]
    assert f'<span class="mark-redact" data-refs="R-WRDS" data-state="approved">{CANARY}one hidden</span>' in item
    for words in (
        " and after.", f"in {PLACES} places", "legal duty", "a sentence", "bears load", "Withheld by duty.", f"{CANARY} reason",
        "Full: shown", "External reviewer: hidden", "Public reads “a few words” instead", "Came with the case file",
    ):  # fmt: skip
        assert words in item, words


def test_those_that_wait_for_who_asks_come_first(world):
    in_state(world, "proposed", "R-PUBL")
    in_state(world, "contested", "R-LNKS")
    Redaction.objects.filter(ref="R-MASK").update(decide_again=timezone.now().date())
    assert listed(world)[:3] == ["R-LNKS", "R-PUBL", "R-MASK"]
    assert listed(world, "?waiting=me") == ["R-LNKS", "R-PUBL", "R-MASK"]
    assert listed(world, "?waiting=me", name="Noor") == []
    assert "Waiting for you (3)" in read(world)
    assert "Nothing waits for you" in read(world, "Noor", query="?waiting=me")


def test_request_to_leave_out_waits_for_the_other_manager_alone(world):
    Redaction.objects.filter(ref="R-MASK").update(asked_to_omit_by_id=world.users["Ada"].pk)
    assert listed(world, "?waiting=me", name="Mina") == ["R-MASK"]
    assert listed(world, "?waiting=me", name="Ada") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?ground=security", ["R-PUBL"]),
        ("?state=lifted", ["R-ATTR"]),
        ("?audience=external_reviewer&state=approved", ["R-WRDS", "R-LNKS", "R-MASK", "R-GGNE"]),
        ("?audience=full", []),
        ("?ground=privacy&state=approved", []),
        ("?ground=invented", ["R-WRDS", "R-LNKS", "R-MASK", "R-GGNE", "R-PUBL", "R-ATTR"]),
    ],
)
def test_register_is_filtered(world, query, expected):
    in_state(world, "lifted", "R-ATTR")
    assert listed(world, query) == expected


def test_empty_register_says_what_to_do(world):
    Redaction.objects.all().delete()
    assert "Select words in the report and choose Redact" in read(world)


def test_overdue_decision_stands_out(world):
    Redaction.objects.filter(ref="R-WRDS").update(decide_again=timezone.now().date() - timedelta(days=3))
    assert "has passed" in read(world, "Noor")
    assert "has passed" in read(world, ref="R-WRDS")


def acts_on(world: World, name: str, ref: str = "R-WRDS") -> set[str]:
    return set(re.findall(rf'action="{page(world, ref)}([\w-]+)/"', read(world, name, ref)))


@pytest.mark.parametrize(
    ("name", "state", "expected"),
    [
        ("Lex", "proposed", {"approve", "contest", "lift", "reword", "decide-again", "reveal", "narrow"}),
        ("Lex", "approved", {"contest", "lift", "reword", "decide-again", "reveal", "narrow"}),
        ("Lex", "lifted", {"propose-again", "reword"}),
        ("Jun", "proposed", {"contest", "reword"}),
        ("Jun", "approved", {"contest"}),
        ("Jun", "contested", {"reword"}),
        ("Sten", "approved", {"contest"}),
        ("Sten", "contested", set()),
    ],
)
def test_page_offers_what_who_reads_it_may_do(world, name, state, expected):
    in_state(world, state)
    assert acts_on(world, name) == expected


def test_page_offers_leaving_out_to_managers(world):
    assert "ask-to-omit" in acts_on(world, "Ada", "R-MASK")
    assert "ask-to-omit" not in acts_on(world, "Ada", "R-GGNE") | acts_on(world, "Ada", "R-LNKS")
    do(world, "ask-to-omit", "Ada", "R-MASK", why="Its existence tells")
    assert {"agree-to-omit", "decline-to-omit"} & acts_on(world, "Ada", "R-MASK") == {"decline-to-omit"}
    assert {"agree-to-omit", "decline-to-omit"} <= acts_on(world, "Mina", "R-MASK")
    response = at(world, "Mina").post(f"{page(world, 'R-MASK')}agree-to-omit/", follow=True)
    assert "Left out: from the next release on nothing tells that it exists." in response.content.decode()


def test_consequences_name_audiences_and_count_their_readers(world):
    in_state(world, "proposed", "R-PUBL")
    body = read(world, ref="R-PUBL")
    assert "Approving keeps these words from Public. One person reads that edition now." in body
    assert (
        "Lifting shows these words to Public, from their next release on; editions already released do not change."
        in body
    )
    in_state(world, "proposed", "R-ATTR")
    body = read(world, ref="R-ATTR")
    assert (
        "Approving keeps the grade of C-AAAA from All staff, External reviewer and Public. 4 people read those editions now."
        in body
    )


def test_decisions_are_made_on_the_page_and_stand_in_its_history(world):
    in_state(world, "proposed")
    day = timezone.now().date() + timedelta(days=30)
    response = do(world, "approve", seen=0, why="Our contract", again=day.isoformat())
    assert (response.status_code, response["location"]) == (302, page(world, "R-WRDS"))
    do(world, "contest", "Sten", why="Too <much>")
    body = read(world, ref="R-WRDS")
    for words in ("Our contract", "Too &lt;much&gt;", "contested it", "approved it", "set the day to decide again"):
        assert words in body
    assert [verb for _, verb in history(world)] == ["approved", "dated", "contested"]


def test_words_are_narrowed_by_a_selection_on_the_page(world):
    text = Section.objects.select_related("body").get(case_id=world.case_id).body
    body = read(world, ref="R-WRDS")
    assert f'data-text="{text.key}" data-version="0"><p data-at="14">' in body
    start = 1 + f"Plain words. {CANARY}one hidden".index("hidden")
    selection = {"text": text.key, "version": 0, "from": start, "to": start + 6}
    assert do(world, "narrow", **selection).status_code == 302
    assert f'data-state="approved">{CANARY}one </span>' in read(world, ref="R-WRDS")
    response = do(world, "narrow", **selection)
    assert response.status_code == 422
    assert "This text has changed since; load the page again and select the words anew." in response.content.decode()


@pytest.mark.parametrize(
    ("act", "state", "data", "message"),
    [
        ("contest", "approved", {"why": ""}, "This field is required."),
        ("lift", "approved", {"seen": 0, "why": " "}, "This field is required."),
        (
            "lift",
            "approved",
            {"seen": 7, "why": "Keep <this>"},
            "Something was done to R-WRDS since you opened this page",
        ),
        (
            "approve",
            "approved",
            {"seen": 0, "why": "Keep <this>"},
            "R-WRDS is approved; it can&#x27;t become approved now.",
        ),
        ("approve", "proposed", {"seen": 0, "again": "2020-01-01", "why": "Keep <this>"}, "Choose a day after today."),
        ("approve", "proposed", {"seen": 0, "again": "soon"}, "Enter a valid date."),
        ("decide-again", "approved", {"again": "2020-01-01"}, "Choose a day after today."),
        ("reveal", "approved", {"audience": "full"}, "Select a valid choice."),
        ("reveal", "approved", {}, "Choose an audience."),
        ("narrow", "approved", {}, "Select the words that are to be shown again, then choose Show again."),
        ("reword", "approved", {"note": "", "reason": "Keep <this>", "extent": "name"}, "This field is required."),
        ("reword", "approved", {"note": "n" * 301, "reason": "r", "extent": "name"}, "at most 300 characters"),
        ("propose-again", "approved", {"why": "Keep <this>"}, "R-WRDS is approved; it can&#x27;t become proposed now."),
    ],
)
def test_refused_act_keeps_what_was_typed_and_writes_nothing(world, act, state, data, message):
    in_state(world, state)
    response = do(world, act, **data)
    body = response.content.decode()
    assert (response.status_code, row(world).state, history(world)) == (422, state, [])
    assert message in body
    assert ("Keep &lt;this&gt;" in body) is ("Keep <this>" in data.values())


@pytest.mark.parametrize("name", ["Sofia", "Aud", "Nadia"])
def test_who_may_not_read_the_live_case_finds_no_register(world, name):
    client = at(world, name if name != "Nadia" else "Sofia")
    absent = client.get("/nothing/").content
    for path in (page(world), page(world, "R-WRDS"), page(world, "R-ZZZZ"), page(world, query="?waiting=me")):
        assert client.get(path).content == absent
    for act in ACTS:
        response = client.post(f"{page(world, 'R-WRDS')}{act}/", {"why": "w", "seen": 0, "audience": "public"})
        assert (response.status_code, response.content) == (404, absent)
    assert history(world) == []


@pytest.mark.parametrize(
    "act", ["approve", "lift", "reveal", "reword", "decide-again", "narrow", "ask-to-omit", "no-such"]
)
@pytest.mark.parametrize("data", [{}, {"why": "w", "seen": 0, "audience": "public", "again": "", "from": "x"}])
def test_act_of_somebody_else_is_the_404_whatever_is_sent(world, act, data):
    response = do(world, act, "Sten", "R-MASK", **data)
    assert (response.status_code, history(world, "R-MASK")) == (404, [])


def queries(world: World, path: str) -> int:
    client = at(world, "Lex")
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_register_costs_the_same_with_three_redactions_as_with_many():
    users = people()
    few = secret_case()
    few["redactions"] = [one for one in few["redactions"] if one["ref"] in ("R-WRDS", "R-PUBL", "R-MASK")]
    worlds = [World(import_raw(secret_case()), users), World(import_raw(few, as_new=True), users)]
    for world in worlds:
        grant_all_of(world)
        do(world, "contest", "Sten", why="w")
    counts = {(queries(world, page(world)), queries(world, page(world, "R-WRDS"))) for world in worlds}
    assert len(counts) == 1
    assert max(counts.pop()) <= 34


def grant_all_of(world: World) -> None:
    from cases.models import Grant, OrganisationCeiling

    OrganisationCeiling.objects.all().delete()
    Grant.objects.filter(case_id=world.case_id).delete()
    grant_all(world.case_id, world.users)
