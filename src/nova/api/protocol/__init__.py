"""HTTP itself: connections, headers, errors, envelopes, streams, files."""
