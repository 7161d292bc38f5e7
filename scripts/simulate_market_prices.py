"""Prices of the simulated exchange as CSV, by season, weekday and hour: as `nova sim run --prices`, with its options."""

import sys

from nova.__main__ import main

if __name__ == "__main__":
    main(["sim", "run", "--prices", *sys.argv[1:]])
