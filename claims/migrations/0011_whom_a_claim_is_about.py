"""Whom a claim is about: rows of a claim, like its figures, that point to agents.

Functions of earlier migrations learn of the new table; backwards they are again what they were.
"""

import re
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

FOUR = import_module("claims.migrations.0004_nobody_publishes_alone").CLAIM
SEVEN = import_module("claims.migrations.0007_merging_and_splitting")


def _as_it_was(name: str, text: str) -> str:
    found = re.search(
        rf"CREATE (?:OR REPLACE )?FUNCTION {name}\(.*?\n(?:END )?\$\$;", text, re.DOTALL
    )
    return re.sub(r"^CREATE (OR REPLACE )?", "CREATE OR REPLACE ", found[0])


def _with(body: str, place: str, more: str) -> str:
    """The same function, with more said at one place."""
    if body.count(place) != 1:
        raise ValueError(place)
    return body.replace(place, more)


CITING = _as_it_was("record_citing", FOUR)
PART = _as_it_was("guard_part", SEVEN.CLAIM)
SUBSTANCE = _as_it_was("substance", SEVEN.QUESTIONS)
REPOINTED = _as_it_was("only_repointed", SEVEN.QUESTIONS)

# Whoever changes an agent has contributed to what is said about it, and an organisation's name and
# standing are part of what is said of its members.
CITING_ABOUT = _with(
    _with(
        CITING,
        "    UNION SELECT claim_id FROM claims_replyrequest",
        "    UNION SELECT claim_id FROM claims_about WHERE agent_id = ANY (agents)\n"
        "    UNION SELECT claim_id FROM claims_replyrequest",
    ),
    "  sources := sources || ARRAY(\n    SELECT id FROM",
    "  IF TG_TABLE_NAME = 'sources_agent' THEN\n"
    "    agents := agents || ARRAY(\n"
    "      SELECT agent_id FROM sources_affiliation WHERE organisation_id = ANY (agents));\n"
    "  END IF;\n"
    "  sources := sources || ARRAY(\n    SELECT id FROM",
)

# A claim that is about two agents who are one is about one of them: the row that is too many goes,
# whatever state the claim is in. Deeper than one: the rule behind a merge is at work.
PART_ABOUT = _with(
    PART,
    "  SELECT * INTO STRICT parent",
    "  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'claims_about' AND pg_trigger_depth() > 1 THEN\n"
    "    repointed := EXISTS (\n"
    "      SELECT FROM sources_agentmerge JOIN claims_about ON agent_id = into_id\n"
    "      WHERE merged_id = OLD.agent_id AND claim_id = OLD.claim_id);\n"
    "  END IF;\n"
    "  SELECT * INTO STRICT parent",
)
REPOINTED_ABOUT = _with(
    REPOINTED,
    "'claimant_id', 'on_behalf_of_id', 'party_id'",
    "'claimant_id', 'on_behalf_of_id', 'party_id', 'agent_id'",
)
# An earlier content without the key says the same as one with an empty list.
SUBSTANCE_ABOUT = _with(
    SUBSTANCE,
    "    'event', content",
    "    'about', (\n"
    "      SELECT jsonb_agg(item -> 'ref' ORDER BY item ->> 'ref')\n"
    "      FROM jsonb_array_elements(content -> 'about') AS item),\n"
    "    'event', content",
)

TRIGGERS = """
CREATE FUNCTION carry_out_about_agent_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM claims_about AS double USING claims_about AS kept
    WHERE double.agent_id = NEW.merged_id AND kept.agent_id = NEW.into_id
    AND kept.claim_id = double.claim_id;
  UPDATE claims_about SET agent_id = NEW.into_id WHERE agent_id = NEW.merged_id;
  RETURN NULL;
END $$;

CREATE TRIGGER carried_out_about AFTER INSERT ON sources_agentmerge
  FOR EACH ROW EXECUTE FUNCTION carry_out_about_agent_merge();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_about
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER standing BEFORE INSERT OR UPDATE ON claims_about
  FOR EACH ROW EXECUTE FUNCTION refuse_merged('agent_id', 'sources_agent', 'sources_agentmerge');
CREATE TRIGGER history_of_claim_id AFTER INSERT OR UPDATE OR DELETE ON claims_about
  FOR EACH ROW EXECUTE FUNCTION record_change('claims_claim', 'claim_id');
"""
NO_TRIGGERS = """
DROP TRIGGER history_of_claim_id ON claims_about;
DROP TRIGGER standing ON claims_about;
DROP TRIGGER guard ON claims_about;
DROP TRIGGER carried_out_about ON sources_agentmerge;
DROP FUNCTION carry_out_about_agent_merge();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_history"), ("sources", "0005_history")]

    operations = [
        migrations.CreateModel(
            name="About",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        help_text="Of whom it says something: who is said to have done it, or to "
                        "be what.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_about",
                        to="sources.agent",
                        verbose_name="agent",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="about",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "agent it is about",
                "verbose_name_plural": "whom it is about",
                "ordering": ["claim", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "agent"),
                        name="about_once",
                        violation_error_message="The claim is about this agent already.",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            CITING_ABOUT + PART_ABOUT + REPOINTED_ABOUT + SUBSTANCE_ABOUT + TRIGGERS,
            NO_TRIGGERS + CITING + PART + REPOINTED + SUBSTANCE,
        ),
    ]
