"""Language and embedding models behind servers."""
