-- Two roles and a database, made once on a server by a superuser:
-- :owner is what migrations run as; :app is what the site and its worker run as, and owns nothing.
CREATE ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
