"""Readings of simulated meters as CSV, by day, hour, weather and kind of customer: as `nova sim run`, with its options."""

import sys

from nova.__main__ import main

if __name__ == "__main__":
    main(["sim", "run", *sys.argv[1:]])
