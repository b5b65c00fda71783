"""The rules of review, where nothing can go round them.

A claim's content changes in draft only, by a declared person, who is recorded as a contributor
to the coming edition. Its state changes by writing a move. An edition is accepted when the exact
content was approved by enough people who did not contribute to it, and nobody objects.
"""

from django.db import migrations

# What the rules ask. Read by the triggers below and by `claims.review`.
QUESTIONS = """
CREATE FUNCTION coming_edition(of_ref text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(max(number), 0) + 1 FROM editions_edition WHERE ref = of_ref
$$;

CREATE FUNCTION contributes(to_claim bigint, who integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM claims_contribution c JOIN claims_claim ON claims_claim.id = c.claim_id
    WHERE c.claim_id = to_claim AND c.user_id = who AND c.edition = coming_edition(claims_claim.ref)
  )
$$;

CREATE FUNCTION approvals_needed(harm text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE harm WHEN 'grave' THEN 2 ELSE 1 END $$;

-- The last word of each reviewer on one exact content, and whether it counts.
CREATE FUNCTION standing_reviews(of_claim bigint, of_digest text)
RETURNS TABLE (review_id bigint, reviewer_id integer, decision text, counts boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (r.reviewer_id) r.id, r.reviewer_id, r.decision::text,
    r.decision = 'request_changes' OR u.is_active AND NOT contributes(of_claim, r.reviewer_id)
  FROM claims_review r JOIN auth_user u ON u.id = r.reviewer_id
  WHERE r.claim_id = of_claim AND r.digest = of_digest AND r.decision <> 'comment'
  ORDER BY r.reviewer_id, r.id DESC
$$;

-- Why this content cannot be published yet; NULL when nothing stands in the way.
CREATE FUNCTION why_not_publishable(of_claim bigint, of_digest text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  submitted text;
  approvals integer;
  needed integer;
BEGIN
  SELECT digest INTO submitted FROM claims_move
    WHERE claim_id = of_claim AND action = 'submit' ORDER BY id DESC LIMIT 1;
  IF submitted IS DISTINCT FROM of_digest THEN
    RETURN 'The content is not what was submitted for review. Take the claim back and submit it '
      'again.';
  END IF;
  PERFORM FROM standing_reviews(of_claim, of_digest) WHERE decision = 'request_changes';
  IF FOUND THEN
    RETURN 'A reviewer has requested changes to exactly this content.';
  END IF;
  SELECT count(*) INTO approvals FROM standing_reviews(of_claim, of_digest)
    WHERE decision = 'approve' AND counts;
  SELECT approvals_needed(harm) INTO needed FROM claims_claim WHERE id = of_claim;
  IF approvals < needed THEN
    RETURN format('This content has %s of %s approvals by people who did not contribute to it.',
                  approvals, needed);
  END IF;
  RETURN NULL;
END $$;
"""

CLAIM = """
CREATE FUNCTION guard_claim() RETURNS trigger
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
  ELSIF NEW IS DISTINCT FROM OLD AND OLD.state <> 'draft' THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'This claim is %s: take it back or revise it before you change it.',
      replace(OLD.state, '_', ' '));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION record_contribution() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW IS DISTINCT FROM OLD AND NEW.state = OLD.state THEN
    INSERT INTO claims_contribution (claim_id, user_id, edition, first_change, at)
    VALUES (NEW.id, acting_user(), coming_edition(NEW.ref), TG_TABLE_NAME, clock_timestamp())
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

-- Rows that belong to one claim. The claim's row is locked, so that nothing changes while it is
-- submitted, reviewed or published.
CREATE FUNCTION guard_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who integer := acting_user();
  part record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  parent claims_claim;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    ELSIF NEW.claim_id <> OLD.claim_id THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'What belongs to one claim cannot be moved to another.';
    END IF;
  END IF;
  SELECT * INTO STRICT parent FROM claims_claim WHERE id = part.claim_id FOR UPDATE;
  IF parent.state <> 'draft' THEN
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

-- A translation is reviewed in one's own name, for the words that stand there: when somebody
-- else changes them, the review goes; who changes them and vouches for them keeps it.
CREATE FUNCTION keep_translation_reviewed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.reviewed_by_id IS NULL OR NEW.reviewed_by_id = acting_user() THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' OR NEW.reviewed_by_id IS DISTINCT FROM OLD.reviewed_by_id THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'A translation is reviewed in one''s own name.';
  ELSIF (NEW.text, NEW.rationale, NEW.language)
     IS DISTINCT FROM (OLD.text, OLD.rationale, OLD.language) THEN
    NEW.reviewed_by_id := NULL;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION assessment_axes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT axis FROM claims_verificationstatus WHERE id = NEW.attribution_id) <> 'attribution'
  OR (SELECT axis FROM claims_verificationstatus WHERE id = NEW.finding_id) <> 'content' THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'Each question is answered with a status of its own.';
  END IF;
  RETURN NEW;
END $$;

-- Rows that many claims cite. Whoever changes one has contributed to every claim that cites it.
CREATE FUNCTION record_citing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change record;
  agents bigint[] := '{}';
  sources bigint[] := '{}';
  events bigint[] := '{}';
BEGIN
  IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NULL;
  END IF;
  FOR change IN
    SELECT to_jsonb(NEW) AS fields WHERE TG_OP <> 'DELETE'
    UNION ALL SELECT to_jsonb(OLD) WHERE TG_OP <> 'INSERT'
  LOOP
    CASE TG_TABLE_NAME
    WHEN 'sources_agent' THEN agents := agents || (change.fields ->> 'id')::bigint;
    WHEN 'sources_source' THEN sources := sources || (change.fields ->> 'id')::bigint;
    WHEN 'claims_event' THEN events := events || (change.fields ->> 'id')::bigint;
    WHEN 'sources_derivation' THEN
      sources := sources || (change.fields ->> 'child_id')::bigint
                         || (change.fields ->> 'parent_id')::bigint;
    ELSE agents := agents || (change.fields ->> 'agent_id')::bigint;
    END CASE;
  END LOOP;
  sources := sources || ARRAY(
    SELECT id FROM sources_source WHERE publisher_id = ANY (agents) OR author_id = ANY (agents));
  sources := sources || ARRAY(
    SELECT child_id FROM sources_derivation WHERE parent_id = ANY (sources));
  INSERT INTO claims_contribution (claim_id, user_id, edition, first_change, at)
  SELECT claims_claim.id, acting_user(), coming_edition(claims_claim.ref), TG_TABLE_NAME,
         clock_timestamp()
  FROM claims_claim JOIN (
    SELECT id FROM claims_claim
      WHERE claimant_id = ANY (agents) OR on_behalf_of_id = ANY (agents) OR event_id = ANY (events)
    UNION SELECT claim_id FROM claims_evidence WHERE source_id = ANY (sources)
    UNION SELECT claim_id FROM claims_replyrequest WHERE party_id = ANY (agents)
  ) AS citing USING (id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER claim_1_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_claim
  FOR EACH ROW EXECUTE FUNCTION guard_claim();
CREATE TRIGGER claim_2_kept BEFORE UPDATE ON claims_claim
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref', 'created_by_id', 'created_at');
CREATE TRIGGER claim_3_own_name BEFORE INSERT ON claims_claim
  FOR EACH ROW EXECUTE FUNCTION own_name('created_by_id');
CREATE TRIGGER contribution AFTER INSERT OR UPDATE ON claims_claim
  FOR EACH ROW EXECUTE FUNCTION record_contribution();

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_evidence
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER kept BEFORE UPDATE ON claims_evidence
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref');
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_figure
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER kept BEFORE UPDATE ON claims_figure
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref');
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_relation
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_replyrequest
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON claims_translation
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER kept BEFORE UPDATE ON claims_translation
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'created_by_id');
CREATE TRIGGER reviewed BEFORE INSERT OR UPDATE ON claims_translation
  FOR EACH ROW EXECUTE FUNCTION keep_translation_reviewed();
CREATE TRIGGER own_name BEFORE INSERT ON claims_translation
  FOR EACH ROW EXECUTE FUNCTION own_name('created_by_id');
CREATE TRIGGER guard BEFORE INSERT ON claims_assessment
  FOR EACH ROW EXECUTE FUNCTION guard_part();
CREATE TRIGGER axes BEFORE INSERT ON claims_assessment
  FOR EACH ROW EXECUTE FUNCTION assessment_axes();
CREATE TRIGGER own_name BEFORE INSERT ON claims_assessment
  FOR EACH ROW EXECUTE FUNCTION own_name('assessed_by_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_assessment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON claims_event
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER kept BEFORE UPDATE ON claims_event
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref');
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON claims_assignment
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON claims_verificationstatus
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();

CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON claims_event
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON sources_agent
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON sources_agentname
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON sources_affiliation
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT ON sources_reliabilityrating
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON sources_source
  FOR EACH ROW EXECUTE FUNCTION record_citing();
CREATE TRIGGER citing AFTER INSERT OR UPDATE OR DELETE ON sources_derivation
  FOR EACH ROW EXECUTE FUNCTION record_citing();
"""

REVIEW = """
-- A review and a publication lock the same claim, so that an objection and a publication can
-- never both succeed.
CREATE FUNCTION guard_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  claim claims_claim;
  submitted text;
BEGIN
  NEW.at := clock_timestamp();
  SELECT * INTO STRICT claim FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
  IF NEW.decision = 'comment' THEN
    RETURN NEW;
  END IF;
  IF claim.state NOT IN ('in_review', 'approved') THEN
    RAISE integrity_constraint_violation USING MESSAGE = format(
      'This claim is %s, not in review.', replace(claim.state, '_', ' '));
  END IF;
  SELECT digest INTO submitted FROM claims_move
    WHERE claim_id = NEW.claim_id AND action = 'submit' ORDER BY id DESC LIMIT 1;
  IF NEW.digest IS DISTINCT FROM submitted THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'The content is not what was submitted for review. Take the claim back and submit it again.';
  END IF;
  IF NEW.decision = 'approve' AND contributes(NEW.claim_id, NEW.reviewer_id) THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'You contributed to this claim since its last edition: somebody else has to approve it.';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  claim claims_claim;
  latest editions_edition;
  refusal text;
BEGIN
  NEW.at := clock_timestamp();
  SELECT * INTO STRICT claim FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
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
    SELECT * INTO latest FROM editions_edition
      WHERE ref = claim.ref ORDER BY number DESC LIMIT 1;
    IF latest.number IS DISTINCT FROM NEW.edition OR latest.digest IS DISTINCT FROM NEW.digest
    OR (latest.kind = 'retracted') IS DISTINCT FROM (NEW.action = 'retract') THEN
      RAISE integrity_constraint_violation USING MESSAGE = 'There is no edition behind this move.';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION carry_out_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE claims_claim SET state = NEW.to_state WHERE id = NEW.claim_id;
  RETURN NULL;
END $$;

-- The gate to the public record.
CREATE FUNCTION gate_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  claim claims_claim;
  latest editions_edition;
  content jsonb := NEW.content::jsonb;
  refusal text;
BEGIN
  PERFORM acting_user();
  SELECT * INTO claim FROM claims_claim WHERE ref = NEW.ref FOR UPDATE;
  IF NOT FOUND THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'There is no such claim on the desk.';
  END IF;
  SELECT * INTO latest FROM editions_edition WHERE ref = NEW.ref ORDER BY number DESC LIMIT 1;

  IF NEW.kind = 'retracted' THEN
    -- A withdrawal is one person's to make, so it can say why and nothing else that is new.
    IF latest.number IS NULL OR latest.kind = 'retracted' THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'Only what is published can be retracted.';
    END IF;
    IF content - ARRAY['schema', 'ref', 'reason', 'citation'] <> '{}'
    OR coalesce(content ->> 'reason', '') !~ '\\S'
    OR content #>> '{citation,digest}' IS DISTINCT FROM latest.digest
    OR content #>> '{citation,statement}'
       IS DISTINCT FROM latest.content::jsonb ->> 'statement' THEN
      RAISE integrity_constraint_violation USING MESSAGE =
        'A retraction keeps the citation of the last edition and gives a reason, nothing else.';
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
  RETURN NEW;
END $$;

CREATE FUNCTION edition_has_its_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM claims_move JOIN claims_claim ON claims_claim.id = claims_move.claim_id
    WHERE claims_claim.ref = NEW.ref AND claims_move.edition = NEW.number;
  IF NOT FOUND THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'An edition is published by a recorded move only.';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER review_1_own_name BEFORE INSERT ON claims_review
  FOR EACH ROW EXECUTE FUNCTION own_name('reviewer_id');
CREATE TRIGGER review_2_guard BEFORE INSERT ON claims_review
  FOR EACH ROW EXECUTE FUNCTION guard_review();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_review
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER move_1_own_name BEFORE INSERT ON claims_move
  FOR EACH ROW EXECUTE FUNCTION own_name('by_id');
CREATE TRIGGER move_2_guard BEFORE INSERT ON claims_move
  FOR EACH ROW EXECUTE FUNCTION guard_move();
CREATE TRIGGER carried_out AFTER INSERT ON claims_move
  FOR EACH ROW EXECUTE FUNCTION carry_out_move();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_move
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_contribution
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_1_gate BEFORE INSERT ON editions_edition
  FOR EACH ROW EXECUTE FUNCTION gate_edition();
CREATE CONSTRAINT TRIGGER edition_has_its_move AFTER INSERT ON editions_edition
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION edition_has_its_move();
"""

BACKWARDS = """
DROP TRIGGER edition_has_its_move ON editions_edition;
DROP TRIGGER edition_1_gate ON editions_edition;
DROP TRIGGER append_only ON claims_contribution;
DROP TRIGGER append_only ON claims_move;
DROP TRIGGER append_only ON claims_review;
DROP TRIGGER append_only ON claims_assessment;
DROP TRIGGER axes ON claims_assessment;
DROP TRIGGER actor ON claims_event;
DROP TRIGGER actor ON claims_assignment;
DROP TRIGGER actor ON claims_verificationstatus;
DROP TRIGGER kept ON claims_event;
DROP TRIGGER kept ON claims_evidence;
DROP TRIGGER kept ON claims_figure;
DROP TRIGGER kept ON claims_translation;
DROP TRIGGER own_name ON claims_translation;
DROP TRIGGER own_name ON claims_assessment;
DROP TRIGGER claim_2_kept ON claims_claim;
DROP TRIGGER claim_3_own_name ON claims_claim;
DROP TRIGGER review_1_own_name ON claims_review;
DROP TRIGGER move_1_own_name ON claims_move;
DROP FUNCTION guard_claim() CASCADE;
DROP FUNCTION record_contribution() CASCADE;
DROP FUNCTION guard_part() CASCADE;
DROP FUNCTION assessment_axes() CASCADE;
DROP FUNCTION keep_translation_reviewed() CASCADE;
DROP FUNCTION record_citing() CASCADE;
DROP FUNCTION guard_review() CASCADE;
DROP FUNCTION guard_move() CASCADE;
DROP FUNCTION carry_out_move() CASCADE;
DROP FUNCTION gate_edition() CASCADE;
DROP FUNCTION edition_has_its_move() CASCADE;
DROP FUNCTION why_not_publishable(bigint, text);
DROP FUNCTION standing_reviews(bigint, text);
DROP FUNCTION approvals_needed(text);
DROP FUNCTION contributes(bigint, integer);
DROP FUNCTION coming_edition(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_verification_statuses"),
        ("editions", "0002_a_record_without_gaps"),
        ("sources", "0002_every_change_has_an_author"),
    ]

    operations = [migrations.RunSQL(QUESTIONS + CLAIM + REVIEW, BACKWARDS)]
