"""Answers: passages in, cited German answers out. Retrieval, composing, checking of citations, refusal, evaluation and help."""
