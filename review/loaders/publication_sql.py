"""The statements of public pages. Each holds only on outward editions; of a withdrawn publication, only its day comes back."""

from __future__ import annotations

from typing import Final

# A withdrawn edition is withdrawn wherever it stands, whichever of the two rows says so.
_AROUND: Final = """
p.id, p.published_on, p.checked_by, case when e.withdrawn then coalesce(p.withdrawn_on, p.published_on) else p.withdrawn_on end, e.shell,
(select json_build_array(f.content::json #> '{header,rating}', f.content::json #> '{header,confidence}')::text
 from review_editionpart f where f.edition_id = e.id and f.page = 'front'),
(select coalesce(json_agg(json_build_array(c."on", c.notice, s.address) order by c."on", c.id), '[]')::text
 from review_correction c left join review_publication s on s.id = c.successor_id and s.withdrawn_on is null
 where c.publication_id = p.id),
before.edition_id is not null
"""
_FROM: Final = """
from review_publication p
join review_edition e on e.id = p.edition_id and e.outward
left join lateral (
    select o.id as edition_id, q.published_on
    from review_publication q join review_edition o on o.id = q.edition_id and o.outward and not o.withdrawn
    where o.case_id = e.case_id and o.audience_key = e.audience_key and o.number < e.number and q.withdrawn_on is null
    order by o.number desc limit 1
) before on true
"""
PAGE: Final = f"""
select {_AROUND}, part.html
{_FROM}
left join review_editionpart part on part.edition_id = e.id and part.page = %(page)s
where p.address = %(address)s
"""  # two constants of this file
# The same for the words of the whole publication in place of a page's HTML.
WORDS: Final = PAGE.replace("part.html", "part.content")
CHANGES: Final = f"""
select {_AROUND}, e.id, before.edition_id, before.published_on
{_FROM}
where p.address = %(address)s
"""
PARTS: Final = """
select edition_id, page, content from review_editionpart where edition_id = any(%(editions)s) and outward
"""
FIGURE: Final = """
select case when e.withdrawn then coalesce(p.withdrawn_on, p.published_on) else p.withdrawn_on end, f.content
from review_publication p
join review_edition e on e.id = p.edition_id and e.outward
left join review_editionfile f on f.edition_id = e.id and f.key = %(key)s
where p.address = %(address)s
"""
ALL: Final = """
select p.address, e.shell ->> 'title', p.published_on
from review_publication p join review_edition e on e.id = p.edition_id and e.outward and not e.withdrawn
where p.withdrawn_on is null
order by p.published_on desc, e.shell ->> 'title', e.case_id, e.number desc
"""
