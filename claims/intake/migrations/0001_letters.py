import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "asks for a correction, or complains"),
                            ("suggestion", "suggests a claim to check"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("reader", "a form on the public pages"),
                            ("partner", "a partner"),
                        ],
                        default="reader",
                        max_length=7,
                        verbose_name="channel",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="received",
                    ),
                ),
                ("receipt", models.CharField(max_length=64, unique=True)),
                ("words", models.CharField(max_length=64)),
                ("ref", models.CharField(blank=True, max_length=8, verbose_name="claim")),
                (
                    "edition",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="edition"),
                ),
                ("who", models.TextField(blank=True, max_length=500, verbose_name="who said it")),
                ("what", models.TextField(max_length=5000, verbose_name="what it is about")),
                (
                    "should_be",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="what it should say"
                    ),
                ),
                (
                    "grounds",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="where it can be seen"
                    ),
                ),
                ("link", models.TextField(blank=True, max_length=2000, verbose_name="link")),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                ("contact", models.TextField(blank=True, max_length=500, verbose_name="contact")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "not looked at yet"),
                            ("taken", "being looked at"),
                            ("answered", "answered"),
                            ("dismissed", "closed without an answer"),
                        ],
                        default="new",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For the desk; nobody else reads it.",
                        verbose_name="note",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        help_text="Whoever has the address of the receipt reads it there.",
                        max_length=5000,
                        verbose_name="answer",
                    ),
                ),
                (
                    "led_to",
                    models.CharField(
                        blank=True,
                        help_text="The claim that was begun from it.",
                        max_length=8,
                        verbose_name="led to",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="closed"),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-pk"],
                "permissions": [("view_contact", "Can see how to reach whoever wrote a letter")],
                "indexes": [
                    models.Index(fields=["state", "-id"], name="letters_in_a_state"),
                    models.Index(fields=["words"], name="letters_by_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["correction", "suggestion"])),
                        name="letter_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["reader", "partner"])),
                        name="letter_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["new", "taken", "answered", "dismissed"])
                        ),
                        name="letter_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            ("answer__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="letter_answered_in_words",
                        violation_error_message="An answered letter needs the answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ("answered", "dismissed")),
                            ),
                            models.Q(
                                ("closed_at__isnull", True),
                                models.Q(("state__in", ("answered", "dismissed")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_closed_or_not",
                    ),
                ],
            },
        ),
    ]
