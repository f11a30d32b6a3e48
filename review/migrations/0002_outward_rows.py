"""Which editions a login reaches, by a constant policy that depends on no session setting; threads stand on outward editions only."""

from django.db import migrations

# The owner of the tables (migrations, tests' set-up) passes; every other login needs a policy.
CREATE = """
alter table review_edition enable row level security;
alter table review_editionpart enable row level security;
create policy workshop_all on review_edition to safetycase_workshop using (true) with check (true);
create policy workshop_all on review_editionpart to safetycase_workshop using (true) with check (true);
create policy outward_only on review_edition for select to safetycase_reading_room using (outward);
create policy outward_only on review_editionpart for select to safetycase_reading_room using (outward);
create policy inward_only on review_edition for select to safetycase_inside using (not outward);
create policy inward_only on review_editionpart for select to safetycase_inside using (not outward);

-- A key of both columns: inserting a thread can't probe whether an inward edition exists.
alter table review_outsidethread add constraint thread_edition_and_direction
  foreign key (edition_id, outward) references review_edition (id, outward) deferrable initially deferred;
alter table review_editionpart add constraint part_edition_and_direction
  foreign key (edition_id, outward) references review_edition (id, outward) deferrable initially deferred;
"""

DROP = """
alter table review_editionpart drop constraint part_edition_and_direction;
alter table review_outsidethread drop constraint thread_edition_and_direction;
drop policy inward_only on review_editionpart; drop policy inward_only on review_edition;
drop policy outward_only on review_editionpart; drop policy outward_only on review_edition;
drop policy workshop_all on review_editionpart; drop policy workshop_all on review_edition;
alter table review_editionpart disable row level security;
alter table review_edition disable row level security;
"""


class Migration(migrations.Migration):
    """Policies and keys."""

    dependencies = [("review", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
