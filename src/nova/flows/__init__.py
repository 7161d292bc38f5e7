"""What crosses rooms: a file a use-case, which takes at most five ports and a connection, never everything that is open."""
