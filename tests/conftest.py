"""What every test stands on: a server, a database with the declared privileges, and people at both sites."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from cases.role_permissions import write_role_permissions
from safetycase.logins import apply_privileges
from safetycase.management.commands.set_up_database import make_logins
from safetycase.postgres import EmbeddedPostgres
from safetycase.settings.databases import is_embedded
from tests.site_client import InsideConnection, SiteClient

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("nightly", parent=settings.get_profile("default"), max_examples=20_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # playwright runs a loop in this thread; the ORM would refuse to work beside it
)
_server = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server, or join whoever has; with xdist once for the parent and once for each worker."""
    if is_embedded():
        _server.enter_context(EmbeddedPostgres(django_settings.HOME).held())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the server; the last one stops it."""
    connections.close_all()
    _server.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """The logins must be there before the test database is made; those of killed runs are dropped."""
    make_logins()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_safetycase_[0-9]+'")
        for (name,) in cursor.fetchall():
            if not Path(f"/proc/{name.split('_')[2]}").exists():
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, with the privileges that the product sets after migrating."""
    with django_db_blocker.unblock():
        apply_privileges(connection)
        write_role_permissions()


@pytest.fixture(autouse=True)
def _inside_on_the_same_connection(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """The third login reads what the test wrote: on the test's own connection, under its own role."""
    asked = {"db", "transactional_db"} & set(request.fixturenames)
    if not asked and request.node.get_closest_marker("django_db") is None:
        yield
        return
    for name in asked:
        request.getfixturevalue(name)
    real = connections["inside"]
    connections["inside"] = InsideConnection(connection)
    yield
    connections["inside"] = real


@pytest.fixture
def workshop(db: None) -> Callable[[], SiteClient]:
    """Makes browsers at the workshop."""
    return lambda: SiteClient("workshop")


@pytest.fixture
def reading_room(db: None) -> Callable[[], SiteClient]:
    """Makes browsers at the reading room."""
    return lambda: SiteClient("reading_room")
