"""Lines of messages: Postgres, Kafka, and what waits to go out."""
