"""Writing: a version of the header's attributes, who is here, and the permissions for it. The list is that of this day."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

ACTIONS = (
    "read_live", "read_edition", "read_trail", "comment", "reply", "write", "say", "decide_doubt", "redact",
    "start_release", "settle_check", "approve_release", "withdraw", "give_access", "decide_redaction",
    "contest_redaction", "agree_to_omit", "sign_cold_read", "publish", "correct",
)  # fmt: skip


class Migration(migrations.Migration):
    """Permissions are names alone: their rows come with the next set-up of the database."""

    dependencies = [("cases", "0006_write_permission")]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": (),
                "permissions": [(action, action.replace("_", " ")) for action in ACTIONS],
            },
        ),
        migrations.AddField("caseheader", "version", models.PositiveIntegerField(default=0)),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by_id", models.UUIDField()),
                ("page", models.CharField(max_length=20)),
                ("text_key", models.CharField(blank=True, max_length=18)),
                ("version", models.PositiveIntegerField(default=0)),
                ("anchor", models.PositiveIntegerField(default=0)),
                ("head", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
