"""While the database is away, both sites say so and ask to come back; what is our own fault is still a 500."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection

from cases.models import Side, User
from tests.site_client import SiteClient

pytestmark = pytest.mark.django_db
SIDES = {"workshop": Side.INSIDE, "reading_room": Side.OUTSIDE}
TELLTALE = "could not connect to 10.0.0.7 for QXSECRET"


@contextmanager
def every_statement_fails(error: type[DatabaseError] | type[InterfaceError]) -> Iterator[None]:
    """As when the server went while a request was under way."""

    def fail(*_: object) -> None:
        raise error(TELLTALE)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture(params=SIDES)
def client(request: pytest.FixtureRequest) -> SiteClient:
    user = User.objects.create_user(email="a@b.example", name="Ada", side=SIDES[request.param])
    made = SiteClient(request.param, user)
    made.raise_request_exception = False
    return made


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("path", ["/", "/healthz", "/cases/00000000-0000-0000-0000-000000000007/", "/api/"])
def test_database_that_is_away_is_a_503_that_says_when_to_come_back(client, error, path):
    with every_statement_fails(error):
        for kind, sign in (("text/html,*/*", "<h1>"), ("application/json", "The database does not answer just now.")):
            answer = client.get(path, headers={"accept": kind})
            if answer.status_code in (404, 200):  # nothing was asked of the database
                assert path not in ("/", "/healthz")
                continue
            assert (answer.status_code, answer["Retry-After"]) == (503, "2")
            assert answer["Cache-Control"] == "no-store"
            assert sign in answer.content.decode()
            assert ("<" in answer.content.decode()) is (sign == "<h1>")
            assert "QXSECRET" not in answer.content.decode()


def test_fault_of_ours_is_a_500_without_a_word_about_it(client):
    with every_statement_fails(IntegrityError):
        answer = client.get("/")
    assert answer.status_code == 500
    assert "QXSECRET" not in answer.content.decode()
    assert "Retry-After" not in answer
