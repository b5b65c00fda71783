-- The facts of a database that the record relies on, one line each. %(app)s is the application's role.
-- Owners are named by their part: "owner" is whoever owns the table of migrations.
WITH app AS (
    SELECT * FROM pg_roles WHERE rolname = %(app)s
), owner AS (
    SELECT relowner AS oid FROM pg_class WHERE oid = 'public.django_migrations'::regclass
), relation AS (
    SELECT c.* FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
), part AS (
    SELECT r.oid, CASE WHEN r.oid = app.oid THEN 'app' WHEN r.oid = owner.oid THEN 'owner' ELSE 'another role' END AS name
    FROM pg_roles r, app, owner
)
SELECT format(
    'role app: superuser %%s, createdb %%s, createrole %%s, replication %%s, bypassrls %%s, member of %%s, may set session_replication_role %%s',
    rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
    coalesce((SELECT string_agg(roleid::regrole::text, ', ' ORDER BY 1) FROM pg_auth_members WHERE member = app.oid), 'nothing'),
    has_parameter_privilege(app.oid, 'session_replication_role', 'SET')
) FROM app
UNION ALL
SELECT format('database: app connect %%s, create %%s, temporary %%s',
    has_database_privilege(app.oid, d.oid, 'CONNECT'), has_database_privilege(app.oid, d.oid, 'CREATE'),
    has_database_privilege(app.oid, d.oid, 'TEMPORARY'))
FROM pg_database d, app WHERE datname = current_database()
UNION ALL
SELECT 'schemas the app may create in: ' || coalesce(
    (SELECT string_agg(nspname, ', ' ORDER BY nspname) FROM pg_namespace, app WHERE has_schema_privilege(app.oid, pg_namespace.oid, 'CREATE')), 'none')
UNION ALL
SELECT 'sequences the app may set: ' || coalesce(
    (SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class, app
     WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace AND has_sequence_privilege(app.oid, pg_class.oid, 'UPDATE')), 'none')
UNION ALL
SELECT 'owned by the app: ' || coalesce(
    (SELECT string_agg(pg_describe_object(classid, objid, objsubid), ', ' ORDER BY 1) FROM pg_shdepend, app
     WHERE refobjid = app.oid AND deptype = 'o' AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))), 'nothing')
UNION ALL
SELECT format('table %%s: owner %%s; app %%s; columns %%s', relname, part.name,
    coalesce((SELECT string_agg(verb, ' ' ORDER BY verb) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) verb
              WHERE has_table_privilege(app.oid, relation.oid, verb)), 'nothing'),
    -- A right on one column is none on the table, so it is asked for by itself.
    coalesce((SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute WHERE attrelid = relation.oid AND attacl IS NOT NULL), '-'))
FROM relation JOIN part ON part.oid = relowner, app
UNION ALL
SELECT format('trigger %%s on %%s: %%s; %%s', tgname, relation.relname,
    CASE tgenabled WHEN 'O' THEN 'on' WHEN 'A' THEN 'always on' WHEN 'R' THEN 'on for replicas only' ELSE 'off' END,
    regexp_replace(pg_get_triggerdef(t.oid), '^CREATE (CONSTRAINT )?TRIGGER \S+ ', ''))
FROM pg_trigger t JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT format('function %%s: owner %%s; security %%s; %%s; app may execute %%s; body %%s', p.oid::regprocedure, part.name,
    CASE WHEN prosecdef THEN 'definer' ELSE 'invoker' END,
    coalesce(array_to_string(proconfig, ', '), 'no settings'),
    has_function_privilege(app.oid, p.oid, 'EXECUTE'),
    md5(btrim(regexp_replace(coalesce(pg_get_function_sqlbody(p.oid), prosrc), '\s+', ' ', 'g'))))
FROM pg_proc p JOIN part ON part.oid = proowner, app
WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
UNION ALL
SELECT format('constraint %%s on %%s: %%s', conname, relation.relname,
    CASE contype WHEN 'c' THEN 'check' WHEN 'u' THEN 'unique' ELSE 'exclusion' END || CASE WHEN convalidated THEN '' ELSE ', not validated' END)
FROM pg_constraint JOIN relation ON relation.oid = conrelid WHERE contype IN ('c', 'u', 'x')
