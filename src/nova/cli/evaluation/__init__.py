"""Questions and a corpus in, the figures of retrieval and answering out, measured through the same API that people use."""
