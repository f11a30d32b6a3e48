"""The pages of an import and the export: what stands there, what a refusal says and keeps, who gets which."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEvent
from pathways.models import Claim, Pathway, Section
from review.actions.bringing import keep_draft
from review.models import ImportDraft
from tests.review.rich_report import rich_report
from tests.review.test_bringing_round_trip import empty_case, with_people
from tests.site_client import SiteClient
from tests.world import CANARY, World, secret_case

pytestmark = pytest.mark.django_db
SOURCE = b"# Report\n\nIntro.\n\n# Pathway 1: Leaks\n\nWords.\n\n# Method\n\n| Claim | Remark |\n|-|-|\n| It is shut. | odd |\n"


@pytest.fixture
def world() -> World:
    return with_people(empty_case().file)


def at(world: World, name: str = "Ada") -> SiteClient:
    return SiteClient("workshop", world.users[name])


def address(world: World, below: str = "") -> str:
    return f"/cases/{world.case_id}/import/{below}"


def kept(world: World, data: bytes = SOURCE) -> UUID:
    return keep_draft(
        by=world.actor("Ada"), case_id=world.case_id, name="r.md" if data == SOURCE else "r.docx", data=data
    )


def upload(world: World, name: str, data: bytes, who: str = "Ada") -> tuple[int, str, str]:
    response = at(world, who).post(address(world), {"file": SimpleUploadedFile(name, data)})
    return response.status_code, response.content.decode(), response.headers.get("Location", "")


def test_document_is_brought_placed_and_imported_by_pages_alone(world: World):
    status, _, place = upload(world, "report.docx", rich_report())
    assert status == 302
    client = at(world)
    page = client.get(place).content.decode()
    for words in ("Pathway 1: Sandbagging", "Boxed margin note", "vanished words", "Confidential header", "Why it is"):
        assert (words in page) is (words != "Why it is"), words
    form = dict(re.findall(r'<select name="([^"]+)"[^>]*>.*?<option value="([^"]*)" selected', page, re.DOTALL))
    assert set(form.values()) >= {"section", "pathway", "claim", "evidence", "term", "inside", "appendix"}
    made = client.post(f"{place}bring/", form)
    assert (made.status_code, made.headers["Location"]) == (302, address(world, "done/"))
    done = client.get(made.headers["Location"]).content.decode()
    refs = {row.ref for model in (Section, Pathway, Claim) for row in model.objects.filter(case_id=world.case_id)}
    assert all(f">{ref}</a>" in done for ref in refs)
    for link in re.findall(r'<a class="cite" href="([^"]+)"', done):
        assert client.get(link.partition("#")[0]).status_code == 200
    assert client.get(place).status_code == 404


def test_choices_are_kept_when_somebody_looks_again(world: World):
    draft = kept(world)
    page = at(world).post(address(world, f"{draft}/"), {"place-1": "nowhere", "place-2": "limitation"}).content.decode()
    assert '<option value="nowhere" selected>' in page.partition('id="part-1"')[2].partition('id="part-2"')[0]
    assert '<option value="limitation" selected>' in page.partition('id="part-2"')[2].partition('id="part-3"')[0]


def test_all_like_this_works_without_script(world: World):
    draft = kept(world)
    page = at(world).post(address(world, f"{draft}/"), {"place-1": "pathway", "same": "1"}).content.decode()
    rows = page.split('<li class="placed')[1:]
    headings = [row for row in rows if 'data-alike="heading 1"' in row]
    assert len(headings) == 3
    assert all('<option value="pathway" selected>' in row for row in headings)


def test_columns_of_a_register_can_be_changed(world: World):
    draft = kept(world)
    number = at(world).get(address(world, f"{draft}/")).content.decode().partition("column-")[2].partition("-")[0]
    form = {f"place-{number}": "claim", f"column-{number}-0": "basis", f"column-{number}-1": "statement"}
    at(world).post(address(world, f"{draft}/bring/"), form)
    from prose.inside import document_of
    from review.bringing.building import said_in

    claim = Claim.objects.get(case_id=world.case_id)
    assert said_in(document_of(claim.statement.bound_to(None))) == "odd"
    assert said_in(document_of(claim.basis.bound_to(None))) == "It is shut."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.docx", b"no", "not a Word document"),
        ("x.pdf", b"%PDF", "Only Word documents"),
        ("x.md", b"a [x]{.redacted} b", "Line 1 hides words"),
        ("x.md", b"a [x]{.redacted ref=R-ZZZZ} b", "R-ZZZZ"),
        ("x.md", b"", "This file is empty"),
    ],
)
def test_refused_file_is_told_beside_the_field(world: World, name: str, data: bytes, says: str):
    status, page, _ = upload(world, name, data)
    assert status == 422
    assert says in re.findall(r'class="error"[^>]*><p>([^<]*)', page)[0]
    assert ImportDraft.objects.count() == 0


def test_more_than_twenty_megabytes_are_refused_without_being_read(world: World):
    status, page, _ = upload(world, "big.md", b"a" * (20 * 1024 * 1024 + 5000))
    assert status == 422
    assert "20 MB at most" in page


def test_no_file_at_all_is_told(world: World):
    response = at(world).post(address(world), {})
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()


def test_refused_import_keeps_every_choice_and_says_why(world: World):
    source = (
        b"---\nsafetycase: 1\n---\n\n## A is so. {.claim #C-AAAA}\n\n### Rests on {.supports}\n\n- [@C-BBBB]{.support} x\n\n"
        b"## B is so. {.claim #C-BBBB}\n\n### Rests on {.supports}\n\n- [@C-AAAA]{.support} y\n\n## C {.section}\n\nx"
    )
    draft = keep_draft(by=world.actor("Ada"), case_id=world.case_id, name="r.md", data=source)
    response = at(world).post(address(world, f"{draft}/bring/"), {"place-2": "limitation"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "rest on itself" in page
    assert '<option value="limitation" selected>' in page.partition('id="part-2"')[2]
    assert Claim.objects.count() == 0


def test_document_that_waits_is_seen_by_who_brought_it_alone(world: World):
    draft = kept(world)
    for who, status in (("Ada", 200), ("Jun", 404), ("Mina", 404), ("Sten", 404), ("Noor", 404)):
        assert at(world, who).get(address(world, f"{draft}/")).status_code == status, who
    assert "r.md" not in at(world, "Jun").get(address(world)).content.decode()
    assert "r.md" in at(world).get(address(world)).content.decode()
    assert at(world, "Jun").post(address(world, f"{draft}/drop/")).status_code == 404
    assert at(world).post(address(world, f"{draft}/drop/")).status_code == 302
    assert ImportDraft.objects.count() == 0


def test_what_may_be_done_is_offered_and_nothing_else(world: World):
    for who, brings in (("Ada", True), ("Jun", True), ("Sten", False), ("Lex", False)):
        page = at(world, who).get(address(world)).content.decode()
        assert ('type="file"' in page) is brings, who
        assert ("Import" in re.sub(r"<[^>]+>", "", page)) is brings, who
        assert "export.md" in page, who
    assert upload(world, "r.md", SOURCE, "Sten")[0] == 404


def test_export_is_for_who_reads_everything_live_and_stands_in_the_trail():
    world = with_people(secret_case())
    for who, status in (("Ada", 200), ("Lex", 200), ("Sten", 200), ("Sofia", 404), ("Noor", 404), ("Aud", 404)):
        assert at(world, who).get(f"/cases/{world.case_id}/export.md").status_code == status, who
    assert AuditEvent.objects.filter(verb="case_exported", case_id=world.case_id).count() == 3
    response = at(world).get(f"/cases/{world.case_id}/export.md")
    assert response.headers["Content-Disposition"] == 'attachment; filename="K-TEST-inside-only.md"'
    body = response.content.decode()
    assert CANARY in body
    assert "**Inside only.**" in body.splitlines()[11:14][0] or "**Inside only.**" in body[:600]


def test_pages_ask_as_much_for_three_documents_as_for_one(world: World):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at(world).get(address(world)).status_code == 200
        return len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET"))])

    statements()
    kept(world)
    one = statements()
    kept(world)
    kept(world)
    assert statements() == one


def test_placing_asks_as_much_for_a_long_document_as_for_a_short_one(world: World):
    def statements(draft: UUID) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at(world).get(address(world, f"{draft}/")).status_code == 200
        return len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET"))])

    short, long = kept(world), kept(world, rich_report())
    statements(short)
    assert statements(short) == statements(long)


def test_empty_case_says_where_to_start(world: World):
    page = at(world).get(f"/cases/{world.case_id}/").content.decode()
    assert '<a href="./import/">Import the report that you have</a>' in page
    assert "import/" not in at(world, "Sten").get(f"/cases/{world.case_id}/").content.decode().partition("<main")[2]


def test_case_that_nobody_has_named_can_be_opened_from_the_first_page(world: World):
    page = at(world).get("/").content.decode()
    assert f'<a href="/cases/{world.case_id}/">A case without a title</a>' in page


def test_export_of_this_very_case_is_told_to_be_made_anew(world: World):
    def told(case: bytes) -> bool:
        source = b"---\nsafetycase: 1\ncase: " + case + b"\n---\n\n## Method {.section}\n\nWords.\n"
        draft = keep_draft(by=world.actor("Ada"), case_id=world.case_id, name="case.md", data=source)
        return "This is an export of this case" in at(world).get(address(world, f"{draft}/")).content.decode()

    assert told(b"K-EMPT")
    assert not told(b"K-ELSE")


def test_comments_are_counted_where_their_words_go(world: World):
    draft = kept(world, rich_report())
    page = at(world).get(address(world, f"{draft}/")).content.decode()
    assert "keeps <b>2</b> comments as threads inside" in page
    parts = re.findall(r'name="(place-\d+)"', page)
    nowhere = at(world).post(address(world, f"{draft}/"), dict.fromkeys(parts, "nowhere")).content.decode()
    assert "As placed here, nothing would be made." in nowhere
    assert nowhere.count("on words that are not imported") == 2
