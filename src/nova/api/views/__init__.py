"""What rooms give, in the JSON shapes of `models`."""
