"""Rules evaluated: states, episodes, tickets and notices; the thresholds' text."""
