-- Runs once, on the empty volume, after the image's own scripts (they make the extension timescaledb in the database nova, as only a superuser may).
-- Nova's role owns its database and is nothing more: a superuser could start programs and read files on the server (COPY ... PROGRAM).
-- The superuser keeps no password: only `docker compose exec db psql -U postgres nova`, by the container's own socket, reaches it.
\getenv password POSTGRES_PASSWORD
CREATE ROLE nova LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
ALTER DATABASE nova OWNER TO nova;
REVOKE ALL ON DATABASE nova FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
