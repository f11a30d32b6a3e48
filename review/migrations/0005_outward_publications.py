"""Publications and figures: which login reaches which rows, by constant policies; a publication stands on an outward edition only."""

from django.db import migrations

CREATE = """
alter table review_editionfile enable row level security;
create policy workshop_all on review_editionfile to safetycase_workshop using (true) with check (true);
create policy outward_only on review_editionfile for select to safetycase_reading_room using (outward);
create policy inward_only on review_editionfile for select to safetycase_inside using (not outward);

alter table review_editionfile add constraint file_edition_and_direction
  foreign key (edition_id, outward) references review_edition (id, outward) deferrable initially deferred;
alter table review_publication add constraint publication_edition_and_direction
  foreign key (edition_id, outward) references review_edition (id, outward) deferrable initially deferred;
"""

DROP = """
alter table review_publication drop constraint publication_edition_and_direction;
alter table review_editionfile drop constraint file_edition_and_direction;
drop policy inward_only on review_editionfile;
drop policy outward_only on review_editionfile;
drop policy workshop_all on review_editionfile;
alter table review_editionfile disable row level security;
"""


class Migration(migrations.Migration):
    """Policies and keys."""

    dependencies = [("review", "0004_publishing")]

    operations = [migrations.RunSQL(CREATE, DROP)]
