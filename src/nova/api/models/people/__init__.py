"""Shapes of what is about people: accounts, consents, rights, handovers."""
