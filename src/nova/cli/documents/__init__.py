"""Commands about documents and the index."""
