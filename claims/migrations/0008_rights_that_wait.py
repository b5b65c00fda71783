"""Who was given which right is recorded, and a new right to review waits."""

from django.db import migrations, models

FORWARDS = """
-- The declared actor, or NULL where somebody works from a shell without declaring one.
CREATE FUNCTION declared_user() RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id FROM auth_user
  WHERE id::text = current_setting('factcheck.actor', true)
$$;

CREATE FUNCTION note_role(who integer, what text, given boolean) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO claims_rolechange (user_id, role, granted, by_id, at)
  VALUES (who, left(what, 150), given, declared_user(), clock_timestamp())
$$;

CREATE FUNCTION record_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM note_role(NEW.id, 'account', NEW.is_active);
    IF NEW.is_staff THEN PERFORM note_role(NEW.id, 'staff', true); END IF;
    IF NEW.is_superuser THEN PERFORM note_role(NEW.id, 'superuser', true); END IF;
    RETURN NULL;
  END IF;
  IF NEW.is_active <> OLD.is_active THEN
    PERFORM note_role(NEW.id, 'account', NEW.is_active);
  END IF;
  IF NEW.is_staff <> OLD.is_staff THEN
    PERFORM note_role(NEW.id, 'staff', NEW.is_staff);
  END IF;
  IF NEW.is_superuser <> OLD.is_superuser THEN
    PERFORM note_role(NEW.id, 'superuser', NEW.is_superuser);
  END IF;
  -- One's own new password, and one that came by mail, are nobody else's doing.
  IF NEW.password <> OLD.password AND declared_user() <> NEW.id THEN
    PERFORM note_role(NEW.id, 'password', true);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION record_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_role(OLD.user_id, name, false) FROM auth_group WHERE id = OLD.group_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_role(NEW.user_id, name, true) FROM auth_group WHERE id = NEW.group_id;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION permission_name(of_permission integer) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT app_label || '.' || codename
  FROM auth_permission JOIN django_content_type ON django_content_type.id = content_type_id
  WHERE auth_permission.id = of_permission
$$;

CREATE FUNCTION record_permission() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_role(OLD.user_id, permission_name(OLD.permission_id), false);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_role(NEW.user_id, permission_name(NEW.permission_id), true);
  END IF;
  RETURN NULL;
END $$;

-- A role that is given the right to review gives it to all who have the role.
CREATE FUNCTION record_right_of_group() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF permission_name(NEW.permission_id) = 'claims.review_claim' THEN
    PERFORM note_role(user_id, name, true)
    FROM auth_user_groups JOIN auth_group ON auth_group.id = group_id
    WHERE group_id = NEW.group_id;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION record_factor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  factor record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF factor.type <> 'recovery_codes' THEN
    PERFORM note_role(factor.user_id, 'second factor', TG_OP = 'INSERT');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER account_recorded AFTER INSERT OR UPDATE ON auth_user
  FOR EACH ROW EXECUTE FUNCTION record_account();
CREATE TRIGGER membership_recorded AFTER INSERT OR UPDATE OR DELETE ON auth_user_groups
  FOR EACH ROW EXECUTE FUNCTION record_membership();
CREATE TRIGGER permission_recorded AFTER INSERT OR UPDATE OR DELETE ON auth_user_user_permissions
  FOR EACH ROW EXECUTE FUNCTION record_permission();
CREATE TRIGGER right_recorded AFTER INSERT OR UPDATE ON auth_group_permissions
  FOR EACH ROW EXECUTE FUNCTION record_right_of_group();
CREATE TRIGGER factor_recorded AFTER INSERT OR DELETE ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION record_factor();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_rolechange
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Since when this account has been open, in its holder's hands, and allowed to review. What was
-- so before changes were recorded has been so for ever.
CREATE FUNCTION reviews_since(who integer) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH way AS (
    SELECT 'superuser' AS role FROM auth_user WHERE id = who AND is_superuser
    UNION SELECT auth_group.name FROM auth_user_groups member
      JOIN auth_group ON auth_group.id = member.group_id
      JOIN auth_group_permissions gives ON gives.group_id = member.group_id
      WHERE member.user_id = who AND permission_name(gives.permission_id) = 'claims.review_claim'
    UNION SELECT 'claims.review_claim' FROM auth_user_user_permissions given
      WHERE given.user_id = who AND permission_name(given.permission_id) = 'claims.review_claim'
  )
  SELECT greatest(
    '-infinity',
    (SELECT max(at) FROM claims_rolechange WHERE user_id = who AND role = 'account' AND granted),
    (SELECT max(at) FROM claims_rolechange WHERE user_id = who AND by_id IS DISTINCT FROM who
       AND (role = 'password' OR role = 'second factor' AND NOT granted)),
    (SELECT min(coalesce(
       (SELECT max(at) FROM claims_rolechange given
        WHERE given.user_id = who AND given.role = way.role AND given.granted), '-infinity'))
     FROM way)
  )
$$;

-- From when on this account may approve: as long after that as the desk's rule says.
CREATE FUNCTION approves_from(who integer) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE wait WHEN '0' THEN '-infinity' ELSE reviews_since(who) + wait END
  FROM (SELECT coalesce((SELECT approval_wait FROM claims_deskrule), '24 hours') AS wait) AS rule
$$;

CREATE OR REPLACE FUNCTION standing_reviews(of_claim bigint, of_digest text)
RETURNS TABLE (review_id bigint, reviewer_id integer, decision text, counts boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (r.reviewer_id) r.id, r.reviewer_id, r.decision::text,
    r.decision = 'request_changes' OR u.is_active AND NOT contributes(of_claim, r.reviewer_id)
      AND approves_from(r.reviewer_id) <= r.at
  FROM claims_review r JOIN auth_user u ON u.id = r.reviewer_id
  WHERE r.claim_id = of_claim AND r.digest = of_digest AND r.decision <> 'comment'
  ORDER BY r.reviewer_id, r.id DESC
$$;
"""

GUARD = """
CREATE OR REPLACE FUNCTION guard_review() RETURNS trigger
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
  -- and waits --
  RETURN NEW;
END $$;
"""

WAITS = """
  IF NEW.decision = 'approve' AND approves_from(NEW.reviewer_id) > NEW.at THEN
    RAISE integrity_constraint_violation USING
      MESSAGE = 'Your account or your right to review is new: you may approve from %(moment)s on.',
      DETAIL = json_build_object('moment', approves_from(NEW.reviewer_id));
  END IF;
"""

BACKWARDS = """
CREATE OR REPLACE FUNCTION standing_reviews(of_claim bigint, of_digest text)
RETURNS TABLE (review_id bigint, reviewer_id integer, decision text, counts boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (r.reviewer_id) r.id, r.reviewer_id, r.decision::text,
    r.decision = 'request_changes' OR u.is_active AND NOT contributes(of_claim, r.reviewer_id)
  FROM claims_review r JOIN auth_user u ON u.id = r.reviewer_id
  WHERE r.claim_id = of_claim AND r.digest = of_digest AND r.decision <> 'comment'
  ORDER BY r.reviewer_id, r.id DESC
$$;
DROP FUNCTION approves_from(integer);
DROP FUNCTION reviews_since(integer);
DROP TRIGGER append_only ON claims_rolechange;
DROP FUNCTION record_factor() CASCADE;
DROP FUNCTION record_right_of_group() CASCADE;
DROP FUNCTION record_permission() CASCADE;
DROP FUNCTION record_membership() CASCADE;
DROP FUNCTION record_account() CASCADE;
DROP FUNCTION permission_name(integer);
DROP FUNCTION note_role(integer, text, boolean);
DROP FUNCTION declared_user();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("claims", "0007_merging_and_splitting"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedTries",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField()),
                ("last", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "claims_remembered"},
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(GUARD.replace("-- and waits --", WAITS.strip()), GUARD),
    ]
