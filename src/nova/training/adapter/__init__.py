"""Adapters as files: what may be loaded, checked byte by byte, without torch."""
