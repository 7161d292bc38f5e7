"""Rules that find faults in readings: gaps, frozen values, spikes, wrong units."""
