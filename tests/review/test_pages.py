"""Every list under the same number of statements with one thing in it and with three; a page of an edition under eight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions.redactions import redact_words
from cases.models import CaseAudience, Grant, User
from cases.redaction.facts import Extent, Ground
from cases.roles import Role
from pathways.models import Section
from prose.anchors import Span
from prose.models import Text
from review.actions.releases import start_release
from review.states import Purpose
from tests.case_builder import CaseBuilder
from tests.site_client import SiteClient
from tests.world import STATEMENTS, World, answer, comment_as, grant_all, import_raw, people, release

pytestmark = pytest.mark.django_db
LIMIT = 8
PAGE = "sections/S-AAAA"


def statements_for(client: SiteClient, path: str) -> tuple[list[str], str]:
    """The statements of one page, transaction control apart, and its body."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200
    control = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SET ")
    return [q["sql"] for q in queries if not q["sql"].startswith(control)], response.content.decode()


@pytest.fixture
def world() -> World:
    """A case of one of each thing, released once, with one thread that was answered."""
    ContentType.objects.clear_cache()
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.section("S-AAAA", "Scope", "Plain words and [[R-AAAA hidden ones]] and many more words that go on after them.")
    case.pathway("P-AAAA", "Leaks", "An argument {C-AAAA}.")
    case.claim("C-AAAA", "Egress is capped.")
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.evidence("E-AAAA", "A drill")
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    users = people()
    world = World(import_raw(case.file), users)
    grant_all(world.case_id, users)
    release(world, {**STATEMENTS, "public": STATEMENTS["external_reviewer"]})
    threads(world, 1)
    return world


def threads(world: World, more: int) -> None:
    for _ in range(more):
        thread = comment_as(world, "Rhea", "external_reviewer", "Why?")
        answer(world, thread)
        answer(world, thread)


def cases(world: World, more: int) -> None:
    for _ in range(more):
        other = World(import_raw(CaseBuilder().file, as_new=True), world.users)
        for name in ("Ada", "Mina"):
            give(other, world.users[name], Role.MANAGER)
        give(other, world.users["Sofia"], Role.INSIDE_READER, "all_staff")
        give(other, world.users["Rhea"], Role.EXTERNAL_REVIEWER, "external_reviewer")
        release(other, {"all_staff": "", "external_reviewer": "Nothing is withheld."})


def give(world: World, user: User, role: Role, key: str = "") -> None:
    audience = CaseAudience.objects.filter(case_id=world.case_id, key=key).first()
    until = timezone.now() + timedelta(days=9)
    Grant.objects.create(user=user, case_id=world.case_id, role=role, audience=audience, why="w", expires_at=until)


def grants(world: World, more: int) -> None:
    for number in range(more):
        user = User.objects.create_user(email=f"n{number}@outside.example", name=f"New{number}", side="outside")
        give(world, user, Role.OUTSIDE_READER, "public")
        Grant.objects.create(
            user=user,
            case_id=world.case_id,
            role=Role.AUTHOR,
            why="w",
            expires_at=timezone.now(),
            given_by=world.users["Ada"],
        )


def releases(world: World, more: int) -> None:
    for number in range(more):
        statements = {key: f"{words} {number}" for key, words in STATEMENTS.items()}
        release(world, {**statements, "public": statements["external_reviewer"]})
        start_release(
            by=world.actor("Mina"),
            case_id=world.case_id,
            purpose=Purpose.PUBLICATION,
            statements=STATEMENTS,
            cold_reader_id=world.users["Sten"].pk,
        )


def redactions(world: World, more: int) -> None:
    text = Text.objects.get(pk=Section.objects.get(case_id=world.case_id).body_id)
    for number in range(more):
        redact_words(
            by=world.actor("Ada"),
            case_id=world.case_id,
            text_key=text.key,
            version=0,
            span=Span(30 + 6 * number, 33 + 6 * number),
            ground=Ground.SECURITY,
            note="n",
            reason="r",
            extent=Extent.NAME,
        )


More = Callable[[World, int], None]
PAGES: list[tuple[str, str, str, More, str]] = [
    ("workshop", "Ada", "/", cases, "/cases/"),
    ("workshop", "Sofia", "/", cases, "/editions/"),
    ("reading_room", "Rhea", "/", cases, "/editions/"),
    ("workshop", "Ada", "/cases/{case}/", cases, "<title>"),
    ("workshop", "Ada", "/cases/{case}/sections/S-AAAA/", threads, 'class="note'),
    ("workshop", "Ada", "/cases/{case}/sections/S-AAAA/", redactions, 'class="mark-ref'),
    ("workshop", "Ada", "/cases/{case}/comments/", threads, 'class="note'),
    ("workshop", "Ada", "/cases/{case}/redactions/", redactions, 'id="R-'),
    ("workshop", "Ada", "/cases/{case}/people/", grants, "/extend/"),
    ("workshop", "Ada", "/cases/{case}/releases/", releases, "/releases/"),
    ("workshop", "Ada", "/cases/{case}/releases/{release}/", releases, "Read as them"),
    ("workshop", "Ada", "/cases/{case}/releases/{release}/", grants, "For <b>"),
    ("workshop", "Ada", "/cases/{case}/releases/{release}/as/public/", releases, "Leaks"),
    ("workshop", "Aud", "/cases/{case}/trail/", releases, "release started"),
    ("reading_room", "Rhea", "/editions/{reviewer}/sections/S-AAAA/", threads, 'class="note'),
    ("reading_room", "Rhea", "/editions/{reviewer}/register/", threads, "Egress"),
    ("workshop", "Sofia", "/editions/{staff}/sections/S-AAAA/", cases, "Plain words"),
]


def address(world: World, path: str) -> str:
    return path.format(
        case=world.case_id,
        release=world.release_id,
        reviewer=world.editions["external_reviewer"],
        staff=world.editions["all_staff"],
    )


@pytest.mark.parametrize(("site", "name", "path", "more", "item"), PAGES)
def test_page_takes_the_same_statements_with_three_things_as_with_one(world, site, name, path, more, item):
    client, there = SiteClient(site, world.users[name]), address(world, path)
    client.get(there)  # what Django remembers process-wide
    one, before = statements_for(client, there)
    more(world, 2)
    three, after = statements_for(client, there)
    assert len(one) == len(three), "\n".join(sorted(set(three) - set(one)))
    is_list = path in ("/", "/cases/{case}/comments/", "/cases/{case}/redactions/", "/cases/{case}/people/")
    assert after.count(item) >= before.count(item) + 2 * is_list
    assert item in before


@pytest.mark.parametrize(
    "page", ["", "sections/S-AAAA/", "pathways/P-AAAA/", "claims/C-AAAA/", "evidence/E-AAAA/", "register/"]
)
@pytest.mark.parametrize(
    ("site", "name", "key"), [("reading_room", "Rhea", "external_reviewer"), ("workshop", "Sofia", "all_staff")]
)
def test_page_of_an_edition_takes_eight_statements_at_most(world, page, site, name, key):
    client = SiteClient(site, world.users[name])
    statements, _ = statements_for(client, f"/editions/{world.editions[key]}/{page}")
    assert 0 < len(statements) <= LIMIT


def test_live_case_takes_one_statement_a_table_and_twenty_four_at_most(world):
    statements, _ = statements_for(SiteClient("workshop", world.users["Ada"]), f"/cases/{world.case_id}/{PAGE}/")
    assert len(statements) <= 24 + 5  # session, user, grants, colleagues and the trail are the page's, not the load's
