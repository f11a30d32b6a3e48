"""The views that turn live grants into permissions: expiry and revocation hold at once, on every path."""

from django.db import migrations

CREATE = """
create view live_case_permission as
select distinct 0 as id, g.user_id, g.case_id as content_object_id, rp.permission_id
from cases_grant g
join cases_user u on u.id = g.user_id and u.side = 'inside'
join role_permissions rp on rp.role = g.role
where g.revoked_at is null and g.expires_at > statement_timestamp() and u.is_active;

create view outward_permission with (security_barrier) as
select g.id, g.user_id, g.case_id, a.key as audience_key, p.codename as permission
from cases_grant g
join cases_user u on u.id = g.user_id and u.side = 'outside'
join cases_caseaudience a on a.id = g.audience_id and a.case_id = g.case_id and a.outward
join role_permissions rp on rp.role = g.role
join auth_permission p on p.id = rp.permission_id
where g.revoked_at is null and g.expires_at > statement_timestamp() and u.is_active;

create view inward_permission with (security_barrier) as
select g.id, g.user_id, g.case_id, a.key as audience_key, p.codename as permission
from cases_grant g
join cases_user u on u.id = g.user_id and u.side = 'inside'
join cases_caseaudience a on a.id = g.audience_id and a.case_id = g.case_id and not a.outward
join role_permissions rp on rp.role = g.role
join auth_permission p on p.id = rp.permission_id
where g.revoked_at is null and g.expires_at > statement_timestamp() and u.is_active;
"""

DROP = "drop view inward_permission; drop view outward_permission; drop view live_case_permission;"


class Migration(migrations.Migration):
    """Views own no rows: dropping them loses nothing."""

    dependencies = [("cases", "0002_account_policies"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunSQL(CREATE, DROP)]
