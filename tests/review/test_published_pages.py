"""What anybody reads without an account: whole pages by address, counted, cacheable, without a cookie; withdrawn: one sentence."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from review.actions.publishing import correct, withdraw_publication
from review.loaders import publications
from review.models import Edition, EditionFile, PublicationRead
from tests.review.publishing_world import for_publication, published
from tests.site_client import SiteClient
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db
FIGURE = "f-abcdefghjkmnpqrs"
BELOW = ("", "pathways/P-AAAA/", "claims/C-AAAA/", "register/", "changes/", f"pictures/{FIGURE}", "claims/C-ZZZZ/")


@pytest.fixture
def world() -> World:
    return make_world()


def get(path: str, user: object = None) -> object:
    return SiteClient("reading_room", user).get(path)


def take_back(world: World, key: object) -> None:
    withdraw_publication(by=world.actor("Ada"), case_id=world.case_id, publication_id=key)


def test_first_page_says_on_top_what_is_withheld_how_risky_who_checked_and_when(world):
    published(world)
    body = get("/published/test-report/").content.decode()
    top = body[: body.index('class="statement"') + 400]
    for words in (
        "Two people outside.",
        "Some passages are withheld under a legal duty, some for security.",
        "low",
        "Published",
    ):
        assert words in top


@pytest.mark.parametrize("page", ["", "pathways/P-AAAA/", "claims/C-AAAA/"])
def test_page_costs_two_statements_and_sets_no_cookie(world, page):
    published(world)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        response = get(f"/published/test-report/{page}")
    assert (response.status_code, len(statements)) == (200, 2)
    assert statements[1]["sql"].startswith('INSERT INTO "review_publicationread"')
    assert (response.headers["Cache-Control"], response.cookies) == ("public, max-age=0, s-maxage=60", {})
    assert not {"Set-Cookie", "Vary", "ETag", "Last-Modified"} & set(response.headers)


def test_somebody_signed_in_is_answered_as_nobody_is_and_not_looked_up(world):
    published(world)
    client = SiteClient("reading_room", world.users["Rhea"])
    with CaptureQueriesContext(connection) as statements:
        signed_in = client.get("/published/test-report/")
    assert (len(statements), signed_in.content) == (2, get("/published/test-report/").content)


def test_publication_may_be_found_and_names_its_own_address(world):
    published(world)
    body = get("/published/test-report/claims/C-AAAA/?from=mail").content.decode()
    assert "noindex" not in body
    assert 'rel="canonical" href="http://localhost:8001/published/test-report/claims/C-AAAA/"' in body
    assert "<script" not in body


def test_number_of_the_edition_is_nowhere(world):
    for _ in range(40):
        for_publication(world)
    published(world)
    assert Edition.objects.filter(number=42).exists()
    for page in BELOW[:5]:
        assert "42" not in get(f"/published/test-report/{page}").content.decode()


def require_nothing_but_what_is_public(world: World) -> int:
    """Look through everything public for words of a draft for somebody more cleared; how many bars were seen."""
    bars = 0
    for page in BELOW:
        response = get(f"/published/test-report/{page}")
        body = response.content.decode(errors="replace")
        assert CANARY not in body
        assert "holds the keys" not in body, page  # hidden from Public, read by External reviewer
        bars += body.count('class="bar')
    return bars


def test_nothing_hidden_and_no_draft_is_reachable(world):
    published(world)
    draft = Edition.objects.get(pk=world.editions["external_reviewer"])
    for path in (f"/published/{draft.id}/", "/published/external-reviewer/", f"/editions/{draft.id}/"):
        assert get(path).status_code == 404
    assert require_nothing_but_what_is_public(world) > 5


def test_look_catches_a_public_page_that_shows_a_draft(world, monkeypatch):
    """A statement that forgets to ask of which edition the page is."""
    published(world)
    draft = world.editions["external_reviewer"]
    faulty = publications.PAGE.replace("part.edition_id = e.id", f"part.edition_id = '{draft}'")
    assert faulty != publications.PAGE
    monkeypatch.setattr(publications, "PAGE", faulty)
    with pytest.raises(AssertionError, match="pathways/P-AAAA"):
        require_nothing_but_what_is_public(world)


def test_absent_address_and_absent_page_are_the_404_of_everything(world):
    published(world)
    expected = get("/editions/00000000-0000-0000-0000-000000000007/")
    for path in ("/published/nothing/", "/published/test-report/claims/C-ZZZZ/", "/published/nothing/changes/"):
        response = get(path)
        assert (response.status_code, response.content) == (404, expected.content)
        assert sorted(response.headers.items()) == sorted(expected.headers.items())


def test_every_address_of_a_withdrawn_publication_gives_the_same_bytes(world):
    take_back(world, published(world))
    answers = {get(f"/published/test-report/{below}").content for below in BELOW}
    answers.add(get("/published/test-report/", world.users["Rhea"]).content)
    (body,) = answers
    assert b"This publication was withdrawn" in body
    assert b"Test report" not in body
    assert b"noindex" in body
    assert {get(f"/published/test-report/{below}").status_code for below in BELOW} == {410}
    assert PublicationRead.objects.count() == 0


def test_list_names_what_stands_and_not_what_was_withdrawn(world):
    published(world, "first-one")
    take_back(world, published(world, "second-one"))
    with CaptureQueriesContext(connection) as statements:
        body = get("/published/").content.decode()
    assert (len(statements), "/published/first-one/" in body, "second-one" in body) == (1, True, False)


def test_empty_list_says_so_and_the_welcome_page_leads_there(world):
    assert "Nothing is published now" in get("/published/").content.decode()
    assert 'href="/published/"' in get("/").content.decode()


def test_reading_is_counted_by_day_and_looking_for_the_headers_is_not(world):
    key = published(world)
    get("/published/test-report/")
    get("/published/test-report/register/")
    SiteClient("reading_room").head("/published/test-report/")
    get("/published/test-report/claims/C-ZZZZ/")
    assert list(PublicationRead.objects.values_list("publication_id", flat=True)) == [key, key]


def test_correction_stands_on_every_page_with_its_successor(world):
    key, later = published(world), published(world, "later-report")
    correct(by=world.actor("Ada"), case_id=world.case_id, publication_id=key, notice="Table 2 & 3.", successor_id=later)
    for page in BELOW[:5]:
        body = get(f"/published/test-report/{page}").content.decode()
        assert "Table 2 &amp; 3." in body
        assert 'href="/published/later-report/"' in body
    take_back(world, later)
    assert "later-report" not in get("/published/test-report/").content.decode()


def test_figure_is_served_as_far_as_the_publication_shows_it(world):
    key = published(world)
    edition = Edition.objects.get(publication__pk=key)
    EditionFile.objects.create(edition=edition, outward=True, key=FIGURE, content=b"pixels")
    with CaptureQueriesContext(connection) as statements:
        response = get(f"/published/test-report/pictures/{FIGURE}")
    assert (response.status_code, response.content, len(statements)) == (200, b"pixels", 1)
    assert get("/published/test-report/pictures/f-zzzzzzzzzzzzzzzz").status_code == 404


def test_changes_are_told_against_the_publication_before_and_never_against_a_draft(world):
    published(world, "first")
    for_publication(world, words={"Egress is capped": "A draft says more"})
    published(world, "second", words={"Egress is capped": "Egress is measured"})
    body = get("/published/second/changes/").content.decode()
    assert "<del>capped</del> <ins>measured</ins>" in body
    assert "draft says" not in body
    assert "nothing to compare with" in get("/published/first/changes/").content.decode()


def test_changes_skip_a_publication_that_was_withdrawn(world):
    published(world, "first")
    take_back(world, published(world, "second", words={"Egress is capped": "Egress is hidden"}))
    published(world, "third", words={"Egress is capped": "Egress is measured"})
    body = get("/published/third/changes/").content.decode()
    assert ("<del>capped</del>" in body, "hidden" in body.split("<article")[1]) == (True, False)


def test_words_are_found_in_the_publication_and_nowhere_else(world):
    published(world)
    body = get("/published/test-report/find/?q=plain+words").content.decode()
    assert "sections/S-AAAA/" in body
    for hidden in ("holds the keys", CANARY):  # of the reviewer's edition, and of nobody's
        answer = get(f"/published/test-report/find/?q={hidden}")
        assert "Nothing found" in answer.content.decode()


def test_search_takes_the_statements_of_a_page_whatever_it_finds_and_is_kept_in_no_cache(world):
    published(world)
    counts = set()
    for query in ("plain", "holds the keys", "nothing at all", ""):
        with CaptureQueriesContext(connection) as statements:
            response = get(f"/published/test-report/find/?q={query}")
        assert response.headers["Cache-Control"] == "no-store"
        counts.add(len(statements))
    assert counts == {2}


def test_reference_leads_to_its_page_if_it_stands_in_the_publication(world):
    published(world)
    assert get("/published/test-report/find/?q=c-aaaa").headers["Location"] == "/published/test-report/claims/C-AAAA/"
    absent, omitted = (get(f"/published/test-report/find/?q={ref}") for ref in ("E-ZZZZ", "E-GNNE"))
    assert absent.status_code == omitted.status_code == 200
    assert absent.content.replace(b"E-ZZZZ", b"E-GNNE") == omitted.content


def test_search_of_a_withdrawn_publication_says_the_one_sentence(world):
    key = published(world)
    take_back(world, key)
    answer = get("/published/test-report/find/?q=plain")
    assert (answer.content, answer.headers["Cache-Control"]) == (get("/published/test-report/").content, "no-store")
