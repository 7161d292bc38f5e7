"""Channels to engines outside: REST, WebSocket, a folder or bucket, Kafka."""
