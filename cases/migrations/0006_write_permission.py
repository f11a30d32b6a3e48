"""A permission to bring figures into a case. The list is that of `cases.roles.Action` on this day."""

from django.db import migrations

ACTIONS = (
    "read_live", "read_edition", "read_trail", "comment", "reply", "write", "redact", "start_release", "settle_check",
    "approve_release", "withdraw", "give_access", "decide_redaction", "contest_redaction", "agree_to_omit",
    "sign_cold_read", "publish", "correct",
)  # fmt: skip


class Migration(migrations.Migration):
    """Names alone: the rows come with the next set-up of the database."""

    dependencies = [("cases", "0005_case_permissions")]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": (),
                "permissions": [(action, action.replace("_", " ")) for action in ACTIONS],
            },
        ),
    ]
