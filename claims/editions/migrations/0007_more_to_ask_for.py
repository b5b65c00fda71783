"""What partners can ask the list of claims for: marks and ranges beside terms and words.

The new columns begin empty: `rebuild_published` fills them, and is called where a release begins on
the tables of an earlier one.
"""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Goes through the record from one end as `find_claims` does, by the place of the latest edition or
# of the first one. Of each group of terms and of marks, one must stand on the claim; what is in a
# coarse step of a range and not in the range is held against the row. Moments become parts of the
# record: numbers are given in the order of time, but for a clock that was set back. Steps grow while
# they are quick and shrink when they are not, so that time is never up by much.
NARROW = """
CREATE FUNCTION narrow_claims(asked tsquery, wanted jsonb, marked jsonb, limits jsonb,
  by_first boolean, upwards boolean, beyond bigint, until bigint, enough integer, ranked boolean,
  patience integer)
RETURNS TABLE (ref varchar, place bigint, likeness real, reached bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
ROWS 50 SET enable_seqscan = off SET jit = off AS $$
DECLARE
  began CONSTANT timestamptz := clock_timestamp();
  era_size CONSTANT bigint := 2048;
  age_size CONSTANT bigint := 16 * era_size;
  -- By no more than this has the clock of the record ever been set back.
  set_back CONSTANT interval := interval '1 hour';
  newest CONSTANT bigint := (SELECT last_sequence FROM editions_ledger);
  -- What is asked for lies above the first of these places and below the second.
  lowest bigint := -1;
  highest bigint := newest + 1;
  since timestamptz;
  before timestamptz;
  oldest bigint;
  last bigint;
  column_of_place text := CASE WHEN by_first THEN 'first_sequence' ELSE 'sequence' END;
  conditions text := '';
  figure jsonb := limits -> 'figure';
  statement text;
  era bigint;
  lowest_era bigint;
  highest_era bigint;
  step bigint := 1;
  step_began timestamptz := began;
  took interval;
  eras text[];
  found bigint;
  missing bigint := enough;
BEGIN
  SELECT coalesce(string_agg(format(' AND %I && %L::text[]', side,
      ARRAY(SELECT jsonb_array_elements_text(choices))), ''), '')
    INTO conditions
    FROM (SELECT 'terms' AS side, jsonb_array_elements(wanted) AS choices
      UNION ALL SELECT 'marks', jsonb_array_elements(marked)) AS groups;

  FOR side IN 0..1 LOOP  -- the latest edition, and the first one
    since := (limits ->> CASE side WHEN 0 THEN 'updated_since' ELSE 'published_since' END);
    before := (limits ->> CASE side WHEN 0 THEN 'updated_until' ELSE 'published_until' END);
    CONTINUE WHEN since IS NULL AND before IS NULL;
    oldest := coalesce((SELECT sequence FROM editions_edition
      WHERE published_at < since - set_back ORDER BY published_at DESC LIMIT 1), -1);
    last := coalesce((SELECT sequence FROM editions_edition
      WHERE published_at > before + set_back ORDER BY published_at LIMIT 1), newest + 1);
    IF by_first = (side = 1) THEN
      lowest := greatest(lowest, oldest);
      highest := least(highest, last);
    ELSE
      IF side = 1 THEN lowest := greatest(lowest, oldest);  -- no latest edition is before the first
      ELSE highest := least(highest, last); END IF;
      IF side = 0 THEN
        SELECT array_agg('age=' || one) INTO eras
          FROM generate_series(greatest(oldest, 0) / age_size, last / age_size) AS one;
      ELSE  -- whole ages, and eras at both ends
        lowest_era := greatest(oldest, 0) / era_size;
        highest_era := last / era_size;
        SELECT array_agg('first-age=' || one) INTO eras
          FROM generate_series((lowest_era + 15) / 16, (highest_era + 1) / 16 - 1) AS one;
        SELECT coalesce(eras, '{}') || array_agg('first=' || one) INTO eras
          FROM (SELECT generate_series(lowest_era,
                  least((lowest_era + 15) / 16 * 16 - 1, highest_era)) AS one
                UNION SELECT generate_series(
                  greatest((highest_era + 1) / 16 * 16, lowest_era), highest_era)) AS ends;
      END IF;
      conditions := conditions || format(' AND marks && %L::text[]', coalesce(eras, '{}'));
    END IF;
    conditions := conditions || CASE WHEN since IS NULL THEN '' ELSE format(' AND %I >= %L',
        CASE side WHEN 0 THEN 'published_at' ELSE 'first_published_at' END, since) END
      || CASE WHEN before IS NULL THEN '' ELSE format(' AND %I <= %L',
        CASE side WHEN 0 THEN 'published_at' ELSE 'first_published_at' END, before) END;
  END LOOP;

  IF limits ? 'made_from' THEN
    conditions := conditions || format(' AND made_to >= %L::date', limits ->> 'made_from');
  END IF;
  IF limits ? 'made_to' THEN
    conditions := conditions || format(' AND made_from <= %L::date', limits ->> 'made_to');
  END IF;
  IF limits ? 'origins' THEN
    conditions := conditions || format(' AND origins >= %L::numeric', limits ->> 'origins');
  END IF;
  IF figure IS NOT NULL THEN
    conditions := conditions || format(
      ' AND EXISTS (SELECT FROM jsonb_array_elements(figures) AS one
          WHERE one ->> 0 = %L AND coalesce(one ->> 1, one ->> 2) IS NOT NULL
            AND coalesce((one ->> 2)::numeric >= %L::numeric, true)
            AND coalesce((one ->> 1)::numeric <= %L::numeric, true))',
      figure ->> 0, figure ->> 1, figure ->> 2);
  END IF;
  IF limits ? 'box' THEN
    conditions := conditions || (
      SELECT format(' AND box[2] <= %L::float8 AND box[4] >= %L::float8 AND (%s)',
          limits -> 'box' -> 0 ->> 3, limits -> 'box' -> 0 ->> 1,
          string_agg(format('CASE WHEN box[1] <= box[3]
              THEN box[1] <= %2$L::float8 AND box[3] >= %1$L::float8
              ELSE box[1] <= %2$L::float8 OR box[3] >= %1$L::float8 END',
            part ->> 0, part ->> 2), ' OR '))
      FROM jsonb_array_elements(limits -> 'box') AS part);
  END IF;

  statement := format(
    'SELECT ref, place, %s, NULL::bigint FROM (
       SELECT ref, %I AS place, words FROM editions_publishedtext
       WHERE %s && $1 %s %s AND %I > $3 AND %I < $4
       ORDER BY place %s LIMIT $5 OFFSET 0) AS matched',
    CASE WHEN ranked AND asked IS NOT NULL THEN 'ts_rank(words, $2, 1)' ELSE '0::real' END,
    column_of_place,
    CASE WHEN by_first THEN 'marks' ELSE 'terms' END,
    conditions,
    CASE WHEN asked IS NULL THEN ''
      -- What only says what must not stand there is of no use to the index.
      WHEN querytree(asked) IN ('', 'T') THEN 'AND (words @@ $2) IS TRUE'
      ELSE 'AND words @@ $2' END,
    column_of_place, column_of_place,
    CASE WHEN upwards THEN 'ASC' ELSE 'DESC' END);

  lowest := greatest(lowest, coalesce(until, -1), CASE WHEN upwards THEN beyond ELSE -1 END);
  highest := least(highest, CASE WHEN upwards THEN NULL ELSE beyond END);
  lowest_era := (lowest + 1) / era_size;
  highest_era := (highest - 1) / era_size;
  era := CASE WHEN upwards THEN lowest_era ELSE highest_era END;
  WHILE missing > 0 AND highest > lowest + 1 AND era BETWEEN lowest_era AND highest_era LOOP
    SELECT array_agg(CASE WHEN by_first THEN 'first=' ELSE 'era=' END || one) INTO eras
      FROM generate_series(
        CASE WHEN upwards THEN era ELSE greatest(era - step + 1, lowest_era) END,
        CASE WHEN upwards THEN least(era + step - 1, highest_era) ELSE era END) AS one;
    RETURN QUERY EXECUTE statement USING eras, asked, lowest, highest, missing;
    GET DIAGNOSTICS found = ROW_COUNT;
    missing := missing - found;
    era := CASE WHEN upwards THEN era + step ELSE era - step END;
    took := clock_timestamp() - step_began;
    step := CASE WHEN took < interval '8 milliseconds' THEN least(step * 2, 64)
      WHEN took > interval '20 milliseconds' THEN greatest(step / 2, 1) ELSE step END;
    step_began := clock_timestamp();
    IF missing > 0 AND era BETWEEN lowest_era AND highest_era
       AND clock_timestamp() > began + patience * interval '1 millisecond' THEN
      RETURN QUERY SELECT NULL::varchar, NULL::bigint, NULL::real,
        CASE WHEN upwards THEN era * era_size - 1 ELSE (era + 1) * era_size END;
      EXIT;
    END IF;
  END LOOP;
END $$;
"""
UNDO = """
DROP FUNCTION narrow_claims(tsquery, jsonb, jsonb, jsonb, boolean, boolean, bigint, bigint,
  integer, boolean, integer)
"""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # until the rows are made anew


def added(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField("publishedtext", name, field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("editions", "0006_the_desks_own_pages")]

    operations = [
        migrations.RemoveIndex("publishedtext", "published_text"),
        added("marks", ArrayField(models.TextField(), default=list)),
        added("first_sequence", models.BigIntegerField(default=0)),
        added("first_published_at", models.DateTimeField(default=NEVER)),
        added("published_at", models.DateTimeField(default=NEVER)),
        added("made_from", models.DateField(null=True)),
        added("made_to", models.DateField(null=True)),
        added("origins", models.IntegerField(default=0)),
        added("figures", models.JSONField(default=list)),
        added("box", ArrayField(models.FloatField(), null=True)),
        migrations.AddIndex(
            "publishedtext",
            GinIndex(fields=["terms", "words", "marks"], name="published_text", fastupdate=False),
        ),
        migrations.AddIndex(
            "edition", models.Index(fields=["published_at"], name="edition_by_moment")
        ),
        migrations.RunSQL(NARROW, UNDO),
    ]
