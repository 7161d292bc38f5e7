"""Postgres: the embedded server, the pool, migrations, named queries and ids; one file a room holds its reads and writes."""
