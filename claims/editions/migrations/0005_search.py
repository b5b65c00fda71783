"""An index of the record: words with their stems, facets, and every word that is written."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# pg_trgm is used by the desk too, so that going back leaves it.
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"

# Stems of a text, by its language; of languages that are not listed, nothing. Words come folded
# (claims/editions/folding.py). The Arabic stemmer leaves the article on short words.
STEMS = r"""
CREATE FUNCTION stems_of(language text, folded text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE split_part(language, '-', 1)
    WHEN 'en' THEN to_tsvector('pg_catalog.english', folded)
    WHEN 'fr' THEN to_tsvector('pg_catalog.french', folded)
    WHEN 'ar' THEN to_tsvector('pg_catalog.arabic',
      regexp_replace(folded, '(^| )[وفبك]?ال([^ ]{3,})', '\1\2', 'g'))
    WHEN 'es' THEN to_tsvector('pg_catalog.spanish', folded)
    WHEN 'pt' THEN to_tsvector('pg_catalog.portuguese', folded)
    WHEN 'de' THEN to_tsvector('pg_catalog.german', folded)
    WHEN 'ru' THEN to_tsvector('pg_catalog.russian', folded)
    WHEN 'tr' THEN to_tsvector('pg_catalog.turkish', folded)
    ELSE ''::tsvector END;
END $$;
"""

# A bar between two texts keeps a phrase from beginning in one and ending in the next.
WORDS = """
CREATE FUNCTION words_of_texts(texts jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  one jsonb;
  weight "char";
  spelled tsvector := '';
  stems tsvector := '';
BEGIN
  FOR one IN SELECT jsonb_array_elements(texts) LOOP
    weight := one ->> 0;
    spelled := spelled || setweight(to_tsvector('simple', one ->> 2), weight) || '''|'':1';
    stems := stems || setweight(stems_of(one ->> 1, one ->> 2), weight);
  END LOOP;
  RETURN ts_delete(spelled || stems, '|');
END $$;
"""

# What is known of the words somebody asks for: the lexemes that each may stand for, whether it is
# one of those small words that every text has, in how many claims it stands as it is spelled, and,
# where that is hardly any, the words that are spelled like it.
ASKED = """
CREATE FUNCTION asked_words(asked text[], outlines text[])
RETURNS TABLE (word text, lexemes text[], small boolean, claims integer, near jsonb)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.word,
    ARRAY(SELECT a.word UNION SELECT unnest(tsvector_to_array(stems_of(language, a.word)))
          FROM unnest(ARRAY['en', 'fr', 'ar', 'es', 'pt', 'de', 'ru', 'tr']) AS language),
    EXISTS (SELECT FROM unnest(ARRAY['en', 'fr', 'ar', 'es', 'pt', 'de']) AS language
            WHERE stems_of(language, a.word) = ''),
    coalesce(known.claims, 0),
    CASE WHEN coalesce(known.claims, 0) < 3 AND a.word !~ '^[0-9]+$' THEN (
      SELECT jsonb_agg(jsonb_build_array(n.word, n.claims) ORDER BY n.likeness DESC, n.word)
      FROM (SELECT w.word, w.claims, similarity(w.outline, a.outline) AS likeness
            FROM editions_publishedword w WHERE w.outline % a.outline AND w.word <> a.word
            ORDER BY likeness DESC, w.word LIMIT 12) AS n
    ) END
  FROM unnest(asked, outlines) WITH ORDINALITY AS a (word, outline, n)
  LEFT JOIN editions_publishedword known ON known.word = a.word
  ORDER BY a.n
$$;
"""

# Goes through the record from one end, era by era, and stops when it has found enough, when there
# is nothing left, or when its time is up: `reached` is then where it stopped. Each step is one
# look into one index, which finds what is in these eras AND has these facets AND these words.
FIND = """
CREATE FUNCTION find_claims(asked tsquery, wanted text[], beyond bigint, upwards boolean,
  enough integer, ranked boolean)
RETURNS TABLE (ref varchar, sequence bigint, terms text[], likeness real, reached bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
ROWS 2000 SET enable_seqscan = off SET jit = off AS $$
DECLARE
  began CONSTANT timestamptz := clock_timestamp();
  era_size CONSTANT bigint := 2048;
  newest CONSTANT bigint := (SELECT last_sequence FROM editions_ledger) / era_size;
  era bigint := CASE WHEN upwards THEN (coalesce(beyond, 0) + 1) / era_size
    ELSE least(coalesce((beyond - 1) / era_size, newest), newest) END;
  step bigint := 1;
  eras text[];
  found bigint;
  missing bigint := enough;
BEGIN
  WHILE missing > 0 AND era BETWEEN 0 AND newest LOOP
    SELECT array_agg('era=' || one) INTO eras FROM generate_series(
      CASE WHEN upwards THEN era ELSE greatest(era - step + 1, 0) END,
      CASE WHEN upwards THEN least(era + step - 1, newest) ELSE era END) AS one;
    RETURN QUERY EXECUTE format(
      'SELECT ref, sequence, terms, %s, NULL::bigint FROM (
         SELECT ref, sequence, terms, words FROM editions_publishedtext
         WHERE terms && $1 AND terms @> $2 %s AND sequence %s $4
         ORDER BY sequence %s LIMIT $5 OFFSET 0) AS matched',
      CASE WHEN ranked AND asked IS NOT NULL THEN 'ts_rank(words, $3, 1)' ELSE '0::real' END,
      CASE WHEN asked IS NULL THEN ''
        -- What only says what must not stand there is of no use to the index.
        WHEN querytree(asked) IN ('', 'T') THEN 'AND (words @@ $3) IS TRUE'
        ELSE 'AND words @@ $3' END,
      CASE WHEN upwards THEN '>' ELSE '<' END,
      CASE WHEN upwards THEN 'ASC' ELSE 'DESC' END)
    USING eras, wanted, asked,
      coalesce(beyond, CASE WHEN upwards THEN 0 ELSE 9223372036854775807 END), missing;
    GET DIAGNOSTICS found = ROW_COUNT;
    missing := missing - found;
    era := CASE WHEN upwards THEN era + step ELSE era - step END;
    step := least(step * 2, 64);
    IF missing > 0 AND era BETWEEN 0 AND newest
       AND clock_timestamp() > began + interval '150 milliseconds' THEN
      RETURN QUERY SELECT NULL::varchar, NULL::bigint, NULL::text[], NULL::real,
        CASE WHEN upwards THEN era * era_size - 1 ELSE (era + 1) * era_size END;
      EXIT;
    END IF;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_agents_and_sources")]

    operations = [
        migrations.RunSQL(EXTENSION, migrations.RunSQL.noop),
        migrations.RunSQL(STEMS, "DROP FUNCTION stems_of(text, text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION words_of_texts(jsonb)"),
        migrations.CreateModel(
            name="PublishedText",
            fields=[
                ("ref", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("texts", models.JSONField()),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("texts"), function="words_of_texts"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["terms", "words"], name="published_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("outline", models.TextField()),
                ("claims", models.IntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("outline", "gin_trgm_ops"),
                        name="published_word_outline",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claims__gt", 0)),
                        name="published_word_is_written",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("kind__in", ["retracted", "merged", "corrected"])),
                fields=["-sequence"],
                name="edition_corrections",
            ),
        ),
        migrations.RunSQL(ASKED, "DROP FUNCTION asked_words(text[], text[])"),
        migrations.RunSQL(
            FIND,
            "DROP FUNCTION find_claims(tsquery, text[], bigint, boolean, integer, boolean)",
        ),
    ]
