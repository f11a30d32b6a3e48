"""The database logins, and the one table of what each may do. A test asks PostgreSQL whether it is so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper


class Login(StrEnum):
    """Four logins; none is a superuser."""

    OWNER = "safetycase_owner"
    WORKSHOP = "safetycase_workshop"
    INSIDE = "safetycase_inside"
    READING_ROOM = "safetycase_reading_room"


RESTRICTED = (Login.WORKSHOP, Login.INSIDE, Login.READING_ROOM)
Rights = Mapping[str, frozenset[str]]

READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"


def _may(*privileges: str) -> frozenset[str]:
    return frozenset(privileges)


# relation, or relation.column: what the login may do. Rows are narrowed further by the policies of the migrations.
PRIVILEGES: dict[Login, Rights] = {
    Login.WORKSHOP: {
        "django_content_type": _may(READ),
        "auth_permission": _may(READ),
        "account_emailaddress": _may(READ),
        "cases_organisation": _may(READ),
        "cases_user": _may(READ),
        "cases_user.password": _may(CHANGE),
        "cases_user.last_login": _may(CHANGE),
        "cases_workshopsession": _may(READ, ADD, CHANGE, REMOVE),
        "cases_workshopcache": _may(READ, ADD, CHANGE, REMOVE),
        "cases_auditevent": _may(READ, ADD),
        # the live case
        "prose_text": _may(READ, ADD, CHANGE, REMOVE),
        "prose_step": _may(READ, ADD),
        "prose_checkpoint": _may(READ, ADD),
        "prose_anchor": _may(READ, ADD, CHANGE, REMOVE),
        "cases_presence": _may(READ, ADD, CHANGE, REMOVE),
        "cases_case": _may(READ, ADD, CHANGE),
        "cases_caseheader": _may(READ, ADD, CHANGE),
        "cases_caseperson": _may(READ, ADD, CHANGE, REMOVE),
        "cases_caseaudience": _may(READ, ADD, CHANGE),
        "cases_redaction": _may(READ, ADD, CHANGE),
        "cases_redactionevent": _may(READ, ADD),
        "cases_casefile": _may(READ, ADD, REMOVE),
        "pathways_section": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_pathway": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_claim": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_ratingchange": _may(READ, ADD),
        "pathways_tag": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_claimtag": _may(READ, ADD, REMOVE),
        "pathways_term": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_partevent": _may(READ, ADD),
        "pathways_limitation": _may(READ, ADD, CHANGE, REMOVE),
        "pathways_support": _may(READ, ADD, CHANGE, REMOVE),
        "evidence_evidence": _may(READ, ADD, CHANGE, REMOVE),
        "evidence_bearing": _may(READ, ADD, CHANGE, REMOVE),
        "evidence_assurance": _may(READ, ADD, CHANGE, REMOVE),
        # access
        "cases_organisationceiling": _may(READ, ADD, CHANGE),
        "cases_grant": _may(READ, ADD, CHANGE),
        "live_case_permission": _may(READ),
        # releases and editions
        "review_release": _may(READ, ADD, CHANGE),
        "review_preparededition": _may(READ, ADD, CHANGE),
        "review_preparedpart": _may(READ, ADD, REMOVE),
        "review_preparedmap": _may(READ, ADD),
        "review_preparedfile": _may(READ, ADD, REMOVE),
        "review_checkdecision": _may(READ, ADD, CHANGE),
        "review_edition": _may(READ, ADD, CHANGE),
        "review_editionpart": _may(READ, ADD),
        "review_editionfile": _may(READ, ADD),
        "review_publication": _may(READ, ADD, CHANGE),
        "review_correction": _may(READ, ADD),
        "review_publicationread": _may(READ, REMOVE),
        # what is said inside, and what is brought in
        "review_insidethread": _may(READ, ADD, CHANGE),
        "review_insidecomment": _may(READ, ADD),
        "review_insidethreadevent": _may(READ, ADD),
        "review_importdraft": _may(READ, ADD, REMOVE),
        # what is said outside, and the answers
        "review_outsidethread": _may(READ),
        "review_outsidecomment": _may(READ),
        "review_reply": _may(READ, ADD),
        "review_replyauthor": _may(READ, ADD),
    },
    Login.INSIDE: {
        "review_edition": _may(READ),
        "review_editionpart": _may(READ),
        "review_editionfile": _may(READ),
        "inward_permission": _may(READ),
    },
    Login.READING_ROOM: {
        "account_emailaddress": _may(READ),
        "cases_user": _may(READ),
        "cases_user.password": _may(CHANGE),
        "cases_user.last_login": _may(CHANGE),
        "cases_readingroomsession": _may(READ, ADD, CHANGE, REMOVE),
        "cases_readingroomcache": _may(READ, ADD, CHANGE, REMOVE),
        "cases_auditevent": _may(ADD),
        "review_edition": _may(READ),
        "review_editionpart": _may(READ),
        "review_editionfile": _may(READ),
        "review_publication": _may(READ),
        "review_correction": _may(READ),
        "review_publicationread": _may(ADD),
        "outward_permission": _may(READ),
        "review_outsidethread": _may(READ, ADD),
        "review_outsidecomment": _may(READ, ADD),
        "review_reply": _may(READ),
    },
}


def apply_privileges(connection: BaseDatabaseWrapper) -> None:
    """Take everything away from everybody but the owner, then give what the table says. Needs the owner's connection."""
    with connection.cursor() as cursor:
        _revoke_all(cursor, connection)
        for login in RESTRICTED:
            for target, privileges in PRIVILEGES[login].items():
                relation, _, column = target.partition(".")
                columns = f" ({connection.ops.quote_name(column)})" if column else ""
                listed = ", ".join(f"{privilege}{columns}" for privilege in sorted(privileges))
                cursor.execute(f"GRANT {listed} ON {connection.ops.quote_name(relation)} TO {login}")


def _revoke_all(cursor: CursorWrapper, connection: BaseDatabaseWrapper) -> None:
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    everybody = ", ".join(["PUBLIC", *RESTRICTED])
    for what in (
        f"DATABASE {database}",
        "SCHEMA public",
        *(f"ALL {kind} IN SCHEMA public" for kind in ("TABLES", "SEQUENCES", "ROUTINES")),
    ):
        cursor.execute(f"REVOKE ALL ON {what} FROM {everybody}")
    cursor.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC")
    cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {', '.join(RESTRICTED)}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {', '.join(RESTRICTED)}")


def declared() -> dict[tuple[Login, str], frozenset[str]]:
    """The table above in the form in which `actual` answers."""
    rights = {(login, target): privileges for login in RESTRICTED for target, privileges in PRIVILEGES[login].items()}
    for login in RESTRICTED:
        rights[login, "database"] = _may("CONNECT")
        rights[login, "schema public"] = _may("USAGE")
    return rights


def actual(connection: BaseDatabaseWrapper) -> dict[tuple[Login, str], frozenset[str]]:
    """What PostgreSQL says that each login may do, by whatever way it came to it."""
    rights: dict[tuple[Login, str], set[str]] = {}
    with connection.cursor() as cursor:
        for login in RESTRICTED:
            cursor.execute(ASK, {"login": login.value})
            for target, privilege in cursor.fetchall():
                rights.setdefault((login, target), set()).add(privilege)
    return {key: frozenset(privileges) for key, privileges in rights.items()}


# A column is listed with what the login may do to it and may not do to the whole relation.
ASK = """
with relation as (
    select c.oid, c.relname, c.relkind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
), relation_right as (
    select oid, relname, p from relation, unnest(array[
        'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p
    where relkind <> 'S' and has_table_privilege(%(login)s, oid, p)
)
select relname::text, p from relation_right
union all
select r.relname || '.' || a.attname, q
from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped,
     unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) q
where r.relkind <> 'S' and has_column_privilege(%(login)s, r.oid, a.attnum, q)
  and not exists (select from relation_right t where t.oid = r.oid and t.p = q)
union all
select r.relname::text, p from relation r, unnest(array['USAGE', 'SELECT', 'UPDATE']) p
where r.relkind = 'S' and has_sequence_privilege(%(login)s, r.oid, p)
union all
select 'routine ' || f.oid::regprocedure, 'EXECUTE' from pg_proc f
where f.pronamespace = 'public'::regnamespace and has_function_privilege(%(login)s, f.oid, 'EXECUTE')
union all
select 'database', p from unnest(array['CONNECT', 'CREATE', 'TEMPORARY']) p
where has_database_privilege(%(login)s, current_database(), p)
union all
select 'schema ' || n.nspname, p from pg_namespace n, unnest(array['CREATE', 'USAGE']) p
where n.nspname not like 'pg\\_%%' and n.nspname <> 'information_schema' and has_schema_privilege(%(login)s, n.oid, p)
union all
select 'attribute', x.a from pg_roles, lateral (values
    (rolsuper, 'SUPERUSER'), (rolbypassrls, 'BYPASSRLS'), (rolcreatedb, 'CREATEDB'),
    (rolcreaterole, 'CREATEROLE'), (rolreplication, 'REPLICATION')) x(has, a)
where rolname = %(login)s and x.has
union all
select 'member of ' || g.rolname, 'MEMBER' from pg_auth_members m
join pg_roles g on g.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = %(login)s
"""
