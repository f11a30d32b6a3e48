"""Files of figures: each audience gets those that its edition shows, and for any other key what is said of an unknown one."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from cases.actions.files import add_file
from cases.figures import BadFigure, reencoded
from cases.models import AuditEvent, CaseFile, Grant
from review.actions.releases import approve_release, drop_release, start_release
from review.models import Edition, EditionFile, PreparedFile, Release
from review.states import Purpose
from review.tasks import make_release
from tests.cases.figure_files import SECRET, as_png, told_jpeg, told_png
from tests.site_client import SiteClient
from tests.world import (
    FIGURES,
    HIDDEN_FIGURE,
    REVIEWED_FIGURE,
    SHOWN_FIGURE,
    STATEMENTS,
    World,
    figure,
    make_world,
    pixels_of,
    secret_case,
)

pytestmark = pytest.mark.django_db
UNKNOWN = "f-zzzzzzzzzzzzzzzz"
SITE_OF = {"Sofia": "workshop", "Ada": "workshop", "Sten": "workshop", "Noor": "workshop", "Aud": "workshop"}


@pytest.fixture
def world() -> World:
    return make_world()


def seen_by(world: World, name: str | None, address: str) -> Any:
    site = SITE_OF.get(name or "", "reading_room")
    return SiteClient(site, world.users[name] if name else None).get(address)


def answer_of(response: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    return response.status_code, response.content, sorted(response.headers.items())


@pytest.mark.parametrize(
    ("name", "audience", "shown"),
    [
        ("Rhea", "external_reviewer", {SHOWN_FIGURE, REVIEWED_FIGURE}),
        ("Omar", "public", {SHOWN_FIGURE}),
        ("Sofia", "all_staff", {SHOWN_FIGURE, REVIEWED_FIGURE}),
        ("Rhea", "public", set()),
        ("Rhea", "all_staff", set()),
        ("Sofia", "full", set()),
        ("Vik", "public", set()),
        ("Nadia", "external_reviewer", set()),
        ("Noor", "all_staff", set()),
        (None, "public", set()),
    ],
)
def test_edition_serves_the_figures_that_it_shows_and_to_its_readers_alone(world, name, audience, shown):
    address = f"/editions/{world.editions[audience]}/pictures/"
    unknown = seen_by(world, name, f"{address}{UNKNOWN}")
    assert unknown.status_code == 404
    for key in FIGURES:
        response = seen_by(world, name, f"{address}{key}")
        if key in shown:
            assert (response.status_code, response.content) == (200, pixels_of(key))
        else:
            assert answer_of(response) == answer_of(unknown)


def test_pages_point_at_the_figures_that_are_there(world):
    page = seen_by(world, "Rhea", f"/editions/{world.editions['external_reviewer']}/sections/S-AAAA/").content.decode()
    assert f'src="../../pictures/{SHOWN_FIGURE}"' in page
    assert f'src="../../pictures/{REVIEWED_FIGURE}"' in page
    assert HIDDEN_FIGURE not in page


def test_only_files_that_are_shown_are_stored_with_an_edition(world):
    stored = {(file.edition.audience_key, file.key) for file in EditionFile.objects.select_related("edition")}
    shown = {"full": set(FIGURES), "all_staff": {SHOWN_FIGURE, REVIEWED_FIGURE}, "public": {SHOWN_FIGURE}}
    shown["external_reviewer"] = shown["all_staff"]
    assert stored == {(audience, key) for audience, keys in shown.items() for key in keys}


@pytest.mark.parametrize("address", ["pictures/{key}", "as/public/pictures/{key}"])
def test_live_figures_are_for_the_cleared(world, address):
    for key in FIGURES:
        path = f"/cases/{world.case_id}/{address.format(key=key)}"
        assert seen_by(world, "Sten", path).content == pixels_of(key)
        for name in ("Sofia", "Noor", "Aud"):
            assert seen_by(world, name, path).status_code == 404
    assert seen_by(world, "Sten", f"/cases/{world.case_id}/{address.format(key=UNKNOWN)}").status_code == 404


def test_preview_for_nobody_has_no_figures(world):
    assert seen_by(world, "Ada", f"/cases/{world.case_id}/as/nobody/pictures/{SHOWN_FIGURE}").status_code == 404


def test_prepared_release_serves_exactly_what_its_audience_will_get(world):
    address = f"/cases/{world.case_id}/releases/{world.release_id}/as/public/pictures/"
    assert seen_by(world, "Ada", f"{address}{SHOWN_FIGURE}").content == pixels_of(SHOWN_FIGURE)
    assert seen_by(world, "Ada", f"{address}{REVIEWED_FIGURE}").status_code == 404
    assert seen_by(world, "Noor", f"{address}{SHOWN_FIGURE}").status_code == 404


def test_a_picture_says_nothing_but_its_pixels(world):
    edition = seen_by(world, "Rhea", f"/editions/{world.editions['external_reviewer']}/pictures/{SHOWN_FIGURE}")
    live = seen_by(world, "Ada", f"/cases/{world.case_id}/pictures/{SHOWN_FIGURE}")
    for response, kept in ((edition, "private, max-age=600"), (live, "no-store")):
        assert response["Content-Type"] == "image/png"
        assert response["Content-Disposition"] == "inline"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == kept
        assert "Content-Security-Policy" in response
        assert not {"ETag", "Last-Modified"} & set(response.headers)


def test_revoked_reader_finds_no_figure_any_more(world):
    address = f"/editions/{world.editions['external_reviewer']}/pictures/{SHOWN_FIGURE}"
    assert seen_by(world, "Rhea", address).status_code == 200
    Grant.objects.filter(user=world.users["Rhea"]).delete()
    assert seen_by(world, "Rhea", address).status_code == 404


def test_withdrawn_edition_has_no_figures(world):
    Edition.objects.update(withdrawn=True)
    assert (
        seen_by(world, "Rhea", f"/editions/{world.editions['external_reviewer']}/pictures/{SHOWN_FIGURE}").status_code
        == 404
    )


def test_hidden_and_unknown_figures_cost_the_same_statements(world):
    client = SiteClient("reading_room", world.users["Omar"])
    client.get("/")
    asked = []
    for key in (REVIEWED_FIGURE, UNKNOWN):
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/editions/{world.editions['public']}/pictures/{key}")
        asked.append([re.sub(r"'[^']*'", "?", one["sql"]) for one in statements])
    assert asked[0] == asked[1]
    assert sum("review_editionfile" in sql for sql in asked[0]) == 1


def test_a_figure_is_read_in_one_statement(world, django_assert_num_queries):
    client = SiteClient("reading_room", world.users["Rhea"])
    client.get("/")
    with django_assert_num_queries(4):  # session, user, figure, trail
        client.get(f"/editions/{world.editions['external_reviewer']}/pictures/{SHOWN_FIGURE}")


def test_reading_a_figure_is_in_the_trail_by_key(world):
    seen_by(world, "Rhea", f"/editions/{world.editions['external_reviewer']}/pictures/{SHOWN_FIGURE}")
    event = AuditEvent.objects.order_by("-at")[0]
    assert (event.verb, event.target) == ("edition_read", f"{world.editions['external_reviewer']} {SHOWN_FIGURE}")


def made(world: World) -> Release:
    release_id = start_release(
        by=world.actor("Ada"),
        case_id=world.case_id,
        purpose=Purpose.DRAFT_FOR_REVIEW,
        statements={"public": STATEMENTS["public"]},
    )
    make_release(str(release_id))
    return Release.objects.get(pk=release_id)


def test_shown_figure_without_a_file_stops_the_release():
    raw = secret_case()
    raw["sections"][0]["body"]["content"]["content"].append(figure(UNKNOWN, "A lost picture"))
    raw["files"].append({"key": UNKNOWN, "data": base64.b64encode(as_png()).decode()})
    world = make_world(raw)
    CaseFile.objects.filter(key=UNKNOWN).delete()
    found = made(world)
    assert found.state == "held"
    sentences = {row["sentence"] for row in found.findings if row["kind"] == "missing_file"}
    assert f"The figure {UNKNOWN} of S-AAAA has no file. Add the file, or take the figure out of the text." in sentences


def test_hidden_figure_without_a_file_stops_nothing(world):
    CaseFile.objects.filter(key=REVIEWED_FIGURE).delete()
    assert not [row for row in made(world).findings if row["kind"] == "missing_file"]


def test_another_picture_under_the_same_key_is_another_edition(world):
    assert made(world).failure.startswith("Nothing has changed")
    CaseFile.objects.filter(key=SHOWN_FIGURE).update(content=reencoded(as_png()))
    again = made(world)
    assert again.state == "ready"
    digests = dict(again.editions.values_list("audience_key", "digest"))
    approve_release(by=world.actor("Mina"), release_id=again.pk, digests=digests)
    last = Edition.objects.filter(audience_key="public").order_by("-number")[0]
    assert bytes(last.files.get(key=SHOWN_FIGURE).content) == reencoded(as_png())
    assert bytes(Edition.objects.get(pk=world.editions["public"]).files.get(key=SHOWN_FIGURE).content) == pixels_of(
        SHOWN_FIGURE
    )


def test_dropped_release_keeps_no_figures(world):
    CaseFile.objects.filter(key=SHOWN_FIGURE).update(content=reencoded(as_png()))
    dropped = made(world)
    assert PreparedFile.objects.filter(edition__release=dropped).exists()
    drop_release(by=world.actor("Ada"), release_id=dropped.pk)
    assert not PreparedFile.objects.filter(edition__release=dropped).exists()


@pytest.mark.parametrize("told", [told_jpeg(), told_png()], ids=["jpeg", "png"])
def test_what_a_file_tells_besides_its_pixels_is_served_to_nobody(world, told):
    key = add_file(by=world.actor("Jun"), case_id=world.case_id, data=told)
    served = seen_by(world, "Ada", f"/cases/{world.case_id}/pictures/{key}")
    assert served.status_code == 200
    assert SECRET.encode() not in served.content
    assert SECRET not in str(served.headers)


def test_figures_are_added_by_managers_and_authors(world):
    for name in ("Lex", "Sten", "Sofia", "Rhea", "Noor"):
        with pytest.raises(Http404):
            add_file(by=world.actor(name), case_id=world.case_id, data=as_png())
    before = CaseFile.objects.count()
    with pytest.raises(BadFigure):
        add_file(by=world.actor("Ada"), case_id=world.case_id, data=b"<svg/>")
    assert CaseFile.objects.count() == before


def test_case_with_the_same_figure_twice_shows_it_where_it_may():
    """A picture hidden in one place and shown in another is shown: its file is what both places name."""
    raw = secret_case()
    raw["sections"][0]["body"]["content"]["content"].append(figure(REVIEWED_FIGURE, "Again"))
    world = make_world(raw)
    assert seen_by(world, "Omar", f"/editions/{world.editions['public']}/pictures/{REVIEWED_FIGURE}").status_code == 200
