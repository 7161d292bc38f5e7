"""What is done to records, one file a step: each takes a frame and gives what it keeps, what it removes and what it changes."""
