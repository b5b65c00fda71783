"""What the home of the desk and the desk in numbers ask, answered without reading all moves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_whom_a_claim_is_about")]

    operations = [
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["at"], include=("action", "to_state"), name="move_at"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(
                condition=models.Q(("action", "submit")),
                fields=["claim", "-id"],
                include=("at", "by"),
                name="move_submissions",
            ),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(
                condition=models.Q(("action", "request_changes")),
                fields=["claim"],
                name="move_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="replyrequest",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["deadline", "claim"],
                name="reply_open",
            ),
        ),
    ]
