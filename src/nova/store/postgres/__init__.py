"""The database itself: server, pool, migrations, locks, dumps."""
