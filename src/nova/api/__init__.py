"""The HTTP door: requests in, one call to a room each, envelopes out."""
