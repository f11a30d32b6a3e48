"""What a live page gives to those who may write, and what the editor asks for beside the texts: marks, figures, hiding words quickly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.figures import MOST_BYTES
from cases.models import AuditEvent, CaseFile, Redaction
from cases.redaction.facts import RedactionState
from pathways.models import Section
from prose.models import Text
from review.models import EditionPart
from review.views.writing import ROOM
from tests.cases.figure_files import as_png
from tests.review.redaction_world import at, live_world, row
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db
ABSENT = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def world() -> World:
    return live_world()


def body(world: World) -> Text:
    return Text.objects.get(pk=Section.objects.get(case_id=world.case_id, ref="S-AAAA").body_id)


def live(world: World, name: str, page: str = "sections/S-AAAA/") -> str:
    response = at(world, name).get(f"/cases/{world.case_id}/{page}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("name", "writes"), [("Ada", True), ("Jun", True), ("Lex", False), ("Sten", False)])
def test_only_who_may_write_gets_the_editor(world, name, writes):
    html = live(world, name)
    assert [sign in html for sign in ("dist/editor.js", "data-writes=", "data-kind=", 'class="writing-bar"')] == [
        writes
    ] * 4
    assert CANARY in html


def test_preview_has_nothing_for_writing(world):
    assert "data-kind" in live(world, "Ada")
    html = live(world, "Ada", "as/public/sections/S-AAAA/")
    assert not re.search(r"data-kind|data-empty|editor\.js|data-writes|writing-bar", html)


def test_text_says_its_name_and_what_to_do_where_it_is_empty(world):
    html = live(world, "Jun", "pathways/P-AAAA/")
    assert re.search(
        r'<div class="prose" data-text="t-\w+" data-version="0" data-kind="body" data-name="Argument" ', html
    )
    blank = re.search(r'<div class="prose blank"[^>]* data-name="Why this rating" data-empty="([^"]+)"', html)
    assert blank is not None
    assert blank[1] == "Give the reason for the rating"
    assert "Why this rating" not in live(world, "Sten", "pathways/P-AAAA/")


def test_editions_hold_nothing_for_writing():
    make_world()
    stored = [str(html) for html in EditionPart.objects.values_list("html", flat=True)]
    assert len(stored) > 20
    assert not [html for html in stored if re.search(r"data-kind|data-empty|data-name", html)]


def marks(world: World, name: str) -> Any:
    return at(world, name).get(f"/cases/{world.case_id}/marks/")


def test_marks_say_who_loses_the_words(world):
    found = marks(world, "Jun").json()["marks"]
    assert found["R-WRDS"]["label"] == "hidden from All staff, External reviewer, Public · legal duty"
    assert found["R-WRDS"]["state"] == "approved"
    assert found["R-WRDS"]["address"] == f"/cases/{world.case_id}/redactions/R-WRDS/"
    Redaction.objects.filter(ref="R-WRDS").update(state=RedactionState.LIFTED)
    assert "R-WRDS" not in marks(world, "Jun").json()["marks"]


@pytest.mark.parametrize("name", ["Sofia", "Aud"])
def test_marks_are_closed_to_who_does_not_read_the_live_case(world, name):
    absent = at(world, name).get(f"/cases/{ABSENT}/marks/")
    found = marks(world, name)
    assert (found.status_code, found.content) == (404, absent.content)


@pytest.mark.parametrize(("name", "status"), [("Jun", 201), ("Sten", 404), ("Lex", 404), ("Sofia", 404)])
def test_only_who_may_write_brings_figures(world, name, status):
    before = CaseFile.objects.count()
    assert bring(world, as_png(), name).status_code == status
    assert CaseFile.objects.count() == before + (status == 201)


def bring(world: World, data: bytes | None, name: str = "Jun") -> Any:
    files = {} if data is None else {"file": SimpleUploadedFile("figure.png", data, content_type="image/png")}
    return at(world, name).post(f"/cases/{world.case_id}/pictures/", files)


def test_marks_take_the_same_number_of_statements_for_more_redactions(world):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert marks(world, "Jun").status_code == 200
        return len(queries)

    statements()
    before = statements()
    for number in range(3):
        made = row(world)
        made.pk, made.ref = None, f"R-NEW{number + 2}"
        made.save(force_insert=True)
    assert len(marks(world, "Jun").json()["marks"]) > 3
    assert statements() == before


def test_figure_is_kept_as_pixels_alone(world):
    answer = bring(world, as_png())
    assert answer.status_code == 201
    key = answer.json()["key"]
    assert CaseFile.objects.get(key=key).case_id == world.case_id
    assert AuditEvent.objects.filter(verb="file_added", target=key, case_id=world.case_id).count() == 1
    shown = at(world, "Jun").get(f"/cases/{world.case_id}/pictures/{key}")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GIF89a and so on", "A figure must be a PNG or a JPEG."),
        (as_png()[:60], "This file is broken or cut short; save the figure anew as PNG."),
        (b"\x89PNG\r\n\x1a\n" + b"0" * (MOST_BYTES + ROOM), "A figure may have 4 MB at most; save it smaller."),
        (None, "Choose a file first."),
    ],
)
def test_file_that_is_no_figure_is_refused_with_a_sentence(world, data, why):
    before = CaseFile.objects.count()
    answer = bring(world, data)
    assert (answer.status_code, answer.json()) == (422, {"why": why})
    assert CaseFile.objects.count() == before


def hide(world: World, *, quick: bool = True, editor: bool = True, **more: Any) -> Any:
    span = {"text": body(world).key, "version": 0, "from": 1, "to": 6, "page": "sections/S-AAAA"}
    data = {**span, "ground": "security", "extent": "name", **({"quick": "1"} if quick else {}), **more}
    headers = {"X-Editor": "1"} if editor else {}
    return at(world, "Jun").post(f"/cases/{world.case_id}/redact/", data, headers=headers)


def test_words_are_hidden_at_once_and_the_note_may_follow(world):
    said = hide(world).json()
    assert said["sentence"] == f"Hidden at once, as {said['ref']}. Readers see it from the next release on."
    assert said["version"] == body(world).version == 1
    made = Redaction.objects.get(ref=said["ref"])
    assert (made.note, made.reason, made.state, made.ground) == ("", "", "proposed", "security")
    for page in ("redactions/", f"redactions/{made.ref}/"):
        assert "needs a note" in live(world, "Jun", page)
    assert "needs a note" not in live(world, "Jun", "redactions/R-WRDS/")


@pytest.mark.parametrize(("quick", "editor"), [(False, True), (True, False)])
def test_dialog_still_asks_for_note_and_reason(world, quick, editor):
    answer = hide(world, quick=quick, editor=editor)
    assert answer.status_code == 422
    assert not Redaction.objects.filter(ground="security", note="").exists()
    if editor:
        assert set(answer.json()["errors"]) == {"note", "reason"}
    else:
        assert b"data-open-now" in answer.content


def test_what_can_not_be_hidden_is_said_to_the_editor(world):
    answer = hide(world, to=1)
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"": ["Select some words first."]}}


def test_who_may_not_redact_hears_nothing(world):
    data = {"text": body(world).key, "quick": "1"}
    for case_id in (world.case_id, ABSENT):
        answer = at(world, "Sten").post(f"/cases/{case_id}/redact/", data, headers={"X-Editor": "1"})
        assert answer.status_code == 404
