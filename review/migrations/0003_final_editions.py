"""An edition is final but for its withdrawal; and a thread's only key is the one of both columns, or inward ids could be told from none."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """A trigger, and a key less."""

    dependencies = [("review", "0002_outward_rows")]

    operations = [
        migrations.AlterField(
            model_name="outsidethread",
            name="edition",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="threads",
                to="review.edition",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_is_final",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (to_jsonb(old) - 'withdrawn' <> to_jsonb(new) - 'withdrawn')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6c561fa0f787262ad09fb30c1cc3eb62a7ba6fae",
                    operation="UPDATE",
                    pgid="pgtrigger_edition_is_final_3c222",
                    table="review_edition",
                    when="BEFORE",
                ),
            ),
        ),
    ]
