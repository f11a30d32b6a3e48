"""What PostgreSQL says each login may do is what the table in `safetycase.logins` says: no more and no less."""

from __future__ import annotations

import pytest
from django.db import connection

from safetycase.logins import RESTRICTED, actual, declared

pytestmark = pytest.mark.django_db


def test_logins_may_do_what_is_declared_and_nothing_else():
    assert actual(connection) == declared()


def test_comparison_looks_at_every_login():
    assert {login for login, _ in actual(connection)} == set(RESTRICTED)


@pytest.mark.parametrize(
    "fault",
    [
        "GRANT SELECT ON cases_grant TO safetycase_reading_room",
        "GRANT SELECT (why) ON cases_grant TO safetycase_reading_room",
        "GRANT SELECT ON cases_redaction TO PUBLIC",
        "GRANT UPDATE (email) ON cases_user TO safetycase_reading_room",
        "GRANT DELETE ON cases_auditevent TO safetycase_workshop",
        "GRANT TRUNCATE ON cases_readingroomsession TO safetycase_reading_room",
        "GRANT USAGE ON SEQUENCE django_content_type_id_seq TO safetycase_inside",
        "CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'select 1'; GRANT EXECUTE ON FUNCTION peek() TO PUBLIC",
        "CREATE VIEW peek AS SELECT * FROM cases_redaction; GRANT SELECT ON peek TO safetycase_inside",
        "GRANT CREATE ON SCHEMA public TO safetycase_workshop",
        "CREATE SCHEMA side_door; GRANT USAGE ON SCHEMA side_door TO safetycase_reading_room",
        "REVOKE SELECT ON cases_user FROM safetycase_reading_room",
    ],
)
def test_comparison_fails_when_a_privilege_is_added_or_lost(fault):
    with connection.cursor() as cursor:
        cursor.execute(fault)
    assert actual(connection) != declared()
