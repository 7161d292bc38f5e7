"""The command line: one file a command group, words to one call each. Data go to stdout, everything else to stderr."""
