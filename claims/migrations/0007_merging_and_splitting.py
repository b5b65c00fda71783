"""One claim merged into another, one split off; duplicates point to what survives.

An edition of kind `merged` is a notice: it keeps the citation of what stood there, names the claim
that stands for it now, and gives a reason. Writing the row that merges two agents, sources or
events is what points everything to the survivor; editions are not touched.
"""

import re
from importlib import import_module

from django.db import migrations

FORMER = import_module("claims.migrations.0004_nobody_publishes_alone")

QUESTIONS = r"""
-- What stands where a claim stood: a retraction, or the notice that it was merged.
CREATE FUNCTION is_tombstone(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT kind IN ('retracted', 'merged') $$;

-- What a tombstone keeps of the edition before it.
CREATE FUNCTION citation_of(cited editions_edition) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'statement', (cited).content::jsonb -> 'statement',
    'language', (cited).content::jsonb -> 'language',
    'claimant_name', (cited).content::jsonb -> 'claimant_name',
    'edition', (cited).number,
    'digest', (cited).digest,
    'published_at',
    to_char((cited).published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
$$;

-- What a minor edit leaves as it is: the answers, who says it, about what, the numbers, what it
-- does to other claims, and which evidence says what. Words, translations and reasons are not in it.
CREATE FUNCTION substance(content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'attribution', content #> '{attribution,code}',
    'finding', content #> '{finding,code}',
    'voice', content -> 'voice',
    'claimant', content #> '{claimant,ref}',
    'on_behalf_of', content #> '{on_behalf_of,ref}',
    'event', content #> '{event,ref}',
    'aspect', content -> 'aspect',
    'checkability', content -> 'checkability',
    'harm', content -> 'harm',
    'relations', content -> 'relations',
    'figures', (
      SELECT jsonb_agg(item - ARRAY['words', 'language', 'rule', 'population', 'subgroup']
                       ORDER BY item ->> 'ref')
      FROM jsonb_array_elements(content -> 'figures') AS item),
    'evidence', (
      SELECT jsonb_agg(jsonb_build_array(item -> 'ref', item -> 'bears_on', item -> 'stance',
                                         item -> 'basis', item -> 'credibility',
                                         item #> '{source,ref}')
                       ORDER BY item ->> 'ref')
      FROM jsonb_array_elements(content -> 'evidence') AS item))
$$;

-- Whether two versions of a row differ only in what they point to, and each difference leads from
-- a merged row to its survivor. Deeper than one: the rule behind a merge is at work, not a person.
CREATE FUNCTION only_repointed(before jsonb, after jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_trigger_depth() > 1 AND NOT EXISTS (
    SELECT FROM jsonb_each_text(after) AS changed (name, survivor)
    WHERE before ->> name IS DISTINCT FROM survivor
    AND NOT CASE
      WHEN name IN ('claimant_id', 'on_behalf_of_id', 'party_id') THEN EXISTS (
        SELECT FROM sources_agentmerge
        WHERE merged_id = (before ->> name)::bigint AND into_id = survivor::bigint)
      WHEN name = 'source_id' THEN EXISTS (
        SELECT FROM sources_sourcemerge
        WHERE merged_id = (before ->> name)::bigint AND into_id = survivor::bigint)
      WHEN name = 'event_id' THEN EXISTS (
        SELECT FROM claims_eventmerge
        WHERE merged_id = (before ->> name)::bigint AND into_id = survivor::bigint)
      ELSE false
    END)
$$;
"""

CLAIM = r"""
CREATE OR REPLACE FUNCTION guard_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who integer := acting_user();
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'A claim is never deleted.';
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'A claim begins as a draft.';
    END IF;
  ELSIF NEW.state <> OLD.state THEN
    -- Deeper than one means that the rule behind claims_move is at work.
    IF pg_trigger_depth() < 2 THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'The state of a claim is changed by a recorded move only.';
    END IF;
  ELSIF NEW IS DISTINCT FROM OLD AND OLD.state <> 'draft'
    AND NOT only_repointed(to_jsonb(OLD), to_jsonb(NEW)) THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'This claim is %s: take it back or revise it before you change it.',
      replace(OLD.state, '_', ' '));
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who integer := acting_user();
  part record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  repointed boolean := false;
  parent claims_claim;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    ELSIF NEW.claim_id <> OLD.claim_id THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'What belongs to one claim cannot be moved to another.';
    END IF;
    repointed := only_repointed(to_jsonb(OLD), to_jsonb(NEW));
  END IF;
  SELECT * INTO STRICT parent FROM claims_claim WHERE id = part.claim_id FOR UPDATE;
  IF parent.state <> 'draft' AND NOT repointed THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'Claim %s is %s: take it back or revise it before you change what belongs to it.',
      parent.ref, replace(parent.state, '_', ' '));
  END IF;
  IF TG_TABLE_NAME = 'claims_figure' AND TG_OP <> 'DELETE' AND parent.aspect = 'denial' THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'A denial gives no figure: it is not a zero.';
  END IF;
  INSERT INTO claims_contribution (claim_id, user_id, edition, first_change, at)
  VALUES (parent.id, who, coming_edition(parent.ref), TG_TABLE_NAME, clock_timestamp())
  ON CONFLICT DO NOTHING;
  RETURN part;
END $$;
"""

MOVES = r"""
CREATE OR REPLACE FUNCTION guard_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  claim claims_claim;
  other claims_claim;
  latest editions_edition;
  refusal text;
BEGIN
  NEW.at := clock_timestamp();
  -- Always in the same order, so that two who merge two claims into each other do not both wait.
  PERFORM FROM claims_claim WHERE id IN (NEW.claim_id, NEW.other_id) ORDER BY id FOR UPDATE;
  SELECT * INTO STRICT claim FROM claims_claim WHERE id = NEW.claim_id;
  SELECT * INTO latest FROM editions_edition WHERE ref = claim.ref ORDER BY number DESC LIMIT 1;
  IF claim.state <> NEW.from_state THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'This claim is now %s.', replace(claim.state, '_', ' '));
  END IF;
  IF NEW.action IN ('approve', 'request_changes') THEN
    PERFORM FROM standing_reviews(NEW.claim_id, NEW.digest)
      WHERE reviewer_id = NEW.by_id AND decision = NEW.action;
    IF NOT FOUND THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'There is no review behind this move.';
    END IF;
  END IF;
  IF NEW.action = 'approve' THEN
    refusal := why_not_publishable(NEW.claim_id, NEW.digest);
    IF (refusal IS NULL) <> (NEW.to_state = 'approved') THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = coalesce(refusal, 'This claim has all the approvals it needs.');
    END IF;
  ELSIF NEW.action IN ('publish', 'retract') THEN
    IF latest.number IS DISTINCT FROM NEW.edition OR latest.digest IS DISTINCT FROM NEW.digest
    OR latest.kind = 'merged'
    OR (latest.kind = 'retracted') IS DISTINCT FROM (NEW.action = 'retract') THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'There is no edition behind this move.';
    END IF;
  ELSIF NEW.action = 'merge' THEN
    SELECT * INTO STRICT other FROM claims_claim WHERE id = NEW.other_id;
    IF other.id = claim.id THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'A claim is not merged into itself: choose another one.';
    ELSIF other.state IN ('merged', 'retracted') THEN
      RAISE integrity_constraint_violation USING MESSAGE =
        'The claim you chose was merged into another or retracted: choose one that stands.';
    END IF;
    -- What stood in public leaves a notice there; what never did, or was retracted, leaves none.
    IF latest.kind = 'merged' THEN
      IF latest.content::jsonb ->> 'into' <> other.ref
      OR NEW.edition IS NOT NULL AND (latest.number, latest.digest) <> (NEW.edition, NEW.digest) THEN
        RAISE integrity_constraint_violation USING MESSAGE =
          'Readers are led to another claim from here: publish this one again before you merge it '
          'elsewhere.';
      END IF;
    ELSIF NEW.edition IS NOT NULL OR latest.number IS NOT NULL AND latest.kind <> 'retracted' THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'There is no edition behind this move.';
    END IF;
  ELSIF NEW.action = 'split' THEN
    PERFORM FROM claims_claim JOIN claims_relation ON claims_relation.claim_id = claims_claim.id
      WHERE claims_claim.id = NEW.other_id AND state = 'draft' AND created_by_id = NEW.by_id
      AND relation = 'part_of' AND target_id = claim.id;
    IF NOT FOUND THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'There is no claim that was split off.';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION gate_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  claim claims_claim;
  other claims_claim;
  latest editions_edition;
  beyond editions_edition;
  content jsonb := NEW.content::jsonb;
  tells text[] := ARRAY['schema', 'ref', 'reason', 'citation'];
  refusal text;
BEGIN
  PERFORM acting_user();
  PERFORM FROM claims_claim WHERE ref IN (NEW.ref, content ->> 'into') ORDER BY id FOR UPDATE;
  SELECT * INTO claim FROM claims_claim WHERE ref = NEW.ref;
  IF NOT FOUND THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'There is no such claim on the desk.';
  END IF;
  SELECT * INTO latest FROM editions_edition WHERE ref = NEW.ref ORDER BY number DESC LIMIT 1;

  IF is_tombstone(NEW.kind) THEN
    -- A withdrawal is one person's to make, so it can say why and nothing else that is new.
    IF latest.number IS NULL OR is_tombstone(latest.kind) THEN
      RAISE integrity_constraint_violation USING MESSAGE = CASE NEW.kind
        WHEN 'merged' THEN 'Only what is published leaves a notice when it is merged.'
        ELSE 'Only what is published can be retracted.' END;
    END IF;
    IF NEW.kind = 'merged' THEN
      tells := tells || ARRAY['into'];
    END IF;
    IF content - tells <> '{}'
    OR coalesce(content ->> 'reason', '') !~ '\S' OR jsonb_typeof(content -> 'reason') <> 'string'
    OR content ->> 'schema' IS DISTINCT FROM (CASE NEW.kind
      WHEN 'merged' THEN 'factcheck-merge-1' ELSE 'factcheck-retraction-1' END)
    OR content -> 'citation' IS DISTINCT FROM citation_of(latest) THEN
      RAISE integrity_constraint_violation USING MESSAGE = CASE NEW.kind
        WHEN 'merged' THEN 'The notice of a merge keeps the citation of the last edition, names '
          'the other claim and gives a reason, nothing else.'
        ELSE 'A retraction keeps the citation of the last edition and gives a reason, nothing '
          'else.' END;
    END IF;
    IF NEW.kind = 'merged' THEN
      SELECT * INTO other FROM claims_claim WHERE ref = content ->> 'into';
      SELECT * INTO beyond FROM editions_edition
        WHERE ref = other.ref ORDER BY number DESC LIMIT 1;
      IF other.id = claim.id OR beyond.number IS NULL OR is_tombstone(beyond.kind) THEN
        RAISE integrity_constraint_violation USING MESSAGE =
          'A published claim is merged into another one that readers can see.';
      END IF;
    END IF;
    RETURN NEW;
  END IF;

  IF claim.state <> 'approved' THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'This claim is %s: only an approved claim can be published.',
      replace(claim.state, '_', ' '));
  END IF;
  IF content ->> 'harm' IS DISTINCT FROM claim.harm THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'The harm level of the content is not that of the claim.';
  END IF;
  refusal := why_not_publishable(claim.id, encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex'));
  IF refusal IS NOT NULL THEN
    RAISE integrity_constraint_violation USING MESSAGE = refusal;
  END IF;
  IF coalesce(content #>> '{change,kind}', 'published') <> NEW.kind THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'The kind of the edition is not the one its content gives.';
  END IF;
  IF NEW.kind = 'minor' AND substance(content) <> substance(latest.content::jsonb) THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'This is more than a minor edit: call it an update or a correction.';
  END IF;
  RETURN NEW;
END $$;
"""

# What points to an agent, a source or an event, and what is theirs: (table, columns).
POINTING = {
    "claims_claim": {"claimant_id": "agent", "on_behalf_of_id": "agent", "event_id": "event"},
    "claims_evidence": {"source_id": "source"},
    "claims_replyrequest": {"party_id": "agent", "source_id": "source"},
    "sources_source": {"publisher_id": "agent", "author_id": "agent"},
    "sources_affiliation": {"agent_id": "agent", "organisation_id": "agent"},
    "sources_derivation": {"child_id": "source", "parent_id": "source"},
    "sources_agentname": {"agent_id": "agent"},
    "sources_reliabilityrating": {"agent_id": "agent"},
}
ROWS = {
    "agent": ("sources_agent", "sources_agentmerge"),
    "source": ("sources_source", "sources_sourcemerge"),
    "event": ("claims_event", "claims_eventmerge"),
}

DUPLICATES = r"""
-- Arguments: a table of rows and the table of their merges. Both rows are locked, so that nothing
-- begins to point to the merged one meanwhile; the survivor stands for itself.
CREATE FUNCTION guard_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  taken boolean;
BEGIN
  NEW.merged_at := clock_timestamp();
  EXECUTE format('SELECT FROM %I WHERE id IN ($1, $2) ORDER BY id FOR UPDATE', TG_ARGV[0])
    USING NEW.merged_id, NEW.into_id;
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE merged_id IN ($1, $2))', TG_ARGV[1])
    INTO taken USING NEW.merged_id, NEW.into_id;
  IF taken THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'One of the two was merged into another already: choose the one that stands.';
  END IF;
  IF TG_TABLE_NAME = 'sources_sourcemerge' AND (
    SELECT count(DISTINCT access = 'protected') FROM sources_source
    WHERE id IN (NEW.merged_id, NEW.into_id)) > 1 THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'A protected source is merged with a protected one only: what it says must not become '
      'public by a merge.';
  END IF;
  RETURN NEW;
END $$;

-- Arguments: the table of merges.
CREATE FUNCTION keep_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  merged boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE merged_id = $1)', TG_ARGV[0])
    INTO merged USING OLD.id;
  IF merged THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'This was merged into another and is kept as it was: change the one that stands.';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Arguments: for each column that points to such a row, the column, the table and its merges.
CREATE FUNCTION refuse_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  part record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  named bigint;
  merged boolean;
  place integer := 0;
BEGIN
  WHILE place < TG_NARGS LOOP
    named := (to_jsonb(part) ->> TG_ARGV[place])::bigint;
    IF named IS NOT NULL THEN
      -- Waits for a merge that is under way, and only then looks.
      EXECUTE format('SELECT FROM %I WHERE id = $1 FOR KEY SHARE', TG_ARGV[place + 1]) USING named;
      EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE merged_id = $1)', TG_ARGV[place + 2])
        INTO merged USING named;
      IF merged THEN
        RAISE integrity_constraint_violation USING MESSAGE =
          'This names something that was merged into another: choose the one that stands.';
      END IF;
    END IF;
    place := place + 3;
  END LOOP;
  RETURN part;
END $$;

CREATE FUNCTION carry_out_agent_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Who was one and the same belongs to nobody else by it.
  DELETE FROM sources_affiliation
    WHERE (agent_id, organisation_id) IN ((NEW.merged_id, NEW.into_id), (NEW.into_id, NEW.merged_id));
  DELETE FROM sources_affiliation AS double USING sources_affiliation AS kept
    WHERE NEW.merged_id IN (double.agent_id, double.organisation_id)
    AND (kept.agent_id, kept.organisation_id, kept.role, kept.begins, kept.ends) = (
      CASE double.agent_id WHEN NEW.merged_id THEN NEW.into_id ELSE double.agent_id END,
      CASE double.organisation_id WHEN NEW.merged_id THEN NEW.into_id
        ELSE double.organisation_id END,
      double.role, double.begins, double.ends);
  UPDATE sources_affiliation SET agent_id = NEW.into_id WHERE agent_id = NEW.merged_id;
  UPDATE sources_affiliation SET organisation_id = NEW.into_id
    WHERE organisation_id = NEW.merged_id;
  INSERT INTO sources_agentname (agent_id, name, language, kind)
    SELECT NEW.into_id, other.name, other.language, other.kind FROM (
      SELECT name, language, 'alias' AS kind FROM sources_agent WHERE id = NEW.merged_id
      UNION ALL SELECT name, language, kind FROM sources_agentname WHERE agent_id = NEW.merged_id
    ) AS other
    WHERE NOT EXISTS (
      SELECT FROM sources_agent AS survivor WHERE survivor.id = NEW.into_id
      AND (survivor.name, survivor.language) = (other.name, other.language))
  ON CONFLICT DO NOTHING;
  UPDATE sources_source SET
    publisher_id = CASE publisher_id WHEN NEW.merged_id THEN NEW.into_id ELSE publisher_id END,
    author_id = CASE author_id WHEN NEW.merged_id THEN NEW.into_id ELSE author_id END
    WHERE NEW.merged_id IN (publisher_id, author_id);
  UPDATE claims_claim SET
    claimant_id = CASE claimant_id WHEN NEW.merged_id THEN NEW.into_id ELSE claimant_id END,
    on_behalf_of_id =
      CASE on_behalf_of_id WHEN NEW.merged_id THEN NEW.into_id ELSE on_behalf_of_id END
    WHERE NEW.merged_id IN (claimant_id, on_behalf_of_id);
  UPDATE claims_replyrequest SET party_id = NEW.into_id WHERE party_id = NEW.merged_id;
  RETURN NULL;
END $$;

CREATE FUNCTION carry_out_source_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Nothing comes from itself, and nothing comes from one source twice in the same way.
  DELETE FROM sources_derivation
    WHERE (child_id, parent_id) IN ((NEW.merged_id, NEW.into_id), (NEW.into_id, NEW.merged_id));
  DELETE FROM sources_derivation AS double USING sources_derivation AS kept
    WHERE NEW.merged_id IN (double.child_id, double.parent_id)
    AND (kept.child_id, kept.parent_id, kept.kind) = (
      CASE double.child_id WHEN NEW.merged_id THEN NEW.into_id ELSE double.child_id END,
      CASE double.parent_id WHEN NEW.merged_id THEN NEW.into_id ELSE double.parent_id END,
      double.kind);
  UPDATE sources_derivation SET child_id = NEW.into_id WHERE child_id = NEW.merged_id;
  UPDATE sources_derivation SET parent_id = NEW.into_id WHERE parent_id = NEW.merged_id;
  UPDATE claims_evidence SET source_id = NEW.into_id WHERE source_id = NEW.merged_id;
  UPDATE claims_replyrequest SET source_id = NEW.into_id WHERE source_id = NEW.merged_id;
  RETURN NULL;
END $$;

CREATE FUNCTION carry_out_event_merge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE claims_claim SET event_id = NEW.into_id WHERE event_id = NEW.merged_id;
  RETURN NULL;
END $$;
"""


def _triggers() -> str:
    made = []
    for kind, (rows, merges) in ROWS.items():
        for name, when, table, rule in (
            ("guard", "BEFORE INSERT", merges, f"guard_merge('{rows}', '{merges}')"),
            ("carried_out", "AFTER INSERT", merges, f"carry_out_{kind}_merge()"),
            ("merged", "BEFORE UPDATE OR DELETE", rows, f"keep_merged('{merges}')"),
        ):
            made.append(
                f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {rule};"
            )
    for table, columns in POINTING.items():
        told = ", ".join(
            f"'{column}', '{ROWS[kind][0]}', '{ROWS[kind][1]}'" for column, kind in columns.items()
        )
        # A merged agent's names are kept with it; what else named it names the survivor now.
        when = " OR DELETE" if table == "sources_agentname" else ""
        made.append(
            f"CREATE TRIGGER standing BEFORE INSERT OR UPDATE{when} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_merged({told});"
        )
    return "\n".join(made)


def _former(name: str) -> str:
    """A function's body as it was before this migration."""
    found = re.search(
        rf"CREATE FUNCTION {name}\(\).*?\nEND \$\$;", FORMER.CLAIM + FORMER.REVIEW, re.DOTALL
    )
    return found[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


BACKWARDS = "\n".join(
    [
        *(f"DROP TRIGGER standing ON {table};" for table in POINTING),
        *(
            f"DROP TRIGGER merged ON {rows}; DROP TRIGGER carried_out ON {merges};"
            f" DROP TRIGGER guard ON {merges}; DROP FUNCTION carry_out_{kind}_merge();"
            for kind, (rows, merges) in ROWS.items()
        ),
        "DROP FUNCTION refuse_merged(); DROP FUNCTION keep_merged(); DROP FUNCTION guard_merge();",
        *(_former(name) for name in ("guard_claim", "guard_part", "guard_move", "gate_edition")),
        "DROP FUNCTION only_repointed(jsonb, jsonb);",
        "DROP FUNCTION substance(jsonb);",
        "DROP FUNCTION citation_of(editions_edition);",
        "DROP FUNCTION is_tombstone(text);",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_remarks_in_ones_own_name"), ("editions", "0003_merged_claims")]

    operations = [
        migrations.RunSQL(QUESTIONS + CLAIM + MOVES + DUPLICATES + _triggers(), BACKWARDS)
    ]
