"""The world outside: one file a kind. Rooms know only the ports; `wiring` chooses among these."""
