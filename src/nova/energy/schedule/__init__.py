"""The cheapest day of a plant: battery, PV and loads against prices."""
