"""Bytes of a file in, columns of readings, prices and signals with a report out. One file a format; `sniff` says which it is."""
