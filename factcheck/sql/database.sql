-- The database belongs to the owner, and nobody else may make tables in it, not even temporary ones.
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE :"template";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";
