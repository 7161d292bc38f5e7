"""The index: Qdrant Edge in this process, or a Qdrant server."""
