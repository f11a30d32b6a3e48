"""Saying that one is here, and going."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404

from cases.access import Actor, require
from cases.models import Presence
from cases.roles import Action
from prose.announcing import CHANNEL, announce

# One statement, since it is sent every few seconds by everybody: what is old goes, what is new is put, all are told.
# It may be lost, so nobody waits for the disk: NOTIFY holds a lock of the whole server until its commit is through.
# A tab of somebody else's is not touched; a text of another case is none.
HERE = """
with quick as (select set_config('synchronous_commit', 'off', true)),
gone as (
    delete from cases_presence
    where case_id = %(case)s and id <> %(tab)s and at < statement_timestamp() - interval '60 seconds'
),
put as (
    insert into cases_presence as p (id, case_id, by_id, page, text_key, version, anchor, head, at)
    select %(tab)s, %(case)s, %(by)s, %(page)s, %(text)s, %(version)s, %(anchor)s, %(head)s, statement_timestamp()
    from quick
    where %(text)s = '' or exists (select from prose_text where scope_id = %(case)s and key = %(text)s)
    on conflict (id) do update set (case_id, page, text_key, version, anchor, head, at) =
        (excluded.case_id, excluded.page, excluded.text_key, excluded.version, excluded.anchor, excluded.head, excluded.at)
    where p.by_id = excluded.by_id
    returning id
)
select pg_notify(%(channel)s, %(told)s) from put
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: on a page, perhaps in a text of it, with something selected there at a version."""

    page: str
    text: str = ""
    version: int = 0
    anchor: int = 0
    head: int = 0


def be_here(*, by: Actor, case_id: UUID, tab: UUID, place: Place) -> None:
    """Say where a tab is, and tell the others. Raises Http404, also for a foreign tab or a foreign text."""
    require(by, Action.READ_LIVE, case_id)
    ids = {"case": case_id, "tab": tab, "by": by.id}
    with connection.cursor() as cursor:
        cursor.execute(HERE, {**ids, **asdict(place), "channel": CHANNEL, "told": f"{case_id}|here"})
        if cursor.fetchone() is None:
            raise Http404


@transaction.atomic
def leave(*, by_id: UUID, case_id: UUID, tab: UUID) -> None:
    """A tab was closed: it is here no more, and the others are told. Asks nobody: whoever lost the right is to go too."""
    Presence.objects.filter(pk=tab, by_id=by_id, case_id=case_id).delete()
    announce(case_id, "here")
