"""Row policies on every account table. The owner is not bound by them."""

from django.db import migrations

TABLES = (
    "cases_user",
    "cases_organisation",
    "cases_workshopsession",
    "cases_readingroomsession",
    "cases_workshopcache",
    "cases_readingroomcache",
    "account_emailaddress",
    "account_emailconfirmation",
)
ENABLE = "".join(f"alter table {table} enable row level security;\n" for table in TABLES)
DISABLE = "".join(f"alter table {table} disable row level security;\n" for table in TABLES)

# The workshop sees both sides, since a manager gives access to outside people; it writes inside credentials only.
POLICIES = """
create policy workshop_reads on cases_user for select to safetycase_workshop using (true);
create policy workshop_writes on cases_user for update to safetycase_workshop
    using (side = 'inside') with check (side = 'inside');
create policy reading_room_reads on cases_user for select to safetycase_reading_room using (side = 'outside');
create policy reading_room_writes on cases_user for update to safetycase_reading_room
    using (side = 'outside') with check (side = 'outside');

create policy workshop_reads on cases_organisation for select to safetycase_workshop using (true);
create policy workshop_own on cases_workshopsession to safetycase_workshop using (true) with check (true);
create policy workshop_own on cases_workshopcache to safetycase_workshop using (true) with check (true);
create policy reading_room_own on cases_readingroomsession to safetycase_reading_room using (true) with check (true);
create policy reading_room_own on cases_readingroomcache to safetycase_reading_room using (true) with check (true);

create policy workshop_reads on account_emailaddress for select to safetycase_workshop
    using (exists (select from cases_user u where u.id = user_id and u.side = 'inside'));
create policy reading_room_reads on account_emailaddress for select to safetycase_reading_room
    using (exists (select from cases_user u where u.id = user_id and u.side = 'outside'));
"""
DROPPED = """
drop policy reading_room_reads on account_emailaddress; drop policy workshop_reads on account_emailaddress;
drop policy reading_room_own on cases_readingroomcache; drop policy reading_room_own on cases_readingroomsession;
drop policy workshop_own on cases_workshopcache; drop policy workshop_own on cases_workshopsession;
drop policy workshop_reads on cases_organisation;
drop policy reading_room_writes on cases_user; drop policy reading_room_reads on cases_user;
drop policy workshop_writes on cases_user; drop policy workshop_reads on cases_user;
"""


class Migration(migrations.Migration):
    """Policies."""

    dependencies = [("cases", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunSQL(ENABLE + POLICIES, DROPPED + DISABLE)]
