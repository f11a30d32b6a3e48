"""Standing at a site in tests is standing behind that site's wall."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from cases.models import AuditEvent, Side, User
from safetycase.logins import Login
from tests.site_client import SiteClient, as_login

pytestmark = pytest.mark.django_db


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_login_is_taken_and_given_back():
    with as_login("reading_room"):
        assert role() == Login.READING_ROOM
        with as_login(Login.INSIDE):
            assert role() == Login.INSIDE
        assert role() == Login.READING_ROOM
    assert role() == Login.OWNER


def test_login_is_given_back_after_an_error_in_a_savepoint():
    with as_login("reading_room"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            AuditEvent.objects.count()
        assert role() == Login.READING_ROOM
    assert role() == Login.OWNER


def test_login_is_given_back_when_the_block_raises_inside_a_savepoint():
    with pytest.raises(ProgrammingError), transaction.atomic(), as_login("reading_room"):
        AuditEvent.objects.count()
    assert role() == Login.OWNER


@pytest.mark.django_db(transaction=True)
def test_login_is_given_back_without_a_transaction():
    with pytest.raises(ProgrammingError), as_login("reading_room"):
        AuditEvent.objects.count()
    assert role() == Login.OWNER


def test_inside_connection_reads_under_the_inside_login_what_the_test_wrote():
    with connections["inside"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == Login.INSIDE
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(User.objects.using("inside"))
    assert role() == Login.OWNER


@pytest.mark.parametrize(("site", "side", "sees"), [("workshop", Side.INSIDE, 2), ("reading_room", Side.OUTSIDE, 1)])
def test_rows_of_users_are_seen_as_the_policies_say(site, side, sees):
    for each in Side:
        User.objects.create_user(email="same@example.org", name="Same", side=each, password="x")
    with as_login(site):
        assert User.objects.count() == sees
        assert User.objects.filter(side=side).update(password="new") == 1
        assert User.objects.exclude(side=side).update(password="new") == 0


def test_site_client_runs_each_request_under_its_login(settings):
    seen = []
    with connection.execute_wrapper(lambda execute, *rest: (seen.append(role_now()), execute(*rest))[1]):
        SiteClient("reading_room").get("/healthz")
        SiteClient("workshop").get("/healthz")
    assert seen == [Login.READING_ROOM, Login.WORKSHOP]


def role_now() -> str:
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_site_refuses_the_host_of_the_other():
    client = SiteClient("workshop")
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"host": "localhost:8001"}).status_code == 400
    assert client.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400
