"""What partners propose; and letters, which come from readers only now.

What was sent never changes; what the desk does with it is somebody's doing, and recorded. The key
under which a partner sent it is left out of the history: it is nobody's business at the desk.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import claims.intake.models.proposal

LETTERS_AS_THEY_CAME = """
CREATE TRIGGER as_it_came BEFORE UPDATE ON intake_letter
  FOR EACH ROW EXECUTE FUNCTION keep_columns(
    'kind', {channel}'received_at', 'receipt', 'words', 'ref', 'edition', 'who', 'what',
    'should_be', 'grounds', 'link', 'language');
"""
NO_LETTERS_AS_THEY_CAME = "DROP TRIGGER as_it_came ON intake_letter;"

FORWARDS = """
CREATE TRIGGER as_it_came BEFORE UPDATE ON intake_proposal
  FOR EACH ROW EXECUTE FUNCTION keep_columns(
    'id', 'partner_id', 'number', 'ticket', 'idempotency_key', 'kind', 'content', 'digest',
    'received_at');
CREATE TRIGGER by_somebody BEFORE UPDATE ON intake_proposal
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER history_of_id AFTER INSERT OR UPDATE OR DELETE ON intake_proposal
  FOR EACH ROW EXECUTE FUNCTION record_change(
    'intake_proposal', 'id', 'ticket', 'idempotency_key', 'digest', 'content');
"""
BACKWARDS = """
DROP TRIGGER history_of_id ON intake_proposal;
DROP TRIGGER by_somebody ON intake_proposal;
DROP TRIGGER as_it_came ON intake_proposal;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_kept_as_they_came"),
        ("partners", "0001_partners_and_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            NO_LETTERS_AS_THEY_CAME, LETTERS_AS_THEY_CAME.format(channel="'channel', ")
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
                ("number", models.PositiveBigIntegerField(verbose_name="number")),
                (
                    "ticket",
                    models.CharField(
                        default=claims.intake.models.proposal.new_ticket, max_length=22, unique=True
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=255)),
                (
                    "kind",
                    models.CharField(
                        choices=[("claim", "a claim"), ("source", "a source")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("content", models.JSONField(verbose_name="what is proposed")),
                ("digest", models.CharField(max_length=64)),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="received",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "not looked at yet"),
                            ("in_review", "being looked at"),
                            ("taken_up", "taken up"),
                            ("declined", "declined"),
                        ],
                        default="received",
                        max_length=9,
                        verbose_name="state",
                    ),
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
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        help_text="The partner reads this sentence.",
                        max_length=2000,
                        verbose_name="why it was declined",
                    ),
                ),
                (
                    "led_to",
                    models.CharField(
                        blank=True,
                        help_text="What the desk made of it.",
                        max_length=8,
                        verbose_name="led to",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided"),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_channel",
        ),
        migrations.RemoveField(
            model_name="letter",
            name="channel",
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["state", "-id"], name="proposals_in_a_state"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["digest"], name="proposals_by_words"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("state__in", ("received", "in_review"))),
                fields=["partner"],
                name="proposals_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("partner", "idempotency_key"), name="proposal_filed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("partner", "number"), name="proposal_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["claim", "source"])), name="proposal_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "in_review", "taken_up", "declined"])
                ),
                name="proposal_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "received"), ("taken_by__isnull", False), _connector="OR"
                ),
                name="proposal_in_somebodys_hands",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__regex", "\\S"), ("state", "declined")),
                    models.Q(models.Q(("state", "declined"), _negated=True), ("answer", "")),
                    _connector="OR",
                ),
                name="proposal_declined_in_words",
                violation_error_message="Say to the partner why it is declined.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken_up"), models.Q(("led_to", ""), _negated=True)),
                    models.Q(models.Q(("state", "taken_up"), _negated=True), ("led_to", "")),
                    _connector="OR",
                ),
                name="proposal_taken_up_leads_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True), ("state__in", ("received", "in_review"))
                    ),
                    models.Q(
                        models.Q(("state__in", ("received", "in_review")), _negated=True),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposal_settled_or_not",
            ),
        ),
        migrations.RunSQL(LETTERS_AS_THEY_CAME.format(channel=""), NO_LETTERS_AS_THEY_CAME),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
