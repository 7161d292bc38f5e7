"""A seed in, a fleet of meters, its weather, its readings and how much all of it resembles the real ones out."""
