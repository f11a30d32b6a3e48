"""The two statements of an edition's page, written out: built anew by the ORM they took longer than all the rest of the page.

`reading` is the whole of who may read: a live grant of exactly that audience in exactly that case, on an edition of the door's direction
that is not withdrawn. `may` holds every permission of the reader there, so that the view over grants is planned and asked once.
"""

from __future__ import annotations

from typing import Final

PAGE: Final = """
select e.id, e.case_id, e.number, e.released_on, e.audience_name, e.shell, p.page, p.html, %(comment)s = any(reading.may)
from review_editionpart p
join review_edition e on e.id = p.edition_id
cross join lateral (
    select array_agg(g.permission::text) as may
    from {permissions} g
    where g.user_id = %(reader)s and g.case_id = e.case_id and g.audience_key = e.audience_key
) reading
where p.edition_id = %(edition)s and p.page = %(page)s
  and e.outward = %(outward)s and not e.withdrawn and %(read)s = any(reading.may)
"""

# Threads of the reader's own organisation; of the reader alone, where there is none. What was said in each, in order.
THREADS: Final = """
select t.id, t.text_key, t.start, t."end", t.quote, said.who, said.body, said.at, said.is_reply
from review_outsidethread t
left join lateral (
    select c.author_name as who, c.body, c.at, false as is_reply from review_outsidecomment c where c.thread_id = t.id
    union all
    select r.role_word, r.body, r.at, true from review_reply r where r.thread_id = t.id
) said on true
where t.edition_id = %(edition)s and t.page = %(page)s and {own}
order by t.at, t.id, said.at, said.is_reply
"""
OF_ORGANISATION: Final = "t.organisation_id = %(organisation)s"
OF_ONE: Final = "t.author_id = %(reader)s"
